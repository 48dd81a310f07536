"""What trains: a new run, one that goes on, and one that shares another's past."""

from __future__ import annotations

import os
from collections.abc import Generator, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from workbench.cli.interrupting import interruptible
from workbench.cli.options import Json, RunFolder
from workbench.cli.output import TrainingDisplay, print_json, show_recommended, show_report, speaks, words
from workbench.cli.settings import with_settings
from workbench.contracts.edits import Edit
from workbench.contracts.errors import WorkbenchError
from workbench.contracts.events import Event
from workbench.engine.importing import load

Edits = Annotated[
    list[str] | None,
    typer.Option(
        help="Change the training from here on: learning_rate=0.0003, dropout=0.2, film_text=TEXT, or off, on or frozen with "
        "KIND:LAYER:HEAD, as in off:encoder:0:1; repeatable. It becomes part of the run's experiment.",
        show_default=False,
    ),
]


@with_settings
def train(
    table: Annotated[str, typer.Argument(help="A table to learn from, or an experiment.toml.", show_default=False)],
    given: dict[str, dict[str, Any]],
    preset: Annotated[str, typer.Option(help="Where settings you do not give come from: tiny, small or base.")] = "small",
    name: Annotated[str, typer.Option(help="Name of the experiment.", show_default=False)] = "",
    out: Annotated[Path | None, typer.Option(help="The run folder; a new one under runs/ otherwise.", show_default=False)] = None,
    rehearsal: Annotated[
        bool, typer.Option(help="First measure up to thirty steps on a throwaway model, and say what the run will take.")
    ] = True,
    json: Json = False,
) -> int:
    """Train a transformer on a table and compare it with a simple baseline."""
    from workbench.runs.experiment_files import read_experiment
    from workbench.runs.resolve import resolved

    planned: list[Any] = []
    if table.endswith(".toml"):
        written = read_experiment(Path(table))
        name, planned = name or written.pop("name", ""), written.get("edits", [])
        given = {section: {**written.get(section, {}), **given[section]} for section in given}
        if "d_model" in given["model"]:  # left open in a file it means this, whatever the preset says
            given["model"].setdefault("d_ff", 4 * given["model"]["d_model"])
    else:
        given["data"]["table"] = table
    experiment, recommended = resolved(given, preset=preset, name=name, edits=planned)
    if speaks():
        show_recommended(recommended)
    load("workbench.runs.execute")
    from workbench.runs.execute import start

    fresh = experiment.data.task if experiment.model.model is None else None
    with interruptible() as control, TrainingDisplay(quiet=not speaks(), from_scratch=fresh) as display:
        told = display.rehearsed if rehearsal and not display.quiet else None
        report = _follow(start(experiment, out, control=control, progress=display.prepare, rehearsed=told), display)
    return _report(report, json)


def resume(
    run: RunFolder,
    edit: Edits = None,
    json: Json = False,
) -> int:
    """Go on with a run that was stopped, killed or cut off, and perhaps change something from here on."""
    return _go_on(run, [Edit.parse(word) for word in edit or ()], json)


def branch(
    run: Annotated[Path, typer.Argument(help="A run folder; it may be training.", show_default=False)],
    out: Annotated[
        Path | None, typer.Option(help="The new run folder; one beside the run otherwise.", show_default=False)
    ] = None,
    at: Annotated[
        int | None,
        typer.Option(
            help="How many steps both have in common; up to the newest checkpoint otherwise.", min=0, show_default=False
        ),
    ] = None,
    edit: Edits = None,
    json: Json = False,
) -> int:
    """Train a new run that shares the past of another one up to a step, and perhaps change something from there on."""
    edits = [Edit.parse(word) for word in edit or ()]
    if int(os.environ.get("WORLD_SIZE", "1")) > 1:
        mend = "Branch with one process, stop it with Ctrl+C, then go on with `resume` and several."
        raise WorkbenchError("several processes would each make a branch", where="branch", mend=mend)
    from workbench.runs.branching import branch as branched

    new = branched(run, out, at, edits)
    words().print(f"Branch: {new.path}", markup=False, soft_wrap=True)
    return _go_on(new.path, [], json)


def _go_on(run: Path, edits: Sequence[Edit], as_json: bool) -> int:
    load("workbench.runs.execute")
    from workbench.runs.execute import resume as go_on

    with interruptible() as control, TrainingDisplay(quiet=not speaks()) as display:
        for each in edits:
            control.edit(each)
        report = _follow(go_on(run, control=control, progress=display.prepare), display)
    return _report(report, as_json)


def _follow(events: Generator[Event, None, dict[str, Any]], display: TrainingDisplay) -> dict[str, Any]:
    """Show a run's events as they come; returns its report."""
    while True:
        try:
            display.show(next(events))
        except StopIteration as end:
            report: dict[str, Any] = end.value
            return report


def _report(report: dict[str, Any], as_json: bool) -> int:
    if not report:  # a helping process of a distributed run: the main one reports
        return 0
    if as_json:
        print_json(report)
    else:
        show_report(report)
    if report["stopped"] == "asked":
        words().print(f"Stopped as asked. Go on with: attention-workbench resume {report['run']}", markup=False, soft_wrap=True)
        return 130
    return 0
