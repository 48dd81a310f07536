"""Where a head of a known sort looks: for each query, the keys that would make it one.

A target is a number for each query and key; a head's score is what its weights average it to. Counting is for queries that
have such a key at all, where the token decides (duplicates, induction), and for all queries where the position does, so that
even attention has the closed forms of `workbench.engine.heads`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workbench.engine.heads import followers


@dataclass(frozen=True, kw_only=True, eq=False)
class Target:
    """What is looked for."""

    wanted: NDArray[np.float64]
    """(query, key), or (layer, head, query or 1, key); of the queries that are looked at"""
    counted: NDArray[np.bool_]
    """(query,): which queries the mean is over."""


def targets(
    kind: str,
    queries: int,
    keys: int,
    *,
    ids: Sequence[int] | None = None,
    special: NDArray[np.bool_] | None = None,
    rows: Sequence[int] | None = None,
) -> dict[str, Target]:
    """The targets that make sense for one text.

    Args:
        kind: encoder, decoder or cross.
        queries: How many there are.
        keys: How many there are; the last query stands on the last key within one sequence.
        ids: (key,) the tokens; None where there are none, as in a picture.
        special: (key,) which keys are special tokens; they are nobody's duplicate.
        rows: Which queries are looked at, from 0; all if left out. Targets have these alone.

    Returns:
        By column; those that cannot be found in this text are left out.
    """
    special = np.zeros(keys, dtype=np.bool_) if special is None else special
    picked = np.arange(queries) if rows is None else np.asarray(rows)
    places, own = np.arange(keys), picked + keys - queries
    offsets = places[None] - own[:, None]  # (R, K)
    every = np.ones(len(picked), dtype=np.bool_)
    wanted = {"first_token": np.broadcast_to(places == 0, offsets.shape)}
    counted: dict[str, NDArray[np.bool_]] = {}
    if special.any():
        wanted["special_tokens"] = np.broadcast_to(special, offsets.shape)
    text = places[~special]
    if kind == "cross":
        wanted["mirrored"], counted["mirrored"] = _mirrored(np.arange(queries), text, queries, keys, picked)
    else:
        wanted |= {"previous_token": offsets == -1, "own_token": offsets == 0, "mean_distance": np.abs(offsets)}
        if kind == "encoder":
            wanted["next_token"] = offsets == 1
            if queries == keys:
                wanted["mirrored"], counted["mirrored"] = _mirrored(text, text, queries, keys, picked)
        if ids is not None and queries == keys == len(ids):
            words = [-1 - place if special[place] else int(token) for place, token in enumerate(ids)]
            same = np.equal.outer(np.take(words, picked), words) & (offsets < 0 if kind == "decoder" else offsets != 0)
            wanted["duplicate_token"], counted["duplicate_token"] = same, np.any(same, axis=-1)
            wanted["induction"], counted["induction"] = (array[picked] for array in followers(words))
    return {
        name: Target(wanted=np.asarray(array, dtype=np.float64), counted=counted.get(name, every))
        for name, array in wanted.items()
        if counted.get(name, every).any()
    }


def _mirrored(
    asking: NDArray[np.intp], answering: NDArray[np.intp], queries: int, keys: int, picked: NDArray[np.intp]
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Query i on key n - 1 - i, as reversing a sequence needs it."""
    count = min(len(asking), len(answering))
    wanted: NDArray[np.bool_] = np.zeros((queries, keys), dtype=np.bool_)
    wanted[asking[:count], answering[::-1][:count]] = True
    wanted = wanted[picked]
    return wanted, np.any(wanted, axis=-1)
