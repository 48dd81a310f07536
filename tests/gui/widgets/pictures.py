"""Frames for the tests of what draws attention."""

from __future__ import annotations

import numpy as np
from PySide6.QtGui import QColor, QImage

from workbench.contracts.frames import AttentionFrame


def random_frame(
    kind: str = "cross", *, layers: int = 2, heads: int = 4, queries: int = 6, keys: int = 9, step: int = 0, seed: int = 0
) -> AttentionFrame:
    """A frame of made-up words."""
    rng = np.random.default_rng(seed)
    weights = rng.dirichlet(np.full(keys, 0.3), (layers, heads, queries)).astype(np.float32)
    names = tuple(f"q{n}" for n in range(queries)), tuple(f"k{n}" for n in range(keys))
    return AttentionFrame(
        kind=kind, weights=weights, step=step, queries=names[0], keys=names[1],
        provenance={"model": "made up"},
    )  # fmt: skip


def one_cell(query: int, key: int, *, queries: int = 6, keys: int = 9, layers: int = 1, heads: int = 1) -> AttentionFrame:
    """All weight of one query on one key, everything else zero: what tells query from key."""
    weights = np.zeros((layers, heads, queries, keys), np.float32)
    weights[:, :, query, key] = 1
    return AttentionFrame(
        kind="encoder", weights=weights, queries=tuple(f"q{n}" for n in range(queries)), keys=tuple(f"k{n}" for n in range(keys))
    )


def pixel(image: QImage, x: float, y: float) -> str:
    """The colour at a point in the widget's pixels, as ``#RRGGBB``."""
    ratio = image.devicePixelRatioF()
    return QColor(image.pixel(int(x * ratio), int(y * ratio))).name().upper()
