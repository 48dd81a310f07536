"""BertViz beside our wall and our page: the same attentions of BERT's shape, the same browser, until the picture is there.

BertViz and its scripts stay out of our environment:

pip install --target /tmp/bertviz --no-deps bertviz && pip install --target /tmp/bertviz ipython
npm install --prefix /tmp/bertviz_npm requirejs@2.3.6 d3@5.7.0 jquery@2.1.0 && apt-get install -y chromium
python -m pytest -m benchmark tests/benchmarks/test_bertviz.py -s
"""

from __future__ import annotations

import functools
import http.server
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
import psutil
import pytest
import torch
from numpy.typing import NDArray
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.browser import Browser, BrowserDied
from tests.runs.exports.made import made
from workbench.contracts.frames import AttentionFrame
from workbench.engine.tiles import pooled
from workbench.gui import theme
from workbench.gui.widgets.head_wall import HeadWall

pytestmark = [pytest.mark.benchmark, pytest.mark.timeout(1_500)]

BERTVIZ = Path(os.environ.get("BERTVIZ", "/tmp/bertviz"))
SCRIPTS = Path(os.environ.get("BERTVIZ_SCRIPTS", "/tmp/bertviz_npm/node_modules"))
PATIENCE = 120.0
"""Seconds after which a view is said not to come."""
MOST = 8 << 30
"""Bytes after which a browser is ended: other programs live here too."""
LAYERS, HEADS = 12, 12

GENERATE = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, (10 << 30, 10 << 30))
import numpy, torch
from bertviz import head_view, model_view
weights = torch.tensor(numpy.load(sys.argv[1]))
tokens = [f"word{i}" for i in range(weights.shape[-1])]
view = {"model_view": model_view, "head_view": head_view}[sys.argv[2]]
text = view(attention=[layer[None] for layer in weights], tokens=tokens, html_action="return").data
for its, ours in (("https://cdnjs.cloudflare.com/ajax/libs/require.js/2.3.6/require.min.js", "/requirejs/require.js"),
                  ("https://cdnjs.cloudflare.com/ajax/libs/d3/5.7.0/d3.min", "/d3/dist/d3.min"),
                  ("https://cdnjs.cloudflare.com/ajax/libs/jquery/2.0.0/jquery.min", "/jquery/dist/jquery.min")):
    assert its in text
    text = text.replace(its, ours)
with open(sys.argv[3], "w", encoding="utf-8") as file:
    file.write("<!doctype html><meta charset=utf-8>" + text)
