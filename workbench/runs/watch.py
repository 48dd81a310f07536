"""Looking at a model while it trains: between two steps, in evaluation mode, within a share of the time.

Looking is a pass of its own over one text, so training computes the same weights whether somebody looks or not.
"""

from __future__ import annotations

import dataclasses
import threading
import time
from collections.abc import Generator
from typing import Any

import torch
from tokenizers import Tokenizer
from transformers import PreTrainedModel

from workbench.contracts.errors import WorkbenchError
from workbench.contracts.events import Edited, Event, Looked, Paused, Resumed, Started, Step
from workbench.data.recipe import Recipe, encode_strings
from workbench.data.tokenizers import special_ids
from workbench.engine.capture import capture
from workbench.engine.control import Control
from workbench.engine.lens import Lens
from workbench.engine.position_frames import position_frame
from workbench.engine.tasks import Prediction, Task
from workbench.engine.tasks.base import Reader

SHARE = 0.03
"""Of the time of training, at most, for looks that nobody asked for just now."""
LOOKS_PER_SECOND = 20.0
ANSWERS_PER_SECOND = 1.0
"""How often the model's answer to the text is computed anew: writing one token by token costs as many passes."""
ARROW = "→"
"""Between a text and the target that the decoder is to read, where a person gives both."""


class Watch:
    """What a person wants to see. Any thread may change it; training reads it between steps."""

    def __init__(self, text: str = "", *, share: float = SHARE) -> None:
        self._lock = threading.Lock()
        self._text, self._asked = text, True
        self._other = ""
        self._open = True
        self._share = share
        self._next = 0.0

    @property
    def text(self) -> str:
        """The text to look at; empty for an example of the data."""
        with self._lock:
            return self._text

    def look_at(self, text: str) -> None:
        """Look at another text, after the step that is being made."""
        with self._lock:
            self._text, self._asked = text, True

    def compare_with(self, text: str) -> None:
        """Look at a second text in the same moments; at none where it is empty."""
        with self._lock:
            self._other, self._asked = text, True

    def look_again(self) -> None:
        """Look once more as soon as possible."""
        with self._lock:
            self._asked = True

    @property
    def asked(self) -> bool:
        """Whether somebody waits for a look."""
        with self._lock:
            return self._asked

    def set_open(self, is_open: bool) -> None:
        """Whether anybody is looking: nothing is spent on pictures that are not on a screen."""
        with self._lock:
            self._asked = self._asked or (is_open and not self._open)
            self._open = is_open

    def due(self) -> bool:
        """Whether to look now: somebody asked, or enough time has passed since the last look."""
        with self._lock:
            return self._asked or (self._open and time.monotonic() >= self._next)

    def look(self, observer: Observer, step: int) -> Looked:
        """Look, and decide when to look again: looks take no more than their share of the time."""
        with self._lock:
            text, other, self._asked = self._text, self._other, False
        began = time.monotonic()
        looked = observer.look_at_both(text, other, step)
        cost = time.monotonic() - began
        with self._lock:
            self._next = began + cost + max(1 / LOOKS_PER_SECOND, cost * (1 - self._share) / self._share)
        return looked

    def beside(self, events: Generator[Event, None, Any], observer: Observer, control: Control) -> Generator[Event, None, Any]:
        """The events of a training with looks between them, also while it is paused; returns what the training returns."""
        paused = False
        while True:
            try:
                event = next(events)
            except StopIteration as end:
                return end.value
            yield event
            paused = (paused or isinstance(event, Paused)) and not isinstance(event, Resumed)
            if isinstance(event, Edited) and paused:  # what it does is seen at once, not only after the next step
                observer.answer_anew()
                self.look_again()
            if isinstance(event, (Started, Step)) and self.due():
                yield self.look(observer, event.step)
            while paused and not control.wait(0.02):
                if self.asked:  # nothing moves by itself while training waits
                    yield self.look(observer, event.step)


