"""The chosen head beside another side: what B is, both patterns and their difference, and which heads belong together."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QModelIndex, QSortFilterProxyModel, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QSplitter,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from workbench.contracts.comparing import SIDES, Compared, Other, Place
from workbench.gui.models.compare_state import CompareState
from workbench.gui.models.pairs_model import COLUMNS, SORTED_BY, PairsModel, name_of
from workbench.gui.widgets.calm_combo import CalmCombo
from workbench.gui.widgets.compare_map import CompareMap, Side
from workbench.gui.widgets.reactive import Reactive
from workbench.gui.words import said, said_whole

PAUSE = 350
"""After the last key, in milliseconds, before the other text is looked at; Enter does not wait."""
LONGEST = 20
"""Letters of what B is that stand above its map."""


class ComparePanel(Reactive):
    """Shows a `CompareState` and tells it what a person does."""

    folder_wanted = Signal()
    """The folder of another model is to be chosen."""
    head_chosen = Signal(int, int)
    """A person chose a head of A in the table of matches; counted from 0."""

    def __init__(self, state: CompareState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self._filling = False
        self._other: Other | None = None  # that the fields show
        self._drawn: tuple[Compared, str] | None = None
        self.side, self.moment, self.beside = CalmCombo(self), CalmCombo(self), CalmCombo(self)
        self.text, self.source = QLineEdit(self), QLineEdit(self)
        self.folder = QPushButton(self)
        self.map = CompareMap(self)
        self.model = PairsModel(self)
        self.rows = QSortFilterProxyModel(self)
        self.table = QTableView(self)
        self._nothing = QLabel(self, wordWrap=True, alignment=Qt.AlignmentFlag.AlignCenter, textFormat=Qt.TextFormat.PlainText)
        self.remarks = QLabel(self, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self._inputs, self._stack = QStackedWidget(self), QStackedWidget(self)
        self._second: bool | None = None
        self._typing = QTimer(self, singleShot=True, interval=PAUSE)
        self._set_up_table()
        self._lay_out()
        self._wire()
        self.react()
        self._show()

    # -- what is shown ------------------------------------------------------------------------------------------------

    def _show(self) -> None:
        """What there is to say, and the maps or the matches."""
        state, found = self._state, self._state.compared
        other = state.other
        self._fill_moments()
        if other is not None and other != self._other:  # a folder was chosen
            self._other = other
            if other.kind == "model":
                self.source.setText(other.source)
            self.side.setCurrentIndex(SIDES.index(other.kind))
        self.beside.setEnabled(found is not None)
        self.remarks.setText("\n".join(said(remark) for remark in found.remarks) if found is not None else "")
        self.remarks.setVisible(found is not None and bool(found.remarks))
        if found is None:
            self._nothing.setText(self._why_nothing())
            self._stack.setCurrentWidget(self._nothing)
            return
        self._fill_heads(found)
        self.model.set_pairs(found.pairs)
        self._show_columns(any(pair.runner_up is not None for pair in found.pairs))
        self._choose_row(found)
        self._draw(found)
        self._stack.setCurrentWidget(self._found)

    def _draw(self, found: Compared) -> None:
        """Both maps and the difference, where they are not there yet."""
        if self._drawn is not None and self._drawn == (found, self._rest):
            return
        self._drawn = found, self._rest
        rest = (self._rest,) if found.rest else ()
        one = Side(title=name_of(found.place), weights=found.a, queries=found.queries, keys=(*found.keys, *rest))
        self.map.compare(one, Side(
            title=self._title(found), weights=found.b, queries=found.other_queries, keys=(*found.other_keys, *rest)
        ))  # fmt: skip

    def _title(self, found: Compared) -> str:
        """The head of B, and what B is."""
        words = found.name if found.other.kind == "text" else Path(found.name).name or found.name
        if found.other.kind == "moment":
            words = self._moment_words(found.step)
        words = words if len(words) <= LONGEST else words[: LONGEST - 1] + "…"
        return f"{name_of(found.other_place)} · {words}"

    def _why_nothing(self) -> str:
        state = self._state
        if state.trouble is not None:
            return said_whole(state.trouble)
        if state.at_work:
            return said(state.at_work)
        side = SIDES[self.side.currentIndex()]
        if side == "moment" and not state.moments:
            return self.tr("Only a run of this program has moments. Open one to compare its steps.")
        if state.other is None:
            return {
                "text": self.tr("Type another text above: the same head is shown on both."),
                "model": self.tr("Choose another model above: heads that do the same are found for you."),
                "moment": self.tr("Choose a step above: the head then, beside the head now."),
            }[side]
        return self.tr("Type a text above and press Enter.") if state.question is None else self.tr("Being compared…")

    def _fill_moments(self) -> None:
        """The steps of the run, and which of them is compared."""
        steps = self._state.moments
        chosen = self._state.other.step if self._state.other is not None and self._state.other.kind == "moment" else ""
        self._filling = True
        self.moment.clear()
        self.moment.addItem(self.tr("Choose a step"), "")
        for step in steps:
            self.moment.addItem(self._moment_words(step), step)
        self.moment.setCurrentIndex(steps.index(chosen) + 1 if chosen in steps else 0)
        self.moment.setEnabled(bool(steps))
        self._filling = False

    def _moment_words(self, step: int | None) -> str:
        return self.tr("the end") if step is None else self.tr("step {0}").format(f"{step:,}")

    def _fill_heads(self, found: Compared) -> None:
        """The heads of B that are worth a look, and which is shown."""
        pair = found.pair
        rows: list[tuple[str, Place | None]]
        match = self.tr("{0}, the most alike ({1})") if pair.shared else self.tr("{0}, the match ({1})")
        rows = [(match.format(name_of(pair.other), f"{pair.similarity:.2f}"), None)]
        if found.other.kind == "text":
            rows = [(self.tr("{0}, the same head").format(name_of(pair.other)), None)]
        if pair.runner_up is not None:
            alike = f"{pair.runner_up_similarity:.2f}"
            better = pair.runner_up_similarity > pair.similarity
            words = self.tr("{0}, more alike but taken ({1})") if better else self.tr("{0}, the next best ({1})")
            rows.append((words.format(name_of(pair.runner_up), alike), pair.runner_up))
        if pair.one not in (pair.other, pair.runner_up) and any(each.other == pair.one for each in found.pairs):
            rows.append((self.tr("{0}, the same place").format(name_of(pair.one)), pair.one))
        self._filling = True
        self.beside.clear()
        for words, place in rows:
            self.beside.addItem(words, place)
        places = [place for _, place in rows]
        self.beside.setCurrentIndex(places.index(self._state.beside) if self._state.beside in places else 0)
        self._filling = False

    def _show_columns(self, second: bool) -> None:
        """The next best, where there is one; what the table does not need is the maps'."""
        if second == self._second:
            return
        self._second = second
        for name in ("runner_up", "runner_up_similarity"):
            self.table.setColumnHidden(COLUMNS.index(name), not second)
        wide = self.table.horizontalHeader().length() + 2 * self.table.verticalScrollBar().sizeHint().width()
        self._found.setSizes([wide, max(1, self._found.width() - wide)])

    def _choose_row(self, found: Compared) -> None:
        row = self.model.row_of(found.place)
        if row is not None:
            index = self.rows.mapFromSource(self.model.index(row, 0))
            self._filling = True
            self.table.selectRow(index.row())
            self._filling = False

    # -- what a person does -------------------------------------------------------------------------------------------

    def _choose_side(self, number: int) -> None:
        """Another sort of B: what was typed for it before holds."""
        if number < 0:
            return
        self._inputs.setCurrentIndex(number)
        if self._state.other is None or self._state.other.kind != SIDES[number]:
            self._take()

    def _take(self) -> None:
        """What B is, as it stands in the fields."""
        self._typing.stop()
        side = SIDES[self.side.currentIndex()]
        text, source, step = self.text.text(), self.source.text().strip(), self.moment.currentData()
        other = {
            "text": Other(kind="text", text=text) if text.strip() else None,
            "model": Other(kind="model", source=source) if source else None,
            "moment": Other(kind="moment", step=step) if step != "" and self.moment.count() else None,
        }[side]
        self._other = other
        self._state.set_other(other)
        self._show()

    def _take_moment(self, _number: int) -> None:
        if not self._filling:
            self._take()

    def _take_head(self, _number: int) -> None:
        if not self._filling:
            self._state.put_beside(self.beside.currentData())

    def _take_row(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if not self._filling and current.isValid():
            self.head_chosen.emit(*self.model.head_of(self.rows.mapToSource(current).row()))

    # -- building -----------------------------------------------------------------------------------------------------

    def _set_up_table(self) -> None:
        self.rows.setSourceModel(self.model)
        self.rows.setSortRole(SORTED_BY)
        self.table.setModel(self.rows)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setShowGrid(False)
        self.table.setTabKeyNavigation(False)
        self.table.setSortingEnabled(True)
        self.table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
        self.table.verticalHeader().hide()
        self.table.horizontalHeader().setHighlightSections(False)
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)

    def _lay_out(self) -> None:
        for side in SIDES:
            self.side.addItem("", side)
        self.beside.setSizeAdjustPolicy(CalmCombo.SizeAdjustPolicy.AdjustToContents)
        self.text.setClearButtonEnabled(True)
        model, model_row = QWidget(self), QHBoxLayout()
        model.setLayout(model_row)
        model_row.setContentsMargins(0, 0, 0, 0)
        model_row.setSpacing(8)
        model_row.addWidget(self.source, 1)
        model_row.addWidget(self.folder)
        for widget in (self.text, model, self.moment):
            self._inputs.addWidget(widget)
        self._inputs.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)  # as high as the theme makes fields
        first, second = QHBoxLayout(), QHBoxLayout()
        for row in (first, second):
            row.setSpacing(8)
        first.addWidget(self.side)
        first.addWidget(self._inputs, 1)
        self.beside_label = QLabel(self)
        self.beside_label.setBuddy(self.beside)
        second.addWidget(self.beside_label)
        second.addWidget(self.beside)
        second.addStretch(1)
        self._nothing.setObjectName("muted")
        self.remarks.setObjectName("attention")
        self._found = QSplitter(Qt.Orientation.Horizontal, self)
        self._found.addWidget(self.table)
        self._found.addWidget(self.map)
        self._found.setStretchFactor(1, 1)
        self._found.setChildrenCollapsible(False)
        for widget in (self._nothing, self._found):
            self._stack.addWidget(widget)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(8)
        whole.addLayout(first)
        whole.addLayout(second)
        whole.addWidget(self._stack, 1)
        whole.addWidget(self.remarks)

    def _wire(self) -> None:
        self._state.changed.connect(self._show)
        self.side.currentIndexChanged.connect(self._choose_side)
        self._typing.timeout.connect(self._take)
        self.text.textEdited.connect(lambda _: self._typing.start())
        self.text.returnPressed.connect(self._take)
        self.source.returnPressed.connect(self._take)
        self.folder.clicked.connect(self.folder_wanted)
        self.moment.currentIndexChanged.connect(self._take_moment)
        self.beside.currentIndexChanged.connect(self._take_head)
        self.table.selectionModel().currentRowChanged.connect(self._take_row)

    def retranslate(self) -> None:
        sides = (self.tr("B: another text"), self.tr("B: another model"), self.tr("B: another moment of this run"))
        for number, words in enumerate(sides):
            self.side.setItemText(number, words)
        self.side.setAccessibleName(self.tr("What B is"))
        self.text.setPlaceholderText(self.tr("Another text, and Enter"))
        self.text.setAccessibleName(self.tr("Text of B"))
        self.source.setPlaceholderText(self.tr("A folder or a hub name, and Enter"))
        self.source.setAccessibleName(self.tr("Model of B"))
        self.folder.setText(self.tr("Folder…"))
        self.moment.setAccessibleName(self.tr("Moment of B"))
        self.beside_label.setText(self.tr("Head of B:"))
        self.beside.setAccessibleName(self.tr("Head of B"))
        self.table.setAccessibleName(self.tr("Table of matches"))
        self.table.setToolTip(self.tr("Which head of B does most nearly what each head of A does; 1 is the same pattern"))
        titles = ("A", "B", self.tr("Alike"), self.tr("Next best"), self.tr("Alike"))
        assert len(titles) == len(COLUMNS)
        self.model.set_words(titles, self.tr("{0} (shared)"))
        self._rest = self.tr("outside words")
        self._show()
