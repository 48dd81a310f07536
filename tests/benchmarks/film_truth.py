"""What heads really score while a model trains, measured without the film: dense in steps, by hooks, with formulas of its own.

The film sees through the lens and takes moments as it can afford them. Here forward hooks take the weights that the modules'
own eager attention returns, every few steps, and plain loops say what is looked for; only the chance levels, whose closed forms
are held against drawn ones elsewhere, are the engine's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from transformers import PreTrainedModel

from workbench.contracts.frames import AttentionFrame
from workbench.engine.head_nulls import NORMAL_95, Pattern, target_score
from workbench.engine.head_targets import Target
from workbench.engine.layers import WorkbenchAttention

MARGIN, SLACK, LASTS = 0.15, 0.05, 0.1
"""By how much a name must beat chance and how far below that it is lost, as docs/film.md defines them; and for which share of its
step a crossing must hold to be one that lasts."""
Floats = NDArray[np.float64]


def seen_by_hooks(model: PreTrainedModel, inputs: Mapping[str, torch.Tensor]) -> dict[str, Floats]:
    """The weights of every head in evaluation mode: (text, layer, head, query, key) by kind."""
    found: dict[str, list[Floats]] = {}

    def keep(module: torch.nn.Module, _inputs: object, outputs: tuple[torch.Tensor, torch.Tensor]) -> None:
        kind = "cross" if module.is_cross_attention else "decoder" if module.is_causal else "encoder"
        found.setdefault(kind, []).append(outputs[1].double().numpy())

    hooks = [each.register_forward_hook(keep) for each in model.modules() if isinstance(each, WorkbenchAttention)]
    training = model.training
    try:
        with torch.no_grad(), eager(model):
            model.eval()(**inputs)
    finally:
        model.train(training)
        for hook in hooks:
            hook.remove()
    return {kind: np.stack(layers, axis=1) for kind, layers in found.items()}


@contextmanager
def eager(model: PreTrainedModel) -> Iterator[None]:
    """Attention written out by the model's own function."""
    configs = {id(each.config): each.config for each in model.modules() if hasattr(each, "config")}.values()
    before = [config._attn_implementation for config in configs]
    for config in configs:
        config._attn_implementation_internal = "eager"
    try:
        yield
    finally:
        for config, name in zip(configs, before, strict=True):
            config._attn_implementation_internal = name


def wanted(
    kind: str, queries: Sequence[int], keys: Sequence[int], special: set[int]
) -> dict[str, tuple[Floats, NDArray[np.bool_]]]:
    """What each name looks for in one text: (query, key), and which queries count."""
    rows, columns = len(queries), len(keys)
    text = [place for place in range(columns) if keys[place] not in special]
    looked = {name: np.zeros((rows, columns)) for name in ("first_token", "special_tokens")}
    looked["first_token"][:, 0] = 1
    looked["special_tokens"][:, [place for place in range(columns) if keys[place] in special]] = 1
    if kind == "cross":
        looked |= {"mirrored": np.zeros((rows, columns)), "diagonal": np.zeros((rows, columns))}
        for row in range(min(rows, len(text))):
            looked["mirrored"][row, text[-1 - row]] = looked["diagonal"][row, text[row]] = 1
    else:
        for name, offset in (("previous_token", -1), ("own_token", 0), *((("next_token", 1),) if kind == "encoder" else ())):
            looked[name] = np.eye(rows, columns, offset)
        if kind == "encoder":
            looked["mirrored"] = np.zeros((rows, columns))
            for place, other in zip(text, reversed(text), strict=True):
                looked["mirrored"][place, other] = 1
        if kind == "decoder" and not special.intersection(keys):
            looked |= {"induction": np.zeros((rows, columns)), "duplicate_token": np.zeros((rows, columns))}
            for row in range(rows):
                for key in range(row):
                    if keys[key] == queries[row]:
                        looked["duplicate_token"][row, key] = looked["induction"][row, key + 1] = 1
    every = {name: np.ones(rows, np.bool_) for name in looked}
    every |= {
        name: looked[name].any(-1)
        for name in ("mirrored", "diagonal", "induction", "duplicate_token") if name in looked
    }  # fmt: skip
    return {name: (looked[name], every[name]) for name in looked if looked[name].any()}


