from __future__ import annotations

from workbench.contracts.errors import WorkbenchError
from workbench.gui.models.draft import Draft
from workbench.gui.models.estimate_state import EstimateState, Phase, counted, shape_of


def test_parameters_are_counted_from_the_draft_and_what_the_data_decide() -> None:
    draft = Draft()
    draft.know_roles("text-classification", "text", "label")
    first = counted(draft, {})
    assert first is not None
    assert first.embeddings == 0  # no vocabulary is made up: the least that there will be
    draft.set("model", "layers", 4)
    second = counted(draft, {"vocabulary": 100, "labels": 5})
    assert second is not None
    assert second.feed_forward == 2 * first.feed_forward
    assert second.embeddings == 100 * 128
    assert second.output == 5 * (128 + 1)


def test_an_impossible_shape_has_no_count_and_no_drawing() -> None:
    draft = Draft()
    for value in (126, "abc", -1, None, 3.5, 10**9):
        draft.set("model", "d_model", value)
        assert counted(draft, {}) is None
        assert shape_of(draft, draft.problems()) is None


def test_an_error_is_forgotten_with_the_next_phase() -> None:
    state = EstimateState()
    state.fail(WorkbenchError("no"))
    assert state.phase is Phase.FAILED
    assert state.error is not None
    state.enter(Phase.WAITING)
    assert state.error is None
