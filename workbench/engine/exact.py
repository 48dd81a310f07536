"""Attention written out: the scores, weights and output of one call, for the heads, queries and examples that are asked for.

Scaled dot-product attention (Vaswani et al. 2017, eq. 1) with what today's models add to it: grouped queries (Ainslie et
al. 2023), additive position biases (Raffel et al. 2020), capped scores (Gemma 2) and attention sinks (gpt-oss).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from workbench.contracts.errors import WorkbenchError
from workbench.engine.interventions import Plan
from workbench.engine.sites import Site

_HARMLESS = """
sliding_window position_ids output_attentions output_hidden_states use_cache deterministic cache_position return_dict layer_idx
output_router_logits interpolate_pos_encoding is_training cu_seq_lens_q cu_seq_lens_k max_length_q max_length_k head_mask bbox
encoder_hidden_states encoder_attention_mask past_key_values past_key_value position_embeddings hidden_shape query_length
logits_to_keep input_ids inputs_embeds token_type_ids labels key_length num_items_in_batch bool_masked_pos decoder_input_ids
decoder_attention_mask output_cross_attentions
"""
HARMLESS = frozenset(_HARMLESS.split())
"""Keyword arguments of transformers' call sites that leave the weights alone once the mask is applied."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Call:
    """One call of the attention function, as a model made it."""

    module: nn.Module
    query: Tensor
    """(batch, head, query, d)"""
    key: Tensor
    """(batch, key head, key, d); query head h reads key head h // (heads / key heads)"""
    value: Tensor
    """(batch, key head, key, d_v)"""
    mask: Tensor | None
    """(batch or 1, head or 1, query or 1, ≥ key): True or 0 where a query may see a key, or what is added to the scores"""
    causal: bool
    """Where there is no mask: whether query i sees only keys 0 … i."""
    scaling: float
    dropout: float = 0.0
    softcap: float | None = None
    position_bias: Tensor | None = None
    """(batch or 1, head or 1, query, ≥ key), added to the scores"""
    sinks: Tensor | None = None
    """(head,): one more score per head, whose weight goes to no key"""
    eager: Callable[..., tuple[Tensor, Tensor | None]] | None = None
    """The model's own attention where it cannot use SDPA; its weights are the truth."""
    extra: dict[str, Any] = field(default_factory=dict)  # Any: whatever the model passed besides
    said_causal: bool | None = None
    """What the model passed as `is_causal`."""
    cross: bool = False
    """Whether the call itself says that queries and keys are of two sequences."""

    @property
    def heads(self) -> int:
        """How many query heads there are."""
        return self.query.shape[1]

    @property
    def batch(self) -> int:
        """How many examples there are."""
        return max(self.query.shape[0], self.key.shape[0])

    def at(self, examples: Sequence[int] | None) -> Call:
        """The call for some of the examples."""
        if examples is None or self.batch == 1:
            return self

        def some(tensor: Tensor) -> Tensor:
            return tensor[list(examples)] if tensor.shape[0] == self.batch else tensor

        return replace(
            self, query=some(self.query), key=some(self.key), value=some(self.value),
            mask=None if self.mask is None else some(self.mask),
            position_bias=None if self.position_bias is None else some(self.position_bias),
        )  # fmt: skip

    def refuse_unknown(self, site: Site) -> None:
        """Refuse to guess where the model passed something that could change the weights.

        Raises:
            WorkbenchError: an argument with a value, of which this function knows nothing.
        """
        unknown = sorted(name for name, value in self.extra.items() if value is not None and name not in HARMLESS)
        if unknown:
            raise WorkbenchError(
                f"the model gives its attention {', '.join(unknown)}, and what that does to the weights is not known",
                where=str(site),
                mend="Look at q, k, v or the output instead, or load the model with attn_implementation='eager'.",
            )


