"""How many there are of something, in words: one of them is no plural."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication


def layers_text(count: int) -> str:
    """1 layer, 2 layers."""
    return _text(count, QCoreApplication.translate("Counts", "1 layer"), QCoreApplication.translate("Counts", "{0} layers"))


def heads_text(count: int) -> str:
    """1 head, 2 heads."""
    return _text(count, QCoreApplication.translate("Counts", "1 head"), QCoreApplication.translate("Counts", "{0} heads"))


def rows_text(count: int) -> str:
    """1 row, 2 rows."""
    return _text(count, QCoreApplication.translate("Counts", "1 row"), QCoreApplication.translate("Counts", "{0} rows"))


def moments_text(count: int) -> str:
    """1 moment, 2 moments: of a film."""
    return _text(count, QCoreApplication.translate("Counts", "1 moment"), QCoreApplication.translate("Counts", "{0} moments"))


def above_text(lines: Sequence[int | None]) -> str:
    """Lines above a table are listed, and no rows of it; empty where there are none."""
    if not lines:
        return ""
    if len(lines) > 1:
        several = QCoreApplication.translate("Counts", "{0} lines stand above the table: titles or notes, not rows.")
        return several.format(f"{len(lines):,}")
    one = QCoreApplication.translate("Counts", "Line {0} stands above the table: a title or a note, not a row.")
    return one.format(lines[0])


def _text(count: int, one: str, many: str) -> str:
    return one if count == 1 else many.format(f"{count:,}")
