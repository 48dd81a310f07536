"""A folder as one table: a train file beside a test file, one file for each class, or many parts with the same columns."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from workbench.contracts.errors import WorkbenchError, listed
from workbench.contracts.specs import DataSpec
from workbench.contracts.tables import Stamp
from workbench.data.delimited import DelimitedSource
from workbench.data.reading import Found, Passed, Reading, Rejected, Row, Source

_TABLES = frozenset((".csv", ".tsv", ".tab", ".txt", ".jsonl", ".ndjson", ".json", ".parquet", ".xlsx", ".xls", ".ods", ".conll"))
_PACKED = frozenset((".gz", ".bz2", ".xz", ".zip"))
_NO_TABLES = re.compile(r"(?i)(?:readme|licen[sc]e|changelog|categories|labels?|classes)\b.*")
_ROLES = {
    "train": frozenset(("train", "training", "trainset")),
    "test": frozenset(("test", "testing", "testset")),
    "validation": frozenset(("validation", "valid", "val", "dev", "devset")),
}
_NUMBERED = re.compile(r"[\W_]*\d+(?:[\W_]*of[\W_]*\d+)?[\W_]*$")
_MOST = 5_000
CLASS = "class"
"""The column that file names make."""


@dataclass(frozen=True, kw_only=True)
class Plan:
    """Which files of a folder are the table, and which the test table."""

    files: tuple[Path, ...]
    evidence: str
    test: Path | None = None
    by_class: bool = False
    """Each file may hold one class, named by it."""


def plan_folder(folder: Path) -> Plan:
    """Decide by the names of its files what a folder holds.

    Raises:
        WorkbenchError: no tables, or several that do not belong together.
    """
    where = str(folder)
    files = [path for path in sorted(folder.iterdir()) if path.is_file() and _is_table(path)]
    parts = {role: [path for path in files if _role(path) == role] for role in _ROLES}
    if not parts["train"]:
        folders = {_role(path): path for path in sorted(folder.iterdir()) if path.is_dir() and _role(path)}
        if not files and "train" in folders:
            inner = plan_folder(folders["train"])
            return dataclasses.replace(inner, test=folders.get("test"), evidence=f"{folders['train'].name}: {inner.evidence}")
        if not files:
            mend = "Give a file, or a folder with tables in it."
            raise WorkbenchError("there is no table in this folder", where=where, mend=mend)
    elif len({_stem(path) for path in parts["train"]}) > 1:
        named = listed(path.name for path in parts["train"])
        raise WorkbenchError(f"this folder holds several tables to learn from: {named}", where=where, mend="Give one of them.")
    else:
        test = parts["test"][0] if len(parts["test"]) == 1 else None
        evidence = f"{listed(path.name for path in parts['train'])} is learned from"
        evidence += f", {test.name} is kept to score on" if test else ""
        unused = [path for path in files if path not in parts["train"] and path != test]
        evidence += f"; not used: {listed(path.name for path in unused)}" if unused else ""
        return Plan(files=tuple(parts["train"]), test=test, evidence=evidence)
    if len(files) == 1 and not _role(folder):  # any folder may hold a text file; one that is called train is meant
        raise WorkbenchError(f"this folder holds {len(files):,} files", where=where, mend="Give one of them.")
    if len(files) > _MOST:
        raise WorkbenchError(f"this folder holds {len(files):,} files", where=where, mend=f"Join them into at most {_MOST:,}.")
    numbered = sum(_NUMBERED.search(path.stem) is not None for path in files)
    return Plan(
        files=tuple(files), by_class=len(files) > 1 and numbered * 2 < len(files), evidence=f"{len(files):,} files as one table"
    )


def stamp_of(table: Path) -> Mapping[Path, Stamp]:
    """How the file of a table, or each file of a folder that is read as one, stands on the disk; without those that are gone."""
    try:
        files = plan_folder(table).files if table.is_dir() else (table,)
    except (OSError, ValueError, WorkbenchError):  # what is left there is no table any more
        return {}
    found = {}
    for path in files:
        with suppress(OSError, ValueError):  # a name may be none that a file can have
            about = path.stat()
            found[path] = Stamp(about.st_size, about.st_mtime_ns, about.st_ino)
    return found


def with_test(spec: DataSpec) -> DataSpec:
    """The settings with the test file that stands beside the train file in the folder, where no other test is asked for."""
    if spec.table is None or spec.test is not None or spec.test_share > 0 or not Path(spec.table).is_dir():
        return spec
    test = plan_folder(Path(spec.table)).test
    return spec if test is None else dataclasses.replace(spec, test=str(test))


@dataclass(frozen=True, kw_only=True)
class FolderSource:
    """Files read one after the other."""

    parts: tuple[tuple[str, Source], ...]
    """Each file's name and how it is read."""
    columns: tuple[str, ...]
    reading: Reading
    classes: tuple[str, ...] = ()
    """The class that each file's rows have; empty where the files say so themselves."""

    def records(self) -> Iterator[Row | Rejected | Passed]:
        """The records of all files, each with its file's name."""
        for place, (name, source) in enumerate(self.parts):
            added = (self.classes[place],) if self.classes else ()
            for record in source.records():
                if isinstance(record, Row):
                    yield Row(line=record.line, cells=record.cells + added, file=name)
                elif isinstance(record, Rejected):
                    yield dataclasses.replace(record, reason=f"{record.reason} (in {name})")
                else:
                    yield record


