"""Parquet files, read by DuckDB as text: lists joined by spaces, anything deeper as JSON, as `workbench.data.jsonrows` does."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from workbench.contracts.errors import WorkbenchError
from workbench.data.database import connect, literal_path
from workbench.data.encoding import Encoding
from workbench.data.jsonrows import self_named
from workbench.data.reading import Reading, Row


@dataclass(frozen=True, kw_only=True)
class ParquetSource:
    """A Parquet file; it has no lines."""

    path: Path
    where: str
    """The file as the person named it."""
    select: str
    """SQL that gives the columns as text."""
    columns: tuple[str, ...]
    reading: Reading

    def records(self) -> Iterator[Row]:
        """One row a row."""
        with _readable(self.where), connect() as database:
            found = database.execute(f"SELECT {self.select} FROM read_parquet(?)", [literal_path(self.path)])
            while rows := found.fetchmany(1_000):
                for cells in rows:
                    yield Row(line=0, cells=cells)

    def copy_into(self, database: duckdb.DuckDBPyConnection) -> None:
        """Make the table ``data`` of it."""
        with _readable(self.where):
            database.execute(f"CREATE TABLE data AS SELECT {self.select} FROM read_parquet(?)", [literal_path(self.path)])


def open_parquet(path: Path, *, where: str) -> ParquetSource:
    """A Parquet file.

    Raises:
        WorkbenchError: the file is broken.
    """
    with _readable(where), connect() as database:
        described = database.execute("DESCRIBE SELECT * FROM read_parquet(?)", [literal_path(path)]).fetchall()
    return ParquetSource(
        path=path,
        where=where,
        select=", ".join(f"{_as_text(name, kind)} AS c{position}" for position, (name, kind, *_) in enumerate(described)),
        columns=tuple(str(name) for name, *_ in described),
        reading=self_named(Encoding(name="utf-8", evidence="Parquet holds Unicode"), "a Parquet file"),
    )


@contextmanager
def _readable(where: str) -> Iterator[None]:
    """Say what DuckDB says about a broken file so that a person can act on it."""
    try:
        yield
    except duckdb.Error as error:
        reason = str(error).splitlines()[0]
        raise WorkbenchError(f"the Parquet file is broken: {reason}", where=where, mend="Write the file again.") from None


def _as_text(name: str, kind: str) -> str:
    """SQL for a column as text."""
    column = '"' + name.replace('"', '""') + '"'
    if kind.endswith("[]") and not kind.startswith(("STRUCT", "MAP", "UNION")) and "[][]" not in kind:
        text = f"array_to_string([replace(CAST(item AS VARCHAR), ' ', chr(160)) FOR item IN {column}], ' ')"
    elif kind.startswith(("STRUCT", "MAP", "UNION")) or kind.endswith("]"):
        text = f"CAST(to_json({column}) AS VARCHAR)"
    else:
        text = f"CAST({column} AS VARCHAR)"
    return f"coalesce({text}, '')"
