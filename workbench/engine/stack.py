"""A stack of transformer blocks: tokens in, hidden states out. An encoder is one, a decoder is one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

import torch
from torch import Tensor, nn
from transformers import initialization as init
from transformers.cache_utils import Cache, DynamicCache, EncoderDecoderCache
from transformers.masking_utils import create_bidirectional_mask, create_causal_mask
from transformers.modeling_outputs import BaseModelOutputWithPastAndCrossAttentions
from transformers.modeling_utils import PreTrainedModel
from transformers.utils.output_capturing import OutputRecorder, capture_outputs

from workbench.contracts.errors import WorkbenchError
from workbench.engine.config import WorkbenchConfig
from workbench.engine.dropout import dropout
from workbench.engine.layers import WorkbenchAttention, WorkbenchLayer, make_norm, own_cache
from workbench.engine.positions import alibi_bias, relative_buckets, rotary_angles, sinusoidal

RELATIVE_BUCKETS = 32
EMBEDDING_STD = 0.02


_F = TypeVar("_F", bound=Callable[..., Any])  # Any: a forward method of any signature


def typed(decorator: Any) -> Callable[[_F], _F]:  # Any: transformers' decorators carry no types
    """A decorator of transformers that says what it is: it leaves the signature as it was."""
    return cast(Callable[[_F], _F], decorator)


class WorkbenchPreTrainedModel(PreTrainedModel):
    """What all models of the family share: initialisation, loading and saving."""

    config_class = WorkbenchConfig
    config: WorkbenchConfig
    base_model_prefix = "model"
    supports_gradient_checkpointing = True
    _supports_sdpa = True
    _supports_attention_backend = True
    _no_split_modules = ["WorkbenchLayer"]  # noqa: RUF012  # transformers' own type
    _skip_keys_device_placement = ["past_key_values"]  # noqa: RUF012
    # transformers would search this file's source for the use of its attention interface; a bundled program has no sources
    _can_set_attn_implementation_cached_value = True

    @torch.no_grad()
    def _init_weights(self, module: nn.Module) -> None:
        """Fresh weights whose spread follows the width, so that narrow models learn as readily as wide ones.

        Linear: variance 1 / (3 fan-in), which is 0.02² at BERT's width of 768 and far more at a teaching model's.
        Embeddings: 0.02², small at every width, because AdamW moves all weights by about the same amount per step: a table
        of small numbers is learned sooner (measured on classification, character models and reversal).
        """
        if isinstance(module, nn.Linear):
            init.normal_(module.weight, std=(3 * module.in_features) ** -0.5)
            init.zeros_(module.bias)
        elif isinstance(module, nn.Embedding):
            init.normal_(module.weight, std=EMBEDDING_STD)
        else:
            PreTrainedModel._init_weights(self, module)

    def post_init(self) -> None:
        """Initialise and tie what is new; each class calls it last."""
        PreTrainedModel.post_init(self)


class WorkbenchStack(WorkbenchPreTrainedModel):
    """Embeddings, positions and blocks of an encoder or a decoder.

    Embeddings are multiplied by √D before sinusoidal positions are added (Vaswani et al. 2017, section 3.4), so that neither
    drowns the other.
    """

    _can_record_outputs = {  # noqa: RUF012  # transformers' own type
        "hidden_states": WorkbenchLayer,
        "attentions": OutputRecorder(WorkbenchAttention, index=1, layer_name="self_attn"),
        "cross_attentions": OutputRecorder(WorkbenchAttention, index=1, layer_name="cross_attn"),
    }

    def __init__(self, config: WorkbenchConfig, *, is_causal: bool, has_memory: bool = False) -> None:
        super().__init__(config)
        self.is_causal = is_causal
        self.embed_scale = config.hidden_size**0.5
        self.embed_tokens = nn.Embedding(config.vocab_size, config.hidden_size)
        if config.positions == "learned":
            self.embed_positions = nn.Embedding(config.max_position_embeddings, config.hidden_size)
        if config.positions == "relative":
            self.relative_bias = nn.Embedding(RELATIVE_BUCKETS, config.num_attention_heads)
        indices = [None] if config.share_layers else range(config.num_hidden_layers)
        self.layers = nn.ModuleList(
            WorkbenchLayer(config, layer_idx=index, is_causal=is_causal, has_memory=has_memory) for index in indices
        )
        self.norm = make_norm(config) if config.norm_placement == "pre" else nn.Identity()
        self.post_init()

    @typed(capture_outputs)
    def forward(
        self,
        input_ids: Tensor | None = None,
        attention_mask: Tensor | None = None,
        position_ids: Tensor | None = None,
        past_key_values: Cache | None = None,
        inputs_embeds: Tensor | None = None,
        encoder_hidden_states: Tensor | None = None,
        encoder_attention_mask: Tensor | None = None,
        use_cache: bool | None = None,
        **kwargs: Any,  # Any: flags for the attention function, passed through
    ) -> BaseModelOutputWithPastAndCrossAttentions:
        """Run the blocks.

        Args:
            input_ids: (B, T).
            attention_mask: (B, past + T), 1 for a real token and 0 for padding; None when all are real.
            position_ids: (B, T) places of the tokens, where they are not simply counted from the left.
            past_key_values: What earlier tokens left behind.
            inputs_embeds: (B, T, D) in place of input_ids, before scaling and positions.
            encoder_hidden_states: (B, K, D), the memory that a decoder looks at.
            encoder_attention_mask: (B, K), 1 for a real token of the memory.
            use_cache: Whether to keep keys and values for the next token; off unless asked for.
            **kwargs: Handed to the attention function.

        Raises:
            WorkbenchError: more tokens than there are learned positions.
        """
        if inputs_embeds is None:
            inputs_embeds = self.embed_tokens(input_ids)  # (B, T, D)
        if use_cache and self.is_causal and past_key_values is None:
            past_key_values = DynamicCache(config=self.config)
            if encoder_hidden_states is not None:
                past_key_values = EncoderDecoderCache(past_key_values, DynamicCache(config=self.config))
        cache = None if past_key_values is None else own_cache(past_key_values)
        past = 0 if cache is None else cache.get_seq_length()
        places = torch.arange(inputs_embeds.shape[1], device=inputs_embeds.device) + past  # (T,)
        position_ids = places[None] if position_ids is None else position_ids

        hidden_states = self._embed(inputs_embeds, position_ids, past)
        make_mask = create_causal_mask if self.is_causal else create_bidirectional_mask
        mask = make_mask(
            config=self.config, inputs_embeds=inputs_embeds, attention_mask=attention_mask, past_key_values=cache
        )  # (B, 1, T, past + T), or None: nothing to hide beyond what is_causal says
        memory_mask = None
        if encoder_hidden_states is not None:
            memory_mask = create_bidirectional_mask(
                config=self.config,
                inputs_embeds=inputs_embeds,
                attention_mask=encoder_attention_mask,
                encoder_hidden_states=encoder_hidden_states,
            )  # (B, 1, T, K) or None
        rotary = rotary_angles(position_ids, self.config.head_dim) if self.config.positions == "rotary" else None
        bias = self._bias(places, cache)
        for index in range(self.config.num_hidden_layers):
            hidden_states = self.layers[0 if self.config.share_layers else index](
                hidden_states,
                mask,
                encoder_hidden_states,
                memory_mask,
                bias,
                rotary=rotary,
                past_key_values=past_key_values,
                layer_idx=index,
                **kwargs,
            )
        return BaseModelOutputWithPastAndCrossAttentions(
            last_hidden_state=self.norm(hidden_states), past_key_values=past_key_values
        )

    def _embed(self, inputs_embeds: Tensor, position_ids: Tensor, past: int) -> Tensor:
        kind = self.config.positions
        hidden_states = inputs_embeds
        if kind == "learned":
            longest, length = self.config.max_position_embeddings, past + inputs_embeds.shape[1]
            if length > longest:
                raise WorkbenchError(
                    f"{length} tokens are more than the {longest} positions this model has learned",
                    where="input",
                    mend="Cut the text, or train with a larger max_length or with positions that need no table.",
                )
            hidden_states = hidden_states + self.embed_positions(position_ids)
        hidden_states = hidden_states * self.embed_scale  # (B, T, D)
        if kind == "sinusoidal":
            hidden_states = hidden_states + sinusoidal(position_ids, self.config.hidden_size).to(hidden_states.dtype)
        return dropout(hidden_states, self.config.dropout, self.training)

    def _bias(self, places: Tensor, cache: Cache | None) -> Tensor | None:
        """What the positions add to the scores of self-attention: (1, H, T, past + T) or None."""
        kind = self.config.positions
        if kind not in ("alibi", "relative"):
            return None
        own = places.shape[0]  # len() would fix the length for good when the model is traced for an export
        keys = own if cache is None else cache.get_mask_sizes(own, 0)[0]
        key_places = torch.arange(keys, device=places.device)  # (past + T,)
        if kind == "alibi":
            return alibi_bias(places, key_places, self.config.num_attention_heads)
        offsets = key_places[None, :] - places[:, None]  # (T, past + T)
        buckets = relative_buckets(offsets, bidirectional=not self.is_causal, buckets=RELATIVE_BUCKETS)
        bias: Tensor = self.relative_bias(buckets)  # (T, past + T, H)
        return bias.permute(2, 0, 1)[None]
