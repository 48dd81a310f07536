"""The bar on top: what is being trained, on what, how far it is, and the buttons that work right now."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QSizePolicy, QWidget

from workbench.contracts.specs import Experiment
from workbench.gui.icons import icon
from workbench.gui.models.run_state import Act, Advance, RunModel, RunState, clock
from workbench.gui.theme import theme_of
from workbench.gui.widgets.counts import heads_text, layers_text
from workbench.gui.widgets.elided import Elided
from workbench.gui.widgets.giving_way import GivingWay, show_what_fits, width_of
from workbench.gui.words import said

MAIN = {
    RunState.IDLE: Act.TRAIN, RunState.PREPARING: Act.TRAIN, RunState.TRAINING: Act.PAUSE, RunState.PAUSING: Act.RESUME,
    RunState.PAUSED: Act.RESUME, RunState.STOPPING: Act.PAUSE, RunState.WATCHED: Act.TRAIN, RunState.DONE: Act.TRAIN,
    RunState.FAILED: Act.TRAIN,
}  # fmt: skip
"""What the big button does in each state (where it can)."""


WIDE = 1300
"""Pixels of the bar from which there is room for the throughput, too."""
READABLE = 200
"""Milliseconds between two changes of the numbers: nobody reads faster."""
NAMED = 18
"""Letters of the experiment's name that have room before anything is shortened."""


