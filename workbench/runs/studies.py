"""What can be worked out about a text in a model that is open: each study by its name, for a window or a script."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from workbench.contracts.cells import AttentionCell
from workbench.contracts.errors import Cancelled, WorkbenchError
from workbench.contracts.frames import PositionFrame, PositionPicture
from workbench.contracts.head_tables import HeadTable
from workbench.contracts.inspection import Query
from workbench.contracts.readings import LayerReadings
from workbench.contracts.specs import ONE_NUMBER
from workbench.contracts.studies import Attribution, Flow, Rollout
from workbench.engine.attribution import gradient_times_attention, integrated_gradients, logit_of
from workbench.engine.cell import see_cell
from workbench.engine.head_importance import sentence_vector
from workbench.engine.head_patterns import Text as Patterned
from workbench.engine.head_table import Measure, head_tables
from workbench.engine.likeness import likeness_order
from workbench.engine.logit_lens import logit_lens
from workbench.engine.position_frames import position_frame
from workbench.engine.recording import Look
from workbench.engine.rollout import attention_flows, attention_rollout, collapse
from workbench.engine.support import evaluating
from workbench.engine.tasks.base import logits_of
from workbench.runs.changes import intervention
from workbench.runs.inspector import Inspector

LONGEST_ROLLOUT = 1_024
"""Tokens: a rollout holds every layer's weights of all positions."""
LONGEST_FLOW = 128
"""Tokens: a flow solves one problem for each pair of positions, over edges that grow with their square, so that twice as long a
text takes more than sixteen times as long. Twelve layers took 6 s for 64 tokens and under 3 minutes for 128 on one core."""
POSITIONS = 64
"""That are shown at least."""
LONGEST_READING = 256
"""Tokens whose readings are shown at once."""

Stops = Callable[[], bool]
"""Whether to stop."""

ANSWER_OF_TASK = {"embedding": sentence_vector, "question-answering": logits_of}
"""What of a model's output is its answer, where that is not its logits."""
NO_SINGLE_ANSWER = frozenset({"embedding", "token-classification", "question-answering", *ONE_NUMBER})
"""Tasks without one answer that has a logit."""


def cell(inspector: Inspector, query: Query, kind: str, layer: int, head: int, row: int, column: int) -> AttentionCell:
    """The arithmetic of one cell. What is changed elsewhere holds; what is changed of this very head does not.

    Raises:
        WorkbenchError: there is no such cell, or the model writes its attention out.
    """
    inputs = inspector.inputs(query)
    elsewhere = [intervention(change) for change in query.changes if not change.meets(kind, layer, head)]
    with inspector.lens.intervene(*elsewhere):
        return see_cell(inspector.lens, inputs, kind=kind, layer=layer, head=head, query=row, key=column)


def tables(inspector: Inspector, query: Query, cancelled: Stops, without: bool = False) -> tuple[HeadTable, ...]:
    """What every head does on a text, beside chance.

    Args:
        inspector: Holds the model.
        query: The text; what is changed holds.
        cancelled: Whether to stop.
        without: Also switch each head off by itself, and tell what that does: one pass for each head.

    Raises:
        Cancelled: `cancelled` said so.
        WorkbenchError: no attention can be seen.
    """
    inputs = inspector.inputs(query)
    learns = without and inspector.task in ("causal-lm", "masked-lm")  # the text itself is what they are to say
    measure = Measure(without=without, gradients=learns, answer=ANSWER_OF_TASK.get(inspector.task))
    text = Patterned(inputs=_with_labels(inspector, inputs) if without else inputs, special_ids=inspector.special_ids)
    with _changed(inspector, query):
        *_, found = head_tables(
            inspector.model, [text], measure, lens=inspector.lens, cancelled=cancelled, provenance=inspector.provenance(query)
        )
    return tuple(found.values())


def importance(inspector: Inspector, query: Query, cancelled: Stops) -> tuple[HeadTable, ...]:
    """The same table, with what changes when a head is off."""
    return tables(inspector, query, cancelled, without=True)


def likeness(inspector: Inspector, query: Query) -> dict[str, tuple[int, ...]]:
    """For each kind, its heads (``layer · heads + head``) in an order in which like patterns are neighbours.

    Raises:
        WorkbenchError: a text that cannot be read.
    """
    return {kind: likeness_order(wall.tiles) for kind, wall in inspector.seen(query).walls.items()}


