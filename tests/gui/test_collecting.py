"""While a window lives, garbage is collected in the GUI thread and in no other."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from tests.gui.windows import Open, closed
from workbench.gui.collecting import INTERVAL, Collector


class Cycle:
    """Garbage that only a collection finds; says in which thread it went."""

    def __init__(self, gone: list[int]) -> None:
        self.me, self.gone = self, gone

    def __del__(self) -> None:
        self.gone.append(threading.get_ident())


@pytest.fixture
def collector(qapp: object) -> Iterator[Collector]:
    made = Collector()
    yield made
    made.end()


def in_a_thread(gone: list[int]) -> None:
    """Make far more garbage than Python lets lie."""

    def litter() -> None:
        for _ in range(20_000):
            Cycle(gone)

    thread = threading.Thread(target=litter)
    thread.start()
    thread.join()


def test_another_thread_collects_without_it() -> None:
    gone: list[int] = []
    in_a_thread(gone)
    gc.collect()
    assert set(gone) - {threading.get_ident()}


def test_the_gui_thread_alone_collects(collector: Collector, qtbot: QtBot) -> None:
    gone: list[int] = []
    in_a_thread(gone)
    assert not gone
    qtbot.waitUntil(lambda: len(gone) == 20_000, timeout=20 * INTERVAL)
    assert set(gone) == {threading.get_ident()}


def test_python_collects_again_when_the_last_window_is_gone(open_window: Open, qtbot: QtBot) -> None:
    one, other = open_window(), open_window()
    assert not gc.isenabled()
    closed(one, qtbot)
    assert not gc.isenabled()
    closed(other, qtbot)
    assert gc.isenabled()
