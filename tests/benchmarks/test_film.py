"""What a film costs, whether a change is named where it really happened, and how fast its moments are drawn.

python -m pytest -m benchmark tests/benchmarks/test_film.py -s

Each experiment is trained twice in one process, step by step in turn, with and without a film, each with random states of its
own: so both make the same steps at the same moment on the same machine, what is between them is the film, and the bare one can
be measured densely for the truth. Times are of the processor, medians where they are many.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.benchmarks.film_truth import LASTS, Truth
from tests.runs.test_execute import same
from workbench.contracts.events import Event, Started, Step
from workbench.contracts.specs import Experiment
from workbench.data.tokenizers import special_ids
from workbench.gui.app import Workbench
from workbench.runs import execute
from workbench.runs.film import Film
from workbench.runs.resolve import resolve

pytestmark = [pytest.mark.benchmark, pytest.mark.timeout(1_800)]
EVERY = 3
"""Steps between two measurements of the truth."""
ROUNDS = 3
"""How often each moment is drawn."""
WAIT = 120_000


def repeats(path: Path, rows: int) -> Path:
    """Random words that come back after 6 to 16 others, as in `test_induction`: (row, word)."""
    generator = np.random.default_rng(1)
    lines = []
    for _ in range(rows):
        fresh = generator.integers(0, 59, int(generator.integers(6, 17)))
        lines.append(" ".join(f"w{word}" for word in np.resize(fresh, 31)))
    path.write_text("text\n" + "\n".join(lines) + "\n", encoding="utf-8")
    return path


def experiments(folder: Path, sample_data: Path) -> dict[str, Experiment]:
    induction = {
        "data": {"table": str(repeats(folder / "repeats.csv", 48_000)), "task": "causal-lm", "text": "text", "tokenizer": "word",
                 "max_length": 34, "validation": 0.02},
        "model": {"layers": 2, "heads": 2, "d_model": 64, "dropout": 0.0, "positions": "learned", "tie_embeddings": False},
        "train": {"batch_size": 64, "epochs": 2, "schedule": "constant", "threads": 1},
    }  # fmt: skip
    reverse = {"data": {"table": str(sample_data / "reverse.csv")}, "train": {"threads": 1}}
    return {"reverse": resolve(reverse), "induction": resolve(induction)}


class Turns:
    """One of two trainings that are made in turn in one process: random states are its own, time is counted while it works."""

    def __init__(self, events: Generator[Event, None, Any]) -> None:
        self._events = events
        self._random = torch.get_rng_state()
        self.seconds: list[tuple[Event, float, float]] = []
        """What was said, and the seconds of the processor and of the clock until then."""

    def turn(self) -> Event | None:
        """What it says next; None at its end."""
        mine, others = self._random, torch.get_rng_state()
        torch.set_rng_state(mine)
        began, clock = time.process_time(), time.perf_counter()
        try:
            event = next(self._events, None)
        finally:
            took = time.process_time() - began, time.perf_counter() - clock
            self._random = torch.get_rng_state()
            torch.set_rng_state(others)
        if event is not None:
            self.seconds.append((event, *took))
        return event


@dataclass(frozen=True, kw_only=True, eq=False)
class Learned:
    """What came of one experiment."""

    run: Path
    film: Film
    truth: Truth
    cost: float
    """Share of the training's processor time that the film takes: medians where nothing was recorded."""
    plain_cost: float
    """The same from the bare sums of both trainings."""


@pytest.fixture(scope="module")
def learned(tmp_path_factory: pytest.TempPathFactory, sample_data: Path) -> Callable[[str], Learned]:
    folder, known = tmp_path_factory.mktemp("films"), {}
    made = experiments(folder, sample_data)

    def of(name: str) -> Learned:
        if name not in known:
            known[name] = side_by_side(made[name], folder / name)
        return known[name]

    return of


