"""What opens the window. The command line itself knows no Qt: it is handed what does."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from workbench.contracts.errors import WorkbenchError

DEMOS = ("reverse", "reviews", "translation", "stories", "tags")

Window = Callable[[str | None, str | None], int]
"""Opens the window on a path or on a demonstration."""


def gui(
    context: typer.Context,
    path: Annotated[Path | None, typer.Argument(help="A table, an experiment or a run.", show_default=False)] = None,
) -> int:
    """The window (also without the word gui)."""
    return _window(context)(None if path is None else str(path), None)


def demo(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="reverse, reviews, translation, stories or tags.")] = "reverse",
) -> int:
    """The window, training on bundled data."""
    if name not in DEMOS:
        raise WorkbenchError(f"there is no demonstration {name!r}", where="demo", mend="Use one of: " + ", ".join(DEMOS) + ".")
    return _window(context)(None, name)


def _window(context: typer.Context) -> Window:
    window: Window | None = context.obj
    if window is None:
        raise WorkbenchError("this way of calling has no window", where="gui", mend="Call attention-workbench in a terminal.")
    return window
