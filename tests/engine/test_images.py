"""Pictures as vision models read them."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import torch
from transformers import ViTConfig, ViTModel

from workbench.contracts.errors import WorkbenchError
from workbench.engine.images import ImageSettings, image_settings


def test_a_picture_of_the_right_size_is_only_normalized() -> None:
    settings = ImageSettings(height=4, width=4, mean=(0.0, 0.5, 1.0), deviation=(1.0, 0.5, 2.0))
    picture = np.random.default_rng(0).integers(0, 256, (4, 4, 3), dtype=np.uint8)
    values = settings.pixel_values(picture)
    expected = (picture / 255 - np.array([0.0, 0.5, 1.0])) / np.array([1.0, 0.5, 2.0])
    torch.testing.assert_close(values[0].permute(1, 2, 0), torch.from_numpy(expected).float())


def test_the_middle_of_a_wide_picture_is_read() -> None:
    settings = ImageSettings(height=8, width=8, mean=(0.0,) * 3, deviation=(1.0,) * 3)
    picture = np.zeros((10, 30, 3), np.uint8)
    picture[:, 10:20] = 255
    assert settings.cut(10, 30) == (0, 10, 10, 10)
    assert settings.pixel_values(picture).min() == pytest.approx(1.0)


@pytest.mark.parametrize("picture", [np.zeros((4, 4), np.uint8), np.zeros((4, 4, 4), np.uint8), np.zeros((0, 4, 3), np.uint8),
                                     np.zeros((4, 4, 3))])  # fmt: skip
def test_what_is_no_picture_is_refused(picture: np.ndarray) -> None:
    with pytest.raises(WorkbenchError, match="no colour picture"):
        ImageSettings(height=4, width=4).pixel_values(picture)


def vit() -> ViTModel:
    return ViTModel(
        ViTConfig(hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16, image_size=32, patch_size=8)
    )


def test_the_file_says_how_and_the_model_how_large(tmp_path: Path) -> None:
    said = {"image_mean": [0.1, 0.2, 0.3], "image_std": [1, 2, 3], "resample": 3, "rescale_factor": 1, "size": {"height": 9}}
    (tmp_path / "preprocessor_config.json").write_text(json.dumps(said), encoding="utf-8")
    settings, remarks = image_settings(tmp_path, vit())
    assert settings == ImageSettings(
        height=32, width=32, mean=(0.1, 0.2, 0.3), deviation=(1.0, 2.0, 3.0), scale=1.0, mode="bicubic"
    )
    assert remarks == ()


def test_without_the_file_the_usual_is_taken_and_said(tmp_path: Path) -> None:
    settings, remarks = image_settings(tmp_path, vit())
    assert (settings.height, settings.mean) == (32, (0.5, 0.5, 0.5))
    assert "no preprocessor_config.json" in remarks[0]


def test_a_file_that_says_nonsense_is_named(tmp_path: Path) -> None:
    (tmp_path / "preprocessor_config.json").write_text('{"image_mean": "grey"}', encoding="utf-8")
    with pytest.raises(WorkbenchError, match="does not say how a picture is read: 'grey'"):
        image_settings(tmp_path, vit())
