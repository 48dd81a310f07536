"""Keyboard alone, and what is read aloud: every control is reached, seen to have the focus, and named."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QImage, QWheelEvent
from PySide6.QtWidgets import QAbstractButton, QAbstractSpinBox, QApplication, QComboBox, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from tests.gui.windows import WAIT, closed, opened, read, small, state
from tests.tables import write_table
from workbench.gui.app import Workbench
from workbench.gui.models.run_state import RunState
from workbench.runs.process import EngineProcess

PAGES = ("data", "model", "train", "predict")
MOST = 200
"""Controls of a page, at most: beyond, the focus goes in circles."""


@pytest.fixture(scope="module")
def full(
    request: pytest.FixtureRequest, qapp: QApplication, engine: EngineProcess, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Workbench]:
    """A window in which every page has something to show; these tests look at it and leave it as it is."""
    folder, qtbot = tmp_path_factory.mktemp("full"), QtBot(request)
    bench = opened(qapp, qtbot, engine, folder)
    bench.window.resize(1280, 800)
    read(bench, qtbot, write_table(folder, "text-classification"))
    small(bench)
    bench.train()
    qtbot.waitUntil(state(bench, RunState.DONE), timeout=WAIT)
    qtbot.waitUntil(lambda: bench.train_page.heads.chosen is not None and not bench.jobs.busy("look"), timeout=WAIT)
    bench.window.show_page("predict")
    qtbot.waitUntil(lambda: bench.prediction.state.answer is not None, timeout=WAIT)
    bench.prediction.state.table.open(str(write_table(folder, "text-classification")))
    qtbot.waitUntil(lambda: bench.prediction.state.table.preview is not None, timeout=WAIT)
    yield bench
    closed(bench, qtbot)


def focusable(widget: QWidget) -> bool:
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.focusProxy() is None


def unreached(page: QWidget, seen: list[QWidget]) -> list[str]:
    """Every control that a mouse could use now and Tab passes by; within a group of which one is chosen, arrow keys go on."""
    missed = []
    for widget in page.findChildren(QWidget):
        group = widget.group() if isinstance(widget, QAbstractButton) else None
        mates = group.buttons() if group is not None and group.exclusive() else [widget]
        if focusable(widget) and widget.isVisible() and widget.isEnabled() and not any(mate in seen for mate in mates):
            missed.append(called(widget))
    return missed


def called(widget: QWidget) -> str:
    return f"{type(widget).__name__} {widget.objectName()} {named(widget)} in {type(widget.parentWidget()).__name__}"


def named(widget: QWidget) -> str:
    """What a screen reader says."""
    spoken = QAccessible.queryAccessibleInterface(widget)
    return spoken.text(QAccessible.Text.Name) if spoken is not None else ""


def tabbed(bench: Workbench, qtbot: QtBot) -> list[QWidget]:
    """What the Tab key goes through, once around."""
    seen: list[QWidget] = []
    bench.window.rail.buttons["data"].setFocus()
    for _ in range(MOST):
        here = QApplication.focusWidget()
        assert here is not None
        if here in seen:
            return seen
        seen.append(here)
        qtbot.keyClick(here, Qt.Key.Key_Tab)
    raise AssertionError(f"the focus does not come back: {[called(each) for each in seen]}")


def picture(bench: Workbench, widget: QWidget) -> QImage:
    """The window around a widget, its own border included."""
    place = widget.rect().translated(widget.mapTo(bench.window, QPoint())).adjusted(-4, -4, 4, 4)
    return bench.window.grab(place).toImage()


@pytest.mark.parametrize("page", PAGES)
def test_tab_reaches_every_control_of_a_page(full: Workbench, qtbot: QtBot, page: str) -> None:
    full.window.show_page(page)
    names = full.train_page.tabs if page == "train" else [""]
    for name in names:
        if name:
            full.train_page.show_tab(name)
        assert not unreached(full.window.pages[page], tabbed(full, qtbot)), name


@pytest.mark.parametrize("page", PAGES)
def test_the_focus_is_seen(full: Workbench, qtbot: QtBot, page: str) -> None:
    full.window.show_page(page)
    unseen = []
    for widget in tabbed(full, qtbot):
        full.window.setFocus()
        _bring_into_sight(widget)
        without = picture(full, widget)
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        _bring_into_sight(widget)
        if picture(full, widget) == without:
            unseen.append(called(widget))
    assert not unseen


def _bring_into_sight(widget: QWidget) -> None:
    around = widget.parentWidget()
    while around is not None:
        if isinstance(around, QScrollArea):
            around.ensureWidgetVisible(widget)
        around = around.parentWidget()


def test_every_control_has_a_name_that_is_read_aloud(full: Workbench) -> None:
    nameless = []
    for widget in full.window.findChildren(QWidget):
        inner = isinstance(widget.parentWidget(), (QAbstractSpinBox, QComboBox)) or widget.window() is not full.window  # a list
        if (
            focusable(widget)
            and not widget.isHidden()
            and not inner
            and not widget.objectName().startswith("qt_")
            and not named(widget)
        ):
            nameless.append(called(widget))
    assert not nameless


@pytest.mark.parametrize("kind", [QComboBox, QAbstractSpinBox])
def test_a_wheel_rolls_past_a_control_without_changing_it(full: Workbench, kind: type[QWidget]) -> None:
    changed = []
    for page in PAGES:
        full.window.show_page(page)
        for widget in full.window.pages[page].findChildren(kind):
            before = widget.property("currentText") or widget.property("text")
            for notch in (120, -120, -120):
                QApplication.sendEvent(widget, _roll(notch))
            if (widget.property("currentText") or widget.property("text")) != before:
                changed.append(called(widget))
    assert not changed


def _roll(notch: int) -> QWheelEvent:
    return QWheelEvent(
        QPointF(5, 5), QPointF(5, 5), QPoint(), QPoint(0, notch), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_every_letter_of_a_menu_chooses_one_entry(bench: Workbench, language: str) -> None:
    bench.appearance.set_language(language)
    QApplication.processEvents()
    menus = {name: menu.actions() for name, menu in bench.window._menus.items()}
    menus["bar"] = bench.window.menuBar().actions()
    doubled = {}
    for name, actions in menus.items():
        letters = [match[1].upper() for action in actions if (match := re.search(r"&([^&])", action.text()))]
        if len(letters) != len(set(letters)):
            doubled[name] = letters
    assert not doubled
