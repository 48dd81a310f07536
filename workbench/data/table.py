"""A table in a file: opened by content, paged without loading it, counted and profiled in a temporary DuckDB database.

The first rows are read straight from the file. Whatever needs all of it (the row count, the rejected rows, a page far
down, the profile) copies it once into a database in a temporary folder, which `Table.close` removes.
"""

from __future__ import annotations

import dataclasses
import shutil
import tempfile
import threading
import weakref
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from functools import partial
from itertools import islice
from pathlib import Path, PurePosixPath
from types import TracebackType
from typing import Any, Self

import duckdb

from workbench.contracts.errors import Cancelled, RunFailed, WorkbenchError
from workbench.contracts.specs import DataSpec
from workbench.contracts.tables import Stamp
from workbench.data.conll import looks_like_conll, open_conll
from workbench.data.database import connect, cursor, interruptible
from workbench.data.delimited import open_delimited, read_head
from workbench.data.encoding import Sample, find_encoding, given_encoding, refuse_binary
from workbench.data.files import Plain, plain_file
from workbench.data.folder import open_folder, stamp_of
from workbench.data.jsonrows import open_json, open_json_lines
from workbench.data.loading import load
from workbench.data.parquet import open_parquet
from workbench.data.profile import ColumnProfile, profile_columns
from workbench.data.reading import Kind, Passed, Reading, Rejected, Row, Source
from workbench.data.workbook import open_workbook

_HEAD = 2_000
"""Rows that are paged straight from the file."""


