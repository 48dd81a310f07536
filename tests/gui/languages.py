"""The script that makes the translations, and a window that speaks a language for a while."""

from __future__ import annotations

import importlib.util
import sys
from types import ModuleType

from workbench.gui.i18n import TRANSLATIONS


def maker() -> ModuleType:
    """``resources/translations/make.py`` as a module."""
    spec = importlib.util.spec_from_file_location("make_translations", TRANSLATIONS / "make.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module
