"""Tiny vision models and pictures for tests: built here, nothing is fetched."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from PIL import Image
from transformers import DeiTConfig, DeiTForImageClassification, ViTConfig, ViTForImageClassification, ViTImageProcessor

SIZES = {
    "hidden_size": 32, "num_hidden_layers": 2, "num_attention_heads": 4, "intermediate_size": 32, "image_size": 32,
    "patch_size": 8, "num_labels": 3, "initializer_range": 0.3,
}  # fmt: skip


def save_vit(folder: Path, *, deit: bool = False, **more: int) -> Path:
    """A random ViT or DeiT with three classes, and how it reads pictures."""
    torch.manual_seed(0)
    sizes = {**SIZES, **more}
    model = DeiTForImageClassification(DeiTConfig(**sizes)) if deit else ViTForImageClassification(ViTConfig(**sizes))
    model.config.id2label = {0: "cat", 1: "dog", 2: "pear"}
    model.save_pretrained(folder)
    side = sizes["image_size"]
    ViTImageProcessor(size={"height": side, "width": side}).save_pretrained(folder)
    return folder


def save_picture(path: Path, height: int = 40, width: int = 40, seed: int = 0) -> Path:
    """Random blocks of colour."""
    blocks = np.random.default_rng(seed).integers(0, 256, (8, 8, 3), dtype=np.uint8)
    Image.fromarray(blocks).resize((width, height), Image.Resampling.NEAREST).save(path)
    return path
