"""Every command. torch and transformers are imported inside the commands that need them: ``--help`` answers at once."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Annotated, Any

import typer

from workbench.cli.output import TrainingDisplay, print_json, results, show_recommended, show_report, speaks, words
from workbench.cli.settings import with_settings
from workbench.contracts.edits import Edit
from workbench.contracts.errors import WorkbenchError
from workbench.contracts.events import Event
from workbench.contracts.inspection import Change, Query
from workbench.contracts.predictions import TableOrder

if TYPE_CHECKING:
    from workbench.engine.control import Control

app = typer.Typer(
    name="attention-workbench", no_args_is_help=True, add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False,
    help="See, train and understand attention.",
)  # fmt: skip

DEMOS = ("reverse", "reviews", "translation", "stories", "tags")

Json = Annotated[bool, typer.Option("--json", help="One JSON object on stdout; words go to stderr.")]
Edits = Annotated[
    list[str] | None,
    typer.Option(
        help="Change the training from here on: learning_rate=0.0003, dropout=0.2, film_text=TEXT, or off, on or frozen with "
        "KIND:LAYER:HEAD, as in off:encoder:0:1; repeatable. It becomes part of the run's experiment.",
        show_default=False,
    ),
]
Run = Annotated[Path, typer.Argument(help="A run folder, or a model folder.", show_default=False)]


Window = Callable[[str | None, str | None], int]
"""Opens the window on a path or on a demonstration; the command line itself knows no Qt."""


@app.command()
def gui(
    context: typer.Context,
    path: Annotated[Path | None, typer.Argument(help="A table, an experiment or a run.", show_default=False)] = None,
) -> int:
    """The window (also without the word gui)."""
    return _window(context)(None if path is None else str(path), None)


@app.command()
def demo(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="reverse, reviews, translation, stories or tags.")] = "reverse",
) -> int:
    """The window, training on bundled data."""
    if name not in DEMOS:
        raise WorkbenchError(f"there is no demonstration {name!r}", where="demo", mend="Use one of: " + ", ".join(DEMOS) + ".")
    return _window(context)(None, name)


def _window(context: typer.Context) -> Window:
    window: Window | None = context.obj
    if window is None:
        raise WorkbenchError("this way of calling has no window", where="gui", mend="Call attention-workbench in a terminal.")
    return window


@app.command()
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
    from workbench.runs.execute import start

    with _interruptible() as control, TrainingDisplay(quiet=not speaks()) as display:
        told = display.rehearsed if rehearsal and not display.quiet else None
        report = _follow(start(experiment, out, control=control, progress=display.prepare, rehearsed=told), display)
    return _report(report, json)


@app.command()
def resume(
    run: Annotated[Path, typer.Argument(help="A run folder.", show_default=False)],
    edit: Edits = None,
    json: Json = False,
) -> int:
    """Go on with a run that was stopped, killed or cut off, and perhaps change something from here on."""
    return _go_on(run, [Edit.parse(word) for word in edit or ()], json)


@app.command()
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
    from workbench.runs.execute import resume as go_on

    with _interruptible() as control, TrainingDisplay(quiet=not speaks()) as display:
        for each in edits:
            control.edit(each)
        report = _follow(go_on(run, control=control, progress=display.prepare), display)
    return _report(report, as_json)


@app.command()
def evaluate(
    run: Annotated[Path, typer.Argument(help="A run folder.", show_default=False)],
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


@app.command()
def predict(
    run: Run,
    table: Annotated[Path | None, typer.Argument(help="The table to predict for.", show_default=False)] = None,
    text: Annotated[str | None, typer.Option(help="One text instead of a table.", show_default=False)] = None,
    pair: Annotated[
        str,
        typer.Option(help="The second text, where the model reads two: the other of a pair, or a passage.", show_default=False),
    ] = "",
    effects: Annotated[
        bool, typer.Option("--effects", help="With --text: what each word does, measured by taking it out.")
    ] = False,
    by: Annotated[str, typer.Option(help="How --effects takes a word out: delete or mask.")] = "delete",
    out: Annotated[
        Path | None, typer.Option(help="Where the table with its predictions goes (csv, tsv, jsonl, xlsx, parquet).")
    ] = None,
    text_column: Annotated[
        str, typer.Option(help="The column to read, where it is not the one trained on.", show_default=False)
    ] = "",
    pair_column: Annotated[
        str, typer.Option(help="The column of the second text, where it is not the one trained on.", show_default=False)
    ] = "",
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace --out if it exists.")] = False,
    bom: Annotated[bool, typer.Option("--bom", help="Begin csv and tsv with a byte order mark, for Excel.")] = False,
    neutralise_formulas: Annotated[
        bool, typer.Option("--neutralise-formulas", help="Put an apostrophe before cells that a spreadsheet takes for formulas.")
    ] = False,
    json: Json = False,
) -> int:
    """Predict for a text or for every row of a table; given again after an interruption, it goes on."""
    if (text is None) == (table is None):
        raise WorkbenchError(
            "give either a table or --text", where="predict", mend="predict RUN TABLE --out FILE, or predict RUN --text T."
        )
    if table is not None and out is None:
        raise WorkbenchError("there is no place for the predictions", where="--out", mend="Name a file with --out FILE.")
    from workbench.cli.predicting import show_done, show_text
    from workbench.runs.predict import predict_table, predict_text

    _quiet()
    if text is not None:
        answer = predict_text(run, text, pair, effects=by if effects else "")
        if json:
            print_json(answer.as_dict())
        else:
            show_text(answer)
        return 0
    order = TableOrder(
        table=str(table), out=str(out), text_column=text_column, pair_column=pair_column, overwrite=overwrite, bom=bom,
        neutralise=neutralise_formulas,
    )  # fmt: skip
    with _interruptible() as control, TrainingDisplay(quiet=not speaks()) as display:
        done = predict_table(run, order, cancelled=lambda: control.stopping, progress=display.prepare)
    if json:
        print_json(done.as_dict())
    else:
        show_done(done)
    return 0


@app.command()
def inspect(
    model: Annotated[
        str, typer.Argument(help="A run, any folder with a model and its tokenizer, or a hub name.", show_default=False)
    ],
    text: Annotated[str, typer.Option(help="The text to look at.", show_default=False)] = "",
    picture: Annotated[
        Path | None, typer.Option(help="The picture that a model of pictures is to look at.", show_default=False)
    ] = None,
    pair: Annotated[
        str, typer.Option(help="A second sentence, or what the decoder of an encoder-decoder reads.", show_default=False)
    ] = "",
    view: Annotated[
        str, typer.Option(help="heads, weighted (by values), rollout, flow, layers (logit lens), reasons or positions.")
    ] = "heads",
    kind: Annotated[str | None, typer.Option(help="encoder, decoder or cross only.", show_default=False)] = None,
    layer: Annotated[int | None, typer.Option(help="One layer only, from 0.", show_default=False)] = None,
    head: Annotated[int | None, typer.Option(help="One head only, from 0.", show_default=False)] = None,
    token: Annotated[
        str,
        typer.Option(
            "--query", help="Of a picture: the patch ROW,COLUMN, from 1, whose attention .png and .svg draw.", show_default=False
        ),
    ] = "",
    off: Annotated[
        list[str] | None, typer.Option(help="Switch heads off: KIND:LAYER:HEAD, as in encoder:2:5; repeatable.")
    ] = None,
    temperature: Annotated[float | None, typer.Option(help="Divide all scores by this before the softmax.")] = None,
    change: Annotated[
        list[str] | None,
        typer.Option(
            help="ACT:KIND:LAYER:HEAD with off, temperature=T, uniform, previous, diagonal, no-scale, no-mask; repeatable."
        ),
    ] = None,
    shuffle: Annotated[int | None, typer.Option(help="Shuffle the words by this seed; special tokens stay.")] = None,
    write: Annotated[int, typer.Option(help="Tokens that a model that writes is to write first.", min=0)] = 0,
    compare_text: Annotated[
        str, typer.Option(help="Another text to compare one head with: --layer, --head and --out x.npz, .csv, .png or .svg.")
    ] = "",
    compare_model: Annotated[
        str, typer.Option(help="Another model to compare one head with: the head of it that is most alike.")
    ] = "",
    over: Annotated[
        str, typer.Option(help="Measure every head over a table instead of a text: --out x.csv.", show_default=False)
    ] = "",
    column: Annotated[str, typer.Option(help="Of --over; the column that looks like the text where it is left out.")] = "",
    rows: Annotated[int, typer.Option(help="Of --over: texts at most.", min=1)] = 200,
    out: Annotated[Path | None, typer.Option(help="x.html, x.png, x.svg, x.csv or x.npz.", show_default=False)] = None,
    json: Json = False,
) -> int:
    """See the exact attention of a text or picture, and what changes when a head is off: every weight the model computes with."""
    from workbench.cli.inspecting import Wanted, look

    words_of_changes = [*(f"off:{place}" for place in off or ()), *(change or ())]
    if temperature is not None:
        words_of_changes.append(f"temperature={temperature}")
    query = Query(
        text=text, picture="" if picture is None else str(picture), pair=pair, shuffled=shuffle, write=write,
        changes=tuple(Change.parse(word) for word in words_of_changes),
    )  # fmt: skip
    _quiet()
    return look(model, query, Wanted(
        view=view, kind=kind, layer=layer, head=head, token=token, compare_text=compare_text, compare_model=compare_model,
        over=over, column=column, rows=rows, out=out, as_json=json,
    ))  # fmt: skip


@app.command()
@with_settings
def doctor(
    table: Annotated[str, typer.Argument(help="The table to look at.", show_default=False)],
    given: dict[str, dict[str, Any]],
    json: Json = False,
) -> int:
    """How a table is read, what its columns seem to mean, and what is odd in it."""
    from workbench.cli.doctor import show_findings
    from workbench.contracts.specs import Experiment
    from workbench.data.doctor import examine

    found = examine(Experiment.from_dict({"data": {**given["data"], "table": table}}).data)
    if json:
        print_json(found)
    else:
        show_findings(table, found)
    return 0


@app.command()
def export(
    run: Annotated[Path, typer.Argument(help="A run folder.", show_default=False)],
    out: Annotated[Path, typer.Option(help="The new folder.", show_default=False)],
    form: Annotated[
        str, typer.Option("--as", help="huggingface (a folder for transformers), onnx, or int8 (ONNX with 8-bit weights).")
    ] = "huggingface",
    drop: Annotated[float, typer.Option(help="What int8 may cost: points of the score, or that share of a loss.")] = 0.02,
    json: Json = False,
) -> int:
    """Hand a model on: scored again on the validation rows, refused where it differs, with a model card and a program."""
    import dataclasses

    from workbench.runs.delivery import deliver

    with _interruptible() as control, TrainingDisplay(quiet=not speaks()) as display:
        made = deliver(run, out, form, drop=drop, told=display.prepare, cancelled=lambda: control.stopping)
    if json:
        print_json(dataclasses.asdict(made))
    else:
        found = made.agreement
        results().print(
            f"{made.folder}: {made.bytes / 1e6:,.1f} MB. On {found.rows:,} validation rows {found.metric} {found.before:.4f} → "
            f"{found.after:.4f}, largest difference of a probability {found.largest_difference:.2g}.",
            markup=False, soft_wrap=True,
        )  # fmt: skip
    return 0


@app.command()
def runs(
    folder: Annotated[Path, typer.Argument(help="The folder that holds the runs, or one run.")] = Path("runs"),
    json: Json = False,
) -> int:
    """List runs: state, scores beside the baseline, steps; damaged ones with what is wrong."""
    from workbench.cli.history import show_runs

    return show_runs(folder, json=json)


@app.command()
def report(
    run: Annotated[Path, typer.Argument(help="A run folder.", show_default=False)],
    out: Annotated[Path, typer.Option(help="The new page, x.html.", show_default=False)],
    json: Json = False,
) -> int:
    """Write a run as one HTML file without network: settings, scores beside the baseline, curves, predictions, heads."""
    from workbench.runs.exports.report import write_report

    _quiet()
    write_report(run, out)
    if json:
        print_json({"out": str(out)})
    else:
        words().print(f"Written: {out}", markup=False, soft_wrap=True)
    return 0


@app.command()
def film(
    run: Annotated[Path, typer.Argument(help="A run folder.", show_default=False)],
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


@app.command()
def step(
    run: Annotated[Path, typer.Argument(help="A run folder.", show_default=False)],
    number: Annotated[int, typer.Argument(metavar="STEP", help="Which step, from 1.", show_default=False)],
    json: Json = False,
) -> int:
    """Make one step of a run again: its rows and their losses, the gradient norm by layer, and how unusual it is."""
    from workbench.cli.stepping import show_step

    with _interruptible() as control:
        return show_step(run, number, as_json=json, cancelled=lambda: control.stopping)


@app.command()
def spikes(run: Annotated[Path, typer.Argument(help="A run folder.", show_default=False)], json: Json = False) -> int:
    """The steps whose loss or gradient norm is far above that of the 50 steps around."""
    from workbench.cli.stepping import show_spikes

    return show_spikes(run, as_json=json)


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


def _quiet() -> None:
    """The libraries' own bars and notices stay out of the terminal: this program says what a person needs."""
    from transformers.utils import logging

    logging.set_verbosity_error()
    logging.disable_progress_bar()


@contextmanager
def _interruptible() -> Iterator[Control]:
    """The first Ctrl+C (or SIGTERM) stops after the step and keeps everything; the second leaves at once."""
    from workbench.engine.control import Control

    _quiet()
    control = Control()

    def stop(number: int, frame: FrameType | None) -> None:
        if control.stopping:
            raise KeyboardInterrupt
        control.stop()
        words().print("Stopping after this step; everything is kept. Once more leaves at once.")

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield control
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
