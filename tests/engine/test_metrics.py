from __future__ import annotations

import json
import math
from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import f1_score, precision_recall_fscore_support, roc_auc_score

from workbench.engine.metrics import classification, language_model, regression, seq2seq, token_classification


def softmax(logits):
    shifted = np.exp(logits - logits.max(1, keepdims=True))
    return shifted / shifted.sum(1, keepdims=True)


@given(st.integers(2, 6), st.integers(1, 60), st.integers(0, 2**32))
@settings(max_examples=100, deadline=None)
def test_classification_agrees_with_counting_by_hand(classes, rows, seed):
    generator = np.random.default_rng(seed)
    truth = generator.integers(0, classes, rows)
    probabilities = softmax(np.round(generator.normal(size=(rows, classes)), 1) + np.eye(classes)[truth])
    names = [f"class {number}" for number in range(classes)]
    scores = classification(truth, probabilities, names)
    predicted = probabilities.argmax(1)
    confusion = np.array(scores["confusion"])
    pairs = Counter(zip(truth.tolist(), predicted.tolist(), strict=True))
    assert all(confusion[t, p] == pairs[t, p] for t in range(classes) for p in range(classes))
    assert scores["accuracy"] == pytest.approx(np.trace(confusion) / rows)
    assert scores["macro_f1"] == pytest.approx(f1_score(truth, predicted, average="macro", zero_division=0))
    for number, name in enumerate(names):
        hits = confusion[number, number]
        told, there = confusion[:, number].sum(), confusion[number].sum()
        entry = scores["per_class"][name]
        assert entry["support"] == there
        assert entry["precision"] == pytest.approx(hits / told if told else 0)
        assert entry["recall"] == pytest.approx(hits / there if there else 0)
        assert entry["f1"] == pytest.approx(2 * hits / (told + there) if told + there else 0)
    json.dumps(scores, allow_nan=False)


@given(st.integers(2, 5), st.integers(2, 40), st.integers(0, 2**32))
@settings(max_examples=100, deadline=None)
def test_area_under_the_curve_counts_ordered_pairs(classes, rows, seed):
    generator = np.random.default_rng(seed)
    truth = generator.integers(0, classes, rows)
    probabilities = softmax(np.round(generator.normal(size=(rows, classes)), 1))
    areas = []
    for number in [1] if classes == 2 else range(classes):
        inside, outside = (probabilities[truth == number, number], probabilities[truth != number, number])
        if len(inside) and len(outside):
            areas.append(np.mean((inside[:, None] > outside) + 0.5 * (inside[:, None] == outside)))
    assert classification(truth, probabilities, list("abcde")[:classes]).get("auc") == (
        pytest.approx(np.mean(areas)) if areas else None
    )


def test_area_is_scikit_learns_where_that_is_defined():
    generator = np.random.default_rng(0)
    truth = np.arange(200) % 4
    probabilities = softmax(generator.normal(size=(200, 4)) + np.eye(4)[truth])
    expected = roc_auc_score(truth, probabilities, multi_class="ovr", average="macro")
    assert classification(truth, probabilities, list("abcd"))["auc"] == pytest.approx(expected)
    binary = probabilities[:, :2] / probabilities[:, :2].sum(1, keepdims=True)
    assert classification(truth % 2, binary, ["no", "yes"])["auc"] == pytest.approx(roc_auc_score(truth % 2, binary[:, 1]))


@pytest.mark.parametrize(
    ("truth", "probabilities"),
    [
        ([], np.zeros((0, 3))),
        ([1, 1, 1], np.full((3, 3), 1 / 3)),
        ([0, 2], np.array([[1.0, 0, 0], [1.0, 0, 0]])),
        ([0, 1, 2], np.full((3, 3), np.nan)),
        ([0, 1], np.array([[np.inf, 0, 0], [np.nan, 1, 0]])),
    ],
)
def test_degenerate_classes_neither_raise_nor_warn(truth, probabilities):
    scores = classification(np.array(truth, np.int64), probabilities, ["a", "b", "c"])
    assert ("auc" in scores) == (truth == [0, 2])
    json.dumps(scores, allow_nan=False)
    assert bool(scores) == bool(truth)


def test_one_class_among_the_truths_has_no_area():
    scores = classification(np.zeros(3, np.int64), np.full((3, 2), 0.5), ["a", "b"])
    assert scores["accuracy"] == 1
    assert "auc" not in scores


