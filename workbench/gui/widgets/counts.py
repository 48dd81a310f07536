"""How many there are of something, in words: one of them is no plural."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication


def layers_text(count: int) -> str:
    """1 layer, 2 layers."""
    one = QCoreApplication.translate("Counts", "1 layer")
    return one if count == 1 else QCoreApplication.translate("Counts", "{0} layers").format(f"{count:,}")


def heads_text(count: int) -> str:
    """1 head, 2 heads."""
    one = QCoreApplication.translate("Counts", "1 head")
    return one if count == 1 else QCoreApplication.translate("Counts", "{0} heads").format(f"{count:,}")


def rows_text(count: int) -> str:
    """1 row, 2 rows."""
    one = QCoreApplication.translate("Counts", "1 row")
    return one if count == 1 else QCoreApplication.translate("Counts", "{0} rows").format(f"{count:,}")


def moments_text(count: int) -> str:
    """1 moment, 2 moments: of a film."""
    one = QCoreApplication.translate("Counts", "1 moment")
    return one if count == 1 else QCoreApplication.translate("Counts", "{0} moments").format(f"{count:,}")
