"""A branch: a new run that shares the past of another one up to a step, and goes its own way from there.

The branch begins with the newest checkpoint of its mother at or before that step; what lies between is computed again, to the
same weights. Where there is no such checkpoint it begins from the seed. Everything is copied, nothing is shared: the mother may
go on, change or vanish.
"""

from __future__ import annotations

import dataclasses
import json
import os
import shutil
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from workbench.contracts.edits import Edit
from workbench.contracts.errors import RunFailed, WorkbenchError
from workbench.contracts.events import Evaluated, Event, Failed, Finished, Paused, Resumed, Started, to_json
from workbench.engine import checkpoints
from workbench.runs.film import FOLDER, FilmWriter
from workbench.runs.folder import RunFolder, new_run_path, write_text
from workbench.runs.history import ORIGIN


def branch(mother: Path, out: Path | None = None, step: int | None = None, edits: Sequence[Edit] = ()) -> RunFolder:
    """A run that shares the past of another one; `workbench.runs.execute.resume` goes on with it. The mother may be training.

    Args:
        mother: A run folder.
        out: The new run folder; one beside the mother when left out.
        step: How many steps they have in common; up to the mother's newest checkpoint when left out.
        edits: What the branch does otherwise, from that step on; the mother's edits up to there are part of the past.

    Raises:
        WorkbenchError: no run, no such step, or the folder is taken.
        SpecError: an edit that cannot be.
        RunFailed: the disk is full or cannot be written.
    """
    run = RunFolder.open(mother)
    experiment = run.experiment()
    new = RunFolder(out or new_run_path(run.path.parent, f"{experiment.name or run.path.name}-branch"))
    new.check_free()
    said = list(run.events())
    at = _newest(run) if step is None else step
    made = max((event.step for event in said), default=0)
    if not 0 <= at <= made:
        raise WorkbenchError(
            f"the run has made {made} steps, so there is no step {at} to branch at", where=str(run.path),
            mend=f"Choose a step from 0 to {made}.",
        )  # fmt: skip
    past = [edit for edit in experiment.edits if edit.step <= at]
    experiment = dataclasses.replace(experiment, edits=(*past, *(edit.at(at) for edit in edits)))
    aside = RunFolder(new.path.with_name(f".{new.path.name}.{os.getpid()}.partial"))
    try:
        shutil.rmtree(aside.path, ignore_errors=True)
        aside.checkpoints.mkdir(parents=True)
        copied = _copy_checkpoint(run, aside, at)
        if run.architecture.is_dir():
            shutil.copytree(run.architecture, aside.architecture)
        if copied is not None:
            aside.events_file.write_text("".join(to_json(event) + "\n" for event in shared(said, copied)), encoding="utf-8")
            _copy_film(run, aside, copied)
        write_text(aside.path / ORIGIN, json.dumps({"run": str(run.path.resolve()), "step": at}))
        write_text(aside.experiment_file, experiment.to_toml())
        with suppress(OSError):
            new.path.rmdir()  # an empty folder is free
        aside.path.rename(new.path)
    except OSError as error:
        raise RunFailed(
            f"the branch could not be written: {error}",
            where=str(new.path),
            mend="Make room on the disk, or choose another folder.",
        ) from error
    finally:
        shutil.rmtree(aside.path, ignore_errors=True)
    return new


def shared(said: Iterable[Event], step: int) -> list[Event]:
    """What a run said on its way to a step, as if it had never been interrupted, ended or waited.

    Args:
        said: Everything, with what was computed again after a resume.
        step: The last one.
    """
    past: list[Event] = []
    for event in said:
        if isinstance(event, Started):  # it goes on from there, or begins anew
            past = [earlier for earlier in past if earlier.step <= event.step and event.step]
        if isinstance(event, (Finished, Failed)):  # the scores of its end are those of the best weights, not of this moment
            while past and isinstance(past[-1], Evaluated):
                past.pop()
        elif not isinstance(event, (Paused, Resumed)):
            past.append(event)
    return [event for event in past if event.step <= step]


def _newest(run: RunFolder) -> int:
    found = checkpoints.steps(run.checkpoints)
    return checkpoints.step_of(found[-1]) if found else 0


def _copy_checkpoint(run: RunFolder, new: RunFolder, at: int) -> int | None:
    """Copy the newest whole checkpoint up to a step, with the best weights of its past; returns its step, None where none is."""
    for path in reversed(checkpoints.steps(run.checkpoints)):
        if checkpoints.step_of(path) > at:
            continue
        copy = new.checkpoints / path.name
        try:
            shutil.copytree(path, copy)
            _, state = checkpoints.read(copy)
        except (OSError, WorkbenchError):  # removed by a run that goes on, or damaged: the one before will do
            shutil.rmtree(copy, ignore_errors=True)
            continue
        best = run.checkpoints / f"best-{int(state['progress']['best_step']):09d}"
        try:
            shutil.copytree(best, new.checkpoints / best.name)
        except OSError:  # a better one has taken its place: the branch will find its own
            shutil.rmtree(new.checkpoints / best.name, ignore_errors=True)
        return checkpoints.step_of(path)
    return None


def _copy_film(run: RunFolder, new: RunFolder, step: int) -> None:
    if (run.path / FOLDER).is_dir():
        shutil.copytree(run.path / FOLDER, new.path / FOLDER, ignore=shutil.ignore_patterns(".*"))
        FilmWriter(new.path, 1 << 62, after=step).close()
