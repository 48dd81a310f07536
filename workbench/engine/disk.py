"""A disk that is full: told from other troubles, foreseen, and waited for until there is room.

What is written here is safe from a power cut once it is said to be: files are synced before their folder names them.
"""

from __future__ import annotations

import errno
import os
import re
import shutil
import threading
import time
from collections.abc import Callable, Generator
from pathlib import Path
from typing import TypeVar

from workbench.contracts.errors import DiskFull, RunFailed
from workbench.contracts.events import Event, Paused, Resumed
from workbench.engine.control import Control

LOOK = 1.0
"""Seconds between two looks at a full disk."""
AGAIN = 30.0
"""Seconds after which writing is tried again whatever the disk says: nobody tells what a quota leaves."""
SPARE = 1 << 16
"""Bytes beside those of tensors: headers, names, the plain numbers."""
FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
_TOLD = re.compile(r"os error (28|112|122)\b")
"""How a library in Rust says the same: Linux and Apple, Windows, quotas."""

Done = TypeVar("Done")


def failure_of(error: BaseException) -> type[RunFailed]:
    """What an error of writing is: a full disk, which can be waited for, or anything else."""
    full = getattr(error, "errno", None) in FULL or _TOLD.search(str(error)) is not None
    return DiskFull if full else RunFailed


def free_bytes(path: Path) -> int:
    """What is free where this path is or will be."""
    there = next(place for place in (path, *path.absolute().parents) if place.exists())
    return shutil.disk_usage(there).free


def check_room(folder: Path, size: int) -> None:
    """Refuse to write what does not fit, before anything is written.

    Raises:
        DiskFull: it does not.
    """
    free = free_bytes(folder)
    if free < size:
        raise no_room(folder, size, free)


def no_room(folder: Path, size: int, free: int) -> DiskFull:
    """The refusal of so many bytes."""
    full = DiskFull(
        f"{_megabytes(size)} MB are to be written, and the disk has {_megabytes(free)} MB left", where=str(folder),
        mend="Make room on the disk, then resume.",
    )  # fmt: skip
    full.missing = size - free
    return full


def when_there_is_room(write: Callable[[], Done], control: Control, step: Callable[[], int]) -> Generator[Event, None, Done]:
    """Write; where the disk is full, pause with a message and write again once there is room, or when a person resumes.

    Args:
        write: Writes all or nothing, or goes on where it left off.
        control: Is paused meanwhile.
        step: Optimiser steps made by now.

    Returns:
        What `write` returns.

    Raises:
        DiskFull: the run was stopped while it waited.
    """
    told = ""
    while True:
        try:
            done = write()
            break
        except DiskFull as error:
            full = error
        if control.stopping:
            raise _given_up(full)
        asked = control.paused  # by a person: then only the person ends it
        control.pause()
        lookout = None if asked else _Lookout(Path(full.where), max(1, full.missing), control)
        try:
            reason = _reason(full)
            if reason != told:
                told = reason
                yield Paused(step=step(), time=time.time(), reason=reason)
            while control.paused:  # edits wait until it is written; in short sleeps: Windows hears Ctrl+C between them only
                time.sleep(0.2)
        finally:
            if lookout is not None:
                lookout.end()
        if control.stopping:
            raise _given_up(full)
    if told:
        yield Resumed(step=step(), time=time.time())
    return done


def sync(path: Path) -> None:
    """Have a file, or what a folder names, on the disk and not only on its way there."""
    if path.is_dir() and os.name == "nt":  # Windows syncs no folders
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_all(folder: Path) -> None:
    """Have every file of a folder on the disk, and then their names."""
    for path in folder.rglob("*"):
        if path.is_file():
            sync(path)
    sync(folder)


class _Lookout(threading.Thread):
    """Lets a training go on when its disk has room."""

    def __init__(self, where: Path, missing: int, control: Control) -> None:
        super().__init__(name="lookout", daemon=True)
        self._where, self._control = where, control
        self._enough = free_bytes(where) + missing
        self._over = threading.Event()
        self.start()

    def run(self) -> None:
        until = time.monotonic() + AGAIN
        while not self._over.wait(LOOK):
            if time.monotonic() >= until or free_bytes(self._where) >= self._enough:
                self._control.resume()
                return

    def end(self) -> None:
        """Look no more."""
        self._over.set()
        self.join()


def _given_up(full: DiskFull) -> DiskFull:
    """What is said of a run that is stopped while it waits."""
    return DiskFull(
        f"the run was stopped while its disk was full: {full.what}", where=full.where,
        mend="Make room on the disk, then resume: the run goes on from its last checkpoint, to the same weights.",
    )  # fmt: skip


def _reason(full: DiskFull) -> str:
    """What a person reads meanwhile: what, where, how much."""
    missing = _megabytes(max(full.missing, SPARE))
    return (
        f"The disk is full: {full.what} ({full.where}). Free at least {missing} MB there: "
        f"training then goes on by itself, and nothing is lost."
    )


def _megabytes(size: int) -> str:
    """Rounded up: a person who frees this much has freed enough."""
    return f"{-(-size // 100_000) / 10:,.1f}"
