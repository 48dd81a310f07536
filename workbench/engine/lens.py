"""The lens: attach it to a model, look at its attention, change it, take it off again.

    lens = Lens(model)
    with lens.record(Look(kinds=("encoder",), layers=(0,))) as seen:
        model(**batch)
    seen.attention("encoder")                              # (layer, head, query, key)
    with lens.intervene(HeadsOff(kind="decoder", layer=1, heads=(0,))):
        model(**batch)

Looks and interventions hold for the thread that opened them, so one thread may train while another looks. They nest.
"""

from __future__ import annotations

import threading
import weakref
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from types import TracebackType
from typing import Any, Self

from torch import Tensor, nn

from workbench.contracts.errors import WorkbenchError
from workbench.engine.attaching import attach
from workbench.engine.interventions import Intervention
from workbench.engine.recording import Look, Seen
from workbench.engine.support import Support, self_test
from workbench.engine.tap import Tap
from workbench.engine.view import Change, View


class Lens:
    """A way to see and change the attention of a model.

    Args:
        model: Any transformers model, or a module that holds one (such as a peft model).
        replace_builtins: Whether the lens may, while it is attached, stand in for the names "sdpa" and "eager" in this
            process. A few models need it: they compare these names, or their source is not there to be read.
    """

    def __init__(self, model: nn.Module, *, replace_builtins: bool = True) -> None:
        self.model = model
        attachment = attach(model, replace_builtins=replace_builtins)
        self.way = attachment.way
        """switched | replaced | tapped: see `workbench.engine.attaching`."""
        self._tap = attachment.tap
        self._undo = weakref.finalize(self, attachment.undo)  # also when the lens is forgotten
        self._local = _Local()
        self._checkpointing = _Checkpointing(model, self._local, tapped=self._tap)

    def close(self) -> None:
        """Take the lens off; the model is as it was before."""
        self._undo()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    @contextmanager
    def record(self, look: Look | None = None) -> Iterator[Seen]:
        """Record attention within the block.

        Args:
            look: What to record; all weights if left out.

        Yields:
            What is seen; it fills while the model runs and stays after the block.
        """
        seen = Seen(look=look or Look())
        with self._open() as view:
            view.looks.append(seen)
            try:
                yield seen
            finally:
                view.looks = [other for other in view.looks if other is not seen]

    @contextmanager
    def intervene(self, *interventions: Intervention) -> Iterator[None]:
        """Change attention within the block, in the order given.

        Raises:
            WorkbenchError: at the end of the block, if the model ran and an intervention met no attention.
        """
        change = Change(acts=interventions)
        with self._open() as view, self._checkpointing.repeating():
            view.changes.append(change)
            try:
                yield
            finally:
                view.changes = [other for other in view.changes if other is not change]
        change.check()

    def self_test(self, batch: Mapping[str, Tensor] | None = None) -> Support:
        """Find out on one small batch what this lens can do with this model.

        Args:
            batch: What the model's forward takes; made from its configuration if left out.
        """
        return self_test(self, batch)

    @contextmanager
    def _open(self) -> Iterator[View]:
        """This thread's view; the outermost block opens and closes it."""
        if not self._undo.alive:
            raise WorkbenchError("the lens was closed", where=type(self.model).__name__, mend="Attach a new one: Lens(model).")
        if self._local.view is not None:
            yield self._local.view
            return
        with ExitStack() as stack:
            finalizer = self._undo
            self._local.view = view = View(self.model, attached=lambda: finalizer.alive)
            stack.callback(self._forget)
            stack.callback(view.close)
            if self._tap:
                stack.enter_context(Tap(self.model, view, besides=self.way != "tapped"))
            yield view

    def _forget(self) -> None:
        self._local.view = None


class _Local(threading.local):
    """What each thread has open."""

    view: View | None = None


class _Checkpointing:
    """Makes gradient checkpoints repeat the interventions under which a layer ran, for as long as any are open."""

    def __init__(self, model: nn.Module, local: _Local, *, tapped: bool) -> None:
        self._model, self._local, self._tapped = model, local, tapped
        self._lock = threading.Lock()
        self._open = 0
        self._before: list[tuple[nn.Module, Callable[..., Any]]] = []

    @contextmanager
    def repeating(self) -> Iterator[None]:
        with self._lock:
            self._open += 1
            if self._open == 1:
                self._wrap()
        try:
            yield
        finally:
            with self._lock:
                self._open -= 1
                if not self._open:
                    for module, original in self._before:
                        module._gradient_checkpointing_func = original  # type: ignore[assignment]
                    self._before = []

    def _wrap(self) -> None:
        for module in self._model.modules():
            original = module.__dict__.get("_gradient_checkpointing_func")
            if original is not None:
                self._before.append((module, original))
                module._gradient_checkpointing_func = self._wrapped(original)  # type: ignore[assignment]

    def _wrapped(self, original: Callable[..., Any]) -> Callable[..., Any]:
        def checkpoint(function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
            view = self._local.view
            if view is None or not view.changes:
                return original(function, *args, **kwargs)
            if self._tapped:
                raise WorkbenchError(
                    "this model writes its attention out, so a gradient checkpoint cannot repeat the intervention",
                    where=type(self._model).__name__,
                    mend="Turn gradient checkpointing off first.",
                )
            return original(view.replayable(function), *args, **kwargs)

        return checkpoint
