"""The engine in a process of its own, for a program whose first thread must never wait.

In one Python process a window and a training share the interpreter's lock: each drawn picture takes its time from the training
(measured: a thread that is busy for a tenth of the time slows training by a sixth). Apart, both run at full speed, and a
training that the system ends for want of memory takes nothing else with it.

One order is worked on at a time. An order is answered by items (events of a run, an estimate, a look) and an end. What is said
meanwhile (pause, stop, another text) goes to the order at work. When the program that gave the orders is gone, the order at
work is stopped as if asked to: a run is kept.
"""

from __future__ import annotations

import logging
import math
import multiprocessing
import threading
import time
from collections.abc import Callable, Generator, Iterator
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from workbench.contracts.errors import Cancelled, DeviceLost, RunFailed, WorkbenchError
from workbench.contracts.events import Event
from workbench.contracts.specs import Experiment
from workbench.runs.desk import Item, Loaded, serve

log = logging.getLogger(__name__)

__all__ = ["EngineProcess", "Loaded"]

GONE = "the engine's process was ended from outside"


class EngineProcess:
    """The other process, from this side. Every method may be called from any thread; orders wait for each other."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._sending = threading.Lock()
        self._connection: Connection[Any, Any] | None = None
        self._process: Any = None  # Any: multiprocessing's process of the context "spawn"
        self._closed = False

    def load(self, told: Callable[[str, float], None] = lambda what, share: None) -> Loaded:
        """Start the process and wait until torch is loaded there."""
        (loaded,) = self._converse("load", told=told)
        assert isinstance(loaded, Loaded)
        return loaded

    def start(
        self, experiment: Experiment, out: Path, told: Callable[[str, float], None] = lambda what, share: None
    ) -> Iterator[Event]:
        """Train: the events of `workbench.runs.execute.start`, with looks between them.

        Raises:
            WorkbenchError: as there; and `RunFailed` where the process was ended from outside.
        """
        return self._converse("start", experiment, out, told=told)

    def resume(self, run: Path, told: Callable[[str, float], None] = lambda what, share: None) -> Iterator[Event]:
        """Go on with a run: the events of `workbench.runs.execute.resume`."""
        return self._converse("resume", run, told=told)

    def ask(
        self, kind: str, *payload: Any, told: Callable[[str, float], None] = lambda what, share: None,
        cancelled: Callable[[], bool] = lambda: False, patience: float | None = None,
    ) -> Any:  # fmt: skip
        """One answer to an order such as ``estimate`` or ``look``.

        Args:
            kind: The order.
            payload: What it is given.
            told: Hears how far it is.
            cancelled: Whether to stop.
            patience: Seconds that an order has to stop in. One that cannot (a library reads a large file) is then ended together
                with its process, and the next order starts a new one; None waits for it.

        Raises:
            Cancelled: `cancelled` said so.
            WorkbenchError: what the order raised.
        """
        (answer,) = self._converse(kind, *payload, told=told, cancelled=cancelled, patience=patience)
        return answer

    def say(self, what: str, *values: Any) -> None:
        """To the order at work: ``pause``, ``go_on``, ``stop``, ``save``, ``edit`` with an `Edit`; ``look_at`` a text,
        ``compare_with`` one, ``set_open`` or not."""
        with self._sending:
            if self._connection is not None:
                try:
                    self._connection.send(("say", what, values))
                except OSError:
                    log.info("nobody hears %r: the engine's process is gone", what)

    @property
    def pid(self) -> int | None:
        """The other process's number; None while there is none."""
        with self._sending:
            return None if self._process is None else self._process.pid

    def close(self, patience: float = 120.0) -> None:
        """Stop the order at work, keeping what it made, and end the process."""
        self._closed = True
        self.say("stop")
        with self._sending:
            connection, process, self._connection = self._connection, self._process, None
            if connection is not None:
                connection.close()
        if process is not None:
            process.join(patience)
            if process.is_alive():
                log.error("the engine's process did not end in time and is killed")
                process.kill()
                process.join()
            process.close()
            self._process = None

    # -- one order --------------------------------------------------------------------------------------------------

    def _converse(
        self, kind: str, *payload: Any, told: Callable[[str, float], None], cancelled: Callable[[], bool] | None = None,
        patience: float | None = None,
    ) -> Generator[Item, None, None]:  # fmt: skip
        with self._turn:
            if cancelled is not None and cancelled():
                raise Cancelled("stopped before it began")
            connection, over = self._ready(), False
            try:
                with self._sending:
                    connection.send(("do", kind, payload))
                stopped: float | None = None  # when it was
                while True:
                    while cancelled is not None and not connection.poll(0.03):
                        if cancelled() and stopped is None:
                            stopped = time.monotonic()
                            self.say("stop")
                        elif stopped is not None and patience is not None and time.monotonic() - stopped > patience:
                            over = True
                            self._kill()
                            raise Cancelled("stopped, together with the process that was at work")
                    word, value = connection.recv()
                    over = word in ("end", "failed")
                    if word == "end":
                        return
                    if word == "failed":
                        if isinstance(value, DeviceLost):
                            self._retire()
                        raise value
                    if word == "told":
                        told(*value)
                    else:
                        yield value
            except (EOFError, OSError) as error:
                over = True
                raise self._gone() from error
            finally:
                if not over:  # whoever asked has lost interest: the rest of the answer must not meet the next order
                    self._hear_out(connection, patience)

    def _hear_out(self, connection: Connection[Any, Any], patience: float | None) -> None:
        """Stop the order at work and let what it still says fall; end its process where it does not stop in time."""
        self.say("stop")
        until = math.inf if patience is None else time.monotonic() + patience
        try:
            while True:
                while not connection.poll(None if until == math.inf else max(0.0, until - time.monotonic())):
                    if time.monotonic() >= until:
                        self._kill()
                        return
                if connection.recv()[0] in ("end", "failed"):
                    return
        except (EOFError, OSError):
            log.info("the engine's process ended while it was stopped")

    def _ready(self) -> Connection[Any, Any]:
        """The connection, to a process that is alive."""
        with self._sending:
            if self._closed:
                raise Cancelled("the program is closing")
            if self._connection is None:
                context = multiprocessing.get_context("spawn")
                self._connection, other = context.Pipe()
                self._process = context.Process(target=serve, args=(other,), name="attention-workbench engine", daemon=True)
                self._process.start()
                other.close()
            return self._connection

    def _retire(self) -> None:
        """Let the process end once its last word is said: the next order is for a new one."""
        with self._sending:
            connection, process, self._connection, self._process = self._connection, self._process, None, None
        if connection is not None:
            connection.close()
        if process is not None:
            process.join(5)

    def _kill(self) -> None:
        """End the process at once: the next order is for a new one."""
        with self._sending:
            connection, process, self._connection, self._process = self._connection, self._process, None, None
        if connection is not None:
            connection.close()
        if process is not None:
            process.kill()
            process.join()
            process.close()

    def _gone(self) -> WorkbenchError:
        if self._closed:
            return Cancelled("the program is closing")
        with self._sending:
            process, self._connection, self._process = self._process, None, None
        code = None
        if process is not None:
            process.join(5)
            code = process.exitcode
        log.error("%s (exit status %s)", GONE, code)
        return RunFailed(
            GONE + (f" (status {code})" if code is not None else ""), where="engine",
            mend="Most often memory ran out: lower batch_size or max_length. The run is kept up to its last checkpoint.",
        )  # fmt: skip
