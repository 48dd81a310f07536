"""The studies of a text as sheets: what each layer would say, what an answer hangs on, paths through all layers, positions."""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from numpy.typing import NDArray

from workbench.contracts.delimited import digits, harmless
from workbench.contracts.frames import PositionPicture
from workbench.contracts.readings import LayerReadings
from workbench.contracts.studies import Attribution, Flow, Rollout
from workbench.runs.exports.pictures import name_axis, visible
from workbench.runs.exports.sheet_page import SHADES
from workbench.runs.exports.sheets import CELLS, Sheet

Study = LayerReadings | Attribution | Rollout | Flow | tuple[PositionPicture, ...]
Rows = Iterator[tuple[object, ...]]
NAMED_CELLS = 64
"""Positions whose tokens are written into the cells of a picture; more are colours alone."""


def sheet_of(study: Study, provenance: Mapping[str, Any]) -> Sheet:
    """A study with where it comes from.

    Args:
        study: Of a text; of positions, the pictures that are drawn side by side.
        provenance: Of the text and its model.
    """
    if isinstance(study, LayerReadings):
        return _readings(study, provenance)
    if isinstance(study, Attribution):
        return _reasons(study, provenance)
    if isinstance(study, Rollout | Flow):
        return _paths(study, provenance)
    return _positions(study, provenance)


# -- what each layer would say ------------------------------------------------------------------------------------------


def _readings(found: LayerReadings, provenance: Mapping[str, Any]) -> Sheet:
    layers, positions, ranks = found.ids.shape
    names = np.array(found.tokens or found.ids.astype(str), dtype=np.str_).reshape(found.ids.shape)
    text = found.positions or tuple(str(place) for place in range(positions))
    settled = (found.ids[:, :, 0] == found.ids[-1, :, 0]).argmax(0)  # (position,)

    def rows() -> Rows:
        for layer, place, rank in np.ndindex(layers, positions, ranks):
            at = (layer, place, rank)
            yield (
                layer, place, harmless(text[place]), rank + 1, harmless(str(names[at])), digits(found.probabilities.item(at)),
                digits(found.final.item(layer, place)),
            )  # fmt: skip

    def draw() -> Figure:
        named = positions <= NAMED_CELLS
        figure = Figure(figsize=(max(4.0, (0.85 if named else 0.08) * positions) + 1.6, 0.3 * layers + 1.8), layout="constrained")
        axes = figure.subplots()
        best = found.probabilities[:, :, 0]
        picture = axes.imshow(best, vmin=0, vmax=1, cmap="Blues", aspect="auto", interpolation="nearest")
        if named:
            for layer, place in np.ndindex(best.shape):
                ink = "white" if best[layer, place] > 0.55 else "black"
                token = visible(str(names[layer, place, 0]))
                token = token if len(token) <= 11 else token[:10] + "…"
                axes.text(place, layer, token, ha="center", va="center", fontsize=7, color=ink)
            for place, layer in enumerate(settled):
                axes.add_patch(_frame(place, int(layer)))
        name_axis(axes.xaxis, text)
        axes.tick_params(axis="x", labelrotation=90)
        axes.set_yticks(range(layers), ["input", *(f"layer {layer}" for layer in range(layers - 1))], fontsize=7)
        axes.set_title("what each layer would say;\nframed: the first that gives the final answer", fontsize=8)
        figure.colorbar(picture, ax=axes, label="probability", shrink=0.8)
        return figure

    def body() -> str:
        cells = []
        for layer in range(layers):
            row = []
            for place in range(positions):
                told = " · ".join(
                    f"{names[layer, place, rank]} {found.probabilities[layer, place, rank]:.1%}" for rank in range(ranks)
                )
                told += f" · final answer {found.final[layer, place]:.1%}"
                mark = " f" if settled[place] == layer else ""
                shade = _shade(found.probabilities[layer, place, 0])
                row.append(f'<td class="p{shade}{mark}" title="{_escaped(told)}">{_escaped(names[layer, place, 0])}</td>')
            cells.append((f"layer {layer - 1}" if layer else "input", "".join(row)))
        return _table(text, cells)

    return Sheet(
        title=f"logit lens · {found.kind}",
        about="The token the model would say at each position if it stopped after each layer (layers from 0); the stronger the "
        "colour, the likelier. Framed: where the final answer first is the likeliest. Rest on a cell to read its five likeliest.",
        arrays={
            "ids": found.ids, "probabilities": found.probabilities, "final": found.final, "tokens": names,
            "positions": np.array(text, dtype=np.str_),
        },
        columns=("layers_done", "position_index", "position", "rank", "token", "probability", "final_answer_probability"),
        rows=rows, draw=draw, body=body, provenance={**provenance, "view": "layers", "kind": found.kind},
    )  # fmt: skip


def _frame(across: int, down: int) -> Rectangle:
    return Rectangle((across - 0.47, down - 0.45), 0.94, 0.9, fill=False, edgecolor="#d9730d", linewidth=1.4)


# -- what an answer hangs on --------------------------------------------------------------------------------------------


