"""One head's attention as coloured cells in a terminal."""

from __future__ import annotations

from rich.cells import cell_len, set_cell_size
from rich.text import Text

from workbench.cli.output import results
from workbench.runs.inspection import Inspection, said

WIDEST = 40
"""Tokens of an axis that a terminal shows."""
SHADES = " ░▒▓█"


def show_attention(inspection: Inspection) -> None:
    """The answer, before and after where something was changed, and one head of each kind.

    The head is the one asked for, else the last layer's first.
    """
    console, seen = results(), inspection.seen
    told, sure = said(seen.answer)
    lines = [f"Prediction: {told}{'' if sure is None else f' ({sure:.1%})'}"] if told else []
    if seen.before is not None:
        before, share = said(seen.before)
        lines += [f"Before the change: {before}{'' if share is None else f' ({share:.1%})'}"] if before else []
        cosine = seen.answer.cosine(seen.before)
        lines += [] if cosine is None else [f"Sentence vector: cosine {cosine:.4f} with the one before the change"]
    if seen.answer.loss is not None:
        lines.append(f"Loss: {seen.answer.loss:.4f} nats a token")
    for line in lines:
        console.print(line, markup=False, soft_wrap=True)
    for kind, wall in seen.walls.items():
        (layers, heads), (all_layers, all_heads) = inspection.places(kind), wall.tiles.shape[:2]
        if not layers:
            continue
        found = inspection.whole(kind, layers[-1], heads[0])
        one = len(layers) == len(heads) == 1
        of = "" if one else f" of {all_layers} × {all_heads}; choose with --layer and --head"
        console.print(f"\n{kind} attention, layer {found.layer}, head {found.head}{of}", markup=False)
        for query, row in list(zip(wall.queries, found.weights, strict=True))[:WIDEST]:
            name = set_cell_size(query, min(cell_len(query), 14))  # Chinese characters are two cells wide
            cells = Text(" " * (14 - cell_len(name)) + name + " ")
            for weight in row[:WIDEST]:
                shade = SHADES[min(len(SHADES) - 1, round(float(weight) * (len(SHADES) - 1) + 0.3))]
                cells.append(shade * 2, style="cyan")
            best = int(row.argmax())
            cells.append(f"  → {wall.keys[best]} {row[best]:.2f}")
            console.print(cells, soft_wrap=True)
        if len(wall.queries) > WIDEST or len(wall.keys) > WIDEST:
            console.print(f"(the first {WIDEST} tokens; --out writes all)")
        gap = seen.gap(kind, layers, heads)
        if "weighed" in inspection.provenance:
            console.print(f"Shown: {inspection.provenance['weighed']}.", markup=False, soft_wrap=True)
        elif gap is not None:
            told = f"The model used these weights: max |weights · values - output| is {gap:.1e}."
            console.print(told, markup=False, soft_wrap=True)
