"""Changing what attention does: switch heads off, heat, cool or replace a pattern, leave out the scale or the mask."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from workbench.contracts.errors import WorkbenchError
from workbench.contracts.frames import KINDS
from workbench.engine.sites import Site

PATTERNS = ("uniform", "previous", "diagonal")


@dataclass(frozen=True, kw_only=True, eq=False)
class Intervention:
    """Something done to attention at chosen sites."""

    kind: str | None = None
    """encoder, decoder, cross, or None for all."""
    layer: int | None = None
    """One layer, or None for all."""
    heads: tuple[int, ...] | None = None
    """Some heads, or None for all."""

    def __post_init__(self) -> None:
        if self.kind is not None and self.kind not in KINDS:
            raise WorkbenchError(
                f"{self.kind!r} is no kind of attention", where=str(self), mend=f"Use one of {', '.join(KINDS)}."
            )

    def at(self, site: Site) -> bool:
        """Whether it applies there."""
        return self.kind in (None, site.kind) and self.layer in (None, site.layer)

    def __str__(self) -> str:
        chosen = [f"{name}={value!r}" for name in ("kind", "layer", "heads") if (value := getattr(self, name)) is not None]
        return f"{type(self).__name__}({', '.join(chosen)})"


class HeadsOff(Intervention):
    """The chosen heads give zeros: what the model makes of the rest."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Temperature(Intervention):
    """Scores are divided by ``value`` before the softmax: above 1 flattens, below 1 sharpens."""

    value: float

    def __post_init__(self) -> None:
        super().__post_init__()
        if not (math.isfinite(self.value) and self.value > 0):
            raise WorkbenchError(
                f"a temperature of {self.value!r} has no meaning",
                where=str(self),
                mend="Use a number above 0; 1 changes nothing.",
            )


@dataclass(frozen=True, kw_only=True, eq=False)
class Replace(Intervention):
    """The weights are replaced.

    ``uniform`` spreads them evenly over the keys a query may see, ``diagonal`` puts them on the query's own position,
    ``previous`` on the one before. An array is taken as it is and must broadcast to (batch, chosen heads, query, key).
    """

    pattern: str | NDArray[np.floating] | Tensor

    def __post_init__(self) -> None:
        super().__post_init__()
        if isinstance(self.pattern, str):
            if self.pattern not in PATTERNS:
                raise WorkbenchError(
                    f"there is no pattern {self.pattern!r}", where=str(self), mend=f"Use {', '.join(PATTERNS)} or an array."
                )
        elif not bool(torch.isfinite(torch.as_tensor(self.pattern)).all()):
            raise WorkbenchError("the pattern holds values that are not finite", where=str(self), mend="Use finite weights.")


@dataclass(frozen=True, kw_only=True, eq=False)
class Multiply(Intervention):
    """The weights are multiplied by a factor, which must broadcast to (batch, chosen heads, query, key).

    Gradients reach the factor. At ones they are A ⊙ ∂y/∂A, how much an answer y hangs on each weight; summed over a head,
    ∂y/∂ξ of a gate ξ on that head (Michel et al. 2019, "Are Sixteen Heads Really Better than One?", eq. 2).
    """

    factor: Tensor


class NoScale(Intervention):
    """Scores are not divided by √d."""


class NoMask(Intervention):
    """Every query sees every key: future tokens and padding included."""


