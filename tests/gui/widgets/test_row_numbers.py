"""The numbers beside the rows: as wide as the widest, and cheap to ask for."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt
from PySide6.QtWidgets import QTableView
from pytestqt.qtbot import QtBot

from workbench.gui.widgets.row_numbers import RowNumbers


class Rows(QAbstractTableModel):
    """Rows that count how often their numbers are asked for."""

    def __init__(self, count: int) -> None:
        super().__init__()
        self.count, self.asked = count, 0

    def rowCount(self, parent: QModelIndex | None = None) -> int:
        return self.count

    def columnCount(self, parent: QModelIndex | None = None) -> int:
        return 1

    def data(self, index: QModelIndex, role: int = 0) -> object:
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> object:
        self.asked += 1
        return f"{section + 1:,}" if role == Qt.ItemDataRole.DisplayRole else None


def shown(qtbot: QtBot, model: Rows, *, ours: bool) -> QTableView:
    view = QTableView()
    qtbot.addWidget(view)
    if ours:
        view.setVerticalHeader(RowNumbers(view))
    view.setModel(model)
    view.resize(300, 200)
    with qtbot.waitExposed(view):
        view.show()
    return view


def test_it_is_as_wide_as_the_widest_number(qtbot: QtBot) -> None:
    for count in (0, 1, 9, 10, 999, 1_000, 123_456):
        assert shown(qtbot, Rows(count), ours=True).verticalHeader().width() == (
            shown(qtbot, Rows(count), ours=False).verticalHeader().width()
        )


def test_a_thousand_rows_are_asked_for_a_few_numbers_only(qtbot: QtBot) -> None:
    model = Rows(1_000)
    shown(qtbot, model, ours=True)
    plain = Rows(1_000)
    shown(qtbot, plain, ours=False)
    assert model.asked < 150 < plain.asked
