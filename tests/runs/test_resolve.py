from __future__ import annotations

from pathlib import Path

import pytest

from tests.tables import TASKS, write_table
from workbench.contracts.errors import SpecError, WorkbenchError
from workbench.contracts.specs import LAYOUT_OF_TASK, SECTIONS
from workbench.runs.experiment_files import read_experiment
from workbench.runs.presets import preset_settings, presets
from workbench.runs.resolve import resolve


@pytest.mark.parametrize("preset", ["tiny", "small", "base"])
@pytest.mark.parametrize("task", TASKS)
def test_every_preset_is_a_complete_experiment_for_every_task(preset: str, task: str, tmp_path: Path) -> None:
    experiment = resolve({"data": {"table": str(write_table(tmp_path, task)), "task": task}}, preset=preset)
    assert experiment.data.task == task
    assert experiment.data.text == "source"
    assert experiment.model.layout == LAYOUT_OF_TASK[task]
    assert experiment.name == task


def test_there_are_three_presets_smallest_first() -> None:
    assert presets() == ("tiny", "small", "base")
    widths = [preset_settings(name, "text-classification")["model"]["d_model"] for name in presets()]
    assert widths == sorted(widths)


def test_what_a_person_says_wins_over_task_and_preset(tmp_path: Path) -> None:
    table = str(write_table(tmp_path, "seq2seq"))
    plain = resolve({"data": {"table": table, "task": "seq2seq"}})
    said = resolve({"data": {"table": table, "task": "seq2seq"}, "train": {"beta2": 0.5}, "model": {"layers": 5}})
    assert (said.train.beta2, said.model.layers) == (0.5, 5)
    assert said.train.learning_rate == plain.train.learning_rate


def test_who_says_how_long_is_not_cut_short_by_the_preset(tmp_path: Path) -> None:
    data = {"table": str(write_table(tmp_path, "seq2seq")), "task": "seq2seq"}
    assert resolve({"data": data}).train.max_tokens is not None
    assert resolve({"data": data, "train": {"epochs": 500}}).train.max_tokens is None
    assert resolve({"data": data, "train": {"epochs": 500, "max_tokens": 7}}).train.max_tokens == 7


def test_an_unknown_preset_names_those_there_are() -> None:
    with pytest.raises(WorkbenchError, match="tiny, small, base"):
        preset_settings("huge", "seq2seq")


def test_an_impossible_shape_is_refused_before_anything_is_trained(tmp_path: Path) -> None:
    with pytest.raises(SpecError, match="126, 129"):
        resolve({"data": {"table": str(write_table(tmp_path, "seq2seq")), "task": "seq2seq"}, "model": {"heads": 3}})


def test_a_table_named_beside_the_experiment_is_found(tmp_path: Path) -> None:
    write_table(tmp_path, "seq2seq")
    file = tmp_path / "experiment.toml"
    file.write_text('[data]\ntable = "seq2seq.csv"\n', encoding="utf-8")
    assert read_experiment(file)["data"]["table"] == str(tmp_path / "seq2seq.csv")
    assert set(read_experiment(file)) <= {"name", *SECTIONS}