def side_by_side(experiment: Experiment, folder: Path) -> Learned:
    """The same training twice in turn, with and without a film."""
    made: dict[str, Any] = {}
    honest = execute._filmed

    def remember(run: Any, training: Any, prepared: Any, events: Any) -> Any:
        made[run.path.name] = (training, prepared)
        return honest(run, training, prepared, events)

    folder.mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(execute, "_filmed", remember)
        filmed = Turns(execute.start(experiment, folder / "filmed"))
        bare = Turns(execute.start(experiment.replace(train={"film_megabytes": 0}), folder / "bare"))
        truth: Truth | None = None
        while True:
            order = (filmed, bare) if len(bare.seconds) % 2 else (bare, filmed)
            said = {id(each): each.turn() for each in order}
            event = said[id(bare)]
            if event is None and said[id(filmed)] is None:
                break
            if isinstance(event, Started):
                continue
            if truth is None and isinstance(event, Step):
                truth = the_truth(*made["bare"], Film.open(folder / "filmed"), experiment.data.task)
            if truth is not None and isinstance(event, Step) and event.step % EVERY == 0:
                truth.measure(event.step)
    assert truth is not None
    assert same(folder / "filmed", folder / "bare")  # the truth is that of the same weights
    film = Film.open(folder / "filmed")
    cost, plain = costs(filmed, bare, set(film.steps.tolist()))
    return Learned(run=folder / "filmed", film=film, truth=truth, cost=cost, plain_cost=plain)


def the_truth(training: Any, prepared: Any, film: Film, task: str | None) -> Truth:
    special = special_ids(prepared.tokenizer)
    known = {number for number in (special.pad, special.cls, special.sep, special.mask) if number is not None}
    frames = None if task == "causal-lm" else film.moment(0).looked.frames
    return Truth(training.model, frames, prepared.tokenizer.get_vocab(), known)


def costs(filmed: Turns, bare: Turns, recorded: set[int]) -> tuple[float, float]:
    """The film's share of training: a moment is recorded after its step is said, so it costs what is asked for next."""
    assert [type(one[0]) for one in filmed.seconds] == [type(other[0]) for other in bare.seconds]
    first = next(place for place, (event, *_) in enumerate(bare.seconds) if isinstance(event, Step))
    pairs = [(one[1], other[1]) for one, other in zip(filmed.seconds, bare.seconds, strict=True)]
    steps = {place for place, (event, *_) in enumerate(bare.seconds) if isinstance(event, Step)}
    trained = sum(pairs[place][1] for place in steps)
    with_moment = {place + 1 for place in steps if bare.seconds[place][0].step in recorded and place + 1 < len(pairs)} | {first}
    without = sorted(steps - with_moment)
    idle = statistics.median(pairs[place][0] - pairs[place][1] for place in without)
    taken = sum(pairs[place][0] - pairs[place][1] for place in with_moment)
    plain = sum(one - other for one, other in (pairs[place] for place in steps | with_moment))
    return (taken + idle * len(without)) / trained, plain / trained


@pytest.mark.parametrize("name", ["reverse", "induction"])
def test_a_film_is_cheap_and_names_changes_where_they_are(name: str, learned: Callable[[str], Learned]) -> None:
    made = learned(name)
    film, crossings = made.film, made.truth.crossings()
    print(
        f"\n{name}: {len(film)} moments of {film.steps[-1]} steps, {film.bytes / 1e6:.2f} MB; cost {made.cost:.2%} of training "
        f"(plain sums {made.plain_cost:.2%}); truth measured {len(made.truth.steps)} times"
    )
    errors, lasting = [], []
    for change in film.changes:
        real = crossings.get((change.kind, change.layer, change.head, change.name, change.became), [])
        errors.append(min((abs(change.at - each.at) / each.at for each in real), default=float("inf")))
        lasting.append(min((abs(change.at - each.at) / each.at for each in real if each.lasts), default=float("inf")))
        where = ", ".join(f"{each.at:.0f}{'' if each.lasts else '~'}" for each in real) or "–"
        print(f"  {change.sentence} (at {change.at:.0f}); really at {where}: off by {errors[-1]:.1%}")
    within, for_good = (sum(off <= LASTS for off in each) for each in (errors, lasting))
    print(
        f"  {within} of {len(errors)} within {LASTS:.0%} of a step where the score crosses, {for_good} of one that no later "
        f"measurement takes back (~: one does); a random step would be of such a one: {by_chance(film, made.truth):.0%}"
    )
    assert len(film) >= 100
    assert film.bytes <= 64_000_000
    assert made.cost <= 0.03
    wanted = {"reverse": ("cross", "mirrored"), "induction": ("decoder", "induction")}[name]
    told = [error for change, error in zip(film.changes, lasting, strict=True) if (change.kind, change.name) == wanted]
    assert told
    assert max(told) <= LASTS
    assert for_good >= 0.9 * len(lasting)