def positions(inspector: Inspector, query: Query) -> PositionFrame | None:
    """How order enters the model, over as many positions as the text has, and some more.

    Returns:
        None where order enters nowhere, or in a way that is not known here.
    """
    return position_frame(inspector.model, max(POSITIONS, *(len(ids[0]) for ids in inspector.inputs(query).values())))


def position_pictures(inspector: Inspector, query: Query) -> tuple[PositionPicture, ...]:
    """The same, ready to be written: one picture of what the model has.

    Raises:
        WorkbenchError: order enters nowhere, or in a way that is not known here.
    """
    frame = positions(inspector, query)
    if frame is None or not frame.values.size:
        raise WorkbenchError(
            "this model's positions cannot be drawn as a table", where=inspector.facts.name, mend="Choose another view."
        )
    return (
        PositionPicture(
            scheme=frame.scheme,
            view="table",
            values=frame.values,
            rows=frame.rows,
            columns=frame.columns,
            first=frame.first,
            own=True,
        ),
    )


def rollout(inspector: Inspector, query: Query) -> Rollout:
    """The rollout of the stack that reads the text or picture: the encoder where there is one.

    Raises:
        WorkbenchError: the text is too long, or this is no self-attention.
    """
    kind, length = _stack(inspector, query)
    if length > LONGEST_ROLLOUT:
        raise WorkbenchError(
            f"a rollout over {length} tokens does not fit",
            where="rollout",
            mend=f"Give a text of at most {LONGEST_ROLLOUT} tokens.",
        )
    mixed, tokens = _mean_heads(inspector, query, kind)
    rolled = attention_rollout(mixed)
    return Rollout(kind=kind, layers=rolled.astype(np.float32), collapse=collapse(rolled).astype(np.float32), tokens=tokens)


def flow(inspector: Inspector, query: Query, layer: int, *, cancelled: Stops = lambda: False) -> Iterator[Flow]:
    """The attention flow of the stack that reads the text, from every position after a layer.

    Args:
        inspector: Holds the model.
        query: The text; what is changed holds.
        layer: After which layer, counted from 0.
        cancelled: Whether to stop.

    Yields:
        Once before the first position, and after each; the last one holds all rows.

    Raises:
        Cancelled: `cancelled` said so.
        WorkbenchError: the text is too long, there is no such layer, or this is no self-attention.
    """
    kind, length = _stack(inspector, query)
    if length > LONGEST_FLOW:
        raise WorkbenchError(
            f"the flow over {length} tokens would take too long", where="attention flow",
            mend=f"Give a text of at most {LONGEST_FLOW} tokens: twice as many take more than sixteen times as long.",
        )  # fmt: skip
    mixed, tokens = _mean_heads(inspector, query, kind)
    if not 0 <= layer < len(mixed):
        mend = f"This model has {len(mixed)}: 0 to {len(mixed) - 1}."
        raise WorkbenchError(f"there is no layer {layer}", where="attention flow", mend=mend)
    values = np.zeros((len(tokens), len(tokens)), np.float32)
    yield Flow(kind=kind, layer=layer, done=0, tokens=tokens, values=values[:0])
    for place, row in enumerate(attention_flows(mixed[: layer + 1], range(len(tokens)))):
        values[place] = row
        if cancelled():
            raise Cancelled("stopped while flows were worked out")
        yield Flow(kind=kind, layer=layer, done=place + 1, tokens=tokens, values=values[: place + 1].copy())


def mean_heads(inspector: Inspector, query: Query, kind: str, layer: int | None) -> NDArray[np.float32]:
    """The mean of the weights over the heads of a layer, or of all layers; no head's weights are held for all heads at once.

    Returns:
        (query, key), float32

    Raises:
        WorkbenchError: there is no such layer, or the layers have different shapes.
    """
    found = inspector.records(query, Look(kinds=(kind,), layers=None if layer is None else (layer,), what=("mean",)))
    means = [record.mean[0] for record in found if record.mean is not None]
    if len({mean.shape for mean in means}) != 1:
        raise WorkbenchError(
            "these layers have no mean: their shapes differ", where=inspector.facts.name, mend="Look at one layer at a time."
        )
    return np.asarray(sum(means) / len(means), np.float32)


