from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.tables import write_table
from workbench.contracts.recommendations import Recommendation
from workbench.data.prepare import prepare
from workbench.gui.models.data_state import DataState, Stage
from workbench.gui.models.draft import Draft
from workbench.gui.models.estimate_state import EstimateState, Phase
from workbench.gui.pages.model import ModelPage
from workbench.gui.workers.estimates import Estimates
from workbench.gui.workers.jobs import Jobs
from workbench.gui.workers.tables import Tables
from workbench.runs.building import build, settled
from workbench.runs.presets import preset_settings
from workbench.runs.process import EngineProcess

Show = Callable[..., QWidget]


@pytest.fixture
def draft() -> Draft:
    made = Draft()
    made.know_presets(lambda preset, task, pretrained: preset_settings(preset, task, pretrained=pretrained))
    return made


@pytest.fixture
def page(draft: Draft, show: Show) -> ModelPage:
    made = ModelPage(draft, EstimateState(draft))
    show(made, 1200, 740)
    return made


@pytest.fixture
def jobs(qapp: object) -> Iterator[Jobs]:
    made = Jobs()
    yield made
    made.shutdown()


def test_a_preset_is_one_click(qtbot: QtBot, page: ModelPage, draft: Draft) -> None:
    qtbot.mouseClick(page._presets["tiny"], Qt.MouseButton.LeftButton)
    assert draft.preset == "tiny"
    assert page.form.editors["model.d_model"].control.lineEdit().text() == "32"  # type: ignore[attr-defined]
    draft.undo()
    assert page._presets["small"].isChecked()


def test_train_works_only_when_everything_is_ready(qtbot: QtBot, page: ModelPage, draft: Draft) -> None:
    assert not page.train.isEnabled()
    assert page.readiness.isVisible()
    with qtbot.waitSignal(page.data_wanted):
        qtbot.mouseClick(page.readiness, Qt.MouseButton.LeftButton)
    page.set_ready(True)
    assert page.train.isEnabled()
    with qtbot.waitSignal(page.train_wanted):
        qtbot.mouseClick(page.train, Qt.MouseButton.LeftButton)
    draft.set("model", "d_model", 126)
    assert not page.train.isEnabled()
    qtbot.mouseClick(page.readiness, Qt.MouseButton.LeftButton)
    assert page.form.editors["model.d_model"].control.hasFocus()
    page.set_ready(False, "the table is being read")
    draft.clear("model", "d_model")
    assert page.readiness.text() == "the table is being read"


def test_a_click_in_the_drawing_leads_to_the_setting(qtbot: QtBot, page: ModelPage) -> None:
    box = next(box for box in page.drawing.plan.boxes if box.kind == "self")
    assert box is not None
    page.drawing.setting_wanted.emit("model.norm_placement")
    assert page.form.editors["model.norm_placement"].control.hasFocus()


def test_a_folder_takes_the_place_of_the_shape(qtbot: QtBot, page: ModelPage, draft: Draft) -> None:
    with qtbot.waitSignal(page.folder_wanted):
        qtbot.mouseClick(page.start.folder, Qt.MouseButton.LeftButton)
    assert page.start.scratch.isChecked()  # nothing was chosen yet
    assert not page.form.editors["model.lora_rank"].isEnabled()
    draft.set("model", "model", "/models/some")
    assert page.start.folder.isChecked()
    assert "/models/some" in page.start.says.text()
    assert not page.form.editors["model.layers"].isEnabled()
    assert page.form.editors["model.lora_rank"].isEnabled()
    qtbot.mouseClick(page.start.scratch, Qt.MouseButton.LeftButton)
    assert draft.value("model", "model") is None
    assert page.form.editors["model.layers"].isEnabled()


def test_what_is_recommended_stands_in_the_form_with_its_reason(page: ModelPage, draft: Draft) -> None:
    draft.set("model", "model", "owner/model")
    editor = page.form.editors["train.layer_decay"]
    assert not editor.isVisible()
    draft.know_recommended([Recommendation(setting="train.layer_decay", value=0.9, reason="lower layers know enough")])
    assert editor.isVisible()
    assert draft.value("train", "layer_decay") == 0.9
    assert draft.experiment().train.layer_decay == 0.9
    assert "lower layers know enough" in editor.control.toolTip()
    draft.set("train", "layer_decay", 0.8)
    assert "lower layers" not in editor.control.toolTip()
    assert draft.value("train", "layer_decay") == 0.8


