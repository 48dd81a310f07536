"""What is asked of a model that is looked into, and what comes back: plain values that cross the border of a process."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Self

import numpy as np
from numpy.typing import NDArray

from workbench.contracts.errors import WorkbenchError
from workbench.contracts.frames import KINDS, frozen
from workbench.contracts.pictures import SeenPicture

ACTS = ("off", "temperature", "uniform", "previous", "diagonal", "no-scale", "no-mask")
"""What can be done to a head: see `Change`."""


@dataclass(frozen=True, kw_only=True)
class Change:
    """Something done to attention: to all of it, a kind, a layer or one head.

    ========================  ==========================================================================
    act                       what happens
    ========================  ==========================================================================
    off                       the head hands on zeros
    temperature               scores are divided by ``value`` before the softmax
    uniform                   each query looks at all keys it may see alike
    previous, diagonal        each query looks at the token before, or at itself
    no-scale, no-mask         scores are not divided by √d; every query sees every key
    ========================  ==========================================================================
    """

    act: str
    kind: str | None = None
    """encoder, decoder, cross, or None for all."""
    layer: int | None = None
    """Counted from 0; None for all."""
    head: int | None = None
    """Counted from 0; None for all."""
    value: float = 1.0
    """Only for ``temperature``."""

    def __post_init__(self) -> None:
        for name, given, allowed in (("act", self.act, ACTS), ("kind", self.kind or "encoder", KINDS)):
            if given not in allowed:
                raise WorkbenchError(f"there is no {given!r}", where=f"Change.{name}", mend=f"Use {', '.join(allowed)}.")

    def __str__(self) -> str:
        act = f"{self.act}={self.value:g}" if self.act == "temperature" else self.act
        place = ["*" if part is None else str(part) for part in (self.kind, self.layer, self.head)]
        while place and place[-1] == "*":
            place.pop()
        return ":".join((act, *place))

    def meets(self, kind: str, layer: int, head: int) -> bool:
        """Whether it is done to this head."""
        wanted = ((self.kind, kind), (self.layer, layer), (self.head, head))
        return all(place in (None, here) for place, here in wanted)

    def switches_off(self, kind: str, layer: int, head: int) -> bool:
        """Whether it switches this head off."""
        return self.act == "off" and self.meets(kind, layer, head)

    @classmethod
    def parse(cls, text: str) -> Self:
        """A change as it is written in one word: ``off:encoder:2:5``, ``temperature=2``, ``uniform:*:0``.

        After the act come kind, layer and head; what is left out, or is ``*``, means all.

        Raises:
            WorkbenchError: it is written in another way.
        """
        act, *place = text.strip().split(":")
        act, equals, value = act.partition("=")
        kind, layer, head = [None if part in ("", "*") else part for part in (*place, "", "", "")[:3]]
        try:
            if len(place) > 3 or bool(equals) != (act == "temperature"):
                raise ValueError(text)
            number = float(value) if equals else 1.0
            where = [None if part is None else int(part) for part in (layer, head)]
            if not 0 < number < float("inf") or any(part is not None and part < 0 for part in where):
                raise ValueError(text)
        except ValueError:
            raise WorkbenchError(
                f"{text!r} is no change of attention",
                where="change",
                mend="Write ACT:KIND:LAYER:HEAD, counted from 0, as in off:encoder:2:5 or temperature=2.",
            ) from None
        return cls(act=act, kind=kind, layer=where[0], head=where[1], value=number)


@dataclass(frozen=True, kw_only=True)
class Query:
    """A text or picture to run through a model, and what is changed meanwhile."""

    text: str
    pair: str = ""
    """A second sentence, or what the decoder of an encoder-decoder is to read."""
    changes: tuple[Change, ...] = ()
    shuffled: int | None = None
    """The seed of a shuffling of the words (special tokens stay), or None: how much depends on their order."""
    write: int = 0
    """How many tokens a model that writes is to write first; they are then read along."""
    picture: str = ""
    """Path of the picture that a model of pictures is to read; it reads no text."""


@dataclass(frozen=True, kw_only=True)
class ModelFacts:
    """What is known of a model that was opened to be looked into."""

    path: str
    name: str
    """Of its class."""
    task: str
    """What it answers: text-classification, …, image-classification, masked-lm, causal-lm, seq2seq; without a head, embedding."""
    parameters: int
    layers: Mapping[str, int]
    """How many layers of each kind of attention were seen."""
    heads: int
    longest: int | None
    """Most tokens it has positions for; None where it does not say."""
    support: str
    """full, partial, tapped or none: see `workbench.engine.support`."""
    message: str
    """The same in a sentence."""
    remarks: tuple[str, ...] = ()
    sha256: str = ""
    """Of its weights."""
    step: int | None = None
    """Of a run: which step these weights are from."""
    takes_pair: bool = False
    reads: str = "text"
    """text or picture"""


@dataclass(frozen=True, kw_only=True, eq=False)
class Answer:
    """What a model makes of a text."""

    kind: str
    """classes, number, tags, next (token), masked (tokens), or vector."""
    likely: tuple[tuple[str, float], ...] = ()
    """The likeliest answers with their probabilities, or the predicted number."""
    classes: tuple[tuple[str, float], ...] = ()
    """Every class with its probability, in the model's own order."""
    tags: tuple[str, ...] = ()
    """One for each token."""
    loss: float | None = None
    """Mean loss of reading or writing this text, in nats a token."""
    vector: NDArray[np.float32] | None = None
    """(d_model,), of unit length: the mean of the last hidden states, which is what a sentence is compared by."""
    written: str = ""
    """What it wrote, where it was asked to."""

    def cosine(self, other: Answer) -> float | None:
        """How like two sentence vectors are: 1 is the same direction."""
        if self.vector is None or other.vector is None:
            return None
        return float(self.vector @ other.vector)


