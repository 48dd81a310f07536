from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from workbench.contracts.errors import WorkbenchError
from workbench.data.tokenizers import (
    HAN,
    KINDS,
    SPECIAL_TOKENS,
    encode,
    keeps_lines,
    load_tokenizer,
    save_tokenizer,
    spans,
    special_ids,
    train_tokenizer,
)

CORPUS = [
    "How do I locate my card? I'm still waiting, it's been 2 weeks!",
    "The card isn't here; where's my card (the new one)?",
    "我爱你。你爱我吗？我们今天去北京，好不好！",
    "混合 mixed 文本 text，中英文 both。Ａ",
    "naïve café Ünïcode ﬁ — “quotes” … 👩‍👩‍👧 👍🏽 ①",
    "line one\nline two\r\n\tindented  twice",
] * 3
WHITE = "\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
PIECES = [*"\n\t\u3000我，#ß(\x1f", "hello", " ", "  ", "爱你", "👩‍👩‍👧", "e\u0301", "[SEP]", "##", "שלום", "don't"]
TEXTS = st.text(max_size=60) | st.lists(st.sampled_from(PIECES), max_size=20).map("".join)


def collapsed(text: str) -> str:
    return re.sub(f"[{WHITE}]+", " ", text).strip(" ")


@pytest.mark.parametrize("kind", KINDS)
@given(text=TEXTS.filter(lambda text: "▁" not in text))
@example(text="##a # ## a##b")
@example(text=" \n ")
@example(text="𠀀𪚥 䶮⺀ ⺀")
@example(text="2345\U000323b0")
@settings(max_examples=120, deadline=None)
def test_decoding_gives_the_text_back(kind, text):
    tokenizer = train_tokenizer([text, *CORPUS[:6]], kind=kind, vocab_size=2_000)
    ids = encode(tokenizer, [text])[0]
    assert special_ids(tokenizer).unk not in ids[1:-1], "it learned from this very text"
    assert tokenizer.decode(ids) == (text if kind == "character" else collapsed(text))


@pytest.mark.parametrize("kind", KINDS)
def test_lower_case_is_folded_only_when_asked(kind):
    text = "The Card, İstanbul ΣΑ"
    folded = train_tokenizer([text, text.lower()], kind=kind, lowercase=True)
    plain = train_tokenizer([text], kind=kind)
    assert folded.decode(encode(folded, [text])[0]) == text.lower()
    assert plain.decode(encode(plain, [text])[0]) == text


@pytest.mark.parametrize("kind", KINDS)
def test_special_tokens_have_their_places_and_cannot_be_typed(kind):
    tokenizer = train_tokenizer([*CORPUS, "[SEP] [MASK]"], kind=kind)
    ids = special_ids(tokenizer)
    assert (ids.pad, ids.unk, ids.cls, ids.sep, ids.mask) == (0, 1, 2, 3, 4)
    typed = encode(tokenizer, ["[SEP] [MASK] [CLS][PAD]"])[0]
    assert typed[0] == 2
    assert typed[-1] == 3
    assert not {0, 2, 3, 4} & set(typed[1:-1])


@pytest.mark.parametrize(("frame", "expected"), [("cls-sep", [2, 3]), ("sep", [3]), ("none", [])])
def test_the_frame_stands_around_every_text(frame, expected):
    tokenizer = train_tokenizer(CORPUS, kind="bpe", frame=frame)
    assert encode(tokenizer, [""])[0] == expected
    assert encode(tokenizer, ["my card"], framed=False)[0] == [i for i in encode(tokenizer, ["my card"])[0] if i > 4]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("size", [8, 9, 20, 60, 150, 500])
def test_a_vocabulary_is_never_larger_than_asked(kind, size):
    tokenizer = train_tokenizer(CORPUS, kind=kind, vocab_size=size)
    assert 5 < tokenizer.get_vocab_size() <= size
    assert sorted(tokenizer.get_vocab().values()) == list(range(tokenizer.get_vocab_size()))


@pytest.mark.parametrize("kind", ["word", "bpe", "wordpiece"])
def test_each_han_character_stands_alone_and_space_before_it_is_kept(kind):
    tokenizer = train_tokenizer([text * 3 for text in CORPUS], kind=kind)
    tokens = [token for token in tokenizer.get_vocab() if HAN.search(token)]
    assert tokens
    assert all(len(token) == 1 for token in tokens)
    assert tokenizer.encode("我爱 你hello世", add_special_tokens=False).tokens[:4] == ["我", "爱", "▁", "你"]
    for rare in "⺀〇々𠀀\U000323b0豈":  # a radical, signs, and characters newer than the pattern library's tables
        learned = train_tokenizer([f"a{rare}b {rare}{rare} (c"] * 3, kind=kind)
        assert all(len(token) == 1 for token in learned.get_vocab() if rare in token)


@pytest.mark.parametrize("kind", KINDS)
@given(text=TEXTS)
@settings(max_examples=100, deadline=None)
def test_spans_point_into_the_original_text(kind, text):
    tokenizer = train_tokenizer([text, *CORPUS[:6]], kind=kind)
    encoding = tokenizer.encode(text)
    places = spans(tokenizer, text)
    assert len(places) == len(encoding.ids)
    assert places[0] == places[-1] == (0, 0)
    end = 0
    for token, (start, stop) in zip(encoding.tokens[1:-1], places[1:-1], strict=True):
        assert end <= start + 1  # a space of its own may belong to two
        assert stop <= len(text)
        if token not in SPECIAL_TOKENS and "▁" not in text:
            inside = token.removeprefix("##") if kind == "wordpiece" else token.removeprefix("▁")
            assert text[start:stop].strip() == inside.strip().removeprefix("▁").strip()
        end = start


