"""What every head scores at a moment of a film: cheap enough to be asked every few steps.

Scores by place are taken from the frames of the film's text. Those that speak of words (induction, duplicate token) need text
that repeats itself: a model that writes on is given random tokens that come back after different distances, so that a head
that looks a fixed distance back earns nothing.
"""

from __future__ import annotations

from collections.abc import Mapping

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

REPEATS = range(6, 14)
"""After how many tokens each text of repeats comes back."""
LONGEST = 32
"""Tokens of a text of repeats, at most."""


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
        found = {kind: self._on_text(frame) for kind, frame in frames.items()}
        if self._repeats is not None and "decoder" in frames:
            found["decoder"] = self._on_repeats(*self._repeats)
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

    def _draw(self, length: int) -> tuple[torch.Tensor, list[dict[str, Target]]] | None:
        """Random texts that repeat themselves, (text, token), and what is looked for in each; None where there is no room."""
        words = [number for number in range(self._tokenizer.get_vocab_size()) if number not in self._special]
        periods = [period for period in REPEATS if 2 * period <= length]
        if len(periods) < 2 or len(words) < 2 * max(periods):
            return None
        generator = np.random.default_rng(0)
        texts = [np.resize(generator.choice(words, period, replace=False), length) for period in periods]
        wanted = [targets("decoder", length, length, ids=text.tolist()) for text in texts]
        keep = [{name: target for name, target in each.items() if name in FILM_LABELS} for each in wanted]
        return torch.from_numpy(np.stack(texts)), keep

    def _on_repeats(self, texts: torch.Tensor, wanted: list[dict[str, Target]]) -> dict[str, Score]:
        with torch.no_grad(), evaluating(self.model), Lens(self.model) as lens, lens.record() as seen:
            self.model(**placed(self.model, {"input_ids": texts}))
        records = seen.of("decoder")
        weights = np.stack([record.weights for record in records if record.weights is not None], axis=1)
        if weights.shape[1] != len(records):
            return {}
        each = [
            {name: target_score(self._pattern("repeats", text), target) for name, target in found.items()}
            for text, found in zip(weights, wanted, strict=True)  # text: (layer, head, query, key)
        ]
        return {name: _mean([scores[name] for scores in each]) for name in each[0]}


def _mean(scores: list[Score]) -> Score:
    """Over texts, which are independent."""
    value, uniform, shuffled = (
        np.mean([getattr(score, part) for score in scores], axis=0) for part in ("value", "uniform", "shuffled")
    )
    return Score(
        value=value,
        uniform=uniform,
        shuffled=shuffled,
        variance=np.sum([score.variance for score in scores], axis=0) / len(scores) ** 2,
    )


def _as_scores(scores: Mapping[str, Score]) -> HeadScores:
    nulls = [np.fmax(each.uniform, each.shuffled + NORMAL_95 * np.sqrt(each.variance)) for each in scores.values()]
    return HeadScores(
        names=tuple(scores), values=np.stack([each.value for each in scores.values()]).astype(np.float32),
        nulls=np.stack(nulls).astype(np.float32),
    )  # fmt: skip
