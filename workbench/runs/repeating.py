"""One step of a run, taken apart by making it once more.

Whatever decides the weights follows from the seed or is in a checkpoint, so nothing has to be kept of a step: training is
repeated in memory from the newest sound checkpoint before it, or from the beginning where there is none, by `Training` itself.
The run's folder is only read. The certificate is the step's own record: loss, gradient norm and learning rate must be the same
to the bit.
"""

from __future__ import annotations

import dataclasses
import math
import os
import shutil
import tempfile
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from transformers import PreTrainedModel

from workbench.contracts.errors import Cancelled, WorkbenchError
from workbench.contracts.events import Started, Step
from workbench.contracts.examples import IGNORED
from workbench.contracts.spikes import Spike, find_spikes, usual
from workbench.contracts.steps import Recorded, StepAttention, StepDetails, StepRow
from workbench.data.prepare import Prepared, prepare
from workbench.engine import checkpoints, devices
from workbench.engine.batches import Batch
from workbench.engine.blocks import stacks
from workbench.engine.capture import capture
from workbench.engine.training import Training
from workbench.engine.witness import Witness, weights_of
from workbench.runs.building import build, settled, task_for
from workbench.runs.folder import RunFolder
from workbench.runs.watch import names

SHOWN = 128
"""Tokens of a row whose attention is shown, at most: all heads of them, before and after, are one answer."""
CHARACTERS = 2_000
"""Of a row's text and target, at most: where they are shown and read, nobody reads more."""
Floats = NDArray[np.float64]
Told = Callable[[str, float], None]


@dataclasses.dataclass(frozen=True, kw_only=True, eq=False)
class Repeated:
    """A step that was made once more, with the model as it was before it and after it."""

    details: StepDetails
    run: Path
    model: PreTrainedModel
    prepared: Prepared
    batches: tuple[Batch, ...]
    before: Mapping[str, Tensor]
    after: Mapping[str, Tensor]

    def attention(self, place: int) -> StepAttention:
        """Every head on one row as the step read it, before the step and after it, in evaluation mode.

        Args:
            place: Of the row in `StepDetails.rows`.
        """
        inputs, trouble = self._alone(place)
        special = self.prepared.tokenizer
        tokens = names(special, inputs["input_ids"][0].tolist())
        targets = names(special, inputs["decoder_input_ids"][0].tolist()) if "decoder_input_ids" in inputs else ()
        frames = []
        try:
            for step, weights in ((self.details.step - 1, self.before), (self.details.step, self.after)):
                checkpoints.restore(self.model, weights)
                frames.append(capture(self.model, inputs, tokens=tokens, target_tokens=targets, step=step))
        except WorkbenchError as error:
            return StepAttention(place=place, trouble=f"{error.what} {error.mend}".strip())
        return StepAttention(place=place, before=frames[0], after=frames[1], trouble=trouble)

    def _alone(self, place: int) -> tuple[dict[str, Tensor], str]:
        """What the model reads of one row, without padding, and what a person should know of it."""
        batch, row = _found(self.batches, place)
        given = {name: tensor[row : row + 1] for name, tensor in batch.inputs.items()}
        mask = given.pop("attention_mask", None)
        length = int(mask.sum()) if mask is not None else given["input_ids"].shape[1]
        written = max(1, int((batch.labels[row] != IGNORED).sum())) if "decoder_input_ids" in given else 0
        cut = {name: written if name.startswith("decoder") else length for name in given}
        alone = {name: tensor[:, : min(SHOWN, cut[name])] for name, tensor in given.items()}
        longest = max(length, written)
        return alone, f"The row has {longest} tokens: the first {SHOWN} are looked at." if longest > SHOWN else ""


