"""The shape of a from-scratch transformer as transformers knows it: `config.json` in and out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from huggingface_hub.dataclasses import strict
from transformers.configuration_utils import PreTrainedConfig

from workbench.contracts.errors import WorkbenchError
from workbench.contracts.specs import LAYOUT_OF_TASK, ONE_CLASS, ONE_NUMBER, ModelSpec

PAD, BOS, EOS, MASK = 0, 2, 3, 4
"""Token ids that every vocabulary of this project reserves (1 is the unknown token)."""

CHOICES = {
    "layout": ("encoder", "decoder", "encoder-decoder"),
    "positions": ("none", "sinusoidal", "learned", "rotary", "alibi", "relative"),
    "norm": ("layernorm", "rmsnorm"),
    "norm_placement": ("pre", "post"),
    "hidden_act": ("relu", "gelu", "tanh", "swiglu"),
    "pooling": ("mean", "first", "max"),
}
LARGEST = {
    "vocab_size": 10_000_000,
    "hidden_size": 65_536,
    "num_hidden_layers": 256,
    "num_attention_heads": 1024,
    "intermediate_size": 1_000_000,
    "max_position_embeddings": 1_000_000,
}
PROBLEM_OF_TASK: dict[str, Literal["single_label_classification", "multi_label_classification", "regression"]] = {
    "text-classification": "single_label_classification",
    "pair-classification": "single_label_classification",
    "multi-label": "multi_label_classification",
    "regression": "regression",
    "pair-regression": "regression",
}


@strict
class WorkbenchConfig(PreTrainedConfig):
    """Shape of a model of this family. Names are those of transformers; `workbench.contracts.specs.ModelSpec` explains each.

    Raises:
        WorkbenchError: a value that no model of the family can have (a config.json may come from anywhere).
    """

    model_type = "attention-workbench"
    keys_to_ignore_at_inference = ("past_key_values", "encoder_last_hidden_state")

    layout: str = "encoder"
    vocab_size: int = 1000
    hidden_size: int = 128
    num_hidden_layers: int = 2
    num_attention_heads: int = 4
    intermediate_size: int = 512
    max_position_embeddings: int = 512
    positions: str = "learned"
    norm: str = "layernorm"
    norm_placement: str = "pre"
    hidden_act: str = "gelu"
    dropout: float = 0.1
    attention_dropout: float = 0.0
    residual: bool = True
    scale: bool = True
    share_layers: bool = False
    tie_word_embeddings: bool = True
    pooling: str = "mean"
    norm_eps: float = 1e-5
    pad_token_id: int | None = PAD
    bos_token_id: int | None = BOS
    eos_token_id: int | list[int] | None = EOS
    decoder_start_token_id: int | None = BOS
    mask_token_id: int | None = MASK

    def __post_init__(self, **kwargs: Any) -> None:  # Any: transformers hands over whatever else config.json holds
        self.is_encoder_decoder = self.layout == "encoder-decoder"
        PreTrainedConfig.__post_init__(self, **kwargs)
        wrong = _complaint(self)
        if wrong:
            raise WorkbenchError(wrong, where="model config", mend="Use a config that this program wrote.")

    @property
    def head_dim(self) -> int:
        """Width of one head."""
        return self.hidden_size // self.num_attention_heads


def _complaint(config: WorkbenchConfig) -> str:
    for name, allowed in CHOICES.items():
        if getattr(config, name) not in allowed:
            return f"{name} = {getattr(config, name)!r} must be one of {', '.join(allowed)}"
    for name, largest in LARGEST.items():
        if not 1 <= getattr(config, name) <= largest:
            return f"{name} = {getattr(config, name)!r} must lie between 1 and {largest}"
    for name in ("dropout", "attention_dropout"):
        if not 0 <= getattr(config, name) < 1:
            return f"{name} = {getattr(config, name)!r} must be at least 0 and below 1"
    if config.hidden_size % config.num_attention_heads:
        return f"hidden_size = {config.hidden_size} must be a multiple of num_attention_heads = {config.num_attention_heads}"
    if config.positions == "rotary" and config.head_dim % 2:
        return f"rotary positions need an even head width, and hidden_size / num_attention_heads is {config.head_dim}"
    return ""


def config_from_spec(
    model: ModelSpec,
    *,
    task: str,
    vocab_size: int,
    max_length: int,
    max_target_length: int | None = None,
    labels: Sequence[str] | None = None,
) -> WorkbenchConfig:
    """The config of a model to train from scratch.

    Args:
        model: Shape; its `layout` follows the task when empty.
        task: One of `workbench.contracts.specs.TASKS`.
        vocab_size: Entries of the tokenizer's vocabulary.
        max_length: Longest input in tokens, special tokens included.
        max_target_length: Longest target in tokens (seq2seq).
        labels: Class or tag names in the order of their numbers (classification tasks).

    Raises:
        WorkbenchError: a shape that cannot be built.
    """
    names = _names(task, labels or ())
    return WorkbenchConfig(
        layout=model.layout or LAYOUT_OF_TASK[task],
        vocab_size=vocab_size,
        hidden_size=model.d_model,
        num_hidden_layers=model.layers,
        num_attention_heads=model.heads,
        intermediate_size=model.d_ff or 4 * model.d_model,
        max_position_embeddings=max(max_length, max_target_length or 0),
        positions=model.positions,
        norm=model.norm,
        norm_placement=model.norm_placement,
        hidden_act=model.activation,
        dropout=model.dropout,
        attention_dropout=model.attention_dropout,
        residual=model.residual,
        scale=model.scale,
        share_layers=model.share_layers,
        tie_word_embeddings=model.tie_embeddings,
        pooling=model.pooling,
        problem_type=PROBLEM_OF_TASK.get(task),
        id2label=dict(enumerate(names)),
        label2id={name: number for number, name in enumerate(names)},
    )


def _names(task: str, labels: Sequence[str]) -> Sequence[str]:
    if task in ONE_NUMBER:
        return ("value",)
    if task == "question-answering":
        return ("start", "end")
    if task in (*ONE_CLASS, "multi-label") and len(labels) < 2:
        raise WorkbenchError(
            f"there are {len(labels)} classes", where="target column", mend="A classifier needs at least two different ones."
        )
    if task == "token-classification" and not labels:
        raise WorkbenchError("there are no tags", where="target column", mend="Give a column that holds one tag per word.")
    return labels
