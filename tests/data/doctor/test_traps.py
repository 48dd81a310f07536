"""Every trap of the real data is found, with a mend; rows of every file are accounted for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import DATA
from tests.data.doctor.traps import TRAPS, Trap, told
from workbench.contracts.errors import WorkbenchError
from workbench.contracts.specs import DataSpec
from workbench.data.prepare import prepare
from workbench.data.table import open_table

FOLDERS = ["A_hwu64_kfold1/trainset", "B_zh_poetry_dynasty", "A_banking77"]
MENDS = "drop-duplicates drop-near-duplicates"
PREPARED = ("A_", "B_", "C_", "D_", "E_", "F_")
FILES = [
    str(path.relative_to(DATA))
    for path in sorted(DATA.rglob("*"))
    if path.is_file() and path.parts[-2] not in ("LICENCES", "trainset", "testset")
] + FOLDERS
LARGE = 200_000
"""Bytes of a file from which on it is mended, too, only with ``-m benchmark``."""


def is_prepared(name: str) -> bool:
    """Whether examples are made of it, and not of a folder that it is part of."""
    return name.startswith(PREPARED) and not any(name.startswith(f"{folder}/") for folder in FOLDERS)


def cases(name: str) -> Iterator[Any]:  # Any: pytest's sets of parameters have no public type
    """A file as it is, and where its rows are used as the doctor would mend them."""
    yield pytest.param(name, None, id=name)
    if is_prepared(name):
        large = not (DATA / name).is_file() or (DATA / name).stat().st_size > LARGE
        yield pytest.param(name, MENDS, id=f"{name}-mended", marks=[pytest.mark.benchmark] if large else [])


@pytest.mark.skipif(not DATA.is_dir(), reason=f"no real data at {DATA}; set WORKBENCH_DATA to its folder")
@pytest.mark.parametrize("trap", TRAPS, ids=lambda trap: f"{Path(trap.file).name}-{trap.kind}")
def test_every_trap_is_found_and_has_a_mend(trap: Trap) -> None:
    found = told(trap, DATA)
    assert found is not None
    assert found.mend


@pytest.mark.skipif(not DATA.is_dir(), reason=f"no real data at {DATA}; set WORKBENCH_DATA to its folder")
@pytest.mark.parametrize(("name", "mends"), [case for name in FILES for case in cases(name)] or [("none", None)])
def test_rows_in_a_file_are_used_or_listed(name: str, mends: str | None) -> None:
    spec = DataSpec(table=str(DATA / name), max_length=8, tokenizer="character")
    try:
        with open_table(spec) as table:
            in_file, rejected, kind = table.row_count + len(table.rejected), len(table.rejected), table.kind
            seen = sum(1 for _ in table.rows(table.columns[:1]))
    except WorkbenchError as error:
        assert error.mend  # noqa: PT017  # refused whole, by name
        return
    assert in_file == seen + rejected
    if not is_prepared(name) or kind == "text":
        return
    try:
        made = prepare(DataSpec(table=spec.table, max_length=8, vocab_size=300, mends=mends))
    except WorkbenchError as error:
        assert error.mend  # noqa: PT017
        return
    counts = made.counts
    tested = len(made.parts["test"].cells.rows) if "test" in made.parts else 0
    read = counts["read"] - tested
    assert read + counts["rejected"] == in_file
    used = counts["train"] + counts["validation"]
    reasons = {name: count for name, count in counts.items() if name not in _COUNTS}
    assert read == used + counts["unusable"]
    assert sum(reasons.values()) == counts["unusable"]
    assert len(made.unusable) == min(100, counts["unusable"])


_COUNTS = ("read", "rejected", "unusable", "train", "validation", "test", "test_seen", "cut")
