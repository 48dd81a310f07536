"""Text to token ids and back: vocabularies trained or loaded with Hugging Face `tokenizers`.

A space is part of the token that follows it, written ``▁`` as SentencePiece does (Kudo & Richardson 2018,
arXiv:1808.06226), so that decoding restores the text. Han characters and punctuation marks stand alone: Chinese has no
spaces to cut at. Only the character kind keeps line breaks and runs of spaces; the others read any white space as one
space (and a ``▁`` in the text as one too).
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Literal

from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers

from workbench.contracts.errors import WorkbenchError
from workbench.contracts.examples import SpecialIds

KINDS = ("word", "character", "bpe", "wordpiece")
SPECIAL_TOKENS = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")
"""Special tokens of a trained vocabulary; their places here are their ids."""

Frame = Literal["cls-sep", "sep", "none"]
"""What stands around an encoded text: ``[CLS] text [SEP]`` (and ``[CLS] text [SEP] text [SEP]`` around two), ``text [SEP]``, or
nothing."""

_HAN = "\u2e80-\u2fdf\u3005\u3007\u3021-\u3029\u3038-\u303b\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
HAN = re.compile(f"[{_HAN}]")
"""A Chinese character: the blocks that Unicode keeps for Han, so that characters added to them later count as well."""

_SPACE = "▁"
_PIECES = rf"{_SPACE}?[[\p{{P}}\p{{S}}]&&[^{_SPACE}{_HAN}]]|[{_HAN}]|{_SPACE}?[^{_SPACE}\p{{P}}\p{{S}}{_HAN}]+"
_NAMES = {
    "pad": ("[PAD]", "<pad>", "<|pad|>", "<|endoftext|>", "<|end_of_text|>", "</s>"),
    "unk": ("[UNK]", "<unk>", "<|endoftext|>"),
    "cls": ("[CLS]", "<s>", "<bos>", "<|begin_of_text|>", "<|endoftext|>"),
    "sep": ("[SEP]", "</s>", "<eos>", "<|end_of_text|>", "<|endoftext|>"),
    "mask": ("[MASK]", "<mask>"),
}


def train_tokenizer(
    texts: Iterable[str], *, kind: str, vocab_size: int | None = None, lowercase: bool = False, frame: Frame = "cls-sep"
) -> Tokenizer:
    """Learn a vocabulary. The same texts in the same order give the same tokenizer, byte for byte.

    Args:
        texts: What to learn from; held in memory while learning.
        kind: ``word``, ``character``, ``bpe`` (Sennrich et al. 2016) or ``wordpiece`` (Schuster & Nakajima 2012).
        vocab_size: Most entries, special tokens included.
        lowercase: Fold upper case first.
        frame: What the tokenizer puts around a text.

    Raises:
        WorkbenchError: there is no such kind.
    """
    if kind not in KINDS:
        raise WorkbenchError(
            f"{kind!r} is neither a kind of tokenizer nor a folder with a tokenizer.json",
            where="data.tokenizer",
            mend=f"Choose {', '.join(KINDS)}, or give the folder's path.",
        )
    size = vocab_size or 8_000
    texts = [_encodable(text) for text in texts]
    if kind == "bpe":
        tokenizer = _pieces(models.BPE(unk_token="[UNK]"), lowercase)
        _train_subwords(tokenizer, trainers.BpeTrainer, texts, size, _alphabet(tokenizer, texts, size), SPECIAL_TOKENS)
    elif kind == "wordpiece":
        # The trainer numbers the characters inside words (##) by chance, in hash order, unless it is given them as special
        # tokens; the model is then built anew, so that they are ordinary entries.
        learner = _pieces(models.WordPiece(unk_token="[UNK]"), lowercase)
        alphabet = _alphabet(learner, texts, size, twice=True)
        inside = [f"##{character}" for character in alphabet if not HAN.match(character)]
        _train_subwords(learner, trainers.WordPieceTrainer, texts, size, alphabet, [*SPECIAL_TOKENS, *inside])
        tokenizer = _pieces(models.WordPiece(learner.get_vocab(), unk_token="[UNK]"), lowercase)
        tokenizer.decoder = decoders.Sequence([decoders.Replace(Regex(r"\A##"), ""), tokenizer.decoder])
        tokenizer.add_special_tokens(list(SPECIAL_TOKENS))
    else:
        build = _characters if kind == "character" else _pieces
        tokenizer = build(models.WordLevel(unk_token="[UNK]"), lowercase)
        trainer = trainers.WordLevelTrainer(vocab_size=size, special_tokens=list(SPECIAL_TOKENS), show_progress=False)
        tokenizer.train_from_iterator(texts, trainer)
    tokenizer.encode_special_tokens = True
    around = {"cls-sep": "[CLS] $A [SEP]", "sep": "$A [SEP]"}.get(frame)
    if around:
        named = [(token, SPECIAL_TOKENS.index(token)) for token in ("[CLS]", "[SEP]")]
        both = {"pair": "[CLS] $A [SEP] $B [SEP]"} if frame == "cls-sep" else {}
        tokenizer.post_processor = processors.TemplateProcessing(single=around, special_tokens=named, **both)
    return tokenizer


def load_tokenizer(folder: str | Path) -> Tokenizer:
    """Read the ``tokenizer.json`` of a folder. It is data only: no pickle, no code.

    Raises:
        WorkbenchError: the file is missing or is not a tokenizer, or has no padding token.
    """
    path = Path(folder) / "tokenizer.json"
    if not path.is_file():
        raise WorkbenchError(
            "there is no tokenizer.json here",
            where=str(folder),
            mend="Give a folder that holds a tokenizer.json (a fast tokenizer), or train one: word, character, bpe, wordpiece.",
        )
    try:
        tokenizer = Tokenizer.from_str(path.read_text(encoding="utf-8"))
        tokenizer.no_padding()
        tokenizer.no_truncation()
        tokenizer.encode_special_tokens = True
        tokenizer.decode(encode(tokenizer, ["a 1 我 ☃"])[0])  # a vocabulary without its unknown token shows here
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # the Rust side raises plain Exception, and what it panics with is not even that
        raise WorkbenchError(f"this is not a tokenizer: {error}", where=str(path), mend="Save the tokenizer again.") from None
    special_ids(tokenizer)
    return tokenizer


def save_tokenizer(tokenizer: Tokenizer, folder: Path, *, max_length: int | None = None) -> None:
    """Write ``tokenizer.json`` and ``tokenizer_config.json``, which transformers' ``AutoTokenizer`` opens."""
    ids = special_ids(tokenizer)
    roles = {"pad": ids.pad, "unk": ids.unk, "cls": ids.cls, "bos": ids.cls, "sep": ids.sep, "eos": ids.sep, "mask": ids.mask}
    config = {
        "tokenizer_class": "PreTrainedTokenizerFast",
        "clean_up_tokenization_spaces": False,
        "split_special_tokens": True,  # "[SEP]" typed by a person is text
        **({"model_max_length": max_length} if max_length else {}),
        **{f"{role}_token": tokenizer.id_to_token(number) for role, number in roles.items() if number is not None},
    }
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "tokenizer.json").write_text(tokenizer.to_str(pretty=True), encoding="utf-8")
    (folder / "tokenizer_config.json").write_text(json.dumps(config, indent=2, ensure_ascii=False), encoding="utf-8")


