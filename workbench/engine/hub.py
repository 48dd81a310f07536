"""A model of the hub by its name: from the cache if it is there, else fetched into it, smallest file first."""

from __future__ import annotations

import errno
from collections.abc import Callable
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from huggingface_hub import HfApi, hf_hub_download, snapshot_download
from huggingface_hub.errors import (
    GatedRepoError,
    HfHubHTTPError,
    HFValidationError,
    LocalEntryNotFoundError,
    OfflineModeIsEnabled,
    RepositoryNotFoundError,
)
from tqdm import tqdm

from workbench.contracts.errors import Cancelled, WorkbenchError

PARTS = ("*.json", "*.safetensors", "*.txt", "*.model")
"""What is fetched: config, tokenizer and weights; never code, never pickle."""

Progress = Callable[[int, int], None]
"""Hears how many bytes are there, of how many."""

_HTTP: type[Exception] = HfHubHTTPError.__bases__[0]  # of whichever library the hub's client speaks HTTP with


def cached(name: str) -> Path | None:
    """The folder of a model in the cache; None if it is not there or not complete."""
    try:
        folder = Path(snapshot_download(name, local_files_only=True, allow_patterns=list(PARTS)))
    except (HFValidationError, LocalEntryNotFoundError, OSError):
        return None
    # The weights are fetched last, so where they are, everything is.
    return folder if (folder / "config.json").is_file() and any(folder.glob("*.safetensors")) else None


def fetch(name: str, *, progress: Progress | None = None, cancelled: Callable[[], bool] = lambda: False) -> Path:
    """The folder of a model in the hub's cache; what is missing is downloaded, and a broken-off download goes on.

    Args:
        name: Its name on the hub, such as "google-bert/bert-base-uncased".
        progress: Hears how far it is.
        cancelled: Whether to stop.

    Raises:
        Cancelled: it was stopped; what was fetched stays in the cache.
        WorkbenchError: no such model, not allowed, only pickled weights, or no network.
    """
    found = cached(name)
    if found is not None:
        return found
    try:
        info = HfApi().model_info(name, files_metadata=True, timeout=20)
        # Only what lies beside the config: other folders hold other formats.
        files = [file for file in info.siblings or [] if "/" not in file.rfilename]
        wanted = sorted(
            (file.size or 0, file.rfilename) for file in files if any(fnmatch(file.rfilename, kind) for kind in PARTS)
        )
        _check(name, [file for _, file in wanted], [file.rfilename for file in files])
        meter = _Meter(sum(size for size, _ in wanted), progress, cancelled)
        path = ""
        for size, file in wanted:
            path = hf_hub_download(name, file, tqdm_class=meter.bar())
            meter.finished(size)
    except (HfHubHTTPError, HFValidationError, OfflineModeIsEnabled, _HTTP, OSError) as error:
        raise _trouble(name, error) from error
    return Path(path).parent


class _Meter:
    """Adds up what the bars of single files say, and stops the download between two pieces."""

    def __init__(self, total: int, progress: Progress | None, cancelled: Callable[[], bool]) -> None:
        self._total, self._progress, self._cancelled = total, progress, cancelled
        self._before = 0

    def finished(self, size: int) -> None:
        """A file is there."""
        self._before += size
        self._note(0)

    def _note(self, done: int) -> None:
        if self._cancelled():
            raise Cancelled("stopped while fetching a model")
        if self._progress is not None:
            self._progress(min(self._before + done, self._total), self._total)

    def bar(self) -> type[tqdm]:
        """A bar that draws nothing, as the hub's client asks for one."""
        note = self._note

        class Bar(tqdm):
            def __init__(self, *args: Any, **kwargs: Any) -> None:
                kwargs.pop("name", None)
                super().__init__(*args, **{**kwargs, "disable": True})
                self.here = int(kwargs.get("initial") or 0)
                note(self.here)

            def update(self, n: float | None = 1) -> bool | None:
                self.here += int(n or 0)
                note(self.here)
                return None

        return Bar


def _check(name: str, wanted: list[str], there: list[str]) -> None:
    if "config.json" not in wanted:
        raise WorkbenchError(
            "it has no config.json, so it is no model of transformers", where=f"hub model {name}", mend="Choose another model."
        )
    if not any(file.endswith(".safetensors") for file in wanted):
        pickled = any(file.endswith((".bin", ".pt", ".pth", ".ckpt")) for file in there)
        what = (
            "its weights are pickled only, and opening such a file can run any program in it" if pickled else "it has no weights"
        )
        raise WorkbenchError(what, where=f"hub model {name}", mend="Choose a model with model.safetensors; nothing was fetched.")


def _trouble(name: str, error: Exception) -> WorkbenchError:
    """What went wrong, in words."""
    where = f"hub model {name}"
    if isinstance(error, HFValidationError):
        return WorkbenchError(
            "there is no such folder, and this is no name of the hub",
            where=where,
            mend="Give a folder, or a name such as owner/model.",
        )
    if isinstance(error, GatedRepoError):
        return WorkbenchError(
            "its owner gives it only to those who agreed to something",
            where=where,
            mend="Agree on the model's page, sign in with `hf auth login`, and try again.",
        )
    if isinstance(error, RepositoryNotFoundError):
        return WorkbenchError(
            "there is no such folder and no such model on the hub", where=where, mend="Check the spelling, or give a folder."
        )
    if isinstance(error, HfHubHTTPError):
        return WorkbenchError(f"the hub refused: {type(error).__name__}", where=where, mend="Try again later.")
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EACCES, errno.EROFS, errno.EPERM):
        return WorkbenchError(
            f"it cannot be kept: {error.strerror}",
            where=str(error.filename or where),
            mend="Make room, or set HF_HOME elsewhere.",
        )
    return WorkbenchError(
        "there is no such folder, it is not in the cache, and the hub cannot be reached",
        where=where,
        mend="Go online and try again, or give a folder.",
    )
