from __future__ import annotations

import threading

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


def test_nobody_waits_once_a_stop_was_said() -> None:
    control = Control()
    control.stop()
    control.pause()
    assert control.wait(0)


def test_resume_lets_it_go_on() -> None:
    control = Control()
    control.pause()
    control.resume()
    control.wait()
    assert not control.paused
    assert not control.stopping
