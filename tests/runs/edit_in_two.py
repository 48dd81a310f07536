"""Train in two processes while a person edits, saves and pauses: run as a script under torchrun by the benchmarks."""

from __future__ import annotations

import sys
import threading
from pathlib import Path

from tests.tables import tiny
from workbench.contracts.edits import Edit
from workbench.contracts.events import Paused, Step
from workbench.engine.control import Control
from workbench.runs.execute import start
from workbench.runs.folder import RunFolder

HEAD = Edit(what="head", kind="encoder", head=1, value="off")
EDITS = {
    3: [Edit(what="learning_rate", value=0.02), Edit(what="head", kind="encoder", value="frozen")],
    8: [HEAD, Edit(what="head", kind="encoder", head=9, value="off")],
}


def main(table: Path, out: Path, repeated: Path | None) -> None:
    experiment = tiny(table, "text-classification", batch_size=4) if repeated is None else RunFolder(repeated).experiment()
    control = Control()
    for event in start(experiment, out, control=control):  # the main process alone hears events, and so edits
        if repeated is None and isinstance(event, Step):
            for edit in EDITS.get(event.step, ()):
                control.edit(edit)
            if event.step == 6:
                control.save()
                control.pause()
        if isinstance(event, Paused):
            control.edit(Edit(what="dropout", value=0.2))
            threading.Timer(0.2, control.resume).start()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]) if len(sys.argv) > 3 else None)
