"""What changed in a run and when, in the window's language; layers and heads are counted from 1."""

from __future__ import annotations

from PySide6.QtCore import QObject

from workbench.contracts.film import ChangePoint
from workbench.gui.models.film_state import Rise
from workbench.gui.widgets.metric_words import metric_name, metric_text


class FilmWords(QObject):
    """Sentences of a film."""

    def change(self, change: ChangePoint) -> str:
        """One change of one head."""
        kinds = {
            "encoder": self.tr("Encoder"), "decoder": self.tr("Decoder"), "cross": self.tr("Cross-attention"),
        }  # fmt: skip
        words = (
            self.tr("{0}, layer {1} head {2} became {3} between steps {4} and {5}: {6}") if change.became
            else self.tr("{0}, layer {1} head {2} ceased to be {3} between steps {4} and {5}")
        )  # fmt: skip
        return words.format(
            kinds.get(change.kind, change.kind), change.layer + 1, change.head + 1, self._sort(change.name),
            f"{change.before:,}", f"{change.after:,}", self._act(change.name),
        )  # fmt: skip

    def rise(self, rise: Rise) -> str:
        """When the model learned its task."""
        return self.tr("The model learned most here: {0} went from {1} to {2} between steps {3} and {4}").format(
            metric_name(rise.metric), metric_text(rise.metric, rise.low), metric_text(rise.metric, rise.high),
            f"{rise.before:,}", f"{rise.after:,}",
        )  # fmt: skip

    def _act(self, name: str) -> str:
        """What a head of a sort does, in plain words."""
        return {
            "previous_token": self.tr("it looks at the word before"),
            "next_token": self.tr("it looks at the word after"),
            "own_token": self.tr("each word looks at itself"),
            "first_token": self.tr("it rests on the first token"),
            "special_tokens": self.tr("it looks at special tokens"),
            "mirrored": self.tr("it reads the text backwards"),
            "diagonal": self.tr("it reads along word by word"),
            "induction": self.tr("it finds what followed the last time"),
            "duplicate_token": self.tr("it looks at the same word further up"),
        }.get(name, name)

    def _sort(self, name: str) -> str:
        """What a head is called, with its article."""
        return {
            "previous_token": self.tr("a previous-token head"),
            "next_token": self.tr("a next-token head"),
            "own_token": self.tr("a same-token head"),
            "first_token": self.tr("a first-token (sink) head"),
            "special_tokens": self.tr("a special-tokens head"),
            "mirrored": self.tr("a mirrored-position head"),
            "diagonal": self.tr("a diagonal head"),
            "induction": self.tr("an induction head"),
            "duplicate_token": self.tr("a duplicate-token head"),
        }.get(name, name)
