"""One step of a training, taken apart: its rows and their losses, its gradients by layer, attention before and after it."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from workbench.contracts.frames import AttentionFrame
from workbench.contracts.spikes import Usual


@dataclass(frozen=True, kw_only=True)
class StepRow:
    """An example of the step's batches."""

    row: int
    """Of the table, counted from 0; of a block of running text that of its first token."""
    text: str
    target: str
    read: str
    """What the model read of it in this step, where noise or a limit made that another text; empty where it is the text."""
    loss: float
    """Mean over what is asked of it, in the unit of the curve."""
    share: float
    """Of the step's loss that is this row's: all rows together make 1."""
    tokens: int
    """What the model read of it, padding not counted."""
    targets: float
    """What is asked of it: what its summed loss is divided by. With balanced classes their weights."""


@dataclass(frozen=True, kw_only=True)
class LayerGradient:
    """The gradient of one part of the model, before clipping."""

    part: str
    """embedding | layer | head"""
    stack: int = 0
    """Which stack of layers, from 0: of an encoder-decoder 0 is the encoder, 1 the decoder."""
    layer: int = 0
    """Within its stack, from 0."""
    norm: float
    """L2."""


@dataclass(frozen=True, kw_only=True)
class Recorded:
    """What the run itself said of the step."""

    loss: float
    gradient_norm: float
    learning_rate: float


@dataclass(frozen=True, kw_only=True)
class StepDetails:
    """A step that was made once more, from the newest checkpoint before it."""

    step: int
    repeated_from: int
    """The checkpoint's step; 0 where the run was repeated from its beginning."""
    loss: float
    gradient_norm: float
    """L2 over all parts, before clipping."""
    learning_rate: float
    clip: float
    """The norm that gradients were cut to; 0 where they were not."""
    recorded: Recorded
    usual: Mapping[str, Usual]
    """What ``loss`` and ``gradient_norm`` were like in the steps around."""
    rows: tuple[StepRow, ...]
    """In the order in which they were read."""
    layers: tuple[LayerGradient, ...]
    """From the embedding up to the head."""
    stacks: int = 1
    """How many stacks of layers the model has."""

    @property
    def same(self) -> bool:
        """Whether loss, gradient norm and learning rate are the recorded ones, to the last bit: then this *is* that step."""
        return self.recorded == Recorded(
            loss=self.loss, gradient_norm=self.gradient_norm, learning_rate=self.learning_rate
        )  # fmt: skip

    @property
    def largest(self) -> int:
        """The place of the row with the largest loss."""
        return max(range(len(self.rows)), key=lambda place: self.rows[place].loss)

    def as_dict(self) -> dict[str, Any]:  # Any: JSON
        """For scripts; rows are counted from 1, as files of tables are read, the largest loss first."""
        said = dataclasses.asdict(self)
        rows = sorted(said["rows"], key=lambda row: -row["loss"])
        return said | {"same": self.same, "rows": [row | {"row": row["row"] + 1} for row in rows]}


@dataclass(frozen=True, kw_only=True, eq=False)
class StepAttention:
    """The attention of every head on one row of a step, before the step and after it, without dropout."""

    place: int
    """Of the row in `StepDetails.rows`."""
    before: Mapping[str, AttentionFrame] = field(default_factory=dict)
    """By kind: encoder, decoder, cross."""
    after: Mapping[str, AttentionFrame] = field(default_factory=dict)
    trouble: str = ""
    """Why there are none, or which part of the row is shown."""
