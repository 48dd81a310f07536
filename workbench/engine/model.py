"""The from-scratch family: one base model in three layouts, and one class per task on top.

Stacks carry their own names: ``model.encoder`` and ``model.decoder``; an encoder has ``self_attn`` modules only, a decoder
with a memory also ``cross_attn``. So the dotted name of an attention module tells where it stands.
"""

from __future__ import annotations

from typing import Any, ClassVar, cast

import torch
from torch import Tensor, nn
from torch.nn import functional as F
from transformers import GenerationMixin
from transformers.cache_utils import Cache
from transformers.modeling_outputs import (
    BaseModelOutputWithPastAndCrossAttentions,
    CausalLMOutputWithPast,
    MaskedLMOutput,
    QuestionAnsweringModelOutput,
    Seq2SeqLMOutput,
    Seq2SeqModelOutput,
    SequenceClassifierOutput,
    TokenClassifierOutput,
)
from transformers.modeling_utils import slice_logits_to_keep
from transformers.utils.generic import can_return_tuple

from workbench.contracts.errors import WorkbenchError
from workbench.engine.config import BOS, PAD, WorkbenchConfig
from workbench.engine.dropout import dropout
from workbench.engine.stack import WorkbenchPreTrainedModel, WorkbenchStack, typed

Encoded = BaseModelOutputWithPastAndCrossAttentions
# In this file **kwargs: Any stands for flags that transformers passes down to the attention function and the loss.


class WorkbenchModel(WorkbenchPreTrainedModel):
    """The stacks without a head: an encoder, a decoder, or an encoder whose output a decoder looks at."""

    def __init__(self, config: WorkbenchConfig) -> None:
        super().__init__(config)
        both = config.layout == "encoder-decoder"
        if config.layout != "decoder":
            self.encoder = WorkbenchStack(config, is_causal=False)
        if config.layout != "encoder":
            self.decoder = WorkbenchStack(config, is_causal=True, has_memory=both)
        if both:
            self._tied_weights_keys = {"decoder.embed_tokens.weight": "encoder.embed_tokens.weight"}
        self.post_init()

    def get_input_embeddings(self) -> nn.Module:
        """The token embeddings."""
        stack: WorkbenchStack = self.decoder if self.config.layout == "decoder" else self.encoder
        return stack.embed_tokens

    def set_input_embeddings(self, value: nn.Module) -> None:
        """Replace the token embeddings of all stacks."""
        for stack in (self._modules.get("encoder"), self._modules.get("decoder")):
            if stack is not None:
                stack.embed_tokens = value

    @typed(can_return_tuple)
    def forward(
        self,
        input_ids: Tensor | None = None,
        attention_mask: Tensor | None = None,
        decoder_input_ids: Tensor | None = None,
        decoder_attention_mask: Tensor | None = None,
        encoder_outputs: Encoded | None = None,
        inputs_embeds: Tensor | None = None,
        decoder_inputs_embeds: Tensor | None = None,
        **kwargs: Any,
    ) -> Encoded | Seq2SeqModelOutput:
        """Hidden states of the layout's last stack, (B, T, D); see `WorkbenchStack.forward` for the arguments."""
        if self.config.layout != "encoder-decoder":
            stack = self.encoder if self.config.layout == "encoder" else self.decoder
            alone: Encoded = stack(input_ids, attention_mask, inputs_embeds=inputs_embeds, **kwargs)
            return alone
        own = {name: kwargs.pop(name, None) for name in ("past_key_values", "use_cache", "position_ids")}
        own["position_ids"] = kwargs.pop("decoder_position_ids", None)
        if encoder_outputs is None:
            encoder_outputs = cast(Encoded, self.encoder(input_ids, attention_mask, inputs_embeds=inputs_embeds, **kwargs))
        decoded = self.decoder(
            decoder_input_ids,
            decoder_attention_mask,
            inputs_embeds=decoder_inputs_embeds,
            encoder_hidden_states=encoder_outputs.last_hidden_state,
            encoder_attention_mask=attention_mask,
            **own,
            **kwargs,
        )
        return Seq2SeqModelOutput(
            last_hidden_state=decoded.last_hidden_state,
            past_key_values=decoded.past_key_values,
            decoder_hidden_states=decoded.hidden_states,
            decoder_attentions=decoded.attentions,
            cross_attentions=decoded.cross_attentions,
            encoder_last_hidden_state=encoder_outputs.last_hidden_state,
            encoder_hidden_states=encoder_outputs.hidden_states,
            encoder_attentions=encoder_outputs.attentions,
        )


