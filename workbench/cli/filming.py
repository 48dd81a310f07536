"""What `film` does: tell a run's film, or two in step, or write them as a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbench.cli.output import TrainingDisplay, print_json, results, speaks, words

if TYPE_CHECKING:  # the command line is there at once; what it works with is loaded when it is needed
    from workbench.runs.film import Film


def film(run: Path, out: Path | None, *, beside: Path | None = None, by: str = "", as_json: bool) -> int:
    """Tell what changed when in a run, or in two, and write the film where a place is named.

    Args:
        run: A run folder.
        out: A .gif, a .html, or a folder for pictures.
        beside: Another run folder, whose film is laid beside this one.
        by: What the two films are aligned by; what suits both when left out.
        as_json: One JSON object on stdout.

    Raises:
        WorkbenchError: there is no run or no film, or it cannot be written.
    """
    from workbench.runs.film import Film
    from workbench.runs.folder import RunFolder

    seen = [Film.open(RunFolder.open(path).path) for path in (run, beside) if path is not None]
    for each in seen:
        each.nearest(0)  # there is at least one moment
    written = 0
    if out is not None:
        from workbench.runs.exports.film import write_film

        with TrainingDisplay(quiet=not speaks()) as display:
            written = write_film(run, out, beside=beside, by=by, told=display.prepare)
    if as_json:
        second = {} if beside is None else {"beside": _content(seen[1])}
        print_json({**_content(seen[0]), **second, "out": None if out is None else str(out), "written": written})
        return 0
    for letter, each in zip(("A: ", "B: ") if beside is not None else ("",), seen, strict=True):
        told = f"{letter}{_count(len(each))} up to step {int(each.steps[-1]):,}, {each.bytes / 1e6:.1f} MB"
        results().print(told, markup=False, soft_wrap=True)
        for change in each.changes:
            results().print(letter + change.sentence, markup=False, soft_wrap=True)
    if out is not None:
        words().print(f"Written: {out} ({_count(written)})", markup=False, soft_wrap=True)
    return 0


def _count(moments: int) -> str:
    return "1 moment" if moments == 1 else f"{moments:,} moments"


def _content(seen: Film) -> dict[str, Any]:  # Any: JSON
    changes = [
        {"kind": each.kind, "layer": each.layer, "head": each.head, "name": each.name, "became": each.became,
         "before": each.before, "after": each.after, "at": round(each.at, 1)}
        for each in seen.changes
    ]  # fmt: skip
    return {"moments": len(seen), "last_step": int(seen.steps[-1]), "bytes": seen.bytes, "changes": changes}
