"""The rollout after each layer, and a plain word where it has run together on one token."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from workbench.contracts.studies import Flow, Rollout
from workbench.gui.widgets.rollout_view import COLLAPSED, RolloutView
from workbench.gui.widgets.saving import save


def causal(layers: int, tokens: int = 8) -> Rollout:
    """Even attention under a causal mask, layer upon layer."""
    even = np.tril(np.ones((tokens, tokens)))
    mixed = 0.5 * even / even.sum(1, keepdims=True) + 0.5 * np.eye(tokens)
    rolled = np.stack([np.linalg.matrix_power(mixed, layer + 1) for layer in range(layers)])
    return Rollout(
        kind="decoder", layers=rolled.astype(np.float32), collapse=rolled.mean(1).max(-1).astype(np.float32),
        tokens=tuple(f"w{place}" for place in range(tokens)),
    )  # fmt: skip


@pytest.fixture
def view(show) -> RolloutView:  # type: ignore[no-untyped-def]
    made = show(RolloutView(), 620, 620)
    assert isinstance(made, RolloutView)
    return made


def test_the_picture_has_most_of_the_height(view: RolloutView) -> None:
    view.set_rollout(causal(12))
    view.resize(1200, 400)
    assert view.heat.height() > 300


def test_the_last_layer_comes_first_and_the_known_collapse_is_drawn(view: RolloutView) -> None:
    view.set_rollout(causal(12))
    assert view.layer == 11
    assert view.heat.picture.weights[-1, 0] == pytest.approx(0.867, abs=5e-4)  # the published figure for 12 layers
    assert "½" in view.what.text()


def test_a_collapse_is_told_where_it_is_and_only_there(view: RolloutView) -> None:
    rollout = causal(24)
    view.set_rollout(rollout)
    for layer in range(24):
        view.choose(layer)
        collapsed = rollout.collapse[layer] > COLLAPSED
        assert ("collapsed" in view.gathered.text()) == collapsed
        assert view.gathered.objectName() == ("attention" if collapsed else "facts")
        assert f"{rollout.collapse[layer]:.1%}" in view.gathered.text()
        assert "12.5%" in view.gathered.text()  # an even spread over eight
        assert "token 1 “w0”" in view.gathered.text()
    assert (rollout.collapse > COLLAPSED).any()
    assert (rollout.collapse <= COLLAPSED).any()


def test_a_single_token_is_no_collapse(view: RolloutView) -> None:
    view.set_rollout(causal(2, tokens=1))
    assert "collapsed" not in view.gathered.text()
    view.grab()


def test_slider_bars_and_picture_go_together(view: RolloutView, qtbot: QtBot) -> None:
    rollout = causal(4)
    view.set_rollout(rollout)
    qtbot.mouseClick(view.strip, Qt.MouseButton.LeftButton, pos=view.strip.scale().bar(1, 0.1).center().toPoint())
    assert view.layer == 1
    np.testing.assert_array_equal(view.heat.picture.weights, rollout.layers[1])
    qtbot.keyClick(view.slider, Qt.Key.Key_Left)
    assert (view.layer, view.strip.chosen) == (0, 0)
    view.set_rollout(causal(4, tokens=5))  # another text in the same model
    assert view.layer == 0
    view.set_rollout(causal(6))
    assert view.layer == 5


def test_the_cell_under_the_cursor_is_read_out(view: RolloutView, qtbot: QtBot) -> None:
    view.set_rollout(causal(1))
    qtbot.mouseMove(view.heat, view.heat.cell_place(1, 0).center().toPoint())
    assert view.cell_line.text() == "position 2 “w1” · input token 1 “w0”: 0.2500"


def test_it_is_written_as_what_it_is(view: RolloutView, tmp_path: Path) -> None:
    assert view.request("npz", 0, "", {}) is None
    view.set_rollout(causal(3))
    view.choose(1)
    request = view.request("npz", 7, "rollout", {"model": "made up"})
    assert request is not None
    assert request.file_name == "rollout-decoder-layer2-step7.npz"
    with np.load(save(request, tmp_path / "r.npz"), allow_pickle=False) as file:
        np.testing.assert_array_equal(file["weights"], view.heat.picture.weights)
        assert '"measure": "rollout"' in str(file["provenance"])
    for form in ("png", "svg"):
        again = view.request(form, 7, "rollout", {})
        assert again is not None
        assert save(again, tmp_path / f"r.{form}").stat().st_size > 1000


def test_nothing_is_explained(view: RolloutView) -> None:
    view.set_rollout(causal(3))
    view.show_nothing("This model is no transformer.")
    assert view.empty
    assert view.nothing.text() == "This model is no transformer."
    assert view.rollout is None
    view.set_rollout(causal(3))
    assert not view.empty


def flow_of(layer: int, done: int = 8) -> Flow:
    values = np.linspace(0, 1, 64, dtype=np.float32).reshape(8, 8)[:done]
    return Flow(kind="decoder", layer=layer, done=done, tokens=tuple(f"w{place}" for place in range(8)), values=values)


def test_flow_is_asked_for_when_it_is_chosen_shows_how_far_it_is_and_is_warned_of(view: RolloutView, qtbot: QtBot) -> None:
    view.set_rollout(causal(4))
    with qtbot.waitSignal(view.flow_wanted) as asked:
        view.measure.setCurrentIndex(1)
    assert asked.args == [3]
    view.show_flow(None, True)
    assert view.progress.isVisible()
    view.show_flow(flow_of(3, done=2), True)
    assert "position 2 of 8" in view.progress.words.text()
    assert view.progress.bar.value() == 250
    assert view.request("npz", 0, "", {}) is None  # half a flow is not handed out
    with qtbot.waitSignal(view.stop_wanted):
        qtbot.mouseClick(view.progress.button, Qt.MouseButton.LeftButton)
    view.show_flow(flow_of(3, done=2), False)
    assert not view.progress.isVisible()
    with qtbot.waitSignal(view.flow_wanted):
        qtbot.mouseClick(view.again, Qt.MouseButton.LeftButton)
    view.show_flow(flow_of(3), False)
    assert not view.again.isVisible()
    np.testing.assert_array_equal(view.heat.picture.weights, flow_of(3).values)
    assert "narrowest pipe" in view.what.text()
    assert "do not sum to 1" in view.gathered.text()
    assert not view.strip.isVisible()
    with qtbot.waitSignal(view.flow_wanted) as asked:
        view.choose(1)
    assert asked.args == [1]
    assert not view.heat.picture.weights.size  # the flow of another layer is not shown as this one's
    view.measure.setCurrentIndex(0)
    np.testing.assert_array_equal(view.heat.picture.weights, causal(4).layers[1])
    assert view.strip.isVisible()


def test_a_flow_is_written_as_one(view: RolloutView, tmp_path: Path) -> None:
    view.set_rollout(causal(4))
    view.measure.setCurrentIndex(1)
    view.show_flow(flow_of(3), False)
    request = view.request("npz", 7, "flow", {"model": "made up"})
    assert request is not None
    assert request.file_name == "flow-decoder-layer4-step7.npz"
    with np.load(save(request, tmp_path / "f.npz"), allow_pickle=False) as file:
        np.testing.assert_array_equal(file["weights"], flow_of(3).values)
        assert '"measure": "flow"' in str(file["provenance"])


def test_a_text_that_is_too_long_for_flows_says_so(view: RolloutView) -> None:
    view.set_rollout(causal(4))
    view.measure.setCurrentIndex(1)
    view.show_flow(None, False, "too long")
    QApplication.sendEvent(view, QEvent(QEvent.Type.LanguageChange))  # what is said stays true in another language
    assert view.heat._empty == "too long"
    assert not view.again.isVisible()
