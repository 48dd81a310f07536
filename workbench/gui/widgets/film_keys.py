"""The keys of every time line: arrows go from moment to moment, space plays."""

from __future__ import annotations

from PySide6.QtCore import Qt

from workbench.gui.models.film_state import FilmState

LEAP = 10
"""Moments that Page up and Page down go."""


def steer(state: FilmState, pressed: int) -> bool:
    """Do what a key means; whether it means anything."""
    key = Qt.Key
    moves = {key.Key_Left: -1, key.Key_Right: 1, key.Key_PageUp: -LEAP, key.Key_PageDown: LEAP}
    ends = {key.Key_Home: 0, key.Key_End: len(state.steps) - 1}
    if pressed in moves:
        state.go(moves[Qt.Key(pressed)])
    elif pressed in ends:
        state.stop()
        state.seek(ends[Qt.Key(pressed)])
    elif pressed == key.Key_Space:
        state.toggle()
    else:
        return False
    return True
