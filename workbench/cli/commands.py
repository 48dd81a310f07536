"""The commands, in the order of ``--help``.

Each imports what it works with when it is called: torch and transformers take seconds, and ``--help`` answers at once.
"""

from __future__ import annotations

import typer

from workbench.cli.doctor import doctor
from workbench.cli.looking import evaluate, film, report, runs, spikes, step
from workbench.cli.training import branch, resume, train
from workbench.cli.using import export, inspect, predict
from workbench.cli.window import demo, gui

app = typer.Typer(
    name="attention-workbench", no_args_is_help=True, add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False,
    help="See, train and understand attention.",
)  # fmt: skip

for command in (
    gui, demo, train, resume, branch, evaluate, predict, inspect, doctor, export, runs, report, film, step, spikes,
):  # fmt: skip
    app.command()(command)
