"""Runs a program as on a machine that has a few packages and none of this project's others.

python bare_machine.py PACKAGE,PACKAGE program.py
"""

from __future__ import annotations

import runpy
import sys
from collections.abc import Iterable, Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from importlib.metadata import Distribution, DistributionFinder
from types import ModuleType

MISSING = {
    "accelerate", "captum", "charset_normalizer", "duckdb", "matplotlib", "onnx", "onnxruntime", "onnxscript", "openpyxl", "peft",
    "platformdirs", "psutil", "pyqtgraph", "PySide6", "python_calamine", "rich", "sacrebleu", "safetensors", "scipy", "sklearn",
    "tokenizers", "tomli_w", "torch", "transformers", "typer", "workbench",
}  # fmt: skip
"""What the project installs, itself included."""


class Bare(MetaPathFinder):
    """Finds what other finders find, but for packages that are not there."""

    def __init__(self, there: set[str]) -> None:
        self._missing, self._others = MISSING - there, list(sys.meta_path)

    def find_spec(self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        if fullname.partition(".")[0] in self._missing:
            return None
        found = (finder.find_spec(fullname, path, target) for finder in self._others)
        return next((spec for spec in found if spec is not None), None)

    def find_distributions(self, context: DistributionFinder.Context) -> Iterable[Distribution]:
        return PathFinder.find_distributions(context)


if __name__ == "__main__":
    sys.meta_path[:] = [Bare(set(sys.argv[1].split(",")))]
    runpy.run_path(sys.argv[2], run_name="__main__")
