"""A moment as bytes and back: attention as 16-bit steps of 1/65535, positions and scores as float16."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from workbench.contracts.events import Looked
from workbench.contracts.film import HeadScores
from workbench.contracts.frames import AttentionFrame, PositionFrame
from workbench.runs.film_records import Meta, pack

STEPS = 65535
"""Of a weight between 0 and 1: it comes back to within 1/131070."""
MALFORMED = (KeyError, TypeError, AttributeError, OverflowError, RecursionError)
"""What other JSON than ours raises where it is read as ours."""
Arrays = Mapping[str, NDArray[Any]]  # Any: uint16 or float16


def pack_looks(looked: Looked, others: Sequence[Looked] = ()) -> bytes:
    """The looks at one moment, each with the second text that may stand beside it; the first as films of one text have it."""
    arrays: dict[str, NDArray[Any]] = {}
    meta = _said(looked, "", arrays)
    if others:
        meta["others"] = [_said(other, f"text{number}.", arrays) for number, other in enumerate(others)]
    return pack(meta, arrays)


def looks_of(meta: Meta, arrays: Arrays) -> tuple[Looked, ...]:
    """What `pack_looks` packed, the first text first.

    Raises:
        ValueError: it is no look.
    """
    try:
        others = (_looked(other, f"text{number}.", arrays) for number, other in enumerate(meta.get("others", ())))
        return (_looked(meta, "", arrays), *others)
    except MALFORMED as error:
        raise ValueError(f"not a moment: {error}") from error


def pack_scores(scores: Mapping[str, HeadScores]) -> bytes:
    """What the heads of each kind score."""
    arrays: dict[str, NDArray[Any]] = {}
    for kind, each in scores.items():
        arrays[f"{kind}.values"], arrays[f"{kind}.nulls"] = _half(each.values), _half(each.nulls)
    return pack({"names": {kind: each.names for kind, each in scores.items()}}, arrays)


def scores_of(meta: Meta, arrays: Arrays) -> dict[str, HeadScores]:
    """What `pack_scores` packed.

    Raises:
        ValueError: these are no scores.
    """
    try:
        return {
            str(kind): HeadScores(
                names=tuple(str(name) for name in names), values=arrays[f"{kind}.values"].astype(np.float32),
                nulls=arrays[f"{kind}.nulls"].astype(np.float32),
            )
            for kind, names in meta["names"].items()
        }  # fmt: skip
    except MALFORMED as error:
        raise ValueError(f"not scores: {error}") from error


def _said(looked: Looked, mine: str, arrays: dict[str, NDArray[Any]]) -> Meta:
    meta: Meta = {
        "step": looked.step, "time": looked.time, "text": looked.text, "prediction": looked.prediction, "trouble": looked.trouble,
        "probabilities": dict(looked.probabilities),
        "frames": {
            kind: {"queries": frame.queries, "keys": frame.keys, "provenance": dict(frame.provenance)}
            for kind, frame in looked.frames.items()
        },
    }  # fmt: skip
    for kind, frame in looked.frames.items():
        weights = np.nan_to_num(frame.weights)  # of a model gone astray
        arrays[f"{mine}{kind}"] = np.rint(np.clip(weights, 0.0, 1.0) * STEPS).astype(np.uint16)
    if (table := looked.positions) is not None:
        meta["positions"] = {"scheme": table.scheme, "rows": table.rows, "columns": table.columns, "first": table.first}
        arrays[f"{mine}positions"] = _half(table.values)
    if looked.other is not None:
        meta["other"] = _said(looked.other, f"{mine}other.", arrays)
    return meta


def _looked(meta: Meta, mine: str, arrays: Arrays) -> Looked:
    step, table = int(meta["step"]), meta.get("positions")
    frames = {
        str(kind): AttentionFrame(
            kind=str(kind), weights=arrays[f"{mine}{kind}"].astype(np.float32) / np.float32(STEPS), step=step,
            queries=_words(said["queries"]), keys=_words(said["keys"]),
            provenance={str(name): str(value) for name, value in said["provenance"].items()},
        )
        for kind, said in meta["frames"].items()
    }  # fmt: skip
    positions = None
    if table is not None:
        positions = PositionFrame(
            scheme=str(table["scheme"]), values=arrays[f"{mine}positions"].astype(np.float32), step=step, rows=str(table["rows"]),
            columns=str(table["columns"]), first=int(table["first"]),
        )  # fmt: skip
    return Looked(
        step=step, time=float(meta["time"]), text=str(meta["text"]), frames=frames, positions=positions,
        prediction=str(meta["prediction"]), trouble=str(meta["trouble"]),
        probabilities={str(name): float(value) for name, value in meta["probabilities"].items()},
        other=_looked(meta["other"], f"{mine}other.", arrays) if "other" in meta else None,
    )  # fmt: skip


def _half(values: NDArray[np.floating]) -> NDArray[np.float16]:
    largest = np.finfo(np.float16).max
    half: NDArray[np.float16] = np.clip(np.nan_to_num(values), -largest, largest).astype(np.float16)
    return half


def _words(names: list[Any]) -> tuple[str, ...]:  # Any: as JSON said them
    return tuple(str(name) for name in names)
