"""A run as a row of a list: what its folder says at a glance, without opening anything large."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

RunStateName = Literal["training", "finished", "stopped", "failed", "cut-off", "broken"]
"""``stopped``: a person asked; ``cut-off``: it neither ended nor is anybody training it; ``broken``: its files do not say."""
STATES: tuple[RunStateName, ...] = ("training", "finished", "stopped", "failed", "cut-off", "broken")


@dataclass(frozen=True, kw_only=True)
class Owner:
    """The process that trains a run."""

    pid: int
    host: str
    here: bool = True
    """Whether it is on this machine."""


@dataclass(frozen=True, kw_only=True)
class RunRow:
    """One run of a list."""

    path: Path
    state: RunStateName
    name: str = ""
    trouble: str = ""
    """What is wrong: why it is broken, or why it failed."""
    owner: Owner | None = None
    """Who trains it, where somebody does."""
    task: str = ""
    data: str = ""
    """Its table as the experiment names it."""
    model: str = ""
    """The pretrained model it started from; empty for one from scratch."""
    shape: tuple[int, int, int] = (0, 0, 0)
    """Layers, heads and d_model of one from scratch."""
    scores: Mapping[str, float] = field(default_factory=dict)
    """Of the best weights: on the test rows where there are such, else on the validation rows."""
    baseline: Mapping[str, float] = field(default_factory=dict)
    """Of the simple baseline on the same rows; empty where there is none."""
    made: float = 0.0
    """When it was made, in seconds since the epoch."""
    seconds: float = 0.0
    """Of training."""
    steps: int = 0
    total_steps: int = 0
    """How many there were to be; 0 where it is not known."""
    parameters: int = 0
    has_model: bool = False
    continues: bool = False
    """Whether there is something to go on from: a checkpoint, or, of a branch, its seed."""
    branched_from: str = ""
    """The run whose past it shares, by its path; empty for one with a past of its own."""
    branched_at: int = 0
    """Steps they have in common."""
