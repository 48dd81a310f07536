"""A picture as a vision model reads it: scaled, cut, normalized as its preprocessor_config.json says."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor
from transformers import PreTrainedModel

from workbench.contracts.errors import WorkbenchError
from workbench.engine.folders import read_json

_MODES = {2: "bilinear", 3: "bicubic"}
"""Numbers of PIL's filters, as these files write them."""


@dataclass(frozen=True, kw_only=True)
class ImageSettings:
    """How pixels become numbers."""

    height: int
    width: int
    """In pixels: what the model reads."""
    mean: tuple[float, ...] = (0.5, 0.5, 0.5)
    """Of each channel, of values from 0 to 1."""
    deviation: tuple[float, ...] = (0.5, 0.5, 0.5)
    scale: float = 1 / 255
    mode: str = "bilinear"

    def pixel_values(self, picture: NDArray[np.uint8]) -> Tensor:
        """What the model reads: the middle of the picture, as large as fits.

        Args:
            picture: (height, width, 3), red, green and blue from 0 to 255.

        Returns:
            (1, 3, height, width), float32.

        Raises:
            WorkbenchError: it is no such picture.
        """
        if picture.ndim != 3 or picture.shape[2] != 3 or 0 in picture.shape or picture.dtype != np.uint8:
            raise WorkbenchError(
                f"this is no colour picture: {picture.shape}, {picture.dtype}",
                where="picture",
                mend="Give (height, width, 3) bytes.",
            )
        pixels = torch.from_numpy(picture.copy()).permute(2, 0, 1)[None].float()  # (1, 3, H, W)
        top, left, height, width = self.cut(*picture.shape[:2])
        pixels = pixels[..., top : top + height, left : left + width]
        pixels = F.interpolate(pixels, (self.height, self.width), mode=self.mode, antialias=True).clamp(0, 255)
        mean, deviation = (torch.tensor(values)[:, None, None] for values in (self.mean, self.deviation))
        return (pixels * self.scale - mean) / deviation

    def pixels_of(self, values: Tensor) -> NDArray[np.uint8]:
        """What the model sees, as a picture again.

        Args:
            values: (1, 3, height, width), from `pixel_values`.

        Returns:
            (height, width, 3), red, green and blue.
        """
        mean, deviation = (torch.tensor(each)[:, None, None] for each in (self.mean, self.deviation))
        pixels = (values[0].cpu() * deviation + mean) / self.scale
        return np.ascontiguousarray(pixels.round().clamp(0, 255).byte().permute(1, 2, 0).numpy())

    def noise(self) -> Tensor:
        """Two pictures of nothing, always the same, to try a model with: (2, 3, height, width)."""
        return torch.randn(2, 3, self.height, self.width, generator=torch.Generator().manual_seed(0))

    def cut(self, height: int, width: int) -> tuple[int, int, int, int]:
        """Which part of a picture the model reads: top, left, height, width, in pixels of the picture."""
        share = min(height / self.height, width / self.width)
        high, wide = max(1, round(self.height * share)), max(1, round(self.width * share))
        return (height - high) // 2, (width - wide) // 2, high, wide


def image_settings(folder: Path, model: PreTrainedModel) -> tuple[ImageSettings, tuple[str, ...]]:
    """How a folder's model reads pictures, and remarks for the person.

    Raises:
        WorkbenchError: nothing says how large a picture is, or the file holds something else.
    """
    config = getattr(model.config, "vision_config", model.config)
    path = folder / "preprocessor_config.json"
    said = read_json(path) if path.is_file() else {}
    remarks = (
        () if said else ("There is no preprocessor_config.json: pixels are scaled from -1 to 1, as most vision models want.",)
    )
    size = getattr(config, "image_size", None) or said.get("crop_size") or said.get("size")
    if isinstance(size, dict):
        size = (size.get("height") or size.get("shortest_edge"), size.get("width") or size.get("shortest_edge"))
    height, width = tuple(size) if isinstance(size, (list, tuple)) and len(size) == 2 else (size, size)
    try:
        settings = ImageSettings(
            height=_length(height), width=_length(width), mode=_MODES.get(said.get("resample", 2), "bilinear"),
            mean=_channels(said.get("image_mean", (0.5,) * 3)), deviation=_channels(said.get("image_std", (0.5,) * 3)),
            scale=float(said.get("rescale_factor", 1 / 255)),
        )  # fmt: skip
    except (TypeError, ValueError) as error:
        raise WorkbenchError(
            f"it does not say how a picture is read: {error}", where=str(path), mend="Save the image processor again."
        ) from error
    return settings, remarks


def _length(value: object) -> int:
    if not isinstance(value, int) or not 1 <= value <= 8192:
        raise ValueError(f"{value!r} pixels")
    return value


def _channels(value: object) -> tuple[float, ...]:
    if not isinstance(value, (list, tuple)) or len(value) != 3 or not all(isinstance(part, (int, float)) for part in value):
        raise ValueError(f"{value!r} is not one number a channel")
    return tuple(float(part) for part in value)
