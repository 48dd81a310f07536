"""What an experiment is: the data, the model, the training. Frozen, checked as a whole, TOML in and out.

A value of ``None`` means "decided for me": by the preset, the task or the data. `workbench.runs.resolve` fills every
such value in before a run starts, so the ``experiment.toml`` in a run folder is complete and can be run again.
"""

from __future__ import annotations

import dataclasses
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, Self, get_args

from workbench.contracts.edits import Edit, edits_from, in_order, misplaced
from workbench.contracts.errors import Problem, SpecError, WorkbenchError
from workbench.contracts.fields import coerce, problems_of, setting
from workbench.contracts.mends import MENDS, named_mends

Task = Literal[
    "text-classification", "multi-label", "regression", "pair-classification", "pair-regression", "token-classification",
    "question-answering", "seq2seq", "causal-lm", "masked-lm",
]  # fmt: skip
TASKS: tuple[Task, ...] = get_args(Task)
ONE_CLASS = frozenset({"text-classification", "pair-classification"})
"""Tasks whose target is one class."""
ONE_NUMBER = frozenset({"regression", "pair-regression"})
"""Tasks whose target is a number."""
PAIRED = frozenset({"pair-classification", "pair-regression", "question-answering"})
"""Tasks that read two texts at once."""
LAYOUT_OF_TASK = {
    "text-classification": "encoder",
    "multi-label": "encoder",
    "regression": "encoder",
    "pair-classification": "encoder",
    "pair-regression": "encoder",
    "token-classification": "encoder",
    "question-answering": "encoder",
    "masked-lm": "encoder",
    "causal-lm": "decoder",
    "seq2seq": "encoder-decoder",
}
KINDS_OF_LAYOUT = {"encoder": ("encoder",), "decoder": ("decoder",), "encoder-decoder": ("encoder", "decoder", "cross")}
"""The kinds of attention that a layout has."""
SEPARATORS = ("semicolon", "comma", "bar", "space", "json")
"""What may stand between the labels of one cell; json is a list such as ``["a", "b"]``."""

AUGMENTATIONS = ("augment_replace", "augment_insert", "augment_delete", "augment_swap")
NOT_AUGMENTED = frozenset({"token-classification", "causal-lm", "masked-lm", "question-answering"})
"""Tasks whose targets belong to single tokens."""


@dataclass(frozen=True, kw_only=True)
class DataSpec:
    """Which table, how it is read, what its columns mean, how it is split and cut into tokens."""

    table: str | None = setting(None, "the table to learn from: csv, tsv, txt, jsonl, parquet, xlsx, CoNLL, or .gz/.zip of these")
    test: str | None = setting(None, "a separate table to score on; it is never trained on")
    encoding: str | None = setting(None, "character encoding of the file; found from its bytes when empty")
    delimiter: str | None = setting(None, "what separates the columns; found when empty")
    quote: str | None = setting(None, "what encloses a cell that holds the delimiter; found when empty, 'none' for no quoting")
    header: bool | None = setting(None, "whether the first line names the columns; found when empty")
    skip_lines: int | None = setting(None, "lines above the table to pass over; found when empty", at_least=0)
    sheet: str | None = setting(None, "the sheet of a workbook; the first one with a table when empty")
    task: str | None = setting(None, "what to learn; guessed from the columns when empty", choices=TASKS)
    text: str | None = setting(None, "the column to read; guessed when empty")
    pair: str | None = setting(
        None, "the column of the second text: of a pair, or the passage that holds the answer to a question; guessed when empty"
    )
    target: str | None = setting(None, "the column to predict: class, number, tags or target text; guessed when empty")
    answer_start: str | None = setting(
        None, "the column with the character of the passage at which an answer begins (question-answering); found when empty"
    )
    label_separator: str | None = setting(
        None, "what stands between several labels in one cell (multi-label); found when empty", choices=SEPARATORS
    )
    decimal: str | None = setting(
        None, "what stands before the fraction of a number to predict; found when empty", choices=("point", "comma")
    )
    mends: str | None = setting(
        None, "mends of the doctor to apply to the rows before the split, in this order, with spaces between"
    )
    validation: float = setting(0.1, "share of the rows kept aside to choose the best moment", above=0, below=1)
    test_share: float = setting(0.0, "share of the rows kept aside for a last, untouched score", at_least=0, below=1)
    split_seed: int = setting(0, "seed of the split", at_least=0)
    tokenizer: str | None = setting(
        None, "how text becomes tokens: word, character, bpe, wordpiece, or a folder with a tokenizer.json"
    )
    vocab_size: int | None = setting(None, "most entries a trained vocabulary may have", at_least=8, at_most=1_000_000)
    lowercase: bool | None = setting(None, "fold upper case before tokenizing")
    max_length: int | None = setting(
        None, "longest input in tokens; what is longer is cut, and counted", at_least=2, at_most=65_536
    )
    max_target_length: int | None = setting(None, "longest target in tokens (seq2seq)", at_least=2, at_most=65_536)


