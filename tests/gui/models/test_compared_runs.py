from __future__ import annotations

from pathlib import Path

import numpy as np

from workbench.gui.models.compared_runs import COLUMNS, ComparedRun, differing, still_true, thin
from workbench.gui.models.step_block import StepBlock


def block(steps: list[int], losses: list[float], tokens: float = 10.0) -> StepBlock:
    """Steps of half a second each."""
    rows = [[step, 0.0, loss, 1e-3, 0.5, tokens, step / 2, 0.1] for step, loss in zip(steps, losses, strict=True)]
    return StepBlock(np.array(rows))


def test_what_a_resumed_run_said_again_replaces_what_it_had_said() -> None:
    curves = thin([block([1, 2, 3, 4], [9, 9, 9, 9]), block([3, 4, 5], [1, 2, 3])], [(2, "loss", 5.0), (5, "loss", 4.0)])
    loss = curves["loss"]
    assert loss.x["step"].tolist() == [1, 2, 3, 4, 5]
    assert loss.high.tolist() == [9, 9, 1, 2, 3]
    assert loss.x["tokens"].tolist() == [10, 20, 30, 40, 50]
    assert loss.x["seconds"].tolist() == [0.5, 1, 1.5, 2, 2.5]
    assert curves["validation loss"].x["tokens"].tolist() == [20, 50]
    assert still_true(np.array([1.0, 2, 3, 2, 3, 1])).tolist() == [False] * 5 + [True]


def test_a_long_run_is_thinned_and_no_spike_is_hidden() -> None:
    size = 50 * COLUMNS
    losses = np.ones(size)
    losses[31_234], losses[777] = 50.0, np.nan
    loss = thin([block(list(range(1, size + 1)), losses.tolist())], [])["loss"]
    assert len(loss.low) == COLUMNS
    assert np.nanmax(loss.high) == 50.0
    assert loss.x["step"][-1] == size
    assert np.isfinite(loss.line).all()


def test_a_constant_curve_is_its_own_mean_and_a_run_without_steps_has_no_curves() -> None:
    np.testing.assert_allclose(thin([block([1, 2, 3], [2, 2, 2])], [])["loss"].line, 2.0)
    assert thin([], [(1, "loss", 1.0)]) == {}


def test_only_what_differs_is_named() -> None:
    one, two, three = (
        ComparedRun(path=Path(name), name=name, settings={"train.seed": seed, "model.layers": 2, **more})
        for name, seed, more in (("a", 0, {}), ("b", 1, {}), ("c", 1, {"model.new": True}))
    )
    assert differing([one, two, three]) == {"train.seed": (0, 1, 1), "model.new": (None, None, True)}
    assert differing([two]) == {}
