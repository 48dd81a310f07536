from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.runs.folders import make_run
from workbench.contracts.errors import Cancelled, WorkbenchError
from workbench.contracts.events import Failed, to_json
from workbench.runs.folder import RunFolder
from workbench.runs.history import INDEX, list_runs, read_row, size_of
from workbench.runs.ownership import owning
from workbench.runs.shelf import rename, take_back, throw_away


def test_a_finished_run_says_what_it_is_and_what_it_came_to(tmp_path: Path) -> None:
    make_run(tmp_path / "one", name="评论")
    (row,) = list_runs([tmp_path])
    assert (row.state, row.name, row.task, row.data) == ("finished", "评论", "text-classification", "reviews.csv")
    assert row.scores == {"loss": 1.0, "accuracy": 0.75}
    assert row.baseline == {"accuracy": 0.7}
    assert (row.steps, row.seconds, row.shape) == (20, 2.0, (2, 4, 128))


def test_each_kind_of_end_is_told_apart(tmp_path: Path) -> None:
    make_run(tmp_path / "asked", stopped="asked")
    cut = make_run(tmp_path / "cut", stopped=None)
    failed = make_run(tmp_path / "failed", stopped=None)
    with failed.events_file.open("a", encoding="utf-8") as file:
        file.write(to_json(Failed(step=20, time=1.0, what="no room", where="disk")) + "\n")
    with cut.events_file.open("a", encoding="utf-8") as file:
        file.write('{"type": "step", "st')  # torn by a power cut
    rows = {row.path.name: row for row in list_runs([tmp_path])}
    assert {name: row.state for name, row in rows.items()} == {"asked": "stopped", "cut": "cut-off", "failed": "failed"}
    assert rows["failed"].trouble == "no room"
    assert (rows["cut"].steps, rows["cut"].total_steps, rows["cut"].seconds) == (20, 20, 2.0)
    assert rows["cut"].scores["accuracy"] == 0.75  # the best one, not the last


@pytest.mark.parametrize(
    ("file", "content", "state", "said"),
    [
        ("experiment.toml", None, "broken", "no experiment.toml"),
        ("experiment.toml", b"name = [", "broken", "cannot be read"),
        ("experiment.toml", b"\xff\xfe\x00", "broken", "cannot be read"),
        ("report.json", b'{"torn": ', "finished", "cannot be read"),
        ("report.json", b"[1]", "finished", "cannot be read"),
        ("report.json", b'{"metrics": {"test": 5}, "steps": "x", "seconds": "y"}', "finished", "cannot be read"),
        ("events.jsonl", b"\x00" * 5000, "cut-off", ""),
        ("events.jsonl", b"[1]\n5\nnull\n", "cut-off", ""),
        ("events.jsonl", b"", "cut-off", ""),
    ],
)
def test_a_damaged_run_is_listed_with_what_is_wrong(
    tmp_path: Path, file: str, content: bytes | None, state: str, said: str
) -> None:
    make_run(tmp_path / "whole")
    broken = make_run(tmp_path / "broken").path / file
    broken.unlink()
    if content is not None:
        broken.write_bytes(content)
    rows = {row.path.name: row for row in list_runs([tmp_path])}
    assert rows["whole"].state == "finished"
    assert rows["broken"].state == state
    assert said in rows["broken"].trouble


def test_the_list_follows_every_change_of_a_run_and_survives_a_broken_index(tmp_path: Path) -> None:
    run = make_run(tmp_path / "one", stopped=None)
    assert list_runs([tmp_path])[0].state == "cut-off"
    make_run(tmp_path / "two")
    assert len(list_runs([tmp_path])) == 2
    with run.events_file.open("a", encoding="utf-8") as file:
        file.write(to_json(Failed(step=21, time=1.0, what="gone")) + "\n")
    assert {row.state for row in list_runs([tmp_path])} == {"failed", "finished"}
    before = list_runs([tmp_path])
    for content in (b"\xff", b"[]", b'{"version": 1, "runs": {"one": [[1], {}]}}', b'{"version": 1, "runs": []}'):
        (tmp_path / INDEX).write_bytes(content)
        assert list_runs([tmp_path]) == before
    (tmp_path / INDEX).unlink()
    assert list_runs([tmp_path]) == before
    assert list_runs([tmp_path]) == before  # from the index this time
    turned = (tmp_path / INDEX).read_bytes().replace(b"0.75", b"0.95")
    (tmp_path / INDEX).write_bytes(turned)
    assert b"0.95" in turned
    assert list_runs([tmp_path]) == before


def test_a_finished_run_that_lost_its_report_says_so(tmp_path: Path) -> None:
    run = make_run(tmp_path / "one")
    run.report_file.unlink()
    row = read_row(run.path)
    assert row.state == "finished"
    assert row.trouble == "the report of this run is gone"


def test_what_is_no_run_is_left_out_and_places_may_be_missing(tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    (tmp_path / "file.txt").write_text("x")
    run = make_run(tmp_path / "elsewhere" / "one").path
    assert list_runs([tmp_path, tmp_path / "gone"]) == []
    assert [row.path for row in list_runs([tmp_path, run, run.parent])] == [run]
    with pytest.raises(Cancelled):
        list_runs([run.parent], cancelled=lambda: True)


def test_a_run_at_work_is_listed_as_such_and_left_alone(tmp_path: Path) -> None:
    run = make_run(tmp_path / "one", stopped=None).path
    list_runs([tmp_path])
    with owning(run):
        (row,) = list_runs([tmp_path])
        assert row.state == "training"
        assert row.owner is not None
        assert row.owner.pid == os.getpid()
        for act in (lambda: throw_away(run), lambda: rename(run, "b")):
            with pytest.raises(WorkbenchError, match="being trained"):
                act()
    assert list_runs([tmp_path])[0].state == "cut-off"


def test_a_run_is_renamed_thrown_away_and_taken_back(tmp_path: Path) -> None:
    run = make_run(tmp_path / "one").path
    rename(run, " 第一个 ")
    assert read_row(run).name == RunFolder(run).experiment().name == "第一个"
    content = sorted(path.name for path in run.iterdir())
    place = throw_away(run)
    assert list_runs([tmp_path]) == []
    make_run(run)
    second = throw_away(run)
    assert second != place
    take_back(place, run)
    assert sorted(path.name for path in run.iterdir()) == content
    with pytest.raises(WorkbenchError, match="something else"):
        take_back(second, run)
    with pytest.raises(WorkbenchError, match="needs a name"):
        rename(run, " ")


def test_a_row_is_cheap_beside_a_large_folder_and_its_size_is_counted_when_asked(tmp_path: Path) -> None:
    run = make_run(tmp_path / "one").path
    (run / "checkpoints" / "large").write_bytes(b"x" * 100_000)
    assert size_of(run) > 100_000
    assert json.loads((run / "report.json").read_text())["steps"] == read_row(run).steps
