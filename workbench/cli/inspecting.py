"""What `inspect` does beside looking at one text: two sides compared, and heads measured over a table."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from workbench.cli.output import TrainingDisplay, print_json, results, speaks, words
from workbench.contracts.comparing import Compared, Other
from workbench.contracts.errors import WorkbenchError
from workbench.contracts.head_tables import LABELS, HeadTable, as_csv
from workbench.contracts.inspection import Query

BEST = 12
"""Named heads that are told in a terminal."""


def compare(
    model: str, query: Query, other: Other, place: tuple[int | None, int | None], out: Path | None, *, as_json: bool
) -> int:  # fmt: skip
    """One head of a model beside one of the other side; the file holds both and their difference.

    Args:
        model: A run, a folder or a hub name.
        query: What goes through it.
        other: The second side.
        place: Layer and head of the first side, from 0.
        out: .npz, .csv, .png or .svg.
        as_json: One JSON object on stdout.

    Raises:
        WorkbenchError: no layer and head are named, or the sides cannot be compared.
    """
    layer, head = place
    if layer is None or head is None:
        mend = "Name it with --layer and --head, from 0."
        raise WorkbenchError("one head is compared, and none is named", where="inspect", mend=mend)
    from workbench.runs.comparing import Comparing
    from workbench.runs.exports import check, write_compared
    from workbench.runs.exports.compared import WRITERS, provenance
    from workbench.runs.inspector import Inspector

    if out is not None:
        check(out, WRITERS)
    inspector = Inspector.open(model)
    kind = "encoder" if "encoder" in inspector.facts.layers else "decoder"
    found = Comparing(inspector).compare(query, other, kind, (layer, head))
    note = write_compared(found, out) if out is not None else ""
    for remark in (*found.remarks, note):
        if remark:
            words().print(remark, markup=False, soft_wrap=True)
    if as_json:
        print_json({"out": None if out is None else str(out), **_summary(found), "provenance": provenance(found)})
    else:
        results().print(_sentence(found), markup=False, soft_wrap=True)
        _say_written(out)
    return 0


def over_table(model: str, table: str, column: str, rows: int, out: Path | None, *, as_json: bool) -> int:
    """What every head does over the first rows of a table, beside chance, as comma-separated text.

    Args:
        model: A run, a folder or a hub name.
        table: What is read.
        column: Of the table; empty is the one that looks like the text.
        rows: At most so many texts.
        out: A .csv; the terminal where it is left out.
        as_json: One JSON object on stdout instead.

    Raises:
        WorkbenchError: the table, its column, the model or the place cannot be used.
    """
    from workbench.runs.exports import check
    from workbench.runs.folder import write_text
    from workbench.runs.inspector import Inspector
    from workbench.runs.surveys import survey

    if out is not None:
        check(out, (".csv",))
    inspector = Inspector.open(model)
    if inspector.facts.reads == "picture":
        raise WorkbenchError(
            "this is worked out for texts only", where=inspector.facts.name, mend="Open a model that reads text."
        )
    tables: tuple[HeadTable, ...] = ()
    read = ""
    with TrainingDisplay(quiet=not speaks() or as_json) as display:
        for found in survey(inspector, table, column, rows):
            display.prepare("Measuring heads", found.done / found.total)
            tables, read = found.tables, found.column
    if out is not None:
        try:
            write_text(out, as_csv(tables))
        except OSError as error:
            raise WorkbenchError(f"the file cannot be written: {error}", where=str(out), mend="Choose another place.") from error
    if as_json:
        names = {f"{each.kind}:{layer}:{head}": list(said) for each, layer, head, said in _named(tables)}
        texts = max((each.texts for each in tables), default=0)
        print_json({"out": None if out is None else str(out), "column": read, "texts": texts, "names": names})
    elif out is None:
        results().print(as_csv(tables).rstrip("\n"), markup=False, soft_wrap=True)
    else:
        for each, layer, head, said in _named(tables)[:BEST]:
            line = f"{each.kind} layer {layer}, head {head}: {', '.join(LABELS[name] for name in said)}"
            results().print(line, markup=False, soft_wrap=True)
        _say_written(out)
    return 0


def _named(tables: tuple[HeadTable, ...]) -> list[tuple[HeadTable, int, int, tuple[str, ...]]]:
    """The heads that have a name, by kind, layer and head."""
    return [
        (table, layer, head, said)
        for table in tables
        for layer, row in enumerate(table.names)
        for head, said in enumerate(row)
        if said
    ]


def _summary(found: Compared) -> dict[str, Any]:
    difference, pair = found.difference, found.pair
    return {
        "layer": found.place[0], "head": found.place[1], "other_layer": found.other_place[0], "other_head": found.other_place[1],
        "similarity": None if pair.similarity != pair.similarity else pair.similarity,
        "largest_difference": None if difference is None else float(abs(difference).max(initial=0.0)),
        "remarks": list(found.remarks),
    }  # fmt: skip


def _sentence(found: Compared) -> str:
    said, (layer, head), (other_layer, other_head) = _summary(found), found.place, found.other_place
    parts = [f"A layer {layer}, head {head} beside B layer {other_layer}, head {other_head}"]
    if said["similarity"] is not None:
        parts.append(f"alike {said['similarity']:.2f}")
    if said["largest_difference"] is not None:
        parts.append(f"largest difference of a weight {said['largest_difference']:.3f}")
    return ": ".join([parts[0], ", ".join(parts[1:])]) if parts[1:] else parts[0]


def _say_written(out: Path | None) -> None:
    if out is not None:
        words().print(f"Written: {out}", markup=False, soft_wrap=True)
