from __future__ import annotations

import csv
import dataclasses
import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from workbench.contracts.errors import Cancelled, WorkbenchError
from workbench.contracts.examples import Sequences
from workbench.contracts.specs import ONE_CLASS, ONE_NUMBER, PAIRED, TASKS, DataSpec
from workbench.data import prepare as module
from workbench.data.prepare import Prepared, encode_strings, encode_table, prepare
from workbench.data.split import fold
from workbench.data.tokenizers import load_tokenizer, save_tokenizer


def write(path: Path, rows: Sequence[Sequence[str]], header: Sequence[str] = ("text", "label")) -> str:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *rows])
    return str(path)


def reviews(count: int = 60) -> list[tuple[str, str]]:
    generator = random.Random(1)
    words = [
        "the",
        "phone",
        "case",
        "works",
        "breaks",
        "shines",
        "fails",
        "often",
        "never",
        "today",
        "again",
        "really",
        "well",
        "badly",
        "quickly",
    ]
    return [(" ".join(generator.choices(words, k=8)) + f" {i}", ("good", "bad", "so-so")[i % 3]) for i in range(count)]


def accounted(prepared: Prepared) -> bool:
    counts = prepared.counts
    return counts["read"] == counts["train"] + counts["validation"] + counts["test"] + counts["unusable"]


def test_a_table_becomes_examples_and_a_complete_description(tmp_path):
    rows = [*reviews(), ("", "good"), ("no label", ""), ("  padded \t", " good ")]
    spec = DataSpec(
        table=write(tmp_path / "t.csv", rows), task="text-classification", text="text", target="label", test_share=0.2
    )
    prepared = prepare(spec)
    data = prepared.data
    assert (data.task, data.text, data.target) == ("text-classification", "text", "label")
    assert (data.tokenizer, data.vocab_size, data.lowercase) == ("bpe", 4000, True)
    assert prepared.labels == ("bad", "good", "so-so")
    assert prepared.counts["empty text"] == prepared.counts["empty target"] == 1
    assert [(each.row, each.line, each.reason) for each in prepared.unusable] == [
        (60, 62, "empty text"),
        (61, 63, "empty target"),
    ]
    assert accounted(prepared)
    assert prepared.test is not None
    assert data.max_length == max(int(part.examples.inputs.lengths.max()) for part in prepared.parts.values())
    by_row = {**dict(enumerate(rows)), 62: ("padded", "good")}
    for name, part in prepared.parts.items():
        texts = prepared.texts(name, range(len(part.examples)))
        assert texts == [by_row[int(row)] for row in part.examples.rows]
        for (text, label), ids, number in zip(texts, part.examples.inputs, part.examples.labels, strict=True):
            assert (ids[0], ids[-1]) == (2, 3)
            assert prepared.tokenizer.decode(ids.tolist()) == text.lower() or 1 in ids
            assert prepared.labels[number] == label


def test_the_completed_description_gives_the_same_examples_again(tmp_path):
    for task in TASKS:
        rows = [(text, str(i)) if task in ONE_NUMBER else (text, " ".join("AB"[len(w) % 2] for w in text.split()))
                for i, (text, _) in enumerate(reviews())]  # fmt: skip
        rows = rows if task not in ONE_CLASS else reviews()
        if task == "question-answering":
            rows = [(text, text.split()[-1]) for text, _ in rows]
        names = ("text", "label", "other") if task in PAIRED else ("text", "label")
        rows = [(*row, f"{row[0]} again") for row in rows] if task in PAIRED else rows
        pair = {"pair": "other"} if task in PAIRED else {}
        spec = DataSpec(table=write(tmp_path / f"{task}.csv", rows, names), task=task, text="text", target="label", **pair)
        first = prepare(spec)
        again = prepare(first.data)
        assert again.data == first.data
        assert again.labels == first.labels
        assert again.tokenizer.to_str() == first.tokenizer.to_str()
        for name in first.parts:
            one, two = first.parts[name].examples, again.parts[name].examples
            assert np.array_equal(one.inputs.values, two.inputs.values)
            assert np.array_equal(one.inputs.offsets, two.inputs.offsets)
            assert (one.targets is None) == (two.targets is None)
            assert one.targets is None or np.array_equal(one.targets.values, two.targets.values)
            assert one.labels is None or np.array_equal(one.labels, two.labels)