class Table:
    """A table opened for reading; a context manager. May be used from several threads."""

    def __init__(
        self,
        path: Path,
        source: Source,
        folder: _Folder,
        cancelled: Callable[[], bool],
        notes: tuple[str, ...] = (),
        plain: Path | None = None,
        *,
        stamp: Mapping[Path, Stamp],
    ) -> None:
        self.path = path
        self.stamp = stamp
        """How its files stood on the disk before they were looked at."""
        self.plain = plain
        """The text file that is read, once it is unpacked; None for other forms of tables."""
        self.columns: tuple[str, ...] = source.columns
        self.reading: Reading = dataclasses.replace(source.reading, notes=(*notes, *source.reading.notes))
        self._source = source
        self._folder = folder
        self._cancelled = cancelled
        self._lock = threading.RLock()
        self._database: duckdb.DuckDBPyConnection | None = None
        self._rejected: tuple[Rejected, ...] = ()
        self._passed: Counter[str] = Counter()
        self._row_count = 0
        self._profile: tuple[ColumnProfile, ...] | None = None
        self._places: list[tuple[str, int]] = []
        self._records: Iterator[Row | Rejected | Passed] | None = None

    @property
    def kind(self) -> Kind:
        """table, text (a line in each row) or conll (a sentence in each row)."""
        return self.reading.kind.value

    @property
    def row_count(self) -> int:
        """Rows that were read. Reads the whole file the first time."""
        self._load()
        return self._row_count

    @property
    def rejected(self) -> tuple[Rejected, ...]:
        """What could not be read as a row, by line. Reads the whole file the first time."""
        self._load()
        return self._rejected

    @property
    def passed(self) -> Mapping[str, int]:
        """Lines with nothing to read, by what they are: blank lines, document separators. Reads the whole file the first time."""
        self._load()
        return dict(self._passed)

    def page(self, offset: int, limit: int) -> list[tuple[str, ...]]:
        """Rows `offset` to `offset + limit`, fewer at the end. An empty cell is ``""``."""
        offset, limit = max(0, offset), max(0, limit)
        if self._database is None and offset + limit <= _HEAD:
            rows = (record.cells for record in self._read() if isinstance(record, Row))
            return list(islice(rows, offset, offset + limit))
        return [cells for _, cells in self._select(range(len(self.columns)), offset, limit)]

    def pick(self, rows: Sequence[int]) -> list[tuple[str, ...]]:
        """These rows, counted from 0, in this order; one that is not there is empty. Reads the whole file the first time."""
        names = "".join(f", c{position}" for position in range(len(self.columns)))
        places = ", ".join("?" * len(rows)) or "NULL"
        asked = self.query(f"SELECT rowid{names} FROM data WHERE rowid IN ({places})", rows)
        found = {index: tuple(cells) for index, *cells in asked}
        return [found.get(row, ("",) * len(self.columns)) for row in rows]

    def rows(
        self, columns: Sequence[str], batch: int = 10_000, *, start: int = 0, stop: int | None = None
    ) -> Iterator[tuple[int, tuple[str, ...]]]:
        """All rows (or a stretch of them) in file order: the row's index from 0, and its cells in the given columns.

        No more than `batch` are in memory at a time.
        """
        chosen = [self._position(name) for name in columns]
        end = self.row_count if stop is None else min(stop, self.row_count)
        for first in range(start, end, batch):
            yield from self._select(chosen, first, min(batch, end - first))

    def line_of(self, row: int) -> int | None:
        """The line of the file on which row `row` begins (for a workbook, the row of its sheet), counted from 1."""
        return self.place_of(row)[1]

    def place_of(self, row: int) -> tuple[str, int | None]:
        """The file of a folder in which row `row` stands (empty where the table is one file), and the line it begins on."""
        with self._lock:
            if self._records is None:
                self._records = self._read()
            for record in self._records if row >= len(self._places) else ():
                if isinstance(record, Row):
                    self._places.append((record.file, record.line))
                    if len(self._places) > row:
                        break
            file, line = self._places[row] if 0 <= row < len(self._places) else ("", 0)
            return file, line or None

    def profile(self) -> tuple[ColumnProfile, ...]:
        """What each column holds. Reads the whole file the first time."""
        database = self._load()
        with self._lock, self._asking():
            if self._profile is None:
                asked = cursor(database)
                with interruptible(asked, self._cancelled):
                    self._profile = profile_columns(asked, self.columns, self._row_count)
            return self._profile

    def query(
        self, sql: str, parameters: Sequence[object] = (), *, stoppable: bool = False
    ) -> list[tuple[Any, ...]]:  # Any: columns of several types
        """Ask the database: the table is ``data`` with text columns ``c0``, ``c1``, … and ``rowid`` as the row index.

        Args:
            sql: The question.
            parameters: What stands for its question marks.
            stoppable: It may run for long, so it ends once reading is cancelled.
        """
        asked = cursor(self._load())
        with self._asking(), interruptible(asked, self._cancelled) if stoppable else nullcontext():
            return asked.execute(sql, list(parameters)).fetchall()

    def check_unchanged(self) -> None:
        """See whether the files are still those that were opened; what was read of them stays.

        Raises:
            WorkbenchError: one is gone, or was written anew.
        """
        check_stamp(self.path, self.stamp)

    def close(self) -> None:
        """Let go of the database and remove the temporary files."""
        with self._lock:
            if self._database is not None:
                self._database.close()
                self._database = None
            self._records = None
            self._folder.remove()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def _position(self, name: str) -> int:
        try:
            return self.columns.index(name)
        except ValueError:
            raise WorkbenchError(
                f"there is no column {name!r}", where=str(self.path), mend=f"There are: {', '.join(map(repr, self.columns))}."
            ) from None

    def _select(self, positions: Sequence[int], offset: int, limit: int) -> list[tuple[int, tuple[str, ...]]]:
        names = "".join(f", c{position}" for position in positions)
        rows = self.query(
            f"SELECT rowid{names} FROM data WHERE rowid >= ? AND rowid < ? ORDER BY rowid", (offset, offset + limit)
        )
        return [(index, tuple(cells)) for index, *cells in rows]

    def _read(self) -> Iterator[Row | Rejected | Passed]:
        """The file's records; a file that cannot be read any more is an error a person sees."""
        if self._folder.removed:
            raise self._closed()
        try:
            yield from self._source.records()
        except (OSError, UnicodeError) as error:
            raise WorkbenchError(
                f"the file can no longer be read: {error}", where=str(self.path), mend="Open it again."
            ) from None

    @contextmanager
    def _asking(self) -> Iterator[None]:
        """Say what ends a question to the database: that the table was closed meanwhile, or that its cells are too large."""
        try:
            yield
        except duckdb.InterruptException:
            raise Cancelled("reading was stopped", where=str(self.path)) from None
        except duckdb.Error as error:
            if self._folder.removed:
                raise self._closed() from None
            raise RunFailed(
                f"the table is too much for this computer: {str(error).splitlines()[0]}",
                where=str(self.path),
                mend="Split cells of many megabytes, or free memory and disk.",
            ) from None

    def _closed(self) -> WorkbenchError:
        return WorkbenchError("the table was closed", where=str(self.path), mend="Open it again.")

    def _load(self) -> duckdb.DuckDBPyConnection:
        with self._lock:
            if self._database is None:
                if self._folder.removed:
                    raise self._closed()
                database = connect(self._folder.path() / "table.duckdb")
                try:
                    loaded = load(self._source, database, self._folder.path(), where=str(self.path), cancelled=self._cancelled)
                    check_stamp(self.path, self.stamp, reading=True)  # or the rows may be of two versions
                except BaseException:
                    database.close()
                    raise
                self._row_count, self._rejected, self._passed = loaded.rows, loaded.rejected, loaded.passed
                self._database = database
            return self._database


