"""Which spike comes next, and what becomes of answers that are late."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from workbench.contracts.errors import WorkbenchError
from workbench.contracts.spikes import Spike, Usual
from workbench.contracts.steps import Recorded, StepAttention, StepDetails, StepRow
from workbench.gui.models.step_rows import COLUMNS, StepRows
from workbench.gui.models.step_state import MOST, Phase, StepState


def spike(step: int, what: str = "loss", deviations: float = 9.0) -> Spike:
    return Spike(step=step, what=what, value=5.0, median=1.0, deviations=deviations)


def row(number: int, loss: float, target: str = "") -> StepRow:
    return StepRow(row=number, text=f"text {number}", target=target, read="", loss=loss, share=0.5, tokens=3, targets=1)


def details(step: int = 7, *, losses: tuple[float, ...] = (0.5, 2.0, 1.0)) -> StepDetails:
    around = Usual(median=1.0, spread=0.1, steps=50)
    return StepDetails(
        step=step, repeated_from=0, loss=1.0, gradient_norm=2.0, learning_rate=0.1, clip=1.0,
        recorded=Recorded(loss=1.0, gradient_norm=2.0, learning_rate=0.1), usual={"loss": around, "gradient_norm": around},
        rows=tuple(row(10 + place, loss) for place, loss in enumerate(losses)), layers=(),
    )  # fmt: skip


def test_one_goes_from_spike_to_spike() -> None:
    state = StepState()
    state.choose_next(1)
    assert state.chosen is None
    state.set_spikes([spike(40), spike(10), spike(40, "gradient_norm", 20.0)])
    assert state.steps == (10, 40)
    most = state.spike_at(40)
    assert most is not None
    assert most.what == "gradient_norm"  # by what is most unusual
    state.choose_next(-1)
    assert state.chosen == 40
    state.choose(25)  # between two
    state.choose_next(-1)
    assert state.chosen == 10
    state.choose_next(-1)
    assert state.chosen == 10
    state.choose_next(1)
    assert state.chosen == 40


def test_where_thousands_stand_out_the_strongest_are_kept() -> None:
    state = StepState()
    state.set_spikes([spike(step, deviations=float(step)) for step in range(1, MOST + 500)])
    assert state.crowded
    assert state.steps == tuple(range(500, MOST + 500))
    state.set_spikes([spike(3)])
    assert not state.crowded


def test_a_step_is_asked_for_once_and_its_worst_row_is_looked_at_first(qtbot: QtBot) -> None:
    state, asked, rows = StepState(), list[int](), list[int]()
    state.asked.connect(asked.append)
    state.row_asked.connect(rows.append)
    state.look_into(7)
    state.look_into(7)
    assert (asked, state.phase) == ([7], Phase.WORKING)
    state.take(details())
    assert (state.phase, rows) == (Phase.SHOWN, [1])
    state.choose_row(0)
    state.take_attention(StepAttention(place=1))  # late
    assert state.attention is None
    state.take_attention(StepAttention(place=0))
    assert state.attention is not None
    state.look_into(7)
    assert asked == [7]
    state.fail(WorkbenchError("no"))
    state.look_into(7)  # once more after trouble
    assert asked == [7, 7]
    with qtbot.waitSignal(state.left):
        state.clear()
    assert (state.phase, state.chosen, state.details) == (Phase.NOTHING, None, None)


def test_rows_come_by_loss_and_lead_back_to_their_place() -> None:
    model = StepRows()
    model.set_rows(details().rows)
    assert [model.cell(line, "row") for line in range(3)] == ["12", "13", "11"]
    assert [model.place_of(line) for line in range(3)] == [1, 2, 0]
    assert model.line_of(0) == 2
    model.sort(COLUMNS.index("row"))
    assert [model.cell(line, "loss") for line in range(3)] == ["0.5000", "2.0000", "1.0000"]
