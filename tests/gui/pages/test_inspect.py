"""The Inspect page with the real engine in its process: a real pretrained model, a run, and what goes wrong."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.gui.pages.conftest import TEXT, WAIT, Open
from tests.minilm import minilm
from tests.runs.test_execute import drain
from tests.tables import tiny, write_table
from workbench.contracts.errors import WorkbenchError
from workbench.contracts.inspection import Change
from workbench.gui.models.inspect_state import InspectState
from workbench.gui.pages.inspect import InspectPage
from workbench.gui.widgets.heads_panel import STUDY_OF
from workbench.gui.workers.inspecting import Inspecting
from workbench.runs.execute import start


def test_a_text_typed_and_entered_shows_every_head_of_the_real_model(opened: Open, state: InspectState, qtbot: QtBot) -> None:
    page = opened(minilm())
    assert "BertModel" in page.card.about.text()
    qtbot.keyClicks(page.given.text, TEXT)
    qtbot.keyClick(page.given.text, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: state.seen is not None, timeout=WAIT)
    assert page.heads.wall.frame is not None
    assert page.heads.wall.frame.weights.shape[:2] == (6, 12)
    assert page.head.heat.picture.queries[1] == "the"
    assert "✓" in page.head.badge.text()


def test_a_head_that_is_switched_off_changes_the_answer_and_comes_back(opened: Open, state: InspectState, qtbot: QtBot) -> None:
    page = opened(minilm())
    page.given.set_text(TEXT)
    qtbot.waitUntil(lambda: state.seen is not None, timeout=WAIT)
    plain = state.seen
    page.heads.wall.head_chosen.emit(2, 5)
    assert page.head.heading.text() == "Layer 3 · head 6"
    assert "encoder:2:5" in page.head.heading.toolTip()  # as a terminal names it
    qtbot.mouseClick(page.head.switch, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: state.seen is not plain, timeout=WAIT)
    assert "cosine 0.9" in page.answer.line.text()
    assert page.head.badge.text() == "switched off"
    qtbot.mouseClick(page.head.switch, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: state.seen is not None and not state.seen.query.changes, timeout=WAIT)
    assert np.array_equal(state.seen.walls["encoder"].tiles, plain.walls["encoder"].tiles)  # type: ignore[union-attr]
    assert not page.head.switch.isChecked()


def test_a_long_text_shows_its_head_whole(opened: Open, state: InspectState, qtbot: QtBot) -> None:
    page = opened(minilm())
    page.given.set_text("many words " * 400)
    qtbot.waitUntil(lambda: state.seen is not None and state.head is not None, timeout=WAIT)
    assert page.heads.wall.frame is not None
    assert page.heads.wall.frame.weights.shape[2:] == (160, 160)
    assert page.head.heat.picture.weights.shape == (512, 512)
    assert "512" in page.heads.remarks.text()


@pytest.mark.parametrize("task", ["seq2seq", "causal-lm", "text-classification"])
def test_a_run_is_looked_into(task: str, opened: Open, state: InspectState, qtbot: QtBot, tmp_path: Path) -> None:
    drain(start(tiny(write_table(tmp_path, task), task), tmp_path / "run"))
    page = opened(tmp_path / "run")
    page.given.set_text("red apple")
    qtbot.waitUntil(lambda: state.seen is not None, timeout=WAIT)
    assert state.seen is not None
    shown = {kind for kind, tab in page.heads.tabs.items() if tab.isVisible()}
    assert shown == (set(state.seen.walls) if task == "seq2seq" else set())
    assert page.given.write.isVisible() == (task == "causal-lm")
    if task != "causal-lm":
        assert page.answer.bars.rows
        return
    qtbot.mouseClick(page.given.write, Qt.MouseButton.LeftButton)
    before = len(state.seen.tokens)
    qtbot.waitUntil(lambda: state.seen is not None and state.seen.query.write > 0, timeout=WAIT)
    assert len(state.seen.tokens) >= before


def test_the_menu_changes_the_place_that_is_chosen(opened: Open, state: InspectState, qtbot: QtBot) -> None:
    page = opened(minilm())
    page.given.set_text(TEXT)
    qtbot.waitUntil(lambda: state.seen is not None, timeout=WAIT)
    page.heads.wall.head_chosen.emit(1, 3)
    page.changes._menu.aboutToShow.emit()
    of_head, of_layer, of_all = (action.menu() for action in page.changes._menu.actions())
    assert (of_head.title(), of_layer.title(), of_all.title()) == ("Head 2·4", "All heads of layer 2", "All heads")
    of_layer.actions()[1].trigger()
    assert state.query.changes == (Change(act="uniform", kind="encoder", layer=1),)
    qtbot.waitUntil(lambda: state.seen is not None and bool(state.seen.query.changes), timeout=WAIT)
    np.testing.assert_allclose(state.seen.walls["encoder"].tiles[1], 1 / len(state.seen.tokens), atol=1e-6)  # type: ignore[union-attr]


def shown_text(opened: Open, state: InspectState, qtbot: QtBot) -> InspectPage:
    page = opened(minilm())
    page.given.set_text(TEXT)
    qtbot.waitUntil(lambda: state.head is not None and state.head.value_norms is not None, timeout=WAIT)
    return page


def test_a_clicked_cell_is_taken_apart_on_the_blackboard(opened: Open, state: InspectState, qtbot: QtBot) -> None:
    page = shown_text(opened, state, qtbot)
    page.heads.wall.head_chosen.emit(2, 8)
    place = page.head.heat.cell_place(5, 4).center().toPoint()
    qtbot.mouseMove(page.head.heat, place)
    qtbot.mouseClick(page.head.heat, Qt.MouseButton.LeftButton, pos=place)
    qtbot.waitUntil(lambda: state.cell is not None, timeout=WAIT)
    assert page.head.view == "arithmetic"
    assert state.cell is not None
    assert (state.cell.query, state.cell.key) == (5, 4)
    assert state.cell.gap < 1e-5
    assert page.head.arithmetic.state is not None
    page.heads.wall.head_chosen.emit(2, 7)  # the same cell of another head
    qtbot.waitUntil(lambda: state.cell is not None and state.cell.head == 7, timeout=WAIT)


def test_special_tokens_and_pieces_can_be_left_out(opened: Open, state: InspectState, qtbot: QtBot) -> None:
    page = opened(minilm())
    page.given.set_text("Tokenization of antidisestablishmentarianism.")
    qtbot.waitUntil(lambda: state.head is not None, timeout=WAIT)
    whole = page.head.heat.picture.weights.shape
    page.head.plain_text.trigger()
    assert page.head.heat.picture.weights.shape == (whole[0] - 2, whole[1] - 2)
    gone = state.head.weights[1:-1, [0, -1]].sum(-1).mean()  # type: ignore[union-attr]
    assert f"{gone:.0%} of the weight goes to tokens that are hidden" in page.head.line.text()
    page.head.whole_words.trigger()
    assert page.head.heat.picture.keys == ("Tokenization", "of", "antidisestablishmentarianism", ".")


def test_weights_weighed_by_their_values_are_shares(opened: Open, state: InspectState, qtbot: QtBot) -> None:
    page = shown_text(opened, state, qtbot)
    before = page.head.heat.picture.weights
    page.head.by_values.trigger()
    after = page.head.heat.picture.weights
    assert not np.array_equal(before, after)
    np.testing.assert_allclose(after.sum(-1), 1, atol=1e-5)


def test_lines_are_drawn_of_one_head_and_of_a_layer(opened: Open, state: InspectState, qtbot: QtBot) -> None:
    page = shown_text(opened, state, qtbot)
    qtbot.mouseClick(page.head.tabs["lines"], Qt.MouseButton.LeftButton)
    assert page.head.lines.lines.picture.weights.shape[0] == 1
    page.head.heads_of_lines.setCurrentIndex(1)
    assert page.head.lines.lines.picture.weights.shape[0] == 12
    request = page.head.request("svg")
    assert request is not None
    assert request.provenance["text"] == TEXT


def test_the_table_of_heads_and_the_wall_choose_each_other(opened: Open, state: InspectState, qtbot: QtBot) -> None:
    page = shown_text(opened, state, qtbot)
    qtbot.mouseClick(page.heads.parts["table"], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "tables" in state.studies, timeout=WAIT)
    page.heads.table.head_chosen.emit("encoder", 0, 2)
    assert page.heads.wall.chosen == (0, 2)
    page.heads.wall.head_chosen.emit(4, 1)
    assert page.heads.table.chosen == ("encoder", 4, 1)
    (table,) = state.studies["tables"]
    assert "previous_token" in table.names[0][2]
    page.given.set_text("Another text entirely.")
    qtbot.waitUntil(lambda: "tables" in state.studies and state.studies["tables"][0] is not table, timeout=WAIT)


def test_the_table_tells_what_each_head_is_worth(opened: Open, state: InspectState, qtbot: QtBot) -> None:
    page = shown_text(opened, state, qtbot)
    page.heads.show_part("table")
    qtbot.mouseClick(page.heads.survey.importance, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "importance" in state.studies, timeout=WAIT)
    assert "output_change" in page.heads.table.model.columns
    (table,) = state.studies["importance"]
    state.choose("encoder", 0, 2)
    state.switch()
    qtbot.waitUntil(lambda: state.seen is not None and state.seen.before is not None, timeout=WAIT)
    assert table.values["output_change"][0, 2] > 0


def test_all_heads_are_written_as_a_page_that_needs_no_network(
    opened: Open, state: InspectState, inspecting: Inspecting, qtbot: QtBot, tmp_path: Path
) -> None:
    page = shown_text(opened, state, qtbot)
    asked: list[str] = []
    page.all_wanted.connect(asked.append)
    page.head._whole["html"].trigger()
    assert asked == ["html"]
    out, told = tmp_path / "heads.html", []
    inspecting.save(out, told.append, told.append)
    qtbot.waitUntil(lambda: bool(told), timeout=WAIT)
    assert told == [""]
    text = out.read_text(encoding="utf-8")
    assert "Content-Security-Policy" in text
    assert "http://" not in text.replace("http://www.w3.org", "")
    told.clear()
    inspecting.save(tmp_path / "no" / "such" / "place.html", told.append, told.append)
    qtbot.waitUntil(lambda: bool(told), timeout=WAIT)
    assert isinstance(told[0], WorkbenchError)


@pytest.mark.parametrize(("part", "study"), sorted(STUDY_OF.items()))
def test_each_part_shows_what_is_worked_out_or_why_not(
    part: str, study: str, opened: Open, state: InspectState, qtbot: QtBot
) -> None:
    page = shown_text(opened, state, qtbot)
    qtbot.mouseClick(page.heads.parts[part], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: study in state.studies or study in state.failed, timeout=WAIT)
    assert (study in state.failed) == (part in ("layers", "reasons"))  # MiniLM says no words and answers nothing
    page.grab()


def test_flow_is_worked_out_beside_the_page_and_can_be_cancelled(opened: Open, state: InspectState, qtbot: QtBot) -> None:
    page = opened(minilm())
    page.given.set_text("The cat sat on the mat. " * 10)
    page.heads.show_part("rollout")
    qtbot.waitUntil(lambda: "rollout" in state.studies, timeout=WAIT)
    view = page.heads.rollout
    view.measure.setCurrentIndex(1)
    qtbot.waitUntil(lambda: state.flow.found is not None and state.flow.found.done > 1, timeout=WAIT)
    state.choose("encoder", 1, 3)  # what is asked meanwhile is answered meanwhile
    qtbot.waitUntil(lambda: state.head is not None and state.head.head == 3, timeout=WAIT)
    assert state.flow.at_work
    qtbot.mouseClick(view.progress.button, Qt.MouseButton.LeftButton)
    assert not state.flow.at_work
    assert view.again.isVisible()
    page.given.set_text("The cat sat.")
    qtbot.waitUntil(lambda: state.flow.found is not None and not state.flow.at_work, timeout=WAIT)
    np.testing.assert_array_equal(view.heat.picture.weights, state.flow.found.values)  # type: ignore[union-attr]
    page.given.set_text("word " * 300)
    qtbot.waitUntil(lambda: state.flow.trouble is not None, timeout=WAIT)
    assert "too long" in view.heat._empty
