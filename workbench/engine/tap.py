"""For attention outside transformers' interface: tap what runs inside attention modules.

Where such a module calls torch's SDPA, everything is known and the call goes the way of all others. Where it writes the
softmax out, scores and weights are known, queries, keys and values are not. torch's own multi-head attention is opened, and
does one or the other.
"""

from __future__ import annotations

import threading
import types
from collections import Counter
from collections.abc import Callable
from typing import Any, Self

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn
from torch.overrides import TorchFunctionMode
from torch.utils.hooks import RemovableHandle

from workbench.contracts.errors import WorkbenchError
from workbench.engine.attaching import is_attention, uses_interface
from workbench.engine.attention import watched
from workbench.engine.exact import Call
from workbench.engine.interventions import NoMask, NoScale, Plan
from workbench.engine.recording import Look, Record, Seen, chosen, to_array
from workbench.engine.sites import Site
from workbench.engine.tiles import pooled
from workbench.engine.view import View

_SOFTMAX = (torch.softmax, torch.Tensor.softmax, F.softmax)
_MHA = F.multi_head_attention_forward
_OPENED_MHA: Callable[..., Any] = types.FunctionType(  # Any: torch's own signature
    _MHA.__code__, {**_MHA.__globals__, "has_torch_function": lambda _: False}, _MHA.__name__, _MHA.__defaults__
)
"""The same, but what it calls is seen: as torch has it, it hands itself as a whole to whoever watches torch's functions."""


class _InsideAttention(TorchFunctionMode):
    """Watches torch functions in the thread that enters it, and knows inside which attention module each one runs.

    Args:
        model: The model whose modules are watched.
        here: Whether the calling thread is meant.
    """

    def __init__(self, model: nn.Module, here: Callable[[], bool]) -> None:
        super().__init__()
        self._model, self._here = model, here
        self._inside: list[nn.Module] = []
        self._hooks: list[RemovableHandle] = []

    def __enter__(self) -> Self:
        for name, module in self._model.named_modules():
            if is_attention(name, module):
                self._hooks.append(module.register_forward_pre_hook(lambda module, _: self._step_in(module)))
                self._hooks.append(module.register_forward_hook(lambda *_: self._step_out(), always_call=True))
        super().__enter__()  # type: ignore[no-untyped-call]
        return self

    def __exit__(self, *error: Any) -> None:  # Any: as every context manager
        super().__exit__(*error)  # type: ignore[no-untyped-call]
        for hook in self._hooks:
            hook.remove()

    def _step_in(self, module: nn.Module) -> None:
        if self._here():
            self._inside.append(module)

    def _step_out(self) -> None:
        if self._here():
            self._inside.pop()


_WHOLE = (F.scaled_dot_product_attention, _MHA)


def _scores(func: Any, args: Any, kwargs: Any) -> Tensor | None:  # Any: any torch function and its arguments
    """What a softmax over the last of three or more axes is taken of; None for everything else."""
    if func not in _SOFTMAX:
        return None
    scores: Tensor = args[0] if args else kwargs["input"]
    axis = args[1] if len(args) > 1 else kwargs.get("dim")
    return scores if scores.dim() >= 3 and axis in (-1, scores.dim() - 1) else None


class Outside(_InsideAttention):
    """Counts how often attention modules attend without transformers' interface."""

    def __init__(self, model: nn.Module) -> None:
        thread = threading.get_ident()
        super().__init__(model, lambda: threading.get_ident() == thread)
        self.calls: Counter[nn.Module] = Counter()

    def __torch_function__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:  # Any: any torch function
        if self._inside and not uses_interface(type(self._inside[-1])):
            self.calls[self._inside[-1]] += func in _WHOLE or _scores(func, args, kwargs or {}) is not None
        return func(*args, **(kwargs or {}))


