"""Tokens as they are shown: words keep the weight of their pieces, nothing is lost unsaid, every name can be read."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.gui.models.token_names import from_bytes, isolated, joined, shown
from workbench.gui.models.token_view import ShownAxis, TokenView, show_axis

BERT = ("[CLS]", "un", "##believ", "##able", ",", "he", "said", "[SEP]")
TEXT = "Unbelievable, he said"
SPANS = ((0, 0), (0, 2), (2, 8), (8, 12), (12, 13), (14, 16), (17, 21), (0, 0))
SPECIAL = (True, *[False] * 6, True)


def rows(queries: int, keys: int, seed: int = 0) -> np.ndarray:
    made = np.random.default_rng(seed).dirichlet(np.full(keys, 0.4), (2, queries)).astype(np.float32)
    return np.asarray(made)


@st.composite
def axes(draw: st.DrawFn) -> ShownAxis:
    """Any axis: marks, pieces and special tokens in any order."""
    tokens = draw(
        st.lists(st.sampled_from(["[CLS]", "<s>", "a", "##b", "▁c", "Ġd", ".", "字", "##", "", "é"]), min_size=1, max_size=9)
    )
    return show_axis(tokens, words=draw(st.booleans()), without_special=draw(st.booleans()))


@given(axes(), axes(), st.integers(0, 99))
def test_no_weight_is_lost_or_made(queries: ShownAxis, keys: ShownAxis, seed: int) -> None:
    view, weights = TokenView(queries=queries, keys=keys), rows(queries.tokens, keys.tokens, seed)
    seen = view.weights(weights)
    assert seen.shape == (2, len(queries.labels), len(keys.labels))
    np.testing.assert_allclose(seen.sum(-1) + view.hidden_weight(weights), 1, atol=1e-5)
    for place, part in enumerate(queries.parts):
        for column, others in enumerate(keys.parts):
            naive = weights[:, list(part)][:, :, list(others)].sum(-1).mean(-1)
            np.testing.assert_allclose(seen[:, place, column], naive, atol=1e-6)


@given(axes())
def test_every_token_is_in_one_place_or_hidden(axis: ShownAxis) -> None:
    assert sorted([*axis.hidden, *(token for part in axis.parts for token in part)]) == list(range(axis.tokens))
    assert all(axis.place_of(token) is None for token in axis.hidden)
    assert all(axis.place_of(token) == place for place, part in enumerate(axis.parts) for token in part)
    assert all(label.strip() for label in axis.labels)


@given(axes(), axes(), st.integers(0, 99))
def test_renormalised_rows_sum_to_one_where_anything_is_left(queries: ShownAxis, keys: ShownAxis, seed: int) -> None:
    seen = TokenView(queries=queries, keys=keys, renormalised=True).weights(rows(queries.tokens, keys.tokens, seed))
    sums = seen.sum(-1)
    assert np.all((np.abs(sums - 1) < 1e-5) | (sums == 0))


def test_pieces_are_the_words_of_the_text() -> None:
    axis = show_axis(BERT, special=SPECIAL, spans=SPANS, text=TEXT, words=True)
    assert axis.labels == ("[CLS]", "Unbelievable", ",", "he", "said", "[SEP]")
    assert axis.parts[1] == (1, 2, 3)
    assert show_axis(BERT, words=True).labels == ("[CLS]", "unbelievable", ",", "he", "said", "[SEP]")
    hidden = show_axis(BERT, special=SPECIAL, spans=SPANS, text=TEXT, words=True, without_special=True)
    assert hidden.labels == ("Unbelievable", ",", "he", "said")
    assert hidden.hidden == (0, 7)


def test_marks_before_words_tell_them_apart_without_spans() -> None:
    assert show_axis(("▁the", "▁cat", "s", ".", "</s>"), words=True).labels == ("the", "cats", ".", "</s>")
    assert show_axis(("The", "Ġc", "ats", "Ġsat", "."), words=True).labels == ("The", "cats", "sat", ".")
    assert show_axis(("seven", "two"), words=True).labels == ("seven", "two")  # words of a vocabulary of words


def test_bytes_of_one_letter_are_one_word_and_words_of_two_texts_are_not() -> None:
    tokens, spans = ("Ġa", "ðŁ", "Ļ", "Ĥ"), ((0, 1), (1, 2), (1, 2), (1, 2))
    assert show_axis(tokens, spans=spans, text="a🙂", words=True).labels == ("a", "🙂")
    assert show_axis(tokens, spans=spans, text="a🙂").labels == ("a", "⟨F0 9F⟩", "⟨99⟩", "⟨82⟩")
    assert show_axis(("left", "right"), spans=((0, 4), (0, 5)), words=True).parts == ((0,), (1,))


def test_scripts_without_spaces_stay_letter_by_letter() -> None:
    spans = ((0, 1), (1, 2), (2, 4), (4, 7))
    assert show_axis(("自", "然", "语言", "abc"), spans=spans, words=True).labels == ("自", "然", "语言", "abc")


def test_letters_of_a_character_model_become_words() -> None:
    text = "to be"
    axis = show_axis(tuple(text), spans=tuple((at, at + 1) for at in range(5)), text=text, words=True)
    assert axis.labels == ("to", "␣", "be")


def test_a_text_of_special_tokens_alone_is_still_shown() -> None:
    assert show_axis(("[CLS]", "[SEP]"), without_special=True).labels == ("[CLS]", "[SEP]")


def test_cross_attention_has_two_axes_of_its_own() -> None:
    view = TokenView(queries=show_axis(("<s>", "a", "##b"), words=True), keys=show_axis(BERT, words=True, without_special=True))
    assert view.weights(rows(3, 8)).shape == (2, 2, 4)
    plain = TokenView(queries=show_axis(("a", "b")), keys=show_axis(("c",)))
    np.testing.assert_array_equal(plain.weights(rows(2, 1)), rows(2, 1))


def test_what_does_not_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="do not fit"):
        show_axis(("a", "b"), special=(True,))
    with pytest.raises(ValueError, match="do not fit"):
        show_axis(("a", "b"), spans=((0, 1),))


@pytest.mark.parametrize(
    ("token", "name"),
    [("▁the", "the"), ("Ġthe", "the"), ("##ing", "##ing"), ("▁", "␣"), ("\x00\u202e", "··"), ("\u0301", "◌\u0301"),
     ("👨\u200d👩", "👨\u200d👩"), ("\u200d", "·"), ("", "∅"), ("a\tb", "a⇥b"), ("\ud800", "·")],
)  # fmt: skip
def test_names_can_be_read(token: str, name: str) -> None:
    assert shown(token) == name


@given(st.text(max_size=12))
def test_no_name_is_empty_or_turns_the_sentence(token: str) -> None:
    name = shown(token)
    assert name.strip()
    assert not set(name) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\n\r\t\x00")
    assert joined((token,)).strip()


def test_words_from_right_to_left_are_isolated_and_others_left_alone() -> None:
    assert isolated("שלום") == "\u2068שלום\u2069"
    assert isolated("hello") == "hello"


@given(st.text(max_size=8))
def test_letters_for_bytes_are_read_back(text: str) -> None:
    from tokenizers.pre_tokenizers import ByteLevel

    pieces = ByteLevel(add_prefix_space=False, use_regex=False).pre_tokenize_str(text)
    assert "".join(from_bytes(piece) for piece, _ in pieces) == text
