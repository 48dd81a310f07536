"""Which of a pretrained model's weights are learned: all, those above a layer, or low-rank changes beside them."""

from __future__ import annotations

import hashlib

import torch
from torch import nn
from transformers import PreTrainedModel
from transformers.pytorch_utils import Conv1D

from workbench.contracts.errors import WorkbenchError
from workbench.contracts.specs import ModelSpec
from workbench.engine.blocks import depths, embeddings, stacks

ALPHA_PER_RANK = 2
"""Of LoRA's alpha where nobody set it."""


def tuned_in_part(spec: ModelSpec) -> bool:
    """Whether some weights stay as the pretrained model brought them: checkpoints then hold the others only."""
    return spec.freeze_below is not None or spec.lora_rank > 0


def choose_learned(model: PreTrainedModel, spec: ModelSpec) -> None:
    """Freeze what is not to be learned, and put LoRA's layers in, whose first weights come from torch's generator.

    Args:
        model: Changed in place.
        spec: `freeze_below` and the settings of LoRA (Hu et al. 2021).

    Raises:
        WorkbenchError: the model has no such layer, or no layers that are found.
    """
    if not tuned_in_part(spec):
        return
    found = stacks(model)
    if not found:
        raise WorkbenchError(
            f"no layers are found in {type(model).__name__}", where="model.freeze_below",
            mend="Leave model.freeze_below and model.lora_rank out: all weights are tuned then.",
        )  # fmt: skip
    below, height = spec.freeze_below or 0, min(map(len, found))
    if below > height:
        raise WorkbenchError(
            f"the model has {height} layers, so there is no layer {below}", where="model.freeze_below",
            mend=f"Set it to {height} or less.",
        )  # fmt: skip
    if spec.freeze_below is not None:
        tables = embeddings(model)
        for name, parameter in model.named_parameters():
            if name in tables:
                parameter.requires_grad_(False)
        for blocks in found:
            for block in list(blocks.values())[:below]:
                block.requires_grad_(False)
    if spec.lora_rank:
        _add_lora(model, spec, [name for blocks in found for name in list(blocks)[below:]])


def merge_lora(model: nn.Module) -> None:
    """Add LoRA's changes to the weights they stand beside: what is left is a model like any other, in place."""
    if not hasattr(model, "peft_config"):  # by which peft marks what it has changed
        return
    from peft.tuners.lora import LoraLayer  # half a second

    added = [(name, module) for name, module in model.named_modules() if isinstance(module, LoraLayer)]
    for name, module in added:
        module.merge()
        parent, _, own = name.rpartition(".")
        setattr(model.get_submodule(parent), own, module.get_base_layer())
    del model.peft_config  # a model that has one is saved as an adapter


def frozen_digest(model: nn.Module) -> str:
    """A checksum of the weights that stay as they are: a run is only resumed on those it began with. Empty where all learn."""
    frozen = [(name, parameter) for name, parameter in model.named_parameters() if not parameter.requires_grad]
    digest = hashlib.blake2b(digest_size=16)
    for name, parameter in frozen:
        digest.update(name.encode())
        digest.update(parameter.detach().cpu().contiguous().view(torch.uint8).numpy().data)
    return digest.hexdigest() if frozen else ""


def _add_lora(model: PreTrainedModel, spec: ModelSpec, blocks: list[str]) -> None:
    """LoRA on all linear layers of these blocks; the head learns whole, what names tokens stays."""
    from peft import LoraConfig, inject_adapter_in_model  # half a second

    targets = {
        f"{block}.{name}": isinstance(module, Conv1D)
        for block in blocks
        for name, module in model.get_submodule(block).named_modules()
        if isinstance(module, (nn.Linear, Conv1D))
    }
    if not targets:
        raise WorkbenchError(
            "no layer is left for LoRA: all are frozen", where="model.freeze_below", mend="Set it lower, or lora_rank to 0."
        )
    output = model.get_output_embeddings()
    tables = {id(parameter) for parameter in output.parameters()} if output is not None else set()
    head = {name for name, depth in depths(model).items() if depth == 0}
    learned = [p for name, p in model.named_parameters() if name in head and id(p) not in tables]
    config = LoraConfig(
        r=spec.lora_rank, lora_dropout=spec.lora_dropout, target_modules=list(targets), fan_in_fan_out=all(targets.values()),
        lora_alpha=spec.lora_alpha or ALPHA_PER_RANK * spec.lora_rank,
    )  # fmt: skip
    inject_adapter_in_model(config, model)
    for parameter in learned:  # peft froze them with all the rest
        parameter.requires_grad_(True)