def readings(inspector: Inspector, query: Query, cancelled: Stops) -> LayerReadings:
    """What the model would say after each layer.

    Raises:
        Cancelled: `cancelled` said so.
        WorkbenchError: the model says no tokens.
    """
    inputs = _words(inspector, query)
    name = "decoder_input_ids" if "decoder_input_ids" in inputs else "input_ids"
    inputs = {each: tensor[:, :LONGEST_READING] if each == name else tensor for each, tensor in inputs.items()}
    with _changed(inspector, query):
        return logit_lens(
            inspector.model, inputs, lens=inspector.lens, text_of=inspector.name_of, cancelled=cancelled,
            positions=tuple(inspector.name_of(int(number)) for number in inputs[name][0]), provenance=inspector.provenance(query),
        )  # fmt: skip


def attribution(inspector: Inspector, query: Query) -> Attribution:
    """What the likeliest answer hangs on: which tokens, and which heads.

    Raises:
        WorkbenchError: the model answers nothing that has a logit.
    """
    if inspector.task in NO_SINGLE_ANSWER:
        raise WorkbenchError(
            "this model gives no single answer whose reasons could be sought", where=inspector.facts.name,
            mend="Open a classifier or a language model.",
        )  # fmt: skip
    inputs = _words(inspector, query)
    with _changed(inspector, query):
        logits = inspector.model(**inputs).logits[0]
        place = None if logits.dim() == 1 else _asked(inspector, inputs, logits)
        row = logits if place is None else logits[place]
        best = int(row.argmax())
        target = logit_of(best, place)
        parts = integrated_gradients(inspector.model, inputs, target, keep=inspector.special_ids)
        maps = gradient_times_attention(inspector.lens, inputs, target)
    kind = "cross" if "cross" in maps else next(iter(maps))
    labels: Mapping[Any, Any] = getattr(inspector.model.config, "id2label", None) or {}  # Any: whatever a config says
    name = str(labels.get(best, best)) if place is None else inspector.name_of(best)
    return Attribution(
        answer=name, logit=float(row[best]), baseline=parts.baseline, gap=parts.gap, values=parts.values.astype(np.float32),
        tokens=tuple(inspector.name_of(int(number)) for number in inputs["input_ids"][0]),
        heads=np.abs(maps[kind]).sum((2, 3)).astype(np.float32), kind=kind,
    )  # fmt: skip


def save(inspector: Inspector, query: Query, out: str) -> str:
    """Write all heads of a text to a file, by its ending: html, npz, csv, png or svg.

    Returns:
        What a person should know about the file, or nothing.

    Raises:
        WorkbenchError: the place cannot be written, or all weights do not fit into memory.
    """
    return inspector.inspect(query).write(Path(out))


def _stack(inspector: Inspector, query: Query) -> tuple[str, int]:
    """The kind of self-attention that reads the text or picture, and over how many positions."""
    kind = "encoder" if "encoder" in inspector.facts.layers else "decoder"
    return kind, len(inspector.seen(query).walls[kind].queries)


def _mean_heads(inspector: Inspector, query: Query, kind: str) -> tuple[NDArray[np.float32], tuple[str, ...]]:
    """The mean over the heads of each layer, (layer, 1, position, position), and the names of the positions."""
    found = inspector.weights((kind,), query=query)[kind]
    return found.weights.mean(1, keepdims=True), found.queries


def _words(inspector: Inspector, query: Query) -> dict[str, Tensor]:
    """What a model of texts is given.

    Raises:
        WorkbenchError: this one reads pictures.
    """
    if inspector.facts.reads == "picture":
        raise WorkbenchError(
            "this is worked out for texts only", where=inspector.facts.name, mend="Open a model that reads text."
        )
    return inspector.inputs(query)


def _asked(inspector: Inspector, inputs: Mapping[str, Tensor], logits: Tensor) -> int:
    """Where a model that answers at each position is asked: at the first mask, else at the end."""
    mask = inspector.mask_id
    hidden = (inputs["input_ids"][0] == mask).nonzero().flatten().tolist() if mask is not None else []
    return int(hidden[0]) if hidden and inspector.task == "masked-lm" else len(logits) - 1


def _with_labels(inspector: Inspector, inputs: dict[str, Tensor]) -> dict[str, Tensor]:
    """Language models are told the text itself, so that they give its loss."""
    if inspector.task in ("causal-lm", "masked-lm"):
        return {**inputs, "labels": inputs["input_ids"]}
    return inputs


@contextmanager
def _changed(inspector: Inspector, query: Query) -> Iterator[None]:
    acts = [intervention(change) for change in query.changes]
    with evaluating(inspector.model), torch.no_grad(), inspector.lens.intervene(*acts):
        yield
