"""What findings of the doctor, their weights and their mends are called on screen."""

from __future__ import annotations

from PySide6.QtCore import QObject

from workbench.contracts.findings import GRAVE, HINT, NOTABLE, Finding, Mend

MENDED = "mended"
"""In the place of a weight: the finding is settled."""
LONGEST = 220
"""Characters of a sentence that are shown at most; the whole of it is the tool tip."""


def shortened(text: str) -> str:
    """A sentence of at most `LONGEST` characters."""
    return text if len(text) <= LONGEST else text[:LONGEST].rstrip() + "…"


class FindingWords(QObject):
    """Names in the language of the window; what has none is called as the doctor calls it."""

    def weight(self, weight: str) -> str:
        """What an icon stands for."""
        return {
            GRAVE: self.tr("grave"), NOTABLE: self.tr("worth a look"), HINT: self.tr("good to know"),
            MENDED: self.tr("mended"),
        }[weight]  # fmt: skip

    def title(self, finding: Finding) -> str:
        """What was found, in a few words, with the column that it is about."""
        title = self._titles().get(finding.kind) or _plain(finding.kind)
        return self.tr("{0} · {1}").format(title, finding.column) if finding.column else title

    def mend(self, mend: Mend) -> str:
        """What a button that mends says."""
        set_to = mend.settings.get("data", {})
        told = {
            "set-encoding": self.tr("Read as {0}"), "set-delimiter": self.tr("Cut at {0}"),
            "set-sheet": self.tr("Read sheet {0}"), "set-text": self.tr("Read {0}"),
        }.get(mend.name)  # fmt: skip
        if told is not None and len(set_to) == 1:
            return told.format(*set_to.values())
        if mend.name == "flip-header":
            return self.tr("Take it as column names") if set_to.get("header") else self.tr("Take it as a row")
        if mend.name == "set-decimal":
            return self.tr("Decimal comma") if set_to.get("decimal") == "comma" else self.tr("Decimal point")
        return self._buttons().get(mend.name) or _plain(mend.name)

    def _titles(self) -> dict[str, str]:
        return {
            "encoding-doubt": self.tr("Encoding in doubt"), "old-encoding": self.tr("An old encoding"),
            "delimiter-doubt": self.tr("Separator in doubt"), "hidden-columns": self.tr("Two columns in one"),
            "header-doubt": self.tr("First line in doubt"), "no-header": self.tr("No column names"),
            "decimal-doubt": self.tr("Decimal sign in doubt"), "several-sheets": self.tr("Several sheets"),
            "column-names": self.tr("Column names were changed"), "lines-above": self.tr("Lines above the table"),
            "rejected-rows": self.tr("Rows that cannot be read"), "old-line-ends": self.tr("Old line ends"),
            "no-text": self.tr("No column to learn from"), "empty-column": self.tr("Empty column"),
            "constant-column": self.tr("Column of one value"), "notice-column": self.tr("Column of notices"),
            "id-column": self.tr("Column of row names"), "leaking-column": self.tr("Column that gives the answer away"),
            "label-in-text": self.tr("Texts that hold their label"), "empty-text": self.tr("Empty texts"),
            "empty-target": self.tr("Empty targets"), "mostly-empty": self.tr("Mostly empty"),
            "html": self.tr("Debris of web pages"), "mojibake": self.tr("Garbled letters"),
            "lost-characters": self.tr("Lost characters"), "invisible-characters": self.tr("Invisible characters"),
            "line-breaks": self.tr("Line breaks in cells"), "rare-characters": self.tr("Rare characters"),
            "padded-cells": self.tr("Padded cells"), "formula-cells": self.tr("Formulas of a spreadsheet"),
            "label-spellings": self.tr("One label, several spellings"), "label-slips": self.tr("Slips in labels"),
            "rare-classes": self.tr("Classes with too few rows"), "imbalance": self.tr("Uneven classes"),
            "sorted-by-label": self.tr("Sorted by label"), "several-labels": self.tr("Several labels in a cell"),
            "numbers-as-amounts": self.tr("Numbers that look like classes"),
            "numbers-as-classes": self.tr("Classes that look like numbers"), "iob1-tags": self.tr("Tags without beginnings"),
            "duplicate-text": self.tr("Repeated texts"), "folded-duplicate": self.tr("Repeated but for case and signs"),
            "near-duplicate": self.tr("Nearly repeated texts"), "several-targets": self.tr("Several targets of a text"),
            "several-sources": self.tr("Several texts of a target"),
            "same-text-different-labels": self.tr("Same text, different labels"),
            "test-columns": self.tr("Test table without the column"), "test-text-in-training": self.tr("Test texts in training"),
            "texts-cut": self.tr("Texts that will be cut"), "mixed-scripts": self.tr("Simplified and Traditional mixed"),
        }  # fmt: skip

    def _buttons(self) -> dict[str, str]:
        return {
            "keep-encoding": self.tr("Keep this encoding"), "keep-skipping": self.tr("Always skip them"),
            "skip-nothing": self.tr("Skip nothing"), "no-quotes": self.tr("Read quotes as letters"),
            "leave-unread": self.tr("Leave it unread"), "use-filled-rows": self.tr("Predict it where it is filled"),
            "strip-html": self.tr("Clean the texts"), "repair-mojibake": self.tr("Repair the letters"),
            "tidy-spaces": self.tr("Tidy the spaces"), "merge-labels": self.tr("Use one spelling"),
            "merge-near-labels": self.tr("Correct the slips"), "merge-rare-classes": self.tr("Join them as one class"),
            "iob2-tags": self.tr("Mark the beginnings"), "drop-empty": self.tr("Leave these rows out"),
            "drop-duplicates": self.tr("Keep the first of each"), "drop-folded-duplicates": self.tr("Keep the first of each"),
            "drop-near-duplicates": self.tr("Keep the first of each"), "keep-first-target": self.tr("Keep the first target"),
            "keep-commonest-label": self.tr("Keep the commonest label"), "drop-contradictions": self.tr("Leave all of them out"),
            "join-labels": self.tr("Join the labels"), "drop-rare-classes": self.tr("Leave these classes out"),
            "drop-formulas": self.tr("Leave these rows out"), "drop-lost-characters": self.tr("Leave these rows out"),
            "drop-test-texts": self.tr("Leave these rows out"), "class-weights": self.tr("Weight the classes"),
            "resample": self.tr("Read rare classes more often"), "multi-label": self.tr("Learn several labels"),
            "as-classes": self.tr("Take them as classes"), "as-numbers": self.tr("Predict a number"),
            "raise-limit": self.tr("Raise the limit"), "no-test": self.tr("Score on rows of this table"),
        }  # fmt: skip


def _plain(name: str) -> str:
    """``drop-duplicates`` as words."""
    return name.replace("-", " ").capitalize()
