"""What the documents tell people to type works as it stands there."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.minilm import minilm
from tests.pictures import save_picture, save_vit
from tests.runs.test_execute import drain
from tests.tables import tiny, write_table
from workbench.cli import main
from workbench.runs.execute import start

TEXT = (ROOT / "docs" / "inspect.md").read_text(encoding="utf-8")
PROGRAMS = re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL)
COMMANDS = re.findall(r"^attention-workbench (inspect path/to/\w+ .*?)(?: {2,}#.*)?$", TEXT, re.MULTILINE)


@pytest.mark.parametrize("number", range(len(PROGRAMS)))
def test_a_program_runs_as_written(
    number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    program = PROGRAMS[number].replace("path/to/model", str(minilm()))
    exec(compile(program, f"docs/inspect.md, program {number}", "exec"), {})
    if number == 1:
        said = capsys.readouterr().out
        assert re.fullmatch(r"layer 0, head 2: 0\.9\d; cosine with it off: 0\.\d{4}\n", said), said
        assert len([line for line in program.splitlines() if line.strip()]) < 10
    if number == 2:
        assert (tmp_path / "cat.html").stat().st_size > 10_000


def test_a_notebook_takes_three_lines_and_shows_a_page() -> None:
    written = PROGRAMS[0].replace("path/to/model", str(minilm())).splitlines()
    *lines, last = [line for line in written if line.strip()]
    assert len(lines) == 2
    names: dict[str, object] = {}
    exec("\n".join(lines), names)
    shown = eval(last, names)
    assert shown._repr_html_().startswith('<iframe sandbox="allow-scripts" srcdoc="&lt;!doctype html&gt;')


def run_of(task: str, folder: Path) -> Path:
    drain(start(tiny(write_table(folder, task), task), folder / "run"))
    return folder / "run"


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_runs_as_written(command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    beside = tmp_path.with_name(tmp_path.name + "-beside")
    beside.mkdir()
    table = beside / "table.csv"
    table.write_text("comment\n" + "The cat sat on the mat.\n" * 3, encoding="utf-8")
    places: dict[str, Callable[[], object]] = {
        "path/to/table.csv": lambda: table, "path/to/model": minilm, "path/to/other": minilm,
        "path/to/decoder": lambda: run_of("causal-lm", beside),
        "path/to/classifier": lambda: run_of("text-classification", beside),
        "path/to/vit": lambda: save_vit(beside / "vit"), "cat.jpg": lambda: save_picture(beside / "a.png"),
    }  # fmt: skip
    for name, place in places.items():
        if name in command:
            command = command.replace(name, str(place()))
    with pytest.raises(SystemExit) as ended:
        main(shlex.split(command))
    assert not ended.value.code
    assert bool(list(tmp_path.iterdir())) == ("--out" in command)


def test_there_are_programs_and_commands() -> None:
    assert (len(PROGRAMS), len(COMMANDS)) == (3, 12)
