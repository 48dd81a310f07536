from __future__ import annotations

import pytest
import torch
from torch import nn

from tests.engine.tiny_architectures import tiny_batch, tiny_model
from tests.engine.tiny_family import family_batch, family_model
from workbench.contracts.errors import WorkbenchError
from workbench.engine.dropouts import Dropouts


def varies(model: nn.Module, inputs: dict[str, torch.Tensor]) -> bool:
    """Whether two passes while training differ."""
    with torch.random.fork_rng(), torch.no_grad():
        torch.manual_seed(0)
        model.train()
        one, other = model(**inputs)[0], model(**inputs)[0]
        model.eval()
    return not torch.equal(one, other)


@pytest.mark.parametrize(
    ("name", "family"), [("bert", "encoder"), ("gpt2", "decoder"), ("t5", "encoder-decoder"), ("bart", "encoder-decoder")]
)
def test_a_model_that_drops_nothing_drops_after_an_edit_and_not_when_it_is_undone(name: str, family: str) -> None:
    model, inputs = tiny_model(name), tiny_batch(family)
    dropouts = Dropouts(model)
    dropouts.check()
    assert not varies(model, inputs)
    dropouts.set(0.4)
    assert varies(model, inputs)
    dropouts.set(None)
    assert not varies(model, inputs)


def test_our_family_drops_at_every_place_but_the_attention_weights() -> None:
    model = family_model("text-classification", dropout=0.1)
    dropouts = Dropouts(model)
    dropouts.set(0.0)
    assert not varies(model, family_batch("text-classification"))
    dropouts.set(0.3)
    shares = {module.dropout for module in model.modules() if isinstance(getattr(module, "dropout", None), float)}
    assert shares == {0.3, 0.0}
    assert {module.dropout for name, module in model.named_modules() if name.endswith("attn")} == {0.0}
    dropouts.set(None)
    assert model.config.dropout == 0.1


def test_attention_weights_that_were_dropped_are_part_of_it() -> None:
    model = family_model("text-classification", dropout=0.1, attention_dropout=0.1)
    Dropouts(model).set(0.3)
    assert {module.dropout for name, module in model.named_modules() if name.endswith("attn")} == {0.3}


def test_a_model_without_any_is_told_so() -> None:
    with pytest.raises(WorkbenchError, match="no dropout"):
        Dropouts(tiny_model("llama")).check()
