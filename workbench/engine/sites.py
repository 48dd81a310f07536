"""Where attention happens inside a model: which stack, which layer, which call.

A module alone does not say it: ALBERT runs one module for every layer, few models number their layers from zero, and
only some say whether they look at another sequence. So a site is a dotted module name plus the number of the call within
one pass, and its layer is its turn among the sites of its kind in that pass.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from torch import nn

_CROSS = re.compile(r"cross|encoder_attn|encdec|enc_dec|encoderdecoder|multihead_attn|\bxattn", re.IGNORECASE)
_STACK = re.compile(r"\b(encoder|decoder)", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Site:
    """One place where a model attends."""

    name: str
    """Dotted name of the attention module inside the model."""
    call: int
    """How many times this module ran before in the same pass; above zero only where layers share a module."""
    kind: str
    """encoder (sees both sides), decoder (sees the past) or cross (sees another sequence)."""
    layer: int
    """How many sites of this kind came before in the same pass."""

    def __str__(self) -> str:
        return f"{self.kind} layer {self.layer} ({self.name})"


def kind_of(module: nn.Module, name: str, causal: bool | None, cross: bool = False) -> str:
    """encoder, decoder or cross, from what the module says of itself, else from its name.

    Args:
        module: The attention module.
        name: Its dotted name.
        causal: What the model passed with this call, None where it passed nothing.
        cross: Whether the call itself says that queries and keys are of two sequences.
    """
    if cross or getattr(module, "is_cross_attention", False) or _CROSS.search(name) or "CrossAttention" in type(module).__name__:
        return "cross"
    says = causal if causal is not None else getattr(module, "is_causal", None)
    stack = _STACK.search(name)
    if says is None and stack is None:
        says = getattr(getattr(module, "config", None), "is_decoder", False)
    if says or (stack is not None and stack.group().lower() == "decoder"):
        return "decoder"
    return "encoder"


@dataclass(kw_only=True)
class Walk:
    """Names the sites of a pass in the order in which they are met."""

    names: Mapping[nn.Module, str]
    calls: Counter[str] = field(default_factory=Counter)
    layers: Counter[str] = field(default_factory=Counter)

    def visit(self, module: nn.Module, causal: bool | None, cross: bool = False) -> Site:
        """The site of this call; counts it."""
        name = self.names[module]
        kind = kind_of(module, name, causal, cross)
        site = Site(name=name, call=self.calls[name], kind=kind, layer=self.layers[kind])
        self.calls[name] += 1
        self.layers[kind] += 1
        return site

    def copy(self) -> Walk:
        """The same place in the pass, to go on from a second time."""
        return Walk(names=self.names, calls=self.calls.copy(), layers=self.layers.copy())

    def restart(self) -> None:
        """A new pass begins."""
        self.calls.clear()
        self.layers.clear()