class Observer:
    """Sees one text through a model, as frames, with what the model answers.

    Args:
        model: Trains in the same thread; its mode is kept.
        task: How to read its answers.
        recipe: How to encode a text; of prepared data, an example of theirs stands in for an empty text.
        patience: Seconds for which an answer is good enough, unless `answer_anew` says otherwise.
    """

    def __init__(self, model: PreTrainedModel, task: Task, recipe: Recipe, *, patience: float = 1 / ANSWERS_PER_SECOND) -> None:
        self._patience = patience
        self.model, self.task, self.recipe = model, task, recipe
        self._own = self._example()
        self._second: Observer | None = None
        self._read: tuple[str, list[int], list[int] | None] | None = None
        self._answer = Prediction(text="")
        self._written: list[int] = []
        self._answered = -1.0
        self._cut = False
        self._types: list[int] | None = None

    def look(self, text: str, step: int, lens: Lens | None = None) -> Looked:
        """One look; what cannot be shown is said in `Looked.trouble`.

        Args:
            text: To look at; empty for the example.
            step: At which it is.
            lens: A lens that is on the model already; otherwise one is put on and taken off.
        """
        shown, text = text, text.strip() or self._own
        try:
            source, target = self._encode(text)
            self._reply(text)
            inputs = {"input_ids": torch.tensor([source])}
            if self._types is not None and self.task.types:
                inputs["token_type_ids"] = torch.tensor([self._types])
            decoded: list[int] = []
            if self.task.name == "seq2seq":
                decoded = [self.model.config.decoder_start_token_id, *(self._written if target is None else target)]
                decoded = decoded[: self.recipe.data.max_target_length or len(decoded)]
                inputs["decoder_input_ids"] = torch.tensor([decoded])
            frames = capture(
                self.model, inputs, tokens=names(self.recipe.tokenizer, source), step=step,
                target_tokens=names(self.recipe.tokenizer, decoded), lens=lens,
            )  # fmt: skip
            positions = position_frame(self.model, max(len(source), len(decoded)), step=step)
            return Looked(
                step=step, time=time.time(), text=shown or text, frames=frames, positions=positions, trouble=self._remark(source),
                prediction=self._answer.text, probabilities=dict(self._answer.probabilities),
            )  # fmt: skip
        except WorkbenchError as error:
            return Looked(
                step=step, time=time.time(), text=shown or text, frames={}, trouble=f"{error.what} {error.mend}".strip()
            )

    def answer_anew(self) -> None:
        """The next look computes the model's answer again."""
        self._answered = -1.0

    @property
    def own(self) -> str:
        """The example that stands in for an empty text."""
        return self._own

    def length(self, text: str) -> int:
        """How many tokens a text has, with those of a target behind an arrow.

        Raises:
            WorkbenchError: it has none.
        """
        source, target = self._encode(text)
        return len(source) + len(target or ())

    def look_at_both(self, text: str, other: str, step: int) -> Looked:
        """One look, and in the same moment one at a second text unless that is empty."""
        looked = self.look(text, step)
        if not other.strip():
            return looked
        if self._second is None:  # it keeps what it knows of its own text
            self._second = Observer(self.model, self.task, self.recipe)
        return dataclasses.replace(looked, other=self._second.look(other, step))

    def _encode(self, text: str) -> tuple[list[int], list[int] | None]:
        """Token ids of a text and, where it names one, of the target."""
        if self._read is None or self._read[0] != text:
            source, arrow, target = text.partition(ARROW) if self.task.name == "seq2seq" else (text, "", "")
            ids = self._ids(source)
            encoded = encode_strings(self.recipe, [source])
            self._cut, types = encoded.cut > 0, encoded.examples.types
            self._types = None if types is None else [int(number) for number in types[0]]
            if self.task.name == "causal-lm":
                ids = ids[:-1] or ids
            self._read = (text, ids, self._ids(target) if arrow else None)
            self._answered = -1.0
        return self._read[1], self._read[2]

    def _remark(self, ids: list[int]) -> str:
        """What a person should know of the tokens they look at: how many are unknown, whether the text was cut."""
        remarks = []
        unknown = special_ids(self.recipe.tokenizer).unk
        if unknown is not None and unknown in ids:
            remarks.append(f"{ids.count(unknown)} of {len(ids)} tokens are unknown to this model.")
        if self._cut:
            remarks.append(f"The text is longer than this model reads: its first {len(ids)} tokens are looked at.")
        return " ".join(remarks)

    def _ids(self, text: str) -> list[int]:
        if not text.strip():
            raise WorkbenchError("the text is empty", where="text", mend="Type a text with at least one word.")
        return [int(number) for number in encode_strings(self.recipe, [text]).examples.inputs[0]]

    def _reply(self, text: str) -> None:
        """What the model answers, anew when the last answer is no longer good enough."""
        now = time.monotonic()
        if self._answered >= 0 and now - self._answered < self._patience:
            return
        training = self.model.training
        try:
            self.model.eval()
            source = text.partition(ARROW)[0] if self.task.name == "seq2seq" else text
            examples = encode_strings(self.recipe, [source]).examples
            self._answer = self.task.predict(Reader(self.model, self.recipe.tokenizer), examples)[0]
        finally:
            self.model.train(training)
        if self.task.name == "seq2seq":
            self._written = self._ids(self._answer.text) if self._answer.text.strip() else []
        self._answered = now

    def _example(self) -> str:
        """A text of the validation rows of ordinary length, with its target where the model writes one."""
        texts = getattr(self.recipe, "texts", None)
        validation = getattr(self.recipe, "validation", None)
        if texts is None or validation is None:
            return ""
        lengths = validation.inputs.lengths
        middle = int(lengths.argsort(kind="stable")[len(lengths) * 3 // 5])
        (text, target), *_ = texts("validation", [middle])
        if self.task.name == "causal-lm":
            return " ".join(text.split())[:80]
        return f"{text} {ARROW} {target}" if self.task.name == "seq2seq" else text


def names(tokenizer: Tokenizer, ids: list[int]) -> tuple[str, ...]:
    """Tokens as they stand in the vocabulary."""
    return tuple(tokenizer.id_to_token(number) or "?" for number in ids)