def of_head(tensor: Tensor, call: Call, heads: Sequence[int] | None) -> Tensor:
    """Keys or values (batch, key head, key, d) as the query heads see them: (batch, head, key, d)."""
    share = call.heads // tensor.shape[1]
    if heads is None and share == 1:
        return tensor
    return tensor[:, [head // share for head in (range(call.heads) if heads is None else heads)]]


def _pick(tensor: Tensor, heads: Sequence[int] | None, rows: Sequence[int] | None) -> Tensor:
    """Some heads and query rows of (batch, head or 1, query or 1, …)."""
    if heads is not None and tensor.shape[1] > 1:
        tensor = tensor[:, list(heads)]
    if rows is not None and tensor.shape[2] > 1:
        tensor = tensor[:, :, list(rows)]
    return tensor


def _visible(call: Call, heads: Sequence[int] | None, rows: Sequence[int] | None) -> Tensor | None:
    """The mask over (batch or 1, head or 1, row or 1, key); None where every query sees every key."""
    queries, keys = call.query.shape[2], call.key.shape[2]
    if call.mask is not None:
        return _pick(call.mask[..., :keys], heads, rows)
    if call.causal and queries > 1:
        # Counted from the first key, as SDPA does for is_causal.
        row = torch.arange(queries, device=call.query.device) if rows is None else torch.tensor(rows, device=call.query.device)
        return (torch.arange(keys, device=call.query.device) <= row[:, None])[None, None]
    return None


def attention_scores(
    call: Call, *, heads: Sequence[int] | None = None, rows: Sequence[int] | None = None, plan: Plan | None = None
) -> Tensor:
    """What goes into the softmax: scaled, capped, biased, masked.

    Args:
        call: What the model passed.
        heads: Which heads; None is all. Selected before the product is made, so memory follows what is asked.
        rows: Which queries; None is all.
        plan: Interventions; needs all heads and rows.

    Returns:
        (batch, head, row, key), float32 (or float64 where the model is); -inf where a query may not see a key.
    """
    precise = torch.promote_types(call.query.dtype, torch.float32)
    with torch.autocast(call.query.device.type, enabled=False):
        query = _pick(call.query, heads, rows).to(precise)  # (B, H, R, D)
        key = of_head(call.key, call, heads).to(precise)  # (B, H, K, D)
        scores = query @ key.transpose(-1, -2)  # (B, H, R, K)
        scores = scores * call.scaling if plan is None else plan.scaled(scores, call.scaling)
        if call.softcap is not None:
            scores = torch.tanh(scores / call.softcap) * call.softcap
        hidden = -torch.inf
        if call.position_bias is not None:
            scores = scores + _pick(call.position_bias, heads, rows)[..., : key.shape[2]].to(precise)
            # With a bias, SDPA gets bias and mask as one sum: a row that sees nothing becomes even instead of empty.
            hidden = torch.finfo(call.key.dtype).min
        mask = _visible(call, heads, rows)
        if mask is not None:
            masked = scores.masked_fill(~mask, hidden) if mask.dtype == torch.bool else scores + mask.to(precise)
            seeing = None if plan is None else plan.unmasked(scores)
            scores = masked if seeing is None else torch.where(seeing, scores, masked)
        return scores if plan is None else plan.cooled(scores)


def attention_weights(call: Call, scores: Tensor, heads: Sequence[int] | None = None) -> Tensor:
    """Softmax of the scores over the keys; a query that sees nothing gets zeros, as it does in SDPA.

    Args:
        call: What the model passed; its sinks take their share.
        scores: (batch, head, row, key)
        heads: Which heads the scores are of.
    """
    if call.sinks is not None:
        sinks = call.sinks.reshape(1, -1, 1, 1).to(scores)
        if heads is not None:
            sinks = sinks[:, list(heads)]
        return torch.cat([scores, sinks.expand(*scores.shape[:3], 1)], dim=-1).softmax(-1)[..., :-1]
    if call.mask is None:
        return scores.softmax(-1)
    blind = scores.amax(-1, keepdim=True) == -torch.inf  # (B, H, R, 1)
    return scores.masked_fill(blind, 0.0).softmax(-1).masked_fill(blind, 0.0)


def exact_attention(call: Call, plan: Plan | None = None) -> tuple[Tensor, Tensor, Tensor]:
    """Attention written out, with interventions.

    Returns:
        scores and weights (batch, head, query, key), output (batch, query, head, d_v).
    """
    scores = attention_scores(call, plan=plan)
    weights = attention_weights(call, scores)
    if plan is not None:
        mask = _visible(call, None, None)
        seen = scores.new_ones((), dtype=torch.bool)
        if mask is not None:
            seen = mask if mask.dtype == torch.bool else mask > torch.finfo(mask.dtype).min / 2
            seeing = plan.unmasked(scores)
            seen = seen if seeing is None else seen | seeing
        weights = plan.replaced(weights, seen)
    with torch.autocast(call.query.device.type, enabled=False):
        output = F.dropout(weights, call.dropout, call.dropout > 0) @ of_head(call.value, call, None).to(weights)  # (B, H, Q, Dv)
    return scores, weights, output.transpose(1, 2).contiguous().to(call.value.dtype)
