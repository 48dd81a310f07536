"""What looks at runs that are there: their list, their answers, their film, their steps, and a page that holds it all."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from workbench.cli.interrupting import interruptible, quiet
from workbench.cli.options import Json, RunFolder
from workbench.cli.output import print_json, words
from workbench.contracts.errors import WorkbenchError


def runs(
    folder: Annotated[Path, typer.Argument(help="The folder that holds the runs, or one run.")] = Path("runs"),
    json: Json = False,
) -> int:
    """List runs: state, scores beside the baseline, steps; damaged ones with what is wrong."""
    from workbench.cli.history import show_runs

    return show_runs(folder, json=json)


def evaluate(
    run: RunFolder,
    split: Annotated[str, typer.Option(help="validation or test; test where there are test rows.", show_default=False)] = "",
    against: Annotated[
        Path | None, typer.Option(help="Another run on the same table, in the baseline's place.", show_default=False)
    ] = None,
    column: Annotated[str | None, typer.Option(help="Scores by the values of this column.", show_default=False)] = None,
    json: Json = False,
) -> int:
    """What a run's answers are worth: intervals, calibration, the most confident errors, scores by length and column."""
    from workbench.cli.evaluation import show_evaluation
    from workbench.runs.evaluating import evaluate_run

    if split not in ("", "validation", "test"):
        raise WorkbenchError(f"there is no split {split!r}", where="--split", mend="Use validation or test.")
    found = evaluate_run(run, split=split, against=against, column=column)
    if json:
        print_json(found)
    else:
        show_evaluation(found)
    return 0


def report(
    run: RunFolder,
    out: Annotated[Path, typer.Option(help="The new page, x.html.", show_default=False)],
    json: Json = False,
) -> int:
    """Write a run as one HTML file without network: settings, scores beside the baseline, curves, predictions, heads."""
    from workbench.runs.exports.report import write_report

    quiet()
    write_report(run, out)
    if json:
        print_json({"out": str(out)})
    else:
        words().print(f"Written: {out}", markup=False, soft_wrap=True)
    return 0


def film(
    run: RunFolder,
    out: Annotated[
        Path | None, typer.Option(help="x.gif, x.html, or a new folder for pictures (PNG).", show_default=False)
    ] = None,
    beside: Annotated[
        Path | None, typer.Option(help="Another run: both films in step, with B − A of every head.", show_default=False)
    ] = None,
    by: Annotated[
        str,
        typer.Option(
            help="What two films are aligned by: step, share (of the training) or tokens; left out: step where both runs are as "
            "long as each other, else share.",
            show_default=False,
        ),
    ] = "",
    json: Json = False,
) -> int:
    """The film of a run, or of two in step: what changed when, and every moment as an animation, a page or pictures."""
    from workbench.cli.filming import film as tell

    return tell(run, out, beside=beside, by=by, as_json=json)


def step(
    run: RunFolder,
    number: Annotated[int, typer.Argument(metavar="STEP", help="Which step, from 1.", show_default=False)],
    json: Json = False,
) -> int:
    """Make one step of a run again: its rows and their losses, the gradient norm by layer, and how unusual it is."""
    from workbench.cli.stepping import show_step

    with interruptible() as control:
        return show_step(run, number, as_json=json, cancelled=lambda: control.stopping)


def spikes(run: RunFolder, json: Json = False) -> int:
    """The steps whose loss or gradient norm is far above that of the 50 steps around."""
    from workbench.cli.stepping import show_spikes

    return show_spikes(run, as_json=json)
