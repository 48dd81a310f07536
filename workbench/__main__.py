"""``python -m workbench`` and ``attention-workbench``: the command line, with a window where one is wanted."""

from __future__ import annotations

import sys


def main() -> None:
    """Run a command; `gui` and `demo` open the window."""
    from workbench.cli import main as run
    from workbench.engine.importing import let_lie

    try:
        run(window=_open_window)
    finally:
        let_lie()


def _open_window(path: str | None, demo: str | None) -> int:
    try:
        from workbench.gui.launch import main as show
    except ImportError as error:  # a system library that Qt needs is not there
        sys.stderr.write(
            f"The window cannot be opened: {error}\n"
            "On Debian and Ubuntu: apt install libegl1 libgl1 libxkbcommon0 libfontconfig1 libdbus-1-3.\n"
            "Everything also works without one: attention-workbench train TABLE (see attention-workbench --help).\n"
        )
        return 2
    return show(path, demo)


if __name__ == "__main__":
    main()
