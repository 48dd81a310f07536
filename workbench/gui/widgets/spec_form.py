"""The settings of an experiment as a form, made from what the specs say of themselves."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QScrollArea, QVBoxLayout, QWidget

from workbench.contracts.errors import Problem
from workbench.contracts.specs import LAYOUT_OF_TASK, nearest_widths
from workbench.gui.models.draft import Draft
from workbench.gui.models.estimate_state import EstimateState
from workbench.gui.models.setting_words import BASIC, DECIDED_BY_FOLDER, ONLY_PRETRAINED, SettingWords, all_settings, grouped
from workbench.gui.widgets.reactive import Reactive
from workbench.gui.widgets.setting_editor import NumberBox, SettingEditor
from workbench.gui.words import said


class SpecForm(Reactive):
    """Every setting of the model, of training and of tokens; edits a `Draft`."""

    more_changed = Signal(bool)
    """Whether all settings are shown, to be remembered."""

    def __init__(self, draft: Draft, state: EstimateState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft, self._state = draft, state
        self._words = SettingWords(self)
        self._explained = ""
        self._settled = state.settled
        self.search = QLineEdit(self)
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._filter)
        self.more = QPushButton(self)
        self.more.setCheckable(True)
        self.more.toggled.connect(self._toggle_more)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.search, 1)
        top.addWidget(self.more)

        self._area = QScrollArea(self)
        content = QWidget(self._area.viewport())
        content.setObjectName("content")
        column = self._column = QVBoxLayout(content)
        column.setContentsMargins(0, 4, 10, 8)
        column.setSpacing(8)
        self.editors: dict[str, SettingEditor] = {}
        self._groups: dict[str, tuple[QLabel, list[str]]] = {}
        for name, settings in grouped(all_settings()).items():
            heading = QLabel(content)
            heading.setObjectName("heading")
            heading.setContentsMargins(0, 8 if self._groups else 0, 0, 0)
            column.addWidget(heading)
            for setting in settings:
                editor = SettingEditor(setting, self._words, content)
                editor.given.connect(self._give)
                editor.cleared.connect(self._clear)
                editor.focused.connect(self._explain)
                self.editors[setting.field] = editor
                column.addWidget(editor)
            self._groups[name] = (heading, [setting.field for setting in settings])
        self.nothing = QLabel(content)
        self.nothing.setObjectName("muted")
        self.nothing.setWordWrap(True)
        column.addWidget(self.nothing)
        column.addStretch(1)
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # what is in it takes the focus, and is scrolled to
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidget(content)
        self.explanation = QLabel(self)
        self.explanation.setObjectName("muted")
        self.explanation.setWordWrap(True)
        self.explanation.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.explanation.setFixedHeight(52)  # three lines, kept free: nothing moves when it speaks
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(8)
        whole.addLayout(top)
        whole.addWidget(self._area, 1)
        whole.addWidget(self.explanation)
        draft.changed.connect(self.refresh)
        state.changed.connect(self._learn)
        self.react()
        self.refresh()

    def set_more(self, more: bool) -> None:
        """Show all settings, or the basic ones."""
        self.more.setChecked(more)

    def focus_setting(self, field: str) -> None:
        """Bring a setting into view and put the cursor there."""
        editor = self.editors.get(field)
        if editor is None:
            return
        self.search.clear()
        if field not in BASIC:
            self.set_more(True)
        self._filter()
        self._column.activate()
        self._area.ensureWidgetVisible(editor)
        editor.control.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def refresh(self) -> None:
        """Show the draft as it is."""
        draft, self._settled = self._draft, self._state.settled
        settings, given = draft.settings(), draft.given
        used = self._used()
        folder = settings["model"].get("model") is not None
        problems = {problem.field: problem for problem in draft.problems()}
        heads, width = self._number("model.heads"), self._number("model.d_model")
        for field, editor in self.editors.items():
            section, name = editor.setting.section, editor.setting.name
            value = settings[section].get(name, editor.setting.default)
            source = "yours" if name in given[section] else "preset" if settings[section].get(name) is not None else "default"
            if field == "model.layout" and source == "preset":
                source = "default"  # the task's, in truth
            reason = draft.reason(field)
            editor.show_value(value, source="recommended" if reason else source, used=used.get(field), reason=reason)
            editor.setEnabled(field not in (DECIDED_BY_FOLDER if folder else ONLY_PRETRAINED))
            text, offers = self._say(problems.get(field)), tuple[int, ...]()
            if "model.d_model" in problems and heads and width and width % heads:  # one conflict, seen from both sides
                if field == "model.d_model":
                    offers = nearest_widths(width, heads)
                elif field == "model.heads":
                    text = self.tr("{0} heads do not divide d_model = {1}").format(heads, width)
                    offers = nearest_heads(width, heads)
            editor.show_problem(text, offers)
        box = self.editors["model.d_model"].control
        if isinstance(box, NumberBox):
            box.step = heads
        self._filter()

    def retranslate(self) -> None:
        self.search.setPlaceholderText(self.tr("Find a setting"))
        self.search.setAccessibleName(self.tr("Find a setting"))
        self.more.setText(self.tr("More settings"))
        self.nothing.setText(self.tr("No setting has this in its name or explanation."))
        for name, (heading, _) in self._groups.items():
            heading.setText(self._words.group(name))
        if self._reacting:
            self.refresh()
            self._explain(self._explained)

    def hideEvent(self, event: QHideEvent) -> None:
        """Who comes back to the page finds all settings again; a window that is only minimised is not left."""
        super().hideEvent(event)
        if not event.spontaneous():
            self.search.clear()

    def _used(self) -> dict[str, object]:
        """What open settings will be, where that is known."""
        width = self._number("model.d_model")
        task = self._draft.task
        known: dict[str, object] = {
            "model.d_ff": 4 * width if width else None,
            "model.layout": LAYOUT_OF_TASK.get(task) if task else None,
        }
        return {**{field: value for field, value in self._state.settled.items() if "." in field}, **known}

    def _number(self, field: str) -> int:
        """A whole number above zero, or 0."""
        value = self._draft.value(*field.split("."))
        return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else 0

    def _say(self, problem: Problem | None) -> str:
        return "" if problem is None else said(problem.allowed)

    @Slot()
    def _learn(self) -> None:
        """Show what open settings became, once that is known; progress says nothing new."""
        if self._state.settled is not self._settled:
            self.refresh()

    @Slot(str, object)
    def _give(self, field: str, value: object) -> None:
        section, _, name = field.partition(".")
        if value is None:  # left open: by the preset's silence where it says nothing, else by the person
            self._draft.clear(section, name)
            if self._draft.value(section, name) is None:
                self.refresh()
                return
        self._draft.set(section, name, value)

    @Slot(str)
    def _clear(self, field: str) -> None:
        section, _, name = field.partition(".")
        self._draft.clear(section, name)
        self.refresh()

    @Slot(str)
    def _explain(self, field: str) -> None:
        self._explained = field
        if field in self.editors:
            self.explanation.setText(f"{self._words.label(field)}: {self.editors[field].explanation()}")
        else:
            self.explanation.setText(self.tr("Choose a setting, and what it does stands here."))

    @Slot(bool)
    def _toggle_more(self, more: bool) -> None:
        self._filter()
        self.more_changed.emit(more)

    @Slot()
    def _filter(self) -> None:
        wanted = self.search.text().strip().casefold()
        any_shown = False
        for heading, fields in self._groups.values():
            shown = False
            for field in fields:
                visible = self._matches(field, wanted) if wanted else self._is_shown(field)
                self.editors[field].setVisible(visible)
                shown = shown or visible
            heading.setVisible(shown)
            any_shown = any_shown or shown
        self.nothing.setVisible(not any_shown)

    def _is_shown(self, field: str) -> bool:
        """Basic settings, all on demand, and always those that are wrong, were changed or are recommended."""
        section, _, name = field.partition(".")
        editor = self.editors[field]
        told = bool(editor.problem) or bool(self._draft.reason(field)) or self._draft.is_given(section, name)
        return field in BASIC or self.more.isChecked() or told

    def _matches(self, field: str, wanted: str) -> bool:
        editor = self.editors[field]
        return any(wanted in text.casefold() for text in (field, editor.label.text(), editor.explanation()))


def nearest_heads(d_model: int, heads: int) -> tuple[int, ...]:
    """The numbers of heads next to this one that divide d_model, smaller first."""
    below = next((n for n in range(min(heads, d_model), 0, -1) if d_model % n == 0), None)
    above = next((n for n in range(heads, d_model + 1) if d_model % n == 0), None)
    return tuple(sorted({n for n in (below, above) if n is not None}))
