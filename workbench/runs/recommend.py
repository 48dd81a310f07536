"""Settings for fine-tuning, derived from the table, the model and the device, each with its reason.

The rules are those of published practice: Devlin et al. 2018 (steps of 2e-5 to 5e-5, three to four epochs), Mosbach et al.
2021 and Zhang et al. 2021 (small tables need more epochs, not larger steps), Hu et al. 2021 (LoRA), Howard & Ruder 2018.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError, safe_open

from workbench.contracts.counting import counted
from workbench.contracts.recommendations import Recommendation
from workbench.contracts.specs import ONE_CLASS, DataSpec, Experiment
from workbench.data.folder import with_test
from workbench.data.prepare import mended_cells
from workbench.data.roles import Roles
from workbench.data.table import Table
from workbench.data.tokenizers import encode, load_tokenizer

SAMPLE = 2_000
"""Texts that are measured."""
WRITES = frozenset({"causal-lm", "masked-lm", "seq2seq"})
"""Tasks whose head is the model's own."""
MANY_ROWS, FEWER = 5_000, 0.05
"""From so many rows on, this share is enough for validation."""
WANTED_STEPS = 1_200
"""Steps a fine-tuning is given where the table is small."""
MOST_EPOCHS = 20
TINY, SMALL, MIDDLE = 5_000_000, 40_000_000, 200_000_000
"""Parameters up to which a model is tiny, small (MiniLM: 23 million) or of the usual size (BERT base: 110 million)."""
UNEVEN = 20
"""A class this many times rarer than another is not learned by itself."""
FULL_BYTES = 16
"""Of full fine-tuning with Adam for each parameter: weight, gradient and two averages."""
LORA_RANK = 16
LONGEST = {"cpu": 256}
OTHERWISE_LONGEST = 512


@dataclass(frozen=True, kw_only=True, eq=False)
class TuningFacts:
    """What the recommendations follow from."""

    task: str
    rows: int
    lengths: NDArray[np.int64]
    """Tokens of a sample of the texts, ascending: (texts,)."""
    classes: Mapping[str, int]
    """Rows of each class; empty where the task has none."""
    parameters: int
    """Of the pretrained model; 0 where its files do not say."""
    places: int | None
    """Most tokens it reads; None where nothing bounds them."""
    device: str
    """cpu, cuda or mps."""
    free_bytes: int
    """Memory of the device; 0 where it does not say."""
    lora: bool = False
    """Low-rank changes are asked for."""


def gather(
    table: Table, roles: Roles, folder: Path, *, device: str, free_bytes: int, asked: Mapping[str, Mapping[str, Any]]
) -> TuningFacts:
    """Look at a table and a model folder; the weights themselves are not read.

    Args:
        table: The open table.
        roles: What its columns mean.
        folder: The pretrained model's.
        device: cpu, cuda or mps.
        free_bytes: Of memory.
        asked: What the person said, by section.

    Raises:
        WorkbenchError: the table or the tokenizer cannot be read.
    """
    data = Experiment.from_dict({"data": dict(asked.get("data", {}))}).data
    rows, sides, classes = _mended(table, roles, data) if data.mends else _as_read(table, roles)
    tokenizer = load_tokenizer(data.tokenizer or folder)
    counted = [[len(ids) for ids in encode(tokenizer, side)] for side in sides]
    lengths = np.sort(np.sum(counted, axis=0, dtype=np.int64)) if counted else np.empty(0, np.int64)
    return TuningFacts(
        task=roles.task, rows=rows, lengths=lengths, classes=classes, parameters=_parameters(folder),
        places=_places(folder), device=device, free_bytes=free_bytes, lora=bool(asked.get("model", {}).get("lora_rank")),
    )  # fmt: skip


class _Sampled(NamedTuple):
    rows: int
    sides: list[list[str]]
    """The texts of a sample; of tasks that read two the second ones beside them."""
    classes: Mapping[str, int]


