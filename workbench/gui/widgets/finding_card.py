"""One finding of the doctor: how grave it is, how many, the evidence, and what can be done about it."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QWidget

from workbench.contracts.findings import GRAVE, HINT, Mend
from workbench.gui.models.doctor_state import Case
from workbench.gui.theme import theme_of
from workbench.gui.widgets.elided import plain_tip
from workbench.gui.widgets.finding_words import LONGEST, MENDED, FindingWords, shortened
from workbench.gui.widgets.flow import Flow
from workbench.gui.widgets.reactive import Reactive
from workbench.gui.words import said

_ICON = 16
_OCTAGON = ((5.2, 1.5), (10.8, 1.5), (14.5, 5.2), (14.5, 10.8), (10.8, 14.5), (5.2, 14.5), (1.5, 10.8), (1.5, 5.2))


class WeightIcon(Reactive):
    """A sign whose form and colour tell a weight: an octagon, a triangle, a ring, a tick."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.weight = HINT
        self.setFixedSize(_ICON, _ICON)
        self.react()

    def show_weight(self, weight: str, name: str) -> None:
        """Draw this weight, which is called so."""
        self.weight = weight
        self.setToolTip(name)
        self.setAccessibleName(name)
        self.update()

    def recolour(self) -> None:
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), theme_of(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = QColor({GRAVE: theme.bad, HINT: theme.muted, MENDED: theme.good}.get(self.weight, theme.attention))
        painter.setPen(QPen(colour, 1.6, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
        if self.weight == MENDED:
            painter.drawPolyline(_points((2.5, 8.5), (6.5, 12.5), (13.5, 4)))
            return
        if self.weight == GRAVE:
            painter.drawPolygon(_points(*_OCTAGON))
        elif self.weight == HINT:
            painter.drawEllipse(QRectF(1.5, 1.5, 13, 13))
        else:
            painter.drawPolygon(_points((8, 1.8), (14.8, 14), (1.2, 14)))
        painter.drawLine(QPointF(8, 5.5), QPointF(8, 9))
        painter.drawPoint(QPointF(8, 11.6))


class FindingCard(Reactive):
    """Shows a `Case`: a finding with its ways out, or how it was mended with the way back."""

    show_wanted = Signal()
    """The person wants to see what it is about, or all of the table again."""
    mend_wanted = Signal(object)
    """A `Mend` to apply."""
    undo_wanted = Signal()

    def __init__(self, case: Case, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.case, self.showable, self.shown = case, False, False
        self._words = FindingWords(self)
        self.icon, self.title, self.count = WeightIcon(self), QLabel(self), QLabel(self)
        self.evidence, self.does = QLabel(self), QLabel(self)
        self.show_button, self.undo_button = QPushButton(self), QPushButton(self)
        self.mend_buttons: list[QPushButton] = []
        self._mends: list[Mend] = []
        self._lay_out()
        self.show_button.clicked.connect(self.show_wanted)
        self.undo_button.clicked.connect(self._undo)
        self.react()

    def _lay_out(self) -> None:
        self.title.setObjectName("heading")
        self.show_button.setObjectName("link")
        for label in (self.title, self.evidence, self.does):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        for label in (self.count, self.evidence):
            label.setObjectName("muted")
        top = Qt.AlignmentFlag.AlignTop
        self._buttons = Flow()
        for button in (self.show_button, self.undo_button):
            self._buttons.addWidget(button)
        whole = QGridLayout(self)
        whole.setContentsMargins(0, 8, 0, 8)
        whole.setHorizontalSpacing(8)
        whole.setVerticalSpacing(4)
        whole.setColumnStretch(1, 1)
        whole.addWidget(self.icon, 0, 0, top)
        whole.addWidget(self.title, 0, 1)
        whole.addWidget(self.count, 0, 2, top)
        whole.addWidget(self.evidence, 1, 1, 1, 2)
        whole.addWidget(self.does, 2, 1, 1, 2)
        whole.addLayout(self._buttons, 3, 1, 1, 2)

    def show_case(self, case: Case, *, showable: bool, shown: bool) -> None:
        """Show this; `showable` where there is something to look at, `shown` while that is looked at."""
        self.case, self.showable, self.shown = case, showable, shown
        self.retranslate()

    def retranslate(self) -> None:
        finding, mended = self.case.finding, self.case.mended
        weight = MENDED if mended is not None else finding.weight
        title = self._words.title(finding)
        self.icon.show_weight(weight, self._words.weight(weight))
        self.title.setText(title)
        self.count.setText(f"{finding.count:,}")
        _say(self.evidence, said(finding.evidence))
        _say(self.does, self._way_out())
        self.show_button.setVisible(self.showable)
        self.show_button.setText(self.tr("Show all rows") if self.shown else self.tr("Show me"))
        self.show_button.setAccessibleName(f"{self.show_button.text()}: {self.title.text()}")
        self.undo_button.setText(self.tr("Undo"))
        self.undo_button.setAccessibleName(f"{self.undo_button.text()}: {self.title.text()}")
        self.setAccessibleName(f"{self.title.text()}, {self.icon.accessibleName()}")
        self._show_buttons()

    def _way_out(self) -> str:
        """How it is or may be mended: what the first of the ways does, which is the recommended one."""
        if self.case.mended is not None:
            return self.tr("Mended: {0}").format(said(self.case.mended.does))
        first = next(iter(self.case.finding.mends), None)
        return said(first.does) if first is not None else ""

    def _show_buttons(self) -> None:
        """A button for each mend that a press can do; of a case that is mended the way back alone."""
        mends = [mend for mend in self.case.finding.mends if mend.settings]
        if mends != self._mends:
            for button in self.mend_buttons:
                self._buttons.removeWidget(button)
                button.hide()  # at once; it goes when the event loop comes round
                button.deleteLater()
            self._mends, self.mend_buttons = mends, [QPushButton(self) for _ in mends]
            for button, mend in zip(self.mend_buttons, mends, strict=True):
                button.clicked.connect(lambda _=False, mend=mend: self._mend(mend))
                self._buttons.addWidget(button)
        for button, mend in zip(self.mend_buttons, mends, strict=True):
            button.setText(self._words.mend(mend))
            button.setToolTip(plain_tip(said(mend.does)))
            button.setAccessibleName(f"{button.text()}: {self.title.text()}")
            button.setAccessibleDescription(said(mend.does))
            button.setVisible(self.case.mended is None)
        self.undo_button.setVisible(self.case.mended is not None)

    def _mend(self, mend: Mend) -> None:
        """Who mends by keys finds the way back under the next key, and the other way round."""
        self.mend_wanted.emit(mend)
        if self.case.mended is not None:
            self.undo_button.setFocus()

    def _undo(self) -> None:
        self.undo_wanted.emit()
        if self.case.mended is None and self.mend_buttons:
            self.mend_buttons[0].setFocus()


def _say(label: QLabel, text: str) -> None:
    label.setText(shortened(text))
    label.setToolTip(plain_tip(text) if len(text) > LONGEST else "")
    label.setVisible(bool(text))


def _points(*places: tuple[float, float]) -> QPolygonF:
    return QPolygonF([QPointF(x, y) for x, y in places])
