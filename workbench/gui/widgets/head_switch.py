"""A head of the training model on, off or frozen: a button for the chosen head, a menu and keys for the wall."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, Signal
from PySide6.QtGui import QActionGroup, QContextMenuEvent, QKeyEvent, Qt
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from workbench.contracts.edits import HEAD_STATES
from workbench.gui.widgets.edit_words import EditWords
from workbench.gui.widgets.head_wall import HeadWall

KEYS = {Qt.Key.Key_Delete: "off", Qt.Key.Key_F: "frozen", Qt.Key.Key_O: "on"}
"""What a key on the wall makes of the chosen head."""


class HeadSwitch(QPushButton):
    """Shows the state of the wall's chosen head and says what it is to be; it changes nothing by itself."""

    wanted = Signal(str)
    """One of `HEAD_STATES`, for the chosen head."""

    def __init__(self, wall: HeadWall, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wall, self._words = wall, EditWords(self)
        self._state, self._waits, self._possible = "on", False, False
        self._menu, group = QMenu(self), QActionGroup(self)
        self.actions_of = {state: self._menu.addAction("") for state in HEAD_STATES}
        for state, action in self.actions_of.items():
            action.setCheckable(True)
            group.addAction(action)
            action.triggered.connect(lambda _=False, state=state: self._want(state))
        self.setMenu(self._menu)
        for watched in (wall, wall.viewport()):
            watched.installEventFilter(self)
        self.hide()

    def show_state(self, state: str, coming: str, *, possible: bool) -> None:
        """The state of the chosen head, the one it is about to have, and whether it can have another one."""
        self._state, self._waits, self._possible = coming, coming != state, possible
        self.setEnabled(possible)
        self.setVisible(possible or state != "on")
        self.say()

    def say(self) -> None:
        """Set every word."""
        words = self.tr("Head {0} from the next step") if self._waits else self.tr("Head {0}")
        self.setText(words.format(self._words.head_state(self._state)))
        self.setToolTip(
            self.tr("Switch this head of the training model off (Delete), freeze it (F) or switch it on (O); "
                    "off it gives nothing and learns nothing, frozen it stays as it is")
        )  # fmt: skip
        said = {"on": self.tr("Switch it on"), "off": self.tr("Switch it off"), "frozen": self.tr("Freeze it")}
        for state, action in self.actions_of.items():
            action.setText(said[state])
            action.setChecked(state == self._state)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not self._possible or self.isHidden():
            return False
        if isinstance(event, QContextMenuEvent) and watched is self._wall.viewport():
            self._pop_up(event)
            return True
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and watched is self._wall:
            return self._press(event)
        return False

    def _press(self, event: QKeyEvent) -> bool:
        state = KEYS.get(Qt.Key(event.key()))
        if state is None or event.modifiers() or self._wall.chosen is None:
            return False
        self._want("on" if state == self._state else state)
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
        self.say()  # what is ticked is what is, not what was clicked
        if state != self._state:
            self.wanted.emit(state)
