"""DuckDB as it is used here: offline, small in memory, silent."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

_LOOK = 0.05  # seconds between two looks at whether a question is still wanted


def connect(path: Path | None = None) -> duckdb.DuckDBPyConnection:
    """A database in a file, or in memory when there is none."""
    connection = duckdb.connect(
        str(path) if path else ":memory:",
        config={
            "memory_limit": "400MB",
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
            "force_compression": "uncompressed",  # databases here live for minutes: reading in fast beats being small
        },
    )
    return _silent(connection)


def cursor(connection: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    """A second door to the same database, for the thread that asks."""
    return _silent(connection.cursor())


@contextmanager
def interruptible(connection: duckdb.DuckDBPyConnection, cancelled: Callable[[], bool]) -> Iterator[None]:
    """End what DuckDB is asked within (with `duckdb.InterruptException`) once it is no longer wanted.

    A question over a million rows runs for seconds and looks at nothing of ours meanwhile.

    Args:
        connection: The one that is asked.
        cancelled: Whether to stop; called by another thread.
    """
    over = threading.Event()

    def watch() -> None:
        while not over.wait(_LOOK):
            if cancelled():
                connection.interrupt()

    watcher = threading.Thread(target=watch, name="interruptible", daemon=True)
    watcher.start()
    try:
        yield
    finally:
        over.set()
        watcher.join()


def literal_path(path: Path) -> str:
    """A path that DuckDB does not take for a pattern: ``t[1].csv`` would else read ``t1.csv``."""
    return "".join(f"[{ch}]" if ch in "[*?" else ch for ch in str(path))


def _silent(connection: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    # Where DuckDB believes that a person is typing, it draws progress bars into standard output, where JSON belongs.
    connection.execute("SET enable_progress_bar = false")
    return connection
