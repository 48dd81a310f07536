from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from transformers import AutoTokenizer, BertModel

from tests.minilm import minilm
from tests.runs.test_execute import drain
from tests.tables import tiny, write_table
from workbench.contracts.errors import WorkbenchError
from workbench.contracts.events import Checkpointed
from workbench.contracts.inspection import Change, Query
from workbench.runs.execute import resume, start
from workbench.runs.inspector import Inspector

TEXT = "The cat that the dog chased sat on the mat, and nobody minded."


@pytest.fixture(scope="module")
def real() -> Inspector:
    return Inspector.open(minilm())


def test_every_weight_of_the_real_minilm_is_that_of_eager_attention(real: Inspector) -> None:
    tokenizer = AutoTokenizer.from_pretrained(minilm())
    eager = BertModel.from_pretrained(minilm(), attn_implementation="eager").eval()
    for query in (Query(text=TEXT), Query(text=TEXT, pair="Nobody minded the cat."), Query(text="word " * 600)):
        seen = real.look(query)
        inputs = tokenizer(*([query.text, query.pair] if query.pair else [query.text]), return_tensors="pt", truncation=True)
        with torch.no_grad():
            expected = eager(**inputs, output_attentions=True).attentions
        assert len(seen.tokens) == inputs["input_ids"].shape[1]
        wall = seen.walls["encoder"]
        assert wall.trust.max() < 1e-5
        for layer, head in ((0, 0), (2, 7), (5, 11)):
            whole = real.head("encoder", layer, head)
            np.testing.assert_allclose(whole.weights, expected[layer][0, head].numpy(), atol=1e-5)
        if wall.whole:
            np.testing.assert_allclose(wall.tiles, torch.stack(expected)[:, 0].numpy(), atol=1e-5)


def test_a_head_that_is_off_changes_the_sentence_vector_as_computed_without_it(real: Inspector) -> None:
    change = Change(act="off", kind="encoder", layer=2, head=5)
    seen = real.look(Query(text=TEXT, changes=(change,)))
    assert seen.before is not None
    assert seen.before.vector is not None
    assert seen.answer.vector is not None
    model = BertModel.from_pretrained(minilm(), attn_implementation="eager").eval()
    inputs = AutoTokenizer.from_pretrained(minilm())(TEXT, return_tensors="pt")
    size = model.config.hidden_size // model.config.num_attention_heads
    vectors = []
    for silent in (False, True):
        if silent:
            with torch.no_grad():
                model.encoder.layer[2].attention.output.dense.weight[:, 5 * size : 6 * size] = 0
        with torch.no_grad():
            hidden = model(**inputs).last_hidden_state[0].mean(0)
        vectors.append((hidden / hidden.norm()).numpy())
    np.testing.assert_allclose(seen.before.vector, vectors[0], atol=1e-5)
    np.testing.assert_allclose(seen.answer.vector, vectors[1], atol=1e-5)
    assert real.head("encoder", 2, 5).off
    assert not real.head("encoder", 2, 4).off


def test_changes_bite_and_leave_nothing_behind(real: Inspector) -> None:
    plain = real.look(Query(text=TEXT))
    flat = real.look(Query(text=TEXT, changes=(Change(act="uniform", kind="encoder", layer=0),)))
    count = len(flat.tokens)
    np.testing.assert_allclose(flat.walls["encoder"].tiles[0], 1 / count, atol=1e-6)
    hot = real.look(Query(text=TEXT, changes=(Change(act="temperature", value=50.0),)))
    assert hot.walls["encoder"].tiles.max() < plain.walls["encoder"].tiles.max()
    again = real.look(Query(text=TEXT))
    assert np.array_equal(again.walls["encoder"].tiles, plain.walls["encoder"].tiles)


def test_shuffled_words_keep_their_special_tokens(real: Inspector) -> None:
    plain, mixed = real.look(Query(text=TEXT)), real.look(Query(text=TEXT, shuffled=1))
    assert mixed.tokens != plain.tokens
    assert sorted(mixed.tokens) == sorted(plain.tokens)
    assert (mixed.tokens[0], mixed.tokens[-1]) == (plain.tokens[0], plain.tokens[-1])
    assert all(TEXT[start:end].lower() == token for token, (start, end) in zip(mixed.tokens, mixed.spans, strict=True) if end)


@pytest.mark.parametrize(
    "task", ["text-classification", "token-classification", "masked-lm", "causal-lm", "seq2seq", "regression"]
)
def test_a_run_of_each_task_is_looked_into(task: str, tmp_path: Path) -> None:
    drain(start(tiny(write_table(tmp_path, task), task), tmp_path / "run"))
    inspector = Inspector.open(tmp_path / "run")
    seen = inspector.look(Query(text="red apple", write=3 if task == "causal-lm" else 0))
    assert inspector.facts.task == task
    assert inspector.facts.support == "full"
    kinds = {"seq2seq": {"encoder", "decoder", "cross"}, "causal-lm": {"decoder"}}.get(task, {"encoder"})
    assert set(seen.walls) == kinds
    for kind, wall in seen.walls.items():
        assert wall.trust.max() < 1e-5
        np.testing.assert_allclose(inspector.head(kind, 0, 0).weights.sum(-1), 1, atol=1e-5)
    answer = seen.answer
    shown = answer.tags or answer.likely or answer.loss is not None
    assert shown
    if answer.kind in ("classes", "next"):
        assert 0 < sum(share for _, share in answer.likely) <= 1 + 1e-5