# conlleval's reading of tags, case by case: (tags, entities)
CHUNKS = [
    ("B-PER I-PER O B-LOC", [("PER", 0, 1), ("LOC", 3, 3)]),  # BIO (IOB2)
    ("I-PER I-PER O I-LOC", [("PER", 0, 1), ("LOC", 3, 3)]),  # IOB1, and BIO without B
    ("I-PER B-PER I-PER", [("PER", 0, 0), ("PER", 1, 2)]),  # IOB1: B only between two of a kind
    ("I-PER I-LOC", [("PER", 0, 0), ("LOC", 1, 1)]),  # a new type begins a new entity
    ("B-PER I-LOC I-LOC", [("PER", 0, 0), ("LOC", 1, 2)]),
    ("O I-ORG O I-ORG", [("ORG", 1, 1), ("ORG", 3, 3)]),
    ("B-PER B-PER", [("PER", 0, 0), ("PER", 1, 1)]),
    ("U-PER B-LOC I-LOC L-LOC U-LOC", [("PER", 0, 0), ("LOC", 1, 3), ("LOC", 4, 4)]),  # BILOU
    ("S-PER B-LOC E-LOC O", [("PER", 0, 0), ("LOC", 1, 2)]),  # BIOES
    ("PER PER O LOC", [("PER", 0, 1), ("LOC", 3, 3)]),  # no scheme at all
    ("B-creative-work I-creative-work O", [("creative-work", 0, 1)]),
    ("O O O", []),
]


@pytest.mark.parametrize(("tags", "entities"), CHUNKS)
def test_entities_are_read_as_conlleval_reads_them(tags, entities):
    truth = tags.split()
    scores = token_classification([truth], [truth])
    assert sum(entry["support"] for entry in scores["per_entity"].values()) == len(entities)
    assert {kind: entry["support"] for kind, entry in scores["per_entity"].items()} == Counter(kind for kind, _, _ in entities)
    assert scores["entity_f1"] == (1.0 if entities else 0.0)
    for kind, first, last in entities:  # the same entities written as BIO are the same entities
        rewritten = ["O"] * len(truth)
        rewritten[first : last + 1] = [f"B-{kind}", *[f"I-{kind}"] * (last - first)]
        assert token_classification([truth], [rewritten])["entity_precision"] == 1.0


def entities_of(sentence):
    """A naive reading of BIO and IOB1: walk and remember."""
    found, start = set(), None
    for place, tag in enumerate([*sentence, "O"]):
        previous = sentence[place - 1] if place else "O"
        continues = tag.startswith("I-") and previous != "O" and previous[2:] == tag[2:]
        if start is not None and not continues:
            found.add((sentence[start][2:], start, place - 1))
            start = None
        if tag != "O" and start is None:
            start = place
    return found


SENTENCE = st.lists(st.sampled_from(["O", "B-X", "I-X", "B-Y", "I-Y"]), max_size=8)


@given(st.lists(SENTENCE, min_size=1, max_size=6), st.randoms(use_true_random=False))
@settings(max_examples=300, deadline=None)
def test_entity_scores_agree_with_a_naive_reader(truth, random):
    predicted = [[random.choice([tag, tag, "O", "I-X", "B-Y"]) for tag in sentence] for sentence in truth]
    scores = token_classification(truth, predicted)
    words = [(t, p) for ts, ps in zip(truth, predicted, strict=True) for t, p in zip(ts, ps, strict=True)]
    if not words:
        assert scores == {}
        return
    assert scores["accuracy"] == pytest.approx(np.mean([t == p for t, p in words]))
    if not {tag for pair in words for tag in pair}:
        return
    wanted = {(number, *entity) for number, sentence in enumerate(truth) for entity in entities_of(sentence)}
    found = {(number, *entity) for number, sentence in enumerate(predicted) for entity in entities_of(sentence)}
    hits = len(wanted & found)
    assert scores["entity_precision"] == pytest.approx(hits / len(found) if found else 0)
    assert scores["entity_recall"] == pytest.approx(hits / len(wanted) if wanted else 0)
    assert scores["entity_f1"] == pytest.approx(2 * hits / (len(found) + len(wanted)) if hits else 0)


def test_an_entity_does_not_run_from_one_sentence_into_the_next():
    scores = token_classification([["O", "I-PER"], ["I-PER", "O"]], [["O", "I-PER"], ["I-PER", "O"]])
    assert scores["per_entity"]["PER"]["support"] == 2


def test_wikigold_has_its_entities_although_it_has_no_b(real_data):
    path = real_data / "D_wikigold" / "wikigold.conll.txt"
    blocks = path.read_text(encoding="utf-8").split("\n\n")
    sentences = [[line.split()[-1] for line in block.splitlines() if line and "-DOCSTART-" not in line] for block in blocks]
    scores = token_classification(sentences, sentences)
    expected = Counter(kind for sentence in sentences for kind, _, _ in entities_of(sentence))
    assert {kind: entry["support"] for kind, entry in scores["per_entity"].items()} == expected
    assert sum(expected.values()) == 3558  # as published: Balasuriya et al. 2009, Named Entity Recognition in Wikipedia
    nothing = token_classification(sentences, [["O"] * len(sentence) for sentence in sentences])
    assert nothing["entity_f1"] == 0
    assert nothing["accuracy"] == pytest.approx(0.81, abs=0.05)


