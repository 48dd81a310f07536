"""The loss chart beside a training: what a drawing costs, how a million points pan, and how fast scalars are taken."""

from __future__ import annotations

import os
import statistics
import time

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from workbench.contracts.events import Step
from workbench.gui import theme
from workbench.gui.models.curves import Curves
from workbench.gui.widgets.loss_chart import LossChart

pytestmark = [pytest.mark.benchmark, pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)]

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before the first application

MILLION = 1_000_000
SPIKE = 654_321


def steps(first: int, losses: np.ndarray) -> list[Step]:
    return [
        Step(step=first + n, time=0.0, loss=loss, learning_rate=1e-3, gradient_norm=1.0, tokens=500,
             seconds=(first + n) * 1e-3, epoch=0.0)
        for n, loss in enumerate(losses.tolist())
    ]  # fmt: skip


@pytest.fixture(scope="module")
def million() -> Curves:
    generator, curves = np.random.default_rng(0), Curves()
    losses = 2.5 * np.exp(-np.arange(MILLION) / MILLION * 3) + 0.2 + generator.normal(0, 0.05, MILLION)
    losses[SPIKE - 1] = 9.0
    for first in range(0, MILLION, 100_000):
        curves.extend(steps(first + 1, losses[first : first + 100_000]))
    for at in range(20_000, MILLION + 1, 20_000):
        curves.add("validation loss", at, float(losses[at - 1]))
    return curves


@pytest.fixture
def chart(qtbot: QtBot, qapp: QApplication, million: Curves) -> LossChart:
    theme.apply(qapp, theme.LIGHT)
    chart = LossChart(million)
    qtbot.addWidget(chart)
    chart.resize(680, 400)  # 600 columns of curve
    with qtbot.waitExposed(chart):
        chart.show()
    return chart


def test_a_million_points_pan_at_thirty_frames_a_second(chart: LossChart, qapp: QApplication) -> None:
    for span in (1_000_000, 200_000, 2_000):
        chart.plot.show_steps(0.3 * (MILLION - span), 0.3 * (MILLION - span) + span)
        took = []
        for _ in range(100):
            began = time.perf_counter()
            chart.plot.pan(0.005)
            qapp.processEvents()
            chart.grab()
            took.append(time.perf_counter() - began)
        ordered = sorted(took)
        print(f"{span:>9,} steps shown: median {1e3 * ordered[50]:.1f} ms, p99 {1e3 * ordered[98]:.1f} ms a frame")
        assert len(took) / sum(took) >= 30


def test_one_spike_among_a_million_is_drawn_at_every_zoom(chart: LossChart) -> None:
    generator = np.random.default_rng(1)
    for span in np.geomspace(2, MILLION, 60):
        for share in generator.random(5):
            chart.plot.show_steps(SPIKE - share * span, SPIKE + (1 - share) * span)
            assert np.nanmax(chart.plot.lines[0].band.getData()[1]) == 9.0


def test_a_live_drawing_costs_little_of_the_training(chart: LossChart, million: Curves) -> None:
    chart.fit()
    computed, painted = [], []
    for _ in range(100):
        began = time.thread_time()  # what it takes from the training: the work itself, not the wait for a core
        million.version += 1
        chart._draw()
        middle = time.thread_time()
        chart.plot.viewport().repaint()
        painted.append(time.thread_time() - middle)
        computed.append(middle - began)
    print(f"drawing {1e3 * statistics.median(computed):.2f} ms + painting {1e3 * statistics.median(painted):.2f} ms")
    assert statistics.median(computed) + statistics.median(painted) < 6e-3


def test_sixty_thousand_steps_in_batches_are_taken_without_lateness() -> None:
    curves, batch = Curves(), 400  # 60,000 in 10 s at 15 batches a second
    losses = np.random.default_rng(2).normal(1, 0.1, 60_000)
    batches = [steps(first + 1, losses[first : first + batch]) for first in range(0, 60_000, batch)]
    took = []
    for some in batches:
        began = time.perf_counter()
        curves.extend(some)
        curves.columns("loss", 0, curves.last_step, 600)
        curves.smoothed("loss").columns(0, curves.last_step, 600)
        took.append(time.perf_counter() - began)
    print(f"a batch of {batch}: median {1e3 * statistics.median(took):.2f} ms, max {1e3 * max(took):.2f} ms")
    assert (curves.series("loss").values == losses).all()
    assert max(took) < 0.05


def test_single_steps_are_taken_too() -> None:
    curves, losses = Curves(), np.ones(20_000)
    some = steps(1, losses)
    began = time.perf_counter()
    for step in some:
        curves.extend([step])
    took = (time.perf_counter() - began) / len(some)
    print(f"one step alone: {1e6 * took:.0f} µs")
    assert took < 10 / 60_000


def test_a_notch_of_the_smoothing_of_two_curves_is_less_than_50_ms_of_work(chart: LossChart, qapp: QApplication) -> None:
    chart.fit()
    took = []
    for percent in range(98, 68, -1):
        began = time.thread_time()
        chart.smoothing.setValue(percent)
        qapp.processEvents()
        took.append(time.thread_time() - began)
    print(f"one notch of the slider: median {1e3 * statistics.median(took):.0f} ms, most {1e3 * max(took):.0f} ms of work")
    assert statistics.median(took) < 0.05


def test_another_smoothing_of_a_million_points_is_no_wait(chart: LossChart, million: Curves) -> None:
    began = time.perf_counter()
    chart.smoothing.setValue(97)
    took = time.perf_counter() - began
    print(f"smoothed anew and drawn in {1e3 * took:.0f} ms")
    assert took < 0.15
