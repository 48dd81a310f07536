"""The table of heads: against one-by-one computation, over many texts, and through what it is shown in."""

from __future__ import annotations

import csv
import io
import json
import pickle

import numpy as np
import pytest
import torch

from tests.engine.tiny_architectures import tiny_model
from tests.engine.tiny_family import family_model
from workbench.contracts.errors import Cancelled, WorkbenchError
from workbench.contracts.head_tables import LABELS, UNITS, HeadTable, as_csv
from workbench.engine import head_patterns, heads
from workbench.engine.head_importance import sentence_vector
from workbench.engine.head_names import MARGIN
from workbench.engine.head_patterns import Text, see
from workbench.engine.head_table import Measure, head_tables
from workbench.engine.interventions import HeadsOff
from workbench.engine.lens import Lens
from workbench.engine.recording import Look

EVERYTHING = Measure(shuffles=3, gradients=True, without=True)
PASSES_ONLY = Measure(shuffles=0, value_norms=False)


def text(*ids: int, special: tuple[int, ...] = (), target: tuple[int, ...] = ()) -> Text:
    inputs = {"input_ids": torch.tensor([ids])}
    if target:
        inputs["decoder_input_ids"] = torch.tensor([target])
    return Text(inputs=inputs, special_ids=frozenset(special))


def last(model: torch.nn.Module, *texts: Text, measure: Measure = PASSES_ONLY) -> dict[str, HeadTable]:
    *_, tables = head_tables(model, texts, measure)
    return tables


def test_every_column_is_there_and_beside_its_baselines() -> None:
    tables = last(family_model("masked-lm"), text(1, 7, 8, 7, 9, 8, 2, special=(1, 2)), measure=EVERYTHING)
    table = tables["encoder"]
    assert set(table.values) == set(UNITS)
    assert table.shape == (2, 4)
    assert table.texts == 1
    for name, values in table.values.items():
        assert values.shape == (2, 4)
        assert np.isfinite(values).all(), name
        known = name not in ("output_change", "loss_change", "gradient_importance")
        for baseline in (table.uniform, table.shuffled, table.band):
            assert np.isfinite(baseline[name]).all() == known, name


def test_values_are_the_scores_of_the_recorded_weights() -> None:
    model, given = family_model("causal-lm"), text(7, 8, 7, 9, 8, 7)
    table = last(model, given)["decoder"]
    with torch.no_grad(), Lens(model) as lens, lens.record() as seen:
        model(**given.inputs)
    weights = seen.attention("decoder")
    np.testing.assert_allclose(table.values["induction"], heads.induction_score(weights, [7, 8, 7, 9, 8, 7]), atol=1e-6)
    np.testing.assert_allclose(table.values["entropy"], heads.entropy(weights), atol=1e-6)
    np.testing.assert_allclose(table.uniform["induction"], heads.induction_baseline([7, 8, 7, 9, 8, 7]), atol=1e-6)


def test_a_model_that_writes_has_three_tables() -> None:
    tables = last(family_model("seq2seq"), text(7, 8, 9, 2, special=(1, 2), target=(1, 9, 8)), measure=EVERYTHING)
    assert set(tables) == {"encoder", "decoder", "cross"}
    assert "previous_token" not in tables["cross"].values
    assert {"mirrored", "first_token", "special_tokens", "positional", "value_weighted_norm"} <= set(tables["cross"].values)


def test_many_texts_give_the_mean_of_each_text_that_has_the_column() -> None:
    model = family_model("causal-lm")
    texts = [text(7, 8, 7, 9), text(5, 6), text(9, 9, 8, 8, 7)]
    steps = list(head_tables(model, texts, PASSES_ONLY))
    assert [tables["decoder"].texts for tables in steps] == [1, 2, 3]
    alone = [last(model, each)["decoder"] for each in texts]
    together = steps[-1]["decoder"]
    for part in ("values", "uniform", "shuffled"):
        columns = getattr(together, part)
        entropy = np.mean([getattr(table, part)["entropy"] for table in alone], axis=0)
        np.testing.assert_allclose(columns["entropy"], entropy)
        repeating = np.mean([getattr(alone[place], part)["induction"] for place in (0, 2)], axis=0)
        np.testing.assert_allclose(columns["induction"], repeating)
    bands = np.stack([table.band["previous_token"] for table in alone])
    np.testing.assert_allclose(together.band["previous_token"], np.sqrt((bands**2).sum(0)) / 3)


