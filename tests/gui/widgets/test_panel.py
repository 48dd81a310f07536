"""The frame of every card."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton

from workbench.gui.widgets.panel import Panel


def test_facts_that_do_not_fit_end_in_dots_and_are_whole_in_the_tip(show) -> None:  # type: ignore[no-untyped-def]
    panel = Panel()
    panel.controls.addWidget(QPushButton("A button", panel))
    facts = "cross-attention · 8 heads · 8 × 8 tokens"
    panel.entitle("Heads", facts)
    show(panel, 260, 120)
    assert panel.facts.width() < panel.facts.fontMetrics().horizontalAdvance(facts)
    assert facts in panel.facts.toolTip()
    cut = panel.facts.grab().toImage()
    panel.facts.setText(facts.replace("cross-attention · 8 heads · 8 × 8 tokens", panel.facts.fontMetrics().elidedText(
        facts, panel.facts._mode, panel.facts.width())))  # fmt: skip
    assert cut == panel.facts.grab().toImage()  # what was painted ends in dots
