"""A file that grows at its end, and loses nothing to a full disk."""

from __future__ import annotations

import os
from pathlib import Path


class Appending:
    """Appends to a file. What the disk does not take waits in memory, and is written first the next time.

    Each flush is one write at the file's end, so that lines are never mixed with those of another process.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file = path.open("ab", buffering=0)
        self._waiting = bytearray()

    def __len__(self) -> int:
        """Bytes, those that wait among them."""
        return self._file.seek(0, os.SEEK_END) + len(self._waiting)

    @property
    def waiting(self) -> int:
        """Bytes that are not written yet."""
        return len(self._waiting)

    def add(self, data: bytes) -> None:
        """Let this be written with the next flush."""
        self._waiting += data

    def flush(self) -> None:
        """Write what waits.

        Raises:
            OSError: the disk is full, or it cannot be written.
        """
        while self._waiting:  # a disk that is almost full takes a part, and says why it takes no more when asked again
            del self._waiting[: self._file.write(self._waiting)]

    def sync(self) -> None:
        """Have all of it on the disk.

        Raises:
            OSError: the disk is full, or it cannot be written.
        """
        self.flush()
        os.fsync(self._file.fileno())

    def close(self) -> None:
        """Write what waits, as far as it can be written, and nothing after.

        Raises:
            OSError: something could not be written.
        """
        try:
            self.flush()
        finally:
            self._file.close()