def _reasons(found: Attribution, provenance: Mapping[str, Any]) -> Sheet:
    layers, heads = found.heads.shape

    def rows() -> Rows:
        for place, (token, value) in enumerate(zip(found.tokens, found.values, strict=True)):
            yield "token", place, harmless(token), None, None, digits(value)
        for layer, head in np.ndindex(found.heads.shape):
            yield "head", None, None, layer, head, digits(found.heads.item(layer, head))

    def draw() -> Figure:
        high = max(2.4, 0.17 * len(found.tokens) + 0.8)
        figure = Figure(figsize=(9.5, min(high, 60.0)), layout="constrained")
        bars, grid = figure.subplots(1, 2, width_ratios=(1.3, 1))
        places = np.arange(len(found.tokens))
        bars.barh(places, found.values, color=np.where(found.values >= 0, "#3454d1", "#d9730d"))
        bars.set_ylim(len(found.tokens) - 0.5, -0.5)
        bars.set_yticks(places, [visible(token) for token in found.tokens], fontsize=7)
        bars.axvline(0, color="black", linewidth=0.6)
        bars.set_title(f"integrated gradients of “{visible(found.answer)}”, logit {found.logit:.3f}, {found.gap:.3g} left over",
                       fontsize=8)  # fmt: skip
        picture = grid.imshow(found.heads, vmin=0, cmap="Blues", aspect="auto", interpolation="nearest")
        grid.set_xticks(range(heads), [str(head) for head in range(heads)], fontsize=7)
        grid.set_yticks(range(layers), [str(layer) for layer in range(layers)], fontsize=7)
        grid.set_title(f"Σ |attention · gradient| of each {found.kind} head: layers down, heads across", fontsize=8)
        figure.colorbar(picture, ax=grid, shrink=0.8)
        return figure

    def body() -> str:
        most = float(np.abs(found.values).max(initial=0.0)) or 1.0
        chips = " ".join(
            f'<span class="{"p" if value >= 0 else "n"}{_shade(abs(float(value)) / most)}" title="{float(value):+.5g}">'
            f"{_escaped(token)}</span>"
            for token, value in zip(found.tokens, found.values, strict=True)
        )
        deepest = float(found.heads.max(initial=0.0)) or 1.0
        cells = [
            (f"layer {layer}", "".join(
                f'<td class="p{_shade(float(value) / deepest)}" title="layer {layer}, head {head}: {float(value):.5g}">'
                f"{float(value):.2g}</td>" for head, value in enumerate(row)
            )) for layer, row in enumerate(found.heads)
        ]  # fmt: skip
        return f'<p class="chips">{chips}</p><h2>Heads</h2>' + _table([f"head {head}" for head in range(heads)], cells)

    arrays: dict[str, NDArray[Any]] = {  # Any: numbers and text
        "tokens": np.array(found.tokens, dtype=np.str_), "values": found.values, "heads": found.heads,
        "logit": np.array(found.logit), "gap": np.array(found.gap), "answer": np.array(found.answer, dtype=np.str_),
    }  # fmt: skip
    if found.baseline is not None:
        arrays["baseline"] = np.array(found.baseline)
    return Sheet(
        title=f"why “{found.answer}”: its logit is {found.logit:.3f}",
        about="What each token adds to the logit (integrated gradients, Sundararajan et al. 2017): blue for it, orange "
        f"against it. What is left over is {found.gap:.3g}. Below, how much the logit hangs on each {found.kind} head, to first "
        "order: Σ |attention · gradient|. Layers and heads from 0.",
        arrays=arrays, columns=("part", "token_index", "token", "layer", "head", "value"), rows=rows, draw=draw, body=body,
        provenance={
            **provenance, "view": "reasons", "answer": found.answer, "logit": found.logit, "baseline": found.baseline,
            "gap": found.gap, "kind": found.kind, "tokens_by": "integrated gradients", "heads_by": "sum |attention * gradient|",
        },
    )  # fmt: skip


# -- paths through all layers -------------------------------------------------------------------------------------------


