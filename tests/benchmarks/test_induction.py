"""Induction heads appear in two layers of attention alone and not in one, and switching them off undoes what they learned.

After Olsson et al. 2022, "In-context Learning and Induction Heads": a head in the second layer finds what followed the
current token the last time, with the help of a head in the first that writes to each token which one came before.

With a period that never changes, one layer scores as high by looking a fixed distance back; the table of heads tells the two
apart and gives the name only to the one that goes by the words.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from workbench.contracts.head_tables import HeadTable
from workbench.contracts.specs import ModelSpec
from workbench.engine.config import config_from_spec
from workbench.engine.head_patterns import Text
from workbench.engine.head_table import head_tables
from workbench.engine.heads import induction_baseline, induction_score, previous_token_baseline, previous_token_score
from workbench.engine.interventions import HeadsOff
from workbench.engine.lens import Lens
from workbench.engine.model import WorkbenchTaskModel, build_model

VOCABULARY, LENGTH, BATCH, STEPS = 64, 32, 64, 1500
PERIODS = range(6, 17)  # drawn anew for each text: with one fixed period a single layer learns the position instead


class NoFeedForward(nn.Module):
    """Adds nothing to the residual stream."""

    def forward(self, hidden_states: Tensor) -> Tensor:
        return torch.zeros_like(hidden_states)


def texts(count: int, generator: torch.Generator, periods_of: range = PERIODS) -> tuple[Tensor, Tensor]:
    """Random tokens that repeat: (text, token), and after how many tokens each text does."""
    periods = torch.randint(periods_of.start, periods_of.stop, (count,), generator=generator)
    fresh = torch.randint(5, VOCABULARY, (count, LENGTH), generator=generator)
    places = torch.arange(LENGTH)[None] % periods[:, None]
    return fresh.gather(1, places), periods


def repeat_loss(model: WorkbenchTaskModel, ids: Tensor, periods: Tensor) -> float:
    """Mean cross-entropy, in nats, of the tokens that could be known: those after the first of the second round."""
    logits = model(input_ids=ids).logits[:, :-1]
    loss = nn.functional.cross_entropy(logits.transpose(1, 2), ids[:, 1:], reduction="none")
    known = torch.arange(1, LENGTH)[None] > periods[:, None]
    return float(loss[known].mean())


@dataclass(frozen=True, kw_only=True)
class Trained:
    model: WorkbenchTaskModel
    losses: dict[int, float]
    scores: dict[int, NDArray[np.float64]]
    """Induction score of each head at some steps, (layer, head)."""


def named_heads(model: WorkbenchTaskModel, periods_of: range = PERIODS) -> HeadTable:
    """The table of heads over texts like those the model learned from."""
    ids, _ = texts(32, torch.Generator().manual_seed(98), periods_of)
    *_, tables = head_tables(model, [Text(inputs={"input_ids": text[None]}) for text in ids])
    table: HeadTable = tables["decoder"]
    for layer, head in np.ndindex(table.shape):
        print(f"\nlayer {layer} head {head}: {', '.join(table.names[layer][head]) or 'no name'}", end="")
        for name in ("previous_token", "induction", "positional"):
            columns = [getattr(table, part)[name][layer, head] for part in ("values", "uniform", "shuffled", "band")]
            moved = table.moved.get(name)
            print(f"; {name} {columns[0]:.2f} (even {columns[1]:.2f}, dealt {columns[2]:.2f} ± {columns[3]:.2f}", end="")
            print(")" if moved is None else f", words shuffled {moved[layer, head]:.2f})", end="")
    return table


def head_scores(model: WorkbenchTaskModel, periods_of: range = PERIODS) -> tuple[NDArray[np.float64], NDArray[np.float64], float]:
    """Induction and previous-token score of each head, (layer, head), and what even attention scores for induction."""
    ids, _ = texts(64, torch.Generator().manual_seed(99), periods_of)
    with torch.no_grad(), Lens(model) as lens, lens.record() as seen:
        model(input_ids=ids)
    layers = np.stack([record.weights for record in seen.of("decoder")], axis=1)  # (text, layer, head, query, key)
    induction = [induction_score(weights, text) for weights, text in zip(layers, ids.tolist(), strict=True)]
    baseline = [induction_baseline(text) for text in ids.tolist()]
    return np.mean(induction, axis=0), previous_token_score(layers).mean(0), float(np.mean(baseline))


def train(layers: int, periods_of: range = PERIODS) -> Trained:
    spec = ModelSpec(layers=layers, heads=2, d_model=64, dropout=0.0, positions="learned", tie_embeddings=False)
    config = config_from_spec(spec, task="causal-lm", vocab_size=VOCABULARY, max_length=LENGTH)
    with torch.random.fork_rng():
        torch.manual_seed(0)
        model = build_model("causal-lm", config)
    for layer in model.model.decoder.layers:
        layer.feed_forward = NoFeedForward()
    optimizer = torch.optim.AdamW(model.parameters(), lr=1e-3, fused=True)
    generator = torch.Generator().manual_seed(1)
    held_out = texts(256, torch.Generator().manual_seed(2), periods_of)
    losses, scores = {}, {}
    for step in range(STEPS + 1):
        if step in (0, 400, STEPS):
            with torch.no_grad():
                losses[step] = repeat_loss(model.eval(), *held_out)
            scores[step] = head_scores(model, periods_of)[0]
            model.train()
        ids, _ = texts(BATCH, generator, periods_of)
        model(input_ids=ids, labels=ids).loss.backward()
        optimizer.step()
        optimizer.zero_grad()
    return Trained(model=model.eval(), losses=losses, scores=scores)


@pytest.mark.benchmark
def test_two_layers_learn_induction_and_lose_it_with_their_heads() -> None:
    two, one = train(2), train(1)
    induction, previous, baseline = head_scores(two.model)
    heads = tuple(int(head) for head in np.flatnonzero(induction[1] > 0.3))
    held_out = texts(256, torch.Generator().manual_seed(3))
    with torch.no_grad(), Lens(two.model) as lens:
        intact = repeat_loss(two.model, *held_out)
        with lens.intervene(HeadsOff(kind="decoder", layer=1, heads=heads)):
            without = repeat_loss(two.model, *held_out)
        back = repeat_loss(two.model, *held_out)
    for name, found in (("two layers", two), ("one layer", one)):
        for step, loss in found.losses.items():
            print(
                f"\n{name}, step {step}: repeat loss {loss:.2f}, induction scores {found.scores[step].round(2).tolist()}", end=""
            )
    print(f"\nbaseline of induction {baseline:.3f}; previous-token scores {previous.round(2).tolist()}", end="")
    print(f" (baseline {previous_token_baseline(LENGTH):.3f})")
    print(f"heads {heads} of layer 1 switched off: repeat loss {intact:.3f} → {without:.3f}, back {back:.3f}")
    assert induction[1].max() > 0.7
    assert one.scores[STEPS].max() < 0.3
    assert two.losses[STEPS] < 0.4
    assert one.losses[STEPS] > 2.0
    assert previous[0].max() > 3 * previous_token_baseline(LENGTH)
    assert without > intact + 1.5
    assert back == intact
    table = named_heads(two.model)
    assert any("previous_token" in names for names in table.names[0])
    assert [head for head in range(2) if "induction" in table.names[1][head]] == list(heads)
    assert not any("induction" in names for names in (*table.names[0], *named_heads(one.model).names[0]))


@pytest.mark.benchmark
def test_a_fixed_period_scores_as_high_and_is_not_called_induction() -> None:
    always = range(16, 17)
    trapped = train(1, always)
    print(f"\none layer, fixed period: losses {trapped.losses}, induction {trapped.scores[STEPS].round(2).tolist()}", end="")
    table = named_heads(trapped.model, always)
    assert trapped.scores[STEPS].max() > 0.7  # the score alone would say so
    assert table.values["induction"].max() > 0.7
    assert not any("induction" in names for names in table.names[0])
