"""What a second process does to a run folder; apart from the tests, so that it need not import all that they do."""

from __future__ import annotations

import time
from multiprocessing.synchronize import Event as Signal
from pathlib import Path

from workbench.contracts.events import Warned
from workbench.runs.folder import Recorder, RunFolder
from workbench.runs.ownership import owning


def hold(run: Path, held: Signal) -> None:
    """Own a run until somebody ends the process."""
    with owning(run):
        held.set()
        time.sleep(600)


def write(run: Path, who: int, count: int) -> None:
    """Events of all lengths, as fast as they can be written."""
    with Recorder(RunFolder(run)) as recorder:
        for number in range(count):
            recorder.record(Warned(step=number, time=0.0, message=f"{who} " + "注" * (number * 37 % 9_000)))
