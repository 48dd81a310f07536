"""Kill trainings at random moments and resume each: run as a script by the tests, in a process of its own.

It imports once and forks, so that thirty kills take a minute rather than five. Every second run is edited while it trains, and
compared with one that repeats its experiment. Prints one JSON line per kill.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from dataclasses import replace
from pathlib import Path

import torch
from safetensors.torch import load_file

from tests.tables import TASKS, tiny, write_table
from workbench.contracts.edits import Edit
from workbench.contracts.events import Step
from workbench.contracts.specs import Experiment
from workbench.engine import checkpoints
from workbench.engine.control import Control
from workbench.runs.execute import resume, start
from workbench.runs.folder import RunFolder

OPTIMIZERS = ("adamw", "adam", "sgd", "adafactor")


def forked(work: object, *, kill_after: float | None = None) -> int:
    """Do something in a child process; kill it after some seconds if it still runs. Returns its exit status."""
    child = os.fork()
    if child == 0:
        devnull = os.open(os.devnull, os.O_WRONLY)
        os.dup2(devnull, 2)
        status = 1
        try:
            work()  # type: ignore[operator]
            status = 0
        finally:
            os._exit(status)
    if kill_after is not None:
        time.sleep(kill_after)
        os.kill(child, signal.SIGKILL)
    return os.waitpid(child, 0)[1]


def edited(experiment: Experiment, out: Path) -> None:
    """Train while a person edits."""
    kind = "decoder" if experiment.data.task == "causal-lm" else "encoder"
    head = Edit(what="head", kind=kind, value="off", head=1)
    edits = {
        3: [Edit(what="learning_rate", value=0.02)], 6: [Edit(what="dropout", value=0.3), head],
        9: [replace(head, value="on")], 12: [replace(head, value="frozen")],
    }  # fmt: skip
    control = Control()
    for event in start(experiment, out, control=control):
        for edit in edits.get(event.step, ()) if isinstance(event, Step) else ():
            control.edit(edit)


def main(folder: Path, kills: int, seed: int) -> None:
    chance = random.Random(seed)
    for number in range(kills):
        task, optimizer = TASKS[number % len(TASKS)], OPTIMIZERS[number % len(OPTIMIZERS)]
        place = folder / str(number)
        place.mkdir()
        experiment = tiny(
            write_table(place, task, seed=number), task, optimizer=optimizer, checkpoints=5, epochs=4, token_dropout=0.1
        )
        began = time.monotonic()
        assert forked(lambda: [*start(experiment, place / "whole")]) == 0  # noqa: B023  used at once
        took = time.monotonic() - began
        moment = chance.uniform(0.02, 1.0) * took
        train = edited if number % 2 else (lambda *given: [*start(*given)])
        forked(lambda: train(experiment, place / "killed"), kill_after=moment)  # noqa: B023
        begun = (place / "killed" / "experiment.toml").exists()
        found = checkpoints.newest(place / "killed" / "checkpoints") if begun else None
        again = (lambda: [*resume(place / "killed")]) if begun else (lambda: [*start(experiment, place / "killed")])  # noqa: B023
        status = forked(again)
        edits = RunFolder.open(place / "killed").experiment().edits
        whole = place / ("again" if edits else "whole")
        if edits:  # a run that was never killed, with the same edits at the same steps
            assert forked(lambda: [*start(RunFolder(place / "killed").experiment(), whole)]) == 0  # noqa: B023
        a, b = (load_file(run / "model" / "model.safetensors") for run in (whole, place / "killed"))
        events = list(RunFolder.open(place / "killed").events())
        result = {
            "task": task, "optimizer": optimizer, "moment": round(moment / took, 2), "begun": begun,
            "checkpoint": None if found is None else found[0].name, "damaged": 0 if found is None else len(found[3]),
            "status": status, "events": len(events), "edits": len(edits), "equal": all(torch.equal(a[k], b[k]) for k in a),
        }  # fmt: skip
        print(json.dumps(result), flush=True)  # noqa: T201


if __name__ == "__main__":
    torch.set_num_threads(1)
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
