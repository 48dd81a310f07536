"""From an experiment to a trained, scored, saved model: a run as an iterator of events."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Generator
from contextlib import nullcontext, suppress
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from accelerate.accelerator import Accelerator

from workbench.contracts.errors import Cancelled, RunFailed, WorkbenchError
from workbench.contracts.events import Evaluated, Event, Failed, Finished
from workbench.contracts.specs import Experiment
from workbench.data.prepare import Prepared, prepare
from workbench.engine.control import Control
from workbench.engine.failures import explained
from workbench.engine.parallel import agree, make_accelerator
from workbench.engine.progress import Outcome
from workbench.engine.tasks import Task
from workbench.engine.training import Training
from workbench.runs.baseline import Counted, baseline_scores, count_words
from workbench.runs.building import build, settled, task_for
from workbench.runs.filming import Filming
from workbench.runs.folder import Recorder, RunFolder, new_run_path
from workbench.runs.kept_answers import kept_places, kind_of
from workbench.runs.listeners import check_listeners, listeners
from workbench.runs.ownership import owning
from workbench.runs.saving import save_architecture, save_model
from workbench.runs.scoring import Answered, keep_answers
from workbench.runs.watch import Observer, Watch

PATIENCE = 1.0
"""Seconds in which a run that was asked to stop is scored, or it goes without."""
Progress = Callable[[str, float], None]
"""Told what is being prepared and which share of it is done."""


def _silent(what: str, share: float) -> None: ...


def start(experiment: Experiment, out: Path | None = None, **options: Any) -> Generator[Event, None, dict[str, Any]]:
    """Start a new run.

    Args:
        experiment: Complete (see `workbench.runs.resolve`).
        out: The run folder; a new one under ``runs/`` when left out.
        options: As for `_train`.

    Raises:
        WorkbenchError: unusable input; nothing was trained.
        RunFailed: training could not go on; what was saved stays.
    """

    def place() -> RunFolder:
        run = RunFolder(out or new_run_path(Path("runs"), experiment.name))
        run.check_free()
        return run

    return (yield from _run(experiment, place, resume=False, **options))


def resume(path: Path, **options: Any) -> Generator[Event, None, dict[str, Any]]:
    """Go on with a run after any kind of end, to the weights it would have had."""
    run = RunFolder.open(path)
    return (yield from _run(run.experiment(), lambda: run, resume=True, **options))


def _run(experiment: Experiment, place: Callable[[], RunFolder], **options: Any) -> Generator[Event, None, dict[str, Any]]:
    """Train as the one process that trains this run; returns the report.

    Args:
        experiment: Complete.
        place: Chooses the run folder; asked on the main process only.
        options: As for `_train`.
    """
    check_listeners(experiment.train)
    accelerator = make_accelerator(experiment.train)
    run = RunFolder(Path(agree(accelerator, str(place().path.resolve()) if accelerator.is_main_process else "")))
    with owning(run.path) if accelerator.is_main_process else nullcontext():
        return (yield from _train(experiment, run, accelerator, **options))


def _train(
    experiment: Experiment, run: RunFolder, accelerator: Accelerator, *, resume: bool, control: Control | None = None,
    progress: Progress = _silent, watch: Watch | None = None, prepared: Prepared | None = None,
) -> Generator[Event, None, dict[str, Any]]:  # fmt: skip
    """Prepare, train, score, save; returns the report.

    Args:
        experiment: Complete.
        run: Its folder.
        accelerator: The processes that train together.
        resume: Go on from the newest checkpoint.
        control: Pause and stop.
        progress: Told about preparation.
        watch: What somebody wants to see of the model while it trains; each look is a `Looked` event, which is not recorded.
        prepared: What `prepare(experiment.data)` gave, where somebody has it already.
    """
    began = time.monotonic()
    control = control or Control()
    cache = run.path / "examples" / str(accelerator.process_index)
    prepared = prepared or prepare(experiment.data, cache=cache, progress=progress, cancelled=lambda: control.stopping)
    experiment = experiment.replace(data=settled(prepared))
    if accelerator.is_main_process and not resume:
        run.create(experiment)
    accelerator.wait_for_everyone()
    with explained(experiment.train, lambda: "model"):
        model = build(experiment, prepared)
        task = task_for(model, prepared)
        if accelerator.is_main_process:
            save_architecture(run.architecture, model, prepared)
        training = Training(
            model, task, prepared, experiment.train, run.checkpoints, control=control, accelerator=accelerator,
            edits=experiment.edits, keep=run.add_edit,
        )  # fmt: skip
    if not training.main:  # the other processes train; one writes and speaks
        for _ in training.events(resume=resume):
            pass
        return {}
    with Recorder(run) as recorder:
        recorder.listeners = listeners(run, experiment)
        try:
            with explained(experiment.train, lambda: f"step {training.progress.step}"):
                events = _recorded(recorder, _filmed(run, training, prepared, training.events(resume=resume)))
                outcome = yield from (
                    events if watch is None else watch.beside(events, Observer(training.model, task, prepared), control)
                )
                ending = _conclude(run, experiment, prepared, task, training, outcome, began)
                report: dict[str, Any] = yield from _recorded(recorder, ending)
        except (WorkbenchError, OSError) as error:
            trouble = error if isinstance(error, WorkbenchError) else _unwritten(error, run)
            failed = Failed(step=training.progress.step, time=time.time(), **trouble.as_dict())
            with suppress(RunFailed):  # the disk may be what is wrong
                recorder.record(failed)
            yield failed
            if trouble is error:
                raise
            raise trouble from error
    return report


def _conclude(
    run: RunFolder, experiment: Experiment, prepared: Prepared, task: Task, training: Training, outcome: Outcome, began: float
) -> Generator[Event, None, dict[str, Any]]:
    """Score the best weights in full, set the baseline beside them, save the model, its answers and the report."""
    metrics: dict[str, Any] = {"validation": {}, "test": None}
    asked = outcome.stopped == "asked"
    answered: dict[str, Answered] = {}
    for split, examples in (("validation", prepared.validation), ("test", prepared.test)):
        if examples is None:
            continue
        known = training.selection.metrics if asked and split == "validation" else None  # scored when it was best
        if known:
            metrics[split] = dict(known)
        kind = kind_of(prepared, examples)
        keeps = kind not in ("", "texts") if asked else bool(kind)  # writing takes longer than a stop may
        if known and not keeps:  # no second, smaller sample
            continue
        reader = training.reader()
        until = time.monotonic() + PATIENCE if asked else math.inf  # a stopped run, too, ends with its scores
        reader.cancelled = partial(_is_past, until)
        places = kept_places(examples) if keeps else np.zeros(0, np.int64)
        try:
            evaluation = reader.within_memory(partial(task.evaluate, reader, examples, show=places.tolist(), full=not asked))
        except Cancelled:
            continue
        metrics[split] = evaluation.metrics
        if len(places):
            answered[split] = (places, evaluation.predictions)
        yield Evaluated(step=outcome.best_step, time=time.time(), split=split, metrics=metrics[split], best=True)
    task.finish(training.model)
    save_model(run.model, training.model, prepared)
    counted = Counted() if asked else count_words(prepared)
    report = {
        "run": str(run.path), "task": task.name, "metrics": metrics, "baseline": baseline_scores(prepared, counted),
        **keep_answers(run, prepared, answered, counted, stopped=asked), "seconds": round(outcome.seconds, 3),
        "wall_seconds": round(time.monotonic() - began, 3), "steps": outcome.steps, "best_step": outcome.best_step,
        "tokens_per_second": round(outcome.tokens / max(outcome.seconds, 1e-9), 1),
        "parameters": sum(p.numel() for p in training.model.parameters()), "device": str(training.device),
        "stopped": outcome.stopped, "rows": dict(prepared.counts),
        "mends": list(prepared.mended),
        "edits": [f"at step {edit.step}: {edit}" for edit in run.experiment().edits if edit.step <= outcome.steps],
    }  # fmt: skip
    run.write_report(report)
    yield Finished(step=outcome.steps, time=time.time(), stopped=outcome.stopped, report=report)
    return report


def _filmed(
    run: RunFolder, training: Training, prepared: Prepared, events: Generator[Event, None, Any]
) -> Generator[Event, None, Any]:
    """The events, with moments recorded between the steps where a film is wanted."""
    spec = training.spec
    if not spec.film_megabytes:
        return events
    filming = Filming(
        run.path, training.model, training.task, prepared, megabytes=spec.film_megabytes,
        text=lambda: (spec.film_text if (text := training.editing.state.film_text) is None else text) or "",
        step=lambda: training.progress.step, clock=lambda: training.progress.seconds,
    )  # fmt: skip
    return filming.beside(events)


def _unwritten(error: OSError, run: RunFolder) -> RunFailed:
    return RunFailed(f"a file could not be written: {error}", where=str(run.path), mend="Make room on the disk, then resume.")


def _is_past(until: float) -> bool:
    return time.monotonic() > until


def _recorded(recorder: Recorder, events: Generator[Event, None, Any]) -> Generator[Event, None, Any]:
    """Write each event down before anyone sees it."""
    while True:
        try:
            event = next(events)
        except StopIteration as end:
            return end.value
        recorder.record(event)
        yield event
