"""What was guessed about a table: each guess with its evidence, a control to change it, and the way back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from workbench.contracts.specs import PAIRED, SEPARATORS, TASKS
from workbench.contracts.tables import Guess, TableFacts, WholeFacts
from workbench.gui.theme import GAP
from workbench.gui.widgets.calm_combo import CalmCombo
from workbench.gui.widgets.reactive import Reactive
from workbench.gui.words import said

ENCODINGS = ("utf-8", "gb18030", "big5", "shift_jis", "euc-kr", "windows-1252", "windows-1251", "utf-16-le", "utf-16-be")
"""Offered beside what the bytes suggest."""
DELIMITERS = (",", ";", "\t", "|", " ", "none")
QUOTES = ('"', "'", "none")
SKIPPED = range(31)
"""Numbers of lines above a table that are offered."""
READ = ("encoding", "delimiter", "sheet", "quote", "skip_lines", "header")
LEARNED = ("task", "text", "pair", "target", "answer_start", "decimal", "label_separator")
OPTIONAL = ("pair", "answer_start", "decimal", "label_separator")
"""Of those, what only some tasks have."""
_AUTOMATIC = object()
_MOST_COLUMNS = 500


class Evidence(QLabel):
    """One line that ends in an ellipsis where it must; the whole of it is its tool tip."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._whole = ""
        self.setObjectName("muted")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def say(self, text: str) -> None:
        """Show this text."""
        self._whole = text
        self.setToolTip(text)
        self._fit()

    @property
    def whole(self) -> str:
        """All of the text."""
        return self._whole

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.setText(self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, max(0, self.width())))


