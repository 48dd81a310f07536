"""What a training does beside its steps, measured on a throwaway model: scoring some rows, saving once."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from workbench.contracts.examples import Examples, Sequences
from workbench.data.prepare import Prepared
from workbench.engine.tasks.seq2seq import SAMPLED
from workbench.engine.training import Training

SECONDS = 0.5
"""Of scoring: as soon as a sample takes so long, it speaks for the others."""
FIRST = 16
"""Rows that are scored first; four times as many the next time."""
OF_A_SAVE = 1 / 3
"""Keeping the best weights takes this share of a checkpoint, which holds the optimiser's two numbers beside each weight."""


def scoring_seconds(training: Training, prepared: Prepared, cancelled: Callable[[], bool]) -> float:
    """Seconds of scoring over a whole run: on the way, and everything at its end.

    Args:
        training: Its model has made a few steps.
        prepared: What is scored.
        cancelled: Asked between batches.

    Raises:
        Cancelled: `cancelled` said so.
    """
    task, validation = training.task, prepared.validation
    rows, size = len(validation), min(FIRST, len(validation))
    if not rows:
        return 0.0
    reader = training.reader()
    reader.cancelled = cancelled
    try:
        while True:
            sample = some(validation, size)
            began = time.perf_counter()
            metrics = task.evaluate(reader, sample, full=True).metrics
            took = time.perf_counter() - began
            if size == rows or took > SECONDS:
                break
            size = min(4 * size, rows)
        read = took
        if "written" in metrics:  # on the way answers are written to some rows only, while all are read
            began = time.perf_counter()
            for batch in reader.batches(task, sample):
                reader.logits(batch)
            read = min(took, time.perf_counter() - began)
    finally:
        training.model.train()
    part = -(-rows // max(1, rows // SAMPLED)) if "written" in metrics else rows
    whole = took * rows / size
    on_the_way = (read * rows + (took - read) * part) / size
    test = len(prepared.test) / rows if prepared.test is not None else 0.0
    return on_the_way * (training.spec.evaluations - 1) + whole * (2 + test)


def saving_seconds(training: Training) -> float:
    """Seconds of saving over a whole run, from one save into the training's folder, which is thrown away."""
    began = time.perf_counter()
    training.save_once()
    took = time.perf_counter() - began
    return took * (training.spec.checkpoints + OF_A_SAVE * training.spec.evaluations)


def disk_bytes(training: Training, prepared: Prepared) -> tuple[int, int]:
    """Bytes a run leaves on the disk, and takes at most: weighed on one checkpoint in the training's folder.

    Raises:
        RunFailed: the disk is full.
    """
    checkpoint = _weight(training.folder)
    training.keep_best()
    best = _weight(training.folder) - checkpoint
    model = sum(parameter.numel() * parameter.element_size() for parameter in training.model.parameters())
    mapped = [
        sequences.values.nbytes
        for part in prepared.parts.values()
        for sequences in (part.examples.inputs, part.examples.targets, part.examples.types)
        if sequences is not None and isinstance(sequences.values, np.memmap)
    ]
    kept = 2 * checkpoint + 2 * best + model + sum(mapped)
    return kept, kept + checkpoint + best


def _weight(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def some(examples: Examples, size: int) -> Examples:
    """So many of the examples, evenly spread over all."""
    return chosen(examples, np.linspace(0, len(examples) - 1, size).round().astype(np.int64))


def chosen(examples: Examples, places: NDArray[np.int64]) -> Examples:
    """The examples at these places, ascending; those that are not chosen take no memory."""

    def of(sequences: Sequences | None) -> Sequences | None:
        if sequences is None:
            return None
        rows: list[NDArray[np.int32]] = [sequences[place] for place in places]
        return Sequences(np.concatenate(rows) if rows else sequences.values[:0], np.cumsum([0, *map(len, rows)], dtype=np.int64))

    inputs, passages = of(examples.inputs), examples.passages
    assert inputs is not None
    if passages is not None:
        tokens = of(passages.places)
        assert tokens is not None
        passages = replace(passages, question=passages.question[places], places=tokens)
    return Examples(
        inputs=inputs, targets=of(examples.targets), types=of(examples.types), passages=passages, rows=examples.rows[places],
        labels=None if examples.labels is None else examples.labels[places],
    )  # fmt: skip
