"""Checksums beside the files of a folder: what changed since it was written is refused, never used as if it were sound.

A folder without ``checksums.json`` is opened as it is: it comes from elsewhere, or from an earlier version.
"""

from __future__ import annotations

import json
from pathlib import Path

from workbench.contracts.errors import WorkbenchError
from workbench.engine.checkpoints import digest
from workbench.runs.folder import write_text

SEAL = "checksums.json"


def seal(folder: Path) -> None:
    """Write down the checksum of each file in a folder.

    Raises:
        OSError: the disk is full or cannot be written.
    """
    sums = {path.name: digest(path) for path in sorted(folder.iterdir()) if path.is_file() and path.name != SEAL}
    write_text(folder / SEAL, json.dumps(sums, indent=1) + "\n")


def check_seal(folder: Path, *, mend: str = "") -> None:
    """Refuse a sealed folder in which anything is not as it was written.

    Args:
        folder: Sealed, or any other.
        mend: What makes it sound again, where more can be done than to copy it anew.

    Raises:
        WorkbenchError: a file is damaged, was changed, or is missing.
    """
    damaged = damage(folder)
    if damaged is not None:
        raise WorkbenchError(
            f"{damaged} is not as it was written", where=str(folder / damaged),
            mend=f"{mend or 'Copy the folder again from where it comes.'} If you changed it yourself, delete {SEAL} beside it.",
        )  # fmt: skip


def damage(folder: Path) -> str | None:
    """The name of a file of a sealed folder that is damaged, was changed or is missing; None where all are sound."""
    try:
        sums = json.loads((folder / SEAL).read_text(encoding="utf-8"))
        names = sorted(sums.items())
    except FileNotFoundError:
        return None
    except (OSError, ValueError, AttributeError):
        return SEAL
    for name, kept in names:
        path = folder / Path(name).name
        try:
            if digest(path) != kept:
                return path.name
        except OSError:
            return path.name
    return None
