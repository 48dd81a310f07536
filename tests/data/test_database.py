"""What DuckDB is asked ends when nobody wants the answer any more."""

from __future__ import annotations

import threading
import time

import duckdb
import pytest

from workbench.data.database import connect, interruptible

MINUTES = "SELECT sum(hash(a.range * b.range)) FROM range(1000000) a, range(1000000) b"


def test_a_question_that_is_not_wanted_ends_at_once() -> None:
    wanted = threading.Event()
    wanted.set()
    threading.Timer(0.2, wanted.clear).start()
    begun = time.monotonic()
    with connect() as database, pytest.raises(duckdb.InterruptException), interruptible(database, lambda: not wanted.is_set()):
        database.execute(MINUTES).fetchall()
    assert time.monotonic() - begun < 20
    assert not any(thread.name == "interruptible" for thread in threading.enumerate())


def test_a_wanted_question_is_answered_and_the_connection_works_on() -> None:
    with connect() as database:
        with interruptible(database, lambda: False):
            assert database.execute("SELECT 1").fetchall() == [(1,)]
        with interruptible(database, lambda: True):
            time.sleep(0.2)
        assert database.execute("SELECT 2").fetchall() == [(2,)]
