"""Attention drawn over a picture, with its controls above and the chosen and pointed-at token below."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSlider, QVBoxLayout, QWidget

from workbench.contracts.inspection import HeadMap, Inspected
from workbench.gui.widgets.calm_combo import CalmCombo
from workbench.gui.widgets.picture_canvas import PictureCanvas
from workbench.gui.widgets.reactive import Reactive
from workbench.gui.widgets.saving import SaveRequest
from workbench.gui.widgets.shades import SCALES

WHICH = ("head", "layer", "all")
"""Whose attention is drawn: the head's, or the mean over its layer or over all."""
EDGE = 560
"""Pixels of the longer edge of a picture in a figure."""

UNKNOWN: Mapping[tuple[str, int | None], NDArray[np.float32]] = MappingProxyType({})
"""No mean is there yet."""


class PictureAttention(Reactive):
    """`canvas` shows the picture; above it strength, scale and heads are chosen."""

    mean_wanted = Signal(object)
    """The mean over heads is not known: kind, and layer or None for all; whoever hears it shows the head again with it."""
    query_chosen = Signal(int)
    """Another token's attention is drawn; counted from 0."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.canvas = PictureCanvas(self)
        self.opacity = QSlider(Qt.Orientation.Horizontal, self)
        self.opacity.setRange(0, 100)
        self.opacity.setValue(round(100 * self.canvas.drawing.opacity))
        self.scale, self.heads = CalmCombo(self), CalmCombo(self)
        for scale in SCALES:
            self.scale.addItem("", scale)
        self.scale.setCurrentIndex(SCALES.index(self.canvas.drawing.scale))
        for which in WHICH:
            self.heads.addItem("", which)
        self._title = QLabel(self)
        self.facts = QLabel(self, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.facts.setObjectName("facts")
        self.facts.setMinimumHeight(2 * self.facts.fontMetrics().lineSpacing() + 2)  # numbers that change move nothing
        self.facts.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self._seen: Inspected | None = None
        self._head: HeadMap | None = None
        self._means = UNKNOWN
        self._lay_out()
        self._wire()
        self.react()

    def show_head(
        self, seen: Inspected, head: HeadMap, means: Mapping[tuple[str, int | None], NDArray[np.float32]] = UNKNOWN
    ) -> None:  # fmt: skip
        """Show a head of a picture that was looked at, or the mean over several.

        Args:
            seen: The picture's heads, small.
            head: The chosen one, whole.
            means: What is known of the means over a layer, or over all (None); others are asked for.
        """
        self._seen, self._head, self._means = seen, head, means
        wall, wanted = seen.walls[head.kind], self.heads.currentData()
        weights: NDArray[np.float32] | None = head.weights
        heads = [(head.layer, head.head)]
        if wanted != "head":
            layers = wall.layers if wanted == "all" else (head.layer,)
            heads = [(layer, each) for layer in layers for each in range(wall.tiles.shape[1])]
            of = (head.kind, head.layer if wanted == "layer" else None)
            rows = [wall.layers.index(layer) for layer in layers]
            weights = wall.tiles[rows].mean((0, 1)) if wall.whole else means.get(of)
            if weights is None:
                self.canvas.show_nothing(self._awaited)
                self._tell()
                self.mean_wanted.emit(of)
                return
        if seen.picture is not None and weights is not None:
            self.canvas.set_heads(seen.picture, weights, seen.tokens, heads)
        self._tell()

    def show_nothing(self, text: str) -> None:
        """Explain in a line why there is no picture."""
        self._seen = self._head = None
        self.canvas.show_nothing(text)
        self._tell()

    def request(self, form: str, kind: str, step: int, title: str, provenance: Mapping[str, str]) -> SaveRequest | None:
        """What is needed to write the picture as `png`, `svg` or `npz`; None while there is none."""
        drawing = self.canvas.drawing
        if drawing.picture is None:
            return None
        high, wide = drawing.picture.pixels.shape[:2]
        share = EDGE / max(high, wide)
        layer, head = drawing.heads[0]
        return SaveRequest(
            format=form, picture=drawing, size=(max(240, round(wide * share)) + 80, round(high * share) + 64), layer=layer,
            head=head, kind=kind, step=step, title=title, provenance=provenance, heads=drawing.heads,
        )  # fmt: skip

    # -- parts --------------------------------------------------------------------------------------------------------

    def _tell(self) -> None:
        """The chosen token, how much of its attention the patches get, and the token under the mouse."""
        drawing, here = self.canvas.drawing, self.canvas.here
        if drawing.picture is None:
            self.facts.setText("")
            return
        name = drawing.tokens[drawing.query]
        patch = drawing.picture.patch_of(drawing.query) is not None
        words = self.tr("Where patch {0} (row, column) looks") if patch else self.tr("Where {0} looks")
        self.canvas.set_look(caption=words.format(name))
        parts = [
            self.tr("{0}: {1} of its attention goes to patches.").format(
                self.canvas.drawing.caption, f"{drawing.patches.sum():.0%}"
            )
        ]
        if here is not None and here < len(drawing.tokens):
            weight = float(drawing.weights[drawing.query, here])
            even = 1 / len(drawing.tokens)
            parts.append(self.tr("{0}: weight {1} (even {2}).").format(drawing.tokens[here], f"{weight:.4f}", f"{even:.4f}"))
        else:
            parts.append(self._hint)
        self.facts.setText(" ".join(parts))

    def _again(self) -> None:
        if self._seen is not None and self._head is not None:
            self.show_head(self._seen, self._head, self._means)

    def _chosen(self, query: int) -> None:
        self._tell()
        self.query_chosen.emit(query)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(8)
        for widget in (self._title, self.opacity, self.scale, self.heads):
            top.addWidget(widget, 1 if widget is self.opacity else 0)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(4)
        whole.addLayout(top)
        whole.addWidget(self.canvas, 1)
        whole.addWidget(self.facts)

    def _wire(self) -> None:
        self.opacity.valueChanged.connect(lambda value: self.canvas.set_look(opacity=value / 100))
        self.scale.currentIndexChanged.connect(lambda _: self.canvas.set_look(scale=str(self.scale.currentData())))
        self.heads.currentIndexChanged.connect(lambda _: self._again())
        self.canvas.query_chosen.connect(self._chosen)
        self.canvas.token_hovered.connect(lambda _: self._tell())

    def retranslate(self) -> None:
        self._title.setText(self.tr("Cover"))
        self.opacity.setAccessibleName(self.tr("How strongly attention covers the picture"))
        self.opacity.setToolTip(self.opacity.accessibleName())
        scales = {"linear": self.tr("Linear"), "log": self.tr("Logarithmic"), "row": self.tr("By its strongest patch")}
        for number, scale in enumerate(SCALES):
            self.scale.setItemText(number, scales[scale])
        self.scale.setAccessibleName(self.tr("Scale of the colours"))
        for number, words in enumerate((self.tr("This head"), self.tr("Mean of its layer"), self.tr("Mean of all heads"))):
            self.heads.setItemText(number, words)
        self.heads.setAccessibleName(self.tr("Heads whose attention is drawn"))
        self._awaited = self.tr("The mean over the heads is being computed…")
        self._hint = self.tr("Click a patch, or go with the arrow keys, to see where it looks.")
        self._again()
        self._tell()
