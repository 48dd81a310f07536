"""Colour maps: their lightness goes one way, zero is the ground, and signs weigh the same."""

from __future__ import annotations

import numpy as np
import pytest

from workbench.gui import colours
from workbench.gui.theme import DARK, LIGHT, Theme

THEMES = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])


def lightness(table: np.ndarray) -> np.ndarray:
    """CIE L* of each entry, 0 to 100: another measure than the OKLab the maps are made in."""
    srgb = table / 255
    linear = np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)
    luminance = linear @ [0.2126, 0.7152, 0.0722]
    return np.where(luminance > 0.008856, 116 * np.cbrt(luminance) - 16, 903.3 * luminance)


def rgb(colour: str) -> list[int]:
    return [int(colour[at : at + 2], 16) for at in (1, 3, 5)]


@THEMES
def test_more_weight_is_never_closer_to_the_ground(theme: Theme) -> None:
    levels = lightness(colours.sequential(theme))
    steps = np.diff(levels) * np.sign(levels[-1] - levels[0])
    assert steps.min() > -0.5  # rounding to 8 bits
    assert abs(levels[-1] - levels[0]) > 55
    assert np.all(np.diff(levels[::16]) * np.sign(levels[-1] - levels[0]) > 0)


@THEMES
def test_zero_is_the_panels_ground_and_one_the_deepest(theme: Theme) -> None:
    assert colours.sequential(theme)[0].tolist() == rgb(theme.panel)
    assert colours.sequential(theme)[255].tolist() == rgb(theme.deepest)
    middle = colours.diverging(theme)[127:129].astype(int)
    assert np.abs(middle - rgb(theme.panel)).max() <= 2


@THEMES
def test_both_signs_are_equally_far_from_zero_in_lightness(theme: Theme) -> None:
    levels = lightness(colours.diverging(theme))
    assert np.abs(levels - levels[::-1]).max() < 6


@THEMES
def test_the_colour_table_says_the_same_as_the_map(theme: Theme) -> None:
    table = colours.sequential(theme)
    for index, value in enumerate(colours.colour_table(table)):
        assert value == 0xFF000000 | int(table[index, 0]) << 16 | int(table[index, 1]) << 8 | int(table[index, 2])


def test_values_beyond_the_range_and_no_numbers_have_a_place() -> None:
    values = np.array([-1, 0, 0.5, 1, 7, np.nan, np.inf, -np.inf], np.float32)
    assert colours.to_bytes(values).tolist() == [0, 0, 128, 255, 255, 0, 255, 0]


@THEMES
def test_colours_of_things_differ_from_each_other_and_from_the_ground(theme: Theme) -> None:
    made = colours.categorical(theme, 35)
    assert len(set(made)) == 35
    assert colours.categorical(theme, 7) == made[:7] == colours.CATEGORIES[theme.name]
    table = np.array([rgb(colour) for colour in made])
    apart = np.linalg.norm(table[:, None] - table[None], axis=-1) + 999 * np.eye(35)
    assert apart[:7, :7].min() > 40
    assert apart.min() > 15
    assert np.abs(lightness(table[:7]) - lightness(np.array([rgb(theme.panel)]))).min() > 30
