"""What every head scores at a moment of a film: cheap enough to be asked every few steps.

Scores by place are taken from the frames of the film's text. Those that speak of words (induction, duplicate token) need text
that repeats itself: a model that writes on is given random tokens that come back after different distances, so that a head
that looks a fixed distance back earns nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from transformers import PreTrainedModel

from workbench.contracts.film import FILM_LABELS, HeadScores
from workbench.contracts.frames import AttentionFrame
from workbench.data.tokenizers import special_ids
from workbench.engine.head_scorer import HeadScorer
from workbench.engine.head_targets import Target, targets
from workbench.engine.lens import Lens
from workbench.engine.recording import Look
from workbench.engine.support import evaluating, placed

REPEATS = range(7, 14)
"""After how many tokens each text of repeats comes back: none is twice another, so one distance fits one text alone."""
LONGEST = 32
"""Tokens of a text of repeats, at most."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Repeats:
    """Texts that repeat themselves, and what is looked for in each."""

    texts: torch.Tensor
    """(text, token)"""
    targets: Mapping[str, Sequence[Target]]
    """By score, one for each text."""


class FilmScores:
    """Scores the heads of a model that trains.

    Args:
        model: Its mode is kept.
        task: Its name; ``causal-lm`` is scored on texts of repeats.
        tokenizer: Tells special tokens from words.
        longest: Tokens that the model reads, at most.
    """

    def __init__(self, model: PreTrainedModel, task: str, tokenizer: Tokenizer, longest: int | None) -> None:
        self.model = model
        special = special_ids(tokenizer)
        self._special = {number for number in (special.pad, special.cls, special.sep, special.mask) if number is not None}
        self._tokenizer = tokenizer
        self._scorers: dict[str, tuple[Hashable, HeadScorer]] = {}  # by kind, with what each is for
        self._repeats = self._draw(min(longest or LONGEST, LONGEST)) if task == "causal-lm" else None

    def of(self, frames: Mapping[str, AttentionFrame], lens: Lens | None = None) -> dict[str, HeadScores]:
        """Scores of every head, by kind; those of repeats stand beside those of the text.

        Args:
            frames: Of the film's text.
            lens: A lens that is on the model already; otherwise one is put on and taken off.
        """
        repeats = self._repeats
        return {
            kind: self._on_repeats(repeats, lens) if repeats is not None and kind == "decoder" else self._on_text(frame)
            for kind, frame in frames.items()
        }

    def _on_text(self, frame: AttentionFrame) -> HeadScores:
        def wanted() -> Mapping[str, Sequence[Target]]:
            return {name: [target] for name, target in self._wanted(frame).items()}

        return self._scored(frame.kind, (frame.queries, frame.keys), frame.weights[None], wanted)

    def _on_repeats(self, repeats: Repeats, lens: Lens | None) -> HeadScores:
        """All texts in one pass."""
        with ExitStack() as stack:
            stack.enter_context(torch.no_grad())
            lens = lens or stack.enter_context(Lens(self.model))
            stack.enter_context(evaluating(self.model))
            seen = stack.enter_context(lens.record(Look(kinds=("decoder",))))
            self.model(**placed(self.model, {"input_ids": repeats.texts}))
        weights = np.stack([record.weights for record in seen.of("decoder") if record.weights is not None], axis=1)
        return self._scored("repeats", None, weights, lambda: repeats.targets)

    def _scored(
        self, name: str, tokens: Hashable, weights: NDArray[np.float32], wanted: Callable[[], Mapping[str, Sequence[Target]]]
    ) -> HeadScores:
        """(text, layer, head, query, key): scored on what is wanted, which is asked for once for the same tokens and shape."""
        texts, layers, heads, queries, keys = weights.shape
        flat = weights.reshape(texts, layers * heads, queries, keys)
        known = self._scorers.get(name)
        if known is None or known[0] != (tokens, weights.shape):
            # Masks do not change while a model trains, and later a weight may round to nothing.
            known = self._scorers[name] = ((tokens, weights.shape), HeadScorer(flat > 0, wanted()))
        score = known[1].of(flat)
        values, nulls = (array.reshape(-1, layers, heads).astype(np.float32) for array in (score.value, score.chance))
        return HeadScores(names=known[1].names, values=values, nulls=nulls)

    def _wanted(self, frame: AttentionFrame) -> dict[str, Target]:
        ids = [self._tokenizer.token_to_id(token) for token in frame.keys]
        special = np.array([number in self._special for number in ids], np.bool_)
        found = targets(frame.kind, len(frame.queries), len(frame.keys), special=special)
        if frame.kind == "cross" and (text := np.flatnonzero(~special)).size:
            count = min(len(text), len(frame.queries))
            wanted = np.zeros((len(frame.queries), len(frame.keys)))
            wanted[np.arange(count), text[:count]] = 1
            found["diagonal"] = Target(wanted=wanted, counted=np.arange(len(wanted)) < count)
        return {name: target for name, target in found.items() if name in FILM_LABELS}

    def _draw(self, length: int) -> Repeats | None:
        """Random texts that repeat themselves; None where there is no room for them."""
        words = [number for number in range(self._tokenizer.get_vocab_size()) if number not in self._special]
        periods = [period for period in REPEATS if 2 * period <= length]
        if len(periods) < 2 or len(words) < 2 * max(periods):
            return None
        generator = np.random.default_rng(0)
        texts = np.stack([np.resize(generator.choice(words, period, replace=False), length) for period in periods])
        each = [targets("decoder", length, length, ids=text.tolist()) for text in texts]
        names = [name for name in each[0] if name in FILM_LABELS]
        return Repeats(texts=torch.from_numpy(texts), targets={name: [found[name] for found in each] for name in names})
