"""A layout that sets widgets beside each other, and into the next line where there is no room: as words in a text."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class Flow(QLayout):
    """Widgets from left to right, line by line; those that are hidden take no room."""

    def __init__(self, parent: QWidget | None = None, *, spacing: int = 6) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self.setSpacing(spacing)
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return max((place.bottom() + 1 for _, place in self._places(QRect(0, 0, width, 0))), default=0)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        for item, place in self._places(rect):
            item.setGeometry(place)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._items:
            if not item.isEmpty():
                size = size.expandedTo(item.minimumSize())
        return size

    def _places(self, rect: QRect) -> list[tuple[QLayoutItem, QRect]]:
        """Where each widget goes; those of a line stand on its middle."""
        places: list[tuple[QLayoutItem, QRect]] = []
        line: list[tuple[QLayoutItem, QSize]] = []
        x, y = rect.left(), rect.top()

        def end_line() -> int:
            height, at = max(size.height() for _, size in line), rect.left()
            for item, size in line:
                places.append((item, QRect(QPoint(at, y + (height - size.height()) // 2), size)))
                at += size.width() + self.spacing()
            return height

        for item in self._items:
            if item.isEmpty():
                continue
            size = QSize(min(item.sizeHint().width(), rect.width()), item.sizeHint().height())
            if line and x + size.width() > rect.right() + 1:
                y += end_line() + self.spacing()
                x, line = rect.left(), []
            line.append((item, size))
            x += size.width() + self.spacing()
        if line:
            end_line()
        return places
