"""Importing what makes a million objects that stay."""

from __future__ import annotations

import gc
import sys
from importlib import import_module


def load(*modules: str) -> None:
    """Import modules by their names without searching what they make for garbage: the engine is there in 3.4 s instead of 4.1."""
    searched = gc.isenabled()
    gc.disable()
    try:
        for name in modules:
            if name not in sys.modules:
                import_module(name)
    finally:
        if searched:
            gc.enable()


def let_lie() -> None:
    """At the very end of a process: what its libraries made is not searched for garbage once more, which takes 0.6 s."""
    gc.disable()
