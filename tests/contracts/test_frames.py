from __future__ import annotations

import numpy as np
import pytest

from workbench.contracts.frames import AttentionFrame, PositionFrame


def test_a_frame_keeps_its_own_read_only_copy() -> None:
    weights = np.full((1, 2, 3, 3), 1 / 3)
    frame = AttentionFrame(kind="encoder", weights=weights, queries=("a", "b", "c"), keys=("a", "b", "c"))
    weights[:] = 0
    assert frame.weights.dtype == np.float32
    assert np.allclose(frame.weights, 1 / 3)
    with pytest.raises(ValueError, match="read-only"):
        frame.weights[0] = 1


def test_a_position_frame_is_read_only() -> None:
    with pytest.raises(ValueError, match="read-only"):
        PositionFrame(scheme="sinusoidal", values=np.zeros((2, 2))).values[0] = 1


@pytest.mark.parametrize(
    "wrong", [{"kind": "sideways"}, {"queries": ("a",)}, {"weights": np.zeros((2, 2))}], ids=["kind", "tokens", "axes"]
)
def test_a_frame_that_does_not_fit_is_refused(wrong: dict[str, object]) -> None:
    good: dict[str, object] = {"kind": "cross", "weights": np.zeros((1, 1, 2, 1)), "queries": ("a", "b"), "keys": ("c",)}
    with pytest.raises(ValueError, match=r"kind|weights"):
        AttentionFrame(**{**good, **wrong})  # type: ignore[arg-type]
