"""Samples change, are plain text, and fit."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.gui.widgets.samples import Samples, shares

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)  # what the offscreen platform cannot do


def row(text: str, target: str, prediction: str) -> dict[str, str]:
    return {"input": text, "target": target, "prediction": prediction}


def test_right_and_changed_ones_are_known(show):
    panel = show(Samples())
    assert panel.empty.isVisible()
    panel.set_samples([row("a", "x", "x"), row("b", "y", "x")], 100)
    assert not any(sample.changed for sample in panel.list.samples)
    panel.set_samples([row("a", "x", "x"), row("b", "y", "y"), row("c", "z", "")], 200)
    assert [sample.changed for sample in panel.list.samples] == [False, True, False]
    assert panel.facts.text() == "2 of 3 right at step 200"
    assert "c gives , not z" in panel.list.accessibleDescription()
    panel.clear()
    assert panel.empty.isVisible()


def test_markup_in_the_data_stays_text(show):
    panel = show(Samples())
    panel.set_samples([row("<b>x</b><img src='file:///etc/passwd'>", "<i>t</i>", "<u>p</u>")], 1)
    words = panel.list.explain(panel.list.samples[0])
    assert "<b>" not in words
    assert "&lt;b&gt;" in words
    assert "<img" not in words


def test_odd_and_long_texts_are_drawn(show):
    panel = show(Samples(), 300, 200)
    panel.set_samples([row("word " * 50_000, "t\nt", "\0 \u202e p"), {}, row("", "", "")] * 40, 1)
    panel.grab()
    assert panel.width() == 300


@given(wanted=st.lists(st.integers(0, 500), max_size=6), room=st.integers(-10, 900))
def test_widths_share_the_room_and_short_ones_are_never_cut_for_long_ones(wanted, room):
    given_ = shares(wanted, room)
    assert sum(given_) <= max(room, 0)
    assert all(g <= w for g, w in zip(given_, wanted, strict=True))
    if sum(wanted) <= room:
        assert given_ == wanted
