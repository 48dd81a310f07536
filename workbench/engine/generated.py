"""What a model looked at while it wrote: the attention of every generated token, put together from the passes that made it.

A model that writes keeps keys and values, so each pass after the first has one query. Together these rows are the triangle that
one pass over the finished text would show. Row i is the attention with which token i + 1 was written; the last token was never
read, so it has no row.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from transformers import StoppingCriteria, StoppingCriteriaList

from workbench.contracts.errors import Cancelled, WorkbenchError
from workbench.contracts.frames import AttentionFrame
from workbench.engine.lens import Lens
from workbench.engine.recording import Look, Record, Seen
from workbench.engine.support import evaluating, placed


@dataclass(frozen=True, kw_only=True, eq=False)
class Generated:
    """A text that a model wrote, and how it looked while writing."""

    ids: tuple[int, ...]
    """All tokens of the sequence that grew: the prompt and what was written, or all that a decoder wrote after its start."""
    prompt: int
    """How many of them were given."""
    frames: Mapping[str, AttentionFrame]
    """By kind. Queries are all tokens but the last, because that was written and not read."""


class _Ask(StoppingCriteria):
    """Tells how far it is, and stops by raising."""

    def __init__(self, cancelled: Callable[[], bool], progress: Callable[[int], None]) -> None:
        self._cancelled, self._progress = cancelled, progress

    def __call__(self, input_ids: Tensor, scores: Any, **kwargs: Any) -> Tensor:  # Any: transformers' own signature
        if self._cancelled():
            raise Cancelled("stopped while writing")
        self._progress(input_ids.shape[1])
        return torch.zeros(input_ids.shape[0], dtype=torch.bool, device=input_ids.device)


@torch.no_grad()
def generate_and_look(
    model: nn.Module,
    inputs: Mapping[str, Tensor],
    *,
    tokens_of: Callable[[Sequence[int]], Sequence[str]],
    max_new_tokens: int = 20,
    look: Look | None = None,
    lens: Lens | None = None,
    cancelled: Callable[[], bool] = lambda: False,
    progress: Callable[[int], None] = lambda length: None,
    provenance: Mapping[str, str] | None = None,
) -> Generated:
    """Let a model write, always the likeliest token, and keep what it looked at.

    Args:
        model: A causal language model or an encoder-decoder; its mode is kept.
        inputs: What `generate` takes, a batch of one without padding.
        tokens_of: Token ids as text, for the axes.
        max_new_tokens: How much it writes at most.
        look: Which kinds, layers and heads; not which rows.
        lens: A lens that is on the model already; otherwise one is put on and taken off.
        cancelled: Asked after each token.
        progress: Told after each token how long the sequence is.
        provenance: Where it comes from.

    Raises:
        WorkbenchError: the model does not write, or its attention cannot be seen.
        Cancelled: `cancelled` said so.
    """
    where = type(model).__name__
    generate: Any = getattr(model, "generate", None)
    if generate is None or not getattr(model, "can_generate", lambda: False)():
        raise WorkbenchError(
            "this model does not write", where=where, mend="Use a causal language model or an encoder-decoder that says tokens."
        )
    look = look or Look()
    if look.rows is not None or "weights" not in look.what:
        raise WorkbenchError("all rows of the weights are needed", where="Look", mend="Choose kinds, layers and heads only.")
    both = bool(getattr(getattr(model, "config", None), "is_encoder_decoder", False))
    with ExitStack() as stack:
        lens = lens or stack.enter_context(Lens(model))
        stack.enter_context(evaluating(model))
        seen = stack.enter_context(lens.record(look))
        try:
            written = generate(
                **placed(model, inputs), max_new_tokens=max_new_tokens, do_sample=False, num_beams=1, use_cache=True,
                stopping_criteria=StoppingCriteriaList([_Ask(cancelled, progress)]),
            )  # fmt: skip
        except ValueError as error:
            raise WorkbenchError(
                f"the model cannot write: {error}",
                where=where,
                mend="Look at its generation_config.json, or give a shorter text.",
            ) from error
    ids = tuple(int(token) for token in written[0])
    source = [int(token) for token in inputs["input_ids"][0]]
    mine, given = tuple(tokens_of(ids)), tuple(tokens_of(source))
    frames = {}
    for kind in seen.kinds:
        weights = _assembled(seen, kind)
        queries, keys = (given, given) if kind == "encoder" and both else (mine[: weights.shape[2]], mine[: weights.shape[2]])
        frames[kind] = AttentionFrame(
            kind=kind, weights=weights, queries=queries, keys=given if kind == "cross" else keys,
            provenance={"model": where, "way": lens.way, **(provenance or {})},
        )  # fmt: skip
    return Generated(ids=ids, prompt=1 if both else len(source), frames=frames)


def _assembled(seen: Seen, kind: str) -> NDArray[np.float32]:
    """The rows of all passes one below the other: (layer, head, query, key)."""
    passes = sorted({record.forward for record in seen.records if record.site.kind == kind})
    steps = [_stacked(seen.of(kind, forward)) for forward in passes]
    if kind == "encoder":
        return steps[0]  # an encoder runs once
    layers, heads = steps[0].shape[:2]
    queries = sum(step.shape[2] for step in steps)
    keys = queries if kind == "decoder" else steps[0].shape[3]
    whole = np.zeros((layers, heads, queries, keys), dtype=np.float32)
    row = 0
    for step in steps:
        rows, width = step.shape[2:]
        # Within one sequence the last key is the last query's own; a sliding window has dropped the first ones.
        first = row + rows - width if kind == "decoder" else 0
        whole[:, :, row : row + rows, max(first, 0) : first + width] = step[..., max(-first, 0) :]
        row += rows
    return whole


def _stacked(records: Sequence[Record]) -> NDArray[np.float32]:
    """One pass as (layer, head, query, key); layers that keep fewer keys are filled with zeros on the left."""
    layers = [record.weights[0] for record in records if record.weights is not None]
    widest = max(layer.shape[-1] for layer in layers)
    return np.stack([np.pad(layer, ((0, 0), (0, 0), (widest - layer.shape[-1], 0))) for layer in layers])
