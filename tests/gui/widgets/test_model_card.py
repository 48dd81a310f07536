"""The model that is looked into, and how another is opened."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from workbench.gui.widgets.model_card import ModelCard


def test_a_second_name_is_not_typed_into_the_first(show, qtbot: QtBot) -> None:  # type: ignore[no-untyped-def]
    card = show(ModelCard(), 900, 60)
    opened: list[str] = []
    card.source_wanted.connect(opened.append)
    for name in ("gpt2", "bert-base-uncased"):
        qtbot.keyClicks(card.hub, name)
        qtbot.keyClick(card.hub, Qt.Key.Key_Return)
    assert opened == ["gpt2", "bert-base-uncased"]