def test_a_target_without_any_number_names_the_cells(tmp_path):
    rows = [("a", "one"), ("b", ""), ("c", "two; or so"), ("", "3")]
    with pytest.raises(WorkbenchError) as caught:
        prepare(DataSpec(table=write(tmp_path / "t.csv", rows), task="regression", text="text", target="label"))
    assert "no numbers: the text 'one' in row 1, the text 'two; or so' in row 3" in caught.value.what


def test_a_mostly_empty_text_column_is_named_and_not_the_classes_blamed(tmp_path):
    rows = [("fine" if i == 7 else "", "good" if i % 2 else "bad") for i in range(40)]
    with pytest.raises(WorkbenchError) as caught:
        prepare(DataSpec(table=write(tmp_path / "t.csv", rows), task="text-classification", text="text", target="label"))
    assert caught.value.what == "1 row can be used, it is 'good': 'text' is empty in 39 of 40 rows"
    assert "data.text" in caught.value.mend


def test_too_few_rows_say_why_in_each_case(tmp_path):
    def mend(rows, **spec):
        with pytest.raises(WorkbenchError, match="too few of the") as caught:
            prepare(DataSpec(table=write(tmp_path / "t.csv", rows), text="text", target="label", **spec))
        return caught.value.mend

    assert mend([("a b", "1")], task="regression") == "Add rows."
    assert "different value in every row" in mend([(f"a {i}", f"l {i}") for i in range(9)], task="text-classification")
    assert "the 3 rows that are left out" in mend([("a b", "1"), *[("", "2")] * 3], task="regression")


def test_numbers_are_read_and_what_is_no_number_is_set_aside(tmp_path):
    cells = ["1", "2.5", "-3e-2", " 4 ", "1_000", "nan", "inf", "1e999", "zwei", "３", ""]
    rows = [(f"text {i}", cell) for i, cell in enumerate(cells * 5)]
    prepared = prepare(DataSpec(table=write(tmp_path / "t.csv", rows), task="regression", text="text", target="label"))
    assert prepared.counts["target is not a number"] == 25
    assert prepared.counts["empty target"] == 5
    assert accounted(prepared)
    assert prepared.train.labels.dtype == np.float32
    known = {"1": 1, "2.5": 2.5, "-3e-2": -0.03, "4": 4, "３": 3}
    for name in ("train", "validation"):
        part = prepared.parts[name].examples
        found = [known[target] for _, target in prepared.texts(name, range(len(part)))]
        assert part.labels.tolist() == np.array(found, np.float32).tolist()


def test_tags_belong_to_words_and_a_wrong_number_of_them_is_set_aside(tmp_path):
    rows = [("Anna lives in New York", "B-PER O O B-LOC I-LOC"), ("one two", "O"), ("in  Paris", "O B-LOC")]
    rows += [(f"word {i} here", "O B-LOC O") for i in range(30)]
    prepared = prepare(DataSpec(table=write(tmp_path / "t.csv", rows), task="token-classification", text="text", target="label"))
    assert prepared.labels == ("B-LOC", "B-PER", "I-LOC", "O")
    assert prepared.counts["words and tags differ in number"] == 1
    for name in ("train", "validation"):
        part = prepared.parts[name].examples
        for marks, (_, target) in zip(part.targets, prepared.texts(name, range(len(part))), strict=True):
            assert [prepared.labels[mark] for mark in marks if mark != -100] == target.split()


