"""From a file to token ids: tables, encodings, roles, splits, tokenizers, examples. No torch, no Qt."""
