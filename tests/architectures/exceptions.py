"""What no rule of `shrinking` covers: fields of a few architectures that must fit each other."""

from __future__ import annotations

from typing import Any

from transformers import PreTrainedConfig

_SLIDING = {"layer_types": ["sliding_attention", "full_attention", "sliding_attention"]}
_PYRAMID = {"hidden_sizes": [8, 16, 16, 32], "num_attention_heads": [1, 2, 2, 2], "depths": [1, 1, 1, 1]}
_SWIN = {"embed_dim": 16, "depths": [1, 2], "num_heads": [2, 4], "window_size": 2, "patch_size": 4}
_EQUAL_HEADS = {"num_key_value_heads": 4}
_THREE_AXES = {"rope_parameters": {"rope_type": "default", "rope_theta": 10000.0, "mrope_section": [2, 1, 1]}}


def _gemma_pair(cls: type[PreTrainedConfig], settings: dict[str, Any]) -> PreTrainedConfig:
    """Encoder and decoder are written out in full."""
    from transformers import T5GemmaModuleConfig

    part = {name: value for name, value in settings["encoder"].items() if name != "attention_dropout"}
    part |= {"num_hidden_layers": 2, "layer_types": ["sliding_attention", "full_attention"]}
    return cls(encoder=T5GemmaModuleConfig(**part), decoder=T5GemmaModuleConfig(**part), vocab_size=99)


def _funnel(cls: type[PreTrainedConfig], settings: dict[str, Any]) -> PreTrainedConfig:
    settings.pop("num_hidden_layers", None)  # follows from the blocks
    config = cls(**{**settings, "block_sizes": [1, 2], "num_decoder_layers": 1})
    config.architectures = ["FunnelModel"]
    return config


