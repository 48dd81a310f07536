"""What a model starts from: fresh weights, a folder, or a model of the hub."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QLineEdit, QProgressBar, QPushButton, QVBoxLayout, QWidget

from workbench.contracts.errors import WorkbenchError
from workbench.gui.widgets.reactive import Reactive
from workbench.gui.words import said, said_error


class StartChoice(Reactive):
    """Three ways to begin; a model of the hub is fetched first, with its progress, and can be cancelled."""

    scratch_wanted = Signal()
    folder_wanted = Signal()
    hub_wanted = Signal(str)
    """A model of the hub should be fetched, by its name."""
    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._path: str | None = None
        self._fetching = self._advice = ""
        self._error: WorkbenchError | None = None
        self.scratch, self.folder, self.hub = QPushButton(self), QPushButton(self), QPushButton(self)
        group = QButtonGroup(self)
        ways = QHBoxLayout()
        ways.setSpacing(6)
        for button in (self.scratch, self.folder, self.hub):
            button.setCheckable(True)
            group.addButton(button)
            ways.addWidget(button)
        ways.addStretch(1)
        self.name, self.get, self.stop = QLineEdit(self), QPushButton(self), QPushButton(self)
        self.share = QProgressBar(self)
        self.share.setRange(0, 100)
        self.share.setTextVisible(False)
        self.share.setFixedHeight(6)
        asked = QHBoxLayout()
        asked.setSpacing(6)
        for widget, stretch in ((self.name, 1), (self.get, 0), (self.share, 1), (self.stop, 0)):
            asked.addWidget(widget, stretch)
        self.says = QLabel(self)
        self.says.setObjectName("muted")
        self.says.setWordWrap(True)
        self.follow = QPushButton(self)
        self.follow.setObjectName("link")
        self.follow.clicked.connect(self._ask_name)
        told = QHBoxLayout()
        told.setSpacing(6)
        told.addWidget(self.says, 1)
        told.addWidget(self.follow, 0, Qt.AlignmentFlag.AlignTop)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(6)
        whole.addLayout(ways)
        whole.addLayout(asked)
        whole.addLayout(told)
        self.scratch.clicked.connect(self._begin_afresh)
        self.folder.clicked.connect(self._ask_folder)
        self.hub.clicked.connect(self._ask_name)
        self.get.clicked.connect(self._take_name)
        self.name.returnPressed.connect(self._take_name)
        self.stop.clicked.connect(self._stop)
        self._asking = False
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)  # what is said may take several lines
        self.setSizePolicy(policy)
        self.react()

    def show_start(self, path: str | None, *, from_hub: bool, advice: str = "") -> None:
        """Show what the model starts from: a folder or a hub name, or nothing; and why it had better start otherwise.

        Args:
            path: Folder or name; None where it starts from scratch.
            from_hub: Whether `path` is a name.
            advice: Against starting from scratch, as the layers below say it.
        """
        self._advice = advice
        if path != self._path:
            self._asking, self._error = False, None
        self._path = path
        self._show(from_hub)

    def show_fetching(self, name: str, share: float) -> None:
        """A model of the hub is on its way."""
        self._fetching, self._error = name, None
        self.share.setValue(round(100 * share))
        self._show(True)

    def show_fetched(self) -> None:
        """It is there."""
        self._fetching, self._asking = "", False
        self._show(True)

    def show_trouble(self, error: WorkbenchError) -> None:
        """It cannot be had; the name stays to be mended."""
        self._fetching, self._asking, self._error = "", True, error
        self._show(True)

    def retranslate(self) -> None:
        self.scratch.setText(self.tr("From scratch"))
        self.scratch.setToolTip(self.tr("Fresh weights, in the shape set below."))
        self.folder.setText(self.tr("A model folder…"))
        self.folder.setToolTip(self.tr("Fine-tune a pretrained model from a folder."))
        self.hub.setText(self.tr("A hub name…"))
        self.hub.setToolTip(self.tr("Fine-tune a model of the Hugging Face hub; it is fetched once and kept."))
        self.name.setPlaceholderText(self.tr("such as distilbert/distilbert-base-uncased"))
        self.name.setAccessibleName(self.tr("Name of a model on the hub"))
        self.share.setAccessibleName(self.tr("How much of the model is fetched"))
        self.follow.setText(self.tr("Choose one…"))
        self.follow.setToolTip(self.tr("Fine-tune a model of the Hugging Face hub; it is fetched once and kept."))
        self.get.setText(self.tr("Fetch"))
        self.stop.setText(self.tr("Cancel"))
        self._show(self.hub.isChecked())

    def _show(self, from_hub: bool) -> None:
        fetching = bool(self._fetching)
        at_hub = fetching or self._asking or (self._path is not None and from_hub)
        chosen = self.hub if at_hub else self.folder if self._path is not None else self.scratch
        chosen.setChecked(True)
        self.name.setVisible(self._asking and not fetching)
        self.get.setVisible(self._asking and not fetching)
        self.share.setVisible(fetching)
        self.stop.setVisible(fetching)
        text, name = "", "muted"
        if self._error is not None:
            what, _, mend = said_error(self._error)
            text, name = "\n".join((what, mend)), "bad"
        elif fetching:
            text = self.tr("{0}: {1} % fetched").format(self._fetching, self.share.value())
        elif self._path is not None and at_hub:
            text = self.tr("{0}: the model decides the shape and the tokenizer.").format(self._path)
        elif self._path is not None:
            text = self.tr("{0}: the folder decides the shape and the tokenizer.").format(self._path)
        advised = not text and not at_hub and bool(self._advice)
        if advised:
            text = self.tr("Advised: {0}.").format(said(self._advice))
        self.follow.setVisible(advised)
        self.says.setText(text)
        self.says.setVisible(bool(text))
        if self.says.objectName() != name:
            self.says.setObjectName(name)
            self.says.style().unpolish(self.says)
            self.says.style().polish(self.says)

    @Slot()
    def _begin_afresh(self) -> None:
        self._asking, self._error = False, None
        if self._fetching:
            self._stop()
        self.scratch_wanted.emit()
        self._show(False)

    @Slot()
    def _ask_folder(self) -> None:
        self._show(self._asking)
        self.folder_wanted.emit()

    @Slot()
    def _ask_name(self) -> None:
        self._asking = True
        self._show(True)
        self.name.setFocus()

    @Slot()
    def _take_name(self) -> None:
        if name := self.name.text().strip():
            self.hub_wanted.emit(name)

    @Slot()
    def _stop(self) -> None:
        self._fetching = ""
        self.cancelled.emit()
        self._show(self._asking)
