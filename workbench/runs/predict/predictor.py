"""One trained model kept open for many questions: for a process that answers a window."""

from __future__ import annotations

from collections.abc import Callable, Generator
from pathlib import Path

from workbench.contracts.predictions import Advance, PredictorFacts, TableDone, TableOrder, TablePreview, TextAnswer
from workbench.contracts.specs import PAIRED
from workbench.runs.opened import Opened, model_folder, open_trained
from workbench.runs.predict.tables import predict_rows, preview
from workbench.runs.predict.texts import predict_text

Stop = Callable[[], bool]
Progress = Callable[[str, float], None]


class Predictor:
    """Answers about one model at a time; another path opens another model, and so do new weights at the same path."""

    def __init__(self) -> None:
        self._opened: Opened | None = None
        self._state: object = None
        self._table: tuple[TableOrder, Generator[Advance | TableDone, None, None]] | None = None
        self._stop: Stop = lambda: False
        self._progress: Progress = lambda what, share: None

    def open(self, path: str, *, cancelled: Stop, progress: Progress) -> PredictorFacts:
        """What is known of a model.

        Raises:
            WorkbenchError: there is none that answers.
        """
        progress("opening the model", 0.0)
        opened = self._model(path)
        return PredictorFacts(
            path=path, task=opened.task.name, labels=opened.recipe.labels, text_column=opened.recipe.data.text or "",
            pair_column=(opened.recipe.data.pair or "") if opened.task.name in PAIRED else "",
            parameters=opened.model.num_parameters(),
        )  # fmt: skip

    def text(self, path: str, text: str, pair: str, effects: str, *, cancelled: Stop, progress: Progress) -> TextAnswer:
        """What a model says to a text: see `predict_text`."""
        return predict_text(self._model(path), text, pair, effects=effects, cancelled=cancelled)

    def preview(
        self, path: str, table: str, column: str, pair: str, *, cancelled: Stop, progress: Progress
    ) -> TablePreview:  # fmt: skip
        """The first rows of a table with their predictions."""
        progress("reading the table", 0.0)
        return preview(self._model(path), table, column, pair, cancelled=cancelled)

    def table(
        self, path: str, order: TableOrder, fresh: bool, *, cancelled: Stop, progress: Progress
    ) -> Advance | TableDone:  # fmt: skip
        """The next step of `predict_rows`, so that other questions can come between; `fresh` begins (or goes on) anew.

        Raises:
            WorkbenchError: what `predict_rows` raises.
        """
        self._stop, self._progress = cancelled, progress
        if fresh or self._table is None or self._table[0] != order:
            self._leave()
            steps = predict_rows(
                self._model(path), order, cancelled=lambda: self._stop(), progress=lambda what, share: self._progress(what, share)
            )  # fmt: skip
            self._table = order, steps
        try:
            step = next(self._table[1])
        except BaseException:
            self._table = None
            raise
        if isinstance(step, TableDone):
            self._leave()
        return step

    def _leave(self) -> None:
        if self._table is not None:
            self._table[1].close()
            self._table = None

    def _model(self, path: str) -> Opened:
        state = (path, _state(Path(path)))
        if self._opened is None or self._state != state:
            self._opened = None
            self._opened, self._state = open_trained(Path(path)), state
        return self._opened


def _state(path: Path) -> tuple[tuple[str, int, int], ...]:
    """Size and time of a model's files: others mean another model."""
    try:
        files = [(each.name, each.stat()) for each in sorted(model_folder(path).iterdir())]
    except OSError:
        return ()
    return tuple((name, found.st_size, found.st_mtime_ns) for name, found in files)
