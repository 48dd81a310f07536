"""Two processes on one run folder: one trains, the other is told so; no event is torn or lost."""

from __future__ import annotations

import json
import multiprocessing
import os
import socket
import time
from pathlib import Path

import pytest

from tests.runs.folders import make_run
from tests.runs.two_at_work import hold, write
from workbench.contracts.errors import WorkbenchError
from workbench.contracts.events import Warned, from_json
from workbench.runs.execute import resume
from workbench.runs.folder import RunFolder
from workbench.runs.ownership import LOCK, SILENT, owner_of, owning

spawn = multiprocessing.get_context("spawn")


def test_a_run_belongs_to_one_process_until_that_ends_however_it_ends(tmp_path: Path) -> None:
    run = make_run(tmp_path / "run", stopped=None).path
    held = spawn.Event()
    other = spawn.Process(target=hold, args=(run, held))
    other.start()
    assert held.wait(60)
    owner = owner_of(run)
    assert owner is not None
    assert owner.pid == other.pid
    with pytest.raises(WorkbenchError, match=f"process {other.pid}"), owning(run):
        pass
    events = resume(run)
    with pytest.raises(WorkbenchError, match="being trained"):
        next(events)
    other.kill()
    other.join()
    assert (run / LOCK).exists()  # nobody could take it away
    assert owner_of(run) is None
    said = json.loads((run / LOCK).read_text())
    for number in (-said["pid"], 1 << 70):  # no process has such a number: the file is damaged
        (run / LOCK).write_text(json.dumps(said | {"pid": number}))
        assert owner_of(run) is None
    with owning(run):
        mine = owner_of(run)
        assert mine is not None
        assert mine.pid == os.getpid()
    assert owner_of(run) is None


def test_a_number_that_went_to_another_process_owns_nothing(tmp_path: Path) -> None:
    lock = tmp_path / LOCK
    lock.write_text(json.dumps({"pid": os.getpid(), "host": socket.gethostname(), "began": 1.0}))
    assert owner_of(tmp_path) is None


def test_another_machine_owns_a_run_as_long_as_it_gives_signs_of_life(tmp_path: Path) -> None:
    lock = tmp_path / LOCK
    lock.write_text(json.dumps({"pid": 5, "host": "elsewhere", "began": 1.0}))
    owner = owner_of(tmp_path)
    assert owner is not None
    assert not owner.here
    silent = time.time() - 2 * SILENT
    os.utime(lock, (silent, silent))
    assert owner_of(tmp_path) is None


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"pid": "x"}', b"\xff"])
def test_a_torn_lock_owns_nothing(tmp_path: Path, content: bytes) -> None:
    (tmp_path / LOCK).write_bytes(content)
    assert owner_of(tmp_path) is None


def test_what_never_became_a_run_leaves_no_folder(tmp_path: Path) -> None:
    with owning(tmp_path / "new"):
        assert owner_of(tmp_path / "new") is not None
    assert not (tmp_path / "new").exists()


def test_two_processes_write_one_file_of_events_and_a_third_reads_along(tmp_path: Path) -> None:
    run, count = RunFolder(tmp_path), 3_000
    writers = [spawn.Process(target=write, args=(tmp_path, who, count)) for who in (1, 2)]
    for writer in writers:
        writer.start()
    while any(writer.is_alive() for writer in writers):
        list(run.events())
    assert all(writer.exitcode == 0 for writer in writers)
    said = [from_json(line) for line in run.events_file.read_text(encoding="utf-8").splitlines()]
    for who in "12":
        steps = [event.step for event in said if isinstance(event, Warned) and event.message[0] == who]
        assert steps == list(range(count))
    assert len(said) == 2 * count
