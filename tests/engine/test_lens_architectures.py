"""On random models of many architectures: the lens sees what transformers' eager attention says, and looking is harmless."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from tests.engine.tiny_architectures import TINY, Tiny, eager_attentions, tiny_batch, tiny_model
from workbench.engine.interventions import HeadsOff, Replace
from workbench.engine.lens import Lens

TOLERANCE = 3e-5
PADDINGS = {
    "encoder": ("none", "right"),
    "decoder": ("none", "right", "left"),
    "encoder-decoder": ("none", "right"),
    "image": ("none",),
}
CASES = [(tiny, padding) for tiny in TINY.values() for padding in PADDINGS[tiny.family]]


@pytest.mark.parametrize(("tiny", "padding"), CASES, ids=[f"{tiny.model_type}-{padding}" for tiny, padding in CASES])
def test_weights_are_those_of_eager_attention_and_looking_changes_nothing(tiny: Tiny, padding: str) -> None:
    inputs = tiny_batch(tiny.family, padding=padding)
    expected = eager_attentions(tiny_model(tiny.model_type, attn_implementation="eager"), inputs)
    model = tiny_model(tiny.model_type)
    implementation = model.config._attn_implementation
    with torch.no_grad():
        before = model(**inputs)[0]
        with Lens(model) as lens:
            idle = model(**inputs)[0]
            with lens.record() as seen:
                looked = model(**inputs)[0]
        after = model(**inputs)[0]
    assert torch.equal(before, idle)
    assert torch.equal(before, looked)
    assert torch.equal(before, after)
    assert model.config._attn_implementation == implementation
    own = "decoder" if tiny.family == "decoder" else "encoder"
    assert set(seen.kinds) == {own if kind == "own" else kind for kind in expected}
    for kind, layers in expected.items():
        for record, layer in zip(seen.of(own if kind == "own" else kind), layers, strict=True):
            difference = np.abs(record.weights - layer.numpy()).max(axis=(1, 3))  # (example, query)
            if "attention_mask" in inputs and difference.shape == inputs["attention_mask"].shape:
                difference = difference * inputs["attention_mask"].numpy()  # what padding looks at means nothing
            assert difference.max() <= TOLERANCE


@pytest.mark.parametrize(
    "name", ["bert", "gpt2", "llama", "gemma2", "gpt_oss", "t5", "bart", "albert", "falcon", "gptj", "bloom", "deberta"]
)
def test_heads_can_be_switched_off_and_patterns_replayed(name: str) -> None:
    tiny = TINY[name]
    model, inputs = tiny_model(name), tiny_batch(tiny.family)
    real = inputs["attention_mask"].bool() if tiny.family != "encoder-decoder" else ...
    kind = "encoder" if tiny.family != "decoder" else "decoder"
    with torch.no_grad(), Lens(model) as lens:
        with lens.record() as seen:
            before = model(**inputs)[0]
        with lens.intervene(HeadsOff(kind=kind, layer=1, heads=(1, 2))):
            off = model(**inputs)[0]
        with lens.intervene(Replace(kind=kind, layer=1, heads=(1, 2), pattern=np.zeros((1, 1), np.float32))):
            nothing = model(**inputs)[0]
        own = seen.of(kind)[1].weights
        with lens.intervene(Replace(kind=kind, layer=1, pattern=own)):
            replayed = model(**inputs)[0]
        after = model(**inputs)[0]
    scale = float(before[real].abs().max())
    assert (off - before)[real].abs().max() > 1e-3 * scale
    assert (off - nothing)[real].abs().max() < 1e-5 * scale
    assert (replayed - before)[real].abs().max() < 1e-5 * scale
    assert torch.equal(after, before)
