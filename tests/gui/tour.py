"""A walk through the real window on bundled data, saving a picture of every page and state.

    python -m tests.gui.tour OUT                      both languages, both themes, 1280x800 and 1920x1080, and 200 % scaling
    python -m tests.gui.tour OUT --quick              one of each
    python -m tests.gui.tour OUT --film               six moments of `reverse.csv` being learned

Look at the pictures: cut words, overlaps and empty panels are bugs.
"""

from __future__ import annotations

import argparse
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

from PySide6.QtCore import QEvent, QEventLoop
from PySide6.QtWidgets import QApplication

from workbench.gui.app import Workbench
from workbench.gui.models.data_state import Stage
from workbench.gui.models.run_state import RunState
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
        self.wait(lambda: bench.loaded and hasattr(bench, "train_page"), "the engine")
        bench.window.show_page("train")
        self.snap("train-before")
        self.opened(SAMPLE_DATA / "评论.csv")
        self.snap("data-gb18030")
        ragged = self.scratch / "ragged.csv"
        ragged.write_text(
            "text;label\n" + "good day;yes\nbad day;no\nfine; really; fine;yes\n" * 30 + '"never closed;no\n', encoding="utf-8"
        )
        self.opened(ragged)
        self.snap("data-ragged")
        empty = self.scratch / "empty.csv"
        empty.write_text("", encoding="utf-8")
        self.opened(empty)
        self.snap("data-trouble")
        self.opened(SAMPLE_DATA / "reviews.csv")
        self.snap("data-reviews")
        bench.window.show_page("model")
        self.snap("model-encoder", settle=1.0)
        bench.draft.set("model", "d_model", 130)
        self.snap("model-problem")
        bench.draft.undo()
        self.opened(SAMPLE_DATA / "reverse.csv")
        bench.window.show_page("model")
        self.wait(lambda: not bench.jobs.busy("estimate"), "the estimate")
        self.snap("model-encoder-decoder", settle=1.5)
        self.train()
        bench.window.log_button.click()
        self.snap("train-log")
        bench.window.log_button.click()
        self.fail()
        self.close()

    def train(self) -> None:
        """A run with a pause, each tab, and its end."""
        bench = self.bench
        bench.draft.set("train", "max_steps", 260)
        bench.train()
        self.snap("train-preparing", settle=0.0)
        self.wait(lambda: bench.run.advance.step > 60, "some steps")
        self.snap("train-training")
        bench.session.pause()
        self.wait(lambda: bench.run.state is RunState.PAUSED, "the pause")
        self.snap("train-paused")
        for tab in ("positions", "confusion"):
            bench.train_page.tabs[tab].click()
            self.snap(f"train-{tab}")
        bench.train_page.show_tab("predictions")
        bench.session.go_on()
        self.wait(lambda: bench.run.state is RunState.DONE, "the end")
        bench.train_page.show_tab("report")
        self.snap("train-report", settle=1.0)

    def fail(self) -> None:
        """A run that cannot go on, and classes in the confusion matrix."""
        bench = self.bench
        self.opened(SAMPLE_DATA / "reviews.csv")
        bench.draft.set("train", "max_steps", 60)
        bench.train()
        self.wait(lambda: bench.run.state is RunState.DONE, "the end")
        bench.train_page.tabs["confusion"].click()
        self.snap("train-classes", settle=1.0)
        bench.draft.set("train", "learning_rate", 100.0)
        bench.draft.set("train", "clip", 0.0)
        bench.draft.set("train", "optimizer", "sgd")
        bench.draft.set("train", "momentum", 0.99)
        bench.draft.set("train", "schedule", "constant")
        bench.draft.set("train", "max_steps", 4_000)
        bench.train()
        self.wait(lambda: bench.run.state in (RunState.FAILED, RunState.DONE), "the failure")
        self.snap("train-failed")

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
    parser.add_argument("--language", choices=LANGUAGES)
    parser.add_argument("--theme", choices=THEMES)
    parser.add_argument("--size", choices=SIZES)
    asked = parser.parse_args(arguments)
    asked.out.mkdir(parents=True, exist_ok=True)
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    ways = list(product(
        (asked.language,) if asked.language else LANGUAGES[:1] if asked.quick or asked.film else LANGUAGES,
        (asked.theme,) if asked.theme else THEMES[:1] if asked.quick or asked.film else THEMES,
        (asked.size,) if asked.size else tuple(SIZES)[:1] if asked.quick or asked.film else tuple(SIZES),
    ))  # fmt: skip
    for language, theme, size in ways:
        with tempfile.TemporaryDirectory() as scratch:
            tour = Tour(app, asked.out, language=language, theme=theme, size=size, scratch=Path(scratch))
            tour.film((1, 60, 120, 200, 320, 640)) if asked.film else tour.walk()
    if len(ways) > 1 and os.environ.get("QT_SCALE_FACTOR") is None:
        command = [sys.executable, "-m", "tests.gui.tour", str(asked.out / "scaled"), "--quick", "--language", "zh_CN"]
        subprocess.run(command, env={**os.environ, "QT_SCALE_FACTOR": "2"}, check=True)


if __name__ == "__main__":
    main()
