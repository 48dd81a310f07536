"""Words of the command line that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Json = Annotated[bool, typer.Option("--json", help="One JSON object on stdout; words go to stderr.")]
RunFolder = Annotated[Path, typer.Argument(help="A run folder.", show_default=False)]
