"""Every place where a model drops something at random, set together.

Models keep the probability in torch's dropout modules, or as a number that their code reads from a module (our own family also
from its configuration). transformers gives all such numbers a name with ``dropout`` in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from torch.nn.modules.dropout import _DropoutNd
from transformers import PreTrainedModel

from workbench.contracts.errors import WorkbenchError
from workbench.engine.attaching import uses_interface
from workbench.engine.config import WorkbenchConfig


@dataclass(frozen=True, kw_only=True, eq=False)
class _Place:
    """One number that is a probability to drop."""

    holder: Any  # Any: a module or a configuration
    name: str
    own: float
    """What the model brought."""
    of_weights: bool
    """Whether attention weights may be dropped by it, which is slow."""


class Dropouts:
    """The dropout of a model.

    What the model never dropped, such as attention weights in most models from scratch, is not dropped by an edit either; a
    model that drops nothing at all drops everything but attention weights.
    """

    def __init__(self, model: PreTrainedModel) -> None:
        found = list(_places(model))
        self._places = [each for each in found if each.own > 0] or [each for each in found if not each.of_weights]

    def check(self) -> None:
        """Complain where there is none.

        Raises:
            WorkbenchError: the model has no dropout.
        """
        if not self._places:
            raise WorkbenchError("the model has no dropout", where="dropout", mend="Use weight_decay or token_dropout instead.")

    def set(self, share: float | None) -> None:
        """Drop with this probability from now on; None is as the model brought it."""
        for each in self._places:
            setattr(each.holder, each.name, each.own if share is None else share)


def _places(model: PreTrainedModel) -> list[_Place]:
    found = []
    if isinstance(model.config, WorkbenchConfig):
        found.append(_Place(holder=model.config, name="dropout", own=float(model.config.dropout), of_weights=False))
    for module in model.modules():
        attends = uses_interface(type(module))
        found += [
            _Place(holder=module, name=name, own=value, of_weights=attends)
            for name, value in vars(module).items()
            if "dropout" in name and isinstance(value, float)
        ]
        found += [
            _Place(holder=child, name="p", own=float(child.p), of_weights=attends)
            for child in module.children()
            if isinstance(child, _DropoutNd)
        ]
    return found
