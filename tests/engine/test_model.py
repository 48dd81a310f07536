"""What every model of the family promises: honest names, masks that hide, losses, clear refusals."""

from __future__ import annotations

import itertools
import random

import pytest
import torch
from torch import nn
from torch.nn import functional as F

from tests.engine.tiny_family import HEADS, POSITIONS, TASKS, VOCABULARY, family_batch, family_model
from workbench.contracts import specs
from workbench.contracts.errors import WorkbenchError
from workbench.contracts.specs import LAYOUT_OF_TASK, ModelSpec
from workbench.engine.config import CHOICES, WorkbenchConfig, config_from_spec
from workbench.engine.layers import WorkbenchAttention
from workbench.engine.model import MODEL_OF_TASK, WorkbenchForCausalLM, WorkbenchModel, build_model, pool


def labels_for(task: str, inputs: dict[str, torch.Tensor]) -> torch.Tensor:
    rows, length = inputs.get("decoder_input_ids", inputs["input_ids"]).shape
    generator = torch.Generator().manual_seed(5)
    if task == "regression":
        return torch.randn(rows, generator=generator)
    if task == "text-classification":
        return torch.tensor([0, 2, 1])
    labels = torch.randint(0, 3 if task == "token-classification" else VOCABULARY, (rows, length), generator=generator)
    labels[1, -2:] = -100
    return labels


def test_every_task_has_a_model() -> None:
    assert set(MODEL_OF_TASK) == set(specs.TASKS)
    for task in specs.TASKS:
        assert MODEL_OF_TASK[task].layout == LAYOUT_OF_TASK[task]


@pytest.mark.parametrize("task", TASKS)
def test_names_tell_where_attention_stands(task: str) -> None:
    model = family_model(task)
    sites = {name: module for name, module in model.named_modules() if isinstance(module, WorkbenchAttention)}
    layout = LAYOUT_OF_TASK[task]
    assert {name.split(".")[1] for name in sites} == set(layout.split("-"))
    for name, module in sites.items():
        assert module.is_causal == (".decoder." in name and name.endswith("self_attn"))
        assert module.is_cross_attention == name.endswith("cross_attn")
        assert module.layer_idx == int(name.split(".")[3])
    assert any(name.endswith("cross_attn") for name in sites) == (layout == "encoder-decoder")


def test_shared_layers_are_one_layer_without_a_number() -> None:
    shared, own = family_model("causal-lm", share_layers=True, layers=3), family_model("causal-lm", layers=3)
    assert len(shared.model.decoder.layers) == 1
    assert shared.model.decoder.layers[0].self_attn.layer_idx is None
    layer = sum(p.numel() for p in own.model.decoder.layers[0].parameters())
    assert own.num_parameters() - shared.num_parameters() == 2 * layer


@pytest.mark.parametrize("task", TASKS)
def test_the_loss_is_the_one_of_the_task(task: str) -> None:
    model, inputs = family_model(task), family_batch(task)
    labels = labels_for(task, inputs)
    out = model(**inputs, labels=labels)
    if task == "regression":
        expected = ((out.logits[:, 0] - labels) ** 2).mean()
    elif task == "causal-lm":
        expected = F.cross_entropy(out.logits[:, :-1].flatten(0, 1), labels[:, 1:].flatten())
    else:
        expected = F.cross_entropy(out.logits.reshape(-1, out.logits.shape[-1]), labels.flatten())
    torch.testing.assert_close(out.loss, expected)
    assert model(**inputs).loss is None
    assert isinstance(model(**inputs, labels=labels, return_dict=False), tuple)


@pytest.mark.parametrize("task", ["causal-lm", "seq2seq", "masked-lm", "token-classification"])
def test_losses_of_part_batches_add_up(task: str) -> None:
    """What gradient accumulation of the transformers Trainer relies on."""
    model, inputs = family_model(task), family_batch(task)
    labels = labels_for(task, inputs)
    counted = labels[:, 1:] if task == "causal-lm" else labels
    items = int((counted != -100).sum())
    parts = [
        model(**{k: v[i : i + 1] for k, v in inputs.items()}, labels=labels[i : i + 1], num_items_in_batch=items).loss
        for i in range(3)
    ]
    torch.testing.assert_close(sum(parts), model(**inputs, labels=labels).loss)


