"""The arithmetic of one cell of attention as on a blackboard, from q and k to the head's output; its numbers can be changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QDoubleSpinBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from workbench.contracts.cells import AttentionCell, capped
from workbench.gui.models.cell_state import PARTS, CellState
from workbench.gui.models.token_names import isolated, shown
from workbench.gui.widgets.number_strip import NumberStrip, number
from workbench.gui.widgets.reactive import Reactive

STRIPS = ("q", "k", "product", "weights", "v", "share", "output")
"""From top to bottom; `product`, `weights`, `share` and `output` follow from the others."""
SCORE, WEIGHT = 3, 5
"""Rows of the two lines of formulas."""
NUMBER = 124
"""Width of the chosen numbers, in pixels."""
EXACT = 1e-4
"""Up to here what is computed here counts as what the model used."""


class CalmNumber(QDoubleSpinBox):
    """A number that a wheel rolls past instead of changing it."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class Arithmetic(Reactive):
    """One query, one key, every step between them."""

    key_chosen = Signal(int)
    """A person chose another key of this query in the softmax row, counted from 0; whoever hears it fetches its cell."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state: CellState | None = None
        self._query = ""
        self._keys: tuple[str, ...] = ()
        self._empty = ""
        self._unseen = False
        self.heading = QLabel(self, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.heading.setObjectName("blackboard")
        self.reset_button = QPushButton(self)
        self.reset_button.clicked.connect(self._reset)
        self.check = QLabel(self, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.strips: dict[str, NumberStrip] = {}
        self.numbers: dict[str, CalmNumber] = {}
        self._titles: dict[str, QLabel] = {}
        self._read: dict[str, QLabel] = {}
        board = self._build_board()
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.heading, 1)
        top.addWidget(self.reset_button, 0, Qt.AlignmentFlag.AlignTop)
        self._scroll = QScrollArea(self, widgetResizable=True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # what is in it takes the focus
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidget(board)
        self._board = QWidget(self)
        whole = QVBoxLayout(self._board)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(8)
        whole.addLayout(top)
        whole.addWidget(self._scroll, 1)
        whole.addWidget(self.check)
        self.nothing = QLabel(self, wordWrap=True, alignment=Qt.AlignmentFlag.AlignCenter)
        self.nothing.setObjectName("muted")
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.nothing)
        self._stack.addWidget(self._board)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._stack)
        self.react()

    def _build_board(self) -> QWidget:
        board = QWidget(self)
        board.setObjectName("content")
        grid = QGridLayout(board)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        self.formulas = {row: QLabel(board, wordWrap=True, textFormat=Qt.TextFormat.PlainText) for row in (SCORE, WEIGHT)}
        rows = [row for row in range(len(STRIPS) + 2) if row not in self.formulas]
        for row, label in self.formulas.items():
            label.setObjectName("blackboard")
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            grid.addWidget(label, row, 0, 1, 3)
        for row, name in zip(rows, STRIPS, strict=True):
            self._titles[name] = QLabel(board, textFormat=Qt.TextFormat.PlainText)
            self._titles[name].setObjectName("blackboard")
            self.strips[name] = NumberStrip(name in PARTS, board)
            grid.addWidget(self._titles[name], row, 0, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(self.strips[name], row, 1)
            grid.setRowStretch(row, 1)
            grid.addWidget(self._build_number(name, board), row, 2, Qt.AlignmentFlag.AlignVCenter)
            self.strips[name].number_chosen.connect(self._picker(name))
        grid.setColumnMinimumWidth(2, NUMBER)
        return board

    def _build_number(self, name: str, board: QWidget) -> QWidget:
        """The chosen number of a strip, in a box where it can be changed."""
        if name not in PARTS:
            self._read[name] = QLabel(board, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
            self._read[name].setObjectName("blackboard")
            return self._read[name]
        box = self.numbers[name] = CalmNumber(board)
        box.setDecimals(4)
        box.setRange(-1e6, 1e6)
        box.setSingleStep(0.1)
        box.setMinimumWidth(NUMBER)
        box.valueChanged.connect(self._typer(name))
        self.strips[name].number_edited.connect(self._editor(name))
        return box

    # -- what is shown ----------------------------------------------------------------------------------------------

    @property
    def state(self) -> CellState | None:
        """What the model computed, and what a person made of it."""
        return self._state

    def set_cell(self, cell: AttentionCell, queries: Sequence[str], keys: Sequence[str]) -> None:
        """Show a cell of a head whose tokens are given.

        Raises:
            ValueError: The tokens are not this head's.
        """
        if not cell.query < len(queries) or len(keys) != len(cell.keys):
            raise ValueError(
                f"{len(queries)} queries and {len(keys)} keys do not fit query {cell.query} of {len(cell.keys)} keys"
            )
        self._state, self._unseen = CellState(cell), False
        self._query, self._keys = queries[cell.query], tuple(keys)
        self._stack.setCurrentIndex(1)
        self._show()

    def show_nothing(self, text: str = "") -> None:
        """Explain in a line why there is no cell."""
        self._state, self._empty, self._unseen = None, text, False
        self._stack.setCurrentIndex(0)
        self.nothing.setText(text or self._default_words)

    def show_unseen(self) -> None:
        """Say that this model's queries, keys and values are not seen."""
        self.show_nothing(self._unseen_words)
        self._unseen = True

    def _show(self) -> None:
        """Every number, as it was and as it is."""
        state = self._state
        if state is None:
            return
        before, now = state.before, state.now
        for name in STRIPS:
            self.strips[name].set_numbers(getattr(before, name), getattr(now, name), self._keys if name == "weights" else ())
        self.strips["weights"].choose(now.key)
        for name, box in self.numbers.items():
            with QSignalBlocker(box):
                box.setPrefix(_symbol(name, self.strips[name].chosen) + " = ")
                box.setValue(self.strips[name].value)
        for name, label in self._read.items():
            place = self.strips[name].chosen
            was, value = (float(getattr(each, name)[place]) for each in (before, now))
            label.setText(f"{_symbol(name, place)} = {_change(was, value)}")
        self.reset_button.setEnabled(state.changed)
        self._tell(state)

    def _tell(self, state: CellState) -> None:
        before, now = state.before, state.now
        names = isolated(shown(self._query)), isolated(shown(self._keys[now.key]))
        heading = self.tr("Layer {0} · head {1}: how much query {2} “{3}” looks at key {4} “{5}”: {6}")
        self.heading.setText(
            heading.format(
                now.layer + 1, now.head + 1, now.query + 1, names[0], now.key + 1, names[1], _change(before.weight, now.weight)
            )
        )
        self.formulas[SCORE].setText(self._score_line(before, now))
        self.formulas[WEIGHT].setText(self._weight_line(before, now))
        for name, title in self._titles.items():
            title.setText(self._words[name])
        for name, strip in self.strips.items():
            strip.setAccessibleName(self._words[name])
        for name, box in self.numbers.items():
            box.setAccessibleName(self._number_name.format(self._words[name], self.strips[name].chosen + 1))
        exact = state.error <= EXACT * max(1.0, float(np.abs(before.used).max(initial=0.0)))
        said = self.tr("Check: largest |computed here − used by the model| = {0}.").format(f"{state.error:.1e}")
        if not exact:
            said += " " + self.tr("That is more than rounding: do not trust this picture.")
        if state.changed:
            said += " " + self.tr("Your numbers move the head's output by up to {0}; the outlines are the model's own.").format(
                number(state.moved)
            )
        self.check.setText(said)
        self.check.setObjectName("facts" if exact else "attention")
        self.check.style().unpolish(self.check)
        self.check.style().polish(self.check)

    def _score_line(self, before: AttentionCell, now: AttentionCell) -> str:
        """From the products to the score."""
        parts = [f"Σ q·k = {_change(before.dot, now.dot)}"]
        parts.append(f"× {_scaling(now)} = {_change(before.scaled, now.scaled)}")
        if now.softcap is not None:
            was, cap = (float(capped(np.array(each.scaled), each.softcap)) for each in (before, now))
            parts.append(self.tr("capped at {0}: {1}").format(number(now.softcap), _change(was, cap)))
        added = float(now.added[now.key])
        if np.isinf(added):
            parts.append(self.tr("masked: this query may not see this key, so its score is −∞"))
        elif abs(added) > 5e-4:
            parts.append(self.tr("+ position {0} = {1}").format(number(added), _change(before.score, now.score)))
        else:
            parts.append(self.tr("+ 0 (not masked) = {0}").format(_change(before.score, now.score)))
        return "   ".join(parts)

    def _weight_line(self, before: AttentionCell, now: AttentionCell) -> str:
        """From the score to the weight."""
        if not np.isfinite(now.largest):
            return self.tr("This query sees no key at all: every weight is 0.")
        over = float(now.exponentials[now.key])
        line = self.tr("softmax: exp({0} − {1}) ÷ {2} = {3} ÷ {2} = {4}").format(
            number(now.score), number(now.largest), number(now.total), number(over), _change(before.weight, now.weight)
        )
        if now.sink:
            line += " " + self.tr("(the sink takes {0} of the {1})").format(number(now.sink), number(now.total))
        return line

    # -- what a person does -----------------------------------------------------------------------------------------

    def _picker(self, name: str) -> Callable[[int], None]:
        return lambda place: self._take_place(name, place)

    def _editor(self, name: str) -> Callable[[int, float], None]:
        return lambda place, value: self._take_number(name, place, value)

    def _typer(self, name: str) -> Callable[[float], None]:
        return lambda value: self._take_number(name, self.strips[name].chosen, value)

    def _take_place(self, name: str, place: int) -> None:
        """The same dimension is marked in everything that shares it; in the softmax row it is another key."""
        if self._state is None:
            return
        if name == "weights":
            self.key_chosen.emit(place)
            return
        for other in ("q", "k", "product") if name in ("q", "k", "product") else ("v", "share", "output"):
            self.strips[other].choose(place)
        self._show()

    def _take_number(self, name: str, place: int, value: float) -> None:
        if self._state is not None:
            self._state.set_number(name, place, value)
            self._show()

    def _reset(self) -> None:
        if self._state is not None:
            self._state.reset()
            self._show()

    def retranslate(self) -> None:
        self._words = {
            "q": self.tr("query q"), "k": self.tr("key k"), "product": self.tr("product q ⊙ k"), "weights": self.tr("weights"),
            "v": self.tr("value v"), "share": self.tr("weight × v"), "output": self.tr("output, all keys"),
        }  # fmt: skip
        self._number_name = self.tr("{0}, number {1}")
        for name, strip in self.strips.items():
            strip.setAccessibleName(self._words[name])
        for name, box in self.numbers.items():
            box.setAccessibleName(self._words[name])
        self.reset_button.setText(self.tr("Back to the model's numbers"))
        self._default_words = self.tr("Choose a cell of the heat map to see its arithmetic.")
        self._unseen_words = self.tr(
            "In this model q, k and v are not seen: it writes its attention out itself, and only its weights were tapped. "
            "So the arithmetic behind a weight cannot be shown."
        )
        self.strips["weights"].setToolTip(self.tr("Click a key to see its arithmetic."))
        for name in PARTS:
            self.strips[name].setToolTip(self.tr("Drag a bar, or choose it and press Up or Down, to change its number."))
        if self._state is None:
            self.nothing.setText(self._unseen_words if self._unseen else self._empty or self._default_words)
        self._show()


def _change(before: float, now: float) -> str:
    """A number, and what it was where it is another."""
    return number(now) if number(before) == number(now) else f"{number(before)} → {number(now)}"


def _symbol(name: str, place: int) -> str:
    """How one number of a strip is called in a formula, counted from 1."""
    below = str(place + 1).translate(str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉"))
    each = {"product": f"q{below}·k{below}", "weights": f"α{below}", "share": f"α·v{below}", "output": f"o{below}"}
    return each.get(name, name + below)


def _scaling(cell: AttentionCell) -> str:
    """The scale, as 1/√d where it is that."""
    size = len(cell.q)
    return f"1/√{size}" if abs(cell.scaling - size**-0.5) < 1e-6 else number(cell.scaling)
