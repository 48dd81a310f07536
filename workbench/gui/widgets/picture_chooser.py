"""Which picture a model of pictures looks at: a button, and the file's name."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from workbench.contracts.pictures import ENDINGS
from workbench.gui.widgets.elided import Elided, plain_tip
from workbench.gui.widgets.reactive import Reactive


def dropped_picture(event: QDropEvent) -> Path | None:
    """The one file that is dropped, where it ends as pictures do: folders, tables and models are for others."""
    urls = event.mimeData().urls()
    path = Path(urls[0].toLocalFile()) if len(urls) == 1 and urls[0].isLocalFile() else None
    return path if path is not None and path.suffix.lower().lstrip(".") in ENDINGS else None


class PictureChooser(Reactive):
    """Tells that a person wants to choose a picture, and names the chosen one."""

    picture_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.button, self.name = QPushButton(self), Elided(self)
        self._path = ""
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.button)
        row.addWidget(self.name)
        row.addStretch(1)
        self.button.clicked.connect(self.picture_wanted)
        self.react()

    def show_picture(self, path: str) -> None:
        """Name the picture that is looked at; none where it is empty."""
        self._path = path
        self.name.setText(Path(path).name if path else self.tr("No picture yet: choose one, or drop one on this page."))
        self.name.setToolTip(plain_tip(path))

    def retranslate(self) -> None:
        self.button.setText(self.tr("Choose a picture…"))
        self.show_picture(self._path)
