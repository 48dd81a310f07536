"""The training loop: an iterator of frozen events.

It never prints and never knows who listens. A control is read between steps. Everything that decides the weights (batch
order, noise, dropout) follows from the seed and is kept in checkpoints, so a resumed run reaches the weights of one that
was never interrupted, bit for bit on one CPU.
"""

from __future__ import annotations

import dataclasses
import math
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
from accelerate.accelerator import Accelerator
from torch import Tensor
from transformers import PreTrainedModel

from workbench.contracts.edits import Edit
from workbench.contracts.errors import Cancelled
from workbench.contracts.events import Checkpointed, Evaluated, Event, Paused, Resumed, Started, Warned
from workbench.contracts.specs import ONE_CLASS, TrainSpec
from workbench.engine import checkpoints, devices, disk
from workbench.engine.balance import WeightedLoss, classes_of, resampled
from workbench.engine.batches import Batch, Indices, epoch_plan
from workbench.engine.control import Control
from workbench.engine.edits import Editing, Keep, kept_nowhere
from workbench.engine.failures import explained
from workbench.engine.gradients import Gradients
from workbench.engine.optim import build_optimizer, rate_factor, set_rate
from workbench.engine.pace import Pace
from workbench.engine.parallel import agree, make_accelerator
from workbench.engine.progress import Material, Outcome, Progress
from workbench.engine.selection import Selection
from workbench.engine.tasks import Task
from workbench.engine.tasks.base import Reader, noise_of
from workbench.engine.training_state import TrainingState
from workbench.engine.tuning import merge_lora
from workbench.engine.unsaid import Unsaid

CHECKPOINT_SECONDS = 300.0
"""A run is saved at least this often, however long it is."""
SHOWN = 6
"""Readable predictions of an evaluation."""