def open_folder(folder: Path, spec: DataSpec, open_part: Callable[[Path, DataSpec, int], Source]) -> FolderSource:
    """Open the files of a folder as one table.

    Args:
        folder: The folder.
        spec: How files are read; what it leaves open is found in the largest file and holds for the others, too.
        open_part: Opens one file; told its number.

    Raises:
        WorkbenchError: the files do not belong together, or one cannot be read.
    """
    plan = plan_folder(folder)
    largest = max(plan.files, key=lambda path: path.stat().st_size)
    model = open_part(largest, spec, plan.files.index(largest))
    if isinstance(model, DelimitedSource):
        found = model.reading
        spec = dataclasses.replace(
            spec,
            delimiter=found.delimiter.value or "none",
            quote=spec.quote or (found.quote.value or "none" if model.dialect.escape is None else None),
            header=found.header.value,
        )
    parts = [model if path == largest else open_part(path, spec, number) for number, path in enumerate(plan.files)]
    for path, part in zip(plan.files, parts, strict=True):
        if part.columns != model.columns:
            raise WorkbenchError(
                f"{path.name} has the columns {listed(part.columns)}, and {largest.name} has {listed(model.columns)}",
                where=str(folder),
                mend="Leave only files with the same columns in the folder, or give one of them.",
            )
    column = next(name for name in (CLASS, *(f"{CLASS}_{n}" for n in range(2, 99))) if name not in model.columns)
    named = spec.target == column or (plan.by_class and not _said_inside(plan.files, parts))
    classes = tuple(path.stem for path in plan.files) if named else ()
    reading = model.reading
    evidence = (
        f"{plan.evidence}; each file's name is the class of its rows, in the column {column!r}" if classes else plan.evidence
    )
    return FolderSource(
        parts=tuple(zip((path.name for path in plan.files), parts, strict=True)),
        columns=(*model.columns, column) if classes else model.columns,
        classes=classes,
        reading=dataclasses.replace(
            reading,
            kind=Found(value=reading.kind.value, evidence=evidence),
            notes=(evidence, *(note for note in reading.notes if note != reading.kind.evidence)),
            by_file=column if classes else "",
        ),
    )


def _said_inside(files: Sequence[Path], parts: Sequence[Source]) -> bool:
    """Whether the files' rows hold the files' names already."""
    firsts = [next(islice((row for row in part.records() if isinstance(row, Row)), 1), None) for part in parts]
    return all(row is None or path.stem in row.cells for path, row in zip(files, firsts, strict=True))


def _is_table(path: Path) -> bool:
    suffixes = [suffix.lower() for suffix in path.suffixes]
    suffix = suffixes[-2] if len(suffixes) > 1 and suffixes[-1] in _PACKED else suffixes[-1] if suffixes else ""
    return suffix in _TABLES and not path.name.startswith(".") and _NO_TABLES.fullmatch(path.name) is None


def _role(path: Path) -> str:
    words = re.split(r"[\W_\d]+", path.stem.lower())
    return next((role for role, names in _ROLES.items() if names & set(words)), "")


def _stem(path: Path) -> str:
    return _NUMBERED.sub("", path.stem)
