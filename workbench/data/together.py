"""Which columns are read together: two texts that are compared, or a question beside the passage that answers it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import permutations
from typing import NamedTuple

from workbench.data.answers import answer_of, place_of

_PAIRS = (
    ("premise", "hypothesis"), ("query", "document"), ("query", "passage"), ("question", "sentence"), ("sentence", "hypothesis"),
    ("claim", "evidence"), ("前提", "假设"), ("前提", "假設"),
)  # fmt: skip
"""Names of columns that are one pair, beside those that differ by a number or letter at their end."""
_NUMBERED = re.compile(r"(?P<stem>.*?)[ _.-]?(?P<end>[12一二ab甲乙])", re.IGNORECASE)
_ENDS = {"1": "23", "一": "二三", "a": "bc", "甲": "乙丙"}
"""What the second of a pair ends in, and the third of a longer series."""
_NO_STEMS = frozenset(("", "column", "col", "c", "field", "feature", "f", "x", "v", "var", "unnamed", "列"))
"""What columns without a meaning are called."""
_QUESTIONS = frozenset(("question", "query", "问题", "問題", "提问", "提問"))
_STARTS = frozenset(("answer_start", "start", "answerstart", "answer start", "start_position", "答案位置", "答案起始"))
_PIECE = re.compile(r"[^\W_]+")
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")
_RELATED = 0.15
"""Share of their words that two texts of one row have in common, on average, at least."""


class Candidate(NamedTuple):
    """A column that may hold texts: its first cells, row by row."""

    name: str
    cells: Sequence[str]
    mean_length: float


class Pair(NamedTuple):
    """Two columns of texts that belong together, and how that shows."""

    first: str
    second: str
    reason: str


class Asked(NamedTuple):
    """The columns of questions, passages, answers and (where there is one) of where answers begin."""

    question: str
    passage: str
    answer: str
    start: str | None
    reason: str


def named_pair(names: Sequence[str]) -> Pair | None:
    """Two columns whose names say that they are a pair."""
    lower = {name.lower().strip(): name for name in reversed(names)}
    for one, other in _PAIRS:
        if one in lower and other in lower:
            return Pair(lower[one], lower[other], _by_name(lower[one], lower[other]))
    for name in names:
        match = _NUMBERED.fullmatch(name.strip())
        if match is None or match["end"].lower() not in _ENDS or match["stem"].lower() in _NO_STEMS:
            continue
        before = match["stem"][-1]
        if before.isdecimal() or (match["end"].isascii() and match["end"].isalpha() and match.end("stem") == match.start("end")):
            continue  # "note11" is one of a series, and "schema" no first of two
        second, third = (lower.get(name.strip()[: match.start("end")].lower() + end) for end in _ENDS[match["end"].lower()])
        if second is not None and third is None:
            return Pair(name, second, _by_name(name, second))
    return None


def related_pair(one: Candidate, other: Candidate) -> Pair | None:
    """Two columns of texts of like length that share more words in a row than across rows."""
    shorter, longer = sorted((one.mean_length, other.mean_length))
    if longer > 2 * shorter or len(one.cells) < 8:
        return None
    rows = [(_words(a), _words(b)) for a, b in zip(one.cells, other.cells, strict=True)]
    inside = _mean(_shared(a, b) for a, b in rows)
    across = _mean(_shared(rows[place][0], rows[place - 1][1]) for place in range(len(rows)))
    if inside < max(_RELATED, 2 * across):
        return None
    return Pair(
        one.name, other.name,
        f"{one.name!r} and {other.name!r} share {inside:.0%} of their words in a row, and {across:.0%} across rows",
    )  # fmt: skip


def asked(candidates: Sequence[Candidate], given: Mapping[str, str | None], names: Sequence[str]) -> Asked | None:
    """Columns of questions, passages and answers, where nearly every answer stands in its passage.

    Args:
        candidates: The columns with their first cells.
        given: What is settled: ``text``, ``pair``, ``target``, ``answer_start``.
        names: All columns.
    """
    fits: list[tuple[float, Asked]] = []
    for question, passage, answer in permutations(candidates, 3):
        settled = {"text": question, "pair": passage, "target": answer}
        if any(given.get(role) not in (None, each.name) for role, each in settled.items()):
            continue
        if passage.mean_length < 2 * answer.mean_length or passage.mean_length < question.mean_length:
            continue
        points = 1.0 * (question.name.lower() in _QUESTIONS) + _mean(
            cell.rstrip().endswith(("?", "？")) for cell in question.cells
        )
        if points < 0.6 and given.get("text") is None:
            continue
        there = _mean(_holds(a, p) for a, p in zip(answer.cells, passage.cells, strict=True) if a.strip())
        if there < 0.5 or (there < 0.9 and given.get("target") is None):
            continue
        start = given.get("answer_start") or next((name for name in names if name.lower() in _STARTS), None)
        reason = f"{there:.0%} of the cells of {answer.name!r} stand in {passage.name!r}, and {question.name!r} asks for them"
        fits.append((points + there, Asked(question.name, passage.name, answer.name, start, reason)))
    return max(fits, key=lambda fit: fit[0])[1] if fits else None


def _by_name(one: str, other: str) -> str:
    return f"{one!r} and {other!r} are named as a pair"


def _holds(cell: str, passage: str) -> bool:
    answer = answer_of(cell)
    return len(answer.text) > 0 and place_of(answer.text, passage, answer.start) is not None


def _words(text: str) -> frozenset[str]:
    """Its words, and each Chinese character as one."""
    folded = text.casefold()
    return frozenset(_HAN.findall(folded)) | frozenset(_PIECE.findall(_HAN.sub(" ", folded)))


def _shared(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other) if one or other else 0.0


def _mean(values: Iterable[float]) -> float:
    found = list(values)
    return sum(found) / len(found) if found else 0.0