@dataclass(frozen=True, kw_only=True)
class ModelSpec:
    """The shape of a transformer trained from scratch, or the pretrained model to start from."""

    model: str | None = setting(None, "folder or hub name of a pretrained model to fine-tune; empty trains from scratch")
    freeze_below: int | None = setting(
        None, "keep the embeddings and the layers below this one (counted from 0) as they are; empty tunes all", at_least=0
    )
    lora_rank: int = setting(
        0, "tune low-rank changes of this rank beside the frozen weights (LoRA); 0 tunes the weights themselves",
        at_least=0, at_most=1024,
    )  # fmt: skip
    lora_alpha: int | None = setting(
        None, "size of LoRA's changes: they are multiplied by alpha / rank; twice the rank when empty", at_least=1
    )
    lora_dropout: float = setting(0.0, "share of LoRA's inputs switched off at random while training", at_least=0, below=1)
    layout: str | None = setting(None, "encoder, decoder or encoder-decoder; follows the task when empty",
                                 choices=("encoder", "decoder", "encoder-decoder"))  # fmt: skip
    layers: int = setting(2, "blocks in a stack (in each of the two for an encoder-decoder)", at_least=1, at_most=256)
    heads: int = setting(4, "attention heads per layer; must divide d_model", at_least=1, at_most=1024)
    d_model: int = setting(128, "width of the residual stream", at_least=1, at_most=65_536)
    d_ff: int | None = setting(
        None, "width inside the feed-forward block; four times d_model when empty", at_least=1, at_most=1_000_000
    )
    positions: str = setting("learned", "how order enters",
                             choices=("none", "sinusoidal", "learned", "rotary", "alibi", "relative"))  # fmt: skip
    norm: str = setting("layernorm", "how a layer's input is rescaled", choices=("layernorm", "rmsnorm"))
    norm_placement: str = setting("pre", "before each sublayer (pre) or after its sum (post)", choices=("pre", "post"))
    activation: str = setting("gelu", "non-linearity of the feed-forward block", choices=("relu", "gelu", "tanh", "swiglu"))
    dropout: float = setting(0.1, "share of activations switched off at random while training", at_least=0, below=1)
    attention_dropout: float = setting(
        0.0, "share of attention weights switched off while training (slow on CPU)", at_least=0, below=1
    )
    residual: bool = setting(True, "add each sublayer's input to its output; off shows why deep stacks need it")
    scale: bool = setting(True, "divide scores by the square root of the head width; off shows why it is there")
    share_layers: bool = setting(False, "all layers of a stack use the same weights")
    tie_embeddings: bool = setting(True, "the output layer uses the embedding matrix (language models, seq2seq)")
    pooling: str = setting(
        "mean", "how a sentence becomes one vector (classification, regression)", choices=("mean", "first", "max")
    )