@dataclass(frozen=True, kw_only=True, eq=False)
class Wall:
    """All heads of one kind, small enough to be shown at once."""

    kind: str
    tiles: NDArray[np.float32]
    """(layer, head, ≤ 160, ≤ 160), of pictures ≤ 260: the weights, or the largest of each block of cells."""
    trust: NDArray[np.float32]
    """(layer, head): max |weights · values - what the model went on with|; NaN where values are not seen."""
    queries: tuple[str, ...]
    keys: tuple[str, ...]
    layers: tuple[int, ...] = ()
    """Which layers these are, counted from 0 within their kind; those from 0 on where nothing is said."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "layers", self.layers or tuple(range(len(self.tiles))))
        object.__setattr__(self, "tiles", frozen(self.tiles))
        object.__setattr__(self, "trust", frozen(self.trust))

    @property
    def whole(self) -> bool:
        """Whether the tiles are the weights themselves."""
        return self.tiles.shape[2:] == (len(self.queries), len(self.keys))


@dataclass(frozen=True, kw_only=True, eq=False)
class Inspected:
    """A text or picture through a model."""

    query: Query
    walls: Mapping[str, Wall]
    tokens: tuple[str, ...]
    target_tokens: tuple[str, ...]
    special: tuple[bool, ...]
    """Of `tokens`: those that the tokenizer put there."""
    spans: tuple[tuple[int, int], ...]
    """Of `tokens`: where each lies in its text, first character and past the last; (0, 0) for those that lie nowhere."""
    answer: Answer
    target_spans: tuple[tuple[int, int], ...] = ()
    """Of `target_tokens`: where each lies in the text that the decoder was given."""
    before: Answer | None = None
    """The answer without the changes, where there are any."""
    remarks: tuple[str, ...] = ()
    seconds: float = 0.0
    """What the model took."""
    provenance: Mapping[str, str] = field(default_factory=dict)
    picture: SeenPicture | None = None
    """Where the tokens lie in the picture that was read, if one was and they lie in it."""

    def gap(self, kind: str, layers: Sequence[int], heads: Sequence[int]) -> float | None:
        """The largest `Wall.trust` of some heads, without those that are off; None where nothing is known."""
        wall, changes = self.walls[kind], self.query.changes
        on = [
            float(wall.trust[wall.layers.index(layer), head])
            for layer in layers
            for head in heads
            if not any(change.switches_off(kind, layer, head) for change in changes)
        ]
        return max((value for value in on if value == value), default=None)  # NaN is not itself


@dataclass(frozen=True, kw_only=True, eq=False)
class HeadMap:
    """One head, every weight."""

    kind: str
    layer: int
    head: int
    weights: NDArray[np.float32]
    """(query, key)"""
    value_norms: NDArray[np.float32] | None = None
    """(key,): Euclidean norm of each key's value; None where values are not seen."""
    hidden_dimensions: int | None = None
    """In how many directions a row over all keys could differ without changing the output; None where values are not seen."""
    trust: float = float("nan")
    """max |weights · values - what the model went on with|"""
    off: bool = False
    """Whether a change switched it off, so that what it hands on is zero."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "weights", frozen(self.weights))
