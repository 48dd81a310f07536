"""A combo box that a wheel rolls past instead of changing it."""

from __future__ import annotations

from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox


class CalmCombo(QComboBox):
    """Changes by click and key alone."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()