class GuessControl(QWidget):
    """One guess: its name, the values it may have, how sure it is, and why."""

    chosen = Signal(object)
    """The value a person chose."""
    left = Signal()
    """The person leaves the value to be found."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name, self.mark, self.evidence = QLabel(self), QLabel(self), Evidence(self)
        self.name.setObjectName("muted")
        self.choice = CalmCombo(self)
        self.choice.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.choice.setMinimumContentsLength(8)
        self.name.setBuddy(self.choice)
        self.mark.setFixedHeight(18)  # nothing moves when there is nothing to say
        self.choice.activated.connect(self._activated)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.name)
        top.addStretch(1)
        top.addWidget(self.mark)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(3)
        layout.addLayout(top)
        layout.addWidget(self.choice)
        layout.addWidget(self.evidence)

    def offer(self, values: Sequence[tuple[str, object]], current: object, automatic: str, *, given: bool) -> None:
        """Offer values under their names; `automatic` names the entry that leaves it to be found."""
        self.choice.clear()
        self.choice.addItem(automatic, _AUTOMATIC)
        for title, value in values:
            self.choice.addItem(title, value)
            self.choice.setItemData(self.choice.count() - 1, title, Qt.ItemDataRole.ToolTipRole)
        place = next((place for place, (_, value) in enumerate(values, 1) if value == current), 0) if given else 0
        self.choice.setCurrentIndex(place)

    def tell(self, mark: str, kind: str, evidence: str) -> None:
        """Say how sure the guess is, in the style of `kind` (attention or muted), and why."""
        self.mark.setText(mark)
        if self.mark.objectName() != kind:
            self.mark.setObjectName(kind)
            self.mark.style().unpolish(self.mark)
            self.mark.style().polish(self.mark)
        self.evidence.say(evidence)

    @Slot(int)
    def _activated(self, place: int) -> None:
        value = self.choice.itemData(place)
        if value is _AUTOMATIC:
            self.left.emit()
        else:
            self.chosen.emit(value)


class Guesses(Reactive):
    """All guesses about a table in two rows: how the file is read, and what is learned from it."""

    chosen = Signal(str, object)
    """A setting of the data section and the value a person chose."""
    left = Signal(str)
    """A setting that a person leaves to be found."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.controls = {name: GuessControl(self) for name in (*READ, *LEARNED)}
        self._table: TableFacts | None = None
        self._whole: WholeFacts | None = None
        self._given: Mapping[str, object] = {}
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(8)
        for names in (READ, LEARNED):
            row = QHBoxLayout()
            row.setSpacing(GAP)
            for name in names:
                control = self.controls[name]
                row.addWidget(control, 1)
                control.chosen.connect(lambda value, name=name: self.chosen.emit(name, value))
                control.left.connect(lambda name=name: self.left.emit(name))
            rows.addLayout(row)
        places = (*READ, *LEARNED)
        for before, after in pairwise(places):
            self.setTabOrder(self.controls[before].choice, self.controls[after].choice)
        for name in ("sheet", *OPTIONAL):
            self.controls[name].hide()
        self.react()

    def show_facts(self, table: TableFacts | None, whole: WholeFacts | None, given: Mapping[str, object]) -> None:
        """Show what was guessed and what a person gave (settings of the data section); None is not known yet."""
        self._table, self._whole, self._given = table, whole, given
        self.retranslate()

    def retranslate(self) -> None:
        names = {
            "encoding": self.tr("Encoding"), "delimiter": self.tr("Separator"), "sheet": self.tr("Sheet"),
            "quote": self.tr("Quote sign"), "skip_lines": self.tr("Lines to skip"), "header": self.tr("First line"),
            "task": self.tr("What is learned"), "text": self.tr("Text column"), "target": self.tr("Target column"),
            "decimal": self.tr("Decimal sign"), "label_separator": self.tr("Between labels"),
            "answer_start": self.tr("Start of the answer"),
            "pair": self.tr("Passage column") if self._task() == "question-answering" else self.tr("Second text column"),
        }  # fmt: skip
        workbook = self._table is not None and self._table.sheet.value is not None
        self.controls["sheet"].setVisible(workbook)
        self.controls["delimiter"].setVisible(not workbook)
        for name in OPTIONAL:
            known = self._whole is not None and getattr(self._whole, name).value is not None
            asked = name == "pair" and self._task() in PAIRED
            self.controls[name].setVisible(known or asked or self._given.get(name) is not None)
        for name, control in self.controls.items():
            control.name.setText(names[name])
            control.choice.setAccessibleName(names[name])
            guess = self._guess(name)
            given = self._given.get(name)
            current = given if given is not None else guess.value if guess else None
            values = self._values(name, guess)
            if given is not None and all(value != given for _, value in values):
                values.append((self._title(name, given), given))
            found = self._title(name, guess.value) if guess is not None and given is None and guess.value is not None else ""
            automatic = self.tr("{0} (found)").format(found) if found else self.tr("find it")
            if guess is not None and given is None and guess.value is None:
                automatic = self.tr("none (found)")
            control.offer(values, current, automatic, given=given is not None)
            self._tell(control, guess, given is not None)
            control.choice.setEnabled(bool(self._given.get("table")))

    def _tell(self, control: GuessControl, guess: Guess | None, given: bool) -> None:
        if given:
            control.tell(self.tr("set by you"), "attention", self.tr("Choose the first entry to have it found again."))
        elif guess is None:
            control.tell("", "muted", self.tr("Not known yet."))
        elif not guess.sure:
            control.tell(self.tr("please check"), "attention", said(guess.evidence))
        else:
            control.tell(self.tr("looks sure"), "muted", said(guess.evidence))

    def _task(self) -> object:
        """What is learned, as given or found."""
        return self._given.get("task") or (self._whole.task.value if self._whole is not None else None)

    def _guess(self, name: str) -> Guess | None:
        source = self._table if name in READ else self._whole
        if source is None or (name in LEARNED and self._whole is not None and self._whole.trouble is not None):
            return None
        guess: Guess = getattr(source, name)
        return guess

    def _values(self, name: str, guess: Guess | None) -> list[tuple[str, object]]:
        """What may be chosen, under the names people read."""
        likely = guess.others if guess is not None else ()
        values: Sequence[object] = ()
        if name == "encoding":
            found = guess.value if guess is not None else None
            values = tuple(dict.fromkeys((*((found,) if found else ()), *likely, *ENCODINGS)))
        elif name == "delimiter":
            values = DELIMITERS
        elif name == "quote":
            values = QUOTES
        elif name == "skip_lines":
            values = SKIPPED
        elif name == "decimal":
            values = ("point", "comma")
        elif name == "label_separator":
            values = SEPARATORS
        elif name == "header":
            values = (True, False)
        elif name == "sheet":
            values = likely
        elif name == "task":
            values = TASKS
        elif self._table is not None:
            values = self._table.columns[:_MOST_COLUMNS]
        return [(self._title(name, value), value) for value in values]

    def _title(self, name: str, value: object) -> str:
        if name == "header":
            return self.tr("column names") if value else self.tr("a row of data")
        if name == "delimiter":
            titles = {
                ",": self.tr("comma"), ";": self.tr("semicolon"), "\t": self.tr("tab"), "|": self.tr("vertical bar"),
                " ": self.tr("space"), "none": self.tr("nothing: lines are not cut"),
            }  # fmt: skip
            return titles.get(str(value), str(value))
        if name == "quote":
            titles = {'"': self.tr('double: "'), "'": self.tr("single: '"), "none": self.tr("none: all are letters")}
            return titles.get(str(value), str(value))
        if name == "skip_lines":
            return self.tr("none") if value == 0 else self.tr("1 line") if value == 1 else self.tr("{0} lines").format(value)
        if name == "decimal":
            return self.tr("point: 1.5") if value == "point" else self.tr("comma: 1,5")
        if name == "label_separator":
            titles = {
                "semicolon": self.tr("semicolon"), "comma": self.tr("comma"), "bar": self.tr("vertical bar"),
                "space": self.tr("space"), "json": self.tr("a list: [\"a\", \"b\"]"),
            }  # fmt: skip
            return titles.get(str(value), str(value))
        if name == "task":
            return self.task_title(str(value))
        return str(value)

    def task_title(self, task: str) -> str:
        """What a task is called."""
        titles = {
            "text-classification": self.tr("sort texts into classes"),
            "multi-label": self.tr("give a text several labels"),
            "regression": self.tr("predict a number"),
            "pair-classification": self.tr("compare two texts: a class"),
            "pair-regression": self.tr("compare two texts: a number"),
            "question-answering": self.tr("find answers in texts"),
            "token-classification": self.tr("tag each word"),
            "seq2seq": self.tr("turn a text into another"),
            "causal-lm": self.tr("write on, word by word"),
            "masked-lm": self.tr("fill in hidden words"),
        }
        return titles.get(task, task)
