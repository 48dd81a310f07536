"""Attention as one page that needs nothing else: no network, no other file; every head to click on.

Text is other people's. It travels as JSON in ASCII without ``<``, ``>`` and ``&``, the page writes it as text only, and its
Content-Security-Policy runs the page's own script and style, known by their hashes, and nothing else.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from workbench.contracts.inspection import Answer
from workbench.engine.tiles import pooled
from workbench.resources import RESOURCES
from workbench.runs.inspection import Inspection, said

PARTS = RESOURCES / "page"
EXACT = 1 << 19
"""Weights that are kept as float32: 2 MB, a third more as text."""
HALF = 1 << 20
"""Weights that are kept as float16, to three digits; more are kept as bytes."""
LARGEST = 2_048
"""Rows and columns of a head that is kept whole."""


def write_page(inspection: Inspection, path: Path) -> None:
    """The page as a file."""
    path.write_text(page(inspection), encoding="utf-8")


def page(inspection: Inspection) -> str:
    """The page."""
    return filled("page", f"{inspection.facts.name} · attention", content(inspection))


def filled(name: str, title: str, data: Mapping[str, Any]) -> str:
    """A page that draws data with a script of ours.

    Args:
        name: Of its parts: the script, the style and what stands in its body.
        title: Text.
        data: What the script reads; texts in it are other people's.
    """
    script, style, body = ((PARTS / f"{name}.{ending}").read_text(encoding="utf-8") for ending in ("js", "css", "html"))
    rules = f"default-src 'none'; script-src '{digest(script)}'; style-src '{digest(style)}'; base-uri 'none'; form-action 'none'"
    parts = {
        "rules": rules, "title": html.escape(title), "style": style, "body": body, "script": script, "data": harmless(data),
    }  # fmt: skip
    template = (PARTS / "shell.html").read_text(encoding="utf-8")
    return re.sub(r"\{\{(\w+)\}\}", lambda found: parts[found[1]], template)


def framed(inspection: Inspection) -> str:
    """The page in a frame of its own, as a notebook shows it."""
    inside = html.escape(page(inspection), quote=True)
    return f'<iframe sandbox="allow-scripts" srcdoc="{inside}" style="width:100%;height:760px;border:0"></iframe>'


def digest(text: str) -> str:
    """How a Content-Security-Policy names a script or style."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def harmless(values: Mapping[str, Any]) -> str:
    """JSON that is no markup, whatever its texts say."""
    text = json.dumps(values, ensure_ascii=True, allow_nan=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def content(inspection: Inspection) -> dict[str, Any]:
    """Everything the page shows, as plain values."""
    seen = inspection.seen
    kinds = [_wall(inspection, kind) for kind in seen.walls if all(inspection.places(kind))]
    cosine = None if seen.before is None else seen.answer.cosine(seen.before)
    return {
        "model": inspection.facts.name, "text": seen.query.text, "pair": seen.query.pair, "kinds": kinds,
        "changes": [str(change) for change in seen.query.changes],
        "answer": _answer(seen.answer), "before": None if seen.before is None else _answer(seen.before), "cosine": cosine,
        "remarks": [*inspection.facts.remarks, *seen.remarks], "provenance": flat(inspection.provenance),
    }  # fmt: skip


def encoded(values: NDArray[np.float32], room: int = 1) -> dict[str, str]:
    """Weights between 0 and 1 as text, as exactly as their number allows.

    ``f4`` and ``f2`` are little-endian floats. A byte ``b`` of ``u1`` stands for (b / 255)²: small weights keep their
    difference, and none is off by more than 0.004.

    Args:
        values: Of any shape.
        room: How many arrays share the room there is.
    """
    if values.size <= EXACT // room:
        code, raw = "f4", values.astype("<f4").tobytes()
    elif values.size <= HALF // room:
        code, raw = "f2", values.astype("<f2").tobytes()
    else:
        code, raw = "u1", np.rint(255 * np.sqrt(values.clip(0, 1))).astype(np.uint8).tobytes()
    return {"code": code, "data": base64.b64encode(raw).decode()}


def _wall(inspection: Inspection, kind: str) -> dict[str, Any]:
    wall = inspection.seen.walls[kind]
    layers, heads = inspection.places(kind)
    tiles = inspection.tiles(kind)
    special = [place for place, flag in enumerate(inspection.seen.special) if flag]
    reads_text = kind == "encoder" or not inspection.seen.target_tokens
    found = {
        "special_queries": special if reads_text else [], "special_keys": special if reads_text or kind == "cross" else [],
        "kind": kind, "layers": layers, "heads": heads, "queries": wall.queries, "keys": wall.keys,
        "rows": tiles.shape[2], "columns": tiles.shape[3], "trust": inspection.seen.gap(kind, layers, heads),
        **encoded(tiles, len(inspection.seen.walls)),
    }  # fmt: skip
    if len(layers) == len(heads) == 1 and (not wall.whole or found["code"] != "f4"):
        cells = pooled(torch.tensor(inspection.whole(kind, layers[0], heads[0]).weights), LARGEST).numpy()
        found |= {"rows": cells.shape[0], "columns": cells.shape[1], **encoded(cells)}
    return found


def _answer(answer: Answer) -> dict[str, Any]:
    return {"kind": answer.kind, "said": said(answer)[0], "likely": answer.likely[:5], "loss": answer.loss}


def flat(values: Mapping[str, Any], before: str = "") -> list[tuple[str, str]]:
    """Names and values in one list, those of a part with its name before theirs."""
    found = []
    for name, value in values.items():
        if isinstance(value, Mapping):
            found += flat(value, f"{before}{name}.")
        elif value not in (None, ""):
            found.append((before + name, str(value)))
    return found
