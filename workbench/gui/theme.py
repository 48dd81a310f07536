"""The look: two sets of colours, light and dark, and the style sheet and palette made of them.

A widget asks `theme_of(self)` and asks again when its palette changes; nobody holds a theme.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from string import Template

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory, QWidget

from workbench.resources import RESOURCES

GAP = 12
"""Between panels, in pixels."""
INSIDE = 14
"""Between a panel's border and what is in it."""


@dataclass(frozen=True, kw_only=True)
class Theme:
    """Colours by what they are for, as ``#RRGGBB``."""

    name: str
    ground: str
    panel: str
    line: str
    text: str
    muted: str
    accent: str
    soft: str
    """Behind what is chosen."""
    on_accent: str
    """Text on the accent."""
    deepest: str
    """Where a heat map ends, beyond the accent."""
    good: str
    attention: str
    bad: str


LIGHT = Theme(
    name="light", ground="#F7F8FA", panel="#FFFFFF", line="#E3E6EB", text="#1D2430", muted="#667085", accent="#3454D1",
    soft="#EEF1FB", on_accent="#FFFFFF", deepest="#101C5A", good="#1F8A5B", attention="#B7791F", bad="#C0362C",
)  # fmt: skip
DARK = Theme(
    name="dark", ground="#14171C", panel="#1C2027", line="#2C323C", text="#E8EBF0", muted="#98A2B3", accent="#8AA2FF",
    soft="#252B3A", on_accent="#10141C", deepest="#E3E9FF", good="#5CC99A", attention="#E0B050", bad="#FF8A80",
)  # fmt: skip


def theme_of(widget: QWidget) -> Theme:
    """The theme this widget is drawn in."""
    return DARK if widget.palette().color(QPalette.ColorRole.Base).lightness() < 128 else LIGHT


def system_theme() -> Theme:
    """What the system asks for; light where it does not say."""
    return DARK if QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark else LIGHT


def apply(app: QApplication, theme: Theme, scale: float = 1.0) -> None:
    """Draw the whole application in a theme, its letters `scale` times as large; nothing is done where it is so already.

    The old style sheet goes first: Qt takes eight times as long to put one in the place of another, because then every widget
    hands its colours and letters down to all below it, once for each widget between them.
    """
    colours, sheet = palette(theme), style_sheet(theme, scale)
    if app.styleSheet() == sheet and app.palette() == colours:
        return
    app.setStyleSheet("")
    if app.style().name() != "fusion":
        app.setStyle(QStyleFactory.create("Fusion"))
    app.setPalette(colours)
    app.setStyleSheet(sheet)


def palette(theme: Theme) -> QPalette:
    """The theme as a palette: what Qt draws by itself, and what widgets recognise the theme by."""
    role = QPalette.ColorRole
    colours = {
        role.Window: theme.ground, role.WindowText: theme.text, role.Base: theme.panel, role.AlternateBase: theme.ground,
        role.Text: theme.text, role.Button: theme.panel, role.ButtonText: theme.text, role.BrightText: theme.bad,
        role.Highlight: theme.accent, role.HighlightedText: theme.on_accent, role.Link: theme.accent,
        role.LinkVisited: theme.accent, role.ToolTipBase: theme.panel, role.ToolTipText: theme.text,
        role.PlaceholderText: theme.muted, role.Light: theme.line, role.Midlight: theme.line, role.Mid: theme.line,
        role.Dark: theme.muted, role.Shadow: theme.line,
    }  # fmt: skip
    made = QPalette()
    for each, colour in colours.items():
        made.setColor(each, QColor(colour))
    for each in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, each, QColor(theme.muted))
    return made


def style_sheet(theme: Theme, scale: float = 1.0) -> str:
    """The shipped style sheet with the theme's colours and the icons of its shade filled in."""
    text = (RESOURCES / "style.qss").read_text(encoding="utf-8")
    text = re.sub(r"(?<=font-size: )\d+", lambda size: str(round(int(size[0]) * scale)), text)
    return Template(text).substitute(vars(theme), icons=(RESOURCES / "icons").as_posix())
