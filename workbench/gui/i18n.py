"""The languages of the window: English as it stands in the source, 简体中文 from ``resources/translations``."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale, QTranslator

from workbench.resources import RESOURCES

LANGUAGES = {"en": "English", "zh_CN": "简体中文"}
TRANSLATIONS = RESOURCES / "translations"


def system_language() -> str:
    """The language the system asks for; English where it is none of ours."""
    return "zh_CN" if any(name.startswith("zh") for name in QLocale.system().uiLanguages()[:1]) else "en"


class Languages:
    """Which language the application speaks. Widgets hear of a change through ``QEvent.LanguageChange``."""

    def __init__(self, app: QCoreApplication) -> None:
        self._app = app
        self._translator: QTranslator | None = None
        self.current = "en"

    def speak(self, language: str) -> None:
        """Switch; English when the language is not known."""
        if self._translator is not None:
            self._app.removeTranslator(self._translator)
            self._translator = None
        self.current = language if language in LANGUAGES else "en"
        translator = QTranslator(self._app)
        if self.current != "en" and translator.load(f"workbench_{self.current}", str(TRANSLATIONS)):
            self._translator = translator
            self._app.installTranslator(translator)
