"""A second side: the same model, another one with another tokenizer, another text, another moment; against naive references."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from transformers import BertConfig, BertModel, GPT2Config, GPT2Model

from tests.minilm import minilm
from tests.runs.test_execute import drain
from tests.tables import tiny, write_table
from workbench.contracts.comparing import Other
from workbench.contracts.errors import Cancelled, WorkbenchError
from workbench.contracts.inspection import Change, Inspected, Query
from workbench.data.tokenizers import save_tokenizer, train_tokenizer
from workbench.engine import checkpoints
from workbench.runs.comparing import Comparing, moments
from workbench.runs.execute import start
from workbench.runs.inspector import Inspector
from workbench.runs.shared_units import Axis, share

TEXT = "The unbelievable cat that the dog chased sat on the mat."
WIDTHS = {"hidden_size": 16, "num_hidden_layers": 2, "num_attention_heads": 2, "intermediate_size": 16}


@pytest.fixture(scope="module")
def real() -> Inspector:
    return Inspector.open(minilm())


def save_bert(folder: Path, kind: str) -> str:
    """A small random model whose tokenizer learned TEXT in another way."""
    tokenizer = train_tokenizer([TEXT, "unbelievable sat mat"], kind=kind)
    torch.manual_seed(1)
    BertModel(BertConfig(vocab_size=tokenizer.get_vocab_size(), initializer_range=0.5, **WIDTHS)).save_pretrained(folder)
    save_tokenizer(tokenizer, folder)
    return str(folder)


def test_a_model_beside_itself_differs_nowhere_and_matches_head_to_head(real: Inspector) -> None:
    comparing = Comparing(real)
    found = comparing.compare(Query(text=TEXT), Other(kind="model", source=str(minilm())), "encoder", (2, 5))
    assert found.difference is not None
    assert not found.difference.any()
    assert not found.rest
    assert found.remarks == ()
    assert len(found.pairs) == 72
    assert all(pair.other == pair.one and not pair.shared for pair in found.pairs)
    np.testing.assert_allclose([pair.similarity for pair in found.pairs], 1, atol=1e-5)
    assert all(pair.runner_up not in (None, pair.other) for pair in found.pairs)
    assert all(pair.runner_up_similarity < pair.similarity for pair in found.pairs)
    np.testing.assert_array_equal(found.a, real.head("encoder", 2, 5, Query(text=TEXT)).weights)
    other_head = comparing.compare(Query(text=TEXT), Other(kind="model", source=str(minilm())), "encoder", (2, 5), (0, 3))
    np.testing.assert_array_equal(other_head.b, real.head("encoder", 0, 3, Query(text=TEXT)).weights)


def by_characters(seen: Inspected, weights: np.ndarray, cuts: list[tuple[int, int]]) -> np.ndarray:
    """Weights between stretches of text, character by character: each letter looks as its token does, and gets its share."""
    letters = [[place for place in range(start, end) if not TEXT[place].isspace()] for start, end in seen.spans]
    rows = []
    for left, right in cuts:
        tokens = [token for token, places in enumerate(letters) if set(places) & set(range(left, right))]
        row = np.zeros(len(cuts) + 1)
        for query in tokens:
            for key, weight in enumerate(weights[query]):
                if not letters[key]:
                    row[-1] += weight / len(tokens)
                for place in letters[key]:
                    unit = next(number for number, cut in enumerate(cuts) if cut[0] <= place < cut[1])
                    row[unit] += weight / len(tokens) / len(letters[key])
        rows.append(row)
    return np.array(rows)


@pytest.mark.parametrize("kind", ["character", "word", "bpe"])
def test_two_tokenizers_are_compared_as_a_naive_reference_by_characters_says(real: Inspector, kind: str, tmp_path: Path) -> None:
    folder = save_bert(tmp_path, kind)
    found = Comparing(real).compare(Query(text=TEXT), Other(kind="model", source=folder), "encoder", (2, 5))
    second = Inspector.open(folder)
    one, other = real.look(Query(text=TEXT)), second.look(Query(text=TEXT))
    assert found.rest
    assert found.keys == found.other_keys
    cuts, at = [], 0
    for unit in found.keys:
        at = TEXT.index(unit, at)
        cuts.append((at, at + len(unit)))
        at += len(unit)
    assert "".join(found.keys) == TEXT.replace(" ", "")
    assert found.a.shape == found.b.shape == (len(cuts), len(cuts) + 1)
    np.testing.assert_allclose(found.a.sum(-1), 1, atol=1e-5)
    np.testing.assert_allclose(found.b.sum(-1), 1, atol=1e-5)
    np.testing.assert_allclose(found.a, by_characters(one, one.walls["encoder"].tiles[2, 5], cuts), atol=1e-6)
    np.testing.assert_allclose(found.b, by_characters(other, other.walls["encoder"].tiles[found.other_place], cuts), atol=1e-6)
    alone = [pair for pair in found.pairs if not pair.shared]
    assert len({pair.other for pair in alone}) == len(alone) == 4  # B's four heads have a partner each
    assert any("The tokens differ" in remark for remark in found.remarks)


def test_a_pair_of_sentences_is_compared_sentence_by_sentence(real: Inspector, tmp_path: Path) -> None:
    folder = save_bert(tmp_path, "word")
    query = Query(text="The cat sat on the mat.", pair="The dog sat on the mat.")
    found = Comparing(real).compare(query, Other(kind="model", source=folder), "encoder", (0, 0))
    assert " ".join(found.keys).replace(" .", ".") == f"{query.text} {query.pair}"
    np.testing.assert_allclose(found.a.sum(-1), 1, atol=1e-5)


def test_a_text_that_one_model_cuts_has_rows_for_what_both_read(real: Inspector, tmp_path: Path) -> None:
    torch.manual_seed(0)
    tokenizer = train_tokenizer([TEXT], kind="word")
    BertModel(
        BertConfig(vocab_size=tokenizer.get_vocab_size(), max_position_embeddings=8, **WIDTHS)
    ).save_pretrained(tmp_path)  # fmt: skip
    save_tokenizer(tokenizer, tmp_path)
    found = Comparing(real).compare(Query(text=TEXT), Other(kind="model", source=str(tmp_path)), "encoder", (0, 0))
    assert len(found.queries) < len(found.keys)
    assert np.isfinite(found.a).all()
    assert np.isfinite(found.b).all()
    np.testing.assert_allclose(found.b.sum(-1), 1, atol=1e-5)
    assert any("no row" in remark for remark in found.remarks)


def test_an_encoder_stands_beside_a_decoder(real: Inspector, tmp_path: Path) -> None:
    tokenizer = train_tokenizer([TEXT], kind="word")
    config = GPT2Config(vocab_size=tokenizer.get_vocab_size(), n_embd=16, n_layer=2, n_head=2, n_positions=64)
    GPT2Model(config).save_pretrained(tmp_path)
    save_tokenizer(tokenizer, tmp_path)
    found = Comparing(real).compare(Query(text=TEXT), Other(kind="model", source=str(tmp_path)), "encoder", (0, 0))
    assert found.other_kind == "decoder"
    assert not np.triu(found.b[:, :-1], 1).any()


def test_two_texts_show_the_same_head_and_a_difference_where_they_are_as_long(real: Inspector) -> None:
    comparing, query = Comparing(real), Query(text="The cat sat on the mat.")
    same = comparing.compare(query, Other(kind="text", text="The dog lay on the mat."), "encoder", (2, 5))
    assert same.other_place == (2, 5)
    np.testing.assert_array_equal(same.b, real.head("encoder", 2, 5, Query(text="The dog lay on the mat.")).weights)
    assert same.difference is not None
    assert np.abs(same.difference).max() > 0.01
    assert 0 < same.pair.similarity < 1
    longer = comparing.compare(query, Other(kind="text", text="The dog lay."), "encoder", (2, 5))
    assert longer.difference is None
    assert np.isnan(longer.pair.similarity)
    assert "different numbers of tokens" in longer.remarks[0]


def test_two_moments_of_a_run(tmp_path: Path) -> None:
    run = tmp_path / "run"
    table = write_table(tmp_path, "text-classification")
    drain(start(tiny(table, "text-classification", epochs=8, learning_rate=0.02), run))
    steps = moments(str(run))
    assert steps[-1] is None
    assert steps[0] is not None
    inspector = Inspector.open(run)
    comparing, query = Comparing(inspector), Query(text="red apple big")
    earlier = comparing.compare(query, Other(kind="moment", step=steps[0]), "encoder", (0, 1))
    assert earlier.step == steps[0]
    assert not earlier.rest
    inspector.model.load_state_dict(checkpoints.weights_at(run / "checkpoints", steps[0]), strict=False)
    np.testing.assert_allclose(earlier.b, inspector.look(query).walls["encoder"].tiles[earlier.other_place], atol=1e-6)
    end = Comparing(Inspector.open(run)).compare(query, Other(kind="moment"), "encoder", (0, 1))
    assert end.step is None
    assert not end.difference.any()  # type: ignore[union-attr]
    with pytest.raises(WorkbenchError, match="weights of step 999 are not kept"):
        comparing.compare(query, Other(kind="moment", step=999), "encoder", (0, 1))
    assert moments(str(minilm())) == ()


def test_what_is_changed_is_changed_in_a_alone(real: Inspector) -> None:
    query = Query(text=TEXT, changes=(Change(act="uniform", kind="encoder", layer=0),))
    found = Comparing(real).compare(query, Other(kind="model", source=str(minilm())), "encoder", (0, 0), (0, 0))
    np.testing.assert_allclose(found.a, 1 / len(found.queries), atol=1e-6)
    assert np.ptp(found.b) > 0.01
    assert found.remarks == ("What is changed is changed in A alone.",)


def test_what_cannot_be_compared_is_said(real: Inspector, tmp_path: Path) -> None:
    comparing, itself = Comparing(real), Other(kind="model", source=str(minilm()))
    with pytest.raises(WorkbenchError, match="there is no head 12 in layer 0"):
        comparing.compare(Query(text=TEXT), itself, "encoder", (0, 12))
    with pytest.raises(WorkbenchError, match="text is empty"):
        comparing.compare(Query(text=TEXT), Other(kind="text"), "encoder", (0, 0))
    with pytest.raises(WorkbenchError, match="another order"):
        comparing.compare(
            Query(text=TEXT, shuffled=1), Other(kind="model", source=save_bert(tmp_path, "word")), "encoder", (0, 0)
        )
    with pytest.raises(Cancelled):
        comparing.compare(Query(text=TEXT), itself, "encoder", (0, 0), cancelled=lambda: True)
    with pytest.raises(WorkbenchError, match="no 'colour'"):
        Other(kind="colour")


def test_a_second_text_that_only_one_model_reads_there_is_named_as_what_to_clear() -> None:
    pair = Axis(tokens=("a", "b"), spans=((0, 1), (2, 3)), text="a b")
    alone = Axis(tokens=("a",), spans=((0, 1),), text="a")
    with pytest.raises(WorkbenchError, match="read different texts") as error:
        share(np.zeros((1, 1, 2, 2), np.float32), (pair, pair), np.zeros((1, 1, 1, 1), np.float32), (alone, alone))
    assert "second text" in error.value.mend
