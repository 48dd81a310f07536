"""One setting: its name, a control, where its value comes from, and what is wrong with it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QValidator, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from workbench.gui.models.setting_words import SUGGESTED, Setting, SettingWords
from workbench.gui.widgets.reactive import Reactive
from workbench.gui.words import said

Value = Any  # Any: each setting has its own type


class NumberBox(QAbstractSpinBox):
    """A number, or nothing. Any text may stand in it: what is wrong with it is said beside it, not swallowed."""

    edited = Signal()

    def __init__(self, kind: type, bounds: dict[str, float | None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind, self._bounds = kind, bounds
        self.step = 0
        """Whole numbers move to multiples of this; 0 leaves it to the size of the number."""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.lineEdit().setTextMargins(6, 0, 0, 0)
        self.lineEdit().textEdited.connect(self.edited)

    def value(self) -> Value:
        """The number; None when empty, the text itself when it is no number."""
        text = self.lineEdit().text().strip()
        try:
            if self._kind is int:
                return int(text.replace(",", "").replace("_", "").replace(" ", "")) if text else None
            return float(text.replace(",", "." if "." not in text else "")) if text else None
        except ValueError:
            return text

    def show_value(self, value: Value, placeholder: str) -> None:
        """Show a value without writing over what is being typed."""
        self.lineEdit().setPlaceholderText(placeholder)
        typing = self.hasFocus() and not self.lineEdit().text().strip()
        if not typing and (self.value() != value or type(self.value()) is not type(value)):
            self.lineEdit().setText("" if value is None else f"{value:g}" if isinstance(value, float) else str(value))

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        return (QValidator.State.Acceptable, text, position)

    def fixup(self, text: str) -> str:
        return text

    def stepEnabled(self) -> QAbstractSpinBox.StepEnabledFlag:
        return QAbstractSpinBox.StepEnabledFlag.StepUpEnabled | QAbstractSpinBox.StepEnabledFlag.StepDownEnabled

    def stepBy(self, steps: int) -> None:
        value = self.value()
        if isinstance(value, str):
            return
        new = stepped(value, steps, kind=self._kind, multiple=self.step)
        low, high = self._bounds["at_least"], self._bounds["at_most"]
        above, below = self._bounds["above"], self._bounds["below"]
        if low is not None:
            new = max(new, self._kind(low))
        if high is not None:
            new = min(new, self._kind(high))
        if (above is not None and new <= above) or (below is not None and new >= below):
            return
        self.lineEdit().setText(f"{new:g}" if isinstance(new, float) else str(new))
        self.selectAll()
        self.edited.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class ChoiceBox(QComboBox):
    """A combo box that the wheel leaves alone while it is closed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class SettingEditor(Reactive):
    """Shows a setting and says what a person wants of it; it changes nothing by itself."""

    given = Signal(str, object)
    """Field and value; None where an optional value was emptied."""
    cleared = Signal(str)
    """Field that should come from the preset again."""
    focused = Signal(str)

    def __init__(self, setting: Setting, words: SettingWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setting, self._words = setting, words
        self._automatic: object = None
        self._source = self._reason = ""
        self._problem, self._offers = "", tuple[int, ...]()
        self.label = QLabel(self)
        self.label.setFixedWidth(146)
        self.label.setWordWrap(True)
        self.control = self._make_control()
        self.control.setMinimumWidth(120)
        self.control.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.label.setBuddy(self.control)
        self.origin = QLabel(self)
        self.origin.setObjectName("muted")
        self.origin.setFixedWidth(50)
        self.back = QToolButton(self)
        self.back.setText("↺")
        self.back.setFixedSize(26, 26)
        policy = self.back.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.back.setSizePolicy(policy)
        self.back.hide()
        self.back.clicked.connect(self._go_back)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.label)
        row.addWidget(self.control, 1)
        row.addWidget(self.origin)
        row.addWidget(self.back)
        self.wrong = QLabel(self)
        self.wrong.setObjectName("bad")
        self.wrong.setWordWrap(True)
        self.wrong.hide()
        self._links = QHBoxLayout()
        self._links.setContentsMargins(150, 0, 0, 0)
        self._links.setSpacing(4)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(2)
        whole.addLayout(row)
        under = QHBoxLayout()
        under.setContentsMargins(154, 0, 0, 0)
        under.addWidget(self.wrong)
        whole.addLayout(under)
        whole.addLayout(self._links)
        for watched in (self.control, *self.control.findChildren(QWidget)):
            watched.installEventFilter(self)
        self.react()

    @property
    def problem(self) -> str:
        """What is said to be wrong; empty when all is well."""
        return self._problem

    def show_value(self, value: Value, *, source: str, used: object = None, reason: str = "") -> None:
        """Show what the setting is.

        Args:
            value: The value now; a wrong one, too.
            source: ``yours``, ``recommended``, ``preset`` or ``default``.
            used: What an open value (None) will be, where that is known.
            reason: Why this value is recommended.
        """
        self._automatic, self._source = used, source
        if reason != self._reason:
            self._reason = reason
            self._say_explanation()
        control = self.control
        if isinstance(control, NumberBox):
            control.show_value(value, self._words.automatic(self.setting.field, used) if value is None else str(value))
        elif isinstance(control, QCheckBox):
            control.setChecked(bool(value))
        elif isinstance(control, QComboBox):
            self._show_choice(control, value)
        self.back.setVisible(source == "yours")
        self._say_origin()

    def show_problem(self, text: str, offers: Sequence[int] = ()) -> None:
        """Say what is wrong, with values that would do as links; nothing when the text is empty."""
        if (text, tuple(offers)) == (self._problem, self._offers):
            return
        self._problem, self._offers = text, tuple(offers)
        self.wrong.setText(text)
        self.wrong.setVisible(bool(text))
        while (item := self._links.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for offer in self._offers:
            link = QPushButton(str(offer), self)
            link.setObjectName("link")
            link.setAccessibleName(self.tr("Set {0} to {1}").format(self._words.label(self.setting.field), offer))
            link.clicked.connect(self._take_offer)
            self._links.addWidget(link)
        if self._offers:
            self._links.addStretch(1)
        self.control.setProperty("wrong", bool(text))
        self.control.style().unpolish(self.control)
        self.control.style().polish(self.control)

    def explanation(self) -> str:
        """What the setting does, which values it takes and why this one is recommended, in the window's language."""
        bounds = self.setting.bounds
        phrases = {
            "at_least": self.tr("at least {0}"), "above": self.tr("more than {0}"), "at_most": self.tr("at most {0}"),
            "below": self.tr("less than {0}"),
        }  # fmt: skip
        limits = [phrases[name].format(f"{bound:,.12g}") for name, bound in bounds.items() if bound is not None]
        why = [self.tr("recommended: {0}").format(said(self._reason))] if self._reason else []
        return " · ".join([*why, said(self.setting.help), *limits])

    def retranslate(self) -> None:
        words, field = self._words, self.setting.field
        self.label.setText(words.label(field))
        self.control.setAccessibleName(words.label(field))
        self._say_explanation()
        self.back.setToolTip(self.tr("Back to the preset's value"))
        self.back.setAccessibleName(self.tr("Back to the preset: {0}").format(words.label(field)))
        if isinstance(self.control, QCheckBox):
            self.control.setText("")
        if isinstance(self.control, QComboBox) and not self.control.isEditable():
            for index in range(self.control.count()):
                data = self.control.itemData(index)
                text = words.automatic(field, self._automatic) if data is None else words.value(field, data)
                self.control.setItemText(index, text)
        self._say_origin()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn:
            self.focused.emit(self.setting.field)
        return super().eventFilter(watched, event)

    def _say_explanation(self) -> None:
        for widget in (self.label, self.control, self.origin):
            widget.setToolTip(self.explanation())
        self.control.setAccessibleDescription(self.explanation())

    def _say_origin(self) -> None:
        says = {
            "yours": self.tr("yours"), "recommended": self.tr("advised"), "preset": self.tr("preset"),
            "default": self.tr("default"),
        }  # fmt: skip
        self.origin.setText(says.get(self._source, ""))

    def _make_control(self) -> QWidget:
        setting = self.setting
        if setting.kind in (int, float):
            box = NumberBox(setting.kind, setting.bounds, self)
            box.edited.connect(self._number_edited)
            return box
        if setting.kind is bool and not setting.optional:
            check = QCheckBox(self)
            check.clicked.connect(self._checked)
            return check
        combo = ChoiceBox(self)
        if setting.kind is str and not setting.choices:
            combo.setEditable(True)
            combo.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
            combo.addItems(list(SUGGESTED.get(setting.field, ())))
            line = QLineEdit(combo)
            line.textEdited.connect(self._text_edited)
            combo.setLineEdit(line)
            combo.textActivated.connect(self._text_edited)
            return combo
        if setting.optional:
            combo.addItem("", None)
        for choice in (True, False) if setting.kind is bool else setting.choices:
            combo.addItem("", choice)
        combo.activated.connect(self._chosen)
        return combo

    def _show_choice(self, combo: QComboBox, value: Value) -> None:
        if (line := combo.lineEdit()) is not None:
            line.setPlaceholderText(self._words.automatic(self.setting.field, self._automatic))
            text = "" if value is None else str(value)
            if combo.currentText().strip() != text:
                combo.setCurrentText(text)
            return
        combo.setCurrentIndex(next((i for i in range(combo.count()) if combo.itemData(i) == value), -1))
        if self.setting.optional:
            combo.setItemText(0, self._words.automatic(self.setting.field, self._automatic))

    @Slot()
    def _number_edited(self) -> None:
        assert isinstance(self.control, NumberBox)
        value = self.control.value()
        if value is None and not self.setting.optional:
            self.cleared.emit(self.setting.field)
        else:
            self.given.emit(self.setting.field, value)

    @Slot(bool)
    def _checked(self, on: bool) -> None:
        self.given.emit(self.setting.field, on)

    @Slot(int)
    def _chosen(self, index: int) -> None:
        assert isinstance(self.control, QComboBox)
        self.given.emit(self.setting.field, self.control.itemData(index))

    @Slot(str)
    def _text_edited(self, text: str) -> None:
        if text.strip() or self.setting.optional:
            self.given.emit(self.setting.field, text.strip() or None)
        else:
            self.cleared.emit(self.setting.field)

    @Slot()
    def _take_offer(self) -> None:
        sender = self.sender()
        if isinstance(sender, QPushButton):
            self.given.emit(self.setting.field, int(sender.text()))

    @Slot()
    def _go_back(self) -> None:
        self.control.setFocus()
        self.cleared.emit(self.setting.field)


def stepped(value: float | None, steps: int, *, kind: type, multiple: int = 0) -> float:
    """The number some steps on: to multiples where asked for, else by its second (whole) or first (fraction) digit."""
    if kind is int:
        whole = int(value or 0)
        size = multiple or max(1, 10 ** (len(str(abs(whole))) - 2))
        return (whole // size + steps) * size if steps > 0 else (-(-whole // size) + steps) * size
    number = float(value or 0.0)
    for _ in range(abs(steps)):
        exponent = math.floor(math.log10(number) + 1e-9) if number > 0 else -2
        if steps < 0 and number > 0 and math.isclose(number, 10.0**exponent):
            exponent -= 1
        number = float(f"{max(0.0, number + math.copysign(10.0**exponent, steps)):.12g}")
    return number
