"""One way for order to enter a transformer, small: its table, how alike positions are, what distance does, single curves."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QLabel, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from workbench.contracts.frames import PositionFrame, PositionPicture
from workbench.gui.colours import categorical
from workbench.gui.models.position_maths import bias_matrix, similarity
from workbench.gui.models.schemes import decay, picture_of, spread
from workbench.gui.theme import theme_of
from workbench.gui.widgets.curves_plot import curves_plot, show_curves, wear
from workbench.gui.widgets.position_map import PositionMap
from workbench.gui.widgets.reactive import Reactive
from workbench.gui.widgets.study_view import words_below

TABLE, LIKENESS, DECAY, CURVES = range(4)
NAMES = ("table", "similarity", "decay", "curves")
"""How files call them."""


class SchemeCard(Reactive):
    """A title, a picture, and a line that reads the value under the cursor."""

    def __init__(self, scheme: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scheme = scheme
        self._frame: PositionFrame | None = None
        self._view, self._head, self._own, self._cosine = TABLE, 0, False, True
        self.title = QLabel(self, textFormat=Qt.TextFormat.PlainText)
        self.title.setObjectName("heading")
        self.how = words_below(self, 3)
        self.map = PositionMap(self)
        self.map.hovered.connect(self._tell)
        self.plot = curves_plot(self)
        self.pictures = QStackedWidget(self)
        self.pictures.addWidget(self.map)
        self.pictures.addWidget(self.plot)
        self.facts = QLabel(self, wordWrap=True)
        self.facts.setObjectName("facts")
        self.facts.setMinimumHeight(2 * self.facts.fontMetrics().lineSpacing() + 2)
        self.facts.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        for label in (self.title, self.how, self.facts):
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(4)
        whole.addWidget(self.title)
        whole.addWidget(self.how)
        whole.addWidget(self.pictures, 1)
        whole.addWidget(self.facts)
        self.react()

    @property
    def frame(self) -> PositionFrame | None:
        """What is drawn."""
        return self._frame

    @property
    def own(self) -> bool:
        """Whether it is a model's."""
        return self._own

    def set_frame(self, frame: PositionFrame, view: int, *, head: int = 0, own: bool = False, cosine: bool = True) -> None:
        """Draw a scheme.

        Args:
            frame: Its table or its bias.
            view: `TABLE`, `LIKENESS`, `DECAY` or `CURVES`.
            head: Whose bias `LIKENESS` shows, counted from 0.
            own: It is a model's, not a formula's.
            cosine: `LIKENESS` divides products by the lengths of the vectors.
        """
        self._frame, self._view, self._own, self._cosine = frame, view, own, cosine
        self._head = min(head, max(0, frame.values.shape[1] - 1))
        self._entitle()
        self._draw(frame)

    def picture(self) -> PositionPicture | None:
        """What is drawn, for a file; None before there is anything."""
        if self._frame is None:
            return None
        return picture_of(self._frame, NAMES[self._view], head=self._head, cosine=self._cosine, own=self._own)

    def _draw(self, frame: PositionFrame) -> None:
        """The chosen view of it."""
        bias = frame.columns == "head"
        self.pictures.setCurrentWidget(self.map if self._view in (TABLE, LIKENESS) else self.plot)
        if self._view == TABLE:
            self.map.name_axes(self._offset if bias else self._position, self._head_word if bias else self._dimension)
            self.map.set_values(frame.values, first=(frame.first if bias else 1, 1))
        elif self._view == LIKENESS:
            self.map.name_axes(self._query if bias else self._position, self._key if bias else self._position)
            alike = bias_matrix(frame.values, self._head) if bias else similarity(frame.values, cosine=self._cosine)
            self.map.set_values(alike, square=True)
        elif self._view == DECAY:
            seen = decay(frame)
            self._curve(np.arange(len(seen)), seen[:, list(spread(frame))] if bias else seen, self._apart)
        else:
            first = frame.first if bias else 1
            self._curve(
                np.arange(len(frame.values)) + first,
                frame.values[:, list(spread(frame))],
                self._offset if bias else self._position,
            )
        self._tell()

    def _curve(self, along: NDArray[np.int_], values: NDArray[np.float32], name: str) -> None:
        show_curves(self.plot, along, values, name, categorical(theme_of(self), values.shape[1]))

    @Slot()
    def _tell(self) -> None:
        """The value under the cursor, or what the colours of the curves mean."""
        frame, cell = self._frame, self.map.cell
        if frame is None:
            return
        if self._view in (DECAY, CURVES):
            self.facts.setText(self._legend(frame))
        elif cell is None:
            rows, columns = self.map.values.shape
            bias = self._view == LIKENESS and frame.columns == "head" and frame.values.shape[1] > 1
            self.facts.setText(
                self.tr("head {0} of {1}").format(self._head + 1, frame.values.shape[1]) if bias
                else self.tr("{0} × {1} numbers").format(rows, columns)
            )  # fmt: skip
        else:
            row, column = cell
            first = frame.first if self._view == TABLE and frame.columns == "head" else 1
            self.facts.setText(
                self.tr("row {0}, column {1}: {2}").format(row + first, column + 1, f"{float(self.map.values[row, column]):.4f}")
            )

    def _legend(self, frame: PositionFrame) -> str:
        """Which colour is which head or dimension; nothing where there is one curve."""
        columns = spread(frame)
        if len(columns) < 2 or (self._view == DECAY and frame.columns != "head"):
            return ""
        inks = categorical(theme_of(self), len(columns))
        squares = " ".join(
            f'<span style="color:{ink}">■</span>&nbsp;{column + 1}' for ink, column in zip(inks, columns, strict=True)
        )
        said = self.tr("head: {0}") if frame.columns == "head" else self.tr("dimension: {0}")
        return said.format(squares)

    def _entitle(self) -> None:
        name = self._names[self._scheme]
        self.title.setText(self.tr("{0} · this model's own").format(name) if self._own else name)
        self.how.setText(self._own_how.get(self._scheme, self._how[self._scheme]) if self._own else self._how[self._scheme])

    def recolour(self) -> None:
        wear(self.plot, theme_of(self))
        if self._frame is not None:
            self._draw(self._frame)

    def retranslate(self) -> None:
        self._names = {
            "sinusoidal": self.tr("Sinusoidal"), "learned": self.tr("Learned"), "rotary": self.tr("Rotary"),
            "alibi": self.tr("ALiBi"), "relative": self.tr("Relative"),
        }  # fmt: skip
        self._how = {
            "sinusoidal": self.tr("fixed waves, added to the embeddings"),
            "learned": self.tr("a table, added to the embeddings; here before training"),
            "rotary": self.tr("turns query and key by fixed angles: cosines, then sines"),
            "alibi": self.tr("a fixed slope per head, added to the scores"),
            "relative": self.tr("trained biases of the scores; here which one an offset uses"),
        }
        self._own_how = {
            "learned": self.tr("a trained table, added to the embeddings"),
            "relative": self.tr("trained biases, added to the scores"),
        }
        self._offset, self._position = self.tr("offset (key − query)"), self.tr("position")
        self._dimension, self._head_word = self.tr("dimension"), self.tr("head")
        self._query, self._key, self._apart = self.tr("query"), self.tr("key"), self.tr("distance")
        self.map.setAccessibleName(self._names[self._scheme])
        self._entitle()
        if self._frame is not None:
            self._draw(self._frame)
