"""How many there are of something, in a sentence: one of them is no plural."""

from __future__ import annotations


def counted(count: int, one: str, many: str) -> str:
    """``1 row has no text``, ``2 rows have no text``; what reads alike goes on behind it.

    `resources/translations/make.py` knows this function: both forms are sentences of their own to a translator.
    """
    return f"1 {one}" if count == 1 else f"{count:,} {many}"
