"""The doctor on the Data page, with the real reader: findings point to their rows, mends can be undone, nothing is forgotten."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tests.gui.pages.rooms import WAIT, Room, settle
from workbench.contracts.findings import GRAVE, WEIGHTS
from workbench.contracts.specs import Experiment
from workbench.gui.models.data_state import DataState, Stage
from workbench.gui.models.doctor_state import Case, Visit
from workbench.gui.pages.data import DataPage
from workbench.gui.widgets.finding_card import FindingCard
from workbench.gui.widgets.finding_words import MENDED, FindingWords

LEFT = Qt.MouseButton.LeftButton


def examined(qtbot: QtBot, page: DataPage) -> None:
    """Wait until the table is read, made into examples and examined."""
    settle(qtbot, page.state)
    qtbot.waitUntil(lambda: not page.findings.busy, timeout=WAIT)


def messy(folder: Path, name: str = "messy.csv") -> Path:
    """Texts that stand twice with the same label, empty cells, and lines that are no rows."""
    rows = [f"{colour} {fruit} is {size},{label}" for colour in ("red", "green", "blue") for fruit in ("apple", "pear", "plum")
            for size, label in (("big", "good"), ("small", "bad"), ("round", "good"), ("flat", "bad"))
            for _ in range(2)]  # fmt: skip
    rows[10] += ",more,cells"
    rows[20] = "only this"
    rows[30], rows[31] = ",good", "something new,"
    path = folder / name
    path.write_text("\n".join(["text,label", *rows]) + "\n", encoding="utf-8")
    return path


def doubtful(folder: Path) -> Path:
    """A first line that may be names or a row."""
    path = folder / "doubtful.csv"
    rows = [f"{colour} {fruit} is {size},{label}" for colour in ("red", "green") for fruit in ("apple", "pear", "plum")
            for size in ("big", "small") for label in ("good", "bad")]  # fmt: skip
    path.write_text("\n".join(["words here,sort", *rows]), encoding="utf-8")
    return path


def card_of(page: DataPage, kind: str) -> FindingCard:
    return next(card for card in page.doctor.cards if card.case.finding.kind == kind)


def case_of(page: DataPage, kind: str) -> Case:
    return next(case for case in page.findings.cases if case.finding.kind == kind)


def press(qtbot: QtBot, button: QPushButton) -> None:
    qtbot.waitUntil(button.isVisible)  # a layout shows what it takes in when the event loop comes round
    qtbot.mouseClick(button, LEFT)


def table_rows(page: DataPage, qtbot: QtBot) -> list[tuple[str, ...]]:
    """Every row that the preview has, once it is here."""
    model = page.preview.model
    places = [(row, column) for row in range(model.rowCount()) for column in range(model.columnCount())]
    qtbot.waitUntil(lambda: all(model.cell(*place) is not None for place in places), timeout=WAIT)
    return [tuple(str(model.cell(row, column)) for column in range(model.columnCount())) for row in range(model.rowCount())]


def accounted(state: DataState) -> bool:
    """Whether rows in are rows used and rows listed."""
    assert state.split is not None
    assert state.whole is not None
    counts = state.split.counts
    used = counts["train"] + counts["validation"] + counts["test"]
    return (
        state.whole.row_count == counts["read"] == used + counts["unusable"] and len(state.split.unusable) == counts["unusable"]
    )


def test_a_messy_table_is_examined_and_the_gravest_stands_first(room: Room, qtbot: QtBot, tmp_path: Path) -> None:
    page, state, _ = room
    state.open(str(messy(tmp_path)))
    examined(qtbot, page)
    assert {case.finding.kind for case in page.findings.cases} >= {
        "rejected-rows",
        "empty-text",
        "empty-target",
        "duplicate-text",
    }
    weights = [WEIGHTS.index(card.case.finding.weight) for card in page.doctor.cards]
    assert weights == sorted(weights)
    assert page.doctor.cards[0].icon.weight == GRAVE
    for card in page.doctor.cards:
        assert card.count.text() == f"{card.case.finding.count:,}"
        assert card.evidence.text()
        assert card.title.text() != card.case.finding.kind
    assert page.doctor.facts.text() == f"{len(page.doctor.cards)} findings"


def test_a_clean_table_has_no_finding_and_says_so(room: Room, qtbot: QtBot, tmp_path: Path) -> None:
    page, state, _ = room
    path = tmp_path / "clean.csv"
    path.write_text("\n".join(["text,label", *(f"text of the number {n},{'ab'[n % 2]}" for n in range(60))]), encoding="utf-8")
    state.open(str(path))
    examined(qtbot, page)
    assert page.findings.cases == ()
    assert page.doctor.note.text() == "Nothing odd was found."


def test_show_me_shows_exactly_these_rows_and_show_all_the_rest_again(room: Room, qtbot: QtBot, tmp_path: Path) -> None:
    page, state, _ = room
    state.open(str(messy(tmp_path)))
    examined(qtbot, page)
    everything = table_rows(page, qtbot)
    texts = [text for text, _ in everything]
    expected = {
        "empty-text": [row for row, text in enumerate(texts) if not text],
        "empty-target": [row for row, (_, label) in enumerate(everything) if not label],
        "duplicate-text": [row for row, text in enumerate(texts) if text and text in texts[:row]],
    }
    for kind, rows in expected.items():
        press(qtbot, card_of(page, kind).show_button)
        assert table_rows(page, qtbot) == [everything[row] for row in rows], kind
        header = [page.preview.model.headerData(place, Qt.Orientation.Vertical) for place in range(len(rows))]
        assert header == [f"{row + 1:,}" for row in rows]
        assert page.preview.only_note.isVisible()
        assert FindingWords().title(card_of(page, kind).case.finding) in page.preview.only_note.whole
        assert card_of(page, kind).show_button.text() == "Show all rows"
    assert "33" in page.preview.only_note.whole
    press(qtbot, page.preview.all_button)
    assert table_rows(page, qtbot) == everything
    assert not page.preview.only_note.isVisible()
    assert card_of(page, "duplicate-text").show_button.text() == "Show me"
    press(qtbot, card_of(page, "empty-text").show_button)
    press(qtbot, card_of(page, "empty-text").show_button)  # the same button leads back
    assert page.preview.model.rowCount() == len(everything)


def test_show_all_leads_back_to_where_one_was(room: Room, qtbot: QtBot, sample_data: Path) -> None:
    page, state, _ = room
    state.open(str(sample_data / "reviews.csv"))
    examined(qtbot, page)
    view = page.preview.view
    view.scrollTo(page.preview.model.index(2_345, 0), view.ScrollHint.PositionAtTop)
    for _ in range(2):  # another look at the same rows forgets nothing
        page.doctor.show_wanted.emit(case_of(page, "duplicate-text").finding)
    assert view.rowAt(0) == 0
    press(qtbot, page.preview.all_button)
    assert view.rowAt(0) == 2_345


def test_lines_that_are_no_rows_are_shown_where_they_are_listed(room: Room, qtbot: QtBot, tmp_path: Path) -> None:
    page, state, _ = room
    state.open(str(messy(tmp_path)))
    examined(qtbot, page)
    press(qtbot, card_of(page, "rejected-rows").show_button)
    view = page.panels.lost._list
    lines = [view.model().index(index.row(), 0).data() for index in view.selectionModel().selectedRows()]
    assert lines == [str(line) for line in case_of(page, "rejected-rows").finding.lines] == ["12", "22"]
    qtbot.waitUntil(view.hasFocus)


def test_rows_are_shown_as_mends_leave_them_or_as_they_stand_in_the_file(room: Room, qtbot: QtBot, tmp_path: Path) -> None:
    page, state, _ = room
    path = messy(tmp_path)
    path.write_text(path.read_text().replace("red apple is big", "red<br>apple is big", 1))
    state.open(str(path))
    settle(qtbot, state)
    model, use = page.preview.model, page.preview.use
    assert use.isHidden()
    state.draft.set("data", "mends", "strip-html drop-duplicates")
    settle(qtbot, state)
    assert use.isVisible()
    qtbot.waitUntil(lambda: model.index(0, 0).data() == "red apple is big", timeout=WAIT)
    assert model.index(1, 0).data(Qt.ItemDataRole.FontRole).strikeOut()  # its copy is left out
    assert model.index(2, 0).data(Qt.ItemDataRole.FontRole) is None
    use.setCurrentIndex(1)
    assert model.index(0, 0).data() == "red<br>apple is big"
    state.draft.clear("data", "mends")
    settle(qtbot, state)
    assert use.isHidden()
    qtbot.waitUntil(lambda: model.index(1, 0).data(Qt.ItemDataRole.FontRole) is None, timeout=WAIT)


def test_a_mend_is_one_step_shown_as_mended_and_undo_puts_it_back(room: Room, qtbot: QtBot, tmp_path: Path) -> None:
    page, state, tables = room
    state.open(str(messy(tmp_path)))
    examined(qtbot, page)
    before, card = state.draft.given, card_of(page, "duplicate-text")
    made = tables.prepared
    press(qtbot, card.mend_buttons[0])
    assert state.stage is Stage.PREPARING  # examples are made anew
    assert state.draft.given["data"]["mends"] == "drop-duplicates"
    assert card.icon.weight == MENDED
    assert not card.mend_buttons[0].isVisible()
    assert "1 mended" in page.doctor.facts.text()
    examined(qtbot, page)
    assert tables.prepared is not made
    assert tables.prepared is not None
    assert tables.prepared.data.mends == "drop-duplicates"
    assert accounted(state)
    assert card_of(page, "duplicate-text") is card  # the table was not examined anew: its file is as it was
    state.draft.set("train", "seed", 7)
    press(qtbot, card.undo_button)
    assert state.draft.given == {**before, "train": {"seed": 7}}
    assert card.icon.weight != MENDED
    examined(qtbot, page)
    assert accounted(state)
    state.draft.undo()
    assert card.icon.weight == MENDED
    state.draft.undo()
    state.draft.undo()
    assert state.draft.given == before
    assert card.icon.weight != MENDED
    examined(qtbot, page)


def test_all_that_is_advised_is_mended_with_one_press_and_taken_back_one_by_one(room: Room, qtbot: QtBot, tmp_path: Path) -> None:
    page, state, _ = room
    path = messy(tmp_path)
    with path.open("a", encoding="utf-8") as file:
        file.write("a <b>large</b> melon,good\nan orange melon,GOOD\n")
    state.open(str(path))
    examined(qtbot, page)
    before = state.draft.given
    assert page.doctor.all_button.text() == "Mend 3 at once"
    press(qtbot, page.doctor.all_button)
    assert state.draft.given["data"]["mends"] == "strip-html merge-labels drop-duplicates"
    examined(qtbot, page)
    assert not page.doctor.all_button.isVisible()
    assert accounted(state)
    for kind in ("duplicate-text", "html", "label-spellings"):
        assert case_of(page, kind).mended is not None
    press(qtbot, card_of(page, "html").undo_button)
    assert state.draft.given["data"]["mends"] == "merge-labels drop-duplicates"
    state.draft.undo()
    state.draft.undo()
    assert state.draft.given == before  # it was one step
    examined(qtbot, page)


def test_an_experiment_that_is_opened_again_shows_what_is_mended(room: Room, qtbot: QtBot, tmp_path: Path) -> None:
    page, state, _ = room
    state.open(str(messy(tmp_path)))
    examined(qtbot, page)
    press(qtbot, card_of(page, "duplicate-text").mend_buttons[0])
    examined(qtbot, page)
    saved = state.draft.experiment().to_toml()
    state.open(str(messy(tmp_path, "another.csv")))
    examined(qtbot, page)
    assert case_of(page, "duplicate-text").mended is None
    state.draft.replace(tomllib.loads(Experiment.from_toml(saved).to_toml()))
    examined(qtbot, page)
    assert case_of(page, "duplicate-text").mended is not None
    press(qtbot, card_of(page, "duplicate-text").undo_button)
    assert not state.draft.given["data"].get("mends")
    assert case_of(page, "duplicate-text").mended is None
    examined(qtbot, page)


def test_a_mend_that_makes_its_finding_disappear_stays_to_be_undone(room: Room, qtbot: QtBot, tmp_path: Path) -> None:
    page, state, _ = room
    state.open(str(doubtful(tmp_path)))
    examined(qtbot, page)
    given = state.draft.given
    found = state.table.header.value if state.table else None
    press(qtbot, card_of(page, "header-doubt").mend_buttons[0])
    assert state.draft.given["data"]["header"] is (not found)
    examined(qtbot, page)
    assert state.table is not None
    assert state.table.header.value is (not found)
    case = case_of(page, "header-doubt")
    assert case.mended is not None
    assert not case.seen
    assert not card_of(page, "header-doubt").show_button.isVisible()
    press(qtbot, card_of(page, "header-doubt").undo_button)
    examined(qtbot, page)
    assert state.draft.given == given
    assert case_of(page, "header-doubt").mended is None
    assert case_of(page, "header-doubt").seen


def test_show_me_of_a_doubt_leads_to_where_it_is_decided(room: Room, qtbot: QtBot, tmp_path: Path) -> None:
    page, state, _ = room
    state.open(str(doubtful(tmp_path)))
    examined(qtbot, page)
    press(qtbot, card_of(page, "header-doubt").show_button)
    qtbot.waitUntil(page.guesses.controls["header"].choice.hasFocus)


def test_another_table_has_no_findings_and_no_filter_of_the_one_before(room: Room, qtbot: QtBot, tmp_path: Path) -> None:
    page, state, _ = room
    state.open(str(messy(tmp_path)))
    examined(qtbot, page)
    press(qtbot, card_of(page, "empty-text").show_button)
    path = tmp_path / "clean.csv"
    path.write_text("\n".join(["text,label", *(f"text of the number {n},{'ab'[n % 2]}" for n in range(60))]), encoding="utf-8")
    state.open(str(path))
    assert page.findings.cases == ()
    assert not page.preview.only_note.isVisible()
    examined(qtbot, page)
    assert len(table_rows(page, qtbot)) == 60
    assert page.doctor.cards == []


def test_who_mends_by_keys_finds_the_way_back_under_the_next_key(room: Room, qtbot: QtBot, tmp_path: Path) -> None:
    page, state, _ = room
    state.open(str(messy(tmp_path)))
    examined(qtbot, page)
    card = card_of(page, "duplicate-text")
    card.mend_buttons[0].setFocus()
    qtbot.keyClick(card.mend_buttons[0], Qt.Key.Key_Space)
    assert card.undo_button.hasFocus()
    qtbot.keyClick(card.undo_button, Qt.Key.Key_Space)
    assert card.mend_buttons[0].hasFocus()
    assert "mends" not in state.draft.given["data"]
    examined(qtbot, page)


def test_the_doctor_can_be_cancelled_and_asked_again(room: Room, qtbot: QtBot, tmp_path: Path) -> None:
    page, state, _ = room
    path = tmp_path / "long.csv"
    rows = (f"text {n % 40_000} of many words that are read again and again,{'ab'[n % 2]}" for n in range(120_000))
    path.write_text("\n".join(["text,label", *rows]), encoding="utf-8")
    state.open(str(path))
    qtbot.waitUntil(lambda: page.findings.busy, timeout=WAIT)
    assert page.doctor.progress.isVisible()
    press(qtbot, page.doctor.stop_button)
    assert page.findings.visit is Visit.STOPPED
    assert page.doctor.note.text().startswith("Stopped")
    state.cancel()
    qtbot.wait(50)
    assert page.findings.visit is Visit.STOPPED
    press(qtbot, page.doctor.stop_button)
    qtbot.waitUntil(lambda: not page.findings.busy, timeout=WAIT)
    assert case_of(page, "duplicate-text").finding.count == 80_000
    press(qtbot, card_of(page, "duplicate-text").show_button)
    assert page.preview.model.rowCount() == 1_000
    assert "80,000" in page.preview.only_note.whole


def test_a_long_table_is_examined_after_its_examples_are_made_or_when_asked(
    room: Room, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, state, _ = room
    monkeypatch.setattr("workbench.gui.models.doctor_state.LONG", 50)
    stages: list[Stage] = []
    page.findings.examine_asked.connect(lambda spec: stages.append(state.stage))
    state.open(str(messy(tmp_path)))
    qtbot.waitUntil(lambda: page.findings.visit is Visit.WAITING, timeout=WAIT)
    examined(qtbot, page)
    assert stages == [Stage.READY]
    assert case_of(page, "duplicate-text").finding.count == 33
    state.open(str(messy(tmp_path, "another.csv")))
    qtbot.waitUntil(lambda: page.findings.visit is Visit.WAITING, timeout=WAIT)
    state.cancel()
    press(qtbot, page.doctor.stop_button)
    assert stages == [Stage.READY, Stage.STOPPED]
    qtbot.waitUntil(lambda: page.findings.visit is Visit.DONE, timeout=WAIT)
    assert case_of(page, "duplicate-text").finding.count == 33


def test_a_file_that_cannot_be_read_is_told_once(room: Room, qtbot: QtBot, tmp_path: Path) -> None:
    page, state, _ = room
    path = tmp_path / "binary.csv"
    path.write_bytes(bytes(range(256)) * 20)
    state.open(str(path))
    examined(qtbot, page)
    assert state.stage is Stage.TROUBLE
    assert page.preview.trouble.isVisible()
    assert "not a text file" not in page.doctor.note.text()


@pytest.mark.parametrize("width", [1190, 1900])
def test_the_doctor_stands_in_the_page_and_nothing_of_it_is_cut(width: int, room: Room, qtbot: QtBot, tmp_path: Path) -> None:
    page, state, _ = room
    page.resize(width, 900)
    state.open(str(messy(tmp_path)))
    examined(qtbot, page)
    qtbot.wait(50)
    own = page.doctor.mapTo(page, QPoint()).x() + page.doctor.width() < page.panels.mapTo(page, QPoint()).x()
    assert own is (width > 1500)
    for card in page.doctor.cards:
        assert page.doctor.rect().contains(card.geometry().topLeft())
        for each in (card.title, card.evidence, card.does):
            if each.isVisible():
                assert each.height() >= each.heightForWidth(each.width())
                assert card.rect().contains(each.geometry())
        for button in card.findChildren(QPushButton):
            if button.isVisible():
                assert card.rect().contains(button.geometry())
                assert button.width() >= button.sizeHint().width()


@pytest.mark.parametrize("name", ["reviews.csv", "评论.csv", "translation.csv", "tags.csv", "stories.txt"])
def test_bundled_tables_are_examined_and_their_rows_are_shown(name: str, room: Room, qtbot: QtBot, sample_data: Path) -> None:
    page, state, _ = room
    state.open(str(sample_data / name))
    examined(qtbot, page)
    assert page.findings.visit is Visit.DONE
    for case in page.findings.cases:
        if case.finding.rows:
            page.doctor.show_wanted.emit(case.finding)
            assert page.preview.model.rowCount() == len(case.finding.rows)
            qtbot.waitUntil(lambda: page.preview.model.cell(0, 0) is not None, timeout=WAIT)
    assert accounted(state) or state.whole is None or state.split is None or state.split.task == "causal-lm"
