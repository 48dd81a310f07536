"""Who trains a run: one process at a time, known to all others by a small file in the run's folder.

``training.lock`` names the process by machine, number and the moment it began: a number alone is given to another process one
day. On another machine (a shared disk) nobody can ask whether the process lives, so its owner renews the file's time.
"""

from __future__ import annotations

import json
import os
import socket
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil

from workbench.contracts.errors import WorkbenchError
from workbench.contracts.history import Owner
from workbench.runs.folder import write_text

LOCK = "training.lock"
GUARD = ".training.guard"
BEAT = 10.0
"""Seconds between two signs of life."""
SILENT = 90.0
"""Seconds without one after which the process of another machine is taken for dead."""


def owner_of(run: Path) -> Owner | None:
    """The living process that trains this run, if there is one."""
    lock = run / LOCK
    try:
        said = json.loads(lock.read_text(encoding="utf-8"))
        owner = Owner(pid=int(said["pid"]), host=str(said["host"]), here=said["host"] == socket.gethostname())
        began, beat = float(said["began"]), lock.stat().st_mtime
    except (OSError, ValueError, KeyError, TypeError):
        return None  # there is none, or it was torn by a power cut, which its process did not survive
    if not owner.here:
        return owner if time.time() - beat < SILENT else None
    try:
        lives = psutil.Process(owner.pid).create_time() == began
    except (psutil.Error, ValueError, OverflowError):  # gone; or a number that no process has
        return None
    return owner if lives else None


@contextmanager
def owning(run: Path) -> Iterator[None]:
    """Be the one process that trains this run, for as long as this lasts.

    Raises:
        WorkbenchError: another one does, or the folder cannot be written.
    """
    lock = run / LOCK
    try:
        run.mkdir(parents=True, exist_ok=True)
        with _alone(run / GUARD):
            refuse_if_owned(run)
            me = {"pid": os.getpid(), "host": socket.gethostname(), "began": psutil.Process().create_time()}
            write_text(lock, json.dumps(me))
    except OSError as error:
        raise WorkbenchError(
            f"the run folder cannot be written: {error}", where=str(run), mend="Choose another folder with --out."
        ) from error
    ended = threading.Event()
    beating = threading.Thread(target=_beat, args=(lock, ended), name="heartbeat", daemon=True)
    beating.start()
    try:
        yield
    finally:
        ended.set()
        beating.join()
        with suppress(OSError):
            lock.unlink()
            if not (run / "experiment.toml").exists():  # it never became a run: nothing of it stays
                (run / GUARD).unlink()
                run.rmdir()


def refuse_if_owned(run: Path) -> None:
    """Leave a run alone that is being trained.

    Raises:
        WorkbenchError: it is.
    """
    owner = owner_of(run)
    if owner is not None:
        raise WorkbenchError(
            f"this run is being trained by process {owner.pid} on {owner.host}", where=str(run),
            mend="Stop it there first, or watch it in the window.",
        )  # fmt: skip


def _beat(lock: Path, ended: threading.Event) -> None:
    while not ended.wait(BEAT):
        with suppress(OSError):
            os.utime(lock)


@contextmanager
def _alone(guard: Path) -> Iterator[None]:
    """Be the only process in this block. The system lets go of the file when its process ends, however it ends."""
    with guard.open("a+b") as file:
        if sys.platform == "win32":
            import msvcrt

            file.seek(0)
            with suppress(OSError):  # as below
                msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)
        else:
            import fcntl

            with suppress(OSError):  # a disk that knows no locks leaves two that begin in the same moment to chance
                fcntl.flock(file, fcntl.LOCK_EX)
        yield