def test_seq2seq_reads_its_labels_one_place_later() -> None:
    model, inputs = family_model("seq2seq"), family_batch("seq2seq")
    labels = torch.tensor([[7, 8, 3], [9, 3, -100], [3, -100, -100]])
    shifted = torch.tensor([[2, 7, 8], [2, 9, 3], [2, 3, 0]])
    assert torch.equal(model.prepare_decoder_input_ids_from_labels(labels), shifted)
    text = {name: inputs[name] for name in ("input_ids", "attention_mask")}
    torch.testing.assert_close(model(**text, labels=labels).logits, model(**text, decoder_input_ids=shifted).logits)


@pytest.mark.parametrize("positions", POSITIONS)
@pytest.mark.parametrize("task", TASKS)
def test_padding_on_the_right_changes_nothing(task: str, positions: str) -> None:
    model, inputs = family_model(task, positions=positions), family_batch(task, padding="none")
    longer = {name: F.pad(value, (0, 4), value=0) for name, value in inputs.items()}
    longer["input_ids"][:, -4:] = 11  # what stands in the padding does not matter
    with torch.no_grad():
        short, long = model(**inputs).logits, model(**longer).logits
    torch.testing.assert_close(long[:, : short.shape[1]] if long.dim() == 3 else long, short, atol=1e-5, rtol=1e-5)


@pytest.mark.parametrize("task", TASKS)
def test_no_mask_is_a_mask_of_ones(task: str) -> None:
    model, inputs = family_model(task), family_batch(task, padding="none")
    bare = {name: value for name, value in inputs.items() if "mask" not in name}
    with torch.no_grad():
        assert torch.equal(model(**inputs).logits, model(**bare).logits)


@pytest.mark.parametrize("positions", POSITIONS)
@pytest.mark.parametrize("task", ["causal-lm", "seq2seq"])
def test_a_decoder_does_not_see_ahead(task: str, positions: str) -> None:
    model, inputs = family_model(task, positions=positions), family_batch(task)
    name = "decoder_input_ids" if task == "seq2seq" else "input_ids"
    changed = inputs | {name: inputs[name].clone()}
    changed[name][:, 3] = 12
    with torch.no_grad():
        before, after = model(**inputs).logits, model(**changed).logits
    assert torch.equal(before[:, :3], after[:, :3])
    assert not torch.allclose(before[:, 3:], after[:, 3:])


@pytest.mark.parametrize("positions", POSITIONS)
def test_order_matters_unless_there_are_no_positions(positions: str) -> None:
    model, inputs = family_model("text-classification", positions=positions), family_batch("text-classification", padding="none")
    with torch.no_grad():
        same = torch.allclose(model(**inputs).logits, model(input_ids=inputs["input_ids"].flip(1)).logits, atol=1e-5)
    # distances are the same from both ends: ALiBi alone cannot tell a sentence from its mirror image
    assert same == (positions in ("none", "alibi"))


def every_shape() -> list[dict[str, object]]:
    options = {
        "positions": CHOICES["positions"], "norm": CHOICES["norm"], "norm_placement": CHOICES["norm_placement"],
        "activation": CHOICES["hidden_act"], "residual": (True, False), "scale": (True, False), "share_layers": (True, False),
        "tie_embeddings": (True, False), "pooling": CHOICES["pooling"], "attention_dropout": (0.0, 0.1),
        "task": TASKS,
    }  # fmt: skip
    shapes = [dict(zip(options, values, strict=True)) for values in itertools.product(*options.values())]
    return random.Random(0).sample(shapes, 60)


