"""What `film` does: tell a run's film, or write it as a file."""

from __future__ import annotations

from pathlib import Path

from workbench.cli.output import TrainingDisplay, print_json, results, speaks, words


def film(run: Path, out: Path | None, *, as_json: bool) -> int:
    """Tell what changed when in a run, and write its film where a place is named.

    Args:
        run: A run folder.
        out: A .gif, a .html, or a folder for pictures.
        as_json: One JSON object on stdout.

    Raises:
        WorkbenchError: there is no run or no film, or it cannot be written.
    """
    from workbench.runs.film import Film
    from workbench.runs.folder import RunFolder

    seen = Film.open(RunFolder.open(run).path)
    seen.nearest(0)  # there is at least one moment
    last = int(seen.steps[-1])
    written = 0
    if out is not None:
        from workbench.runs.exports.film import write_film

        with TrainingDisplay(quiet=not speaks()) as display:
            written = write_film(run, out, told=display.prepare)
    if as_json:
        changes = [
            {"kind": each.kind, "layer": each.layer, "head": each.head, "name": each.name, "became": each.became,
             "before": each.before, "after": each.after, "at": round(each.at, 1)}
            for each in seen.changes
        ]  # fmt: skip
        print_json(
            {"moments": len(seen), "last_step": last, "bytes": seen.bytes, "changes": changes,
             "out": None if out is None else str(out), "written": written}
        )  # fmt: skip
        return 0
    results().print(f"{len(seen):,} moments up to step {last:,}, {seen.bytes / 1e6:.1f} MB", markup=False, soft_wrap=True)
    for change in seen.changes:
        results().print(change.sentence, markup=False, soft_wrap=True)
    if out is not None:
        words().print(f"Written: {out} ({written:,} moments)", markup=False, soft_wrap=True)
    return 0
