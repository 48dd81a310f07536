"""What is worked out about one text beyond its weights: paths through all layers, and what an answer hangs on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workbench.contracts.frames import frozen
from workbench.contracts.head_tables import HeadTable


@dataclass(frozen=True, kw_only=True, eq=False)
class Rollout:
    """How much of each input position reaches each position, if attention alone mixed them (Abnar & Zuidema 2020)."""

    kind: str
    """encoder | decoder"""
    layers: NDArray[np.float32]
    """(layer, position, input position); rows sum to 1. The last one is what is usually meant."""
    collapse: NDArray[np.float32]
    """(layer,): the largest mean weight on one input position; near 1 the picture tells of depth, not of the text."""
    tokens: tuple[str, ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "layers", frozen(self.layers))
        object.__setattr__(self, "collapse", frozen(self.collapse))


@dataclass(frozen=True, kw_only=True, eq=False)
class Flow:
    """The most that could flow from each position to each input position, if weights were pipes (Abnar & Zuidema 2020)."""

    kind: str
    """encoder | decoder"""
    layer: int
    """After which layer positions are taken, counted from 0."""
    done: int
    """Positions that are worked out."""
    tokens: tuple[str, ...]
    values: NDArray[np.float32]
    """(position, input position), each from 0 to 1: of those that are done, in their order. Rows do not sum to 1."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "values", frozen(self.values))


@dataclass(frozen=True, kw_only=True, eq=False)
class Attribution:
    """What an answer hangs on."""

    answer: str
    """The class or token whose logit is explained."""
    logit: float
    baseline: float | None
    """The logit for a text of nothing; None where it was not worked out."""
    tokens: tuple[str, ...]
    values: NDArray[np.float32]
    """(token,): integrated gradients (Sundararajan et al. 2017); they sum to ``logit - baseline`` but for ``gap``."""
    gap: float
    heads: NDArray[np.float32]
    """(layer, head): Σ |A ⊙ ∂logit/∂A| over the head's map: how much the logit hangs on it, to first order."""
    kind: str
    """Of `heads`."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "values", frozen(self.values))
        object.__setattr__(self, "heads", frozen(self.heads))


@dataclass(frozen=True, kw_only=True)
class Survey:
    """Heads measured over the first rows of a table, so far."""

    column: str
    """What of the table is read."""
    columns: tuple[str, ...]
    """What could be read."""
    done: int
    """Texts that are measured."""
    total: int
    tables: tuple[HeadTable, ...] = ()
    """Means over them; none before the first."""
    skipped: int = 0
    """Rows without a text."""
