"""How a film can be saved, as a button with a menu."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QWidget

from workbench.gui.widgets.reactive import Reactive

FORMS = ("gif", "html", "png")


class FilmSave(Reactive):
    """Offers every form."""

    wanted = Signal(str)
    """gif, html, or png for a folder of pictures."""

    def __init__(self, parent: QWidget | None = None, *, both: bool = False) -> None:
        """`both`: two films in step are saved."""
        super().__init__(parent)
        self._both = both
        self.button = QPushButton(self)
        menu = QMenu(self.button)
        self.forms: dict[str, QAction] = {form: menu.addAction("") for form in FORMS}
        for form, action in self.forms.items():
            action.triggered.connect(lambda _=False, form=form: self.wanted.emit(form))
        self.button.setMenu(menu)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.button)
        self.react()

    def retranslate(self) -> None:
        self.button.setText(self.tr("Save both films") if self._both else self.tr("Save film"))
        said = {
            "gif": self.tr("Animation (GIF)…"), "html": self.tr("Page (HTML)…"), "png": self.tr("Pictures (folder of PNG)…"),
        }  # fmt: skip
        for form, action in self.forms.items():
            action.setText(said[form])
