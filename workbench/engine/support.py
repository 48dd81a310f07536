"""What a lens can do with a model: found out on one small batch, and told in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import torch
from torch import Tensor, nn
from transformers import PreTrainedModel

from workbench.contracts.errors import WorkbenchError
from workbench.engine.interventions import HeadsOff, Temperature
from workbench.engine.projections import Projections, Read
from workbench.engine.recording import Look, Record, Seen
from workbench.engine.sites import Site
from workbench.engine.tap import Outside

if TYPE_CHECKING:
    from workbench.engine.lens import Lens

TOLERANCE = 1e-3
"""Largest difference, relative to the largest value, that counts as the same; mistakes of a mask or a scale are far above it."""

_GIVE = "Give a batch for the self-test."


@dataclass(frozen=True, kw_only=True)
class Support:
    """How far a lens can be trusted on a model."""

    level: Literal["full", "partial", "tapped", "none"]
    """full: all attention is seen and changed, and the seen weights explain the output. partial: some of it.
    tapped: weights are seen and changed where the model computes its softmax; queries, keys and values are not seen.
    none: nothing is seen."""
    message: str
    sites: tuple[Site, ...] = ()
    """Where attention was seen, in the order of one pass."""


def self_test(lens: Lens, batch: Mapping[str, Tensor] | None = None) -> Support:
    """Run one batch with and without looking, and judge what was seen.

    Args:
        lens: On the model.
        batch: What the model's forward takes; made from its configuration if left out.

    Raises:
        WorkbenchError: no batch was given and none can be made.
    """
    model = lens.model
    inputs = dict(batch) if batch is not None else small_batch(model)
    with evaluating(model), torch.no_grad():
        try:
            with Outside(model) as outside:
                plain = _run(model, inputs)
        except (RuntimeError, TypeError, ValueError, LookupError, AttributeError) as error:
            raise WorkbenchError(
                f"the model cannot run the small batch: {error}", where=type(model).__name__, mend=_GIVE
            ) from error
        try:
            seen, looked = _look(lens, inputs, "weights", "v", "output")
        except WorkbenchError:
            try:
                seen, looked = _look(lens, inputs, "weights")
            except WorkbenchError as error:
                return Support(level="none", message=f"Attention cannot be seen: {error}")
        try:
            with lens.intervene(Temperature(value=1.0)):
                changed = _run(model, inputs)
            trouble = "" if _same(changed, plain) else "Interventions cannot be trusted: one that should change nothing does."
        except WorkbenchError as error:
            trouble = f"Interventions are not possible: {error}"
        uneven = [] if trouble else _not_silenced(lens, inputs)
    sites = tuple(record.site for record in seen.records)
    if not sites:
        return Support(level="none", message="No attention was seen: this model computes it in a way that cannot be watched.")
    if not _same(looked, plain):
        return Support(
            level="none", message="Looking changes what the model computes, so what is seen is not what it does.", sites=sites
        )
    names = {module: name for name, module in model.named_modules()}
    met = Counter(site.name for site in sites)
    unseen = sorted(names[module] for module, calls in outside.calls.items() if calls > met[names[module]])
    tuned = hasattr(model, "peft_config")  # a tuned prompt or prefix puts positions before the text's
    blocks = [] if tuned else [str(record.site) for record in seen.records if not _over_tokens(record, inputs)]
    doubtful = [record.site for record in seen.records if not _explains(record)]
    remarks = [trouble] if trouble else []
    if unseen:
        remarks.append(f"Attention in {_some(unseen)} is not seen, or not all of it: it is written out in a way of its own.")
    if doubtful:
        remarks.append(f"What is seen in {_some([str(site) for site in doubtful])} does not explain its output.")
    if blocks:
        remarks.append(
            f"Rows and columns of {_some(blocks)} are not the text's tokens: it is read in blocks, windows or summaries."
        )
    if uneven:
        remarks.append(
            f"A head that is switched off in {_some(uneven)} still acts or changes the others: "
            "heads are mixed before they are projected."
        )
    count = ", ".join(f"{len(seen.of(kind))} {kind}" for kind in seen.kinds)
    if remarks:
        return Support(level="partial", message=" ".join([f"Attention layers seen: {count}.", *remarks]), sites=sites)
    if any(record.v is None for record in seen.records):
        message = f"Weights of all attention layers are seen at their softmax ({count}); queries, keys and values are not."
        return Support(level="tapped", message=message, sites=sites)
    return Support(level="full", message=f"All attention is seen and can be changed: layers {count}.", sites=sites)


def _look(lens: Lens, inputs: Mapping[str, Tensor], *what: str) -> tuple[Seen, Tensor]:
    with lens.record(Look(what=what)) as seen:
        return seen, _run(lens.model, inputs)


def _not_silenced(lens: Lens, inputs: Mapping[str, Tensor]) -> list[str]:
    """The sites where a head that is off is not simply missing from what the output projection reads.

    One layer of each class and kind is tried. Where no output projection is found, that cannot be told.
    """
    modules = dict(lens.model.named_modules())

    def read(*acts: HeadsOff) -> tuple[list[Site], list[Read]]:
        seen: Seen
        watch = Projections(lambda: [len(record.heads) for record in seen.records])
        with watch, lens.record() as seen, lens.intervene(*acts):  # beneath a tap, to see what it opens
            _run(lens.model, inputs)
        return [record.site for record in seen.records], watch.found

    sites, plain = read()
    tried: set[tuple[type[nn.Module], str]] = set()
    wrong = []
    for before in plain:
        here = [sites[call] for call in before.calls]
        like = type(modules[here[0].name]), here[0].kind
        if like in tried:
            continue
        tried.add(like)
        _, changed = read(*(HeadsOff(kind=site.kind, layer=site.layer, heads=(0,)) for site in here))
        after = next((found.value for found in changed if found.calls == before.calls), before.value)
        apart = ((after - before.value).abs() > TOLERANCE * before.value.abs().max()).flatten(0, -2).any(0)  # (features,)
        if after[..., apart].any():  # only the head's own share may change, and becomes nothing
            wrong.append(str(here[0]))
    return wrong


def _run(model: nn.Module, inputs: Mapping[str, Tensor]) -> Tensor:
    """The model's first output; the same random numbers each time, for models that draw some (such as masked autoencoders)."""
    with torch.random.fork_rng():
        torch.manual_seed(0)
        return first_numbers(model(**inputs))


