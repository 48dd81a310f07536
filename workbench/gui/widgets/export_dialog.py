"""Hand a model on: in which form, into which folder; how far it is, and how the export was found to agree."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from workbench.contracts.deliveries import FORMS, Delivery
from workbench.contracts.errors import WorkbenchError
from workbench.gui.words import said, said_error


class ExportDialog(QDialog):
    """Asks; whoever owns it does the work and tells it what happens."""

    place_wanted = Signal()
    """A folder should be chosen; answer with `choose`."""
    export_wanted = Signal(str, str)
    """Form and new folder."""
    cancel_wanted = Signal()
    open_wanted = Signal(str)
    """Show this folder."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._parent_folder, self._done = name, Path.home(), ""
        self.setWindowTitle(self.tr("Export the model of {0}").format(name))
        self.setMinimumWidth(520)
        self.forms = QButtonGroup(self)
        whole = QVBoxLayout(self)
        whole.setSpacing(8)
        names, tips = self._words()
        for number, form in enumerate(FORMS):
            button = QRadioButton(names[form], self)
            button.setChecked(number == 0)
            self.forms.addButton(button, number)
            tip = QLabel(tips[form], self)
            tip.setObjectName("muted")
            tip.setWordWrap(True)
            tip.setContentsMargins(24, 0, 0, 4)
            whole.addWidget(button)
            whole.addWidget(tip)
        self.forms.idToggled.connect(self._show_place)
        row = QHBoxLayout()
        self.place = QLabel(self)
        self.place.setTextFormat(Qt.TextFormat.PlainText)
        self.place.setWordWrap(True)
        self.choose_button = QPushButton(self.tr("Choose…"), self)
        self.choose_button.setAccessibleName(self.tr("Choose the folder"))
        self.choose_button.clicked.connect(self.place_wanted)
        row.addWidget(self.place, 1)
        row.addWidget(self.choose_button)
        whole.addLayout(row)
        self.bar = QProgressBar(self)
        self.bar.setRange(0, 100)
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(6)
        self.bar.hide()
        self.says = QLabel(self.tr("The export is scored again on the validation rows, and refused where it differs."), self)
        self.says.setTextFormat(Qt.TextFormat.PlainText)
        self.says.setWordWrap(True)
        self.says.setMinimumHeight(52)
        self.says.setAlignment(Qt.AlignmentFlag.AlignTop)
        whole.addWidget(self.bar)
        whole.addWidget(self.says)
        buttons = QHBoxLayout()
        self.close_button = QPushButton(self.tr("Close"), self)
        self.go = QPushButton(self.tr("Export"), self)
        self.go.setObjectName("primary")
        self.go.setDefault(True)
        self.go.setMinimumWidth(self.fontMetrics().horizontalAdvance(self.tr("Open folder")) + 56)  # it says two things
        self.go.clicked.connect(self._act)
        self.close_button.clicked.connect(self.reject)
        buttons.addStretch(1)
        buttons.addWidget(self.close_button)
        buttons.addWidget(self.go)
        whole.addLayout(buttons)
        self._show_place()

    def _words(self) -> tuple[dict[str, str], dict[str, str]]:
        names = {
            "huggingface": self.tr("Hugging Face folder"),
            "onnx": self.tr("ONNX file"),
            "int8": self.tr("ONNX file with 8-bit weights"),
        }
        tips = {
            "huggingface": self.tr("Exactly the trained model, for transformers and the hub."),
            "onnx": self.tr("Runs without Python's deep learning libraries: in other languages, on a server, in a browser."),
            "int8": self.tr("A quarter of the size and often faster; what it costs in score is measured and said."),
        }
        return names, tips

    @property
    def folder(self) -> Path:
        """The new folder: beside others in the chosen place, named after run and form."""
        path = self._parent_folder / f"{self._name}-{FORMS[self.forms.checkedId()]}"
        number = 1
        while path.exists():
            number += 1
            path = self._parent_folder / f"{self._name}-{FORMS[self.forms.checkedId()]}-{number}"
        return path

    def choose(self, parent: Path) -> None:
        """Put the new folder into this one."""
        self._parent_folder = parent
        self._show_place()

    @Slot()
    def _show_place(self) -> None:
        self._done = ""
        self.go.setText(self.tr("Export"))
        self.place.setText(self.tr("New folder: {0}").format(self.folder))

    @property
    def working(self) -> bool:
        """Whether an export is at work."""
        return not self.bar.isHidden()

    @Slot()
    def _act(self) -> None:
        if self._done:
            self.open_wanted.emit(self._done)
            return
        self._work(True)
        self.close_button.setText(self.tr("Cancel"))
        self.export_wanted.emit(FORMS[self.forms.checkedId()], str(self.folder))

    def tell(self, what: str, share: float) -> None:
        """How far it is."""
        if self.working:
            self.bar.setValue(round(100 * share))
            self.says.setText(said(what))

    def finish(self, made: Delivery) -> None:
        """It was written and agrees."""
        self._work(False)
        self.bar.hide()
        found = made.agreement
        self.says.setText(
            self.tr(
                "Written, {0} MB. On {1} validation rows {2} was {3} and is {4}; no probability moved by more than {5}."
            ).format(
                f"{made.bytes / 1e6:,.3g}", f"{found.rows:,}", found.metric, f"{found.before:.4f}", f"{found.after:.4f}",
                f"{found.largest_difference:.2g}",
            )
        )  # fmt: skip
        self.place.setText(self.tr("New folder: {0}").format(made.folder))
        self._done = made.folder
        self.go.setText(self.tr("Open folder"))

    def fail(self, error: WorkbenchError) -> None:
        """It was refused, or could not be written."""
        self._work(False)
        self.says.setText("\n".join(part for part in said_error(error) if part))

    def _work(self, working: bool) -> None:
        self.bar.setVisible(working)
        self.bar.setValue(0)
        self.go.setEnabled(not working)
        self.choose_button.setEnabled(not working)
        for button in self.forms.buttons():
            button.setEnabled(not working)
        if not working:
            self.close_button.setText(self.tr("Close"))

    def reject(self) -> None:
        """Cancel what is at work, else close."""
        if self.working:
            self.cancel_wanted.emit()
            self._work(False)
            self.says.setText(self.tr("Stopped. Nothing was kept."))
        else:
            super().reject()
