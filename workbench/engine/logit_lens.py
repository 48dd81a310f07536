"""The logit lens: what the model's own last norm and unembedding make of every layer (nostalgebraist 2020, "interpreting GPT:
the logit lens").

No part is looked up by name. The blocks of a model are run once; then, for each of them, what left it is put in place of what
leaves the last one, and the model itself does the rest: final norm, transform, scaling, cap, unembedding, whatever it has. So
the last row is the model's own answer to the bit, and a model whose answer hangs on more than its last block is found out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from workbench.contracts.errors import Cancelled, WorkbenchError
from workbench.contracts.readings import LayerReadings
from workbench.engine.lens import Lens
from workbench.engine.recording import Look
from workbench.engine.support import evaluating, placed

_MEND = (
    "Use a model that says tokens (a causal, masked or sequence-to-sequence language model), and one whose blocks run in a row."
)


@torch.no_grad()
def logit_lens(
    model: nn.Module,
    inputs: Mapping[str, Tensor],
    *,
    top: int = 5,
    lens: Lens | None = None,
    text_of: Callable[[int], str] | None = None,
    positions: Sequence[str] = (),
    cancelled: Callable[[], bool] = lambda: False,
    provenance: Mapping[str, str] | None = None,
) -> LayerReadings:
    """Read every layer of one text.

    Args:
        model: A transformers model with an unembedding; its mode is kept.
        inputs: What its forward takes, a batch of one. Of an encoder-decoder the decoder is read.
        top: How many tokens of each reading are kept.
        lens: A lens that is on the model already, to find the blocks with.
        text_of: The text of a token id.
        positions: The tokens along the position axis.
        cancelled: Asked before each layer.
        provenance: Where it comes from.

    Returns:
        Readings of what enters the first block and leaves each block. A row costs one pass in which the blocks are skipped.

    Raises:
        WorkbenchError: the model has no unembedding, or its blocks cannot be read one by one.
        Cancelled: `cancelled` said so.
    """
    where = type(model).__name__
    unembedding = getattr(model, "get_output_embeddings", lambda: None)()
    if unembedding is None:
        raise WorkbenchError("the model has no unembedding, so its layers say no tokens", where=where, mend=_MEND)
    given: dict[str, Any] = {name: value for name, value in placed(model, inputs).items() if name != "labels"}
    if _takes_cache(model):
        given["use_cache"] = False
    with evaluating(model):
        blocks, kind = _blocks(model, given, lens)
        states: list[Tensor] = []
        outputs: list[Any] = []  # Any: a tensor, or a tuple that begins with one
        with _watching(blocks, states, outputs):
            answer: Tensor = model(**given).logits
        if not outputs:
            raise WorkbenchError("no block was met in a pass", where=where, mend=_MEND)
        rows, said = [], answer
        for state in states:
            if cancelled():
                raise Cancelled("stopped while layers were read")
            with _saying(blocks, outputs, state):
                said = model(**given).logits
            rows.append(_read(said, answer, top))
        if not torch.allclose(said, answer, rtol=1e-5, atol=1e-5):
            raise WorkbenchError("the answer does not follow from the last block alone", where=where, mend=_MEND)
    ids, probabilities, final = (np.stack([row[part] for row in rows]) for part in range(3))
    tokens = () if text_of is None else tuple(
        tuple(tuple(text_of(int(token)) for token in place) for place in layer) for layer in ids
    )  # fmt: skip
    return LayerReadings(
        ids=ids, probabilities=probabilities, final=final, tokens=tokens, positions=tuple(positions), kind=kind,
        provenance={"model": where, **(provenance or {})},
    )  # fmt: skip


def _takes_cache(model: nn.Module) -> bool:
    """Whether the model keeps keys and values unless told not to; skipped blocks keep none."""
    return hasattr(getattr(model, "config", None), "use_cache") or getattr(model, "can_generate", lambda: False)()


def _blocks(model: nn.Module, inputs: Mapping[str, Any], lens: Lens | None) -> tuple[list[nn.Module], str]:
    """The blocks that attention was met in, and which stack they are: the decoder's where there are two."""
    own = None if lens is not None else Lens(model)
    try:
        used = lens or own
        assert used is not None
        with used.record(Look(rows=(0,), heads=(0,))) as seen:
            model(**inputs)
    finally:
        if own is not None:
            own.close()
    both = getattr(getattr(model, "config", None), "is_encoder_decoder", False)
    kind = "decoder" if both or "decoder" in seen.kinds else "encoder"
    names = dict.fromkeys(_block_name(model, record.site.name) for record in seen.records if record.site.kind == kind)
    return [model.get_submodule(name) for name in names if name is not None], kind


def _block_name(model: nn.Module, attention: str) -> str | None:
    """The block around an attention module: the outermost numbered part that is run itself, such as ``transformer.h.3``."""
    parts = attention.split(".")
    for end in range(1, len(parts)):
        name = ".".join(parts[:end])
        if parts[end - 1].isdigit() and not isinstance(model.get_submodule(name), (nn.ModuleList, nn.ModuleDict)):
            return name
    return None


@contextmanager
def _watching(blocks: Sequence[nn.Module], states: list[Tensor], outputs: list[Any]) -> Iterator[None]:
    """Keep what enters the first block and leaves every one, in the order in which they run."""

    def left(module: nn.Module, args: tuple[Any, ...], kwargs: dict[str, Any], output: Any) -> None:
        if not states:
            entered = args[0] if args else kwargs.get("hidden_states")
            if not isinstance(entered, Tensor):
                raise WorkbenchError("a block takes no hidden states", where=type(module).__name__, mend=_MEND)
            states.append(entered)
        states.append(_hidden(output, module))
        outputs.append(output)

    hooks = [block.register_forward_hook(left, with_kwargs=True) for block in blocks]
    try:
        yield
    finally:
        for hook in hooks:
            hook.remove()


@contextmanager
def _saying(blocks: Sequence[nn.Module], outputs: Sequence[Any], state: Tensor) -> Iterator[None]:
    """Let the blocks say what they said before without working, and the last one `state` in place of its own."""
    turn = 0

    def forward(*args: Any, **kwargs: Any) -> Any:
        nonlocal turn
        output = outputs[turn]
        turn += 1
        if turn < len(outputs):
            return output
        return state if isinstance(output, Tensor) else type(output)((state, *output[1:]))

    before = [block.__dict__.get("forward") for block in blocks]
    for block in blocks:
        block.forward = forward
    try:
        yield
    finally:
        for block, own in zip(blocks, before, strict=True):
            if own is None:
                del block.forward  # the class's shows again
            else:
                block.forward = own


def _hidden(output: Any, module: nn.Module) -> Tensor:
    """A block's hidden states."""
    first = output[0] if isinstance(output, tuple) and output else output
    if not isinstance(first, Tensor):
        raise WorkbenchError("a block gives no hidden states", where=type(module).__name__, mend=_MEND)
    return first


def _read(logits: Tensor, answer: Tensor, top: int) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """Ids and probabilities of the likeliest tokens (position, rank), and the probability of the final answer (position,)."""
    probabilities = logits[0].float().softmax(-1)  # (T, V)
    best = probabilities.topk(min(top, probabilities.shape[-1]), dim=-1)
    final = probabilities.gather(-1, answer[0].argmax(-1, keepdim=True))[:, 0]
    return best.indices.cpu().numpy(), best.values.cpu().numpy(), final.cpu().numpy()
