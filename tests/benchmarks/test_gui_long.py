"""A long training in the window: filmed, edited and scrubbed all the while, by chance, as a restless class would.

WORKBENCH_MINUTES=30 python -m pytest -m benchmark tests/benchmarks/test_gui_long.py -s
"""

from __future__ import annotations

import os
import random
import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import psutil
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.benchmarks.test_gui_window import WAIT, Lateness, opened
from tests.gui.windows import closed
from workbench.contracts.edits import Edit, Head
from workbench.gui.app import Workbench
from workbench.gui.models.run_state import RunState
from workbench.runs.film import Film
from workbench.runs.folder import RunFolder
from workbench.runs.resolve import resolve

MINUTES = float(os.environ.get("WORKBENCH_MINUTES", "30"))
WARM = min(5.0, MINUTES / 3)
"""Minutes until what is kept anyway is there: caches, the first thinning, the interpreter's own pools."""
pytestmark = [pytest.mark.benchmark, pytest.mark.timeout(60 * MINUTES + 600)]
TEXTS = ("a b c d → d c b a", "j j q → q j j || k h → h k", "", "m n o p q r → r q p o n m")


@pytest.fixture
def bench(qapp: QApplication, tmp_path: Path, qtbot: QtBot) -> Iterator[Workbench]:
    made = opened(qapp, tmp_path, qtbot)
    yield made
    closed(made, qtbot)


