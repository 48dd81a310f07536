"""What every head does, over one text or many: scores beside their baselines, importance, and names.

Texts are looked at one by one, and only sums over them are kept, so memory follows the longest text and not their number; of a
text too long to hold all its weights, layers are looked at one group after the other; where not even one layer's weights can be
held, means are over some of the queries, and the table says over how many.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from torch import Tensor, nn

from workbench.contracts.errors import Cancelled
from workbench.contracts.head_tables import HeadTable
from workbench.engine import heads
from workbench.engine.head_importance import gradient_importance, without_each_head
from workbench.engine.head_names import head_names
from workbench.engine.head_nulls import NORMAL_95, Score, dealt_overlap, entropy_score, overlap, target_score, target_value
from workbench.engine.head_patterns import Part, Patterns, Text, parts_of, see
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
    answer: Callable[[Any], Tensor] | None = None  # Any: whatever a model returns
    """What of the model's output that change is measured on, such as `head_importance.sentence_vector`; logits or hidden states
    if left out."""
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
    sums: defaultdict[str, _Sums] = defaultdict(_Sums)
    projections: dict[Place, nn.Module] | None = None
    with ExitStack() as stack:
        lens = lens or stack.enter_context(Lens(model))
        for done, given in enumerate(texts, 1):
            if cancelled():
                raise Cancelled("stopped while heads were scored")
            text = given.on(model)
            with evaluating(model):
                if projections is None:
                    projections = find_projections(lens, text.inputs) if measure.value_norms else {}
                parts = parts_of(lens, text)
                scores = measured(lens, text, measure, projections, parts, seed=(measure.seed, done), cancelled=cancelled)
            for kind, columns in scores.items():
                sums[kind].add(columns, drawn=len(parts[0].rows.get(kind, ())))
            progress(done)
            yield {kind: kept.table(kind, {"model": type(model).__name__, **(provenance or {})}) for kind, kept in sums.items()}


def measured(
    lens: Lens,
    text: Text,
    measure: Measure,
    projections: Mapping[Place, nn.Module],
    parts: Sequence[Part],
    *,
    seed: tuple[int, int],
    cancelled: Callable[[], bool],
) -> Scores:
    """All that is asked of one text, by kind and column."""
    scores = _joined([_of_part(lens, text, measure, projections, part, np.random.default_rng(seed), cancelled) for part in parts])
    shapes = {kind: columns["entropy"].value.shape for kind, columns in scores.items()}
    layers = {(kind, layer): count for kind, (depth, count) in shapes.items() for layer in range(depth)}
    importance: dict[str, dict[Place, Array]] = {}
    if measure.gradients:
        importance["gradient_importance"] = gradient_importance(lens, text.inputs, layers)
    if measure.without:
        importance |= without_each_head(lens, text.inputs, layers, numbers=measure.answer, cancelled=cancelled)
    for name, by_place in importance.items():
        for kind, (depth, _) in shapes.items():
            value = np.stack([by_place[kind, layer] for layer in range(depth)])
            if not np.isnan(value).all():
                unknown = np.full_like(value, np.nan)
                scores[kind][name] = Score(value=value, uniform=unknown, shuffled=unknown, variance=unknown)
    return scores


def _of_part(
    lens: Lens, text: Text, measure: Measure, projections: Mapping[Place, nn.Module], part: Part,
    generator: np.random.Generator, cancelled: Callable[[], bool],
) -> Scores:  # fmt: skip
    """What some layers' patterns tell."""
    patterns = see(lens, text, projections, part)
    looked_for = {kind: _targets(kind, text, found) for kind, found in patterns.items()}
    scores: Scores = {kind: _scored(found, looked_for[kind]) for kind, found in patterns.items()}
    if measure.shuffles and "input_ids" in text.inputs:
        others = []
        for _ in range(measure.shuffles):
            if cancelled():
                raise Cancelled("stopped while heads were scored")
            others.append(_moved(patterns, see(lens, text.shuffled(generator), part=part), looked_for))
        for kind, found in patterns.items():
            mean, variance = dealt_overlap(found.pattern, generator)
            kept = np.mean([other[kind]["positional"] for other in others], axis=0)
            scores[kind]["positional"] = Score(value=kept, uniform=np.ones_like(kept), shuffled=mean, variance=variance)
            for name in looked_for[kind]:
                at_same_places = np.mean([other[kind][name] for other in others], axis=0)
                scores[kind][name] = replace(scores[kind][name], moved=at_same_places)
    return scores


def _joined(parts: Sequence[Scores]) -> Scores:
    """Groups of layers one below the other; a column is kept where every layer of its kind has it."""
    joined: Scores = {}
    for kind in dict.fromkeys(kind for part in parts for kind in part):
        groups = [part[kind] for part in parts if kind in part]
        joined[kind] = {
            name: Score(**{part: _stacked([getattr(group[name], part) for group in groups]) for part in _PARTS})
            for name in groups[0]
            if all(name in group for group in groups)
        }
    return joined


def _stacked(arrays: Sequence[Array | None]) -> Any:  # Any: nothing where one is nothing, as the field it is for
    """(layer, head) of several groups of layers as one."""
    known = [array for array in arrays if array is not None]
    return np.concatenate(known) if len(known) == len(arrays) else None


def _targets(kind: str, text: Text, found: Patterns) -> dict[str, Target]:
    """What can be looked for in this text; positions that a tuned prompt put before the keys are nobody's tokens."""
    queries, keys = found.queries, found.pattern.weights.shape[-1]
    decodes = kind == "decoder" and "decoder_input_ids" in text.inputs
    name = "decoder_input_ids" if decodes else "input_ids"
    ids, special = text.tokens(name), text.special(name)
    fits = ids is not None and len(ids) == keys
    return targets(kind, queries, keys, ids=ids if fits else None, special=special if fits else None, rows=found.rows)


def _scored(found: Patterns, looked_for: Mapping[str, Target]) -> dict[str, Score]:
    """What one pass tells."""
    pattern = found.pattern
    # Head by head: an entropy needs copies in float64.
    entropy = np.array([[heads.entropy(head) for head in layer] for layer in pattern.weights])
    columns = {"entropy": entropy_score(entropy, pattern)}
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


@dataclass(kw_only=True)
class _Sums:
    """Sums over texts of one kind of attention; a column counts the texts that have it."""

    parts: dict[str, dict[str, Array]] = field(default_factory=lambda: {part: {} for part in _PARTS})
    counts: Counter[str] = field(default_factory=Counter)
    texts: int = 0
    drawn: int = 0

    def add(self, columns: Mapping[str, Score], drawn: int) -> None:
        """One more text; of a long one, how many of its queries were drawn."""
        self.texts += 1
        self.drawn = max(self.drawn, drawn)
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
        return HeadTable(
            kind=kind, names=head_names(**columns), texts=self.texts, drawn=self.drawn, provenance=provenance, **columns
        )
