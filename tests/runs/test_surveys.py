from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from tests.minilm import minilm
from workbench.contracts.errors import Cancelled, WorkbenchError
from workbench.contracts.inspection import Query
from workbench.runs import studies
from workbench.runs.inspector import Inspector
from workbench.runs.process import EngineProcess
from workbench.runs.surveys import survey

TEXTS = ("The cat sat on the mat.", "Nobody minded the dog at all.", "", "It was a long and quiet evening.", "One more row.")


@pytest.fixture(scope="module")
def real() -> Inspector:
    return Inspector.open(minilm())


@pytest.fixture
def table(tmp_path: Path) -> str:
    with (tmp_path / "table.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["number", "comment"], *([number, text] for number, text in enumerate(TEXTS))])
    return str(tmp_path / "table.csv")


def test_the_mean_over_a_table_is_that_over_its_texts(real: Inspector, table: str) -> None:
    found = list(survey(real, table, "", 3))
    assert [each.done for each in found] == [0, 1, 2, 3]
    assert {(each.column, each.total, each.skipped) for each in found} == {("comment", 3, 1)}
    assert found[0].columns == ("number", "comment")
    alone = [studies.tables(real, Query(text=text), lambda: False)[0] for text in TEXTS if text][:3]
    for name in ("entropy", "previous_token", "value_weighted_norm"):
        mean = np.mean([each.values[name] for each in alone], axis=0)
        np.testing.assert_allclose(found[-1].tables[0].values[name], mean, rtol=1e-4, atol=1e-6)
    assert found[-1].tables[0].texts == 3
    assert found[-1].tables[0].provenance["column"] == "comment"


def test_a_column_is_chosen_and_what_is_not_there_is_said(real: Inspector, table: str) -> None:
    assert list(survey(real, table, "number", 2))[-1].tables[0].texts == 2
    with pytest.raises(WorkbenchError, match="colour"):
        list(survey(real, table, "colour", 2))
    with pytest.raises(WorkbenchError, match=r"no such file|not found|does not exist"):
        list(survey(real, table + ".missing", "", 2))


def test_it_stops_between_texts(real: Inspector, table: str) -> None:
    stop: list[bool] = []
    answers = survey(real, table, "", 4, cancelled=lambda: bool(stop))
    assert [next(answers).done, next(answers).done] == [0, 1]
    stop.append(True)
    with pytest.raises(Cancelled):
        next(answers)


def test_other_orders_come_between_the_texts_of_a_survey(table: str) -> None:
    engine = EngineProcess()
    try:
        path, asked = str(minilm()), (table, "", 2)
        assert engine.ask("next", path, "survey", asked, True).done == 0
        assert engine.ask("next", path, "survey", asked, False).done == 1
        assert engine.ask("inspect", path, "look", Query(text="The cat sat.")).walls
        assert engine.ask("next", path, "survey", asked, False).done == 2
        assert engine.ask("next", path, "survey", asked, False) is None
        assert engine.ask("next", path, "survey", asked, True).done == 0
    finally:
        engine.close()
