"""Two texts as one sequence of token ids: pairs that are compared, and questions beside the passage that answers them."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from tokenizers import Encoding, Tokenizer

from workbench.contracts.errors import WorkbenchError
from workbench.contracts.examples import Sequences
from workbench.data.sequences import Writer
from workbench.data.tokenizers import cutting, trimmed

BATCH = 1_000
"""Pairs encoded at once."""
NOWHERE = -1
"""Beginning of an answer that is not known."""


Place = tuple[int, int]
"""First character and the one past the last."""


class Question(NamedTuple):
    """What is asked of a passage."""

    question: str
    passage: str
    start: int = NOWHERE
    """First character of the answer in the passage."""
    stop: int = NOWHERE
    """The one past its last."""


class Windows(NamedTuple):
    """Questions with the stretches of their passages that a model reads at once."""

    ids: Sequences
    types: Sequences | None
    places: Sequences
    """See `workbench.contracts.examples.Passages.places`."""
    answers: Sequences
    """First and last token of the answer, both 0 where it is not (wholly) in the window."""
    question: NDArray[np.int64]
    """Number of the question of each window: (windows,)."""
    cut: int
    """Questions that lost their end."""


def encode_pairs(
    tokenizer: Tokenizer, pairs: Iterable[tuple[str, str]], *, max_length: int, folder: Path | None = None
) -> tuple[Sequences, Sequences | None, int]:
    """Framed ids of two texts each, in the tokenizer's own frame; of a pair that is too long the longer text is cut.

    Args:
        tokenizer: Its template says what stands around and between.
        pairs: The texts.
        max_length: Longest pair in tokens, the frame included.
        folder: Where large results may go.

    Returns:
        The ids, which token is of the second text (None where the tokenizer does not tell), and how many pairs were cut.

    Raises:
        WorkbenchError: `max_length` leaves no room for two texts.
    """
    _check_room(tokenizer, max_length, 2)
    cutter = cutting(tokenizer, max_length, "longest_first")
    ids, types, cut = Writer(folder=folder), Writer(dtype=np.uint8, folder=folder), 0
    remaining = iter(pairs)
    while batch := list(islice(remaining, BATCH)):
        encodings = cutter.encode_batch_fast(batch)
        ids.extend([encoding.ids for encoding in encodings])
        types.extend([encoding.type_ids for encoding in encodings])
        cut += sum(len(encoding.overflowing) > 0 for encoding in encodings)
    return ids.finish(), _told_apart(types), cut


def places_of_pair(tokenizer: Tokenizer, pair: tuple[str, str], *, max_length: int) -> tuple[list[Place], list[Place]]:
    """Where the tokens that `encode_pairs` gives for a pair stand, in the first text and in the second.

    Returns:
        Two lists with a place for each token: from and to, (0, 0) where it is no token of that text.
    """
    encoding = cutting(tokenizer, max_length, "longest_first").encode(*pair)
    found: tuple[list[Place], list[Place]] = [], []
    for token, place, part in zip(encoding.tokens, encoding.offsets, encoding.sequence_ids, strict=True):
        for side, (text, places) in enumerate(zip(pair, found, strict=True)):
            places.append(trimmed(text, token, *place) if part == side else (0, 0))
    return found


def encode_questions(
    tokenizer: Tokenizer, questions: Iterable[Question], *, max_length: int, folder: Path | None = None
) -> Windows:
    """Framed ids of questions with their passages. A long passage is read in windows that share a quarter of their length.

    Where both do not fit into one window, the question takes at most half of it; what is longer is cut and counted.

    Args:
        tokenizer: Its template says what stands around and between.
        questions: What to encode.
        max_length: Longest window in tokens, the frame included.
        folder: Where large results may go.

    Raises:
        WorkbenchError: `max_length` leaves no room.
    """
    room = max_length - _check_room(tokenizer, max_length, 2)
    most = room // 2
    cutter = cutting(tokenizer, max_length, "only_second", stride=most // 2 if most >= 8 else 0)
    ids, places, answers = (Writer(folder=folder) for _ in range(3))
    types, numbers, cut, done = Writer(dtype=np.uint8, folder=folder), [], 0, 0
    remaining = iter(questions)
    while batch := list(islice(remaining, BATCH)):
        texts = [(each.question, each.passage) for each in batch]
        asked = tokenizer.encode_batch([question for question, _ in texts], add_special_tokens=False)
        for row, (encoding, (question, passage)) in enumerate(zip(asked, texts, strict=True)):
            if len(encoding) > most and len(encoding) + len(tokenizer.encode(passage, add_special_tokens=False)) > room:
                texts[row] = (_shortened(tokenizer, question, encoding, most), passage)
                cut += 1
        for row, (whole, (_, passage)) in enumerate(zip(cutter.encode_batch(texts), texts, strict=True)):
            windows = [whole, *whole.overflowing]
            where = [_places(window, passage) for window in windows]
            ids.extend([window.ids for window in windows])
            types.extend([window.type_ids for window in windows])
            places.extend([place.ravel() for place in where])
            answers.extend([_answer(place, batch[row].start, batch[row].stop) for place in where])
            numbers += [done + row] * len(windows)
        done += len(batch)
    return Windows(ids.finish(), _told_apart(types), places.finish(), answers.finish(), np.array(numbers, np.int64), cut)


def _shortened(tokenizer: Tokenizer, question: str, encoding: Encoding, most: int) -> str:
    """The longest beginning of a question that ends with one of its tokens and has so few: a cut word may fall into more."""
    ends = (encoding.offsets[count - 1][1] for count in range(most, 0, -1))
    starts = (question[:end] for end in ends)
    return next((start for start in starts if len(tokenizer.encode(start, add_special_tokens=False)) <= most), "")


def _places(window: Encoding, passage: str) -> NDArray[np.int32]:
    """(length, 2) first character and the one past the last of each token, 0 and 0 outside of the passage."""
    return np.array(
        [
            trimmed(passage, token, *place) if part == 1 else (0, 0)
            for token, place, part in zip(window.tokens, window.offsets, window.sequence_ids, strict=True)
        ],
        np.int32,
    )


def _answer(places: NDArray[np.int32], start: int, stop: int) -> tuple[int, int]:
    """First and last token that share a character with an answer which lies wholly in the window, else 0 and 0."""
    if start == NOWHERE:
        return 0, 0
    first, last = places[:, 0], places[:, 1]
    inside = np.flatnonzero((first < stop) & (last > start))
    there = np.flatnonzero(last > first)
    if not len(inside) or first[there[0]] > start or last[there[-1]] < stop:
        return 0, 0
    return int(inside[0]), int(inside[-1])


def _check_room(tokenizer: Tokenizer, max_length: int, least: int) -> int:
    """How many tokens the frame takes."""
    frame = int(tokenizer.num_special_tokens_to_add(True))
    if max_length < frame + least:
        raise WorkbenchError(
            f"two texts do not fit into {max_length} tokens, {frame} of which stand around them",
            where="data.max_length",
            mend=f"Set max_length to {frame + least} or more.",
        )
    return frame


def _told_apart(types: Writer) -> Sequences | None:
    """The types, unless they are the same everywhere."""
    found = types.finish()
    return found if found.values.any() else None