def test_texts_are_taken_one_by_one_and_work_can_be_stopped() -> None:
    taken: list[int] = []
    reported: list[int] = []

    def texts() -> object:
        for number in range(100):
            taken.append(number)
            yield text(7, 8, 9)

    tables = head_tables(
        family_model("causal-lm"), texts(), PASSES_ONLY, progress=reported.append, cancelled=lambda: len(taken) > 2
    )
    assert [next(tables)["decoder"].texts, next(tables)["decoder"].texts] == [1, 2]
    with pytest.raises(Cancelled):
        next(tables)
    assert reported == [1, 2]
    assert len(taken) == 3


def test_a_stop_is_heard_between_the_heads() -> None:
    asked: list[None] = []

    def cancelled() -> bool:
        asked.append(None)
        return len(asked) > 4

    tables = head_tables(family_model("masked-lm"), [text(7, 8)], Measure(shuffles=0, without=True), cancelled=cancelled)
    with pytest.raises(Cancelled, match="switched off"):
        next(tables)
    assert len(asked) == 5


def test_a_head_that_goes_by_position_survives_shuffling() -> None:
    """A first layer that adds a bias to blind queries and keys sees positions alone."""
    model = family_model("masked-lm", positions="relative")
    with torch.no_grad():
        for name, weight in model.named_parameters():
            if "layers.0.self_attn.q_proj" in name:
                weight.zero_()
    table = last(model, text(7, 8, 9, 10, 11, 12, 13, 14), measure=Measure(shuffles=3))["encoder"]
    np.testing.assert_allclose(table.values["positional"][0], 1.0, atol=1e-6)
    surplus = table.values["positional"] - table.shuffled["positional"] - table.band["positional"]
    assert surplus[0].max() > 0.1
    assert table.values["positional"][1].max() < 0.95
    np.testing.assert_allclose(table.moved["previous_token"][0], table.values["previous_token"][0], atol=1e-6)


def test_shuffling_moves_words_and_leaves_special_tokens() -> None:
    given = text(1, 7, 8, 9, 10, 2, special=(1, 2), target=(1, 20, 21, 22))
    ids = given.shuffled(np.random.default_rng(0)).inputs
    assert ids["input_ids"][0, 0] == 1
    assert ids["input_ids"][0, -1] == 2
    assert sorted(ids["input_ids"][0, 1:-1].tolist()) == [7, 8, 9, 10]
    assert sorted(ids["decoder_input_ids"][0, 1:].tolist()) == [20, 21, 22]
    assert given.inputs["input_ids"].tolist() == [[1, 7, 8, 9, 10, 2]]
    with pytest.raises(WorkbenchError, match="no words to shuffle"):
        Text(inputs={"pixel_values": torch.zeros(1, 3, 4, 4)}).shuffled(np.random.default_rng(0))


@pytest.mark.parametrize("name", ["mistral", "gemma2", "modernbert"])
def test_baselines_know_the_mask_of_each_layer(name: str) -> None:
    """Sliding windows hide far keys from some layers, and even attention must not be expected there."""
    model, given = tiny_model(name), text(*range(10, 22))
    table = next(iter(last(model, given).values()))
    with torch.no_grad(), Lens(model) as lens, lens.record(Look(what=("scores",))) as seen:
        model(**given.inputs)
    for record in seen.records:
        visible = np.isfinite(record.scores[0])
        even = visible / visible.sum(-1, keepdims=True)
        np.testing.assert_allclose(table.uniform["mean_distance"][record.site.layer], heads.mean_distance(even), rtol=1e-6)
    assert np.ptp(table.uniform["mean_distance"]) > 0 or name == "mistral"


@pytest.mark.parametrize(
    ("name", "window", "n", "cells"),
    [("mistral", {"sliding_window": 8}, 64, 484), ("modernbert", {"sliding_window": 32}, 512, 32_224)],
)
def test_windows_show_as_many_cells_as_they_should(name: str, window: dict[str, int], n: int, cells: int) -> None:
    """Causal: n w - w (w - 1) / 2. On both sides, |i - j| ≤ k: n (2 k + 1) - k (k + 1)."""
    model = tiny_model(name)
    for setting, value in window.items():
        setattr(model.config, setting, value)
    with Lens(model) as lens:
        (patterns,) = see(lens, text(*(5 + place % 90 for place in range(n)))).values()
    assert cells in patterns.pattern.visible.sum((-2, -1))