class Tap(_InsideAttention):
    """Sees and changes attention inside attention modules, in the thread that enters it.

    Args:
        model: The model whose modules are watched.
        view: Says what is wanted at each site, and keeps it.
        besides: Whether modules that use transformers' interface are seen there already.
    """

    def __init__(self, model: nn.Module, view: View, *, besides: bool = False) -> None:
        super().__init__(model, view.here)
        self._view, self._besides = view, besides
        self._cross = False
        self._causal: dict[nn.Module, bool] = {}

    def __torch_function__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:  # Any: any torch function
        kwargs = kwargs or {}
        if not self._inside or (self._besides and uses_interface(type(self._inside[-1]))):
            return func(*args, **kwargs)
        if func is _MHA:
            return self._opened(args, kwargs)
        if func is F.scaled_dot_product_attention:
            return self._sdpa(*args, **kwargs)
        scores = _scores(func, args, kwargs)
        if scores is not None and scores.dim() <= 4:
            return self._softmax(scores, kwargs.get("dtype"))
        return func(*args, **kwargs)

    def _opened(self, args: Any, kwargs: Any) -> Any:  # Any: torch's own signature
        """torch's multi-head attention, with what it calls seen; it says by itself whether it looks at another sequence."""
        query, key = (args[place] if len(args) > place else kwargs[name] for place, name in enumerate(("query", "key")))
        self._cross = query is not key
        TorchFunctionMode.__enter__(self)
        try:
            return _OPENED_MHA(*args, **kwargs)
        finally:
            TorchFunctionMode.__exit__(self, None, None, None)
            self._cross = False

    def _sdpa(
        self, query: Tensor, key: Tensor, value: Tensor, attn_mask: Tensor | None = None, dropout_p: float = 0.0,
        is_causal: bool = False, scale: float | None = None, enable_gqa: bool = False,
    ) -> Tensor:  # fmt: skip
        """SDPA as torch has it: every tensor is (batch, head, position, d)."""

        def unseen() -> tuple[Tensor, None]:
            output = F.scaled_dot_product_attention(
                query, key, value, attn_mask, dropout_p, is_causal, scale=scale, enable_gqa=enable_gqa
            )
            return output.transpose(1, 2), None

        if query.dim() != 4:
            return unseen()[0].transpose(1, 2)
        call = Call(
            module=self._inside[-1], query=query, key=key, value=value, mask=attn_mask, causal=is_causal, dropout=dropout_p,
            said_causal=is_causal or None, cross=self._cross, scaling=query.shape[-1] ** -0.5 if scale is None else scale,
        )  # fmt: skip
        return watched(call, unseen)[0].transpose(1, 2)

    def _softmax(self, scores: Tensor, dtype: torch.dtype | None) -> Tensor:
        """A written-out softmax over keys: (batch, head, query, key), or (batch · head, query, key)."""
        module = self._inside[-1]
        heads = scores.shape[1] if scores.dim() == 4 else _heads_of(module, self._model)
        if scores.dim() == 3 and (not heads or scores.shape[0] % heads):
            return scores.softmax(-1, dtype=dtype)
        four = scores.reshape(-1, heads, *scores.shape[-2:])  # (B, H, Q, K)
        precise = torch.promote_types(four.dtype, torch.float32)
        allowed = four.to(precise).softmax(-1) > 0  # masks are large negative numbers, whichever the model chose
        found = self._view.find(module, self._is_causal(module, allowed), self._cross)
        if found is None:
            return scores.softmax(-1, dtype=dtype)
        site, acts = found
        refused = [act for act in acts if isinstance(act, (NoScale, NoMask))]
        if refused:
            raise WorkbenchError(
                "this model writes its attention out, so its scale and mask cannot be left out",
                where=f"{refused[0]} at {site}",
                mend="Switch heads off, change the temperature or replace the pattern instead.",
            )
        plan = Plan(acts, heads, site)
        cooled = plan.cooled(four)
        weights = plan.replaced(cooled.softmax(-1, dtype=dtype), allowed)

        def take(seen: Seen, forward: int) -> None:
            exact = plan.replaced(cooled.to(precise).softmax(-1), allowed)
            seen.records.append(_record(seen.look, site, forward, cooled.masked_fill(~allowed, -torch.inf), exact))

        self._view.keep(site, take)
        # A head that is off mixes no values: its weights are zero, whatever the model does with them next.
        return plan.silenced(weights.transpose(1, 2)).transpose(1, 2).contiguous().reshape(scores.shape)

    def _is_causal(self, module: nn.Module, allowed: Tensor) -> bool:
        """Whether the future is masked, judged from the first call with several queries: (batch, head, query, key)."""
        queries, keys = allowed.shape[-2:]
        if module not in self._causal and queries > 1:
            longest = allowed[:, 0, -1].sum(-1).argmax()  # padding can leave queries with nothing to see; they look even
            self._causal[module] = queries == keys and not bool(allowed[longest].triu(1).any())
        return self._causal.get(module, False)


def _heads_of(module: nn.Module, model: nn.Module) -> int:
    """How many heads a module says it has, else the model's configuration; 0 if nobody says."""
    config = getattr(model, "config", None)
    said = (getattr(module, "num_heads", None), getattr(module, "n_heads", None), getattr(config, "num_attention_heads", None))
    return next((heads for heads in said if isinstance(heads, int)), 0)


@torch.no_grad()
def _record(look: Look, site: Site, forward: int, scores: Tensor, weights: Tensor) -> Record:
    """What was asked for, as far as a tap knows it."""
    unknown = [what for what in look.what if what not in ("weights", "scores", "tiles", "trust")]
    if unknown:
        raise WorkbenchError(
            f"this model writes its attention out, so {unknown[0]} is not known",
            where=str(site),
            mend="Ask for weights or scores.",
        )
    examples = chosen(look.examples, weights.shape[0], "example", site)
    heads = chosen(look.heads, weights.shape[1], "head", site)
    rows = chosen(look.rows, weights.shape[2], "query", site)

    def cut(tensor: Tensor) -> Tensor:
        return tensor[list(examples)][:, list(heads)][:, :, list(rows)]

    return Record(
        site=site, forward=forward, examples=examples, heads=heads, rows=rows, queries=weights.shape[2],
        weights=to_array(cut(weights)) if "weights" in look.what else None,
        scores=to_array(cut(scores)) if "scores" in look.what else None,
        tiles=to_array(pooled(cut(weights), look.tile)) if "tiles" in look.what else None,
        trust=np.full((len(examples), len(heads)), np.nan, np.float32) if "trust" in look.what else None,
    )  # fmt: skip
