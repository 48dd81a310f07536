"""Two patterns of attention and their difference: three maps with one cursor and one zoom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from workbench.gui.models.comparison import Comparison, compare
from workbench.gui.models.token_names import isolated, shown
from workbench.gui.widgets.heat_picture import HeatPicture, Span
from workbench.gui.widgets.heatmap import Cell, HeatMap
from workbench.gui.widgets.number_strip import number
from workbench.gui.widgets.reactive import Reactive

NAMES = ("a", "b", "difference")


@dataclass(frozen=True, kw_only=True, eq=False)
class Side:
    """One of two patterns that are compared."""

    title: str
    weights: NDArray[np.float32]
    """(query, key)"""
    queries: Sequence[str]
    keys: Sequence[str]


class CompareMap(Reactive):
    """A, B, and B - A around zero. What is pointed at or zoomed into in one map is so in all."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sides: tuple[Side, Side] | None = None
        self._comparison: Comparison | None = None
        self._why_apart = ""
        self.maps = {name: HeatMap(self) for name in NAMES}
        self._titles = {name: QLabel(self, textFormat=Qt.TextFormat.PlainText) for name in NAMES}
        grid = QGridLayout()
        grid.setSpacing(8)
        for column, name in enumerate(NAMES):
            self._titles[name].setObjectName("heading")
            grid.addWidget(self._titles[name], 0, column)
            grid.addWidget(self.maps[name], 1, column)
            grid.setColumnStretch(column, 1)
            self.maps[name].cell_hovered.connect(self._point)
            self.maps[name].zoomed.connect(self._zoom)
        grid.setRowStretch(1, 1)
        self.facts = QLabel(self, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.facts.setObjectName("facts")
        self.facts.setMinimumHeight(2 * self.facts.fontMetrics().lineSpacing() + 2)
        self.facts.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(4)
        whole.addLayout(grid, 1)
        whole.addWidget(self.facts)
        self.react()

    # -- what is shown ----------------------------------------------------------------------------------------------

    @property
    def comparison(self) -> Comparison | None:
        """B - A; None where there is none."""
        return self._comparison

    @property
    def picture(self) -> HeatPicture:
        """The difference, frozen, fit for an export."""
        return self.maps["difference"].picture

    def compare(self, one: Side, other: Side, *, why_apart: str = "") -> None:
        """Show two patterns; a difference only where both have as many queries and keys.

        Args:
            one: A.
            other: B.
            why_apart: Why cells have no partners although there are as many; empty where they have.

        Raises:
            ValueError: Weights and tokens of a side do not fit.
        """
        self._sides, self._why_apart = (one, other), why_apart
        self._comparison = None if why_apart else compare(one.weights, other.weights)
        for name, side in zip(NAMES, self._sides, strict=False):
            self.maps[name].set_head(side.weights, side.queries, side.keys)
        if self._comparison is None:
            self.maps["difference"].show_nothing(why_apart or self._unlike)
        else:
            self.maps["difference"].set_difference(self._comparison.difference, one.queries, one.keys)
        self._say_titles()
        self._point(None)

    def sizeHint(self) -> QSize:
        return QSize(960, 380)

    def _say_titles(self) -> None:
        if self._sides is not None:
            self._titles["a"].setText(self.tr("A: {0}").format(self._sides[0].title))
            self._titles["b"].setText(self.tr("B: {0}").format(self._sides[1].title))
        self._titles["difference"].setText(self.tr("B − A"))

    def _point(self, cell: object) -> None:
        """The same cell in every map, and its numbers below; how much differs in all where there is no cell."""
        at = (cell.query, cell.key) if isinstance(cell, Cell) else None
        for each in self.maps.values():
            each.point(at)
        if self._comparison is None or self._sides is None:
            self.facts.setText("")
        elif at is None:
            self.facts.setText(self._summary(self._comparison, self._sides[0]))
        else:
            one, other = (float(side.weights[at]) for side in self._sides)
            line = self.tr("query {0} “{1}” · key {2} “{3}”: A {4}, B {5}, B − A {6}; {7} of this query's weight lies elsewhere")
            self.facts.setText(line.format(
                at[0] + 1, isolated(shown(self._sides[0].queries[at[0]])), at[1] + 1, isolated(shown(self._sides[0].keys[at[1]])),
                number(one), number(other), number(other - one), f"{self._comparison.moved[at[0]]:.0%}",
            ))  # fmt: skip

    def _summary(self, comparison: Comparison, side: Side) -> str:
        query, key = comparison.largest
        line = self.tr(
            "On average {0} of a query's weight lies elsewhere in B. Query {1} “{2}” and key {3} “{4}” differ most: {5}."
        )
        return line.format(
            f"{comparison.moved.mean():.0%}", query + 1, isolated(shown(side.queries[query])), key + 1,
            isolated(shown(side.keys[key])), number(float(comparison.difference[query, key])),
        )  # fmt: skip

    def _zoom(self, span: object) -> None:
        if self._comparison is not None and (span is None or isinstance(span, Span)):
            for each in self.maps.values():
                each.zoom_to(span)

    def retranslate(self) -> None:
        self._unlike = self.tr(
            "These have different tokens, so there is no difference cell by cell. Show both as words, or compare texts that are "
            "as long as each other."
        )
        if self._sides is not None and self._comparison is None:
            self.maps["difference"].show_nothing(self._why_apart or self._unlike)
        self._say_titles()
        self._point(None)
