"""The chart shows every curve, hides no spike, follows a live run and lets a person look where they want."""

from __future__ import annotations

import math

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication

from workbench.contracts.events import Step
from workbench.contracts.spikes import Spike
from workbench.gui import theme
from workbench.gui.models.curves import Curves
from workbench.gui.widgets.chart_axis import QuietAxis, log_ticks, round_step
from workbench.gui.widgets.chart_plot import ROOM
from workbench.gui.widgets.loss_chart import VIEWS, LossChart

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)  # what the offscreen platform cannot do


def steps(first: int, last: int, loss: float | None = None) -> list[Step]:
    return [
        Step(
            step=n, time=0.0, loss=2.0 / math.sqrt(n) if loss is None else loss, learning_rate=1e-3, gradient_norm=1.0,
            tokens=100, seconds=n * 0.01, epoch=0.0,
        )
        for n in range(first, last + 1)
    ]  # fmt: skip


def drawn(chart: LossChart, place: int = 0) -> np.ndarray:
    return np.asarray(chart.plot.lines[place].band.getData()[1])


@pytest.fixture
def curves() -> Curves:
    curves = Curves()
    curves.extend(steps(1, 1_000))
    for at in range(100, 1_001, 100):
        curves.add_scores("validation", at, {"loss": 3 / math.sqrt(at), "accuracy": at / 2_000, "confusion": [[1]]})
    return curves


def test_an_empty_chart_says_what_will_appear(show):
    chart = show(LossChart(Curves()))
    assert chart.empty.isVisible()
    assert "training" in chart.empty.text()


def test_the_very_first_step_is_seen(show):
    curves = Curves()
    curves.extend(steps(1, 1))
    chart = show(LossChart(curves))
    assert len(chart.plot.lines[0].dots.points()) == 1


def test_the_facts_tell_train_validation_and_the_best(qtbot, show, curves):
    chart = show(LossChart(curves))
    curves.add("validation loss", 1_100, 0.5)
    chart.refresh()
    qtbot.waitUntil(lambda: "0.500" in chart.facts.text())
    assert f"train {curves.smoothed('loss').values[-1]:.3f} · " in chart.facts.text()
    assert "validation 0.500 (lowest 0.095 at step 1,000)" in chart.facts.text()
    assert not chart.empty.isVisible()


def test_what_comes_in_is_drawn_soon_and_a_live_chart_follows(qtbot, show, curves):
    chart = show(LossChart(curves))
    before = chart.plot.steps[1]
    curves.extend(steps(1_001, 2_000))
    chart.refresh()
    qtbot.waitUntil(lambda: chart.plot.steps[1] > before)
    assert chart.plot.steps[1] == pytest.approx(2_000 * ROOM)


def test_nothing_is_drawn_while_nobody_sees_it(show, curves):
    chart = show(LossChart(curves))
    chart.hide()
    curves.extend(steps(1_001, 2_000))
    chart.refresh()
    assert not chart._timer.isActive()
    chart.show()
    assert chart.plot.steps[1] == pytest.approx(2_000 * ROOM)


def test_one_who_panned_is_left_there_until_they_ask_for_all(qtbot, show, curves):
    chart = show(LossChart(curves))
    qtbot.keyClick(chart.plot, Qt.Key.Key_Plus)
    qtbot.keyClick(chart.plot, Qt.Key.Key_Right)
    here = chart.plot.steps
    assert here[1] - here[0] == pytest.approx(1_000 * ROOM * 0.7)
    assert not chart.following
    curves.extend(steps(1_001, 3_000))
    chart.refresh()
    qtbot.waitUntil(lambda: chart._drawn == curves.version)
    assert chart.plot.steps == here
    qtbot.keyClick(chart.plot, Qt.Key.Key_Home)
    assert chart.following
    assert chart.plot.steps == pytest.approx((0, 3_000 * ROOM))
    qtbot.keyClick(chart.plot, Qt.Key.Key_Minus)
    qtbot.mouseClick(chart.fit_button, Qt.MouseButton.LeftButton)
    assert chart.plot.steps == pytest.approx((0, 3_000 * ROOM))


def test_a_double_click_shows_the_whole_run_again(qtbot, show, curves):
    chart = show(LossChart(curves))
    chart.plot.pan(0.4)
    qtbot.mouseDClick(chart.plot.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(200, 80))
    assert chart.plot.steps == pytest.approx((0, 1_000 * ROOM))


