"""Which class is taken for which: a confusion matrix as one picture, up to a hundred and fifty classes."""

from __future__ import annotations

import html
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QHelpEvent, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QToolTip, QWidget

from workbench.gui import colours
from workbench.gui.theme import theme_of
from workbench.gui.widgets.panel import Panel
from workbench.gui.widgets.reactive import Reactive

Counts = NDArray[np.int64]
NAMES = 14
"""Least pixels a cell has for its class to be named beside it."""


class ConfusionMatrix(Panel):
    """Truth down, prediction across; each row is coloured by its shares, so that a small class counts like a large one."""

    cell_clicked = Signal(int, int)
    """Truth and prediction, as places among the labels."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.empty = QLabel(self)
        self.empty.setObjectName("muted")
        self.empty.setWordWrap(True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.picture = ConfusionPicture(self)
        self._without_classes = False
        self.body.addWidget(self.empty)
        self.body.addWidget(self.picture, 1)
        self.picture.cell_clicked.connect(self.cell_clicked)
        self.react()

    def set_matrix(self, counts: Sequence[Sequence[int]], labels: Sequence[str]) -> None:
        """Show counts, (truth, prediction), of classes named so; nothing where they do not belong together."""
        matrix = np.asarray(counts, np.int64)
        if matrix.shape != (len(labels), len(labels)):
            matrix, labels = np.zeros((0, 0), np.int64), ()
        self._without_classes = False
        self.picture.show_matrix(matrix, tuple(labels))
        self._tell()

    def set_no_classes(self) -> None:
        """Say that this task has no classes to confuse."""
        self.set_matrix((), ())
        self._without_classes = True
        self._tell()

    def retranslate(self) -> None:
        self._tell()

    def _tell(self) -> None:
        counts = self.picture.counts
        rows, right = int(counts.sum()), int(np.trace(counts)) if counts.size else 0
        facts = self.tr("truth down, prediction across · {0} of {1} rows right").format(f"{right:,}", f"{rows:,}") if rows else ""
        self.entitle(self.tr("Confusions"), facts)
        self.empty.setText(
            self.tr("This task has no classes, so none can be confused.") if self._without_classes
            else self.tr("Which classes are taken for which appears here after the first evaluation.")
        )  # fmt: skip
        self.empty.setVisible(not counts.size)
        self.picture.setVisible(bool(counts.size))


class ConfusionPicture(Reactive):
    """The matrix itself, its names where they fit, and the cell under the cursor."""

    cell_clicked = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.counts: Counts = np.zeros((0, 0), np.int64)
        self.labels: tuple[str, ...] = ()
        self._image = QImage()
        self.cell: tuple[int, int] | None = None
        """Truth and prediction under the cursor, or chosen by the arrow keys."""
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(140)
        self.react()

    def show_matrix(self, counts: Counts, labels: tuple[str, ...]) -> None:
        """Set what is shown."""
        if labels != self.labels:
            self.cell = None
        self.counts, self.labels = counts, labels
        self.recolour()

    def shares(self) -> NDArray[np.float64]:
        """Each row's shares, (truth, prediction); a class without rows has none."""
        return np.asarray(self.counts / np.maximum(self.counts.sum(1, keepdims=True), 1))

    def retranslate(self) -> None:
        self.setAccessibleName(self.tr("Confusion matrix: arrow keys choose a cell, Enter opens it"))
        self.update()

    def recolour(self) -> None:
        size = len(self.counts)
        indices = np.zeros((size, -(-size // 4) * 4), np.uint8)  # a row of a QImage begins at a multiple of four bytes
        indices[:, :size] = colours.to_bytes(self.shares())
        image = QImage(indices.tobytes(), size, size, indices.shape[1], QImage.Format.Format_Indexed8)
        image.setColorTable(colours.colour_table(colours.sequential(theme_of(self))))
        self._image = image.copy()  # owns its bytes
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(320, 260)

    def explain(self, truth: int, prediction: int) -> str:
        """A cell in words: plain text."""
        count, of = int(self.counts[truth, prediction]), int(self.counts[truth].sum())
        share = 100 * count / max(of, 1)
        words = self.tr("truth {0}, predicted {1}: {2} of {3} rows ({4} %)")
        return words.format(self.labels[truth], self.labels[prediction], f"{count:,}", f"{of:,}", f"{share:.1f}")

    def area(self) -> QRectF:
        """Where the cells are: as square as there is room, names at the left and below."""
        size = max(len(self.labels), 1)
        side, below = self._margins()
        room_x, room_y = max(self.width() - side - 2, 1), max(self.height() - below - 2, 1)
        cell_y = room_y / size
        cell_x = min(room_x / size, cell_y * 3)
        return QRectF(side, 1, cell_x * size, cell_y * size)

    def cell_at(self, position: QPoint) -> tuple[int, int] | None:
        """Truth and prediction at a place; None beside the cells."""
        area, size = self.area(), len(self.labels)
        if not size or not area.contains(position.toPointF()):
            return None
        row = int((position.y() - area.top()) / area.height() * size)
        column = int((position.x() - area.left()) / area.width() * size)
        return min(row, size - 1), min(column, size - 1)

    # -- events -------------------------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            cell = self.cell_at(event.pos())
            name = self._name_at(event.pos())
            words = self.explain(*cell) if cell else name
            QToolTip.showText(event.globalPos(), f"<p>{html.escape(words)}</p>" if words else "", self)
            return True
        return bool(super().event(event))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._choose(self.cell_at(event.position().toPoint()))

    def leaveEvent(self, event: QEvent) -> None:
        self._choose(None)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        cell = self.cell_at(event.position().toPoint())
        if cell is not None and event.button() == Qt.MouseButton.LeftButton:
            self.cell_clicked.emit(*cell)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, size = Qt.Key, len(self.labels)
        moves = {key.Key_Up: (-1, 0), key.Key_Down: (1, 0), key.Key_Left: (0, -1), key.Key_Right: (0, 1)}
        move = moves.get(Qt.Key(event.key()))
        if size and move is not None:
            row, column = self.cell or (0, 0)
            step = move if self.cell else (0, 0)
            self._choose((min(max(row + step[0], 0), size - 1), min(max(column + step[1], 0), size - 1)))
        elif self.cell is not None and event.key() in (key.Key_Return, key.Key_Enter, key.Key_Space):
            self.cell_clicked.emit(*self.cell)
        else:
            super().keyPressEvent(event)

    def _choose(self, cell: tuple[int, int] | None) -> None:
        if cell != self.cell:
            self.cell = cell
            self.setAccessibleDescription(self.explain(*cell) if cell else "")
            self.update()

    # -- painting -----------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        size = len(self.labels)
        if not size:
            return
        painter, theme, area = QPainter(self), theme_of(self), self.area()
        painter.setFont(_small(self))
        painter.drawImage(area, self._image)
        painter.setPen(QColor(theme.line))
        painter.drawRect(area)
        width, height = area.width() / size, area.height() / size
        metrics = painter.fontMetrics()
        self._draw_names(painter, metrics, area, width, height)
        widest = metrics.horizontalAdvance(f"{int(self.counts.max()):,}")
        if widest + 4 <= width and metrics.height() <= height:
            shares = self.shares()
            for row, column in zip(*np.nonzero(self.counts), strict=True):
                place = QRectF(area.left() + column * width, area.top() + row * height, width, height)
                painter.setPen(QColor(theme.on_accent if shares[row, column] > 0.35 else theme.text))
                painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), f"{int(self.counts[row, column]):,}")
        if self.cell is not None:
            row, column = self.cell
            painter.setPen(QColor(theme.attention))
            painter.drawRect(QRectF(area.left() + column * width, area.top() + row * height, width, height))
        painter.end()

    def _draw_names(self, painter: QPainter, metrics: QFontMetrics, area: QRectF, width: float, height: float) -> None:
        painter.setPen(QColor(theme_of(self).muted))
        elide, flags = Qt.TextElideMode.ElideRight, Qt.AlignmentFlag
        every = max(1, round(NAMES / height + 0.49))
        for row in range(0, len(self.labels), every):
            place = QRectF(0, max(0.0, area.top() + (row + 0.5) * height - NAMES / 2), area.left() - 6, NAMES)
            text = metrics.elidedText(_line(self.labels[row]), elide, int(place.width()))
            painter.drawText(place, int(flags.AlignRight | flags.AlignVCenter), text)
        if width < 30:  # too narrow to read: the rows' names and the tool tip say it
            return
        for column, name in enumerate(self.labels):
            place = QRectF(area.left() + column * width + 2, area.bottom() + 2, width - 4, NAMES + 2)
            text = metrics.elidedText(_line(name), elide, int(place.width()))
            painter.drawText(place, int(flags.AlignCenter), text)

    def _margins(self) -> tuple[int, int]:
        metrics = QFontMetrics(_small(self))
        widest = max((metrics.horizontalAdvance(_line(name)) for name in self.labels), default=0)
        return min(widest + 8, max(self.width() // 3, 40)), NAMES + 6

    def _name_at(self, position: QPoint) -> str:
        area, size = self.area(), len(self.labels)
        beside = QRect(0, int(area.top()), int(area.left()), int(area.height()))
        below = QRect(int(area.left()), int(area.bottom()), int(area.width()), NAMES + 6)
        if size and beside.contains(position):
            return self.labels[min(int((position.y() - area.top()) / area.height() * size), size - 1)]
        if size and below.contains(position):
            return self.labels[min(int((position.x() - area.left()) / area.width() * size), size - 1)]
        return ""


def _small(widget: QWidget) -> QFont:
    font = QFont(widget.font())
    font.setPixelSize(11)
    return font


def _line(text: str) -> str:
    return " ".join(text[:80].split())
