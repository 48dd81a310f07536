"""What was measured, as a document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any

from tests.architectures.sweep import ASKED

_HEAD = """# Architectures the lens was tried on

Made by `python -m tests.architectures` on {day} with transformers {transformers} and torch {torch}; do not edit.

Each architecture was built as a tiny random model with sharp attention and run on a small batch: without padding, padded on the
right, and for decoders padded on the left.

- **reached**: *switched* (its configuration names our attention function), *replaced* (ours stands in for "sdpa" and "eager"),
  *tapped* (its softmax is watched where it is computed).
- **self-test**: what a person is told on load. *full*: all is seen and can be changed; *tapped*: weights only; *partial*: some
  of it, and what is wrong; *none*.
- **layers**: attention layers that the lens shows as eager attention computes them, of those there are.
- **difference**: the largest difference of a weight from a plain model under `attn_implementation="eager"`, over all paddings,
  where the text is real. A star: that model returns no attentions (or something else), so the softmaxes in it were noted.
- **heads off**: layers in which switching one head off gives the output of a plain eager model whose output projection reads
  zeros for that head's share, within 1e-4 of the largest output.
- **verdict**: *exact* when all layers are within 1e-4 and heads can be switched off so in each; *warned* when not, and the
  self-test says so; *no attention* when it has no softmax to see and the self-test says so; **WRONG** when nobody says so.
"""
_COLUMNS = ("architecture", "kind", "reached", "self-test", "layers", "difference", "heads off", "verdict", "what to know")


def table(results: Sequence[dict[str, Any]], versions: dict[str, str]) -> str:
    """A markdown document: totals, the architectures that must be tried, all others, and those that could not be run."""
    asked = [result for result in results if result["name"] in ASKED]
    others = [result for result in results if result["name"] not in ASKED and result["verdict"] != "not run"]
    not_run = [result for result in results if result["name"] not in ASKED and result["verdict"] == "not run"]
    parts = [
        _HEAD.format(day=date.today().isoformat(), **versions),
        f"## Totals\n\n{_totals('Those that must be tried', asked)}\n{_totals('All others that run when made small', others)}",
        f"## Those that must be tried\n\n{_rows(asked)}",
        f"## All others\n\n{_rows(others)}",
        "## Not run\n\nWhat the rules that shrink a configuration do not fit, or what wants more than a text or a picture.\n\n"
        + "\n".join(f"- {result['name']}: {_cell(result['message'])}" for result in not_run),
    ]
    return "\n\n".join(parts) + "\n"


def _totals(what: str, results: Sequence[dict[str, Any]]) -> str:
    counts = Counter(result["verdict"] for result in results)
    said = ", ".join(f"{count} {verdict}" for verdict, count in counts.most_common())
    worst = max((max(result["differences"].values()) for result in results if result["verdict"] == "exact"), default=0.0)
    ways = Counter(result["way"] for result in results if result["verdict"] == "exact")
    how = ", ".join(f"{count} {way}" for way, count in ways.most_common())
    return f"- {what}: {len(results)}, of these {said}. Exact ones: {how}; largest difference {worst:.1e}."


def _rows(results: Sequence[dict[str, Any]]) -> str:
    lines = [f"| {' | '.join(_COLUMNS)} |", f"|{'---|' * len(_COLUMNS)}"]
    for result in results:
        if result["verdict"] == "not run":
            lines.append(f"| {result['name']} | | | | | | | not run | {_cell(result['message'])} |")
            continue
        star = " *" if result["reference"] in ("softmax", "both") else ""
        difference = f"{max(result['differences'].values()):.0e}{star}" if result["there"] else ""
        know = [result["note"], result["trouble"], result["message"] if result["level"] not in ("full", "tapped") else ""]
        seen, off = (f"{result[name]}/{result['there']}" for name in ("seen", "silenced"))
        cells = [result["name"], result["family"], result["way"], result["level"], seen, difference, off, result["verdict"]]
        lines.append(f"| {' | '.join(cells)} | {_cell('; '.join(filter(None, know)))} |")
    return "\n".join(lines)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")[:240]
