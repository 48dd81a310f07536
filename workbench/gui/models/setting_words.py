"""What the settings of an experiment are called on screen, which belong together, and which come first."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject

from workbench.contracts.fields import type_of
from workbench.contracts.specs import SECTIONS

TUNING = ("model.freeze_below", "model.lora_rank", "model.lora_alpha", "model.lora_dropout", "train.layer_decay")
GROUPS: dict[str, tuple[str, ...]] = {
    "shape": (
        "model.layers", "model.heads", "model.d_model", "model.d_ff", "model.positions", "model.activation", "model.norm",
        "model.norm_placement", "model.layout", "model.pooling", "model.residual", "model.scale", "model.share_layers",
        "model.tie_embeddings",
    ),
    "tuning": (*TUNING, "train.class_balance"),
    "regularisation": (
        "model.dropout", "model.attention_dropout", "train.token_dropout", "train.label_smoothing", "train.weight_decay",
        "train.mask_probability",
    ),
    "augmentation": ("train.augment_replace", "train.augment_insert", "train.augment_delete", "train.augment_swap"),
    "length": ("train.epochs", "train.max_steps", "train.max_tokens", "train.max_seconds", "train.patience"),
    "optimiser": (
        "train.batch_size", "train.learning_rate", "train.optimizer", "train.schedule", "train.warmup", "train.clip",
        "train.accumulation", "train.beta2", "train.momentum",
    ),
    "saving": ("train.evaluations", "train.checkpoints", "train.tensorboard", "train.wandb"),
    "device": ("train.device", "train.threads", "train.precision", "train.gradient_checkpointing", "train.seed"),
    "data": (
        "data.tokenizer", "data.vocab_size", "data.max_length", "data.max_target_length", "data.lowercase", "data.validation",
        "data.test_share", "data.split_seed",
    ),
}  # fmt: skip
"""Settings by group, in the order they stand; one that is named nowhere joins the group of `ELSEWHERE`."""
ELSEWHERE = {"model": "shape", "train": "optimiser", "data": "data"}
BASIC = frozenset({
    "model.layers", "model.heads", "model.d_model", "model.d_ff", "model.positions", "model.dropout", "train.epochs",
    "train.batch_size", "train.learning_rate", "train.device", "data.tokenizer", "data.max_length",
})  # fmt: skip
"""What is shown before anyone asks for more."""
NOT_HERE = frozenset({
    "model.model", "data.table", "data.test", "data.encoding", "data.delimiter", "data.quote", "data.header", "data.skip_lines",
    "data.sheet", "data.task", "data.text", "data.pair", "data.target", "data.answer_start", "data.decimal",
    "data.label_separator", "data.mends",
})  # fmt: skip
"""Set on the Data page, or by a control of their own."""
DECIDED_BY_FOLDER = frozenset(
    name for field in dataclasses.fields(SECTIONS["model"]) if (name := f"model.{field.name}") not in (*TUNING, "model.model")
) | {"data.tokenizer", "data.vocab_size", "data.lowercase"}  # fmt: skip
"""What a model folder brings along."""
ONLY_PRETRAINED = frozenset(TUNING) - {"train.layer_decay"}
"""What can be set for a pretrained model alone."""
SUGGESTED = {
    "data.tokenizer": ("word", "character", "bpe", "wordpiece"),
    "train.device": ("auto", "cpu", "cuda", "mps"),
}
"""Values to pick from where any text is allowed."""


@dataclass(frozen=True, kw_only=True)
class Setting:
    """One setting, as its form needs it."""

    section: str
    name: str
    kind: type
    optional: bool
    default: Any  # Any: each setting has its own type
    help: str
    choices: tuple[str, ...]
    bounds: dict[str, float | None]

    @property
    def field(self) -> str:
        """``model.d_model``."""
        return f"{self.section}.{self.name}"


def all_settings() -> dict[str, Setting]:
    """Every setting of the Model page by its field, as the specs describe them now."""
    found = {}
    for section, spec in SECTIONS.items():
        for each in dataclasses.fields(spec):
            kind, optional = type_of(spec, each.name)
            made = Setting(
                section=section, name=each.name, kind=kind, optional=optional, default=each.default, help=each.metadata["help"],
                choices=each.metadata["choices"], bounds=each.metadata["bounds"],
            )  # fmt: skip
            if made.field not in NOT_HERE:
                found[made.field] = made
    return found


def grouped(settings: dict[str, Setting]) -> dict[str, list[Setting]]:
    """The settings by group; nothing is left out."""
    groups = {name: [settings[field] for field in fields if field in settings] for name, fields in GROUPS.items()}
    placed = {field for fields in GROUPS.values() for field in fields}
    for field, each in settings.items():
        if field not in placed:
            groups[ELSEWHERE[each.section]].append(each)
    return groups


class SettingWords(QObject):
    """Labels in the window's language. Asked again after a change of language."""

    def group(self, name: str) -> str:
        """Heading of a group."""
        return {
            "shape": self.tr("Shape"),
            "tuning": self.tr("Fine-tuning and balance"),
            "regularisation": self.tr("Regularisation"),
            "augmentation": self.tr("Augmentation"),
            "length": self.tr("Training length"),
            "optimiser": self.tr("Optimiser"),
            "saving": self.tr("Evaluation and saving"),
            "device": self.tr("Device"),
            "data": self.tr("Data and tokens"),
        }[name]

    def label(self, field: str) -> str:
        """What a setting is called; its own name where nobody named it yet."""
        known = {
            "model.layers": self.tr("Layers"),
            "model.heads": self.tr("Heads"),
            "model.d_model": self.tr("d_model (width)"),
            "model.d_ff": self.tr("d_ff (inner width)"),
            "model.positions": self.tr("Positions"),
            "model.activation": self.tr("Activation"),
            "model.norm": self.tr("Norm"),
            "model.norm_placement": self.tr("Norm placement"),
            "model.layout": self.tr("Layout"),
            "model.pooling": self.tr("Pooling"),
            "model.residual": self.tr("Residual connections"),
            "model.scale": self.tr("Scale by √(head width)"),
            "model.share_layers": self.tr("Share layers"),
            "model.tie_embeddings": self.tr("Tie embeddings"),
            "model.freeze_below": self.tr("Freeze below layer"),
            "model.lora_rank": self.tr("LoRA rank"),
            "model.lora_alpha": self.tr("LoRA alpha"),
            "model.lora_dropout": self.tr("LoRA dropout"),
            "train.layer_decay": self.tr("Rate per layer"),
            "train.class_balance": self.tr("Class balance"),
            "model.dropout": self.tr("Dropout"),
            "model.attention_dropout": self.tr("Attention dropout"),
            "train.token_dropout": self.tr("Token dropout"),
            "train.label_smoothing": self.tr("Label smoothing"),
            "train.weight_decay": self.tr("Weight decay"),
            "train.mask_probability": self.tr("Mask probability"),
            "train.augment_replace": self.tr("Replace tokens"),
            "train.augment_insert": self.tr("Insert tokens"),
            "train.augment_delete": self.tr("Delete tokens"),
            "train.augment_swap": self.tr("Swap tokens"),
            "train.epochs": self.tr("Epochs"),
            "train.max_steps": self.tr("Most steps"),
            "train.max_tokens": self.tr("Most tokens"),
            "train.max_seconds": self.tr("Most seconds"),
            "train.patience": self.tr("Patience"),
            "train.batch_size": self.tr("Batch size"),
            "train.learning_rate": self.tr("Learning rate"),
            "train.optimizer": self.tr("Optimiser"),
            "train.schedule": self.tr("Schedule"),
            "train.warmup": self.tr("Warm-up"),
            "train.clip": self.tr("Gradient clipping"),
            "train.accumulation": self.tr("Accumulation"),
            "train.beta2": self.tr("beta2"),
            "train.momentum": self.tr("Momentum"),
            "train.evaluations": self.tr("Evaluations"),
            "train.checkpoints": self.tr("Checkpoints"),
            "train.tensorboard": self.tr("TensorBoard files"),
            "train.wandb": self.tr("Weights & Biases project"),
            "train.device": self.tr("Device"),
            "train.threads": self.tr("CPU threads"),
            "train.precision": self.tr("Precision"),
            "train.gradient_checkpointing": self.tr("Gradient checkpointing"),
            "train.seed": self.tr("Seed"),
            "data.tokenizer": self.tr("Tokenizer"),
            "data.vocab_size": self.tr("Vocabulary size"),
            "data.max_length": self.tr("Longest input"),
            "data.max_target_length": self.tr("Longest target"),
            "data.lowercase": self.tr("Lower case"),
            "data.validation": self.tr("Validation share"),
            "data.test_share": self.tr("Test share"),
            "data.split_seed": self.tr("Split seed"),
        }
        return known.get(field) or field.partition(".")[2].replace("_", " ").capitalize()

    def choice(self, field: str, value: str) -> str:
        """How a choice reads; technical names stay."""
        known = {
            "alibi": "ALiBi", "layernorm": "LayerNorm", "rmsnorm": "RMSNorm", "relu": "ReLU", "gelu": "GELU",
            "swiglu": "SwiGLU", "adamw": "AdamW", "adam": "Adam", "sgd": "SGD", "adafactor": "Adafactor", "bpe": "BPE",
            "wordpiece": "WordPiece", "cpu": "CPU", "cuda": "CUDA", "mps": "MPS",
            "none": self.tr("none"), "sinusoidal": self.tr("sinusoidal"), "learned": self.tr("learned"),
            "rotary": self.tr("rotary (RoPE)"), "relative": self.tr("relative (T5)"), "pre": self.tr("pre (before)"),
            "post": self.tr("post (after)"), "mean": self.tr("mean"), "first": self.tr("first token"),
            "max": self.tr("maximum"), "constant": self.tr("constant"), "linear": self.tr("linear"),
            "cosine": self.tr("cosine"), "inverse-sqrt": self.tr("inverse square root"), "auto": self.tr("automatic"),
            "encoder": self.tr("encoder"), "decoder": self.tr("decoder"), "encoder-decoder": self.tr("encoder–decoder"),
            "weights": self.tr("weigh rare classes more"), "resample": self.tr("read rare classes more often"),
            "word": self.tr("words"), "character": self.tr("characters"),
        }  # fmt: skip
        return known.get(value, value)

    def automatic(self, field: str, used: object) -> str:
        """What an empty setting means: the value that will be used where it is known."""
        if used is not None:
            return self.tr("automatic: {0}").format(self.value(field, used))
        if field == "model.freeze_below":
            return self.tr("nothing frozen")
        if field == "train.wandb":
            return self.tr("nowhere")
        limits = ("train.max_steps", "train.max_tokens", "train.max_seconds")
        return self.tr("no limit") if field in limits else self.tr("automatic")

    def value(self, field: str, value: object) -> str:
        """A value as it is read."""
        if isinstance(value, bool):
            return self.tr("yes") if value else self.tr("no")
        return self.choice(field, value) if isinstance(value, str) else f"{value:,}" if isinstance(value, int) else str(value)
