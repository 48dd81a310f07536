from __future__ import annotations

from pathlib import Path

import pytest

from workbench.contracts.errors import WorkbenchError
from workbench.contracts.events import Warned
from workbench.contracts.specs import Experiment
from workbench.runs.folder import Recorder, RunFolder, new_run_path, write_text


def warned(number: int) -> Warned:
    return Warned(step=number, time=float(number), message=f"注意 {number}")


def test_events_are_whole_lines_as_soon_as_they_are_said(tmp_path: Path) -> None:
    run = RunFolder(tmp_path / "run")
    run.create(Experiment(name="a"))
    with Recorder(run) as recorder:
        for number in range(3):
            recorder.record(warned(number))
            assert list(run.events()) == [warned(n) for n in range(number + 1)]


@pytest.mark.parametrize("cut", [1, 5, 20])
def test_a_torn_last_line_is_passed_over_and_written_after(tmp_path: Path, cut: int) -> None:
    run = RunFolder(tmp_path)
    with Recorder(run) as recorder:
        recorder.record(warned(1))
        recorder.record(warned(2))
    run.events_file.write_bytes(run.events_file.read_bytes()[:-cut])
    with Recorder(run) as recorder:
        recorder.record(warned(3))
    # without its line end alone the second line is still whole
    assert list(run.events()) == [warned(1), *([warned(2)] if cut == 1 else []), warned(3)]


def test_a_folder_without_a_run_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(WorkbenchError, match="not a run folder"):
        RunFolder.open(tmp_path)


def test_a_run_that_cannot_be_made_is_a_clear_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(WorkbenchError, match="cannot be made"):
        RunFolder(tmp_path / "file" / "run").create(Experiment())


def test_new_runs_never_share_a_folder_and_never_leave_their_parent(tmp_path: Path) -> None:
    paths = []
    for name in ("评论", "评论", "../../etc", "", "a/b"):
        path = new_run_path(tmp_path, name)
        path.mkdir()
        paths.append(path)
    assert len(set(paths)) == 5
    assert all(path.parent == tmp_path for path in paths)


def test_a_broken_report_is_no_report(tmp_path: Path) -> None:
    run = RunFolder(tmp_path)
    assert run.report() == {}
    run.report_file.write_text('{"torn": ')
    assert run.report() == {}
    run.write_report({"a": "好"})
    assert run.report() == {"a": "好"}


def test_a_small_file_is_replaced_as_a_whole(tmp_path: Path) -> None:
    write_text(tmp_path / "x", "old")
    write_text(tmp_path / "x", "new")
    assert [path.name for path in tmp_path.iterdir()] == ["x"]
    assert (tmp_path / "x").read_text() == "new"
