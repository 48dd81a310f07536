"""Trouble where it belongs: what is wrong, where, and how to mend it."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from workbench.contracts.errors import WorkbenchError
from workbench.gui.words import said_error


class TroubleBox(QLabel):
    """A box that is there only while something is wrong."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("error")
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.RichText)
        flags = Qt.TextInteractionFlag
        self.setTextInteractionFlags(flags.TextSelectableByMouse | flags.TextSelectableByKeyboard)
        self.hide()

    def show_trouble(self, trouble: WorkbenchError | None) -> None:
        """Show this, or nothing."""
        if trouble is not None:
            what, where, mend = (_wrapped(part) for part in said_error(trouble))
            place = f'<span style="font-size: 12px">{where}</span>'
            lines = [f"<b>{what}</b>", *([mend] if mend else []), *([place] if where else [])]
            self.setText("<br>".join(lines))
            self.setAccessibleName(" ".join(said_error(trouble)))
        self.setVisible(trouble is not None)


def _wrapped(text: str) -> str:
    """Text that is shown as it stands (a file's own words are never markup) and breaks within long paths too."""
    return escape(text[:2_000]).replace("/", "/\u200b").replace("_", "_\u200b")
