"""From an experiment to a trained, scored, saved model: a run as an iterator of events."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import torch
from transformers import PreTrainedModel

from workbench.contracts.errors import RunFailed, WorkbenchError
from workbench.contracts.events import Evaluated, Event, Failed, Finished
from workbench.contracts.specs import Experiment
from workbench.data.prepare import Prepared, prepare
from workbench.data.tokenizers import special_ids
from workbench.engine.config import config_from_spec
from workbench.engine.control import Control
from workbench.engine.model import build_model
from workbench.engine.parallel import agree, make_accelerator
from workbench.engine.pretrained import load_pretrained, model_folder
from workbench.engine.progress import Outcome
from workbench.engine.tasks import Task, build_task
from workbench.engine.training import Training
from workbench.runs.baseline import baseline_scores
from workbench.runs.folder import Recorder, RunFolder, new_run_path
from workbench.runs.saving import save_model

WRITTEN = 64
"""Tokens a language model adds to a text."""

Progress = Callable[[str, float], None]
"""Told what is being prepared and which share of it is done."""


def _silent(what: str, share: float) -> None: ...


def start(experiment: Experiment, out: Path | None = None, **options: Any) -> Generator[Event, None, dict[str, Any]]:
    """Start a new run.

    Args:
        experiment: Complete (see `workbench.runs.resolve`).
        out: The run folder; a new one under ``runs/`` when left out.
        options: As for `_run`.

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


def _run(
    experiment: Experiment, place: Callable[[], RunFolder], *, resume: bool, control: Control | None = None,
    progress: Progress = _silent,
) -> Generator[Event, None, dict[str, Any]]:  # fmt: skip
    """Prepare, train, score, save; returns the report.

    Args:
        experiment: Complete.
        place: Chooses the run folder; asked on the main process only.
        resume: Go on from the newest checkpoint.
        control: Pause and stop.
        progress: Told about preparation.
    """
    began = time.monotonic()
    control = control or Control()
    accelerator = make_accelerator(experiment.train)
    run = RunFolder(Path(agree(accelerator, str(place().path.resolve()) if accelerator.is_main_process else "")))
    cache = run.path / "examples" / str(accelerator.process_index)
    prepared = prepare(experiment.data, cache=cache, progress=progress, cancelled=lambda: control.stopping)
    experiment = experiment.replace(data=_settings(prepared))
    if accelerator.is_main_process and not resume:
        run.create(experiment)
    accelerator.wait_for_everyone()
    task = build_task(prepared.task, special_ids(prepared.tokenizer), prepared.labels, scale=_scale(prepared))
    model = _build(experiment, prepared)
    training = Training(model, task, prepared, experiment.train, run.checkpoints, control=control, accelerator=accelerator)
    if not training.main:  # the other processes train; one writes and speaks
        for _ in training.events(resume=resume):
            pass
        return {}
    with Recorder(run) as recorder:
        try:
            outcome = yield from _recorded(recorder, training.events(resume=resume))
            ending = _conclude(run, experiment, prepared, task, training, outcome, began)
            report: dict[str, Any] = yield from _recorded(recorder, ending)
        except WorkbenchError as error:
            recorder.record(failed := Failed(step=training.progress.step, time=time.time(), **error.as_dict()))
            yield failed
            raise
        except OSError as error:
            yield Failed(step=training.progress.step, time=time.time(), what=str(error))
            raise RunFailed(
                f"a file could not be written: {error}", where=str(run.path), mend="Make room on the disk, then resume."
            ) from error
    return report


def _build(experiment: Experiment, prepared: Prepared) -> PreTrainedModel:
    """A fresh model of the shape asked for, its weights from the seed alone; or a pretrained one."""
    special, data = special_ids(prepared.tokenizer), experiment.data
    torch.manual_seed(experiment.train.seed)
    if experiment.model.model is not None:
        model = load_pretrained(model_folder(experiment.model.model), prepared.task, prepared.labels)
        _check_fits(model, prepared)
        return _may_write(model, prepared)
    config = config_from_spec(
        experiment.model, task=prepared.task, vocab_size=prepared.tokenizer.get_vocab_size(), labels=prepared.labels,
        max_length=data.max_length or 0, max_target_length=data.max_target_length,
    )  # fmt: skip
    config.pad_token_id, config.bos_token_id, config.eos_token_id = special.pad, special.cls, special.sep
    config.decoder_start_token_id = special.pad if special.cls is None else special.cls
    config.mask_token_id = special.mask
    return _may_write(build_model(prepared.task, config), prepared)


