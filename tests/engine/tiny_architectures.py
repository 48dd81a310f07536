"""Random transformers models of many architectures, small enough to run in milliseconds, and batches for them."""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from typing import Any

import torch
from torch import Tensor, nn
from transformers import CONFIG_MAPPING, AutoModel, AutoModelForCausalLM, PreTrainedModel

from workbench.engine.lens import Lens
from workbench.engine.recording import Look, Seen

WIDTHS = {
    "vocab_size": 99, "hidden_size": 32, "num_hidden_layers": 2, "num_attention_heads": 4, "intermediate_size": 64,
    "max_position_embeddings": 64,
}  # fmt: skip
GPT2_WIDTHS = {"vocab_size": 99, "n_embd": 32, "n_layer": 2, "n_head": 4, "n_positions": 64}
BART_WIDTHS = {
    "vocab_size": 99, "d_model": 32, "encoder_layers": 2, "decoder_layers": 2, "encoder_attention_heads": 4,
    "decoder_attention_heads": 4, "encoder_ffn_dim": 64, "decoder_ffn_dim": 64, "max_position_embeddings": 64,
}  # fmt: skip
T5_WIDTHS = {"vocab_size": 99, "d_model": 32, "d_kv": 8, "d_ff": 64, "num_layers": 2, "num_decoder_layers": 2, "num_heads": 4}
GROUPED = {**WIDTHS, "num_key_value_heads": 2, "head_dim": 8}
ALTERNATING = {"sliding_window": 4, "layer_types": ["sliding_attention", "full_attention"]}
SPECIAL = {"pad_token_id": 0, "bos_token_id": 1, "eos_token_id": 2, "decoder_start_token_id": 2}


@dataclass(frozen=True, kw_only=True)
class Tiny:
    """How to make one architecture small."""

    model_type: str
    family: str
    """encoder | decoder | encoder-decoder | image"""
    settings: dict[str, Any] = field(default_factory=dict)
    gain: float = 4.0
    """How much the weights grow: at their usual start attention is so even that a mistake would hardly show."""


def _all(family: str, widths: dict[str, Any], *names: str, gain: float = 4.0, **settings: Any) -> list[Tiny]:
    return [Tiny(model_type=name, family=family, settings={**widths, **settings}, gain=gain) for name in names]


IN_INTERFACE = [
    *_all("encoder", WIDTHS, "bert", "roberta", "electra", "xlm-roberta", "splinter"),
    *_all("encoder", WIDTHS, "albert", embedding_size=32),
    *_all("encoder", {"vocab_size": 99, "dim": 32, "n_layers": 2, "n_heads": 4, "hidden_dim": 64}, "distilbert"),
    *_all("encoder", WIDTHS, "modernbert", local_attention=4, global_attn_every_n_layers=2),
    *_all("decoder", GPT2_WIDTHS, "gpt2", "gpt_bigcode"),
    *_all("decoder", {**WIDTHS, "ffn_dim": 64, "word_embed_proj_dim": 32}, "opt"),
    *_all("decoder", WIDTHS, "gpt_neox", "phi"),
    *_all("decoder", GROUPED, "llama", "qwen2", "qwen3", "olmo2", "starcoder2", "granite"),
    *_all("decoder", GROUPED, "mistral", sliding_window=4),
    *_all("decoder", GROUPED, "gemma2", query_pre_attn_scalar=8, **ALTERNATING),
    *_all("decoder", GROUPED, "gemma3_text", **ALTERNATING),
    *_all("decoder", GROUPED, "gpt_oss", num_local_experts=4, num_experts_per_tok=2, **ALTERNATING),
    *_all("encoder-decoder", BART_WIDTHS, "bart", "mbart", "marian", "pegasus", "blenderbot-small"),
    *_all("encoder-decoder", T5_WIDTHS, "t5", "mt5", "umt5", gain=1.5),
    *_all("image", {**WIDTHS, "image_size": 32, "patch_size": 8, "num_channels": 3}, "vit"),
]  # fmt: skip
OUTSIDE_INTERFACE = [
    *_all("decoder", GPT2_WIDTHS, "gptj", rotary_dim=4),
    *_all("decoder", WIDTHS, "falcon", num_kv_heads=2, new_decoder_architecture=True),
    *_all("decoder", {"vocab_size": 99, "hidden_size": 32, "n_layer": 2, "n_head": 4}, "bloom"),
    *_all("encoder", WIDTHS, "deberta", "deberta-v2"),
]  # fmt: skip
TINY = {tiny.model_type: tiny for tiny in (*IN_INTERFACE, *OUTSIDE_INTERFACE)}


