"""Fifty wild inputs in the window: heads, or a notice that says what is wrong and how to mend it; and the window goes on."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from pytestqt.qtbot import QtBot

from tests.gui.pages.conftest import WAIT, Open
from tests.minilm import minilm
from tests.runs.test_comparing import save_bert
from tests.wild_inputs import FOLDERS, TEXTS
from workbench.gui.models.inspect_state import InspectState
from workbench.gui.pages.inspect import InspectPage


def end_in_heads_or_in_words(page: InspectPage, state: InspectState, qtbot: QtBot, texts: Sequence[str]) -> None:
    for text in texts:
        page.given.set_text(text)
        if not page.given.text.text().strip():  # the field itself drops halves of characters
            assert state.seen is None
            continue
        qtbot.waitUntil(
            lambda: state.trouble is not None or (state.seen is not None and state.seen.query == state.query), timeout=WAIT
        )
        if state.trouble is not None:
            assert page.notice.isVisible()
            assert state.trouble.mend
            assert "defect" not in state.trouble.mend
        page.grab()


def test_wild_texts_end_in_heads_or_in_words(opened: Open, state: InspectState, qtbot: QtBot, tmp_path: Path) -> None:
    end_in_heads_or_in_words(opened(save_bert(tmp_path / "model", "character")), state, qtbot, TEXTS)


def test_naughty_strings_end_in_heads_or_in_words(opened: Open, state: InspectState, qtbot: QtBot, real_data: Path) -> None:
    naughty = json.loads((real_data / "H_blns" / "blns.json").read_text(encoding="utf-8"))
    end_in_heads_or_in_words(opened(minilm()), state, qtbot, naughty[:: max(1, len(naughty) // 50)])


def test_a_wild_folder_says_why_it_is_not_opened(opened: Open, state: InspectState, tmp_path: Path) -> None:
    for number, (name, spoil) in enumerate(FOLDERS.items()):
        folder = Path(save_bert(tmp_path / str(number) / "model", "wordpiece"))
        spoil(folder)
        page = opened(folder)
        assert state.facts is None, name
        assert page.notice.isVisible(), name
        assert page.notice.what.text(), name
        assert page.notice.mend.text(), name
    page = opened(save_bert(tmp_path / "whole", "wordpiece"))  # and the window goes on
    assert state.facts is not None
    assert not page.notice.isVisible()
