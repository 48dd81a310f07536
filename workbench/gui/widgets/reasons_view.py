"""Why this answer: what each token adds to its logit, and which heads it hangs on."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from workbench.contracts.studies import Attribution
from workbench.gui.models.token_names import isolated, shown
from workbench.gui.widgets.head_grid import HeadGrid
from workbench.gui.widgets.number_strip import number
from workbench.gui.widgets.study_view import StudyView, words_below, worry
from workbench.gui.widgets.token_chips import TokenChips

LARGE_GAP = 0.1
"""From this share of what is explained on, what is left over is too much to lean on the numbers."""


class ReasonsView(StudyView):
    """Tokens as chips around zero, heads as a grid; a click on a head chooses it."""

    head_chosen = Signal(str, int, int)
    """Kind, layer and head that a person chose, counted from 0."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._reasons: Attribution | None = None
        self.heading = QLabel(self, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.heading.setObjectName("heading")
        self.sums = words_below(self)
        self.chips = TokenChips(self)
        self.chips.token_hovered.connect(self._tell_token)
        self._scroll = QScrollArea(self, widgetResizable=True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(self._hold_chips())
        self.token_line = words_below(self)
        self._heads_title = QLabel(self, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self._heads_title.setObjectName("heading")
        self.grid = HeadGrid(self)
        self.grid.head_hovered.connect(self._tell_head)
        self.grid.head_chosen.connect(self._take_head)
        self.head_line = words_below(self)
        self.caution = words_below(self)
        self.body.addWidget(self.heading)
        self.body.addWidget(self.sums)
        self.body.addWidget(self._scroll, 1)
        self.body.addWidget(self.token_line)
        self.body.addWidget(self._heads_title)
        self.body.addWidget(self.grid, 1)
        self.body.addWidget(self.head_line)
        self.body.addWidget(self.caution)
        self.body.addStretch(0)
        self.react()

    def _hold_chips(self) -> QWidget:
        """The chips on the panel's own ground, no higher than they are."""
        held = QWidget(self)
        held.setObjectName("content")
        column = QVBoxLayout(held)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.chips)
        column.addStretch(1)
        self.chips.height_needed.connect(self._scroll.setMaximumHeight)
        return held

    # -- what is shown ----------------------------------------------------------------------------------------------

    @property
    def reasons(self) -> Attribution | None:
        """What is drawn."""
        return self._reasons

    def set_attribution(self, reasons: Attribution) -> None:
        """Show what an answer hangs on."""
        self._reasons = reasons
        self.chips.set_tokens(reasons.tokens, reasons.values)
        self.grid.set_values(reasons.heads)
        self.show_body()
        self._tell()

    def show_nothing(self, text: str = "") -> None:
        self._reasons = None
        super().show_nothing(text)

    def choose(self, kind: str, layer: int, head: int) -> None:
        """Mark a head, without a signal; one of another kind marks none."""
        same = self._reasons is not None and kind == self._reasons.kind
        self.grid.choose(layer if same else -1, head)

    def sizeHint(self) -> QSize:
        return QSize(560, 520)

    def _tell(self) -> None:
        reasons = self._reasons
        if reasons is None:
            return
        answer, logit = isolated(shown(reasons.answer)), number(reasons.logit)
        self.heading.setText(self.tr("Why “{0}”: its logit is {1}").format(answer, logit))
        total = float(reasons.values.sum())
        if reasons.baseline is None:
            self.sums.setText(
                self.tr("The tokens' shares add up to {0}. Left over: {1}.").format(number(total), number(reasons.gap))
            )
        else:
            line = self.tr("From {0} for an empty text to {1}: the tokens' shares add up to {2}, {3} is left over.")
            said = line.format(number(reasons.baseline), logit, number(total), number(reasons.gap))
            if self._large(reasons):
                said += " " + self.tr("That is a lot: do not lean on these shares.")
            self.sums.setText(said)
        worry(self.sums, self._large(reasons))
        self._heads_title.setText(self.tr("Heads: how much the logit hangs on each"))
        self._tell_token(self.chips.here)
        self._tell_head(self.grid.here)

    @staticmethod
    def _large(reasons: Attribution) -> bool:
        """Whether so much is left over that the shares explain little."""
        moved = 0.0 if reasons.baseline is None else abs(reasons.logit - reasons.baseline)
        size = max(moved, float(np.abs(reasons.values).max(initial=0.0)), 1e-6)
        return not reasons.gap <= LARGE_GAP * size  # a gap that is no number is large too

    def _tell_token(self, token: object) -> None:
        reasons = self._reasons
        if reasons is None or not isinstance(token, int):
            self.token_line.setText(self._token_hint)
            return
        value = float(reasons.values[token])
        name = isolated(shown(reasons.tokens[token]))
        line = (
            self.tr("Token {0} “{1}” speaks for the answer: +{2}") if value > 0
            else self.tr("Token {0} “{1}” speaks against the answer: {2}") if value < 0
            else self.tr("Token {0} “{1}” counts for nothing here: {2}")
        )  # fmt: skip
        self.token_line.setText(line.format(token + 1, name, number(value)))

    def _tell_head(self, head: object) -> None:
        if self._reasons is None or not isinstance(head, tuple):
            self.head_line.setText(self._head_hint)
            return
        layer, place = head
        value, total = float(self.grid.values[layer, place]), float(self.grid.values.sum())
        line = self.tr("Layer {0} · head {1}: {2}, which is {3} of all heads together")
        share = f"{value / total:.1%}" if total > 0 else "0%"
        self.head_line.setText(line.format(layer + 1, place + 1, number(value), share))

    def _take_head(self, layer: int, head: int) -> None:
        if self._reasons is not None:
            self.head_chosen.emit(self._reasons.kind, layer, head)

    def default_words(self) -> str:
        return self.tr("What an answer hangs on appears here when it was asked for.")

    def retranslate(self) -> None:
        super().retranslate()
        self._token_hint = self.tr(
            "Integrated gradients: blue speaks for the answer, orange against it, the panel's own colour is zero. "
            "Move over a token to read its share."
        )
        self._head_hint = self.tr("Σ |A ⊙ ∂logit/∂A| over a head's map, to first order. Click a head to see it.")
        self.caution.setText(self.tr(
            "This is one view of many. Another way from an empty text to this one gives other shares, and attention by itself "
            "is no explanation: a head may look at a token and make nothing of it. To be sure, switch a head off or leave a "
            "word out."
        ))  # fmt: skip
        self._tell_token(self.chips.here)
        self._tell_head(self.grid.here)
        self._tell()
