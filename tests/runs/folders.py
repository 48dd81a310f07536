"""Run folders as training leaves them, made in a moment."""

from __future__ import annotations

from pathlib import Path

from workbench.contracts.events import Evaluated, Event, Finished, Started, Step, to_json
from workbench.contracts.specs import Experiment
from workbench.runs.folder import RunFolder


def step(number: int, loss: float = 1.0) -> Step:
    """One step, a tenth of a second after the one before."""
    return Step(
        step=number,
        time=float(number),
        loss=loss,
        learning_rate=1e-3,
        gradient_norm=0.5,
        tokens=10,
        seconds=number / 10,
        epoch=0.1,
    )


def scored(number: int, accuracy: float, *, best: bool = True) -> Evaluated:
    """An evaluation of the validation rows."""
    return Evaluated(step=number, time=float(number), split="validation", metrics={"loss": 1.0, "accuracy": accuracy}, best=best)


def make_run(path: Path, *, name: str = "a run", steps: int = 20, stopped: str | None = "finished", **train: object) -> RunFolder:
    """A run of a classifier; one that is cut off where `stopped` is None."""
    run = RunFolder(path)
    data = {"table": "reviews.csv", "task": "text-classification"}
    run.create(Experiment.from_dict({"name": name, "data": data, "train": train}))
    events: list[Event] = [Started(step=0, time=0.0, total_steps=steps, device="cpu", parameters=5, rows={"train": 9})]
    events += [step(number, 1 / number) for number in range(1, steps + 1)]
    events.insert(1 + steps // 2, scored(steps // 2, 0.75))
    events.append(scored(steps, 0.5, best=False))
    if stopped is not None:
        report = {
            "run": str(path), "task": "text-classification", "steps": steps, "seconds": steps / 10, "parameters": 5,
            "metrics": {"validation": {"loss": 1.0, "accuracy": 0.75}, "test": None}, "stopped": stopped,
            "baseline": {"validation": {"accuracy": 0.7}, "test": None}, "rows": {"train": 9},
        }  # fmt: skip
        run.write_report(report)
        events.append(Finished(step=steps, time=1.0, stopped=stopped, report=report))
    run.events_file.write_text("".join(to_json(event) + "\n" for event in events), encoding="utf-8")
    return run
