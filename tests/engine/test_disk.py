from __future__ import annotations

import errno
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from workbench.contracts.errors import DiskFull, RunFailed
from workbench.contracts.events import Event, Paused, Resumed
from workbench.engine.control import Control
from workbench.engine.disk import check_room, failure_of, free_bytes, when_there_is_room


def full(where: Path, missing: int = 0) -> DiskFull:
    error = DiskFull("no room", where=str(where))
    error.missing = missing
    return error


def writing(*troubles: DiskFull) -> Callable[[], str]:
    """Fails so often, then succeeds."""
    waiting = iter(troubles)

    def write() -> str:
        for trouble in waiting:
            raise trouble
        return "written"

    return write


def ended(events: Iterator[Event], resumed_by: Callable[[Event], None]) -> list[str]:
    """The names of what was said."""
    said = []
    for event in events:
        said.append(type(event).__name__)
        resumed_by(event)
    return said


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (OSError(errno.ENOSPC, "full"), DiskFull),
        (OSError(errno.EDQUOT, "quota"), DiskFull),
        (OSError(errno.EACCES, "denied"), RunFailed),
        (RuntimeError("I/O error: No space left on device (os error 28)"), DiskFull),
        (RuntimeError("os error 281"), RunFailed),
    ],
)
def test_a_full_disk_is_told_from_other_troubles(error: Exception, kind: type) -> None:
    assert failure_of(error) is kind


def test_what_does_not_fit_is_refused_before_it_is_written(tmp_path: Path) -> None:
    free = free_bytes(tmp_path / "not" / "there" / "yet")
    check_room(tmp_path, 1)
    with pytest.raises(DiskFull, match="MB are to be written") as refused:
        check_room(tmp_path, 2 * free)
    assert refused.value.missing > free / 2


def test_nothing_is_said_where_there_is_room() -> None:
    assert not list(when_there_is_room(writing(), Control(), lambda: 3))


def test_it_waits_for_a_person_and_says_the_same_thing_once(tmp_path: Path) -> None:
    control = Control()
    events = when_there_is_room(writing(full(tmp_path, 1 << 60), full(tmp_path, 1 << 60)), control, lambda: 3)
    threads = [threading.Timer(delay, control.resume) for delay in (0.2, 0.6)]

    def press(event: Event) -> None:
        if isinstance(event, Paused):
            assert str(tmp_path) in event.reason
            assert event.step == 3
            for thread in threads:
                thread.start()

    assert ended(events, press) == ["Paused", "Resumed"]


def test_a_pause_that_a_person_asked_for_is_ended_by_the_person_only(tmp_path: Path) -> None:
    control = Control()
    control.pause()
    events = when_there_is_room(writing(full(tmp_path)), control, lambda: 0)
    assert isinstance(next(events), Paused)
    assert not control.wait(1.5)  # a look at the disk would have found room meanwhile
    control.resume()
    assert isinstance(next(events), Resumed)


def test_a_stop_ends_it_with_what_to_do(tmp_path: Path) -> None:
    control = Control()
    events = when_there_is_room(writing(full(tmp_path, 1 << 60)), control, lambda: 0)
    next(events)
    control.stop()
    with pytest.raises(DiskFull, match="stopped while its disk was full: no room"):
        next(events)
