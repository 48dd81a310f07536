"""The film of the run that is shown: the scrubber asks, the reader answers, and every picture shows that moment."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import QObject

from workbench.contracts.errors import WorkbenchError
from workbench.contracts.events import Evaluated, Event, Started
from workbench.contracts.film import Moment
from workbench.gui.models.film_pair_state import FilmPairState
from workbench.gui.models.film_state import FilmState, Rise
from workbench.gui.models.run_state import RunModel, RunState
from workbench.gui.shown_run import ShownRun
from workbench.gui.widgets.metric_words import LOWER_IS_BETTER, headline, scores_of
from workbench.gui.workers.film_export import FilmExport
from workbench.gui.workers.films import Films, Known
from workbench.gui.workers.jobs import Jobs


class FilmDesk(QObject):
    """Stands between the film on the disk and the run model, which tells the pages."""

    def __init__(
        self, run: RunModel, shown: ShownRun, jobs: Jobs, say: Callable[[str], None], parent: QObject | None = None
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._run, self._shown, self._say = run, shown, say
        self.state = FilmState(self)
        self.films = Films(jobs, self)
        self.export = FilmExport(self)
        self.export.done.connect(lambda path: say(self.tr("Saved: {0}").format(path)))
        self._scored: list[tuple[int, float]] = []
        self.state.wanted.connect(self._fetch)
        self.state.change_chosen.connect(lambda change: run.pointed.emit(change.kind, change.layer, change.head))
        self.films.known.connect(self._know)
        shown.changed.connect(self._begin)
        shown.asked.connect(self._return)
        run.begun.connect(self._go_on)
        run.state_changed.connect(self._follow)
        run.happened.connect(self._hear)

    def save(self, out: Path) -> None:
        """Write the film of the run that is shown, in a process of its own."""
        if self._shown.path is not None:
            self._say(self.tr("Saving the film…"))
            self.export.write(self._shown.path, out)

    def save_pair(self, films: FilmPairState, out: Path) -> None:
        """Write two films as they are laid beside each other, in a process of its own."""
        if films.sides is not None and films.pair is not None:
            one, other = films.sides
            self._say(self.tr("Saving both films…"))
            self.export.write(one.path, out, other.path, films.pair.by)

    def _begin(self, _: object) -> None:
        self.state.clear()
        self._scored.clear()
        self.films.set_run(self._shown.path, grows=self._run.live)

    def _go_on(self, goes_on: bool) -> None:
        self.state.live()
        if goes_on:
            self.films.set_run(self._shown.path, grows=True)

    def _follow(self, state: RunState) -> None:
        if state in (RunState.TRAINING, RunState.WATCHED, RunState.DONE, RunState.FAILED):
            self.films.set_grows(self._run.live or state is RunState.WATCHED)

    def _return(self) -> None:
        """A person asks for a text through the model as it is now, which only the process that trains it has."""
        self.state.live()
        if self._run.state is RunState.WATCHED:
            self._say(self.tr("Another process trains this run: what is seen of it now are the pinned texts of its film."))

    def _know(self, known: Known) -> None:
        self.state.set_film(known.film.steps, known.changes)
        self.state.set_texts(known.texts)
        if self._run.state is RunState.WATCHED:  # nobody here can look into the model, but its film grows on the disk
            self.films.newest(self._show_newest)

    def _show_newest(self, moment: Moment) -> None:
        if self._run.state is RunState.WATCHED:
            self._run.take([moment.look(self.state.text)])

    def _fetch(self, step: int | None) -> None:
        if step is None:
            self._run.return_to_now()
        else:
            self.films.moment(step, self._show, self._fail)

    def _show(self, moment: Moment) -> None:
        if self.state.step is not None:
            self.state.set_texts(moment.texts)
            self._run.show_moment(moment.look(self.state.text))
            self.state.arrived(self.state.step)

    def _fail(self, error: WorkbenchError) -> None:
        self._say(str(error))

    def _hear(self, event: Event) -> None:
        if isinstance(event, Started):
            self._scored = [scored for scored in self._scored if scored[0] <= event.step]
        elif isinstance(event, Evaluated) and event.split == "validation":
            scores, experiment = scores_of(event.metrics), self._shown.experiment
            metric = headline(experiment.data.task if experiment is not None else None, scores)
            if metric is not None:
                self._scored.append((event.step, scores[metric]))
                self.state.set_rise(_rise(metric, self._scored))


def _rise(metric: str, scored: list[tuple[int, float]]) -> Rise | None:
    """The largest step up between two neighbouring evaluations."""
    sign = -1 if metric in LOWER_IS_BETTER else 1
    best = max(pairwise(scored), key=lambda pair: sign * (pair[1][1] - pair[0][1]), default=None)
    if best is None or sign * (best[1][1] - best[0][1]) <= 0:
        return None
    (before, low), (after, high) = best
    return Rise(metric=metric, before=before, after=after, low=low, high=high)
