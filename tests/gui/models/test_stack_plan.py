from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.contracts.specs import LAYOUT_OF_TASK, TASKS, ModelSpec
from workbench.gui.models.stack_plan import MOST_LAYERS, plan_stack


@given(
    task=st.sampled_from(TASKS), layers=st.integers(1, 40), place=st.sampled_from(["pre", "post"]), residual=st.booleans(),
    width=st.integers(300, 1600), height=st.integers(240, 1200),
)  # fmt: skip
def test_everything_lies_inside_and_no_two_parts_overlap(
    task: str, layers: int, place: str, residual: bool, width: int, height: int
) -> None:
    plan = plan_stack(ModelSpec(layers=layers, norm_placement=place, residual=residual), task, width, height)
    for box in plan.boxes:
        assert box.x >= 0
        assert box.y >= 0
        assert box.x + box.width <= width
        assert box.y + box.height <= height
        assert box.width > 0
        assert box.height > 0
    solid = [box for box in plan.boxes if box.kind not in ("layer", "norm")]
    for number, one in enumerate(solid):
        for other in solid[number + 1 :]:
            apart = (
                one.x + one.width <= other.x or other.x + other.width <= one.x
                or one.y + one.height <= other.y or other.y + other.height <= one.y
            )  # fmt: skip
            assert apart, (one, other)
    assert 1 <= plan.shown <= min(layers, MOST_LAYERS)


@pytest.mark.parametrize("task", TASKS)
def test_a_stack_has_the_parts_of_its_layout(task: str) -> None:
    plan = plan_stack(ModelSpec(layers=2), task, 800, 600)
    both = LAYOUT_OF_TASK[task] == "encoder-decoder"
    kinds = [box.kind for box in plan.boxes]
    assert plan.shown == 2
    assert kinds.count("head") == 1
    assert kinds.count("embeddings") == kinds.count("positions") == (2 if both else 1)
    assert kinds.count("self") == kinds.count("feed") == (4 if both else 2)
    assert kinds.count("cross") == len([line for line in plan.lines if line.kind == "memory"]) == (2 if both else 0)


def test_norms_stand_before_or_after_and_residuals_only_where_there_are_some() -> None:
    pre = plan_stack(ModelSpec(layers=1), "regression", 500, 500)
    post = plan_stack(ModelSpec(layers=1, norm_placement="post", residual=False), "regression", 500, 500)
    for plan, below in ((pre, True), (post, False)):
        feed = next(box for box in plan.boxes if box.kind == "feed")
        norms = [box for box in plan.boxes if box.kind == "norm" and box.layer]
        nearest = min(norms, key=lambda norm: abs(norm.y - (feed.y + feed.height if below else feed.y)))
        assert (nearest.y > feed.y) == below
    assert len([line for line in pre.lines if line.kind == "residual"]) == 2
    assert not [line for line in post.lines if line.kind == "residual"]
    assert len([box for box in pre.boxes if box.kind == "norm"]) == 3  # pre has one more at the end
    assert len([box for box in post.boxes if box.kind == "norm"]) == 2
