"""A panel: a card with a heading, its facts beside it in the muted colour, controls at its right, and what it shows."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from workbench.gui.theme import INSIDE
from workbench.gui.widgets.elided import Elided
from workbench.gui.widgets.reactive import Reactive


class Panel(Reactive):
    """A card. Add what it shows to `body`, controls to `controls`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.heading = QLabel(self)
        self.heading.setObjectName("heading")
        self.facts = Elided(self)
        self.facts.setObjectName("facts")
        self.facts.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.controls = QHBoxLayout()
        self.controls.setSpacing(8)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.heading)
        top.addWidget(self.facts, 1)
        top.addLayout(self.controls)
        self.body = QVBoxLayout()
        self.body.setSpacing(8)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(INSIDE, INSIDE - 4, INSIDE, INSIDE)
        whole.setSpacing(8)
        whole.addLayout(top)
        whole.addLayout(self.body, 1)

    def entitle(self, heading: str, facts: str = "") -> None:
        """Set the heading and the facts beside it; the facts also stand in a tool tip, should they not fit."""
        self.heading.setText(heading)
        self.setAccessibleName(heading)
        self.tell(facts)

    def tell(self, facts: str) -> None:
        """Set the facts beside the heading."""
        self.facts.setText(facts)
