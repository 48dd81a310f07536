"""The mends that an experiment may name in ``data.mends``: what each does to the rows, before they are split."""

from __future__ import annotations

from collections.abc import Collection, Mapping

TEXT_MENDS: Mapping[str, str] = {
    "strip-html": "Tags such as <br> and codes such as &amp; are taken out of the texts or read as what they stand for, "
    "also when predicting.",
    "repair-mojibake": "Texts that were read with a wrong encoding once, such as caf\u00c3\u00a9, are read with the right one, "
    "also when predicting.",
    "tidy-spaces": "Line breaks and runs of white space become one space, and characters that cannot be seen are taken out, "
    "also when predicting.",
}
"""Change each text by itself; a model that learned from mended texts is asked with mended texts."""

LABEL_MENDS: Mapping[str, str] = {
    "merge-labels": "Labels that differ only in upper case, spaces, hyphens or full-width signs become the commonest of them.",
    "merge-near-labels": "A rare label that differs in one letter from a common one becomes the common one.",
    "merge-rare-classes": "Classes with fewer than five rows become one class, called other.",
    "iob2-tags": "The first word of each name gets a B- tag, as most tools expect; no name is lost.",
}
"""Change targets; nothing to do when predicting."""

ROW_MENDS: Mapping[str, str] = {
    "drop-duplicates": "Of rows with the same text and the same target only the first is learned from.",
    "drop-folded-duplicates": "Of rows whose texts differ only in case, punctuation and spaces, with the same target, "
    "only the first is learned from.",
    "drop-near-duplicates": "Of rows whose texts differ in a letter or two, with the same target, the first is learned from.",
    "keep-commonest-label": "Of rows with the same text those with its commonest label are kept, the others are left out.",
    "drop-contradictions": "All rows whose text stands under several labels are left out.",
    "join-labels": "Rows with the same text become one row with all their labels.",
    "keep-first-target": "Of rows with the same text only the first is kept, with its target.",
    "drop-rare-classes": "Rows of classes with fewer than five rows are left out; the model cannot answer these classes.",
    "drop-formulas": "Rows whose text or target is a formula or an error of a spreadsheet are left out.",
    "drop-lost-characters": "Rows whose text has lost characters are left out.",
    "drop-test-texts": "Rows whose text also stands in the test table are left out, so that the test stays a test.",
}
"""Leave rows out, listed with the reason; nothing is left out when predicting."""

MENDS: Mapping[str, str] = {**TEXT_MENDS, **LABEL_MENDS, **ROW_MENDS}
"""Every mend with what it does."""

RARE = 5
"""Rows below which a class is rare."""
OTHER = "other"
"""What rare classes are called once they are merged."""


def named_mends(mends: str | None) -> tuple[str, ...]:
    """The names in a setting, in order, each once."""
    return tuple(dict.fromkeys((mends or "").split()))


_SETTLING = ("keep-commonest-label", "drop-contradictions")
"""Count labels, and so come before those that leave copies out."""


def in_order(names: Collection[str]) -> tuple[str, ...]:
    """Names in the order in which no mend hides from another what it looks for: texts, labels, rows."""
    order = [*(each for each in MENDS if not each.startswith(("keep-", "drop-"))), *_SETTLING, *MENDS]
    return tuple(each for each in dict.fromkeys(order) if each in names)
