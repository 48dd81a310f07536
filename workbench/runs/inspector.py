"""A model that is looked into: texts or pictures go through it under a lens, all heads come back small, any head whole.

inspector = Inspector.open("path/to/model")
seen = inspector.look("The cat sat on the mat.")
seen.walls["encoder"].tiles[2, 5]                    # layer 3, head 6
inspector.head("encoder", 2, 5).weights              # every weight
inspector.look(Query(text="The cat sat.", changes=(Change(act="off", kind="encoder", layer=2, head=5),)))
inspector.inspect("The cat sat on the mat.").write("cat.html")
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from importlib.metadata import version
from inspect import signature
from pathlib import Path
from typing import Any, Self

import numpy as np
import torch
from torch import Tensor

import workbench
from workbench.contracts.errors import WorkbenchError
from workbench.contracts.inspection import Answer, HeadMap, Inspected, ModelFacts, Query, Wall
from workbench.engine.answers import answer_of, answers
from workbench.engine.devices import free_memory
from workbench.engine.identifiability import hidden_dimensions
from workbench.engine.lens import Lens
from workbench.engine.recording import Look, Record, Seen
from workbench.engine.support import evaluating
from workbench.runs.changes import intervention, only
from workbench.runs.inspection import Inspection, Weights
from workbench.runs.looking import Looking, open_for_looking
from workbench.runs.pictures import NOT_YET, TILE, Pictures, place_of
from workbench.runs.texts import Text, Texts

KEPT = 2
"""Passes that are remembered: a text, and another one beside it."""
WRITTEN = 40
"""Tokens that a model with an encoder and a decoder writes where it is given no target."""


@dataclass(frozen=True, kw_only=True)
class Pass:
    """What went through the model, so that more of it can be seen."""

    inputs: dict[str, Tensor]
    seen: Inspected


class Inspector:
    """One model under a lens. For one thread."""

    def __init__(self, opened: Looking) -> None:
        model, recipe = opened.model, opened.recipe
        self.model = model
        self.task = recipe.task if recipe is not None else answers(model)
        self._two = bool(model.config.is_encoder_decoder)
        self._texts, self._pictures = None, None
        if opened.tokenizer is not None:
            self._texts = Texts(opened.tokenizer, recipe, self.task, opened.longest)
        elif opened.images is not None and not self._two:
            self._pictures = Pictures(opened.images, model)
        else:
            mend = "Open a model that reads text, or classifies pictures."
            raise WorkbenchError("this model writes about pictures", where=str(opened.path), mend=mend)
        self.lens = Lens(model)
        self._passes: dict[Query, Pass] = {}  # the latest at the end
        support = opened.support
        layers = Counter(site.kind for site in support.sites)
        self._types = "token_type_ids" in signature(model.forward).parameters and recipe is None
        self.facts = ModelFacts(
            path=str(opened.path), name=type(model).__name__, task=self.task,
            parameters=sum(part.numel() for part in model.parameters()), layers=dict(layers),
            heads=opened.heads, longest=opened.longest,
            support=support.level, message=support.message, remarks=opened.remarks, sha256=opened.sha256, step=opened.step,
            takes_pair=self._pictures is None and (self._two or "decoder" not in layers),
            reads="text" if self._pictures is None else "picture",
        )  # fmt: skip

    @classmethod
    def open(
        cls, source: str | Path, *, step: int | None = None, progress: Callable[[int, int], None] | None = None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> Self:  # fmt: skip
        """A run, a folder with a model and its tokenizer or its image processor, or a name on the hub.

        Args:
            source: Its path or name.
            step: Of a run: the step whose weights are looked at; its latest where it is left out.
            progress: Hears how many bytes of a download are there, of how many.
            cancelled: Whether to stop a download.

        Raises:
            Cancelled: the download was stopped.
            WorkbenchError: there is none, or it cannot be used.
        """
        return cls(open_for_looking(source, step=step, progress=progress, cancelled=cancelled))

    def close(self) -> None:
        """Take the lens off."""
        self.lens.close()

    # -- looking --------------------------------------------------------------------------------------------------

    def look(self, query: Query | str) -> Inspected:
        """Run a text or a picture through the model and see all heads small.

        Args:
            query: A text, or a text with what is asked of it.

        Raises:
            WorkbenchError: a text or picture that cannot be read, a change that cannot be made, or attention that cannot be seen.
        """
        query = Query(text=query) if isinstance(query, str) else query
        shot = self._pictures.read(query) if self._pictures is not None else None
        text = self._read(query) if shot is None else NOT_YET
        acts = [intervention(change) for change in query.changes]
        began = time.perf_counter()
        with evaluating(self.model), torch.no_grad():
            with self.lens.intervene(*acts):
                inputs, text, target, written = self._inputs(query, text) if shot is None else (shot.inputs, text, None, "")
                with self.lens.record(Look(what=("tiles", "trust"), tile=Look.tile if shot is None else TILE)) as seen:
                    answer = self._run(inputs)
            seconds = time.perf_counter() - began
            before = self._run(inputs) if acts else None
        if not seen.records:
            raise WorkbenchError(
                "no attention was seen", where=type(self.model).__name__, mend="This model's attention cannot be seen."
            )
        picture = None
        if shot is not None and self._pictures is not None:
            text, picture = self._pictures.tokens(shot, seen.records)
        walls: dict[str, Wall] = {}
        remarks = list(text.remarks)
        for kind in seen.kinds:
            walls[kind], remark = self._wall(kind, seen.of(kind), text, target)
            remarks += [remark] if remark else []
        found = Inspected(
            query=query, walls=walls, tokens=text.tokens, target_tokens=target.tokens if target else (), special=text.special,
            spans=text.spans, target_spans=target.spans if target else (), answer=replace(answer, written=written), before=before,
            remarks=tuple(remarks), seconds=seconds, picture=picture,
            provenance={**self.provenance(query), **({"picture_sha256": shot.sha256} if shot is not None else {})},
        )  # fmt: skip
        self._passes.pop(query, None)
        self._passes[query] = Pass(inputs=inputs, seen=found)
        while len(self._passes) > KEPT:
            del self._passes[next(iter(self._passes))]
        return found

    def inspect(
        self, query: Query | str, *, layer: int | None = None, head: int | None = None, kind: str | None = None, token: str = ""
    ) -> Inspection:  # fmt: skip
        """Look, and be able to write what is seen to a file or to show it in a notebook.

        Args:
            query: A text, or a text with what is asked of it.
            layer: Counted from 0; None is all.
            head: Counted from 0; None is all.
            kind: encoder, decoder or cross; None is all.
            token: Of a picture: the patch whose attention is drawn over it, ``3,7`` is row 3 and column 7, from 1; or another
                token such as ``[CLS]``, which is first where nothing is said.

        Raises:
            WorkbenchError: as `look`; a second text that the model does not read; no such kind, layer, head or token.
        """
        query = Query(text=query) if isinstance(query, str) else query
        if query.pair.strip() and not self.facts.takes_pair:
            raise WorkbenchError("a decoder reads one text", where="pair", mend="Put both into one text.")
        layers, heads = max(self.facts.layers.values(), default=0), self.facts.heads
        for name, value, size in (("layer", layer, layers), ("head", head, heads)):
            if value is not None and size and not 0 <= value < size:
                raise WorkbenchError(f"there is no {name} {value}", where=name, mend=f"This model has {size}: 0 to {size - 1}.")
        if kind is not None and kind not in self.facts.layers:
            mend = f"This model has {', '.join(self.facts.layers)}."
            raise WorkbenchError(f"there is no {kind} attention", where="kind", mend=mend)
        if token and self._pictures is None:
            mend = "Leave it out: every token of a text is drawn."
            raise WorkbenchError("one token is chosen for pictures only", where="query", mend=mend)
        seen = self.look(query)
        kinds = None if kind is None else (kind,)
        return Inspection(
            facts=self.facts, seen=seen, layer=layer, head=head, kind=kind, token=place_of(token, seen.tokens),
            weights_bytes=self.weights_bytes(kinds, only(layer), only(head)),
            every=partial(self.weights, kinds, only(layer), only(head), query=query),
            whole=partial(self.head, query=query),
        )  # fmt: skip

    def head(self, kind: str, layer: int, head: int, query: Query | None = None) -> HeadMap:
        """Every weight of one head, of the text that was looked at last or of another one.

        Raises:
            WorkbenchError: nothing was looked at yet, or there is no such head.
        """
        parts = () if self.lens.way == "tapped" else ("value_norms", "v")
        query = query or self._last_query()
        record = self.record(query, Look(kinds=(kind,), layers=(layer,), heads=(head,), what=("weights", "trust", *parts)))
        assert record.weights is not None
        assert record.trust is not None
        return HeadMap(
            kind=kind, layer=layer, head=head, weights=record.weights[0, 0], trust=float(record.trust[0, 0]),
            off=any(change.switches_off(kind, layer, head) for change in query.changes),
            value_norms=None if record.value_norms is None else record.value_norms[0, 0],
            hidden_dimensions=None if record.v is None else hidden_dimensions(*record.v.shape[2:]),
        )  # fmt: skip

    def record(self, query: Query, look: Look) -> Record:
        """Anything a lens can record in one layer.

        Raises:
            WorkbenchError: a text that cannot be read, or there is no such layer or head.
        """
        return self.records(query, look)[0]

    def records(self, query: Query, look: Look) -> list[Record]:
        """Anything a lens can record, in all layers that are looked at.

        Raises:
            WorkbenchError: a text that cannot be read, or there is no such layer or head.
        """
        seen = self._again(query, look)
        if not seen.records:
            raise WorkbenchError("there is no such layer", where=str(look.layers), mend="Choose a layer that is there.")
        return seen.records

    def weights(
        self, kinds: tuple[str, ...] | None = None, layers: tuple[int, ...] | None = None, heads: tuple[int, ...] | None = None,
        query: Query | None = None,
    ) -> dict[str, Weights]:  # fmt: skip
        """Every weight of many heads in one pass, of the text that was looked at last or of another one; None is all.

        Raises:
            WorkbenchError: nothing was looked at yet, there is no such head, or memory does not hold so many.
        """
        query = query or self._last_query()
        needed, free = self.weights_bytes(kinds, layers, heads, query), free_memory(torch.device("cpu"))
        if needed > free:
            raise WorkbenchError(
                f"all these weights take {needed / 1e9:,.1f} GB of memory, and {free / 1e9:,.1f} GB are free", where="memory",
                mend="Choose one layer and one head, take a shorter text, or write .html, which keeps every head small.",
            )  # fmt: skip
        seen, walls = self._again(query, Look(kinds=kinds, layers=layers, heads=heads)), self.seen(query).walls
        found = {}
        for kind in seen.kinds:
            wall = walls[kind]
            kept = [record for record in seen.of(kind) if record.site.layer in wall.layers]
            if kept:
                found[kind] = Weights(
                    kind=kind, layers=tuple(record.site.layer for record in kept), heads=kept[0].heads, queries=wall.queries,
                    keys=wall.keys, weights=np.concatenate([record.weights for record in kept if record.weights is not None]),
                )  # fmt: skip
        return found

    def weights_bytes(
        self, kinds: tuple[str, ...] | None = None, layers: tuple[int, ...] | None = None, heads: tuple[int, ...] | None = None,
        query: Query | None = None,
    ) -> int:  # fmt: skip
        """How much memory `weights` will take: once as they are recorded, once as one array."""
        cells = 0
        for kind, wall in self.seen(query or self._last_query()).walls.items():
            if kinds is None or kind in kinds:
                all_layers, all_heads = wall.tiles.shape[:2]
                count = len(layers or range(all_layers)) * len(heads or range(all_heads))
                cells += count * len(wall.queries) * len(wall.keys)
        return 2 * 4 * cells

    def _again(self, query: Query, look: Look) -> Seen:
        """A text with its changes, looked at otherwise."""
        inputs = self.inputs(query)
        acts = [intervention(change) for change in query.changes]
        with evaluating(self.model), torch.no_grad(), self.lens.intervene(*acts), self.lens.record(look) as seen:
            self.model(**inputs)
        return seen

    def _last_query(self) -> Query:
        if not self._passes:
            raise WorkbenchError("no text was looked at yet", where="text", mend="Look at a text first.")
        return next(reversed(self._passes))

    def inputs(self, query: Query) -> dict[str, Tensor]:
        """What the model is given for a text; it is read and, where asked for, written first.

        Raises:
            WorkbenchError: a text that cannot be read.
        """
        self.seen(query)
        return self._passes[query].inputs

    def seen(self, query: Query) -> Inspected:
        """What `look` gave for a text; it is looked at anew where it was not among the last ones.

        Raises:
            WorkbenchError: as `look`.
        """
        known = self._passes.get(query)
        return self.look(query) if known is None else known.seen

    def name_of(self, number: int) -> str:
        """A token id as it stands in the vocabulary."""
        return self._texts.name_of(number) if self._texts is not None else str(number)

    @property
    def special_ids(self) -> frozenset[int]:
        """Tokens that are no part of a text."""
        return self._texts.special_ids if self._texts is not None else frozenset()

    @property
    def mask_id(self) -> int | None:
        """The token that hides another."""
        return self._texts.mask_id if self._texts is not None else None

    # -- parts ----------------------------------------------------------------------------------------------------

    def _read(self, query: Query) -> Text:
        assert self._texts is not None
        return self._texts.read(query, pair=not self._two and self.facts.takes_pair)

    def _inputs(self, query: Query, text: Text) -> tuple[dict[str, Tensor], Text, Text | None, str]:
        """What the model is given, the text with what was written, the decoder's text, and what was written."""
        assert self._texts is not None
        inputs, target, written = self._tensors(text), None, ""
        if self._two:
            written = query.pair.strip()
            if written:
                target = self._texts.target(written, self.model.config.get_text_config(decoder=True).decoder_start_token_id or 0)
            else:
                target = self._texts.of_ids(self._write(inputs, query.write or WRITTEN))
                written = self._texts.decode(target.ids)
            inputs["decoder_input_ids"] = torch.tensor([target.ids], device=self.model.device)
        elif query.write and self.task == "causal-lm" and len(text.ids) < self._texts.longest:
            ids = self._write(inputs, min(query.write, self._texts.longest - len(text.ids)))
            new = self._texts.of_ids(ids[len(text.ids) :])
            written, text = self._texts.decode(new.ids), text.followed_by(new)
            inputs = self._tensors(text)
        return inputs, text, target, written

    def _tensors(self, text: Text) -> dict[str, Tensor]:
        return {name: tensor.to(self.model.device) for name, tensor in text.tensors(self._types).items()}

    def _write(self, inputs: dict[str, Tensor], most: int) -> list[int]:
        """The likeliest continuation, token by token."""
        model: Any = self.model  # Any: generate() comes from a mixin that not every model has
        ids: list[int] = model.generate(**inputs, max_new_tokens=most, do_sample=False, num_beams=1)[0].tolist()
        return ids

    def _run(self, inputs: dict[str, Tensor]) -> Answer:
        more: dict[str, Any] = {"use_cache": False} if self.task in ("causal-lm", "seq2seq") else {}  # Any: forward's flags
        return answer_of(self.model, self.task, inputs, self.model(**inputs, **more), self.name_of, self.mask_id)

    def _wall(self, kind: str, records: Sequence[Record], text: Text, target: Text | None) -> tuple[Wall, str]:
        """All heads of a kind; layers of another shape than most are left out, and said."""
        shapes = Counter(record.tiles.shape for record in records if record.tiles is not None)
        shape = shapes.most_common(1)[0][0]
        kept = [record for record in records if record.tiles is not None and record.tiles.shape == shape]
        decoder = target.tokens if target is not None else text.tokens
        queries = text.tokens if kind == "encoder" else decoder
        keys = decoder if kind == "decoder" else text.tokens
        wall = Wall(
            kind=kind, tiles=np.stack([record.tiles[0] for record in kept if record.tiles is not None]),
            trust=np.stack([record.trust[0] for record in kept if record.trust is not None]),
            queries=queries, keys=keys, layers=tuple(record.site.layer for record in kept),
        )  # fmt: skip
        left = len(records) - len(kept)
        return wall, f"{left} {kind} layers have another shape and are not shown." if left else ""

    def provenance(self, query: Query) -> dict[str, str]:
        """Where what is seen of a text comes from, for whoever finds it later."""
        facts = self.facts
        read = {"picture": query.picture} if self._pictures is not None else {"text": query.text, "pair": query.pair}
        said = {
            "model": facts.path, "class": facts.name, "weights_sha256": facts.sha256, **read,
            "changes": "; ".join(str(change) for change in query.changes), "way": self.lens.way,
            "attention-workbench": workbench.__version__, **{name: version(name) for name in ("torch", "transformers")},
        }  # fmt: skip
        return {name: value for name, value in said.items() if value}
