"""What findings of the doctor and their mends are called on screen, and how much weight a finding has."""

from __future__ import annotations

from PySide6.QtCore import QObject

from workbench.contracts.findings import Finding, Mend
from workbench.gui.words import said

GRAVE, NOTABLE, HINT, MENDED = "grave", "notable", "hint", "mended"
"""Weights: what makes scores wrong or loses rows; what costs quality; what is only a doubt; and what is settled."""
_GRAVE = frozenset({"rejected-rows", "no-text", "empty-text", "empty-target"})
_HINTS = frozenset({"encoding-doubt", "delimiter-doubt", "header-doubt", "decimal-doubt"})
LONGEST = 220
"""Characters of a sentence that are shown at most; the whole of it is the tool tip."""


def weight_of(finding: Finding) -> str:
    """How much a finding weighs."""
    return GRAVE if finding.kind in _GRAVE else HINT if finding.kind in _HINTS else NOTABLE


def shortened(text: str) -> str:
    """A sentence of at most `LONGEST` characters."""
    return text if len(text) <= LONGEST else text[:LONGEST].rstrip() + "…"


class FindingWords(QObject):
    """Names in the language of the window; what has none is called as the doctor calls it."""

    def weight(self, weight: str) -> str:
        """What an icon stands for."""
        return {
            GRAVE: self.tr("grave"), NOTABLE: self.tr("worth a look"), HINT: self.tr("a doubt"), MENDED: self.tr("mended"),
        }[weight]  # fmt: skip

    def title(self, finding: Finding) -> str:
        """What was found, in a few words."""
        titles = {
            "encoding-doubt": self.tr("Encoding in doubt"), "delimiter-doubt": self.tr("Separator in doubt"),
            "header-doubt": self.tr("First line in doubt"), "decimal-doubt": self.tr("Decimal sign in doubt"),
            "rejected-rows": self.tr("Rows that cannot be read"), "no-text": self.tr("No column to learn from"),
            "empty-text": self.tr("Empty texts"), "empty-target": self.tr("Empty targets"),
            "duplicate-text": self.tr("Repeated texts"),
        }  # fmt: skip
        return titles.get(finding.kind) or _plain(finding.kind)

    def mend(self, mend: Mend) -> str:
        """What a button that mends says."""
        encoding = mend.settings.get("data", {}).get("encoding")
        if encoding is not None and mend.name == "set-encoding":
            return self.tr("Read as {0}").format(encoding)
        titles = {
            "drop-empty": self.tr("Leave these rows out"), "drop-duplicates": self.tr("Keep the first of each"),
            "flip-header": self.tr("Take it the other way"),
        }  # fmt: skip
        return titles.get(mend.name) or _plain(mend.name)


def _plain(name: str) -> str:
    """``drop-duplicates`` as words, in the window's language where they are known."""
    words = name.replace("-", " ")
    return said(words[:1].upper() + words[1:])
