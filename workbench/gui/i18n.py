"""The languages of the window: English as it stands in the source, 简体中文 from ``resources/translations``."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

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
        self._translators: list[QTranslator] = []
        self.current = "en"

    def speak(self, language: str) -> None:
        """Switch; English when the language is not known."""
        self.end()
        self.current = language if language in LANGUAGES else "en"
        if self.current == "en":
            return
        qt = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)  # what Qt itself says: OK, Cancel, file dialogs
        for name, folder in ((f"qtbase_{self.current}", qt), (f"workbench_{self.current}", str(TRANSLATIONS))):
            translator = QTranslator(self._app)
            if translator.load(name, folder):
                self._app.installTranslator(translator)  # the last one is asked first
                self._translators.append(translator)

    def end(self) -> None:
        """Speak English again, as the source does."""
        for translator in self._translators:
            self._app.removeTranslator(translator)
            translator.deleteLater()
        self._translators = []
