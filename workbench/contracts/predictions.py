"""What a trained model says to new texts and tables: answers, what words do to them, and how far a table has got."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

FORMATS = ("csv", "tsv", "jsonl", "xlsx", "parquet")
"""Endings a table with predictions is written with."""
METHODS = ("delete", "mask")
"""How a word is taken out of a text: see `workbench.engine.occlusion`."""


@dataclass(frozen=True, kw_only=True, eq=False)
class WordEffects:
    """What each word of a text does to the answer, measured by taking it out. See `workbench.engine.occlusion`."""

    method: str
    """One of `METHODS`."""
    text: str
    """What was read, as the model's mends leave it; of a pair both texts."""
    answer: str
    """The class whose probability is followed; of regression the number that was said."""
    whole: float
    """Its probability, or the number, for the whole text."""
    spans: tuple[tuple[int, int], ...]
    """Where each word stands in the text, in characters: from and to."""
    values: NDArray[np.float64]
    """(word,): what the answer loses without the word: a difference of probabilities, or of numbers. NaN for a word that
    stands behind the model's longest text and is not read."""
    passes: int
    """Texts the model read for it."""
    together: int = 1
    """Neighbouring words taken out at once and sharing one value, where a text has too many to take out each."""

    @property
    def unread(self) -> int:
        """Words the model does not get to see."""
        return int(np.isnan(self.values).sum())


@dataclass(frozen=True, kw_only=True)
class TextAnswer:
    """What a model says to one text."""

    given: str
    """What it was asked about."""
    pair: str = ""
    """The second text, where it reads two."""
    task: str
    text: str
    """The answer."""
    confidence: float | None = None
    probabilities: Mapping[str, float] = field(default_factory=dict)
    """By class, in the model's order; empty where there are none."""
    cut: bool = False
    """The text is longer than the model reads."""
    effects: WordEffects | None = None
    no_effects: str = ""
    """Why there are none though they were asked for."""

    @property
    def likely(self) -> tuple[tuple[str, float], ...]:
        """Classes, the likeliest first."""
        return tuple(sorted(self.probabilities.items(), key=lambda each: -each[1]))

    def as_dict(self) -> dict[str, Any]:  # Any: JSON values
        """The answer as `predict --text --json` prints it."""
        told: dict[str, Any] = {
            "prediction": self.text, "confidence": self.confidence, "probabilities": dict(self.probabilities),
        }  # fmt: skip
        if self.effects is not None:
            effects = self.effects
            told["effects"] = [
                {"word": effects.text[start:end], "start": start, "end": end, "effect": None if np.isnan(value) else float(value)}
                for (start, end), value in zip(effects.spans, effects.values, strict=True)
            ]
            told["effects_method"], told["effects_passes"], told["effects_text"] = effects.method, effects.passes, effects.text
        elif self.no_effects:
            told["effects"] = None
            told["no_effects"] = self.no_effects
        return told


@dataclass(frozen=True, kw_only=True)
class PredictorFacts:
    """What is known of a model that is to predict."""

    path: str
    task: str
    labels: tuple[str, ...]
    text_column: str
    """The column it reads; empty where it was not trained on a table."""
    pair_column: str = ""
    """The column of the second text, where it reads two."""
    parameters: int


@dataclass(frozen=True, kw_only=True)
class TableOrder:
    """A table that is to be predicted for."""

    table: str
    out: str
    text_column: str = ""
    """The column to read; empty takes the one the model was trained on."""
    pair_column: str = ""
    """The column of the second text, likewise."""
    overwrite: bool = False
    bom: bool = False
    """Begin csv and tsv with a byte order mark, by which Excel knows UTF-8."""
    neutralise: bool = False
    """Put an apostrophe before cells that a spreadsheet would take for formulas."""


@dataclass(frozen=True, kw_only=True)
class TablePreview:
    """The first rows of a table as they will be written."""

    table: str
    columns: tuple[str, ...]
    """Of the table."""
    text_column: str
    pair_column: str = ""
    """Of the second text, where the model reads two."""
    added: tuple[str, ...]
    """Names of the columns that come after."""
    rows: tuple[tuple[str, ...], ...]
    """Cells of both, as text."""


@dataclass(frozen=True, kw_only=True)
class Advance:
    """How far a table has got."""

    what: str
    """``predicting`` or ``writing``."""
    done: int
    total: int
    """Rows."""
    kept: int = 0
    """Rows that an earlier, interrupted prediction had done already."""
    seconds_left: float | None = None
    """Of this stage; None while nobody can know."""


@dataclass(frozen=True, kw_only=True)
class TableDone:
    """A table with its predictions is written."""

    out: str
    rows: int
    """Written: as many as were read."""
    predicted: int
    cut: int
    """Texts longer than the model reads."""
    kept: int
    """Rows that an earlier, interrupted prediction had done already."""
    neutralised: int
    """Cells that got an apostrophe."""
    rejected: tuple[Mapping[str, Any], ...] = ()  # Any: line, text, reason
    """What could not be read as a row, by line."""

    @property
    def unusable(self) -> int:
        """Rows whose text is empty; they keep their place."""
        return self.rows - self.predicted

    def as_dict(self) -> dict[str, Any]:  # Any: JSON values
        """The outcome as `predict --json` prints it."""
        return {
            "out": self.out, "rows": self.rows, "predicted": self.predicted, "unusable": self.unusable, "cut": self.cut,
            "resumed": self.kept, "neutralised": self.neutralised, "rejected": [dict(row) for row in self.rejected],
        }  # fmt: skip
