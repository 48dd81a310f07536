"""What `inspect` does: one text or picture in any view, two sides compared, and heads measured over a table."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbench.cli.output import TrainingDisplay, print_json, results, speaks, words
from workbench.contracts.comparing import Compared, Other
from workbench.contracts.errors import WorkbenchError
from workbench.contracts.frames import KINDS
from workbench.contracts.head_tables import LABELS, HeadTable, as_csv
from workbench.contracts.inspection import Query
from workbench.engine.importing import load

if TYPE_CHECKING:
    from workbench.contracts.studies import Flow
    from workbench.runs.inspector import Inspector

BEST = 12
"""Named heads that are told in a terminal."""


VIEWS = ("heads", "weighted", "rollout", "flow", "layers", "reasons", "positions")
"""What can be seen of a text: see `_study`; the first two are the heads themselves."""


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What a person asks `inspect` for, beside the model and what goes through it; see its ``--help``."""

    view: str = "heads"
    kind: str | None = None
    layer: int | None = None
    head: int | None = None
    token: str = ""
    compare_text: str = ""
    compare_model: str = ""
    over: str = ""
    column: str = ""
    rows: int = 200
    out: Path | None = None
    as_json: bool = False


def look(model: str, query: Query, wanted: Wanted) -> int:
    """Whatever is asked for.

    Args:
        model: A run, a folder or a hub name.
        query: What goes through it.
        wanted: In which view, and where it goes.

    Raises:
        WorkbenchError: something is missing, two things are asked for at once, or it cannot be done.
    """
    for name, given, known in (("view", wanted.view, VIEWS), ("kind", wanted.kind or KINDS[0], KINDS)):
        if given not in known:
            raise WorkbenchError(f"there is no {name} {given!r}", where=name, mend=f"Use one of: {', '.join(known)}.")
    if wanted.over:
        return _over_table(model, wanted)
    if not query.text and not query.picture:
        mend = "Give --text, or --picture for a model of pictures."
        raise WorkbenchError("there is nothing to look at", where="inspect", mend=mend)
    if wanted.compare_text and wanted.compare_model:
        mend = "Give either --compare-text or --compare-model."
        raise WorkbenchError("one other side is compared, and two are given", where="inspect", mend=mend)
    load("workbench.runs.inspector")
    if wanted.compare_text:
        return _compare(model, query, Other(kind="text", text=wanted.compare_text), wanted)
    if wanted.compare_model:
        return _compare(model, query, Other(kind="model", source=wanted.compare_model), wanted)
    return _heads(model, query, wanted) if wanted.view in VIEWS[:2] else _study(model, query, wanted)


def _heads(model: str, query: Query, wanted: Wanted) -> int:
    """The heads as they are, or weighed by what they bring."""
    from workbench.runs.exports import check
    from workbench.runs.inspector import Inspector

    out = wanted.out
    if out is not None:
        check(out)
    inspector = Inspector.open(model)
    seen = inspector.inspect(query, layer=wanted.layer, head=wanted.head, kind=wanted.kind, token=wanted.token)
    if wanted.view == "weighted":
        from workbench.runs.weighing import weighed

        seen = weighed(inspector, seen)
    if out is not None and out.suffix.lower() in (".csv", ".npz") and seen.weights_bytes > 1 << 28:
        words().print(f"All weights take {seen.weights_bytes / 1e9:.1f} GB of memory.")
    note = seen.write(out) if out is not None else ""
    _say(*seen.facts.remarks, *seen.seen.remarks, note)
    if wanted.as_json:
        print_json({"out": None if out is None else str(out), **seen.summary()})
    else:
        from workbench.cli.heat import show_attention

        show_attention(seen)
        _say_written(out)
    return 0


