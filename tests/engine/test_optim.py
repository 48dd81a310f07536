from __future__ import annotations

import math

import pytest
import torch
from torch import nn

from workbench.contracts.specs import TrainSpec
from workbench.engine.optim import build_optimizer, parameter_groups, rate_factor


def course(**settings: object) -> list[float]:
    spec = TrainSpec(**settings)  # type: ignore[arg-type]
    return [rate_factor(spec, step, 100) for step in range(100)]


def test_the_rate_rises_through_the_warm_up() -> None:
    rates = course(warmup=0.1, schedule="constant")
    assert rates[:10] == pytest.approx([(i + 1) / 10 for i in range(10)])
    assert set(rates[10:]) == {1.0}


@pytest.mark.parametrize(
    ("schedule", "closed_form"),
    [
        ("constant", lambda p: 1.0),
        ("linear", lambda p: 1 - p),
        ("cosine", lambda p: (1 + math.cos(math.pi * p)) / 2),
    ],
)
def test_each_schedule_follows_its_closed_form(schedule: str, closed_form: object) -> None:
    rates = course(warmup=0.2, schedule=schedule)
    assert rates[20:] == pytest.approx([closed_form((step - 20) / 80) for step in range(20, 100)])  # type: ignore[operator]


def test_inverse_square_root_halves_when_the_steps_are_fourfold() -> None:
    rates = course(warmup=0.1, schedule="inverse-sqrt")
    assert rates[39] == pytest.approx(rates[9] / 2)


def test_a_run_bounded_by_time_ends_its_schedule_with_its_time() -> None:
    spec = TrainSpec(schedule="linear", warmup=0.0)
    assert rate_factor(spec, 10, 1000, time_share=0.5) == 0.5
    assert rate_factor(spec, 10, 1000, time_share=7.0) == 0.0


def test_gains_biases_and_position_tables_do_not_decay() -> None:
    model = nn.ModuleDict({"linear": nn.Linear(3, 3), "norm": nn.LayerNorm(3), "embed_positions": nn.Embedding(4, 3)})
    decays, stays = parameter_groups(model, 0.1)
    assert [tuple(p.shape) for p in decays["params"]] == [(3, 3)]  # type: ignore[attr-defined]
    assert len(stays["params"]) == 4  # type: ignore[arg-type]
    assert (decays["weight_decay"], stays["weight_decay"]) == (0.1, 0.0)


@pytest.mark.parametrize("optimizer", ["adamw", "adam", "sgd", "adafactor"])
def test_each_optimizer_goes_downhill(optimizer: str) -> None:
    torch.manual_seed(0)
    model, x = nn.Linear(8, 1), torch.randn(64, 8)
    y = x @ torch.randn(8, 1)
    found = build_optimizer(model, TrainSpec(optimizer=optimizer, learning_rate=0.05, weight_decay=0.0))
    losses = []
    for _ in range(300):
        found.zero_grad()
        loss = (model(x) - y).square().mean()
        loss.backward()
        found.step()
        losses.append(loss.item())
    assert losses[-1] < losses[0] / 4
