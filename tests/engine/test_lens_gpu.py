"""The lens on an NVIDIA GPU: the same weights as on the CPU, and gradients recomputed in autograd's own threads."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch import Tensor

from tests.engine.tiny_family import POSITIONS, family_batch, family_model
from workbench.engine.interventions import HeadsOff, Temperature
from workbench.engine.lens import Lens
from workbench.engine.recording import WHAT, Look, Record

pytestmark = [pytest.mark.gpu, pytest.mark.skipif(not torch.cuda.is_available(), reason="needs an NVIDIA GPU")]


def records(device: str, task: str, positions: str, *, half: bool = False) -> list[Record]:
    model = family_model(task, positions=positions).to(device)
    inputs = {name: value.to(device) for name, value in family_batch(task).items()}
    half_precision = torch.autocast(device, torch.bfloat16, enabled=half)
    with torch.no_grad(), Lens(model) as lens, lens.record(Look(what=WHAT)) as seen, half_precision:
        model(**inputs)
    return seen.records


@pytest.mark.parametrize("positions", POSITIONS)
@pytest.mark.parametrize("task", ["text-classification", "causal-lm", "seq2seq"])
def test_weights_on_the_gpu_are_those_of_the_cpu(task: str, positions: str) -> None:
    worst = 0.0
    for ours, theirs in zip(records("cpu", task, positions), records("cuda", task, positions), strict=True):
        seeing = ours.weights.sum(-1) > 0.5
        worst = max(worst, float(np.abs(ours.weights - theirs.weights)[seeing].max()))
        assert np.abs(theirs.weights.sum(-1)[seeing] - 1).max() < 1e-5
        assert np.abs(theirs.weights @ theirs.v - theirs.output)[seeing].max() < 1e-3
    assert worst <= 1e-4


def test_weights_of_a_half_precision_pass_are_computed_in_float32() -> None:
    for record in records("cuda", "causal-lm", "rotary", half=True):
        seeing = record.weights.sum(-1) > 0.5
        assert np.abs(record.weights.sum(-1)[seeing] - 1).max() < 1e-5


@pytest.mark.parametrize("reentrant", [True, False])
def test_interventions_are_repeated_by_autograds_own_threads(reentrant: bool) -> None:
    model = family_model("causal-lm", layers=3).to("cuda").train()
    inputs = {name: value.to("cuda") for name, value in family_batch("causal-lm").items()}
    gradients: list[Tensor] = []
    for checkpointed in (False, True):
        if checkpointed:
            model.activation_checkpointing_enable({"use_reentrant": reentrant})
        with Lens(model) as lens:
            with lens.intervene(HeadsOff(layer=0, heads=(1,)), Temperature(layer=1, value=3.0)):
                loss = model(**inputs, labels=inputs["input_ids"]).loss
            loss.backward()
        gradients.append(torch.cat([weight.grad.flatten() for weight in model.parameters() if weight.grad is not None]))
        model.zero_grad()
    torch.testing.assert_close(gradients[1], gradients[0], rtol=1e-4, atol=1e-5 * float(gradients[0].abs().max()))