def _study(model: str, query: Query, wanted: Wanted) -> int:
    """What is worked out about a text, as a file and in a line."""
    from workbench.runs import studies
    from workbench.runs.exports import FLAT, WRITERS, check, write_study
    from workbench.runs.inspector import Inspector

    view, out = wanted.view, wanted.out
    if out is None and not wanted.as_json:
        mend = "Add --out x.png, .svg, .csv, .npz or .html, or --json."
        raise WorkbenchError(f"{view} are written to a file, and none is named", where="inspect", mend=mend)
    if out is not None:
        check(out, FLAT if view == "positions" else tuple(WRITERS))
    inspector = Inspector.open(model)
    inspector.inspect(query)  # what cannot be read is said before anything is worked out
    said: dict[str, Any]
    found: Any  # Any: of each view its own contract
    match view:
        case "layers":
            found = studies.readings(inspector, query, lambda: False)
            said = {"layers": len(found.ids) - 1, "positions": list(found.positions)}
        case "reasons":
            found = studies.attribution(inspector, query)
            said = {"answer": found.answer, "logit": found.logit, "baseline": found.baseline, "gap": found.gap}
            said |= {"tokens": list(found.tokens), "values": [float(value) for value in found.values], "kind": found.kind}
        case "positions":
            found = studies.position_pictures(inspector, query)
            said = {"scheme": found[0].scheme, "shape": list(found[0].values.shape)}
        case "flow":
            found = _flow(inspector, query, wanted)
            said = {"kind": found.kind, "layer": found.layer, "tokens": list(found.tokens)}
        case _:
            found = studies.rollout(inspector, query)
            said = {"kind": found.kind, "collapse": [float(value) for value in found.collapse], "tokens": list(found.tokens)}
    provenance = inspector.provenance(query)
    note = write_study(found, provenance, out) if out is not None else ""
    _say(*inspector.facts.remarks, *inspector.seen(query).remarks, note)
    if wanted.as_json:
        print_json({"out": None if out is None else str(out), "view": view, **said, "provenance": provenance})
    else:
        _say_written(out)
    return 0


def _flow(inspector: Inspector, query: Query, wanted: Wanted) -> Flow:
    """The flow after a layer, the last one where none is named."""
    from workbench.runs import studies

    layers = inspector.facts.layers.get("encoder") or inspector.facts.layers.get("decoder", 1)
    with TrainingDisplay(quiet=not speaks() or wanted.as_json) as display:
        for found in studies.flow(inspector, query, layers - 1 if wanted.layer is None else wanted.layer):
            display.prepare("Working out flows", found.done / len(found.tokens))
    return found


def _compare(model: str, query: Query, other: Other, wanted: Wanted) -> int:
    """One head of a model beside one of the other side; the file (.npz, .csv, .png or .svg) holds both and their difference."""
    layer, head, out = wanted.layer, wanted.head, wanted.out
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
    kind = wanted.kind or ("encoder" if "encoder" in inspector.facts.layers else "decoder")
    _check_kind(inspector, kind)
    found = Comparing(inspector).compare(query, other, kind, (layer, head))
    note = write_compared(found, out) if out is not None else ""
    _say(*found.remarks, note)
    if wanted.as_json:
        print_json({"out": None if out is None else str(out), **_summary(found), "provenance": provenance(found)})
    else:
        results().print(_sentence(found), markup=False, soft_wrap=True)
        _say_written(out)
    return 0


def _over_table(model: str, wanted: Wanted) -> int:
    """What every head does over the first rows of a table, beside chance: a .csv, or the terminal where none is named."""
    out = wanted.out
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
    if wanted.kind is not None:
        _check_kind(inspector, wanted.kind)
    tables: tuple[HeadTable, ...] = ()
    read = ""
    with TrainingDisplay(quiet=not speaks() or wanted.as_json) as display:
        for found in survey(inspector, wanted.over, wanted.column, wanted.rows):
            display.prepare("Measuring heads", found.done / found.total)
            tables, read = tuple(table for table in found.tables if wanted.kind in (None, table.kind)), found.column
    if out is not None:
        try:
            write_text(out, as_csv(tables))
        except OSError as error:
            raise WorkbenchError(f"the file cannot be written: {error}", where=str(out), mend="Choose another place.") from error
    if wanted.as_json:
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


def _check_kind(inspector: Inspector, kind: str) -> None:
    if kind not in inspector.facts.layers:
        mend = f"This model has {', '.join(inspector.facts.layers)}."
        raise WorkbenchError(f"there is no {kind} attention", where="kind", mend=mend)


def _say(*remarks: str) -> None:
    for remark in remarks:
        if remark:
            words().print(remark, markup=False, soft_wrap=True)


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
        "kind": found.kind,
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
