"""The one kind of error a person sees: what happened, where, and how to mend it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


class WorkbenchError(Exception):
    """Something a person can act on.

    Args:
        what: What is wrong, one sentence.
        where: File, row, column or field.
        mend: What to do about it.
    """

    exit_code = 2
    """Exit status of the command line: 2 for bad input or usage."""

    def __init__(self, what: str, *, where: str = "", mend: str = "") -> None:
        self.what, self.where, self.mend = what, where, mend
        super().__init__(" ".join(part for part in (f"{where}: {what}" if where else what, mend) if part))

    def as_dict(self) -> dict[str, str]:
        """The error as the command line's JSON: ``{"what", "where", "mend"}``."""
        return {"what": self.what, "where": self.where, "mend": self.mend}


def listed(names: Iterable[str]) -> str:
    """Names as a list in a sentence; one that holds a comma itself is quoted."""
    return ", ".join(repr(name) if ", " in name else name for name in names)


class RunFailed(WorkbenchError):
    """Good input, but the work could not be finished: out of memory, a full disk, a lost device, a loss that is not finite."""

    exit_code = 1


class DiskFull(RunFailed):
    """The disk has no room for what is to be written; once it has, the same can be written again."""

    missing = 0
    """Bytes that are wanted beyond what is free, where that is known."""


class DeviceLost(RunFailed):
    """A device that computes no more for this process; another process may find it well."""


class Cancelled(WorkbenchError):
    """The person asked to stop before there was a result."""

    exit_code = 130


class NotYet(WorkbenchError):
    """What is asked for is not there yet, and comes by itself."""


@dataclass(frozen=True, kw_only=True)
class Problem:
    """One field of a spec that cannot be used."""

    field: str
    value: object
    allowed: str
    why: str = ""

    def __str__(self) -> str:
        why = f" ({self.why})" if self.why else ""
        return f"{self.field} = {self.value!r}: {self.allowed}{why}"


class SpecError(WorkbenchError):
    """A spec with everything that is wrong with it, not only the first thing."""

    def __init__(self, problems: Sequence[Problem], *, where: str = "") -> None:
        self.problems = tuple(problems)
        super().__init__(
            "; ".join(str(problem) for problem in self.problems),
            where=where or "experiment",
            mend="Change the named fields to allowed values.",
        )
