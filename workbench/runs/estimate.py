"""What a training will take: thirty of its real steps on a throwaway model.

The steps are `Training`'s own, on batches spread over the lengths an epoch has, so that short texts do not promise what long
ones cannot keep. Where thirty would take longer than `SECONDS`, fewer are made, and what is told is the wider. No run folder
is written.
"""

from __future__ import annotations

import dataclasses
import math
import statistics
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from workbench.contracts.errors import Cancelled, RunFailed, WorkbenchError
from workbench.contracts.estimates import Estimate, Parameters, parameter_count
from workbench.contracts.specs import Experiment
from workbench.data.prepare import Prepared, prepare
from workbench.engine import devices
from workbench.engine.batches import Indices
from workbench.engine.disk import free_bytes
from workbench.engine.failures import out_of_memory
from workbench.engine.training import Training
from workbench.runs.beside_steps import disk_bytes, saving_seconds, scoring_seconds
from workbench.runs.building import build, settled, task_for
from workbench.runs.held_memory import Held, Peak, in_use
from workbench.runs.variants import variants

STEPS = 30
"""That are measured, at most."""
SECONDS = 6.0
"""Of measuring, about: fewer steps are made where they take longer."""
FEWEST = 3
"""Steps that are measured, however long they take."""
STRATA = 8
"""Parts of the length distribution that each give a batch."""
STEP_SECONDS = 0.5
"""A step that would take longer is measured on a part of its batch."""
FIRST = 2
"""Examples of the part that is tried first."""
GROWTH = 4
"""A part grows by so much at a time, at most: its time is not known well at first."""
LEEWAY = 0.1
"""A machine is not equally fast all day: the interval is this share wider than what thirty steps showed. Of fewer steps, by the
square root of how many fewer; of parts of batches, twice as much."""
MEMORY_LEEWAY = 1.1
"""The most memory is this much more than what was seen: other batches leave other gaps between what they hold."""
LIBRARIES = 32 * 2**20
"""Bytes that libraries keep for themselves as soon as a model computes: 20 to 30 MB were measured."""
PIECES = 4
"""Batches of a step that are measured where gradients are accumulated over more."""

SETTLED = ("tokenizer", "vocab_size", "lowercase", "max_length", "max_target_length")


def estimate(
    experiment: Experiment, prepared: Prepared | None = None, *, cancelled: Callable[[], bool] = lambda: False,
    progress: Callable[[str, float], None] = lambda what, share: None, place: Path | None = None,
) -> Estimate:  # fmt: skip
    """Measure what training this experiment takes. Nothing may train in this process meanwhile.

    Args:
        experiment: Complete.
        prepared: What `prepare(experiment.data)` gave, where somebody has it already.
        cancelled: Asked between steps whether to stop.
        progress: Told how far this is.
        place: Where runs are kept: the room there is told, too.

    Raises:
        WorkbenchError: the data cannot be read, the shape cannot be built, there is not enough memory.
        Cancelled: `cancelled` said so.
    """
    prepared = prepared or prepare(experiment.data, progress=progress, cancelled=cancelled)
    experiment = experiment.replace(data=settled(prepared))
    device = devices.choose_device(experiment.train.device)
    free = devices.free_memory(device)
    _check_room(experiment, prepared, free)
    with devices.undisturbed(device), tempfile.TemporaryDirectory() as folder:
        try:
            found = _Rehearsal(experiment, prepared, Path(folder), cancelled, progress).measure(free)
        except (MemoryError, RuntimeError) as error:
            if not out_of_memory(error):
                raise
            raise RunFailed(
                "the device does not have the memory for one step", where="train.batch_size",
                mend=f"Halve batch_size ({experiment.train.batch_size}) and double accumulation, shorten max_length, "
                "or make the model smaller.",
            ) from error  # fmt: skip
    return found if place is None else dataclasses.replace(found, free_disk_bytes=free_bytes(place))


def count_parameters(model: nn.Module) -> Parameters:
    """The trainable numbers of a built model by part, told from the names of its modules; shared ones count once."""
    found = dict.fromkeys(("embeddings", "attention", "feed_forward", "norms", "output", "other"), 0)
    for name, parameter in model.named_parameters():
        found[_part(name)] += parameter.numel()
    return Parameters(**found)


def _part(name: str) -> str:
    if "embed" in name or "relative" in name:
        return "embeddings"
    if "norm" in name.lower():
        return "norms"
    if "attn" in name or "attention" in name:
        return "attention"
    if "feed_forward" in name or "mlp" in name or "intermediate" in name:
        return "feed_forward"
    return "output" if name.startswith(("classifier", "lm_head", "qa_outputs", "score", "cls.")) else "other"


