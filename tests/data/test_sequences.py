from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.contracts.errors import RunFailed
from workbench.contracts.examples import Sequences
from workbench.data.sequences import Texts, Writer, collect_texts

ITEMS = st.lists(st.lists(st.integers(-(2**31), 2**31 - 1), max_size=8), max_size=30)


@given(ITEMS, st.integers(0, 200), st.integers(1, 7))
@settings(max_examples=150, deadline=None)
def test_items_come_back_from_memory_and_from_a_file(tmp_path_factory, items, limit, batch):
    writer = Writer(folder=tmp_path_factory.getbasetemp() / "arrays", limit=limit)
    for start in range(0, len(items), batch):
        writer.extend(items[start : start + batch])
    sequences = writer.finish()
    assert len(sequences) == len(items)
    assert [row.tolist() for row in sequences] == items
    assert sequences.lengths.tolist() == [len(item) for item in items]
    assert sequences.values.dtype == np.int32
    assert isinstance(sequences.values, np.memmap) == (sum(map(len, items)) * 4 > limit)


def test_the_file_is_a_plain_npy_and_goes_with_its_last_user(tmp_path):
    writer = Writer(folder=tmp_path / "cache", limit=0)
    for start in range(0, 5_000, 100):
        writer.extend_flat(np.arange(start, start + 100, dtype=np.int32), np.full(50, 2))
    sequences = writer.finish()
    files = list((tmp_path / "cache").rglob("*.npy"))
    assert len(files) == 1
    assert np.array_equal(np.load(files[0]), np.arange(5_000))
    row = sequences[7]
    assert row.tolist() == [14, 15]
    del sequences
    assert not list((tmp_path / "cache").rglob("*.npy"))
    assert row.tolist() == [14, 15], "a view outlives the folder"


def test_items_are_views_that_nobody_can_change():
    sequences = Sequences(np.arange(6, dtype=np.int32), np.array([0, 2, 6]))
    assert np.shares_memory(sequences[1], sequences.values)
    with pytest.raises(ValueError, match="read-only"):
        sequences[1][0] = 9
    assert sequences[-1].tolist() == [2, 3, 4, 5]
    for outside in (2, -3):
        with pytest.raises(IndexError):
            sequences[outside]


@given(st.lists(st.text(max_size=20), max_size=30))
@settings(max_examples=100, deadline=None)
def test_texts_come_back_as_they_were(texts):
    kept = collect_texts([texts[:7], texts[7:]])
    assert isinstance(kept, Texts)
    assert list(kept) == texts


def test_a_folder_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    writer = Writer(folder=tmp_path / "file" / "below", limit=0)
    with pytest.raises(RunFailed) as caught:
        writer.extend([[1]])
    assert str(tmp_path / "file") in caught.value.where
