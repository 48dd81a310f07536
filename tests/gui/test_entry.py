"""Starting the program from a terminal."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest


def call(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")}
    return subprocess.run(
        [sys.executable, "-m", "workbench", *words], env={**clean, **environment}, capture_output=True, text=True, timeout=120
    )


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there always is a display")
@pytest.mark.parametrize("words", [(), ("gui",), ("demo",), ("gui", "table.csv")])
def test_without_a_display_it_names_the_way_without_a_window(words: tuple[str, ...]) -> None:
    ended = call(*words)
    assert ended.returncode == 2
    assert "attention-workbench train" in ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there always is a display")
def test_a_display_that_does_not_answer_is_said_the_same_way() -> None:
    ended = call("gui", DISPLAY=":987")
    assert ended.returncode == 2
    assert "attention-workbench train" in ended.stderr


def test_an_unknown_demonstration_is_named_with_the_known_ones() -> None:
    ended = call("demo", "nonsense", QT_QPA_PLATFORM="offscreen")
    assert ended.returncode == 2
    assert "reverse" in ended.stderr


def test_a_word_that_is_neither_command_nor_file_is_refused() -> None:
    ended = call("trian", QT_QPA_PLATFORM="offscreen")
    assert ended.returncode == 2
    assert "trian" in ended.stderr
