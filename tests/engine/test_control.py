from __future__ import annotations

import threading

from workbench.contracts.edits import Edit
from workbench.engine.control import Control


def test_a_stop_wakes_a_paused_training() -> None:
    control = Control()
    control.pause()
    assert control.paused
    waiting = threading.Thread(target=control.wait)
    waiting.start()
    control.stop()
    waiting.join(5)
    assert not waiting.is_alive()
    assert control.stopping


def test_resume_lets_it_go_on() -> None:
    control = Control()
    control.pause()
    control.resume()
    control.wait()
    assert not control.paused
    assert not control.stopping


def test_edits_and_a_save_wake_a_paused_training_and_are_taken_once() -> None:
    control, edit = Control(), Edit(what="dropout", value=0.2)
    control.pause()
    assert not control.wait(0.0)
    control.edit(edit)
    control.edit(edit)
    assert control.wait(0.0)
    assert control.take_edits() == (edit, edit)
    assert control.take_edits() == ()
    assert not control.wait(0.0)
    control.save()
    assert control.wait(0.0)
    assert control.take_save()
    assert not control.take_save()
    assert control.paused


def test_what_was_stopped_is_not_paused_any_more() -> None:
    control = Control()
    control.stop()
    control.pause()
    assert not control.paused
