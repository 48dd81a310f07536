"""Use a trained model on new rows: the same table back, with predictions."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from workbench.contracts.errors import Cancelled, RunFailed, WorkbenchError
from workbench.contracts.specs import PAIRED
from workbench.data.recipe import encode_strings, encode_table
from workbench.data.table import open_table
from workbench.engine.tasks import Prediction
from workbench.engine.tasks.base import Reader
from workbench.runs.opened import Opened, open_trained

ENDINGS = (".csv", ".tsv", ".jsonl")


def predict_text(model: Path | Opened, text: str, pair: str = "") -> Prediction:
    """What a model says to one text, or to two where it reads two."""
    opened = model if isinstance(model, Opened) else open_trained(model, paired=bool(pair))
    if not text.strip():
        raise WorkbenchError("the text is empty", where="text", mend="Give a text with at least one word.")
    if pair and opened.task.name not in PAIRED:
        raise WorkbenchError(f"{opened.task.name} reads one text", where="pair", mend="Leave the second text out.")
    examples = encode_strings(opened.recipe, [text], [pair] if pair else None).examples
    return opened.task.predict(Reader(opened.model, opened.recipe.tokenizer), examples)[0]


def predict_table(
    model: Path, table: Path, out: Path, *, overwrite: bool = False,
    cancelled: Callable[[], bool] = lambda: False, progress: Callable[[float], None] = lambda share: None,
) -> dict[str, Any]:  # fmt: skip
    """Predict for every row of a table and write the table with its predictions.

    Every original column comes first, in order; then ``prediction``, ``confidence`` and, for classes, ``second`` and
    ``second_confidence``. A row whose text is empty keeps its place with an empty prediction.

    Args:
        model: A run folder or a model folder.
        table: Any table the reader opens, with the column the model reads.
        out: csv, tsv or jsonl.
        overwrite: Whether `out` may be replaced.
        cancelled: Asked now and then; nothing is written when it says yes.
        progress: Told the share that is done.

    Returns:
        ``rows`` written, ``predicted``, ``unusable`` and ``rejected`` (by the reader, with line numbers), and ``out``.

    Raises:
        WorkbenchError: unusable input, or `out` exists.
    """
    if out.suffix.lower() not in ENDINGS:
        raise WorkbenchError(
            f"predictions are not written as {out.suffix or 'a file without ending'!r}",
            where=str(out),
            mend="Use one of: " + ", ".join(ENDINGS) + ".",
        )
    if out.exists() and not overwrite:
        raise WorkbenchError(
            "this file exists already", where=str(out), mend="Choose another name, or allow it with --overwrite."
        )
    if not out.parent.is_dir():
        raise WorkbenchError("there is no such folder", where=str(out.parent), mend="Make the folder, or choose another.")
    opened = open_trained(model)
    encoded = encode_table(opened.recipe, str(table), require_target=False, cancelled=cancelled)
    total = max(1, len(encoded.examples))
    reader = Reader(opened.model, opened.recipe.tokenizer, cancelled=cancelled, progress=lambda done: progress(done / total))
    answers = dict(zip(encoded.examples.rows.tolist(), opened.task.predict(reader, encoded.examples), strict=True))
    with open_table(opened.recipe.data, path=str(table)) as source:
        names, added = list(source.columns), _added(opened)
        header = names + [_free(name, names) for name in added]
        rows = ([*cells, *_cells(answers.get(row), added)] for row, cells in source.rows(source.columns))
        written = _write(out, header, rows, cancelled)
        rejected = [{"line": r.line, "text": r.text, "reason": r.reason} for r in source.rejected]
    return {
        "out": str(out), "rows": written, "predicted": len(answers), "unusable": written - len(answers), "cut": encoded.cut,
        "rejected": rejected,
    }  # fmt: skip


def _added(opened: Opened) -> tuple[str, ...]:
    match opened.task.name:
        case "text-classification" | "pair-classification" | "multi-label":
            return ("prediction", "confidence", "second", "second_confidence")
        case "regression" | "pair-regression":
            return ("prediction",)
    return ("prediction", "confidence")


def _free(name: str, taken: Sequence[str]) -> str:
    """A column name the table does not have yet."""
    free, number = name, 1
    while free in taken:
        number += 1
        free = f"{name}_{number}"
    return free


def _cells(answer: Prediction | None, added: Sequence[str]) -> list[str]:
    if answer is None:
        return [""] * len(added)
    values = {
        "prediction": answer.text, "confidence": answer.confidence,
        "second": answer.second, "second_confidence": answer.second_confidence,
    }  # fmt: skip
    return [f"{value:.6f}" if isinstance(value := values[name], float) else value or "" for name in added]


def _write(out: Path, header: list[str], rows: Iterable[list[str]], cancelled: Callable[[], bool]) -> int:
    """Write aside, then rename: the file is whole or absent."""
    aside = out.with_name(f".{out.name}.partial")
    count = 0

    def counted() -> Iterator[list[str]]:
        nonlocal count
        for count, row in enumerate(rows, start=1):
            if count % 10_000 == 0 and cancelled():
                raise Cancelled("stopped before the table was written")
            yield row

    try:
        with aside.open("w", encoding="utf-8", newline="") as file:
            if out.suffix.lower() == ".jsonl":
                file.writelines(json.dumps(dict(zip(header, row, strict=True)), ensure_ascii=False) + "\n" for row in counted())
            else:
                writer = csv.writer(file, delimiter="\t" if out.suffix.lower() == ".tsv" else ",", lineterminator="\n")
                writer.writerow(header)
                writer.writerows(counted())
        aside.replace(out)
    except OSError as error:
        raise RunFailed(
            f"the predictions could not be written: {error}", where=str(out), mend="Make room, or choose another place."
        ) from error
    finally:
        aside.unlink(missing_ok=True)
    return count
