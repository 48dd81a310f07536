"""One head's attention as coloured cells in a terminal."""

from __future__ import annotations

from rich.cells import cell_len, set_cell_size
from rich.text import Text

from workbench.cli.output import results
from workbench.runs.inspect import Inspection

WIDEST = 40
"""Tokens of an axis that a terminal shows."""
SHADES = " ░▒▓█"


def show_attention(seen: Inspection) -> None:
    """The answer, and one head of each kind: the one asked for, else the last layer's first."""
    console = results()
    sure = "" if seen.prediction.confidence is None else f" ({seen.prediction.confidence:.1%})"
    console.print(f"Prediction: {seen.prediction.text}{sure}", markup=False, soft_wrap=True)
    for kind, frame in seen.frames.items():
        layers, heads = frame.weights.shape[:2]
        layer = layers - 1 if seen.layer is None else seen.layer
        head = 0 if seen.head is None else seen.head
        weights = frame.weights[-1, 0]  # (query, key)
        of = "" if seen.layer is not None and seen.head is not None else f" of {layers} × {heads}; choose with --layer and --head"
        console.print(f"\n{kind} attention, layer {layer}, head {head}{of}", markup=False)
        for query, row in list(zip(frame.queries, weights, strict=True))[:WIDEST]:
            name = set_cell_size(query, min(cell_len(query), 14))  # Chinese characters are two cells wide
            line = Text(" " * (14 - cell_len(name)) + name + " ")
            for weight in row[:WIDEST]:
                shade = SHADES[min(len(SHADES) - 1, round(float(weight) * (len(SHADES) - 1) + 0.3))]
                line.append(shade * 2, style="cyan")
            best = int(row.argmax())
            line.append(f"  → {frame.keys[best]} {row[best]:.2f}")
            console.print(line, soft_wrap=True)
        if len(frame.queries) > WIDEST or len(frame.keys) > WIDEST:
            console.print(f"(the first {WIDEST} tokens; --out writes all)")
