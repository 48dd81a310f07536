"""A run is a folder.

``experiment.toml`` (complete: it can be run again), ``events.jsonl`` (appended, readable while training),
``checkpoints/``, ``model/`` (loads with ``AutoModel…from_pretrained``), ``predictions/`` and ``report.json``.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import os
import re
import shutil
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol, Self

from workbench.contracts.edits import Edit
from workbench.contracts.errors import DiskFull, WorkbenchError
from workbench.contracts.events import Event, from_json, to_json
from workbench.contracts.specs import Experiment
from workbench.engine.disk import failure_of, sync
from workbench.runs.appending import Appending
from workbench.runs.begun import BEGUN, as_text, check_begun

WHOLE_WITHIN = 0.2
"""Seconds in which a process that is at it ends its line."""
CHECKSUM = ".sha256"
"""Ending of the file beside a report that holds its checksum."""


class RunFolder:
    """The files of one run."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.experiment_file = path / "experiment.toml"
        self.events_file = path / "events.jsonl"
        self.report_file = path / "report.json"
        self.checkpoints = path / "checkpoints"
        self.model = path / "model"
        self.predictions = path / "predictions"
        """What the finished model answered on validation and test rows (`workbench.runs.scoring`)."""
        self.architecture = path / "architecture"
        """The model without its weights, from the first step on: what checkpoints can be opened with."""

    @classmethod
    def open(cls, path: Path) -> Self:
        """An existing run.

        Raises:
            WorkbenchError: there is no run in this folder.
        """
        run = cls(path)
        if not run.experiment_file.is_file():
            raise WorkbenchError(
                "this is not a run folder: it holds no experiment.toml", where=str(path), mend="Give a folder that `train` made."
            )
        return run

    def create(self, experiment: Experiment) -> None:
        """Make the folder and write the experiment.

        Raises:
            WorkbenchError: the folder already holds a run, or cannot be made.
        """
        self.check_free()
        try:
            self.checkpoints.mkdir(parents=True, exist_ok=True)
            write_text(self.path / BEGUN, as_text(experiment))
            write_text(self.experiment_file, experiment.to_toml())
        except OSError as error:
            raise WorkbenchError(
                f"the run folder cannot be made: {error}", where=str(self.path), mend="Choose another folder with --out."
            ) from error

    def check_free(self) -> None:
        """Refuse a folder that already holds a run, before any work is done for it.

        Raises:
            WorkbenchError: it does.
        """
        if self.experiment_file.exists():
            raise WorkbenchError(
                "this folder already holds a run",
                where=str(self.path),
                mend="Choose another folder with --out, or go on with `resume`.",
            )

    def experiment(self) -> Experiment:
        """What this run is made from.

        Raises:
            WorkbenchError: the file is damaged, or its settings are not those the run was begun with.
        """
        experiment = Experiment.load(self.experiment_file)
        check_begun(self.path, experiment)
        return experiment

    def tidy(self) -> None:
        """Remove what writes that were cut off left behind; only for the process that trains this run."""
        for place in (self.path, self.path / "film"):
            for path in place.glob(".*.partial"):
                if path.is_dir():
                    shutil.rmtree(path, ignore_errors=True)
                else:
                    path.unlink(missing_ok=True)

    def add_edit(self, edit: Edit) -> None:
        """Make an edit part of the experiment: whatever ends the run, what goes on from here or repeats it knows of it.

        Raises:
            SpecError: the experiment does not allow it.
            WorkbenchError: the experiment cannot be read.
            OSError: it cannot be written.
        """
        experiment = self.experiment()
        write_text(self.experiment_file, dataclasses.replace(experiment, edits=(*experiment.edits, edit)).to_toml())

    def events(self) -> Iterator[Event]:
        """Everything the run has said so far; a torn last line is passed over."""
        if self.events_file.exists():
            with self.events_file.open(encoding="utf-8", errors="replace") as file:
                yield from (event for line in file if (event := from_json(line)) is not None)

    def report(self) -> dict[str, Any]:
        """What the run came to; empty while there is none, or none that is sound."""
        try:
            return read_report(self.report_file)
        except (OSError, ValueError):
            return {}

    def write_report(self, report: Mapping[str, Any]) -> None:
        """Write the report as a whole.

        Raises:
            DiskFull: there is no room.
            RunFailed: it cannot be written.
        """
        try:
            text = json.dumps(report, indent=1, ensure_ascii=False) + "\n"
            checksum = self.report_file.with_suffix(CHECKSUM)
            checksum.unlink(missing_ok=True)  # first, or a cut between the two would make a sound report a damaged one
            write_text(self.report_file, text)
            write_text(checksum, hashlib.sha256(text.encode()).hexdigest() + "\n")
        except OSError as error:
            raise failure_of(error)(
                f"the report could not be written: {error}",
                where=str(self.report_file),
                mend="Make room on the disk, then resume.",
            ) from error


