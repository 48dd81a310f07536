"""The Inspect page beside itself: another text, model or moment; the wall by likeness; heads over a table."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.gui.pages.conftest import TEXT, WAIT, Open
from tests.minilm import minilm
from tests.runs.test_comparing import save_bert
from tests.runs.test_execute import drain
from tests.tables import tiny, write_table
from workbench.contracts.comparing import Other
from workbench.gui.models.inspect_state import InspectState
from workbench.gui.pages.inspect import InspectPage
from workbench.gui.widgets.scheme_card import DECAY
from workbench.gui.workers.inspecting import Inspecting
from workbench.runs.execute import start


def test_a_head_is_compared_with_another_text_and_another_model(
    opened: Open, state: InspectState, qtbot: QtBot, tmp_path: Path
) -> None:
    page = opened(minilm())
    page.given.set_text(TEXT)
    page.heads.show_part("compare")
    qtbot.waitUntil(lambda: state.seen is not None, timeout=WAIT)
    panel, compare = page.heads.compare, state.compare
    assert "another text" in panel._nothing.text()
    qtbot.keyClicks(panel.text, "The dog that the cat chased sat on the mat.")
    qtbot.keyClick(panel.text, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: compare.compared is not None, timeout=WAIT)
    assert panel.map.comparison is not None
    assert panel.map.comparison.difference.any()
    assert panel.table.isColumnHidden(3)  # one model's heads have no second best: the room is the maps'
    assert panel.map.width() > 2 * panel.table.width()
    panel.side.setCurrentIndex(1)
    assert compare.compared is None
    panel.source.setText(save_bert(tmp_path, "character"))
    qtbot.keyClick(panel.source, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: compare.compared is not None, timeout=WAIT)
    found = compare.compared
    assert found is not None
    assert panel.map.picture.keys[-1] == "outside words"
    assert "tokens differ" in panel.remarks.text()
    assert "the match" in panel.beside.itemText(0)
    assert not panel.table.isColumnHidden(3)
    panel.beside.setCurrentIndex(1)
    qtbot.waitUntil(lambda: compare.compared is not None and compare.compared is not found, timeout=WAIT)
    assert compare.compared.other_place == found.pair.runner_up  # type: ignore[union-attr]
    assert panel.table.isVisible()
    assert panel.rows.rowCount() == 72
    panel.table.selectRow(5)
    assert state.place == ("encoder", 0, 5)
    qtbot.waitUntil(lambda: compare.compared is not None and compare.compared.place == (0, 5), timeout=WAIT)
    assert compare.beside is None


def test_what_is_in_sight_can_be_saved(
    opened: Open, state: InspectState, inspecting: Inspecting, qtbot: QtBot, tmp_path: Path
) -> None:
    page = opened(minilm())
    page.given.set_text(TEXT)
    qtbot.waitUntil(lambda: state.seen is not None, timeout=WAIT)
    menu, asked = page.heads.export, []

    def offered() -> set[str]:
        return {form for form, action in menu.forms.items() if action.isVisible()}

    page.all_wanted.connect(asked.append)
    assert offered() == {"png", "svg", "html", "npz", "csv"}
    menu.forms["png"].trigger()
    page.heads.show_part("compare")
    assert offered() == {"png", "svg", "npz", "csv"}
    assert not menu.button.isEnabled()  # nothing is compared yet
    state.compare.set_other(Other(kind="text", text="The dog that the cat chased sat on the mat."))
    qtbot.waitUntil(lambda: state.compare.compared is not None, timeout=WAIT)
    assert menu.button.isEnabled()
    page.compared_wanted.connect(asked.append)
    menu.forms["npz"].trigger()
    assert asked == ["png", "npz"]
    told: list[object] = []
    inspecting.save_compared(tmp_path / "c.npz", told.append, told.append)
    qtbot.waitUntil(lambda: bool(told), timeout=WAIT)
    assert told == [""]
    with np.load(tmp_path / "c.npz", allow_pickle=False) as file:
        np.testing.assert_array_equal(file["difference"], state.compare.compared.difference)  # type: ignore[union-attr]
    page.heads.show_part("rollout")
    qtbot.waitUntil(lambda: "rollout" in state.studies, timeout=WAIT)
    with qtbot.waitSignal(page.save_wanted) as saved:
        menu.forms["svg"].trigger()
    assert saved.args[0].provenance["measure"] == "rollout"
    assert saved.args[0].provenance["text"] == TEXT
    page.heads.show_part("positions")
    assert offered() == {"png", "svg", "npz", "csv"}
    page.heads.show_part("table")  # it has a button of its own
    assert not menu.isVisible()


def test_what_was_worked_out_is_saved_as_it_is_shown(
    opened: Open, state: InspectState, inspecting: Inspecting, qtbot: QtBot, tmp_path: Path
) -> None:
    drain(start(tiny(write_table(tmp_path, "causal-lm"), "causal-lm"), tmp_path / "run"))
    page = opened(tmp_path / "run")
    page.given.set_text("red apple big")
    qtbot.waitUntil(lambda: state.seen is not None, timeout=WAIT)
    menu = page.heads.export

    def save(part: str, form: str) -> Path:
        page.heads.show_part(part)
        qtbot.waitUntil(menu.button.isEnabled, timeout=WAIT)
        with qtbot.waitSignal(page.study_wanted) as asked:
            menu.forms[form].trigger()
        ending, study, source = asked.args
        told: list[object] = []
        out = tmp_path / f"{part}.{ending}"
        inspecting.save_study(study, source, out, told.append, told.append)
        qtbot.waitUntil(lambda: bool(told), timeout=WAIT)
        assert told == [""]
        return out

    with np.load(save("layers", "npz"), allow_pickle=False) as file:
        np.testing.assert_array_equal(file["probabilities"], state.studies["readings"].probabilities)
        assert json.loads(str(file["provenance"]))["text"] == "red apple big"
    with np.load(save("reasons", "npz"), allow_pickle=False) as file:
        np.testing.assert_array_equal(file["values"], state.studies["attribution"].values)
    page.heads.schemes.show_view(DECAY)
    page.heads.schemes.sliders["length"].setValue(20)
    with np.load(save("positions", "npz"), allow_pickle=False) as file:
        assert {"sinusoidal", "learned", "rotary", "alibi", "relative"} < set(file.files)
        said = json.loads(str(file["provenance"]))
        assert file["sinusoidal"].shape == (20, 1)
        assert file["sinusoidal"][0, 0] == pytest.approx(32, abs=1e-4)  # Σ cos 0 over 32 pairs
    assert (said["view"], said["length"], said["text"]) == ("positions, decay", "20", "red apple big")
    assert save("rollout", "csv").read_text(encoding="utf-8").startswith("after_layer,position_index,")


def test_positions_are_saved_without_any_model(page: InspectPage, inspecting: Inspecting, qtbot: QtBot, tmp_path: Path) -> None:
    page.heads.show_part("positions")
    with qtbot.waitSignal(page.study_wanted) as asked:
        page.heads.export.forms["png"].trigger()
    told: list[object] = []
    inspecting.save_study(*asked.args[1:], tmp_path / "p.png", told.append, told.append)
    qtbot.waitUntil(lambda: bool(told), timeout=WAIT)
    assert told == [""]
    assert (tmp_path / "p.png").stat().st_size > 10_000


def test_a_model_that_cannot_be_compared_says_why_and_the_page_goes_on(
    opened: Open, state: InspectState, qtbot: QtBot, tmp_path: Path
) -> None:
    page = opened(minilm())
    page.heads.show_part("compare")
    page.given.set_text(TEXT)
    state.compare.set_other(Other(kind="model", source=str(tmp_path)))
    qtbot.waitUntil(lambda: state.compare.trouble is not None, timeout=WAIT)
    assert page.heads.compare.side.currentIndex() == 1
    assert page.heads.compare.source.text() == str(tmp_path)
    assert page.heads.compare._nothing.text()
    assert not page.notice.isVisible()
    state.compare.set_other(Other(kind="model", source=str(minilm())))
    qtbot.waitUntil(lambda: state.compare.compared is not None, timeout=WAIT)
    assert not page.heads.compare.map.comparison.difference.any()  # type: ignore[union-attr]
    page.given.set_text("Another text.")  # and it is kept up to date
    qtbot.waitUntil(
        lambda: state.compare.compared is not None and state.compare.compared.query.text == "Another text.", timeout=WAIT
    )


def test_the_moments_of_a_run_are_listed_and_compared(opened: Open, state: InspectState, qtbot: QtBot, tmp_path: Path) -> None:
    drain(start(tiny(write_table(tmp_path, "text-classification"), "text-classification"), tmp_path / "run"))
    page = opened(tmp_path / "run")
    page.heads.show_part("compare")
    page.given.set_text("red apple")
    panel = page.heads.compare
    panel.side.setCurrentIndex(2)
    qtbot.waitUntil(lambda: panel.moment.count() > 2, timeout=WAIT)
    panel.moment.setCurrentIndex(1)
    qtbot.waitUntil(lambda: state.compare.compared is not None, timeout=WAIT)
    assert state.compare.compared.step == state.compare.moments[0]  # type: ignore[union-attr]
    assert "step" in panel._title(state.compare.compared)  # type: ignore[arg-type]
    opened(minilm())
    assert state.compare.other is None
    assert not panel.moment.isEnabled()


def test_the_wall_is_ordered_by_likeness_and_back(opened: Open, state: InspectState, qtbot: QtBot) -> None:
    page = opened(minilm())
    page.given.set_text(TEXT)
    qtbot.waitUntil(lambda: state.seen is not None, timeout=WAIT)
    page.heads.order.setCurrentIndex(1)
    qtbot.waitUntil(lambda: page.heads.wall.order is not None, timeout=WAIT)
    assert sorted(page.heads.wall.order or ()) == list(range(72))
    first = page.heads.wall.order
    page.given.set_text("Another text, which is longer than the one before it was.")
    qtbot.waitUntil(lambda: page.heads.wall.order != first, timeout=WAIT)
    assert page.heads.wall.order is not None
    page.heads.order.setCurrentIndex(0)
    assert page.heads.wall.order is None


def test_heads_are_measured_over_a_table_with_progress_and_stop(
    opened: Open, state: InspectState, qtbot: QtBot, tmp_path: Path
) -> None:
    table = tmp_path / "texts.csv"
    rows = [f"{number},The cat number {number} sat on the mat" for number in range(60)]
    table.write_text("\n".join(["number,comment", *rows]), encoding="utf-8")
    page = opened(minilm())
    page.given.set_text(TEXT)
    page.heads.show_part("table")
    qtbot.waitUntil(lambda: "tables" in state.studies, timeout=WAIT)
    page.heads.survey.measure(table)
    qtbot.waitUntil(lambda: state.survey.found is not None and state.survey.found.done > 1, timeout=WAIT)
    assert page.heads.table.bar.isVisible()
    assert page.heads.survey.column.currentText() == "comment"
    page.heads.wall.head_chosen.emit(1, 3)  # what is asked meanwhile is answered meanwhile
    qtbot.waitUntil(lambda: state.head is not None and state.head.layer == 1, timeout=WAIT)
    assert state.survey.at_work
    qtbot.mouseClick(page.heads.table.stop_button, Qt.MouseButton.LeftButton)
    done = state.survey.found.done  # type: ignore[union-attr]
    assert 1 < done < 50
    assert not page.heads.table.bar.isVisible()
    assert page.heads.table.model.tables["encoder"].texts == done
    page.given.set_text("Another text, of which nothing is told here.")
    qtbot.waitUntil(lambda: "tables" in state.studies, timeout=WAIT)
    assert page.heads.table.model.tables["encoder"].texts == done
    page.heads.survey.leave.click()
    assert page.heads.table.model.tables["encoder"].texts == 1
    page.heads.survey.measure(tmp_path / "missing.csv")
    qtbot.waitUntil(lambda: state.survey.trouble is not None, timeout=WAIT)
    assert page.heads.survey.words.text()
