"""What `step` and `spikes` do: one step of a run made again, and which steps are worth it."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path

from rich.markup import escape
from rich.table import Table as RichTable

from workbench.cli.output import TrainingDisplay, print_json, results, speaks, words
from workbench.contracts.counting import counted
from workbench.contracts.steps import LayerGradient, StepDetails

ROWS = 20
"""Rows of a step that are printed, the largest losses first; JSON has all."""
WIDE = 80
"""Letters of a text that are printed."""
NAMES = {"loss": "loss", "gradient_norm": "gradient norm"}


def show_step(run: Path, step: int, *, as_json: bool, cancelled: Callable[[], bool]) -> int:
    """Make a step of a run again and tell what it was.

    Args:
        run: A run folder.
        step: Which step, from 1.
        as_json: One JSON object on stdout.
        cancelled: Whether to stop.

    Raises:
        WorkbenchError: there is no such run or step.
        Cancelled: `cancelled` said so.
    """
    from workbench.runs.repeating import repeat

    with TrainingDisplay(quiet=not speaks()) as display:
        details = repeat(run, step, told=display.prepare, cancelled=cancelled).details
    if as_json:
        print_json(details.as_dict())
    else:
        _tell(details)
    return 0


def show_spikes(run: Path, *, as_json: bool) -> int:
    """Tell the spikes of a run.

    Raises:
        WorkbenchError: there is no run.
    """
    from workbench.runs.repeating import spikes_of

    found = spikes_of(run)
    if as_json:
        print_json({"spikes": [dataclasses.asdict(spike) for spike in found]})
        return 0
    if not found:
        words().print("No step stands out.")
    for spike in found:
        results().print(
            f"step {spike.step:,}: {NAMES[spike.what]} {spike.value:.4g}, {spike.deviations:,.1f} spreads above the median "
            f"{spike.median:.4g} of the steps around",
            markup=False, soft_wrap=True,
        )  # fmt: skip
    return 0


def certificate(details: StepDetails) -> str:
    """Whether what is shown is that step, in words."""
    where = f"from step {details.repeated_from:,}" if details.repeated_from else "from the beginning"
    if details.same:
        return f"Repeated {where}: loss, gradient norm and learning rate are the recorded ones to the last bit."
    said = details.recorded
    return (
        f"Repeated {where}, and not the same: recorded are loss {said.loss:.9g}, gradient norm {said.gradient_norm:.9g}. Another "
        "device, machine, version or number of processes computes a little differently; what is shown is close to that step."
    )


def _tell(details: StepDetails) -> None:
    console = results()
    console.print(f"step {details.step:,}: learning rate {details.learning_rate:.4g}", markup=False)
    for name, value in (("loss", details.loss), ("gradient_norm", details.gradient_norm)):
        around = details.usual[name]
        console.print(
            f"{NAMES[name]} {value:.6g}: {around.deviations(value):+,.1f} spreads from the median {around.median:.4g} of the "
            f"{around.steps} steps around",
            markup=False, soft_wrap=True,
        )  # fmt: skip
    table = RichTable()
    for name in ("row", "loss", "share", "target", "text"):
        table.add_column(name, justify="right" if name in ("row", "loss", "share") else "left", overflow="fold")
    rows = sorted(details.rows, key=lambda row: -row.loss)
    for row in rows[:ROWS]:
        table.add_row(
            f"{row.row + 1:,}", f"{row.loss:.4f}", f"{row.share:.1%}", escape(_short(row.target)), escape(_short(row.text))
        )
    console.print(table)
    if len(rows) > ROWS:
        console.print(f"and {counted(len(rows) - ROWS, 'row', 'rows')} with smaller losses (--json has all)")
    norms = RichTable()
    norms.add_column("part")
    norms.add_column("gradient norm", justify="right")
    for each in details.layers:
        norms.add_row(part_name(each, details.stacks), f"{each.norm:.4g}")
    console.print(norms)
    console.print(certificate(details), markup=False, soft_wrap=True)


def part_name(each: LayerGradient, stacks: int) -> str:
    """A part of a model as a terminal names it; layers are counted from 0."""
    if each.part != "layer":
        return each.part
    return f"{('encoder', 'decoder')[each.stack]} layer {each.layer}" if stacks == 2 else f"layer {each.layer}"


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= WIDE else plain[: WIDE - 1] + "…"
