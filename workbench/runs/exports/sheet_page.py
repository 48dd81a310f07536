"""A study as one page that needs nothing else: no script at all; its policy lets in its own style and nothing besides."""

from __future__ import annotations

import html
from collections.abc import Mapping
from typing import Any

from workbench.resources import RESOURCES
from workbench.runs.exports.page import digest, flat

SHADES = 20
"""Of a colour, the strongest included; 0 is the ground."""


def sheet_page(title: str, about: str, body: str, provenance: Mapping[str, Any]) -> str:
    """The page.

    Args:
        title: Text.
        about: Text.
        body: Markup; its classes p0 to p20 are shades of blue, n0 to n20 of orange, f a frame.
        provenance: At the foot.
    """
    style = (RESOURCES / "page" / "sheet.css").read_text(encoding="utf-8") + _shades()
    rules = f"default-src 'none'; style-src '{digest(style)}'; base-uri 'none'; form-action 'none'"
    source = "".join(f"<dt>{html.escape(name)}</dt><dd>{html.escape(value)}</dd>" for name, value in flat(provenance))
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{rules}">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>{html.escape(title)}</title>'
        f"<style>{style}</style></head><body><h1>{html.escape(title)}</h1><p>{html.escape(about)}</p>{body}"
        f"<footer><dl>{source}</dl></footer></body></html>\n"
    )


def _shades() -> str:
    """Letters stay readable on each: the ground is mixed with at most so much colour that the text keeps its contrast."""
    return "".join(
        f".{sign}{shade}{{background:color-mix(in srgb,var({name}) {round(60 * shade / SHADES)}%,var(--panel))}}"
        for sign, name in (("p", "--more"), ("n", "--less")) for shade in range(SHADES + 1)
    )  # fmt: skip
