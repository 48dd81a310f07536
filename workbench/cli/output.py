"""Words to stderr, results to stdout."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, TaskID, TaskProgressColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.table import Table as RichTable

from workbench.contracts.counting import counted
from workbench.contracts.errors import RunFailed, WorkbenchError
from workbench.contracts.estimates import Estimate
from workbench.contracts.events import Checkpointed, Edited, Evaluated, Event, Finished, Paused, Resumed, Started, Step, Warned
from workbench.contracts.recommendations import Recommendation, start_advice

HEADLINE = (
    "accuracy",
    "subset_accuracy",
    "micro_f1",
    "macro_f1",
    "auc",
    "entity_f1",
    "exact_match",
    "f1",
    "bleu",
    "rmse",
    "pearson",
    "spearman",
    "loss",
    "perplexity",
)
"""Scores shown in the final table, in this order."""
SIDES = (("model", "metrics"), ("baseline", "baseline"))
"""Whose scores, and where the report has them."""


def words() -> Console:
    """Where words for people go."""
    return Console(stderr=True, highlight=False)


def results() -> Console:
    """Where what was asked for goes."""
    return Console(highlight=False)


def print_json(content: Mapping[str, Any]) -> None:
    """The one JSON object of a command, on stdout."""
    sys.stdout.write(json.dumps(content, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def speaks() -> bool:
    """Whether this process is the one of a distributed run that talks."""
    return os.environ.get("RANK", "0") == "0"


def print_error(error: WorkbenchError, *, as_json: bool) -> None:
    """What happened, where, and how to mend it."""
    if not speaks():
        return
    if as_json:
        print_json({"error": error.as_dict()})
    console = words()
    console.print(f"[bold red]{escape(error.where + ': ' if error.where else '')}{escape(error.what)}[/]")
    if error.mend:
        console.print(escape(error.mend))


class TrainingDisplay:
    """A progress bar that follows a run's events; plain lines where there is no terminal."""

    def __init__(self, *, quiet: bool = False, from_scratch: str | None = None) -> None:
        """`from_scratch`: the task that a model without any knowledge is to learn."""
        self.console = words()
        self.from_scratch = from_scratch
        self.quiet = quiet
        self.said = ""
        self.smooth: float | None = None
        self.started: tuple[float, int] | None = None
        self.bar = Progress(
            TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TextColumn("{task.fields[facts]}"),
            TimeElapsedColumn(), TextColumn("left"), TimeRemainingColumn(),
            console=self.console, disable=quiet or not self.console.is_terminal,
        )  # fmt: skip
        self.task: TaskID | None = None

    def __enter__(self) -> TrainingDisplay:
        self.bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.bar.stop()

    def prepare(self, what: str, share: float) -> None:
        """Progress of what comes before the first step."""
        if self.task is None:
            self.task = self.bar.add_task(what, total=1.0, facts="")
        self.bar.update(self.task, description=what, completed=share)

    def rehearsed(self, found: Estimate | RunFailed) -> None:
        """What the run will take, and what of it may not fit."""
        if isinstance(found, RunFailed):
            self.say(f"[yellow]In a rehearsal {escape(found.what)}: batches will be computed in parts. {escape(found.mend)}[/]")
            return
        expected, least, most = found.whole
        self.say(
            f"Rehearsed {found.rehearsed_steps} steps of {found.rehearsed_examples} examples: the run takes about "
            f"{time_text(expected)} ({time_text(least)} to {time_text(most)}), {size_text(found.training_bytes)} to "
            f"{size_text(found.training_bytes_most)} of memory ({size_text(found.free_bytes)} free), "
            f"{size_text(found.disk_bytes)} to {size_text(found.disk_most)} of disk ({size_text(found.free_disk_bytes)} free)."
        )
        if found.memory_short:
            self.say("[yellow]Memory may not do: halve --batch-size and double --accumulation, or take a smaller model.[/]")
        if found.disk_short:
            self.say("[yellow]The disk may run full: make room, choose another --out, or lower --film-megabytes.[/]")

    def show(self, event: Event) -> None:
        """One event of the run."""
        match event:
            case Started():
                steps = counted(event.total_steps, "step", "steps")
                self.say(f"Training on {event.device}: {event.parameters:,} parameters, {steps}.")
                if advice := start_advice(self.from_scratch, event.rows.get("train", 0)):
                    self.say(f"Advised (--model): {advice}.")
                if self.task is not None:
                    self.bar.remove_task(self.task)
                self.task = self.bar.add_task("Training", total=event.total_steps, completed=event.step, facts="")
            case Step() if self.task is not None:
                self.smooth = event.loss if self.smooth is None else 0.95 * self.smooth + 0.05 * event.loss
                if self.started is None:
                    self.started = (event.seconds, 0)
                else:
                    self.started = (self.started[0], self.started[1] + event.tokens)
                speed = self.started[1] / max(event.seconds - self.started[0], 1e-9) if self.started[1] else 0.0
                self.bar.update(self.task, completed=event.step, facts=f"loss {self.smooth:.3f} · {speed:,.0f} tokens/s")
            case Evaluated():
                self.say(f"step {event.step}: {event.split} {headline(event.metrics)}{' (best)' if event.best else ''}")
            case Edited():
                self.say(f"step {event.step}: edited, {escape(str(event.edit))}")
            case Warned():
                self.say(f"[yellow]{escape(event.message)}[/]")
            case Paused():
                self.say(f"[yellow]{escape(event.reason)} Ctrl+C ends the run.[/]" if event.reason else "Paused.")
            case Resumed():
                self.say("Training goes on.")
            case Finished() if self.task is not None:
                self.bar.update(self.task, completed=event.step if event.stopped != "finished" else None)
            case Checkpointed() | _:
                pass

    def say(self, text: str) -> None:
        """A line above the bar."""
        if not self.quiet and text != self.said:  # the last scores of a run are often those of its last evaluation
            self.bar.console.print(text, soft_wrap=True)
            self.said = text


