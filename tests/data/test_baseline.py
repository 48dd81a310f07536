from __future__ import annotations

import csv

import numpy as np
import pytest

from workbench.data import baseline as module
from workbench.data.baseline import fit_baseline


def read(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))[1:]


@pytest.mark.benchmark
def test_banking77_reaches_the_published_yardstick(real_data):
    train, test = (read(real_data / "A_banking77" / f"{name}.csv") for name in ("train", "test"))
    names = sorted({label for _, label in train})
    labels = np.array([names.index(label) for _, label in train])
    baseline = fit_baseline([text for text, _ in train], labels, classes=77)
    probabilities = baseline.predict([text for text, _ in test])
    accuracy = np.mean([names[best] == label for best, (_, label) in zip(probabilities.argmax(1), test, strict=True)])
    assert accuracy == pytest.approx(0.9133, abs=0.0015)
    assert probabilities.sum(1) == pytest.approx(1)
    assert baseline.note == "TF-IDF + logistic regression"


def test_chinese_is_counted_by_characters(real_data):
    sets = []
    for name in ("train", "test"):
        with (real_data / "B_zh_skewed" / f"PCWeb_{name}.txt").open(encoding="utf-8") as file:
            sets.append([line.strip().split("\t", 1) for line in file if line.strip()])
    names = sorted({row[0] for rows in sets for row in rows})
    train, test = ([(text.strip(), names.index(label)) for label, text in rows] for rows in sets)
    baseline = fit_baseline([text for text, _ in train], np.array([label for _, label in train]), classes=len(names))
    accuracy = np.mean(baseline.predict([text for text, _ in test]).argmax(1) == [label for _, label in test])
    assert accuracy == pytest.approx(0.8347, abs=0.01)


def test_numbers_are_predicted_from_words():
    generator = np.random.default_rng(0)
    counts = generator.integers(0, 6, 400)
    texts = ["good " * n + "bad " * (6 - n) + f"w{i}" for i, n in enumerate(counts)]
    baseline = fit_baseline(texts[:300], counts[:300].astype(np.float32))
    predicted = baseline.predict(texts[300:])
    assert predicted.shape == (100,)
    assert np.corrcoef(predicted, counts[300:])[0, 1] > 0.95


def test_a_class_without_training_rows_gets_no_probability():
    baseline = fit_baseline(["a b", "a c", "d e", "d f"], np.array([0, 0, 2, 2]), classes=4)
    probabilities = baseline.predict(["a b", "d x"])
    assert probabilities.shape == (2, 4)
    assert probabilities.argmax(1).tolist() == [0, 2]
    assert (probabilities[:, [1, 3]] == 0).all()


@pytest.mark.parametrize("texts", [["!", "?"], ["", " "], ["a", "b"], ["👍", "👎"], ["。", "，"]])
def test_texts_without_words_are_counted_or_refused_quietly(texts):
    baseline = fit_baseline(texts * 3, np.array([0, 1] * 3), classes=2)
    if baseline is None:
        assert not "".join(texts).strip()
    else:
        assert baseline.predict(texts).argmax(1).tolist() == [0, 1]
        assert baseline.predict(["something else", ""]).shape == (2, 2)


def test_one_class_alone_has_no_baseline():
    assert fit_baseline(["a b", "c d"], np.array([1, 1]), classes=2) is None
    assert fit_baseline(["a b", "c d"], np.array([0.5, 0.5], np.float32)) is not None


def test_large_tables_are_learned_from_in_part_and_it_says_so(monkeypatch):
    texts = [f"{'good' if i % 2 else 'bad'} thing number {i}" for i in range(2_000)] + ["rare class"]
    labels = np.array([i % 2 for i in range(2_000)] + [2])
    monkeypatch.setattr(module, "CHARACTERS", sum(map(len, texts)) // 4)
    by_text = fit_baseline(texts, labels, classes=3)
    assert 490 <= by_text.rows <= 510
    assert by_text.note == f"TF-IDF + logistic regression on {by_text.rows} of 2,001 training rows"
    assert 2 in by_text.model.classes_, "the rare class stays"
    assert by_text.predict(["good thing", "bad thing"]).argmax(1).tolist() == [1, 0]
    monkeypatch.undo()
    monkeypatch.setattr(module, "WORK", 10_000)
    assert fit_baseline(texts, labels, classes=3).rows < 500