def test_wheel_and_drag_move_a_chart_that_follows(qtbot, show, curves, qapp: QApplication):
    chart = show(LossChart(curves))
    place, port = QPointF(chart.plot.mapFromScene(chart.plot.view.sceneBoundingRect().center())), chart.plot.viewport()
    wheel = QWheelEvent(
        place, QPointF(port.mapToGlobal(place)), QPoint(0, 0), QPoint(0, 120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    qapp.sendEvent(port, wheel)
    zoomed = chart.plot.steps
    assert zoomed[1] - zoomed[0] < 1_000
    chart.fit()
    qtbot.mousePress(port, Qt.MouseButton.LeftButton, pos=place.toPoint())
    for way in (10, 40, 80):
        buttons = Qt.MouseButton.LeftButton
        at = place + QPointF(way, 0)
        move = QMouseEvent(
            QEvent.Type.MouseMove, at, port.mapToGlobal(at), Qt.MouseButton.NoButton, buttons, Qt.KeyboardModifier.NoModifier
        )
        qapp.sendEvent(port, move)
    qtbot.mouseRelease(port, Qt.MouseButton.LeftButton, pos=(place + QPointF(80, 0)).toPoint())
    assert chart.plot.steps[0] == pytest.approx(-20)  # as far as there is anything to see
    assert not chart.following


@pytest.mark.parametrize("logarithmic", [False, True])
def test_a_single_spike_is_drawn_at_every_zoom_that_holds_it(show, logarithmic):
    curves = Curves()
    curves.extend(steps(1, 65_000, 1.0))
    curves.extend([*steps(65_001, 65_001, 80.0), *steps(65_002, 100_000, 1.0)])
    chart = show(LossChart(curves))
    chart.log_check.setChecked(logarithmic)
    spike = math.log10(80) if logarithmic else 80.0
    for span in (100_000, 40_000, 5_000, 300, 12):
        for share in (0.05, 0.5, 0.95):
            chart.plot.show_steps(65_001 - share * span, 65_001 + (1 - share) * span)
            assert np.nanmax(drawn(chart)) == pytest.approx(spike)
            low, high = chart.plot.view.viewRange()[1]
            assert low < spike < high


def test_a_click_means_the_mark_next_to_it_or_a_step_and_a_drag_means_neither(qtbot, show, curves):
    chart = show(LossChart(curves))
    plot, heard = chart.plot, []
    chart.step_clicked.connect(lambda step, spike: heard.append((step, spike)))
    spikes = [Spike(step=500, what=what, value=1.2, median=0.1, deviations=9.0) for what in ("loss", "gradient_norm")]
    chart.set_spikes(spikes[:1], 40)

    def at(step: float, height: float) -> QPoint:
        return plot.mapFromScene(plot.view.mapViewToScene(QPointF(step, height)))

    place = at(500, 1.2)
    qtbot.mouseClick(plot.viewport(), Qt.MouseButton.LeftButton, pos=place + QPoint(4, -5))
    assert heard == [(500, True)]
    qtbot.mouseClick(plot.viewport(), Qt.MouseButton.LeftButton, pos=at(250, 1.2))
    assert heard[1][1] is False
    assert abs(heard[1][0] - 250) <= 2
    qtbot.mousePress(plot.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.mouseRelease(plot.viewport(), Qt.MouseButton.LeftButton, pos=place + QPoint(30, 0))
    assert len(heard) == 2
    chart.views.setCurrentIndex(VIEWS.index("gradient_norm"))  # its curve has no spike
    qtbot.mouseClick(plot.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert heard[2][1] is False


def test_under_the_cursor_stand_the_values_of_all_curves(show, curves):
    chart = show(LossChart(curves), 900)
    assert chart.legend.text == "train · validation"
    middle = chart.plot.view.sceneBoundingRect().center()
    chart.plot.point_at(QPointF(chart.plot.mapFromScene(middle)))
    step = chart._step
    assert abs(step - 500 * ROOM) <= 2
    said = chart.legend.text
    assert said.startswith(f"step {step:,} · train {2 / math.sqrt(step):.3f}"[:22])
    for word in ("validation", "learning rate", "gradient norm", "tokens per second"):
        assert word in said
    chart.plot.point_at(QPointF(1, 1))
    assert chart.legend.text == "train · validation"


def test_every_view_shows_its_curves_and_the_wheel_leaves_the_choice_alone(qtbot, show, curves):
    chart = show(LossChart(curves))
    for place, view in enumerate(VIEWS):
        chart.views.setCurrentIndex(place)
        assert chart.view == view
        assert not chart.empty.isVisible()
    chart.views.setCurrentIndex(1)
    assert chart.legend.text == "Accuracy"
    assert chart.plot.lines[0].line.getData()[1].tolist() == pytest.approx([n / 20 for n in range(1, 11)])


def test_values_that_are_no_numbers_or_not_above_zero_do_no_harm(show):
    curves = Curves()
    for place, value in enumerate((1.0, math.nan, math.inf, -3.0, 0.0, -math.inf, 2.0)):
        curves.extend(steps(place + 1, place + 1, value))
    chart = show(LossChart(curves))
    for _ in range(2):
        chart.log_check.toggle()
        chart.grab()
    only_bad = Curves()
    only_bad.extend(steps(1, 5, math.nan))
    show(LossChart(only_bad)).grab()


def test_smoothing_changes_the_line_and_not_the_band(show, curves):
    chart = show(LossChart(curves))
    curves.extend(steps(1_001, 1_001, 9.0))
    chart.fit()
    band, line = drawn(chart).copy(), chart.plot.lines[0].line.getData()[1].copy()
    chart.smoothing.setValue(0)
    assert (drawn(chart) == band).all()
    assert chart.plot.lines[0].line.getData()[1][-1] > line[-1]


def test_words_of_marks_never_lie_on_each_other(show, curves):
    chart = show(LossChart(curves), 480, 300)
    generator = np.random.default_rng(0)
    for number in range(30):
        chart.annotate(int(generator.integers(1, 1_000)), f"paused {number}", "pause")
    chart.annotate(1_000, "best", "best")
    chart.annotate(500, "best", "best")
    chart.grab()
    placed = [rect for _, rect in chart.plot.marks.placed]
    assert len(placed) >= 3
    assert not any(a.intersects(b) for i, a in enumerate(placed) for b in placed[:i])
    assert [mark.step for mark in chart.plot.marks.marks if mark.kind == "best"] == [500]
    chart.reset()
    assert chart.plot.marks.marks == []


def test_the_chart_follows_the_theme(show, curves, qapp: QApplication):
    chart = show(LossChart(curves))
    light = chart.grab().toImage().pixelColor(5, 60).lightness()
    theme.apply(qapp, theme.DARK)
    assert chart.grab().toImage().pixelColor(chart.width() // 2, chart.height() // 2).lightness() < 128 < light
    assert chart.plot.lines[0].line.opts["pen"].color().name().upper() == theme.DARK.accent


@pytest.mark.parametrize(("low", "high"), [(-3.0, 2.0), (-0.1, 0.1), (0.0, 0.5), (-300.0, 300.0), (2.0, 2.01)])
def test_a_logarithmic_axis_always_has_something_to_read(low, high):
    ticks = log_ticks(low, high, 5)
    assert 2 <= len(ticks) <= 16
    assert all(low - 1e-9 <= math.log10(tick) <= high + 1e-9 for tick in ticks)


def test_round_steps_are_one_two_or_five():
    assert [round_step(x) for x in (0.011, 0.3, 1.0, 4.9, 51)] == pytest.approx([0.02, 0.5, 1, 5, 100])
    assert round_step(0.02, whole=True) == 1


def test_an_exploding_loss_still_has_ticks_one_can_read() -> None:
    axis = QuietAxis("left")
    assert axis.tickStrings([0.0, 2e9, 4e9], 1.0, 2e9) == ["0", "2e9", "4e9"]


def test_many_edits_leave_the_curve_readable_and_each_is_told(show, curves):
    chart = show(LossChart(curves))
    marks = chart.plot.marks
    chart.show_edits(
        [(200, "rate 0.1", "all of the first"), (201, "2·1 off", "all of the second"), (800, "dropout 0.2", "third")]
    )
    chart.grab()
    assert [len(group.marks) for group in marks.groups] == [2, 1]
    assert [mark.text for mark, _ in marks.placed if mark.kind == "edit"] == ["2 edits", "dropout 0.2"]
    assert marks.told_at(marks.groups[0].x) == ["all of the first", "all of the second"]
    assert marks.told_at(marks.groups[0].x + 60) == []
    chart.show_edits([(step, "x", "x") for step in range(1, 1000)])
    chart.grab()
    assert sum(len(group.marks) for group in marks.groups) == 999
    assert not [mark for mark, _ in marks.placed if mark.kind == "edit"]  # ticks alone
    chart.show_edits([])
    chart.grab()
    assert marks.groups == []
