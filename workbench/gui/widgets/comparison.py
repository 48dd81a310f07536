"""A second text beside the first: hidden until somebody asks, then A, B or B − A is what the heads show."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from workbench.contracts.frames import AttentionFrame
from workbench.gui.models.frame_difference import Sizes, difference
from workbench.gui.widgets.reactive import Reactive

PAUSE = 150
"""After the last key, in milliseconds, before the model looks at the new text."""
SHOWN = ("a", "b", "difference")


class Comparison(Reactive):
    """Holds the second text and what the model sees of it, and says which of both is shown. `button` opens and closes it."""

    text_edited = Signal(str)
    """The second text to look at; empty when nothing is compared any more."""
    changed = Signal()
    """Something else is to be shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._frames: Mapping[str, AttentionFrame] = {}
        self._trouble = ""
        self._made: tuple[AttentionFrame, AttentionFrame, AttentionFrame | Sizes] | None = None
        self.button = QPushButton(parent)
        self.button.setObjectName("link")
        self.button.setCheckable(True)
        self.button.toggled.connect(self._open)
        self.text = QLineEdit(self)
        self.text.setClearButtonEnabled(True)
        self._typing = QTimer(self, singleShot=True, interval=PAUSE)
        self._typing.timeout.connect(self._say)
        self.text.textEdited.connect(lambda _: self._typing.start())
        self.text.returnPressed.connect(self._say)
        group = QButtonGroup(self)
        self.choices: dict[str, QPushButton] = {}
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self.text, 1)
        for name in SHOWN:
            choice = self.choices[name] = QPushButton(self)
            choice.setCheckable(True)
            choice.clicked.connect(self._show_choice)
            group.addButton(choice)
            row.addWidget(choice)
        self.choices["a"].setChecked(True)
        self.why = QLabel(self, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.why.setObjectName("facts")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(4)
        whole.addLayout(row)
        whole.addWidget(self.why)
        self.hide()
        self.react()

    @property
    def shown(self) -> str:
        """One of `SHOWN`, as far as it can be shown."""
        return next(name for name, choice in self.choices.items() if choice.isChecked()) if self.button.isChecked() else "a"

    @property
    def provenance(self) -> dict[str, str]:
        """What an export says beside the first text."""
        return {} if self.shown == "a" else {"compared_with": self.text.text(), "shown": {"b": "B"}.get(self.shown, "B - A")}

    def set_frames(self, text: str, frames: Mapping[str, AttentionFrame], trouble: str = "") -> None:
        """What the model sees of the second text; an answer to the text before it is passed over."""
        if text != self.text.text():
            return
        self._frames, self._trouble = frames, trouble

    def forget(self) -> None:
        """What was seen was another model's."""
        self._frames, self._trouble, self._made = {}, "", None

    def frame_of(self, a: AttentionFrame | None) -> tuple[AttentionFrame | None, bool]:
        """What to show where A is this frame, and whether it is a difference; says what cannot be shown, and why."""
        b = self._frames.get(a.kind) if a is not None and self.button.isChecked() else None
        apart = self._against(a, b) if a is not None and b is not None else None
        self.choices["b"].setEnabled(b is not None)
        self.choices["difference"].setEnabled(isinstance(apart, AttentionFrame))
        self.why.setText(self._reason(apart))
        if b is None or self.shown == "a":
            return a, False
        if self.shown == "difference" and isinstance(apart, AttentionFrame):
            return apart, True
        return b, False

    def _against(self, a: AttentionFrame, b: AttentionFrame) -> AttentionFrame | Sizes:
        """B − A, worked out once for each pair, and only where it is asked for or might be."""
        if self._made is None or self._made[0] is not a or self._made[1] is not b:
            self._made = (a, b, difference(a, b))
        return self._made[2]

    def _reason(self, apart: AttentionFrame | Sizes | None) -> str:
        if isinstance(apart, Sizes):
            return self.tr(
                "No difference: A has {0} × {1} tokens (queries × keys) and B {2} × {3}, so cells have no partners. "
                "Give both texts as many tokens, or look at A and B in turn."
            ).format(*apart.a, *apart.b)
        return self._trouble or ("" if apart is not None else self._hint)

    def _open(self, on: bool) -> None:
        self.setVisible(on)
        if on:
            self.text.setFocus()
        else:
            self.choices["a"].setChecked(True)
            self.forget()
        self.text_edited.emit(self.text.text() if on else "")
        self.changed.emit()

    def _say(self) -> None:
        self._typing.stop()
        self.text_edited.emit(self.text.text())

    def _show_choice(self) -> None:
        self.changed.emit()

    def retranslate(self) -> None:
        self.button.setText(self.tr("Compare with…"))
        self.button.setToolTip(self.tr("Look at a second text beside this one, and at the difference of both"))
        self.text.setPlaceholderText(self.tr("Type a second text, of as many tokens, to see the difference"))
        self.text.setAccessibleName(self.tr("Second text to look at"))
        words = {
            "a": (self.tr("A"), self.tr("The first text")), "b": (self.tr("B"), self.tr("The second text")),
            "difference": (self.tr("B − A"), self.tr("Where the second text's weights are larger (blue) or smaller (orange)")),
        }  # fmt: skip
        for name, (word, tip) in words.items():
            self.choices[name].setText(word)
            self.choices[name].setToolTip(tip)
        self._hint = self.tr("A is the text above, B this one. Both are looked at in the same moment.")
        self.changed.emit()
