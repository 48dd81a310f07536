from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import QThread
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from workbench.contracts.errors import WorkbenchError
from workbench.gui.workers.jobs import Jobs, Ticket


@pytest.fixture
def jobs(qapp: QApplication):  # type: ignore[no-untyped-def]
    made = Jobs()
    yield made
    made.shutdown()


def test_a_result_arrives_in_the_gui_thread(jobs: Jobs, qtbot: QtBot, qapp: QApplication) -> None:
    got: list[tuple[object, bool, bool]] = []
    main = threading.get_ident()

    def done(result: int) -> None:
        got.append((result, result == main, QThread.currentThread() == qapp.thread()))

    jobs.start("lane", lambda ticket: threading.get_ident(), done=done)
    qtbot.waitUntil(lambda: bool(got))
    assert got[0][1:] == (False, True)


def test_the_newest_job_of_a_lane_wins(jobs: Jobs, qtbot: QtBot) -> None:
    got: list[int] = []
    started = threading.Event()

    def work(number: int, ticket: Ticket) -> int:
        started.set()
        while number < 9 and not ticket.cancelled():
            started.wait(0.001)
        return number

    for number in range(10):
        jobs.start("lane", lambda ticket, number=number: work(number, ticket), done=got.append)
    qtbot.waitUntil(lambda: bool(got))
    assert got == [9]


def test_lanes_do_not_wait_for_each_other(jobs: Jobs, qtbot: QtBot) -> None:
    gate, got = threading.Event(), list[str]()
    jobs.start("slow", lambda ticket: gate.wait(10), done=lambda _: got.append("slow"))
    jobs.start("fast", lambda ticket: None, done=lambda _: got.append("fast"))
    qtbot.waitUntil(lambda: got == ["fast"])
    assert jobs.busy("slow")
    gate.set()
    qtbot.waitUntil(lambda: got == ["fast", "slow"])
    assert not jobs.busy("slow")


def test_a_cancelled_job_is_never_heard_of(jobs: Jobs, qtbot: QtBot) -> None:
    heard: list[object] = []
    running = threading.Event()

    def work(ticket: Ticket) -> None:
        running.set()
        while True:
            ticket.progress("counting", 0.5)

    jobs.start("lane", work, done=heard.append, failed=heard.append)
    assert running.wait(5)
    jobs.cancel("lane")
    assert not jobs.busy("lane")
    jobs.start("lane", lambda ticket: "next", done=heard.append)
    qtbot.waitUntil(lambda: bool(heard))
    assert heard == ["next"]


def test_an_answer_that_is_on_its_way_is_dropped_when_a_newer_one_is_wanted(jobs: Jobs, qtbot: QtBot) -> None:
    heard: list[str] = []
    ready = threading.Event()

    def first(ticket: Ticket) -> str:
        threading.Timer(0.05, ready.set).start()
        return "first"

    jobs.start("lane", first, done=heard.append)
    assert ready.wait(5)  # the answer lies in the event queue of this thread, which has not looked yet
    jobs.start("lane", lambda ticket: "second", done=heard.append)
    qtbot.waitUntil(lambda: bool(heard))
    jobs.start("other", lambda ticket: "end", done=heard.append)
    qtbot.waitUntil(lambda: heard[-1] == "end")
    assert heard == ["second", "end"]


def test_errors_come_back_as_what_where_and_mend(jobs: Jobs, qtbot: QtBot, caplog: pytest.LogCaptureFixture) -> None:
    heard: list[WorkbenchError] = []

    def foreseen(ticket: Ticket) -> None:
        raise WorkbenchError("the file is gone", where="x.csv", mend="Put it back.")

    def unforeseen(ticket: Ticket) -> None:
        raise ZeroDivisionError("by zero")

    jobs.start("lane", foreseen, done=lambda _: None, failed=heard.append)
    qtbot.waitUntil(lambda: len(heard) == 1)
    jobs.start("lane", unforeseen, done=lambda _: None, failed=heard.append)
    qtbot.waitUntil(lambda: len(heard) == 2)
    assert heard[0].where == "x.csv"
    assert "ZeroDivisionError" in heard[1].what
    assert heard[1].mend
    assert "by zero" in caplog.text


def test_progress_is_told_but_not_too_often(jobs: Jobs, qtbot: QtBot) -> None:
    told: list[float] = []
    got: list[object] = []

    def work(ticket: Ticket) -> None:
        for number in range(20_000):
            ticket.progress("counting", number / 20_000)
        ticket.progress("counting", 1.0)

    jobs.start("lane", work, done=got.append, progress=lambda what, share: told.append(share))
    qtbot.waitUntil(lambda: bool(got))
    assert told[-1] == 1.0
    assert len(told) < 200
    assert told == sorted(told)


def test_shutdown_leaves_no_thread(jobs: Jobs, qtbot: QtBot) -> None:
    before = threading.active_count()
    for lane in "abcd":
        jobs.start(lane, lambda ticket: None, done=lambda _: None)
    jobs.shutdown()
    assert not jobs.findChildren(QThread) or not any(t.isRunning() for t in jobs.findChildren(QThread))
    assert threading.active_count() <= before + 4  # Qt's threads show as dummies until they are collected
