"""Many short arrays of different lengths in one long one, in memory or, above a size, mapped from a file."""

from __future__ import annotations

import shutil
import tempfile
import weakref
from collections.abc import Iterable, Sequence
from itertools import chain
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.lib import format as npy
from numpy.typing import DTypeLike, NDArray

from workbench.contracts.errors import RunFailed
from workbench.contracts.examples import Sequences

IN_MEMORY = 64 * 1024 * 1024
"""Bytes of values up to which sequences stay in memory."""


class Texts(Sequence[str]):
    """Strings as UTF-8 in `Sequences`: a tenth of the memory of a list, and none above `IN_MEMORY`."""

    def __init__(self, encoded: Sequences) -> None:
        self._encoded = encoded

    def __len__(self) -> int:
        return len(self._encoded)

    def __getitem__(self, index: int | np.integer) -> str:  # type: ignore[override]  # one item at a time; nobody slices
        return self._encoded[index].tobytes().decode()


class Writer:
    """Collects sequences; what exceeds the limit goes to a file.

    Args:
        dtype: Type of the values.
        folder: Where the file may go; the system's temporary folder when empty.
        limit: Bytes kept in memory; `IN_MEMORY` when empty.
    """

    def __init__(self, *, dtype: DTypeLike = np.int32, folder: Path | None = None, limit: int | None = None) -> None:
        self._dtype, self._folder, self._limit = np.dtype(dtype), folder, IN_MEMORY if limit is None else limit
        self._parts: list[NDArray[np.int32]] = []
        self._lengths: list[NDArray[np.int64]] = []
        self._total = 0
        self._file: BinaryIO | None = None
        self._home: str | None = None
        self._cleanup: weakref.finalize[..., Writer] | None = None

    def extend(self, items: Sequence[Sequence[int] | NDArray[np.int32] | bytes]) -> None:
        """Add items."""
        lengths = np.fromiter(map(len, items), np.int64, len(items))
        if items and isinstance(items[0], bytes):
            values = np.frombuffer(b"".join(items), self._dtype)  # type: ignore[arg-type]  # all are bytes if one is
        else:
            values = np.fromiter(chain.from_iterable(items), self._dtype, int(lengths.sum()))
        self.extend_flat(values, lengths)

    def extend_flat(self, values: NDArray[np.int32], lengths: NDArray[np.int64]) -> None:
        """Add items that lie one after the other already."""
        self._lengths.append(lengths)
        self._parts.append(values)
        self._total += len(values)
        if self._file is not None or self._total * self._dtype.itemsize > self._limit:
            self._spill()

    def finish(self) -> Sequences:
        """What was collected. The writer is spent."""
        offsets = np.zeros(sum(map(len, self._lengths)) + 1, np.int64)
        np.cumsum(np.concatenate([*self._lengths, np.empty(0, np.int64)]), out=offsets[1:])
        if self._file is None:
            values = np.concatenate([np.empty(0, self._dtype), *self._parts])
            return Sequences(values, offsets)
        self._header()
        self._file.close()
        if self._cleanup is not None:
            self._cleanup.detach()  # from here on the sequences own the folder
        return Sequences(np.load(self._file.name, mmap_mode="r"), offsets, folder=self._home)

    def _spill(self) -> None:
        try:
            if self._file is None:
                if self._folder is not None:
                    self._folder.mkdir(parents=True, exist_ok=True)
                self._home = tempfile.mkdtemp(prefix="encoded-", dir=self._folder)
                self._cleanup = weakref.finalize(self, shutil.rmtree, self._home, ignore_errors=True)
                self._file = (Path(self._home) / "values.npy").open("wb")
                self._header()
            for part in self._parts:
                self._file.write(part.astype(self._dtype, copy=False).tobytes())
        except OSError as error:
            raise RunFailed(
                f"the encoded rows cannot be kept on disk: {error}",
                where=str(self._folder or tempfile.gettempdir()),
                mend="Free some space there, or choose another folder.",
            ) from None
        self._parts.clear()

    def _header(self) -> None:
        """The .npy header; NumPy pads it so that a longer count still fits when it is written again at the end."""
        assert self._file is not None
        self._file.seek(0)
        shape = {"descr": npy.dtype_to_descr(self._dtype), "fortran_order": False, "shape": (self._total,)}
        npy.write_array_header_1_0(self._file, shape)


def collect(items: Iterable[Sequence[int]], *, folder: Path | None = None) -> Sequences:
    """Sequences of the items given."""
    writer = Writer(folder=folder)
    writer.extend(list(items))
    return writer.finish()


def collect_texts(batches: Iterable[Sequence[str]], *, folder: Path | None = None) -> Texts:
    """Texts from batches of strings."""
    writer = Writer(dtype=np.uint8, folder=folder)
    for batch in batches:
        writer.extend([text.encode(errors="replace") for text in batch])
    return Texts(writer.finish())
