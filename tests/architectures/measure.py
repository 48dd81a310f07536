"""One architecture: what a lens sees of it and changes in it, against the truth."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

import torch
from torch import Tensor
from transformers import PreTrainedModel

from tests.architectures.batches import PADDINGS, Given, batch_for, family_of
from tests.architectures.shrinking import tiny_model
from tests.architectures.truth import Reference, Truth, outputs_of, truth, without_head
from workbench.contracts.errors import WorkbenchError
from workbench.engine.interventions import HeadsOff
from workbench.engine.lens import Lens
from workbench.engine.recording import Record

EXACT = 1e-4
"""Largest difference that counts as the same: of weights, and of outputs relative to their largest value."""


@dataclass(kw_only=True)
class Measured:
    """What was found out about one architecture."""

    name: str
    model: str = ""
    family: str = ""
    way: str = ""
    level: str = ""
    message: str = ""
    there: int = 0
    """Attention layers that eager attention shows."""
    seen: int = 0
    """Of these, how many the lens shows as they are."""
    wrong: int = 0
    """Layers that the lens shows otherwise."""
    unproved: int = 0
    """Layers that the lens shows and nothing else does."""
    reference: str = ""
    """output_attentions | softmax | both"""
    differences: dict[str, float] = field(default_factory=dict)
    """By padding, the largest difference of a weight."""
    silenced: int = 0
    """Layers in which a head that is off gives what the ground truth gives."""
    not_silenced: list[str] = field(default_factory=list)
    """Layers in which it does not, or in which there is no ground truth."""
    trouble: str = ""
    note: str = ""

    @property
    def exact(self) -> bool:
        """Whether all its attention is seen as it is, and heads can be switched off."""
        return (
            self.seen > 0 and self.seen == self.there and not (self.wrong or self.unproved or self.not_silenced or self.trouble)
        )

    @property
    def verdict(self) -> str:
        """exact | warned | no attention | WRONG | not run"""
        if not self.way:
            return "not run"
        if self.exact:
            return "exact"
        if not self.there and not self.seen and not self.unproved and self.level == "none":
            return "no attention"
        unwarned = self.level in ("full", "tapped")
        return "WRONG" if unwarned else "warned"

    def as_dict(self) -> dict[str, Any]:
        """For a line of JSON."""
        return {**asdict(self), "verdict": self.verdict}


def measure(name: str) -> Measured:
    """Try one architecture under each padding that its kind allows."""
    found = Measured(name=name)
    eager, model = tiny_model(name, "eager"), tiny_model(name)
    found.model, found.family = type(model).__name__, family_of(model)
    paddings = PADDINGS.get(found.family, ("none",))
    if any(_differ(eager, model, batch_for(model, found.family, padding)) for padding in paddings):
        found.note = "SDPA and eager differ without any lens: measured under eager"
        model = tiny_model(name, "eager")
    with Lens(model) as lens:
        found.way = lens.way
        for padding in paddings:
            given = batch_for(model, found.family, padding)
            expected = truth(eager, given.inputs)
            try:
                _compare(found, lens, eager, given, expected, padding)
            except WorkbenchError as error:
                found.trouble = f"{padding}: {error}"
        text = found.family in PADDINGS
        try:
            support = lens.self_test(None if text else batch_for(model, found.family).inputs)
            found.level, found.message = support.level, support.message
        except WorkbenchError as error:
            found.level, found.message = "refused", str(error)
    return found


def _differ(eager: PreTrainedModel, model: PreTrainedModel, given: Given) -> bool:
    return difference(outputs_of(eager, given.inputs), outputs_of(model, given.inputs), given.real) > EXACT


def _compare(found: Measured, lens: Lens, eager: PreTrainedModel, given: Given, expected: Truth, padding: str) -> None:
    model = lens.model
    with lens.record() as seen:
        outputs = outputs_of(model, given.inputs)  # type: ignore[arg-type]
    apart = difference(outputs, expected.outputs, given.real)
    if apart > EXACT:
        found.trouble = f"{padding}: its output differs from eager's by {apart:.1e}"
    pairs, missing, surplus, largest = match(seen.records, expected.references, given.real)
    sources = {"softmax" if reference.group == "softmax" else "output_attentions" for _, reference in pairs}
    found.reference = "both" if len(sources) > 1 else next(iter(sources), "")
    found.there = max(found.there, len(expected.references))
    found.seen = len(pairs) if padding == "none" else min(found.seen, len(pairs))
    found.wrong = max(found.wrong, min(missing, surplus))
    found.unproved = max(found.unproved, surplus - min(missing, surplus))
    found.differences[padding] = largest
    _switch_off(found, lens, eager, given, expected, pairs, padding)


def _switch_off(
    found: Measured, lens: Lens, eager: PreTrainedModel, given: Given, expected: Truth,
    pairs: list[tuple[Record, Reference]], padding: str,
) -> None:  # fmt: skip
    """One head of each output projection: the layers that share one (pieces of a text, streams) are switched together."""
    shared: dict[int, list[tuple[Record, Reference]]] = {}
    for record, reference in pairs:
        if reference.projection is None:
            _note(found, f"{record.site}: no ground truth")
        else:
            shared.setdefault(reference.projection, []).append((record, reference))
    silenced = 0
    for index, layers in enumerate(shared.values()):
        where, reference = str(layers[0][0].site), layers[0][1]
        head = (index + 1) % reference.weights.shape[1]
        wanted = without_head(eager, given.inputs, reference, head)
        acts = [HeadsOff(kind=record.site.kind, layer=record.site.layer, heads=(head,)) for record, _ in layers]
        with lens.intervene(*acts):
            off = outputs_of(lens.model, given.inputs)  # type: ignore[arg-type]
        apart = difference(off, wanted, given.real)
        if apart > EXACT:
            _note(found, f"{where}: {apart:.1e} ({padding})")
        elif difference(wanted, expected.outputs, given.real) < max(20 * apart, 1e-5):
            _note(found, f"{where}: too little effect to tell ({padding})")
        else:
            silenced += len(layers)
    found.silenced = silenced if padding == "none" else min(found.silenced, silenced)


def _note(found: Measured, text: str) -> None:
    if text not in found.not_silenced:
        found.not_silenced.append(text)


def difference(one: dict[str, Tensor], other: dict[str, Tensor], real: Tensor | None) -> float:
    """Largest difference of two models' outputs where the text is real, relative to the largest value."""
    largest = 0.0
    for name in one.keys() & other.keys():
        if one[name].shape != other[name].shape:
            return float("inf")
        apart, scale = (one[name] - other[name]).abs(), max(1e-9, float(other[name].abs().max()))
        if real is not None and apart.shape[:2] == real.shape:
            apart = apart[real.bool()]
        largest = max(largest, float(apart.nan_to_num(torch.inf).max()) / scale)
    return largest


