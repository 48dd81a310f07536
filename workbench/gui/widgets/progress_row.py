"""How far something is that takes long, with the button that ends it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from workbench.gui.widgets.reactive import Reactive

STEPS = 1000
"""Places of the bar."""


class ProgressRow(Reactive):
    """Words, a bar and *Cancel* in one line; out of sight while nothing is at work."""

    cancel_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = QLabel(self, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.words.setObjectName("muted")
        self.bar = QProgressBar(self, textVisible=False)
        self.bar.setMinimumWidth(160)
        self.button = QPushButton(self)
        self.button.clicked.connect(self.cancel_wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.words, 1)
        row.addWidget(self.bar, 1)
        row.addWidget(self.button)
        self.hide()
        self.react()

    def show_progress(self, words: str, share: float | None) -> None:
        """Say what is done, and how much of it; a bar that only moves where nobody knows (None)."""
        self.words.setText(words)
        self.bar.setRange(0, 0 if share is None else STEPS)
        if share is not None:
            self.bar.setValue(round(share * STEPS))
        self.show()

    def retranslate(self) -> None:
        self.button.setText(self.tr("Cancel"))
        self.bar.setAccessibleName(self.tr("Progress"))