def test_every_combination_learns() -> None:
    for shape in every_shape():
        task = str(shape["task"])
        spec = ModelSpec(layers=2, heads=2, d_model=16, **{k: v for k, v in shape.items() if k != "task"})  # type: ignore[arg-type]
        labels = ("a", "b", "c") if task.endswith("classification") else None
        config = config_from_spec(spec, task=task, vocab_size=VOCABULARY, max_length=16, max_target_length=16, labels=labels)
        torch.manual_seed(0)
        model, inputs = build_model(task, config), family_batch(task)
        model(**inputs, labels=labels_for(task, inputs)).loss.backward()
        without = [name for name, p in model.named_parameters() if p.grad is None or not p.grad.isfinite().all()]
        assert not without, (shape, without)


@pytest.mark.parametrize("task", TASKS)
@pytest.mark.parametrize("positions", ["rotary", "alibi", "relative"])
def test_eager_equals_sdpa_and_gives_weights(task: str, positions: str) -> None:
    model, inputs = family_model(task, positions=positions), family_batch(task)
    assert model.config._attn_implementation == "sdpa"
    with torch.no_grad():
        fast = model(**inputs)
        model.set_attn_implementation("eager")
        slow = model(**inputs, output_attentions=True, output_hidden_states=True)
    torch.testing.assert_close(slow.logits, fast.logits, atol=2e-5, rtol=1e-4)
    layout = LAYOUT_OF_TASK[task]
    kinds = ("encoder_attentions", "decoder_attentions", "cross_attentions") if layout == "encoder-decoder" else ("attentions",)
    for kind in kinds:
        assert len(slow[kind]) == 2
        for weights in slow[kind]:
            assert weights.shape[:2] == (3, HEADS)
            torch.testing.assert_close(weights.sum(-1), torch.ones(weights.shape[:3]))
    states = slow["decoder_hidden_states" if layout == "encoder-decoder" else "hidden_states"]
    assert len(states) == 3


def test_learned_positions_end_and_the_others_go_on() -> None:
    ids = torch.randint(5, VOCABULARY, (1, 17))
    with pytest.raises(WorkbenchError, match=r"17 tokens are more than the 16 positions") as caught:
        family_model("causal-lm", positions="learned")(input_ids=ids)
    assert caught.value.mend
    for positions in set(POSITIONS) - {"learned"}:
        assert family_model("causal-lm", positions=positions)(input_ids=ids).logits.isfinite().all()


def test_a_class_refuses_a_layout_that_is_not_its_own() -> None:
    config = family_model("masked-lm").config
    with pytest.raises(WorkbenchError, match="needs the layout decoder"):
        WorkbenchForCausalLM(config)


@pytest.mark.parametrize(
    ("field", "value"),
    [("layout", "sideways"), ("positions", "gps"), ("norm", "batch"), ("norm_placement", "mid"), ("hidden_act", "mish"),
     ("pooling", "sum"), ("vocab_size", 0), ("hidden_size", -4), ("hidden_size", 10**9), ("num_hidden_layers", 10**6),
     ("num_attention_heads", 3), ("dropout", 1.0), ("attention_dropout", -0.1), ("dropout", float("nan")),
     ("max_position_embeddings", 0)],
)  # fmt: skip
def test_an_impossible_config_is_refused(field: str, value: object) -> None:
    with pytest.raises(WorkbenchError, match=field):
        WorkbenchConfig(**{field: value})  # type: ignore[arg-type]


def test_rotary_needs_an_even_head() -> None:
    with pytest.raises(WorkbenchError, match="even head width"):
        WorkbenchConfig(hidden_size=20, num_attention_heads=4, positions="rotary")


def test_the_spec_decides_the_config() -> None:
    spec = ModelSpec(d_model=24, heads=3, layers=5, positions="alibi", norm="rmsnorm", activation="swiglu", residual=False)
    config = config_from_spec(spec, task="seq2seq", vocab_size=77, max_length=20, max_target_length=30)
    assert (config.layout, config.hidden_size, config.num_attention_heads, config.num_hidden_layers) == (
        "encoder-decoder",
        24,
        3,
        5,
    )
    assert (config.intermediate_size, config.vocab_size, config.max_position_embeddings) == (96, 77, 30)
    assert (config.is_encoder_decoder, config.residual, config.hidden_act) == (True, False, "swiglu")
    assert (config.pad_token_id, config.bos_token_id, config.eos_token_id, config.decoder_start_token_id) == (0, 2, 3, 2)