class _Rehearsal:
    """A throwaway model that makes a few of a training's steps."""

    def __init__(
        self, experiment: Experiment, prepared: Prepared, folder: Path, cancelled: Callable[[], bool],
        progress: Callable[[str, float], None],
    ) -> None:  # fmt: skip
        self._cancelled, self._progress = cancelled, progress
        self._tell(0.0)
        self._before = in_use(devices.choose_device(experiment.train.device))
        model = build(experiment, prepared)
        task = task_for(model, prepared)
        self._tell(0.1)
        self._prepared, self._spec = prepared, experiment.train
        self._training = Training(model, task, prepared, experiment.train, folder)
        self._training.model.train()
        self._share = 1.0
        self._fixed = 0.0
        """Seconds of a step that do not grow with its batch."""
        self._elapsed = 0.0

    def measure(self, free: int) -> Estimate:
        """Warm up, then steps until there are enough or the time is up."""
        training, spec = self._training, self._spec
        groups = self._groups()
        memory = self._warm_up(groups)
        chosen = [groups[int((stratum + 0.5) * len(groups) / STRATA)] for stratum in _spread(min(STRATA, len(groups)))]
        if len(groups) < STRATA:
            chosen = groups
        times: list[list[float]] = [[] for _ in chosen]
        tokens, began = training.progress.tokens, time.perf_counter()
        for number in range(STEPS):
            if number >= min(FEWEST, len(chosen)) and time.perf_counter() - began > SECONDS:
                break
            self._tell(0.2 + 0.8 * max(number / STEPS, min(1.0, (time.perf_counter() - began) / SECONDS)))
            times[number % len(chosen)].append(self._step(chosen[number % len(chosen)]))
        times = [each for each in times if each]
        every = [seconds for each in times for seconds in each]
        leeway = 1 + LEEWAY * math.sqrt(STEPS / len(every)) * (1 if self._share == 1 else 2)
        mean = statistics.fmean(statistics.median(each) for each in times)
        low = statistics.fmean(min(each) for each in times) / leeway
        high = statistics.fmean(max(each) for each in times) * leeway
        steps_per_epoch = math.ceil(training.plan_size / spec.accumulation)
        bound = spec.max_seconds or math.inf
        weights = sum(p.numel() * p.element_size() for p in training.model.parameters())
        seen = (training.progress.tokens - tokens) / max(self._elapsed, 1e-9)
        self._tell(None)
        scoring, saving = scoring_seconds(training, self._prepared, self._cancelled), saving_seconds(training)
        disk, most = disk_bytes(training, self._prepared)
        return Estimate(
            parameters=count_parameters(training.model), weight_bytes=weights, free_bytes=free,
            training_bytes=memory[0], training_bytes_most=memory[1],
            seconds_per_step=statistics.median(every), seconds_per_step_low=min(every), seconds_per_step_high=max(every),
            steps_per_epoch=steps_per_epoch, steps=training.total, seconds_per_epoch=mean * steps_per_epoch,
            seconds_total=min(bound, mean * training.total), seconds_total_low=min(bound, low * training.total),
            seconds_total_high=min(bound, high * training.total), tokens_per_second=seen, device=str(training.device),
            rehearsed_steps=len(every), rehearsed_examples=max(1, round(spec.batch_size * self._share)),
            seconds_scoring=scoring, seconds_saving=saving, disk_bytes=disk, disk_bytes_most=most,
            film_bytes=10**6 * spec.film_megabytes, settled=self._settled(), variants=variants(self._prepared, spec),
        )  # fmt: skip

    def _groups(self) -> list[list[Indices]]:
        """The batches of each step of an epoch, those with least to compute first."""
        training, spec = self._training, self._spec
        plan = training.plan(0)
        groups = [plan[start : start + spec.accumulation] for start in range(0, len(plan), spec.accumulation)]
        return sorted(groups, key=lambda group: sum(len(batch) * int(training.lengths[batch].max()) for batch in group))

    def _warm_up(self, groups: list[list[Indices]]) -> tuple[int, int]:
        """Make first steps, choose how much of a batch is measured, and weigh the longest: bytes at least and at most."""
        typical, longest = groups[len(groups) // 2][:1], groups[-1][:1]
        self._choose_share(typical)
        training = self._training
        held = Held(training.model)
        with Peak(training.device) as peak, torch.autograd.graph.saved_tensors_hooks(held.take, held.give):
            self._step(longest)
        training.unsaid.forget()
        self._elapsed = 0.0
        kept = _optimizer_bytes(training.optimizer.optimizer) + sum(
            p.numel() * p.element_size() * (2 if p.requires_grad else 1) for p in training.model.parameters()
        )
        whole = len(longest[0]) / len(self._part(longest[0]))
        least = kept + round(held.bytes * whole)
        passing = max(0, peak.bytes - self._before - kept - held.bytes)  # what the arithmetic takes for a moment
        return least, LIBRARIES + round(MEMORY_LEEWAY * (least + passing * whole))

    def _choose_share(self, typical: list[Indices]) -> None:
        """Let the part of a batch that is measured grow while it is quick, and learn what a step takes without examples."""
        size = self._spec.batch_size
        self._share = min(1.0, FIRST / size)
        self._raw(typical)
        least = self._fixed = self._optimizer_seconds()
        before: tuple[int, float] | None = None
        while self._share < 1:
            now = len(self._part(typical[0])), self._raw(typical)
            if before is not None and now[0] > before[0]:
                each = (now[1] - before[1]) / (now[0] - before[0])
                self._fixed = min(max(least, now[1] - each * now[0]), now[1])
            wanted = self._share * max(0.0, STEP_SECONDS - self._fixed) / max(1e-9, now[1] - self._fixed)
            if before is None and now[1] < 2 * STEP_SECONDS:
                wanted = GROWTH * self._share  # two parts must differ enough to tell what does not grow
            before = now
            if wanted < 1.25 * self._share:
                break
            self._share = min(1.0, wanted, GROWTH * self._share)

    def _step(self, group: list[Indices]) -> float:
        """Seconds that a step over these batches takes, or would take in full."""
        part = [self._part(batch) for batch in group[:PIECES]]
        seconds = self._raw(group)
        full = sum(map(len, group)) / sum(map(len, part))
        fixed = min(self._fixed, seconds)
        return fixed + (seconds - fixed) * full

    def _raw(self, group: list[Indices]) -> float:
        self._tell(None)
        training = self._training
        _wait_for(training.device)
        started = time.perf_counter()
        training._step([self._part(batch) for batch in group[:PIECES]])
        _wait_for(training.device)
        seconds = time.perf_counter() - started
        training.unsaid.forget()
        self._elapsed += seconds
        return seconds

    def _part(self, batch: Indices) -> Indices:
        """An even sample of a batch, as large as the share that is measured; the longest example stays."""
        wanted = max(1, round(len(batch) * self._share))
        if wanted >= len(batch):
            return batch
        order = batch[np.argsort(self._training.lengths[batch], kind="stable")]
        return np.asarray(order[np.linspace(len(order) - 1, 0, wanted).round().astype(np.int64)])

    def _optimizer_seconds(self) -> float:
        """The part of a step that does not grow with the batch."""
        started = time.perf_counter()
        self._training.optimizer.step()
        _wait_for(self._training.device)
        return time.perf_counter() - started

    def _settled(self) -> Mapping[str, Any]:
        data = self._prepared.data
        return {
            **{f"data.{name}": value for name in SETTLED if (value := getattr(data, name)) is not None},
            "train.device": str(self._training.device), "train.threads": torch.get_num_threads(),
            "labels": len(self._prepared.labels), "vocabulary": self._prepared.tokenizer.get_vocab_size(),
        }  # fmt: skip

    def _tell(self, share: float | None) -> None:
        if self._cancelled():
            raise Cancelled("stopped while measuring steps")
        if share is not None:
            self._progress("measuring steps", share)


def _check_room(experiment: Experiment, prepared: Prepared, free: int) -> None:
    """Refuse a model whose weights alone cannot be held: asking the system for them could end the program."""
    if experiment.model.model is not None:
        return
    data = prepared.data
    total = parameter_count(
        experiment.model, task=prepared.task, vocab_size=prepared.tokenizer.get_vocab_size(), labels=len(prepared.labels),
        max_length=data.max_length or 0, max_target_length=data.max_target_length,
    ).total  # fmt: skip
    states = {"sgd": 1, "adafactor": 0}.get(experiment.train.optimizer, 2)
    needed = 4 * total * (2 + states)
    if free and needed > free:
        raise WorkbenchError(
            f"training this model needs {needed / 2**30:,.1f} GiB and {free / 2**30:,.1f} GiB are free", where="model.d_model",
            mend="Take fewer layers or a smaller d_model, d_ff or vocabulary.",
        )  # fmt: skip


def _optimizer_bytes(optimizer: torch.optim.Optimizer) -> int:
    return sum(
        value.numel() * value.element_size()
        for state in optimizer.state.values()
        for value in state.values()
        if isinstance(value, Tensor)
    )


def _wait_for(device: torch.device) -> None:
    """Let a device finish what it was asked for."""
    if device.type == "cuda":
        torch.cuda.synchronize(device)
    elif device.type == "mps":
        torch.mps.synchronize()


def _spread(count: int) -> list[int]:
    """0 … count - 1, so that every beginning of the list is spread out: by the bits of the number, reversed."""
    bits = max(1, (count - 1).bit_length())
    order = sorted(range(1 << bits), key=lambda n: int(f"{n:0{bits}b}"[::-1], 2))
    return [n for n in order if n < count]