@dataclass(frozen=True, kw_only=True)
class TrainSpec:
    """How the weights are found."""

    epochs: int = setting(10, "passes over the training rows, at most", at_least=1, at_most=1_000_000)
    max_steps: int | None = setting(None, "optimiser steps, at most", at_least=1)
    max_tokens: int | None = setting(None, "tokens read while training, at most: a long table is read fewer times", at_least=1)
    max_seconds: float | None = setting(None, "seconds of training, at most; what was learned by then is kept", above=0)
    batch_size: int = setting(32, "examples per step on one device", at_least=1, at_most=1_000_000)
    accumulation: int = setting(1, "batches whose gradients are summed into one step", at_least=1, at_most=100_000)
    optimizer: str = setting("adamw", "how gradients become changes", choices=("adamw", "adam", "sgd", "adafactor"))
    learning_rate: float = setting(1e-3, "step size at its highest", above=0, at_most=100)
    layer_decay: float = setting(
        1.0, "learning rate of a layer as a share of that of the layer above it (fine-tuning); 1 is the same for all",
        above=0, at_most=1,
    )  # fmt: skip
    weight_decay: float = setting(0.01, "pull of the weights towards zero", at_least=0, at_most=10)
    beta2: float = setting(0.999, "memory of the squared gradient (adam, adamw)", above=0, below=1)
    momentum: float = setting(0.9, "memory of the gradient (sgd)", at_least=0, below=1)
    schedule: str = setting("cosine", "course of the learning rate after warm-up",
                            choices=("constant", "linear", "cosine", "inverse-sqrt"))  # fmt: skip
    warmup: float = setting(0.05, "share of the steps over which the learning rate rises from zero", at_least=0, below=1)
    clip: float = setting(1.0, "longest gradient (its norm) that is used whole; 0 never shortens", at_least=0)
    class_balance: str = setting(
        "none", "make up for rare classes: weigh their rows more (weights), or read them more often and frequent ones less "
        "(resample)", choices=("none", "weights", "resample"),
    )  # fmt: skip
    label_smoothing: float = setting(0.0, "share of the target given evenly to all classes", at_least=0, below=1)
    token_dropout: float = setting(0.0, "share of input tokens hidden at random while training", at_least=0, below=1)
    augment_replace: float = setting(
        0.0, "share of input tokens replaced by others while training, anew at each reading", at_least=0, below=1
    )
    augment_insert: float = setting(
        0.0, "share of input tokens before which another one is put while training", at_least=0, below=1
    )
    augment_delete: float = setting(0.0, "share of input tokens left out while training", at_least=0, below=1)
    augment_swap: float = setting(
        0.0, "share of input tokens that change places with another one while training", at_least=0, below=1
    )
    mask_probability: float = setting(0.15, "share of tokens to guess (masked-lm)", above=0, below=1)
    precision: str = setting("auto", "number format of the arithmetic; auto takes bf16 where the device is made for it",
                             choices=("auto", "float32", "bf16", "fp16"))  # fmt: skip
    evaluations: int = setting(10, "how many times the validation rows are scored over the run", at_least=1, at_most=100_000)
    patience: int = setting(0, "evaluations without a better score after which training stops; 0 never stops early", at_least=0)
    checkpoints: int = setting(10, "how many times the run is saved so that it can be resumed", at_least=1, at_most=100_000)
    tensorboard: bool = setting(False, "write the curves into the run's folder for TensorBoard, too")
    wandb: str | None = setting(
        None, "project of Weights & Biases to report to, where that package is installed; empty reports nowhere"
    )
    film_megabytes: int = setting(
        64, "most disk space for the film of a run, in millions of bytes; 0 records none", at_least=0, at_most=1_000_000
    )
    film_text: str | None = setting(
        None, "the texts that the film shows, up to four with || between them; an example of the validation rows when empty"
    )
    gradient_checkpointing: bool = setting(False, "trade time for memory: recompute activations in the backward pass")
    seed: int = setting(0, "seed of weights, batch order and dropout", at_least=0, at_most=2**63 - 1)
    device: str = setting("auto", "where to compute: auto, cpu, cuda, cuda:1, mps")
    threads: int | None = setting(None, "CPU threads; one fewer than there are cores when empty", at_least=1, at_most=1024)