@dataclass(frozen=True, kw_only=True)
class Crossing:
    """Where a score passes its threshold."""

    at: float
    """In steps."""
    lasts: bool
    """Whether no measurement within the next tenth of the step takes it back."""


class Truth:
    """Dense series of what every head has above chance.

    Args:
        model: That trains.
        frames: What the film is of, where it is scored on its text; None where texts of repeats are drawn instead.
        token_ids: By token.
        special: Ids of special tokens.
    """

    def __init__(
        self, model: PreTrainedModel, frames: Mapping[str, AttentionFrame] | None, token_ids: Mapping[str, int], special: set[int]
    ) -> None:
        self.model = model
        self.steps: list[int] = []
        self._surplus: dict[tuple[str, str], list[Floats]] = {}
        if frames is None:
            generator, words = np.random.default_rng(0), sorted(set(token_ids.values()) - special)
            texts = [np.resize(generator.choice(words, period, replace=False), 32) for period in range(7, 14)]  # as docs/film.md
            self._inputs = {"input_ids": torch.tensor(np.stack(texts))}
            self._looked = {"decoder": [wanted("decoder", text.tolist(), text.tolist(), special) for text in texts]}
            return
        ids = {
            kind: tuple([token_ids[token] for token in part] for part in (frame.queries, frame.keys))
            for kind, frame in frames.items()
        }
        self._inputs = {"input_ids": torch.tensor([ids["encoder"][1]]), "decoder_input_ids": torch.tensor([ids["decoder"][1]])}
        self._looked = {kind: [wanted(kind, *pair, special)] for kind, pair in ids.items()}

    def measure(self, step: int) -> None:
        """Every head as it is now."""
        self.steps.append(step)
        for kind, weights in seen_by_hooks(self.model, self._inputs).items():
            patterns = [Pattern(weights=text, visible=text > 0) for text in weights]
            for name in self._looked[kind][0]:
                pairs = zip(patterns, self._looked[kind], strict=True)
                scores = [
                    target_score(pattern, Target(wanted=looked[name][0], counted=looked[name][1])) for pattern, looked in pairs
                ]
                values = [
                    (pattern.weights * looked[name][0]).sum(-1)[..., looked[name][1]].mean(-1)
                    for pattern, looked in zip(patterns, self._looked[kind], strict=True)
                ]
                spread = np.sqrt(sum(each.variance for each in scores)) / len(scores)
                chance = np.fmax(
                    np.mean([s.uniform for s in scores], 0), np.mean([s.shuffled for s in scores], 0) + NORMAL_95 * spread
                )
                self._surplus.setdefault((kind, name), []).append(np.mean(values, 0) - chance)

    def crossings(self) -> dict[tuple[str, int, int, str, bool], list[Crossing]]:
        """By kind, layer, head, name and whether it became so: where the score crosses."""
        found: dict[tuple[str, int, int, str, bool], list[Crossing]] = {}
        for (kind, name), series in self._surplus.items():
            lines = np.stack(series)  # (step, layer, head)
            for layer, head in np.ndindex(lines.shape[1:]):
                for became, crossing in crossings_of(np.array(self.steps), lines[:, layer, head]):
                    found.setdefault((kind, layer, head, name, became), []).append(crossing)
        return found


def crossings_of(steps: NDArray[np.int64], line: Floats) -> Iterator[tuple[bool, Crossing]]:
    """Every passing of the threshold, up and down in turn, read off between two measurements."""
    above = bool(line[0] >= MARGIN)
    for place in range(1, len(line)):
        level = MARGIN - SLACK if above else MARGIN
        if bool(line[place] < level) != above:
            continue
        rest = line[place : int(np.searchsorted(steps, (1 + LASTS) * steps[place])) + 1]
        lasts = (rest < MARGIN - SLACK).all() if above else (rest >= MARGIN - SLACK).all()
        before, after = line[place - 1], line[place]
        share = min(max((level - before) / (after - before), 0.0), 1.0) if after != before else 1.0
        above = not above
        yield above, Crossing(at=float(steps[place - 1] + share * (steps[place] - steps[place - 1])), lasts=bool(lasts))
