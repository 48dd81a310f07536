"""A disk that becomes full while a run is written: it waits, says so, goes on and loses nothing."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.disks import fill
from tests.runs.kill_at_random import outcome
from tests.runs.test_execute import drain
from tests.tables import tiny, write_table
from workbench.contracts.errors import DiskFull
from workbench.contracts.events import Checkpointed, Evaluated, Event, Finished, Paused, Resumed, Started, Step
from workbench.contracts.specs import Experiment
from workbench.engine.control import Control
from workbench.runs.execute import resume, start
from workbench.runs.film import Film
from workbench.runs.folder import RunFolder

STEPS = 36


@pytest.fixture
def experiment(tmp_path: Path) -> Experiment:
    table = write_table(tmp_path, "text-classification", rows=80)
    return tiny(table, "text-classification", epochs=4, checkpoints=4, evaluations=4, film_megabytes=1, tensorboard=True)


MOMENTS: dict[str, Callable[[Event], bool]] = {
    "first step": lambda event: isinstance(event, Step) and event.step == 1,
    "after a checkpoint": lambda event: isinstance(event, Checkpointed),
    "last step": lambda event: isinstance(event, Step) and event.step == STEPS,
    "last scores": lambda event: isinstance(event, Evaluated) and event.step == STEPS,
}


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_run_waits_for_room_and_loses_nothing(moment: str, experiment: Experiment, small_disk: Path, tmp_path: Path) -> None:
    drain(start(experiment, tmp_path / "whole"))
    filler, run = small_disk / "filler", small_disk / "run"
    events: list[Event] = []
    for event in start(experiment, run):
        events.append(event)
        if MOMENTS[moment](event) and not any(isinstance(each, Paused) for each in events):
            fill(filler)
        if isinstance(event, Paused):
            assert str(run) in event.reason
            assert "MB" in event.reason
            filler.unlink()  # it goes on by itself
    paused = [event for event in events if isinstance(event, Paused)]
    assert paused
    assert sum(isinstance(event, Resumed) for event in events) == len(paused)
    assert isinstance(events[-1], Finished)
    assert outcome(run) == outcome(tmp_path / "whole")
    written = [event for event in RunFolder.open(run).events() if isinstance(event, (Step, Paused, Resumed, Finished))]
    assert [event.step for event in written if isinstance(event, Step)] == list(range(1, STEPS + 1))
    assert len(written) == sum(isinstance(event, (Step, Paused, Resumed, Finished)) for event in events)
    assert Film.open(run).steps[-1] == STEPS
    assert len(list(tensorboard_records(run))) == len(list(tensorboard_records(tmp_path / "whole")))
    assert not list(run.rglob("*.partial"))


def test_a_run_that_is_stopped_while_it_waits_ends_and_can_be_resumed(
    experiment: Experiment, small_disk: Path, tmp_path: Path
) -> None:
    drain(start(experiment, tmp_path / "whole"))
    filler, run, control = small_disk / "filler", small_disk / "run", Control()

    def stopped_when_full() -> None:
        for event in start(experiment, run, control=control):
            if isinstance(event, Checkpointed):
                fill(filler)
            if isinstance(event, Paused):
                threading.Timer(0.1, control.stop).start()

    with pytest.raises(DiskFull, match="stopped while its disk was full") as ended:
        stopped_when_full()
    assert "resume" in ended.value.mend
    filler.unlink()
    _, report = drain(resume(run))
    assert report["stopped"] == "finished"
    assert outcome(run) == outcome(tmp_path / "whole")


def test_a_run_is_not_begun_where_nothing_could_be_kept(experiment: Experiment, small_disk: Path) -> None:
    wide = experiment.replace(model={"d_model": 512, "d_ff": 2048})
    with pytest.raises(DiskFull, match="MB are to be written, and the disk has"):
        drain(start(wide, small_disk / "run"))


def test_a_run_that_may_fill_the_disk_says_so_first(experiment: Experiment, small_disk: Path) -> None:
    control = Control()
    said = []
    for event in start(experiment.replace(train={"film_megabytes": 50}), small_disk / "run", control=control):
        said.append(event)
        if isinstance(event, Step):
            control.stop()
    begun = next(place for place, event in enumerate(said) if isinstance(event, Started))
    assert "training waits until there is room" in json.dumps(vars(said[begun + 1]))


def tensorboard_records(run: Path) -> list[bytes]:
    """The records of a run's TensorBoard files; a torn one would end the list early."""
    records = []
    for path in sorted((run / "tensorboard").iterdir()):
        content = path.read_bytes()
        while content:
            length = int.from_bytes(content[:8], "little")
            records.append(content[12 : 12 + length])
            content = content[16 + length :]
    return records
