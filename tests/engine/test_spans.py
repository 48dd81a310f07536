"""The best stretch of tokens is the one that trying all of them finds."""

from __future__ import annotations

import math

import torch
from hypothesis import given
from hypothesis import strategies as st

from workbench.engine.spans import best_spans


@given(seed=st.integers(0, 10_000), length=st.integers(1, 12), longest=st.integers(1, 15))
def test_the_best_stretch_is_that_of_a_search_through_all(seed: int, length: int, longest: int) -> None:
    generator = torch.Generator().manual_seed(seed)
    start, end = torch.randn(2, 3, length, generator=generator)
    allowed = torch.rand(3, length, generator=generator) < 0.7
    found = best_spans(start, end, allowed, longest)
    for row in range(3):
        scores = {
            (first, last): float(start[row, first] + end[row, last])
            for first in range(length)
            for last in range(first, min(length, first + longest))
            if allowed[row, first] and allowed[row, last]
        }
        if not scores:
            assert found.score[row] == -math.inf
            continue
        best = max(scores, key=lambda span: scores[span])
        assert (int(found.first[row]), int(found.last[row])) == best
        torch.testing.assert_close(float(found.score[row]), scores[best])
        total = math.log(sum(math.exp(score) for score in scores.values()))
        torch.testing.assert_close(float(found.total[row]), total, rtol=1e-4, atol=1e-4)