def special_ids(tokenizer: Tokenizer) -> SpecialIds:
    """Find the tokens with a job by the names the field gives them.

    Raises:
        WorkbenchError: no token can fill a batch.
    """
    found = {
        role: next((i for name in names if (i := tokenizer.token_to_id(name)) is not None), None)
        for role, names in _NAMES.items()
    }
    pad = found.pop("pad")
    if pad is None:
        raise WorkbenchError(
            "this tokenizer has no padding token",
            where="data.tokenizer",
            mend=f"Add one of {', '.join(_NAMES['pad'])} to its vocabulary.",
        )
    return SpecialIds(pad=pad, **found)


def encode(tokenizer: Tokenizer, texts: Sequence[str], *, framed: bool = True, as_words: bool = False) -> list[list[int]]:
    """Ids of each text.

    Args:
        tokenizer: Trained or loaded.
        texts: What to encode.
        framed: Put the tokenizer's frame around each text.
        as_words: Each text is one word of a sentence, cut as it would be after a space.
    """
    readable = [_encodable(text) for text in texts]
    given = [[word] for word in readable] if as_words else readable
    encodings = tokenizer.encode_batch_fast(given, is_pretokenized=as_words, add_special_tokens=framed)
    return [encoding.ids for encoding in encodings]


def spans(tokenizer: Tokenizer, text: str, *, framed: bool = True) -> list[tuple[int, int]]:
    """Where each token lies in the text: (first character, past the last), white space around left out; (0, 0) for the frame."""
    encoding = tokenizer.encode(_encodable(text), add_special_tokens=framed)
    return [trimmed(text, token, *place) for token, place in zip(encoding.tokens, encoding.offsets, strict=True)]