def test_a_picture_has_the_columns_that_need_no_words() -> None:
    model = tiny_model("vit")
    image = Text(inputs={"pixel_values": torch.randn(1, 3, 32, 32, generator=torch.Generator().manual_seed(0))})
    table = last(model, image, measure=Measure())["encoder"]
    assert {"entropy", "mean_distance", "first_token", "value_weighted_norm"} <= set(table.values)
    assert not {"induction", "positional"} & set(table.values)


def test_attention_that_is_only_tapped_is_scored_without_values() -> None:
    table = last(tiny_model("bloom"), text(7, 8, 7, 9), measure=Measure(shuffles=1))["decoder"]
    assert "value_weighted_norm" not in table.values
    assert table.uniform["previous_token"][0, 0] == pytest.approx(heads.previous_token_baseline(4))


def test_seeing_leaves_the_model_and_its_mode_alone() -> None:
    model = family_model("masked-lm", dropout=0.5).train()
    first, second = (last(model, text(7, 8, 9, 7), measure=EVERYTHING)["encoder"] for _ in range(2))
    assert model.training
    for name, values in first.values.items():
        np.testing.assert_array_equal(values, second.values[name])
    assert all(weight.grad is None for weight in model.parameters())


def test_scores_tell_the_mask_where_weights_round_to_nothing() -> None:
    model = family_model("causal-lm", sharpness=200.0)
    with Lens(model) as lens:
        pattern = see(lens, text(*range(5, 15)))["decoder"].pattern
    assert (pattern.weights[..., np.tri(10, dtype=bool)] == 0).any()
    assert np.array_equal(pattern.visible, np.tri(10, dtype=bool)[None, None])


@pytest.mark.parametrize("held", [1, 4 * 4 * 9 * 9])
def test_a_long_text_is_looked_at_by_groups_of_layers_with_the_same_result(held: int, monkeypatch: pytest.MonkeyPatch) -> None:
    model, given = family_model("seq2seq", layers=3), text(7, 8, 9, 7, 8, 9, 7, 8, 2, special=(2,), target=(1, 9, 8))
    whole = last(model, given, measure=Measure(shuffles=2, gradients=True))
    monkeypatch.setattr(head_patterns, "HELD", held)
    with torch.no_grad(), Lens(model) as lens:
        assert len(head_patterns.parts_of(lens, given)) == 3
    parts = last(model, given, measure=Measure(shuffles=2, gradients=True))
    for kind, table in whole.items():
        assert parts[kind].names == table.names
        for part in ("values", "uniform", "shuffled", "moved"):
            for name, array in getattr(table, part).items():
                np.testing.assert_allclose(getattr(parts[kind], part)[name], array, atol=1e-6, err_msg=f"{kind} {part} {name}")


