"""A label that grows to a second line and stays so."""

from __future__ import annotations

from workbench.gui.widgets.calm_lines import CalmLines


def test_it_takes_a_second_line_and_keeps_it_until_the_width_changes(show) -> None:  # type: ignore[no-untyped-def]
    label = CalmLines()
    label.setText("short")
    show(label, 300, 40)
    one = label.height()
    label.setText("looks at the first token: 1.00 (chance 0.04) · entropy 0.00 nats (even 3.14)")
    assert label.height() >= one + label.fontMetrics().lineSpacing()
    two = label.height()
    label.setText("short")
    assert label.height() == two
    label.resize(900, two)
    assert label.height() == one
