"""What the window may spend on a look at positions, and on saying a sentence in another language."""

from __future__ import annotations

import os
import time
from collections.abc import Callable

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from workbench.contracts.frames import PositionFrame
from workbench.gui.i18n import Languages
from workbench.gui.widgets.position_panel import CURVES, LIKENESS, TABLE, PositionPanel
from workbench.gui.words import said

pytestmark = [pytest.mark.benchmark, pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)]


def median(work: Callable[[int], object], times: int = 31) -> float:
    """Median time of a call, in seconds."""
    taken = []
    for number in range(times):
        begun = time.perf_counter()
        work(number)
        taken.append(time.perf_counter() - begun)
    return sorted(taken)[times // 2]


@pytest.mark.parametrize("view", [TABLE, LIKENESS, CURVES])
@pytest.mark.parametrize("shape", [(64, 64), (512, 768)])
def test_a_new_frame_takes_two_milliseconds_at_most(qtbot: QtBot, qapp: QApplication, shape: tuple[int, int], view: int) -> None:
    panel = PositionPanel()
    qtbot.addWidget(panel)
    panel.resize(600, 260)
    panel.show()
    panel.show_view(view)
    generator = np.random.default_rng(0)
    frames = [PositionFrame(scheme="learned", values=generator.normal(size=shape)) for _ in range(8)]

    def look(number: int) -> None:
        panel.set_frame(frames[number % 8], "learned")

    taken = median(look)
    print(f"{shape}, view {view}: {1e3 * taken:.2f} ms")
    assert taken < 2e-3 * (2 if view == LIKENESS and shape[0] > 64 else 1)  # a product of matrices on a busy machine


def test_saying_a_new_sentence_takes_two_milliseconds_at_most(qapp: QApplication) -> None:
    languages = Languages(qapp)
    languages.speak("zh_CN")
    try:
        taken = median(lambda number: said(f"the file cannot be read: reason number {number}"))
        missed = median(lambda number: said(f"nobody has ever said this sentence number {number}"))
        print(f"fits {1e6 * taken:.0f} µs, fits nothing {1e6 * missed:.0f} µs")
        assert max(taken, missed) < 2e-3
    finally:
        languages.speak("en")
