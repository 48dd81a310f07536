"""What a tiny model reads."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor
from transformers import PreTrainedModel
from transformers.models.auto.modeling_auto import (
    MODEL_FOR_CAUSAL_LM_MAPPING_NAMES,
    MODEL_FOR_MASKED_LM_MAPPING_NAMES,
)

TEXT = ("encoder", "decoder", "encoder-decoder")
PADDINGS = {"encoder": ("none", "right"), "decoder": ("none", "right", "left"), "encoder-decoder": ("none", "right")}
LENGTH, TARGET, PADDED = 12, 7, 4


@dataclass(frozen=True, kw_only=True)
class Given:
    """A batch, and which of its text is real."""

    inputs: dict[str, Tensor]
    real: Tensor | None = None
    """(batch, position): 0 where padding stands; None where there is none or it is not the model's own length"""


def family_of(model: PreTrainedModel) -> str:
    """encoder, decoder, encoder-decoder, image, audio or image-and-text."""
    name, reads = model.config.model_type, model.main_input_name
    sub_configs = {*model.config.sub_configs}
    if {"text_config", "vision_config"} <= sub_configs and reads in ("input_ids", "pixel_values"):
        return "image-and-text"
    if reads == "pixel_values":
        return "image"
    if reads != "input_ids":
        return "audio"
    if model.config.is_encoder_decoder:
        return "encoder-decoder"
    writes = name in MODEL_FOR_CAUSAL_LM_MAPPING_NAMES and name not in MODEL_FOR_MASKED_LM_MAPPING_NAMES
    return "decoder" if writes or getattr(model.config, "is_decoder", False) else "encoder"


def batch_for(model: PreTrainedModel, family: str, padding: str = "none") -> Given:
    """Two examples; of texts, the second is shorter and padded on the side asked for."""
    generator = torch.Generator().manual_seed(0)
    inputs: dict[str, Tensor] = {}
    real = None
    if family in TEXT or family == "image-and-text":
        ids = torch.randint(5, 90, (2, LENGTH), generator=generator)
        inputs["input_ids"] = ids
        if padding != "none":
            real = torch.ones_like(ids)
            real[1, slice(LENGTH - PADDED, None) if padding == "right" else slice(PADDED)] = 0
            inputs |= {"input_ids": ids * real, "attention_mask": real}
    if family == "encoder-decoder":
        inputs["decoder_input_ids"] = torch.randint(5, 90, (2, TARGET), generator=generator)
    if family in ("image", "image-and-text"):
        vision = getattr(model.config, "vision_config", model.config)
        size = getattr(vision, "image_size", None) or 32
        height, width = size[-2:] if isinstance(size, (list, tuple)) else (size, size)
        inputs["pixel_values"] = torch.randn(2, getattr(vision, "num_channels", 3), height, width, generator=generator)
    if family == "audio":
        inputs |= _sound(model, generator)
    return Given(inputs=inputs, real=real)


def _sound(model: PreTrainedModel, generator: torch.Generator) -> dict[str, Tensor]:
    name = model.config.model_type
    shapes = {
        "whisper": ("input_features", (2, 16, 40)), "speech_to_text": ("input_features", (2, 40, 16)),
        "wav2vec2-bert": ("input_features", (2, 20, 16)), "audio-spectrogram-transformer": ("input_values", (2, 32, 16)),
        "moonshine": ("input_values", (2, 6000)),
    }  # fmt: skip
    field, shape = shapes.get(name, ("input_values", (2, 200)))
    found = {field: torch.randn(shape, generator=generator)}
    if model.config.is_encoder_decoder:
        found["decoder_input_ids"] = torch.randint(5, 90, (2, TARGET), generator=generator)
    return found