def match(
    records: list[Record], references: list[Reference], real: Tensor | None
) -> tuple[list[tuple[Record, Reference]], int, int, float]:
    """Which record is which reference, both in the order in which they happen.

    Returns:
        The pairs that agree, how many references and how many records are left over, and the largest difference in a pair.
    """
    pairs: list[tuple[Record, Reference]] = []
    reached: dict[str, int] = {}  # by group, how many records were passed: layers must come in order
    taken: set[int] = set()
    largest = 0.0
    for reference in references:
        here = range(reached.get(reference.group, 0), len(records))
        apart = {index: _apart(records[index], reference, real) for index in here if index not in taken}
        best = min(apart, key=lambda index: apart[index], default=None)
        if best is None or apart[best] > EXACT:
            continue
        largest = max(largest, apart[best])
        taken.add(best)
        reached[reference.group] = best + 1
        pairs.append((records[best], reference))
    return pairs, len(references) - len(pairs), len(records) - len(pairs), largest


def _apart(record: Record, reference: Reference, real: Tensor | None) -> float:
    assert record.weights is not None
    weights = torch.from_numpy(record.weights)
    if weights.shape != reference.weights.shape or record.site.kind not in reference.kinds:
        return float("inf")
    apart = (weights - reference.weights.float()).abs()
    if real is not None and (apart.shape[0], apart.shape[2]) == tuple(real.shape) and record.site.kind != "cross":
        apart = apart * real[:, None, :, None]  # what padding looks at means nothing
    return float(apart.nan_to_num(torch.inf).max())
