"""A notice in the page it concerns: what happened, where, how to mend it; with a way to copy the details and to close it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from workbench.contracts.errors import WorkbenchError
from workbench.gui.widgets.reactive import Reactive
from workbench.gui.words import said, said_error


class Notice(Reactive):
    """Hidden while there is nothing to say. The newest notice stands; a warning does not cover an error."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._error: WorkbenchError | None = None
        self._warning = ""
        self.what, self.mend = QLabel(self), QLabel(self)
        for label in (self.what, self.mend):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.copy, self.close_button = QPushButton(self), QPushButton(self)
        for button in (self.copy, self.close_button):
            button.setObjectName("link")
        self.copy.clicked.connect(self._copy)
        self.close_button.clicked.connect(self.clear)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(self.what)
        words.addWidget(self.mend)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 8, 10, 8)
        row.addLayout(words, 1)
        row.addWidget(self.copy, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()
        self.react()

    def fail(self, error: WorkbenchError) -> None:
        """Show an error."""
        self._error = error
        self._show()

    def warn(self, message: str) -> None:
        """Show something that does not stop the work."""
        self._warning = message
        self._show()

    def withdraw(self, message: str) -> None:
        """A warning no longer holds; whatever else is said stays."""
        if message and message == self._warning:
            self._warning = ""
            if self._error is None:
                self.hide()

    def clear(self) -> None:
        """Say nothing."""
        self._error, self._warning = None, ""
        self.hide()

    def retranslate(self) -> None:
        self.copy.setText(self.tr("Copy details"))
        self.close_button.setText(self.tr("Close"))
        if not self.isHidden():
            self._show()

    def _show(self) -> None:
        kind = "error" if self._error is not None else "warning"
        if self.objectName() != kind:
            self.setObjectName(kind)
            self.style().polish(self)
        if self._error is not None:
            what, where, mend = said_error(self._error)
            self.what.setText(f"{what}\n{where}" if where else what)
            self.mend.setText(mend)
        else:
            self.what.setText(said(self._warning))
            self.mend.setText("")
        self.mend.setVisible(bool(self.mend.text()))
        self.setAccessibleName(self.what.text())
        self.show()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(f"{self.what.text()}\n{self.mend.text()}".strip())
