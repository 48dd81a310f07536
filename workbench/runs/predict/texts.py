"""What a model says to one text, and what each of its words does to the answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from workbench.contracts.errors import WorkbenchError
from workbench.contracts.examples import Examples
from workbench.contracts.predictions import METHODS, TextAnswer, WordEffects
from workbench.contracts.specs import PAIRED
from workbench.data.defaults import LONGEST_TEXT
from workbench.data.recipe import encode_strings
from workbench.data.sequences import collect
from workbench.data.tokenizers import spans, special_ids
from workbench.engine import occlusion
from workbench.engine.tasks.base import Reader
from workbench.engine.tasks.sentence import Regression, TextClassification
from workbench.runs.opened import Opened, open_trained

EXPLAINED = frozenset({"text-classification", "regression"})


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
    text = text.strip()
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
        why_not = "what a word does is measured where a model reads one text and chooses a class or a number"
    elif effects:
        found = _explain(opened, reader, text, effects, answer.text)
    return TextAnswer(
        given=text, task=opened.task.name, text=answer.text, confidence=answer.confidence,
        probabilities=dict(answer.probabilities), cut=encoded.cut > 0, effects=found, no_effects=why_not,
    )  # fmt: skip


def _explain(opened: Opened, reader: Reader, text: str, method: str, answer: str) -> WordEffects:
    """The effect of each word by one of the two ways."""
    found = occlusion.words(text)
    places = spans(opened.recipe.tokenizer, text)
    read = _read(opened, places)
    end = max((end for _, end in places[:read]), default=0)
    groups = occlusion.grouped(sum(start < end for start, _ in found))
    stretches = [[found[place] for place in group] for group in groups]
    whole = encode_strings(opened.recipe, [text]).examples.inputs[0].tolist()
    if method == "mask":
        hidden = _mask(opened)
        places = places[:read] + [(0, 0)] * (len(whole) - read)
        rows = [whole, *(occlusion.masked(whole, places, stretch, hidden) for stretch in stretches)]
    else:
        inputs = encode_strings(opened.recipe, [occlusion.deleted(text, stretch) for stretch in stretches]).examples.inputs
        rows = [whole, *(inputs[place].tolist() for place in range(len(inputs)))]
    answers = _follow(opened, reader, rows, answer)
    return WordEffects(
        method=method, answer=answer, whole=float(answers[0]), spans=tuple(found),
        values=occlusion.effects(answers, groups, len(found)), passes=len(answers), together=max(map(len, groups), default=1),
    )  # fmt: skip


def _follow(opened: Opened, reader: Reader, rows: Sequence[Sequence[int]], answer: str) -> NDArray[np.float64]:
    """The probability of a class, or the number that is said, for each row of token ids: (rows,).

    NaN for a row without any token, which nothing can be asked about.
    """
    task, asked = opened.task, [place for place, row in enumerate(rows) if len(row)]
    examples = Examples(inputs=collect([rows[place] for place in asked]), rows=np.arange(len(asked)))
    followed = np.full(len(rows), np.nan)
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


def _read(opened: Opened, places: Sequence[occlusion.Span]) -> int:
    """How many of a text's tokens the model reads; a closing token that follows a cut is not among them."""
    longest = opened.recipe.data.max_length or LONGEST_TEXT
    if len(places) <= longest:
        return len(places)
    return longest - (places[-1] == (0, 0))
