"""Fetching from a hub: one of our own, on loopback."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import huggingface_hub.constants as hub_constants
import pytest

from tests.hub_server import FILES, Hub, serving
from workbench.contracts.errors import Cancelled, WorkbenchError
from workbench.engine.hub import cached, fetch


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Hub]:
    with serving() as server:
        # Both are read from HF_ENDPOINT when the client is imported.
        monkeypatch.setattr(hub_constants, "ENDPOINT", server.endpoint)
        template = server.endpoint + "/{repo_id}/resolve/{revision}/{filename}"
        monkeypatch.setattr(hub_constants, "HUGGINGFACE_CO_URL_TEMPLATE", template)
        monkeypatch.setattr(hub_constants, "HF_HUB_CACHE", str(tmp_path / "cache"))
        monkeypatch.setattr(hub_constants, "HF_HUB_OFFLINE", False)
        yield server


def test_a_model_is_fetched_with_progress_without_code_and_without_pickle(hub: Hub) -> None:
    told: list[tuple[int, int]] = []
    folder = fetch("someone/small", progress=lambda done, total: told.append((done, total)))
    assert sorted(path.name for path in folder.iterdir()) == ["config.json", "model.safetensors", "tokenizer.json"]
    assert (folder / "model.safetensors").read_bytes() == FILES["model.safetensors"]
    total = sum(len(FILES[name]) for name in ("config.json", "tokenizer.json", "model.safetensors"))
    assert told[-1] == (total, total)
    assert [done for done, _ in told] == sorted(done for done, _ in told)


def test_what_is_in_the_cache_is_not_asked_for_again(hub: Hub) -> None:
    folder = fetch("someone/small")
    hub.asked.clear()
    assert fetch("someone/small") == folder == cached("someone/small")
    assert hub.asked == []


def test_a_download_is_stopped_and_goes_on_later(hub: Hub) -> None:
    reached: list[int] = []
    with pytest.raises(Cancelled):
        fetch("someone/small", progress=lambda done, _: reached.append(done), cancelled=lambda: len(reached) > 2)
    assert cached("someone/small") is None
    assert (fetch("someone/small") / "model.safetensors").is_file()


def test_pickled_weights_are_not_even_fetched(hub: Hub) -> None:
    with pytest.raises(WorkbenchError, match="pickled only") as error:
        fetch("someone/pickled")
    assert "nothing was fetched" in error.value.mend
    assert not any("resolve" in asked for asked in hub.asked)


def test_a_name_nobody_has(hub: Hub) -> None:
    with pytest.raises(WorkbenchError, match="no such model on the hub"):
        fetch("nobody/nothing")
    with pytest.raises(WorkbenchError, match="this is no name of the hub"):
        fetch("not a name ??")
    with pytest.raises(WorkbenchError, match="this is no name of the hub"):
        fetch("../../etc")


def test_without_a_network_the_word_is_clear(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(hub_constants, "ENDPOINT", "http://127.0.0.1:9")  # nobody answers there
    monkeypatch.setattr(hub_constants, "HF_HUB_CACHE", str(tmp_path))
    with pytest.raises(WorkbenchError, match="not in the cache, and the hub cannot be reached") as error:
        fetch("someone/small")
    assert "Go online" in error.value.mend


def test_offline_mode_is_no_network_either(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(hub_constants, "HF_HUB_OFFLINE", True)
    monkeypatch.setattr(hub_constants, "HF_HUB_CACHE", str(tmp_path))
    with pytest.raises(WorkbenchError, match="the hub cannot be reached"):
        fetch("someone/small")
