"""A text as a model reads it: token ids, the tokens by name, where each lies in the text."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace

import torch
from tokenizers import Tokenizer
from torch import Tensor

from workbench.contracts.errors import WorkbenchError
from workbench.contracts.inspection import Query
from workbench.contracts.specs import PAIRED
from workbench.data.recipe import Recipe, encode_strings
from workbench.data.tokenizers import spans, special_ids

LONGEST = 4_096
"""Tokens that are looked at where a model itself knows no end."""

Span = tuple[int, int]


@dataclass(frozen=True, kw_only=True)
class Text:
    """One text, ready to be read."""

    ids: tuple[int, ...]
    types: tuple[int, ...]
    """0 for the first sentence, 1 for the second."""
    tokens: tuple[str, ...]
    special: tuple[bool, ...]
    spans: tuple[Span, ...]
    remarks: tuple[str, ...] = ()

    def tensors(self, types: bool) -> dict[str, Tensor]:
        """What a model's forward takes: a batch of one."""
        inputs = {"input_ids": torch.tensor([self.ids])}
        if types:
            inputs["token_type_ids"] = torch.tensor([self.types])
        return inputs

    def followed_by(self, other: Text) -> Text:
        """This text and then the other."""
        return replace(
            self, ids=self.ids + other.ids, types=self.types + other.types, tokens=self.tokens + other.tokens,
            special=self.special + other.special, spans=self.spans + other.spans,
        )  # fmt: skip

    def shuffled(self, seed: int) -> Text:
        """The same tokens in another order; special ones keep their places."""
        places = [place for place, special in enumerate(self.special) if not special]
        order = list(places)
        random.Random(seed).shuffle(order)
        new = list(range(len(self.ids)))
        for place, taken in zip(places, order, strict=True):
            new[place] = taken
        return self.part(new)

    def part(self, places: Sequence[int]) -> Text:
        """The tokens at these places, in this order."""
        return replace(
            self, ids=tuple(self.ids[place] for place in places), types=tuple(self.types[place] for place in places),
            tokens=tuple(self.tokens[place] for place in places), special=tuple(self.special[place] for place in places),
            spans=tuple(self.spans[place] for place in places),
        )  # fmt: skip


class Texts:
    """Reads texts for one model.

    Args:
        tokenizer: The model's own.
        recipe: How a run of this program encodes; None for a model from elsewhere, whose tokenizer knows it all.
        task: What the model answers: a masked language model reads a written ``[MASK]`` as one.
        longest: Most tokens.
    """

    def __init__(self, tokenizer: Tokenizer, recipe: Recipe | None, task: str, longest: int | None) -> None:
        self._tokenizer = tokenizer
        if task == "masked-lm":
            self._tokenizer = Tokenizer.from_str(tokenizer.to_str())  # a new one reads special tokens as such
        self._recipe = recipe
        self.longest = min(longest or LONGEST, LONGEST)

    def read(self, query: Query, *, pair: bool) -> Text:
        """The text, and its second sentence where the model takes one.

        Raises:
            WorkbenchError: nothing is written, nothing of it is a token, or something in it is no character.
        """
        if not query.text.strip():
            raise WorkbenchError("the text is empty", where="text", mend="Type a text with at least one word.")
        _check(query.text, "text")
        _check(query.pair, "pair")
        own = self._recipe is not None and self._recipe.task not in PAIRED  # a frame around two texts is the tokenizer's
        text = self._own(query.text) if own else self._encode(query.text, query.pair if pair else "")
        if pair and query.pair.strip() and own:
            second = self._own(query.pair)
            text = text.followed_by(second.part(range(1, len(second.ids))))
        if not text.ids:
            raise WorkbenchError("the tokenizer makes no token of this text", where="text", mend="Type another text.")
        text = self._cut(text)
        return text if query.shuffled is None else text.shuffled(query.shuffled)

    def target(self, written: str, start: int) -> Text:
        """What a decoder reads: the start token and a target."""
        text = self._own(written) if self._recipe is not None else self._encode(written, "")
        first = Text(ids=(start,), types=(0,), tokens=(self.name_of(start),), special=(True,), spans=((0, 0),))
        return self._cut(first.followed_by(text))

    def of_ids(self, ids: Sequence[int]) -> Text:
        """What a model wrote; it lies in no text."""
        added = self._tokenizer.get_added_tokens_decoder()
        special = tuple(number in added and added[number].special for number in ids)
        return Text(
            ids=tuple(ids), types=(0,) * len(ids), tokens=tuple(self.name_of(number) for number in ids), special=special,
            spans=((0, 0),) * len(ids),
        )  # fmt: skip

    def name_of(self, number: int) -> str:
        """A token as it stands in the vocabulary."""
        return self._tokenizer.id_to_token(number) or "?"

    @property
    def special_ids(self) -> frozenset[int]:
        """Tokens that are no part of a text."""
        return frozenset(number for number, token in self._tokenizer.get_added_tokens_decoder().items() if token.special)

    @property
    def mask_id(self) -> int | None:
        """The token that hides another."""
        return special_ids(self._tokenizer).mask

    def decode(self, ids: Sequence[int]) -> str:
        """Ids as a text, without special tokens."""
        return str(self._tokenizer.decode(list(ids), skip_special_tokens=True))

    def _encode(self, text: str, pair: str) -> Text:
        clean = text.encode(errors="replace").decode()
        found = self._tokenizer.encode(clean, pair.encode(errors="replace").decode() if pair.strip() else None)
        return Text(
            ids=tuple(found.ids), types=tuple(found.type_ids), tokens=tuple(found.tokens),
            special=tuple(bool(flag) for flag in found.special_tokens_mask), spans=tuple(found.offsets),
        )  # fmt: skip

    def _own(self, text: str) -> Text:
        """As the run that made the model encodes."""
        assert self._recipe is not None
        ids = tuple(int(number) for number in encode_strings(self._recipe, [text]).examples.inputs[0])
        if self._recipe.task == "causal-lm" and len(ids) > 1:
            ids = ids[:-1]  # the sign that a text ends here is not for the model to read
        where = spans(self._recipe.tokenizer, text.strip())
        shift = len(text) - len(text.lstrip())
        places = [(start + shift, end + shift) if end else (0, 0) for start, end in where][: len(ids)]
        places += [(0, 0)] * (len(ids) - len(places))
        read = self.of_ids(ids)
        special = tuple(flag and place == (0, 0) for flag, place in zip(read.special, places, strict=True))
        return replace(read, special=special, spans=tuple(places))

    def _cut(self, text: Text) -> Text:
        """No longer than the model reads; a closing token stays."""
        if len(text.ids) <= self.longest:
            return text
        closing = 1 if text.special[-1] else 0
        keep = [*range(self.longest - closing), *range(len(text.ids) - closing, len(text.ids))]
        remark = f"The text is longer than this model reads: its first {self.longest} tokens are looked at."
        return replace(text.part(keep), remarks=(remark,))


def _check(text: str, where: str) -> None:
    """Python lets a text hold half a character, such as a byte of a command line that is no UTF-8; tokenizers do not."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        place = error.start + 1
        mend = "Take it out, or save the text as UTF-8."
        raise WorkbenchError(f"character {place} of the text is no character", where=where, mend=mend) from error
