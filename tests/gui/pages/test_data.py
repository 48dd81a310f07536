"""The Data page with the real reader: every file ends in a readable preview or in help, and the newest answer wins."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.gui.pages.rooms import Room, settle
from tests.tables import write_table
from workbench.gui.models.data_state import Stage
from workbench.gui.pages.data import DataPage

ROWS = [(f"{colour} {fruit} is {size}", label) for colour in ("red", "green", "blue") for fruit in ("apple", "pear", "plum")
        for size in ("big", "small", "round", "flat") for label in ("good", "bad")]  # fmt: skip


def lines(separator: str = ",", header: bool = True) -> str:
    """A small table."""
    rows = [separator.join(row) for row in ROWS]
    return "\n".join([separator.join(("text", "label"))] * header + rows) + "\n"


def shown(page: DataPage) -> list[list[str]]:
    """The first rows as the preview has them."""
    model = page.preview.model
    return [[str(model.index(row, column).data()) for column in range(model.columnCount())] for row in range(5)]


def choose(page: DataPage, name: str, value: object) -> None:
    """Choose an entry of a guess as a person does; None is the first one, which leaves it to be found."""
    choice = page.guesses.controls[name].choice
    place = 0 if value is None else next(at for at in range(1, choice.count()) if choice.itemData(at) == value)
    choice.setCurrentIndex(place)
    choice.activated.emit(place)


READABLE = {
    "gb18030": lambda folder, samples: samples / "评论.csv",
    "utf-16": lambda folder, samples: _written(folder / "a.csv", lines().encode("utf-16")),
    "utf-16 without a mark": lambda folder, samples: _written(folder / "a.csv", lines().encode("utf-16-le")),
    "semicolon": lambda folder, samples: _written(folder / "a.csv", lines(";").encode()),
    "headerless": lambda folder, samples: _written(folder / "a.csv", lines(header=False).encode()),
    "tabs": lambda folder, samples: _written(folder / "a.tsv", lines("\t").encode()),
    "a path with signs": lambda folder, samples: _written(folder / "a [1] & <b>#.csv", lines().encode()),
}


def _written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("kind", READABLE)
def test_a_file_ends_in_a_readable_preview(kind: str, room: Room, qtbot: QtBot, tmp_path: Path, sample_data: Path) -> None:
    page, state, _ = room
    state.open(str(READABLE[kind](tmp_path, sample_data)))
    settle(qtbot, state)
    assert state.stage is Stage.READY, state.trouble
    assert state.whole is not None
    assert state.split is not None
    assert page.preview.model.rowCount() == state.whole.row_count > 50
    assert page.preview.view.isVisible()
    assert not page.preview.trouble.isVisible()
    assert page.next_button.isEnabled()
    assert all("\ufffd" not in cell for row in shown(page) for cell in row)
    if kind != "gb18030":
        texts = [text for text, _ in ROWS]
        assert shown(page)[0][0] == texts[0]
        assert state.whole.row_count == len(ROWS)
    counts = state.split.counts
    assert counts["read"] == state.whole.row_count == counts["train"] + counts["validation"] + counts["test"] + counts["unusable"]
    assert sum(map(sum, state.split.class_counts.values())) == counts["read"] - counts["unusable"]


UNREADABLE = {
    "empty": (b"", "rows"),
    "blank": (b"\n\n\n", "rows"),
    "only a header": (b"text,label\n", "rows"),
    "binary": (bytes(range(256)) * 20, "not a text file"),
    "one class": (b"text,label\n" + b"".join(b"word %d is here,same\n" % n for n in range(50)), ""),
    "broken workbook": (b"PK\x03\x04" + bytes(200), ""),
}


@pytest.mark.parametrize("kind", UNREADABLE)
def test_a_file_that_cannot_be_used_ends_in_help_where_it_belongs(kind: str, room: Room, qtbot: QtBot, tmp_path: Path) -> None:
    page, state, _ = room
    content, says = UNREADABLE[kind]
    path = _written(tmp_path / ("a.xlsx" if "workbook" in kind else "a.csv"), content)
    state.open(str(path))
    settle(qtbot, state)
    if kind == "one class" and state.stage is Stage.READY:
        return  # another task was found for it
    assert state.stage is Stage.TROUBLE
    assert page.preview.trouble.isVisible()
    assert says in page.preview.trouble.text()
    assert state.trouble is not None
    assert state.trouble.mend
    assert "Traceback" not in page.preview.trouble.text()
    assert not page.next_button.isEnabled()
    assert page.guesses.controls["encoding"].choice.isEnabled()


def test_a_missing_file_says_so_and_another_try_finds_it(room: Room, qtbot: QtBot, tmp_path: Path) -> None:
    page, state, _ = room
    path = tmp_path / "later.csv"
    state.open(str(path))
    settle(qtbot, state)
    assert state.stage is Stage.TROUBLE
    assert "later.csv" in page.preview.trouble.text()
    path.write_text(lines(), encoding="utf-8")
    qtbot.mouseClick(page.stop_button, Qt.MouseButton.LeftButton)
    settle(qtbot, state)
    assert state.stage is Stage.READY, state.trouble


def test_rows_in_are_rows_used_and_rows_listed(room: Room, qtbot: QtBot, tmp_path: Path) -> None:
    page, state, _ = room
    rows = lines().splitlines()
    rows[10] += ",more,cells"
    rows[20] = "only this"
    rows[30] = ",good"
    state.open(str(_written(tmp_path / "ragged.csv", "\n".join(rows).encode())))
    settle(qtbot, state)
    assert state.whole is not None
    assert state.split is not None
    assert [row.line for row in state.whole.rejected] == [11, 21]
    assert [row.line for row in state.split.unusable] == [31]
    assert page.panels.lost.count == 3
    assert page.panels.lost.isVisible()
    assert state.split.counts["train"] + state.split.counts["validation"] + page.panels.lost.count == len(ROWS)


def test_a_title_above_the_table_is_no_row_that_could_not_be_read(room: Room, qtbot: QtBot, tmp_path: Path) -> None:
    page, state, _ = room
    state.open(str(_written(tmp_path / "titled.csv", f"Reviews of spring\n{lines()}".encode())))
    settle(qtbot, state)
    assert state.whole is not None
    assert [row.line for row in state.whole.rejected] == [1]
    assert state.whole.row_count == len(ROWS)
    assert page.panels.lost.count == 1
    assert page.panels.lost.note == "Line 1 stands above the table: a title or a note, not a row. Every row was read."
    said = [label.text() for label in page.panels.findChildren(QLabel)]
    assert not any("could not be read" in text for text in said)


def test_a_whole_table_says_that_every_row_was_read(room: Room, qtbot: QtBot, tmp_path: Path) -> None:
    page, state, _ = room
    state.open(str(_written(tmp_path / "a.csv", lines().encode())))
    settle(qtbot, state)
    assert page.panels.lost.note == "Every row was read."
    assert page.panels.lost.count == 0


def test_what_a_person_changes_is_read_again_and_marked_until_it_is_left_to_be_found(
    room: Room, qtbot: QtBot, tmp_path: Path
) -> None:
    page, state, _ = room
    state.open(str(_written(tmp_path / "a.csv", lines().encode())))
    settle(qtbot, state)
    control = page.guesses.controls["header"]
    found = control.mark.text()
    choose(page, "header", False)
    settle(qtbot, state)
    assert state.table is not None
    assert state.whole is not None
    assert shown(page)[0] == ["text", "label"]
    assert state.whole.row_count == len(ROWS) + 1
    assert control.mark.text() == "set by you" != found
    choose(page, "header", None)
    settle(qtbot, state)
    assert shown(page)[0] == list(ROWS[0])
    assert control.mark.text() == found
    choose(page, "delimiter", ";")
    settle(qtbot, state)
    assert len(state.table.columns if state.table else ()) == 1
    choose(page, "delimiter", None)
    choose(page, "encoding", "windows-1252")
    settle(qtbot, state)
    assert state.table is not None
    assert state.table.encoding.value in ("windows-1252", "cp1252")
    assert state.stage is Stage.READY, state.trouble


def test_quotes_and_lines_to_skip_are_read_again_and_can_be_undone(room: Room, qtbot: QtBot, tmp_path: Path) -> None:
    page, state, _ = room
    titles = "Report of 2024,,\n,,\n"
    rows = "".join(
        f"'{colour}, {fruit}','{label}',1\n" for colour, fruit, label in [(*text.split()[:2], label) for text, label in ROWS]
    )
    state.open(str(_written(tmp_path / "a.csv", f"{titles}text,label,score\n{rows}".encode())))
    settle(qtbot, state)
    assert state.table is not None
    assert (state.table.skip_lines.value, state.table.quote.value) == (2, "'")
    choose(page, "skip_lines", 0)
    settle(qtbot, state)
    assert shown(page)[0][0] == "Report of 2024"
    assert page.guesses.controls["skip_lines"].mark.text() == "set by you"
    state.draft.undo()
    settle(qtbot, state)
    assert state.table.columns == ("text", "label", "score")
    assert shown(page)[0][0] == "red, apple"
    choose(page, "quote", "none")
    settle(qtbot, state)
    assert len(state.table.columns) == 4  # the comma within the quotes cuts, too
    choose(page, "quote", None)
    settle(qtbot, state)
    assert shown(page)[0][0] == "red, apple"


def test_the_decimal_sign_is_shown_with_its_evidence_and_a_person_decides(room: Room, qtbot: QtBot, tmp_path: Path) -> None:
    page, state, tables = room
    cells = "".join(f"a text of the number {n};{1 + n % 9}.{100 + n}\n" for n in range(80))
    state.open(str(_written(tmp_path / "a.csv", f"text;price\n{cells}".encode())))
    settle(qtbot, state)
    control = page.guesses.controls["decimal"]
    assert control.isVisible()
    assert control.mark.text() == "please check"
    assert "may be meant as" in control.evidence.whole
    assert tables.prepared is not None
    assert tables.prepared.train.labels is not None
    assert tables.prepared.train.labels.max() < 10
    choose(page, "decimal", "comma")
    settle(qtbot, state)
    assert state.stage is Stage.READY, state.trouble
    assert tables.prepared.train.labels is not None
    assert tables.prepared.train.labels.min() > 1000


def test_an_encoding_that_cannot_be_is_trouble_that_the_same_control_mends(room: Room, qtbot: QtBot, sample_data: Path) -> None:
    page, state, _ = room
    state.open(str(sample_data / "评论.csv"))
    settle(qtbot, state)
    choose(page, "encoding", "utf-8")
    settle(qtbot, state)
    assert state.stage is Stage.TROUBLE
    assert page.preview.trouble.isVisible()
    assert "gb18030" in page.preview.trouble.text()
    choose(page, "encoding", None)
    settle(qtbot, state)
    assert state.stage is Stage.READY, state.trouble
    assert not page.preview.trouble.isVisible()


def test_another_target_changes_task_and_classes(room: Room, qtbot: QtBot, tmp_path: Path) -> None:
    page, state, tables = room
    header = "text,label,colour"
    rows = [f"{text},{label},{text.split()[0]}" for text, label in ROWS]
    state.open(str(_written(tmp_path / "a.csv", "\n".join([header, *rows]).encode())))
    settle(qtbot, state)
    assert state.split is not None
    assert set(state.split.labels) == {"good", "bad"}
    choose(page, "target", "colour")
    qtbot.waitUntil(lambda: state.split is not None and set(state.split.labels) == {"red", "green", "blue"}, timeout=60_000)
    assert [name for name, _ in page.panels.classes.shown] == ["blue", "green", "red"]
    settle(qtbot, state)
    choose(page, "text", "colour")
    settle(qtbot, state)
    assert state.stage is Stage.TROUBLE  # one column cannot be both
    assert "different" in page.preview.trouble.text()
    choose(page, "text", "text")
    settle(qtbot, state)
    assert state.stage is Stage.READY, state.trouble
    assert tables.prepared is not None
    assert (tables.prepared.data.text, tables.prepared.data.target) == ("text", "colour")


def test_of_quick_changes_only_the_newest_shows(room: Room, qtbot: QtBot, tmp_path: Path) -> None:
    page, state, tables = room
    chance = random.Random(0)
    paths = [write_table(tmp_path / task, task, rows=60) for task in ("seq2seq", "text-classification", "regression")
             if (tmp_path / task).mkdir() is None]  # fmt: skip
    for _ in range(12):
        state.open(str(chance.choice(paths)))
        qtbot.wait(chance.choice((0, 1, 20, 80)))
        if chance.random() < 0.5:
            state.draft.set("data", "header", chance.choice((True, False)))
    state.open(str(paths[1]))
    settle(qtbot, state)
    assert state.stage is Stage.READY, state.trouble
    assert state.table is not None
    assert state.split is not None
    assert state.table.path == str(paths[1])
    assert state.split.task == "text-classification"
    assert page.preview.model.rowCount() == 60
    assert tables.prepared is not None
    assert tables.prepared.counts == state.split.counts
    assert tables.prepared.data.table == str(paths[1])


def test_dragging_the_cut_line_sets_the_length_and_counts_what_is_cut(room: Room, qtbot: QtBot, sample_data: Path) -> None:
    page, state, _ = room
    state.open(str(sample_data / "reviews.csv"))
    settle(qtbot, state)
    assert state.split is not None
    lengths = state.split.lengths
    assert state.split.counts["cut"] == 0
    page.panels.limit_chosen.emit(20)
    assert state.draft.value("data", "max_length") == 20
    settle(qtbot, state)
    assert state.split is not None
    assert state.split.limit == 20
    naive = sum(int(length) > 20 for length in lengths)
    assert state.split.counts["cut"] == naive == state.split.cut_at(20) > 0
    assert (state.split.lengths == lengths).all()  # what is cut is still measured whole
    assert page.panels.automatic.isVisible()
    qtbot.mouseClick(page.panels.automatic, Qt.MouseButton.LeftButton)
    settle(qtbot, state)
    assert state.split is not None
    assert state.split.counts["cut"] == 0


def test_cancel_stops_and_reading_on_ends_ready(room: Room, qtbot: QtBot, sample_data: Path) -> None:
    page, state, tables = room
    state.open(str(sample_data / "reviews.csv"))
    qtbot.waitUntil(lambda: state.stage is Stage.PREPARING, timeout=60_000)
    assert page.stop_button.text() == "Cancel"
    qtbot.mouseClick(page.stop_button, Qt.MouseButton.LeftButton)
    assert state.stage is Stage.STOPPED
    qtbot.wait(200)
    assert state.split is None
    assert tables.prepared is None
    qtbot.mouseClick(page.stop_button, Qt.MouseButton.LeftButton)
    settle(qtbot, state)
    assert state.stage is Stage.READY, state.trouble


def test_cancel_while_opening_shows_no_old_table_and_reading_on_opens_it(room: Room, qtbot: QtBot, sample_data: Path) -> None:
    page, state, _ = room
    state.open(str(sample_data / "reviews.csv"))
    settle(qtbot, state)
    choose(page, "header", False)
    assert state.stage is Stage.OPENING
    state.cancel()
    assert page.preview.model.rowCount() == 0
    qtbot.mouseClick(page.stop_button, Qt.MouseButton.LeftButton)
    settle(qtbot, state)
    assert state.stage is Stage.READY, state.trouble
    assert shown(page)[0] == ["text", "label"]


def test_cancel_loses_no_page_that_is_looked_at(room: Room, qtbot: QtBot, tmp_path: Path) -> None:
    page, state, _ = room
    rows = [f"word {n} and more,{'good' if n % 2 else 'bad'}" for n in range(5_000)]
    state.open(str(_written(tmp_path / "a.csv", "\n".join(["text,label", *rows]).encode())))
    qtbot.waitUntil(lambda: state.stage is Stage.PREPARING and page.preview.view.verticalScrollBar().maximum() > 4_000)
    page.preview.view.scrollToBottom()
    qtbot.waitUntil(lambda: page.preview.model.index(4_999, 0).data() == "word 4999 and more", timeout=20_000)
    page.preview.view.scrollTo(page.preview.model.index(2_500, 0))
    page.preview.model.index(2_500, 0).data()
    state.cancel()
    qtbot.waitUntil(lambda: page.preview.model.index(2_500, 0).data() == "word 2500 and more", timeout=20_000)


def test_the_empty_page_offers_files_and_samples(room: Room, qtbot: QtBot) -> None:
    page, _, _ = room
    assert page.empty.isVisible()
    with qtbot.waitSignal(page.open_wanted):
        qtbot.mouseClick(page.empty.open_button, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(page.sample_wanted) as asked:
        qtbot.mouseClick(page.empty.samples["reverse.csv"], Qt.MouseButton.LeftButton)
    assert asked.args == ["reverse.csv"]


def test_every_control_has_a_name_for_who_cannot_see_it(room: Room, qtbot: QtBot, sample_data: Path) -> None:
    page, state, _ = room
    state.open(str(sample_data / "reviews.csv"))
    settle(qtbot, state)
    focusable = [each for each in page.findChildren(QWidget) if each.isVisible() and each.focusPolicy() & Qt.FocusPolicy.TabFocus]
    nameless = [each for each in focusable if not each.accessibleName() and not (isinstance(each, QPushButton) and each.text())]
    assert not [each for each in nameless if each.objectName() != "qt_scrollarea_viewport"]
    assert len(focusable) >= 9


def test_a_table_of_pairs_tells_the_experiment_its_second_column(room: Room, qtbot: QtBot, sample_data: Path) -> None:
    page, state, _ = room
    state.open(str(sample_data / "likeness.csv"))
    settle(qtbot, state)
    data = state.draft.experiment().data
    assert (data.task, data.text, data.pair, data.target) == ("pair-regression", "sentence1", "sentence2", "score")
    assert not page.guesses.controls["pair"].isHidden()
    state.open(str(sample_data / "messages.csv"))
    settle(qtbot, state)
    data = state.draft.experiment().data
    assert (data.task, data.pair, data.label_separator) == ("multi-label", None, "semicolon")
    assert page.guesses.controls["pair"].isHidden()
    assert state.split is not None
    assert sum(sum(counts) for counts in state.split.class_counts.values()) > 160  # a row may have several
