"""What is done of a long prediction, kept aside in parts so that an interruption costs the part at work and nothing else.

The parts of a table lie in one hidden folder beside the file that is to be written. Its name holds the identity of what was
asked (model, table, column): parts of another model or of a table that changed since are never taken. Each part is written
aside, synced, renamed, and begins with the checksum of its content; a damaged one is made again.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from workbench.contracts.errors import RunFailed
from workbench.engine.tasks import Prediction

VERSION = 1
"""Of the form of a part: raised whenever what is in it, or how it is computed, changes."""


@dataclass(frozen=True, kw_only=True)
class Part:
    """The answers to a stretch of rows."""

    rows: tuple[int, ...]
    """Those that could be answered, ascending."""
    answers: tuple[Prediction, ...]
    """One for each of them, without the probabilities of all classes."""
    cut: int = 0
    """Texts that were longer than the model reads."""


class Parts:
    """The parts of one prediction.

    Args:
        out: The file that is to be written.
        identity: Everything the answers depend on: JSON values.
    """

    def __init__(self, out: Path, identity: Mapping[str, Any]) -> None:  # Any: JSON values
        told = json.dumps({"version": VERSION, **identity}, sort_keys=True)
        self.digest = hashlib.sha256(told.encode()).hexdigest()
        self.folder = out.parent / f".{out.stem}.predicting-{self.digest[:16]}"

    def read(self, number: int) -> Part | None:
        """A part that is whole, or None."""
        try:
            checksum, _, content = self._path(number).read_bytes().partition(b"\n")
        except OSError:
            return None
        if hashlib.sha256(self.digest.encode() + content).hexdigest().encode() != checksum:
            return None
        told = json.loads(content)
        return Part(
            rows=tuple(told["rows"]),
            answers=tuple(
                Prediction(text=text, confidence=confidence, second=second, second_confidence=share)
                for text, confidence, second, share in told["answers"]
            ),
            cut=told["cut"],
        )

    def write(self, number: int, part: Part) -> None:
        """Keep a part.

        Raises:
            RunFailed: the disk is full, or the folder is gone.
        """
        answers = [[a.text, a.confidence, a.second, a.second_confidence] for a in part.answers]
        content = json.dumps({"rows": part.rows, "answers": answers, "cut": part.cut}, ensure_ascii=False).encode()
        checksum = hashlib.sha256(self.digest.encode() + content).hexdigest().encode()
        path = self._path(number)
        aside = path.with_name(f"{path.name}.{os.getpid()}")
        try:
            self.folder.mkdir(exist_ok=True)
            with aside.open("wb") as file:
                file.write(checksum + b"\n" + content)
                file.flush()
                os.fsync(file.fileno())
            aside.replace(path)
        except OSError as error:
            aside.unlink(missing_ok=True)
            raise cannot_write(error, self.folder.parent) from error

    def remove(self) -> None:
        """Let go of all parts: the file they are for is written."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def _path(self, number: int) -> Path:
        return self.folder / f"{number:06}.part"


def cannot_write(error: OSError, where: Path) -> RunFailed:
    """What a person is told when predictions find no place on the disk."""
    return RunFailed(
        f"the predictions could not be written: {error}", where=str(where),
        mend="Make room, or choose another place; the same again goes on from what is done already.",
    )  # fmt: skip


def digest_of_files(files: Sequence[Path]) -> str:
    """SHA-256 over files, names included: another weight, word or setting gives another one."""
    whole = hashlib.sha256()
    for path in sorted(files):
        with path.open("rb") as file:
            whole.update(f"{path.name}:{hashlib.file_digest(file, 'sha256').hexdigest()}\n".encode())
    return whole.hexdigest()
