"""The answers a run ends with, kept in its folder: ``predictions/validation.jsonl`` (a row a line) and ``validation.npz``.

Bounded: of a huge split a random part is kept, and the files say of how many rows.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from workbench.contracts.errors import WorkbenchError
from workbench.contracts.evaluations import Answers
from workbench.contracts.examples import IGNORED, Examples
from workbench.data.prepare import Prepared
from workbench.engine.disk import failure_of, sync_all
from workbench.engine.tasks import Prediction
from workbench.engine.tasks.base import joined, labels_above
from workbench.runs.opened import WRITTEN_AGAIN
from workbench.runs.seals import check_seal, seal

KEPT = 50_000
"""Answers that are kept of a split, at most."""
CHARACTERS = 2_000
"""Of a text, at most."""
OUTPUTS = 8_000_000
"""Rows times classes whose probabilities are kept, at most: 32 MB."""
FORMAT = 1


def kind_of(prepared: Prepared, examples: Examples) -> str:
    """What the answers to these examples are, by what they hold; empty where a row has no answer of its own."""
    known = examples.labels
    if known is not None and known.ndim == 1:
        return "classes" if prepared.labels and np.issubdtype(known.dtype, np.integer) else "numbers"
    if examples.passages is not None:
        return "spans"
    if prepared.task == "multi-label":
        return "labels"
    if examples.targets is not None:
        return "tags" if prepared.labels else "texts"
    return ""


def asked(examples: Examples) -> NDArray[np.int64]:
    """Places of the examples that stand for a question of their own: of the windows of a passage the first."""
    if examples.passages is None:
        return np.arange(len(examples))
    return np.asarray(np.unique(examples.passages.question, return_index=True)[1], np.int64)


def kept_places(examples: Examples, seed: int = 0) -> NDArray[np.int64]:
    """Which examples' answers are kept, ascending: all, or a random part of a huge split."""
    places = asked(examples)
    return places if len(places) <= KEPT else np.sort(np.random.default_rng(seed).choice(places, KEPT, replace=False))


def gather(
    prepared: Prepared, split: str, places: NDArray[np.int64], predictions: Mapping[int, Prediction],
    baseline: NDArray[np.float64] | None = None, note: str = "",
) -> Answers | None:  # fmt: skip
    """Answers as they are kept.

    Args:
        prepared: The table.
        split: ``validation`` or ``test``.
        places: Which of its examples.
        predictions: By place; all of `places` are there.
        baseline: Of every example of the split: probabilities (rows, classes) or numbers (rows,).
        note: What the baseline is.

    Returns:
        None where a row has no answer of its own (language models).
    """
    examples = prepared.parts[split].examples
    kind = kind_of(prepared, examples)
    if not kind or not len(places):
        return None
    found = [predictions[int(place)] for place in places]
    pairs = prepared.texts(split, places)
    return Answers(
        split=split, task=prepared.task, kind=kind, rows=examples.rows[places],
        texts=tuple(text[:CHARACTERS] for text, _ in pairs),
        targets=_targets(kind, prepared, examples, places, [target for _, target in pairs]),
        predictions=tuple(each.text for each in found), confidence=_floats([each.confidence for each in found]),
        tokens=np.asarray(examples.inputs.lengths[places], np.int64),
        second=tuple(each.second or "" for each in found) if any(each.second for each in found) else None,
        second_confidence=_floats([each.second_confidence for each in found]) if any(each.second for each in found) else None,
        baseline=None if baseline is None else _read(kind, baseline[places], prepared.labels),
        labels=prepared.labels, probabilities=_probabilities(found, prepared.labels), of=len(asked(examples)), note=note,
    )  # fmt: skip


def save(folder: Path, answers: Answers) -> None:
    """Write the answers of a split.

    Raises:
        DiskFull: there is no room.
        RunFailed: they cannot be written.
    """
    try:
        folder.mkdir(exist_ok=True)
        lines, arrays = folder / f"{answers.split}.jsonl", folder / f"{answers.split}.npz"
        with lines.open("w", encoding="utf-8") as file:
            file.writelines(json.dumps(each, ensure_ascii=False) + "\n" for each in _lines(answers))
        about = {"format": FORMAT, "task": answers.task, "kind": answers.kind, "of": answers.of, "note": answers.note}
        held: dict[str, Any] = {  # Any: savez takes arrays and options by keyword alike
            "about": np.array(json.dumps(about)), "labels": np.array(json.dumps(answers.labels)), "rows": answers.rows,
            "confidence": answers.confidence, "second_confidence": _none_as_empty(answers.second_confidence),
            "tokens": answers.tokens,
        }  # fmt: skip
        if answers.probabilities is not None:
            held["probabilities"] = answers.probabilities
        np.savez(arrays, **held)
        seal(folder)
        sync_all(folder)
    except OSError as error:
        raise failure_of(error)(
            f"the answers could not be written: {error}", where=str(folder), mend="Make room on the disk, then resume."
        ) from error


