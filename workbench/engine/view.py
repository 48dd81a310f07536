"""One lens in one thread: it counts the passes of a model, says what is to be done at each site and keeps what was seen."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import torch
from torch import nn
from torch.utils.hooks import RemovableHandle
from transformers import PreTrainedModel

from workbench.contracts.errors import WorkbenchError
from workbench.engine.attention import SWITCHBOARD, Seeing
from workbench.engine.exact import Call
from workbench.engine.interventions import Intervention
from workbench.engine.recording import Seen, record
from workbench.engine.sites import Site, Walk


def in_backward() -> bool:
    """Whether this thread is inside a backward pass; attention that runs there is recomputed for a gradient checkpoint."""
    return torch._C._current_graph_task_id() != -1


@dataclass(kw_only=True, eq=False)
class Change:
    """Interventions that were opened together, and which of them have met attention."""

    acts: tuple[Intervention, ...]
    met: set[int] = field(default_factory=set)
    sites: set[str] = field(default_factory=set)

    def at(self, site: Site) -> list[Intervention]:
        """Those that apply there."""
        self.sites.add(f"{site.kind} layer {site.layer}")
        here = [index for index, act in enumerate(self.acts) if act.at(site)]
        self.met.update(here)
        return [self.acts[index] for index in here]

    def check(self) -> None:
        """Complain of an intervention that changed nothing because there is no such place."""
        idle = [act for index, act in enumerate(self.acts) if index not in self.met]
        if idle and self.sites:
            raise WorkbenchError(
                "it met no attention, so nothing was changed",
                where=str(idle[0]),
                mend=f"There is {', '.join(sorted(self.sites))}.",
            )


class View:
    """Looks and interventions of one lens in the thread that makes this object.

    Args:
        model: The module whose attention is looked at.
        attached: Whether the lens is still on the model.
    """

    def __init__(self, model: nn.Module, attached: Callable[[], bool]) -> None:
        self._attached = attached
        self.thread = threading.get_ident()
        self.looks: list[Seen] = []
        self.changes: list[Change] = []
        self.walk = Walk(names={module: name for name, module in model.named_modules()})
        self._depth = self._pass = 0
        self._hooks: list[RemovableHandle] = []
        for module in {model, *(part for part in self.walk.names if isinstance(part, PreTrainedModel))}:
            self._hooks.append(module.register_forward_pre_hook(self._enter))
            self._hooks.append(module.register_forward_hook(self._leave, always_call=True))
        SWITCHBOARD.add(self)

    def close(self) -> None:
        """Look no more."""
        SWITCHBOARD.remove(self)
        for hook in self._hooks:
            hook.remove()

    def here(self) -> bool:
        """Whether this is the view's own thread, going forward."""
        return threading.get_ident() == self.thread and not in_backward()

    def _enter(self, *_: Any) -> None:  # Any: a hook's module and arguments
        if self.here():
            if self._depth == 0 and self.walk.calls:  # outermost model: attention met before belongs to an earlier pass
                self._pass += 1
                self.walk.restart()
            self._depth += 1

    def _leave(self, *_: Any) -> None:  # Any: a hook's module, arguments and output
        if self.here():
            self._depth -= 1

    def find(self, module: nn.Module, causal: bool | None, cross: bool = False) -> tuple[Site, list[Intervention]] | None:
        """Where a module's attention is in this pass, and what is to be done there; None if it is no part of the model.

        Raises:
            WorkbenchError: it is recomputed in a way that cannot repeat the interventions.
        """
        if module not in self.walk.names:
            return None
        if in_backward():
            if self.changes and not Replay.running():
                raise WorkbenchError(
                    "this layer is recomputed by a gradient checkpoint of its own, so the intervention cannot be repeated",
                    where=self.walk.names[module],
                    mend="Turn this checkpoint off, or use model.activation_checkpointing_enable() instead.",
                )
            return None
        site = self.walk.visit(module, causal, cross)
        return site, [act for change in self.changes for act in change.at(site)]

    def visit(self, call: Call) -> tuple[Site, Sequence[Intervention]] | None:
        """Where this call is and what is to be done there; None if it is not part of the model."""
        return self.find(call.module, call.said_causal, call.cross)

    def saw(self, site: Site, call: Call, seen: Seeing) -> None:
        """Keep what was asked for."""
        for look in self.looks:
            if look.look.at(site):
                look.records.append(record(look.look, site, self._pass, call, seen))

    def keep(self, site: Site, take: Callable[[Seen, int], None]) -> None:
        """Let every look that wants this site take what it wants."""
        for look in self.looks:
            if look.look.at(site):
                take(look, self._pass)

    def replayable(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """A layer that does the same again when a gradient checkpoint recomputes it.

        By then the interventions may be closed, another thread may run it, and layers come in reverse order; without this
        the gradients would silently be those of another function.
        """
        kept: list[tuple[Walk, list[Change]]] = []

        def run(*args: Any, **kwargs: Any) -> Any:
            if not in_backward():
                kept[:] = [(self.walk.copy(), list(self.changes))]
                return function(*args, **kwargs)
            if not self._attached():
                raise WorkbenchError(
                    "the lens was closed between the forward and the backward pass, so the intervention cannot be repeated",
                    where="gradient checkpoint",
                    mend="Close the lens after the backward pass.",
                )
            with SWITCHBOARD.open_to(Replay(*kept[0])):
                return function(*args, **kwargs)

        return run


class Replay:
    """Interventions of an earlier forward pass, repeated while a gradient checkpoint recomputes a layer. Records nothing."""

    def __init__(self, walk: Walk, changes: Sequence[Change]) -> None:
        self.thread = threading.get_ident()
        self.walk, self.changes = walk.copy(), changes

    @classmethod
    def running(cls) -> bool:
        """Whether this thread is repeating a layer."""
        return any(isinstance(other, cls) and other.thread == threading.get_ident() for other in SWITCHBOARD.watchers)

    def visit(self, call: Call) -> tuple[Site, Sequence[Intervention]] | None:
        """Where this call is and what was done there."""
        if call.module not in self.walk.names:
            return None
        site = self.walk.visit(call.module, call.said_causal, call.cross)
        return site, [act for change in self.changes for act in change.at(site)]

    def saw(self, site: Site, call: Call, seen: Seeing) -> None:
        """It was seen the first time."""
