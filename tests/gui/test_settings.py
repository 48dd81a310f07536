from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.gui.settings import RECENT, Settings, load, save


def test_what_is_saved_comes_back(tmp_path: Path) -> None:
    settings = Settings(theme="dark", language="zh_CN", recent=["a", "b"], more_settings=True)
    save(settings, tmp_path / "deep" / "settings.json")
    assert load(tmp_path / "deep" / "settings.json") == settings


def test_a_damaged_file_is_put_aside_and_everything_has_a_default(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_bytes(b'{"theme": "da\xff')
    assert load(path) == Settings()
    assert (tmp_path / "settings.damaged").exists()


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=8,
)  # fmt: skip


@given(content=st.dictionaries(st.sampled_from([*vars(Settings()), "other"]), json_values))
def test_a_wrong_value_never_stops_the_program(content: dict[str, object], tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("s") / "settings.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    loaded, default = load(path), Settings()
    for name, value in vars(loaded).items():
        assert type(value) is type(getattr(default, name))
    save(loaded, path)
    assert load(path) == loaded


def test_recent_paths_are_each_there_once_the_newest_first() -> None:
    settings = Settings()
    for number in range(30):
        settings.remember(str(number % 20))
    assert settings.recent == [str(number % 20) for number in range(29, 29 - RECENT, -1)]


def test_a_folder_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    save(Settings(), tmp_path / "file" / "settings.json")
    assert (tmp_path / "file").read_text() == ""
