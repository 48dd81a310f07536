"""The command line: what a person, a script or a cluster calls. See `workbench.cli.commands`."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path

import typer

from workbench.cli.commands import app
from workbench.cli.output import print_error
from workbench.cli.window import Window
from workbench.contracts.errors import RunFailed, WorkbenchError

UsageError: type[Exception] = typer.BadParameter.__mro__[1]
"""What typer raises for a wrong command line. Its home moved from click into typer itself; its heirs are public."""


def main(arguments: Sequence[str] | None = None, *, window: Window | None = None) -> None:
    """Run a command and exit: 0 done, 2 bad input or usage, 1 failed, 130 interrupted.

    Args:
        arguments: The command line; this process's own when left out.
        window: Opens the window; `workbench.__main__` hands it in.
    """
    words = _with_command(list(sys.argv[1:] if arguments is None else arguments))
    as_json = "--json" in words
    try:
        code = app(args=words, prog_name="attention-workbench", standalone_mode=False, obj=window)
        sys.exit(code if isinstance(code, int) else 0)
    except WorkbenchError as error:
        print_error(error, as_json=as_json)
        sys.exit(error.exit_code)
    except UsageError as error:
        context = getattr(error, "ctx", None)
        command = context.command_path if context else "attention-workbench"
        message = getattr(error, "format_message", error.__str__)()
        print_error(WorkbenchError(message, where=command, mend=f"See {command} --help."), as_json=as_json)
        sys.exit(2)
    except (KeyboardInterrupt, typer.Abort):
        mend = "Go on with `attention-workbench resume RUN`."
        if words[:1] == ["predict"]:
            mend = "The same again goes on from what is done already."
        print_error(WorkbenchError("interrupted", mend=mend), as_json=as_json)
        sys.exit(130)
    except BrokenPipeError:  # the reader of our output has left
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except Exception as error:  # the last resort: scripts still get their one JSON object
        traceback.print_exc()
        defect = RunFailed(
            f"{type(error).__name__}: {error}", mend="This is a defect of the program: please report it with the text above."
        )
        print_error(defect, as_json=as_json)
        sys.exit(1)


def _with_command(words: list[str]) -> list[str]:
    """``attention-workbench`` and ``attention-workbench PATH`` mean the window."""
    commands = {command.name or getattr(command.callback, "__name__", "") for command in app.registered_commands}
    if not words:
        return ["gui"]
    if words[0] in commands or words[0].startswith("-") or not Path(words[0]).exists():
        return words
    return ["gui", *words]
