"""The attention of one text, as frames a picture can be made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import ExitStack

import torch
from torch import Tensor, nn

from workbench.contracts.errors import WorkbenchError
from workbench.contracts.frames import AttentionFrame
from workbench.engine.lens import Lens
from workbench.engine.recording import Look
from workbench.engine.support import evaluating, placed


def capture(
    model: nn.Module,
    inputs: Mapping[str, Tensor],
    *,
    tokens: Sequence[str],
    target_tokens: Sequence[str] = (),
    look: Look | None = None,
    lens: Lens | None = None,
    step: int = 0,
    provenance: Mapping[str, str] | None = None,
) -> dict[str, AttentionFrame]:
    """Run one text through a model and see its attention.

    Args:
        model: A transformers model; its mode (training or evaluation) is kept.
        inputs: What its forward takes, a batch of one text without padding.
        tokens: The text's tokens, one for each input position.
        target_tokens: The tokens of the decoder's input, for a model with an encoder and a decoder.
        look: Which kinds, layers and heads; all if left out.
        lens: A lens that is on the model already; otherwise one is put on and taken off.
        step: At which training step this is.
        provenance: Where it comes from, for whoever finds the picture later.

    Returns:
        A frame for each kind of attention that was met: encoder, decoder, cross.

    Raises:
        WorkbenchError: padding, tokens that do not fit, or attention that cannot be seen.
    """
    look = look or Look()
    for name in ("attention_mask", "decoder_attention_mask"):
        if name in inputs and not bool(inputs[name].all()):
            raise WorkbenchError("the text is padded", where=name, mend="Give one text by itself, without padding.")
    with ExitStack() as stack:
        lens = lens or stack.enter_context(Lens(model))
        stack.enter_context(evaluating(model))
        stack.enter_context(torch.no_grad())
        seen = stack.enter_context(lens.record(look))
        model(**placed(model, inputs))
    if not seen.records:
        raise WorkbenchError(
            "no attention was seen",
            where=type(model).__name__,
            mend="Choose other kinds or layers; if there are none, this model's attention cannot be seen.",
        )
    texts = {"encoder": (tokens, tokens), "cross": (target_tokens, tokens)}
    two_texts = getattr(getattr(model, "config", None), "is_encoder_decoder", False)
    texts["decoder"] = (target_tokens, target_tokens) if two_texts else (tokens, tokens)
    frames = {}
    for kind in seen.kinds:
        weights, first = seen.attention(kind), seen.of(kind)[0]
        queries, keys = texts[kind]
        all_queries = _labels(queries, first.queries, kind)
        frames[kind] = AttentionFrame(
            kind=kind, weights=weights, step=step,
            queries=tuple(all_queries[row] for row in first.rows), keys=_labels(keys, weights.shape[3], kind),
            provenance={"model": type(model).__name__, "way": lens.way, **(provenance or {})},
        )  # fmt: skip
    return frames


def _labels(tokens: Sequence[str], size: int, kind: str) -> tuple[str, ...]:
    """Tokens along an axis; what a tuned prompt or prefix put before them gets a number."""
    extra = size - len(tokens)
    if extra < 0 or not tokens:
        raise WorkbenchError(
            f"{len(tokens)} tokens for an axis of {size}", where=f"{kind} attention", mend="Give one token for each position."
        )
    return (*(f"⟨{number}⟩" for number in range(1, extra + 1)), *tokens)