def trimmed(text: str, token: str, start: int, stop: int) -> tuple[int, int]:
    """The stretch of a text that a token stands for, without the white space that the token carries."""
    piece = text[start:stop]
    if token == _SPACE and piece.strip():  # the space that stands before every text is not in it
        return start, start
    if piece.strip():
        return start + len(piece) - len(piece.lstrip()), stop - len(piece) + len(piece.rstrip())
    return start, stop


def cutting(
    tokenizer: Tokenizer, max_length: int, strategy: Literal["longest_first", "only_second"], *, stride: int = 0
) -> Tokenizer:
    """A copy that cuts pairs of texts to a length; what is cut off is each encoding's ``overflowing``.

    Args:
        tokenizer: Frames pairs in its own way.
        max_length: Longest pair in tokens, its frame included.
        strategy: Take tokens from the end of whichever text is longer, or of the second alone.
        stride: Tokens of the second text that a window shares with the one before.
    """
    copy = Tokenizer.from_str(tokenizer.to_str())
    copy.encode_special_tokens = True
    copy.no_padding()
    copy.enable_truncation(max_length, stride=stride, strategy=strategy)
    return copy


def keeps_lines(tokenizer: Tokenizer) -> bool:
    """Whether a line break survives encoding and decoding, so that running text can be read as one stream."""
    return "\n" in tokenizer.decode(tokenizer.encode("\n", add_special_tokens=False).ids, skip_special_tokens=False)


def _first_id(tokenizer: Tokenizer, names: Sequence[str]) -> int | None:
    return next((number for name in names if (number := tokenizer.token_to_id(name)) is not None), None)


def _characters(model: models.Model, lowercase: bool) -> Tokenizer:
    """One token a character, white space included."""
    tokenizer = Tokenizer(model)
    if lowercase:
        tokenizer.normalizer = normalizers.Lowercase()
    tokenizer.pre_tokenizer = pre_tokenizers.Split(Regex(r"[\s\S]"), "isolated")
    tokenizer.decoder = decoders.Fuse()
    return tokenizer


def _pieces(model: models.Model, lowercase: bool) -> Tokenizer:
    """Words with the space before them, punctuation marks, and Han characters, each cut further by the model."""
    tokenizer = Tokenizer(model)
    steps = [normalizers.Replace(Regex(r"\s+"), " "), normalizers.Strip()]
    tokenizer.normalizer = normalizers.Sequence([*steps, normalizers.Lowercase()] if lowercase else steps)
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Metaspace(replacement=_SPACE, prepend_scheme="always", split=False),
            pre_tokenizers.Split(Regex(rf"\A{_SPACE}(?=[{_HAN}])"), "removed"),
            pre_tokenizers.Split(Regex(_PIECES), "isolated"),
        ]
    )
    tokenizer.decoder = decoders.Metaspace(replacement=_SPACE, prepend_scheme="always")
    return tokenizer


def _train_subwords(
    tokenizer: Tokenizer,
    trainer: type[trainers.BpeTrainer] | type[trainers.WordPieceTrainer],
    texts: Sequence[str],
    size: int,
    alphabet: list[str],
    special_tokens: Sequence[str],
) -> None:
    settings = trainer(
        vocab_size=size,
        min_frequency=2,
        special_tokens=list(special_tokens),
        initial_alphabet=alphabet,
        limit_alphabet=len(alphabet),
        show_progress=False,
    )
    tokenizer.train_from_iterator(texts, settings)


def _alphabet(tokenizer: Tokenizer, texts: Sequence[str], size: int, *, twice: bool = False) -> list[str]:
    """The most frequent characters, ties by code point (the trainers themselves break ties by chance).

    Args:
        tokenizer: Folds characters as it will fold texts; white space folds to nothing.
        texts: What will be learned from.
        size: Entries of the vocabulary, special tokens included.
        twice: A character takes two entries, as WordPiece writes it at the beginning of a word and, with ##, inside one.
            A Han character is always a word of its own.
    """
    written: Counter[str] = Counter()
    for text in texts:
        written.update(text)
    counts: Counter[str] = Counter()
    for character, count in written.items():
        for folded in tokenizer.normalizer.normalize_str(character):
            counts[folded] += count
    room = size - len(SPECIAL_TOKENS)
    alphabet = []
    for character in (_SPACE, *sorted(counts, key=lambda character: (-counts[character], character))):
        room -= 2 if twice and not HAN.match(character) else 1
        if room < 0:
            break
        alphabet.append(character)
    return sorted(set(alphabet))


def _encodable(text: str) -> str:
    """The text with lone surrogates (from a command line, say) made visible as ``?``: no tokenizer can read them."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode(errors="replace").decode()
    return text
