"""What the model on the Inspect page is given: a text, a second one, or a picture."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QWidget

from workbench.gui.models.inspect_state import InspectState
from workbench.gui.widgets.picture_chooser import PictureChooser
from workbench.gui.widgets.reactive import Reactive

PAUSE = 350
"""After the last key, in milliseconds, before the model looks at the new text; Enter does not wait."""
WRITTEN = 20
"""Tokens a language model is let write."""


class GivenRow(Reactive):
    """One row of an `InspectState`: what is not read by its model is not asked for."""

    picture_wanted = Signal()
    """A picture is to be chosen: see `set_picture`."""

    def __init__(self, state: InspectState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self._typing = QTimer(self, singleShot=True, interval=PAUSE)
        self._typing.timeout.connect(self._ask)
        self.chooser = PictureChooser(self)
        self.text, self.pair = QLineEdit(self), QLineEdit(self)
        self.mix, self.write = QPushButton(self), QPushButton(self)
        for field in (self.text, self.pair):
            field.setClearButtonEnabled(True)
            field.textEdited.connect(lambda _: self._typing.start())
            field.returnPressed.connect(self._ask)
        for button in (self.mix, self.write):
            button.setCheckable(True)
        self.mix.clicked.connect(lambda on: state.ask(shuffled=0 if on else None))
        self.write.clicked.connect(lambda on: state.ask(write=WRITTEN if on else 0))
        self.chooser.picture_wanted.connect(self.picture_wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for widget, share in ((self.chooser, 1), (self.text, 3), (self.pair, 2), (self.mix, 0), (self.write, 0)):
            row.addWidget(widget, share)
        state.changed.connect(self._show)
        self.react()
        self._show()

    def set_text(self, text: str) -> None:
        """A text to look at, as if it were typed."""
        self.text.setText(text)
        self.text.setCursorPosition(0)
        self._ask()

    def offer_text(self, text: str) -> None:
        """A text to begin with, where none is written yet; what stands behind an arrow is for the decoder."""
        if not self.text.text().strip() and text.strip():
            source, _, target = (part.strip() for part in text.partition("→"))
            self.text.setText(source)
            self.pair.setText(target)
            self._state.ask(text=source, pair=target)

    def set_picture(self, path: Path) -> None:
        """A picture to look at."""
        self._state.ask(picture=str(path))

    def _ask(self) -> None:
        self._typing.stop()
        self._state.ask(text=self.text.text(), pair=self.pair.text() if self.pair.isVisible() else "")

    def _show(self) -> None:
        facts, query, picture = self._state.facts, self._state.query, self._state.reads_picture
        self.pair.setVisible(facts is not None and facts.takes_pair)
        self.write.setVisible(facts is not None and facts.task == "causal-lm")
        self.write.setChecked(query.write > 0)
        self.mix.setChecked(query.shuffled is not None)
        for widget in (self.text, self.mix):
            widget.setVisible(not picture)
        self.chooser.setVisible(picture)
        self.chooser.show_picture(query.picture)

    def retranslate(self) -> None:
        self.text.setPlaceholderText(self.tr("A text to look at, and Enter"))
        self.text.setAccessibleName(self.tr("Text to look at"))
        self.pair.setPlaceholderText(self.tr("Second text, or what the decoder reads"))
        self.pair.setAccessibleName(self.tr("Second text"))
        self.mix.setText(self.tr("Shuffle words"))
        self.mix.setToolTip(self.tr("Put the words in another order: what stays goes by position, what moves goes by words"))
        self.write.setText(self.tr("Let it write"))
        tip = self.tr("Let the model go on writing {0} tokens, and see where each of them looked")
        self.write.setToolTip(tip.format(WRITTEN))
