"""A picture as a model reads it: pixels in, tokens named by the patch they stand for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from torch import Tensor
from transformers import PreTrainedModel

from workbench.contracts.errors import WorkbenchError
from workbench.contracts.inspection import Query
from workbench.contracts.pictures import SeenPicture
from workbench.data.pictures import read_picture
from workbench.engine.images import ImageSettings
from workbench.engine.recording import Record
from workbench.runs.texts import Text

TILE = 260
"""Most rows and columns of a wall's tiles: 16 × 16 patches and what stands before them are seen whole."""
MOST_LEADING = 16
"""Tokens that stand for no patch: a class token and registers. More is no grid of patches with something before it."""

NOT_YET = Text(ids=(), types=(), tokens=(), special=(), spans=())
"""Of a picture, whose tokens are known once the model made them."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Shot:
    """One picture, ready to be read."""

    inputs: dict[str, Tensor]
    """A batch of one."""
    pixels: NDArray[np.uint8]
    """(height, width, 3): what of it the model sees."""
    sha256: str
    remarks: tuple[str, ...]


class Pictures:
    """Reads pictures for one model.

    Args:
        settings: How it reads them.
        model: Says how large its patches are.
    """

    def __init__(self, settings: ImageSettings, model: PreTrainedModel) -> None:
        self._settings = settings
        self._config = getattr(model.config, "vision_config", model.config)
        self._name, self._device = type(model).__name__, model.device

    def read(self, query: Query) -> Shot:
        """The picture that is asked about.

        Raises:
            WorkbenchError: none is chosen, or it cannot be read.
        """
        if not query.picture:
            raise WorkbenchError("no picture is chosen", where="picture", mend="Choose a picture first.")
        found = read_picture(query.picture)
        values = self._settings.pixel_values(found.pixels)
        return Shot(
            inputs={"pixel_values": values.to(self._device)}, pixels=self._settings.pixels_of(values), sha256=found.sha256,
            remarks=found.remarks,
        )  # fmt: skip

    def tokens(self, shot: Shot, records: Sequence[Record]) -> tuple[Text, SeenPicture]:
        """What the model made of a picture: its tokens by name, and where they lie.

        Args:
            shot: What it read.
            records: Of every layer, with tiles.

        Raises:
            WorkbenchError: its tokens are no grid of patches that all see each other.
        """
        count = records[0].queries
        rows, columns, leading = self._grid(count)
        plain = all(_square(record, count) for record in records)
        if not (plain and rows and columns and 0 <= leading <= MOST_LEADING):
            raise WorkbenchError(
                "the tokens of this model are no plain grid of patches", where=self._name,
                mend="Open one whose patches all see each other: ViT, DeiT, BEiT, DINOv2, or the vision part of CLIP or SigLIP.",
            )  # fmt: skip
        after = count - leading - rows * columns
        names = [
            *self._leading(leading),
            *(f"{row + 1},{column + 1}" for row in range(rows) for column in range(columns)),
            *(f"[DET {place + 1}]" for place in range(after)),
        ]
        text = Text(
            ids=(), types=(), tokens=tuple(names), special=(True,) * leading + (False,) * (rows * columns) + (True,) * after,
            spans=((0, 0),) * count, remarks=shot.remarks,
        )  # fmt: skip
        down, across = self._patch()
        pixels = shot.pixels[: rows * down, : columns * across]  # what is left over at the edges is in no patch
        return text, SeenPicture(pixels=pixels, rows=rows, columns=columns, leading=leading)

    def _grid(self, count: int) -> tuple[int, int, int]:
        """Rows, columns and how many tokens come before them; without rows where the model does not say."""
        trailing = int(getattr(self._config, "num_detection_tokens", 0) or 0)
        down, across = self._patch()
        if not down or not across:
            return 0, 0, 0
        rows, columns = self._settings.height // down, self._settings.width // across
        return rows, columns, count - trailing - rows * columns

    def _patch(self) -> tuple[int, int]:
        """Height and width of a patch in pixels; 0 where the model does not say."""
        size = getattr(self._config, "patch_size", None)
        down, across = size if isinstance(size, (list, tuple)) and len(size) == 2 else (size, size)
        return (down, across) if isinstance(down, int) and isinstance(across, int) and min(down, across) > 0 else (0, 0)

    def _leading(self, count: int) -> list[str]:
        """Names of the tokens before the patches: the class, then DeiT's teacher, or registers without a meaning."""
        second = ["[DIST]"] if count == 2 and self._config.model_type == "deit" else []
        return ["[CLS]", *second, *(f"[REG {place + 1}]" for place in range(count - 1 - len(second)))][:count]


def _square(record: Record, count: int) -> bool:
    """Whether all tokens of the picture see each other here, not those of one window, nor fewer keys."""
    assert record.tiles is not None
    return record.queries == count and record.tiles.shape[0] == 1 and record.tiles.shape[2:] == (min(count, TILE),) * 2


def place_of(name: str, tokens: Sequence[str]) -> int:
    """Which token has this name, counted from 0; the first one where none is named.

    Raises:
        WorkbenchError: none has it.
    """
    name = name.strip().replace(", ", ",") or tokens[0]
    if name not in tokens:
        mend = f"Write ROW,COLUMN, counted from 1, or {tokens[0]}; the last one is {tokens[-1]}."
        raise WorkbenchError(f"there is no token {name!r}", where="query", mend=mend)
    return tokens.index(name)