def repeat(
    path: Path, step: int, *, prepared: Prepared | None = None, told: Told = lambda what, share: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Repeated:  # fmt: skip
    """Make one step of a run again.

    Args:
        path: The run; it may be at work, and nothing in its folder is changed.
        step: Which step, from 1.
        prepared: What `prepare` gave for its data, where somebody has it already.
        told: Hears how far this is, as a share of the training time that is repeated.
        cancelled: Asked between steps whether to stop.

    Raises:
        WorkbenchError: there is no such run or step, or its table or pretrained model is not what it was.
        Cancelled: `cancelled` said so.
    """
    run = RunFolder.open(path)
    record = _Record(run)
    place = record.place(step)
    experiment = run.experiment()
    prepared = prepared or prepare(experiment.data, progress=told, cancelled=cancelled)
    experiment = experiment.replace(
        data=settled(prepared), train={"evaluations": 1, "checkpoints": 1, "patience": 0, "film_megabytes": 0}
    )  # fmt: skip
    device = devices.choose_device(experiment.train.device)
    with devices.undisturbed(device), tempfile.TemporaryDirectory() as aside:
        folder = Path(aside)
        there = _take_checkpoints(run.checkpoints, folder, before=step)
        model = build(experiment, prepared)
        training = Training(model, task_for(model, prepared), prepared, experiment.train, folder, edits=experiment.edits)
        training.saved_at = math.inf  # nothing is kept
        witness = Witness(training, step)
        began, made = 0, None
        with closing(training.events(resume=there)) as events:
            for event in events:
                if cancelled():
                    raise Cancelled("stopped while the training was repeated")
                if isinstance(event, Started):
                    began = event.resumed_from
                if isinstance(event, Step):
                    if experiment.train.max_seconds:  # the schedule of such a run follows the clock: the clock it had then
                        training.progress.seconds = record.seconds_at(event.step)
                    told("repeating the training", record.share(event.step, began, step))
                    if event.step >= step:
                        made = event
                        break
        if made is None:
            raise WorkbenchError(
                f"the repeated training ended before step {step}", where=str(path), mend="Choose an earlier step."
            )
        details = StepDetails(
            step=step, repeated_from=began, loss=made.loss, gradient_norm=made.gradient_norm, learning_rate=made.learning_rate,
            clip=experiment.train.clip, recorded=record.of(place),
            usual={name: usual(record.column(name), place) for name in ("loss", "gradient_norm")},
            rows=_rows(prepared, witness), layers=witness.layers(made.gradient_norm), stacks=len(stacks(training.model)),
        )  # fmt: skip
        training.model.eval().zero_grad(set_to_none=True)
        return Repeated(
            details=details, run=path, model=training.model, prepared=prepared, batches=witness.batches, before=witness.before,
            after=weights_of(training.model),
        )  # fmt: skip


def spikes_of(path: Path) -> tuple[Spike, ...]:
    """Every spike of a run's loss and gradient norm, by step.

    Raises:
        WorkbenchError: there is no run.
    """
    record = _Record(RunFolder.open(path))
    found = [find_spikes(record.steps, record.column(name), name) for name in ("loss", "gradient_norm")]
    return tuple(sorted((spike for some in found for spike in some), key=lambda spike: (spike.step, spike.what)))


class _Record:
    """The steps of a run as it said them; of one that was repeated after a resume what it said last."""

    def __init__(self, run: RunFolder) -> None:
        last = {event.step: event for event in run.events() if isinstance(event, Step)}
        self._run, self._events = run, [last[number] for number in sorted(last)]
        self.steps = np.array(sorted(last), np.int64)

    def place(self, step: int) -> int:
        """Where a step stands among all.

        Raises:
            WorkbenchError: the run made no such step.
        """
        place = int(np.searchsorted(self.steps, step))
        if place == len(self.steps) or self.steps[place] != step:
            made = f"its steps go from {self.steps[0]} to {self.steps[-1]}" if len(self.steps) else "it has made none yet"
            raise WorkbenchError(
                f"this run has no step {step}: {made}", where=str(self._run.path), mend="Choose one of the steps it has made."
            )
        return place

    def column(self, name: str) -> Floats:
        """One field of every step: (steps,)."""
        return np.array([getattr(event, name) for event in self._events], np.float64)

    def of(self, place: int) -> Recorded:
        """What was said of a step."""
        event = self._events[place]
        return Recorded(loss=event.loss, gradient_norm=event.gradient_norm, learning_rate=event.learning_rate)

    def seconds_at(self, step: int) -> float:
        """Training time up to and with a step."""
        place = int(np.searchsorted(self.steps, step, side="right")) - 1
        return self._events[place].seconds if place >= 0 else 0.0

    def share(self, now: int, first: int, last: int) -> float:
        """How much of the way from one step to another is done, by the time it took then."""
        begin, whole = self.seconds_at(first), self.seconds_at(last) - self.seconds_at(first)
        return (self.seconds_at(now) - begin) / whole if whole > 0 else (now - first) / max(1, last - first)


def _take_checkpoints(source: Path, into: Path, *, before: int) -> bool:
    """Links to the checkpoints before a step, each with the best weights it knows of: a run at work may remove its own at any
    moment. Whether there are any."""
    for path in (*checkpoints.steps(source), *source.glob("best-*")):
        if checkpoints.step_of(path) < before:
            try:
                shutil.copytree(path, into / path.name, copy_function=_linked)
            except OSError:  # it was removed meanwhile
                shutil.rmtree(into / path.name, ignore_errors=True)
    return bool(checkpoints.steps(into))


def _linked(source: str, into: str) -> None:
    try:
        os.link(source, into)
    except OSError:  # another disk, or one that knows no links
        shutil.copy2(source, into)


def _rows(prepared: Prepared, witness: Witness) -> tuple[StepRow, ...]:
    """The rows of a step, in the order of its batches."""
    whole = float(witness.losses.sum()) or 1.0
    indices = np.concatenate([batch.indices for batch in witness.batches])
    texts = prepared.texts("train", indices.tolist())
    made = []
    for place, (index, (text, target)) in enumerate(zip(indices.tolist(), texts, strict=True)):
        batch, row = _found(witness.batches, place)
        ids, mask = batch.inputs["input_ids"][row], batch.inputs.get("attention_mask")
        ids = ids[mask[row] > 0] if mask is not None else ids
        count, loss = float(witness.counts[place]), float(witness.losses[place])
        made.append(
            StepRow(
                row=int(prepared.train.rows[index]), text=text[:CHARACTERS], target=target[:CHARACTERS],
                read=_read(prepared, ids, index)[:CHARACTERS], loss=loss / count if count else 0.0, share=loss / whole,
                tokens=len(ids), targets=count,
            )
        )  # fmt: skip
    return tuple(made)


def _read(prepared: Prepared, ids: Tensor, index: int) -> str:
    """What the model read, where that is not what stands in the table."""
    own = torch.from_numpy(prepared.train.inputs[index].astype(np.int64))
    if prepared.task == "causal-lm":
        own = own[:-1]
    if torch.equal(ids.cpu(), own):
        return ""
    return " ".join(names(prepared.tokenizer, ids.tolist()))


def _found(batches: tuple[Batch, ...], place: int) -> tuple[Batch, int]:
    """The batch and the row in it of a place among all rows."""
    for batch in batches:
        if place < len(batch.labels):
            return batch, place
        place -= len(batch.labels)
    raise IndexError(place)
