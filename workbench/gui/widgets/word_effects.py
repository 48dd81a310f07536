"""The words of a text on shades of what each does to the answer, with the number of the one under the mouse."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from workbench.contracts.predictions import METHODS, TextAnswer
from workbench.contracts.specs import ONE_NUMBER
from workbench.gui.models.token_names import isolated, shown
from workbench.gui.widgets.calm_combo import CalmCombo
from workbench.gui.widgets.number_strip import number
from workbench.gui.widgets.reactive import Reactive
from workbench.gui.widgets.study_view import words_below
from workbench.gui.widgets.token_chips import TokenChips
from workbench.gui.words import said

FIRST = 100
"""How much more of the room the words get than nothing at all does; they take no more than they need."""


class WordEffectsView(Reactive):
    """Chips around zero: blue speaks for the answer, orange against it."""

    method_chosen = Signal(str)
    """One of `METHODS`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._answer: TextAnswer | None = None
        self.heading = QLabel(self, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.heading.setObjectName("heading")
        self.method = CalmCombo(self)
        for method in METHODS:
            self.method.addItem("", method)
        self.method.activated.connect(lambda place: self.method_chosen.emit(METHODS[place]))
        self.chips = TokenChips(self)
        self.chips.token_hovered.connect(self._tell_word)
        self._scroll = QScrollArea(self, widgetResizable=True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        held = QWidget(self)
        held.setObjectName("content")
        column = QVBoxLayout(held)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.chips)
        column.addStretch(1)
        self._scroll.setWidget(held)
        self.chips.height_needed.connect(self._scroll.setMaximumHeight)
        self.word_line, self.legend = words_below(self), words_below(self)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.heading, 1)
        top.addWidget(self.method)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(6)
        whole.addLayout(top)
        whole.addWidget(self._scroll, FIRST)
        whole.addWidget(self.word_line)
        whole.addWidget(self.legend)
        whole.addStretch(1)
        self.react()

    def show_answer(self, answer: TextAnswer | None) -> None:
        """Show what the words of a text do, or why that is not known."""
        self._answer = answer
        effects = answer.effects if answer is not None else None
        if answer is not None and effects is not None:
            texts = [effects.text[start:end] for start, end in effects.spans]
            self.chips.set_tokens(texts, effects.values.astype(np.float32))
            self.method.setCurrentIndex(METHODS.index(effects.method))
        self._tell()

    def _tell(self) -> None:
        answer = self._answer
        effects = answer.effects if answer is not None else None
        for widget in (self.heading, self.method, self._scroll, self.word_line):
            widget.setVisible(effects is not None)
        self.legend.setVisible(answer is not None)
        if answer is None:
            return
        if effects is None:
            self.legend.setText(said(answer.no_effects))
            return
        self.heading.setText(self.tr("What speaks for “{0}”, and what against it").format(isolated(shown(effects.answer))))
        lines = [
            self.tr("Each word is taken out of the text by itself, and the text read again ({0} times in all).").format(
                f"{effects.passes:,}"
            ),
            self.tr(
                "Blue: without it the answer loses, so it speaks for it. Orange: it speaks against it. "
                "This is measured, not read off attention; words that say the same twice each seem to do little."
            ),
        ]
        if effects.together > 1:
            lines.append(self.tr("The text is long: {0} neighbours at a time share a value.").format(effects.together))
        if effects.unread:
            lines.append(self.tr("The last {0} words are beyond what the model reads.").format(f"{effects.unread:,}"))
        self.legend.setText(" ".join(lines))
        self._tell_word(self.chips.here)

    def _tell_word(self, place: object) -> None:
        answer = self._answer
        effects = answer.effects if answer is not None else None
        if answer is None or effects is None or not isinstance(place, int):
            self.word_line.setText(self.tr("Move over a word to read its effect."))
            return
        start, end = effects.spans[place]
        word, value = isolated(shown(effects.text[start:end])), float(effects.values[place])
        if np.isnan(value):
            self.word_line.setText(self.tr("“{0}” is beyond what the model reads.").format(word))
        elif answer.task in ONE_NUMBER:
            line = self.tr("Without “{0}” the model says {1} instead of {2}: the word adds {3}")
            self.word_line.setText(
                line.format(word, number(effects.whole - value), number(effects.whole), _signed(number(value), value))
            )
        else:
            line = self.tr("Without “{0}” the probability goes from {1} to {2}: the word adds {3} points")
            points = _signed(f"{abs(100 * value):.1f}", value, sign=True)
            self.word_line.setText(line.format(word, f"{effects.whole:.1%}", f"{effects.whole - value:.1%}", points))

    def retranslate(self) -> None:
        words = (self.tr("by deleting each word"), self.tr("by hiding each word"))
        for place, text in enumerate(words):
            self.method.setItemText(place, text)
        self.method.setAccessibleName(self.tr("How a word is taken out"))
        self.method.setToolTip(
            self.tr("Deleting closes the text up, so that later words move; hiding puts the mask token in each place.")
        )
        self._tell()


def _signed(text: str, value: float, *, sign: bool = False) -> str:
    """A number with its sign, also above zero."""
    if value > 0:
        return "+" + text
    return "−" + text if sign and value < 0 else text
