"""The whole forward pass against one written out in float64, head by head and query by query, from the weights alone."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from tests.engine.tiny_family import HEADS, POSITIONS, family_batch, family_model
from workbench.contracts.specs import LAYOUT_OF_TASK
from workbench.engine.model import WorkbenchTaskModel

Array = NDArray[np.float64]


class Reference:
    """A transformer in numpy, as slow and as plain as can be."""

    def __init__(self, model: WorkbenchTaskModel) -> None:
        self.config = model.config
        self.weights = {name: value.detach().double().numpy() for name, value in model.state_dict().items()}

    def linear(self, x: Array, name: str) -> Array:
        return x @ self.weights[f"{name}.weight"].T + self.weights[f"{name}.bias"]

    def norm(self, x: Array, name: str) -> Array:
        if self.config.norm == "rmsnorm":
            return x / np.sqrt((x**2).mean(-1, keepdims=True) + 1e-5) * self.weights[f"{name}.weight"]
        centred = x - x.mean(-1, keepdims=True)
        scaled = centred / np.sqrt((centred**2).mean(-1, keepdims=True) + 1e-5)
        return scaled * self.weights[f"{name}.weight"] + self.weights[f"{name}.bias"]

    def embed(self, ids: NDArray[np.int64], stack: str) -> Array:
        x = self.weights[f"{stack}.embed_tokens.weight"][ids]
        if self.config.positions == "learned":
            x = x + self.weights[f"{stack}.embed_positions.weight"][: len(ids)]
        x = x * math.sqrt(x.shape[-1])
        if self.config.positions == "sinusoidal":
            width = x.shape[-1]
            for t in range(len(ids)):
                for i in range(0, width, 2):
                    x[t, i] += math.sin(t / 10_000 ** (i / width))
                    x[t, i + 1] += math.cos(t / 10_000 ** (i / width))
        return x

    def bias(self, stack: str, head: int, query: int, key: int, causal: bool) -> float:
        if self.config.positions == "alibi":
            return -(2.0 ** (-8 * (head + 1) / HEADS)) * abs(query - key)
        if self.config.positions == "relative":
            near = 16 if causal else 8  # distances below it have a bucket each; these texts are short
            distance = abs(query - key)
            if distance >= near:
                distance = near + int(math.log(distance / near) / math.log(128 / near) * near)
            ahead = key > query
            bucket = (0 if ahead else distance) if causal else distance + 16 * ahead
            return float(self.weights[f"{stack}.relative_bias.weight"][bucket, head])
        return 0.0

    def turn(self, x: Array, place: int) -> Array:
        half = len(x) // 2
        out = x.copy()
        for i in range(half):
            angle = place / 10_000 ** (2 * i / len(x))
            out[i] = x[i] * math.cos(angle) - x[i + half] * math.sin(angle)
            out[i + half] = x[i + half] * math.cos(angle) + x[i] * math.sin(angle)
        return out

    def attention(self, x: Array, source: Array, real: NDArray[np.bool_], name: str, stack: str, kind: str) -> Array:
        q, k, v = self.linear(x, f"{name}.q_proj"), self.linear(source, f"{name}.k_proj"), self.linear(source, f"{name}.v_proj")
        size = x.shape[-1] // HEADS
        out = np.zeros_like(x)
        for head in range(HEADS):
            part = slice(head * size, (head + 1) * size)
            for i in range(len(x)):
                seen = [j for j in range(len(source)) if real[j] and (kind != "causal" or j <= i)]
                scores = []
                for j in seen:
                    query, key = q[i, part], k[j, part]
                    if self.config.positions == "rotary" and kind != "cross":
                        query, key = self.turn(query, i), self.turn(key, j)
                    score = query @ key / (math.sqrt(size) if self.config.scale else 1.0)
                    scores.append(score + (self.bias(stack, head, i, j, kind == "causal") if kind != "cross" else 0.0))
                powers = np.exp(np.array(scores) - max(scores))
                out[i, part] = (powers / powers.sum()) @ v[seen][:, part]
        return self.linear(out, f"{name}.o_proj")

    def feed_forward(self, x: Array, name: str) -> Array:
        def act(z: Array) -> Array:
            kind = self.config.hidden_act
            if kind == "gelu":
                return 0.5 * z * (1 + np.vectorize(math.erf)(z / math.sqrt(2)))
            return {"relu": np.maximum(z, 0), "tanh": np.tanh(z), "swiglu": z / (1 + np.exp(-z))}[kind]

        up = self.linear(x, f"{name}.up_proj")
        hidden = act(self.linear(x, f"{name}.gate_proj")) * up if self.config.hidden_act == "swiglu" else act(up)
        return self.linear(hidden, f"{name}.down_proj")

    def wrap(self, x: Array, f: Any, norm: str) -> Array:
        pre = self.config.norm_placement == "pre"
        branch = f(self.norm(x, norm) if pre else x)
        x = x + branch if self.config.residual else branch
        return x if pre else self.norm(x, norm)

    def stack(
        self, ids: NDArray[np.int64], real: NDArray[np.bool_], stack: str, causal: bool,
        memory: Array | None = None, memory_real: NDArray[np.bool_] | None = None,
    ) -> Array:  # fmt: skip
        x = self.embed(ids, stack)
        for number in range(self.config.num_hidden_layers):
            layer = f"{stack}.layers.{0 if self.config.share_layers else number}"
            kind = "causal" if causal else "full"
            x = self.wrap(
                x, lambda z, n=f"{layer}.self_attn", k=kind: self.attention(z, z, real, n, stack, k), f"{layer}.self_attn_norm"
            )
            if memory is not None:
                assert memory_real is not None
                x = self.wrap(
                    x,
                    lambda z, n=f"{layer}.cross_attn": self.attention(z, memory, memory_real, n, stack, "cross"),
                    f"{layer}.cross_attn_norm",
                )
            x = self.wrap(x, lambda z, n=f"{layer}.feed_forward": self.feed_forward(z, n), f"{layer}.feed_forward_norm")
        return self.norm(x, f"{stack}.norm") if self.config.norm_placement == "pre" else x

    def logits(self, example: dict[str, NDArray[np.int64]]) -> Array:
        """Of one text."""
        ids, real = example["input_ids"], example["attention_mask"].astype(bool)
        if self.config.layout == "encoder":
            x = self.stack(ids, real, "model.encoder", False)
        elif self.config.layout == "decoder":
            x = self.stack(ids, real, "model.decoder", True)
        else:
            memory = self.stack(ids, real, "model.encoder", False)
            own = example["decoder_attention_mask"].astype(bool)
            x = self.stack(example["decoder_input_ids"], own, "model.decoder", True, memory, real)
        if "lm_head.weight" in self.weights:
            return self.linear(x, "lm_head")
        if self.pooled:
            x = {"mean": x[real].mean(0), "max": x[real].max(0), "first": x[real][0]}[self.config.pooling]
        return self.linear(x, "classifier")

    pooled = False


def compare(task: str, **spec: object) -> None:
    model = family_model(task, **spec)  # type: ignore[arg-type]
    inputs = family_batch(task, padding="right")
    with torch.no_grad():
        found = model(**inputs).logits.double().numpy()
    reference = Reference(model)
    reference.pooled = task in ("text-classification", "regression")
    real = inputs.get("decoder_attention_mask", inputs["attention_mask"]).bool().numpy()
    largest = 0.0
    for number in range(len(found)):
        expected = reference.logits({name: value[number].numpy() for name, value in inputs.items()})
        keep = slice(None) if reference.pooled else real[number]
        largest = max(largest, float(np.abs(found[number][keep] - expected[keep]).max()))
    assert largest <= 1e-5 * max(1.0, float(np.abs(found).max()))


@pytest.mark.parametrize("positions", POSITIONS)
@pytest.mark.parametrize("task", ["token-classification", "causal-lm", "seq2seq"])
def test_every_layout_and_position_scheme(task: str, positions: str) -> None:
    assert set(LAYOUT_OF_TASK.values()) == {LAYOUT_OF_TASK[t] for t in ("token-classification", "causal-lm", "seq2seq")}
    compare(task, positions=positions)


@pytest.mark.parametrize("placement", ["pre", "post"])
@pytest.mark.parametrize("norm", ["layernorm", "rmsnorm"])
@pytest.mark.parametrize("activation", ["relu", "gelu", "tanh", "swiglu"])
def test_every_block(activation: str, norm: str, placement: str) -> None:
    compare("token-classification", activation=activation, norm=norm, norm_placement=placement)


@pytest.mark.parametrize("residual", [True, False])
@pytest.mark.parametrize("scale", [True, False])
@pytest.mark.parametrize("share_layers", [True, False])
def test_what_teachers_break(share_layers: bool, scale: bool, residual: bool) -> None:
    compare("seq2seq", share_layers=share_layers, scale=scale, residual=residual, sharpness=1.5)


@pytest.mark.parametrize("pooling", ["mean", "first", "max"])
@pytest.mark.parametrize("task", ["text-classification", "regression"])
def test_every_pooling(task: str, pooling: str) -> None:
    compare(task, pooling=pooling)


@pytest.mark.parametrize("tie", [True, False])
def test_masked_language_model(tie: bool) -> None:
    compare("masked-lm", tie_embeddings=tie)
