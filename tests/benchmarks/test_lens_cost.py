"""What a lens costs: nothing while nobody looks, and with a look no more time and memory than was asked for."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from contextlib import nullcontext
from pathlib import Path

import pytest
import torch

from workbench.contracts.specs import ModelSpec
from workbench.engine.config import config_from_spec
from workbench.engine.lens import Lens
from workbench.engine.model import WorkbenchTaskModel, build_model
from workbench.engine.recording import Look

pytestmark = pytest.mark.benchmark

SPEC = ModelSpec(layers=2, heads=4, d_model=128, positions="rotary")
ROUNDS = 100


def classifier() -> WorkbenchTaskModel:
    torch.manual_seed(0)
    config = config_from_spec(SPEC, task="text-classification", vocab_size=4000, max_length=128, labels=tuple("abcdef"))
    return build_model("text-classification", config).train()


class Step:
    """One training step of a small classifier, in seconds of processor time: what other programs do meanwhile is left out."""

    def __init__(self, model: WorkbenchTaskModel) -> None:
        generator = torch.Generator().manual_seed(0)
        ids = torch.randint(5, 4000, (32, 32), generator=generator)
        mask = torch.ones_like(ids)
        mask[::2, 24:] = 0
        self.batch = {"input_ids": ids, "attention_mask": mask, "labels": torch.randint(0, 6, (32,), generator=generator)}
        self.model, self.optimizer = model, torch.optim.AdamW(model.parameters(), fused=True)

    def __call__(self) -> float:
        start = time.process_time()
        self.model(**self.batch).loss.backward()
        self.optimizer.step()
        self.optimizer.zero_grad()
        return time.process_time() - start


def ratio(look: Look | None) -> tuple[float, float]:
    """Median over rounds of a step with a lens to the same step without, side by side; and the step's median time."""
    step = Step(classifier())
    for _ in range(5):
        step()
    ratios, plain = [], []
    for turn in range(ROUNDS):
        times = {}
        for lensed in (turn % 2 == 0, turn % 2 == 1):
            with Lens(step.model) if lensed else nullcontext() as lens:
                opened = lens.record(look) if lensed and look is not None and lens is not None else nullcontext()
                with opened:
                    step()  # to begin from the same state of all caches
                    times[lensed] = step()
        ratios.append(times[True] / times[False])
        plain.append(times[False])
    return statistics.median(ratios), statistics.median(plain)


def test_an_idle_lens_costs_at_most_two_percent_of_a_step() -> None:
    found, seconds = ratio(None)
    print(f"\nidle lens: {found:.3f} of a step of {1000 * seconds:.1f} ms")
    assert found <= 1.02


def test_recording_one_example_in_every_step_is_cheap() -> None:
    found, seconds = ratio(Look(examples=(0,)))
    print(f"\none example of all layers and heads recorded in every step: {found:.3f} of a step of {1000 * seconds:.1f} ms")
    assert found <= 1.15


PEAK = """
import json, re, sys, torch
from pathlib import Path
torch.set_num_threads(1)
from workbench.contracts.specs import ModelSpec
from workbench.engine.config import config_from_spec
from workbench.engine.lens import Lens
from workbench.engine.model import build_model
from workbench.engine.recording import Look
def memory(what):
    return int(re.search(what + r":\\s*(\\d+)", Path("/proc/self/status").read_text())[1]) / 1024
look = json.loads(sys.argv[1])
spec = ModelSpec(layers=6, heads=8, d_model=128, positions="rotary")
model = build_model("causal-lm", config_from_spec(spec, task="causal-lm", vocab_size=64, max_length=2048)).eval()
ids = torch.randint(5, 64, (1, 1536))
with torch.no_grad(), Lens(model) as lens:
    model(input_ids=ids)
    Path("/proc/self/clear_refs").write_text("5")  # the largest memory is counted from here
    before = memory("VmRSS")
    if look is None:
        model(input_ids=ids)
    else:
        with lens.record(Look(**look)) as seen:
            model(input_ids=ids)
print(json.dumps(memory("VmHWM") - before))
"""


def peak(look: dict | None) -> float:
    """How many MB a pass over 1,536 tokens, 6 layers and 8 heads adds to the largest memory, in a process of its own."""
    done = subprocess.run([sys.executable, "-c", PEAK, json.dumps(look)], capture_output=True, text=True, check=True)
    return float(json.loads(done.stdout.splitlines()[-1]))


@pytest.mark.skipif(not Path("/proc/self/clear_refs").exists(), reason="the largest memory can only be reset on Linux")
def test_memory_grows_with_what_was_asked() -> None:
    looks = {
        "nothing": None,
        "four rows of all layers": {"rows": (0, 500, 1000, -1)},
        "one head of one layer": {"layers": (3,), "heads": (2,)},
        "q and k of all layers": {"what": ("q", "k")},
        "everything": {},
    }
    found = {name: peak(look) for name, look in looks.items()}
    whole = 6 * 8 * 1536**2 * 4 / 2**20
    print(
        "\n" + "\n".join(f"{name}: {megabytes:.0f} MB" for name, megabytes in found.items()), f"\n(all weights: {whole:.0f} MB)"
    )
    one_head = 1536**2 * 4 / 2**20
    assert found["four rows of all layers"] < found["nothing"] + 10
    assert found["one head of one layer"] < found["nothing"] + 6 * one_head
    assert found["q and k of all layers"] < found["nothing"] + 40
    assert found["everything"] > 0.9 * whole