def by_chance(film: Film, truth: Truth) -> float:
    """How often a step drawn evenly in log-time would lie as near to a lasting crossing of the heads that the film names."""
    steps = np.exp(np.random.default_rng(0).uniform(np.log(20), np.log(film.steps[-1]), 500))
    crossings = truth.crossings()
    hits = []
    for change in film.changes:
        named = crossings.get((change.kind, change.layer, change.head, change.name, change.became), [])
        real = [each.at for each in named if each.lasts]
        hits.append(np.mean([any(abs(step - at) <= LASTS * at for at in real) for step in steps]))
    return float(np.mean(hits)) if hits else 0.0


class Painted(QObject):
    """Which of the pictures were painted."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.seen: set[int] = set()

    def eventFilter(self, target: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self.seen.add(id(target))
        return False


@pytest.fixture
def bench(qapp: QApplication, tmp_path: Path, qtbot: QtBot) -> Iterator[Workbench]:
    made = Workbench(qapp, tmp_path / "settings.json")
    made.show()
    qtbot.waitUntil(lambda: made.loaded and made.built, timeout=WAIT)
    made.window.resize(1440, 900)
    yield made
    made.stop_and_close()
    qtbot.waitUntil(lambda: made.ended, timeout=WAIT)
    made.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.mark.parametrize("name", ["reverse", "induction"])
def test_every_picture_of_any_moment_is_drawn_in_time(
    name: str, learned: Callable[[str], Learned], bench: Workbench, qtbot: QtBot
) -> None:
    """From the moment it is asked for until wall, large head and the tab below the curves are painted; in random order, so
    that little was read before."""
    bench.open_path(learned(name).run)
    state, page = bench.film.state, bench.train_page
    qtbot.waitUntil(lambda: len(state.steps) >= 100 and not bench.run.replaying and bench.run._newest is not None, timeout=WAIT)
    order = np.random.default_rng(0).permutation(len(state.steps)).tolist()
    print()
    for tab, below in (("predictions", page.samples), ("positions", page.positions)):
        page.show_tab(tab)
        painted = Painted(bench)
        pictures = [page.heads.wall.viewport(), page.heads.heat]
        for picture in (*pictures, below):
            picture.installEventFilter(painted)

        def go(index: int, painted: Painted = painted, pictures: list[Any] = pictures) -> None:
            painted.seen.clear()
            state.seek(index)
            while bench.run.past != state.steps[index] or not {id(each) for each in pictures} <= painted.seen:
                QApplication.processEvents()
            QApplication.processEvents()  # what was asked to be painted meanwhile

        told(f"{name}, {tab}", in_rounds(go, order, bench.film.films._read.clear))


@pytest.mark.parametrize("other", ["induction"])
def test_two_films_are_drawn_in_time(other: str, learned: Callable[[str], Learned], bench: Workbench, qtbot: QtBot) -> None:
    """Both walls, both heads, their difference and the track."""
    bench.window.show_page("runs")
    made = learned("reverse").run
    bench.runs.show_films(made, made)
    state, shown = bench.runs.films, bench.runs.page.films
    qtbot.waitUntil(lambda: state.moments is not None, timeout=WAIT)
    pictures = [*(wall.viewport() for wall in shown.walls), *shown.map.maps.values(), shown.track]
    painted = Painted(bench)
    for picture in pictures:
        picture.installEventFilter(painted)

    def go(index: int) -> None:
        painted.seen.clear()
        state.time.seek(index)
        while bench.jobs.busy("films-moment") or not {id(each) for each in pictures} <= painted.seen:
            QApplication.processEvents()
        QApplication.processEvents()

    order = np.random.default_rng(0).permutation(len(state.time.steps)).tolist()
    print()
    told("two films", in_rounds(go, order, bench.runs._pairs._read.clear))


def in_rounds(go: Callable[[int], None], order: list[int], forget: Callable[[], None]) -> NDArray[np.float64]:
    """Milliseconds of the clock and of the processor for each moment, nothing kept from one round to the next: (moment, 2),
    medians over the rounds."""
    took = np.full((ROUNDS, len(order), 2), np.inf)
    for number in range(ROUNDS):
        forget()
        for index in order[number:] + order[:number]:
            began = time.perf_counter(), time.process_time()
            go(index)
            took[number, index] = time.perf_counter() - began[0], time.process_time() - began[1]
    return 1e3 * np.median(took, axis=0)


def told(name: str, times: NDArray[np.float64]) -> None:
    (clock, processor), high = np.median(times, axis=0), np.quantile(times, 0.99, axis=0)
    print(
        f"  {name}: {len(times)} moments, median {clock:.1f} ms (processor {processor:.1f}), "
        f"p99 {high[0]:.1f} ms (processor {high[1]:.1f})"
    )
    assert len(times) >= 100
    assert high.max() <= 50
