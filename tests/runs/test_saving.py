"""A model that is saved is the old one or the new one, also on a disk that is full."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.trained import Trained
from workbench.contracts.errors import DiskFull
from workbench.runs.saving import save_model


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0 or sys.platform != "linux", reason="mounts a small disk")
def test_a_full_disk_is_told_and_keeps_the_model_that_was_there(trained: Trained, tmp_path: Path) -> None:
    opened, disk = trained("text-classification"), tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=16k", "tmpfs", disk], check=False, capture_output=True).returncode:
        pytest.skip("no disk can be mounted here")
    try:
        (disk / "model").mkdir()
        (disk / "model" / "old").write_text("old", encoding="utf-8")
        with pytest.raises(DiskFull, match="the disk has") as raised:
            save_model(disk / "model", opened.model, opened.recipe)
        assert "Make room" in raised.value.mend
        assert [path.relative_to(disk).as_posix() for path in sorted(disk.rglob("*"))] == ["model", "model/old"]
    finally:
        subprocess.run(["umount", "--lazy", disk], check=True)
