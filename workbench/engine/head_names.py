"""What a head is called, and when it is called nothing.

A head gets a name only where its score beats **both** baselines by `MARGIN`: even attention under the same mask, and the upper
end of what 95 % of random deals of its own weights score. Two names speak of the words and not of their places: `induction` and
`duplicate_token`. They need one thing more: with the words in another order, the same places must lose at least `CONTENT` of
what the head had above its baselines. Otherwise it only knows how far away to look. A text whose repeats always lie the same
distance apart teaches a single layer just that, and a score alone cannot tell (it reaches 0.93). Where no words were shuffled,
neither name is given.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

MARGIN = 0.15
"""How much more than both baselines a score must be, in weight."""
CONTENT = 0.5
"""The share of the surplus that must be gone from the same places when the words are shuffled."""
BY_PLACE = ("previous_token", "next_token", "own_token", "first_token", "special_tokens", "mirrored")
BY_WORDS = ("induction", "duplicate_token")


def surplus(values: Array, uniform: Array, shuffled: Array, band: Array) -> Array:
    """How much a score exceeds the larger of its baselines, (layer, head)."""
    above: Array = values - np.fmax(uniform, shuffled + band)
    return above


def head_names(
    values: Mapping[str, Array],
    uniform: Mapping[str, Array],
    shuffled: Mapping[str, Array],
    band: Mapping[str, Array],
    moved: Mapping[str, Array],
) -> tuple[tuple[tuple[str, ...], ...], ...]:
    """Names for every head.

    Args:
        values: (layer, head) by column, as in `workbench.contracts.head_tables.HeadTable`.
        uniform: What even attention scores.
        shuffled: What random deals score on average.
        band: Half of their 95 % interval.
        moved: What stays at the same places when the words are shuffled; empty where they were not.

    Returns:
        (layer, head): columns by falling surplus; `workbench.contracts.head_tables.LABELS` has them in words.
    """
    above: dict[str, Array] = {}
    for name in (*BY_PLACE, *BY_WORDS):
        if name not in values:
            continue
        more = surplus(values[name], uniform[name], shuffled[name], band[name])
        earned = more >= MARGIN
        if name in BY_WORDS:
            earned &= values[name] - moved[name] >= CONTENT * more if name in moved else np.zeros_like(earned)
        above[name] = np.where(earned, more, -np.inf)
    layers, heads = next(iter(values.values())).shape
    return tuple(tuple(_named(above, layer, head) for head in range(heads)) for layer in range(layers))


def _named(above: Mapping[str, Array], layer: int, head: int) -> tuple[str, ...]:
    """What one head has earned, the clearest first."""
    earned = [(float(more[layer, head]), name) for name, more in above.items() if np.isfinite(more[layer, head])]
    return tuple(name for _, name in sorted(earned, key=lambda pair: -pair[0]))