@dataclass(frozen=True, kw_only=True)
class Experiment:
    """The whole of it: what `experiment.toml` holds."""

    name: str = ""
    data: DataSpec = field(default_factory=DataSpec)
    model: ModelSpec = field(default_factory=ModelSpec)
    train: TrainSpec = field(default_factory=TrainSpec)
    edits: tuple[Edit, ...] = ()
    """What is changed while it trains, in order of their steps."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "edits", in_order(self.edits))
        for section in (self.data, self.model, self.train):
            coerce(section)
        problems = [p for name in SECTIONS for p in problems_of(getattr(self, name), name)]
        wrong = {problem.field for problem in problems}
        problems += [problem for problem in _across(self, wrong) if problem.field not in wrong]
        if problems:
            raise SpecError(problems, where=self.name)

    def replace(self, **sections: Mapping[str, Any]) -> Self:  # Any: each setting has its own type, checked on construction
        """A copy with some settings changed: ``experiment.replace(train={"seed": 1})``."""
        changed = {name: dataclasses.replace(getattr(self, name), **values) for name, values in sections.items()}
        return dataclasses.replace(self, **changed)

    def to_toml(self) -> str:
        """The experiment as TOML; settings left to be decided (None) are left out."""
        import tomli_w  # only here: a model that was handed on is used where torch and transformers are all there is

        tables = {name: {k: v for k, v in dataclasses.asdict(getattr(self, name)).items() if v is not None} for name in SECTIONS}
        edits = {"edits": [edit.as_dict() for edit in self.edits]} if self.edits else {}
        return tomli_w.dumps({"name": self.name, **tables, **edits})

    @classmethod
    def from_toml(cls, text: str, *, where: str = "experiment.toml") -> Self:
        """Read what `to_toml` wrote.

        Raises:
            WorkbenchError: not TOML.
            SpecError: unknown or impossible settings, all of them at once.
        """
        try:
            content = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise WorkbenchError(f"this is not a TOML file: {error}", where=where, mend="Mend the named line.") from None
        return cls.from_dict(content, where=where)

    @classmethod
    def from_dict(cls, content: Mapping[str, Any], *, where: str = "experiment") -> Self:  # Any: as parsed from TOML
        """Build from nested dictionaries, refusing what is not a setting."""
        problems = [
            Problem(field=key, value=value, allowed="there is no such section; there are name, edits, " + ", ".join(SECTIONS))
            for key, value in content.items()
            if key not in ("name", "edits") and (key not in SECTIONS or not isinstance(value, Mapping))
        ]
        sections: dict[str, Any] = {}
        for name, section_type in SECTIONS.items():
            known = {f.name for f in dataclasses.fields(section_type)}
            given = content.get(name, {})
            if not isinstance(given, Mapping):
                continue
            problems += [
                Problem(field=f"{name}.{key}", value=given[key], allowed="there is no such setting")
                for key in given
                if key not in known
            ]
            sections[name] = section_type(**{k: v for k, v in given.items() if k in known})
        edits, unfit = edits_from(content.get("edits", ()))
        problems += unfit
        label = content.get("name", "")
        if not isinstance(label, str):
            problems.append(Problem(field="name", value=label, allowed="must be of type str"))
        try:
            experiment = cls(name=str(label), **sections, edits=edits)
        except SpecError as error:
            raise SpecError([*problems, *error.problems], where=where) from None
        if problems:
            raise SpecError(problems, where=where)
        return experiment

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read an experiment file."""
        try:
            return cls.from_toml(path.read_text(encoding="utf-8"), where=str(path))
        except (OSError, UnicodeDecodeError) as error:
            raise WorkbenchError(
                f"the experiment cannot be read: {error}", where=str(path), mend="Give the path of an experiment.toml."
            ) from None


SECTIONS: dict[str, type[DataSpec] | type[ModelSpec] | type[TrainSpec]] = {
    "data": DataSpec,
    "model": ModelSpec,
    "train": TrainSpec,
}


def nearest_widths(d_model: int, heads: int) -> tuple[int, ...]:
    """The values of d_model next to this one that `heads` divides, smaller first."""
    below = d_model // heads * heads
    return tuple(width for width in (below, below + heads) if width > 0)


