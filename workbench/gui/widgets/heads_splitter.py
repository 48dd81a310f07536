"""The wall and the chosen head beside or below each other: the wall gets what its heads need, until a person says otherwise."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

from workbench.gui.theme import GAP
from workbench.gui.widgets.head_wall import HeadWall

LEAST = 0.36
"""Share of the room that the wall gets at least."""
MOST_BESIDE, MOST_ABOVE = 0.55, 0.42
"""And at most: a wall of many heads scrolls rather than press the chosen one."""


class HeadsSplitter(QSplitter):
    """Shares the room between the wall and what stands beside or below it."""

    def __init__(self, wall: HeadWall, large: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._wall = wall
        self._shared_for: tuple[object, ...] = ()
        self._moved = False  # by a person
        self.setHandleWidth(GAP)
        self.setChildrenCollapsible(False)
        self.addWidget(wall)
        self.addWidget(large)
        self.splitterMoved.connect(self._keep)

    def turn(self, wide: bool) -> None:
        """Put the chosen head beside the wall, or below it."""
        direction = Qt.Orientation.Horizontal if wide else Qt.Orientation.Vertical
        if direction != self.orientation():
            self.setOrientation(direction)
            self._moved = False
            self.share()

    def share(self) -> None:
        """Give the wall what its heads need, within bounds; nothing happens while shape and size are the same."""
        frame, wide = self._wall.frame, self.orientation() == Qt.Orientation.Horizontal
        room = (self.width() if wide else self.height()) - self.handleWidth()
        of = (frame.weights.shape if frame else None, wide, self.size())
        if self._moved or frame is None or room < 2 or of == self._shared_for:
            return
        self._shared_for = of
        wanted = self._wall.wanted(QSize(0 if wide else self.width(), 0))
        most = MOST_BESIDE if wide else MOST_ABOVE
        part = int(min(max(wanted.width() if wide else wanted.height(), LEAST * room), most * room))
        self.setSizes([part, room - part])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.share()

    def _keep(self, _position: int, _handle: int) -> None:
        self._moved = True
