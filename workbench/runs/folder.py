"""A run is a folder.

``experiment.toml`` (complete: it can be run again), ``events.jsonl`` (appended, readable while training),
``checkpoints/``, ``model/`` (loads with ``AutoModel…from_pretrained``), ``predictions/`` and ``report.json``.
"""

from __future__ import annotations

import dataclasses
import json
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Protocol, Self

from workbench.contracts.edits import Edit
from workbench.contracts.errors import RunFailed, WorkbenchError
from workbench.contracts.events import Event, from_json, to_json
from workbench.contracts.specs import Experiment


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
        """What this run is made from."""
        return Experiment.load(self.experiment_file)

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
        """What the run came to; empty while there is none."""
        try:
            content = json.loads(self.report_file.read_text(encoding="utf-8"))
            return content if isinstance(content, dict) else {}
        except (OSError, ValueError):
            return {}

    def write_report(self, report: Mapping[str, Any]) -> None:
        """Write the report as a whole."""
        write_text(self.report_file, json.dumps(report, indent=1, ensure_ascii=False) + "\n")


class Listener(Protocol):
    """Hears every event of a run, in order."""

    def take(self, event: Event) -> None: ...

    def close(self) -> None: ...


class Recorder:
    """Appends events to a run's ``events.jsonl``; a reader sees whole lines soon after they happen.

    Each line is one write at the file's end, so that it is never mixed with that of another process.
    """

    def __init__(self, run: RunFolder) -> None:
        self.path = run.events_file
        self.file: BinaryIO | None = None
        self.listeners: Sequence[Listener] = ()
        """Hear what was recorded."""

    def __enter__(self) -> Self:
        _end_torn_line(self.path)
        self.file = self.path.open("ab", buffering=0)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self.file is not None:
            with suppress(OSError):  # what did not fit on the disk was said when it was recorded
                self.file.close()
        for listener in self.listeners:
            with suppress(OSError):
                listener.close()

    def record(self, event: Event) -> None:
        """Append one event.

        Raises:
            RunFailed: the disk is full.
        """
        assert self.file is not None
        try:
            line = to_json(event).encode("utf-8") + b"\n"
            while line:  # a disk that is almost full takes a part, and says why it takes no more when asked again
                line = line[self.file.write(line) :]
            for listener in self.listeners:
                listener.take(event)
        except OSError as error:
            raise RunFailed(
                f"an event could not be written: {error}", where=str(self.path), mend="Make room on the disk, then resume."
            ) from error


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
    with aside.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    aside.replace(path)


def _end_torn_line(path: Path) -> None:
    """Put a line end after a line that a power cut tore, so that the next event starts on its own."""
    if path.exists() and path.stat().st_size:
        with path.open("ab+") as file:  # always at the end, wherever that is by now
            file.seek(-1, os.SEEK_END)
            if file.read(1) != b"\n":
                file.write(b"\n")
