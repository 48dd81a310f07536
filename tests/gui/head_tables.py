"""Tables of made-up heads, for tests of what shows them."""

from __future__ import annotations

import numpy as np

from workbench.contracts.head_tables import UNITS, HeadTable

ALONE = ("loss_change", "output_change", "gradient_importance")
"""Columns without baselines."""


def made_table(kind: str = "encoder", *, layers: int = 2, heads: int = 3, seed: int = 0, texts: int = 1) -> HeadTable:
    """Every column; head 1·2 is a sink, head 2·1 an induction head; the first layer has no induction score."""
    chance, shape = np.random.default_rng(seed), (layers, heads)
    values = {name: chance.uniform(0, 1, shape) for name in UNITS}
    values["loss_change"] -= 0.5
    values["induction"][0] = np.nan
    compared = [name for name in UNITS if name not in ALONE]
    names: list[list[tuple[str, ...]]] = [[() for _ in range(heads)] for _ in range(layers)]
    names[0][1], names[1][0] = ("first_token",), ("induction", "previous_token")
    return HeadTable(
        kind=kind, values=values, uniform={name: np.full(shape, 0.1) for name in compared},
        shuffled={name: np.full(shape, 0.2) for name in compared}, band={name: np.full(shape, 0.02) for name in compared},
        names=tuple(tuple(row) for row in names), texts=texts, provenance={"model": "made up"},
    )  # fmt: skip
