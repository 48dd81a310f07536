"""Attention Workbench: see, train and understand attention.

Importing this package is cheap (no torch, no Qt). The from-scratch model family registers itself with transformers'
Auto classes as soon as transformers is imported, so ``AutoModel.from_pretrained(run / "model")`` works after
``import workbench``; see `workbench.engine.registration`.
"""

from importlib import import_module

__version__ = "0.1.0"

# By name: a plain import would make every room that reads `__version__` seem to lean on the engine.
import_module("workbench.engine.registration").install()
