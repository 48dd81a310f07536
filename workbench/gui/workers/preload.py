"""What takes seconds to import is loaded behind the visible window."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from workbench.gui.workers.jobs import Ticket


@dataclass(frozen=True, kw_only=True)
class Loaded:
    """What is known once the engine is there."""

    device: str
    """Where training would happen by itself: cpu, cuda, mps."""
    devices: tuple[str, ...]
    presets: tuple[str, ...]


def load(ticket: Ticket) -> Loaded:
    """Import the engine; a job for a lane."""
    ticket.progress("loading the engine", 0.0)
    import torch

    from workbench.engine.devices import choose_device, choose_threads, devices

    ticket.progress("loading the engine", 0.3)
    torch.set_num_threads(choose_threads())
    from workbench.runs.resolve import presets

    ticket.progress("loading the engine", 0.5)
    from transformers.utils import logging

    import workbench.runs.execute  # noqa: F401  its imports are what takes long

    logging.set_verbosity_error()
    logging.disable_progress_bar()
    _warm_up()
    return Loaded(device=choose_device().type, devices=devices(), presets=presets())


@lru_cache(maxsize=64)
def preset_source(preset: str, task: str, pretrained: bool) -> Mapping[str, Mapping[str, Any]]:  # Any: settings of all types
    """What a preset says, for `Draft.know_presets`."""
    from workbench.runs.resolve import preset_settings

    return preset_settings(preset, task, pretrained=pretrained)


def _warm_up() -> None:
    """The first backward pass of a process takes a tenth of a second; better now than in the first step."""
    import torch

    layer = torch.nn.TransformerEncoderLayer(32, 2, 64, batch_first=True)
    layer(torch.zeros(2, 4, 32)).sum().backward()
