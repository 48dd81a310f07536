"""A run of a million steps is opened again: the window never waits over 50 ms, and no step is lost."""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from workbench.contracts.events import Evaluated, Started, Step, to_json
from workbench.gui import theme
from workbench.gui.models.curves import Curves
from workbench.gui.models.run_state import RunModel
from workbench.gui.pages.train import TrainPage
from workbench.gui.workers.event_file import read_events

pytestmark = [pytest.mark.benchmark, pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)]

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before the first application

MILLION = 1_000_000


@pytest.fixture
def events(tmp_path: Path) -> Path:
    path, losses = tmp_path / "events.jsonl", np.random.default_rng(0).normal(1, 0.1, MILLION).tolist()
    line = to_json(
        Step(step=-1, time=0.5, loss=-2.0, learning_rate=1e-3, gradient_norm=1.5, tokens=500, seconds=-3.0, epoch=0.5)
    ).replace('"step": -1', '"step": %d').replace("-2.0", "%r").replace("-3.0", "%.3f")  # fmt: skip
    with path.open("w") as file:
        started = Started(step=0, time=0.0, total_steps=MILLION, device="cpu", parameters=1, rows={"validation": 5})
        file.write(to_json(started) + "\n")
        for step, loss in enumerate(losses, start=1):
            file.write(line % (step, loss, step / 1000) + "\n")
            if step % 100_000 == 0:
                scored = Evaluated(step=step, time=0.0, split="validation", metrics={"loss": loss}, best=False)
                file.write(to_json(scored) + "\n")
    return path


def test_a_million_steps_are_opened_while_the_window_stays_awake(events: Path, qtbot: QtBot, qapp: QApplication) -> None:
    theme.apply(qapp, theme.LIGHT)
    run = RunModel()
    page = TrainPage(run, Curves())
    qtbot.addWidget(page)
    page.resize(1200, 760)
    with qtbot.waitExposed(page):
        page.show()
    late: list[float] = []
    worked: list[float] = []
    last = [time.perf_counter(), time.thread_time()]

    def beat() -> None:
        now = [time.perf_counter(), time.thread_time()]
        late.append(now[0] - last[0] - 0.005)
        worked.append(now[1] - last[1])
        last[:] = now

    timer = QTimer()
    timer.setInterval(5)
    timer.timeout.connect(beat)
    read: list[list[object]] = []
    reader = threading.Thread(target=lambda: read.append(read_events(events)))
    timer.start()
    began = time.perf_counter()
    reader.start()
    qtbot.waitUntil(lambda: bool(read), timeout=300_000)
    reader.join()
    reading, waited = time.perf_counter() - began, sorted(late)
    late.clear()
    worked.clear()
    run.replay(read[0])
    qtbot.waitUntil(lambda: run.advance.step == MILLION and len(page.curves.series("validation loss")) == 10, timeout=60_000)
    shown, replayed = time.perf_counter() - began, sorted(late)
    timer.stop()
    busy = max(worked)
    for name, ordered in (("reading", waited), ("showing", replayed)):
        print(f"{name}: late p99 {1e3 * ordered[int(0.99 * len(ordered))]:.1f} ms, max {1e3 * ordered[-1]:.1f} ms")
    print(f"read in {reading:.1f} s, shown after {shown:.1f} s; the longest piece of work {1e3 * busy:.1f} ms")
    losses = page.curves.series("loss")
    assert (losses.steps == np.arange(1, MILLION + 1)).all()
    assert (losses.values == np.random.default_rng(0).normal(1, 0.1, MILLION)).all()
    assert waited[int(0.99 * len(waited))] < 0.05  # reading is another thread's work
    assert busy < 0.05  # showing is this one's: its work, not its wait for a core that others use
