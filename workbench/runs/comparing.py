"""A second side beside a model that is looked into: another text, another model, another moment of the same run.

comparing = Comparing(Inspector.open("path/to/model"))
found = comparing.compare(Query(text="The cat sat."), Other(kind="model", source="gpt2"), "encoder", (2, 5))
found.pair.other, found.pair.similarity              # the head of the other model that does the same
found.difference                                     # B - A, between the words that both models have whole
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from workbench.contracts.comparing import Compared, HeadPair, Other, Place
from workbench.contracts.errors import Cancelled, WorkbenchError
from workbench.contracts.inspection import Inspected, Query
from workbench.engine import checkpoints
from workbench.engine.matching import match_heads, similarity
from workbench.runs.folder import RunFolder
from workbench.runs.inspector import Inspector
from workbench.runs.shared_units import Weights, axes_of, share

MOST = 40_000_000
"""Weights of all heads of one side that are held at once: 160 MB."""

Labels = tuple[tuple[str, ...], tuple[str, ...]]
"""Of queries and keys."""


def moments(path: str) -> tuple[int | None, ...]:
    """The steps of a run whose weights are kept, the earliest first; None stands for its end. Empty for other models."""
    run = RunFolder(Path(path))
    if not run.experiment_file.is_file():
        return ()
    ended = (run.model / "config.json").is_file()
    return (*checkpoints.moments(run.checkpoints), *([None] if ended else []))


@dataclass(frozen=True, kw_only=True, eq=False)
class _Sides:
    """All heads of both sides, (layer, head, query, key)."""

    other_kind: str
    a: Weights
    b: Weights
    layers: tuple[int, ...]
    """Of A: which layer each row of `a` is."""
    other_layers: tuple[int, ...]
    labels: Labels
    other_labels: Labels
    rest: bool
    pairs: tuple[HeadPair, ...]
    remarks: tuple[str, ...]


class Comparing:
    """Holds the model of the first side and the one that was compared with last. For one thread."""

    def __init__(self, first: Inspector) -> None:
        self.first = first
        self._second: tuple[Other, Inspector] | None = None
        self._known: tuple[tuple[Query, Other, str], _Sides] | None = None

    def close(self) -> None:
        """Let the second model go; the first one stays open."""
        if self._second is not None:
            self._second[1].close()
        self._second = self._known = None

    def compare(
        self, query: Query, other: Other, kind: str, place: Place, beside: Place | None = None, *,
        progress: Callable[[int, int], None] | None = None, cancelled: Callable[[], bool] = lambda: False,
    ) -> Compared:  # fmt: skip
        """One head of each side.

        Args:
            query: What goes through the first model; what is changed is changed on both sides where they are one model.
            other: The second side.
            kind: encoder, decoder or cross.
            place: The head of A.
            beside: The head of B; the partner of A's head where it is left out.
            progress: Hears how many bytes of a download are there, of how many.
            cancelled: Whether to stop.

        Raises:
            Cancelled: `cancelled` said so.
            WorkbenchError: the second side cannot be opened or read, has no such attention or head, or is too long.
        """
        inspector = self._opened(other, progress, cancelled)
        of = (query, other, kind)
        if self._known is None or self._known[0] != of:
            self._known = None  # the weights before are let go first
            self._known = (of, self._look(query, other, inspector, kind, cancelled))
        sides = self._known[1]
        a = _head(sides.a, sides.layers, place)
        beside = next(pair.other for pair in sides.pairs if pair.one == place) if beside is None else beside
        b = _head(sides.b, sides.other_layers, beside)
        facts = inspector.facts
        name = other.text if other.kind == "text" else facts.path
        return Compared(
            query=query, other=other, name=name, step=facts.step, kind=kind, other_kind=sides.other_kind, place=place,
            other_place=beside, a=a, b=b, queries=sides.labels[0], keys=sides.labels[1], other_queries=sides.other_labels[0],
            other_keys=sides.other_labels[1], rest=sides.rest, pairs=sides.pairs, remarks=sides.remarks,
            provenance={
                **self.first.provenance(query), "compared_with": name, "compared_weights_sha256": facts.sha256,
                **{f"b_{part}": said for part, said in inspector.provenance(_second(query, other)).items()},
                **({} if facts.step is None else {"b_step": str(facts.step)}),
            },
        )  # fmt: skip

    def _opened(
        self, other: Other, progress: Callable[[int, int], None] | None, cancelled: Callable[[], bool]
    ) -> Inspector:  # fmt: skip
        """The model of the second side."""
        if other.kind == "text":
            return self.first
        if self._second is None or self._second[0] != other:
            self.close()
            source = self.first.facts.path if other.kind == "moment" else other.source
            self._second = other, Inspector.open(source, step=other.step, progress=progress, cancelled=cancelled)
        return self._second[1]

    def _look(self, query: Query, other: Other, inspector: Inspector, kind: str, cancelled: Callable[[], bool]) -> _Sides:
        """Both sides through their models, brought to units they share."""
        same_model, second = other.kind == "text", _second(query, other)
        seen, beside = self.first.seen(query), inspector.seen(second)
        other_kind = _counterpart(kind, seen, beside)
        _check_size(seen, kind)
        _check_size(beside, other_kind)
        every = self.first.weights((kind,), query=query)[kind]
        if cancelled():
            raise Cancelled("stopped while heads were compared")
        every_other = inspector.weights((other_kind,), query=second)[other_kind]
        a: Weights = every.weights
        b: Weights = every_other.weights
        axes, others = axes_of(seen, kind), axes_of(beside, other_kind)
        labels, other_labels = (axes[0].tokens, axes[1].tokens), (others[0].tokens, others[1].tokens)
        remarks = []
        if query.changes and not same_model:
            remarks.append("What is changed is changed in A alone.")
        if other_kind != kind:
            remarks.append(
                "A's encoder self-attention stands beside B's decoder self-attention." if kind == "encoder"
                else "A's decoder self-attention stands beside B's encoder self-attention."
            )  # fmt: skip
        rest = not same_model and axes != others
        if rest:
            if query.shuffled is not None:
                raise WorkbenchError(
                    "shuffled words stand in another order in each of these models", where="text",
                    mend="Compare the text as it is written.",
                )  # fmt: skip
            shared = share(a, axes, b, others)
            a, b, labels = shared.a, shared.b, (shared.queries, shared.keys)
            other_labels = labels
            remarks.append("The tokens differ, so both are compared by the smallest stretches of text that both have whole.")
            if shared.lost:
                remarks.append(f"{shared.lost} stretches of text are read by one of the models alone and have no row.")
        if same_model and a.shape != b.shape:
            remarks.append("The texts have different numbers of tokens, so there is no difference cell by cell.")
        pairs = _same_heads(a, b) if same_model else _matched(a, b)
        return _Sides(
            other_kind=other_kind, a=a, b=b, layers=every.layers, other_layers=every_other.layers, labels=labels,
            other_labels=other_labels, rest=rest, pairs=tuple(_placed(pair, every.layers, every_other.layers) for pair in pairs),
            remarks=tuple(remarks),
        )  # fmt: skip


def _second(query: Query, other: Other) -> Query:
    """What goes through the model of the second side."""
    return replace(query, text=other.text) if other.kind == "text" else replace(query, changes=())


def _counterpart(kind: str, seen: Inspected, beside: Inspected) -> str:
    """The kind of B's attention that stands beside A's."""
    if kind in beside.walls:
        return kind
    (own,) = [each for each in ("encoder", "decoder") if each in beside.walls][:1] or [""]
    if kind == "cross" or not own or seen.target_tokens or beside.target_tokens:
        raise WorkbenchError(
            f"B has no {kind} attention", where="models that are compared", mend="Choose another kind of attention."
        )
    return own


def _check_size(seen: Inspected, kind: str) -> None:
    wall = seen.walls[kind]
    heads, tokens = wall.tiles.shape[0] * wall.tiles.shape[1], len(wall.queries) * len(wall.keys)
    if heads * tokens > MOST:
        longest = int((MOST / heads) ** 0.5)
        raise WorkbenchError(
            f"all {heads} heads over {len(wall.keys)} tokens do not fit side by side", where="text",
            mend=f"Compare texts of at most {longest} tokens.",
        )  # fmt: skip


def _head(weights: Weights, layers: tuple[int, ...], place: Place) -> NDArray[np.float32]:
    layer, head = place
    if layer not in layers or not 0 <= head < weights.shape[1]:
        raise WorkbenchError(
            f"there is no head {head} in layer {layer}", where="heads that are compared",
            mend=f"Layers are {layers[0]} to {layers[-1]}, heads 0 to {weights.shape[1] - 1}.",
        )  # fmt: skip
    return np.asarray(weights[layers.index(layer), head], np.float32)


def _placed(pair: HeadPair, layers: tuple[int, ...], other_layers: tuple[int, ...]) -> HeadPair:
    """A pair that counts rows, with the layers that stand in them."""
    runner_up = None if pair.runner_up is None else (other_layers[pair.runner_up[0]], pair.runner_up[1])
    return replace(
        pair, one=(layers[pair.one[0]], pair.one[1]), other=(other_layers[pair.other[0]], pair.other[1]), runner_up=runner_up
    )


def _same_heads(a: Weights, b: Weights) -> tuple[HeadPair, ...]:
    """Two texts in one model: each head beside itself."""
    alike = np.full(a.shape[:2], np.nan)
    if a.shape == b.shape:
        alike = np.sqrt(a.astype(np.float64) * b).sum((2, 3)) / a.shape[2]
    return tuple(
        HeadPair(one=(int(layer), int(head)), other=(int(layer), int(head)), similarity=float(alike[layer, head]))
        for layer, head in np.ndindex(alike.shape)
    )


def _matched(a: Weights, b: Weights) -> tuple[HeadPair, ...]:
    """Heads of two models, paired so that they are most alike as a whole; where A has more, the rest beside the most alike."""
    alike = similarity(a, b)
    partners = {pair.one: pair.other for pair in match_heads(alike)}
    pairs = []
    for layer, head in np.ndindex(alike.shape[:2]):
        row = alike[layer, head]
        best = np.argsort(-row, axis=None, kind="stable")
        ranked = [divmod(int(place), row.shape[1]) for place in best[:2]]
        partner = partners.get((layer, head), ranked[0])
        next_best = next((place for place in ranked if place != partner), None)
        pairs.append(HeadPair(
            one=(layer, head), other=partner, similarity=float(row[partner]), shared=(layer, head) not in partners,
            runner_up=next_best, runner_up_similarity=float(row[next_best]) if next_best is not None else float("nan"),
        ))  # fmt: skip
    return tuple(pairs)
