"""Make transformers' Auto classes know the family, without importing transformers before somebody else does.

``import workbench`` must stay cheap, yet ``AutoModel.from_pretrained(run / "model")`` must work after it. So `install` leaves
a note with Python's import system: once transformers' registers have been imported, by whomever, the family is entered
there. Where they are imported already, it is entered at once.

Registering imports the family, and the family imports a good part of transformers. So nothing is entered while any module of
either is only half imported: all of them are watched, and the outermost one to finish does it.

This module imports nothing heavy at its top, because `workbench` imports it.
"""

from __future__ import annotations

import sys
import threading
import warnings
from collections.abc import Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType

CONFIGS = "transformers.models.auto.configuration_auto"
MODELS = "transformers.models.auto.modeling_auto"
WATCHED = ("transformers.", *(f"workbench.engine.{name}" for name in ("config", "layers", "stack", "model")))
"""How the names of watched modules begin."""


def register_config() -> None:
    """Enter the config: AutoConfig and AutoTokenizer can read the family's folders."""
    from transformers import AutoConfig

    from workbench.engine.config import WorkbenchConfig

    AutoConfig.register(WorkbenchConfig.model_type, WorkbenchConfig, exist_ok=True)


def register() -> None:
    """Enter the config and the models. May be called any number of times."""
    import transformers

    from workbench.engine import model as family
    from workbench.engine.config import WorkbenchConfig

    register_config()
    for auto, model in (
        (transformers.AutoModel, family.WorkbenchModel),
        (transformers.AutoModelForSequenceClassification, family.WorkbenchForSequenceClassification),
        (transformers.AutoModelForTokenClassification, family.WorkbenchForTokenClassification),
        (transformers.AutoModelForQuestionAnswering, family.WorkbenchForQuestionAnswering),
        (transformers.AutoModelForMaskedLM, family.WorkbenchForMaskedLM),
        (transformers.AutoModelForCausalLM, family.WorkbenchForCausalLM),
        (transformers.AutoModelForSeq2SeqLM, family.WorkbenchForConditionalGeneration),
    ):
        auto.register(WorkbenchConfig, model, exist_ok=True)


def install() -> None:
    """Register as soon as transformers can be registered with. May be called any number of times."""
    if not any(isinstance(finder, _Watch) for finder in sys.meta_path):
        watch = _Watch()
        sys.meta_path.insert(0, watch)
        watch.enter()


class _Watch(MetaPathFinder):
    """Finds the watched modules as the other finders would, and registers when no more of them are being imported."""

    def __init__(self) -> None:
        self.depth = threading.local()  # each thread imports for itself
        self.entered = ""

    def find_spec(self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        if not fullname.startswith(WATCHED):
            return None
        for finder in sys.meta_path:
            spec = None if finder is self else finder.find_spec(fullname, path, target)
            if spec is not None:
                if spec.loader is not None:
                    self._count(spec.loader)
                return spec
        return None

    def _count(self, loader: Loader) -> None:
        execute = loader.exec_module

        def exec_module(module: ModuleType) -> None:
            self.depth.now = getattr(self.depth, "now", 0) + 1
            try:
                execute(module)
            finally:
                self.depth.now -= 1
            if self.depth.now == 0:
                self.enter()

        loader.exec_module = exec_module  # type: ignore[method-assign]

    def enter(self) -> None:
        """Register with those registers that are there."""
        present = MODELS if MODELS in sys.modules else CONFIGS if CONFIGS in sys.modules else ""
        if present == self.entered:
            return
        self.entered = present
        try:
            register() if present == MODELS else register_config()
        except (ImportError, AttributeError, TypeError, ValueError) as error:  # an unknown transformers must still import
            warnings.warn(f"transformers does not know attention-workbench models: {error}", RuntimeWarning, stacklevel=2)
