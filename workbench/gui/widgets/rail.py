"""The rail at the left: one button with icon and word for each page, Ctrl+1 … for each."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QToolButton, QVBoxLayout, QWidget

from workbench.gui.icons import icon
from workbench.gui.theme import theme_of
from workbench.gui.widgets.reactive import Reactive

WIDTH = 84


class Rail(Reactive):
    """Chooses pages by name."""

    chosen = Signal(str)

    def __init__(self, pages: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rail")
        self.setFixedWidth(WIDTH)
        self.buttons = {name: self._button(name) for name in pages}
        group = QButtonGroup(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 12, 8, 8)
        column.setSpacing(4)
        for button in self.buttons.values():
            group.addButton(button)
            column.addWidget(button)
        column.addStretch(1)
        self.react()

    def show_page(self, name: str) -> None:
        """Mark the page that is shown."""
        self.buttons[name].setChecked(True)

    def retranslate(self) -> None:
        words = {
            "data": self.tr("Data"), "model": self.tr("Model"), "train": self.tr("Train"), "inspect": self.tr("Inspect"),
            "predict": self.tr("Predict"), "runs": self.tr("Runs"), "lessons": self.tr("Lessons"),
        }  # fmt: skip
        for number, (name, button) in enumerate(self.buttons.items(), start=1):
            button.setText(words[name])
            button.setToolTip(self.tr("{0} (Ctrl+{1})").format(words[name], number))

    def recolour(self) -> None:
        theme = theme_of(self)
        for name, button in self.buttons.items():
            button.setIcon(icon(name, theme.muted, theme.accent))

    def _button(self, name: str) -> QToolButton:
        button = QToolButton(self)
        button.setCheckable(True)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        button.setIconSize(QSize(22, 22))
        button.setFixedSize(WIDTH - 16, 56)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.clicked.connect(lambda: self.chosen.emit(name))
        return button
