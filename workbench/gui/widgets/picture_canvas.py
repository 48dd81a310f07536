"""A picture whose patches are chosen by mouse and keys: shows a `PictureDrawing` and tells which token is pointed at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from workbench.contracts.frames import frozen
from workbench.contracts.pictures import SeenPicture
from workbench.gui.theme import theme_of
from workbench.gui.widgets.picture_drawing import PictureDrawing
from workbench.gui.widgets.reactive import Reactive


class PictureCanvas(Reactive):
    """Click a patch, or go with the arrow keys, to see where it looks; Home chooses the class token."""

    query_chosen = Signal(int)
    """Another token's attention is drawn; counted from 0."""
    token_hovered = Signal(object)
    """The token under the mouse, or None."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._drawing = PictureDrawing()
        self._here: int | None = None
        self._empty = ""
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(200, 160)
        self.react()

    # -- what is shown ------------------------------------------------------------------------------------------------

    @property
    def drawing(self) -> PictureDrawing:
        """What is drawn now: frozen, fit for an export on any thread."""
        return self._drawing

    @property
    def here(self) -> int | None:
        """The token under the mouse."""
        return self._here

    def set_heads(
        self, picture: SeenPicture, weights: NDArray[np.float32], tokens: Sequence[str], heads: Sequence[tuple[int, int]]
    ) -> None:
        """Show weights (query, key) over a picture; the chosen token stays while there is one of its place.

        Raises:
            ValueError: Weights, tokens and picture do not fit.
        """
        if weights.shape != (len(tokens), len(tokens)) or picture.patches.stop > len(tokens):
            raise ValueError(f"weights {weights.shape} do not fit {len(tokens)} tokens and {picture.patches.stop} with patches")
        weights = weights if not weights.flags.writeable else frozen(weights)
        query = self._drawing.query if self._drawing.query < len(tokens) else 0
        self._take(picture=picture, weights=weights, tokens=tuple(tokens), heads=tuple(heads), query=query)

    def show_nothing(self, text: str) -> None:
        """Explain in a line why there is no picture."""
        self._empty = text
        self._take(picture=None)

    def choose(self, query: int) -> None:
        """Draw the attention of this token."""
        if query != self._drawing.query and 0 <= query < len(self._drawing.tokens):
            self._take(query=query)
            self.query_chosen.emit(query)

    def set_look(self, *, scale: str | None = None, opacity: float | None = None, caption: str | None = None) -> None:
        """Change how it is drawn; None leaves a part as it is."""
        given = {"scale": scale, "opacity": opacity, "caption": caption}
        new = {name: value for name, value in given.items() if value is not None and value != getattr(self._drawing, name)}
        if new:
            self._take(**new)

    def sizeHint(self) -> QSize:
        return QSize(420, 420)

    def _take(self, **parts: object) -> None:
        self._drawing = replace(self._drawing, **parts)  # type: ignore[arg-type]  # names and types are those of the drawing
        self.update()

    # -- how it is drawn ----------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme, size = QPainter(self), theme_of(self), QSizeF(self.size())
        if self._drawing.picture is None:
            painter.setPen(QColor(theme.muted))
            around = self.rect().adjusted(12, 8, -12, -8)
            painter.drawText(around, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._empty)
            painter.end()
            return
        self._drawing.draw(painter, size)
        pointed = self._drawing.place_of(self._here, size) if self._here is not None else None
        if pointed is not None and self._here != self._drawing.query:
            self._drawing.frame(painter, pointed, QColor(theme.text), 1)
        if self.hasFocus():
            painter.setPen(QPen(QColor(theme.accent), 1))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        painter.end()

    def retranslate(self) -> None:
        self.setAccessibleName(
            self.tr("The picture and where one of its patches looks. Arrow keys choose another patch, Home the class token.")
        )

    def recolour(self) -> None:
        self._take(theme=theme_of(self), font=self.font())

    # -- what a person does -------------------------------------------------------------------------------------------

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._point(self._drawing.token_at(event.position(), QSizeF(self.size())))

    def leaveEvent(self, event: QEvent) -> None:
        self._point(None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        token = self._drawing.token_at(event.position(), QSizeF(self.size()))
        if event.button() == Qt.MouseButton.LeftButton and token is not None:
            self.choose(token)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {
            Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1), Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Down: (1, 0),
        }  # fmt: skip
        key = Qt.Key(event.key())
        if self._drawing.picture is None or key not in (*steps, Qt.Key.Key_Home):
            super().keyPressEvent(event)
        elif key == Qt.Key.Key_Home:
            self.choose(0)
        else:
            self.choose(self._beside(self._drawing.picture, *steps[key]))

    def _beside(self, picture: SeenPicture, down: int, across: int) -> int:
        """The next token that way: from the first row up to the tokens before the patches, and back."""
        query = self._drawing.query
        patch = picture.patch_of(query)
        if patch is None:
            before = query < picture.leading
            if down:
                return (picture.leading if down > 0 else query) if before else (picture.patches.stop - 1 if down < 0 else query)
            first, last = (0, picture.leading - 1) if before else (picture.patches.stop, len(self._drawing.tokens) - 1)
            return min(max(query + across, first), last)
        row, column = patch[0] + down, min(max(patch[1] + across, 0), picture.columns - 1)
        if row < 0:
            return 0 if picture.leading else query
        if row >= picture.rows:
            return picture.patches.stop if picture.patches.stop < len(self._drawing.tokens) else query
        return picture.token_of(row, column)

    def _point(self, token: int | None) -> None:
        if token != self._here:
            self._here = token
            self.token_hovered.emit(token)
            self.update()
