from __future__ import annotations

import numpy as np
import pytest

from workbench.contracts.spikes import AROUND, AT_ONCE, find_spikes, usual


def curve(size: int, seed: int = 0) -> np.ndarray:
    """A loss that falls and is noisy, without spikes."""
    chance = np.random.default_rng(seed)
    return 2 * np.exp(-np.arange(size) / 300) + 0.5 + 0.05 * chance.normal(size=size)


def test_a_planted_spike_is_found_with_how_unusual_it_is() -> None:
    values = curve(1000)
    values[700] = 4.0
    (spike,) = find_spikes(np.arange(1, 1001), values, "loss")
    assert (spike.step, spike.what, spike.value) == (701, "loss", 4.0)
    around = np.delete(values[675:726], 25)
    assert spike.median == pytest.approx(np.median(around), rel=0.02)
    assert usual(values, 700).deviations(4.0) == pytest.approx(spike.deviations, rel=0.2)
    assert spike.deviations > 40


def test_what_is_usual_leaves_the_value_itself_out() -> None:
    values = np.array([1.0, 2.0, 3.0, 100.0])
    around = usual(values, 3)
    assert (around.median, around.steps) == (2.0, 3)
    assert around.spread == pytest.approx(1.4826)


@pytest.mark.parametrize("seed", range(3))
def test_noise_and_a_falling_curve_are_no_spikes(seed: int) -> None:
    assert find_spikes(np.arange(2000), curve(2000, seed), "loss") == ()


def test_where_nothing_varies_a_hair_is_no_spike() -> None:
    values = np.full(200, 3.0)
    values[100] = 3.01
    assert find_spikes(np.arange(200), values, "loss") == ()
    values[100] = 5.0
    assert [spike.step for spike in find_spikes(np.arange(200), values, "loss")] == [100]


def test_neighbours_are_one_spike_named_by_the_highest() -> None:
    values = curve(400)
    values[200:203] = 5.0, 9.0, 6.0
    values[300] = 5.0
    assert [(s.step, s.value) for s in find_spikes(np.arange(400), values, "loss")] == [(201, 9.0), (300, 5.0)]


def test_spikes_at_both_ends_and_what_is_no_number() -> None:
    values = curve(300)
    values[1], values[-1], values[150] = 30.0, 30.0, np.nan
    assert [spike.step for spike in find_spikes(np.arange(300), values, "loss")] == [1, 299]


def test_the_beginning_of_a_curve_that_falls_steeply_is_no_spike() -> None:
    values = 0.01 + 3 * np.exp(-np.arange(200) / 4)
    assert usual(values, 0).deviations(values[0]) > 8
    assert find_spikes(np.arange(200), values, "loss") == ()


def test_a_run_of_few_steps_says_nothing_of_what_is_usual() -> None:
    assert find_spikes(np.arange(AROUND // 2), np.array([1.0] * (AROUND // 2 - 1) + [99.0]), "loss") == ()
    assert find_spikes([], [], "loss") == ()


def test_looking_from_a_place_on_finds_the_same_as_looking_at_all() -> None:
    size = AT_ONCE + 5_000
    values = curve(size)
    values[[100, AT_ONCE - 1, AT_ONCE + 1, size - 2]] = 9.0
    steps = np.arange(size)
    whole = find_spikes(steps, values, "loss")
    assert [spike.step for spike in whole] == [100, AT_ONCE - 1, AT_ONCE + 1, size - 2]
    assert find_spikes(steps, values, "loss", first=AT_ONCE) == whole[2:]
