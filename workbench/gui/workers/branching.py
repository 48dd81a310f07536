"""Another run that shares a run's past: made by the engine beside the one that trains."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from workbench.contracts.errors import WorkbenchError
from workbench.gui.workers.jobs import Jobs, Ticket
from workbench.runs.process import EngineProcess

LANE = "branch"


@dataclass(frozen=True, kw_only=True)
class Branch:
    """A run that was made."""

    path: Path
    waits: bool
    """Whether it begins with a checkpoint of the very step it shares: it can wait there. Others come there by computing again."""


def branch(
    jobs: Jobs, engine: EngineProcess, mother: Path, at: int | None, done: Callable[[Branch], None],
    failed: Callable[[WorkbenchError], None],
) -> None:  # fmt: skip
    """Make a run that shares so many steps of its mother, beside her; None is up to her newest checkpoint."""

    def make(ticket: Ticket) -> Branch:
        path = engine.ask("branch", mother, None, at, (), cancelled=ticket.cancelled)
        newest = max((place.name for place in (path / "checkpoints").glob("step-*")), default="")
        return Branch(path=path, waits=bool(newest) if at is None else newest == f"step-{at:09d}")

    jobs.start(LANE, make, done=done, failed=failed)
