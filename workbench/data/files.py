"""From the path a person gave to a plain file on disk: checked, unpacked within bounds, and known by its first bytes."""

from __future__ import annotations

import bz2
import gzip
import lzma
import shutil
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Protocol

from workbench.contracts.errors import Cancelled, WorkbenchError

_CHUNK = 1 << 20
_MOST_UNPACKED = 16 << 30
_FREE_OF_SUSPICION = 256 << 20
_HIGHEST_RATIO = 250  # tables shrink 3 to 30 times; a file made to fill the disk, a thousand times
_NESTED = 3
_OPENERS = {b"\x1f\x8b": gzip.GzipFile, b"BZh": bz2.BZ2File, b"\xfd7zXZ": lzma.LZMAFile}
_SUFFIX = {b"\x1f\x8b": ".gz", b"BZh": ".bz2", b"\xfd7zXZ": ".xz"}
_BROKEN = (OSError, EOFError, zlib.error, lzma.LZMAError, zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError)
_NO_TABLE = {
    b"%PDF": "a PDF document",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"SQLite format 3": "an SQLite database",
    b"\x7fELF": "a program",
    b"\x89HDF": "an HDF5 file",
    b"\x93NUMPY": "a NumPy array",
    b"ARROW1": "an Arrow file",
    b"Rar!": "a RAR archive",
    b"7z\xbc\xaf": "a 7z archive",
    b"\x28\xb5\x2f\xfd": "a Zstandard archive",
}
_PAGES = (b"<!doctype html", b"<html", b"<?xml")
_POINTER = b"version https://git-lfs.github.com/spec/"
_TEXT_SUFFIX = (".txt", ".md", ".text")
_NO_TABLE_SUFFIX = {
    ".dbf": "a dBASE table",
    ".sql": "commands for a database",
    ".html": "a web page",
    ".htm": "a web page",
    ".xml": "an XML document",
    ".pkl": "a Python pickle, which can run code when it is opened",
}
_CONVERT = "Save it as csv, tsv, jsonl, parquet or xlsx, and open that."


class _Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


@dataclass(frozen=True, kw_only=True)
class Plain:
    """A file that is not packed any more."""

    path: Path
    name: str
    """Its own name, inside the archive where there was one."""
    form: str
    """What its first bytes say: text, parquet or workbook."""
    notes: tuple[str, ...] = ()


def plain_file(table: str, folder: Callable[[], Path], cancelled: Callable[[], bool]) -> Plain:
    """Check the path and unpack what is packed into `folder()`, under names of our own.

    Raises:
        WorkbenchError: the file is missing, unreadable, empty, broken, no table, or unpacks to too much.
    """
    path = Path(table)
    try:
        if path.is_dir():
            raise WorkbenchError("this is a folder, not a table", where=table, mend="Give one of the files in it.")
        if not path.is_file():
            raise WorkbenchError("there is no such file", where=table, mend="Check the path and its spelling.")
        head = _head(path)
        name = path.name
        notes: tuple[str, ...] = ()
        for depth in range(_NESTED):
            step = _unpack(path, name, head, folder, depth, cancelled)
            if step is None:
                break
            path, name, note = step
            notes = (*notes, note)
            head = _head(path)
    except WorkbenchError as error:
        raise type(error)(error.what, where=table, mend=error.mend) from None
    except _BROKEN as error:
        raise WorkbenchError(
            f"the file cannot be read: {error}", where=table, mend="Check that it is whole and readable."
        ) from None
    if not head:
        raise WorkbenchError("the file is empty", where=table, mend="Give a file with rows in it.")
    if head.startswith(_POINTER):
        raise WorkbenchError(
            "this file is only a pointer of Git LFS; the table itself was not fetched",
            where=table,
            mend="Fetch it with `git lfs pull`, or download the file from the page of the repository.",
        )
    kind = next((what for magic, what in _NO_TABLE.items() if head.startswith(magic)), None)
    suffix = PurePosixPath(name).suffix.lower()
    kind = kind or _NO_TABLE_SUFFIX.get(suffix)
    page = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower().startswith(_PAGES)
    if kind is None and page and suffix not in _TEXT_SUFFIX:
        raise WorkbenchError(
            "this file holds a web page and not the table its name promises",
            where=table,
            mend="Download the file itself: often there is a link called Raw or Download, and sometimes a login before it.",
        )
    if kind:
        raise WorkbenchError(f"this file holds {kind}, which is not read as a table", where=table, mend=_CONVERT)
    return Plain(path=path, name=name, form=_form(path, head), notes=notes)


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(512)


