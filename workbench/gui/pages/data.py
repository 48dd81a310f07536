"""The Data page: a table at once, what was guessed about it, and what will be learned from."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)  # fmt: skip

from workbench.contracts.tables import SplitFacts, stands_above
from workbench.gui.models.data_state import DataState, Stage
from workbench.gui.models.doctor_state import DoctorState
from workbench.gui.pages.consultation import Consultation
from workbench.gui.theme import GAP, INSIDE
from workbench.gui.widgets.counts import rows_text
from workbench.gui.widgets.elided import Elided
from workbench.gui.widgets.empty_table import EmptyTable
from workbench.gui.widgets.guesses import Evidence, Guesses
from workbench.gui.widgets.reactive import Reactive
from workbench.gui.widgets.split_panels import SplitPanels
from workbench.gui.widgets.table_panel import TablePanel
from workbench.gui.words import said

SIDE = 52
"""Width of the right column, in letters."""
WIDE = 180
"""Letters of the page's width from which the doctor has a column of its own."""
NAME = 18
"""Letters of a file's name that have room before anything is shortened."""

WORTH_SAYING = 0.05
"""Share of the rows that are left out above which the page says so at once."""


class DataPage(Reactive):
    """Everything about the table of an experiment."""

    open_wanted = Signal()
    """The person wants to choose a file; `DataState.open` takes it."""
    sample_wanted = Signal(str)
    """The person wants a bundled table, by its file name."""
    next_wanted = Signal()
    """The person goes on to the model."""
    dropped = Signal(str)
    """A file that was dropped on the page."""

    def __init__(self, state: DataState, doctor: DoctorState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAcceptDrops(True)
        self.state, self.findings = state, doctor
        self.empty = EmptyTable(self)
        self.guesses = Guesses(self)
        self.preview = TablePanel(self)
        self.panels = SplitPanels(self)
        self.consultation = Consultation(doctor, self.preview, self.guesses, self.panels.lost, self)
        self.doctor = self.consultation.panel
        self.file_name, self.file_facts = Elided(self, letters=NAME), QLabel(self)
        self.file_name.setObjectName("title")
        self.file_facts.setObjectName("muted")
        self.other_button, self.next_button = QPushButton(self), QPushButton(self)
        self.next_button.setObjectName("primary")
        self.doing, self.progress, self.stop_button = Evidence(self), QProgressBar(self), QPushButton(self)
        self.progress.setRange(0, 1000)
        self.progress.setTextVisible(False)
        self.progress.setFixedSize(160, 8)
        self._what = ""
        self._split: SplitFacts | None = None
        """What the rows that are shown were made into."""
        self._lay_out()
        self._connect()
        self.react()
        self._show_opened()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(GAP)
        top.addWidget(self.file_name)
        top.addWidget(self.file_facts, 1)
        top.addWidget(self.other_button)
        card = QFrame(self)
        card.setObjectName("panel")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(INSIDE, INSIDE - 4, INSIDE, INSIDE - 4)
        inside.addWidget(self.guesses)
        self._side, self._own = QScrollArea(self), QScrollArea(self)
        beside = QWidget(self)
        beside.setObjectName("content")
        self._beside = QVBoxLayout(beside)
        self._beside.setContentsMargins(0, 0, GAP, 0)  # the scroll bar's place
        self._beside.addStretch(1)
        for area, content in ((self._side, self.panels), (self._own, beside)):
            area.setWidgetResizable(True)
            area.setWidget(content)
            area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # what is in it takes the focus, and is scrolled to
        self._own.hide()
        self.panels.insert(self.doctor)
        middle = QHBoxLayout()
        middle.setSpacing(GAP)
        middle.addWidget(self.preview, 1)
        for area in (self._own, self._side):
            middle.addWidget(area)
        bottom = QHBoxLayout()
        bottom.setSpacing(GAP)
        for widget in (self.progress, self.stop_button):
            policy = widget.sizePolicy()
            policy.setRetainSizeWhenHidden(True)
            widget.setSizePolicy(policy)
        bottom.addWidget(self.doing, 1)
        bottom.addWidget(self.progress)
        bottom.addWidget(self.stop_button)
        bottom.addWidget(self.next_button)
        full = QWidget(self)
        rows = QVBoxLayout(full)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(GAP)
        rows.addLayout(top)
        rows.addWidget(card)
        rows.addLayout(middle, 1)
        rows.addLayout(bottom)
        card.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._stack = QStackedLayout()
        self._stack.addWidget(self.empty)
        self._stack.addWidget(full)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(GAP, GAP, GAP, GAP)
        outer.addLayout(self._stack)

    def _connect(self) -> None:
        state, draft = self.state, self.state.draft
        self.empty.open_wanted.connect(self.open_wanted)
        self.empty.sample_wanted.connect(self.sample_wanted)
        self.other_button.clicked.connect(self.open_wanted)
        self.next_button.clicked.connect(self.next_wanted)
        self.stop_button.clicked.connect(self._stop_or_resume)
        self.guesses.chosen.connect(lambda name, value: draft.set("data", name, value))
        self.guesses.left.connect(lambda name: draft.clear("data", name))
        self.panels.limit_chosen.connect(lambda tokens: draft.set("data", "max_length", tokens))
        self.panels.limit_left.connect(lambda: draft.clear("data", "max_length"))
        self.preview.model.page_wanted.connect(state.want_page)
        self.preview.model.rows_wanted.connect(state.want_rows)
        state.page_arrived.connect(self.preview.model.take_page)
        state.page_failed.connect(self.preview.model.lose_page)
        state.opened.connect(self._show_opened)
        state.changed.connect(self._show)
        state.progressed.connect(self._show_progress)
        draft.changed.connect(self._show_guesses)

    # -- what is shown --------------------------------------------------------------------------------------------

    @Slot()
    def _show_opened(self) -> None:
        self.preview.show_table(self.state.table)
        self._show()

    @Slot()
    def _show(self) -> None:
        state = self.state
        self._stack.setCurrentIndex(0 if state.stage is Stage.NOTHING else 1)
        self._show_file()
        self._show_guesses()
        self.preview.show_whole(state.whole, state.trouble)
        if state.stage is Stage.READY and state.split is not self._split:
            self._split = state.split
            self.preview.show_mended(state.mended)
        self.panels.show_facts(state.whole, state.split, waiting=state.busy)
        self.next_button.setEnabled(state.stage is Stage.READY)
        self.progress.setVisible(state.busy)
        self.stop_button.setVisible(state.busy or state.stage in (Stage.STOPPED, Stage.TROUBLE))
        if not state.busy:
            self._what = ""
            self.progress.setValue(0)
        self._say()

    @Slot()
    def _show_guesses(self) -> None:
        self.guesses.show_facts(self.state.table, self.state.whole, self.state.draft.given["data"])

    @Slot(str, float)
    def _show_progress(self, what: str, share: float) -> None:
        if self.state.busy:
            self._what = what
            self.progress.setValue(round(1000 * share))
            self._say()

    def _show_file(self) -> None:
        table, whole = self.state.table, self.state.whole
        path = self.state.path
        name = Path(path).name
        self.file_name.setText(name)
        self.file_name.setToolTip(path)
        parts = []
        if table is not None:
            columns = len(table.columns)
            rows = rows_text(whole.row_count) if whole else self.tr("counting rows")
            parts = [
                self.tr("{0} × {1}").format(
                    rows, self.tr("{0} columns").format(f"{columns:,}") if columns != 1 else self.tr("1 column")
                ),
                self._size(table.size),
            ]
        self.file_facts.setText("  ·  ".join(parts))

    def _size(self, size: int) -> str:
        if size < 1_000:
            return self.tr("{0} bytes").format(size)
        if size < 1_000_000:
            return self.tr("{0} KB").format(f"{size / 1e3:,.0f}")
        return self.tr("{0} MB").format(f"{size / 1e6:,.1f}")

    def _ready_words(self) -> str:
        """Ready, and how much of the table is left out where that is a part worth a second look."""
        split, whole = self.state.split, self.state.whole
        if split is None or whole is None:
            return self.tr("Ready to learn from.")
        rejected = sum(not stands_above(row.reason) for row in whole.rejected)
        lost = split.counts.get("unusable", 0) + rejected
        rows = split.counts.get("read", 0) + rejected
        if not rows or lost / rows <= WORTH_SAYING:
            return self.tr("Ready to learn from.")
        return self.tr("Ready: {0} of {1} rows are used, {2} are left out; see “Left out”.").format(
            f"{rows - lost:,}", f"{rows:,}", f"{lost:,}"
        )

    def _say(self) -> None:
        stage, again = self.state.stage, self.state.stage is Stage.TROUBLE
        self.stop_button.setText(self.tr("Cancel") if self.state.busy else self.tr("Try again") if again else self.tr("Read on"))
        says = {
            Stage.OPENING: self.tr("Opening the table…"), Stage.READING: self.tr("Reading the table…"),
            Stage.PREPARING: self.tr("Making examples of the rows…"), Stage.READY: self._ready_words(),
            Stage.STOPPED: self.tr("Stopped. What was read so far stays."),
            Stage.TROUBLE: self.tr("Something needs mending first: see above the table."),
        }  # fmt: skip
        self.doing.say(said(self._what) if self._what and self.state.busy else says.get(stage, ""))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:  # letters grow for an audience
            for area in (self._side, self._own):
                area.setFixedWidth(SIDE * self.fontMetrics().averageCharWidth())
            self._spread(self._is_wide())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._spread(self._is_wide())

    def _is_wide(self) -> bool:
        return self.width() >= WIDE * self.fontMetrics().averageCharWidth()

    def _spread(self, wide: bool) -> None:
        """Give the doctor a column of its own where there is room for one, else a place among the other cards."""
        if wide == self._own.isHidden():
            self._own.setVisible(wide)
            if wide:
                self._beside.insertWidget(0, self.doctor)
            else:
                self.panels.insert(self.doctor)

    def retranslate(self) -> None:
        self.guesses.setAccessibleName(self.tr("How the table is understood"))
        self.other_button.setText(self.tr("Open another table…"))
        self.next_button.setText(self.tr("Next: Model"))
        self.progress.setAccessibleName(self.tr("Progress of reading"))
        self._show()

    # -- what a person does ---------------------------------------------------------------------------------------

    @Slot()
    def _stop_or_resume(self) -> None:
        if self.state.busy:
            self.state.cancel()
        else:
            self.state.resume()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _file_of(event):
            event.acceptProposedAction()
            self.empty.invite(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.empty.invite(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self.empty.invite(False)
        path = _file_of(event)
        if path:
            event.acceptProposedAction()
            self.dropped.emit(path)


def _file_of(event: QDropEvent) -> str:
    """The one file that is dropped; folders and several files are for whoever holds the page."""
    urls = event.mimeData().urls()
    path = urls[0].toLocalFile() if len(urls) == 1 else ""
    return path if path and Path(path).is_file() else ""
