from __future__ import annotations

import dataclasses

from workbench.contracts.specs import DataSpec, ModelSpec, TrainSpec
from workbench.gui.models.setting_words import BASIC, NOT_HERE, SettingWords, all_settings, grouped


def test_every_setting_stands_in_exactly_one_group() -> None:
    expected = {f"model.{field.name}" for field in dataclasses.fields(ModelSpec)} - {"model.model"}
    expected |= {f"train.{field.name}" for field in dataclasses.fields(TrainSpec)}
    expected |= {f"data.{field.name}" for field in dataclasses.fields(DataSpec)} - NOT_HERE
    placed = [setting.field for group in grouped(all_settings()).values() for setting in group]
    assert sorted(placed) == sorted(expected)
    assert expected >= BASIC
    assert {"data.tokenizer", "data.vocab_size", "data.lowercase", "data.max_length", "data.max_target_length",
            "data.validation", "data.test_share", "data.split_seed"} <= expected  # fmt: skip


def test_a_setting_that_nobody_named_appears_by_itself() -> None:
    settings = all_settings()
    new = dataclasses.replace(settings["train.clip"], name="look_ahead")
    groups = grouped({**settings, new.field: new})
    assert groups["optimiser"][-1] is new
    assert SettingWords().label(new.field) == "Look ahead"


def test_every_setting_and_choice_has_words_of_its_own() -> None:
    words, settings = SettingWords(), all_settings()
    labels = [words.label(field) for field in settings if field not in ("train.device", "train.optimizer")]
    assert len(set(labels)) == len(labels)
    for field, setting in settings.items():
        shown = [words.choice(field, choice) for choice in setting.choices]
        assert len(set(shown)) == len(shown), field