def read_report(path: Path) -> dict[str, Any]:
    """A report as it was written.

    Raises:
        OSError: there is none, or it cannot be read.
        ValueError: it is damaged.
    """
    text = path.read_text(encoding="utf-8")
    with suppress(FileNotFoundError):  # earlier versions wrote none
        if path.with_suffix(CHECKSUM).read_text(encoding="utf-8").strip() != hashlib.sha256(text.encode()).hexdigest():
            raise ValueError("it is not as it was written")
    content = json.loads(text)
    if not isinstance(content, dict):
        raise ValueError("it is no report")
    return content


class Listener(Protocol):
    """Hears every event of a run, in order."""

    def take(self, event: Event) -> None: ...

    def flush(self) -> None:
        """Write what is due; what a full disk does not take waits."""

    def close(self) -> None: ...


class Recorder:
    """Appends events to a run's ``events.jsonl``; a reader sees whole lines soon after they happen."""

    def __init__(self, run: RunFolder) -> None:
        self.path = run.events_file
        self._file: Appending | None = None
        self.listeners: Sequence[Listener] = ()
        """Hear what was recorded."""

    def __enter__(self) -> Self:
        self._file = Appending(self.path)
        if _is_torn(self.path):
            self._file.add(b"\n")
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        for each in (self._file, *self.listeners):
            with suppress(OSError):  # what did not fit on the disk was said when it was recorded
                if each is not None:
                    each.close()

    def record(self, event: Event) -> None:
        """Append one event; raises as `write` does."""
        self.note(event)
        self.write()

    def note(self, event: Event) -> None:
        """Take an event, to be written by the next `write`."""
        assert self._file is not None
        self._file.add(to_json(event).encode("utf-8") + b"\n")
        for listener in self.listeners:
            listener.take(event)

    def write(self, *, surely: bool = False) -> None:
        """Write what was noted.

        Args:
            surely: It is on the disk afterwards, and not only on its way there.

        Raises:
            DiskFull: there is no room; what was noted waits for the next call.
            RunFailed: it cannot be written.
        """
        assert self._file is not None
        try:
            self._file.flush()
            if surely:
                self._file.sync()
            for listener in self.listeners:
                listener.flush()
        except OSError as error:
            failed = failure_of(error)(
                f"an event could not be written: {error}", where=str(self.path), mend="Make room on the disk, then resume."
            )
            if isinstance(failed, DiskFull):
                failed.missing = self._file.waiting
            raise failed from error


def new_run_path(parent: Path, name: str) -> Path:
    """A folder name for a run that is not taken: the experiment's name and the time."""
    plain = re.sub(r"[^\w\-]+", "-", name).strip("-") or "run"
    stem = f"{plain[:60]}-{datetime.now():%Y%m%d-%H%M%S}"
    path, number = parent / stem, 1
    while path.exists():
        number += 1
        path = parent / f"{stem}-{number}"
    return path


def write_text(path: Path, text: str) -> None:
    """Replace a small file as a whole: it is the old one or the new one, never half of either."""
    aside = path.with_name(f".{path.name}.{os.getpid()}.partial")
    try:
        with aside.open("w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(path)
        sync(path.parent)
    except OSError:
        aside.unlink(missing_ok=True)
        raise


def _is_torn(path: Path) -> bool:
    """Whether a file ends in the middle of a line, which a power cut or a full disk tore: the next one is to start on its own.

    A line that another process is writing at this moment is longer, or whole, within that time.
    """
    first = _size_and_end(path)
    until = time.monotonic() + WHOLE_WITHIN
    while (now := _size_and_end(path)) == first and now[1] not in (b"", b"\n"):
        if time.monotonic() >= until:
            return True
        time.sleep(WHOLE_WITHIN / 20)
    return False


def _size_and_end(path: Path) -> tuple[int, bytes]:
    with path.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(max(0, size - 1))
        return size, file.read(1)
