"""Fetching from a hub: one of our own, on loopback."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import huggingface_hub.constants as hub_constants
import pytest

from workbench.contracts.errors import Cancelled, WorkbenchError
from workbench.engine.hub import cached, fetch

COMMIT = "0123456789abcdef0123456789abcdef01234567"
FILES = {
    "config.json": b'{"model_type": "bert"}',
    "tokenizer.json": b"{}",
    "model.safetensors": b"w" * 300_000,
    "pytorch_model.bin": b"pickled",
    "modeling_own.py": b"print('never')",
    "onnx/model.safetensors": b"elsewhere",
}


class Hub(ThreadingHTTPServer):
    """The two questions a client asks: what is in a model, and give me a file."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answer)
        self.models = {"someone/small": FILES, "someone/pickled": {"config.json": b"{}", "pytorch_model.bin": b"pickled"}}
        self.asked: list[str] = []


class Answer(BaseHTTPRequestHandler):
    server: Hub

    def do_HEAD(self) -> None:
        self._answer(body=False)

    def do_GET(self) -> None:
        self._answer(body=True)

    def log_message(self, *args: object) -> None:
        """Say nothing."""

    def _answer(self, *, body: bool) -> None:
        self.server.asked.append(f"{self.command} {self.path}")
        parts = self.path.split("?")[0].strip("/").split("/")
        name = "/".join(parts[2:4] if parts[0] == "api" else parts[:2])
        files = self.server.models.get(name)
        if files is None:
            self._send(404, b"{}", {"X-Error-Code": "RepoNotFound", "X-Error-Message": "no"}, body=body)
        elif parts[0] == "api":
            told = [{"rfilename": file, "size": len(content)} for file, content in files.items()]
            answer = {"id": name, "modelId": name, "sha": COMMIT, "siblings": told, "tags": [], "private": False}
            self._send(200, json.dumps(answer).encode(), {"Content-Type": "application/json"}, body=body)
        else:
            content = files["/".join(parts[4:])]
            headers = {"ETag": f'"{hashlib.sha256(content).hexdigest()}"', "X-Repo-Commit": COMMIT}
            self._send(200, content, headers, body=body)

    def _send(self, status: int, content: bytes, headers: dict[str, str], *, body: bool) -> None:
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(content))}.items():
            self.send_header(name, value)
        self.end_headers()
        if body:
            self.wfile.write(content)


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Hub]:
    server = Hub()
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    endpoint = f"http://127.0.0.1:{server.server_port}"
    monkeypatch.setattr(hub_constants, "ENDPOINT", endpoint)  # both are read from HF_ENDPOINT when the client is imported
    monkeypatch.setattr(hub_constants, "HUGGINGFACE_CO_URL_TEMPLATE", endpoint + "/{repo_id}/resolve/{revision}/{filename}")
    monkeypatch.setattr(hub_constants, "HF_HUB_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(hub_constants, "HF_HUB_OFFLINE", False)
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


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
