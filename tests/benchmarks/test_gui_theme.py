"""Light to dark with every page built: one putting-on of the style sheet, not one for each level of the widget tree."""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from workbench.gui import theme
from workbench.gui.models.curves import Curves
from workbench.gui.models.draft import Draft
from workbench.gui.models.estimate_state import EstimateState
from workbench.gui.models.run_state import RunModel
from workbench.gui.pages.model import ModelPage
from workbench.gui.pages.train import TrainPage

pytestmark = [pytest.mark.benchmark, pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)]

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before the first application


def test_a_switch_of_the_theme_costs_less_than_half_of_replacing_the_sheet_in_place(qtbot: QtBot, qapp: QApplication) -> None:
    theme.apply(qapp, theme.LIGHT)
    window = QWidget()
    row = QHBoxLayout(window)
    row.addWidget(TrainPage(RunModel(window), Curves()))
    row.addWidget(ModelPage(Draft(window), EstimateState(window)))
    qtbot.addWidget(window)
    window.resize(1600, 900)
    with qtbot.waitExposed(window):
        window.show()

    def in_place(look: theme.Theme) -> None:
        qapp.setPalette(theme.palette(look))
        qapp.setStyleSheet(theme.style_sheet(look))

    def seconds(dress: Callable[[theme.Theme], None]) -> float:
        took = []
        for look in (theme.DARK, theme.LIGHT) * 3:
            began = time.thread_time()
            dress(look)
            qapp.processEvents()
            took.append(time.thread_time() - began)
        return statistics.median(took[1:])

    old, new = seconds(in_place), seconds(lambda look: theme.apply(qapp, look))
    print(f"{len(window.findChildren(QWidget))} widgets: {1e3 * new:.0f} ms of work; replaced in place {1e3 * old:.0f} ms")
    assert new < old / 2
