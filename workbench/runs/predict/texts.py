"""What a model says to one text, and what each of its words does to the answer."""

from __future__ import annotations

import itertools
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from workbench.contracts.errors import WorkbenchError
from workbench.contracts.examples import TOGETHER, Examples
from workbench.contracts.predictions import METHODS, TextAnswer, WordEffects
from workbench.contracts.specs import ONE_CLASS, ONE_NUMBER, PAIRED
from workbench.data.defaults import LONGEST_TEXT
from workbench.data.pairs import places_of_pair
from workbench.data.recipe import encode_strings
from workbench.data.sequences import collect
from workbench.data.tokenizers import spans, special_ids
from workbench.engine import occlusion
from workbench.engine.tasks.base import Reader
from workbench.engine.tasks.sentence import Regression, TextClassification
from workbench.runs.beside_steps import chosen
from workbench.runs.opened import Opened, open_trained

EXPLAINED = frozenset({*ONE_CLASS, *ONE_NUMBER})


def predict_text(
    model: Path | Opened, text: str, pair: str = "", *, effects: str = "", cancelled: Callable[[], bool] = lambda: False
) -> TextAnswer:
    """What a model says to one text, or to two where it reads two.

    Args:
        model: A run or a model folder, or one that is open.
        text: The text; white space around it is padding.
        pair: The second text; it may also stand in `text`, after `workbench.data.recipe.TOGETHER`.
        effects: One of `METHODS`, to measure what each word does (`workbench.engine.occlusion`); nothing leaves it out.
        cancelled: Asked now and then whether to stop.

    Raises:
        WorkbenchError: the text is empty, there is no such method, or the model has no mask token to hide words with.
        Cancelled: `cancelled` said so.
    """
    opened = model if isinstance(model, Opened) else open_trained(model, paired=bool(pair))
    text, pair = text.strip(), pair.strip()
    if not text:
        raise WorkbenchError("the text is empty", where="text", mend="Give a text with at least one word.")
    if effects and effects not in METHODS:
        raise WorkbenchError(f"there is no way {effects!r} to take a word out", where="--by", mend="Use delete or mask.")
    if pair and opened.task.name not in PAIRED:
        raise WorkbenchError(f"{opened.task.name} reads one text", where="pair", mend="Leave the second text out.")
    encoded = encode_strings(opened.recipe, [text], [pair] if pair else None)
    reader = Reader(opened.model, opened.recipe.tokenizer, cancelled=cancelled)
    answer = opened.task.predict(reader, encoded.examples)[0]
    found, why_not = None, ""
    if effects and opened.task.name not in EXPLAINED:
        why_not = "what a word does is measured where a model chooses a class or a number"
    elif effects:
        sides, seconds = encoded.sides()  # mended, as the model learned to read them
        found = _explain(opened, reader, [*sides, *(seconds or ())], effects, answer.text)
    return TextAnswer(
        given=text, pair=pair, task=opened.task.name, text=answer.text, confidence=answer.confidence,
        probabilities=dict(answer.probabilities), cut=encoded.cut > 0, effects=found, no_effects=why_not,
    )  # fmt: skip


def _explain(opened: Opened, reader: Reader, texts: Sequence[str], method: str, answer: str) -> WordEffects:
    """The effect of each word by one of the two ways; `texts` are the one or two that are read."""
    text = f" {TOGETHER} ".join(texts)
    begins = [len(text) - len(texts[-1])] if len(texts) > 1 else []
    places = _places(opened, texts)
    found = [(start + at, end + at) for side, at in zip(texts, [0, *begins], strict=True) for start, end in occlusion.words(side)]
    known = [place for place, (start, end) in enumerate(found) if any(start < b and end > a for a, b in places)]
    groups = occlusion.grouped(len(known))
    stretches = [[found[known[place]] for place in group] for group in groups]
    if method == "mask":
        rows = _masked(opened, texts, places, stretches)
    else:
        without = [texts, *(_deleted(texts, begins, stretch) for stretch in stretches)]
        columns = list(zip(*without, strict=True))
        rows = encode_strings(opened.recipe, columns[0], columns[1] if begins else None, blank=True).examples
    answers = _follow(opened, reader, rows, answer)
    values = np.full(len(found), np.nan)
    values[known] = occlusion.effects(answers, groups, len(known))
    return WordEffects(
        method=method, text=text, answer=answer, whole=float(answers[0]), spans=tuple(found), values=values,
        passes=len(answers), together=max(map(len, groups), default=1),
    )  # fmt: skip


def _places(opened: Opened, texts: Sequence[str]) -> list[occlusion.Span]:
    """Where each token that is read stands in the texts, written one after the other; (0, 0) for the frame."""
    longest = opened.recipe.data.max_length or LONGEST_TEXT
    if len(texts) == 1:
        places = spans(opened.recipe.tokenizer, texts[0])
        return [*places[: longest - 1], (0, 0)] if len(places) > longest and places[-1] == (0, 0) else places[:longest]
    first, second = places_of_pair(opened.recipe.tokenizer, (texts[0], texts[1]), max_length=longest)
    begin = len(texts[0]) + len(f" {TOGETHER} ")
    moved = ((start + begin, end + begin) if end else (0, 0) for start, end in second)
    return [one if one != (0, 0) else other for one, other in zip(first, moved, strict=True)]


def _deleted(texts: Sequence[str], begins: Sequence[int], stretch: Sequence[occlusion.Span]) -> list[str]:
    """The texts without a stretch of words, which may reach from the first into the second."""
    left = list(texts)
    for side, (low, high) in enumerate(itertools.pairwise([0, *begins, sys.maxsize])):
        if inside := [(start - low, end - low) for start, end in stretch if low <= start < high]:
            left[side] = occlusion.deleted(texts[side], inside)
    return left


def _masked(
    opened: Opened, texts: Sequence[str], places: Sequence[occlusion.Span], stretches: Sequence[Sequence[occlusion.Span]]
) -> Examples:
    """The whole text, then with the mask in the place of each stretch of words."""
    hidden = _mask(opened)
    read = encode_strings(opened.recipe, [texts[0]], texts[1:] or None).examples
    whole = read.inputs[0].tolist()
    rows = [whole, *(occlusion.masked(whole, places, stretch, hidden) for stretch in stretches)]
    types = None if read.types is None else collect([read.types[0].tolist()] * len(rows))
    return Examples(inputs=collect(rows), types=types, rows=np.arange(len(rows)))


def _follow(opened: Opened, reader: Reader, examples: Examples, answer: str) -> NDArray[np.float64]:
    """The probability of a class, or the number that is said, for each example: (examples,).

    NaN for one without any token, which nothing can be asked about.
    """
    task, asked = opened.task, np.flatnonzero(examples.inputs.lengths)
    followed = np.full(len(examples), np.nan)
    examples = chosen(examples, asked)
    if isinstance(task, Regression):
        followed[asked] = task.values(reader, examples)
    elif isinstance(task, TextClassification):
        followed[asked] = task.probabilities(reader, examples)[:, task.labels.index(answer)]
    return followed


def _mask(opened: Opened) -> int:
    mask = special_ids(opened.recipe.tokenizer).mask
    if mask is None:
        raise WorkbenchError(
            "this model's vocabulary has no mask token", where=str(opened.path), mend="Take words out by deleting them."
        )
    return mask
