"""A button whose menu offers the forms in which something can be saved."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QWidget

from workbench.gui.widgets.reactive import Reactive


class SaveMenu(Reactive):
    """Emits the form that is chosen; whoever inherits gives the words, then calls `react`."""

    wanted = Signal(str)
    """One of the forms."""

    def __init__(self, forms: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.button = QPushButton(self)
        menu = QMenu(self.button)
        self.forms: dict[str, QAction] = {form: menu.addAction("") for form in forms}
        for form, action in self.forms.items():
            action.triggered.connect(lambda _=False, form=form: self.wanted.emit(form))
        self.button.setMenu(menu)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.button)