def tiny_config(name: str) -> Any:
    """The configuration of an architecture, made small, without dropout."""
    cls = CONFIG_MAPPING[name]
    plain = cls()
    known = {*plain.to_dict(), *plain.attribute_map}
    dropouts = {key: 0.0 for key in known if "dropout" in key and isinstance(getattr(plain, key, None), float)}
    dropouts |= {key: 0.0 for key in ("embd_pdrop", "attn_pdrop", "resid_pdrop") if key in known}
    special = {key: value for key, value in SPECIAL.items() if key in known}
    return cls(**{**dropouts, **special, **TINY[name].settings})


def tiny_model(name: str, cls: Any = AutoModel, **settings: Any) -> PreTrainedModel:
    """A random model of an architecture, in evaluation mode, with sharp attention.

    Args:
        name: transformers' name of the architecture.
        cls: The class that builds it from a configuration.
        **settings: For that class, such as `attn_implementation`.
    """
    with torch.random.fork_rng():
        torch.manual_seed(0)
        config = tiny_config(name)
        model = cls.from_config(config, **settings) if hasattr(cls, "from_config") else cls._from_config(config, **settings)
        with torch.no_grad():
            for part, weight in model.named_parameters():
                if "norm" in part.lower():
                    continue
                if weight.dim() <= 1:
                    weight.add_(torch.randn_like(weight) * 0.3)
                elif weight.dim() == 2:
                    weight.mul_(TINY[name].gain)
    return model.eval()


def decoder_with_cross_attention(name: str) -> PreTrainedModel:
    """A random language model that looks at another sequence as well."""
    model = tiny_model(name)
    config = copy.deepcopy(model.config)
    config.is_decoder = config.add_cross_attention = True
    decoder = AutoModelForCausalLM.from_config(config)
    with torch.no_grad():
        for part, weight in decoder.named_parameters():
            if weight.dim() == 2 and "norm" not in part:
                weight.mul_(4)
    return decoder.eval()


def tiny_batch(family: str, *, padding: str = "right", batch: int = 2, length: int = 10, seed: int = 0) -> dict[str, Tensor]:
    """Inputs for a family of models: the last text is shorter, padded right or left, or all are of one length (none)."""
    generator = torch.Generator().manual_seed(seed)
    if family == "image":
        return {"pixel_values": torch.randn(batch, 3, 32, 32, generator=generator)}
    ids = torch.randint(5, 99, (batch, length), generator=generator)
    mask = torch.ones_like(ids)
    if padding == "right":
        mask[-1, -3:] = 0
    elif padding == "left":
        mask[-1, :3] = 0
    inputs = {"input_ids": ids * mask}
    if padding != "none":
        inputs["attention_mask"] = mask
    if family == "encoder-decoder":
        inputs["decoder_input_ids"] = torch.randint(5, 99, (batch, 6), generator=generator)
    return inputs


def eager_attentions(model: PreTrainedModel, inputs: dict[str, Tensor]) -> dict[str, list[Tensor]]:
    """What transformers' own eager attention says, by kind: (batch, head, query, key) for each layer.

    The model must run under eager attention; decoder-only models count as decoder, all others as encoder.
    """
    with torch.no_grad():
        out = model(**inputs, output_attentions=True)
    kinds = {"encoder": "encoder_attentions", "decoder": "decoder_attentions", "cross": "cross_attentions"}
    found = {kind: list(out[key]) for kind, key in kinds.items() if out.get(key)}
    if out.get("attentions"):
        found["own"] = list(out["attentions"])
    return found


def look_at(model: nn.Module, inputs: dict[str, Tensor], look: Look | None = None) -> Seen:
    """What a lens sees in one pass."""
    with torch.no_grad(), Lens(model) as lens, lens.record(look) as seen:
        model(**inputs)
    return seen
