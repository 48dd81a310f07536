"""`import workbench` is cheap, and transformers knows the family after it, in whatever order things are imported."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.engine.tiny_family import family_model
from workbench.engine import registration


def run(code: str) -> str:
    """Run code in a process of its own, where our own warnings are errors."""
    done = subprocess.run(
        [sys.executable, "-W", "error::RuntimeWarning", "-c", code], capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_import_is_cheap() -> None:
    code = """
import sys, time
start = time.process_time()
import workbench
assert time.process_time() - start < 0.2
assert not {"torch", "transformers", "PySide6"} & set(sys.modules)
"""
    run(code)


@pytest.mark.parametrize(
    "first",
    [
        "import workbench; from transformers import AutoModelForCausalLM",
        "from transformers import AutoModelForCausalLM; import workbench",
        "import workbench; from transformers.modeling_layers import GradientCheckpointingLayer",  # imports the registers half-way
    ],
)
def test_folders_open_in_whatever_order_things_are_imported(first: str, tmp_path: Path) -> None:
    family_model("causal-lm").save_pretrained(tmp_path)
    code = f"""
{first}
from transformers import AutoConfig, AutoModel, AutoModelForCausalLM
print(type(AutoConfig.from_pretrained({str(tmp_path)!r})).__name__, type(AutoModel.from_pretrained({str(tmp_path)!r})).__name__,
      type(AutoModelForCausalLM.from_pretrained({str(tmp_path)!r})).__name__)
"""
    assert run(code) == "WorkbenchConfig WorkbenchModel WorkbenchForCausalLM"


def test_a_transformers_that_cannot_be_registered_with_still_imports() -> None:
    code = """
import sys, warnings
import workbench
sys.modules["workbench.engine.config"] = None  # what an incompatible transformers would do to it
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    from transformers import AutoConfig
print([str(w.message) for w in caught if "attention-workbench" in str(w.message)] != [])
"""
    assert run(code) == "True"


def test_registering_twice_is_no_harm() -> None:
    before = list(sys.meta_path)
    for _ in range(2):
        registration.install()
        registration.register()
    assert sys.meta_path == before
    from transformers import AutoModelForMaskedLM

    entered = [model.__name__ for model in AutoModelForMaskedLM._model_mapping._extra_content.values()]
    assert entered.count("WorkbenchForMaskedLM") == 1


def test_sources_of_watched_modules_can_still_be_read() -> None:
    """transformers reads its own source files to decide what a model can do."""
    import inspect

    from transformers.models.bert import modeling_bert

    assert "class BertModel" in inspect.getsource(modeling_bert)
