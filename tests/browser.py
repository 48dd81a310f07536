"""A real browser without a window, driven over its debugging pipe: no driver, no port, no network of its own."""

from __future__ import annotations

import base64
import json
import os
import select
import shutil
import subprocess
import time
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import psutil
import pytest

FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--remote-debugging-pipe",
)  # fmt: skip


class BrowserDied(Exception):
    """The browser or its page is gone or silent."""


class Browser:
    """One page in Chromium; skips the test where there is none.

    Args:
        profile: A new folder.
        flags: More of Chromium's own, such as ``--lang=zh-CN``.
    """

    def __init__(self, profile: Path, *flags: str) -> None:
        program = shutil.which("chromium") or shutil.which("google-chrome")
        if program is None:
            pytest.skip("there is no Chromium: apt-get install chromium")
        (here, its_out), (its_in, there) = os.pipe(), os.pipe()
        script = f'exec 3<&{its_in} 4>&{its_out}; exec "$0" "$@"'
        command = ["bash", "-c", script, program, *FLAGS, f"--user-data-dir={profile}", *flags, "about:blank"]
        quiet = subprocess.DEVNULL
        self.process = subprocess.Popen(command, pass_fds=(its_in, its_out), stdout=quiet, stderr=quiet)
        os.close(its_in)
        os.close(its_out)
        self._read, self._write = here, there
        self._heard, self._number, self._session = b"", 0, ""
        self.events: list[dict[str, Any]] = []
        target = next(each for each in self.ask("Target.getTargets")["targetInfos"] if each["type"] == "page")
        self._session = self.ask("Target.attachToTarget", targetId=target["targetId"], flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.ask(f"{domain}.enable")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        os.close(self._write)
        os.close(self._read)
        self.kill()
        self.process.wait()

    def kill(self) -> None:
        """End it at once; from any thread."""
        for process in reversed(self._family()):
            with suppress(psutil.Error):  # it left by itself meanwhile
                process.kill()

    def ask(self, method: str, *, seconds: float = 60.0, **parameters: Any) -> dict[str, Any]:
        """One command of the DevTools protocol; events that come meanwhile are kept."""
        self._number += 1
        message = {"id": self._number, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._write, json.dumps(message).encode() + b"\0")
        deadline = time.monotonic() + seconds
        while True:
            for heard in self._messages(deadline, method):
                if heard.get("id") == self._number:
                    if "error" in heard:
                        raise BrowserDied(f"{method}: {heard['error']}")
                    result: dict[str, Any] = heard["result"]
                    return result
                self.events.append(heard)

    def open(self, url: str, *, seconds: float = 60.0) -> None:
        """Load a page, and wait until its own scripts have run."""
        self.ask("Page.navigate", url=url, seconds=seconds)
        deadline = time.monotonic() + seconds
        while not any(event.get("method") == "Page.loadEventFired" for event in self.events):
            self.events += self._messages(deadline, url)

    def click(self, x: float, y: float) -> None:
        """The left button, in CSS pixels."""
        for kind in ("mouseMoved", "mousePressed", "mouseReleased"):
            button = "none" if kind == "mouseMoved" else "left"
            self.ask("Input.dispatchMouseEvent", type=kind, x=x, y=y, button=button, clickCount=1)

    def press(self, key: str) -> None:
        """A key by its name, such as ``ArrowDown``."""
        for kind in ("keyDown", "keyUp"):
            self.ask("Input.dispatchKeyEvent", type=kind, key=key)

    def run(self, script: str, *, seconds: float = 60.0) -> Any:
        """The value of an expression in the page."""
        told = self.ask("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True, seconds=seconds)
        if "exceptionDetails" in told:
            raise BrowserDied(str(told["exceptionDetails"]))
        return told["result"].get("value")

    def picture(self, path: Path) -> None:
        """What the page looks like."""
        path.write_bytes(base64.b64decode(self.ask("Page.captureScreenshot")["data"]))

    def troubles(self) -> list[str]:
        """What the page complained of, refused requests and exceptions among them."""
        methods = ("Log.entryAdded", "Runtime.exceptionThrown", "Page.javascriptDialogOpening", "Network.loadingFailed")
        return [json.dumps(event["params"])[:400] for event in self.events if event.get("method") in methods]

    def requested(self) -> list[str]:
        """Every address that was asked for."""
        found = [event["params"]["request"]["url"] for event in self.events if event.get("method") == "Network.requestWillBeSent"]
        return [url for url in found if not url.startswith("about:")]

    def memory(self) -> int:
        """Bytes that all processes of the browser hold, shared pages counted once."""
        total = 0
        for process in self._family():
            try:
                total += process.memory_full_info().pss
            except psutil.Error:
                continue
        return total

    def _family(self) -> list[psutil.Process]:
        try:
            main = psutil.Process(self.process.pid)
            return [main, *main.children(recursive=True)]
        except psutil.NoSuchProcess:
            return []

    def _messages(self, deadline: float, method: str) -> list[dict[str, Any]]:
        while b"\0" not in self._heard:
            ready, _, _ = select.select([self._read], [], [], max(0.0, deadline - time.monotonic()))
            more = os.read(self._read, 1 << 20) if ready else b""
            if not more:
                raise BrowserDied(f"no answer to {method}")
            self._heard += more
        *whole, self._heard = self._heard.split(b"\0")
        return [json.loads(each) for each in whole]
