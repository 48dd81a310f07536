"""What uses a model: its answers, what goes on inside it, and handing it on."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Annotated

import typer

from workbench.cli.interrupting import interruptible, quiet
from workbench.cli.options import Json, RunFolder
from workbench.cli.output import TrainingDisplay, print_json, results, speaks
from workbench.contracts.errors import WorkbenchError
from workbench.contracts.inspection import Change, Query
from workbench.contracts.predictions import TableOrder
from workbench.engine.importing import load


def predict(
    run: Annotated[Path, typer.Argument(help="A run folder, or a model folder.", show_default=False)],
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
    load("workbench.runs.predict.predictor")
    from workbench.cli.predicting import show_done, show_text
    from workbench.runs.predict import predict_table, predict_text

    quiet()
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
    with interruptible() as control, TrainingDisplay(quiet=not speaks()) as display:
        done = predict_table(run, order, cancelled=lambda: control.stopping, progress=display.prepare)
    if json:
        print_json(done.as_dict())
    else:
        show_done(done)
    return 0


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
    quiet()
    return look(model, query, Wanted(
        view=view, kind=kind, layer=layer, head=head, token=token, compare_text=compare_text, compare_model=compare_model,
        over=over, column=column, rows=rows, out=out, as_json=json,
    ))  # fmt: skip


def export(
    run: RunFolder,
    out: Annotated[Path, typer.Option(help="The new folder.", show_default=False)],
    form: Annotated[
        str, typer.Option("--as", help="huggingface (a folder for transformers), onnx, or int8 (ONNX with 8-bit weights).")
    ] = "huggingface",
    drop: Annotated[float, typer.Option(help="What int8 may cost: points of the score, or that share of a loss.")] = 0.02,
    json: Json = False,
) -> int:
    """Hand a model on: scored again on the validation rows, refused where it differs, with a model card and a program."""
    from workbench.runs.delivery import deliver

    with interruptible() as control, TrainingDisplay(quiet=not speaks()) as display:
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