def _form(path: Path, head: bytes) -> str:
    if head.startswith(b"PAR1"):
        return "parquet"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")):
        return "workbook"
    return "text"


def _unpack(
    path: Path, name: str, head: bytes, folder: Callable[[], Path], depth: int, cancelled: Callable[[], bool]
) -> tuple[Path, str, str] | None:
    """One layer less, with the name of what was inside and a note about it; None when nothing is packed."""
    for magic, opener in _OPENERS.items():
        if head.startswith(magic):
            with opener(path) as stream:
                written = _write(stream, folder() / f"unpacked-{depth}", path.stat().st_size, cancelled)
            inner = name.removesuffix(_SUFFIX[magic])
            return written, inner, f"{name} was unpacked to {written.stat().st_size:,} bytes"
    if head.startswith(b"PK\x03\x04") and not _is_workbook(path):
        with zipfile.ZipFile(path) as archive:
            member = _only_table(archive)
            with archive.open(member) as stream:
                written = _write(stream, folder() / f"unpacked-{depth}", member.compress_size, cancelled)
        return written, PurePosixPath(member.filename).name, f"{member.filename} was taken from {name}"
    return None


def _is_workbook(path: Path) -> bool:
    """Whether a zip file is an Office document; one that claims to unpack to far more than its size is refused."""
    with zipfile.ZipFile(path) as archive:
        members = archive.infolist()
        names = {member.filename for member in members}
        if not names & {"xl/workbook.xml", "xl/workbook.bin", "content.xml"}:
            if "word/document.xml" in names or "ppt/presentation.xml" in names:
                raise WorkbenchError("this is a document, not a workbook", mend=_CONVERT)
            return False
        _check_size(sum(member.file_size for member in members), path.stat().st_size, most=2 << 30)
        return True


def _only_table(archive: zipfile.ZipFile) -> zipfile.ZipInfo:
    """The one file in an archive, apart from what systems add for themselves."""
    members = [
        member
        for member in archive.infolist()
        if not member.is_dir() and "__MACOSX" not in member.filename and not PurePosixPath(member.filename).name.startswith(".")
    ]
    if len(members) != 1:
        names = ", ".join(repr(member.filename) for member in members[:10]) or "nothing"
        raise WorkbenchError(f"the archive holds {len(members)} files ({names})", mend="Unpack it and give one of its files.")
    if members[0].flag_bits & 1:
        raise WorkbenchError("the archive is locked with a password", mend="Unpack it first.")
    return members[0]


def _write(stream: _Readable, target: Path, packed: int, cancelled: Callable[[], bool]) -> Path:
    written = 0
    with target.open("wb") as file:
        while chunk := stream.read(_CHUNK):
            if cancelled():
                raise Cancelled("reading was stopped")
            written += len(chunk)
            _check_size(written, packed, most=min(_MOST_UNPACKED, shutil.disk_usage(target.parent).free // 2 + written))
            file.write(chunk)
    return target


def _check_size(unpacked: int, packed: int, *, most: int) -> None:
    if unpacked > most or (unpacked > _FREE_OF_SUSPICION and unpacked > packed * _HIGHEST_RATIO):
        raise WorkbenchError(
            f"{packed:,} packed bytes unpack to more than {unpacked:,}, which no table does or this disk cannot hold",
            mend="Unpack it yourself if you trust it.",
        )