def show_recommended(recommended: Sequence[Recommendation]) -> None:
    """The settings that follow from the data, each with its reason; an option of the same name overrides one."""
    if recommended:
        words().print("Recommended for this table and model:")
    for each in recommended:
        option = each.setting.partition(".")[2].replace("_", "-")
        words().print(f"  --{option} {each.value}: {each.reason}", markup=False, soft_wrap=True)


def time_text(seconds: float) -> str:
    """Seconds as a person says them."""
    if seconds < 90:
        return f"{seconds:.2g} s" if seconds < 10 else f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"


def size_text(size: int) -> str:
    """Bytes as a person says them."""
    return (
        f"{size / 2**30:.1f} GiB" if size >= 2**30 else f"{size / 2**20:.1f} MiB" if size >= 2**20 else f"{size / 2**10:.0f} KiB"
    )


def headline(metrics: Mapping[str, Any]) -> str:
    """The scores that fit a line."""
    return ", ".join(f"{name} {metrics[name]:.4g}" for name in HEADLINE if isinstance(metrics.get(name), (int, float)))


def score_text(value: float, interval: Mapping[str, float] | None, joint: str = "\n") -> str:
    """A score and, on a line of its own or behind a joint, the interval that holds it, where there is one."""
    return f"{value:.4f}" + (f"{joint}({interval['low']:.4f} … {interval['high']:.4f})" if interval else "")


def show_report(report: Mapping[str, Any]) -> None:
    """The final table: the model's scores beside the baseline's on the same rows."""
    console = results()
    sides = [(split, who, report[key][split]) for who, key in SIDES for split in ("validation", "test")]
    columns = [(split, who, scores) for split, who, scores in sorted(sides, key=lambda s: s[0], reverse=True) if scores]
    console.print(f"[bold]{report['task']}[/] · {counted(report['steps'], 'step', 'steps')} in {report['seconds']:.1f} s")
    table = RichTable()
    table.add_column("")
    for split, who, _ in columns:
        table.add_column(f"{split}\n{'TF-IDF baseline' if who == 'baseline' else 'model'}", justify="right")
    intervals = report.get("intervals") or {}
    for name in HEADLINE:
        cells = [
            score_text(scores[name], ((intervals.get(split) or {}).get(who) or {}).get(name))
            if isinstance(scores.get(name), (int, float)) else ""
            for split, who, scores in columns
        ]  # fmt: skip
        if any(cells):
            table.add_row(name, *cells)
    console.print(table)
    if report.get("verdict"):
        console.print(f"[bold]{escape(report['verdict']['text'])}[/]", soft_wrap=True)
    rows = report["rows"]
    console.print("Rows: " + ", ".join(f"{name} {count:,}" for name, count in rows.items() if isinstance(count, int) and count))
    for said in report.get("mends", ()):
        console.print(f"Mend {escape(said)}", soft_wrap=True)
    for edit in report.get("edits", ()):
        console.print(f"Edit {escape(edit)}", soft_wrap=True)
    console.print(f"Run: {escape(report['run'])}", soft_wrap=True)
