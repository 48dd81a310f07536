"""Kill trainings at random moments and resume each: run as a script by the tests, in a process of its own.

    python -m tests.runs.kill_at_random FOLDER RUNS SEED [FIRST]

Each run is killed by SIGKILL at one to three moments, by the clock or just before an operation on a file, resumed each time,
and compared with the same run that was never interrupted. Prints one JSON line per run, and a table on stderr.
"""

from __future__ import annotations

import json
import random
import shutil
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file

from tests.runs.any_experiment import any_experiment
from tests.runs.forked import PHASES, Ended, course, forked
from workbench.contracts.events import Evaluated, Step
from workbench.contracts.specs import Experiment
from workbench.runs.execute import resume, start
from workbench.runs.folder import RunFolder

SAME = ("task", "metrics", "baseline", "intervals", "verdict", "steps", "best_step", "stopped", "rows", "parameters")
"""What two reports have in common: all but times and places."""
DRAWN = ("optimizer", "schedule", "accumulation", "class_balance", "token_dropout", "patience")


def go(experiment: Path, run: Path) -> None:
    """Begin a run, or go on with it where it was begun."""
    if (run / "experiment.toml").exists():
        list(resume(run))
    else:
        list(start(Experiment.load(experiment), run))


def outcome(run: Path) -> dict[str, Any]:
    """What a run came to, to be compared to the last bit: weights, scores, and what it said of each step."""
    folder = RunFolder.open(run)
    weights = load_file(folder.model / "model.safetensors")
    report = folder.report()
    steps: dict[int, tuple[float, float, float]] = {}
    scores: dict[int, str] = {}
    for event in folder.events():
        if isinstance(event, Step):
            steps[event.step] = (event.loss, event.learning_rate, event.gradient_norm)
        elif isinstance(event, Evaluated) and event.split == "validation":
            scores[event.step] = json.dumps(event.metrics, sort_keys=True)
    return {
        "weights": {name: tensor.contiguous().view(torch.uint8).numpy().tobytes() for name, tensor in weights.items()},
        "report": json.dumps({name: report[name] for name in SAME}, sort_keys=True), "steps": steps, "scores": scores,
    }  # fmt: skip


def main(folder: Path, runs: int, seed: int, first: int = 0) -> None:
    everywhere: list[str] = []
    unequal = 0
    for number in range(first, runs):
        chance = random.Random(f"{seed} {number}")
        place = folder / str(number)
        place.mkdir()
        wanted, notes = place / "wanted.toml", place / "notes.txt"
        made = forked(lambda: wanted.write_text(any_experiment(place, number, chance).to_toml()), notes)  # noqa: B023  used at once
        assert made.status == 0, made.said
        way = course(lambda: go(wanted, place / "whole"), notes)  # noqa: B023
        phases: list[str] = []
        for _ in range(chance.randint(1, 3)):
            killed = forked(lambda: go(wanted, place / "killed"), notes, **way.moment(chance))  # noqa: B023
            assert killed.killed or killed.status == 0, killed.said
            phases += [killed.phase] if killed.killed else []
        if not phases:  # every moment came after its end: once more, surely in time
            shutil.rmtree(place / "killed")
            killed = forked(lambda: go(wanted, place / "killed"), notes, operation=chance.randint(1, way.operations))  # noqa: B023
            phases.append(killed.phase)
        ended = forked(lambda: go(wanted, place / "killed"), notes)  # noqa: B023
        different = compare(place, ended)
        unequal += bool(different)
        everywhere += phases
        spec = Experiment.load(wanted)
        drawn = {name: getattr(spec.train, name) for name in DRAWN}
        drawn["augmented"] = any(getattr(spec.train, f"augment_{how}") for how in ("replace", "insert", "delete", "swap"))
        tuned = "" if spec.model.model is None else f"lora {spec.model.lora_rank}, freeze {spec.model.freeze_below}"
        print(json.dumps({  # noqa: T201
            "number": number, "task": spec.data.task, **drawn, "tuned": tuned, "killed": phases, "status": ended.status,
            "different": different, "said": ended.said,
        }), flush=True)  # fmt: skip
        if not different:
            shutil.rmtree(place)
    counted = Counter(everywhere)
    done = runs - first
    said = f"{done} runs, {len(everywhere)} kills, {done - unequal} bit-equal to the run never interrupted"
    print(said, file=sys.stderr)  # noqa: T201
    for name in (*(name for name, _ in PHASES), "between steps"):
        print(f"  killed in {name}: {counted[name]}", file=sys.stderr)  # noqa: T201


def compare(place: Path, ended: Ended) -> list[str]:
    """In what the killed run differs from the whole one."""
    if ended.status != 0:
        return ["status"]
    whole, killed = outcome(place / "whole"), outcome(place / "killed")
    return [name for name in whole if whole[name] != killed[name]]


if __name__ == "__main__":
    torch.set_num_threads(1)
    main(Path(sys.argv[1]), *map(int, sys.argv[2:]))
