"""The one attention function: SDPA when nobody looks, exact weights for what a lens asks.

It is registered with transformers' attention interface under `NAME`, with the mask function of SDPA: without one, models
would hand over the raw two-dimensional padding mask. Models that cannot use SDPA run their own eager function, under
`EAGER_NAME`. Neither name may contain "sdpa", "flash" or "flex_attention": transformers looks for these inside names.
"""

from __future__ import annotations

import inspect
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any, Protocol

import torch
from torch import Tensor, nn
from transformers.integrations.sdpa_attention import sdpa_attention_forward
from transformers.masking_utils import ALL_MASK_ATTENTION_FUNCTIONS, eager_mask, sdpa_mask
from transformers.modeling_utils import ALL_ATTENTION_FUNCTIONS

from workbench.contracts.errors import WorkbenchError
from workbench.engine.exact import Call, exact_attention
from workbench.engine.interventions import Intervention, Plan
from workbench.engine.sites import Site

NAME = "workbench"
EAGER_NAME = "workbench-eager"
EagerFunction = Callable[..., tuple[Tensor, Tensor | None]]


class Watcher(Protocol):
    """What looks at attention calls: one lens in one thread."""

    thread: int

    def visit(self, call: Call) -> tuple[Site, Sequence[Intervention]] | None:
        """Where this call is and what is to be done there; None if it is no concern of this watcher."""

    def saw(self, site: Site, call: Call, seen: Seeing) -> None:
        """The call was made."""


@dataclass(kw_only=True, eq=False)
class Seeing:
    """What came of a call; weights and scores only where they were computed anyway."""

    output: Tensor
    """(batch, query, head, d_v)"""
    weights: Tensor | None = None
    scores: Tensor | None = None


class Switchboard:
    """Who looks at this moment. The interface is one per process, so this is too; each watcher hears its own thread only."""

    def __init__(self) -> None:
        self.watchers: tuple[Watcher, ...] = ()  # replaced as a whole, so reading it needs no lock
        self._lock = threading.Lock()

    def add(self, watcher: Watcher) -> None:
        """Let it hear of calls."""
        with self._lock:
            self.watchers = (*self.watchers, watcher)

    def remove(self, watcher: Watcher) -> None:
        """It hears no more."""
        with self._lock:
            self.watchers = tuple(other for other in self.watchers if other is not watcher)

    @contextmanager
    def open_to(self, watcher: Watcher) -> Iterator[None]:
        """Within the block it hears of calls."""
        self.add(watcher)
        try:
            yield
        finally:
            self.remove(watcher)


SWITCHBOARD = Switchboard()


def workbench_attention(
    module: nn.Module, query: Tensor, key: Tensor, value: Tensor, attention_mask: Tensor | None,
    scaling: float | None = None, dropout: float = 0.0, is_causal: bool | None = None,
    softcap: float | None = None, position_bias: Tensor | None = None, s_aux: Tensor | None = None, **kwargs: Any,
) -> tuple[Tensor, Tensor | None]:  # fmt: skip
    """Attention for transformers' interface: SDPA, unless someone looks.

    Args and return value are those of every function of that interface: query (batch, head, query, d), key and value
    (batch, key head, key, d), output (batch, query, head, d).
    """

    def call() -> Call:
        return Call(
            module=module, query=query, key=key, value=value, mask=attention_mask, dropout=dropout, softcap=softcap,
            causal=is_causal if is_causal is not None else getattr(module, "is_causal", True), said_causal=is_causal,
            scaling=query.shape[-1] ** -0.5 if scaling is None else scaling,
            position_bias=position_bias, sinks=s_aux, extra=kwargs,
        )  # fmt: skip

    def unseen() -> tuple[Tensor, Tensor | None]:
        if softcap is not None or s_aux is not None:  # SDPA knows neither
            return exact_attention(call())[2], None
        return sdpa_attention_forward(
            module, query, key, value, attention_mask, dropout=dropout, scaling=scaling, is_causal=is_causal,
            position_bias=position_bias, **kwargs,
        )  # fmt: skip

    return watched(call(), unseen) if SWITCHBOARD.watchers else unseen()


