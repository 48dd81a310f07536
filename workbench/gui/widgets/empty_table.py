"""Where no table is open yet: a place to drop one, a button to find one, and samples to begin with."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from workbench.gui.theme import theme_of
from workbench.gui.widgets.reactive import Reactive

SAMPLES = ("reviews.csv", "评论.csv", "reverse.csv", "translation.csv")
"""Bundled tables, each for a task of its own kind or another language."""


class EmptyTable(Reactive):
    """A large friendly area. Whoever holds it takes the drop."""

    open_wanted = Signal()
    """The person wants to choose a file."""
    sample_wanted = Signal(str)
    """The person wants this bundled table."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title, self._hint, self._or = QLabel(self), QLabel(self), QLabel(self)
        self._title.setObjectName("title")
        self._hint.setObjectName("muted")
        self._or.setObjectName("muted")
        self._inviting = False
        for label in (self._title, self._hint, self._or):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setWordWrap(True)
        self.open_button = QPushButton(self)
        self.open_button.setObjectName("primary")
        self.open_button.clicked.connect(self.open_wanted)
        self.samples = {name: QPushButton(self) for name in SAMPLES}
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addStretch(1)
        for name, button in self.samples.items():
            button.clicked.connect(lambda checked=False, name=name: self.sample_wanted.emit(name))
            row.addWidget(button)
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(32, 32, 32, 32)
        layout.setSpacing(12)
        layout.addStretch(3)
        layout.addWidget(self._title)
        layout.addWidget(self._hint)
        layout.addSpacing(8)
        layout.addWidget(self.open_button, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addSpacing(36)
        layout.addWidget(self._or)
        layout.addLayout(row)
        layout.addStretch(4)
        self.react()

    def invite(self, inviting: bool) -> None:
        """Show that a file held over the area may be let go."""
        self._inviting = inviting
        self.update()

    def retranslate(self) -> None:
        self._title.setText(self.tr("Drop a table here"))
        self._hint.setText(
            self.tr("A spreadsheet, csv, text, json or parquet file. Encoding, columns and task are found; you can change each.")
        )
        self.open_button.setText(self.tr("Open table…"))
        self._or.setText(self.tr("or begin with a sample"))
        titles = {
            "reviews.csv": self.tr("Reviews: good or bad?"), "评论.csv": self.tr("评论: reviews in Chinese"),
            "reverse.csv": self.tr("Reverse a sequence"), "translation.csv": self.tr("Translate sentences"),
        }  # fmt: skip
        for name, button in self.samples.items():
            button.setText(titles[name])
            button.setToolTip(name)

    def recolour(self) -> None:
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), theme_of(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(QColor(theme.soft if self._inviting else theme.panel))
        painter.setPen(QPen(QColor(theme.accent if self._inviting else theme.muted), 1.5, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 14, 14)