class RestlessClass:
    """What a person does beside a training, one act after another, by chance."""

    def __init__(self, bench: Workbench, qtbot: QtBot) -> None:
        self._bench, self._qtbot, self._chance = bench, qtbot, random.Random(6)
        self.done: Counter[str] = Counter()
        self.seen: set[int] = set()
        """Of how many moments a film was scrubbed."""
        self._acts: dict[str, tuple[Callable[[], None], int]] = {
            "scrub": (self._scrub, 8), "play": (self._play, 2), "live": (bench.film.state.live, 3), "edit": (self._edit, 4),
            "undo": (bench.editing.edits.undo, 2), "tab": (self._tab, 3), "head": (self._head, 4), "kind": (self._kind, 2),
            "text": (self._text, 2), "change": (self._change, 2), "pause": (self._pause, 1), "large": (self._large, 1),
        }  # fmt: skip

    def act(self) -> None:
        """One of them."""
        names = list(self._acts)
        (name,) = self._chance.choices(names, [self._acts[name][1] for name in names])
        self._acts[name][0]()
        self.done[name] += 1
        self._qtbot.wait(self._chance.randrange(100, 900))

    def _scrub(self) -> None:
        state = self._bench.film.state
        if len(state.steps) < 2:
            return
        self.seen.add(len(state.steps))
        one, other = (self._chance.randrange(len(state.steps)) for _ in range(2))
        for share in range(16):
            state.seek(one + (other - one) * share // 15)
            self._qtbot.wait(40)

    def _play(self) -> None:
        self._bench.film.state.play()
        self._qtbot.wait(2_000)
        self._bench.film.state.stop()

    def _edit(self) -> None:
        head = Head(self._chance.choice(["encoder", "decoder", "cross"]), self._chance.randrange(2), self._chance.randrange(4))
        edit = self._chance.choice([
            Edit(what="learning_rate", value=self._chance.choice([1e-4, 3e-4, 1e-3])),
            Edit(what="dropout", value=self._chance.choice([0.0, 0.1, 0.2])),
            Edit(what="head", value=self._chance.choice(["off", "on", "frozen"]), **head._asdict()),
            Edit(what="film_text", value=self._chance.choice(TEXTS)),
        ])  # fmt: skip
        self._bench.editing.edits.ask(edit)

    def _tab(self) -> None:
        self._bench.train_page.show_tab(self._chance.choice(["predictions", "positions", "edits"]))

    def _head(self) -> None:
        wall = self._bench.train_page.heads.wall
        if wall.chosen is not None:
            wall.take(self._chance.randrange(2), self._chance.randrange(4))

    def _kind(self) -> None:
        shown = [tab for tab in self._bench.train_page.heads.tabs.values() if tab.isVisible()]
        if shown:
            self._chance.choice(shown).click()

    def _text(self) -> None:
        probe = self._bench.train_page.heads.probe
        probe.setText(self._chance.choice(["a b c", "j j q k h", "m n o p q r s t"]))
        probe.returnPressed.emit()

    def _change(self) -> None:
        if self._bench.film.state.changes:
            self._bench.film.state.visit(self._chance.choice(self._bench.film.state.changes))

    def _pause(self) -> None:
        self._bench.session.pause()
        self._qtbot.waitUntil(lambda: self._bench.run.state is RunState.PAUSED, timeout=WAIT)
        self._scrub()
        self._bench.session.go_on()
        self._qtbot.waitUntil(lambda: self._bench.run.state is RunState.TRAINING, timeout=WAIT)

    def _large(self) -> None:
        button = self._bench.train_page.large
        button.click()
        self._scrub()
        button.click()


def test_half_an_hour_of_training_edits_and_scrubbing(bench: Workbench, qtbot: QtBot, tmp_path: Path, sample_data: Path) -> None:
    table = {"data": {"table": str(sample_data / "reverse.csv")}, "train": {"device": "cpu", "epochs": 10_000}}
    bench.window.resize(1280, 800)
    bench.window.show_page("train")
    bench.shown.start(resolve(table), tmp_path / "run")
    qtbot.waitUntil(lambda: bench.run.state is RunState.TRAINING and bench.run.advance.step > 5, timeout=WAIT)
    processes = {"window": psutil.Process(), "engine": psutil.Process(bench.engine._process.pid)}
    people, loop = RestlessClass(bench, qtbot), Lateness(bench)
    used: list[tuple[float, dict[str, float]]] = []
    loop.start()
    began = time.perf_counter()
    while (minutes := (time.perf_counter() - began) / 60) < MINUTES:
        people.act()
        if not used or minutes - used[-1][0] >= 1 / 12:
            used.append((minutes, {name: process.memory_info().rss / 2**20 for name, process in processes.items()}))
    loop.stop()
    steps = bench.run.advance.step
    bench.session.stop()
    qtbot.waitUntil(lambda: bench.run.state is RunState.DONE and not bench.session.at_work, timeout=WAIT)
    film, edits = Film.open(tmp_path / "run"), bench.editing.edits.taken
    print(f"\n{MINUTES:g} minutes, {steps} steps, {len(film)} moments ({film.bytes / 1e6:.1f} MB), {len(edits)} edits; "
          f"acts: {', '.join(f'{count} {name}' for name, count in people.done.most_common())}")  # fmt: skip
    print(f"lateness p50 {loop.quantile(0.5):.1f} p99 {loop.quantile(0.99):.1f} p99.9 {loop.quantile(0.999):.1f} "
          f"max {max(loop.late):.1f} ms")  # fmt: skip
    grown = {}
    for name in processes:
        each_minute = [
            round(statistics.median(sizes[name] for at, sizes in used if minute <= at < minute + 1))
            for minute in range(int(used[-1][0]) + 1)
        ]
        warm = statistics.median(sizes[name] for at, sizes in used if WARM <= at < WARM + 1)
        end = statistics.median(sizes[name] for at, sizes in used if at >= MINUTES - 1)
        grown[name] = end / warm - 1
        print(
            f"{name}: {warm:.0f} MB after {WARM:g} minutes, {end:.0f} MB at the end ({grown[name]:+.1%}); by minute {each_minute}"
        )
    assert RunFolder(tmp_path / "run").experiment().edits == edits
    assert edits
    assert len(film) >= 100
    assert max(people.seen) >= 0.9 * len(film)
    assert loop.quantile(0.99) <= 33
    assert max(grown.values()) <= 0.02
