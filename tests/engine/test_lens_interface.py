"""Between a model and its attention: masks, names, sources, causality, sites. Each was once seen to go wrong quietly."""

from __future__ import annotations

import inspect

import numpy as np
import pytest
import torch
from transformers import (
    EncoderDecoderModel,
    PreTrainedModel,
)
from transformers.integrations.sdpa_attention import sdpa_attention_forward
from transformers.masking_utils import ALL_MASK_ATTENTION_FUNCTIONS, AttentionMaskInterface, sdpa_mask
from transformers.modeling_utils import ALL_ATTENTION_FUNCTIONS, AttentionInterface

from tests.engine.tiny_architectures import decoder_with_cross_attention, eager_attentions, look_at, tiny_batch, tiny_model
from workbench.engine.attention import EAGER_NAME, NAME, workbench_attention
from workbench.engine.lens import Lens

# 1: masks


@pytest.mark.parametrize("name", ["bert", "llama"])
def test_01_without_a_mask_function_of_its_own_padding_would_be_silently_wrong(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = tiny_model(name)
    inputs = tiny_batch("decoder" if name == "llama" else "encoder", padding="left")
    real = inputs["attention_mask"].bool()
    with torch.no_grad():
        expected = model(**inputs)[0][real]
        with Lens(model):
            assert torch.equal(model(**inputs)[0][real], expected)
            monkeypatch.setattr(AttentionMaskInterface, "_global_mapping", {"sdpa": sdpa_mask})
            assert (model(**inputs)[0][real] - expected).abs().max() > 0.05


def test_01_both_names_have_a_mask_function_and_trip_no_check_by_substring() -> None:
    for name in (NAME, EAGER_NAME):
        assert name in ALL_ATTENTION_FUNCTIONS
        assert name in ALL_MASK_ATTENTION_FUNCTIONS
        assert not any(part in name for part in ("sdpa", "flash", "flex_attention"))


# 2: models without the interface


@pytest.mark.parametrize("name", ["gptj", "falcon", "bloom"])
def test_02_a_model_outside_the_interface_keeps_its_own_attention(name: str) -> None:
    model, inputs = tiny_model(name), tiny_batch("decoder", padding="left")
    before = model.config._attn_implementation
    with torch.no_grad():
        expected = model(**inputs)[0]
        with Lens(model) as lens:
            assert lens.way == "tapped"
            assert model.config._attn_implementation == before
            assert torch.equal(model(**inputs)[0], expected)


def test_02_every_part_of_a_composed_model_took_the_name_and_gives_it_back() -> None:
    model = EncoderDecoderModel(encoder=tiny_model("bert"), decoder=decoder_with_cross_attention("bert"))
    parts = [part for part in model.modules() if isinstance(part, PreTrainedModel)]
    before = [part.config._attn_implementation for part in parts]
    with Lens(model, replace_builtins=False) as lens:
        assert lens.way == "switched"
        assert {part.config._attn_implementation for part in parts} == {NAME}
    assert [part.config._attn_implementation for part in parts] == before == ["sdpa"] * len(parts)


def test_02_the_name_is_not_saved_with_the_model(tmp_path: object) -> None:
    model = tiny_model("bert")
    with Lens(model):
        model.save_pretrained(tmp_path)
    assert NAME not in (tmp_path / "config.json").read_text()


# 3: models that compare the implementation's name


def test_03_a_model_that_compares_names_is_seen_while_it_keeps_its_name() -> None:
    model, inputs = tiny_model("gpt2"), tiny_batch("decoder", padding="left")
    with torch.no_grad(), Lens(model) as lens, lens.record() as seen:
        assert lens.way == "replaced"
        assert model.config._attn_implementation == "sdpa"
        model(**inputs)
    expected = eager_attentions(tiny_model("gpt2", attn_implementation="eager"), inputs)["own"]
    assert np.abs(seen.attention("decoder") - torch.stack(expected)[:, 0].numpy()).max() < 1e-6


def test_03_what_a_model_does_under_the_name_eager_it_still_does() -> None:
    model, inputs = tiny_model("gpt2", attn_implementation="eager"), tiny_batch("decoder")
    for block in model.h:
        block.attn.reorder_and_upcast_attn = True  # read only under that name; it leads past the interface
    with torch.no_grad(), Lens(model) as lens:
        support = lens.self_test(inputs)
    assert support.level == "none"


def test_03_a_person_can_say_no_to_replacing_the_names() -> None:
    with Lens(tiny_model("gpt2"), replace_builtins=False) as lens:
        assert lens.way == "switched"
        assert "eager" not in AttentionInterface._global_mapping


def test_03_replacements_overlap_and_end_with_the_last_lens() -> None:
    before = dict(AttentionInterface._global_mapping)
    first, second = Lens(tiny_model("gpt2")), Lens(tiny_model("gpt2"))
    first.close()
    assert AttentionInterface._global_mapping["sdpa"] is workbench_attention
    second.close()
    second.close()
    assert before == AttentionInterface._global_mapping


def test_03_a_replacement_somebody_else_made_is_put_back(monkeypatch: pytest.MonkeyPatch) -> None:
    mapping = AttentionInterface._global_mapping
    monkeypatch.setitem(mapping, "sdpa", own := lambda *args, **kwargs: sdpa_attention_forward(*args, **kwargs))
    with Lens(tiny_model("gpt2")):
        assert mapping["sdpa"] is workbench_attention
    assert mapping["sdpa"] is own


def test_03_other_models_do_not_notice_the_replacement() -> None:
    other, inputs = tiny_model("gemma2"), tiny_batch("decoder")
    with torch.no_grad():
        expected = other(**inputs)[0]
        model = tiny_model("gpt2")
        with Lens(model) as lens, lens.record() as seen:
            assert torch.equal(other(**inputs)[0], expected)
    assert seen.records == []


# 4: no source files


@pytest.mark.parametrize(("name", "family"), [("bert", "encoder"), ("llama", "decoder"), ("gemma2", "decoder")])
def test_04_a_program_shipped_without_sources_can_still_look(name: str, family: str, monkeypatch: pytest.MonkeyPatch) -> None:
    model, inputs = tiny_model(name), tiny_batch(family)
    expected = look_at(model, inputs).attention(family)

    def no_source(thing: object) -> str:
        raise OSError("could not get source code")

    monkeypatch.setattr(inspect, "getsource", no_source)
    monkeypatch.setattr("workbench.engine.attaching._compares_names", lambda module: True)
    for cls in {type(part) for part in model.modules() if isinstance(part, PreTrainedModel)}:
        monkeypatch.setattr(cls, "_can_set_attn_implementation_cached_value", None, raising=False)
    with torch.no_grad(), Lens(model) as lens, lens.record() as seen:
        assert lens.way == "replaced"
        model(**inputs)
    assert np.array_equal(seen.attention(family), expected)


# 5: causality nobody mentions


def test_05_a_model_that_does_not_say_whether_it_is_causal_is_not_taken_for_causal() -> None:
    model, inputs = tiny_model("splinter"), tiny_batch("encoder", padding="none")
    assert not any(hasattr(module, "is_causal") for module in model.modules())
    seen = look_at(model, inputs)
    assert seen.kinds == ("encoder",)
    assert np.triu(seen.attention("encoder"), 1).max() > 0.1
    with Lens(model):
        assert model.config._attn_implementation == EAGER_NAME