def test_labels_are_kept_by_name() -> None:
    config = config_from_spec(ModelSpec(), task="text-classification", vocab_size=9, max_length=8, labels=("好", "坏", "平"))
    assert config.id2label == {0: "好", 1: "坏", 2: "平"}
    assert config.label2id == {"好": 0, "坏": 1, "平": 2}
    assert (config.num_labels, config.problem_type) == (3, "single_label_classification")
    number = config_from_spec(ModelSpec(), task="regression", vocab_size=9, max_length=8)
    assert (number.num_labels, number.problem_type) == (1, "regression")


def test_one_class_is_no_classification() -> None:
    with pytest.raises(WorkbenchError, match="1 classes"):
        config_from_spec(ModelSpec(), task="text-classification", vocab_size=9, max_length=8, labels=("only",))


@pytest.mark.parametrize("task", TASKS)
def test_weights_depend_on_the_seed_alone(task: str) -> None:
    config = family_model(task).config

    def weights(seed: int) -> dict[str, torch.Tensor]:
        torch.manual_seed(seed)
        return build_model(task, config).state_dict()

    first, again, other = weights(3), weights(3), weights(4)
    assert all(torch.equal(first[name], again[name]) for name in first)
    assert not all(torch.equal(first[name], other[name]) for name in first)


def test_fresh_weights_have_the_stated_spread() -> None:
    torch.manual_seed(0)
    config = WorkbenchConfig(layout="decoder", vocab_size=500, hidden_size=96, num_attention_heads=4, intermediate_size=384)
    for module in WorkbenchModel(config).modules():
        if isinstance(module, nn.Linear):
            assert module.weight.std().item() == pytest.approx((3 * module.in_features) ** -0.5, rel=0.05)
            assert not module.bias.any()
        elif isinstance(module, nn.Embedding):
            assert module.weight.std().item() == pytest.approx(0.02, rel=0.05)


@pytest.mark.parametrize("positions", POSITIONS)
@pytest.mark.parametrize("task", ["text-classification", "causal-lm", "seq2seq"])
def test_narrow_numbers_give_nearly_the_same(task: str, positions: str) -> None:
    model, inputs = family_model(task, positions=positions, sharpness=1.0), family_batch(task)
    with torch.no_grad():
        wide = model(**inputs).logits
        with torch.autocast("cpu", torch.bfloat16):
            mixed = model(**inputs).logits
        narrow = model.to(torch.bfloat16)(**inputs).logits
        model.set_attn_implementation("eager")
        eager = model(**inputs).logits
    assert narrow.dtype == torch.bfloat16
    for found in (mixed, narrow, eager):
        assert (found.float() - wide).abs().max() < 0.05 * wide.abs().max() + 0.02


def test_pooling_leaves_padding_out() -> None:
    states = torch.tensor([[[1.0, -1.0], [3.0, -5.0], [100.0, 100.0]], [[100.0, 100.0], [2.0, -2.0], [4.0, -4.0]]])
    mask = torch.tensor([[1, 1, 0], [0, 1, 1]])
    assert pool(states, mask, "mean").tolist() == [[2.0, -3.0], [3.0, -3.0]]
    assert pool(states, mask, "first").tolist() == [[1.0, -1.0], [2.0, -2.0]]
    assert pool(states, mask, "max").tolist() == [[3.0, -1.0], [4.0, -2.0]]
    torch.testing.assert_close(pool(states, None, "mean"), states.mean(1))


@pytest.mark.parametrize("how", ["mean", "first", "max"])
def test_pooling_survives_a_text_of_padding_alone(how: str) -> None:
    assert pool(torch.ones(2, 3, 4), torch.tensor([[0, 0, 0], [1, 0, 0]]), how).abs().max() <= 1
