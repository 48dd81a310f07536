from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.contracts.examples import IGNORED
from workbench.data.examples import encode_lines, encode_prompts, encode_rows, encode_stream, encode_tags, encode_texts
from workbench.data.tokenizers import encode, train_tokenizer

TEXTS = ["my new card is here", "my card", "", "新卡到了，谢谢！", "a b c d e f g h i j k l"]
BPE = train_tokenizer(TEXTS * 2, kind="bpe")
PLAIN = train_tokenizer(TEXTS, kind="bpe", frame="none")
CHARACTERS = train_tokenizer(["abc \n我"], kind="character", frame="none")


@given(st.lists(st.text("abc 我", max_size=30), max_size=20), st.integers(2, 12))
@settings(max_examples=150, deadline=None)
def test_long_texts_are_cut_before_the_closing_token_and_counted(texts, longest):
    ids, cut = encode_texts(BPE, texts, max_length=longest)
    whole = encode(BPE, texts)
    assert cut == sum(len(item) > longest for item in whole)
    for found, item in zip(ids, whole, strict=True):
        assert found.tolist() == (item if len(item) <= longest else [*item[: longest - 1], 3])


def test_without_a_closing_token_the_text_is_simply_cut():
    ids, cut = encode_texts(PLAIN, TEXTS, max_length=3)
    assert [row.tolist() for row in ids] == [item[:3] for item in encode(PLAIN, TEXTS)]
    assert cut == 3


@given(st.lists(st.lists(st.integers(5, 99), max_size=9), max_size=30), st.integers(1, 9), st.integers(1, 4))
@settings(max_examples=300, deadline=None)
def test_blocks_predict_every_id_but_the_first_exactly_once(items, length, batch):
    rows = np.arange(len(items)) * 10
    pieces = [items[start : start + batch] for start in range(0, len(items), batch)]
    blocks, origins = encode_stream(pieces, rows, max_length=length)
    stream = [number for item in items for number in item]
    row_of = [row for row, item in zip(rows.tolist(), items, strict=True) for _ in item]
    # naive: walk the stream in steps of `length`
    starts = range(0, len(stream) - 1, length)
    assert [block.tolist() for block in blocks] == [stream[start : start + length + 1] for start in starts]
    assert origins.tolist() == [row_of[start] for start in starts]
    assert [number for block in blocks for number in block[1:].tolist()] == stream[1:]


@given(st.lists(st.text("abc 我", max_size=12), min_size=1, max_size=20))
@settings(max_examples=60, deadline=None)
def test_lines_joined_are_the_text_itself(lines):
    ids = [number for batch in encode_lines(CHARACTERS, lines, len(lines)) for item in batch for number in item]
    assert CHARACTERS.decode(ids) == "\n".join(lines)
    assert ids == encode(CHARACTERS, ["\n".join(lines)])[0]


def test_rows_are_framed_for_language_modelling_and_empty_ones_left_out():
    (batch,) = encode_rows(PLAIN, ["my card", "", "card"])
    inside = encode(PLAIN, ["my card", "card"])
    assert batch == [[2, *inside[0], 3], [], [2, *inside[1], 3]]


def test_prompts_keep_their_end_and_leave_room_for_the_next():
    prompts, cut = encode_prompts(PLAIN, TEXTS, max_length=4)
    for found, item in zip(prompts, encode(PLAIN, TEXTS), strict=True):
        assert found.tolist() == [*[2, *item][-4:], 3]
    assert cut == 3
    stream, _ = encode_prompts(CHARACTERS, ["ab"], max_length=4)
    assert stream[0].tolist() == [*encode(CHARACTERS, ["ab"])[0], 3], "a model of running text never saw an opening token"


WORDS = st.lists(
    st.sampled_from(["my", "card", "antidisestablishmentarianism", "我爱你", "é", "\u3000", "\xa0", "[SEP]"]), max_size=8
)


@given(st.lists(st.tuples(WORDS, st.integers(0, 4)), max_size=10), st.integers(2, 20))
@settings(max_examples=150, deadline=None)
def test_each_word_has_its_tag_at_its_first_piece(drawn, longest):
    sentences = [(words, [(place + shift) % 5 for place in range(len(words))]) for words, shift in drawn]
    inputs, targets, cut = encode_tags(BPE, sentences, max_length=longest)
    assert inputs.lengths.tolist() == targets.lengths.tolist()
    lost = 0
    for (words, tags), ids, marks in zip(sentences, inputs, targets, strict=True):
        found = marks[marks != IGNORED].tolist()
        assert found == tags[: len(found)]
        assert (ids[0], ids[-1]) == (2, 3)
        assert marks[0] == marks[-1] == IGNORED
        assert len(ids) <= longest
        whole = [BPE.encode([word], is_pretokenized=True, add_special_tokens=False).ids or [1] for word in words]
        flat = [number for pieces in whole for number in pieces]
        lost += len(flat) + 2 > longest
        assert ids[1:-1].tolist() == flat[: longest - 2]
        if len(flat) + 2 <= longest:
            assert found == tags
    assert cut == lost


def test_words_in_a_sentence_are_cut_as_the_sentence_is():
    sentence = "my new card , 新 卡 here"
    inputs, _, _ = encode_tags(BPE, [(sentence.split(), [0] * 7)], max_length=99)
    words = encode(BPE, [sentence])[0]
    assert [i for i in inputs[0].tolist() if BPE.id_to_token(i) != "▁"] == [i for i in words if BPE.id_to_token(i) != "▁"]


@pytest.mark.parametrize("kind", ["word", "wordpiece", "character"])
def test_every_kind_can_tag_words(kind):
    tokenizer = train_tokenizer(TEXTS, kind=kind)
    inputs, targets, _ = encode_tags(tokenizer, [(["my", "卡", "card"], [1, 2, 3])], max_length=50)
    assert targets[0][targets[0] != IGNORED].tolist() == [1, 2, 3]
    assert len(inputs[0]) == len(targets[0])
