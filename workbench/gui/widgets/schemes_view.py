"""All ways for order to enter a transformer side by side, for any length, base, width and number of heads."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, QSize, Qt
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QGridLayout, QHBoxLayout, QLabel, QPushButton, QSlider, QWidget

from workbench.contracts.frames import PositionFrame, PositionPicture
from workbench.gui.models.schemes import SCHEMES, cut, frame_of
from workbench.gui.theme import GAP
from workbench.gui.widgets.scheme_card import CURVES, DECAY, LIKENESS, NAMES, TABLE, SchemeCard
from workbench.gui.widgets.study_view import StudyView, words_below

VIEWS = (TABLE, LIKENESS, DECAY, CURVES)
SLIDERS = {"length": (8, 512, 64), "base": (200, 500, 400), "width": (4, 128, 32), "heads": (1, 16, 8), "head": (1, 8, 1)}
"""Least, most and first place. The base goes by powers of ten, in hundredths; the width in steps of two."""


class SchemesView(StudyView):
    """A card for each scheme; what is chosen above holds for all of them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model_frame: PositionFrame | None = None
        self.views = QButtonGroup(self)
        top = QHBoxLayout()
        top.setSpacing(6)
        for view in VIEWS:
            button = QPushButton(self)
            button.setCheckable(True)
            button.setChecked(view == TABLE)
            self.views.addButton(button, view)
            top.addWidget(button)
        self.views.idClicked.connect(self._show)
        self.own = QCheckBox(self)
        self.own.setChecked(True)
        self.own.hide()
        self.own.toggled.connect(self._show)
        self.cosine = QCheckBox(self)
        self.cosine.setChecked(True)  # MiniLM's first position is five times as long as the others and drowns their products
        self.cosine.toggled.connect(self._show)
        top.addStretch(1)
        top.addWidget(self.cosine)
        top.addWidget(self.own)
        self.sliders: dict[str, QSlider] = {}
        self._titles: dict[str, QLabel] = {}
        self.body.addLayout(top)
        self.body.addLayout(self._build_sliders())
        self.cards = {scheme: SchemeCard(scheme, self) for scheme in SCHEMES}
        row = QHBoxLayout()
        row.setSpacing(GAP)
        for card in self.cards.values():
            row.addWidget(card, 1)
        self.body.addLayout(row, 1)
        self.what = words_below(self, 2)
        self.body.addWidget(self.what)
        self.show_body()
        self.react()

    def _build_sliders(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(GAP)
        grid.setVerticalSpacing(2)
        for column, (name, (least, most, first)) in enumerate(SLIDERS.items()):
            title, slider = QLabel(self, textFormat=Qt.TextFormat.PlainText), QSlider(Qt.Orientation.Horizontal, self)
            title.setObjectName("facts")
            slider.setRange(least, most)
            slider.setValue(first)
            slider.valueChanged.connect(self._show)
            for part, line in ((title, 0), (slider, 1)):
                policy = part.sizePolicy()
                policy.setRetainSizeWhenHidden(True)
                part.setSizePolicy(policy)
                grid.addWidget(part, line, column)
            grid.setColumnStretch(column, 1)
            self._titles[name], self.sliders[name] = title, slider
        return grid

    # -- what is shown ----------------------------------------------------------------------------------------------

    @property
    def view(self) -> int:
        """One of `VIEWS`."""
        return self.views.checkedId()

    @property
    def length(self) -> int:
        """How many positions."""
        return self.sliders["length"].value()

    @property
    def base(self) -> float:
        """Of the wavelengths."""
        return float(round(10 ** (self.sliders["base"].value() / 100)))

    @property
    def dimensions(self) -> int:
        """Dimensions of a vector, or of a head."""
        return 2 * self.sliders["width"].value()

    def set_model_frame(self, frame: PositionFrame | None) -> None:
        """A model's own positions, which take the place of their scheme's; None where it has none that can be drawn."""
        drawn = frame is not None and frame.scheme in SCHEMES and frame.values.size > 0
        self._model_frame = frame if drawn else None
        self.own.setVisible(drawn)
        self.show_body()
        self._show()

    def show_view(self, view: int) -> None:
        """Choose one of `VIEWS`."""
        self.views.button(view).setChecked(True)
        self._show()

    def pictures(self) -> tuple[PositionPicture, ...]:
        """What all cards show, for a file."""
        return tuple(picture for card in self.cards.values() if (picture := card.picture()) is not None)

    @property
    def about(self) -> dict[str, str]:
        """What is chosen above, for a file's provenance."""
        said = {"length": self.length, "base": self.base, "dimensions": self.dimensions, "heads": self.sliders["heads"].value()}
        if self.view == LIKENESS:
            said |= {"head_of_biases": self.sliders["head"].value() - 1, "cosine": self.cosine.isChecked()}
        return {"view": f"positions, {NAMES[self.view]}", **{name: f"{value:g}" for name, value in said.items()}}

    def sizeHint(self) -> QSize:
        return QSize(1100, 460)

    def _show(self) -> None:
        """Everything anew, in a few milliseconds."""
        own = self._model_frame if self.own.isChecked() else None
        heads = self.sliders["heads"].value()
        offered = max(heads, own.values.shape[1] if own is not None and own.columns == "head" else 1)
        with QSignalBlocker(self.sliders["head"]):
            self.sliders["head"].setMaximum(offered)
        for part in (self.sliders["head"], self._titles["head"], self.cosine):
            part.setVisible(self.view == LIKENESS)
        for scheme, card in self.cards.items():
            is_own = own is not None and own.scheme == scheme
            frame = (
                cut(own, self.length) if own is not None and is_own
                else frame_of(scheme, self.length, self.dimensions, heads, self.base)
            )  # fmt: skip
            head = self.sliders["head"].value() - 1
            card.set_frame(frame, self.view, head=head, own=is_own, cosine=self.cosine.isChecked())
        self._say()

    def _say(self) -> None:
        """The numbers beside the sliders, and what the pictures show."""
        said = {
            "length": self.tr("Length {0}").format(self.length),
            "base": self.tr("Base {0} (sinusoidal, rotary)").format(f"{self.base:,.0f}"),
            "width": self.tr("Dimensions {0}").format(self.dimensions),
            "heads": self.tr("Heads {0} (ALiBi)").format(self.sliders["heads"].value()),
            "head": self.tr("Head shown {0}").format(self.sliders["head"].value()),
        }
        for name, words in said.items():
            self._titles[name].setText(words)
            self.sliders[name].setAccessibleName(words)
        self.what.setText(self._explanations[self.view])

    def retranslate(self) -> None:
        super().retranslate()
        names = (self.tr("Heat map"), self.tr("Similarity"), self.tr("Distance decay"), self.tr("Curves"))
        for view, name in zip(VIEWS, names, strict=True):
            self.views.button(view).setText(name)
        self.own.setText(self.tr("this model's own"))
        self.own.setToolTip(self.tr("Show what the open model has in place of its scheme's formula"))
        self.cosine.setText(self.tr("cosine"))
        self.cosine.setToolTip(self.tr("Divide the products by the lengths of the vectors"))
        self._explanations = {
            TABLE: self.tr(
                "The encoding itself: a row for each position; for ALiBi and relative a row for each offset, key − query. "
                "Blue is above zero, orange below."
            ),
            LIKENESS: self.tr(
                "How alike two positions are: the product of their vectors, or its cosine. For ALiBi and relative: what one head "
                "adds to the score of each query and key. At most 256 positions."
            ),
            DECAY: self.tr(
                "What a query sees of a key k positions before it, from position alone. Sinusoidal and rotary: Σ cos(ωk). "
                "Learned: the mean product of two vectors k apart. ALiBi: −slope · k. Relative: the bias."
            ),
            CURVES: self.tr(
                "Single columns over the position, from fast to slow; for ALiBi and relative single heads over the offset."
            ),
        }
        self._show()