def _across(experiment: Experiment, wrong: Collection[str] = ()) -> list[Problem]:
    """What is wrong between settings that are each fine alone; those in `wrong` are not, and are left out."""
    data, model, train = experiment.data, experiment.model, experiment.train
    found = []
    shape_is_fine = not {"model.d_model", "model.heads"} & set(wrong)
    if shape_is_fine and model.d_model % model.heads:
        near = ", ".join(str(width) for width in nearest_widths(model.d_model, model.heads))
        found.append(Problem(field="model.d_model", value=model.d_model,
                             allowed=f"must be a multiple of heads = {model.heads}, such as {near}",
                             why="each head takes an equal share of the width"))  # fmt: skip
    elif shape_is_fine and model.positions == "rotary" and (model.d_model // model.heads) % 2:
        found.append(Problem(field="model.positions", value="rotary",
                             allowed=f"needs an even head width, and d_model / heads is {model.d_model // model.heads}",
                             why="rotary positions turn pairs of dimensions"))  # fmt: skip
    if not {"data.validation", "data.test_share"} & set(wrong) and data.validation + data.test_share >= 1:
        found.append(Problem(field="data.test_share", value=data.test_share,
                             allowed=f"together with validation = {data.validation:g} must be below 1",
                             why="some rows must be left to learn from"))  # fmt: skip
    if (
        not {"data.task", "model.layout"} & set(wrong)
        and data.task
        and model.layout
        and LAYOUT_OF_TASK[data.task] != model.layout
    ):
        found.append(Problem(field="model.layout", value=model.layout, allowed=f"must be {LAYOUT_OF_TASK[data.task]}",
                             why=f"that is what the task {data.task} reads and writes with"))  # fmt: skip
    augmented = [name for name in AUGMENTATIONS if f"train.{name}" not in wrong and getattr(train, name)]
    if augmented and "data.task" not in wrong and data.task in NOT_AUGMENTED:
        found.append(Problem(field=f"train.{augmented[0]}", value=getattr(train, augmented[0]),
                             allowed=f"must be 0 for the task {data.task}",
                             why="its targets stand at single tokens, which would move"))  # fmt: skip
    if model.model is None and not {"model.freeze_below", "model.lora_rank"} & set(wrong):
        found += [
            Problem(field=f"model.{name}", value=value, allowed="needs a pretrained model (model.model)",
                    why="weights that are fresh have to be learned")
            for name, value in (("freeze_below", model.freeze_below), ("lora_rank", model.lora_rank or None)) if value is not None
        ]  # fmt: skip
    balances = {"weights": (*sorted(ONE_CLASS), "token-classification"), "resample": tuple(sorted(ONE_CLASS))}
    fit = () if {"data.task", "train.class_balance"} & set(wrong) else balances.get(train.class_balance)
    if fit and data.task and data.task not in fit:
        found.append(Problem(field="train.class_balance", value=train.class_balance,
                             allowed=f"must be none for the task {data.task}", why=f"it is for {', '.join(fit)}"))  # fmt: skip
    if model.model is None and model.layout and not {"model.layout", "model.layers", "model.heads"} & set(wrong):
        found += misplaced(experiment.edits, KINDS_OF_LAYOUT[model.layout], model.layers, model.heads)
    device = ["auto"] if "train.device" in wrong else train.device.split(":")
    if device[0] not in ("auto", "cpu", "cuda", "mps") or len(device) > 2 or (len(device) == 2 and not device[1].isdecimal()):
        found.append(Problem(field="train.device", value=train.device, allowed="must be auto, cpu, cuda, cuda:N or mps"))
    if "data.delimiter" not in wrong and data.delimiter is not None and not 1 <= len(data.delimiter) <= 4:
        found.append(Problem(field="data.delimiter", value=data.delimiter, allowed="must be one to four characters"))
    if "data.quote" not in wrong and data.quote is not None and data.quote != "none" and len(data.quote) != 1:
        found.append(Problem(field="data.quote", value=data.quote, allowed="must be one character, or none"))
    if "data.mends" not in wrong:
        allowed = "there is no such mend; there are " + ", ".join(MENDS)
        found += [Problem(field="data.mends", value=n, allowed=allowed) for n in named_mends(data.mends) if n not in MENDS]
    return found
