"""What a study of a text is shown in: its picture, or one line that says why there is none."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QStackedWidget, QVBoxLayout, QWidget

from workbench.gui.widgets.reactive import Reactive


class StudyView(Reactive):
    """A subclass puts its picture into `body`, calls `show_body` when there is one, and says in `default_words` why not."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._empty = ""
        self._stack = QStackedWidget(self)
        self.nothing = QLabel(self, wordWrap=True, alignment=Qt.AlignmentFlag.AlignCenter, textFormat=Qt.TextFormat.PlainText)
        self.nothing.setObjectName("muted")
        inside = QWidget(self._stack)
        self.body = QVBoxLayout(inside)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(6)
        self._stack.addWidget(self.nothing)
        self._stack.addWidget(inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._stack)

    @property
    def empty(self) -> bool:
        """Whether there is no picture."""
        return self._stack.currentIndex() == 0

    def show_nothing(self, text: str = "") -> None:
        """Explain in a line why there is nothing to see."""
        self._empty = text
        self.nothing.setText(text or self.default_words())
        self._stack.setCurrentIndex(0)

    def show_body(self) -> None:
        """There is something to see."""
        self._stack.setCurrentIndex(1)

    def default_words(self) -> str:
        """What stands there before anything was asked."""
        return ""

    def retranslate(self) -> None:
        self.nothing.setText(self._empty or self.default_words())


def words_below(parent: QWidget, lines: int = 1) -> QLabel:
    """A muted line below a picture, with room for so many lines: words that change move nothing."""
    label = QLabel(parent, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
    label.setObjectName("facts")
    label.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
    label.setMinimumHeight(lines * label.fontMetrics().lineSpacing() + 2)
    return label


def worry(label: QLabel, worried: bool) -> None:
    """Put a line of words into the colour of a warning, or back."""
    name = "attention" if worried else "facts"
    if label.objectName() != name:
        label.setObjectName(name)
        label.style().unpolish(label)
        label.style().polish(label)
