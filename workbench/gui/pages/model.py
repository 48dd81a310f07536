"""The Model page: the shape of the model and how it is trained, drawn and costed while it is set."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QButtonGroup, QFormLayout, QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from workbench.contracts.errors import Problem
from workbench.contracts.estimates import Estimate, Parameters
from workbench.contracts.recommendations import start_advice
from workbench.contracts.specs import AUGMENTATIONS
from workbench.gui.models.draft import Draft
from workbench.gui.models.estimate_state import EstimateState, Phase, counted, shape_of
from workbench.gui.theme import GAP
from workbench.gui.widgets.panel import Panel
from workbench.gui.widgets.reactive import Reactive
from workbench.gui.widgets.repeated_edits import RepeatedEdits
from workbench.gui.widgets.spec_form import SpecForm
from workbench.gui.widgets.stack_drawing import StackDrawing
from workbench.gui.widgets.start_choice import StartChoice
from workbench.gui.widgets.variants_panel import VariantsPanel
from workbench.gui.words import said_error

PRESETS = ("tiny", "small", "base")


class ModelPage(Reactive):
    """Edits a `Draft`; what its model costs is read from an `EstimateState`.

    Args:
        draft: What is set up.
        state: What it costs; the page says there whether it is looked at.
        parent: Owner.
    """

    train_wanted = Signal()
    folder_wanted = Signal()
    """A model folder should be chosen; answer with ``draft.start_from(path)``."""
    save_wanted = Signal()
    open_wanted = Signal()
    data_wanted = Signal()
    """There is no table yet: show where one is chosen."""

    def __init__(self, draft: Draft, state: EstimateState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._draft, self._state = draft, state
        self._ready, self._reason = False, ""
        self._problems: tuple[Problem, ...] = ()
        self._sizes = state.sizes
        self._count: Parameters | None = None
        self.settings = Panel(self)
        self.form = SpecForm(draft, state, self.settings)
        self._build_settings()
        self.picture = Panel(self)
        self.drawing = StackDrawing(self.picture)
        self.drawing.setting_wanted.connect(self.form.focus_setting)
        self.picture.body.addWidget(self.drawing, 1)
        self.cost = Panel(self)
        self._build_cost()
        self.variants = VariantsPanel(self)
        right = QVBoxLayout()
        right.setSpacing(GAP)
        right.addWidget(self.picture, 1)
        right.addWidget(self.variants)
        right.addWidget(self.cost)
        right.addLayout(self._build_bottom())
        whole = QHBoxLayout(self)
        whole.setContentsMargins(GAP, GAP, GAP, GAP)
        whole.setSpacing(GAP)
        whole.addWidget(self.settings, 6)
        whole.addLayout(right, 7)
        draft.changed.connect(self.refresh)
        state.changed.connect(self._learn)
        self.react()

    def set_ready(self, ready: bool, reason: str = "") -> None:
        """Whether the data are ready to be trained on, and if not, why, in the window's language."""
        self._ready, self._reason = ready, reason
        self._show_readiness()

    @Slot()
    def refresh(self) -> None:
        """Show the draft and its cost as they are."""
        self._problems, self._sizes = self._draft.problems(), self._state.sizes
        self._count = counted(self._draft, self._sizes)
        for name, button in self._presets.items():
            button.setChecked(name == self._draft.preset)
        self.repeated.show_problems(self._problems)
        self._show_start()
        self._show_drawing()
        self._show_cost()
        self._show_readiness()

    def retranslate(self) -> None:
        self.settings.entitle(self.tr("Settings"))
        self.picture.entitle(self.tr("Model"))
        self.cost.entitle(self.tr("Cost"))
        names = {"tiny": self.tr("Tiny (teaching)"), "small": self.tr("Small"), "base": self.tr("Base")}
        tips = {
            "tiny": self.tr("Small enough to follow every number; trained in seconds."),
            "small": self.tr("For real tables: minutes on a processor."),
            "base": self.tr("For a graphics card, or patience."),
        }
        for name, button in self._presets.items():
            button.setText(names[name])
            button.setToolTip(tips[name])
        self._preset_label.setText(self.tr("Preset"))
        self._start_label.setText(self.tr("Start from"))
        self.save.setText(self.tr("Save experiment…"))
        self.open.setText(self.tr("Open experiment…"))
        self.train.setText(self.tr("Train"))
        for row, text in zip(
            self._rows,
            (self.tr("Parameters"), self.tr("Memory"), self.tr("Disk"), self.tr("One epoch"), self.tr("In all")),
            strict=True,
        ):
            row.setText(text)
        self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._state.set_wanted(True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._state.set_wanted(False)

    # -- building -----------------------------------------------------------------------------------------------------

    def _build_settings(self) -> None:
        self._preset_label, self._start_label = QLabel(self), QLabel(self)
        group = QButtonGroup(self)
        self._presets: dict[str, QPushButton] = {}
        row = QHBoxLayout()
        row.setSpacing(6)
        for name in PRESETS:
            button = QPushButton(self)
            button.setCheckable(True)
            group.addButton(button)
            button.clicked.connect(self._choose_preset)
            self._presets[name] = button
            row.addWidget(button)
        row.addStretch(1)
        self.start = StartChoice(self)
        self.start.scratch_wanted.connect(self._from_scratch)
        self.start.folder_wanted.connect(self.folder_wanted)
        top = QFormLayout()
        top.setHorizontalSpacing(12)
        top.setVerticalSpacing(6)
        top.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        top.addRow(self._preset_label, row)
        top.addRow(self._start_label, self.start)
        self.repeated = RepeatedEdits(self._draft, self)
        self.settings.body.addLayout(top)
        self.settings.body.addWidget(self.repeated)
        self.settings.body.addWidget(self.form, 1)

    def _build_cost(self) -> None:
        rows = QFormLayout()
        rows.setHorizontalSpacing(16)
        rows.setVerticalSpacing(3)
        self._rows: list[QLabel] = []
        self._values: list[QLabel] = []
        for _ in range(5):
            label, value = QLabel(self), QLabel(self)
            label.setObjectName("muted")
            label.setMinimumWidth(84)
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            rows.addRow(label, value)
            self._rows.append(label)
            self._values.append(value)
        self.parameters, self.memory, self.disk, self.epoch, self.whole = self._values
        self.says = QLabel(self)
        self.says.setObjectName("muted")
        self.says.setWordWrap(True)
        self.says.setFixedHeight(34)
        self.says.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.measuring = QProgressBar(self)
        self.measuring.setFixedHeight(8)
        self.measuring.setRange(0, 100)
        self.measuring.setTextVisible(False)
        self.measuring.setFixedHeight(6)
        policy = self.measuring.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.measuring.setSizePolicy(policy)
        self.cost.body.addLayout(rows)
        self.cost.body.addWidget(self.says)
        self.cost.body.addWidget(self.measuring)

    def _build_bottom(self) -> QHBoxLayout:
        self.save, self.open, self.train = QPushButton(self), QPushButton(self), QPushButton(self)
        self.train.setObjectName("primary")
        self.readiness = QPushButton(self)
        self.readiness.setObjectName("link")
        self.readiness.clicked.connect(self._mend)
        self.save.clicked.connect(self.save_wanted)
        self.open.clicked.connect(self.open_wanted)
        self.train.clicked.connect(self.train_wanted)
        bottom = QHBoxLayout()
        bottom.setSpacing(8)
        bottom.addWidget(self.open)
        bottom.addWidget(self.save)
        bottom.addStretch(1)
        bottom.addWidget(self.readiness)
        bottom.addWidget(self.train)
        return bottom

    # -- showing ------------------------------------------------------------------------------------------------------

    def _show_start(self) -> None:
        path = self._draft.value("model", "model")
        advice = start_advice(self._draft.task, self._state.rows)
        self.start.show_start(path, from_hub=path is not None and not Path(path).is_absolute(), advice=advice)

    def _show_drawing(self) -> None:
        draft = self._draft
        if draft.value("model", "model") is not None:
            self.drawing.show_why_not(self.tr("The model is pretrained and brings its own shape; Inspect shows it."))
            return
        spec = shape_of(draft, self._problems)
        if spec is None:
            self.drawing.show_why_not(self.tr("This shape cannot be built: mend the marked settings."))
            return
        self.drawing.show_model(spec, draft.task or "text-classification", self._count if self._sizes else None)

    def _show_cost(self) -> None:
        state, phase = self._state, self._state.phase
        found = state.estimate if phase is Phase.KNOWN else None
        self.variants.show_variants(state.estimate.variants if state.estimate is not None and self._augments() else ())
        count = found.parameters if found else self._count
        number = f"{count.total:,}" if count is not None else ""
        if number and not self._sizes and not found:
            number = self.tr("at least {0}: the vocabulary is not known yet").format(number)
        elif number and not found and not self._state.sure:
            number = self.tr("about {0}").format(number)
        self.parameters.setText(number or "–")
        self.parameters.setToolTip(
            "" if count is None else self.tr("embeddings {0} · attention {1} · feed-forward {2} · norms {3} · output {4}").format(
                *(f"{n:,}" for n in (count.embeddings, count.attention, count.feed_forward, count.norms, count.output))
            )
        )  # fmt: skip
        for label in (self.memory, self.disk, self.epoch, self.whole):
            label.setText("–" if found is None else "")
        if found is not None:
            self._show_found(found)
        self.measuring.setVisible(phase in (Phase.WAITING, Phase.MEASURING) and state.wanted)
        self.measuring.setValue(round(100 * state.progress))
        self._say_phase(phase, found)

    def _augments(self) -> bool:
        return any(self._draft.value("train", name) for name in AUGMENTATIONS)

    def _show_found(self, found: Estimate) -> None:
        self.memory.setText(
            self.tr("{0} for the weights, {1} to {2} while training").format(
                *map(self._size, (found.weight_bytes, found.training_bytes, found.training_bytes_most))
            )
        )
        self.disk.setText(
            self.tr("{0} when it is over, {1} at most, with its film").format(
                self._size(found.disk_bytes), self._size(found.disk_most)
            )
        )
        self.epoch.setText(self.tr("{0} for {1} steps").format(self._time(found.seconds_per_epoch), f"{found.steps_per_epoch:,}"))
        self.whole.setText(
            self.tr("about {0} ({1} to {2}) for {3} steps at most").format(
                *(self._time(seconds) for seconds in found.whole), f"{found.steps:,}"
            )
        )  # fmt: skip

    def _say_phase(self, phase: Phase, found: Estimate | None) -> None:
        state = self._state
        text = {
            Phase.NO_DATA: self.tr("Choose a table on the Data page, and the time is measured here."),
            Phase.WRONG: self.tr("Mend the marked settings, and the time is measured."),
            Phase.WAITING: self.tr("Soon thirty real steps are measured."),
            Phase.MEASURING: self.tr("Measuring thirty real steps, or as many as take six seconds…"),
            Phase.PAUSED: self.tr("Nothing is measured while a training runs."),
        }.get(phase, "")
        name = "muted"
        if phase is Phase.FAILED and state.error is not None:
            what, _, mend = said_error(state.error)
            text, name = " ".join((what, mend)), "bad"
        elif found is not None:
            device = found.device.upper() if found.device in ("cpu", "mps") else found.device.replace("cuda", "CUDA")
            text = self.tr("Measured on {0} real steps of {1} examples on {2}. In all: {3} of scoring, {4} of saving.").format(
                found.rehearsed_steps, found.rehearsed_examples, device, self._time(found.seconds_scoring),
                self._time(found.seconds_saving),
            )  # fmt: skip
            if found.disk_short:
                words = self.tr("Only {0} of the disk are free where runs are kept: make room, or take a smaller model.")
                text, name = words.format(self._size(found.free_disk_bytes)), "attention"
            if found.memory_short:
                text, name = self.tr("Only {0} of memory are free: halve the batch size, or take a smaller model.").format(
                    self._size(found.free_bytes)
                ), "attention"  # fmt: skip
        self.says.setText(text)
        self.says.setToolTip(text)
        if self.says.objectName() != name:
            self.says.setObjectName(name)
            self.says.style().unpolish(self.says)
            self.says.style().polish(self.says)

    def _show_readiness(self) -> None:
        problems = self._problems
        reason = self.tr("{0} settings need mending").format(len(problems)) if len(problems) > 1 else ""
        reason = self.tr("One setting needs mending") if len(problems) == 1 else reason
        reason = reason or ("" if self._ready else self._reason or self.tr("Choose a table first"))
        self.train.setEnabled(not reason)
        self.readiness.setText(reason)
        self.readiness.setVisible(bool(reason))

    def _size(self, size: int) -> str:
        for unit, name in ((2**30, self.tr("{0} GiB")), (2**20, self.tr("{0} MiB"))):
            if size >= unit:
                return name.format(f"{size / unit:.1f}")
        return self.tr("{0} KiB").format(f"{size / 2**10:.0f}")

    def _time(self, seconds: float) -> str:
        if seconds < 90:
            return self.tr("{0} s").format(f"{seconds:.2g}" if seconds < 10 else f"{seconds:.0f}")
        if seconds < 90 * 60:
            return self.tr("{0} min").format(f"{seconds / 60:.0f}")
        return self.tr("{0} h").format(f"{seconds / 3600:.1f}")

    @Slot()
    def _learn(self) -> None:
        """Show what the state says; what the draft says is only looked at again when it matters."""
        self._show_start()
        if self._state.sizes is self._sizes:
            self._show_cost()
        else:
            self.refresh()

    # -- acting -------------------------------------------------------------------------------------------------------

    @Slot()
    def _choose_preset(self) -> None:
        for name, button in self._presets.items():
            if button is self.sender():
                self._draft.use_preset(name)

    @Slot()
    def _from_scratch(self) -> None:
        self._draft.start_from(None)

    @Slot()
    def _mend(self) -> None:
        if self._problems:
            self.form.focus_setting(self._problems[0].field)
        else:
            self.data_wanted.emit()
