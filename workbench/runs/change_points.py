"""When a head became what it is: where its score crosses a threshold above chance, and stays there.

The threshold is the one by which heads get their names (`workbench.engine.head_names`): `MARGIN` above the larger of both null
baselines. A score that only touches it is not a change: it must stay for a while, and it has to fall `SLACK` below the threshold
for as long before the head has ceased to be what it was. Nor is one that creeps from one level to the other, or hovers there at
first: then there is no step to name.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from workbench.contracts.film import ChangePoint, ScoreSeries
from workbench.engine.head_names import MARGIN

SLACK = 0.05
"""How far below the threshold a score must fall to be lost again, in weight."""
STAYS, LASTS = 3, 1 / 3
"""For how many moments, and for which share of the step it happened at, a crossing must last; near the end of a film, for all
that is left, and two moments at least."""
SWIFT = 1 / 4
"""Share of its step that a crossing takes at most, from the last moment that was clearly what the head has been before."""
SOON = 1 / 10
"""Share of its step within which a score that rose is above the threshold on the mean."""


def crossings(steps: NDArray[np.int64], surplus: NDArray[np.floating]) -> list[tuple[int, bool]]:
    """Where a series crosses the threshold for good.

    Args:
        steps: (moment,), rising.
        surplus: (moment,) what a score has above chance, in weight.

    Returns:
        Index of the first moment past each crossing, and whether it went up; what holds from the first moment on is none.
    """
    found: list[tuple[int, bool]] = []
    above = bool(len(surplus) and surplus[0] >= MARGIN)
    clear = 0  # the last moment on the side that is being left
    for place in range(1, len(surplus) - 1):
        if surplus[place - 1] >= MARGIN if above else surplus[place - 1] < MARGIN - SLACK:
            clear = place - 1
        over = surplus[place - 1] < MARGIN <= surplus[place]
        under = surplus[place] < MARGIN - SLACK
        if under if above else over:
            stretch = surplus[place : _end(steps, place, LASTS)]
            if bool((stretch < MARGIN - SLACK).all() if above else (stretch >= MARGIN - SLACK).all()):
                above = not above
                settled = not above or surplus[place : _end(steps, place, SOON)].mean() >= MARGIN
                if settled and steps[clear] >= steps[place] * (1 - SWIFT):
                    found.append((place, above))
    return found


def _end(steps: NDArray[np.int64], place: int, share: float) -> int:
    """The moment behind those within a share of a step from it on, `STAYS` at least."""
    return max(place + STAYS, int(np.searchsorted(steps, steps[place] * (1 + share))) + 1)


def change_points(all_series: Iterable[ScoreSeries]) -> tuple[ChangePoint, ...]:
    """Every change of every head, in the order in which they happened."""
    found = []
    for series in all_series:
        surplus = series.values.astype(np.float64) - series.nulls
        for score, layer, head in np.ndindex(surplus.shape[1:]):
            line = surplus[:, score, layer, head]
            for place, became in crossings(series.steps, line):
                before, after = int(series.steps[place - 1]), int(series.steps[place])
                level = MARGIN if became else MARGIN - SLACK
                share = np.clip((level - line[place - 1]) / ((line[place] - line[place - 1]) or 1.0), 0.0, 1.0)
                found.append(
                    ChangePoint(
                        kind=series.kind,
                        layer=layer,
                        head=head,
                        name=series.names[score],
                        before=before,
                        after=after,
                        at=before + float(share) * (after - before),
                        became=became,
                    )
                )
    return tuple(sorted(found, key=lambda change: (change.at, change.kind, change.layer, change.head)))
