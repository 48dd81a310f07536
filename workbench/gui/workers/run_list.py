"""Runs on disk for the Runs page: jobs for a lane, and small acts on whole runs."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from pathlib import Path

from workbench.contracts.errors import Cancelled, WorkbenchError
from workbench.contracts.events import Evaluated, numbers_of
from workbench.contracts.history import RunRow
from workbench.contracts.specs import SECTIONS
from workbench.gui.models.compared_runs import ComparedRun, thin
from workbench.gui.models.step_block import StepBlock
from workbench.gui.workers.event_file import read_events
from workbench.gui.workers.jobs import Ticket
from workbench.runs.folder import RunFolder
from workbench.runs.history import list_runs, size_of
from workbench.runs.shelf import rename, take_back, throw_away

__all__ = ["compare_runs", "find_runs", "measure_sizes", "rename", "take_back", "throw_away"]


def find_runs(places: Sequence[Path], ticket: Ticket) -> list[RunRow]:
    """Every run of these places."""
    return list_runs(places, ticket.cancelled)


def measure_sizes(paths: Sequence[Path], ticket: Ticket) -> dict[Path, int]:
    """Bytes that each of these runs takes on disk."""
    sizes = {}
    for path in paths:
        if ticket.cancelled():
            raise Cancelled("stopped while counting")
        sizes[path] = size_of(path)
    return sizes


def compare_runs(paths: Sequence[Path], ticket: Ticket) -> list[ComparedRun]:
    """Curves and settings of some runs."""
    return [_compared(path, ticket) for path in paths]


def _compared(path: Path, ticket: Ticket) -> ComparedRun:
    run = RunFolder(path)
    settings: dict[str, object] = {}
    name = path.name
    try:
        experiment = run.experiment()
        name = experiment.name or name
        for section in SECTIONS:
            settings |= {f"{section}.{key}": value for key, value in dataclasses.asdict(getattr(experiment, section)).items()}
    except WorkbenchError:  # what is wrong with it stands in the list
        pass
    said = read_events(run.events_file, ticket.cancelled)
    if ticket.cancelled():
        raise Cancelled("stopped while reading")
    scores = [
        (event.step, metric, value)
        for event in said
        if isinstance(event, Evaluated) and event.split == "validation"
        for metric, value in numbers_of(event.metrics).items()
    ]
    baseline = run.report().get("baseline") or {}
    return ComparedRun(
        path=path, name=name, curves=thin([event for event in said if isinstance(event, StepBlock)], scores), settings=settings,
        baseline=numbers_of(baseline.get("validation") if isinstance(baseline, dict) else None),
    )  # fmt: skip
