"""Texts and targets as token ids, each task in its own form."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from workbench.contracts.examples import IGNORED, Sequences
from workbench.data.sequences import Writer
from workbench.data.tokenizers import Frame, encode, keeps_lines, special_ids

FRAME_OF_TASK: dict[str, Frame] = {
    "text-classification": "cls-sep",
    "multi-label": "cls-sep",
    "regression": "cls-sep",
    "pair-classification": "cls-sep",
    "pair-regression": "cls-sep",
    "question-answering": "cls-sep",
    "token-classification": "cls-sep",
    "masked-lm": "cls-sep",
    "seq2seq": "sep",
    "causal-lm": "none",
}

BATCH_CHARACTERS = 1_000_000
"""Text encoded at once, at most (one text always fits)."""


def encode_texts(
    tokenizer: Tokenizer,
    texts: Iterable[str],
    *,
    max_length: int,
    folder: Path | None = None,
    progress: Callable[[int], None] = lambda done: None,
) -> tuple[Sequences, int]:
    """Framed ids of each text, cut to `max_length` so that the closing token stays.

    Returns:
        The ids, and how many texts were cut.
    """
    frame = encode(tokenizer, [""])[0]
    closing = frame[-1:] if frame and frame[-1] == special_ids(tokenizer).sep else []
    writer, cut, done = Writer(folder=folder), 0, 0
    for batch in _batches(texts):
        ids = encode(tokenizer, batch)
        for place, item in enumerate(ids):
            if len(item) > max_length:
                ids[place] = item[: max_length - len(closing)] + closing
                cut += 1
        writer.extend(ids)
        done += len(batch)
        progress(done)
    return writer.finish(), cut


def encode_tags(
    tokenizer: Tokenizer,
    sentences: Iterable[tuple[Sequence[str], Sequence[int]]],
    *,
    max_length: int,
    folder: Path | None = None,
) -> tuple[Sequences, Sequences, int]:
    """Ids of sentences given as words, with each word's tag at its first sub-word.

    Args:
        tokenizer: Cuts each word on its own.
        sentences: Words and the tag ids that belong to them.
        max_length: Longest sentence in tokens, the frame included.
        folder: Where large results may go.

    Returns:
        The ids, the tags of the same lengths, and how many sentences were cut.
    """
    special = special_ids(tokenizer)
    opening = [] if special.cls is None else [special.cls]
    closing = [] if special.sep is None else [special.sep]
    nothing = [special.pad if special.unk is None else special.unk]  # a word that leaves no token still has its tag
    known: dict[str, list[int]] = {}
    inputs, targets, cut = Writer(folder=folder), Writer(folder=folder), 0
    remaining = iter(sentences)
    while batch := list(islice(remaining, 2_000)):
        new = sorted({word for words, _ in batch for word in words} - known.keys())
        known.update(zip(new, encode(tokenizer, new, framed=False, as_words=True), strict=True))
        all_ids, all_tags = [], []
        for words, tags in batch:
            ids, marks = list(opening), [IGNORED] * len(opening)
            for word, tag in zip(words, tags, strict=True):
                pieces = known[word] or nothing
                ids += pieces
                marks += [tag, *[IGNORED] * (len(pieces) - 1)]
            room = max_length - len(closing)
            cut += len(ids) > room
            all_ids.append(ids[:room] + closing)
            all_tags.append(marks[:room] + [IGNORED] * len(closing))
        inputs.extend(all_ids)
        targets.extend(all_tags)
    return inputs.finish(), targets.finish(), cut


def encode_rows(tokenizer: Tokenizer, texts: Iterable[str]) -> Iterator[list[list[int]]]:
    """Batches of ``[CLS] row [SEP]`` (nothing for an empty row), for language models, whose tokenizer puts no frame."""
    special = special_ids(tokenizer)
    opening = [] if special.cls is None else [special.cls]
    closing = [] if special.sep is None else [special.sep]
    for batch in _batches(texts):
        yield [opening + ids + closing if ids else [] for ids in encode(tokenizer, batch, framed=False)]


def encode_lines(tokenizer: Tokenizer, lines: Iterable[str], count: int) -> Iterator[list[list[int]]]:
    """Batches of ids of `count` lines with their line breaks, the last line without."""
    with_breaks = (line + "\n" if place < count else line for place, line in enumerate(lines, start=1))
    for batch in _batches(with_breaks):
        yield encode(tokenizer, batch, framed=False)


def encode_prompts(tokenizer: Tokenizer, texts: Iterable[str], *, max_length: int) -> tuple[Sequences, int]:
    """Beginnings to be continued by a language model: the last `max_length` ids of each, and one more as the unknown next.

    Returns:
        The ids, and how many texts lost their beginning.
    """
    special = special_ids(tokenizer)
    # a model of running text has never seen an opening token
    opening = [] if special.cls is None or keeps_lines(tokenizer) else [special.cls]
    next_one = [special.pad if special.sep is None else special.sep]
    writer, cut = Writer(), 0
    for batch in _batches(texts):
        ids = [opening + item for item in encode(tokenizer, batch, framed=False)]
        cut += sum(len(item) > max_length for item in ids)
        writer.extend([item[-max_length:] + next_one for item in ids])
    return writer.finish(), cut


def encode_stream(
    pieces: Iterable[list[list[int]]], rows: NDArray[np.int64], *, max_length: int, folder: Path | None = None
) -> tuple[Sequences, NDArray[np.int64]]:
    """Cut one long stream of ids into blocks of ``max_length + 1``, each beginning with the last id of the one before.

    A block gives `max_length` ids to read and as many to predict, so that every id but the first is predicted once.

    Args:
        pieces: Batches of the ids of each row.
        rows: Table row of each.
        max_length: Ids a model reads at once.
        folder: Where large results may go.

    Returns:
        The blocks (the last one may be shorter, at least two ids) and the table row each begins in.
    """
    writer, starts = Writer(folder=folder), []
    ids, origin = np.empty(0, np.int32), np.empty(0, np.int64)
    done = 0
    for batch in pieces:
        lengths = [len(item) for item in batch]
        ids = np.concatenate([ids, *(np.array(item, np.int32) for item in batch)])
        origin = np.concatenate([origin, np.repeat(rows[done : done + len(batch)], lengths)])
        done += len(batch)
        whole = (len(ids) - 1) // max_length
        if whole > 0:
            places = np.arange(whole)[:, None] * max_length + np.arange(max_length + 1)  # (blocks, max_length + 1)
            writer.extend_flat(ids[places].ravel(), np.full(whole, max_length + 1, np.int64))
            starts.append(origin[places[:, 0]])
            ids, origin = ids[whole * max_length :], origin[whole * max_length :]
    if len(ids) >= 2:
        writer.extend_flat(ids, np.array([len(ids)], np.int64))
        starts.append(origin[:1])
    return writer.finish(), np.concatenate([np.empty(0, np.int64), *starts])


def _batches(texts: Iterable[str]) -> Iterator[list[str]]:
    """Lists of bounded size, counted in texts and in characters."""
    batch: list[str] = []
    characters = 0
    for text in texts:
        batch.append(text)
        characters += len(text)
        if len(batch) == 4_096 or characters >= BATCH_CHARACTERS:
            yield batch
            batch, characters = [], 0
    if batch:
        yield batch
