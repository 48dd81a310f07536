"""Optimisers and the course of the learning rate."""

from __future__ import annotations

import math

import torch
from torch import nn
from torch.optim import Optimizer

from workbench.contracts.specs import TrainSpec
from workbench.engine.blocks import depths


def parameter_groups(model: nn.Module, weight_decay: float, layer_decay: float = 1.0) -> list[dict[str, object]]:
    """Matrices decay; biases, norms' gains and position tables do not.

    Args:
        model: Its trainable parameters are grouped.
        weight_decay: Of the matrices.
        layer_decay: Each layer learns at this share of the rate of the one above it (Howard & Ruder 2018, section 3.2). The
            group's ``scale`` is its share of the highest rate.
    """
    depth = depths(model) if layer_decay != 1 else {}
    groups: dict[tuple[int, bool], list[nn.Parameter]] = {(0, True): [], (0, False): []} if not depth else {}
    for name, parameter in model.named_parameters():
        if parameter.requires_grad:
            decays = parameter.ndim >= 2 and "position" not in name and "relative" not in name
            groups.setdefault((depth.get(name, 0), decays), []).append(parameter)
    return [
        {"params": members, "weight_decay": weight_decay if decays else 0.0, "scale": layer_decay**place}
        for (place, decays), members in groups.items()
    ]


def set_rate(optimizer: Optimizer, rate: float) -> None:
    """Let the head learn at this rate, and each layer at its share of it."""
    for options in optimizer.param_groups:
        options["lr"] = rate * options.get("scale", 1.0)  # runs of before there were shares have none


def build_optimizer(model: nn.Module, spec: TrainSpec) -> Optimizer:
    """The optimiser a spec names over the trainable parameters of a model."""
    groups, lr = parameter_groups(model, spec.weight_decay, spec.layer_decay), spec.learning_rate
    fused = all(p.device.type in ("cpu", "cuda") for p in model.parameters())
    match spec.optimizer:
        case "adamw":
            return torch.optim.AdamW(groups, lr=lr, betas=(0.9, spec.beta2), fused=fused)
        case "adam":
            return torch.optim.Adam(groups, lr=lr, betas=(0.9, spec.beta2), fused=fused)
        case "sgd":
            return torch.optim.SGD(groups, lr=lr, momentum=spec.momentum, fused=fused)
        case "adafactor":
            return torch.optim.Adafactor(groups, lr=lr)
    raise AssertionError(spec.optimizer)  # the spec has checked its choices


def rate_factor(spec: TrainSpec, step: int, total: int, time_share: float = 0.0) -> float:
    """The learning rate of a step as a share of its highest value.

    Args:
        spec: Names the schedule and the warm-up share.
        step: Steps already made, from 0.
        total: Steps of the whole run.
        time_share: Share of the allowed time that is used up. A run bounded by time has its schedule end with its time.
    """
    warmup = max(1, round(spec.warmup * total)) if spec.warmup else 0
    if step < warmup:
        return (step + 1) / warmup
    progress = max((step - warmup) / max(1, total - warmup), min(1.0, time_share))
    match spec.schedule:
        case "linear":
            return 1.0 - progress
        case "cosine":
            return 0.5 * (1.0 + math.cos(math.pi * progress))
        case "inverse-sqrt":  # Vaswani et al. 2017, section 5.3, scaled so that it is 1 at the end of the warm-up
            return math.sqrt(max(1, warmup) / (step + 1))
    return 1.0
