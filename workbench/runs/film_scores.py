"""What every head scores at a moment of a film: cheap enough to be asked every few steps.

Scores by place are taken from the frames of the film's text. Those that speak of words (induction, duplicate token) need text
that repeats itself: a model that writes on is given random tokens that come back after different distances, so that a head
that looks a fixed distance back earns nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from transformers import PreTrainedModel

from workbench.contracts.film import FILM_LABELS, HeadScores
from workbench.contracts.frames import AttentionFrame
from workbench.data.tokenizers import special_ids
from workbench.engine.head_nulls import NORMAL_95, Pattern, Score, target_score
from workbench.engine.head_targets import Target, targets
from workbench.engine.lens import Lens
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
    wanted: Mapping[str, NDArray[np.float64]]
    """(text, query, key) by score, zero where a query is not counted."""
    shares: Mapping[str, NDArray[np.float64]]
    """(text,) by score: which share of the queries is counted."""


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
        self._targets: dict[tuple[str, tuple[str, ...], tuple[str, ...]], dict[str, Target]] = {}
        self._visible: dict[tuple[str, tuple[int, ...]], NDArray[np.bool_]] = {}
        self._repeats = self._draw(min(longest or LONGEST, LONGEST)) if task == "causal-lm" else None

    def of(self, frames: Mapping[str, AttentionFrame]) -> dict[str, HeadScores]:
        """Scores of every head, by kind; those of repeats stand beside those of the text."""
        repeats = self._repeats
        found = {
            kind: self._on_repeats(repeats) if repeats is not None and kind == "decoder" else self._on_text(frame)
            for kind, frame in frames.items()
        }
        return {kind: _as_scores(scores) for kind, scores in found.items() if scores}

    def _on_text(self, frame: AttentionFrame) -> dict[str, Score]:
        key = (frame.kind, frame.queries, frame.keys)
        if key not in self._targets:
            self._targets = {place: wanted for place, wanted in self._targets.items() if place[0] != frame.kind}
            self._targets[key] = self._wanted(frame)
        pattern = self._pattern(frame.kind, frame.weights)
        return {name: target_score(pattern, target) for name, target in self._targets[key].items()}

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

    def _pattern(self, kind: str, weights: NDArray[np.float32]) -> Pattern:
        key = (kind, weights.shape)
        if key not in self._visible:  # masks do not change while a model trains, and later a weight may round to nothing
            self._visible = {place: seen for place, seen in self._visible.items() if place[0] != kind}
            self._visible[key] = weights > 0
        return Pattern(weights=weights, visible=self._visible[key])

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
        return Repeats(
            texts=torch.from_numpy(texts),
            wanted={name: np.stack([found[name].wanted * found[name].counted[:, None] for found in each]) for name in names},
            shares={name: np.array([found[name].counted.mean() for found in each]) for name in names},
        )

    def _on_repeats(self, repeats: Repeats) -> dict[str, Score]:
        """All texts in one pass, and as if each were layers of its own, so that each score is reckoned once."""
        with torch.no_grad(), evaluating(self.model), Lens(self.model) as lens, lens.record() as seen:
            self.model(**placed(self.model, {"input_ids": repeats.texts}))
        records = seen.of("decoder")
        weights = np.stack([record.weights for record in records if record.weights is not None], axis=1)
        count, layers, *_, queries, keys = weights.shape  # (text, layer, head, query, key)
        pattern = self._pattern("repeats", weights.reshape(count * layers, -1, queries, keys))
        every = np.ones(queries, np.bool_)
        found = {}
        for name, wanted in repeats.wanted.items():
            score = target_score(pattern, Target(wanted=np.repeat(wanted, layers, axis=0)[:, None], counted=every))
            share = repeats.shares[name][:, None, None]  # a mean over all queries, of which only some are counted
            value, uniform, shuffled = (
                (part.reshape(count, layers, -1) / share).mean(0) for part in (score.value, score.uniform, score.shuffled)
            )
            variance = (score.variance.reshape(count, layers, -1) / share**2).sum(0) / count**2
            found[name] = Score(value=value, uniform=uniform, shuffled=shuffled, variance=variance)
        return found


def _as_scores(scores: Mapping[str, Score]) -> HeadScores:
    nulls = [np.fmax(each.uniform, each.shuffled + NORMAL_95 * np.sqrt(each.variance)) for each in scores.values()]
    return HeadScores(
        names=tuple(scores), values=np.stack([each.value for each in scores.values()]).astype(np.float32),
        nulls=np.stack(nulls).astype(np.float32),
    )  # fmt: skip
