"""What is done with whole runs: rename, put into the trash, take back. A run that is being trained is left alone."""

from __future__ import annotations

import tomllib
from pathlib import Path

import tomli_w

from workbench.contracts.errors import WorkbenchError
from workbench.runs.folder import RunFolder, write_text
from workbench.runs.history import TRASH
from workbench.runs.ownership import refuse_if_owned


def rename(run: Path, name: str) -> None:
    """Call a run otherwise. Its folder stays where it is: what names it by its path finds it.

    Raises:
        WorkbenchError: no name, no run, one that is being trained, or files that cannot be read or written.
    """
    if not name.strip():
        raise WorkbenchError("a run needs a name", where=str(run), mend="Type at least one letter.")
    refuse_if_owned(run)
    file = RunFolder.open(run).experiment_file
    try:
        said = tomllib.loads(file.read_text(encoding="utf-8"))
        write_text(file, tomli_w.dumps({**said, "name": name.strip()}))
    except (OSError, ValueError) as error:
        raise WorkbenchError(f"the run cannot be renamed: {error}", where=str(file), mend="Mend the file first.") from error


def throw_away(run: Path) -> Path:
    """Move a run into the ``.trash`` folder beside it.

    Returns:
        Where it lies now, for `take_back`.

    Raises:
        WorkbenchError: it is being trained, or cannot be moved.
    """
    refuse_if_owned(run)
    trash = run.parent / TRASH
    try:
        trash.mkdir(exist_ok=True)
        place, number = trash / run.name, 1
        while place.exists():
            number += 1
            place = trash / f"{run.name}-{number}"
        run.rename(place)
    except OSError as error:
        raise WorkbenchError(f"the run cannot be moved: {error}", where=str(run), mend="Close what uses it.") from error
    return place


def take_back(place: Path, run: Path) -> None:
    """Move a run out of the trash again.

    Raises:
        WorkbenchError: something else lies there by now, or it cannot be moved.
    """
    if run.exists():
        raise WorkbenchError("something else lies there by now", where=str(run), mend="Rename that folder first.")
    try:
        place.rename(run)
    except OSError as error:
        raise WorkbenchError(f"the run cannot be moved: {error}", where=str(place), mend="Move the folder by hand.") from error
