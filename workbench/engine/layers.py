"""The parts of a transformer block: attention, feed-forward, and the block that joins them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional as F
from transformers.cache_utils import Cache, EncoderDecoderCache
from transformers.modeling_layers import GradientCheckpointingLayer
from transformers.modeling_utils import ALL_ATTENTION_FUNCTIONS

from workbench.engine.config import WorkbenchConfig
from workbench.engine.dropout import dropout as drop
from workbench.engine.positions import rotate

ACTIVATIONS: dict[str, Callable[[Tensor], Tensor]] = {"relu": F.relu, "gelu": F.gelu, "tanh": torch.tanh, "swiglu": F.silu}


def eager_attention_forward(
    module: nn.Module,
    query: Tensor,
    key: Tensor,
    value: Tensor,
    attention_mask: Tensor | None,
    scaling: float = 1.0,
    dropout: float = 0.0,
    position_bias: Tensor | None = None,
    **kwargs: Any,  # Any: transformers passes flags of other implementations through
) -> tuple[Tensor, Tensor]:
    """softmax(query·keyᵀ·scaling + position_bias + mask)·value, written out.

    Args:
        module: The attention module that asks; only its training flag is read.
        query: (B, H, Q, head_dim).
        key: (B, H, K, head_dim).
        value: (B, H, K, head_dim).
        attention_mask: (B, 1, Q, K), float to be added or bool (True: may look); None shows everything.
        scaling: Factor of the scores, 1/√head_dim as a rule.
        dropout: Share of the weights switched off.
        position_bias: (1, H, Q, K), added to the scores.
        **kwargs: Ignored.

    Returns:
        The heads' outputs (B, Q, H, head_dim) and the weights (B, H, Q, K).
    """
    scores = torch.matmul(query, key.transpose(2, 3)) * scaling  # (B, H, Q, K)
    if position_bias is not None:
        scores = scores + position_bias
    if attention_mask is not None:
        if attention_mask.dtype == torch.bool:
            scores = scores.masked_fill(~attention_mask, torch.finfo(scores.dtype).min)
        else:
            scores = scores + attention_mask
    weights = F.softmax(scores, dim=-1, dtype=torch.float32).to(query.dtype)  # (B, H, Q, K)
    weights = F.dropout(weights, dropout, module.training)
    return torch.matmul(weights, value).transpose(1, 2), weights


def own_cache(cache: Cache) -> Cache:
    """The part of a cache that holds a decoder's own tokens."""
    return cache.self_attention_cache if isinstance(cache, EncoderDecoderCache) else cache


class WorkbenchAttention(nn.Module):
    """Multi-head attention, over its own input or over an encoder's output (the memory).

    ``layer_idx`` is None where one module serves all layers; the layer's number then comes with each call.
    """

    def __init__(
        self, config: WorkbenchConfig, *, layer_idx: int | None, is_causal: bool, is_cross_attention: bool = False
    ) -> None:
        super().__init__()
        self.config = config
        self.layer_idx = layer_idx
        self.is_causal = is_causal
        self.is_cross_attention = is_cross_attention
        self.head_dim = config.head_dim
        self.scaling = self.head_dim**-0.5 if config.scale else 1.0
        self.dropout = config.attention_dropout
        width = config.hidden_size
        self.q_proj = nn.Linear(width, width)
        self.k_proj = nn.Linear(width, width)
        self.v_proj = nn.Linear(width, width)
        self.o_proj = nn.Linear(width, width)

    def forward(
        self,
        hidden_states: Tensor,
        attention_mask: Tensor | None = None,
        memory: Tensor | None = None,
        position_bias: Tensor | None = None,
        *,
        rotary: tuple[Tensor, Tensor] | None = None,
        past_key_values: Cache | None = None,
        layer_idx: int,
        **kwargs: Any,  # Any: flags for the attention function, passed through
    ) -> tuple[Tensor, Tensor | None]:
        """Look, and mix what was seen.

        Args:
            hidden_states: (B, Q, D), what asks.
            attention_mask: (B, 1, Q, K), or None when everything may be seen (under ``is_causal``: everything before).
            memory: (B, K, D), what is looked at in cross-attention.
            position_bias: (1, H, Q, K), added to the scores.
            rotary: Cosines and sines for query and key.
            past_key_values: Keys and values of earlier tokens.
            layer_idx: Number of the layer, also where one module serves several.
            **kwargs: Handed to the attention function.

        Returns:
            (B, Q, D), and the weights (B, H, Q, K) where the attention function gives them.
        """
        query = self._heads(self.q_proj(hidden_states))  # (B, H, Q, head_dim)
        if self.is_cross_attention:
            assert memory is not None
            key, value = self._memory(memory, past_key_values, layer_idx)  # (B, H, K, head_dim)
        else:
            key, value = self._heads(self.k_proj(hidden_states)), self._heads(self.v_proj(hidden_states))
            if rotary is not None:
                query, key = rotate(query, *rotary), rotate(key, *rotary)
            if past_key_values is not None:
                key, value = own_cache(past_key_values).update(key, value, layer_idx)
        if position_bias is not None:
            position_bias = position_bias.to(query.dtype)  # under autocast queries are narrower than the bias
        attend = ALL_ATTENTION_FUNCTIONS.get_interface(self.config._attn_implementation, eager_attention_forward)
        output, weights = attend(
            self,
            query,
            key,
            value,
            attention_mask,
            dropout=self.dropout if self.training else 0.0,
            scaling=self.scaling,
            is_causal=self.is_causal,
            position_bias=position_bias,
            layer_idx=layer_idx,
            **kwargs,
        )  # (B, Q, H, head_dim)
        return self.o_proj(output.flatten(2)), weights

    def _heads(self, states: Tensor) -> Tensor:
        return states.view(*states.shape[:-1], -1, self.head_dim).transpose(1, 2)  # (B, T, D) → (B, H, T, head_dim)

    def _memory(self, memory: Tensor, cache: Cache | None, layer_idx: int) -> tuple[Tensor, Tensor]:
        """Keys and values of the encoder's output; while generating they are computed once and kept."""
        if not isinstance(cache, EncoderDecoderCache):
            return self._heads(self.k_proj(memory)), self._heads(self.v_proj(memory))
        if not cache.is_updated.get(layer_idx):
            cache.is_updated[layer_idx] = True
            key, value = self._heads(self.k_proj(memory)), self._heads(self.v_proj(memory))
            return cache.cross_attention_cache.update(key, value, layer_idx)
        kept = cache.cross_attention_cache.layers[layer_idx]
        return kept.keys, kept.values  # type: ignore[union-attr, return-value]  # filled by the branch above


