"""Where no model predicts yet: what is needed, and the buttons that get it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from workbench.gui.widgets.reactive import Reactive


class NoPredictor(Reactive):
    """Three ways to a model."""

    run_wanted = Signal()
    folder_wanted = Signal()
    train_wanted = Signal()
    """There is none yet: a table to learn from is to be opened."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title, self._hint = QLabel(self), QLabel(self)
        self._title.setObjectName("title")
        self._hint.setObjectName("muted")
        self.run, self.folder, self.train = QPushButton(self), QPushButton(self), QPushButton(self)
        for button, wanted in ((self.run, self.run_wanted), (self.folder, self.folder_wanted), (self.train, self.train_wanted)):
            button.clicked.connect(wanted)
        column = QVBoxLayout(self)
        column.setSpacing(12)
        column.addStretch(3)
        for label in (self._title, self._hint):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setWordWrap(True)
            column.addWidget(label)
        for button in (self.run, self.folder, self.train):
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(4)
        self.allow_run(False)
        self.react()

    def allow_run(self, allowed: bool) -> None:
        """Whether there is a run whose model can be used; the likeliest way is the one that stands out."""
        self.run.setVisible(allowed)
        for button, primary in ((self.run, allowed), (self.train, not allowed)):
            button.setObjectName("primary" if primary else "")
            button.style().polish(button)

    def retranslate(self) -> None:
        self._title.setText(self.tr("Predictions need a trained model"))
        self._hint.setText(self.tr("Then type a text, or drop a table: it comes back with the predictions beside its rows."))
        self.run.setText(self.tr("Use the run on the Train page"))
        self.folder.setText(self.tr("Open a run or model folder…"))
        self.train.setText(self.tr("Train one first"))