class WorkbenchTaskModel(WorkbenchPreTrainedModel):
    """A base model with a head for one task; ``layout`` says which stacks the task needs."""

    layout: ClassVar[str]

    def __init__(self, config: WorkbenchConfig) -> None:
        if config.layout != self.layout:
            raise WorkbenchError(
                f"{type(self).__name__} needs the layout {self.layout}, and this model's is {config.layout}",
                where="layout",
                mend="Open the model with the class it was saved as.",
            )
        super().__init__(config)
        self.model = WorkbenchModel(config)


class WorkbenchForSequenceClassification(WorkbenchTaskModel):
    """A class per text, or several ("multi_label_classification"), or a number ("regression"), as ``problem_type`` says."""

    layout = "encoder"

    def __init__(self, config: WorkbenchConfig) -> None:
        super().__init__(config)
        self.num_labels: int = config.num_labels or 1
        self.classifier = nn.Linear(config.hidden_size, self.num_labels)
        self.post_init()

    @typed(can_return_tuple)
    def forward(
        self, input_ids: Tensor | None = None, attention_mask: Tensor | None = None, labels: Tensor | None = None, **kwargs: Any
    ) -> SequenceClassifierOutput:
        """Logits (B, classes); labels (B,) whole numbers, or numbers to predict, give the loss."""
        out = self.model(input_ids, attention_mask, **kwargs)
        pooled = pool(out.last_hidden_state, attention_mask, self.config.pooling)  # (B, D)
        logits = self.classifier(dropout(pooled, self.config.dropout, self.training))  # (B, classes)
        loss = None if labels is None else self.loss_function(labels=labels, pooled_logits=logits, config=self.config, **kwargs)
        return SequenceClassifierOutput(loss=loss, logits=logits, hidden_states=out.hidden_states, attentions=out.attentions)


class WorkbenchForTokenClassification(WorkbenchTaskModel):
    """A tag per token."""

    layout = "encoder"

    def __init__(self, config: WorkbenchConfig) -> None:
        super().__init__(config)
        self.num_labels: int = config.num_labels or 1
        self.classifier = nn.Linear(config.hidden_size, self.num_labels)
        self.post_init()

    @typed(can_return_tuple)
    def forward(
        self, input_ids: Tensor | None = None, attention_mask: Tensor | None = None, labels: Tensor | None = None, **kwargs: Any
    ) -> TokenClassifierOutput:
        """Logits (B, T, tags); labels (B, T), -100 where there is nothing to predict, give the loss."""
        out = self.model(input_ids, attention_mask, **kwargs)
        logits = self.classifier(dropout(out.last_hidden_state, self.config.dropout, self.training))  # (B, T, tags)
        loss = None if labels is None else self.loss_function(logits, labels, self.config, **kwargs)
        return TokenClassifierOutput(loss=loss, logits=logits, hidden_states=out.hidden_states, attentions=out.attentions)


class WorkbenchForQuestionAnswering(WorkbenchTaskModel):
    """The stretch of a passage that answers a question: where it begins and where it ends."""

    layout = "encoder"

    def __init__(self, config: WorkbenchConfig) -> None:
        super().__init__(config)
        self.qa_outputs = nn.Linear(config.hidden_size, 2)
        self.post_init()

    @typed(can_return_tuple)
    def forward(
        self,
        input_ids: Tensor | None = None,
        attention_mask: Tensor | None = None,
        start_positions: Tensor | None = None,
        end_positions: Tensor | None = None,
        **kwargs: Any,
    ) -> QuestionAnsweringModelOutput:
        """Logits of the first and of the last token, each (B, T); positions (B,) of both give the loss."""
        out = self.model(input_ids, attention_mask, **kwargs)
        logits = self.qa_outputs(dropout(out.last_hidden_state, self.config.dropout, self.training))  # (B, T, 2)
        start, end = logits[..., 0], logits[..., 1]
        loss = None
        if start_positions is not None and end_positions is not None:
            loss = self.loss_function(start, end, start_positions, end_positions, **kwargs)
        return QuestionAnsweringModelOutput(
            loss=loss, start_logits=start, end_logits=end, hidden_states=out.hidden_states, attentions=out.attentions
        )


