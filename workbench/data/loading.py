"""Copy a whole file into a DuckDB database, so that it can be counted, paged and profiled without memory."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from workbench.contracts.errors import Cancelled, RunFailed
from workbench.data.bulk import WORTHWHILE, read_in_bulk
from workbench.data.database import interruptible, literal_path
from workbench.data.delimited import DelimitedSource
from workbench.data.encoding import transcode
from workbench.data.parquet import ParquetSource
from workbench.data.reading import Rejected, Row, Source

_EVERY = 5_000  # records between two looks at whether reading was cancelled


@dataclass(frozen=True, kw_only=True)
class Loaded:
    """What came of reading a file to its end."""

    rows: int
    rejected: tuple[Rejected, ...]
    passed: Counter[str] = field(default_factory=Counter)


def load(
    source: Source, database: duckdb.DuckDBPyConnection, folder: Path, *, where: str, cancelled: Callable[[], bool]
) -> Loaded:
    """Fill the table ``data`` (text columns c0, c1, …) with the rows of a source, in file order.

    Raises:
        RunFailed: the disk is full.
        Cancelled: `cancelled` said so.
    """
    try:
        if isinstance(source, ParquetSource):
            source.copy_into(database)
            return Loaded(rows=_count(database), rejected=())
        if isinstance(source, DelimitedSource) and source.path.stat().st_size >= WORTHWHILE:
            loaded = _load_in_bulk(source, database, folder, cancelled)
            if loaded is not None:
                return loaded
        return _load_records(source, database, folder, where=where, cancelled=cancelled)
    except (OSError, duckdb.Error) as error:
        reason = str(error).splitlines()[0]
        mend = "Free some room on the disk, or split cells of many megabytes."
        raise RunFailed(f"the table could not be copied for reading: {reason}", where=where, mend=mend) from None


def _load_in_bulk(
    source: DelimitedSource, database: duckdb.DuckDBPyConnection, folder: Path, cancelled: Callable[[], bool]
) -> Loaded | None:
    path = source.path
    if source.encoding not in ("utf-8", "utf-8-sig"):
        path = folder / "utf-8"
        transcode(source.path, path, source.encoding, cancelled)
    with interruptible(database, cancelled):  # whoever comes after an interruption asks for it again
        bulk = read_in_bulk(source, path, database)
    if path != source.path:
        path.unlink()
    if bulk is None:
        return None
    passed = Counter({"blank line": bulk.blank_lines} if bulk.blank_lines else {})
    return Loaded(rows=bulk.rows, rejected=bulk.rejected, passed=passed)


def _count(database: duckdb.DuckDBPyConnection) -> int:
    found = database.execute("SELECT count(*) FROM data").fetchone()
    return int(found[0]) if found else 0


def _load_records(
    source: Source, database: duckdb.DuckDBPyConnection, folder: Path, *, where: str, cancelled: Callable[[], bool]
) -> Loaded:
    """Write the rows as csv of the plainest kind, which DuckDB reads in one go."""
    clean = folder / "rows.csv"
    rejected: list[Rejected] = []
    passed: Counter[str] = Counter()
    rows = longest = 0
    with clean.open("w", encoding="utf-8", newline="") as file:
        write = csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\n").writerow
        for count, record in enumerate(source.records()):
            if count % _EVERY == 0 and cancelled():
                raise Cancelled("reading was stopped", where=where)
            if isinstance(record, Row):
                longest = max(longest, write(record.cells))
                rows += 1
            elif isinstance(record, Rejected):
                rejected.append(record)
            else:
                passed[record.what] += 1
    columns = ", ".join(f"'c{position}': 'VARCHAR'" for position in range(len(source.columns)))
    database.execute(
        f"CREATE OR REPLACE TABLE data AS SELECT * FROM read_csv(?, auto_detect=false, columns={{{columns}}}, header=false, "
        "delim=',', quote='\"', escape='\"', new_line='\\n', allow_quoted_nulls=false, parallel=false, "
        f"max_line_size={max(1 << 21, 4 * longest + 64)})",
        [literal_path(clean)],
    )
    clean.unlink()
    if _count(database) != rows:
        raise RunFailed(
            f"{rows} rows were read and {_count(database)} arrived in the database", where=where, mend="Please report this file."
        )
    return Loaded(rows=rows, rejected=tuple(rejected), passed=passed)
