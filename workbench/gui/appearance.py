"""How the whole application looks and which language it speaks, as the settings say."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from workbench.gui import theme
from workbench.gui.i18n import Languages, system_language
from workbench.gui.settings import Settings

PRESENTED = 1.35
"""How much larger letters are for an audience."""


class Appearance(QObject):
    """Theme, language and the size of letters; the theme follows the system where the settings say so."""

    def __init__(self, app: QApplication, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._app, self._settings = app, settings
        self.languages = Languages(app)
        self._presented = False
        self._speak()
        self._dress()
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._dress)

    def set_theme(self, name: str) -> None:
        """system, light or dark."""
        self._settings.theme = name
        self._dress()

    def set_language(self, name: str) -> None:
        """system, or one of `workbench.gui.i18n.LANGUAGES`."""
        self._settings.language = name
        self._speak()

    def present(self, on: bool) -> None:
        """Letters that are read from the last row."""
        self._presented = on
        self._dress()

    def end(self) -> None:
        """Speak English again."""
        self.languages.end()

    def _dress(self) -> None:
        fixed = {"light": theme.LIGHT, "dark": theme.DARK}
        theme.apply(self._app, fixed.get(self._settings.theme) or theme.system_theme(), PRESENTED if self._presented else 1.0)

    def _speak(self) -> None:
        self.languages.speak(system_language() if self._settings.language == "system" else self._settings.language)
