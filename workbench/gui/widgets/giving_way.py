"""A row of controls in a narrow window: what matters least gives way, so that nothing in the row is ever cut."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from workbench.gui.widgets.reactive import Reactive


class GivingWay(Reactive):
    """Calls `make_room` whenever its width, its letters or what stands in it are others."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)  # what is in it asks for no wider window

    def make_room(self) -> None:
        """Hide what has no room; must come to the same answer when it is asked again."""

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if self._reacting and event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            self.make_room()
        return done


def width_of(widget: QWidget) -> int:
    """Pixels in which nothing of a widget is cut, whether it is in sight or not."""
    return min(max(widget.sizeHint().width(), widget.minimumWidth()), widget.maximumWidth())


def show_what_fits(widgets: Iterable[QWidget], room: int, spacing: int) -> int:
    """Show of these, the most important first, those that have room in whole, and hide the others; the pixels left over."""
    for widget in widgets:
        needed = width_of(widget) + spacing
        widget.setVisible(needed <= room)
        room -= needed if needed <= room else 0
    return room