def _may_write(model: PreTrainedModel, prepared: Prepared) -> PreTrainedModel:
    """Let a model that writes write as much as the targets are long."""
    if model.can_generate() and model.generation_config is not None:
        model.generation_config.max_new_tokens = prepared.data.max_target_length or WRITTEN
    return model


def _check_fits(model: PreTrainedModel, prepared: Prepared) -> None:
    """A pretrained model must know every token and have a place for the longest text."""
    config, data = model.config.get_text_config(), prepared.data
    if prepared.tokenizer.get_vocab_size() > config.vocab_size:
        raise WorkbenchError(
            f"the tokenizer has {prepared.tokenizer.get_vocab_size():,} tokens and the model knows {config.vocab_size:,}",
            where="data.tokenizer", mend="Use the tokenizer that belongs to the model: leave data.tokenizer out.",
        )  # fmt: skip
    places = getattr(config, "max_position_embeddings", None)
    if isinstance(places, int) and (data.max_length or 0) > places:
        raise WorkbenchError(
            f"texts of {data.max_length} tokens are longer than the model's {places}",
            where="data.max_length",
            mend=f"Set max_length to {places} or less.",
        )


def _conclude(
    run: RunFolder, experiment: Experiment, prepared: Prepared, task: Task, training: Training, outcome: Outcome, began: float
) -> Generator[Event, None, dict[str, Any]]:
    """Score the best weights in full, set the baseline beside them, save the model and the report."""
    metrics: dict[str, Any] = {"validation": {}, "test": None}
    for split, examples in (("validation", prepared.validation), ("test", prepared.test)):
        if examples is None:
            continue
        reader = training.reader()
        reader.cancelled = lambda: False  # a stopped run, too, ends with its scores
        metrics[split] = task.evaluate(reader, examples, full=outcome.stopped != "asked").metrics
        yield Evaluated(step=outcome.best_step, time=time.time(), split=split, metrics=metrics[split], best=True)
    task.finish(training.model)
    save_model(run.model, training.model, prepared)
    baseline = baseline_scores(prepared) if outcome.stopped != "asked" else {"validation": None, "test": None}
    report = {
        "run": str(run.path), "task": task.name, "metrics": metrics, "baseline": baseline, "seconds": round(outcome.seconds, 3),
        "wall_seconds": round(time.monotonic() - began, 3), "steps": outcome.steps, "best_step": outcome.best_step,
        "tokens_per_second": round(outcome.tokens / max(outcome.seconds, 1e-9), 1),
        "parameters": sum(p.numel() for p in training.model.parameters()), "device": str(training.device),
        "stopped": outcome.stopped, "rows": dict(prepared.counts),
    }  # fmt: skip
    run.write_report(report)
    yield Finished(step=outcome.steps, time=time.time(), stopped=outcome.stopped, report=report)
    return report


def _recorded(recorder: Recorder, events: Generator[Event, None, Any]) -> Generator[Event, None, Any]:
    """Write each event down before anyone sees it."""
    while True:
        try:
            event = next(events)
        except StopIteration as end:
            return end.value
        recorder.record(event)
        yield event


def _settings(prepared: Prepared) -> Mapping[str, Any]:
    """The data settings as they were used, with the tables' full paths: a run can be repeated from anywhere."""
    spec = prepared.data
    return {
        **{name: getattr(spec, name) for name in spec.__dataclass_fields__},
        **{name: str(Path(path).resolve()) for name in ("table", "test") if (path := getattr(spec, name))},
    }


def _scale(prepared: Prepared) -> tuple[float, float]:
    """Mean and standard deviation of a regression's target over the training rows."""
    if prepared.task != "regression" or prepared.train.labels is None:
        return 0.0, 1.0
    values = prepared.train.labels.astype(np.float64)
    return float(values.mean()), float(values.std()) or 1.0
