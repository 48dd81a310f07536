"""Disks that are full, for real."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path


def fill(path: Path) -> None:
    """Take all the room that a disk has, with one file."""
    with suppress(OSError), path.open("ab", buffering=0) as file:
        room = os.statvfs(path.parent)
        file.write(bytes(room.f_bavail * room.f_frsize))
        while file.write(bytes(4096)):
            pass
