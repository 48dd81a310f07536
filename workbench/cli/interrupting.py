"""What works long: Ctrl+C stops it in order, and the libraries stay silent beside it."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TYPE_CHECKING

from workbench.cli.output import words

if TYPE_CHECKING:
    from workbench.engine.control import Control


@contextmanager
def interruptible() -> Iterator[Control]:
    """The first Ctrl+C (or SIGTERM) stops after the step and keeps everything; the second leaves at once."""
    from workbench.engine.control import Control

    quiet()
    control = Control()

    def stop(number: int, frame: FrameType | None) -> None:
        if control.stopping:
            raise KeyboardInterrupt
        control.stop()
        words().print("Stopping after this step; everything is kept. Once more leaves at once.")

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield control
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def quiet() -> None:
    """The libraries' own bars and notices stay out of the terminal: this program says what a person needs."""
    from transformers.utils import logging

    logging.set_verbosity_error()
    logging.disable_progress_bar()
