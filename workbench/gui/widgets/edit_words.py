"""The edits of a run in words of the window's language; layers and heads are counted from 1."""

from __future__ import annotations

from PySide6.QtCore import QObject

from workbench.contracts.edits import Edit, Value
from workbench.contracts.specs import Experiment
from workbench.gui.models.run_edits import Entry, Fate

LETTERS = 28
"""Of a text that is told in a line, at most."""


class EditWords(QObject):
    """Says what was edited, from what to what."""

    def what(self, edit: Edit) -> str:
        """What an edit sets."""
        if edit.what == "head":
            kinds = {"encoder": self.tr("Encoder head {0}"), "decoder": self.tr("Decoder head {0}"),
                     "cross": self.tr("Cross head {0}")}  # fmt: skip
            return kinds[edit.kind].format(f"{edit.layer + 1}·{edit.head + 1}")
        return {
            "learning_rate": self.tr("Learning rate"), "dropout": self.tr("Dropout"), "film_text": self.tr("Text of the film"),
        }[edit.what]  # fmt: skip

    def value(self, what: str, value: Value, experiment: Experiment | None = None) -> str:
        """A value of it; one that the experiment says, where it is known."""
        if what == "head":
            return self.head_state(str(value or "on"))
        if value is None:
            stated = _stated(what, experiment)
            return self.tr("as set") if stated is None else self.value(what, stated)
        if what == "film_text":
            text = " ".join(str(value).split())
            short = text if len(text) <= LETTERS else text[: LETTERS - 1] + "…"
            return self.tr("“{0}”").format(short) if text else self.tr("an example of the data")
        return f"{value:g}"

    def head_state(self, state: str) -> str:
        """What a head is: on, off or frozen."""
        return {"on": self.tr("on"), "off": self.tr("off"), "frozen": self.tr("frozen")}[state]

    def title(self, column: str) -> str:
        """What a column of the list is called."""
        return {"step": self.tr("Step"), "what": self.tr("Edit"), "change": self.tr("From → to"), "fate": ""}[column]

    def cell(self, entry: Entry, column: str, experiment: Experiment | None = None) -> str:
        """A cell of the list."""
        if column == "step":
            return "" if entry.fate is Fate.ASKED else self.tr("step {0}").format(f"{entry.edit.step:,}")
        if column == "what":
            return self.what(entry.edit)
        return self.change(entry, experiment) if column == "change" else self.fate(entry.fate)

    def change(self, entry: Entry, experiment: Experiment | None = None) -> str:
        """From what to what."""
        what, old, new = entry.edit.what, entry.before, entry.edit.value
        said = self.value(what, new, experiment)
        if entry.fate is Fate.PLANNED:
            return f"→ {said}"
        return f"{self.value(what, old, experiment)} → {said}"

    def fate(self, fate: Fate) -> str:
        """What became of it; nothing of one that is simply in force."""
        return {
            Fate.MADE: "", Fate.UNDONE: self.tr("undone"), Fate.UNDO: self.tr("undo"), Fate.ASKED: self.tr("asked for…"),
            Fate.PLANNED: self.tr("to come"),
        }[fate]  # fmt: skip

    def line(self, entry: Entry, experiment: Experiment | None = None) -> str:
        """The whole of it, as a tool tip tells it."""
        words = self.tr("step {0}: {1} {2}")
        return words.format(f"{entry.edit.step:,}", self.what(entry.edit), self.change(entry, experiment))

    def moment(self, edit: Edit, experiment: Experiment | None = None) -> str:
        """What it set, and when."""
        said = self.value(edit.what, edit.value, experiment)
        return self.tr("step {0}: {1} → {2}").format(f"{edit.step:,}", self.what(edit), said)

    def short(self, edit: Edit, experiment: Experiment | None = None) -> str:
        """A few letters that stand on a curve."""
        said = self.value(edit.what, edit.value, experiment)
        if edit.what == "head":
            return f"{edit.layer + 1}·{edit.head + 1} {said}"
        return {
            "learning_rate": self.tr("rate {0}"), "dropout": self.tr("dropout {0}"), "film_text": self.tr("film text"),
        }[edit.what].format(said)  # fmt: skip


def _stated(what: str, experiment: Experiment | None) -> Value:
    """What the experiment says; None where that is not known: a pretrained model brings its own dropout."""
    if experiment is None:
        return None
    if what == "dropout":
        return experiment.model.dropout if experiment.model.model is None else None
    return experiment.train.learning_rate if what == "learning_rate" else experiment.train.film_text or ""