class Training:
    """One training of one model on one prepared table.

    Args:
        model: On the CPU; it is moved to the device.
        task: Batches, loss, metrics.
        material: The examples.
        spec: How to train; `spec.threads` is applied to the process.
        folder: Where checkpoints go.
        control: Read between steps.
        accelerator: The processes of this run; made from the spec when left out.
        edits: What is to change at which step.
        keep: Writes an edit that a person makes into the experiment, before it acts.
    """

    def __init__(
        self, model: PreTrainedModel, task: Task, material: Material, spec: TrainSpec, folder: Path, *,
        control: Control | None = None, accelerator: Accelerator | None = None, edits: Sequence[Edit] = (),
        keep: Keep = kept_nowhere,
    ) -> None:  # fmt: skip
        self.task, self.material, self.spec, self.folder = task, material, spec, folder
        self.control = control or Control()
        self.accelerator = accelerator or make_accelerator(spec)
        self.world, self.rank = self.accelerator.num_processes, self.accelerator.process_index
        self.device = self.accelerator.device
        torch.set_num_threads(devices.choose_threads(spec.threads, self.world if self.device.type == "cpu" else 1))
        if spec.gradient_checkpointing:
            model.activation_checkpointing_enable()
        self.model = model.to(self.device)
        self.parallel, self.optimizer = self.accelerator.prepare(self.model, build_optimizer(self.model, spec))
        self.weighted = None
        if spec.class_balance == "weights":
            self.weighted = WeightedLoss(classes_of(material.train), int(self.model.config.num_labels))
        balanced = spec.class_balance != "none" and task.name in ONE_CLASS
        selects_by = "macro_f1" if balanced else task.selects_by  # accuracy would choose the moment before balance tells
        self.selection = Selection(folder, task, selects_by)
        self.gradients = Gradients(self.parallel, self.optimizer, self.accelerator, self._loss)
        self.noise = noise_of(spec, material.train, task.special)
        self.lengths = task.lengths(material.train)
        self.plan_size = math.ceil(len(self.lengths) / (spec.batch_size * self.world))
        self.pace = Pace(spec, self.plan_size, int(self.lengths.sum()))
        self.total = self.pace.total
        self.progress = Progress()
        self.editing = Editing(model, edits, self._example, keep if self.main else kept_nowhere)
        self.unsaid = Unsaid(self.device)
        self.before_save: Callable[[], None] = lambda: None
        """Called before a checkpoint is written: what was said up to there is to be on the disk when it is."""
        self.saved_at, self.saved_step = time.monotonic(), -1
        torch.manual_seed(spec.seed + self.rank)

    @property
    def main(self) -> bool:
        """Whether this process is the one that writes and speaks."""
        return bool(self.accelerator.is_main_process)

    def events(self, *, resume: bool = False) -> Generator[Event, None, Outcome]:
        """Train to the end, saying what happens; returns how it ended.

        Raises:
            RunFailed: out of memory, a lost device, a loss that is not a number, a full disk.
            WorkbenchError: nothing to resume from.
        """
        yield from self._resume() if resume else ()
        yield Started(
            step=self.progress.step, time=time.time(), total_steps=self.total, device=str(self.device),
            resumed_from=self.progress.step,
            parameters=sum(p.numel() for p in self.model.parameters()),
            rows={k: int(v) for k, v in self.material.counts.items() if isinstance(v, int)},
            evaluations=self.spec.evaluations, checkpoints=self.spec.checkpoints,
        )  # fmt: skip
        stopped = ""
        with explained(self.spec, lambda: f"step {self.progress.step}"):
            while not stopped:
                stopped = yield from self._epoch()
            yield from self._save()
            return self._finish(stopped)

    # -- the loop ---------------------------------------------------------------------------------------------------

    def _epoch(self) -> Generator[Event, None, str]:
        """The rest of an epoch; returns why training ends, or nothing.

        What is due is done before the next step, not after the last one: a run that was stopped while it was scored scores
        the same weights when it is resumed.
        """
        progress, spec = self.progress, self.spec
        plan = self.plan(progress.epoch)
        self.model.train()
        while True:
            if self.pace.due("evaluations", progress):
                yield from self.unsaid.take()
                yield from self._evaluate()
                progress = self.progress
            if self.pace.due("saves", progress) or time.monotonic() - self.saved_at > CHECKPOINT_SECONDS:
                yield from self._save()
            yield from self._pause()
            if stopped := (yield from self._agree()):
                return stopped
            if progress.position >= len(plan):
                progress.epoch, progress.position = progress.epoch + 1, 0
                return ""
            group = plan[progress.position : progress.position + spec.accumulation]
            self._step(group)
            progress.position += len(group)
            yield from self.unsaid.take_due()

    def plan(self, epoch: int) -> list[Indices]:
        """The batches of an epoch over all processes, in order."""
        spec = self.spec
        size, seed = spec.batch_size * self.world, spec.seed
        if spec.class_balance != "resample":
            return epoch_plan(self.lengths, size, seed=seed, epoch=epoch)
        rows = resampled(classes_of(self.material.train), seed=seed, epoch=epoch)
        return [rows[batch] for batch in epoch_plan(self.lengths[rows], size, seed=seed, epoch=epoch)]

    def _step(self, group: list[Indices]) -> None:
        """One optimiser step over the group's batches; each process takes its share of each batch."""
        progress, spec = self.progress, self.spec
        started = time.perf_counter()
        batches = [self._share(indices) for indices in group]
        asked = self.task.count if self.weighted is None else self.weighted.count
        count = torch.stack([asked(batch.labels) * weight for batch, weight in batches]).sum()
        count = self.accelerator.reduce(count, "sum")
        count = count.clamp(min=1) if self.weighted is None else count.clamp(min=1e-6)
        factor = rate_factor(spec, progress.step, self.total, self.pace.time_share(self.progress))
        rate = (self.editing.state.learning_rate or spec.learning_rate) * factor
        set_rate(self.optimizer, rate)
        total, parts = self.gradients.compute(batches, count, progress.parts)
        if parts != progress.parts:
            progress.parts = parts
            self.unsaid.warn(self._in_parts(parts))
        self.editing.clear_held_gradients()
        norm = self.accelerator.clip_grad_norm_(self.parallel.parameters(), spec.clip or math.inf)
        with self.editing.holding():
            self.optimizer.step()
        progress.step += 1
        tokens = sum(batch.tokens * weight for batch, weight in batches)
        if self.world > 1:
            sums = self.accelerator.reduce(torch.stack((total, total.new_tensor(tokens))), "sum")
            total, tokens = sums[0], int(sums[1])
        progress.tokens += tokens
        progress.seconds += time.perf_counter() - started
        facts = {
            "step": progress.step, "time": time.time(), "learning_rate": rate, "tokens": tokens,
            "seconds": progress.seconds, "epoch": progress.epoch + (progress.position + len(group)) / self.plan_size,
        }  # fmt: skip
        self.unsaid.add(facts, total / count, norm)

    def _example(self) -> dict[str, Tensor]:
        """An example of ordinary length, as the model reads it: what a head's part is found with."""
        middle = self.lengths.argsort(kind="stable")[len(self.lengths) // 2]
        return self.task.collate(self.material.train, np.array([middle])).to(self.device).inputs

    def _loss(self, logits: Tensor, labels: Tensor) -> Tensor:
        """Sum of the loss of a part of a batch."""
        loss = self.task.loss if self.weighted is None else self.weighted.loss
        return loss(logits, labels, self.spec.label_smoothing)

    def _in_parts(self, parts: int) -> Warned:
        size, now = -(-self.spec.batch_size // parts), self.progress.step + 1
        return Warned(
            step=self.progress.step, time=time.time(),
            message=f"Memory ran out: from step {now} on, batches are computed {size} examples at a time and "
            f"their gradients are summed ({parts} parts for a batch). The steps stay the same, only slower.",
        )  # fmt: skip

    def _share(self, indices: Indices) -> tuple[Batch, int]:
        """This process's part of a batch, and 0 in place of 1 where there is none for it."""
        mine = indices[self.rank :: self.world]
        batch = self.task.collate(self.material.train, mine if len(mine) else indices[:1], self.noise)
        return batch.to(self.device), int(len(mine) > 0)

    # -- when ---------------------------------------------------------------------------------------------------------

    def _agree(self) -> Generator[Event, None, str]:
        """Edit and save where it is asked for; returns why to stop now, or nothing. All processes agree."""
        yield from self._edit()
        asked = self._ended(), self.editing.news, self.control.take_save()
        if self.world > 1:
            asked = agree(self.accelerator, asked)
            if not self.main:
                yield from self._edit(asked[1])
        self.editing.news = ()
        if asked[2]:
            yield from self._save(asked=True)
        return asked[0]

    def _edit(self, told: Sequence[Edit] = ()) -> Iterator[Event]:
        """Take the edits that are due now: those of the experiment, what people ask for, what the main process told."""
        before = self.editing.state.off
        asked = self.control.take_edits() if self.main and not self.control.stopping else told
        for event in self.editing.take(self.progress.step, asked):
            yield from self.unsaid.take()  # what was before it is said before it
            yield event
        if self.editing.state.off != before:  # scores of a model with other heads do not compare
            self.selection.restart(self.progress)

    def _ended(self) -> str:
        """Why to stop now, or nothing."""
        reason = ""
        if self.control.stopping:
            reason = "asked"
        elif self.spec.patience and self.progress.worse >= self.spec.patience:
            reason = "early"
        elif self.progress.step >= self.total:
            reason = "finished"
        elif self.pace.time_share(self.progress) >= 1:
            reason = "time"
        elif self.progress.worse < 0:
            reason = "early"
        return reason

    def _pause(self) -> Iterator[Event]:
        """Wait while people want it, and meanwhile edit and save as they ask."""
        if not (self.main and self.control.paused):
            return
        yield from self.unsaid.take()
        told: list[Event] = [Paused(step=self.progress.step, time=time.time())]
        while told or self.control.paused:
            told += self._edit()  # also what is due here: a run that goes on where an edit stands shows what it does
            if self.world == 1 and self.control.take_save():
                told += self._save(asked=True)
            for left, event in enumerate(told, start=1 - len(told)):
                self.control.tell_more(left < 0)
                yield event
            told = []
            self.control.wait()
        if not self.control.stopping:
            yield Resumed(step=self.progress.step, time=time.time())

    # -- scoring and saving ---------------------------------------------------------------------------------------------

    def reader(self) -> Reader:
        """The model, ready to be scored."""
        self.model.eval()
        return Reader(self.model, self.material.tokenizer, cancelled=lambda: self.control.stopping)

    def _evaluate(self) -> Iterator[Event]:
        """Score the validation rows on the main process; keep the weights if they are the best so far."""
        progress = self.progress
        if self.main:
            examples = self.material.validation
            step = max(1, len(examples.rows) // SHOWN)
            show = list(range(0, len(examples.rows), step))[:SHOWN]
            last = progress.step >= self.total
            try:
                with self.accelerator.autocast():
                    reader = self.reader()
                    evaluation = reader.within_memory(lambda: self.task.evaluate(reader, examples, show=show, full=last))
                    if not last and self.task.perfect(evaluation.metrics):
                        evaluation = reader.within_memory(lambda: self.task.evaluate(reader, examples, show=show, full=True))
            except Cancelled:  # the run ends at the next look at the control, and is scored here when it is resumed
                progress.evaluations -= 1
                return
            finally:
                self.model.train()
            better = self.selection.judge(evaluation, progress)
            if better:
                yield from self._with_room(self.keep_best)
            yield Evaluated(
                step=progress.step, time=time.time(), split="validation", metrics=evaluation.metrics, best=better,
                samples=tuple(self._sample(i, p.text) for i, p in evaluation.predictions.items()),
            )  # fmt: skip
        if self.world > 1:
            self.progress = Progress(**agree(self.accelerator, dataclasses.asdict(progress)))

    def _sample(self, index: int, prediction: str) -> dict[str, str]:
        (text, target), *_ = self.material.texts("validation", [index])
        return {"input": text, "target": target, "prediction": prediction}

    def keep_best(self) -> None:
        """Write the weights as they are for the end of the run.

        Raises:
            RunFailed: the disk is full or cannot be written.
        """
        self.selection.keep(self.model, self.progress)

    def save_once(self) -> None:
        """Write a checkpoint, whatever was written before.

        Raises:
            RunFailed: the disk is full or cannot be written.
        """
        checkpoints.write(self.folder / checkpoints.name_of(self.progress.step), *self._state().content(self.progress))

    def _with_room(self, write: Callable[[], None]) -> Iterator[Event]:
        yield from disk.when_there_is_room(write, self.control, lambda: self.progress.step)

    def _save(self, *, asked: bool = False) -> Iterator[Event]:
        """A checkpoint from which the run goes on as if nothing had happened; whoever asked is told of one that is there, too."""
        yield from self.unsaid.take()
        path = self.folder / checkpoints.name_of(self.progress.step)
        if self.saved_step == self.progress.step:
            if asked and self.main:
                yield Checkpointed(step=self.progress.step, time=time.time(), path=path.name)
            return
        content = self._state().content(self.progress)
        if self.main:
            yield from self._with_room(self.before_save)
            yield from self._with_room(lambda: checkpoints.write(path, *content))
            checkpoints.prune(self.folder, checkpoints.needed(self.folder))
            yield Checkpointed(step=self.progress.step, time=time.time(), path=path.name)
        self.saved_at, self.saved_step = time.monotonic(), self.progress.step
        self.accelerator.wait_for_everyone()

    def _resume(self) -> Iterator[Event]:
        """Put the newest whole checkpoint back."""
        found, damaged = checkpoints.newest(self.folder)
        for error in damaged:
            going_on = f"Going on from {found[0].name}." if found is not None else "Starting from the beginning."
            yield Warned(step=0, time=time.time(), message=f"{error} {going_on}")
        if found is None:
            if not damaged:
                yield Warned(step=0, time=time.time(), message="There is no checkpoint yet: the run starts from the beginning.")
        else:
            _, tensors, state = found
            self.progress = self._state().put_back(tensors, state)
            self.editing.go_to(self.progress.step)
        self.accelerator.wait_for_everyone()
        if self.main:
            checkpoints.drop_after(self.folder, self.progress.step)
            if 0 < self.progress.step == self.progress.best_step:  # the best so far are these, whatever became of their copy
                yield from self._with_room(self.keep_best)

    def _state(self) -> TrainingState:
        return TrainingState(self.model, self.optimizer, self.accelerator, self.material)

    def _finish(self, stopped: str) -> Outcome:
        """Put the best weights into the model, as a model like any other; a head that is off stays off."""
        off = self.editing.end()
        self.selection.put_back(self.model, self.progress)
        merge_lora(self.model)
        self.editing.take_out(off)
        self.model.eval()
        return Outcome(
            stopped=stopped, steps=self.progress.step, seconds=self.progress.seconds, tokens=self.progress.tokens,
            best_step=self.progress.best_step or self.progress.step,
        )  # fmt: skip