def _as_read(table: Table, roles: Roles) -> _Sampled:
    """A look at the database, however many rows there are."""
    texts = ", ".join(f"c{table.columns.index(name)}" for name in (roles.text, roles.pair) if name is not None)
    step = max(1, table.row_count // SAMPLE)
    found = table.query(f"SELECT {texts} FROM data WHERE rowid % {step} = 0 LIMIT {SAMPLE}")
    classes: dict[str, int] = {}
    if roles.task in ONE_CLASS and roles.target is not None:
        target = f"c{table.columns.index(roles.target)}"
        counts = table.query(f"SELECT trim({target}), count(*) FROM data GROUP BY 1")
        classes = {str(cell): int(count) for cell, count in counts if cell}
    return _Sampled(table.row_count, [list(map(str, column)) for column in zip(*found, strict=True)], classes)


def _mended(table: Table, roles: Roles, data: DataSpec) -> _Sampled:
    """What the mends leave: rows may be gone, classes be one, texts be shorter."""
    cells = mended_cells(table, roles.settle(with_test(data), roles.target)).cells
    step = max(1, len(cells.rows) // SAMPLE)
    chosen = range(0, len(cells.rows), step)[:SAMPLE]
    sides = [[texts[place] for place in chosen] for texts in (cells.inputs, cells.pairs) if texts is not None]
    classes = Counter(cells.targets) if roles.task in ONE_CLASS and cells.targets is not None else {}
    return _Sampled(len(cells.rows), sides, classes)


def recommend(facts: TuningFacts) -> tuple[Recommendation, ...]:
    """The settings that follow from the facts."""
    needed = FULL_BYTES * facts.parameters
    too_large = not facts.lora and 0 < 0.8 * facts.free_bytes < needed
    lora = facts.lora or too_large
    found = [*_learning_rate(facts, lora=lora), _batch_size(facts), *_length_of_training(facts), *_validation(facts)]
    if too_large:
        reason = (
            f"tuning all {_counted(facts.parameters)} weights takes {needed / 2**30:.1f} GiB and "
            f"{facts.free_bytes / 2**30:.1f} GiB are free: low-rank changes take a small part of it"
        )
        found.append(Recommendation(setting="model.lora_rank", value=LORA_RANK, reason=reason))
    if len(facts.lengths) and facts.task != "causal-lm":
        found.append(_max_length(facts))
    return (*found, *_of_classes(facts))


def _learning_rate(facts: TuningFacts, *, lora: bool) -> list[Recommendation]:
    size, number = facts.parameters, _counted(facts.parameters)
    by_layer = TINY < size <= SMALL and facts.task not in WRITES
    if not size:
        rate, reason = 5e-5, "the model's files do not say how large it is: this is the usual step"
    elif size <= TINY:
        rate, reason = 1e-3, f"with {number} weights the model is tiny: it learns nearly as fast as one from scratch"
    elif by_layer:
        rate, reason = 8e-4, f"with {number} weights the model is small, and its new head has everything to learn"
    elif size <= SMALL:
        rate, reason = 3e-4, f"with {number} weights the model is small: it bears and needs larger steps than BERT's 2e-5 to 5e-5"
    elif size <= MIDDLE:
        rate, reason = 5e-5, f"the usual step for a model of {number} weights: larger ones undo what it knows"
    else:
        rate, reason = 2e-5, f"large models ({number} weights) diverge at larger steps"
    if lora:
        rate, reason = min(1e-3, 10 * rate), f"LoRA takes about ten times the step of full tuning, which is {rate:g} here"
    found = [Recommendation(setting="train.learning_rate", value=rate, reason=reason)]
    if by_layer and not lora:
        why = "each layer takes three quarters of the step of the one above: the lowest know most that is worth keeping"
        found.append(Recommendation(setting="train.layer_decay", value=0.75, reason=why))
    return found


def _validation(facts: TuningFacts) -> list[Recommendation]:
    if facts.rows < MANY_ROWS:
        return []
    kept = round(FEWER * facts.rows)
    reason = f"{kept:,} of {facts.rows:,} rows are enough to choose the best moment, and the others teach more"
    return [Recommendation(setting="data.validation", value=FEWER, reason=reason)]


def _batch_size(facts: TuningFacts) -> Recommendation:
    if facts.rows < 2_000:
        value, reason = 16, f"with {facts.rows:,} rows small batches give enough steps in an epoch"
    else:
        value, reason = 32, f"with {facts.rows:,} rows larger batches are steadier, and 32 still fit small machines"
    return Recommendation(setting="train.batch_size", value=value, reason=reason)


def _length_of_training(facts: TuningFacts) -> list[Recommendation]:
    batch = int(_batch_size(facts).value)
    share = FEWER if facts.rows >= MANY_ROWS else 0.1
    per_epoch = max(1, round(facts.rows * (1 - share)) // batch)
    least = 1 if facts.rows >= 1_000_000 else 2 if facts.rows >= 100_000 else 3
    epochs = min(MOST_EPOCHS, max(least, round(WANTED_STEPS / per_epoch)))
    if epochs > least:
        reason = f"an epoch has {counted(per_epoch, 'step', 'steps')}, and a fine-tuning settles after about {WANTED_STEPS:,}"
    else:
        reason = f"an epoch has {per_epoch:,} steps already: {least} are enough"
    found = [
        Recommendation(setting="train.epochs", value=epochs, reason=reason),
        Recommendation(
            setting="train.evaluations", value=max(4, epochs),
            reason="often enough to keep the best moment, seldom enough to cost little",
        ),
    ]  # fmt: skip
    patient = epochs >= 8
    why = "there are many epochs, and a small table may be learned by heart long before the last" if patient else (
        "the learning rate falls to its end within few epochs, and the last steps are the best ones"
    )  # fmt: skip
    return [*found, Recommendation(setting="train.patience", value=5 if patient else 0, reason=why)]


def _max_length(facts: TuningFacts) -> Recommendation:
    most = LONGEST.get(facts.device, OTHERWISE_LONGEST)
    longest, nearly_all = int(facts.lengths[-1]), int(np.quantile(facts.lengths, 0.995))
    limit = min(most, facts.places or most)
    if longest * 3 // 2 <= limit:  # the sample may have missed the longest: cutting costs accuracy, room costs nothing
        value = min(limit, max(16, -(-longest * 3 // 2 // 8) * 8))
        reason = f"half the texts have at most {int(np.median(facts.lengths))} tokens, the longest of the sample {longest}"
    else:
        value = min(limit, max(16, -(-nearly_all // 8) * 8))
        share = float((facts.lengths > value).mean())
        bound = f"the model reads {facts.places}" if facts.places == limit else f"beyond {most} attention costs too much here"
        reason = f"the longest of the sample has {longest} tokens, {share:.1%} are longer than {value}, and {bound}"
    return Recommendation(setting="data.max_length", value=value, reason=reason)


def _of_classes(facts: TuningFacts) -> list[Recommendation]:
    if facts.task not in ONE_CLASS or len(facts.classes) < 2:
        reason = "only a choice between classes has a target that can be softened"
        return [Recommendation(setting="train.label_smoothing", value=0.0, reason=reason)]
    many = len(facts.classes) >= 10
    reason = (
        f"with {len(facts.classes)} classes some overlap, and a softened target keeps the model from being too sure"
        if many else f"with {len(facts.classes)} classes the answers are far enough apart"
    )  # fmt: skip
    found = [Recommendation(setting="train.label_smoothing", value=0.1 if many else 0.0, reason=reason)]
    rarest, commonest = min(facts.classes.values()), max(facts.classes.values())
    uneven = commonest >= UNEVEN * rarest and len(facts.classes) < 10
    spread = f"the rarest class has {counted(rarest, 'row', 'rows')}, the commonest {commonest:,}"
    why = (
        f"{spread}: without weights the rare one would hardly be predicted"
        if uneven
        else f"{spread}: accuracy is best unweighted"
    )
    return [*found, Recommendation(setting="train.class_balance", value="weights" if uneven else "none", reason=why)]


def _counted(number: int) -> str:
    return f"{number / 1e6:,.0f}M" if number >= 1_000_000 else f"{number:,}"


def _parameters(folder: Path) -> int:
    """From the headers of the weights."""
    total = 0
    for path in folder.glob("*.safetensors"):
        try:
            with safe_open(path, framework="np") as file:
                total += sum(int(np.prod(file.get_slice(name).get_shape())) for name in file.keys())  # noqa: SIM118
        except (OSError, SafetensorError):
            return 0  # opening the model will say what is wrong
    return total


def _places(folder: Path) -> int | None:
    """What the config says of positions, by the names transformers' configs give them."""
    try:
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        said = next((config[name] for name in ("max_position_embeddings", "n_positions") if name in config), None)
    except (OSError, ValueError, TypeError):
        return None
    return said if isinstance(said, int) and said > 1 else None
