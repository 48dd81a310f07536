"""A model that takes time to come: fetched from a hub on loopback, cancelled in its middle; a run without a checkpoint yet."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.gui.pages.conftest import TEXT, WAIT
from tests.hub_server import Hub, serving
from tests.minilm import minilm
from tests.runs.test_comparing import save_bert
from tests.runs.test_execute import drain
from tests.tables import tiny, write_table
from workbench.contracts.errors import Cancelled
from workbench.gui.app import Workbench
from workbench.gui.models.inspect_state import InspectState
from workbench.gui.pages.inspect import InspectPage
from workbench.gui.workers.inspecting import Inspecting
from workbench.gui.workers.jobs import Jobs
from workbench.runs.execute import start
from workbench.runs.process import EngineProcess


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Hub]:
    """A hub with one small model, and processes that know no other."""
    with serving() as server:
        folder = Path(save_bert(tmp_path, "character"))
        server.models["someone/bert"] = {file.name: file.read_bytes() for file in folder.iterdir() if file.is_file()}
        monkeypatch.setenv("HF_ENDPOINT", server.endpoint)
        monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path / "cache"))
        monkeypatch.setenv("HF_HUB_OFFLINE", "0")
        yield server


def test_a_cancel_that_meets_a_word_of_progress_is_not_waited_for_either(hub: Hub) -> None:
    engine, met = EngineProcess(), list[float]()
    engine.load()
    hub.flows.clear()

    def told(what: str, share: float) -> None:
        if share > 0:
            assert hub.halted.wait(30)
            time.sleep(0.5)  # what has come is read by now: the library waits for more and hears nothing
            met.append(time.monotonic())
            raise Cancelled("no longer wanted")

    try:
        with pytest.raises(Cancelled):
            engine.ask("open", "someone/bert", told=told, cancelled=lambda: False, patience=0.5)
        assert time.monotonic() - met[0] < 8, "as long as the connection, which gives up after ten seconds"
    finally:
        hub.flows.set()
        engine.close()


@pytest.fixture
def of_hub(hub: Hub, state: InspectState, show: Callable[..., QWidget]) -> Iterator[InspectPage]:
    """The page, with a process of its own that was started beside that hub."""
    owner, engine = QObject(), EngineProcess()
    jobs = Jobs(owner)
    Inspecting(state, jobs, engine, owner)
    page = InspectPage(state)
    show(page, 1180, 700)
    yield page
    jobs.shutdown()
    engine.close()


def test_a_download_shows_how_far_it_is_and_is_cancelled_at_once(
    of_hub: InspectPage, hub: Hub, state: InspectState, qtbot: QtBot
) -> None:
    page, card = of_hub, of_hub.card
    hub.flows.clear()
    page.given.set_text(TEXT)
    card.hub.setText("someone/bert")
    qtbot.keyClick(card.hub, Qt.Key.Key_Return)
    assert card.progress.isVisible()
    qtbot.waitUntil(lambda: state.share is not None, timeout=WAIT)
    assert "fetching the model" in card.progress.words.text().lower()
    assert "%" in card.progress.words.text()
    assert 0 < card.progress.bar.value() < card.progress.bar.maximum()
    page.grab()
    qtbot.mouseClick(card.progress.button, Qt.MouseButton.LeftButton)
    assert not card.progress.isVisible()
    assert state.facts is None
    assert not page.notice.isVisible()
    state.open(str(minilm()))  # the page goes on, whatever the hub does
    qtbot.waitUntil(lambda: state.facts is not None and state.seen is not None, timeout=WAIT)
    hub.flows.set()
    state.open("someone/bert")
    qtbot.waitUntil(lambda: state.facts is not None or state.trouble is not None, timeout=WAIT)
    assert state.trouble is None
    assert state.facts is not None
    assert "someone--bert" in state.facts.path
    assert card.about.isVisible()
    assert not card.progress.isVisible()


def test_a_run_without_a_checkpoint_is_waited_for_calmly_and_opens_by_itself(
    bench: Workbench, qtbot: QtBot, tmp_path: Path
) -> None:
    whole, young = tmp_path / "whole", tmp_path / "young"
    drain(start(tiny(write_table(tmp_path, "text-classification"), "text-classification"), whole))
    young.mkdir()
    shutil.copy(whole / "experiment.toml", young)
    bench.inspection.look_into(young)
    state, page = bench.inspection.state, bench.inspection.page
    qtbot.waitUntil(lambda: state.waits or state.trouble is not None, timeout=WAIT)
    assert state.trouble is None
    assert not page.notice.isVisible()
    assert page.card.name.text() == "young"
    assert "Waiting for the first checkpoint" in page.card.about.text()
    assert "opens here by itself" in page.heads.wall._empty
    bench.inspection._inspecting.try_again()  # asked too early, it goes on waiting
    qtbot.waitUntil(lambda: not bench.jobs.busy("inspect-open"), timeout=WAIT)
    assert state.waits
    page.given.set_text("red apple")
    shutil.copytree(whole / "architecture", young / "architecture")
    shutil.copytree(whole / "checkpoints", young / "checkpoints")
    qtbot.waitUntil(lambda: state.seen is not None, timeout=WAIT)
    assert not state.waits
    assert state.facts is not None
    assert state.facts.step is not None
    qtbot.waitUntil(lambda: not bench.inspection._waiting.isActive(), timeout=WAIT)


def test_a_run_whose_table_is_still_read_is_waited_for_too(bench: Workbench, tmp_path: Path) -> None:
    bench.shown.path = tmp_path / "to come"
    bench.window.show_page("inspect")
    state = bench.inspection.state
    assert state.waits
    assert state.trouble is None
    bench.inspection.visit()  # and again
    assert state.waits
