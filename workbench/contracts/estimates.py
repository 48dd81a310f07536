"""What a model will cost: parameters by closed form, memory and time as measured."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from workbench.contracts.specs import LAYOUT_OF_TASK, ONE_NUMBER, ModelSpec

RELATIVE_BUCKETS = 32
"""Buckets of relative positions in one stack."""
WRITES = ("seq2seq", "causal-lm", "masked-lm")
"""Tasks whose output layer names a token."""


@dataclass(frozen=True, kw_only=True)
class Parameters:
    """Trainable numbers of a model, by the part they belong to."""

    embeddings: int = 0
    """Token and position tables."""
    attention: int = 0
    feed_forward: int = 0
    norms: int = 0
    output: int = 0
    """The head; what it shares with the embeddings is counted there."""
    other: int = 0
    """What a pretrained model has beside these."""

    @property
    def total(self) -> int:
        return self.embeddings + self.attention + self.feed_forward + self.norms + self.output + self.other


@dataclass(frozen=True, kw_only=True)
class Estimate:
    """What a training will take, from thirty of its own steps or fewer. Times are seconds, sizes bytes."""

    parameters: Parameters
    weight_bytes: int
    training_bytes: int
    """Weights, gradients, the optimiser's memory and the activations of the longest batch: the least that is needed."""
    free_bytes: int
    """Memory the device had left before; 0 where it does not say."""
    seconds_per_step: float
    """Median."""
    seconds_per_step_low: float
    seconds_per_step_high: float
    steps_per_epoch: int
    steps: int
    """Of the whole run, at most."""
    seconds_per_epoch: float
    """Steps alone, as in the totals."""
    seconds_total: float
    seconds_total_low: float
    seconds_total_high: float
    tokens_per_second: float
    device: str
    rehearsed_steps: int
    """How many steps were measured, warm-up not counted."""
    rehearsed_examples: int
    """Examples in each: the batch size, or fewer where whole batches would have taken too long."""
    seconds_scoring: float = 0.0
    """Scoring the validation rows over the whole run, and all rows at its end: measured on some of them."""
    seconds_saving: float = 0.0
    """Saving over the whole run: one save was measured."""
    disk_bytes: int = 0
    """What the run leaves on the disk: two checkpoints, the best weights, the model, and examples too large for memory."""
    disk_bytes_most: int = 0
    """What it takes at most, while it saves: a new checkpoint and new weights stand beside the old ones."""
    training_bytes_most: int = 0
    """With what the arithmetic takes for a moment, as it was seen."""
    film_bytes: int = 0
    """What the film of the run may take beside, at most."""
    free_disk_bytes: int = 0
    """Room where runs are kept; 0 where nobody looked."""
    settled: Mapping[str, Any] = field(default_factory=dict)  # Any: each setting has its own type
    """What settings left open became, by field: ``{"data.vocab_size": 4000}``. `labels` and `vocabulary` are counts."""
    variants: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Some training texts, each with what augmentation makes of it; none where there is no augmentation."""

    @property
    def disk_most(self) -> int:
        """The room a run needs where runs are kept, its film included."""
        return self.disk_bytes_most + self.film_bytes

    @property
    def memory_short(self) -> bool:
        """Whether memory may run out."""
        return 0 < self.free_bytes < max(self.training_bytes, self.training_bytes_most)

    @property
    def disk_short(self) -> bool:
        """Whether the disk may run full."""
        return 0 < self.free_disk_bytes < self.disk_most

    @property
    def whole(self) -> tuple[float, float, float]:
        """Seconds of the whole run with scoring and saving: expected, least, most."""
        beside = self.seconds_scoring + self.seconds_saving
        return self.seconds_total + beside, self.seconds_total_low + beside, self.seconds_total_high + beside


def layer_parameters(model: ModelSpec) -> Parameters:
    """One block with self-attention and feed-forward; cross-attention adds another `attention` and one norm.

    A linear map from m to n has m·n + n parameters.
    """
    width, inner = model.d_model, model.d_ff or 4 * model.d_model
    maps = 3 if model.activation == "swiglu" else 2
    return Parameters(
        attention=4 * (width * width + width),
        feed_forward=maps * width * inner + (maps - 1) * inner + width,
        norms=2 * norm_parameters(model),
    )


def norm_parameters(model: ModelSpec) -> int:
    """One norm: gain and, for layernorm, shift."""
    return model.d_model * (2 if model.norm == "layernorm" else 1)


def parameter_count(
    model: ModelSpec, *, task: str, vocab_size: int, labels: int = 0, max_length: int, max_target_length: int | None = None
) -> Parameters:
    """The parameters of a model trained from scratch, without building it.

    Args:
        model: Its shape; ``d_model`` must be a multiple of ``heads``.
        task: One of `workbench.contracts.specs.TASKS`.
        vocab_size: Entries of the vocabulary.
        labels: Classes or tags.
        max_length: Longest input in tokens, for learned positions.
        max_target_length: Longest target in tokens (seq2seq).
    """
    layout = model.layout or LAYOUT_OF_TASK[task]
    both, width = layout == "encoder-decoder", model.d_model
    stacks = 2 if both else 1
    layers = 1 if model.share_layers else model.layers
    block, norm = layer_parameters(model), norm_parameters(model)
    tables = vocab_size * width * (1 if model.tie_embeddings else stacks)
    if model.positions == "learned":
        tables += stacks * max(max_length, max_target_length or 0) * width
    elif model.positions == "relative":
        tables += stacks * RELATIVE_BUCKETS * model.heads
    last = norm if model.norm_placement == "pre" else 0
    if task in WRITES:
        output = vocab_size + (0 if model.tie_embeddings else vocab_size * width)
    else:
        outputs = 1 if task in ONE_NUMBER else 2 if task == "question-answering" else labels
        output = outputs * (width + 1)
    return Parameters(
        embeddings=tables,
        attention=layers * block.attention * (3 if both else 1),
        feed_forward=layers * block.feed_forward * stacks,
        norms=stacks * (layers * block.norms + last) + (layers * norm if both else 0),
        output=output,
    )
