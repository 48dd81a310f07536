"""Any configuration made small, by the names of its fields."""

from __future__ import annotations

import copy
from typing import Any

import torch
from transformers import CONFIG_MAPPING, AutoModel, PreTrainedConfig, PreTrainedModel

from tests.architectures.exceptions import EXCEPTIONS, without_layer_types

MOST_PARAMETERS = 4_000_000
"""A model with more is not small: some field escaped."""

_SIZES = {
    32: "hidden_size d_model n_embd dim emb_dim embed_dim embedding_size d_embed projection_dim moe_intermediate_size "
        "max_relative_positions true_hidden_size intra_bottleneck_size word_embed_proj_dim attention_hidden_size out_hidden_size "
        "encoder_hidden_size decoder_hidden_size entity_emb_size image_size lru_width emb_size qk_head_dim_total "
        "moe_shared_expert_intermediate_size shared_expert_intermediate_size hidden_size_per_layer_input "
        "cross_attention_hidden_size shared_intermediate_size",
    64: "intermediate_size hidden_dim ffn_dim encoder_ffn_dim decoder_ffn_dim d_ff dff n_inner d_inner max_position_embeddings "
        "n_positions max_seq_len n_ctx max_source_positions max_target_positions ffn_hidden_size intermediate_size_mlp "
        "encoder_intermediate_size decoder_intermediate_size max_sequence_length max_text_seq_len num_hash_buckets",
    99: "vocab_size n_words src_vocab_size tgt_vocab_size decoder_vocab_size vocab_size_per_layer_input text_vocab_size",
    3: "num_hidden_layers n_layer n_layers num_layers num_channels in_channels",
    2: "encoder_layers decoder_layers num_encoder_layers num_decoder_layers num_key_value_heads num_kv_heads "
       "num_experts_per_tok encoder_num_hidden_layers decoder_num_hidden_layers linear_num_key_heads num_feat_extract_layers "
       "num_key_value_groups encoder_num_layers decoder_num_layers moe_topk moe_k top_k_experts conv_depthwise_kernel_size "
       "eos_token_id decoder_start_token_id num_nextn_predict_layers_ num_experts_per_token",
    4: "num_attention_heads n_head n_heads num_heads encoder_attention_heads decoder_attention_heads num_encoder_attention_heads "
       "num_decoder_attention_heads encoder_num_attention_heads decoder_num_attention_heads encoder_num_key_value_heads "
       "decoder_num_key_value_heads num_local_experts num_experts n_routed_experts sliding_window attention_window_size "
       "linear_num_value_heads mamba_d_state mamba_n_heads n_mamba_heads index_topk index_n_heads conv_size local_attention "
       "window_size rotary_dim expert_capacity attention_chunk_size moe_num_experts num_codebook_heads ssm_state_size",
    8: "d_kv d_head head_dim kv_channels patch_size kv_lora_rank qk_rope_head_dim qk_nope_head_dim v_head_dim max_bias "
       "linear_key_head_dim linear_value_head_dim num_conv_pos_embeddings query_pre_attn_scalar mamba_d_head mamba_head_dim "
       "decoder_head_dim global_head_dim swa_head_dim",
    16: "q_lora_rank num_mel_bins index_head_dim o_lora_rank attention_head_dim feature_projection_input_dim",
    1: "n_group topk_group n_shared_experts num_shared_experts first_k_dense_replace bos_token_id num_hidden_groups "
       "mamba_n_groups moe_layer_start_index moe_num_shared_experts num_dense_layers",
    0: "pad_token_id",
}  # fmt: skip
SIZES = {name: size for size, names in _SIZES.items() for name in names.split()}
LISTS: dict[str, Any] = {"conv_dim": (32, 32), "conv_kernel": (3, 3), "conv_stride": (2, 2), "mrope_section": [2, 1, 1]}
DEPTHS = ("num_hidden_layers", "n_layer", "n_layers", "num_layers", "encoder_layers", "decoder_layers")


