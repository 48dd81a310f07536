"""What every head does, over one text or many: scores beside their baselines, importance, and names.

Texts are looked at one by one, and only sums over them are kept, so memory follows the longest text and not their number.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from workbench.contracts.errors import Cancelled
from workbench.contracts.head_tables import HeadTable
from workbench.engine import heads
from workbench.engine.head_importance import gradient_importance, without_each_head
from workbench.engine.head_names import head_names
from workbench.engine.head_nulls import NORMAL_95, Score, dealt_overlap, entropy_score, overlap, target_score, target_value
from workbench.engine.head_patterns import Patterns, Text, see
from workbench.engine.head_targets import Target, targets
from workbench.engine.lens import Lens
from workbench.engine.output_projection import Place, find_projections
from workbench.engine.support import evaluating

Array = NDArray[np.float64]
Scores = dict[str, dict[str, Score]]
"""By kind and column."""
_PARTS = ("value", "uniform", "shuffled", "variance", "moved")


@dataclass(frozen=True, kw_only=True)
class Measure:
    """What is measured beyond the scores of one pass; each costs further passes over every text."""

    shuffles: int = 4
    """Passes with the words in another order. 0 leaves out the positional score, and with it the names that need it."""
    value_norms: bool = True
    """Weigh by what the values add to the residual stream."""
    gradients: bool = False
    """The gradient's estimate of importance: one pass forward and back."""
    without: bool = False
    """What changes when a head is off: one pass for each head."""
    seed: int = 0
    """For the shuffles."""


def head_tables(
    model: nn.Module,
    texts: Iterable[Text],
    measure: Measure | None = None,
    *,
    lens: Lens | None = None,
    cancelled: Callable[[], bool] = lambda: False,
    progress: Callable[[int], None] = lambda done: None,
    provenance: Mapping[str, str] | None = None,
) -> Iterator[dict[str, HeadTable]]:
    """Measure the heads of a model, text after text.

    Columns, each a mean over texts of a mean over queries: the targets of `workbench.engine.head_targets`; ``entropy`` (nats)
    and ``mean_distance`` (tokens); ``positional``, the overlap Σ min(a, a') of a pattern with that of the same words in another
    order, at equal positions, mean over shuffles (1 is a pattern that asks for places alone; baseline: the overlap with its own
    weights dealt out at random; even attention is at 1 as well); ``value_weighted_norm``, Σ α‖f(x)‖ (Kobayashi et al. 2020);
    ``output_change``, ``loss_change`` and ``gradient_importance`` (`workbench.engine.head_importance`), which have no baselines.

    Args:
        model: A transformers model; its mode is kept.
        texts: One or many. Each is let go before the next is taken.
        measure: What to measure; what needs no gradients and no passes per head, if left out.
        lens: One that is on the model already; otherwise one is put on and taken off.
        cancelled: Asked before each text and within long work.
        progress: Told after each text how many are done.
        provenance: Where it comes from.

    Yields:
        After each text, a table for each kind of attention over all texts so far.

    Raises:
        Cancelled: `cancelled` said so.
        WorkbenchError: no attention can be seen.
    """
    measure = measure or Measure()
    where = next((part.device for part in model.parameters()), torch.device("cpu"))
    sums: defaultdict[str, _Sums] = defaultdict(_Sums)
    projections: dict[Place, nn.Module] | None = None
    with ExitStack() as stack:
        lens = lens or stack.enter_context(Lens(model))
        for done, given in enumerate(texts, 1):
            if cancelled():
                raise Cancelled("stopped while heads were scored")
            text = given.to(where)
            with evaluating(model):
                if projections is None:
                    projections = find_projections(lens, text.inputs) if measure.value_norms else {}
                scores = measured(lens, text, measure, projections, np.random.default_rng([measure.seed, done]), cancelled)
            for kind, columns in scores.items():
                sums[kind].add(columns)
            progress(done)
            yield {kind: kept.table(kind, {"model": type(model).__name__, **(provenance or {})}) for kind, kept in sums.items()}


