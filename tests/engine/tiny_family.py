"""Small, sharp models of our own family, and batches for them."""

from __future__ import annotations

import torch
from torch import Tensor

from workbench.contracts.specs import LAYOUT_OF_TASK, ModelSpec
from workbench.engine.config import config_from_spec
from workbench.engine.model import WorkbenchTaskModel, build_model

POSITIONS = ("none", "sinusoidal", "learned", "rotary", "alibi", "relative")
PADDINGS = ("none", "right", "left")
TASKS = ("text-classification", "regression", "token-classification", "seq2seq", "causal-lm", "masked-lm")
"""One for each head that gives logits; the other tasks use the same heads, and question answering is tested by itself."""
HEADS = 4
VOCABULARY = 50

__all__ = ["HEADS", "PADDINGS", "POSITIONS", "TASKS", "family_batch", "family_model"]


def family_model(
    task: str = "seq2seq", *, positions: str = "learned", sharpness: float = 4.0, **spec: object
) -> WorkbenchTaskModel:
    """A random model in evaluation mode whose queries and keys are enlarged, so that no attention is nearly even."""
    settings = {"layers": 2, "heads": HEADS, "d_model": 32, "dropout": 0.0, "positions": positions, **spec}
    config = config_from_spec(
        ModelSpec(**settings), task=task, vocab_size=VOCABULARY, max_length=16, max_target_length=16,  # type: ignore[arg-type]
        labels=("a", "b", "c") if task.endswith("classification") else None,
    )  # fmt: skip
    with torch.random.fork_rng():
        torch.manual_seed(0)
        model = build_model(task, config)
        with torch.no_grad():
            for name, weight in model.named_parameters():
                if "q_proj.weight" in name or "k_proj.weight" in name:
                    weight.mul_(sharpness)
                elif "relative_bias" in name:
                    weight.normal_()
    return model.eval()


def family_batch(task: str, *, padding: str = "right", seed: int = 0) -> dict[str, Tensor]:
    """Three texts of up to nine tokens; for seq2seq, targets of up to six, padded on the right."""
    generator = torch.Generator().manual_seed(seed)
    ids = torch.randint(5, VOCABULARY, (3, 9), generator=generator)
    mask = torch.ones_like(ids)
    for text, pads in ((1, 3), (2, 8)):
        if padding == "right":
            mask[text, -pads:] = 0
        elif padding == "left":
            mask[text, :pads] = 0
    inputs = {"input_ids": ids * mask, "attention_mask": mask}
    if LAYOUT_OF_TASK[task] == "encoder-decoder":
        targets = torch.randint(5, VOCABULARY, (3, 6), generator=generator)
        target_mask = torch.ones_like(targets)
        if padding != "none":
            target_mask[1, -2:] = 0
        inputs |= {"decoder_input_ids": targets * target_mask, "decoder_attention_mask": target_mask}
    return inputs