def settings_for(cls: type[PreTrainedConfig], *, layer_types: bool = True) -> dict[str, Any]:
    """Small values for the fields that a configuration has, and for those of its parts."""
    plain = cls()
    fields = plain.to_dict()
    aliases = {alias for alias, name in plain.attribute_map.items() if name in fields}
    stated = {name: fields.get(plain.attribute_map.get(name, name)) for name in sorted({*fields, *aliases})}
    stated = {name: value for name, value in stated.items() if not _follows(cls, name)}
    small: dict[str, Any] = {}
    for name, value in stated.items():
        if name in SIZES and not isinstance(value, (list, tuple, bool, dict)):
            small[name] = SIZES[name]
        elif name in LISTS and isinstance(value, (list, tuple)):
            small[name] = LISTS[name]
        elif name == "rope_parameters" and isinstance(value, dict) and "mrope_section" in value:
            small[name] = {**value, "mrope_section": LISTS["mrope_section"]}
        elif name.endswith("initializer_range") and isinstance(value, float):
            small[name] = 0.02
        elif "drop" in name and isinstance(value, float):
            small[name] = 0.0
    kinds = stated.get("layer_types")
    depth = stated.get("num_hidden_layers")
    if layer_types and isinstance(kinds, list) and kinds:
        different = list(dict.fromkeys(kinds))
        small["layer_types"] = (different * 2)[: max(2, len(different))]
        small["num_hidden_layers"] = len(small["layer_types"])
    for name, value in stated.items():
        if isinstance(value, list) and len(value) == depth and name not in small and "num_hidden_layers" in small:
            small[name] = value[: small["num_hidden_layers"]]
    for name in {*cls.sub_configs}:
        part = getattr(plain, name, None)
        if isinstance(part, PreTrainedConfig):
            small[name] = settings_for(type(part), layer_types=layer_types)
    for alias, name in plain.attribute_map.items():  # both spellings at once contradict each other
        if alias in small and name in small:
            del small[alias]
    return small


def _follows(cls: type[PreTrainedConfig], name: str) -> bool:
    """Whether a field is made from others and cannot be set."""
    return isinstance(found := getattr(cls, name, None), property) and found.fset is None


def tiny_config(model_type: str) -> PreTrainedConfig:
    """The configuration of an architecture, small and without dropout."""
    cls = CONFIG_MAPPING[model_type]
    settings = settings_for(cls, layer_types=not without_layer_types(model_type))
    changes = EXCEPTIONS.get(model_type, {})
    if callable(changes):
        return changes(cls, settings)
    for name, value in changes.items():
        if isinstance(value, dict) and isinstance(settings.get(name), dict):
            settings[name].update(value)
        else:
            settings[name] = value
    if isinstance(kinds := settings.get("layer_types"), list) and "num_hidden_layers" in settings:
        settings["num_hidden_layers"] = len(kinds)
    return cls(**settings)


def tiny_model(model_type: str, implementation: str | None = None) -> PreTrainedModel:
    """A random model without a task head, in evaluation mode, with sharp attention; the same weights each time.

    Args:
        model_type: transformers' name of the architecture.
        implementation: Which attention it shall use; None is its own choice.

    Raises:
        ValueError: it did not become small.
    """
    config = tiny_config(model_type)
    with torch.device("meta"):
        count = sum(weight.numel() for weight in AutoModel.from_config(copy.deepcopy(config)).parameters())
    if count > MOST_PARAMETERS:
        raise ValueError(f"not small: {count:,} parameters")
    torch.manual_seed(0)
    wanted = {} if implementation is None else {"attn_implementation": implementation}
    model: PreTrainedModel = AutoModel.from_config(config, **wanted).eval()
    sharpen(model)
    return model


@torch.no_grad()
def sharpen(model: PreTrainedModel, gain: float = 4.0) -> None:
    """Make its attention uneven: as models start, it is so even that a mistake would hardly show."""
    for name, weight in model.named_parameters():
        if not weight.is_floating_point():
            continue
        if name.endswith("weight") and weight.dim() == 1 and not weight.any():
            weight.fill_(1.0)  # of a normalization that starts as nothing
        if "norm" in name.lower():
            continue
        if weight.dim() <= 1:
            weight.add_(torch.randn_like(weight) * 0.3)
        elif weight.dim() in (2, 4):
            weight.mul_(gain)
