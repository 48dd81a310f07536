"""Two texts as one sequence: framed, cut where they are too long, passages in windows that lose nothing."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

from tests.minilm import minilm
from workbench.contracts.errors import WorkbenchError
from workbench.data.pairs import Question, encode_pairs, encode_questions
from workbench.data.tokenizers import load_tokenizer, train_tokenizer

WORDS = ["the", "cat", "sat", "on", "a", "mat", "and", "one", "dog", "ran", "far", "away", "from", "its", "home"]
TEXT = st.lists(st.sampled_from(WORDS), min_size=1, max_size=25).map(" ".join)
CLS, SEP = 2, 3


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return train_tokenizer([" ".join(WORDS)], kind="word")


def ids_of(tokenizer: Tokenizer, text: str) -> list[int]:
    return list(tokenizer.encode(text, add_special_tokens=False).ids)


@given(pairs=st.lists(st.tuples(TEXT, TEXT), min_size=1, max_size=5), length=st.integers(5, 40))
@settings(deadline=None)
def test_pairs_are_framed_and_the_longer_text_is_cut_first(
    tokenizer: Tokenizer, pairs: list[tuple[str, str]], length: int
) -> None:
    ids, types, cut = encode_pairs(tokenizer, pairs, max_length=length)
    assert types is None  # a vocabulary of ours does not tell the two apart
    long = 0
    for row, (one, other) in zip(ids, pairs, strict=True):
        first, second = ids_of(tokenizer, one), ids_of(tokenizer, other)
        row = row.tolist()
        assert (row[0], row[-1], row.count(SEP)) == (CLS, SEP, 2)
        middle = row.index(SEP)
        kept, rest = row[1:middle], row[middle + 1 : -1]
        assert kept == first[: len(kept)]
        assert rest == second[: len(rest)]
        if len(first) + len(second) + 3 <= length:
            assert (kept, rest) == (first, second)
            continue
        long += 1
        assert len(row) == length
        for mine, whole, theirs in ((kept, first, rest), (rest, second, kept)):
            assert len(mine) == len(whole) or len(mine) >= len(theirs) - 1, "a text is cut only while it is the longer one"
    assert cut == long


@given(
    items=st.lists(st.tuples(TEXT, TEXT, st.integers(0, 24), st.integers(1, 4)), min_size=1, max_size=5),
    length=st.integers(8, 60),
)
@settings(deadline=None)
def test_windows_cover_a_passage_and_hold_its_answer(
    tokenizer: Tokenizer, items: list[tuple[str, str, int, int]], length: int
) -> None:
    questions = []
    for question, passage, first, count in items:
        words = passage.split(" ")
        first %= len(words)
        start = len(" ".join(words[:first])) + (first > 0)
        questions.append(Question(question, passage, start, start + len(" ".join(words[first : first + count]))))
    windows = encode_questions(tokenizer, questions, max_length=length)
    assert np.array_equal(np.unique(windows.question), np.arange(len(questions)))
    assert (np.diff(windows.question) >= 0).all()
    cut = 0
    for number, each in enumerate(questions):
        mine = np.flatnonzero(windows.question == number)
        covered: set[int] = set()
        held = False
        places = [windows.places[window].reshape(-1, 2) for window in mine]
        asked = windows.ids[int(mine[0])].tolist()
        kept = asked.index(SEP) - 1
        cut += kept < len(ids_of(tokenizer, each.question))
        for window, place in zip(mine, places, strict=True):
            ids = windows.ids[window]
            assert len(ids) == len(place) <= length
            there = np.flatnonzero(place[:, 1] > place[:, 0])
            assert [each.passage[a:b] for a, b in place[there]] == words_at(each, place[there])
            assert ids[there].tolist() == ids_of(tokenizer, " ".join(words_at(each, place[there])))
            covered |= {int(a) for a, _ in place[there]}
            first, last = windows.answers[window]
            if first:
                held = True
                assert each.passage[place[first, 0] : place[last, 1]] == each.passage[each.start : each.stop]
        starts = np.cumsum([0, *(len(word) + 1 for word in each.passage.split(" "))])[:-1]
        assert covered == set(starts.tolist()), "every word of a passage is read"
        for before, after in pairwise(places):
            assert after[after[:, 1] > 0][0, 0] <= before[-2, 1] + 1, "no gap between windows"
        answer = each.passage[each.start : each.stop].count(" ") + 1
        shared = (length - 3) // 2 // 2 if (length - 3) // 2 >= 8 else 0
        assert held or answer > max(1, shared), "an answer no longer than what windows share is whole in one of them"
    assert windows.cut == cut


def words_at(question: Question, places: np.ndarray) -> list[str]:
    """The words that stand at these places, by cutting at spaces."""
    words, start = {}, 0
    for word in question.passage.split(" "):
        words[start] = word
        start += len(word) + 1
    return [words[int(first)] for first, _ in places]


def test_what_does_not_fit_says_how_much_would(tokenizer: Tokenizer) -> None:
    with pytest.raises(WorkbenchError) as caught:
        encode_pairs(tokenizer, [("a", "b")], max_length=4)
    assert "Set max_length to 5 or more" in caught.value.mend
    with pytest.raises(WorkbenchError, match="two texts do not fit"):
        encode_questions(tokenizer, [Question("a", "b")], max_length=4)


def test_a_pretrained_tokenizer_frames_pairs_in_its_own_way() -> None:
    tokenizer = load_tokenizer(minilm())
    ids, types, cut = encode_pairs(tokenizer, [("A cat.", "A dog ran home.")], max_length=32)
    plain = Tokenizer.from_file(str(minilm() / "tokenizer.json"))
    plain.no_padding()
    plain.no_truncation()
    wanted = plain.encode("A cat.", "A dog ran home.")
    assert ids[0].tolist() == wanted.ids
    assert types is not None
    assert types[0].tolist() == wanted.type_ids
    assert set(wanted.type_ids) == {0, 1}
    assert cut == 0


def test_a_wordpiece_passage_is_cut_out_by_characters_with_case_and_accents() -> None:
    tokenizer = load_tokenizer(minilm())
    passage = "In Orléans the Maid  of France, 1429, was hailed."
    start = passage.index("Maid")
    question = Question("Who was hailed?", passage, start, start + len("Maid  of France"))
    windows = encode_questions(tokenizer, [question], max_length=64)
    first, last = windows.answers[0]
    places = windows.places[0].reshape(-1, 2)
    assert passage[places[first, 0] : places[last, 1]] == "Maid  of France"
