"""What the program remembers between sessions: a typed door to one small JSON file in the system's own place.

Not QSettings: its INI form gives ``'false'`` for False and turns a list of one into its item. A file that is damaged or from a
newer version is put aside, never a reason not to start.
"""

from __future__ import annotations

import json
import logging
import os
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

import platformdirs

log = logging.getLogger(__name__)

APP = "attention-workbench"
RECENT = 12


@dataclass(kw_only=True)
class Settings:
    """What is remembered; every value has a default that works."""

    theme: str = "system"
    """system | light | dark"""
    language: str = "system"
    """system | en | zh_CN"""
    geometry: str = ""
    """Of the main window, as base64."""
    recent: list[str] = field(default_factory=list)
    """Tables, runs and experiments, newest first; also such as are missing now."""
    draft: str = ""
    """The experiment being set up: its given settings, preset and name, as JSON."""
    run: str = ""
    """The run that was on the Train page."""
    runs_folder: str = ""
    """Where new runs go; under the documents when empty."""
    more_runs: list[str] = field(default_factory=list)
    """Other folders whose runs are listed, and single runs."""
    more_settings: bool = False

    def remember(self, path: str) -> None:
        """Put a path at the head of the recent ones."""
        self.recent = [path, *(other for other in self.recent if other != path)][:RECENT]

    def runs_place(self) -> Path:
        """The folder new runs are made in."""
        return (
            Path(self.runs_folder)
            if self.runs_folder
            else Path(platformdirs.user_documents_dir()) / "Attention Workbench" / "runs"
        )


def settings_file() -> Path:
    """Where settings are kept; ``ATTENTION_WORKBENCH_HOME`` names another folder."""
    home = os.environ.get("ATTENTION_WORKBENCH_HOME")
    return (Path(home) if home else Path(platformdirs.user_config_dir(APP, appauthor=False))) / "settings.json"


def load(path: Path) -> Settings:
    """Read settings; what is missing, wrong or unknown has its default."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Settings()
    except (OSError, ValueError) as error:
        log.warning("the settings cannot be read and are put aside: %s", error)
        _put_aside(path)
        return Settings()
    known = content if isinstance(content, dict) else {}
    default = Settings()
    values = {f.name: known[f.name] for f in fields(Settings) if _same_kind(known.get(f.name), getattr(default, f.name))}
    return Settings(**values)


def save(settings: Settings, path: Path) -> None:
    """Write settings as a whole; a disk that cannot be written is logged, not shown."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        aside = path.with_suffix(f".{os.getpid()}.partial")
        aside.write_text(json.dumps(asdict(settings), ensure_ascii=False, indent=1), encoding="utf-8")
        aside.replace(path)
    except OSError as error:
        log.warning("the settings cannot be written: %s", error)


def _same_kind(value: Any, default: Any) -> bool:  # Any: JSON values
    if isinstance(default, list):
        return isinstance(value, list) and all(isinstance(item, str) for item in value)
    return type(value) is type(default)


def _put_aside(path: Path) -> None:
    try:
        path.replace(path.with_suffix(".damaged"))
    except OSError as error:
        log.warning("the damaged settings stay where they are: %s", error)
