"""Attention Workbench: see, train and understand attention.

Importing this package is cheap (no torch, no Qt). The from-scratch model family registers itself with transformers'
Auto classes as soon as transformers is imported, so ``AutoModel.from_pretrained(run / "model")`` works after
``import workbench``; see `workbench.engine.registration`.
"""

__version__ = "0.1.0"