def measured(
    lens: Lens,
    text: Text,
    measure: Measure,
    projections: Mapping[Place, nn.Module],
    generator: np.random.Generator,
    cancelled: Callable[[], bool],
) -> Scores:
    """All that is asked of one text, by kind and column."""
    patterns = see(lens, text, projections)
    looked_for = {kind: _targets(kind, text, found) for kind, found in patterns.items()}
    scores: Scores = {kind: _scored(found, looked_for[kind]) for kind, found in patterns.items()}
    if measure.shuffles and "input_ids" in text.inputs:
        others = []
        for _ in range(measure.shuffles):
            if cancelled():
                raise Cancelled("stopped while heads were scored")
            others.append(_moved(patterns, see(lens, text.shuffled(generator)), looked_for))
        for kind, found in patterns.items():
            mean, variance = dealt_overlap(found.pattern, generator)
            kept = np.mean([other[kind]["positional"] for other in others], axis=0)
            scores[kind]["positional"] = Score(value=kept, uniform=np.ones_like(kept), shuffled=mean, variance=variance)
            for name in looked_for[kind]:
                at_same_places = np.mean([other[kind][name] for other in others], axis=0)
                scores[kind][name] = _with_moved(scores[kind][name], at_same_places)
    layers = {
        (kind, layer): found.pattern.weights.shape[1]
        for kind, found in patterns.items()
        for layer in range(found.pattern.weights.shape[0])
    }
    importance: dict[str, dict[Place, Array]] = {}
    if measure.gradients:
        importance["gradient_importance"] = gradient_importance(lens, text.inputs, layers)
    if measure.without:
        importance |= without_each_head(lens, text.inputs, layers, cancelled=cancelled)
    for name, by_place in importance.items():
        for kind, found in patterns.items():
            value = np.stack([by_place[kind, layer] for layer in range(found.pattern.weights.shape[0])])
            if not np.isnan(value).all():
                unknown = np.full_like(value, np.nan)
                scores[kind][name] = Score(value=value, uniform=unknown, shuffled=unknown, variance=unknown)
    return scores


def _targets(kind: str, text: Text, found: Patterns) -> dict[str, Target]:
    """What can be looked for in this text; positions that a tuned prompt put before the keys are nobody's tokens."""
    queries, keys = found.pattern.weights.shape[-2:]
    decodes = kind == "decoder" and "decoder_input_ids" in text.inputs
    name = "decoder_input_ids" if decodes else "input_ids"
    ids, special = text.tokens(name), text.special(name)
    fits = ids is not None and len(ids) == keys
    return targets(kind, queries, keys, ids=ids if fits else None, special=special if fits else None)


def _scored(found: Patterns, looked_for: Mapping[str, Target]) -> dict[str, Score]:
    """What one pass tells."""
    pattern = found.pattern
    columns = {"entropy": entropy_score(heads.entropy(pattern.weights), pattern)}
    columns |= {name: target_score(pattern, target) for name, target in looked_for.items()}
    if found.norms is not None:
        every = np.ones(pattern.weights.shape[2], dtype=np.bool_)
        columns["value_weighted_norm"] = target_score(pattern, Target(wanted=found.norms, counted=every))
    return columns


def _moved(
    before: Mapping[str, Patterns], after: Mapping[str, Patterns], looked_for: Mapping[str, Mapping[str, Target]]
) -> dict[str, dict[str, Array]]:
    """How much of each pattern is where it was, and what falls on the places that were looked for before."""
    return {
        kind: {
            "positional": overlap(found.pattern.weights, after[kind].pattern.weights),
            **{name: target_value(after[kind].pattern.weights, target) for name, target in looked_for[kind].items()},
        }
        for kind, found in before.items()
    }


def _with_moved(score: Score, moved: Array) -> Score:
    return Score(value=score.value, uniform=score.uniform, shuffled=score.shuffled, variance=score.variance, moved=moved)


@dataclass(kw_only=True)
class _Sums:
    """Sums over texts of one kind of attention; a column counts the texts that have it."""

    parts: dict[str, dict[str, Array]] = field(default_factory=lambda: {part: {} for part in _PARTS})
    counts: Counter[str] = field(default_factory=Counter)
    texts: int = 0

    def add(self, columns: Mapping[str, Score]) -> None:
        """One more text."""
        self.texts += 1
        for name, score in columns.items():
            self.counts[name] += 1
            for part, kept in self.parts.items():
                value = getattr(score, part)
                if value is not None:
                    kept[name] = kept.get(name, 0.0) + value

    def table(self, kind: str, provenance: Mapping[str, str]) -> HeadTable:
        """The means so far."""
        means = {part: {name: kept[name] / self.counts[name] for name in kept} for part, kept in self.parts.items()}
        # Texts are dealt independently: the variance of their mean is that of one over how many there are.
        spread = {name: np.sqrt(kept) / self.counts[name] for name, kept in self.parts["variance"].items()}
        columns = {
            "values": means["value"], "uniform": means["uniform"], "shuffled": means["shuffled"], "moved": means["moved"],
            "band": {name: NORMAL_95 * deviation for name, deviation in spread.items()},
        }  # fmt: skip
        return HeadTable(kind=kind, names=head_names(**columns), texts=self.texts, provenance=provenance, **columns)
