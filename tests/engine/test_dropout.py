"""Dropout on the CPU: the same promises as torch's own."""

from __future__ import annotations

import pytest
import torch

from workbench.engine.dropout import dropout


@pytest.mark.parametrize("share", [0.05, 0.1, 0.5, 0.9])
def test_the_share_is_switched_off_and_the_sum_is_kept(share: float) -> None:
    torch.manual_seed(0)
    count = 400_000
    out = dropout(torch.ones(4, count // 4), share, True)
    off = (out == 0).float().mean().item()
    assert off == pytest.approx(share, abs=5 * (share * (1 - share) / count) ** 0.5 + 1e-5)
    assert out.max().item() == pytest.approx(1 / (1 - share), rel=1e-3)
    assert out.mean().item() == pytest.approx(1.0, abs=5 * (share / (1 - share) / count) ** 0.5)


def test_neighbours_that_share_a_draw_are_independent() -> None:
    torch.manual_seed(0)
    off = dropout(torch.ones(100_000, 4), 0.5, True) == 0  # the four of a row come from one 64-bit number
    correlation = torch.corrcoef(off.T.float())
    assert (correlation - torch.eye(4)).abs().max().item() < 0.02
    assert (off.float().mean(0) - 0.5).abs().max().item() < 0.01


@pytest.mark.parametrize("shape", [(1,), (3,), (5, 7), (2, 3, 5), (0, 4)])
def test_every_shape_is_kept(shape: tuple[int, ...]) -> None:
    assert dropout(torch.ones(shape), 0.3, True).shape == shape


def test_gradients_pass_where_values_pass() -> None:
    torch.manual_seed(0)
    values = torch.ones(1000, requires_grad=True)
    out = dropout(values, 0.25, True)
    out.sum().backward()
    assert values.grad is not None
    assert torch.equal(values.grad, out.detach())


def test_the_seed_decides_and_evaluation_changes_nothing() -> None:
    values = torch.randn(50, 3)
    torch.manual_seed(1)
    first = dropout(values, 0.5, True)
    torch.manual_seed(1)
    assert torch.equal(first, dropout(values, 0.5, True))
    assert not torch.equal(first, dropout(values, 0.5, True))
    assert dropout(values, 0.5, False) is values
    assert dropout(values, 0.0, True) is values


def test_half_precision_keeps_its_type() -> None:
    assert dropout(torch.ones(8, dtype=torch.bfloat16), 0.5, True).dtype == torch.bfloat16
