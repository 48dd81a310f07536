"""Augmentation through a whole run, and its preview."""

from __future__ import annotations

import pytest
import torch

from workbench.contracts.errors import SpecError
from workbench.contracts.specs import DataSpec, Experiment, TrainSpec
from workbench.data.prepare import prepare
from workbench.resources import SAMPLE_DATA
from workbench.runs.resolve import resolve
from workbench.runs.variants import variants


@pytest.fixture(scope="module")
def prepared():
    return prepare(DataSpec(table=str(SAMPLE_DATA / "reviews.csv")))


def test_variants_differ_from_their_text_and_training_goes_on_as_if_nobody_had_looked(prepared):
    torch.manual_seed(5)
    state = torch.get_rng_state()
    shown = variants(prepared, TrainSpec(augment_replace=0.3, augment_delete=0.2))
    assert torch.equal(torch.get_rng_state(), state)
    assert len(shown) == 4
    for text, told in shown:
        assert len(told) == 3
        assert any(each != text for each in told)
    assert shown == variants(prepared, TrainSpec(augment_replace=0.3, augment_delete=0.2))


def test_without_augmentation_there_is_nothing_to_show(prepared):
    assert variants(prepared, TrainSpec()) == ()


def test_a_task_that_asks_for_single_tokens_refuses():
    with pytest.raises(SpecError, match=r"augment_swap.*must be 0 for the task token-classification"):
        Experiment.from_dict({"data": {"task": "token-classification"}, "train": {"augment_swap": 0.1}})


def test_an_augmented_run_is_repeated_and_resumed_bit_for_bit(tmp_path):
    from safetensors.torch import load_file

    from workbench.engine.control import Control
    from workbench.runs.execute import resume, start

    experiment = resolve(
        {
            "data": {"table": str(SAMPLE_DATA / "reviews.csv")},
            "train": {"max_steps": 12, "augment_replace": 0.2, "augment_insert": 0.2, "augment_swap": 0.1, "checkpoints": 4,
                      "threads": 1},
        },
        preset="tiny",
    )  # fmt: skip
    for _ in start(experiment, tmp_path / "whole"):
        pass
    control = Control()
    for event in start(experiment, tmp_path / "parts", control=control):
        if event.step == 5:
            control.stop()
    for _ in resume(tmp_path / "parts"):
        pass
    whole, parts = (load_file(tmp_path / name / "model" / "model.safetensors") for name in ("whole", "parts"))
    assert whole.keys() == parts.keys()
    assert all(torch.equal(whole[name], parts[name]) for name in whole)
