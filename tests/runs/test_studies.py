from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.minilm import minilm
from tests.runs.test_execute import drain
from tests.tables import tiny, write_table
from workbench.contracts.errors import Cancelled, WorkbenchError
from workbench.contracts.inspection import Change, Query
from workbench.engine.rollout import attention_flow
from workbench.runs import studies
from workbench.runs.execute import start
from workbench.runs.inspector import Inspector

TEXT = "The cat that the dog chased sat on the mat, and nobody minded."


def never() -> bool:
    return False


@pytest.fixture(scope="module")
def real() -> Inspector:
    return Inspector.open(minilm())


def of_task(task: str, folder: Path) -> Inspector:
    drain(start(tiny(write_table(folder, task), task), folder / "run"))
    return Inspector.open(folder / "run")


def test_a_cell_adds_up_to_what_the_model_used(real: Inspector) -> None:
    query = Query(text=TEXT)
    whole = real.head("encoder", 2, 8, query).weights
    cell = studies.cell(real, query, "encoder", 2, 8, 5, 4)
    assert cell.gap < 1e-5
    assert cell.weight == pytest.approx(float(whole[5, 4]), abs=1e-6)
    assert cell.dot * cell.scaling + cell.added[4] == pytest.approx(cell.score, abs=1e-5)


def test_a_cell_is_as_it_would_be_where_its_own_head_is_changed(real: Inspector) -> None:
    plain = studies.cell(real, Query(text=TEXT), "encoder", 2, 8, 5, 4)
    own = studies.cell(
        real, Query(text=TEXT, changes=(Change(act="off", kind="encoder", layer=2, head=8),)), "encoder", 2, 8, 5, 4
    )
    below = studies.cell(real, Query(text=TEXT, changes=(Change(act="off", kind="encoder", layer=0),)), "encoder", 2, 8, 5, 4)
    assert own.weight == plain.weight
    assert below.weight != plain.weight
    assert below.gap < 1e-5


def test_the_head_that_looks_at_the_word_before_is_named(real: Inspector) -> None:
    (table,) = studies.tables(real, Query(text=TEXT), never)
    scores = table.values["previous_token"]
    layer, head = np.unravel_index(scores.argmax(), scores.shape)
    weights = real.head("encoder", int(layer), int(head), Query(text=TEXT)).weights
    assert scores.max() == pytest.approx(np.trace(weights, offset=-1) / len(weights), rel=0.1)
    assert "previous_token" in table.names[layer][head]


def test_a_table_can_be_stopped(real: Inspector) -> None:
    with pytest.raises(Cancelled):
        studies.importance(real, Query(text=TEXT), lambda: True)


def test_a_rollout_starts_from_the_mean_of_the_heads(real: Inspector) -> None:
    found = studies.rollout(real, Query(text=TEXT))
    weights = real.look(Query(text=TEXT)).walls["encoder"].tiles
    size = weights.shape[-1]
    np.testing.assert_allclose(found.layers.sum(-1), 1, atol=1e-5)
    np.testing.assert_allclose(found.layers[0], 0.5 * weights[0].mean(0) + 0.5 * np.eye(size), atol=1e-5)
    assert len(found.tokens) == size


def test_a_flow_comes_row_by_row_and_is_the_one_of_the_engine(real: Inspector) -> None:
    query = Query(text="The cat sat.")
    steps = list(studies.flow(real, query, 1))
    size = len(steps[-1].tokens)
    assert [step.done for step in steps] == list(range(size + 1))
    assert [len(step.values) for step in steps] == list(range(size + 1))
    weights = real.weights(("encoder",), query=query)["encoder"].weights
    np.testing.assert_allclose(steps[-1].values[2], attention_flow(weights[:2], 2), atol=1e-6)
    (first,) = list(studies.flow(real, query, 0))[-1:]
    np.testing.assert_allclose(first.values, studies.rollout(real, query).layers[0], atol=1e-5)  # one layer: the same thing


def test_a_flow_can_be_stopped_and_has_its_bounds(real: Inspector) -> None:
    with pytest.raises(Cancelled):
        list(studies.flow(real, Query(text="The cat sat."), 5, cancelled=lambda: True))
    with pytest.raises(WorkbenchError, match="no layer 6"):
        next(studies.flow(real, Query(text="The cat sat."), 6))
    with pytest.raises(WorkbenchError, match="too long") as error:
        next(studies.flow(real, Query(text="cat " * studies.LONGEST_FLOW), 0))
    assert "at most 128" in error.value.mend


def test_readings_end_with_what_the_model_says(tmp_path: Path) -> None:
    inspector = of_task("causal-lm", tmp_path)
    query = Query(text="red")
    found = studies.readings(inspector, query, never)
    assert found.tokens[-1][-1][0] == inspector.look(query).answer.likely[0][0]


def test_a_model_without_words_to_say_has_no_readings(real: Inspector) -> None:
    with pytest.raises(WorkbenchError):
        studies.readings(real, Query(text=TEXT), never)


@pytest.mark.parametrize("task", ["text-classification", "causal-lm", "masked-lm", "seq2seq"])
def test_what_an_answer_hangs_on_adds_up(task: str, tmp_path: Path) -> None:
    inspector = of_task(task, tmp_path)
    query = Query(text="red apple")
    found = studies.attribution(inspector, query)
    answer = inspector.look(query).answer
    if answer.likely:
        assert found.answer == answer.likely[0][0]
    assert found.baseline is not None
    assert abs(found.values.sum() - (found.logit - found.baseline)) == pytest.approx(found.gap, abs=1e-4)
    assert found.gap < 0.05 * max(1.0, abs(found.logit))
    assert len(found.values) == len(found.tokens)
    assert (found.heads >= 0).all()
    assert found.heads.any()


def test_a_sentence_vector_has_no_reasons(real: Inspector) -> None:
    with pytest.raises(WorkbenchError, match="no single answer"):
        studies.attribution(real, Query(text=TEXT))