def test_only_the_character_kind_keeps_line_breaks():
    assert {kind: keeps_lines(train_tokenizer(CORPUS, kind=kind)) for kind in KINDS} == {
        "word": False,
        "character": True,
        "bpe": False,
        "wordpiece": False,
    }


FINGERPRINT = """
import hashlib, sys
from workbench.data.tokenizers import KINDS, train_tokenizer
texts = sys.stdin.buffer.read().decode().split("\\0")
for kind in KINDS:
    for size in (60, 400):
        print(hashlib.sha256(train_tokenizer(texts, kind=kind, vocab_size=size).to_str().encode()).hexdigest())
"""


def test_the_same_texts_give_the_same_bytes_in_every_process():
    runs = [
        subprocess.run(
            [sys.executable, "-c", FINGERPRINT],
            input="\0".join(CORPUS).encode(),
            capture_output=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(__file__).parents[2])},
        ).stdout
        for seed in ("1", "2")
    ]
    assert runs[0] == runs[1]
    assert len(runs[0].split()) == 8


@pytest.mark.parametrize("kind", KINDS)
def test_a_saved_tokenizer_is_the_same_one(kind, tmp_path):
    tokenizer = train_tokenizer(CORPUS, kind=kind, lowercase=True)
    save_tokenizer(tokenizer, tmp_path / "model", max_length=40)
    loaded = load_tokenizer(tmp_path / "model")
    wild = [*CORPUS, "[SEP] 𠀀 \ud800 unseen Ⅷ", "", " "]
    assert encode(loaded, wild) == encode(tokenizer, wild)
    save_tokenizer(loaded, tmp_path / "again", max_length=40)
    for name in ("tokenizer.json", "tokenizer_config.json"):
        first, second = ((tmp_path / folder / name).read_bytes() for folder in ("model", "again"))
        assert hashlib.sha256(first).digest() == hashlib.sha256(second).digest()


@pytest.mark.parametrize("kind", KINDS)
def test_transformers_opens_a_saved_tokenizer_and_gives_the_same_ids(kind, tmp_path):
    from transformers import AutoTokenizer

    tokenizer = train_tokenizer(CORPUS, kind=kind, vocab_size=120)
    save_tokenizer(tokenizer, tmp_path, max_length=40)
    opened = AutoTokenizer.from_pretrained(tmp_path)
    wild = [*CORPUS, "[SEP] typed [MASK]", "", " \n ", "unseen Ⅷ 𠀀", "##x #"]
    assert opened(wild)["input_ids"] == encode(tokenizer, wild)
    roles = (opened.pad_token_id, opened.unk_token_id, opened.cls_token_id, opened.sep_token_id, opened.mask_token_id)
    assert roles == (0, 1, 2, 3, 4)
    assert (opened.bos_token_id, opened.eos_token_id) == (2, 3)
    ids = encode(tokenizer, ["my card"])[0]
    assert opened.decode(ids, skip_special_tokens=True) == tokenizer.decode(ids)


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"version": "1.0"}', b"\x80\x04K\x01.", b"\xff\xfe{}", b"null"])
def test_a_file_that_is_no_tokenizer_is_refused_by_name(tmp_path, content):
    (tmp_path / "tokenizer.json").write_bytes(content)
    with pytest.raises(WorkbenchError) as caught:
        load_tokenizer(tmp_path)
    assert "tokenizer.json" in caught.value.where
    assert caught.value.mend


def test_a_vocabulary_without_its_unknown_token_is_refused(tmp_path):
    content = json.loads(train_tokenizer(CORPUS, kind="word").to_str())
    content["model"]["unk_token"] = "gone"
    (tmp_path / "tokenizer.json").write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(WorkbenchError, match="not a tokenizer"):
        load_tokenizer(tmp_path)


def test_a_folder_without_a_tokenizer_is_refused(tmp_path):
    (tmp_path / "tokenizer.pkl").write_bytes(b"cposix\nsystem\n(S'touch pwned'\ntR.")
    with pytest.raises(WorkbenchError, match=r"tokenizer\.json"):
        load_tokenizer(tmp_path)


def test_a_vocabulary_without_padding_is_refused(tmp_path):
    from tokenizers import Tokenizer, models

    Tokenizer(models.WordLevel({"a": 0, "b": 1}, unk_token="a")).save(str(tmp_path / "tokenizer.json"))
    with pytest.raises(WorkbenchError, match="padding"):
        load_tokenizer(tmp_path)


def test_truncation_and_padding_saved_with_a_tokenizer_are_switched_off(tmp_path):
    tokenizer = train_tokenizer(CORPUS, kind="bpe")
    tokenizer.enable_truncation(3)
    tokenizer.enable_padding(length=50)
    save_tokenizer(tokenizer, tmp_path)
    assert json.loads((tmp_path / "tokenizer.json").read_text(encoding="utf-8"))["truncation"] is not None
    ids = encode(load_tokenizer(tmp_path), [CORPUS[0], "my"])
    assert len(ids[0]) > 3
    assert len(ids[1]) < 50


def test_an_unknown_kind_names_the_known_ones():
    with pytest.raises(WorkbenchError, match="word, character, bpe, wordpiece"):
        train_tokenizer(CORPUS, kind="sentencepiece")


def test_no_text_at_all_still_gives_a_vocabulary():
    for kind in KINDS:
        tokenizer = train_tokenizer([], kind=kind)
        assert encode(tokenizer, ["a b"])[0][0] == 2


def test_lone_surrogates_are_read_as_question_marks():
    tokenizer = train_tokenizer(["a ? b", "bad \udcff byte"], kind="character")
    assert tokenizer.decode(encode(tokenizer, ["a \udcff b"])[0]) == "a ? b"
