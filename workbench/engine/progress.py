"""What a training is given, how far it is, and how it ended."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from tokenizers import Tokenizer

from workbench.contracts.examples import Examples


class Material(Protocol):
    """What there is to learn from, and how it reads."""

    @property
    def train(self) -> Examples: ...

    @property
    def validation(self) -> Examples: ...

    @property
    def tokenizer(self) -> Tokenizer: ...

    @property
    def counts(self) -> Mapping[str, int]:
        """Rows by what became of them."""

    def texts(self, part: str, indices: Iterable[int]) -> list[tuple[str, str]]:
        """Input and target of some examples of ``train`` or ``validation``, as a person reads them."""


@dataclass
class Progress:
    """How far a run is: what a checkpoint keeps beside the tensors."""

    step: int = 0
    epoch: int = 0
    position: int = 0
    """Batches of the epoch's plan that are done."""
    seconds: float = 0.0
    tokens: int = 0
    evaluations: int = 0
    saves: int = 0
    best_score: float | None = None
    best_loss: float | None = None
    """Of the validation rows at the best score: it decides between equal scores."""
    best_step: int = 0
    worse: int = 0
    """Evaluations since the best one."""
    parts: int = 1
    """Parts that each batch is computed in: more than one since memory ran out."""


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """How training ended; the model holds its best weights."""

    stopped: str
    steps: int
    seconds: float
    tokens: int
    best_step: int


def fingerprint(examples: Examples) -> str:
    """A checksum of what is learned from: a run is only resumed on the rows it began with."""
    digest = hashlib.blake2b(digest_size=16)
    for part in (examples.inputs, examples.targets):
        if part is not None:
            digest.update(np.ascontiguousarray(part.values).data)
            digest.update(np.ascontiguousarray(part.offsets).data)
    if examples.labels is not None:
        digest.update(np.ascontiguousarray(examples.labels).data)
    return digest.hexdigest()
