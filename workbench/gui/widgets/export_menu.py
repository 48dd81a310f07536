"""What can be saved of a part of the Inspect page, as a button with a menu."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from workbench.gui.widgets.save_menu import SaveMenu

OFFERS = {
    "wall": ("png", "svg", "html", "npz", "csv"),
    "compare": ("png", "svg", "npz", "csv"),
    "rollout": ("png", "svg", "html", "npz", "csv"),
    "layers": ("png", "svg", "html", "npz", "csv"),
    "reasons": ("png", "svg", "html", "npz", "csv"),
    "positions": ("png", "svg", "npz", "csv"),
}
"""Endings of what each part can be saved as; parts that have a button of their own, or nothing to save, are left out."""
FORMS = ("png", "svg", "html", "npz", "csv")


class ExportMenu(SaveMenu):
    """Offers what the part in sight can give; out of sight where that is nothing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(FORMS, parent)
        self.react()

    def offer(self, part: str, ready: bool) -> None:
        """Offer what a part can give.

        Args:
            part: Its name.
            ready: Whether there is something to save now.
        """
        offered = OFFERS.get(part, ())
        for form, action in self.forms.items():
            action.setVisible(form in offered)
        self.button.setEnabled(ready)
        self.setVisible(bool(offered))

    def retranslate(self) -> None:
        self.button.setText(self.tr("Save"))
        said = {"png": self.tr("Picture (PNG)…"), "svg": self.tr("Drawing (SVG)…"), "html": self.tr("Page (HTML)…"),
                "npz": self.tr("Numbers (NumPy npz)…"), "csv": self.tr("Table (CSV)…")}  # fmt: skip
        for form, action in self.forms.items():
            action.setText(said[form])
