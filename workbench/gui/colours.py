"""Colour maps: one hue for attention, two around zero for differences and positions.

Colours are blended in OKLab (Ottosson 2020), where equal steps look equally large, and the lightness of a sequential map only
ever goes one way: it stays readable in print and for every kind of colour vision.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from workbench.gui.theme import Theme

Table = NDArray[np.uint8]
"""(256, 3), red, green, blue."""

_TO_LMS = np.array([
    [0.4122214708, 0.5363325363, 0.0514459929],
    [0.2119034982, 0.6806995451, 0.1073969566],
    [0.0883024619, 0.2817188376, 0.6299787005],
])  # fmt: skip
_TO_LAB = np.array([
    [0.2104542553, 0.7936177850, -0.0040720468],
    [1.9779984951, -2.4285922050, 0.4505937099],
    [0.0259040371, 0.7827717662, -0.8086757660],
])  # fmt: skip

NEGATIVE = {"light": "#A6390B", "dark": "#FF9B62"}
"""Below zero: an orange that every kind of colour vision tells from the accent's blue."""

CATEGORIES = {
    "light": ("#0072B2", "#D55E00", "#009E73", "#B8578E", "#B07A00", "#3D9DD9", "#5B5B5B"),
    "dark": ("#56B4E9", "#FF8A4C", "#2CC79B", "#E59AC8", "#F0E442", "#9DB2FF", "#C9CED6"),
}
"""Things without an order, after Okabe and Ito (2008): hues that every kind of colour vision tells apart, as dark as lines
on each ground need to be."""
READABLE = 4.5
"""Contrast from which letters read well."""
_ROUNDS = (0.0, -0.15, 0.08, -0.22, -0.07)
"""How much lighter each further round of `CATEGORIES` is, in OKLab; then rounds come back, turned further."""
_TURN = 0.4
"""By how much each further round turns the hues, in radians: about half of what lies between two neighbours."""


@lru_cache(maxsize=16)
def sequential(theme: Theme) -> Table:
    """From the panel's own ground over the accent to its deepest shade: for weights between 0 and 1."""
    ground, accent, deepest = (_lab(colour) for colour in (theme.panel, theme.accent, theme.deepest))
    bend = float((accent[0] - ground[0]) / (deepest[0] - ground[0]))  # lightness grows evenly through the accent
    return _frozen(_blend([0.0, bend, 1.0], [ground, accent, deepest]))


@lru_cache(maxsize=16)
def diverging(theme: Theme) -> Table:
    """From an orange over the panel's ground (zero, the middle) to the accent's blue: for what has a sign."""
    return _frozen(_blend([0.0, 0.5, 1.0], [_lab(NEGATIVE[theme.name]), _lab(theme.panel), _lab(theme.accent)]))


@lru_cache(maxsize=64)
def categorical(theme: Theme, count: int) -> tuple[str, ...]:
    """Colours for `count` things without an order: `CATEGORIES`, then hues between them, darker and lighter in turn."""
    base, made = CATEGORIES[theme.name], []
    for place in range(count):
        turns = place // len(base)
        light, *hue = _lab(base[place % len(base)])
        along = complex(*hue) * np.exp(1j * _TURN * turns)
        lab = np.array([light + _ROUNDS[turns % len(_ROUNDS)], along.real, along.imag])
        made.append("#{:02X}{:02X}{:02X}".format(*(int(part) for part in _to_srgb(lab[None])[0])))
    return tuple(made)


@lru_cache(maxsize=8)
def inks(table_of: Callable[[Theme], Table], theme: Theme) -> tuple[str, ...]:
    """The colour of letters on each of a map's 256 shades: the theme's own where it reads well, else black or white.

    Reads well is a contrast of 4.5 or more (WCAG 2.2, 1.4.3); black or white always has it.
    """
    return tuple(_ink(shade, theme.text) for shade in table_of(theme))


def contrast(one: NDArray[np.float64], other: NDArray[np.float64]) -> float:
    """How well two colours stand out from each other (WCAG 2.2), from 1 to 21.

    Args:
        one: (3,) red, green, blue from 0 to 1.
        other: Likewise.
    """
    lights = sorted(float(_linear(colour) @ (0.2126, 0.7152, 0.0722)) for colour in (one, other))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def colour_table(table: Table) -> list[int]:
    """A map as the colour table of an 8-bit `QImage`: 256 values 0xAARRGGBB."""
    wide = table.astype(np.uint32)
    return [int(value) for value in 0xFF000000 | wide[:, 0] << 16 | wide[:, 1] << 8 | wide[:, 2]]


def to_bytes(values: NDArray[np.floating], low: float = 0.0, high: float = 1.0) -> NDArray[np.uint8]:
    """Values as indices into a map: `low` and below become 0, `high` and above 255, what is no number 0."""
    scaled = np.subtract(values, np.float32(low), dtype=np.float32)
    scaled *= np.float32(255.0 / max(high - low, 1e-12))
    scaled += np.float32(0.5)
    scaled = np.fmax(scaled, 0)  # of zero and what is no number, zero
    return np.asarray(np.minimum(scaled, 255).astype(np.uint8))


def _blend(places: list[float], colours: list[NDArray[np.float64]]) -> Table:
    at = np.linspace(0.0, 1.0, 256)
    lab = np.stack([np.interp(at, places, [colour[axis] for colour in colours]) for axis in range(3)], axis=1)
    return _to_srgb(lab)


def _to_srgb(lab: NDArray[np.float64]) -> Table:
    """(colour, 3) in OKLab as bytes of red, green and blue."""
    linear = np.linalg.solve(_TO_LMS, np.linalg.solve(_TO_LAB, lab.T) ** 3).T.clip(0.0, 1.0)
    srgb = np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055)
    return np.asarray((srgb * 255 + 0.5).astype(np.uint8))


def _ink(shade: NDArray[np.uint8], own: str) -> str:
    ground = shade / 255
    if contrast(ground, rgb(own)) >= READABLE:
        return own
    return max(("#000000", "#FFFFFF"), key=lambda ink: contrast(ground, rgb(ink)))


def _lab(colour: str) -> NDArray[np.float64]:
    return np.asarray(_TO_LAB @ np.cbrt(_TO_LMS @ _linear(rgb(colour))))


def rgb(colour: str) -> NDArray[np.float64]:
    """``#RRGGBB`` as red, green and blue from 0 to 1."""
    return np.array([int(colour[place : place + 2], 16) for place in (1, 3, 5)]) / 255


def _linear(srgb: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)


def _frozen(table: Table) -> Table:
    table.setflags(write=False)
    return table
