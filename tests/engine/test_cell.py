"""The arithmetic of one cell: as the model did it, and as it follows from changed numbers."""

from __future__ import annotations

import pickle
from dataclasses import replace

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from tests.engine.tiny_architectures import TINY, tiny_batch, tiny_model
from tests.engine.tiny_family import POSITIONS, family_batch, family_model
from workbench.contracts.cells import AttentionCell, edited
from workbench.contracts.errors import WorkbenchError
from workbench.engine.cell import see_cell
from workbench.engine.lens import Lens


def one(task: str) -> dict[str, torch.Tensor]:
    return {name: value[:1] for name, value in family_batch(task, padding="none").items() if "mask" not in name}


def follows(cell: AttentionCell) -> None:
    """Every step of the arithmetic is the next one's beginning."""
    assert cell.dot == pytest.approx(float(cell.q @ cell.k))
    assert cell.scaled == pytest.approx(cell.dot * cell.scaling)
    capped = cell.scaled if cell.softcap is None else cell.softcap * np.tanh(cell.scaled / cell.softcap)
    if np.isfinite(cell.score):
        assert cell.score == pytest.approx(capped + cell.added[cell.key])
    assert cell.weight == pytest.approx(float(cell.exponentials[cell.key]) / cell.total, abs=1e-6)
    np.testing.assert_allclose(cell.output, sum(w * v for w, v in zip(cell.weights, cell.values, strict=True)), atol=1e-12)
    np.testing.assert_allclose(cell.share, cell.weight * cell.values[cell.key])


@pytest.mark.parametrize("positions", POSITIONS)
@pytest.mark.parametrize("kind", ["encoder", "decoder", "cross"])
def test_a_cell_explains_what_the_model_used(kind: str, positions: str) -> None:
    with Lens(family_model("seq2seq", positions=positions)) as lens:
        cell = see_cell(lens, one("seq2seq"), kind=kind, layer=1, head=2, query=4, key=3)
        follows(cell)
        assert cell.gap < 1e-5
        assert cell.scaling == pytest.approx(8**-0.5)
        hidden = see_cell(lens, one("seq2seq"), kind=kind, layer=1, head=2, query=0, key=-1)
        assert (hidden.weight == 0) == (kind == "decoder")
        assert (hidden.score == -np.inf) == (kind == "decoder")
    assert np.ptp(cell.added[: cell.query]) > 1e-3 or positions not in ("alibi", "relative") or kind == "cross"


@pytest.mark.parametrize("name", ["gpt2", "bert", "llama", "gemma2", "gpt_oss", "t5", "mistral", "vit", "falcon"])
def test_caps_sinks_biases_and_grouped_keys_are_part_of_the_arithmetic(name: str) -> None:
    family = TINY[name].family
    inputs = {key: value[:1] for key, value in tiny_batch(family, padding="none").items()}
    kind = "decoder" if family == "decoder" else "encoder"
    with Lens(tiny_model(name)) as lens:
        cell = see_cell(lens, inputs, kind=kind, layer=1, head=3, query=5, key=4)
    follows(cell)
    assert cell.gap < 2e-5 * max(1.0, float(np.abs(cell.used).max()))
    assert (cell.softcap is not None) == (name == "gemma2")
    assert (cell.sink > 0) == (name == "gpt_oss")
    again = edited(cell, q=cell.q)
    np.testing.assert_allclose(again.weights, cell.weights, atol=1e-6)
    np.testing.assert_allclose(again.scores, cell.scores, atol=1e-5)


def made(seed: int = 0, keys: int = 5, *, sink: float = 0.0) -> AttentionCell:
    generator = np.random.default_rng(seed)
    start = AttentionCell(
        kind="encoder", layer=0, head=0, query=0, key=min(2, keys - 1), q=generator.standard_normal(4),
        keys=generator.standard_normal((keys, 4)), values=generator.standard_normal((keys, 3)), scaling=0.5, softcap=None,
        added=np.zeros(keys), sink=0.0, scores=np.zeros(keys), weights=np.full(keys, 1 / keys), output=np.zeros(3),
        used=np.zeros(3),
    )  # fmt: skip
    return replace(edited(start, q=start.q), sink=sink)


@given(st.integers(0, 50), st.integers(1, 9))
def test_an_edit_is_the_formula_with_other_numbers(seed: int, keys: int) -> None:
    cell, generator = made(seed, keys), np.random.default_rng(seed + 1)
    q, k, v = generator.standard_normal(4), generator.standard_normal(4), generator.standard_normal(3)
    changed = edited(cell, q=q, k=k, v=v)
    table, values = cell.keys.copy(), cell.values.copy()
    table[cell.key], values[cell.key] = k, v
    naive = np.exp(table @ q * 0.5)
    naive /= naive.sum()
    np.testing.assert_allclose(changed.weights, naive, rtol=1e-9)
    np.testing.assert_allclose(changed.output, naive @ values, rtol=1e-9, atol=1e-12)
    follows(changed)
    assert np.array_equal(cell.keys[cell.key], made(seed, keys).k)


def test_hiding_and_showing_a_key_deals_its_weight_to_the_others() -> None:
    cell = made()
    hidden = edited(cell, visible=False)
    assert hidden.weight == 0.0
    others = np.delete(cell.weights, cell.key)
    np.testing.assert_allclose(np.delete(hidden.weights, cell.key), others / others.sum())
    np.testing.assert_allclose(edited(hidden, visible=True).weights, cell.weights)


def test_a_query_that_sees_nothing_gives_nothing() -> None:
    blind = edited(made(keys=1), visible=False)
    assert blind.weights.tolist() == [0.0]
    assert blind.output.tolist() == [0.0] * 3
    assert blind.total == 0.0


def test_a_sink_keeps_its_own_score() -> None:
    cell = edited(made(sink=0.7), q=made().q)
    before = cell.sink * np.exp(cell.largest)
    louder = edited(cell, k=cell.k * 5)
    assert louder.sink * np.exp(louder.largest) == pytest.approx(before)
    assert louder.weights.sum() == pytest.approx(1 - before / (before + np.exp(louder.scores).sum()))


def test_wrong_numbers_are_refused_by_name() -> None:
    with pytest.raises(WorkbenchError, match="k must be 4 finite numbers"):
        edited(made(), k=np.zeros(3))
    with pytest.raises(WorkbenchError, match="v must be 3 finite numbers"):
        edited(made(), v=np.array([0.0, np.nan, 0.0]))


def test_what_is_not_there_or_not_seen_is_said() -> None:
    with Lens(family_model("masked-lm")) as lens, pytest.raises(WorkbenchError, match="no key 9"):
        see_cell(lens, one("masked-lm"), kind="encoder", layer=0, head=0, query=0, key=9)
    inputs = {key: value[:1] for key, value in tiny_batch("decoder", padding="none").items()}
    with Lens(tiny_model("bloom")) as lens, pytest.raises(WorkbenchError, match="writes its attention out, so q is not known"):
        see_cell(lens, inputs, kind="decoder", layer=0, head=0, query=0, key=0)


def test_a_cell_crosses_processes_and_nobody_writes_to_it() -> None:
    again = pickle.loads(pickle.dumps(made()))
    assert np.array_equal(again.weights, made().weights)
    with pytest.raises(ValueError, match="read-only"):
        made().q[0] = 1.0