class Plan:
    """What several interventions add up to at one site.

    Args:
        interventions: Those that apply there, in order.
        heads: How many heads there are.
        site: Where, for the error message.
    """

    def __init__(self, interventions: Sequence[Intervention], heads: int, site: Site) -> None:
        self.interventions, self.heads, self.site = tuple(interventions), heads, site
        for act in self.interventions:
            wrong = [head for head in act.heads or () if not 0 <= head < heads]
            if wrong:
                raise WorkbenchError(
                    f"there is no head {wrong[0]} in {site}", where=str(act), mend=f"Heads are 0 to {heads - 1}."
                )
        self.changes_weights = any(not isinstance(act, HeadsOff) for act in self.interventions)

    def _heads_of(self, act: Intervention) -> list[int]:
        return list(range(self.heads)) if act.heads is None else list(act.heads)

    def _any(self, cls: type[Intervention], like: Tensor) -> Tensor | None:
        """Which heads a kind of intervention meets, as (head, 1, 1); None if it meets none."""
        heads = [head for act in self.interventions if isinstance(act, cls) for head in self._heads_of(act)]
        if not heads:
            return None
        met = torch.zeros(self.heads, 1, 1, dtype=torch.bool, device=like.device)
        met[heads] = True
        return met

    def scaled(self, products: Tensor, scaling: float) -> Tensor:
        """q·k of shape (batch, head, query, key), times the scale where it is left in."""
        unscaled = self._any(NoScale, products)
        return products * scaling if unscaled is None else products * torch.where(unscaled, 1.0, scaling)

    def cooled(self, scores: Tensor) -> Tensor:
        """Scores (batch, head, query, key) divided by each head's temperature."""
        for act in self.interventions:
            if isinstance(act, Temperature):
                met = scores.new_ones(self.heads, 1, 1)
                met[self._heads_of(act)] = act.value
                scores = scores / met
        return scores

    def unmasked(self, like: Tensor) -> Tensor | None:
        """The heads (head, 1, 1) that see through the mask; None if none does."""
        return self._any(NoMask, like)

    def replaced(self, weights: Tensor, allowed: Tensor) -> Tensor:
        """Weights (batch, head, query, key) with the given patterns put in; `allowed` keys broadcast to them."""
        for act in self.interventions:
            if isinstance(act, Replace):
                heads = self._heads_of(act)
                if isinstance(act.pattern, str):
                    new = _named(act, allowed.expand_as(weights)[:, heads], self.site)
                else:
                    new = _fitted(act.pattern, act, (weights.shape[0], len(heads), *weights.shape[2:]), weights.device)
                weights = weights.clone()
                weights[:, heads] = new.to(weights.dtype)
            elif isinstance(act, Multiply):
                heads = self._heads_of(act)
                shape = (weights.shape[0], len(heads), *weights.shape[2:])
                product = weights[:, heads] * _fitted(act.factor, act, shape, weights.device).to(weights.dtype)
                weights = weights.clone()
                weights[:, heads] = product
        return weights

    def silenced(self, output: Tensor) -> Tensor:
        """Output (batch, query, head, d) with the switched-off heads at zero; the same object where none is."""
        off = self._any(HeadsOff, output)
        return output if off is None else output.masked_fill(off[:, 0], 0.0)


def _fitted(given: NDArray[np.floating] | Tensor, act: Intervention, shape: tuple[int, ...], device: torch.device) -> Tensor:
    """An array of `act`, broadcast to (batch, chosen heads, query, key)."""
    pattern = torch.as_tensor(given, device=device)
    try:
        return pattern.expand(shape)
    except RuntimeError:
        raise WorkbenchError(
            f"a pattern of shape {tuple(pattern.shape)} does not fit weights of shape {shape}",
            where=str(act),
            mend="Give (query, key), (chosen heads, query, key) or (batch, chosen heads, query, key).",
        ) from None


def _named(act: Replace, allowed: Tensor, site: Site) -> Tensor:
    """A pattern by name; what would fall on a forbidden key falls on the query's own position, else is spread evenly.

    Args:
        act: Says which pattern.
        allowed: (batch, head, query, key), True where a query may see a key.
        site: Where.
    """
    visible = allowed.to(torch.float32)
    uniform = visible / visible.sum(-1, keepdim=True).clamp(min=1.0)
    if act.pattern == "uniform":
        return uniform
    queries, keys = allowed.shape[2:]
    if site.kind == "cross" and queries == 1 and keys > 1:
        raise WorkbenchError(
            "one query alone does not say which position it has",
            where=f"{act} at {site}",
            mend="Run without a cache (use_cache=False).",
        )
    # The last query belongs to the last key within one sequence, also after a cache or a prefix.
    own = torch.arange(queries, device=allowed.device) + (0 if site.kind == "cross" else keys - queries)
    columns = torch.arange(keys, device=allowed.device)
    pattern = uniform
    for target in (own, own - 1) if act.pattern == "previous" else (own,):
        there = (columns == target[:, None]) & allowed  # (B, H, Q, K)
        pattern = torch.where(there.any(-1, keepdim=True), there.to(torch.float32), pattern)
    return pattern
