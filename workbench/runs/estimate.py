"""What a training will take: a few of its real steps on a throwaway model.

The steps are `Training`'s own, on batches spread over the lengths an epoch has, so that short texts do not promise what long
ones cannot keep. No run folder is written.
"""

from __future__ import annotations

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
from workbench.engine.failures import out_of_memory
from workbench.engine.training import Training
from workbench.runs.beside_steps import disk_bytes, saving_seconds, scoring_seconds
from workbench.runs.building import build, settled, task_for
from workbench.runs.variants import variants

SECONDS = 2.0
"""Of measuring, about."""
STRATA = 8
"""Parts of the length distribution that each give a batch."""
ROUNDS = 6
"""Steps per part, at most."""
STEP_SECONDS = 0.2
"""A step that would take longer is measured on a part of its batch."""
LEEWAY = 1.1
"""A machine is not equally fast all day: the interval is this much wider than what was seen."""
PIECES = 4
"""Batches of a step that are measured where gradients are accumulated over more."""

SETTLED = ("tokenizer", "vocab_size", "lowercase", "max_length", "max_target_length")


def estimate(
    experiment: Experiment, prepared: Prepared | None = None, *, cancelled: Callable[[], bool] = lambda: False,
    progress: Callable[[str, float], None] = lambda what, share: None,
) -> Estimate:  # fmt: skip
    """Measure what training this experiment takes. Nothing may train in this process meanwhile.

    Args:
        experiment: Complete.
        prepared: What `prepare(experiment.data)` gave, where somebody has it already.
        cancelled: Asked between steps whether to stop.
        progress: Told how far this is.

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
            return _Rehearsal(experiment, prepared, Path(folder), cancelled, progress).measure(free)
        except (MemoryError, RuntimeError) as error:
            if not out_of_memory(error):
                raise
            raise RunFailed(
                "the device does not have the memory for one step", where="train.batch_size",
                mend=f"Halve batch_size ({experiment.train.batch_size}) and double accumulation, shorten max_length, "
                "or make the model smaller.",
            ) from error  # fmt: skip


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
        model = build(experiment, prepared)
        task = task_for(model, prepared)
        self._tell(0.1)
        self._prepared, self._spec = prepared, experiment.train
        self._training = Training(model, task, prepared, experiment.train, folder)
        self._training.model.train()
        self._share = 1.0
        self._fixed = 0.0
        self._elapsed = 0.0

    def measure(self, free: int) -> Estimate:
        """Warm up, then steps until the time is up."""
        training, spec = self._training, self._spec
        groups = self._groups()
        activations = self._warm_up(groups)
        chosen = [groups[int((stratum + 0.5) * len(groups) / STRATA)] for stratum in _spread(min(STRATA, len(groups)))]
        if len(groups) < STRATA:
            chosen = groups
        times: list[list[float]] = [[] for _ in chosen]
        tokens, began = training.progress.tokens, time.perf_counter()
        for number in range(ROUNDS * len(chosen)):
            if number >= min(3, len(chosen)) and time.perf_counter() - began > SECONDS:
                break
            self._tell(0.2 + 0.8 * max(number / (ROUNDS * len(chosen)), min(1.0, (time.perf_counter() - began) / SECONDS)))
            times[number % len(chosen)].append(self._step(chosen[number % len(chosen)]))
        times = [each for each in times if each]
        every = [seconds for each in times for seconds in each]
        mean = statistics.fmean(statistics.median(each) for each in times)
        low = statistics.fmean(min(each) for each in times) / LEEWAY
        high = statistics.fmean(max(each) for each in times) * LEEWAY
        steps_per_epoch = math.ceil(training.plan_size / spec.accumulation)
        bound = spec.max_seconds or math.inf
        weights = sum(p.numel() * p.element_size() for p in training.model.parameters())
        learned = sum(p.numel() * p.element_size() for p in training.model.parameters() if p.requires_grad)
        seen = (training.progress.tokens - tokens) / max(self._elapsed, 1e-9)
        self._tell(None)
        scoring, saving = scoring_seconds(training, self._prepared, self._cancelled), saving_seconds(training)
        disk, most = disk_bytes(training, self._prepared)
        return Estimate(
            parameters=count_parameters(training.model), weight_bytes=weights, free_bytes=free,
            training_bytes=weights + learned + _optimizer_bytes(training.optimizer.optimizer) + activations,
            seconds_per_step=statistics.median(every), seconds_per_step_low=min(every), seconds_per_step_high=max(every),
            steps_per_epoch=steps_per_epoch, steps=training.total, seconds_per_epoch=mean * steps_per_epoch,
            seconds_total=min(bound, mean * training.total), seconds_total_low=min(bound, low * training.total),
            seconds_total_high=min(bound, high * training.total), tokens_per_second=seen, device=str(training.device),
            rehearsed_steps=len(every), rehearsed_examples=max(1, round(spec.batch_size * self._share)),
            seconds_scoring=scoring, seconds_saving=saving, disk_bytes=disk, disk_bytes_most=most,
            settled=self._settled(), variants=variants(self._prepared, spec),
        )  # fmt: skip

    def _groups(self) -> list[list[Indices]]:
        """The batches of each step of an epoch, those with least to compute first."""
        training, spec = self._training, self._spec
        plan = training.plan(0)
        groups = [plan[start : start + spec.accumulation] for start in range(0, len(plan), spec.accumulation)]
        return sorted(groups, key=lambda group: sum(len(batch) * int(training.lengths[batch].max()) for batch in group))

    def _warm_up(self, groups: list[list[Indices]]) -> int:
        """Make first steps, choose how much of a batch is measured, and weigh the longest: bytes of its activations."""
        typical, longest = groups[len(groups) // 2][:1], groups[-1][:1]
        self._share = min(1.0, 2 / self._spec.batch_size)
        self._step(typical)
        self._fixed = self._optimizer_seconds()
        while self._share < 1:  # few examples promise less than many keep, so the part grows by what it itself took
            part = len(self._part(typical[0]))
            whole = max(1e-9, self._raw(typical) - self._fixed) * len(typical[0]) / part
            wanted = min(1.0, STEP_SECONDS / whole)
            if wanted < 1.25 * self._share:
                break
            self._share = wanted
        held = _Held(self._training.model)
        with torch.autograd.graph.saved_tensors_hooks(held.take, held.give):
            self._step(longest)
        self._training.wait.clear()
        self._elapsed = 0.0
        return round(held.bytes * len(longest[0]) / len(self._part(longest[0])))

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
        training.wait.clear()
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


class _Held:
    """Counts what the backward pass keeps: each storage once, weights not."""

    def __init__(self, model: nn.Module) -> None:
        self.bytes = 0
        self._known = {p.untyped_storage().data_ptr() for p in model.parameters()}
        self._alive: list[Tensor] = []  # a freed storage's address would be taken for a known one

    def take(self, tensor: Tensor) -> Tensor:
        storage = tensor.untyped_storage()
        if storage.data_ptr() not in self._known:
            self._known.add(storage.data_ptr())
            self._alive.append(tensor.detach())
            self.bytes += storage.nbytes()
        return tensor

    def give(self, tensor: Tensor) -> Tensor:
        return tensor


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
