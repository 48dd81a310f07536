"""Shared by all tests: where the real data lies, and a process that is small and quiet."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from tests.trained import Trained

os.environ.setdefault("HF_HUB_OFFLINE", "1")  # nothing is fetched while testing
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
os.environ.setdefault("OMP_NUM_THREADS", "1")

settings.register_profile("workbench", deadline=None)  # a busy machine is no failure; pytest's own timeout bounds each test
settings.load_profile("workbench")


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Importing all tests makes a million objects that stay: they are not searched for garbage meanwhile."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.enable()


ROOT = Path(__file__).resolve().parent.parent
DATA = Path(os.environ.get("WORKBENCH_DATA", ROOT.parent / "shared" / "data"))


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of its own with room for a few checkpoints."""
    if not sys.platform.startswith("linux"):
        pytest.skip("a small file system is mounted by Linux's own means")
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(place)], capture_output=True, text=True)
    if mounted.returncode:
        pytest.skip(f"this user may not mount a small file system: {mounted.stderr.strip()}")
    yield place
    subprocess.run(["umount", "--lazy", str(place)], check=True)


@pytest.fixture(scope="session")
def sample_data() -> Path:
    """The tables that come with the project."""
    return ROOT / "sample_data"


@pytest.fixture(scope="session")
def real_data() -> Path:
    """Third-party tables, kept outside the repository."""
    if not DATA.is_dir():
        pytest.skip(f"no real data at {DATA}; set WORKBENCH_DATA to its folder")
    return DATA


@pytest.fixture(scope="session")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Trained:
    """A tiny trained model of a task, by its name."""
    from tests.trained import training_into  # torch is loaded only where a model is asked for

    return training_into(tmp_path_factory.mktemp)
