"""The settings that a run was begun with: ``settings.json``, beside the ``experiment.toml`` that anybody can edit.

A digit that a bad disk turns in ``experiment.toml`` would make another model without a word. So a run is only gone on with, and
its model only read, under the settings that decide its weights and what it reads.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from pathlib import Path
from typing import Any

from workbench.contracts.errors import WorkbenchError
from workbench.contracts.specs import SECTIONS, Experiment

BEGUN = "settings.json"
FREE = frozenset({
    "data.table", "data.test", "train.device", "train.threads", "train.checkpoints", "train.tensorboard", "train.wandb",
    "train.film_megabytes", "train.film_text",
})  # fmt: skip
"""Settings that may change: they decide nothing, or what they decide is checked by itself (the rows of a table that moved)."""

TOLD = ("train.device", "train.threads")
"""Those of them whose change may turn the last bits of the weights: it is said."""

Settings = dict[str, Any]  # Any: each setting has its own type
"""By section and name: ``train.seed``."""


def settings_of(experiment: Experiment) -> Settings:
    """The settings that decide what a run comes to, as TOML reads them."""
    return {name: value for name, value in _all(experiment).items() if name not in FREE}


def _all(experiment: Experiment) -> Settings:
    content = tomllib.loads(experiment.to_toml())
    return {f"{section}.{name}": value for section in SECTIONS for name, value in content.get(section, {}).items()}


def as_text(experiment: Experiment) -> str:
    """What the file holds: the settings, and a checksum of them."""
    told = {name: value for name, value in _all(experiment).items() if name in TOLD}
    settings = settings_of(experiment) | told
    return json.dumps({"sha256": _sum(settings), "settings": settings}, indent=1, ensure_ascii=False) + "\n"


def check_begun(path: Path, experiment: Experiment) -> None:
    """Refuse an experiment that is not the one a run was begun with.

    Args:
        path: The run's folder.
        experiment: As it stands in ``experiment.toml`` now.

    Raises:
        WorkbenchError: a setting differs.
    """
    begun = _begun(path / BEGUN)
    if begun is None:
        return
    now = settings_of(experiment)
    for name in sorted((begun.keys() | now.keys()) - FREE):
        was, told = (settings.get(name, _default(name)) for settings in (begun, now))
        if was != told:
            mend = f"Write {name} = {was!r} there again." if was is not None else f"Remove {name} there."
            raise WorkbenchError(
                f"{name} is {told!r}, and this run was begun with {was!r}", where=str(path / "experiment.toml"),
                mend=f"{mend} If the change was meant, start a new run; or delete {BEGUN} beside it.",
            )  # fmt: skip


def changed(path: Path, experiment: Experiment) -> str:
    """What to say where a run goes on with a device or threads other than it was begun with; nothing where it does not."""
    begun, now = _begun(path / BEGUN), _all(experiment)
    different = [name for name in TOLD if begun is not None and begun.get(name) != now.get(name)]
    if begun is None or not different:
        return ""
    name = different[0]
    return f"{name} was {begun.get(name)!r} and is {now.get(name)!r}: the last bits of the weights may differ."


def _begun(path: Path) -> Settings | None:
    """What was written, where it is sound: if it is not, nothing can be compared, and the experiment itself is whole."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        settings: Settings = content["settings"]
        return settings if content["sha256"] == _sum(settings) else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _default(name: str) -> object:
    """Of a setting, also of one that came with a later version."""
    section, _, own = name.partition(".")
    return getattr(SECTIONS[section](), own, None) if section in SECTIONS else None


def _sum(settings: Settings) -> str:
    return hashlib.sha256(json.dumps(settings, sort_keys=True).encode()).hexdigest()
