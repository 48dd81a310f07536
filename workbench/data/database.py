"""DuckDB as it is used here: offline, small in memory, silent."""

from __future__ import annotations

from pathlib import Path

import duckdb


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


def literal_path(path: Path) -> str:
    """A path that DuckDB does not take for a pattern: ``t[1].csv`` would else read ``t1.csv``."""
    return "".join(f"[{ch}]" if ch in "[*?" else ch for ch in str(path))


def _silent(connection: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    # Where DuckDB believes that a person is typing, it draws progress bars into standard output, where JSON belongs.
    connection.execute("SET enable_progress_bar = false")
    return connection
