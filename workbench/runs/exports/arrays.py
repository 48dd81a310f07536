"""Attention as arrays: what scripts may rely on."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np

from workbench.runs.inspection import Inspection


def write_arrays(inspection: Inspection, path: Path) -> None:
    """An npz: encoder, decoder, cross as present, each float32 (layer, head, query, key); tokens; classes; provenance."""
    seen = inspection.seen
    arrays: dict[str, Any] = {kind: found.weights for kind, found in inspection.weights.items()}
    arrays["tokens"] = np.array(seen.tokens)
    if seen.target_tokens:
        arrays["target_tokens"] = np.array(seen.target_tokens)
    if seen.answer.classes:
        arrays["labels"] = np.array([name for name, _ in seen.answer.classes])
        arrays["probabilities"] = np.array([share for _, share in seen.answer.classes], dtype=np.float32)
    if seen.answer.vector is not None:
        arrays["vector"] = seen.answer.vector
    np.savez_compressed(path, provenance=json.dumps(inspection.provenance, ensure_ascii=False), **arrays)