class WorkbenchForMaskedLM(WorkbenchTaskModel):
    """Guesses hidden tokens."""

    layout = "encoder"

    def __init__(self, config: WorkbenchConfig) -> None:
        super().__init__(config)
        self.lm_head = nn.Linear(config.hidden_size, config.vocab_size)
        self._tied_weights_keys = {"lm_head.weight": "model.encoder.embed_tokens.weight"}
        self.post_init()

    @typed(can_return_tuple)
    def forward(
        self, input_ids: Tensor | None = None, attention_mask: Tensor | None = None, labels: Tensor | None = None, **kwargs: Any
    ) -> MaskedLMOutput:
        """Logits (B, T, V); labels (B, T), -100 where nothing was hidden, give the loss."""
        out = self.model(input_ids, attention_mask, **kwargs)
        logits = self.lm_head(out.last_hidden_state)  # (B, T, V)
        loss = None if labels is None else self.loss_function(logits, labels, self.config.vocab_size, **kwargs)
        return MaskedLMOutput(loss=loss, logits=logits, hidden_states=out.hidden_states, attentions=out.attentions)


class WorkbenchForCausalLM(WorkbenchTaskModel, GenerationMixin):
    """Continues a text, token by token."""

    layout = "decoder"

    def __init__(self, config: WorkbenchConfig) -> None:
        super().__init__(config)
        self.lm_head = nn.Linear(config.hidden_size, config.vocab_size)
        self._tied_weights_keys = {"lm_head.weight": "model.decoder.embed_tokens.weight"}
        self.post_init()

    @typed(can_return_tuple)
    def forward(
        self,
        input_ids: Tensor | None = None,
        attention_mask: Tensor | None = None,
        position_ids: Tensor | None = None,
        past_key_values: Cache | None = None,
        inputs_embeds: Tensor | None = None,
        labels: Tensor | None = None,
        use_cache: bool | None = None,
        logits_to_keep: int | Tensor = 0,
        **kwargs: Any,
    ) -> CausalLMOutputWithPast:
        """Logits (B, T, V) for the token after each; labels are the input_ids themselves, shifted here."""
        out = self.model(
            input_ids,
            attention_mask,
            position_ids=position_ids,
            past_key_values=past_key_values,
            inputs_embeds=inputs_embeds,
            use_cache=use_cache,
            **kwargs,
        )
        logits = self.lm_head(slice_logits_to_keep(out.last_hidden_state, logits_to_keep))  # (B, T, V)
        loss = None if labels is None else self.loss_function(logits, labels, self.config.vocab_size, **kwargs)
        return CausalLMOutputWithPast(
            loss=loss,
            logits=logits,
            past_key_values=out.past_key_values,
            hidden_states=out.hidden_states,
            attentions=out.attentions,
        )