"""
DRAWN = """new Promise((done) => {
  const look = () => document.querySelector(SELECTOR)
    ? requestAnimationFrame(() => requestAnimationFrame(() => done(true))) : setTimeout(look, 10);
  look();
})"""


def attention(size: int) -> NDArray[np.float32]:
    """(layer, head, query, key), as a softmax of even noise gives it."""
    scores = torch.randn(LAYERS, HEADS, size, size, generator=torch.Generator().manual_seed(0))
    return scores.mul_(2).softmax(-1).numpy()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """A folder, and its address on loopback, with BertViz's three scripts."""
    if shutil.which("chromium") is None or not (BERTVIZ / "bertviz").is_dir() or not (SCRIPTS / "d3").is_dir():
        pytest.skip("chromium, bertviz or its scripts are missing: see the head of this file")
    folder = tmp_path_factory.mktemp("site")
    for name in ("requirejs", "d3", "jquery"):
        (folder / name).symlink_to(SCRIPTS / name)
    handler = functools.partial(QuietHandler, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield folder, f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    thread.join()
    server.server_close()


class QuietHandler(http.server.SimpleHTTPRequestHandler):
    """Serves a folder and says nothing."""

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""

    def copyfile(self, source: object, outputfile: object) -> None:
        """A browser that gives up on a page hangs up."""
        try:
            super().copyfile(source, outputfile)  # type: ignore[arg-type]
        except ConnectionError:
            self.close_connection = True


def browse(url: str, selector: str, tmp_path: Path) -> tuple[float, float] | str:
    """Seconds until a picture of the page is there, and the MB the browser takes for it; or why there is none."""
    with Browser(tmp_path / f"profile{time.monotonic_ns()}", "--window-size=1500,1100") as browser:
        empty = browser.memory()
        done, too_much = threading.Event(), threading.Event()

        def watch() -> None:
            while not done.wait(0.5):
                if browser.memory() > MOST:
                    too_much.set()
                    browser.kill()

        guard = threading.Thread(target=watch)
        guard.start()
        began = time.perf_counter()
        try:
            browser.open(url, seconds=PATIENCE)
            browser.run(DRAWN.replace("SELECTOR", repr(selector)), seconds=PATIENCE)
            browser.picture(tmp_path / "picture.png")
            return time.perf_counter() - began, (browser.memory() - empty) / 1e6
        except (BrowserDied, OSError) as why:
            reason = f"more than {MOST >> 30} GB" if too_much.is_set() else str(why)[:60]
            return f"no picture within {time.perf_counter() - began:.0f} s ({reason})"
        finally:
            done.set()
            guard.join()


def bertviz(view: str, weights: Path, site: tuple[Path, str], tmp_path: Path) -> tuple[float, str, float | None]:
    """BertViz's seconds in Python, what the browser then took, and the sum where there is a picture."""
    page = site[0] / f"{view}.html"
    began = time.perf_counter()
    made_it = subprocess.run(
        [sys.executable, "-c", GENERATE, str(weights), view, str(page)],
        env={**os.environ, "PYTHONPATH": str(BERTVIZ)}, capture_output=True, text=True, check=False, timeout=400,
    )  # fmt: skip
    generated = time.perf_counter() - began
    if made_it.returncode:
        return generated, f"no page: {made_it.stderr.strip().splitlines()[-1][:80]}", None
    size = page.stat().st_size / 1e6
    found = browse(f"{site[1]}/{view}.html", "svg line", tmp_path)
    page.unlink()
    if isinstance(found, str):
        return generated, f"{size:.1f} MB page, {found}", None
    return generated, f"{size:.1f} MB page, in Chromium {found[0]:.2f} s and {found[1]:.0f} MB", found[0]


def window(weights: NDArray[np.float32], qtbot: QtBot, qapp: QApplication) -> tuple[float, float]:
    """Seconds from weights to the painted wall (median of three), and the MB that takes."""
    theme.apply(qapp, theme.LIGHT)
    seconds, held = [], 0.0
    for _ in range(3):
        before = psutil.Process().memory_info().rss
        began = time.perf_counter()
        tiles = pooled(torch.from_numpy(weights), 160).numpy()
        tokens = tuple(f"word{i}" for i in range(tiles.shape[-1]))
        wall = HeadWall()
        qtbot.addWidget(wall)
        wall.resize(1_000, 1_000)
        wall.set_frame(AttentionFrame(kind="encoder", weights=tiles, queries=tokens, keys=tokens))
        picture = wall.grab()
        seconds.append(time.perf_counter() - began)
        held = max(held, (psutil.Process().memory_info().rss - before) / 1e6)
        assert not picture.isNull()
    return sorted(seconds)[1], held


def ours(weights: NDArray[np.float32], tmp_path: Path, size: int) -> tuple[float, str, float]:
    """Our page: seconds in Python, what the browser then took, in words and as seconds."""
    inspection = made([f"word{i}" for i in range(size)], weights=weights)
    began = time.perf_counter()
    inspection.write(tmp_path / "ours.html")
    written = time.perf_counter() - began
    found = browse((tmp_path / "ours.html").as_uri(), "html[data-drawn]", tmp_path)
    assert not isinstance(found, str), found
    megabytes = (tmp_path / "ours.html").stat().st_size / 1e6
    return written, f"{megabytes:.1f} MB page, in Chromium {found[0]:.2f} s and {found[1]:.0f} MB", found[0]


@pytest.mark.parametrize("size", [64, 128, 256, 512])
def test_ten_times_as_fast_as_bertviz(
    size: int, site: tuple[Path, str], tmp_path: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    weights = attention(size)
    np.save(tmp_path / "weights.npy", weights)
    print(f"\n{LAYERS} × {HEADS} heads, {size} tokens, {psutil.cpu_count()} cores")
    seconds, held = window(weights, qtbot, qapp)
    print(f"  our window: {seconds:.3f} s from weights to the painted wall, {held:.0f} MB")
    written, told, shown = ours(weights, tmp_path, size)
    print(f"  our page:   {written:.2f} s in Python, {told}")
    for view in ("model_view", "head_view"):
        generated, told, drawn = bertviz(view, tmp_path / "weights.npy", site, tmp_path)
        print(f"  {view + ':':11} {generated:.2f} s in Python (with its start), {told}")
        if drawn is not None and view == "model_view" and size >= 128:
            print(f"  the window is {drawn / seconds:.0f} × as fast as this page, our page {drawn / shown:.1f} ×")
            assert drawn >= 10 * seconds


def test_4096_tokens_still_work(tmp_path: Path, qtbot: QtBot, qapp: QApplication) -> None:
    """144 heads of 4,096²: 9.7 GB of weights, never held at once; a wall needs only the largest of each block."""
    size = 4_096
    tiles = np.empty((LAYERS, HEADS, 160, 160), np.float32)
    chance = torch.Generator().manual_seed(0)
    pooling = 0.0
    for layer in range(LAYERS):
        for head in range(HEADS):
            weights = torch.randn(size, size, generator=chance).softmax(-1)
            start = time.perf_counter()
            tiles[layer, head] = pooled(weights, 160).numpy()
            pooling += time.perf_counter() - start
    seconds, held = window(tiles, qtbot, qapp)
    written, told, _ = ours(tiles, tmp_path, size)
    print(f"\n{LAYERS} × {HEADS} heads, {size} tokens: {pooling:.1f} s from weights to small pictures")
    print(f"  our window: {seconds:.3f} s to the painted wall, {held:.0f} MB\n  our page:   {written:.2f} s in Python, {told}")
    assert seconds < 1.0
