from __future__ import annotations

import numpy as np
import torch
from hypothesis import given
from hypothesis import strategies as st

from workbench.engine.batches import by_length, epoch_plan, pad

lengths = st.lists(st.integers(1, 40), min_size=1, max_size=200).map(lambda values: np.array(values, dtype=np.int64))


@given(lengths, st.integers(1, 17), st.integers(0, 5), st.integers(1, 4))
def test_an_epoch_holds_every_example_once(lengths: np.ndarray, size: int, epoch: int, pool: int) -> None:
    plan = epoch_plan(lengths, size, seed=3, epoch=epoch, pool=pool)
    assert sorted(np.concatenate(plan).tolist()) == list(range(len(lengths)))
    assert all(len(batch) == size for batch in plan[:-1])


def test_the_plan_follows_from_seed_and_epoch_alone() -> None:
    lengths = np.random.default_rng(0).integers(1, 30, 500)
    plans = [np.concatenate(epoch_plan(lengths, 32, seed=s, epoch=e)).tolist() for s, e in ((0, 0), (0, 0), (0, 1), (1, 0))]
    assert plans[0] == plans[1]
    assert plans[0] != plans[2]
    assert plans[0] != plans[3]


def test_like_lengths_share_a_batch() -> None:
    lengths = np.random.default_rng(0).integers(4, 60, 4000)
    padded = sum(len(batch) * lengths[batch].max() for batch in epoch_plan(lengths, 32, seed=0, epoch=0))
    assert padded / lengths.sum() < 1.03
    shuffled = np.random.default_rng(1).permutation(4000).reshape(-1, 32)
    assert sum(len(batch) * lengths[batch].max() for batch in shuffled) / lengths.sum() > 1.5


@given(lengths, st.integers(1, 9))
def test_scoring_sees_every_example_longest_first(lengths: np.ndarray, size: int) -> None:
    seen = np.concatenate(list(by_length(lengths, size)))
    assert sorted(seen.tolist()) == list(range(len(lengths)))
    assert (np.diff(lengths[seen]) <= 0).all()


@given(st.lists(st.lists(st.integers(1, 9), max_size=6), min_size=1, max_size=5))
def test_padding_equals_the_naive_loop(rows: list[list[int]]) -> None:
    arrays = [np.array(row, dtype=np.int32) for row in rows]
    ids, mask = pad(arrays, -7)
    width = max(map(len, rows))
    expected = torch.tensor([row + [-7] * (width - len(row)) for row in rows], dtype=torch.int64).reshape(len(rows), width)
    assert torch.equal(ids, expected)
    if mask is None:
        assert {len(row) for row in rows} == {width}
    else:
        assert mask.tolist() == [[1] * len(row) + [0] * (width - len(row)) for row in rows]