class WorkbenchForConditionalGeneration(WorkbenchTaskModel, GenerationMixin):
    """Reads one sequence and writes another."""

    layout = "encoder-decoder"

    def __init__(self, config: WorkbenchConfig) -> None:
        super().__init__(config)
        self.lm_head = nn.Linear(config.hidden_size, config.vocab_size)
        self._tied_weights_keys = {"lm_head.weight": "model.encoder.embed_tokens.weight"}
        self.post_init()

    def prepare_decoder_input_ids_from_labels(self, labels: Tensor) -> Tensor:
        """What the decoder reads while it learns to write `labels` (B, T): the same, one place later, after the start token."""
        start = labels.new_full((labels.shape[0], 1), self.config.decoder_start_token_id or BOS)
        shifted = torch.cat((start, labels[:, :-1]), dim=1)
        return shifted.masked_fill(shifted == -100, self.config.pad_token_id or PAD)

    @typed(can_return_tuple)
    def forward(
        self,
        input_ids: Tensor | None = None,
        attention_mask: Tensor | None = None,
        decoder_input_ids: Tensor | None = None,
        decoder_attention_mask: Tensor | None = None,
        encoder_outputs: Encoded | None = None,
        past_key_values: Cache | None = None,
        labels: Tensor | None = None,
        use_cache: bool | None = None,
        num_items_in_batch: Tensor | int | None = None,
        **kwargs: Any,
    ) -> Seq2SeqLMOutput:
        """Logits (B, T, V) for the token after each decoder input; labels (B, T), -100 for padding, give the loss."""
        if decoder_input_ids is None and labels is not None and "decoder_inputs_embeds" not in kwargs:
            decoder_input_ids = self.prepare_decoder_input_ids_from_labels(labels)
        out = self.model(
            input_ids,
            attention_mask,
            decoder_input_ids,
            decoder_attention_mask,
            encoder_outputs,
            past_key_values=past_key_values,
            use_cache=use_cache,
            **kwargs,
        )
        logits = self.lm_head(out.last_hidden_state)  # (B, T, V)
        loss = None
        if labels is not None:
            loss = F.cross_entropy(logits.flatten(0, 1).float(), labels.flatten(), reduction="sum")
            loss = loss / ((labels != -100).sum() if num_items_in_batch is None else num_items_in_batch)
        return Seq2SeqLMOutput(
            loss=loss,
            logits=logits,
            past_key_values=out.past_key_values,
            decoder_hidden_states=out.decoder_hidden_states,
            decoder_attentions=out.decoder_attentions,
            cross_attentions=out.cross_attentions,
            encoder_last_hidden_state=out.encoder_last_hidden_state,
            encoder_hidden_states=out.encoder_hidden_states,
            encoder_attentions=out.encoder_attentions,
        )


def pool(hidden_states: Tensor, attention_mask: Tensor | None, how: str) -> Tensor:
    """One vector per text from one per token: their mean, the first, or the largest value of each dimension.

    Args:
        hidden_states: (B, T, D).
        attention_mask: (B, T), 0 for padding, which is left out; None when there is none.
        how: "mean", "first" or "max".

    Returns:
        (B, D).
    """
    if attention_mask is None:
        attention_mask = hidden_states.new_ones(hidden_states.shape[:2])
    real = attention_mask.bool()  # (B, T)
    if how == "first":
        rows = torch.arange(len(hidden_states), device=hidden_states.device)
        return hidden_states[rows, real.int().argmax(dim=1)]
    if how == "max":
        largest = hidden_states.masked_fill(~real[..., None], torch.finfo(hidden_states.dtype).min).amax(dim=1)
        return largest.masked_fill(~real.any(dim=1, keepdim=True), 0.0)  # a text of padding alone
    weights = real.to(hidden_states.dtype)  # (B, T)
    weights = weights / weights.sum(dim=1, keepdim=True).clamp(min=1)
    return torch.bmm(weights[:, None], hidden_states)[:, 0]


MODEL_OF_TASK: dict[str, type[WorkbenchTaskModel]] = {
    "text-classification": WorkbenchForSequenceClassification,
    "multi-label": WorkbenchForSequenceClassification,
    "regression": WorkbenchForSequenceClassification,
    "pair-classification": WorkbenchForSequenceClassification,
    "pair-regression": WorkbenchForSequenceClassification,
    "question-answering": WorkbenchForQuestionAnswering,
    "token-classification": WorkbenchForTokenClassification,
    "masked-lm": WorkbenchForMaskedLM,
    "causal-lm": WorkbenchForCausalLM,
    "seq2seq": WorkbenchForConditionalGeneration,
}


def build_model(task: str, config: WorkbenchConfig) -> WorkbenchTaskModel:
    """A model for a task with fresh weights, which depend on nothing but torch's seed at this moment."""
    return MODEL_OF_TASK[task](config)
