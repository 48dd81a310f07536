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
import multiprocessing
import os
import queue
import signal
import threading
import traceback
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from workbench.contracts.errors import Cancelled, RunFailed, WorkbenchError
from workbench.contracts.events import Event
from workbench.contracts.specs import Experiment

log = logging.getLogger(__name__)

Item = Any
"""Whatever an order is answered with: frozen contracts."""
GONE = "the engine's process was ended from outside"


@dataclass(frozen=True, kw_only=True)
class Loaded:
    """What is known once the engine is there."""

    device: str
    """Where training happens by itself: cpu, cuda, mps."""
    devices: tuple[str, ...]


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
        cancelled: Callable[[], bool] = lambda: False,
    ) -> Any:  # fmt: skip
        """One answer to an order such as ``estimate`` or ``look``.

        Raises:
            Cancelled: `cancelled` said so.
            WorkbenchError: what the order raised.
        """
        (answer,) = self._converse(kind, *payload, told=told, cancelled=cancelled)
        return answer

    def say(self, what: str, *values: Any) -> None:
        """To the order at work: ``pause``, ``go_on``, ``stop``, ``look_at`` a text, ``set_open`` or not."""
        with self._sending:
            if self._connection is not None:
                try:
                    self._connection.send(("say", what, values))
                except OSError:
                    log.info("nobody hears %r: the engine's process is gone", what)

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
        self, kind: str, *payload: Any, told: Callable[[str, float], None], cancelled: Callable[[], bool] | None = None
    ) -> Generator[Item, None, None]:
        with self._turn:
            if cancelled is not None and cancelled():
                raise Cancelled("stopped before it began")
            connection = self._ready()
            try:
                with self._sending:
                    connection.send(("do", kind, payload))
                stopping = False
                while True:
                    while cancelled is not None and not connection.poll(0.03):
                        if cancelled() and not stopping:
                            stopping = True
                            self.say("stop")
                    word, value = connection.recv()
                    if word == "end":
                        return
                    if word == "failed":
                        raise value
                    if word == "told":
                        told(*value)
                    else:
                        yield value
            except (EOFError, OSError) as error:
                raise self._gone() from error

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


# -- the other side -----------------------------------------------------------------------------------------------------


