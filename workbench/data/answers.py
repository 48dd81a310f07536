"""An answer that is cut out of a passage: what a cell says of it, and where it stands."""

from __future__ import annotations

import json
import re
from typing import NamedTuple


class Answer(NamedTuple):
    """What a cell holds."""

    text: str
    start: int | None = None
    """Character of the passage it begins at, where the cell says so."""


def answer_of(cell: str) -> Answer:
    """Read a cell: plain text, or ``{"text": ["…"], "answer_start": [0]}`` as question answering sets hold it (the first one)."""
    text = cell.strip()
    if not text.startswith("{"):
        return Answer(text)
    try:
        content = json.loads(text)
    except ValueError:
        return Answer(text)
    if not isinstance(content, dict) or not isinstance(content.get("text"), list):
        return Answer(text)
    starts = content.get("answer_start")
    start = starts[0] if isinstance(starts, list) and starts and isinstance(starts[0], int) else None
    return Answer(str(content["text"][0]).strip(), start) if content["text"] else Answer("")


def place_of(answer: str, passage: str, start: int | None = None) -> int | None:
    """The character at which an answer begins, or None where it is not in the passage.

    Args:
        answer: Not empty.
        passage: What it is cut out of.
        start: Where it is said to begin; of several places the nearest is taken. Without it, a place where the answer is a
            word of its own comes before others.
    """
    if start is not None and passage.startswith(answer, start):
        return start
    places = _places(answer, passage) or _places(_folded(answer), _folded(passage))
    if not places:
        return None
    if start is not None:
        return min(places, key=lambda place: abs(place - start))
    return next((place for place in places if _is_whole(passage, place, place + len(answer))), places[0])


def _places(answer: str, passage: str) -> list[int]:
    return [match.start() for match in re.finditer(f"(?={re.escape(answer)})", passage)]


def _folded(text: str) -> str:
    """Lower case where that keeps every character in its place."""
    folded = text.casefold()
    return folded if len(folded) == len(text) else text


def _is_whole(passage: str, start: int, stop: int) -> bool:
    """Whether no letter or digit of the same word stands on either side."""
    before, after = passage[start - 1 : start], passage[stop : stop + 1]
    return not (before.isalnum() and passage[start].isalnum()) and not (after.isalnum() and passage[stop - 1].isalnum())
