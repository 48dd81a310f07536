"""Garbage is collected in the GUI thread alone.

Python collects in whichever thread happens to make the object that is one too many, and with it may go the last trace of a widget
or of an item of a plot, which Qt allows to be taken away in the GUI thread only.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer, Slot

INTERVAL = 500
"""Milliseconds between two looks at how much there is to collect."""


class Collector(QObject):
    """Collects for as long as a window lives."""

    _living = 0

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        Collector._living += 1
        gc.disable()
        self._timer = QTimer(self, interval=INTERVAL)
        self._timer.timeout.connect(self.collect)
        self._timer.start()

    @Slot()
    def collect(self) -> None:
        """Collect the oldest generation that Python itself would have collected by now."""
        for generation, (count, most) in reversed(tuple(enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True)))):
            if count > most:
                gc.collect(generation)
                return

    def end(self) -> None:
        """Python collects by itself again, once no other window is left."""
        self._timer.stop()
        Collector._living -= 1
        if not Collector._living:
            gc.enable()