class _Folder:
    """A temporary folder that is made when first needed and removed when closed, collected or at exit."""

    def __init__(self) -> None:
        self._path: Path | None = None
        self._finalizer: weakref.finalize[..., _Folder] | None = None
        self.removed = False

    def path(self) -> Path:
        if self._path is None:
            self._path = Path(tempfile.mkdtemp(prefix="attention-workbench-"))
            self._finalizer = weakref.finalize(self, shutil.rmtree, str(self._path), ignore_errors=True)
        return self._path

    def remove(self) -> None:
        self.removed = True
        if self._finalizer is not None:
            self._finalizer()


class _Room:
    """A folder within the temporary one, made when first needed."""

    def __init__(self, folder: _Folder, name: str) -> None:
        self._folder, self._name = folder, name

    def path(self) -> Path:
        room = self._folder.path() / self._name
        room.mkdir(exist_ok=True)
        return room


def check_stamp(table: Path, stamp: Mapping[Path, Stamp], *, reading: bool = False) -> None:
    """See whether a table's files still stand as they did; `reading` tells that they were being read all the while.

    Raises:
        WorkbenchError: one is gone, was written anew, or has come to the others.
    """
    now = stamp_of(table)
    if now == stamp:
        return
    gone = [path for path in stamp if not path.exists()]
    if gone:
        raise WorkbenchError("the table is gone since it was read", where=str(gone[0]), mend="Put it back, then try again.")
    where = min(str(path) for path in stamp.keys() | now.keys() if stamp.get(path) != now.get(path))
    what = "the table changed while it was being read" if reading else "the table changed since it was read"
    raise WorkbenchError(what, where=where, mend="Wait until it is written and closed, then try again.")


def open_table(spec: DataSpec, *, path: str | None = None, cancelled: Callable[[], bool] = lambda: False) -> Table:
    """Open the spec's table, or another file in the same way.

    Args:
        spec: Says how the file is read; whatever it leaves open is found from the file's content.
        path: A file to open instead of ``spec.table``.
        cancelled: Asked now and then while a long read goes on.

    Raises:
        WorkbenchError: the file is no table that can be read, with the reason.
        Cancelled: `cancelled` said so.
    """
    where = path if path is not None else spec.table
    if not where:
        raise WorkbenchError("no table is named", where="data.table", mend="Give the path of a table.")
    folder, stamp = _Folder(), stamp_of(Path(where))
    try:
        if Path(where).is_dir():
            joined = open_folder(Path(where), spec, partial(_part, folder, cancelled))
            return Table(Path(where), joined, folder, cancelled, stamp=stamp)
        plain = plain_file(where, folder.path, cancelled)
        source = _source_of(plain, folder, spec, where, cancelled)
        text = plain.path if plain.form == "text" else None
        return Table(Path(where), source, folder, cancelled, plain.notes, text, stamp=stamp)
    except (OSError, UnicodeError) as error:
        folder.remove()
        raise WorkbenchError(
            f"the file cannot be read: {error}", where=where, mend="Check its encoding and that it is whole."
        ) from None
    except BaseException:
        folder.remove()
        raise


def _part(folder: _Folder, cancelled: Callable[[], bool], path: Path, spec: DataSpec, number: int) -> Source:
    """One of the files of a folder, with a room of its own for what is unpacked."""
    room = _Room(folder, f"part-{number}")
    return _source_of(plain_file(str(path), room.path, cancelled), room, spec, str(path), cancelled)


def _source_of(plain: Plain, folder: _Folder | _Room, spec: DataSpec, where: str, cancelled: Callable[[], bool]) -> Source:
    """The source for a file's form, name and content, in this order."""
    if plain.form == "parquet":
        return open_parquet(plain.path, where=where)
    if plain.form == "workbook":
        return open_workbook(plain.path, folder.path(), spec, where=where, cancelled=cancelled)
    sample = Sample.of(plain.path)
    encoding = find_encoding(sample) if spec.encoding is None else given_encoding(spec.encoding, sample, where=where)
    refuse_binary(sample, encoding, where=where)
    suffix = PurePosixPath(plain.name).suffix.lower()
    if suffix in (".jsonl", ".ndjson"):
        return open_json_lines(plain.path, encoding, where=where)
    if suffix == ".json":
        return open_json(plain.path, encoding, where=where)
    if spec.delimiter is None and spec.header is None:
        conll = looks_like_conll(read_head(plain.path, encoding.name), plain.name)
        if conll is not None:
            return open_conll(plain.path, encoding, conll)
    return open_delimited(plain.path, plain.name, encoding, spec, where=where)
