"""The Predict page with the real engine in its process: texts, words, tables, and what goes wrong."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QObject, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.gui.pages.conftest import WAIT
from tests.runs.predict.test_tables import numbered, parts_beside, read
from tests.trained import Trained
from workbench.contracts.predictions import TableOrder
from workbench.gui.models.predict_state import PredictState
from workbench.gui.models.predict_table_state import Stage
from workbench.gui.pages.predict import PredictPage
from workbench.gui.workers.jobs import Jobs
from workbench.gui.workers.predicting import Predicting, runs_in
from workbench.runs.predict import predict_table, predict_text
from workbench.runs.process import EngineProcess


@pytest.fixture
def state() -> PredictState:
    return PredictState()


@pytest.fixture
def page(state: PredictState, engine: EngineProcess, show: Callable[..., QWidget]) -> Iterator[PredictPage]:
    owner = QObject()
    jobs = Jobs(owner)
    predicting = Predicting(state, jobs, engine, owner)
    made = PredictPage(state)
    show(made, 1180, 700)
    yield made
    jobs.shutdown()
    del predicting


def opened(page: PredictPage, state: PredictState, qtbot: QtBot, path: Path) -> PredictPage:
    state.open(str(path))
    qtbot.waitUntil(lambda: state.facts is not None or state.trouble is not None, timeout=WAIT)
    return page


def previewed(state: PredictState, qtbot: QtBot, table: Path) -> None:
    state.table.open(str(table))
    qtbot.waitUntil(lambda: state.table.preview is not None or state.table.trouble is not None, timeout=WAIT)


def test_without_a_model_the_page_says_what_it_needs_and_gets_it(page: PredictPage, qtbot: QtBot) -> None:
    assert page.nothing.isVisible()
    assert page.nothing.train.isVisible()
    assert not page.nothing.run.isVisible()
    with qtbot.waitSignal(page.train_wanted):
        qtbot.mouseClick(page.nothing.train, Qt.MouseButton.LeftButton)
    page.allow_run(True)
    with qtbot.waitSignal(page.run_wanted):
        qtbot.mouseClick(page.nothing.run, Qt.MouseButton.LeftButton)


def test_while_a_model_is_loaded_the_table_says_so(
    page: PredictPage, state: PredictState, trained: Trained, qtbot: QtBot
) -> None:
    """It said “Choose a model above”, and one had just been chosen."""
    state.open(str(trained("text-classification").path))
    assert page.table.hint.text() == "The model is being loaded; then drop a table here."
    qtbot.waitUntil(lambda: state.facts is not None, timeout=WAIT)
    assert page.table.hint.text().startswith("Drop a table here")


def test_a_typed_text_is_answered_and_its_words_are_shaded(
    page: PredictPage, state: PredictState, trained: Trained, qtbot: QtBot
) -> None:
    opened(page, state, qtbot, trained("text-classification").path)
    assert "2 classes" in page.card.about.text()
    qtbot.keyClicks(page.text.text, "apple red")
    qtbot.waitUntil(lambda: state.answer is not None and state.answer.given == "apple red", timeout=WAIT)
    assert state.answer is not None
    assert page.text.bars.rows[0][:2] == state.answer.likely[0]
    assert state.answer.effects is not None
    assert page.text.effects.chips.values.tolist() == pytest.approx(state.answer.effects.values.tolist(), abs=1e-6)
    page.text.effects.chips.setFocus()
    qtbot.keyClick(page.text.effects.chips, Qt.Key.Key_Right)
    assert "Without “apple” the probability goes from" in page.text.effects.word_line.text()
    page.text.effects.method.activated.emit(1)
    qtbot.waitUntil(lambda: state.answer is not None and state.answer.effects.method == "mask", timeout=WAIT)  # type: ignore[union-attr]
    page.text.text.selectAll()
    qtbot.keyClick(page.text.text, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: state.answer is None, timeout=WAIT)
    assert not page.text.bars.isVisible()


@pytest.mark.parametrize(
    ("task", "words"),
    [("regression", "The model says: 1"), ("token-classification", "red\u00a0["), ("seq2seq", "The model writes: ")],
)
def test_every_sort_of_answer_is_shown(
    page: PredictPage, state: PredictState, trained: Trained, qtbot: QtBot, task: str, words: str
) -> None:
    opened(page, state, qtbot, trained(task).path)
    page.text.set_text("red apple")
    qtbot.waitUntil(lambda: state.answer is not None, timeout=WAIT)
    assert page.text.line.text().startswith(words)
    assert page.text.effects.chips.isVisible() == (task == "regression")
    assert page.text.effects.legend.text()


@pytest.mark.parametrize(
    ("task", "words"),
    [("pair-classification", "The model says: "), ("question-answering", "The answer in the passage: ")],
)  # fmt: skip
def test_a_model_of_two_texts_has_a_field_for_each_and_a_column_for_each(
    page: PredictPage, state: PredictState, trained: Trained, qtbot: QtBot, tmp_path: Path, task: str, words: str
) -> None:
    model = trained(task)
    opened(page, state, qtbot, model.path)
    assert "“source” and “other”" in page.card.about.text()
    assert page.text.pair.isVisible()
    assert ("passage" in page.text.pair.placeholderText()) == (task == "question-answering")
    page.text.set_text("which is last ?")
    assert state.answer is None
    assert "both texts" in page.text.line.text()
    qtbot.keyClicks(page.text.pair, "red plum")
    qtbot.waitUntil(lambda: state.answer is not None, timeout=WAIT)
    assert state.answer is not None
    assert (state.answer.given, state.answer.pair) == ("which is last ?", "red plum")
    assert page.text.line.text().startswith(words)
    assert page.text.effects.chips.isVisible() == (task == "pair-classification")
    with (tmp_path / "in.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["a", "source", "other"], ["big", "which is last ?", "red plum"]])
    previewed(state, qtbot, tmp_path / "in.csv")
    assert state.table.preview is not None
    assert state.table.preview.rows[0][3] == state.answer.text
    assert (page.table.column.currentText(), page.table.pair.currentText()) == ("source", "other")
    page.table.pair.setCurrentText("a")
    qtbot.waitUntil(lambda: state.table.preview is not None, timeout=WAIT)
    page.table.write_to(tmp_path / "out.csv")
    qtbot.waitUntil(lambda: state.table.stage is Stage.DONE, timeout=WAIT)
    _, rows = read(tmp_path / "out.csv")
    assert rows[0][3] == predict_text(model, "which is last ?", "big").text


def test_the_second_field_goes_with_the_model_that_needs_it(
    page: PredictPage, state: PredictState, trained: Trained, qtbot: QtBot
) -> None:
    opened(page, state, qtbot, trained("pair-classification").path)
    page.text.offer_text("red apple ↔ plum")
    assert (page.text.text.toPlainText(), page.text.pair.toPlainText()) == ("red apple", "plum")
    opened(page, state, qtbot, trained("text-classification").path)
    assert not page.text.pair.isVisible()
    qtbot.waitUntil(lambda: state.answer is not None, timeout=WAIT)
    assert state.answer is not None
    assert state.answer.given == "red apple"


def test_a_table_is_previewed_then_written(
    page: PredictPage, state: PredictState, trained: Trained, qtbot: QtBot, tmp_path: Path
) -> None:
    model = trained("text-classification")
    opened(page, state, qtbot, model.path)
    source = numbered(tmp_path / "in.csv", 300)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(source))])
    page.dropEvent(
        QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    )
    qtbot.waitUntil(lambda: state.table.preview is not None, timeout=WAIT)
    assert page.table.model.rowCount() == 50
    assert page.table.model.columnCount() == 7
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.csv"]
    with qtbot.waitSignal(page.table.place_wanted) as asked:
        qtbot.mouseClick(page.table.form.write, Qt.MouseButton.LeftButton)
    assert asked.args == ["csv", "in-predicted.csv"]
    page.table.form.bom.setChecked(True)
    page.table.write_to(tmp_path / "out.csv")
    qtbot.waitUntil(lambda: state.table.stage is Stage.DONE, timeout=WAIT)
    assert (tmp_path / "out.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    predict_table(model, TableOrder(table=str(source), out=str(tmp_path / "here.csv"), bom=True))
    assert (tmp_path / "out.csv").read_bytes() == (tmp_path / "here.csv").read_bytes()
    with qtbot.waitSignal(page.table.folder_wanted) as shown:
        qtbot.mouseClick(page.table.outcome.folder, Qt.MouseButton.LeftButton)
    assert shown.args == [str(tmp_path / "out.csv")]


def test_the_predictions_of_a_wide_table_are_in_sight(
    page: PredictPage, state: PredictState, trained: Trained, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "wide.csv"
    cells = [f"a cell of the column number {place}" for place in range(8)]
    path.write_text(
        "\n".join([",".join(["source", *map("c{}".format, range(8))]), ",".join(["apple red", *cells])]), encoding="utf-8"
    )
    opened(page, state, qtbot, trained("text-classification").path)
    previewed(state, qtbot, path)
    assert state.table.preview is not None
    view, place = page.table.view, len(state.table.preview.columns)
    qtbot.waitUntil(lambda: view.horizontalScrollBar().value() > 0)
    for column in (0, place):  # what was read stands beside what was answered
        edge = view.columnViewportPosition(column)
        assert edge >= 0
        assert edge + view.columnWidth(column) <= view.viewport().width()
    assert view.columnViewportPosition(0) < view.columnViewportPosition(place)
    narrow = tmp_path / "narrow.csv"
    narrow.write_text("source,c0\napple red,1\n", encoding="utf-8")
    previewed(state, qtbot, narrow)
    qtbot.waitUntil(lambda: state.table.preview is not None and state.table.preview.table == str(narrow), timeout=WAIT)
    qtbot.waitUntil(lambda: view.horizontalHeader().visualIndex(0) == 0)  # where all fits, nothing is moved


def test_cancelled_and_resumed_while_a_text_is_answered_between(
    page: PredictPage, state: PredictState, trained: Trained, qtbot: QtBot, tmp_path: Path
) -> None:
    opened(page, state, qtbot, trained("text-classification").path)
    source = numbered(tmp_path / "in.csv", 60_000)
    previewed(state, qtbot, source)
    page.table.write_to(tmp_path / "out.csv")
    qtbot.waitUntil(lambda: state.table.advance is not None, timeout=WAIT)
    page.text.set_text("plum")
    qtbot.waitUntil(lambda: state.answer is not None, timeout=WAIT)
    assert state.table.stage is Stage.WORKING  # the text did not wait for the table
    qtbot.mouseClick(page.table.outcome.cancel, Qt.MouseButton.LeftButton)
    assert state.table.stage is Stage.STOPPED
    assert "are kept" in page.table.outcome.line.text()
    assert parts_beside(tmp_path / "out.csv")
    qtbot.mouseClick(page.table.outcome.resume, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: state.table.stage is Stage.DONE, timeout=WAIT)
    assert state.table.done is not None
    assert state.table.done.kept > 0
    assert "before an interruption" in page.table.outcome.line.text()
    _, rows = read(tmp_path / "out.csv")
    assert [row[0] for row in rows] == [f"{number:07}" for number in range(60_000)]


def test_a_table_without_the_column_offers_those_it_has(
    page: PredictPage, state: PredictState, trained: Trained, qtbot: QtBot, tmp_path: Path
) -> None:
    opened(page, state, qtbot, trained("text-classification").path)
    source = tmp_path / "in.csv"
    with source.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["id", "words"], ["1", "red apple"], ["2", "plum"]])
    previewed(state, qtbot, source)
    assert page.table.trouble.isVisible()
    qtbot.waitUntil(lambda: state.table.columns == ("id", "words"), timeout=WAIT)
    assert page.table.column.isVisible()
    page.table.column.setCurrentText("words")
    qtbot.waitUntil(lambda: state.table.preview is not None, timeout=WAIT)
    assert not page.table.trouble.isVisible()


def test_a_folder_without_a_model_is_said(page: PredictPage, state: PredictState, qtbot: QtBot, tmp_path: Path) -> None:
    opened(page, state, qtbot, tmp_path)
    assert page.notice.isVisible()
    assert page.notice.mend.text()
    assert page.nothing.isVisible()


def test_runs_that_have_a_model_are_offered_the_newest_first(tmp_path: Path) -> None:
    for name in ("old", "new", "unfinished"):
        (tmp_path / name / "model").mkdir(parents=True)
        if name != "unfinished":
            (tmp_path / name / "model" / "config.json").write_text("{}", encoding="utf-8")
    assert sorted(Path(path).name for path in runs_in(tmp_path)) == ["new", "old"]
    assert runs_in(tmp_path / "nowhere") == []
