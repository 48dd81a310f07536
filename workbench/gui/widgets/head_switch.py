"""A head of the training model on, off or frozen: a button for the chosen head, a menu and keys for the wall."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QActionGroup, QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from workbench.contracts.edits import HEAD_STATES, Head
from workbench.gui.widgets.edit_words import EditWords
from workbench.gui.widgets.head_wall import HeadWall

KEYS = {Qt.Key.Key_Delete: "off", Qt.Key.Key_F: "frozen", Qt.Key.Key_O: "on"}
"""What a key on the wall makes of the chosen head."""


class HeadSwitch(QPushButton):
    """Shows the state of the wall's chosen head and says what it is to be; it changes nothing by itself."""

    wanted = Signal(object, str)
    """The chosen `Head`, and one of `HEAD_STATES`."""

    def __init__(self, wall: HeadWall, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wall, self._words = wall, EditWords(self)
        self._states: Mapping[Head, str] = {}
        self._coming: Mapping[Head, str] = {}
        self._seen: Mapping[Head, str] = {}
        self._head: Head | None = None
        self._possible = False
        self._menu, group = QMenu(self), QActionGroup(self)
        self.actions_of = {state: self._menu.addAction("") for state in HEAD_STATES}
        for state, action in self.actions_of.items():
            action.setCheckable(True)
            group.addAction(action)
            action.triggered.connect(lambda _=False, state=state: self._want(state))
        self.setMenu(self._menu)
        for watched in (wall, wall.viewport()):
            watched.installEventFilter(self)
        self._show()

    def show_head(self, head: Head | None) -> None:
        """The head that is chosen."""
        self._head = head
        self._show()

    def set_states(
        self, states: Mapping[Head, str], coming: Mapping[Head, str], *, seen: Mapping[Head, str], possible: bool
    ) -> None:
        """Which heads are off or frozen, which are about to be, which were on the wall, and whether it can be changed now."""
        self._states, self._coming, self._seen, self._possible = states, coming, seen, possible
        self._show()

    @property
    def state(self) -> str:
        """What the chosen head is, or is about to be."""
        return "on" if self._head is None else self._coming.get(self._head, "on")

    def _show(self) -> None:
        head, kind = self._head, self._head.kind if self._head is not None else ""
        self._wall.mark({(each.layer, each.head): state for each, state in self._seen.items() if each.kind == kind})
        self.setEnabled(self._possible)
        self.setVisible(head is not None and (self._possible or head in self._states))
        self._say()

    def _say(self) -> None:
        waits = self._head is not None and self.state != self._states.get(self._head, "on")
        words = self.tr("Head {0} from the next step") if waits else self.tr("Head {0}")
        self.setText(words.format(self._words.head_state(self.state)))
        self.setToolTip(
            self.tr("Switch this head of the training model off (Delete), freeze it (F) or switch it on (O); "
                    "off it gives nothing and learns nothing, frozen it stays as it is")
        )  # fmt: skip
        said = {"on": self.tr("Switch it on"), "off": self.tr("Switch it off"), "frozen": self.tr("Freeze it")}
        for state, action in self.actions_of.items():
            action.setText(said[state])
            action.setChecked(state == self.state)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._say()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not self._possible or self.isHidden():
            return False
        if isinstance(event, QContextMenuEvent):
            self._pop_up(event)
            return True
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and watched is self._wall:
            return self._press(event)
        return False

    def _press(self, event: QKeyEvent) -> bool:
        state = KEYS.get(Qt.Key(event.key()))
        if state is None or event.modifiers():
            return False
        self._want("on" if state == self.state else state)
        return True

    def _pop_up(self, event: QContextMenuEvent) -> None:
        """The menu at the head under the mouse, which is chosen by it; by key, at the chosen one."""
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            head = self._wall.head_at(event.pos())
            if head is None:
                return
            self._wall.take(*head)
            place = event.globalPos()
        elif self._wall.chosen is not None:
            place = self._wall.viewport().mapToGlobal(self._wall.place_of(*self._wall.chosen).bottomLeft().toPoint())
        else:
            return
        self._menu.popup(place + QPoint(1, 1))

    def _want(self, state: str) -> None:
        self._say()  # what is ticked is what is, not what was clicked
        if self._head is not None and state != self.state:
            self.wanted.emit(self._head, state)
