"""A run's ``events.jsonl`` read back beside a window: steps into arrays, in pieces that make nobody wait."""

from __future__ import annotations

import itertools
import json
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from workbench.contracts.events import Event, Step, from_json
from workbench.gui.models.step_block import COLUMNS, StepBlock

LINES = 256
"""Lines that are read at a time: under a millisecond of work that no other thread can interrupt."""
BREATH = 0.0005
"""Seconds between two pieces in which other threads go first."""
BLOCK = 5_000
"""Steps that are handed on as one block: what a window takes in a few milliseconds."""
STEP = b'{"type": "step", '


def read_events(path: Path, cancelled: Callable[[], bool] = lambda: False) -> list[Event | StepBlock]:
    """Everything a run has said, in order; a torn line is passed over.

    Args:
        path: ``events.jsonl``; nothing where it is missing.
        cancelled: Asked now and then whether to stop; what was read until then is the answer.
    """
    return EventTail(path).read(cancelled)


class EventTail:
    """A run's events from where they were read to last: the file grows while another process trains."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._place = 0

    def read(self, cancelled: Callable[[], bool] = lambda: False, *, growing: bool = False) -> list[Event | StepBlock]:
        """What was said since, in order.

        Args:
            cancelled: As for `read_events`.
            growing: A last line without its end is still being written, and left for the next time.
        """
        reading = _Reading()
        if self.path.exists():
            with self.path.open("rb") as file:
                file.seek(self._place)
                torn = False  # its other half may come while this is read: it is read as a whole the next time
                while not torn and (lines := list(itertools.islice(file, LINES))) and not cancelled():
                    torn = growing and not lines[-1].endswith(b"\n")
                    if torn:
                        lines.pop()
                    self._place += sum(map(len, lines))
                    for is_step, some in itertools.groupby(lines, _is_step):
                        if is_step:
                            reading.steps(list(some))
                        else:
                            reading.others(some)
                    time.sleep(BREATH)
        reading.end_block()
        return reading.found


def _is_step(line: bytes) -> bool:
    return line.startswith(STEP)


class _Reading:
    """What was read so far; steps gather until something else happens or a block is full."""

    def __init__(self) -> None:
        self.found: list[Event | StepBlock] = []
        self._pieces: list[NDArray[np.float64]] = []
        self._gathered = 0

    def steps(self, lines: list[bytes]) -> None:
        try:
            said = json.loads(b"[" + b",".join(lines) + b"]")
            rows = np.array([[each[name] for name in COLUMNS] for each in said], np.float64)
        except (ValueError, KeyError, TypeError):  # one of them is torn or of another version
            self.others(lines)
            return
        self._gather(rows)

    def others(self, lines: Iterable[bytes]) -> None:
        for line in lines:
            event = from_json(line.decode("utf-8", errors="replace"))
            if isinstance(event, Step):
                self._gather(StepBlock.of([event]).values)
            elif event is not None:
                self.end_block()
                self.found.append(event)

    def _gather(self, rows: NDArray[np.float64]) -> None:
        self._pieces.append(rows)
        self._gathered += len(rows)
        if self._gathered >= BLOCK:
            self.end_block()

    def end_block(self) -> None:
        if self._pieces:
            self.found.append(StepBlock(np.concatenate(self._pieces)))
        self._pieces, self._gathered = [], 0
