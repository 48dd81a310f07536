"""A walk through the real window on bundled data, saving a picture of every page and state.

    python -m tests.gui.tour OUT                      both languages, both themes, 1280x800 and 1920x1080, and 200 % scaling
    python -m tests.gui.tour OUT --quick              one of each
    python -m tests.gui.tour OUT --language zh_CN --theme dark --size 1920x1080    exactly one
    QT_SCALE_FACTOR=2 python -m tests.gui.tour OUT --quick       sizes stay logical: 1280x800 is then a screen of 2560x1600
    python -m tests.gui.tour OUT --film               six moments of `reverse.csv` being learned

Look at the pictures: cut words, overlaps and empty panels are bugs.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from itertools import product
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QEventLoop, QPoint
from PySide6.QtWidgets import QApplication, QScrollArea

from tests.gui.tour_inspect import walk_inspect
from tests.gui.tour_predict import walk_predict
from workbench.gui.app import Workbench
from workbench.gui.models.data_state import Stage
from workbench.gui.models.run_state import RunState
from workbench.gui.opening import SAMPLES
from workbench.gui.widgets.heat_picture import Span
from workbench.gui.widgets.position_panel import CURVES, LIKENESS, TABLE
from workbench.resources import SAMPLE_DATA

SIZES = {"1280x800": (1280, 800), "1920x1080": (1920, 1080)}
LANGUAGES = ("en", "zh_CN")
THEMES = ("light", "dark")
PATIENCE = 240.0


class Tour:
    """One walk in one language, theme and size."""

    def __init__(self, app: QApplication, out: Path, *, language: str, theme: str, size: str, scratch: Path) -> None:
        self.app, self.out, self.scratch = app, out, scratch
        self.label = f"{language}-{theme}-{size}"
        self.bench = Workbench(app, scratch / "settings.json")
        self.bench.settings.runs_folder = str(scratch / "runs")
        self.bench.appearance.set_language(language)
        self.bench.appearance.set_theme(theme)
        logging.getLogger().setLevel(logging.INFO)
        self.bench.log_feed.listen()
        self.bench.show()
        self.bench.window.resize(*SIZES[size])
        self.number = 0

    def wait(self, until: Callable[[], object], what: str) -> None:
        """Let the window live until something is true."""
        end = time.monotonic() + PATIENCE
        while not until():
            if time.monotonic() > end:
                raise TimeoutError(f"{self.label}: waited too long for {what}")
            self.app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)

    def settle(self, seconds: float = 0.4) -> None:
        """Let what is drawn on a timer be drawn."""
        end = time.monotonic() + seconds
        self.wait(lambda: time.monotonic() > end, "nothing")

    def snap(self, name: str, *, settle: float = 0.4) -> None:
        """Save a picture of the window."""
        self.settle(settle)
        self.number += 1
        path = self.out / f"{self.number:02}-{name}-{self.label}.png"
        self.bench.window.grab().save(str(path))

    def opened(self, path: Path) -> None:
        """Open a table and wait until it is understood or refused."""
        self.bench.open_path(path)
        self.wait(lambda: self.bench.data.stage in (Stage.READY, Stage.TROUBLE), f"{path.name}")

    def walk(self) -> None:
        """Every page and state."""
        bench = self.bench
        self.snap("data-empty")
        self.wait(lambda: bench.loaded and bench.built, "the engine")
        bench.window.show_page("train")
        self.snap("train-before")
        self.menus()
        self.tables()
        self.models()
        self.train()
        self.schemes()
        self.classes()
        self.fail()
        self.present()
        walk_inspect(self)
        self.runs()
        self.close()

    def runs(self) -> None:
        """The runs that were made, all chosen."""
        self.bench.window.show_page("runs")
        runs = self.bench.runs.page
        self.wait(lambda: len(runs.list.model.runs) > 1 and not runs.list.model.unmeasured(), "the list of runs")
        runs.list.view.selectAll()
        self.wait(lambda: bool(runs.chart.legend.text), "the curves")
        self.snap("runs")

    def inspect(self) -> None:
        """The Inspect page alone."""
        bench = self.bench
        self.wait(lambda: bench.loaded and bench.built, "the engine")
        bench.window.show_page("inspect")
        self.snap("inspect-empty")
        self.opened(SAMPLE_DATA / "reverse.csv")
        bench.draft.set("train", "max_steps", 120)
        bench.train()
        self.wait(lambda: bench.run.state is RunState.DONE, "the end")
        walk_inspect(self)
        self.close()

    def predict(self) -> None:
        """The Predict page alone."""
        bench = self.bench
        self.wait(lambda: bench.loaded and bench.built, "the engine")
        bench.window.show_page("predict")
        self.snap("predict-empty")
        self.opened(SAMPLE_DATA / "reviews.csv")
        bench.draft.set("train", "max_steps", 120)
        bench.train()
        self.wait(lambda: bench.run.state is RunState.DONE, "the end")
        walk_predict(self, SAMPLE_DATA / "reviews.csv")
        self.close()

    def menus(self) -> None:
        """Every menu as it opens."""
        for name, menu in self.bench.window._menus.items():
            if menu.isEmpty():
                continue
            menu.popup(self.bench.window.mapToGlobal(QPoint(40, 40)))
            self.settle(0.1)
            menu.grab().save(str(self.out / f"menu-{name}-{self.label}.png"))
            menu.close()

    def tables(self) -> None:
        """The Data page with each sample, and with files that are not as they should be."""
        for name in SAMPLES:
            self.opened(SAMPLE_DATA / SAMPLES[name])
            self.snap(f"data-{name}")
        self.opened(SAMPLE_DATA / "评论.csv")
        self.snap("data-gb18030")
        ragged = self.scratch / "ragged.csv"
        ragged.write_text(
            "text;label\n" + "good day;yes\nbad day;no\nfine; really; fine;yes\n" * 30 + '"never closed;no\n', encoding="utf-8"
        )
        self.opened(ragged)
        self.snap("data-ragged")
        bars = self.bench.data_page.findChildren(QScrollArea)[-1].verticalScrollBar()
        bars.setValue(bars.maximum())
        self.snap("data-left-out")
        empty = self.scratch / "empty.csv"
        empty.write_text("", encoding="utf-8")
        self.opened(empty)
        self.snap("data-trouble")

    def models(self) -> None:
        """The Model page: each kind of stack, everything there is to set, an impossible value, and the measured cost."""
        bench = self.bench
        for name, what in (("reviews", "encoder"), ("stories", "decoder"), ("reverse", "encoder-decoder")):
            self.opened(SAMPLE_DATA / SAMPLES[name])
            bench.window.show_page("model")
            self.snap(f"model-{what}", settle=1.0)
        bench.draft.set("model", "d_model", 130)
        self.snap("model-problem")
        bench.draft.undo()
        bench.model_page.form.more.click()
        self.snap("model-more")
        bench.model_page.form.more.click()
        self.wait(lambda: bench.estimate.estimate is not None, "the estimate")
        self.snap("model-measured")

    def train(self) -> None:
        """A run with a pause, each tab, a stop, and its end."""
        bench = self.bench
        bench.draft.set("train", "max_steps", 160)
        bench.train()
        self.snap("train-preparing", settle=0.0)
        self.wait(lambda: bench.run.advance.step > 40, "some steps")
        self.snap("train-training")
        bench.session.pause()
        self.snap("train-pausing", settle=0.0)
        self.wait(lambda: bench.run.state is RunState.PAUSED, "the pause")
        self.snap("train-paused")
        heat = bench.train_page.heads.heat
        heat.zoom_to(Span(top=1, bottom=6, left=1, right=6))
        self.snap("train-zoomed")
        heat.zoom_to(None)
        for kind in ("encoder", "decoder"):
            bench.train_page.heads.tabs[kind].click()
            self.snap(f"train-{kind}")
        bench.train_page.tabs["positions"].click()
        for view, name in ((TABLE, "table"), (LIKENESS, "similarity"), (CURVES, "curves")):
            bench.train_page.positions.show_view(view)
            self.snap(f"train-positions-learned-{name}")
        bench.train_page.tabs["confusion"].click()
        self.snap("train-confusion")
        bench.session.go_on()
        reached = bench.run.advance.step + 5
        self.wait(lambda: bench.run.advance.step > reached, "more steps")
        bench.session.stop()
        self.snap("train-stopping", settle=0.0)
        self.wait(lambda: bench.run.state is RunState.DONE and not bench.session.at_work, "the stop")
        self.snap("train-stopped")
        bench.go_on()
        self.wait(lambda: bench.run.state is RunState.DONE and not bench.session.at_work, "the end")
        bench.train_page.show_tab("report")
        self.snap("train-report", settle=1.0)
        bench.train_page.show_tab("predictions")
        self.snap("train-predictions")
        bench.window.log_button.click()
        self.snap("train-log")
        bench.window.log_button.click()

    def schemes(self) -> None:
        """How order enters the model, each way."""
        bench = self.bench
        bench.draft.set("train", "max_steps", 6)
        for scheme in ("sinusoidal", "rotary", "alibi", "relative", "none"):
            bench.draft.set("model", "positions", scheme)
            bench.train()
            self.wait(lambda: bench.run.state is RunState.DONE and not bench.session.at_work, "the end")
            bench.train_page.tabs["positions"].click()
            views = ((TABLE, "table"), (LIKENESS, "similarity"), (CURVES, "curves"))
            for view, name in views if scheme in ("sinusoidal", "alibi") else views[:1]:
                bench.train_page.positions.show_view(view)
                self.snap(f"train-positions-{scheme}-{name}")

    def classes(self) -> None:
        """Class bars, and classes in the confusion matrix."""
        bench = self.bench
        self.opened(SAMPLE_DATA / "reviews.csv")
        bench.draft.set("train", "max_steps", 40)
        bench.train()
        self.wait(lambda: bench.run.state is RunState.DONE and not bench.session.at_work, "the end")
        bench.train_page.show_tab("predictions")
        self.snap("train-classes", settle=1.0)
        bench.train_page.tabs["confusion"].click()
        self.snap("train-confused")
        bench.train_page.tabs["report"].click()
        self.snap("train-classes-report")

    def fail(self) -> None:
        """A run that cannot go on."""
        bench = self.bench
        bench.draft.set("train", "learning_rate", 100.0)
        bench.draft.set("train", "clip", 0.0)
        bench.draft.set("train", "optimizer", "sgd")
        bench.draft.set("train", "momentum", 0.99)
        bench.draft.set("train", "schedule", "constant")
        bench.draft.set("train", "max_steps", 4_000)
        bench.train()
        self.wait(lambda: bench.run.state in (RunState.FAILED, RunState.DONE), "the failure")
        self.snap("train-failed")

    def present(self) -> None:
        """What an audience sees."""
        window = self.bench.window
        for page in window.pages:
            window.show_page(page)
            window.action("present").trigger()
            self.snap(f"present-{page}")
            window.action("present").trigger()
            self.settle(0.2)

    def reached(self, step: int) -> bool:
        """Whether the run is that far, or over."""
        return self.bench.run.advance.step >= step or self.bench.run.state is RunState.DONE

    def film(self, moments: tuple[int, ...]) -> None:
        """`reverse.csv` from its first step to its last, the cross-attention in view."""
        bench = self.bench
        bench.demo("reverse")
        for moment in moments:
            reached = partial(self.reached, moment)
            self.wait(reached, f"step {moment}")
            self.snap(f"reverse-step-{moment}", settle=0.2)
        self.wait(lambda: bench.run.state is RunState.DONE, "the end")
        self.snap("reverse-done", settle=1.5)
        self.close()

    def close(self) -> None:
        """End this walk."""
        self.bench.stop_and_close()
        self.wait(lambda: self.bench.ended, "the end")
        self.bench.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def main(arguments: list[str] | None = None) -> None:
    """Walk as asked; 200 % scaling needs a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--film", action="store_true")
    parser.add_argument("--inspect", action="store_true", help="the Inspect page alone")
    parser.add_argument("--predict", action="store_true", help="the Predict page alone")
    parser.add_argument("--language", choices=LANGUAGES)
    parser.add_argument("--theme", choices=THEMES)
    parser.add_argument("--size", choices=SIZES)
    asked = parser.parse_args(arguments)
    asked.out.mkdir(parents=True, exist_ok=True)
    ways = list(product(
        (asked.language,) if asked.language else LANGUAGES[:1] if asked.quick or asked.film else LANGUAGES,
        (asked.theme,) if asked.theme else THEMES[:1] if asked.quick or asked.film else THEMES,
        (asked.size,) if asked.size else tuple(SIZES)[:1] if asked.quick or asked.film else tuple(SIZES),
    ))  # fmt: skip
    if len(ways) > 1:  # a screen has one size and one scale as long as a process lives
        for language, theme, size in ways:
            walk_apart(asked, asked.out, language, theme, size)
        walk_apart(asked, asked.out / "scaled", "zh_CN", "light", "1280x800", QT_SCALE_FACTOR="2")
        return
    (language, theme, size), *_ = ways
    app = on_screen(*SIZES[size])
    with tempfile.TemporaryDirectory() as scratch:
        tour = Tour(app, asked.out, language=language, theme=theme, size=size, scratch=Path(scratch))
        if asked.film:
            tour.film((1, 60, 120, 200, 320, 640))
        else:
            (tour.inspect if asked.inspect else tour.predict if asked.predict else tour.walk)()


def walk_apart(asked: argparse.Namespace, out: Path, language: str, theme: str, size: str, **variables: str) -> None:
    """One walk in a process of its own."""
    command = [sys.executable, "-m", "tests.gui.tour", str(out), "--language", language, "--theme", theme, "--size", size]
    command += [f"--{page}" for page in ("inspect", "predict") if getattr(asked, page)]
    subprocess.run(command, env={**os.environ, **variables}, check=True)


def on_screen(width: int, height: int) -> QApplication:
    """An application on a screen of this size in logical pixels, whatever the scale."""
    scale = float(os.environ.get("QT_SCALE_FACTOR", "1"))
    screen = {
        "name": "tour",
        "x": 0,
        "y": 0,
        "width": int(width * scale),
        "height": int(height * scale),
        "logicalDpi": 96,
        "dpr": 1,
    }
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump({"screens": [screen]}, file)
        file.flush()
        if os.environ["QT_QPA_PLATFORM"] == "offscreen":
            os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={file.name}"
        return QApplication(["tour"])


if __name__ == "__main__":
    main()
