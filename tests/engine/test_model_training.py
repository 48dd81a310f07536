"""The family under training: gradient checkpointing, parameter-efficient tuning, and that it learns."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from peft import LoraConfig, PeftModel, TaskType, get_peft_model
from torch import Tensor
from torch.nn import functional as F

from tests.engine.tiny_family import POSITIONS, TASKS, family_batch, family_model
from workbench.contracts.specs import ModelSpec
from workbench.engine.config import config_from_spec
from workbench.engine.model import WorkbenchTaskModel, build_model

TASK_TYPES = {
    "text-classification": TaskType.SEQ_CLS,
    "regression": TaskType.SEQ_CLS,
    "token-classification": TaskType.TOKEN_CLS,
    "seq2seq": TaskType.SEQ_2_SEQ_LM,
    "causal-lm": TaskType.CAUSAL_LM,
    "masked-lm": None,
}


def gradients(model: WorkbenchTaskModel, inputs: dict[str, Tensor]) -> dict[str, Tensor]:
    model.zero_grad()
    torch.manual_seed(0)  # dropout draws the same numbers
    model(**inputs).logits.square().mean().backward()
    return {name: weight.grad.clone() for name, weight in model.named_parameters() if weight.grad is not None}


@pytest.mark.parametrize("reentrant", [True, False])
@pytest.mark.parametrize("share_layers", [True, False])
@pytest.mark.parametrize(
    ("task", "positions"),
    [("seq2seq", kind) for kind in POSITIONS] + [("text-classification", "relative"), ("causal-lm", "alibi")],
)
def test_recomputing_gives_the_same_gradients(task: str, positions: str, share_layers: bool, reentrant: bool) -> None:
    model = family_model(task, positions=positions, share_layers=share_layers, dropout=0.1, attention_dropout=0.1).train()
    inputs = family_batch(task)
    plain = gradients(model, inputs)
    model.activation_checkpointing_enable({"use_reentrant": reentrant})
    runs = []
    for stack in model.model.children():
        stack.layers[0].feed_forward.register_forward_hook(lambda *_: runs.append(1))
    recomputed = gradients(model, inputs)
    assert len(runs) == 2 * len(list(model.model.children())) * (2 if share_layers else 1), "nothing was recomputed"
    assert recomputed.keys() == plain.keys()
    for name in plain:
        torch.testing.assert_close(recomputed[name], plain[name], atol=1e-6, rtol=1e-5)


@pytest.mark.filterwarnings("ignore:`is_gradient_checkpointing` is deprecated:FutureWarning")  # peft asks by the old name
@pytest.mark.parametrize("share_layers", [True, False])
@pytest.mark.parametrize("task", TASKS)
def test_lora_trains_saves_loads_and_merges(task: str, share_layers: bool, tmp_path: Path) -> None:
    base = family_model(task, share_layers=share_layers)
    start = {name: value.clone() for name, value in base.state_dict().items()}
    inputs = family_batch(task)
    tuned = get_peft_model(base, LoraConfig(task_type=TASK_TYPES[task], r=4, target_modules=["q_proj", "v_proj"]))
    optimizer = torch.optim.AdamW([w for w in tuned.parameters() if w.requires_grad], lr=0.05)
    with torch.no_grad():
        before = tuned(**inputs).logits
    for _ in range(3):
        optimizer.zero_grad()
        tuned(**inputs).logits.square().mean().backward()
        optimizer.step()
    tuned.eval()
    with torch.no_grad():
        after = tuned(**inputs).logits
    assert not torch.allclose(before, after, atol=1e-3)
    tuned.save_pretrained(tmp_path)

    fresh = family_model(task, share_layers=share_layers)
    assert all(torch.equal(fresh.state_dict()[name], value) for name, value in start.items())
    loaded = PeftModel.from_pretrained(fresh, tmp_path).eval()
    with torch.no_grad():
        torch.testing.assert_close(loaded(**inputs).logits, after, atol=1e-5, rtol=1e-4)
        merged = loaded.merge_and_unload()
        torch.testing.assert_close(merged(**inputs).logits, after, atol=1e-5, rtol=1e-4)
    assert set(merged.state_dict()) == set(start)
    if task in ("causal-lm", "seq2seq"):
        text = {"input_ids": inputs["input_ids"], "attention_mask": inputs["attention_mask"]}
        assert torch.equal(tuned.generate(**text, max_new_tokens=4, do_sample=False),
                           merged.generate(**text, max_new_tokens=4, do_sample=False))  # fmt: skip


def reversals(count: int, length: int, symbols: int, generator: torch.Generator) -> tuple[Tensor, Tensor]:
    text = torch.randint(5, 5 + symbols, (count, length), generator=generator)
    end = torch.full((count, 1), 3)
    return torch.cat((text, end), 1), torch.cat((text.flip(1), end), 1)


@pytest.mark.parametrize("positions", ["learned", "sinusoidal", "rotary"])
def test_it_learns_to_reverse(positions: str) -> None:
    """Small enough for a few seconds; sequences of the test were not seen."""
    torch.manual_seed(0)
    spec = ModelSpec(layers=1, heads=2, d_model=32, d_ff=64, positions=positions, dropout=0.0)
    model = build_model("seq2seq", config_from_spec(spec, task="seq2seq", vocab_size=13, max_length=8, max_target_length=8))
    optimizer = torch.optim.AdamW(model.parameters(), lr=3e-3)
    generator = torch.Generator().manual_seed(0)
    for step in range(400):
        optimizer.param_groups[0]["lr"] = 3e-3 * (1 - step / 400)
        text, target = reversals(64, 5, 8, generator)
        read = model.prepare_decoder_input_ids_from_labels(target)
        loss = F.cross_entropy(model(input_ids=text, decoder_input_ids=read).logits.flatten(0, 1), target.flatten())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    model.eval()
    text, target = reversals(300, 5, 8, torch.Generator().manual_seed(1))
    written = model.generate(input_ids=text, max_new_tokens=6, do_sample=False)[:, 1:]
    exact = (written == target[:, : written.shape[1]]).all(1).float().mean().item()
    assert exact >= 0.9, exact