def _paths(found: Rollout | Flow, provenance: Mapping[str, Any]) -> Sheet:
    of_flow = isinstance(found, Flow)
    layers = found.values[None] if isinstance(found, Flow) else found.layers  # (layer, position, input position)
    first = found.layer if isinstance(found, Flow) else 0
    name = "flow" if of_flow else "rollout"

    def rows() -> Rows:
        tokens = [harmless(token) for token in found.tokens]
        for (layer, place, source), value in np.ndenumerate(layers):
            yield layer + first, place, tokens[place], source, tokens[source], digits(value)

    def draw() -> Figure:
        side = float(np.clip(0.22 * len(found.tokens), 2.8, 9.0))
        figure = Figure(figsize=(side + 1.8, side + 1.2), layout="constrained")
        axes = figure.subplots()
        picture = axes.imshow(layers[-1], vmin=0, vmax=1, cmap="viridis", aspect="auto", interpolation="nearest")
        axes.set_title(f"{name} · {found.kind} · after layer {first + len(layers) - 1}", fontsize=8)
        for axis, said in ((axes.xaxis, "input token"), (axes.yaxis, "position")):
            name_axis(axis, found.tokens)
            axis.set_label_text(said)
        axes.tick_params(axis="x", labelrotation=90)
        figure.colorbar(picture, ax=axes, shrink=0.7)
        return figure

    def body() -> str:
        parts = []
        for layer, values in enumerate(layers):
            if layers.size > CELLS and layer < len(layers) - 1:
                continue
            cells = [
                (token, "".join(
                    f'<td class="p{_shade(float(value))}" title="{_escaped(token)} ← {_escaped(source)}: {float(value):.4f}">'
                    "</td>" for source, value in zip(found.tokens, row, strict=True)
                )) for token, row in zip(found.tokens, values, strict=True)
            ]  # fmt: skip
            opened = " open" if layer == len(layers) - 1 else ""
            parts.append(
                f"<details{opened}><summary>after layer {layer + first}</summary>{_table(found.tokens, cells)}</details>"
            )
        return "".join(parts)

    arrays: dict[str, NDArray[Any]] = {"layers": layers, "tokens": np.array(found.tokens, dtype=np.str_)}  # Any: as above
    if isinstance(found, Rollout):
        arrays["collapse"] = found.collapse
    about = (
        "Attention flow: the most that could run from each input token to each position if weights were pipes (Abnar & Zuidema "
        "2020). Rows do not sum to 1 and are compared by rank."
        if of_flow else "Attention rollout: how much of each input token would reach each position if attention only averaged "
        "(Abnar & Zuidema 2020); half of each layer is the residual connection. Deep models collapse onto one token."
    )  # fmt: skip
    return Sheet(
        title=f"attention {name} · {found.kind}", about=about, arrays=arrays,
        columns=("after_layer", "position_index", "position", "input_index", "input", "value"), rows=rows, draw=draw, body=body,
        cells=len(found.tokens) ** 2,
        provenance={**provenance, "view": name, "kind": found.kind, "heads": "mean", "residual": 0.5},
    )  # fmt: skip


# -- positions ----------------------------------------------------------------------------------------------------------


def _positions(found: Sequence[PositionPicture], provenance: Mapping[str, Any]) -> Sheet:
    def rows() -> Rows:
        for each in found:
            for (row, column), value in np.ndenumerate(each.values):
                yield (
                    each.scheme, "model" if each.own else "formula", each.view, each.rows, row + each.first, each.columns,
                    each.names[column], digits(value),
                )  # fmt: skip

    def draw() -> Figure:
        figure = Figure(figsize=(3.6 * len(found), 3.8), layout="constrained")
        for axes, each in zip(figure.subplots(1, len(found), squeeze=False)[0], found, strict=True):
            own = " · of the model" if each.own else ""
            axes.set_title(f"{each.scheme}{own}\n{each.view}", fontsize=8)
            axes.set_xlabel(each.columns, fontsize=8)
            axes.set_ylabel(each.rows, fontsize=8)
            axes.tick_params(labelsize=7)
            rows, columns = each.values.shape
            if each.view in ("decay", "curves"):
                axes.plot(np.arange(rows) + each.first, each.values, linewidth=1.1, label=[str(name) for name in each.names])
                axes.set_xlabel(each.rows, fontsize=8)
                axes.set_ylabel("")
                if columns > 1:
                    axes.legend(title=each.columns, fontsize=6, title_fontsize=6)
                continue
            reach = float(np.quantile(np.abs(each.values), 0.98)) or 1.0
            extent = (each.names[0] - 0.5, each.names[-1] + 0.5, each.first + rows - 0.5, each.first - 0.5)
            picture = axes.imshow(
                each.values, vmin=-reach, vmax=reach, cmap="RdBu", aspect="auto", interpolation="nearest", extent=extent
            )
            for axis in (axes.xaxis, axes.yaxis):
                axis.get_major_locator().set_params(integer=True)
            figure.colorbar(picture, ax=axes, shrink=0.8, extend="both")
        return figure

    arrays = {each.scheme: each.values for each in found}
    about = {
        each.scheme: {
            "view": each.view, "rows": each.rows, "first_row": each.first, "columns": each.columns,
            "column_names": list(each.names), "own": each.own,
        } for each in found
    }  # fmt: skip
    return Sheet(
        title="positions", about="", arrays=arrays,
        columns=("scheme", "of", "view", "row_is", "row", "column_is", "column", "value"), rows=rows, draw=draw, body=str,
        provenance={**provenance, "pictures": about},
    )  # fmt: skip


# -- markup -------------------------------------------------------------------------------------------------------------


def _shade(share: float) -> int:
    return min(SHADES, max(0, round(SHADES * float(share))))


def _escaped(text: object) -> str:
    return html.escape(visible(str(text)) if len(str(text)) <= 24 else str(text), quote=True)


def _table(columns: Sequence[str], rows: Sequence[tuple[str, str]]) -> str:
    head = "".join(f"<th>{_escaped(column)}</th>" for column in columns)
    body = "".join(f"<tr><th>{_escaped(name)}</th>{cells}</tr>" for name, cells in rows)
    return f'<div class="wide"><table><tr><th></th>{head}</tr>{body}</table></div>'
