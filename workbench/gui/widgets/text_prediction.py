"""A text that is typed, and what the model says to it as soon as the typing rests."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QWidget

from workbench.contracts.examples import TOGETHER
from workbench.contracts.inspection import Answer
from workbench.contracts.predictions import TextAnswer
from workbench.contracts.specs import ONE_NUMBER, PAIRED
from workbench.gui.models.predict_state import PredictState
from workbench.gui.models.token_names import shown
from workbench.gui.widgets.answer_panel import LikelyBars
from workbench.gui.widgets.panel import Panel
from workbench.gui.widgets.trouble_box import TroubleBox
from workbench.gui.widgets.word_effects import WordEffectsView

PAUSE = 250
"""After the last key, in milliseconds, before the model reads the new text."""
MOST_TAGS = 200
"""Words that are written out with their tags."""


class TextPrediction(Panel):
    """Shows the text half of a `PredictState`."""

    def __init__(self, state: PredictState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self._typing = QTimer(self, singleShot=True, interval=PAUSE)
        self._typing.timeout.connect(self._ask)
        self.text = QPlainTextEdit(self)
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(84)
        self.text.textChanged.connect(self._typing.start)
        self.pair = QPlainTextEdit(self)
        self.pair.setTabChangesFocus(True)
        self.pair.setFixedHeight(84)
        self.pair.textChanged.connect(self._typing.start)
        self.trouble = TroubleBox(self)
        self.line = QLabel(self, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.line.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.bars, self.effects = LikelyBars(self), WordEffectsView(self)
        self.effects.method_chosen.connect(state.choose_method)
        for widget in (self.text, self.pair, self.trouble, self.line, self.bars):
            self.body.addWidget(widget)
        self.body.addWidget(self.effects, 1)
        self.body.addStretch(0)
        state.changed.connect(self._show)
        self.react()

    def offer_text(self, text: str) -> None:
        """A text to begin with, where none is written yet; it may hold a second one behind `TOGETHER`."""
        if not self.text.toPlainText().strip():
            self.set_text(*(part.strip() for part in text.split(TOGETHER, 1)))

    def set_text(self, text: str, pair: str = "") -> None:
        """A text, or two, as if typed; they do not wait."""
        self.text.setPlainText(text)
        self.pair.setPlainText(pair)
        self._ask()

    def _ask(self) -> None:
        self._typing.stop()
        self._state.ask(self.text.toPlainText(), self.pair.toPlainText())

    def _show(self) -> None:
        answer = self._state.answer
        self._name_fields()
        self.trouble.show_trouble(self._state.text_trouble)
        likely = Answer(kind="classes", likely=answer.likely) if answer is not None and answer.probabilities else None
        self.bars.show_answers(likely, None)
        self.bars.setVisible(likely is not None)
        self.line.setText(self._line(answer))
        self.effects.show_answer(answer)
        self.tell(
            self.tr("the text is longer than the model reads; its end was cut") if answer is not None and answer.cut else ""
        )

    def _line(self, answer: TextAnswer | None) -> str:
        if answer is None and self._state.paired:
            return self.tr("What the model says appears here as soon as both texts are typed.")
        if answer is None:
            return self.tr("What the model says appears here while you type.")
        if answer.task == "multi-label" and not answer.text:
            return self.tr("The model says that none of the labels holds.")
        if answer.probabilities:
            return self.tr("The model says: {0}").format(shown(answer.text))
        if answer.task in ONE_NUMBER:
            return self.tr("The model says: {0}").format(answer.text)
        if answer.task == "question-answering":
            sure = "" if answer.confidence is None else f"{answer.confidence:.1%}"
            if not answer.text:
                return self.tr("The model finds no answer in the passage.")
            return self.tr("The answer in the passage: {0} ({1})").format(answer.text, sure)
        if answer.task == "token-classification":
            pairs = list(zip(answer.given.split(), answer.text.split(), strict=False))
            told = "   ".join(f"{word}\u00a0[{tag}]" for word, tag in pairs[:MOST_TAGS])
            return told + (" …" if len(pairs) > MOST_TAGS else "")
        line = self.tr("The model writes: {0}").format(answer.text or "∅")
        if answer.confidence is not None:
            line += "\n" + self.tr("Its probability, on average for each token: {0}").format(f"{answer.confidence:.1%}")
        return line

    def retranslate(self) -> None:
        self.entitle(self.tr("A text"), self.facts.text())
        self._show()

    def _name_fields(self) -> None:
        """What each field is for follows from the model."""
        task = self._state.facts.task if self._state.facts is not None else ""
        first, second = self.tr("Type a text"), ""
        if task == "question-answering":
            first, second = self.tr("Type a question"), self.tr("Type or paste the passage that holds the answer")
        elif task in PAIRED:
            first, second = self.tr("Type the first text"), self.tr("Type the second text")
        for field, words, name in (
            (self.text, first, self.tr("Text to predict for")), (self.pair, second, self.tr("Second text to predict for")),
        ):  # fmt: skip
            field.setPlaceholderText(words)
            field.setAccessibleName(name)
        self.pair.setVisible(bool(second))
