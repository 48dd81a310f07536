"""How far a table of predictions is, and what came of it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from workbench.contracts.predictions import TableDone
from workbench.contracts.tables import LostRow, stands_above
from workbench.gui.models.predict_table_state import PredictTableState, Stage
from workbench.gui.models.run_state import clock
from workbench.gui.widgets.counts import above_text, rows_text
from workbench.gui.widgets.reactive import Reactive
from workbench.gui.widgets.rejected_rows import RejectedRows
from workbench.gui.words import said


class PredictionOutcome(Reactive):
    """Shows the second half of a `PredictTableState`: progress, Cancel, Resume, and the file."""

    folder_wanted = Signal(str)
    """The folder of this file is to be shown."""

    def __init__(self, state: PredictTableState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self.bar = QProgressBar(self, textVisible=False)
        self.bar.setRange(0, 1000)
        self.bar.setFixedSize(160, 8)
        self.line = QLabel(self, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.cancel, self.resume, self.folder = QPushButton(self), QPushButton(self), QPushButton(self)
        self.cancel.clicked.connect(state.stop)
        self.resume.clicked.connect(state.go_on)
        self.folder.clicked.connect(lambda: self.folder_wanted.emit(state.done.out if state.done else ""))
        self.lost = RejectedRows(self)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self.bar)
        row.addWidget(self.line, 1)
        for button in (self.cancel, self.resume, self.folder):
            row.addWidget(button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(8)
        whole.addLayout(row)
        whole.addWidget(self.lost)
        state.changed.connect(self._show)
        self.react()

    def _show(self) -> None:
        state = self._state
        stage, advance = state.stage, state.advance
        self.setVisible(stage in (Stage.WORKING, Stage.STOPPED, Stage.DONE))
        self.bar.setVisible(stage in (Stage.WORKING, Stage.STOPPED))
        self.bar.setValue(round(1000 * advance.done / max(1, advance.total)) if advance is not None else 0)
        self.cancel.setVisible(stage is Stage.WORKING)
        self.resume.setVisible(stage is Stage.STOPPED)
        self.folder.setVisible(stage is Stage.DONE)
        self.line.setText(self._line())
        rejected = state.done.rejected if state.done is not None else ()
        lost = tuple(LostRow(line=row["line"], text=row["text"], reason=row["reason"]) for row in rejected)
        above = [row.line for row in lost if stands_above(row.reason)]
        failed = self.tr("Rows that could not be read and are not in the file: {0}").format(f"{len(lost) - len(above):,}")
        note = " ".join(filter(None, (above_text(above), failed if len(lost) > len(above) else "")))
        self.lost.show_rows(lost, note)
        self.lost.setVisible(bool(lost))

    def _line(self) -> str:
        state = self._state
        if state.done is not None:
            return self._done(state.done)
        advance = state.advance
        if advance is None:
            return said(state.at_work) if state.stage is Stage.WORKING else self.tr("Stopped; what is done is kept.")
        done, total = f"{advance.done:,}", f"{advance.total:,}"
        if state.stage is Stage.STOPPED:
            return self.tr("Stopped; {0} of {1} rows are kept.").format(done, total)
        if advance.what == "writing":
            return self.tr("Writing the file: {0} of {1} rows").format(done, total)
        line = self.tr("{0} of {1} rows").format(done, total)
        if advance.kept:
            line += " · " + self.tr("{0} of them from before").format(f"{advance.kept:,}")
        if advance.seconds_left is not None:
            line += " · " + self.tr("{0} left").format(clock(advance.seconds_left))
        return line

    def _done(self, done: TableDone) -> str:
        parts = [self.tr("{0} written: {1}").format(rows_text(done.rows), done.out)]
        if done.kept:
            kept = self.tr("{0} were predicted before an interruption").format(f"{done.kept:,}")
            parts.append(self.tr("1 was predicted before an interruption") if done.kept == 1 else kept)
        if done.unusable:
            empty = self.tr("{0} have no text and keep their place").format(f"{done.unusable:,}")
            parts.append(self.tr("1 has no text and keeps its place") if done.unusable == 1 else empty)
        if done.cut:
            cut = self.tr("{0} texts were longer than the model reads").format(f"{done.cut:,}")
            parts.append(self.tr("1 text was longer than the model reads") if done.cut == 1 else cut)
        if done.neutralised:
            formulas = self.tr("{0} cells got an apostrophe").format(f"{done.neutralised:,}")
            parts.append(self.tr("1 cell got an apostrophe") if done.neutralised == 1 else formulas)
        return " · ".join(parts)

    def retranslate(self) -> None:
        self.cancel.setText(self.tr("Cancel"))
        self.cancel.setToolTip(self.tr("End after this part; what is done is kept, and can be gone on with"))
        self.resume.setText(self.tr("Resume"))
        self.folder.setText(self.tr("Open folder"))
        self.bar.setAccessibleName(self.tr("Progress of the predictions"))
        self._show()
