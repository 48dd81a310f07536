"""Labels that are one class written in several ways."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping

from workbench.data.likeness import deletions, distance, number_runs

MANY = 5_000
"""Different labels above which they are no classes, and are not compared."""
_SHORTEST = 5
"""Letters below which one letter makes another word."""
_RARE = 0.1
"""A slip is so much rarer than what was meant, at least."""
_DROPPED = re.compile(r"[\s_\-‐‑–]+")


def spelling_key(label: str) -> str:
    """What labels of one class have in common: their letters, whatever the case, width, spaces and hyphens."""
    return _DROPPED.sub("", unicodedata.normalize("NFKC", label).casefold()) or label


def merged_spellings(counts: Mapping[str, int]) -> dict[str, str]:
    """What each label becomes that differs from a commoner one only in case, spaces, hyphens or width."""
    groups = defaultdict(list)
    for label in counts:
        groups[spelling_key(label)].append(label)
    return {
        label: best
        for group in groups.values()
        if len(group) > 1
        for best in [_commonest(group, counts)]
        for label in sorted(group)
        if label != best
    }


def merged_slips(counts: Mapping[str, int]) -> dict[str, str]:
    """What each rare label becomes that differs in one letter from a common one."""
    if len(counts) > MANY:
        return {}
    near: dict[str, list[str]] = defaultdict(list)
    lettered = [label for label in counts if len(spelling_key(label)) >= _SHORTEST]
    for label in lettered:
        for part in deletions(spelling_key(label)):
            near[part].append(label)
    found = {}
    for label in sorted(lettered):
        others = {other for part in deletions(spelling_key(label)) for other in near[part]}
        able = [other for other in others if _is_slip(label, other, counts)]
        if able:
            found[label] = _commonest(able, counts)
    return {label: found.get(best, best) for label, best in found.items()}


def _is_slip(label: str, other: str, counts: Mapping[str, int]) -> bool:
    one, two = spelling_key(label), spelling_key(other)
    rare = counts[label] <= max(1, _RARE * counts[other]) and counts[other] > counts[label]
    return rare and one != two and number_runs(one) == number_runs(two) and distance(one, two, 1) == 1


def _commonest(labels: Iterable[str], counts: Mapping[str, int]) -> str:
    """The commonest label; of equals the first by code point."""
    return min(labels, key=lambda label: (-counts[label], label))
