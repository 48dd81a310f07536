"""How a lens gets between a model and its attention, and out again.

Three ways, in this order: the model's configuration names our attention function (`switched`); while the lens is on, our
function stands in for the names "sdpa" and "eager" (`replaced`), for the few models that compare these names and for
programs that are shipped without the sources that transformers reads before it lets anyone switch; or the softmax inside
attention modules is tapped (`tapped`), for models that do not use transformers' attention interface at all. Where only some
modules of a model do not use it, these are tapped besides.
"""

from __future__ import annotations

import inspect
import re
import sys
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from torch import nn
from transformers import PreTrainedConfig, PreTrainedModel
from transformers.modeling_utils import AttentionInterface

from workbench.engine.attention import EAGER_NAME, NAME, workbench_attention, workbench_eager_attention

_COMPARES = re.compile(r"_attn_implementation\s*(?:==|!=|(?:not\s+)?in)\s*[(\[]?\s*[\"'](?:eager|sdpa)")
_WRITTEN_OUT = frozenset({"softmax", "scaled_dot_product_attention", "multi_head_attention_forward"})
_ATTENTION = re.compile("att", re.IGNORECASE)
BUILTINS = ("sdpa", "eager")
_OURS = {"eager": EAGER_NAME, EAGER_NAME: EAGER_NAME}


@dataclass(frozen=True, kw_only=True)
class Attachment:
    """How a lens is attached, and how it is taken off."""

    way: str
    """switched | replaced | tapped"""
    undo: Callable[[], None]
    tap: bool
    """Whether some modules attend without the interface, so that these are tapped."""


def attach(model: nn.Module, *, replace_builtins: bool = True) -> Attachment:
    """Put the lens on in the first way that works.

    Args:
        model: A transformers model, or a module that holds one.
        replace_builtins: Whether the names "sdpa" and "eager" may mean our function while the lens is on.
    """
    modules = {module: name for name, module in model.named_modules()}  # walking through a model takes time: once is enough
    kinds = {type(module) for module in modules}
    attending = {cls for cls in kinds if uses_interface(cls)}
    classes = {cls for cls in kinds if issubclass(cls, PreTrainedModel)}
    if not attending or not classes:
        return Attachment(way="tapped", undo=lambda: None, tap=True)
    named = {type(module) for module, name in modules.items() if is_attention(name, module)}
    tap = any(writes_attention(cls) for cls in named)
    configs = _configs(modules)
    switchable = all(cls._can_set_attn_implementation() for cls in classes)
    if replace_builtins and (not switchable or any(_compares_names(cls.__module__) for cls in attending)):
        settings = [(config, "sdpa") for config in configs if config._attn_implementation not in BUILTINS]
        undo_settings, undo_replacement = _set(settings), _replace_builtins()

        def undo() -> None:
            undo_replacement()
            undo_settings()

        return Attachment(way="replaced", undo=undo, tap=tap)
    if not switchable:
        return Attachment(way="tapped", undo=lambda: None, tap=True)
    return Attachment(
        way="switched",
        undo=_set([(config, _OURS.get(config._attn_implementation, NAME)) for config in configs]),
        tap=tap,
    )


def uses_interface(cls: type[nn.Module]) -> bool:
    """Whether modules of this class ask transformers' attention interface what to call."""
    return _names_interface(cls.forward)


@cache
def _names_interface(forward: Callable[..., Any]) -> bool:
    plain = inspect.unwrap(forward)
    return inspect.isfunction(plain) and "ALL_ATTENTION_FUNCTIONS" in plain.__code__.co_names


def is_attention(name: str, module: nn.Module) -> bool:
    """Whether a module is named for attention: by its place in the model, or by its class."""
    return bool(_ATTENTION.search(name.rsplit(".", 1)[-1]) or _ATTENTION.search(type(module).__name__))


def writes_attention(cls: type[nn.Module]) -> bool:
    """Whether modules of this class attend by themselves: not through the interface, with a softmax in their own code."""
    if uses_interface(cls):
        return False
    methods = (method for part in cls.__mro__ if part is not nn.Module for method in vars(part).values())
    codes = (plain.__code__ for method in methods if inspect.isfunction(plain := _unwrapped(method)))
    return any(not _WRITTEN_OUT.isdisjoint(code.co_names) for code in codes)


def _unwrapped(method: Any) -> Any:  # Any: whatever stands in a class
    return inspect.unwrap(method) if callable(method) else method


@cache
def _compares_names(module: str) -> bool:
    """Whether a model's file does something of its own under the names "eager" or "sdpa"."""
    try:
        return _COMPARES.search(inspect.getsource(sys.modules[module])) is not None
    except (OSError, TypeError, KeyError):
        return True


def _configs(modules: Iterable[nn.Module]) -> list[PreTrainedConfig]:
    """Every configuration that one of a model's modules reads, once."""
    found: dict[int, PreTrainedConfig] = {}
    # Also those that only an attention module holds: composed models give their parts new configurations, too late for these.
    held = (getattr(module, "config", None) for module in modules)
    waiting = [config for config in held if isinstance(config, PreTrainedConfig)]
    while waiting:
        config = waiting.pop()
        if id(config) not in found:
            found[id(config)] = config
            parts = (getattr(config, key, None) for key in config.sub_configs)
            waiting += [part for part in parts if isinstance(part, PreTrainedConfig)]
    return list(found.values())


_lock = threading.Lock()


@dataclass(kw_only=True)
class _Held:
    """A configuration that lenses are on, and what it said before the first came."""

    config: PreTrainedConfig
    before: str
    lenses: int = 0


_held: dict[int, _Held] = {}
_replaced: list[dict[str, Any]] = []  # Any: whatever functions the names meant before each replacement


def _set(settings: list[tuple[PreTrainedConfig, str]]) -> Callable[[], None]:
    """Name the attention function in each configuration by itself (the public setter would rename its parts, too).

    Several lenses may be on one model and come off in any order: the last one restores what the first one found.
    """
    with _lock:
        for config, name in settings:
            held = _held.setdefault(id(config), _Held(config=config, before=config._attn_implementation))
            held.lenses += 1
            config._attn_implementation_internal = name

    def undo() -> None:
        with _lock:
            for config, _ in settings:
                held = _held[id(config)]
                held.lenses -= 1
                if not held.lenses:
                    config._attn_implementation_internal = held.before
                    del _held[id(config)]

    return undo


def _replace_builtins() -> Callable[[], None]:
    """Let "sdpa" and "eager" mean our functions, which call what was meant before unless someone looks."""
    mapping = AttentionInterface._global_mapping
    with _lock:
        _replaced.append({name: mapping[name] for name in BUILTINS if name in mapping})
        mapping["sdpa"], mapping["eager"] = workbench_attention, workbench_eager_attention

    def undo() -> None:
        with _lock:
            first = _replaced[0]
            _replaced.pop()
            if not _replaced:  # the last lens to come off restores what the first one found
                for name in BUILTINS:
                    del mapping[name]  # "eager" has no entry of its own: each model passes its own function as the default
                mapping.update(first)

    return undo
