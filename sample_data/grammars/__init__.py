"""The grammars behind the sample tables: one module per table, each a function from a seed to rows."""
