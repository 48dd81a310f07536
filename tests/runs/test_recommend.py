from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.pretrained import pretrained
from tests.tables import write_table
from workbench.contracts.fields import problems_of
from workbench.contracts.recommendations import by_section
from workbench.contracts.specs import SECTIONS
from workbench.runs.recommend import TuningFacts, recommend
from workbench.runs.resolve import recommended_for, resolved


def facts(**changed: Any) -> TuningFacts:  # Any: the facts are of many types
    plain: dict[str, Any] = {
        "task": "text-classification", "rows": 10_000, "lengths": np.arange(5, 60), "classes": {"a": 5_000, "b": 5_000},
        "parameters": 22_700_000, "places": 512, "device": "cpu", "free_bytes": 16 << 30,
    }  # fmt: skip
    return TuningFacts(**(plain | changed))


def values(**changed: Any) -> dict[str, Any]:
    return {each.setting: each.value for each in recommend(facts(**changed))}


def test_every_recommendation_is_a_setting_that_may_be_set_and_has_a_reason() -> None:
    for rows in (10, 1_000, 50_000, 5_000_000):
        found = recommend(facts(rows=rows, free_bytes=1 << 27))
        for each in found:
            section, _, name = each.setting.partition(".")
            spec = SECTIONS[section](**{name: each.value})
            assert not problems_of(spec, section)
            assert each.reason
        assert len({each.setting for each in found}) == len(found)


@pytest.mark.parametrize(
    ("parameters", "rate"), [(2_000_000, 1e-3), (22_700_000, 8e-4), (110_000_000, 5e-5), (340_000_000, 2e-5)]
)
def test_larger_models_take_smaller_steps(parameters: int, rate: float) -> None:
    assert values(parameters=parameters)["train.learning_rate"] == rate


def test_small_tables_are_read_more_often_and_stop_in_time() -> None:
    assert [values(rows=rows)["train.epochs"] for rows in (100, 3_000, 10_000, 200_000, 2_000_000)] == [20, 14, 4, 2, 1]
    assert values(rows=100)["train.patience"] > 0 == values(rows=10_000)["train.patience"]


def test_weights_are_for_few_classes_of_very_different_size() -> None:
    assert values(classes={"often": 9_900, "rare": 100})["train.class_balance"] == "weights"
    assert values(classes={"often": 7_000, "rare": 3_000})["train.class_balance"] == "none"


def test_texts_are_cut_where_the_model_ends_and_never_needlessly() -> None:
    assert values()["data.max_length"] >= 60
    assert values(lengths=np.arange(5, 400), places=128)["data.max_length"] == 128
    assert values(lengths=np.append(np.full(1_000, 20), 5_000))["data.max_length"] == 24


def test_a_model_that_memory_does_not_hold_is_tuned_by_low_rank() -> None:
    tight = values(parameters=1_500_000_000)
    assert tight["model.lora_rank"] == 16
    assert tight["train.learning_rate"] == pytest.approx(2e-4)
    assert "model.lora_rank" not in values()
    assert values(lora=True)["train.learning_rate"] == 1e-3


def test_what_was_said_is_not_recommended_otherwise(tmp_path: Path) -> None:
    folder, table = pretrained(tmp_path, "bert"), write_table(tmp_path, "text-classification", rows=400)
    data, model = {"table": str(table)}, {"model": str(folder)}
    experiment, found = resolved({"data": data, "model": model, "train": {"epochs": 2, "device": "cpu"}})
    settings = by_section(found)
    assert "epochs" not in settings["train"]
    assert experiment.train.epochs == 2
    assert experiment.train.learning_rate == settings["train"]["learning_rate"] == 1e-3
    assert experiment.data.max_length == settings["data"]["max_length"]
    assert found == recommended_for({"data": data, "model": model, "train": {"epochs": 2, "device": "cpu"}})


def test_from_scratch_nothing_is_recommended(tmp_path: Path) -> None:
    table = write_table(tmp_path, "text-classification")
    assert resolved({"data": {"table": str(table)}})[1] == ()


def test_rows_and_classes_are_counted_as_the_mends_leave_them(tmp_path: Path) -> None:
    table = tmp_path / "table.csv"
    rows = [(f"text of the number {n}", ("yes", "no", "Yes")[n % 3]) for n in range(90)]
    rows += [("said again", "no")] * 2_000 + [("once", "rare")]
    table.write_text("text,label\n" + "".join(f"{text},{label}\n" for text, label in rows), encoding="utf-8")
    model = {"model": str(pretrained(tmp_path, "bert"))}

    def reasons(**data: str) -> dict[str, str]:
        said = {"table": str(table), "task": "text-classification", "text": "text", "target": "label", **data}
        return {each.setting: each.reason for each in recommended_for({"data": said, "model": model, "train": {"device": "cpu"}})}

    assert "the rarest class has 1 row, the commonest 2,030" in reasons()["train.class_balance"]
    assert "2,091 rows" in reasons()["train.batch_size"]
    mended = reasons(mends="merge-labels drop-duplicates drop-rare-classes")
    assert "the rarest class has 31 rows, the commonest 60" in mended["train.class_balance"]
    assert "91 rows" in mended["train.batch_size"]
