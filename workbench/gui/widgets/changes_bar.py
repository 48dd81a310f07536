"""What is done to attention, as chips that can be taken away, and a menu to do more."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QWidget

from workbench.contracts.inspection import Change
from workbench.gui.widgets.reactive import Reactive

MOST = 1
"""Chips; of more changes only the number is told."""
TEMPERATURES = (0.25, 0.5, 2.0, 4.0)


class ChangesBar(Reactive):
    """Switches heads off, heats, cools and replaces patterns: the chosen head, its layer, or all of its kind."""

    change_wanted = Signal(object)
    """A `Change` to make."""
    undo_wanted = Signal(object)
    """A tuple of changes to take back."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._changes: tuple[Change, ...] = ()
        self._place: tuple[str, int, int] = ("", 0, 0)
        self.button = QPushButton(self)
        self.clear = QPushButton(self)
        self.clear.setObjectName("link")
        self.clear.clicked.connect(lambda: self.undo_wanted.emit(self._changes))
        self._menu = QMenu(self.button)
        self._menu.aboutToShow.connect(self._fill)
        self.button.setMenu(self._menu)
        self.nothing = QLabel(self)
        self.nothing.setObjectName("muted")
        self._chips = QHBoxLayout()
        self._chips.setSpacing(6)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.button)
        row.addWidget(self.nothing)
        row.addLayout(self._chips)
        row.addWidget(self.clear)
        row.addStretch(1)
        self.react()

    def show_changes(self, changes: tuple[Change, ...], place: tuple[str, int, int]) -> None:
        """Show what is changed; `place` is the chosen kind, layer and head."""
        self._place = place
        self.button.setEnabled(bool(place[0]))
        if changes != self._changes:
            self._changes = changes
            self._show_chips()

    def describe(self, change: Change) -> str:
        """A change in a few words; layers and heads are counted from 1."""
        where = self.tr("all heads")
        if change.layer is not None and change.head is not None:
            where = f"{change.layer + 1}·{change.head + 1}"
        elif change.layer is not None:
            where = self.tr("layer {0}").format(change.layer + 1)
        words = {
            "off": self.tr("{0} off"), "temperature": self.tr("{0} temperature {1}"), "uniform": self.tr("{0} even"),
            "previous": self.tr("{0} to the token before"), "diagonal": self.tr("{0} to itself"),
            "no-scale": self.tr("{0} without ÷√d"), "no-mask": self.tr("{0} without mask"),
        }  # fmt: skip
        kinds = {"encoder": self.tr("encoder"), "decoder": self.tr("decoder"), "cross": self.tr("cross")}
        kind = f"{kinds[change.kind]} " if change.kind else ""
        return kind + words[change.act].format(where, f"{change.value:g}")

    def retranslate(self) -> None:
        self.button.setText(self.tr("Change attention"))
        self.button.setToolTip(self.tr("Switch heads off, heat or cool them, or give them another pattern"))
        self.nothing.setText(self.tr("Nothing is changed."))
        self.clear.setText(self.tr("Undo all"))
        self._show_chips()

    def _fill(self) -> None:
        """The menu for the place that is chosen now."""
        self._menu.clear()
        kind, layer, head = self._place
        for title, where in (
            (self.tr("Head {0}·{1}").format(layer + 1, head + 1), {"layer": layer, "head": head}),
            (self.tr("All heads of layer {0}").format(layer + 1), {"layer": layer}),
            (self.tr("All heads"), {}),
        ):
            part = self._menu.addMenu(title)
            acts = {
                "off": self.tr("Switch off"), "uniform": self.tr("Look everywhere evenly"),
                "previous": self.tr("Look at the token before"), "diagonal": self.tr("Look at itself"),
                "no-scale": self.tr("Leave out ÷√d"), "no-mask": self.tr("Leave out the mask"),
            }  # fmt: skip
            for act, words in acts.items():
                change = Change(act=act, kind=kind, **where)
                part.addAction(words).triggered.connect(lambda _=False, change=change: self.change_wanted.emit(change))
            heat = part.addMenu(self.tr("Temperature"))
            for value in TEMPERATURES:
                change = Change(act="temperature", kind=kind, value=value, **where)
                words = self.tr("{0} (sharper)") if value < 1 else self.tr("{0} (flatter)")
                action = heat.addAction(words.format(f"{value:g}"))
                action.triggered.connect(lambda _=False, change=change: self.change_wanted.emit(change))

    def _show_chips(self) -> None:
        while (item := self._chips.takeAt(0)) is not None:
            chip = item.widget()
            if chip is not None:
                chip.hide()  # at once; it goes when the event loop comes round
                chip.deleteLater()
        for change in self._changes[:MOST]:
            chip = QPushButton(f"{self.describe(change)}  ✕", self)
            chip.setToolTip(self.tr("Take this back"))
            chip.clicked.connect(lambda _=False, change=change: self.undo_wanted.emit((change,)))
            self._chips.addWidget(chip)
        if len(self._changes) > MOST:
            more = QLabel(self.tr("and {0} more").format(len(self._changes) - MOST), self)
            more.setToolTip("\n".join(self.describe(change) for change in self._changes[MOST:]))
            self._chips.addWidget(more)
        self.nothing.setVisible(not self._changes)
        self.clear.setVisible(len(self._changes) > 1)
