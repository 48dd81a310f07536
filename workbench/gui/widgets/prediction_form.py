"""How a table with predictions is written: its form, and what a spreadsheet needs."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QPushButton, QWidget

from workbench.contracts.predictions import FORMATS
from workbench.gui.widgets.calm_combo import CalmCombo
from workbench.gui.widgets.reactive import Reactive


class PredictionForm(Reactive):
    """A row of choices and the button that begins."""

    write_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._as, self.form = QLabel(self), CalmCombo(self)
        for form in FORMATS:
            self.form.addItem("", form)
        self.bom, self.neutralise, self.write = QCheckBox(self), QCheckBox(self), QPushButton(self)
        self.write.setObjectName("primary")
        self.write.clicked.connect(self.write_wanted)
        self.form.currentIndexChanged.connect(self._follow)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        for widget in (self._as, self.form, self.bom, self.neutralise):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self.write)
        self.react()

    @property
    def chosen(self) -> str:
        """One of `FORMATS`."""
        return str(self.form.currentData())

    def suggest(self, form: str) -> None:
        """Begin with this form, where it is one that is written."""
        if form in FORMATS:
            self.form.setCurrentIndex(FORMATS.index(form))

    def _follow(self, _place: int) -> None:
        self.bom.setEnabled(self.chosen in ("csv", "tsv"))

    def retranslate(self) -> None:
        names = {
            "csv": self.tr("csv"), "tsv": self.tr("tsv (tabs)"), "jsonl": self.tr("jsonl"), "xlsx": self.tr("xlsx (Excel)"),
            "parquet": self.tr("parquet"),
        }  # fmt: skip
        for place, form in enumerate(FORMATS):
            self.form.setItemText(place, names[form])
        self._as.setText(self.tr("Write as"))
        self.form.setAccessibleName(self.tr("Form of the file"))
        self.bom.setText(self.tr("for Excel"))
        self.bom.setToolTip(self.tr("Begin with a byte order mark (BOM): without it Excel takes UTF-8 for another encoding"))
        self.neutralise.setText(self.tr("no formulas"))
        self.neutralise.setToolTip(
            self.tr("Put an apostrophe before cells that a spreadsheet would run as a formula; how many is said afterwards")
        )
        self.write.setText(self.tr("Predict all rows…"))
