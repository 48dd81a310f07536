"""What augmentation makes of the table's own texts, before it is used."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from workbench.gui.widgets.panel import Panel


class VariantsPanel(Panel):
    """Training texts, each above its variants; hidden while there are none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: Sequence[tuple[str, Sequence[str]]] = ()
        self.text = QPlainTextEdit(self)
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(124)
        self.body.addWidget(self.text)
        self.hide()
        self.react()

    def show_variants(self, variants: Sequence[tuple[str, Sequence[str]]]) -> None:
        """Show these; each is a text and what training may read in its place."""
        self.setVisible(bool(variants))
        if variants != self._shown:
            self._shown = variants
            self.text.setPlainText(
                "\n\n".join("\n".join((text, *(f"   → {variant}" for variant in told))) for text, told in variants)
            )

    def retranslate(self) -> None:
        self.entitle(self.tr("Augmented texts"), self.tr("each reading draws anew"))
        self.text.setAccessibleName(self.tr("Augmented texts"))
