"""What every widget with words or colours of its own does: it says and paints them anew when language or theme change."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QWidget

from workbench.gui.theme import Theme, theme_of


class Reactive(QWidget):
    """A widget whose words and colours follow the language and the theme.

    A subclass puts its words into `retranslate` and its colours into `recolour`, and calls `react` at the end of its
    ``__init__``, which calls both and from then on calls them again when needed.
    """

    _reacting = False
    _worn: tuple[Theme, str] | None = None
    """Theme and font that were last taken: Qt tells of one change of the look several times."""

    def react(self) -> None:
        """Say and paint everything now, and again at every change from now on."""
        self._reacting = True
        self.retranslate()
        self._wear()

    def retranslate(self) -> None:
        """Set every text that is read."""

    def recolour(self) -> None:
        """Take every colour from ``theme_of(self)``."""

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if self._reacting and event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif self._reacting and event.type() == QEvent.Type.PaletteChange:
            self._wear()

    def _wear(self) -> None:
        look = (theme_of(self), self.font().key())
        if look != self._worn:
            self._worn = look
            self.recolour()
