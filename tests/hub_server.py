"""A hub of our own on loopback, which answers what a client asks of one."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

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
        self.models: dict[str, Mapping[str, bytes]] = {
            "someone/small": FILES,
            "someone/pickled": {"config.json": b"{}", "pytorch_model.bin": b"pickled"},
        }
        self.asked: list[str] = []
        self.flows = threading.Event()
        """While it is not set, weights stop in their middle."""
        self.flows.set()
        self.halted = threading.Event()
        """Whether weights have stopped in their middle."""

    @property
    def endpoint(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.server_port}"


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
            half = len(content) // 2 if self.path.endswith(".safetensors") else len(content)
            self.wfile.write(content[:half])
            if half < len(content) and not self.server.flows.is_set():
                self.server.halted.set()
            self.server.flows.wait()
            with suppress(OSError):  # whoever asked may have left
                self.wfile.write(content[half:])


@contextmanager
def serving() -> Iterator[Hub]:
    """A hub that answers until the end of the block."""
    server = Hub()
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield server
    finally:
        server.flows.set()
        server.shutdown()
        server.server_close()
        thread.join()
