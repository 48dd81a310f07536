"""Attention while writing is the attention of one pass over what was written."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
import torch
from transformers import AutoModelForCausalLM, AutoModelForSeq2SeqLM

from tests.engine.tiny_architectures import TINY, tiny_batch, tiny_model
from tests.engine.tiny_family import family_batch, family_model
from workbench.contracts.errors import Cancelled, WorkbenchError
from workbench.engine.capture import capture
from workbench.engine.generated import generate_and_look
from workbench.engine.lens import Lens
from workbench.engine.recording import Look

PROMPT = {"input_ids": torch.tensor([[7, 8, 9, 10, 11]])}


def words(ids: Sequence[int]) -> list[str]:
    return [f"t{token}" for token in ids]


def agrees_with_one_pass(model: torch.nn.Module, inputs: dict[str, torch.Tensor], *, both: bool) -> None:
    written = generate_and_look(model, inputs, tokens_of=words, max_new_tokens=6)
    read = torch.tensor([written.ids[:-1]])
    assert len(written.ids) > written.prompt
    if both:
        again = {**inputs, "decoder_input_ids": read}
        frames = capture(model, again, tokens=words(inputs["input_ids"][0].tolist()), target_tokens=words(written.ids[:-1]))
        assert set(frames) == set(written.frames) == {"encoder", "decoder", "cross"}
    else:
        frames = capture(model, {"input_ids": read}, tokens=words(written.ids[:-1]))
        assert written.prompt == 5
        with torch.no_grad():
            greedy = model(read).logits[0, written.prompt - 1 :].argmax(-1)
        assert written.ids[written.prompt :] == tuple(greedy.tolist())
    for kind, frame in frames.items():
        assert written.frames[kind].queries == frame.queries
        assert written.frames[kind].keys == frame.keys
        np.testing.assert_allclose(written.frames[kind].weights, frame.weights, atol=2e-5, err_msg=kind)
        np.testing.assert_allclose(written.frames[kind].weights.sum(-1), 1.0, atol=1e-5)


@pytest.mark.parametrize("name", ["gpt2", "llama", "mistral", "gemma2", "gptj"])
def test_a_language_model_looks_while_writing_as_in_one_pass(name: str) -> None:
    agrees_with_one_pass(tiny_model(name, AutoModelForCausalLM), PROMPT, both=False)


@pytest.mark.parametrize("name", ["t5", "bart", "marian"])
def test_an_encoder_decoder_looks_while_writing_as_in_one_pass(name: str) -> None:
    inputs = {"input_ids": tiny_batch(TINY[name].family, padding="none")["input_ids"][:1]}
    model = tiny_model(name, AutoModelForSeq2SeqLM)
    model.generation_config.decoder_start_token_id = 2
    agrees_with_one_pass(model, inputs, both=True)


@pytest.mark.parametrize("positions", ["learned", "rotary", "alibi"])
def test_our_own_family_looks_while_writing_as_in_one_pass(positions: str) -> None:
    agrees_with_one_pass(family_model("causal-lm", positions=positions), PROMPT, both=False)
    inputs = {"input_ids": family_batch("seq2seq", padding="none")["input_ids"][:1]}
    agrees_with_one_pass(family_model("seq2seq", positions=positions), inputs, both=True)


def test_a_choice_of_heads_is_kept_and_progress_told() -> None:
    lengths: list[int] = []
    model = family_model("causal-lm")
    with Lens(model) as lens:
        written = generate_and_look(
            model,
            PROMPT,
            tokens_of=words,
            max_new_tokens=3,
            look=Look(layers=(1,), heads=(2, 0)),
            lens=lens,
            progress=lengths.append,
        )
    assert written.frames["decoder"].weights.shape[:2] == (1, 2)
    assert lengths == list(range(6, len(written.ids) + 1))


def test_what_cannot_be_done_is_said_and_writing_can_be_stopped() -> None:
    with pytest.raises(WorkbenchError, match="does not write"):
        generate_and_look(family_model("masked-lm"), PROMPT, tokens_of=words)
    with pytest.raises(WorkbenchError, match="all rows"):
        generate_and_look(family_model("causal-lm"), PROMPT, tokens_of=words, look=Look(rows=(0,)))
    model = tiny_model("t5", AutoModelForSeq2SeqLM)
    model.generation_config.decoder_start_token_id = model.generation_config.bos_token_id = None
    with pytest.raises(WorkbenchError, match="cannot write: `decoder_start_token_id`"):
        generate_and_look(model, PROMPT, tokens_of=words)
    with pytest.raises(Cancelled):
        generate_and_look(family_model("causal-lm"), PROMPT, tokens_of=words, cancelled=lambda: True)
