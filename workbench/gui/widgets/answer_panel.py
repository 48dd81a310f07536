"""What the model makes of the text, and beside it what it made of it before anything was changed."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from workbench.contracts.inspection import Answer, Inspected
from workbench.gui.models.token_names import shown
from workbench.gui.theme import theme_of
from workbench.gui.widgets.panel import Panel
from workbench.gui.widgets.reactive import Reactive

SHOWN = 5
"""Likely answers with a bar."""
ROW = 24
"""Pixels of a line."""


class LikelyBars(Reactive):
    """A bar for each likely answer; a mark stands where it was before the change."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.most = SHOWN
        self.rows: tuple[tuple[str, float, float | None], ...] = ()
        """Answer, its probability, and the one before."""
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.react()

    def show_answers(self, answer: Answer | None, before: Answer | None) -> None:
        """Show the likeliest answers now and before."""
        rows: list[tuple[str, float, float | None]] = []
        if answer is not None and answer.kind != "number":
            was = dict(before.likely) if before is not None else {}
            rows = [(name, share, was.get(name, 0.0) if before else None) for name, share in answer.likely[: self.most]]
            if before is not None and before.likely and before.likely[0][0] not in dict(answer.likely[: self.most]):
                name, share = before.likely[0]  # what it used to say must not vanish
                rows[max(1, self.most - 1) :] = [(name, dict(answer.likely).get(name, 0.0), share)]
        self.rows = tuple(rows)
        self.setAccessibleName("; ".join(self._line(*row) for row in self.rows))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(260, len(self.rows) * ROW)

    def minimumSizeHint(self) -> QSize:
        return QSize(180, len(self.rows) * ROW)

    def recolour(self) -> None:
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme, metrics = QPainter(self), theme_of(self), self.fontMetrics()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        names = min(max((metrics.horizontalAdvance(shown(name)) for name, _, _ in self.rows), default=0) + 12, self.width() // 3)
        numbers = max((metrics.horizontalAdvance(self._numbers(now, was)) for _, now, was in self.rows), default=0) + 10
        room = max(20, self.width() - names - numbers)
        middle = Qt.AlignmentFlag.AlignVCenter
        for line, (name, now, was) in enumerate(self.rows):
            top = line * ROW
            painter.setPen(QColor(theme.text))
            words = metrics.elidedText(shown(name), Qt.TextElideMode.ElideRight, names - 8)
            painter.drawText(QRectF(0, top, names - 8, ROW), middle | Qt.AlignmentFlag.AlignLeft, words)
            bar = QRectF(names, top + 6, room, ROW - 12)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.soft))
            painter.drawRoundedRect(bar, 4, 4)
            painter.setBrush(QColor(theme.accent))
            painter.drawRoundedRect(QRectF(bar.left(), bar.top(), max(2.0, room * now), bar.height()), 4, 4)
            if was is not None:
                painter.setPen(QPen(QColor(theme.attention), 2))
                at = bar.left() + room * was
                painter.drawLine(int(at), int(bar.top()) - 3, int(at), int(bar.bottom()) + 3)
            painter.setPen(QColor(theme.muted))
            painter.drawText(
                QRectF(names + room, top, numbers, ROW), middle | Qt.AlignmentFlag.AlignRight, self._numbers(now, was)
            )

    def _numbers(self, now: float, was: float | None) -> str:
        return f"{now:.1%}" if was is None else f"{was:.1%} → {now:.1%}"

    def _line(self, name: str, now: float, was: float | None) -> str:
        return f"{shown(name)} {self._numbers(now, was)}"


class AnswerPanel(Panel):
    """The answer in bars and words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._seen: Inspected | None = None
        self.line = QLabel(self, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.bars = LikelyBars(self)
        self.body.addWidget(self.line)
        self.body.addWidget(self.bars)
        self.body.addStretch(1)
        self.react()

    def show_answer(self, seen: Inspected | None) -> None:
        """Show what came of a text, or nothing."""
        self._seen = seen
        answer, before = (seen.answer, seen.before) if seen is not None else (None, None)
        self.bars.show_answers(answer, before)
        self.bars.setVisible(bool(self.bars.rows))
        self.line.setText("\n".join(self._lines(answer, before)))
        self.tell(self.tr("the mark shows it without the changes") if before is not None and self.bars.rows else "")

    def make_room(self, room: bool) -> None:
        """Show one bar instead of several, where what stands above needs the height."""
        self.bars.most = 1 if room else SHOWN
        self.show_answer(self._seen)

    def retranslate(self) -> None:
        self.entitle(self.tr("Answer"))
        self.show_answer(self._seen)

    def _lines(self, answer: Answer | None, before: Answer | None) -> list[str]:
        if answer is None:
            return [self.tr("What the model makes of the text appears here, also what a change does to it.")]
        lines = []
        if answer.kind == "number" and answer.likely:
            was = before.likely[0][1] if before is not None else None
            lines.append(self.tr("The model says: {0}").format(self._both(answer.likely[0][1], was)))
        elif answer.kind == "tags":
            lines.append(self._tags(answer, before))
        elif answer.kind == "vector" and answer.vector is not None:
            cosine = answer.cosine(before) if before is not None else None
            pictured = self._seen is not None and self._seen.picture is not None
            if cosine is None and pictured:
                lines.append(
                    self.tr("A vector of {0} numbers for the picture: this model answers nothing else.").format(
                        len(answer.vector)
                    )
                )
            elif cosine is None:
                lines.append(
                    self.tr("A sentence vector of {0} numbers: this model answers nothing else.").format(len(answer.vector))
                )
            else:
                words = self.tr("Sentence vector: cosine {0} to the one without the changes.")
                if pictured:
                    words = self.tr("Vector of the picture: cosine {0} to the one without the changes.")
                lines.append(words.format(f"{cosine:.4f}"))
        if answer.written:
            lines.append(self.tr("The model writes: {0}").format(answer.written))
        if answer.loss is not None:
            was = before.loss if before is not None else None
            lines.append(self.tr("Loss on this text: {0} nats a token").format(self._both(answer.loss, was)))
        if answer.kind == "next":
            lines.append(self.tr("The likeliest next token:"))
        elif answer.kind == "masked" and answer.likely:
            lines.append(self.tr("The likeliest token behind the first mask:"))
        return lines

    def _tags(self, answer: Answer, before: Answer | None) -> str:
        assert self._seen is not None
        tokens = self._seen.tokens
        pairs = zip(tokens, answer.tags, strict=False)
        line = "  ".join(f"{shown(token)}/{tag}" for token, tag in pairs if tag != "O") or self.tr("no entity")
        if before is not None:
            differs = sum(now != was for now, was in zip(answer.tags, before.tags, strict=True))
            line += "\n" + self.tr("{0} of {1} tags are others than without the changes.").format(differs, len(answer.tags))
        return line

    def _both(self, now: float, was: float | None) -> str:
        return f"{now:.4g}" if was is None else f"{was:.4g} → {now:.4g}"
