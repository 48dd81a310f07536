"""Who else hears what a run says, where the experiment asks for it: TensorBoard's files, Weights & Biases."""

from __future__ import annotations

import dataclasses
import importlib
import importlib.util
import re
from typing import Any

from workbench.contracts.errors import WorkbenchError
from workbench.contracts.events import Evaluated, Event, Step, numbers_of
from workbench.contracts.specs import Experiment, TrainSpec
from workbench.runs.folder import Listener, RunFolder
from workbench.runs.tensorboard import EventFile


def check_listeners(train: TrainSpec) -> None:
    """Say what is missing before anything is trained.

    Raises:
        WorkbenchError: Weights & Biases is asked for and not installed.
    """
    if train.wandb and importlib.util.find_spec("wandb") is None:
        raise WorkbenchError(
            "Weights & Biases is asked for, but its package is not installed", where="train.wandb",
            mend="Install it with `pip install wandb`, or leave the setting empty.",
        )  # fmt: skip


def listeners(run: RunFolder, experiment: Experiment) -> tuple[Listener, ...]:
    """Those that the experiment asks for."""
    found: list[Listener] = []
    if experiment.train.tensorboard:
        found.append(EventFile(run.path / "tensorboard"))
    if experiment.train.wandb:
        found.append(WeightsAndBiases(run, experiment))
    return tuple(found)


class WeightsAndBiases:
    """Reports to a project of Weights & Biases; the package is imported here and nowhere else."""

    def __init__(self, run: RunFolder, experiment: Experiment) -> None:
        wandb: Any = importlib.import_module("wandb")  # Any: it need not be installed
        name = run.path.name
        try:
            self._run: Any = wandb.init(
                project=experiment.train.wandb, name=experiment.name or name, id=re.sub(r"[^\w\-]", "-", name)[:64],
                resume="allow", dir=str(run.path), config=dataclasses.asdict(experiment),
            )  # fmt: skip
        except Exception as error:  # the border to a package that may raise anything
            raise WorkbenchError(
                f"Weights & Biases cannot be used: {error}", where="train.wandb",
                mend="Log in with `wandb login`, set WANDB_MODE=offline, or leave the setting empty.",
            ) from error  # fmt: skip

    def take(self, event: Event) -> None:
        """Report the numbers of a step or of an evaluation."""
        if isinstance(event, Step):
            numbers = {"loss": event.loss, "learning_rate": event.learning_rate, "gradient_norm": event.gradient_norm}
            self._run.log({f"train/{name}": value for name, value in numbers.items()}, step=event.step)
        elif isinstance(event, Evaluated):
            numbers = numbers_of(event.metrics)
            self._run.log({f"{event.split}/{name}": value for name, value in numbers.items()}, step=event.step)

    def flush(self) -> None:
        """Its package writes by itself."""

    def close(self) -> None:
        """The run is over."""
        self._run.finish()