def test_cost_is_counted_at_once_and_measured_while_the_page_is_seen(
    qtbot: QtBot, tmp_path: Path, draft: Draft, jobs: Jobs, show: Show, engine: EngineProcess
) -> None:
    draft.set("data", "table", str(write_table(tmp_path, "text-classification")))
    draft.set("train", "epochs", 2)
    draft.set("train", "threads", 1)
    draft.use_preset("tiny")
    draft.know_roles("text-classification", "source", "goal")
    state = EstimateState(draft)
    Estimates(draft, state, jobs, engine, draft, place=lambda: tmp_path / "runs to come")
    page = ModelPage(draft, state)
    assert page.parameters.text().startswith("at least")
    assert state.phase is not Phase.MEASURING
    show(page, 1200, 740)
    qtbot.waitUntil(lambda: state.phase is Phase.KNOWN, timeout=60_000)
    assert state.estimate is not None
    assert page.parameters.text() == f"{state.estimate.parameters.total:,}"
    assert "real steps" in page.says.text()
    assert "at most" in page.disk.text()
    assert state.estimate.free_disk_bytes > state.estimate.disk_bytes_most > state.estimate.disk_bytes > 0
    full = dataclasses.replace(state.estimate, free_disk_bytes=1_000)
    state.know(full)
    assert "of the disk are free" in page.says.text()
    assert page.form.editors["data.vocab_size"].control.lineEdit().placeholderText().startswith("automatic: ")  # type: ignore[attr-defined]
    page.hide()
    assert not state.wanted


def test_a_table_that_is_read_tells_the_vocabulary_before_anything_is_measured(
    qtbot: QtBot, tmp_path: Path, draft: Draft, jobs: Jobs, page: ModelPage
) -> None:
    assert page.parameters.text().startswith("at least")
    data = DataState(draft, draft)
    tables = Tables(data, jobs, draft)
    data.changed.connect(lambda: page._state.know_data(data.split, data.stage is Stage.READY))
    draft.set("model", "positions", "learned")
    data.open(str(write_table(tmp_path, "seq2seq")))
    qtbot.waitUntil(lambda: data.stage is Stage.READY, timeout=60_000)
    assert data.split is not None
    experiment = draft.experiment()
    prepared = prepare(experiment.data)
    made = build(experiment.replace(data=settled(prepared)), prepared)
    assert not page.start.follow.isVisible()  # what is written may follow rules no model knows
    assert page.parameters.text() == f"{sum(p.numel() for p in made.parameters()):,}"
    draft.set("data", "vocab_size", 12)  # the old vocabulary is near, until the new one is there
    assert page.parameters.text().startswith("about")
    qtbot.waitUntil(lambda: not page.parameters.text().startswith("about"), timeout=60_000)
    tables.close()


def test_a_small_table_speaks_for_a_pretrained_model_where_one_is_chosen(
    qtbot: QtBot, tmp_path: Path, draft: Draft, jobs: Jobs, page: ModelPage
) -> None:
    data = DataState(draft, draft)
    tables = Tables(data, jobs, draft)
    data.changed.connect(lambda: page._state.know_data(data.split, data.stage is Stage.READY))
    data.open(str(write_table(tmp_path, "text-classification")))
    qtbot.waitUntil(page.start.follow.isVisible, timeout=60_000)
    assert data.split is not None
    assert f"only {data.split.counts['train']:,} rows" in page.start.says.text()
    draft.start_from("owner/model")
    assert not page.start.follow.isVisible()
    tables.close()


def test_nothing_moves_when_settings_go_wrong(page: ModelPage, draft: Draft) -> None:
    before = page.train.geometry(), page.form.geometry(), page.cost.geometry()
    page.set_ready(True)
    draft.set("model", "d_model", 126)
    draft.set("model", "layers", 12)
    assert (page.train.geometry(), page.form.geometry(), page.cost.geometry()) == before


def test_what_augmentation_makes_of_texts_is_shown_before_it_is_used(
    qtbot: QtBot, tmp_path: Path, draft: Draft, jobs: Jobs, show: Show, engine: EngineProcess
) -> None:
    draft.set("data", "table", str(write_table(tmp_path, "text-classification")))
    draft.set("train", "epochs", 2)
    draft.set("train", "threads", 1)
    draft.use_preset("tiny")
    draft.know_roles("text-classification", "source", "goal")
    state = EstimateState(draft)
    Estimates(draft, state, jobs, engine, draft)
    page = ModelPage(draft, state)
    show(page, 1200, 740)
    qtbot.waitUntil(lambda: state.phase is Phase.KNOWN, timeout=60_000)
    assert not page.variants.isVisible()
    draft.set("train", "augment_delete", 0.5)
    qtbot.waitUntil(lambda: page.variants.isVisible() and state.phase is Phase.KNOWN, timeout=60_000)
    first, *told = page.variants.text.toPlainText().split("\n\n")[0].splitlines()
    assert len(told) == 3
    assert all(line.startswith("   → ") for line in told)
    assert any(len(line.split()) - 1 < len(first.split()) for line in told)
    page.grab().save(str(tmp_path / "variants.png"))
    draft.clear("train", "augment_delete")
    assert not page.variants.isVisible()