def test_a_run_that_is_not_over_is_looked_into_at_its_latest_checkpoint(tmp_path: Path) -> None:
    experiment = tiny(write_table(tmp_path, "text-classification"), "text-classification")
    whole = start(experiment, tmp_path / "run")
    for event in whole:
        if isinstance(event, Checkpointed) and event.step > 1:
            break
    whole.close()
    assert not (tmp_path / "run" / "model").exists()
    inspector = Inspector.open(tmp_path / "run")
    assert inspector.facts.step == event.step
    seen = inspector.look(Query(text="red apple"))
    drain(resume(tmp_path / "run"))
    after = Inspector.open(tmp_path / "run")
    assert after.facts.step is None
    assert not np.array_equal(after.look(Query(text="red apple")).walls["encoder"].tiles, seen.walls["encoder"].tiles)


def test_a_run_without_weights_says_so(tmp_path: Path) -> None:
    experiment = tiny(write_table(tmp_path, "text-classification"), "text-classification")
    begun = start(experiment, tmp_path / "run")
    next(begun)
    begun.close()
    with pytest.raises(WorkbenchError, match="no weights yet"):
        Inspector.open(tmp_path / "run")


def test_what_was_written_is_read_along(tmp_path: Path) -> None:
    drain(start(tiny(write_table(tmp_path, "causal-lm"), "causal-lm"), tmp_path / "run"))
    inspector = Inspector.open(tmp_path / "run")
    short = inspector.look(Query(text="red"))
    long = inspector.look(Query(text="red", write=2))
    assert len(short.tokens) < len(long.tokens) <= len(short.tokens) + 2
    whole = long.walls["decoder"].tiles
    size = len(short.tokens)
    np.testing.assert_allclose(whole[:, :, :size, :size], short.walls["decoder"].tiles, atol=1e-5)


@pytest.mark.parametrize("text", ["", "   ", "\n\t"])
def test_nothing_written_is_said(real: Inspector, text: str) -> None:
    with pytest.raises(WorkbenchError, match="empty"):
        real.look(Query(text=text))


def test_a_long_text_is_cut_and_said(real: Inspector) -> None:
    seen = real.look(Query(text="many words " * 5_000))
    assert len(seen.tokens) == real.facts.longest == 512
    assert "first 512 tokens" in seen.remarks[0]
    assert seen.tokens[-1] == "[SEP]"


def test_there_is_no_such_head(real: Inspector) -> None:
    real.look(Query(text=TEXT))
    with pytest.raises(WorkbenchError, match="there is no head 12"):
        real.head("encoder", 0, 12)
    with pytest.raises(WorkbenchError, match="there is no"):
        real.head("cross", 0, 0)


def test_all_weights_come_in_one_pass_and_are_those_of_each_head(real: Inspector) -> None:
    inspection = real.inspect(Query(text=TEXT, pair="Nobody minded.", changes=(Change(act="off", layer=1, head=3),)))
    found = inspection.weights["encoder"]
    assert found.weights.shape[:2] == (6, 12)
    assert found.weights.nbytes * 2 == real.weights_bytes()
    for layer, head in ((0, 0), (1, 3), (5, 11)):
        assert np.array_equal(found.weights[layer, head], real.head("encoder", layer, head).weights)
    part = real.inspect(Query(text=TEXT, pair="Nobody minded."), layer=2, head=5).weights["encoder"]
    assert (part.layers, part.heads, part.weights.shape[:2]) == ((2,), (5,), (1, 1))


def test_an_inspection_keeps_its_text_when_another_is_looked_at(real: Inspector) -> None:
    first = real.inspect("The cat sat.")
    real.look("Something that is much longer than that.")
    assert first.weights["encoder"].keys == first.seen.tokens
    assert first.whole("encoder", 0, 0).weights.shape == (len(first.seen.tokens),) * 2


def test_weights_that_no_memory_holds_are_refused_beforehand(real: Inspector, monkeypatch: pytest.MonkeyPatch) -> None:
    inspection = real.inspect("word " * 500)
    monkeypatch.setattr("workbench.runs.inspector.free_memory", lambda device: 10_000_000)
    with pytest.raises(WorkbenchError, match=r"take 0\.\d GB of memory, and 0\.0 GB are free") as refused:
        _ = inspection.weights
    assert "--layer" in refused.value.mend or "one layer" in refused.value.mend


def test_what_was_changed_stands_in_the_summary(real: Inspector) -> None:
    told = real.inspect(Query(text=TEXT, changes=(Change.parse("off:encoder:2:8"),))).summary()
    assert told["provenance"]["changes"] == "off:encoder:2:8"
    assert told["trust"]["encoder"] < 1e-5
    assert 0.5 < told["cosine"] < 1
    assert len(told["answer"]["vector"]) == len(told["before"]["vector"]) == 384


def test_a_second_text_is_refused_where_none_is_read(tmp_path: Path) -> None:
    drain(start(tiny(write_table(tmp_path, "causal-lm"), "causal-lm"), tmp_path / "run"))
    with pytest.raises(WorkbenchError, match="one text"):
        Inspector.open(tmp_path / "run").inspect(Query(text="red", pair="green"))
