"""A picture as a vision model sees it: its pixels, and which token stands for which part of it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

ENDINGS = ("png", "jpg", "jpeg", "gif", "bmp", "tif", "tiff", "webp", "ppm", "pgm")
"""How files usually end that are read as pictures."""


@dataclass(frozen=True, kw_only=True, eq=False)
class SeenPicture:
    """What a model looked at. Token `leading` + row · `columns` + column stands for one patch, both counted from 0."""

    pixels: NDArray[np.uint8]
    """(height, width, 3), red, green and blue, cut and scaled as the model reads it."""
    rows: int
    columns: int
    """Of patches."""
    leading: int
    """Tokens before the patches that stand for no part of the picture, such as ``[CLS]``."""

    def __post_init__(self) -> None:
        pixels = np.array(self.pixels, np.uint8, order="C")
        pixels.setflags(write=False)
        object.__setattr__(self, "pixels", pixels)

    @property
    def patches(self) -> slice:
        """Which tokens are patches; what comes after them stands for no part of the picture either."""
        return slice(self.leading, self.leading + self.rows * self.columns)

    def patch_of(self, token: int) -> tuple[int, int] | None:
        """Row and column of a token, counted from 0; None where it is no patch."""
        place = token - self.leading
        return divmod(place, self.columns) if 0 <= place < self.rows * self.columns else None

    def token_of(self, row: int, column: int) -> int:
        """The token of a patch, counted from 0."""
        return self.leading + row * self.columns + column
