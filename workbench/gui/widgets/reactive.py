"""What every widget with words or colours of its own does: it says and paints them anew when language or theme change."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QWidget


class Reactive(QWidget):
    """A widget whose words and colours follow the language and the theme.

    A subclass puts its words into `retranslate` and its colours into `recolour`, and calls `react` at the end of its
    ``__init__``, which calls both and from then on calls them again when needed.
    """

    _reacting = False

    def react(self) -> None:
        """Say and paint everything now, and again at every change from now on."""
        self._reacting = True
        self.retranslate()
        self.recolour()

    def retranslate(self) -> None:
        """Set every text that is read."""

    def recolour(self) -> None:
        """Take every colour from ``theme_of(self)``."""

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if self._reacting and event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif self._reacting and event.type() == QEvent.Type.PaletteChange:
            self.recolour()
