"""What a model would say if it stopped early: likeliest tokens of every layer at every position."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, kw_only=True, eq=False)
class LayerReadings:
    """The logit lens on one text. L blocks give L + 1 rows: what enters the first block, and what leaves each one.

    Arrays are read-only copies.
    """

    ids: NDArray[np.int64]
    """(L + 1, position, rank) the likeliest tokens, the likeliest first."""
    probabilities: NDArray[np.float32]
    """(L + 1, position, rank) theirs, of the whole vocabulary."""
    final: NDArray[np.float32]
    """(L + 1, position) the probability of what the model says in the end."""
    tokens: tuple[tuple[tuple[str, ...], ...], ...] = ()
    """(L + 1, position, rank) the ids as text, where somebody knows it."""
    positions: tuple[str, ...] = ()
    """The tokens along the position axis."""
    kind: str = "decoder"
    """Which stack was read: encoder | decoder."""
    provenance: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.ids.ndim != 3 or self.probabilities.shape != self.ids.shape or self.final.shape != self.ids.shape[:2]:
            raise ValueError(
                f"ids {self.ids.shape}, probabilities {self.probabilities.shape} and final {self.final.shape} differ"
            )
        for name, dtype in (("ids", np.int64), ("probabilities", np.float32), ("final", np.float32)):
            copy = np.array(getattr(self, name), dtype=dtype)
            copy.setflags(write=False)
            object.__setattr__(self, name, copy)
