"""Where the parts of a transformer stand in its drawing: pure geometry, in pixels, y downwards; text flows upwards."""

from __future__ import annotations

from dataclasses import dataclass, replace

from workbench.contracts.specs import LAYOUT_OF_TASK, ModelSpec

MOST_LAYERS = 6
"""Layers drawn one by one; more are said in numbers."""
BOTTOM = 24.0
"""Room for the words below the embeddings, in pixels."""
EDGE = 30.0
"""Height of the embedding and head boxes."""
SUBLAYER = 21.0
"""Least height of a sublayer that can still be read."""
GAP = 8.0
LANE = 20.0
"""Left of the blocks, for the residual's line."""


@dataclass(frozen=True, kw_only=True)
class Box:
    """One part that can be pointed at."""

    kind: str
    """embeddings, positions, self, cross, feed, norm, head, layer."""
    stack: str
    layer: int
    """From 1; 0 outside the layers."""
    x: float
    y: float
    width: float
    height: float

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies inside."""
        return self.x <= x < self.x + self.width and self.y <= y < self.y + self.height


@dataclass(frozen=True, kw_only=True)
class Line:
    """A path data take, ending in an arrow."""

    kind: str
    """flow, residual or memory."""
    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True, kw_only=True)
class Plan:
    """Everything to draw."""

    boxes: tuple[Box, ...] = ()
    lines: tuple[Line, ...] = ()
    shown: int = 0
    """Layers drawn in each stack."""


def plan_stack(spec: ModelSpec, task: str, width: float, height: float) -> Plan:
    """Lay a model out in a rectangle.

    Args:
        spec: Its shape.
        task: One of `workbench.contracts.specs.TASKS`.
        width: Of the drawing, in pixels.
        height: Likewise.
    """
    layout = spec.layout or LAYOUT_OF_TASK[task]
    stacks = ("encoder", "decoder") if layout == "encoder-decoder" else (layout,)
    between = 34.0 if len(stacks) == 2 else 0.0
    column = min(420.0, (width - between - 8) / len(stacks))
    left = (width - column * len(stacks) - between) / 2
    boxes: list[Box] = []
    lines: list[Line] = []
    sublayers = 3 if len(stacks) == 2 else 2
    inside = height - BOTTOM - 2 * EDGE - 4 * GAP
    if spec.norm_placement == "pre":
        inside -= 12.0
    least = sublayers * (SUBLAYER + 7) + GAP
    shown = max(1, min(spec.layers, MOST_LAYERS, int((inside + GAP) // (least + GAP))))
    each = min((inside - (shown - 1) * GAP) / shown, sublayers * 54.0 + GAP)
    ends: dict[str, tuple[float, float]] = {}
    crosses: list[Box] = []
    for number, stack in enumerate(stacks):
        x = left + number * (column + between)
        inner, across = x + LANE, column - 2 * LANE
        y = height - BOTTOM - EDGE
        tokens = across * 0.52
        boxes.append(Box(kind="embeddings", stack=stack, layer=0, x=inner, y=y, width=tokens - 4, height=EDGE))
        beside = inner + tokens + 4
        boxes.append(Box(kind="positions", stack=stack, layer=0, x=beside, y=y, width=across - tokens - 4, height=EDGE))
        middle = inner + across / 2
        parts = ["self", "cross", "feed"] if stack == "decoder" and len(stacks) == 2 else ["self", "feed"]
        for layer in range(1, shown + 1):
            lines.append(Line(kind="flow", points=((middle, y), (middle, y - GAP))))
            bottom = y - GAP
            boxes.append(Box(kind="layer", stack=stack, layer=layer, x=x + 6, y=bottom - each, width=column - 12, height=each))
            slot = (each - GAP) / len(parts)
            for place, part in enumerate(parts):
                floor = bottom - GAP / 2 - place * slot
                low, high = (5.0, 0.0) if spec.norm_placement == "pre" else (0.0, 5.0)
                block = Box(
                    kind=part, stack=stack, layer=layer, x=inner, y=floor - slot + 2 + high, width=across, height=slot - 9
                )  # fmt: skip
                boxes.append(block)
                crosses += [block] if part == "cross" else []
                norm = floor - 2 - 3 if low else floor - slot + 2
                boxes.append(Box(kind="norm", stack=stack, layer=layer, x=inner, y=norm, width=across, height=3.0))
                if spec.residual:
                    lane = inner - 9
                    lines.append(Line(kind="residual", points=(
                        (inner + 8, floor), (lane, floor), (lane, floor - slot + 1), (inner, floor - slot + 1)
                    )))  # fmt: skip
            y = bottom - each
        if spec.norm_placement == "pre":
            boxes.append(Box(kind="norm", stack=stack, layer=0, x=inner, y=y - 9, width=across, height=3.0))
            y -= 12
        ends[stack] = (middle, y)
        if number == len(stacks) - 1:
            lines.append(Line(kind="flow", points=((middle, y), (middle, y - GAP))))
            boxes.append(Box(kind="head", stack=stack, layer=0, x=inner, y=y - GAP - EDGE, width=across, height=EDGE))
    if crosses:
        middle, top = ends["encoder"]
        lane = left + column + between / 2
        level = top - GAP
        for block in crosses:
            target = block.y + block.height / 2
            path = ((middle, top), (middle, level), (lane, level), (lane, target), (block.x, target))
            lines.append(Line(kind="memory", points=path))
    return _centred(boxes, lines, shown)


def _centred(boxes: list[Box], lines: list[Line], shown: int) -> Plan:
    """The drawing, moved up so that what is left over lies above and below it."""
    up = max(0.0, min(box.y for box in boxes) - 4) / 2
    return Plan(
        boxes=tuple(replace(box, y=box.y - up) for box in boxes),
        lines=tuple(replace(line, points=tuple((x, y - up) for x, y in line.points)) for line in lines),
        shown=shown,
    )
