"""Edits of a training at work: which hold, what they do to the model and to its steps. See `workbench.contracts.edits`."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property

import torch
from torch import Tensor
from transformers import PreTrainedModel

from workbench.contracts.edits import Edit, EditState, Head, in_order, state_after
from workbench.contracts.errors import WorkbenchError
from workbench.contracts.events import Edited, Event, Warned
from workbench.engine.dropouts import Dropouts
from workbench.engine.head_parts import Layer, Silence, Slice, find_layers, holdable, silenceable, take_out
from workbench.engine.output_projection import Place

Keep = Callable[[Edit], None]


def kept_nowhere(edit: Edit) -> None:
    """For a training that is part of no run."""


class Editing:
    """Holds a training to its edits.

    Args:
        model: That trains, as it is without any edit.
        edits: Known beforehand.
        inputs: Gives what the model's forward takes, a batch of one; asked once a head is edited.
        keep: Writes an edit that a person makes into the experiment, before it acts.
    """

    def __init__(
        self, model: PreTrainedModel, edits: Sequence[Edit], inputs: Callable[[], dict[str, Tensor]], keep: Keep = kept_nowhere
    ) -> None:
        self._model, self._inputs, self._keep = model, inputs, keep
        self._waiting = list(in_order(edits))
        self._done: list[Edit] = []
        self.state = EditState()
        """What holds now."""
        self.news: tuple[Edit, ...] = ()
        """What people asked for and was done: other processes of the run are to do the same."""
        self._dropouts = Dropouts(model)
        self._silences: list[Silence] = []
        self._held: tuple[Slice, ...] = ()

    def go_to(self, step: int) -> None:
        """Let hold what holds after so many steps. What is edited right there is still to be taken: its moment comes again."""
        done = [edit for edit in self._waiting if edit.step < step and not self._refused(edit)]
        self._waiting = [edit for edit in self._waiting if edit.step >= step]
        self._settle([*self._done, *done])

    def take(self, step: int, asked: Sequence[Edit] = ()) -> Iterator[Event]:
        """Let the edits act that are due before the next step, then those that are asked for now.

        Args:
            step: Optimiser steps done.
            asked: By a person; kept in the experiment before they act.
        """
        due = [edit for edit in self._waiting if edit.step <= step]
        self._waiting = [edit for edit in self._waiting if edit.step > step]
        for number, edit in enumerate([*(edit.at(step) for edit in due), *(edit.at(step) for edit in asked)]):
            trouble = self._refused(edit)
            if not trouble and number >= len(due):
                try:
                    self._keep(edit)
                except (WorkbenchError, OSError) as error:
                    trouble = _told(error)
            if trouble:
                yield Warned(step=step, time=time.time(), message=f"The edit {edit} is left out: {trouble}")
                continue
            self._settle([*self._done, edit])
            if number >= len(due):
                self.news = (*self.news, edit)
            yield Edited.of(edit, time.time())

    @contextmanager
    def holding(self) -> Iterator[None]:
        """Around the optimiser's step: what is frozen has no gradient in it, and is afterwards as it was, to the bit."""
        kept = [(each, each.parameter.detach().index_select(each.axis, each.places)) for each in self._held]
        yield
        with torch.no_grad():
            for each, before in kept:
                each.parameter.index_copy_(each.axis, each.places, before)

    def clear_held_gradients(self) -> None:
        """Before gradients are measured and clipped: frozen weights have no say."""
        for each in self._held:
            if each.parameter.grad is not None:
                each.parameter.grad.index_fill_(each.axis, each.places, 0.0)

    def end(self) -> tuple[Head, ...]:
        """Take everything off the model but the weights; returns the heads that were off."""
        off = self.state.off
        self._settle([])
        return off

    def take_out(self, heads: Sequence[Head]) -> None:
        """Make heads that were off part of the weights: the model is the same for whoever opens it."""
        take_out(self._model, self._inputs(), heads)

    @cached_property
    def _layers(self) -> Mapping[Place, Layer]:
        """Found while no head is off: before the first edit of one acts."""
        return find_layers(self._model, self._inputs())

    def _refused(self, edit: Edit) -> str:
        """Why the model cannot do it; nothing where it can."""
        try:
            if edit.what == "head":
                find = holdable if edit.value == "frozen" else silenceable
                find(self._layers, Head(edit.kind, edit.layer, edit.head))
            elif edit.what == "dropout":
                self._dropouts.check()
        except (WorkbenchError, RuntimeError, ValueError, TypeError) as error:  # the model's own pass may fail, too
            return _told(error)
        return ""

    def _settle(self, done: list[Edit]) -> None:
        """Bring the model to what these edits come to."""
        before, self._done, self.state = self.state, done, state_after(done)
        if self.state.dropout != before.dropout:
            self._dropouts.set(self.state.dropout)
        if self.state.heads == before.heads:
            return
        for silence in self._silences:
            silence.end()
        self._silences, held = [], []
        for layer in self._layers.values():
            states: dict[Head, str] = {
                head: state for head, state in self.state.heads.items() if (head.kind, head.layer) == (layer.kind, layer.layer)
            }
            off = [head.head for head, state in states.items() if state == "off"]
            if off:
                self._silences.append(Silence(layer, off))
            held += [each for each in layer.slices if _is_held(each, states)]
        self._held = tuple(held)


def _told(error: Exception) -> str:
    """What is wrong; where it is, the edit itself says."""
    return error.what if isinstance(error, WorkbenchError) else str(error)


def _is_held(part: Slice, states: Mapping[Head, str]) -> bool:
    """Whether a slice stays as it is: a frozen head needs it so, or nobody else uses it than heads that are off."""
    return any(states.get(head) == "frozen" for head in part.users) or all(head in states for head in part.users)