def serve(connection: Connection[Any, Any]) -> None:
    """Work on orders until the connection ends: the main function of the engine's process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C in a terminal is for the program that gives the orders
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    desk = _Desk(connection)
    threading.Thread(target=desk.listen, name="orders", daemon=True).start()
    desk.work()


class _Desk:
    """Where orders lie and what is said is heard."""

    def __init__(self, connection: Connection[Any, Any]) -> None:
        from workbench.engine.control import Control

        self._connection = connection
        self._sending = threading.Lock()
        self._orders: queue.SimpleQueue[tuple[str, tuple[Any, ...]] | None] = queue.SimpleQueue()
        self._new_control = Control
        self._lock = threading.Lock()
        self.control = Control()
        self.watch: Any = None  # Any: workbench.runs.watch.Watch, imported with torch when the first order comes
        self._text, self._open, self._share = "", True, 0.0
        self._prepared: tuple[Any, Any] | None = None
        self._seen: tuple[Path, Any] | None = None

    # -- heard in a thread of its own -----------------------------------------------------------------------------

    def listen(self) -> None:
        """Take what comes until nobody is there any more."""
        while True:
            try:
                word, first, second = self._connection.recv()
            except (EOFError, OSError):
                self.control.stop()
                self._orders.put(None)
                return
            if word == "do":
                with self._lock:
                    self.control = self._new_control()
                    self.watch = None
                    self._text = ""
                self._orders.put((first, second))
            else:
                self._hear(first, second)

    def _hear(self, what: str, values: tuple[Any, ...]) -> None:
        with self._lock:
            control, watch = self.control, self.watch
            if what == "look_at":
                self._text = values[0]
            elif what == "set_open":
                self._open = values[0]
            elif what == "set_share":
                self._share = values[0]
        if what in ("pause", "stop"):
            getattr(control, what)()
        elif what == "go_on":
            control.resume()
        elif watch is not None and what in ("look_at", "set_open"):
            getattr(watch, what)(*values)

    # -- done in the main thread ----------------------------------------------------------------------------------

    def work(self) -> None:
        """Order after order."""
        while (order := self._orders.get()) is not None:
            kind, payload = order
            try:
                for item in getattr(self, f"do_{kind}")(*payload):
                    self._send("item", item)
                self._send("end", None)
            except WorkbenchError as error:
                self._send("failed", error)
            except Exception as error:  # the border of a process
                log.error("%s", traceback.format_exc())
                mend = "This is a defect of the program: please report it with the details of the log."
                self._send("failed", RunFailed(f"{type(error).__name__}: {error}", mend=mend))

    def _send(self, word: str, value: Any) -> None:
        with self._sending:
            try:
                self._connection.send((word, value))
            except OSError:  # nobody is there any more: what is at work is stopped by `listen`
                self.control.stop()

    def _tell(self, what: str, share: float) -> None:
        self._send("told", (what, share))

    def _watch(self) -> Any:  # Any: see __init__
        from workbench.runs.watch import SHARE, Watch

        with self._lock:
            watch = Watch(self._text, share=self._share or SHARE)
            watch.set_open(self._open)
            self.watch = watch
        return watch

    def _examples(self, data: Any) -> Any:
        """What the data are made into, kept for the next order on the same data."""
        from workbench.data.prepare import prepare

        if self._prepared is None or data not in self._prepared[0]:
            self._prepared = None
            made = prepare(data, progress=self._tell, cancelled=lambda: self.control.stopping)
            self._prepared = ((data, made.data), made)
        return self._prepared[1]

    def do_load(self) -> Iterator[Item]:
        """Import what takes long, and warm up: the first backward pass of a process takes a tenth of a second."""
        self._tell("loading the engine", 0.0)
        import torch
        from transformers.utils import logging as said

        from workbench.engine.devices import choose_device, choose_threads, devices

        said.set_verbosity_error()
        said.disable_progress_bar()
        torch.set_num_threads(choose_threads())
        layer = torch.nn.TransformerEncoderLayer(32, 2, 64, batch_first=True)
        layer(torch.zeros(2, 4, 32)).sum().backward()
        yield Loaded(device=choose_device().type, devices=devices())

    def do_start(self, experiment: Experiment, out: Path) -> Iterator[Item]:
        """A new run."""
        from workbench.runs.execute import start

        prepared = self._examples(experiment.data)
        yield from start(
            experiment, out, control=self.control, progress=self._tell, watch=self._watch(), prepared=prepared
        )  # fmt: skip

    def do_resume(self, run: Path) -> Iterator[Item]:
        """A run that ended early."""
        from workbench.runs.execute import resume

        yield from resume(run, control=self.control, progress=self._tell, watch=self._watch())

    def do_estimate(self, experiment: Experiment) -> Iterator[Item]:
        """What a run would take."""
        from workbench.engine.pretrained import model_folder
        from workbench.runs.estimate import estimate

        if experiment.model.model is not None and experiment.data.tokenizer is None:  # it brings its own, as in a run
            experiment = experiment.replace(data={"tokenizer": str(model_folder(experiment.model.model))})
        prepared = self._examples(experiment.data)
        yield estimate(experiment, prepared, cancelled=lambda: self.control.stopping, progress=self._tell)

    def do_look(self, run: Path, text: str, step: int) -> Iterator[Item]:
        """A text through the saved model of a run."""
        from workbench.runs.opened import open_trained
        from workbench.runs.watch import Observer

        if self._seen is None or self._seen[0] != run:
            opened = open_trained(run)
            self._seen = (run, Observer(opened.model, opened.task, opened.recipe))
        yield self._seen[1].look(text, step)