def load(folder: Path, split: str) -> Answers:
    """Read the answers of a split back.

    Raises:
        WorkbenchError: there are none, or they are damaged.
    """
    check_seal(folder, mend=WRITTEN_AGAIN)
    try:
        with (folder / f"{split}.jsonl").open(encoding="utf-8") as file:
            lines = [json.loads(line) for line in file]
        with np.load(folder / f"{split}.npz", allow_pickle=False) as arrays:
            about, labels = json.loads(str(arrays["about"])), json.loads(str(arrays["labels"]))
            held = {name: arrays[name] for name in arrays.files}
        second = held["second_confidence"]
        made = Answers(
            split=split, task=about["task"], kind=about["kind"], of=about["of"], note=about["note"], rows=held["rows"],
            texts=_column(lines, "text"), targets=_column(lines, "target"), predictions=_column(lines, "prediction"),
            confidence=held["confidence"], tokens=held["tokens"], labels=tuple(labels),
            second=_column(lines, "second") if len(second) else None, second_confidence=second if len(second) else None,
            baseline=_column(lines, "baseline") if lines and "baseline" in lines[0] else None,
            probabilities=held.get("probabilities"),
        )  # fmt: skip
        if len(made) != len(lines):
            raise ValueError(f"{len(lines)} lines for {len(made)} rows")
        return made
    except FileNotFoundError as error:
        raise WorkbenchError(
            f"the run keeps no answers on its {split} rows", where=str(folder),
            mend="Runs of earlier versions and some that were stopped keep none: train once more, or go on with the run.",
        ) from error  # fmt: skip
    except (OSError, ValueError, KeyError, TypeError, AttributeError, zipfile.BadZipFile) as error:
        raise WorkbenchError(
            f"the kept answers cannot be read: {error}", where=str(folder), mend="Train once more to have them again."
        ) from error


def splits(folder: Path) -> tuple[str, ...]:
    """The splits whose answers are kept, the one to judge by first."""
    return tuple(split for split in ("test", "validation") if (folder / f"{split}.npz").is_file())


def _lines(answers: Answers) -> list[dict[str, Any]]:
    """Each answer as a JSON object."""
    columns: dict[str, Sequence[Any]] = {
        "row": answers.rows.tolist(), "text": answers.texts, "target": answers.targets, "prediction": answers.predictions,
        "confidence": _rounded(answers.confidence),
    }  # fmt: skip
    if answers.second is not None and answers.second_confidence is not None:
        columns |= {"second": answers.second, "second_confidence": _rounded(answers.second_confidence)}
    if answers.baseline is not None:
        columns["baseline"] = answers.baseline
    return [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]


def _column(lines: list[dict[str, Any]], name: str) -> tuple[str, ...]:
    return tuple(str(line[name]) for line in lines)


def _rounded(values: NDArray[np.float64]) -> list[float | None]:
    return [round(value, 6) if np.isfinite(value) else None for value in values.tolist()]


def _floats(values: Sequence[float | None]) -> NDArray[np.float64]:
    return np.array([np.nan if value is None else value for value in values], np.float64)


def _none_as_empty(values: NDArray[np.float64] | None) -> NDArray[np.float64]:
    return np.zeros(0) if values is None else values


def _targets(
    kind: str, prepared: Prepared, examples: Examples, places: NDArray[np.int64], cells: Sequence[str]
) -> tuple[str, ...]:  # fmt: skip
    """What was asked for, as far as the model was asked: a number is read, tags beyond the length limit are left out."""
    if kind == "numbers" and examples.labels is not None:
        return tuple(f"{value:.9g}" for value in examples.labels[places].tolist())
    if kind == "tags" and examples.targets is not None:
        rows = (examples.targets[int(place)] for place in places)
        return tuple(" ".join(prepared.labels[tag] for tag in row[row != IGNORED]) for row in rows)
    if kind == "labels" and examples.targets is not None:
        return tuple(joined([prepared.labels[label] for label in examples.targets[int(place)]]) for place in places)
    return tuple(cells)


def _read(kind: str, outputs: NDArray[np.float64], labels: Sequence[str]) -> tuple[str, ...]:
    """The baseline's outputs as answers."""
    if kind == "labels":
        return tuple(labels_above(labels, row).text for row in outputs)
    if outputs.ndim == 1:
        return tuple(f"{value:.9g}" for value in outputs.tolist())
    return tuple(labels[place] for place in outputs.argmax(1))


def _probabilities(found: Sequence[Prediction], labels: Sequence[str]) -> NDArray[np.float32] | None:
    """(rows, labels), where each answer has one for each label and they are not too many to keep."""
    if not labels or len(found) * len(labels) > OUTPUTS or any(len(each.probabilities) != len(labels) for each in found):
        return None
    return np.array([[each.probabilities[label] for label in labels] for each in found], np.float32)