class WorkbenchFeedForward(nn.Module):
    """Two linear maps with a non-linearity between; SwiGLU has a third that gates (Shazeer 2020, arXiv:2002.05202)."""

    def __init__(self, config: WorkbenchConfig) -> None:
        super().__init__()
        self.activation = ACTIVATIONS[config.hidden_act]
        gated = config.hidden_act == "swiglu"
        self.gate_proj = nn.Linear(config.hidden_size, config.intermediate_size) if gated else None
        self.up_proj = nn.Linear(config.hidden_size, config.intermediate_size)
        self.down_proj = nn.Linear(config.intermediate_size, config.hidden_size)

    def forward(self, hidden_states: Tensor) -> Tensor:
        """(B, T, D) → (B, T, D)."""
        hidden = self.up_proj(hidden_states)  # (B, T, d_ff)
        hidden = self.activation(hidden) if self.gate_proj is None else self.activation(self.gate_proj(hidden_states)) * hidden
        down: Tensor = self.down_proj(hidden)
        return down


def make_norm(config: WorkbenchConfig) -> nn.Module:
    """LayerNorm, or RMSNorm (Zhang & Sennrich 2019, arXiv:1910.07467)."""
    kind = nn.LayerNorm if config.norm == "layernorm" else nn.RMSNorm
    return kind(config.hidden_size, eps=config.norm_eps)


class WorkbenchLayer(GradientCheckpointingLayer):
    """One block: self-attention, cross-attention where there is a memory, feed-forward.

    Each sublayer f is wrapped as ``x + f(norm(x))`` (pre) or ``norm(x + f(x))`` (post); with the residual off the ``x +`` is
    left out. Pre is the steadier to train, post the original (Xiong et al. 2020, arXiv:2002.04745).
    """

    def __init__(self, config: WorkbenchConfig, *, layer_idx: int | None, is_causal: bool, has_memory: bool) -> None:
        super().__init__()
        self.pre_norm = config.norm_placement == "pre"
        self.residual = config.residual
        self.dropout = config.dropout
        self.self_attn = WorkbenchAttention(config, layer_idx=layer_idx, is_causal=is_causal)
        self.self_attn_norm = make_norm(config)
        if has_memory:
            self.cross_attn = WorkbenchAttention(config, layer_idx=layer_idx, is_causal=False, is_cross_attention=True)
            self.cross_attn_norm = make_norm(config)
        self.feed_forward = WorkbenchFeedForward(config)
        self.feed_forward_norm = make_norm(config)

    def forward(
        self,
        hidden_states: Tensor,
        attention_mask: Tensor | None = None,
        memory: Tensor | None = None,
        memory_mask: Tensor | None = None,
        position_bias: Tensor | None = None,
        *,
        rotary: tuple[Tensor, Tensor] | None = None,
        past_key_values: Cache | None = None,
        layer_idx: int,
        **kwargs: Any,  # Any: flags for the attention function, passed through
    ) -> Tensor:
        """(B, T, D) → (B, T, D). What carries gradients is positional: gradient checkpointing may see nothing else."""
        branch, _ = self.self_attn(
            self._enter(hidden_states, self.self_attn_norm),
            attention_mask,
            None,
            position_bias,
            rotary=rotary,
            past_key_values=past_key_values,
            layer_idx=layer_idx,
            **kwargs,
        )
        hidden_states = self._leave(hidden_states, branch, self.self_attn_norm)
        if memory is not None:
            branch, _ = self.cross_attn(
                self._enter(hidden_states, self.cross_attn_norm),
                memory_mask,
                memory,
                past_key_values=past_key_values,
                layer_idx=layer_idx,
                **kwargs,
            )
            hidden_states = self._leave(hidden_states, branch, self.cross_attn_norm)
        branch = self.feed_forward(self._enter(hidden_states, self.feed_forward_norm))
        return self._leave(hidden_states, branch, self.feed_forward_norm)

    def _enter(self, hidden_states: Tensor, norm: nn.Module) -> Tensor:
        return norm(hidden_states) if self.pre_norm else hidden_states

    def _leave(self, hidden_states: Tensor, branch: Tensor, norm: nn.Module) -> Tensor:
        branch = drop(branch, self.dropout, self.training)
        hidden_states = hidden_states + branch if self.residual else branch
        return hidden_states if self.pre_norm else norm(hidden_states)
