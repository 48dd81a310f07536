"""How a film can be saved, as a button with a menu."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from workbench.gui.widgets.save_menu import SaveMenu


class FilmSave(SaveMenu):
    """As gif, as html, or as png: a folder of pictures."""

    def __init__(self, parent: QWidget | None = None, *, both: bool = False) -> None:
        """`both`: two films in step are saved."""
        super().__init__(("gif", "html", "png"), parent)
        self._both = both
        self.react()

    def retranslate(self) -> None:
        self.button.setText(self.tr("Save both films") if self._both else self.tr("Save film"))
        said = {
            "gif": self.tr("Animation (GIF)…"), "html": self.tr("Page (HTML)…"), "png": self.tr("Pictures (folder of PNG)…"),
        }  # fmt: skip
        for form, action in self.forms.items():
            action.setText(said[form])
