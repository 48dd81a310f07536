from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QWidget
from pytestqt.qtbot import QtBot

from workbench.gui.models.draft import Draft
from workbench.gui.models.estimate_state import EstimateState
from workbench.gui.models.setting_words import BASIC, DECIDED_BY_FOLDER, all_settings
from workbench.gui.widgets.spec_form import SpecForm, nearest_heads
from workbench.runs.presets import preset_settings

Show = Callable[..., QWidget]


@pytest.fixture
def draft() -> Draft:
    made = Draft()
    made.know_presets(lambda preset, task, pretrained: preset_settings(preset, task, pretrained=pretrained))
    made.know_roles("text-classification", "text", "label")
    return made


@pytest.fixture
def form(draft: Draft, show: Show) -> SpecForm:
    made = SpecForm(draft, EstimateState(draft))
    show(made, 520, 600)
    return made


def type_into(qtbot: QtBot, form: SpecForm, field: str, text: str) -> None:
    form.focus_setting(field)
    line = form.editors[field].control.lineEdit()  # type: ignore[attr-defined]
    line.selectAll()
    qtbot.keyClicks(line, text)


def visible(form: SpecForm) -> set[str]:
    return {field for field, editor in form.editors.items() if not editor.isHidden()}


def test_the_form_has_every_setting_and_shows_the_basic_ones_first(form: SpecForm) -> None:
    assert set(form.editors) == set(all_settings())
    assert visible(form) == BASIC
    form.set_more(True)
    assert visible(form) == set(all_settings())


def test_what_is_typed_is_in_the_draft_and_can_be_given_back(qtbot: QtBot, form: SpecForm, draft: Draft) -> None:
    type_into(qtbot, form, "model.layers", "5")
    assert draft.given["model"] == {"layers": 5}
    editor = form.editors["model.layers"]
    assert editor.origin.text() == "yours"
    qtbot.mouseClick(editor.back, Qt.MouseButton.LeftButton)
    assert draft.given["model"] == {}
    assert editor.control.lineEdit().text() == "2"  # type: ignore[attr-defined]
    assert editor.origin.text() == "preset"


def test_a_width_that_the_heads_do_not_divide_is_explained_and_mended_by_a_click(
    qtbot: QtBot, form: SpecForm, draft: Draft
) -> None:
    type_into(qtbot, form, "model.d_model", "126")
    wide, heads = form.editors["model.d_model"], form.editors["model.heads"]
    assert "multiple of heads = 4" in wide.wrong.text()
    assert wide.wrong.isVisible()
    assert "126" in heads.wrong.text()
    links = [wide._links.itemAt(i).widget() for i in range(2)]
    assert [link.text() for link in links] == ["124", "128"]  # type: ignore[attr-defined]
    qtbot.mouseClick(links[0], Qt.MouseButton.LeftButton)
    assert draft.value("model", "d_model") == 124
    assert draft.problems() == ()
    assert not wide.wrong.isVisible()
    assert not heads.wrong.isVisible()


def test_any_wrong_value_is_kept_and_explained_at_its_field(form: SpecForm, draft: Draft) -> None:
    for field, setting in all_settings().items():
        draft.set(setting.section, setting.name, b"nonsense")
        assert form.editors[field].problem, field
        assert not form.editors[field].isHidden(), field
        draft.clear(setting.section, setting.name)
        assert not form.editors[field].problem, field


def test_the_search_finds_by_name_and_by_explanation(form: SpecForm) -> None:
    form.search.setText("WARM")
    assert "train.warmup" in visible(form)
    form.search.setText("residual stream")
    assert visible(form) == {"model.d_model"}
    form.search.setText("xyzzy")
    assert visible(form) == set()
    assert form.nothing.isVisible()
    form.search.clear()
    assert visible(form) == BASIC


def test_an_open_limit_overrides_the_preset(qtbot: QtBot, form: SpecForm, draft: Draft) -> None:
    assert draft.value("train", "max_tokens") == 5_000_000
    form.focus_setting("train.max_tokens")
    line = form.editors["train.max_tokens"].control.lineEdit()  # type: ignore[attr-defined]
    line.selectAll()
    qtbot.keyClick(line, Qt.Key.Key_Delete)
    assert draft.value("train", "max_tokens") is None
    assert line.text() == ""
    assert line.placeholderText() == "no limit"


def test_a_folder_decides_the_shape(form: SpecForm, draft: Draft) -> None:
    draft.set("model", "model", "/models/some")
    for field, editor in form.editors.items():
        assert editor.isEnabled() == (field not in DECIDED_BY_FOLDER)


def test_choices_and_switches_reach_the_draft(qtbot: QtBot, form: SpecForm, draft: Draft) -> None:
    form.set_more(True)
    combo = form.editors["model.positions"].control
    assert isinstance(combo, QComboBox)
    combo.setFocus()
    qtbot.keyClick(combo, Qt.Key.Key_Down)
    assert draft.value("model", "positions") == "rotary"
    check = form.editors["model.residual"].control
    assert isinstance(check, QCheckBox)
    check.setFocus()
    qtbot.keyClick(check, Qt.Key.Key_Space)
    assert draft.value("model", "residual") is False


def test_focus_explains_without_moving_anything(form: SpecForm) -> None:
    before = form.explanation.geometry()
    form.focus_setting("model.heads")
    assert "must divide d_model" in form.explanation.text()
    assert form.explanation.geometry() == before


@pytest.mark.parametrize(
    ("width", "heads", "near"), [(128, 5, (4, 8)), (126, 4, (3, 6)), (7, 3, (1, 7)), (8, 9, (8,)), (8, 4, (4,))]
)
def test_the_nearest_heads_divide_the_width(width: int, heads: int, near: tuple[int, ...]) -> None:
    assert nearest_heads(width, heads) == near


def test_nothing_is_cut_in_width(form: SpecForm) -> None:
    form.set_more(True)
    for label in form.findChildren(QLabel):
        if label.isVisible() and not label.wordWrap():
            assert label.width() >= label.minimumSizeHint().width(), label.text()


def test_who_comes_back_to_the_form_finds_all_settings(form: SpecForm) -> None:
    """The word that was looked for stayed, and with it all but one setting away."""
    form.search.setText("epochs")
    assert visible(form) != BASIC
    form.hide()
    form.show()
    assert not form.search.text()
    assert visible(form) == BASIC
