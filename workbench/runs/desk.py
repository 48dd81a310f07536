"""The engine's process from inside: where orders lie, and who hears what is said meanwhile. See `workbench.runs.process`."""

from __future__ import annotations

import logging
import os
import queue
import signal
import threading
import traceback
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from inspect import signature
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from workbench.contracts.edits import Edit
from workbench.contracts.errors import RunFailed, WorkbenchError
from workbench.contracts.specs import DataSpec, Experiment
from workbench.engine.control import Control
from workbench.engine.importing import let_lie, load

log = logging.getLogger(__name__)

ENGINE = ("workbench.runs.execute", "workbench.runs.inspector")
"""What trains, and what looks: nearly everything that an order needs."""

Item = Any
"""Whatever an order is answered with: frozen contracts."""


@dataclass(frozen=True, kw_only=True)
class Loaded:
    """What is known once the engine is there."""

    device: str
    """Where training happens by itself: cpu, cuda, mps."""
    devices: tuple[str, ...]


def serve(connection: Connection[Any, Any]) -> None:
    """Work on orders until the connection ends: the main function of the engine's process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C in a terminal is for the program that gives the orders
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    desk = _Desk(connection)
    threading.Thread(target=desk.listen, name="orders", daemon=True).start()
    desk.work()
    let_lie()


class _Desk:
    """Where orders lie and what is said is heard."""

    def __init__(self, connection: Connection[Any, Any]) -> None:
        self._connection = connection
        self._sending = threading.Lock()
        self._orders: queue.SimpleQueue[tuple[str, tuple[Any, ...]] | None] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self.control = Control()
        self.watch: Any = None  # Any: workbench.runs.watch.Watch, imported with torch when the first order comes
        self._text, self._other, self._open, self._share = "", "", True, 0.0
        self._prepared: tuple[Any, Any] | None = None
        self._seen: tuple[Path, Any] | None = None
        self._source = ""
        self._inspector: Any = None  # Any: workbench.runs.inspector.Inspector, likewise
        self._comparing: Any = None  # Any: workbench.runs.comparing.Comparing, likewise
        self._series: dict[str, tuple[tuple[Any, ...], Iterator[Any]]] = {}
        self._predictor: Any = None  # Any: workbench.runs.predict.Predictor, likewise
        self._repeated: Any = None  # Any: workbench.runs.repeating.Repeated, likewise

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
                    self.control = Control()
                    self.watch = None
                self._orders.put((first, second))
            else:
                self._hear(first, second)

    def _hear(self, what: str, values: tuple[Any, ...]) -> None:
        with self._lock:
            control, watch = self.control, self.watch
            if what == "look_at":
                self._text = values[0]
            elif what == "compare_with":
                self._other = values[0]
            elif what == "set_open":
                self._open = values[0]
            elif what == "set_share":
                self._share = values[0]
        if what in ("pause", "stop", "save", "edit"):
            getattr(control, what)(*values)
        elif what == "go_on":
            control.resume()
        elif watch is not None and what in ("look_at", "compare_with", "set_open"):
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
            watch.compare_with(self._other)
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
        load(*ENGINE)
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
        load(*ENGINE)
        from workbench.runs.execute import start

        prepared = self._examples(experiment.data)
        yield from start(
            experiment, out, control=self.control, progress=self._tell, watch=self._watch(), prepared=prepared
        )  # fmt: skip

    def do_resume(self, run: Path) -> Iterator[Item]:
        """A run that ended early."""
        load(*ENGINE)
        from workbench.runs.execute import resume

        yield from resume(run, control=self.control, progress=self._tell, watch=self._watch())

    def do_branch(self, mother: Path, out: Path, step: int | None, edits: Sequence[Edit]) -> Iterator[Item]:
        """A run that shares the past of another one: its folder, to be resumed."""
        from workbench.runs.branching import branch

        yield branch(mother, out, step, edits).path

    def do_estimate(self, experiment: Experiment) -> Iterator[Item]:
        """What a run would take."""
        from workbench.engine.pretrained import model_folder
        from workbench.runs.estimate import estimate

        if experiment.model.model is not None and experiment.data.tokenizer is None:  # it brings its own, as in a run
            experiment = experiment.replace(data={"tokenizer": str(model_folder(experiment.model.model))})
        prepared = self._examples(experiment.data)
        yield estimate(experiment, prepared, cancelled=lambda: self.control.stopping, progress=self._tell)

    def do_deliver(self, run: Path, out: Path, form: str) -> Iterator[Item]:
        """The model of a run as a folder or a file for others."""
        from workbench.runs.delivery import deliver

        yield deliver(run, out, form, told=self._tell, cancelled=lambda: self.control.stopping)

    def do_recommend(self, given: dict[str, dict[str, Any]]) -> Iterator[Item]:
        """What is recommended for a table and a pretrained model."""
        from workbench.runs.resolve import recommended_for

        yield recommended_for(given, cancelled=lambda: self.control.stopping)

    def do_report(self, run: Path, out: Path) -> Iterator[Item]:
        """A run as one page."""
        from workbench.runs.exports.report import write_report

        write_report(run, out, cancelled=lambda: self.control.stopping)
        yield out

    def do_judge(self, run: Path, split: str, against: Path | None) -> Iterator[Item]:
        """What the kept answers of a run are worth: see `workbench.runs.evaluating.judge_run`."""
        from workbench.runs.evaluating import judge_run

        yield judge_run(run, split, against)

    def do_count(self, data: DataSpec) -> Iterator[Item]:
        """What counting words scores on a table: see `workbench.runs.baseline.baseline_scores`."""
        from workbench.runs.baseline import baseline_scores

        yield baseline_scores(self._examples(data))

    def do_group(self, run: Path, *asked: Any) -> Iterator[Item]:
        """The scores by a column: see `workbench.runs.answer_columns.groups_by_column`."""
        from workbench.runs.answer_columns import groups_by_column

        yield groups_by_column(run, *asked, cancelled=lambda: self.control.stopping)

    def do_look(self, run: Path, text: str, step: int, other: str = "") -> Iterator[Item]:
        """A text through the saved model of a run, and a second one to compare."""
        from workbench.runs.opened import open_trained
        from workbench.runs.watch import Observer

        if self._seen is None or self._seen[0] != run:
            opened = open_trained(run)
            self._seen = (run, Observer(opened.model, opened.task, opened.recipe))
        yield self._seen[1].look_at_both(text, other, step)

    def do_open(self, source: str) -> Iterator[Item]:
        """Open a model to look into; the one before is let go."""
        from workbench.engine.devices import give_memory_back
        from workbench.runs.inspector import Inspector

        if self._comparing is not None:
            self._comparing.close()
        if self._inspector is not None:
            self._inspector.close()
        self._inspector = self._comparing = None
        self._series.clear()
        self._tell("opening the model", 0.0)
        give_memory_back()
        self._source = source
        self._inspector = Inspector.open(source, progress=self._tell_fetched, cancelled=lambda: self.control.stopping)
        yield self._inspector.facts

    def do_inspect(self, path: str, what: str, *values: Any) -> Iterator[Item]:
        """Something of a model: `what` is a method of `workbench.runs.inspector.Inspector`."""
        yield getattr(self._looked_into(path), what)(*values)

    def do_study(self, path: str, what: str, *values: Any) -> Iterator[Item]:
        """Something worked out about a text: `what` is a function of `workbench.runs.studies`."""
        from workbench.runs import studies

        inspector, study = self._looked_into(path), getattr(studies, what)
        stops = {"cancelled": lambda: self.control.stopping} if "cancelled" in signature(study).parameters else {}
        yield study(inspector, *values, **stops)

    def do_compare(self, path: str, *values: Any) -> Iterator[Item]:
        """A head of a model beside one of another side: see `workbench.runs.comparing.Comparing.compare`."""
        yield self._compared(path, values)

    def do_save_compared(self, path: str, values: tuple[Any, ...], out: str) -> Iterator[Item]:
        """The same as a file: see `workbench.runs.exports.write_compared`."""
        from workbench.runs.exports import write_compared

        yield write_compared(self._compared(path, values), Path(out))

    def do_write_study(self, study: Any, provenance: dict[str, Any], out: str) -> Iterator[Item]:  # Any: a study's contract
        """What was worked out about a text as a file: see `workbench.runs.exports.write_study`."""
        import workbench
        from workbench.runs.exports import write_study

        yield write_study(study, {"attention-workbench": workbench.__version__, **provenance}, Path(out))

    def _compared(self, path: str, values: tuple[Any, ...]) -> Any:  # Any: workbench.contracts.comparing.Compared
        from workbench.runs.comparing import Comparing

        inspector = self._looked_into(path)
        if self._comparing is None:
            self._comparing = Comparing(inspector)
        self._tell("comparing the heads", 0.0)
        return self._comparing.compare(*values, progress=self._tell_fetched, cancelled=lambda: self.control.stopping)

    def do_moments(self, path: str) -> Iterator[Item]:
        """The steps of a run that can be compared."""
        from workbench.runs.comparing import moments

        yield moments(path)

    def do_next(self, path: str, what: str, values: tuple[Any, ...], fresh: bool) -> Iterator[Item]:
        """The next answer of what takes long, a `survey` or a `flow`; None when there are no more. Others may come between."""
        from workbench.runs import studies, surveys

        known: dict[str, Callable[..., Iterator[Any]]] = {"survey": surveys.survey, "flow": studies.flow}
        inspector = self._looked_into(path)
        if fresh or what not in self._series or self._series[what][0] != values:
            self._series[what] = values, known[what](inspector, *values, cancelled=lambda: self.control.stopping)
        yield next(self._series[what][1], None)

    def do_predict(self, path: str, what: str, *values: Any) -> Iterator[Item]:
        """Something a trained model says: `what` is a method of `workbench.runs.predict.predictor.Predictor`."""
        from workbench.runs.predict.predictor import Predictor

        if self._predictor is None:
            self._predictor = Predictor()
        yield getattr(self._predictor, what)(
            path, *values, cancelled=lambda: self.control.stopping, progress=self._tell
        )  # fmt: skip

    def do_step(self, run: Path, step: int) -> Iterator[Item]:
        """A step of a run, made once more and kept for questions about its rows."""
        yield self._made_again(run, step).details

    def do_step_attention(self, run: Path, step: int, place: int) -> Iterator[Item]:
        """The attention on a row of a step, before and after it."""
        yield self._made_again(run, step).attention(place)

    def do_forget_step(self) -> Iterator[Item]:
        """Nobody looks at the step any more: three copies of its weights go."""
        self._repeated = None
        yield None

    def _made_again(self, run: Path, step: int) -> Any:  # Any: see __init__
        from workbench.runs.folder import RunFolder
        from workbench.runs.repeating import repeat

        kept = self._repeated
        if kept is None or (kept.run, kept.details.step) != (run, step):
            self._repeated = None
            prepared = self._examples(RunFolder.open(run).experiment().data)
            self._repeated = repeat(
                run, step, prepared=prepared, told=self._tell, cancelled=lambda: self.control.stopping
            )  # fmt: skip
        return self._repeated

    def _tell_fetched(self, done: int, total: int) -> None:
        self._tell("fetching the model", done / max(1, total))
        if done == total:
            self._tell("opening the model", 0.0)

    def _looked_into(self, path: str) -> Any:  # Any: see __init__
        """The model at a path, opened again where it is not the one that is open, by this or by its full name."""
        if self._inspector is None or path not in (self._source, self._inspector.facts.path):
            for _ in self.do_open(path):
                pass
        return self._inspector
