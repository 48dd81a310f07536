"""From one text to frames with tokens."""

from __future__ import annotations

import numpy as np
import peft
import pytest
import torch

from tests.engine.tiny_architectures import tiny_batch, tiny_model
from tests.engine.tiny_family import family_batch, family_model
from workbench.contracts.errors import WorkbenchError
from workbench.engine.capture import capture
from workbench.engine.lens import Lens
from workbench.engine.recording import Look

SOURCE = tuple("abcdefghi")
TARGET = tuple("uvwxyz")


def one_text(task: str) -> dict[str, torch.Tensor]:
    return {name: value[:1] for name, value in family_batch(task).items()}


@pytest.mark.parametrize(("task", "kind"), [("text-classification", "encoder"), ("causal-lm", "decoder")])
def test_a_text_gives_a_frame_with_its_tokens(task: str, kind: str) -> None:
    frames = capture(family_model(task), one_text(task), tokens=SOURCE, step=7, provenance={"text": "abc"})
    assert set(frames) == {kind}
    assert frames[kind].weights.shape == (2, 4, 9, 9)
    assert frames[kind].queries == frames[kind].keys == SOURCE
    assert frames[kind].step == 7
    assert frames[kind].provenance["text"] == "abc"
    assert not frames[kind].weights.flags.writeable
    np.testing.assert_allclose(frames[kind].weights.sum(-1), 1.0, atol=1e-6)


def test_two_texts_give_three_frames() -> None:
    frames = capture(family_model("seq2seq"), one_text("seq2seq"), tokens=SOURCE, target_tokens=TARGET)
    assert {kind: (frame.queries, frame.keys) for kind, frame in frames.items()} == {
        "encoder": (SOURCE, SOURCE), "decoder": (TARGET, TARGET), "cross": (TARGET, SOURCE)}  # fmt: skip


def test_a_look_chooses_and_the_rows_keep_their_tokens() -> None:
    look = Look(kinds=("cross",), layers=(1,), heads=(0, 2), rows=(4, 1))
    frames = capture(family_model("seq2seq"), one_text("seq2seq"), tokens=SOURCE, target_tokens=TARGET, look=look)
    assert set(frames) == {"cross"}
    assert frames["cross"].weights.shape == (1, 2, 2, 9)
    assert frames["cross"].queries == ("y", "v")


def test_dropout_is_off_while_capturing_and_every_part_keeps_its_mode() -> None:
    model = family_model("masked-lm", dropout=0.5, attention_dropout=0.5)
    expected = capture(model, one_text("masked-lm"), tokens=SOURCE)["encoder"].weights
    model.train()
    model.model.encoder.layers[0].eval()
    modes = [module.training for module in model.modules()]
    with Lens(model) as lens:
        assert np.array_equal(capture(model, one_text("masked-lm"), tokens=SOURCE, lens=lens)["encoder"].weights, expected)
    assert modes == [module.training for module in model.modules()]


@pytest.mark.filterwarnings("ignore::FutureWarning")  # peft's own, about names in transformers
def test_virtual_tokens_are_numbered() -> None:
    tuning = peft.PromptTuningConfig(
        task_type="CAUSAL_LM", num_virtual_tokens=2, token_dim=32, num_layers=2, num_attention_heads=4
    )
    model = peft.get_peft_model(family_model("causal-lm"), tuning)
    frame = capture(model, one_text("causal-lm"), tokens=SOURCE)["decoder"]
    assert frame.keys == ("⟨1⟩", "⟨2⟩", *SOURCE)
    assert frame.weights.shape == (2, 4, 11, 11)


def test_padding_and_missing_tokens_are_refused() -> None:
    model = family_model("masked-lm")
    with pytest.raises(WorkbenchError, match="padded"):
        capture(model, {name: value[1:2] for name, value in family_batch("masked-lm").items()}, tokens=SOURCE)
    with pytest.raises(WorkbenchError, match="10 tokens for an axis of 9"):
        capture(model, one_text("masked-lm"), tokens=(*SOURCE, "j"))
    with pytest.raises(WorkbenchError, match="0 tokens"):
        capture(family_model("seq2seq"), one_text("seq2seq"), tokens=SOURCE)
    with pytest.raises(WorkbenchError, match="no attention was seen"):
        capture(model, one_text("masked-lm"), tokens=SOURCE, look=Look(kinds=("cross",)))


def test_models_from_elsewhere_are_captured_alike() -> None:
    batch = {name: value[:1] for name, value in tiny_batch("encoder-decoder", padding="none").items()}
    frames = capture(tiny_model("t5"), batch, tokens=tuple("abcdefghij"), target_tokens=TARGET)
    assert {kind: frame.weights.shape for kind, frame in frames.items()} == {
        "encoder": (2, 4, 10, 10), "decoder": (2, 4, 6, 6), "cross": (2, 4, 6, 10)}  # fmt: skip
    assert frames["cross"].provenance["way"] == "switched"
