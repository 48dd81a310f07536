"""Pretrained models of the smallest size, as folders with a tokenizer."""

from __future__ import annotations

from pathlib import Path

import torch
from transformers import BertConfig, BertForMaskedLM, GPT2Config, GPT2LMHeadModel, T5Config, T5ForConditionalGeneration

from tests.tables import tiny, write_table
from workbench.data.prepare import prepare
from workbench.data.tokenizers import save_tokenizer, special_ids
from workbench.runs.building import build, settled

KINDS = ("bert", "gpt2", "t5", "workbench")
LAYERS = 3


def pretrained(folder: Path, kind: str, *, task: str = "masked-lm") -> Path:
    """A random model of a kind with three layers; of the workbench family one for the task."""
    experiment = tiny(write_table(folder, task), task, model={"layers": LAYERS})
    prepared = prepare(experiment.data)
    words, special = prepared.tokenizer.get_vocab_size(), special_ids(prepared.tokenizer)
    ids = {"pad_token_id": special.pad, "bos_token_id": special.cls, "eos_token_id": special.sep}
    torch.manual_seed(0)
    match kind:
        case "bert":
            model = BertForMaskedLM(
                BertConfig(vocab_size=words, hidden_size=16, num_hidden_layers=LAYERS, num_attention_heads=2,
                           intermediate_size=16, max_position_embeddings=32, pad_token_id=special.pad)
            )  # fmt: skip
        case "gpt2":
            model = GPT2LMHeadModel(GPT2Config(vocab_size=words, n_embd=16, n_layer=LAYERS, n_head=2, n_positions=32, **ids))
        case "t5":
            config = T5Config(
                vocab_size=words, d_model=16, d_kv=8, d_ff=16, num_layers=LAYERS, num_heads=2, decoder_start_token_id=special.pad,
                pad_token_id=special.pad, eos_token_id=special.sep,
            )  # fmt: skip
            model = T5ForConditionalGeneration(config)
        case _:
            model = build(experiment.replace(data=settled(prepared)), prepared)
    model.save_pretrained(folder / kind)
    save_tokenizer(prepared.tokenizer, folder / kind)
    return folder / kind
