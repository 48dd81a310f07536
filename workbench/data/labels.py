"""Several labels in one cell: what stands between them, found with its evidence, and the labels themselves."""

from __future__ import annotations

import ast
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from workbench.contracts.specs import SEPARATORS
from workbench.data.reading import Found

_SIGNS = {"semicolon": re.compile("[;；]"), "comma": re.compile("[,，、]"), "bar": re.compile("[|｜]"), "space": re.compile(" ")}
LIKELY = ("json", "semicolon", "bar", "comma")
"""Separators that are looked for where nobody named one; spaces stand in most texts, so they must be named."""
_LONGEST, _WORDS = 60, 5  # of a label, in characters and words
_SEVERAL = 0.05  # share of the cells that hold more than one label


def labels_of(cell: str, separator: str) -> tuple[str, ...] | None:
    """The labels of a cell in the order they stand, each once; None where a list was expected and there is none.

    Args:
        cell: What stands in the table.
        separator: One of `workbench.contracts.specs.SEPARATORS`.
    """
    if separator == "json":
        parts = _list_of(cell)
        if parts is None:
            return None
    else:
        parts = _SIGNS[separator].split(cell)
    # A list in a JSON file arrives with no-break spaces inside its words.
    return tuple(dict.fromkeys(label for part in parts if (label := part.replace("\u00a0", " ").strip())))


def find_separator(cells: Iterable[str]) -> Found[str] | None:
    """What stands between the labels of these cells, or None where each cell seems to be one value.

    A class may be called "salt, pepper" and a place "Paris, France". So parts count as labels only if they are short, come
    back, and most of them stand in several different cells.
    """
    filled = [cell for cell in cells if cell.strip()]
    found = (_judged(filled, separator) for separator in LIKELY)
    return max((each for each in found if each is not None), key=lambda each: each[0], default=(0.0, None))[1]


def separator_of(cells: Iterable[str]) -> Found[str]:
    """The separator where it is known that cells hold labels: what is found, else what cuts most cells, else a semicolon."""
    filled = [cell for cell in cells if cell.strip()]
    found = find_separator(filled)
    if found is not None:
        return found
    several = {name: sum(len(labels_of(cell, name) or ()) > 1 for cell in filled) for name in SEPARATORS}
    name = max(several, key=lambda name: several[name])
    if not several[name]:
        return Found(value="semicolon", evidence="no cell of the first rows holds more than one label", sure=False)
    return Found(value=name, evidence=f"it cuts {several[name]:,} of {len(filled):,} cells, more than any other", sure=False)


def _judged(cells: Sequence[str], separator: str) -> tuple[float, Found[str]] | None:
    """The share of cells with several labels, and the finding; None where parts are no labels."""
    cut = [labels_of(cell, separator) for cell in cells]
    known = [labels for labels in cut if labels is not None]
    if len(known) < 0.95 * len(cells) or not known:
        return None
    several = sum(len(labels) > 1 for labels in known)
    times = Counter(label for labels in known for label in labels)
    if several < max(2, _SEVERAL * len(known)) or sum(times.values()) < 2 * len(times) or len(times) < 2:
        return None
    if any(len(label) > _LONGEST or len(label.split()) > _WORDS for label in times):
        return None
    homes: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for labels in known:
        for label in labels:
            homes[label].add(labels)
    free = sum(len(sets) > 1 for sets in homes.values())
    if 2 * free <= len(times):
        return None
    return several / len(known), Found(
        value=separator,
        evidence=f"{several:,} of {len(known):,} cells hold several of {len(times):,} labels, which come back in other cells",
        sure=several >= 0.2 * len(known),
    )


def _list_of(cell: str) -> list[str] | None:
    """The items of a list as JSON or Python writes it."""
    text = cell.strip()
    if not (text.startswith("[") and text.endswith("]")):
        return None
    try:
        content = json.loads(text)
    except ValueError:
        try:
            content = ast.literal_eval(text)
        except (ValueError, SyntaxError, MemoryError, RecursionError):
            return None
    if not isinstance(content, list) or any(isinstance(item, (list, dict)) for item in content):
        return None
    return ["" if item is None else str(item) for item in content]