def test_parts_of_speech_are_no_entities():
    assert token_classification([["NN", "VB"]], [["NN", "NN"]]) == {"accuracy": 0.5}
    assert token_classification([[]], [[]]) == {}


def test_written_texts_are_compared_by_words_between_spaces():
    scores = seq2seq(["a b  c", "d\n"], ["a b c", "e"])
    assert scores["exact_match"] == 0.5
    assert seq2seq([], []) == {}


@pytest.mark.parametrize(
    ("targets", "cut"),
    [
        (["the cat sat on the mat", "a dog"], "13a"),
        (["a b c d", "c b"], "13a"),
        (["我爱北京天安门", "你好，Tom"], "zh"),
        (["911", "12", "7"], "char"),
        (["1994-09-27"] * 3, "char"),
    ],
)
def test_bleu_cuts_texts_as_their_writing_asks(targets, cut):
    scores = seq2seq(targets, targets)
    assert scores["bleu_tokenize"] == cut
    assert scores["bleu"] == pytest.approx(100)
    assert scores["exact_match"] == 1
    worse = seq2seq(targets, ["#" + target[1:] for target in targets])
    assert worse["bleu"] < 100


def test_bleu_of_running_text_is_sacrebleus():
    import sacrebleu

    truth = ["The cat sat on the mat, didn't it?", "There is a dog in the big garden today."]
    written = ["The cat is on the mat, isn't it?", "There is the dog in a big garden."]
    assert seq2seq(truth, written)["bleu"] == pytest.approx(sacrebleu.corpus_bleu(written, [truth]).score)


@given(st.lists(st.tuples(st.text(max_size=12), st.text(max_size=12)), min_size=1, max_size=6))
@settings(max_examples=150, deadline=None)
def test_any_texts_can_be_scored(pairs):
    scores = seq2seq([truth for truth, _ in pairs], [written for _, written in pairs])
    assert 0 <= scores["bleu"] <= 100
    assert 0 <= scores["exact_match"] <= 1


def test_perplexity_is_left_out_where_no_float_holds_it():
    assert language_model(math.log(50)) == {"loss": math.log(50), "perplexity": pytest.approx(50)}
    assert "perplexity" not in language_model(1e6)
    assert "perplexity" not in language_model(math.nan)


@given(st.integers(2, 50), st.integers(0, 2**32), st.sampled_from([1e-200, 1e-3, 1.0, 1e8, 1e200]))
@settings(max_examples=150, deadline=None)
def test_correlations_are_numpys_at_any_scale(rows, seed, scale):
    generator = np.random.default_rng(seed)
    truth = generator.normal(size=rows)
    predicted = truth * 0.5 + generator.normal(size=rows)
    scores = regression(truth * scale, predicted * scale)
    assert scores["rmse"] == pytest.approx(np.sqrt(np.mean((truth - predicted) ** 2)) * scale)
    assert scores["pearson"] == pytest.approx(np.corrcoef(truth, predicted)[0, 1], abs=1e-9)
    ranks = [np.argsort(np.argsort(side)) for side in (truth, predicted)]
    assert scores["spearman"] == pytest.approx(np.corrcoef(*ranks)[0, 1], abs=1e-9)


def test_ties_share_their_rank():
    from scipy.stats import spearmanr

    truth, predicted = [1, 1, 2, 3, 3, 3, 5], [2, 1, 2, 2, 4, 4, 4]
    assert regression(truth, predicted)["spearman"] == pytest.approx(spearmanr(truth, predicted).statistic)


@pytest.mark.parametrize(
    ("truth", "predicted", "left"),
    [
        ([], [], set()),
        ([1.0], [2.0], {"rmse"}),
        ([1.0, 2.0], [0.1, 0.1], {"rmse"}),
        ([0.1, 0.1, 0.1], [1.0, 2.0, 3.0], {"rmse"}),
        ([1.0, 2.0], [math.nan, 1.0], set()),
        ([1.0, 2.0], [math.inf, 1.0], set()),
        ([3.0, 4.0], [3.0, 4.0], {"rmse", "pearson", "spearman"}),
    ],
)
def test_degenerate_numbers_neither_raise_nor_warn(truth, predicted, left):
    assert set(regression(truth, predicted)) == left


def test_precision_and_recall_are_scikit_learns():
    generator = np.random.default_rng(1)
    truth, probabilities = generator.integers(0, 3, 90), softmax(generator.normal(size=(90, 3)))
    scores = classification(truth, probabilities, ["x", "y", "z"])
    expected = precision_recall_fscore_support(truth, probabilities.argmax(1), labels=[0, 1, 2], zero_division=0)
    found = [[scores["per_class"][name][key] for name in "xyz"] for key in ("precision", "recall", "f1", "support")]
    assert np.allclose(found, expected)