def workbench_eager_attention(
    module: nn.Module, query: Tensor, key: Tensor, value: Tensor, attention_mask: Tensor | None, **kwargs: Any
) -> tuple[Tensor, Tensor | None]:
    """The same for models that cannot use SDPA: their own eager function, unless someone looks."""
    eager = own_eager(module)
    if not SWITCHBOARD.watchers:
        return eager(module, query, key, value, attention_mask, **kwargs)
    known = ("scaling", "dropout", "softcap", "position_bias", "s_aux", "is_causal")
    scaling = kwargs.get("scaling")
    call = Call(
        module=module, query=query, key=key, value=value, mask=attention_mask, dropout=kwargs.get("dropout") or 0.0,
        causal=False,  # an eager function masks nothing by itself
        said_causal=kwargs.get("is_causal"), scaling=query.shape[-1] ** -0.5 if scaling is None else scaling,
        softcap=kwargs.get("softcap"), position_bias=kwargs.get("position_bias"), sinks=kwargs.get("s_aux"),
        eager=lambda *tensors, **changed: eager(module, *tensors, **{**kwargs, **changed}),
        extra={name: value for name, value in kwargs.items() if name not in known},
    )  # fmt: skip
    return watched(call, lambda: eager(module, query, key, value, attention_mask, **kwargs))


def own_eager(module: nn.Module) -> EagerFunction:
    """The eager attention function that a module's class, or the class it derives from, names in its own forward.

    Raises:
        WorkbenchError: it names none.
    """
    for cls in type(module).__mro__:
        function: EagerFunction | None = _eager_named_in(cls.__dict__.get("forward"))
        if function is not None:
            return function
    raise WorkbenchError(
        f"{type(module).__name__} has no eager attention function",
        where=type(module).__module__,
        mend="Load the model with attn_implementation='sdpa'.",
    )


@cache
def _eager_named_in(forward: Callable[..., Any] | None) -> EagerFunction | None:
    """Every model file hands its own function to the interface as the default; names are read from the code, not the source."""
    plain = inspect.unwrap(forward) if forward is not None else None
    if not inspect.isfunction(plain):
        return None
    names = (name for name in plain.__code__.co_names if name.endswith("eager_attention_forward"))
    found: list[EagerFunction] = [plain.__globals__[name] for name in names if name in plain.__globals__]
    return found[0] if found else None


def watched(call: Call, unseen: Callable[[], tuple[Tensor, Tensor | None]]) -> tuple[Tensor, Tensor | None]:
    """A call that someone may look at.

    Args:
        call: What the model passed.
        unseen: Does what is done when nobody looks: the output (batch, query, head, d_v) and perhaps weights.
    """
    result: tuple[Tensor, Tensor | None] = _watched(call, unseen)
    return result


@torch.compiler.disable  # type: ignore[untyped-decorator]
def _watched(call: Call, unseen: Callable[[], tuple[Tensor, Tensor | None]]) -> tuple[Tensor, Tensor | None]:
    """The call with everyone looking: interventions first, then records of what was really done."""
    here = [(watcher, found) for watcher in SWITCHBOARD.watchers if watcher.thread == threading.get_ident()
            and (found := watcher.visit(call)) is not None]  # fmt: skip
    if not here:
        return unseen()
    site = here[0][1][0]
    plan = Plan([act for _, (_, acts) in here for act in acts], call.heads, site)
    if plan.changes_weights:
        call.refuse_unknown(site)
        scores, weights, output = exact_attention(call, plan)
        returned = None
        seen = Seeing(output=plan.silenced(output), weights=weights, scores=scores)
    else:
        output, returned = unseen()
        seen = Seeing(output=plan.silenced(output))
    for watcher, (its_site, _) in here:
        watcher.saw(its_site, call, seen)
    return seen.output, returned


def register() -> None:
    """Make both names known to transformers."""
    ALL_ATTENTION_FUNCTIONS.register(NAME, workbench_attention)
    ALL_MASK_ATTENTION_FUNCTIONS.register(NAME, sdpa_mask)
    ALL_ATTENTION_FUNCTIONS.register(EAGER_NAME, workbench_eager_attention)
    ALL_MASK_ATTENTION_FUNCTIONS.register(EAGER_NAME, eager_mask)


register()