class TopBar(GivingWay):
    """Shows a `RunModel`; the buttons are enabled by its table of possible acts, and never cut."""

    train_wanted = Signal()
    pause_wanted = Signal()
    resume_wanted = Signal()
    stop_wanted = Signal()
    continue_wanted = Signal()

    def __init__(self, run: RunModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._run = run
        self._ready = False
        self._why_not = ""
        self._continues = False
        self._preparing = ("", 0.0)
        self._experiment: Experiment | None = None
        self._device = ""
        self._memory = (0, 0, 0)
        self._measured = False
        self._widest = 0
        self.name = Elided(self, letters=NAMED)
        self.name.setObjectName("title")
        self.chips = [QLabel(self) for _ in range(3)]
        self.state = QLabel(self)
        self.facts = Elided(self)
        self.facts.setObjectName("facts")
        self.progress = QProgressBar(self)
        self.progress.setFixedSize(88, 14)
        self.progress.setTextVisible(False)
        self.progress.setRange(0, 1000)
        self.main = QPushButton(self)
        self.main.setObjectName("primary")
        self.main.clicked.connect(self._act)
        self.stop = QPushButton(self)
        self.stop.clicked.connect(self.stop_wanted)
        self.go_on = QPushButton(self)
        self.go_on.clicked.connect(self.continue_wanted)
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(12, 10, 12, 2)
        row.setSpacing(10)
        row.addWidget(self.name)
        for chip in self.chips:
            chip.setObjectName("chip")
            chip.hide()
            row.addWidget(chip)
        spacer = QWidget(self)
        spacer.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        row.addWidget(spacer, 1)
        for widget in (self.state, self.facts, self.progress, self.go_on, self.main, self.stop):
            row.addWidget(widget)
        run.state_changed.connect(self._show_state)
        self._soon = QTimer(self, singleShot=True, interval=READABLE)
        self._soon.timeout.connect(self._show_newest)
        run.advanced.connect(self._show_soon)
        run.prepared.connect(self._show_preparing)
        self.react()

    def show_experiment(self, experiment: Experiment | None, device: str = "") -> None:
        """Name and shape of what is trained or about to be."""
        self._experiment, self._device = experiment, device or self._device
        self._name_things()

    def set_device(self, device: str) -> None:
        """Where training happens."""
        self._device = device
        self._name_things()

    def set_memory(self, memory: tuple[int, int, int]) -> None:
        """Bytes in use by the window and by the engine, and bytes the machine has."""
        self._memory = memory
        self._name_device()

    def set_ready(self, ready: bool, why_not: str = "") -> None:
        """Whether training can start, and if not, why."""
        self._ready, self._why_not = ready, why_not
        self._show_state(self._run.state)

    def set_continues(self, continues: bool) -> None:
        """Whether the run that is shown ended early and can be gone on with."""
        self._continues = continues
        self._show_state(self._run.state)

    def retranslate(self) -> None:
        self.progress.setAccessibleName(self.tr("Progress of the run"))
        self.stop.setText(self.tr("Stop && keep"))
        self.stop.setToolTip(self.tr("End after this step; what was learned is kept (Shift+F5)"))
        self.go_on.setText(self.tr("Continue"))
        self.go_on.setToolTip(self.tr("Go on with this run where it stopped"))
        self._name_things()
        self._show_state(self._run.state)

    def recolour(self) -> None:
        self._show_state(self._run.state)

    def _name_things(self) -> None:
        experiment = self._experiment
        self.name.setText((experiment.name if experiment else "") or self.tr("Attention Workbench"))
        texts = ["", ""]
        if experiment is not None and experiment.model.model is None:
            model = experiment.model
            layouts = {
                "encoder": self.tr("encoder"), "decoder": self.tr("decoder"), "encoder-decoder": self.tr("encoder–decoder")
            }  # fmt: skip
            layers = layers_text(model.layers)
            if model.layout == "encoder-decoder":
                layers = self.tr("{0} + {0} layers").format(model.layers)
            shape = f"{layers} · {heads_text(model.heads)} · d {model.d_model}"
            texts[:2] = [layouts.get(model.layout or "", ""), shape]
        elif experiment is not None:
            texts[0] = self.tr("fine-tuning")
        for chip, text in zip(self.chips, texts, strict=False):
            chip.setText(text)
        self._name_device()

    def make_room(self) -> None:
        """How far a run is and the buttons come first; then how far it is as a bar, the shape, the device, the layout."""
        edges, spacing = self._row.contentsMargins(), self._row.spacing()
        self._widest = max(self._widest, width_of(self.facts))  # what would come and go with each digit stays away
        kept = [widget for widget in (self.state, self.go_on, self.main, self.stop) if not widget.isHidden()]
        room = self.width() - edges.left() - edges.right() - self.name.minimumSizeHint().width() - spacing
        room -= sum(width_of(widget) + spacing for widget in kept)
        room -= 0 if self.facts.isHidden() else self._widest + spacing
        layout, shape, device = self.chips
        parts: dict[QWidget, bool] = {self.progress: self._measured}
        parts |= {chip: bool(chip.text()) for chip in (shape, device, layout)}
        show_what_fits((part for part, wanted in parts.items() if wanted), room, spacing)
        for part, wanted in parts.items():
            if not wanted:
                part.hide()

    def _name_device(self) -> None:
        chip, (window, engine, machine) = self.chips[2], self._memory
        device = self._device.upper()
        text = device
        if device and machine:
            used = self.tr("{0} GiB used").format(f"{(window + engine) / 2**30:.1f}")
            text = f"{device} · {used}"
            tip = self.tr("Training happens on {0}. Memory in use: {1} MiB by the window, {2} MiB by the engine, of {3} GiB.")
            sizes = (f"{window / 2**20:,.0f}", f"{engine / 2**20:,.0f}", f"{machine / 2**30:.0f}")
            chip.setToolTip(tip.format(device, *sizes))
        if chip.text() != text:
            chip.setText(text)
        self.make_room()

    def _show_state(self, state: RunState) -> None:
        self._widest = 0
        act = MAIN[state]
        words = {Act.TRAIN: self.tr("Train"), Act.PAUSE: self.tr("Pause"), Act.RESUME: self.tr("Resume")}
        tips = {
            Act.TRAIN: self.tr("Start training (F5)"), Act.PAUSE: self.tr("Wait after this step (F5)"),
            Act.RESUME: self.tr("Go on (F5)"),
        }  # fmt: skip
        self.main.setText(words[act])
        possible = self._run.may(act) and (act is not Act.TRAIN or self._ready)
        self.main.setEnabled(possible)
        self.main.setToolTip(self._why_not if act is Act.TRAIN and not self._ready else tips[act])
        theme = theme_of(self)
        colour = theme.on_accent if possible else theme.muted
        self.main.setIcon(icon("pause" if act is Act.PAUSE else "play", colour, size=16))
        self.stop.setIcon(icon("stop", theme.text if self._run.may(Act.STOP) else theme.muted, size=16))
        self.stop.setEnabled(self._run.may(Act.STOP))
        self.go_on.setVisible(self._continues and not self._run.live)
        self.stop.setVisible(not self.go_on.isVisibleTo(self))
        early = state is RunState.DONE and not self._continues and self._run.advance.step < self._run.advance.total
        names = {
            RunState.IDLE: "", RunState.PREPARING: self.tr("Preparing"), RunState.TRAINING: "",
            RunState.PAUSING: self.tr("Pausing after this step"), RunState.PAUSED: self.tr("Paused"),
            RunState.STOPPING: self.tr("Stopping, keeping everything"),
            RunState.WATCHED: self.tr("Trained elsewhere, watched here"),
            RunState.DONE: self.tr("Stopped") if self._continues else self.tr("Done early") if early else self.tr("Done"),
            RunState.FAILED: self.tr("Failed"),
        }  # fmt: skip
        self.state.setText(names[state])
        self.state.setToolTip(
            self.tr("Training ended by itself before its last step: nothing better came, or its time was over. The best is kept.")
            if early else ""
        )  # fmt: skip
        self.state.setVisible(bool(names[state]))
        kind = {RunState.DONE: "attention" if self._continues else "good", RunState.FAILED: "bad"}.get(state, "attention")
        if self.state.objectName() != kind:
            self.state.setObjectName(kind)
            self.state.style().polish(self.state)
        self._show_advance(self._run.advance)

    def _show_preparing(self, what: str, share: float) -> None:
        self._preparing = (what, share)
        self._show_advance(self._run.advance)

    def _show_soon(self, _: Advance) -> None:
        if not self._soon.isActive():
            self._soon.start()

    def _show_newest(self) -> None:
        self._show_advance(self._run.advance)

    def _show_advance(self, advance: Advance) -> None:
        if self._run.state is RunState.PREPARING:
            what, share = self._preparing
            self.facts.setText(said(what))
            self.progress.setValue(round(1000 * share))
            self._measured = True
            self.facts.show()
            self.make_room()
            return
        shown = advance.total > 0 and self._run.state is not RunState.IDLE
        self._measured = shown
        self.facts.setVisible(shown)
        if not shown:
            self.make_room()
            return
        parts = [self.tr("step {0} of {1}").format(f"{advance.step:,}", f"{advance.total:,}")]
        if advance.left is not None and self._run.state in (RunState.TRAINING, RunState.WATCHED):
            words = self.tr("more than {0} left") if advance.at_least else self.tr("{0} left")
            parts.append(words.format(clock(advance.left)))
        if advance.seconds:
            parts.append(clock(advance.seconds))
        if advance.tokens_per_second and self.width() >= WIDE:
            parts.append(self.tr("{0} tokens/s").format(_short(advance.tokens_per_second)))
        self.facts.setText(" · ".join(parts))
        self.progress.setValue(round(1000 * advance.step / advance.total))
        self.make_room()

    def _act(self) -> None:
        wanted = {Act.TRAIN: self.train_wanted, Act.PAUSE: self.pause_wanted, Act.RESUME: self.resume_wanted}
        wanted[MAIN[self._run.state]].emit()


def _short(number: float) -> str:
    """A rate with two or three digits that mean something: ``48k``, ``950``."""
    return f"{number / 1000:.0f}k" if number >= 10_000 else f"{number / 1000:.1f}k" if number >= 1000 else f"{number:.0f}"
