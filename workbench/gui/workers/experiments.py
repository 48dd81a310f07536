"""Experiments as files, presets, and the folder of a new run: small things, read and written at once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from workbench.contracts.errors import WorkbenchError
from workbench.contracts.specs import Experiment
from workbench.runs.experiment_files import read_experiment
from workbench.runs.folder import new_run_path, write_text
from workbench.runs.presets import preset_settings

__all__ = ["new_run_path", "preset_source", "read_experiment", "write_experiment", "write_file"]


@lru_cache(maxsize=64)
def preset_source(preset: str, task: str, pretrained: bool) -> Mapping[str, Mapping[str, Any]]:  # Any: settings of all types
    """What a preset says, for `Draft.know_presets`."""
    return preset_settings(preset, task, pretrained=pretrained)


def write_experiment(experiment: Experiment, path: Path) -> None:
    """Write an experiment's TOML as a whole.

    Raises:
        WorkbenchError: the place cannot be written.
    """
    write_file(path, experiment.to_toml())


def write_file(path: Path, text: str) -> None:
    """Write a text as a whole.

    Raises:
        WorkbenchError: the place cannot be written.
    """
    try:
        write_text(path, text)
    except OSError as error:
        raise WorkbenchError(f"the file cannot be written: {error}", where=str(path), mend="Choose another place.") from None
