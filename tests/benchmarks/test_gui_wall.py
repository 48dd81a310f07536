"""What pictures of attention cost the window's thread. All times are of one repaint of new data, in milliseconds."""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from workbench.contracts.frames import AttentionFrame
from workbench.gui import theme
from workbench.gui.widgets.attention_panel import AttentionPanel
from workbench.gui.widgets.head_wall import HeadWall
from workbench.gui.widgets.heatmap import HeatMap

pytestmark = pytest.mark.benchmark


def frames(layers: int, heads: int, size: int, count: int = 2) -> list[AttentionFrame]:
    tokens = tuple(f"word{number}" for number in range(size))
    made = []
    for seed in range(count):
        weights = np.random.default_rng(seed).random((layers, heads, size, size), np.float32)
        weights /= weights.sum(-1, keepdims=True)
        made.append(AttentionFrame(kind="encoder", weights=weights, queries=tokens, keys=tokens))
    return made


def milliseconds(act: Callable[[int], None], rounds: int = 15) -> float:
    """Median of several rounds in this thread's processor time: what other programs do meanwhile is left out. Two warm up."""
    times = []
    for number in range(rounds + 2):
        start = time.thread_time()
        act(number)
        times.append((time.thread_time() - start) * 1000)
    return statistics.median(times[2:])


@pytest.mark.parametrize(
    ("layers", "heads", "size", "room", "limit"), [(12, 12, 512, (1000, 1000), 33.0), (4, 8, 64, (680, 380), 4.0)]
)
def test_a_wall_repaints_fast(
    qtbot: QtBot, qapp: QApplication, layers: int, heads: int, size: int, room: tuple[int, int], limit: float
) -> None:
    theme.apply(qapp, theme.LIGHT)
    wall, made = HeadWall(), frames(layers, heads, size)
    qtbot.addWidget(wall)
    wall.resize(*room)
    wall.set_frame(made[0])
    with qtbot.waitExposed(wall):
        wall.show()

    def repaint(number: int) -> None:
        wall.set_frame(made[number % 2])
        wall.viewport().repaint()

    took = milliseconds(repaint)
    print(f"\n{layers} × {heads} heads of {size}: {took:.1f} ms")
    assert took <= limit


def test_a_large_head_repaints_fast(qtbot: QtBot, qapp: QApplication) -> None:
    theme.apply(qapp, theme.LIGHT)
    heat, made = HeatMap(), frames(1, 1, 4096)
    qtbot.addWidget(heat)
    heat.resize(720, 600)
    with qtbot.waitExposed(heat):
        heat.show()

    def repaint(number: int) -> None:
        frame = made[number % 2]
        heat.set_head(frame.weights[0, 0], frame.queries, frame.keys)
        heat.repaint()

    took = milliseconds(repaint)
    print(f"\none head of 4096: {took:.1f} ms")
    assert took <= 30.0


def test_the_whole_panel_takes_a_frame_fast(qtbot: QtBot, qapp: QApplication) -> None:
    theme.apply(qapp, theme.LIGHT)
    host, made = QWidget(), frames(4, 8, 64)
    panel = AttentionPanel(host)
    panel.resize(680, 720)
    qtbot.addWidget(host)
    host.resize(680, 720)
    with qtbot.waitExposed(host):
        host.show()

    def repaint(number: int) -> None:
        panel.set_frames({"encoder": made[number % 2]})
        qapp.processEvents()

    took = milliseconds(repaint)
    print(f"\nthe panel with 4 × 8 heads of 64: {took:.1f} ms")
    assert took <= 16.0
