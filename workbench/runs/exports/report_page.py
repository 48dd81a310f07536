"""A run as one page that needs nothing else: settings, scores beside the baseline, curves, and the heads of its model.

The page has no script; its Content-Security-Policy lets in its own style and the pictures it carries, and nothing else.
"""

from __future__ import annotations

import base64
import dataclasses
import html
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from workbench.contracts.counting import counted
from workbench.contracts.edits import Edit
from workbench.contracts.errors import WorkbenchError
from workbench.contracts.events import Edited, Evaluated, Event
from workbench.contracts.history import RunRow
from workbench.contracts.specs import SECTIONS, Experiment
from workbench.resources import RESOURCES
from workbench.runs.exports.curves import curves_of, drawing
from workbench.runs.exports.page import digest
from workbench.runs.folder import RunFolder
from workbench.runs.history import read_row

SAMPLES = 8


def page(run: RunFolder, cancelled: Callable[[], bool] = lambda: False) -> str:
    """The page."""
    row = read_row(run.path.absolute())
    said = _Heard(run.events())
    style = (RESOURCES / "page" / "report.css").read_text(encoding="utf-8")
    rules = f"default-src 'none'; img-src data:; style-src '{digest(style)}'; base-uri 'none'; form-action 'none'"
    title = html.escape(row.name)
    parts = [
        f'<!doctype html><html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{rules}">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}</title><style>{style}</style></head>'
        f'<body><h1>{title}</h1><p class="facts">{html.escape(_facts(row))}</p>'
    ]
    if row.trouble:
        parts.append(f'<p class="bad">{html.escape(row.trouble)}</p>')
    parts += [
        _scores(run.report(), row),
        _drawings(said, row.baseline),
        _edits(said.edits),
        _samples(said.samples),
        _settings(run),
    ]
    if row.has_model and not cancelled():
        parts.append(_heads(run.path, said.samples))
    parts.append(f"<footer>{html.escape(str(run.path.resolve()))}</footer></body></html>\n")
    return "".join(parts)


class _Heard:
    """What the page needs of a run's events, in one pass over them."""

    def __init__(self, events: Iterable[Event]) -> None:
        self.samples: Sequence[Mapping[str, str]] = ()
        self.edits: dict[Edit, None] = {}
        """In order, each once: a resumed run says again what it begins with."""
        self.curves = curves_of(self._listen(events))

    def _listen(self, events: Iterable[Event]) -> Iterable[Event]:
        for event in events:
            if isinstance(event, Evaluated) and event.samples:
                self.samples = event.samples
            elif isinstance(event, Edited):
                self.edits[event.edit] = None
            yield event


def _facts(row: RunRow) -> str:
    made = f"made {datetime.fromtimestamp(row.made):%Y-%m-%d %H:%M}"
    steps = counted(row.steps, "step", "steps")
    parts = [row.task, Path(row.data).name, row.state, steps, f"{row.seconds:,.1f} s of training", made]
    return " · ".join(part for part in parts if part)


def _scores(report: Mapping[str, Any], row: RunRow) -> str:
    metrics, baseline = report.get("metrics"), report.get("baseline")
    sides: list[tuple[str, Mapping[str, Any]]] = []
    for split in ("validation", "test"):
        for who, found in (("model", metrics), ("TF-IDF baseline", baseline)):
            if isinstance(found, dict) and isinstance(found.get(split), dict):
                sides.append((f"{split}: {who}", found[split]))
    sides = sides or ([("validation: best so far", row.scores)] if row.scores else [])
    names = dict.fromkeys(k for _, side in sides for k, v in side.items() if isinstance(v, int | float))
    head = "".join(f'<th class="number">{html.escape(name)}</th>' for name, _ in sides)
    lines = [
        f"<tr><td>{html.escape(name)}</td>" + "".join(f'<td class="number">{_number(side.get(name))}</td>' for _, side in sides)
        for name in names
    ]
    return f"<h2>Scores</h2><table><tr><th></th>{head}</tr>{'</tr>'.join(lines)}</tr></table>" if names else ""


def _number(value: object) -> str:
    return f"{value:.4f}" if isinstance(value, int | float) else ""


def _drawings(said: _Heard, baseline: Mapping[str, float]) -> str:
    curves, marks = said.curves, sorted({edit.step for edit in said.edits})
    losses = [(word, curves[name]) for name, word in (("loss", "training"), ("validation loss", "validation")) if name in curves]
    found = [drawing("Loss", losses, marks=marks)] if losses else []
    for name, curve in curves.items():
        if name not in ("loss", "validation loss"):
            found.append(drawing(name.capitalize(), [(name, curve)], baseline.get(name.removeprefix("validation ")), marks))
    return "<h2>Curves</h2>" + "".join(found) if found else ""


def _edits(edits: Iterable[Edit]) -> str:
    rows = "".join(f'<tr><td class="number">{each.step:,}</td><td>{html.escape(str(each))}</td></tr>' for each in edits)
    return f'<h2>Edits</h2><table><tr><th class="number">after step</th><th>edit</th></tr>{rows}</table>' if rows else ""


def _samples(samples: Sequence[Mapping[str, str]]) -> str:
    if not samples:
        return ""
    names = ("input", "target", "prediction")
    rows = "".join(
        "<tr>" + "".join(f"<td>{html.escape(str(each.get(name, '')))}</td>" for name in names) + "</tr>"
        for each in samples[:SAMPLES]
    )
    return f"<h2>Predictions</h2><table><tr><th>input</th><th>target</th><th>prediction</th></tr>{rows}</table>"


def _settings(run: RunFolder) -> str:
    try:
        experiment: Experiment = run.experiment()
    except WorkbenchError as error:
        return f'<h2>Settings</h2><p class="bad">{html.escape(str(error))}</p>'
    rows = [
        f"<tr><td>{section}.{name}</td><td>{html.escape(str(value))}</td></tr>"
        for section in SECTIONS
        for name, value in dataclasses.asdict(getattr(experiment, section)).items()
        if value is not None
    ]
    return f"<h2>Settings</h2><table>{''.join(rows)}</table>"


def _heads(path: Path, samples: Sequence[Mapping[str, str]]) -> str:
    """The heads of one text through the saved model, as a picture; why there is none where it cannot be seen."""
    from workbench.runs.inspector import Inspector

    text = str(samples[0].get("input", "")) if samples else ""
    if not text.strip():
        return ""
    try:
        inspector = Inspector.open(str(path))
        try:
            with tempfile.TemporaryDirectory() as folder:
                file = Path(folder) / "heads.png"
                inspector.inspect(text).write(file)
                picture = base64.b64encode(file.read_bytes()).decode()
        finally:
            inspector.close()
    except WorkbenchError as error:
        return f"<h2>Heads</h2><p>{html.escape(str(error))}</p>"
    shown = f'<img alt="attention of every head" src="data:image/png;base64,{picture}">'
    return f"<h2>Heads</h2><figure><figcaption>{html.escape(text)}</figcaption>{shown}</figure>"
