from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

from tests.conftest import ROOT


def test_an_installed_wheel_finds_its_presets_and_sample_data(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "pip", "wheel", "--no-deps", "--no-build-isolation", "--disable-pip-version-check", "-q"]
    done = subprocess.run([*build, "-w", str(tmp_path), str(ROOT)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "site")
    program = (
        "import workbench.resources as r; from workbench.runs.presets import presets;"
        "print(r.SAMPLE_DATA); print((r.RESOURCES / 'page' / 'page.html').is_file());"
        "print(len(list(r.SAMPLE_DATA.glob('*.csv')))); print(presets())"
    )
    installed = {"PYTHONPATH": str(tmp_path / "site")}
    asked = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, cwd=tmp_path, env=installed, check=True
    )
    told = asked.stdout.splitlines()
    assert Path(told[0]).is_relative_to(tmp_path / "site")
    assert told[1] == "True"
    assert int(told[2]) == len(list((ROOT / "sample_data").glob("*.csv"))) == 9
    assert told[3] == "('tiny', 'small', 'base')"
