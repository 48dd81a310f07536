"""Attention outside transformers' interface, in whole models and beside it; and heads that are off are really missing."""

from __future__ import annotations

import pytest
import torch
from torch import nn

from tests.architectures.batches import batch_for, family_of
from tests.architectures.measure import measure
from tests.architectures.shrinking import tiny_model
from workbench.engine.interventions import HeadsOff
from workbench.engine.lens import Lens

KINDS_OF_ATTENTION = [
    "canine",  # piece by piece: several calls before one projection
    "bigbird_pegasus",  # the encoder beside the interface
    "siglip_vision_model",  # pools with torch's own multi-head attention
    "wavlm",  # is torch's own multi-head attention
    "convbert",  # projects a convolution together with its heads
    "xlnet",  # projects with a product of its own
    "squeezebert",  # projects with a convolution
    "falcon",  # projects with a plain product
    "deepseek_v3",  # values narrower than keys
    "qwen3_next",  # attention in some layers, gated
    "recurrent_gemma",  # SDPA and eager differ without any lens
    "swin",  # windows
]


@pytest.mark.parametrize("name", KINDS_OF_ATTENTION)
def test_attention_of_every_kind_is_seen_as_eager_computes_it_and_heads_go_off(name: str) -> None:
    found = measure(name)
    assert found.verdict == "exact", found
    assert found.silenced == found.seen == found.there > 0


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("bitnet", "heads are mixed before they are projected"),  # normalized over all heads
        ("nystromformer", "heads are mixed before they are projected"),  # a convolution of the values is added
        ("diffllama", "heads are mixed before they are projected"),  # one half of the heads is taken from the other
        ("longformer", "blocks, windows or summaries"),
        ("prophetnet", "is not seen, or not all of it"),  # a second stream with an axis more
        ("granite_swa", "does not explain its output"),  # the output is scaled after the values are mixed
    ],
)
def test_what_cannot_be_shown_or_changed_as_it_is_comes_with_a_warning(name: str, words: str) -> None:
    with Lens(tiny_model(name)) as lens:
        support = lens.self_test()
    assert support.level == "partial"
    assert words in support.message


def test_attention_beside_the_interface_counts_as_tapped() -> None:
    model = tiny_model("bigbird_pegasus")
    with Lens(model) as lens:
        support = lens.self_test()
        assert lens.way == "switched"
    assert support.level == "tapped"
    assert [site.kind for site in support.sites].count("encoder") == model.config.encoder_layers


def test_a_pooling_head_looks_at_another_sequence() -> None:
    model = tiny_model("siglip_vision_model")
    with torch.no_grad(), Lens(model) as lens, lens.record() as seen:
        model(**batch_for(model, family_of(model)).inputs)
    assert [record.site.name for record in seen.of("cross")] == ["head.attention"]
    assert seen.attention("encoder").shape[0] == model.config.num_hidden_layers
    assert seen.attention("cross").shape[2] == 1  # the probe is the only query


@pytest.mark.parametrize("need_weights", [True, False])
def test_torchs_own_multi_head_attention_is_opened(need_weights: bool) -> None:
    class Pair(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.attention = nn.MultiheadAttention(16, 4, batch_first=True)

        def forward(self, given: torch.Tensor, other: torch.Tensor) -> torch.Tensor:
            once = self.attention(given, given, given, need_weights=need_weights)[0]
            return self.attention(once, other, other, need_weights=need_weights)[0]

    torch.manual_seed(0)
    model, given, other = Pair().eval(), torch.randn(2, 5, 16), torch.randn(2, 7, 16)
    with torch.no_grad():
        _, expected = model.attention(given, given, given, average_attn_weights=False)
        plain = model(given, other)
        with Lens(model) as lens:
            with lens.record() as seen:
                looked = model(given, other)
            with lens.intervene(HeadsOff(kind="cross", heads=(0, 1, 2, 3))):
                off = model(given, other)
    torch.testing.assert_close(looked, plain)
    torch.testing.assert_close(torch.from_numpy(seen.of("encoder")[0].weights), expected)
    assert seen.of("cross")[0].weights.shape == (2, 4, 5, 7)
    torch.testing.assert_close(off, model.attention.out_proj.bias.expand_as(off))


def test_a_head_that_does_nothing_anyway_is_no_reason_for_a_warning() -> None:
    model = tiny_model("bert")
    with torch.no_grad():
        for layer in model.encoder.layer:
            layer.attention.self.value.weight[:8] = 0  # of the first head
            layer.attention.self.value.bias[:8] = 0
    with Lens(model) as lens:
        assert lens.self_test().level == "full"