def test_a_translation_has_both_sides_closed_and_one_vocabulary(tmp_path):
    rows = [(f"I see {i} cats", f"我看见{i}只猫") for i in range(80)]
    spec = DataSpec(table=write(tmp_path / "t.csv", rows), task="seq2seq", text="text", target="label", max_target_length=6)
    prepared = prepare(spec)
    examples = prepared.train
    assert all(row[-1] == 3 and 2 not in row for side in (examples.inputs, examples.targets) for row in side)
    assert examples.targets.lengths.max() == 6
    assert prepared.counts["cut"] == sum(len(f"我看见{i}只猫") + 1 > 6 for i in range(80))
    whole = prepare(dataclasses.replace(spec, max_target_length=None))
    decoded = {whole.tokenizer.decode(row.tolist()) for part in whole.parts.values() for row in part.examples.targets}
    assert sum(text in {target for _, target in rows} for text in decoded) >= 0.9 * len(rows)


def unrolled(blocks: Sequences) -> list[int]:
    """The stream that blocks were cut from."""
    return [*blocks[0].tolist(), *(number for block in list(blocks)[1:] for number in block[1:].tolist())]


def test_running_text_is_one_stream_cut_into_blocks(tmp_path):
    lines = [f"Line {i}:  two  spaces" if i % 3 else "" for i in range(200)]
    (tmp_path / "story.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    prepared = prepare(DataSpec(table=str(tmp_path / "story.txt"), task="causal-lm", max_length=16))
    assert prepared.data.tokenizer == "character"
    assert prepared.counts["read"] == 200 == prepared.counts["train"] + prepared.counts["validation"]
    learned, kept = (prepared.tokenizer.decode(unrolled(part.inputs)) for part in (prepared.train, prepared.validation))
    assert learned + "\n" + kept == "\n".join(lines)
    assert len(kept) == pytest.approx(0.1 * len("\n".join(lines)), abs=30)
    assert set(prepared.train.inputs.lengths[:-1].tolist()) == {17}
    first, _ = prepared.texts("validation", [0])[0]
    assert kept.startswith(first)


def test_rows_of_a_column_are_framed_for_language_modelling(tmp_path):
    prepared = prepare(DataSpec(table=write(tmp_path / "t.csv", reviews()), task="causal-lm", text="text", tokenizer="word"))
    stream = [number for number, row in enumerate(prepared.train.inputs[0].tolist()) if row == 2]
    ids = prepared.train.inputs[0].tolist()
    assert ids[0] == 2
    assert all(ids[place - 1] == 3 for place in stream[1:])


def test_the_vocabulary_is_learned_from_training_rows_alone(tmp_path):
    rows = [(f"zq{i:03d} common", "ab"[i % 2]) for i in range(100)]
    prepared = prepare(DataSpec(table=write(tmp_path / "t.csv", rows), task="text-classification", tokenizer="word"))
    vocabulary = prepared.tokenizer.get_vocab()
    for name, expected in (("train", True), ("validation", False)):
        words = {text.split()[0] for text, _ in prepared.texts(name, range(len(prepared.parts[name].examples)))}
        assert {"▁" + word in vocabulary for word in words} == {expected}


def test_copies_of_a_text_are_never_learned_and_scored(tmp_path):
    rows = [(("Same  Text %d" if i % 2 else "same text %d") % (i // 2), "ab"[i // 2 % 2]) for i in range(200)]
    prepared = prepare(DataSpec(table=write(tmp_path / "t.csv", rows), task="text-classification", validation=0.3))
    learned, kept = ({fold(text) for text, _ in part.texts(range(len(part.examples)))} for part in prepared.parts.values())
    assert not learned & kept


def test_a_table_of_its_own_is_the_test_and_its_leaks_are_counted(tmp_path):
    learn = write(tmp_path / "learn.csv", reviews())
    score = write(tmp_path / "score.csv", [(reviews()[0][0].upper(), "good"), ("new words", "bad"), ("", "bad")])
    prepared = prepare(DataSpec(table=learn, test=score, task="text-classification", validation=0.02))
    assert prepared.texts("test", [1]) == [("new words", "bad")]
    assert prepared.counts["test"] == 2
    assert prepared.counts["test_seen"] == (0 if 0 in prepared.validation.rows else 1)
    assert prepared.counts["read"] == 63
    assert accounted(prepared)
    assert str(score) in prepared.unusable[-1].reason


def test_a_test_table_with_longer_rows_is_scored_whole(tmp_path):
    learn = write(tmp_path / "learn.csv", [(f"short {i}", "O O") for i in range(30)] + [("Anna sings", "B-PER O")])
    long = [("short " * 90, "O " * 89 + "B-PER"), ("short " * 400, "O " * 400)]
    prepared = prepare(DataSpec(table=learn, test=write(tmp_path / "long.csv", long), task="token-classification"))
    assert prepared.data.max_length == 256
    assert prepared.counts["cut"] == 1
    assert prepared.test is not None
    assert int((prepared.test.targets[0] != -100).sum()) == 90


def test_a_class_nobody_learned_is_named_with_its_row(tmp_path):
    learn = write(tmp_path / "learn.csv", reviews())
    score = write(tmp_path / "score.csv", [("fine\nreally", "good"), ("odd", "ugly")])
    with pytest.raises(WorkbenchError) as caught:
        prepare(DataSpec(table=learn, test=score, task="text-classification"))
    assert "'ugly'" in caught.value.what
    assert "bad, good, so-so" in caught.value.what
    assert "row 2 (line 4)" in caught.value.where


def test_a_table_to_predict_needs_no_target(tmp_path):
    targets = {"text-classification": "a b c", "token-classification": "a b c", "regression": "3", "seq2seq": "x y z"}
    for task, target in targets.items():
        rows = [(f"t{i} u{i % 7} v", target if i % 2 else target[::-1].replace("3", "4")) for i in range(40)]
        prepared = prepare(DataSpec(table=write(tmp_path / f"{task}.csv", rows), task=task, text="text", target="label"))
        bare = write(tmp_path / "bare.csv", [("t1 u2 v", "1"), ("", "2"), ("t3 u4 v", "3")], header=("text", "n"))
        encoded = encode_table(prepared, bare, require_target=False)
        assert encoded.examples.rows.tolist() == [0, 2]
        assert encoded.cells.counts["empty text"] == 1
        if task == "token-classification":
            assert [int((marks != -100).sum()) for marks in encoded.examples.targets] == [3, 3]
        else:
            assert encoded.examples.targets is None
        assert encoded.examples.labels is None
        with pytest.raises(WorkbenchError, match="no column 'label'"):
            encode_table(prepared, bare)


def test_texts_from_nowhere_are_encoded_as_rows_are(tmp_path):
    spec = DataSpec(table=write(tmp_path / "t.csv", reviews()), task="text-classification")
    prepared = prepare(spec)
    text = prepared.texts("validation", [0])[0][0]
    assert encode_strings(prepared, [f"  {text} "]).examples.inputs[0].tolist() == prepared.validation.inputs[0].tolist()
    assert len(encode_strings(prepared, []).examples) == 0
    masked = prepare(dataclasses.replace(spec, task="masked-lm", target=None))
    assert 4 in encode_strings(masked, ["the [MASK] works"]).examples.inputs[0]
    assert masked.tokenizer.encode_special_tokens, "the shared tokenizer is left alone"


def test_a_loaded_tokenizer_is_used_and_settles_its_own_case(tmp_path):
    table = write(tmp_path / "t.csv", reviews())
    first = prepare(DataSpec(table=table, task="text-classification"))
    save_tokenizer(first.tokenizer, tmp_path / "model")
    loaded = prepare(DataSpec(table=table, task="text-classification", tokenizer=str(tmp_path / "model")))
    assert loaded.tokenizer.to_str() == load_tokenizer(tmp_path / "model").to_str()
    assert np.array_equal(loaded.train.inputs.values, first.train.inputs.values)
    with pytest.raises(WorkbenchError, match="lowercase"):
        prepare(DataSpec(table=table, task="text-classification", tokenizer=str(tmp_path / "model"), lowercase=True))


def test_classes_that_are_numbers_are_classes_in_the_order_of_their_size(tmp_path):
    rows = [(f"text {i}", str(i % 3 * 5)) for i in range(60)]
    prepared = prepare(DataSpec(table=write(tmp_path / "t.csv", rows), task="text-classification", text="text", target="label"))
    assert prepared.labels == ("0", "5", "10")


@pytest.mark.parametrize(
    ("rows", "task", "message"),
    [
        ([("a", "x"), ("b", "x"), ("c", "x")], "text-classification", "only one class: x"),
        ([("a", "x"), ("b", "y")], "text-classification", "none is left for validation"),
        ([("same", "x"), ("SAME", "y"), (" same ", "x")], "text-classification", "none is left for validation"),
        ([("a", "x"), ("b", "y"), ("", "z")], "regression", "no row can be used"),
        ([("", ""), ("", "")], "masked-lm", "no row can be used"),
        ([("a b", "O"), ("c d", "O O O")], "token-classification", "no row can be used"),
    ],
)
def test_a_table_that_does_not_fit_is_refused_with_the_reason(tmp_path, rows, task, message):
    with pytest.raises(WorkbenchError, match=message) as caught:
        prepare(DataSpec(table=write(tmp_path / "t.csv", rows), task=task, text="text", target="label"))
    assert "t.csv" in caught.value.where
    assert caught.value.mend


def test_two_sources_of_test_rows_are_one_too_many(tmp_path):
    with pytest.raises(WorkbenchError, match="two sources"):
        prepare(DataSpec(table="t.csv", test="s.csv", test_share=0.1))


def test_preparing_can_be_watched_and_stopped(tmp_path):
    spec = DataSpec(table=write(tmp_path / "t.csv", reviews()), task="text-classification")
    told: list[tuple[str, float]] = []
    prepare(spec, progress=lambda stage, share: told.append((stage, share)))
    assert told[0][0] == "reading"
    assert {"learning the vocabulary", "encoding train", "encoding validation"} <= {stage for stage, _ in told}
    assert all(0 <= share <= 1 for _, share in told)
    with pytest.raises(Cancelled):
        prepare(spec, cancelled=lambda: True)


def test_large_arrays_lie_in_the_cache_and_leave_with_their_user(tmp_path, monkeypatch):
    table = write(tmp_path / "t.csv", reviews(300))
    small = prepare(DataSpec(table=table, task="text-classification"), cache=tmp_path / "unused")
    assert not (tmp_path / "unused").exists()
    monkeypatch.setattr("workbench.data.sequences.IN_MEMORY", 1000)
    large = prepare(DataSpec(table=table, task="text-classification"), cache=tmp_path / "cache")
    assert isinstance(large.train.inputs.values, np.memmap)
    assert np.array_equal(large.train.inputs.values, small.train.inputs.values)
    assert large.texts("train", range(20)) == small.texts("train", range(20))
    del large
    assert not list((tmp_path / "cache").iterdir())


ODD_CELLS = ["a", "b", "1", "2.5", "O", "B-X O", "我们", "", " ", "[MASK]", "x" * 300, "\u2028", "\x00"]
CELL = st.text(max_size=30) | st.sampled_from(ODD_CELLS)


@given(
    wild=st.lists(st.tuples(CELL, CELL), max_size=15),
    tame=st.sampled_from([0, 12, 12]),
    task=st.sampled_from(TASKS),
    kind=st.sampled_from([None, "word", "character", "bpe", "wordpiece"]),
    size=st.sampled_from([None, 8, 30]),
    length=st.sampled_from([None, 2, 5]),
    share=st.sampled_from([0.0, 0.3]),
)
@example(wild=[], tame=12, task="question-answering", kind=None, size=8, length=5, share=0.0)  # a cut word fell into more tokens
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_wild_tables_work_or_say_what_is_wrong(tmp_path_factory, wild, tame, task, kind, size, length, share):
    ordinary = {"regression": "1", "pair-regression": "1", "token-classification": "O B-X"}.get(task, "x")
    rows = [(f"ordinary {i}", ordinary if i % 3 else ordinary.replace("B", "I").replace("x", "y")) for i in range(tame)]
    rows = [*rows, *wild]
    pair = {"pair": "other"} if task in PAIRED else {}
    if pair:
        rows = [(text, label, f"y {text} x") for text, label in rows]
    table = write(tmp_path_factory.mktemp("wild") / "t.csv", rows, ("text", "label", *pair.values()))
    spec = DataSpec(table=table, header=True, delimiter=",", task=task, text="text", target="label", tokenizer=kind,
                    vocab_size=size, max_length=length, max_target_length=length, test_share=share, **pair)  # fmt: skip
    try:
        prepared = prepare(spec)
    except WorkbenchError:
        assert not tame or (pair and length == 2), "with ordinary rows in it every table can be used"
        return
    assert accounted(prepared)
    assert prepared.counts["rejected"] + prepared.counts["read"] >= 1
    vocabulary = prepared.tokenizer.get_vocab_size()
    assert size is None or vocabulary <= size
    longest = prepared.data.max_length + (task == "causal-lm")
    for part in prepared.parts.values():
        examples = part.examples
        assert examples.inputs.lengths.max(initial=0) <= longest
        assert not len(examples) or 0 <= examples.inputs.values.min() <= examples.inputs.values.max() < vocabulary
        assert len(examples.inputs) == len(examples) == len(part.texts(range(len(examples))))
        for array in (examples.targets, examples.labels):
            assert array is None or len(array) == len(examples)


def test_tiny_shakespeare_is_read_letter_by_letter(real_data):
    path = real_data / "F_tinyshakespeare" / "input.txt"
    prepared = prepare(DataSpec(table=str(path), task="causal-lm"))
    text = path.read_text(encoding="utf-8")
    assert prepared.tokenizer.get_vocab_size() == len(set(text)) + 5 == 70
    total = sum(int((part.examples.inputs.lengths - 1).sum()) + 1 for part in prepared.parts.values())
    assert total == len(text.removesuffix("\n")) - 1, "all but the line break at the border"
    assert prepared.texts("train", [0])[0][0] == text[:129]


def test_additions_are_trimmed_and_read_symbol_by_symbol(real_data):
    path = real_data / "C_seq2seq_addition_date" / "addition.txt"
    prepared = prepare(DataSpec(table=str(path), delimiter="_", header=False, task="seq2seq"))
    assert prepared.counts["read"] == 50_000
    assert prepared.data.tokenizer == "character"
    assert prepared.tokenizer.get_vocab_size() == 5 + len("0123456789+")
    for text, target in prepared.texts("validation", range(200)):
        left, right = text.split("+")
        assert int(left) + int(right) == int(target)


def test_wikigold_keeps_every_word_and_tag(real_data):
    path = real_data / "D_wikigold" / "wikigold.conll.txt"
    prepared = prepare(DataSpec(table=str(path), task="token-classification"))
    assert prepared.labels == ("I-LOC", "I-MISC", "I-ORG", "I-PER", "O")
    words = sum(
        len(line.split()) == 2 and not line.startswith("-DOCSTART-") for line in path.read_text(encoding="utf-8").splitlines()
    )
    tagged = sum(int((part.examples.targets.values != -100).sum()) for part in prepared.parts.values())
    assert prepared.counts["cut"] == prepared.counts["unusable"] == 0
    assert tagged == words


def test_long_tables_teach_the_vocabulary_with_every_nth_row(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "LEARNED_FROM", 500)
    prepared = prepare(DataSpec(table=write(tmp_path / "t.csv", reviews(300)), task="text-classification", tokenizer="word"))
    assert prepared.tokenizer.get_vocab_size() < 40
