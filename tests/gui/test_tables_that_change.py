"""A table that vanishes or changes while the real window uses it: said with its place and a way out, and nothing else is lost."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.gui.windows import WAIT, read, small, state
from tests.tables import write_table
from tests.trained import Trained
from workbench.contracts.errors import WorkbenchError
from workbench.gui.app import Workbench
from workbench.gui.models.data_state import Stage
from workbench.gui.models.doctor_state import Visit
from workbench.gui.models.predict_table_state import Stage as Written
from workbench.gui.models.run_state import RunState

LEFT = Qt.MouseButton.LeftButton
CHANGES = ("vanished", "column", "rows")


def change(table: Path, how: str) -> str:
    """Change a table of `write_table`; returns what stood there."""
    before = table.read_text(encoding="utf-8")
    if how == "vanished":
        table.unlink()
    elif how == "column":
        table.write_text(before.replace("source,goal", "left,right"), encoding="utf-8")
    else:
        head, *rows = before.splitlines(keepends=True)
        table.write_text(head + "".join(rows[len(rows) // 2 :]), encoding="utf-8")
    return before


def examined(bench: Workbench, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: bench.data.stage is Stage.READY and bench.findings.visit is Visit.DONE, timeout=WAIT)


def told(error: WorkbenchError | None, shown: str, place: Path) -> None:
    """The error has what, where and a way out, and all of it stands in what is shown."""
    assert error is not None
    assert error.mend
    assert "defect" not in error.mend
    assert str(place) in error.where
    for part in (error.what, error.mend, error.where):
        assert part in shown, shown


@pytest.mark.parametrize("how", CHANGES)
@pytest.mark.parametrize("joined", [False, True], ids=["file", "folder"])
def test_on_the_data_page(bench: Workbench, qtbot: QtBot, tmp_path: Path, how: str, joined: bool) -> None:
    table = opened = write_table(tmp_path, "text-classification")
    if joined:
        opened = tmp_path / "many"
        opened.mkdir()
        table = table.rename(opened / "part-1.csv")
        (opened / "part-2.csv").write_bytes(table.read_bytes())
    read(bench, qtbot, opened)
    examined(bench, qtbot)
    bench.draft.set("data", "mends", "drop-duplicates")
    examined(bench, qtbot)
    kept, page, doctor = bench.draft.given, bench.data_page, bench.data_page.doctor
    split, rows = bench.data.split, page.preview.model.rowCount()
    before = change(table, how)

    bench.findings.resume()  # what was found stays until it is known whether it still holds
    qtbot.waitUntil(lambda: bench.findings.visit is Visit.TROUBLE, timeout=WAIT)
    assert bench.findings.trouble is not None
    assert bench.findings.trouble.what in doctor.note.text()
    assert bench.findings.trouble.mend in doctor.note.text()
    assert (bench.data.stage, bench.data.split, page.preview.model.rowCount()) == (Stage.READY, split, rows)

    bench.draft.set("data", "validation", 0.3)
    qtbot.waitUntil(lambda: bench.data.stage is Stage.TROUBLE, timeout=WAIT)
    told(bench.data.trouble, page.preview.trouble.accessibleName(), table)
    assert page.preview.model.rowCount() == rows  # what was read can still be looked at
    assert not page.next_button.isEnabled()

    table.write_text(before, encoding="utf-8")
    qtbot.mouseClick(page.stop_button, LEFT)
    examined(bench, qtbot)
    assert not page.preview.trouble.isVisible()
    kept["data"]["validation"] = 0.3
    assert bench.draft.given == kept


def test_a_doctor_that_meets_another_table_reads_it_anew(bench: Workbench, qtbot: QtBot, tmp_path: Path) -> None:
    table = write_table(tmp_path, "text-classification")
    read(bench, qtbot, table)
    examined(bench, qtbot)
    rows = bench.data_page.preview.model.rowCount()
    change(table, "rows")
    bench.findings.resume()
    qtbot.waitUntil(lambda: bench.findings.visit is Visit.TROUBLE, timeout=WAIT)
    qtbot.mouseClick(bench.data_page.doctor.stop_button, LEFT)
    examined(bench, qtbot)
    assert bench.data_page.preview.model.rowCount() == rows // 2


def with_shops(folder: Path) -> Path:
    """A table with a column beside text and target."""
    with write_table(folder, "text-classification").open(encoding="utf-8") as file:
        head, *rows = csv.reader(file)
    path = folder / "shops.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([[*head, "shop"], *([*row, f"shop {place % 2}"] for place, row in enumerate(rows))])
    return path


def test_on_the_evaluation(bench: Workbench, qtbot: QtBot, tmp_path: Path) -> None:
    table = with_shops(tmp_path)
    read(bench, qtbot, table)
    small(bench, epochs=1)
    bench.draft.set("data", "text", "source")
    bench.draft.set("data", "target", "goal")
    examined(bench, qtbot)
    bench.train()
    qtbot.waitUntil(state(bench, RunState.DONE, RunState.FAILED), timeout=WAIT)
    assert bench.run.state is RunState.DONE, bench.run.error
    view, found = bench.train_page.evaluation, bench.evaluation
    bench.window.show_page("train")
    bench.train_page.show_view("evaluation")
    qtbot.waitUntil(lambda: found.judged is not None, timeout=WAIT)
    view.tabs["groups"].click()
    groups, judged = view.groups, found.judged
    shop = groups.which.findData("shop")
    assert shop > 0
    for how in CHANGES:
        before = change(table, how)
        groups.which.setCurrentIndex(0)
        groups.which.setCurrentIndex(shop)
        qtbot.waitUntil(lambda: found.column_trouble is not None, timeout=WAIT)
        assert groups.trouble.isVisible()
        told(found.column_trouble, groups.trouble.accessibleName(), table)
        assert not groups.column_bars.bars
        assert found.judged is judged  # the answers are kept in the run
        assert groups.length_bars.bars
        table.write_text(before, encoding="utf-8")
        groups.which.activated.emit(shop)  # the same column once more
        qtbot.waitUntil(lambda: len(groups.column_bars.bars) == 2, timeout=WAIT)
        assert not groups.trouble.isVisible()


def test_on_the_predict_page(bench: Workbench, qtbot: QtBot, tmp_path: Path, trained: Trained) -> None:
    """One window for all: its process loads the model but once."""
    page, found = bench.prediction.page, bench.prediction.state
    bench.prediction.predict_with(trained("text-classification").path)
    qtbot.waitUntil(lambda: found.facts is not None or found.trouble is not None, timeout=WAIT)
    table, written = write_table(tmp_path, "text-classification"), found.table

    def shown(path: Path) -> None:
        written.open(str(path))
        qtbot.waitUntil(lambda: written.preview is not None or written.trouble is not None, timeout=WAIT)
        assert written.trouble is None

    def ended(out: Path) -> Written:
        qtbot.waitUntil(lambda: written.stage in (Written.STOPPED, Written.DONE), timeout=WAIT)
        assert out.exists() == (written.stage is Written.DONE)
        return written.stage

    for how in ("vanished", "column"):
        shown(table)
        before, out = change(table, how), tmp_path / f"{how}.csv"
        page.table.write_to(out)
        assert ended(out) is Written.STOPPED
        told(written.trouble, page.table.trouble.accessibleName(), table)
        assert page.table.view.model().rowCount() > 0
        if how == "column":
            qtbot.waitUntil(lambda: written.columns == ("left", "right"), timeout=WAIT)
        found.answer = None
        page.text.set_text(f"apple {how}")  # the model is still there
        qtbot.waitUntil(lambda: found.answer is not None, timeout=WAIT)
        table.write_text(before, encoding="utf-8")
        page.table.outcome.resume.click()
        qtbot.waitUntil(lambda: written.stage is Written.DONE, timeout=WAIT)
        assert not page.table.trouble.isVisible()
        assert len(out.read_text(encoding="utf-8").splitlines()) == len(before.splitlines())

    folder = tmp_path / "many"  # several files as one table; one is taken away once they were read
    folder.mkdir()
    rows = len(table.read_text(encoding="utf-8").splitlines()) - 1
    for part in (1, 2):
        (folder / f"part-{part}.csv").write_bytes(table.read_bytes())
    shown(folder)
    (folder / "part-2.csv").unlink()
    page.table.write_to(tmp_path / "one.csv")
    assert ended(tmp_path / "one.csv") is Written.STOPPED  # one file alone is no table in parts
    assert written.trouble is not None
    assert written.trouble.mend
    (folder / "part-2.csv").write_bytes(table.read_bytes())
    page.table.outcome.resume.click()
    qtbot.waitUntil(lambda: written.advance is not None, timeout=WAIT)
    (folder / "part-2.csv").unlink()  # by now the rows were copied
    assert ended(tmp_path / "one.csv") is Written.DONE
    assert len((tmp_path / "one.csv").read_text(encoding="utf-8").splitlines()) == 1 + 2 * rows
