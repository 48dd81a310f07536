"""Work in forked children that may be killed: torch is imported once, and a child begins in a millisecond.

The parent has one thread and computes nothing, so that a fork copies no lock that somebody holds.
"""

from __future__ import annotations

import ast
import faulthandler
import os
import random
import re
import signal
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from workbench.contracts.errors import WorkbenchError

PHASES = (
    ("final saving", ("save_model", "keep_answers", "write_report")),
    ("checkpoint", ("write, checkpoints.py", "prune", "content, training_state.py")),
    ("last scoring", ("_conclude",)),
    ("evaluation", ("_evaluate",)),
    ("film", ("_hear", "flush, film.py")),
    ("step", ("_step, training.py",)),
    ("resuming", ("_resume",)),
    ("preparation", ("prepare", "build", "save_architecture", "create", "owning", "tidy", "make_accelerator", "__init__")),
)
"""Where a run is, by the functions it is in (Python calls that are under way); the first that fits counts."""
REFUSED = "refused"
"""What a child says first that ended with a `WorkbenchError`; of any other error it is *crashed*."""
FILES = frozenset({"open", "os.rename", "os.mkdir", "os.remove", "os.rmdir", "os.truncate", "shutil.rmtree"})
"""What a run does to its folder, as Python's audit tells it."""


@dataclass(frozen=True, kw_only=True)
class Ended:
    """How a child ended."""

    status: int
    """0, or its exit status; negative for the signal that killed it."""
    said: str = ""
    """Its error, or where it was when it was killed."""

    @property
    def killed(self) -> bool:
        return self.status == -signal.SIGKILL

    @property
    def phase(self) -> str:
        """Where it was killed."""
        return next((name for name, marks in PHASES if any(_is_in(mark, self.said) for mark in marks)), "between steps")


def forked(work: Callable[[], object], notes: Path, *, seconds: float | None = None, operation: int | None = None) -> Ended:
    """Do something in a child.

    Args:
        work: An error it raises is said in the result.
        notes: A file for what the child says.
        seconds: Kill it after so many, wherever it is.
        operation: Kill it just before this operation on a file of `notes`' folder, counted from 1.
    """
    notes.write_bytes(b"")
    signal.signal(signal.SIGUSR1, signal.SIG_IGN)  # until the child listens to it
    child = os.fork()
    if child == 0:
        status = 1
        try:
            with notes.open("w") as file:
                os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
                faulthandler.register(signal.SIGUSR1, file, all_threads=False)
                if operation is not None:
                    sys.addaudithook(_Bomb(notes, operation, file.fileno()))
                try:
                    work()
                    status = 0
                except BaseException as error:
                    word = REFUSED if isinstance(error, WorkbenchError) else "crashed"
                    file.write(f"{word}: {error}\n{''.join(traceback.format_exception(error))}")
        finally:
            os._exit(status)
    if seconds is not None:
        time.sleep(seconds)
        gone, status = os.waitpid(child, os.WNOHANG)
        if gone:
            return Ended(status=os.waitstatus_to_exitcode(status), said=notes.read_text(encoding="utf-8", errors="replace"))
        os.kill(child, signal.SIGUSR1)
        until = time.monotonic() + 0.2
        while not notes.stat().st_size and time.monotonic() < until:
            pass
        os.kill(child, signal.SIGKILL)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return Ended(status=status, said=notes.read_text(encoding="utf-8", errors="replace"))


@dataclass(frozen=True, kw_only=True)
class Course:
    """How long some work takes, and when training begins in it."""

    seconds: float
    operations: int
    """On files of the folder."""
    began: float
    """Seconds before ``events.jsonl`` is opened."""
    before: int
    """Operations before that."""

    def moment(self, chance: random.Random) -> dict[str, Any]:
        """A random moment to kill at: by the clock, or at an operation on a file; one in six is before training begins."""
        early = chance.random() < 1 / 6
        if chance.random() < 0.6:
            return {"seconds": chance.uniform(0.0, self.began) if early else chance.uniform(self.began, self.seconds)}
        return {"operation": chance.randint(1, self.before) if early else chance.randint(self.before + 1, self.operations)}


def course(work: Callable[[], object], notes: Path) -> Course:
    """Do some work in a child, and see how it goes."""
    found = notes.with_suffix(".course")

    def watched() -> None:
        bomb = _Bomb(notes, 1 << 60, 2)
        sys.addaudithook(bomb)
        began = time.monotonic()
        work()
        seconds, seen = time.monotonic() - began, bomb.seen
        opened, before = bomb.opened
        found.write_text(repr((seconds, seen, opened - began, before)))

    ended = forked(watched, notes)
    assert ended.status == 0, ended.said
    seconds, seen, began, before = ast.literal_eval(found.read_text())
    return Course(seconds=seconds, operations=seen, began=began, before=before)


class _Bomb:
    """Counts operations on the files of a folder, and ends its process by SIGKILL just before one of them."""

    def __init__(self, notes: Path, operation: int, said: int) -> None:
        self.place, self.operation, self.said, self.seen = str(notes.parent), operation, said, 0
        self.opened = (0.0, 0)

    def __call__(self, event: str, values: tuple[object, ...]) -> None:
        if event not in FILES or not values or not str(values[0]).startswith(self.place):
            return
        self.seen += 1
        if not self.opened[1] and event == "open" and str(values[0]).endswith("events.jsonl") and "a" in str(values[1]):
            self.opened = (time.monotonic(), self.seen - 1)
        if self.seen == self.operation:
            faulthandler.dump_traceback(self.said, all_threads=False)
            os.kill(os.getpid(), signal.SIGKILL)


def _is_in(mark: str, said: str) -> bool:
    name, _, file = mark.partition(", ")
    return re.search(rf'{re.escape(file)}", line \d+ in {name}$', said, re.MULTILINE) is not None
