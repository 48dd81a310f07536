from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from PySide6.QtCore import QTranslator
from PySide6.QtWidgets import QApplication, QDialogButtonBox

from tests.gui.languages import maker
from workbench.gui.i18n import TRANSLATIONS, Languages
from workbench.gui.widgets.position_panel import PositionPanel
from workbench.gui.words import CATALOGUE

make = maker()
GUI = sorted((make.PACKAGE / "gui").rglob("*.py"))
MNEMONIC = re.compile(r"(?<!&)&(?!&)")
HOLE = re.compile(r"\{\d*[^{}]*\}")


@cache
def collected() -> list[dict[str, object]]:
    found: list[dict[str, object]] = make.collect()
    return found


def tr_calls(path: Path) -> Iterator[ast.Call]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "tr":
            yield node


@pytest.mark.parametrize("path", GUI, ids=lambda path: path.stem)
def test_what_is_translated_is_a_literal(path: Path) -> None:
    for call in tr_calls(path):
        text = call.args[0]
        assert isinstance(text, ast.Constant), f"{path}:{call.lineno}: lupdate sees only a plain string"
        assert isinstance(text.value, str), f"{path}:{call.lineno}"


def test_everything_a_widget_says_is_translated() -> None:
    translated = {key[1] for key, message in make.read(make.TS).items() if make.translation(message)}
    said = {call.args[0].value for path in GUI for call in tr_calls(path)}  # type: ignore[attr-defined]
    assert sorted(said - translated) == []


def test_everything_the_layers_below_say_is_translated() -> None:
    translated = {key[1] for key, message in make.read(make.TS).items() if key[0] == make.CONTEXT and make.translation(message)}
    assert sorted({entry["text"] for entry in collected()} - translated) == []


def test_the_catalogue_is_in_step_with_the_sources() -> None:
    assert CATALOGUE.read_text(encoding="utf-8") == make.as_json(collected()), "run resources/translations/make.py"


def test_translations_keep_their_placeholders() -> None:
    for (context, source, _), message in make.read(make.TS).items():
        text = make.translation(message)
        if text:
            assert sorted(HOLE.findall(source)) == sorted(HOLE.findall(text)), f"{context}: {source} → {text}"
            assert len(MNEMONIC.findall(source)) == len(MNEMONIC.findall(text)), f"{context}: {source} → {text}"


def test_chinese_punctuation_is_full_width_between_chinese() -> None:
    for (context, _, _), message in make.read(make.TS).items():
        text = make.translation(message)
        assert not re.search(r"[\u4e00-\u9fff][,;:!?](\s|$)", text), f"{context}: {text}"
        assert not re.search(r"[\u4e00-\u9fff][A-Za-z0-9]|[A-Za-z0-9][\u4e00-\u9fff]", text), f"{context}: {text}"


def test_the_compiled_file_is_in_step(tmp_path: Path) -> None:
    make.compile_to(tmp_path / "fresh.qm")
    fresh, shipped = QTranslator(), QTranslator()
    assert fresh.load(str(tmp_path / "fresh.qm"))
    assert shipped.load("workbench_zh_CN", str(TRANSLATIONS))
    for (context, source, comment), message in make.read(make.TS).items():
        text = shipped.translate(context, source, comment or None)
        assert text == fresh.translate(context, source, comment or None), "run resources/translations/make.py"
        assert (text or "") == make.translation(message)


@pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)  # what the offscreen platform cannot do
def test_a_change_of_language_changes_the_words_on_screen(qapp: QApplication, show) -> None:  # type: ignore[no-untyped-def]
    languages = Languages(qapp)
    buttons = show(QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel), 200, 60)
    panel = PositionPanel(buttons)
    try:
        languages.speak("zh_CN")
        qapp.processEvents()
        assert panel.heading.text() == "位置编码"
        asked = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, panel)
        assert "取消" in asked.button(QDialogButtonBox.StandardButton.Cancel).text()
    finally:
        languages.speak("en")
    qapp.processEvents()
    assert panel.heading.text() == "Positions"


def test_an_unknown_language_is_english(qapp: QApplication) -> None:
    languages = Languages(qapp)
    languages.speak("zh_CN")
    languages.speak("tlh")
    assert languages.current == "en"
    assert qapp.translate("PositionPanel", "Positions") == "Positions"
