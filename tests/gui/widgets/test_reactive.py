"""Words and colours are taken when they change, and not once more for each time Qt says so."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from workbench.gui import theme
from workbench.gui.theme import theme_of
from workbench.gui.widgets.panel import Panel
from workbench.gui.widgets.reactive import Reactive


class Counting(Reactive):
    def __init__(self, parent: Reactive) -> None:
        super().__init__(parent)
        self.taken: list[str] = []
        self.react()

    def recolour(self) -> None:
        self.taken.append(theme_of(self).name)


def test_a_widget_deep_in_panels_takes_its_colours_a_few_times_at_most(show, qapp: QApplication) -> None:  # type: ignore[no-untyped-def]
    outer = panel = Panel()
    for _ in range(8):
        inner = Panel(panel)
        panel.body.addWidget(inner)
        panel = inner
    widget = Counting(panel)
    panel.body.addWidget(widget)
    show(outer)
    for look in (theme.DARK, theme.LIGHT, theme.DARK):
        widget.taken.clear()
        theme.apply(qapp, look)
        qapp.processEvents()
        assert widget.taken[-1] == look.name
        assert len(widget.taken) <= 3
    widget.taken.clear()
    theme.apply(qapp, theme.DARK, 1.35)
    qapp.processEvents()
    assert widget.taken[-1:] == ["dark"]  # larger letters: what measures words does so again
