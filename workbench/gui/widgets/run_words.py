"""How a run is written in a list: its state, its scores, its times, in the language of the window."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject

from workbench.contracts.history import RunRow
from workbench.gui.models.run_state import clock
from workbench.gui.widgets.counts import heads_text, layers_text
from workbench.gui.widgets.metric_words import headline, is_better, metric_name, metric_text
from workbench.gui.words import said


class RunWords(QObject):
    """Asked for every cell that is painted: nothing here is more than a few look-ups."""

    def title(self, column: str) -> str:
        """What a column is called."""
        return {
            "name": self.tr("Name"), "state": self.tr("State"), "task": self.tr("Task"), "data": self.tr("Data"),
            "model": self.tr("Model"), "score": self.tr("Best score"), "baseline": self.tr("Baseline"),
            "seconds": self.tr("Time"), "steps": self.tr("Steps"), "made": self.tr("Made"), "size": self.tr("On disk"),
        }[column]  # fmt: skip

    def state(self, row: RunRow) -> str:
        """The state in words."""
        return {
            "training": self.tr("training"), "finished": self.tr("finished"), "stopped": self.tr("stopped"),
            "failed": self.tr("failed"), "cut-off": self.tr("cut off"), "broken": self.tr("damaged"),
        }[row.state]  # fmt: skip

    def text(self, row: RunRow, column: str, size: int | None) -> str:
        """A cell."""
        match column:
            case "name":
                return self.tr("{0} ↳ {1}").format(row.name, f"{row.branched_at:,}") if row.branched_from else row.name
            case "state":
                return self.state(row)
            case "task":
                return self._task(row.task)
            case "data":
                return Path(row.data).name
            case "model":
                layers, heads, width = row.shape
                scratch = f"{layers_text(layers)} · {heads_text(heads)} · d {width}" if layers else ""
                return Path(row.model).name or scratch
            case "score" | "baseline":
                return self._score(row, column)
            case "seconds":
                return clock(row.seconds) if row.seconds else "–"
            case "steps":
                unfinished = row.total_steps > row.steps
                return f"{row.steps:,} / {row.total_steps:,}" if unfinished else f"{row.steps:,}" if row.steps else "–"
            case "made":
                return f"{datetime.fromtimestamp(row.made):%Y-%m-%d %H:%M}"
        return "…" if size is None else self.tr("{0} MB").format(f"{size / 1e6:,.1f}")

    def key(self, row: RunRow, column: str, size: int | None) -> float | str | None:
        """What a cell is sorted by: scores by how good they are, whichever way they count."""
        if column in ("score", "baseline"):
            metric = headline(row.task, row.scores)
            value = None if metric is None else (row.scores if column == "score" else row.baseline).get(metric)
            if value is None or metric is None or value != value:
                return None
            return value if is_better(metric, 1.0, 0.0) else -value
        numbers = {"seconds": row.seconds, "steps": float(row.steps), "made": row.made, "size": size}
        if column in numbers:
            value = numbers[column]
            return None if value is None else float(value)
        return self.text(row, column, size).casefold() or None

    def tip(self, row: RunRow) -> str:
        """All that has no column."""
        lines = [str(row.path)]
        if row.owner is not None:
            words = self.tr("Training now: process {0} on {1}. A double click watches it.")
            lines.append(words.format(row.owner.pid, row.owner.host))
        if row.branched_from:
            words = self.tr("Branched from {0} at step {1}")
            lines.append(words.format(Path(row.branched_from).name, f"{row.branched_at:,}"))
        if row.trouble:
            lines.append(said(row.trouble))
        return "\n".join(lines)

    def best_of(self, rows: Sequence[RunRow]) -> frozenset[Path]:
        """The best run of each task and table, where there is more than one to compare."""
        groups: dict[tuple[str, str], list[tuple[float, Path]]] = {}
        for row in rows:
            key = self.key(row, "score", None)
            if isinstance(key, float):
                groups.setdefault((row.task, row.data), []).append((key, row.path))
        return frozenset(max(group)[1] for group in groups.values() if len(group) > 1)

    def _score(self, row: RunRow, column: str) -> str:
        metric = headline(row.task, row.scores)
        if metric is None:
            return "–"
        if column == "baseline":
            return metric_text(metric, row.baseline.get(metric))
        return f"{metric_name(metric)} {metric_text(metric, row.scores[metric])}"

    def _task(self, task: str) -> str:
        return {
            "text-classification": self.tr("classify texts"), "regression": self.tr("predict a number"),
            "token-classification": self.tr("label words"), "seq2seq": self.tr("text to text"),
            "causal-lm": self.tr("write on"), "masked-lm": self.tr("fill gaps"),
        }.get(task, task)  # fmt: skip
