"""The numbers beside the rows of a table, however many."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHeaderView, QWidget

ROW = 26
"""Pixels of a row. All are of one height and none is measured: so a million rows cost nothing."""


class RowNumbers(QHeaderView):
    """As wide as the last number.

    Qt would ask the model for two hundred of them, each five times, whenever rows come or go; while threads are at work every
    one of these calls waits for its turn, half a second in all.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setDefaultSectionSize(ROW)
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)

    def sizeHint(self) -> QSize:
        return self.sectionSizeFromContents(self.count() - 1) if self.count() else super().sizeHint()
