"""How order enters the model: the encoding as colours, how alike positions are, and single dimensions as curves."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QSpinBox,
    QStackedWidget,
    QWidget,
)

from workbench.contracts.frames import PositionFrame
from workbench.gui.models.position_maths import bias_matrix, by_offset, mean_norm, similarity, slopes
from workbench.gui.theme import theme_of
from workbench.gui.widgets.counts import heads_text
from workbench.gui.widgets.curves_plot import curves_plot, show_curves, wear
from workbench.gui.widgets.panel import Panel
from workbench.gui.widgets.position_map import PositionMap

TABLE, LIKENESS, CURVES = range(3)
CURVES_SHOWN = 4
"""Neighbouring dimensions that are drawn together."""


class PositionPanel(Panel):
    """The position encoding of a model, as it is now."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._frame: PositionFrame | None = None
        self._scheme = ""
        self.views = QButtonGroup(self)
        for number in (TABLE, LIKENESS, CURVES):
            button = QPushButton(self)
            button.setCheckable(True)
            button.setChecked(number == TABLE)
            self.views.addButton(button, number)
            self.controls.addWidget(button)
        self.views.idClicked.connect(self._show_view)

        self.map = PositionMap(self)
        self.map.hovered.connect(self._tell_cell)
        self.plot = curves_plot(self)
        self.message = QLabel(self)
        self.message.setObjectName("muted")
        self.message.setWordWrap(True)
        self.message.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.pages = QStackedWidget(self)
        self.pages.setMinimumHeight(70)
        pictures = QWidget(self.pages)
        row = QHBoxLayout(pictures)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.map, 3)
        row.addWidget(self.plot, 4)
        self.pages.addWidget(self.message)
        self.pages.addWidget(pictures)
        self.body.addWidget(self.pages, 1)

        self.readout = QLabel(self, wordWrap=True)
        self.readout.setObjectName("facts")
        self.readout.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.cosine = QCheckBox(self)
        self.cosine.toggled.connect(self._redraw)
        self.chosen_label = QLabel(self)
        self.chosen_label.setObjectName("facts")
        self.chosen = QSpinBox(self)
        self.chosen.setMinimum(1)
        self.chosen.setFixedWidth(84)
        self.chosen_label.setBuddy(self.chosen)
        self.chosen.valueChanged.connect(self._redraw)
        bottom = QHBoxLayout()
        bottom.setSpacing(8)
        bottom.addWidget(self.readout, 1)
        for widget in (self.cosine, self.chosen_label, self.chosen):
            policy = widget.sizePolicy()
            policy.setRetainSizeWhenHidden(widget is self.chosen)
            widget.setSizePolicy(policy)
            bottom.addWidget(widget)
        self.body.addLayout(bottom)
        self.react()

    # -- what is shown --------------------------------------------------------------------------------------------

    @property
    def frame(self) -> PositionFrame | None:
        """What is drawn."""
        return self._frame

    @property
    def view(self) -> int:
        """`TABLE`, `LIKENESS` or `CURVES`."""
        return self.views.checkedId()

    def set_frame(self, frame: PositionFrame | None, scheme: str) -> None:
        """Show an encoding; cheap enough for every look at a model that learns.

        Args:
            frame: The encoding; None while there is none, or where the scheme has none.
            scheme: How order enters: none, sinusoidal, learned, rotary, alibi, relative; empty while no model is known.
        """
        if frame is not None:
            scheme = frame.scheme  # of a pretrained model no setting says it
        changed = self._kind(frame, scheme) != self._kind(self._frame, self._scheme)
        self._frame, self._scheme = frame, scheme
        if frame is not None:
            self.chosen.blockSignals(True)
            self.chosen.setMaximum(max(1, frame.values.shape[1]))
            self.chosen.blockSignals(False)
        if changed:
            self.retranslate()
        else:
            self._redraw()

    def show_view(self, view: int) -> None:
        """Choose `TABLE`, `LIKENESS` or `CURVES`."""
        self.views.button(view).setChecked(True)
        self._show_view()

    @staticmethod
    def _kind(frame: PositionFrame | None, scheme: str) -> tuple[object, ...]:
        return (scheme, None) if frame is None else (scheme, frame.rows, frame.columns, frame.values.shape, frame.first)

    @Slot()
    def _show_view(self) -> None:
        self.retranslate()

    # -- words and colours ----------------------------------------------------------------------------------------

    def retranslate(self) -> None:
        frame = self._frame
        bias = frame is not None and frame.columns == "head"
        self.entitle(self.tr("Positions"))
        self.views.button(TABLE).setText(self.tr("Table"))
        self.views.button(LIKENESS).setText(self.tr("Bias") if bias else self.tr("Similarity"))
        self.views.button(CURVES).setText(self.tr("Curves"))
        self.views.button(TABLE).setToolTip(
            self.tr("What each head adds to a score, by how far the key is from the query") if bias
            else self.tr("The encoding itself: a row for each position")
        )  # fmt: skip
        self.views.button(LIKENESS).setToolTip(
            self.tr("What one head adds to the score of each query and key") if bias
            else self.tr("Product of each two position vectors: bright where positions look alike to the model")
        )  # fmt: skip
        self.views.button(CURVES).setToolTip(
            self.tr("The biases of some heads over the offset") if bias else self.tr("Some dimensions over the position")
        )
        self.cosine.setText(self.tr("cosine"))
        self.cosine.setToolTip(self.tr("Divide the products by the lengths of the vectors"))
        self.chosen_label.setText(self.tr("head") if bias else self.tr("dimensions from"))
        self.chosen.setAccessibleName(self.tr("Head") if bias else self.tr("First dimension drawn"))
        self.map.setAccessibleName(self.tr("Position encoding as colours"))
        self.message.setText(self._why_nothing())
        for button in self.views.buttons():
            button.setEnabled(frame is not None)
        self._redraw()

    def recolour(self) -> None:
        wear(self.plot, theme_of(self))
        self._redraw()

    def _why_nothing(self) -> str:
        if self._scheme == "none":
            return self.tr(
                "This model is given no positions: there is nothing to draw. "
                "It may still tell order: a causal mask lets each token see how many came before it."
            )
        if not self._scheme:
            return self.tr("The position encoding appears here when training begins.")
        return self.tr("This model's positions cannot be drawn as a table.")

    def _axis(self, name: str) -> str:
        """What a frame calls its axes, in the window's language."""
        names = {
            "position": self.tr("position"), "dimension": self.tr("dimension"),
            "offset": self.tr("offset (key − query)"), "head": self.tr("head"),
        }  # fmt: skip
        return names.get(name, name)

    def _scheme_name(self) -> str:
        names = {
            "sinusoidal": self.tr("sinusoidal"), "learned": self.tr("learned"), "rotary": self.tr("rotary"),
            "alibi": self.tr("ALiBi"), "relative": self.tr("relative"),
        }  # fmt: skip
        return names.get(self._scheme, self._scheme)

    # -- drawing --------------------------------------------------------------------------------------------------

    @Slot()
    def _redraw(self) -> None:
        frame, view = self._frame, self.view
        drawn = frame is not None and frame.values.size > 0
        self.pages.setCurrentIndex(1 if drawn else 0)
        bias = frame is not None and frame.columns == "head"
        self.cosine.setVisible(drawn and view == LIKENESS and not bias)
        self.chosen.setVisible(drawn and (view == CURVES or (view == LIKENESS and bias)))
        self.chosen_label.setVisible(self.chosen.isVisibleTo(self))
        self.map.setVisible(view != CURVES)
        self.plot.setVisible(view != TABLE)
        if frame is None or not drawn:
            self.tell("")
            self.readout.clear()
            return
        self.tell(self._scheme_name())
        if view == TABLE:
            self._name(frame.rows, frame.columns)
            self.map.set_values(frame.values, first=(self._first(frame), 1))
        elif view == LIKENESS:
            self._draw_likeness(frame, bias)
        else:
            self._draw_curves(frame)
        self._tell_cell(self.map.cell)

    def _draw_likeness(self, frame: PositionFrame, bias: bool) -> None:
        if bias:
            head = self.chosen.value() - 1
            square = bias_matrix(frame.values, head)
            self._name(self.tr("query"), self.tr("key"))
            self._curves(np.arange(len(frame.values)) + frame.first, frame.values[:, head : head + 1], self._axis("offset"))
        else:
            square = similarity(frame.values, cosine=self.cosine.isChecked())
            self._name(self._axis("position"), self._axis("position"))
            self._curves(np.arange(len(square)), by_offset(square)[:, None], self.tr("positions apart"))
        self.map.set_values(square, square=True)

    def _draw_curves(self, frame: PositionFrame) -> None:
        start = self._start(frame)
        rows = np.arange(len(frame.values)) + self._first(frame)
        self._curves(rows, frame.values[:, start : start + CURVES_SHOWN], self._axis(frame.rows))

    def _start(self, frame: PositionFrame) -> int:
        """The first column drawn as a curve, counted from 0."""
        columns = int(frame.values.shape[1])
        return min(self.chosen.value(), max(1, columns - CURVES_SHOWN + 1)) - 1

    def _inks(self) -> tuple[str, ...]:
        theme = theme_of(self)
        return theme.accent, theme.attention, theme.good, theme.bad

    def _curves(self, along: NDArray[np.int_], values: NDArray[np.float32], name: str) -> None:
        """Draw the columns of `values`, (points, curves), over `along`."""
        show_curves(self.plot, along, values, name, self._inks())

    def _name(self, down: str, across: str) -> None:
        self.map.name_axes(self._axis(down), self._axis(across))

    @staticmethod
    def _first(frame: PositionFrame) -> int:
        """What the first row is called: positions are counted from 1, offsets are what they are."""
        return frame.first + 1 if frame.rows == "position" else frame.first

    def _facts(self, frame: PositionFrame) -> str:
        """What stands below the picture while the cursor is elsewhere."""
        rows, columns = frame.values.shape
        if self.view == CURVES:
            names = range(self._start(frame) + 1, columns + 1)
            inks = zip(names, self._inks(), strict=False)
            return " ".join(f'<span style="color:{ink}">■</span>&nbsp;{name}' for name, ink in inks)
        if frame.scheme == "alibi":
            falls = slopes(frame.values)
            steepest, flattest = _short(float(falls.max())), _short(float(falls.min()))
            return self.tr("{0} · slopes {1} to {2}").format(heads_text(columns), steepest, flattest)
        if frame.columns == "head":
            return self.tr("{0} · offsets up to {1}").format(heads_text(columns), rows // 2)
        if frame.scheme == "rotary":
            return self.tr("{0} positions · {1} cosines, then {1} sines").format(rows, columns // 2)
        norm = f"{mean_norm(frame.values):.2f}"
        return self.tr("{0} positions × {1} dimensions · mean norm {2}").format(rows, columns, norm)

    @Slot(object)
    def _tell_cell(self, cell: tuple[int, int] | None) -> None:
        frame = self._frame
        if frame is None or not frame.values.size:
            self.readout.clear()
            return
        if cell is None or self.view == CURVES:
            self.readout.setText(self._facts(frame))
            return
        row, column = cell
        value = f"{float(self.map.values[row, column]):.4f}"
        if self.view == LIKENESS and frame.columns == "head":
            self.readout.setText(self.tr("query {0}, key {1}: {2}").format(row + 1, column + 1, value))
        elif self.view == LIKENESS:
            self.readout.setText(self.tr("positions {0} and {1}: {2}").format(row + 1, column + 1, value))
        elif frame.columns == "head":
            self.readout.setText(self.tr("offset {0}, head {1}: {2}").format(row + self._first(frame), column + 1, value))
        else:
            self.readout.setText(self.tr("position {0}, dimension {1}: {2}").format(row + self._first(frame), column + 1, value))


def _short(slope: float) -> str:
    """A slope as a fraction where it is one, as ALiBi's authors write it: 1/256."""
    whole = round(1 / slope) if slope > 0 else 0
    return f"1/{whole}" if whole and abs(whole * slope - 1) < 1e-3 else f"{slope:.4g}"