@pytest.mark.parametrize("task", ["causal-lm", "seq2seq"])
def test_of_a_text_too_long_for_one_layer_some_queries_are_drawn_and_the_table_says_so(
    task: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    model, ids = family_model(task, layers=3), [7 + place % 5 for place in range(15)]
    given = text(*ids, 2, special=(2,), target=(1, 9, 8, 9, 8, 1) if task == "seq2seq" else ())
    whole = last(model, given, measure=Measure(shuffles=1))
    monkeypatch.setattr(head_patterns, "LARGEST_LAYER", 1)
    monkeypatch.setattr(head_patterns, "HELD", 4 * 4 * 16 * 16)
    with torch.no_grad(), Lens(model) as lens:
        (part,) = head_patterns.parts_of(lens, given)
        patterns = see(lens, given, part=part)
    with torch.no_grad(), Lens(model) as lens, lens.record() as seen:
        model(**given.inputs)
    tables = last(model, given, measure=Measure(shuffles=1))
    assert set(tables) == set(whole)
    for kind, table in tables.items():
        rows = np.array(patterns[kind].rows)
        assert 0 < len(rows) < patterns[kind].queries
        assert (np.diff(rows) > 0).all()
        weights = seen.attention(kind)[:, :, rows]
        np.testing.assert_allclose(patterns[kind].pattern.weights, weights, atol=1e-6)
        assert table.drawn == len(rows)
        assert whole[kind].drawn == 0
        assert set(table.values) == set(whole[kind].values)
        np.testing.assert_allclose(table.values["first_token"], weights[..., 0].mean(-1), atol=1e-6)
    kind = "encoder" if task == "seq2seq" else "decoder"
    rows = np.array(patterns[kind].rows)
    before = seen.attention(kind)[:, :, rows, np.maximum(rows - 1, 0)] * (rows > 0)
    np.testing.assert_allclose(tables[kind].values["previous_token"], before.mean(-1), atol=1e-6)
    assert json.loads(next(csv.DictReader(io.StringIO(as_csv([tables[kind]]))))["provenance"])["queries_drawn"] == str(len(rows))


def test_the_change_can_be_measured_on_the_sentence_vector() -> None:
    model, given = tiny_model("bert"), text(7, 8, 9)
    table = last(model, given, measure=Measure(shuffles=0, without=True, answer=sentence_vector))["encoder"]
    with torch.no_grad(), Lens(model) as lens:
        before = model(**given.inputs).last_hidden_state.mean(1)
        with lens.intervene(HeadsOff(layer=1, heads=(3,))):
            after = model(**given.inputs).last_hidden_state.mean(1)
    assert table.values["output_change"][1, 3] == pytest.approx(float((after - before).norm() / before.norm()), rel=1e-5)
    assert "loss_change" not in table.values


def test_a_table_crosses_processes_and_nobody_writes_to_it() -> None:
    table = last(family_model("causal-lm"), text(7, 8, 7))["decoder"]
    again = pickle.loads(pickle.dumps(table))
    np.testing.assert_array_equal(again.values["entropy"], table.values["entropy"])
    with pytest.raises(ValueError, match="read-only"):
        table.values["entropy"][0, 0] = 1.0


def test_csv_has_a_row_for_each_head_and_its_source_in_each_row() -> None:
    model = family_model("seq2seq")
    tables = last(model, text(7, 8, 7, target=(1, 9)), measure=Measure(shuffles=1))
    rows = list(csv.DictReader(io.StringIO(as_csv(tables.values()))))
    assert len(rows) == 3 * 2 * 4
    row = next(row for row in rows if (row["kind"], row["layer"], row["head"]) == ("encoder", "1", "2"))
    table = tables["encoder"]
    assert float(row["induction"]) == pytest.approx(table.values["induction"][1, 2], rel=1e-8)
    assert float(row["induction_moved"]) == pytest.approx(table.moved["induction"][1, 2], rel=1e-8)
    assert float(row["entropy_uniform"]) == pytest.approx(np.log(3))
    assert json.loads(row["provenance"]) == {"model": "WorkbenchForConditionalGeneration"}
    assert next(row for row in rows if row["kind"] == "cross")["previous_token"] == ""
    assert {row["names"] for row in rows} == {
        "; ".join(LABELS[name] for name in names) for table in tables.values() for layer in table.names for names in layer
    }


def test_a_table_of_unknown_columns_or_uneven_shapes_cannot_be_made() -> None:
    one, other = {"entropy": np.zeros((2, 3))}, {"entropy": np.zeros((2, 4))}
    with pytest.raises(ValueError, match="no column"):
        HeadTable(kind="encoder", values={"charm": np.zeros((1, 1))}, uniform={}, shuffled={}, band={})
    with pytest.raises(ValueError, match="shapes"):
        HeadTable(kind="encoder", values=one, uniform=other, shuffled={}, band={})
    with pytest.raises(ValueError, match="kind"):
        HeadTable(kind="self", values=one, uniform=one, shuffled=one, band=one)


def test_a_head_that_looks_a_fixed_distance_back_is_not_called_induction() -> None:
    """Where repeats always lie as far apart, looking that far back scores like induction; the words tell them apart."""
    period, model = 6, family_model("causal-lm", positions="relative")
    with torch.no_grad():
        for name, weight in model.named_parameters():
            if "q_proj" in name:
                weight.zero_()
            elif "relative_bias" in name:
                weight.zero_()
                weight[period - 1] = 20.0  # the bucket of this distance
    generator = np.random.default_rng(0)
    texts = [text(*generator.choice(np.arange(5, 50), period, replace=False).tolist() * 2) for _ in range(4)]
    table = last(model, *texts, measure=Measure())["decoder"]
    assert table.values["induction"].min() > 0.95
    assert (table.values["induction"] - table.uniform["induction"] > MARGIN).all()
    assert table.moved["induction"].min() > 0.95
    assert not any("induction" in names for layer in table.names for names in layer)
    unshuffled = last(model, *texts)["decoder"]
    assert not any("induction" in names for layer in unshuffled.names for names in layer)