EXCEPTIONS: dict[str, Any] = {  # Any: settings, or a function that makes the configuration
    "longformer": {"attention_window": [4, 4, 4]},
    "led": {"attention_window": [4, 4]},
    "big_bird": {"attention_type": "original_full"},
    "bigbird_pegasus": {"attention_type": "original_full"},
    "pegasus_x": {"block_size": 4, "num_global_tokens": 2},
    "longt5": {"encoder_attention_type": "local", "local_radius": 4},
    "funnel": _funnel,
    "t5gemma": _gemma_pair,
    "modernbert": {"local_attention": 4, "global_attn_every_n_layers": 2},
    "gpt_neo": {"attention_types": [[["global", "local", "global"], 1]]},
    "phi": _EQUAL_HEADS,
    "falcon": _EQUAL_HEADS | {"num_kv_heads": 4},
    "deepseek_v2": _EQUAL_HEADS | {"num_experts_per_tok": 2},
    "deepseek_v3": _EQUAL_HEADS,
    "deepseek_v32": _EQUAL_HEADS,
    "glm_moe_dsa": _EQUAL_HEADS,
    "mobilebert": {"embedding_size": 32},
    "xlnet": {"d_head": 8},
    "swin": _SWIN,
    "swinv2": _SWIN,
    "hiera": {
        "num_query_pool": 1, "embed_dim": 16, "depths": [1, 1], "num_heads": [1, 2], "image_size": [64, 64],
        "masked_unit_size": [4, 4], "patch_size": [7, 7],
    },
    "pvt": _PYRAMID | {"image_size": 64},
    "segformer": _PYRAMID,
    "esm": {"mask_token_id": 3, "position_embedding_type": "rotary"},
    "gemma2": _SLIDING,
    "gemma3_text": _SLIDING,
    "gpt_oss": _SLIDING,
    "cohere2": _SLIDING,
    "exaone4": _SLIDING,
    "olmo3": _SLIDING,
    "fsmt": {"langs": ["en", "de"], "src_vocab_size": 99, "tgt_vocab_size": 99},
    "wav2vec2-bert": {
        "position_embeddings_type": "relative_key", "left_max_position_embeddings": 8, "right_max_position_embeddings": 8,
        "conv_depthwise_kernel_size": 3,
    },
    "audio-spectrogram-transformer": {"max_length": 32, "patch_size": 4, "frequency_stride": 4, "time_stride": 4},
    "whisper": {"max_source_positions": 20},
    "wav2vec2-conformer": {"conv_depthwise_kernel_size": 3, "position_embeddings_type": "relative"},
    "speech_to_text": {
        "input_feat_per_channel": 16, "conv_channels": 32, "conv_kernel_sizes": [3, 3], "num_conv_layers": 2,
    },
    "dbrx": {
        "attn_config": {"kv_n_heads": 2, "clip_qkv": 8, "rope_theta": 10000.0},
        "ffn_config": {"ffn_hidden_size": 64, "moe_num_experts": 4, "moe_top_k": 2},
    },
    "zamba2": {
        "layer_types": ["mamba", "hybrid", "mamba"], "hybrid_layer_ids": [1], "num_mem_blocks": 1, "mamba_expand": 2,
        "mamba_ngroups": 1, "use_mem_rope": False,
        "mamba_headdim": 16, "attention_hidden_size": 64,
    },
    "canine": {"downsampling_rate": 2, "local_transformer_stride": 4},
    "mpt": {"expansion_ratio": 2, "attn_config": {"attn_pdrop": 0, "alibi": True}},
    "qwen3_next": {"layer_types": ["full_attention", "linear_attention", "full_attention"]},
    "minimax": {"layer_types": ["full_attention", "linear_attention", "full_attention"]},
    "jamba": {"attn_layer_period": 2, "attn_layer_offset": 1, "use_mamba_kernels": False},
    "llama4_text": {
        "layer_types": ["chunked_attention", "full_attention", "chunked_attention"], "no_rope_layers": [1, 0, 1],
    },
    "recurrent_gemma": {"block_types": ["recurrent", "attention"]},
    "lfm2": {"layer_types": ["full_attention", "conv", "full_attention"], "block_multiple_of": 8},
    "nllb-moe": {"encoder_sparse_step": 2, "decoder_sparse_step": 2, "expert_capacity": 16},
    "poolformer": {"hidden_sizes": [8, 16, 16, 32], "depths": [1, 1, 1, 1]},
    **dict.fromkeys(
        ("minicpm3", "axk1", "axk2", "bailing_hybrid", "glm4_moe_lite", "kimi_linear", "longcat_flash", "mistral_large4_text",
         "youtu", "esmc"), _EQUAL_HEADS,
    ),
    "granitemoehybrid": {"mamba_d_head": 16},
    **dict.fromkeys(("qwen2_vl_text", "qwen2_5_vl_text", "glm4v_text", "glm_ocr_text", "glm_image_text"), _THREE_AXES),
    "mistral4": _EQUAL_HEADS | {"head_dim": 16},
    "lfm2_moe": {"layer_types": ["full_attention", "conv", "full_attention"]},
    "lilt": {"hidden_size": 48},
    "layoutlmv3": {"coordinate_size": 6, "shape_size": 4},
    "bamba": {"mamba_d_head": 16, "attn_layer_indices": [1]},
    "falcon_h1": {"mamba_d_ssm": 32},
    "gemma3n_text": {"num_kv_shared_layers": 0},
    "roc_bert": {
        "pronunciation_vocab_size": 99, "shape_vocab_size": 99, "shape_embed_dim": 32, "pronunciation_embed_dim": 32,
    },
    "xmod": {"default_language": "en_XX"},
    "reformer": {"axial_pos_embds": False},
    "levit": {
        "hidden_sizes": [16, 24, 32], "num_attention_heads": [2, 2, 2], "depths": [1, 1, 1], "key_dim": [8, 8, 8],
        "image_size": 224, "patch_size": 16,
    },
    "cvt": {"embed_dim": [8, 16, 32], "num_heads": [1, 2, 4], "depth": [1, 1, 2], "drop_path_rate": [0.0, 0.0, 0.0]},
    "donut-swin": _SWIN,
    "maskformer-swin": _SWIN,
    "pvt_v2": {"hidden_sizes": [8, 16, 16, 32], "num_attention_heads": [1, 2, 2, 2], "depths": [1, 1, 1, 1], "image_size": 64},
    "glpn": _PYRAMID,
    "zaya": {"num_experts_per_tok": 1},
    "luke": {"entity_vocab_size": 10},
}  # fmt: skip


def without_layer_types(model_type: str) -> bool:
    """Whether the kinds of its layers follow from other fields."""
    return model_type in {"zamba2", "recurrent_gemma"}