@contextmanager
def evaluating(model: nn.Module) -> Iterator[None]:
    """Evaluation mode within the block (dropout would distort what is seen); each part is then put back as it was."""
    training = [module for module in model.modules() if module.training]
    if training:
        model.eval()
    try:
        yield
    finally:
        for module in training:
            module.training = True


def device_of(model: nn.Module) -> torch.device:
    """Where a model's weights are."""
    return next((part.device for part in model.parameters()), torch.device("cpu"))


def placed(model: nn.Module, inputs: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Inputs where the model's weights are."""
    return {name: value.to(device_of(model)) for name, value in inputs.items()}


def small_batch(model: nn.Module) -> dict[str, Tensor]:
    """Two short texts of arbitrary tokens, the second padded on the right.

    Raises:
        WorkbenchError: the model does not read token ids.
    """
    part = next((part for part in model.modules() if isinstance(part, PreTrainedModel)), None)
    if part is None or part.main_input_name != "input_ids":
        raise WorkbenchError("no small batch can be made for this model", where=type(model).__name__, mend=_GIVE)
    words = getattr(part.config.get_text_config(), "vocab_size", None) or 128  # models of characters have no vocabulary
    ids = (torch.arange(12, device=part.device).reshape(2, 6) * 7 + 3) % words
    mask = torch.ones_like(ids)
    mask[1, -1] = 0
    inputs = {"input_ids": ids, "attention_mask": mask}
    if part.config.is_encoder_decoder:
        inputs["decoder_input_ids"] = ids[:, :4].flip(0)
    return inputs


def _explains(record: Record) -> bool:
    """Whether weights are weights over positions, and mix the values into the output."""
    weights = record.weights
    assert weights is not None
    # Attention sinks leave a row below 1, a query that sees nothing leaves it at 0; nothing brings it above 1.
    if not (np.isfinite(weights).all() and (weights >= 0).all() and (weights.sum(-1) <= 1 + 1e-3).all()):
        return False
    if record.v is None or record.output is None:
        return bool((weights.sum(-1) >= 1 - 1e-3).all())
    return _same(torch.from_numpy(weights @ record.v), torch.from_numpy(record.output))


def _over_tokens(record: Record, inputs: Mapping[str, Tensor]) -> bool:
    """Whether the axes are as long as the texts; a picture or a sound becomes as many positions as it likes."""
    if any(value.is_floating_point() for value in inputs.values()):
        return True
    assert record.weights is not None
    return set(record.weights.shape[2:]) <= {value.shape[1] for name, value in inputs.items() if name.endswith("input_ids")}


def _same(one: Tensor, other: Tensor) -> bool:
    scale = max(1.0, float(other.abs().max()))
    return one.shape == other.shape and bool(((one - other).abs() <= TOLERANCE * scale).all())


def first_numbers(output: Any) -> Tensor:  # Any: whatever a model returns
    """The first tensor of numbers in a model's output."""
    parts = output.values() if isinstance(output, Mapping) else output if isinstance(output, (tuple, list)) else (output,)
    for part in parts:
        inside = part if isinstance(part, (tuple, list)) else (part,)
        found = next((number for number in inside if isinstance(number, Tensor) and number.is_floating_point()), None)
        if found is not None:
            return found.float()
    raise WorkbenchError(
        "the model's output holds no numbers", where=type(output).__name__, mend="Give a model that returns tensors."
    )


def _some(names: list[str]) -> str:
    return ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")
