"""A drawing of the model being set up: its stacks, what is in a layer, and how many numbers each part holds."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF, QResizeEvent
from PySide6.QtWidgets import QToolTip, QWidget

from workbench.contracts.estimates import Parameters, layer_parameters, norm_parameters
from workbench.contracts.specs import LAYOUT_OF_TASK, ModelSpec
from workbench.gui.models.setting_words import SettingWords
from workbench.gui.models.stack_plan import Box, Line, Plan, plan_stack
from workbench.gui.theme import theme_of
from workbench.gui.widgets.counts import heads_text
from workbench.gui.widgets.reactive import Reactive

FIELD = {
    "embeddings": "data.vocab_size", "positions": "model.positions", "self": "model.heads", "cross": "model.heads",
    "feed": "model.d_ff", "norm": "model.norm_placement", "layer": "model.layers", "head": "model.tie_embeddings",
}  # fmt: skip
"""Which setting a part leads to."""
MOST_HEADS = 16
"""Heads drawn one by one."""


class StackDrawing(Reactive):
    """Draws a `ModelSpec`. Pointing at a part explains it; clicking asks for its setting."""

    setting_wanted = Signal(str)
    """Field, such as ``model.heads``."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = SettingWords(self)
        self._spec: ModelSpec | None = None
        self._task = "text-classification"
        self._parameters: Parameters | None = None
        self._why = ""
        self._plan = Plan()
        self._under: Box | None = None
        self.setMouseTracking(True)
        self.setMinimumSize(280, 240)
        self.react()

    @property
    def plan(self) -> Plan:
        """What is drawn where."""
        return self._plan

    def sizeHint(self) -> QSize:
        return QSize(520, 420)

    def show_model(self, spec: ModelSpec, task: str, parameters: Parameters | None) -> None:
        """Draw this model."""
        if (spec, task, parameters) != (self._spec, self._task, self._parameters) or self._why:
            self._spec, self._task, self._parameters, self._why = spec, task, parameters, ""
            self._lay_out()

    def show_why_not(self, why: str) -> None:
        """Say in place of a drawing why there is none; a drawing that was there stays, pale."""
        if why != self._why:
            self._why = why
            self._lay_out()

    def text_of(self, box: Box) -> str:
        """What is written in a part."""
        spec = self._spec
        assert spec is not None
        words = self._words
        match box.kind:
            case "self" if box.stack == "decoder":
                return self.tr("masked self-attention")
            case "self":
                return self.tr("self-attention")
            case "cross":
                return self.tr("cross-attention")
            case "feed":
                inner = f"{spec.d_ff or 4 * spec.d_model:,}"
                return self.tr("feed-forward {0} · {1}").format(inner, words.choice("model.activation", spec.activation))
            case "embeddings":
                return self.tr("embeddings {0}").format(f"{spec.d_model:,}")
            case "positions":
                name = words.choice("model.positions", spec.positions)
                return self.tr("no positions") if spec.positions == "none" else self.tr("+ {0}").format(name)
            case "head":
                return {
                    "text-classification": self.tr("one class"),
                    "multi-label": self.tr("each label: yes or no"),
                    "regression": self.tr("one number"),
                    "pair-classification": self.tr("one class"),
                    "pair-regression": self.tr("one number"),
                    "question-answering": self.tr("first and last token"),
                    "token-classification": self.tr("a tag for each token"),
                    "seq2seq": self.tr("next target token"),
                    "causal-lm": self.tr("next token"),
                    "masked-lm": self.tr("hidden tokens"),
                }[self._task]
        return ""

    def explain(self, box: Box) -> str:
        """What a part computes and what it holds."""
        spec = self._spec
        assert spec is not None
        block = layer_parameters(spec)
        norm = self._words.choice("model.norm", spec.norm)
        head_dim = spec.d_model // spec.heads
        scaled = f"softmax(QKᵀ / √{head_dim}) V" if spec.scale else "softmax(QKᵀ) V"
        held, said = 0, ""
        match box.kind:
            case "self" | "cross":
                held = block.attention
                said = self.tr("{0} of width {1}: {2}").format(heads_text(spec.heads), head_dim, scaled)
                if box.kind == "cross":
                    said += "\n" + self.tr("Queries from the decoder, keys and values from the encoder.")
                elif box.stack == "decoder":
                    said += "\n" + self.tr("Each token sees itself and what stands before it.")
            case "feed":
                held, inner = block.feed_forward, spec.d_ff or 4 * spec.d_model
                formula = "W₂ (SiLU(W₁ x) ⊙ W₃ x)" if spec.activation == "swiglu" else "W₂ f(W₁ x)"
                said = self.tr("{0}: from {1} to {2} and back, for each token alone").format(formula, spec.d_model, inner)
            case "norm":
                held = norm_parameters(spec)
                wrapped = {("pre", True): "x + f(norm(x))", ("post", True): "norm(x + f(x))", ("pre", False): "f(norm(x))",
                           ("post", False): "norm(f(x))"}[spec.norm_placement, spec.residual]  # fmt: skip
                said = self.tr("{0}: {1}").format(norm, wrapped)
            case "embeddings":
                held = self._parameters.embeddings if self._parameters else 0
                said = self.tr("A vector of {0} numbers for each token; position tables are counted here.").format(spec.d_model)
            case "positions":
                said = {
                    "none": self.tr("Order is not told: attention sees a bag of tokens."),
                    "sinusoidal": self.tr("Sines and cosines of the place are added to the embedding."),
                    "learned": self.tr("A learned vector for each place is added to the embedding."),
                    "rotary": self.tr("Queries and keys are turned by an angle that grows with the place."),
                    "alibi": self.tr("Scores fall with the distance, in each head at its own rate."),
                    "relative": self.tr("A learned number for each distance is added to the scores."),
                }[spec.positions]
            case "head":
                held = self._parameters.output if self._parameters else 0
                said = self.tr("The output: {0}.").format(self.text_of(box))
            case "layer":
                said = self.tr("Layer {0} of {1}").format(box.layer, spec.layers)
                if spec.share_layers:
                    said += "\n" + self.tr("All layers use the same weights.")
        return said + ("\n" + self.tr("{0} parameters").format(f"{held:,}") if held else "")

    # -- Qt -----------------------------------------------------------------------------------------------------------

    def retranslate(self) -> None:
        self.setAccessibleName(self.tr("Drawing of the model"))
        self._describe()
        self.update()

    def recolour(self) -> None:
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            box = self.box_at(QPointF(event.pos()))
            if box is None:
                QToolTip.hideText()
            else:
                QToolTip.showText(event.globalPos(), self.explain(box), self)
            return True
        return super().event(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        under = self.box_at(event.position())
        if under != self._under:
            self._under = under
            self.setCursor(Qt.CursorShape.PointingHandCursor if under else Qt.CursorShape.ArrowCursor)
            self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._under = None
        self.update()
        super().leaveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        box = self.box_at(event.position())
        if box is not None and event.button() == Qt.MouseButton.LeftButton:
            self.setting_wanted.emit(FIELD[box.kind])

    def box_at(self, point: QPointF) -> Box | None:
        """The innermost part under a point; bars of a norm are easier to hit than they look."""
        if self._spec is None:
            return None
        found = None
        for box in self._plan.boxes:
            if box.holds(point.x(), point.y()) and (found is None or box.width * box.height < found.width * found.height):
                found = box
            if box.kind == "norm" and box.x <= point.x() < box.x + box.width and abs(point.y() - box.y - 1.5) < 3:
                return box
        return found

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = theme_of(self)
        if self._spec is not None:
            painter.setOpacity(0.35 if self._why else 1.0)
            self._paint_model(painter, self._spec)
            painter.setOpacity(1.0)
        if self._why:
            metrics = self.fontMetrics()
            flags = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap)
            area = metrics.boundingRect(self.rect().adjusted(24, 0, -24, 0), flags, self._why).adjusted(-12, -8, 12, 8)
            painter.setPen(QPen(QColor(theme.line), 1))
            painter.setBrush(QColor(theme.panel))
            painter.drawRoundedRect(QRectF(area), 8, 8)
            painter.setPen(QColor(theme.muted))
            painter.drawText(area, flags, self._why)

    def _lay_out(self) -> None:
        if self._spec is not None:
            self._plan = plan_stack(self._spec, self._task, self.width(), self.height())
        self._under = None
        self._describe()
        self.update()

    def _describe(self) -> None:
        spec = self._spec
        if spec is None:
            self.setAccessibleDescription(self._why)
            return
        self.setAccessibleDescription(
            self.tr("{0}: {1} layers of {2} heads, width {3}, positions {4}, norm {5}.").format(
                self._words.choice("model.layout", spec.layout or LAYOUT_OF_TASK[self._task]), spec.layers, spec.heads,
                spec.d_model, self._words.choice("model.positions", spec.positions),
                self._words.choice("model.norm_placement", spec.norm_placement),
            )
        )  # fmt: skip

    # -- painting -----------------------------------------------------------------------------------------------------

    def _paint_model(self, painter: QPainter, spec: ModelSpec) -> None:
        theme = theme_of(self)
        font = painter.font()
        font.setPixelSize(12)
        painter.setFont(font)
        for box in self._plan.boxes:
            if box.kind == "layer":
                hot = box == self._under
                painter.setPen(QPen(QColor(theme.accent if hot else theme.line), 1))
                painter.setBrush(QColor(theme.ground))
                painter.drawRoundedRect(_rect(box), 8, 8)
        for line in self._plan.lines:
            self._paint_line(painter, line)
        for box in self._plan.boxes:
            if box.kind == "norm":
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(theme.attention))
                painter.drawRoundedRect(_rect(box), 1.5, 1.5)
            elif box.kind != "layer":
                self._paint_block(painter, box, spec)
        painter.setPen(QColor(theme.muted))
        for box in self._plan.boxes:
            if box.kind == "embeddings":
                below = QRectF(box.x, box.y + box.height + 2, 240, 20)
                painter.drawText(below, int(Qt.AlignmentFlag.AlignVCenter), self._input_words(box.stack))
            if box.kind == "positions" and spec.layers > self._plan.shown:
                below = QRectF(box.x - 60, box.y + box.height + 2, box.width + 60, 20)
                painter.setPen(QColor(theme.accent))
                flags = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
                painter.drawText(below, flags, self.tr("{0} of {1} layers").format(self._plan.shown, spec.layers))
                painter.setPen(QColor(theme.muted))

    def _paint_block(self, painter: QPainter, box: Box, spec: ModelSpec) -> None:
        theme = theme_of(self)
        attention = box.kind in ("self", "cross")
        hot = box == self._under
        painter.setPen(QPen(QColor(theme.accent if hot or attention else theme.line), 1))
        painter.setBrush(QColor(theme.soft if attention or box.kind == "head" else theme.panel))
        rect = _rect(box)
        painter.drawRoundedRect(rect, 5, 5)
        area = rect.adjusted(8, 0, -8, 0)
        metrics = painter.fontMetrics()
        held, text = self._held_text(box, spec), self.text_of(box)
        aside = metrics.horizontalAdvance(held) + 10 if held else 0
        wide = metrics.horizontalAdvance(text) + (10 + 7 * spec.heads if attention and spec.heads <= MOST_HEADS else 0)
        if held and wide + aside <= area.width():  # where there is no room for both, the number waits in the tool tip
            painter.setPen(QColor(theme.muted))
            painter.drawText(area, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight), held)
            area.setRight(area.right() - aside)
        if attention:
            text = self._paint_heads(painter, area, text, spec.heads)
        painter.setPen(QColor(theme.accent if attention else theme.text))
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(area.width()) + 1)
        painter.drawText(area, int(Qt.AlignmentFlag.AlignVCenter), shown)

    def _paint_heads(self, painter: QPainter, area: QRectF, text: str, heads: int) -> str:
        """Draw the heads one by one behind the text; where they do not fit, the text that is to be written in their place."""
        start = area.x() + painter.fontMetrics().horizontalAdvance(text) + 10
        pitch = head_pitch(heads, area.right() - start)
        if not pitch:
            return f"{heads_text(heads)} · {text}"
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme_of(self).accent))
        size = min(11.0, area.height() - 8)
        for number in range(heads):
            painter.drawRoundedRect(QRectF(start + number * pitch, area.center().y() - size / 2, pitch - 3, size), 2, 2)
        return text

    def _held_text(self, box: Box, spec: ModelSpec) -> str:
        block = layer_parameters(spec)
        held = {"self": block.attention, "cross": block.attention, "feed": block.feed_forward}.get(box.kind, 0)
        if box.kind == "head" and self._parameters:
            held = self._parameters.output
        return short_number(held) if held else ""

    def _paint_line(self, painter: QPainter, line: Line) -> None:
        theme = theme_of(self)
        colour = QColor(theme.accent if line.kind == "memory" else theme.muted)
        painter.setPen(QPen(colour, 1.4 if line.kind == "memory" else 1.0))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(QPolygonF([QPointF(x, y) for x, y in line.points]))
        (x0, y0), (x, y) = line.points[-2:]
        length = max(1e-6, abs(x - x0) + abs(y - y0))
        dx, dy = (x - x0) / length * 5, (y - y0) / length * 5
        painter.setBrush(colour)
        painter.setPen(Qt.PenStyle.NoPen)
        wings = (QPointF(x - dx - dy / 2, y - dy - dx / 2), QPointF(x - dx + dy / 2, y - dy + dx / 2))
        painter.drawPolygon(QPolygonF([QPointF(x, y), *wings]))

    def _input_words(self, stack: str) -> str:
        if stack == "decoder" and LAYOUT_OF_TASK[self._task] == "encoder-decoder":
            return self.tr("target so far")
        return self.tr("tokens of the text")


def head_pitch(heads: int, room: float) -> int:
    """Pixels from one drawn head to the next, as many as there is room for; 0 where they are said in words."""
    return next((pitch for pitch in (13, 9, 7) if heads <= MOST_HEADS and heads * pitch <= room), 0)


def short_number(number: int) -> str:
    """A count as it fits a small place: ``66 K``, ``1.2 M``."""
    for size, unit in ((1_000_000_000, "G"), (1_000_000, "M"), (1_000, "K")):
        if number >= size:
            value = number / size
            return f"{value:.1f} {unit}" if value < 10 else f"{value:.0f} {unit}"
    return str(number)


def _rect(box: Box) -> QRectF:
    """On pixel centres, so that hairlines are sharp."""
    return QRectF(round(box.x) + 0.5, round(box.y) + 0.5, round(box.width) - 1, max(2.0, round(box.height) - 1))
