"""Edits of a running training: what each does, that a repeat and a resume do it again to the bit, and what is saved at last."""

from __future__ import annotations

import dataclasses
import random
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
import torch

from tests.pretrained import pretrained
from tests.runs.test_execute import drain, same, stopped_at, weights
from tests.tables import tiny, write_table
from workbench.contracts.edits import Edit, Value, undoing
from workbench.contracts.events import Checkpointed, Edited, Evaluated, Event, Looked, Paused, Resumed, Started, Step, Warned
from workbench.contracts.specs import Experiment
from workbench.data.prepare import prepare
from workbench.engine import checkpoints
from workbench.engine.control import Control
from workbench.engine.training import Training
from workbench.runs.building import build, settled, task_for
from workbench.runs.execute import resume, start
from workbench.runs.film import Film
from workbench.runs.folder import RunFolder
from workbench.runs.looking import open_for_looking
from workbench.runs.watch import Watch

RATE = Edit(what="learning_rate", value=0.02)
DROPOUT = Edit(what="dropout", value=0.4)
OFF = Edit(what="head", value="off", kind="encoder", head=1)
FROZEN = Edit(what="head", value="frozen", kind="encoder", head=0)
TEXT = Edit(what="film_text", value="red pear")
EACH = {"rate": RATE, "dropout": DROPOUT, "off": OFF, "frozen": FROZEN, "text": TEXT}
LIVE = {
    2: [FROZEN],
    4: [RATE, DROPOUT],
    5: [OFF],
    9: [dataclasses.replace(OFF, value="on")],
    11: [dataclasses.replace(RATE, value=None)],
}


def small(folder: Path, task: str = "text-classification", **train: Any) -> Experiment:
    return tiny(write_table(folder, task), task, film_megabytes=0, **train)


def live(
    experiment: Experiment, out: Path, edits: Mapping[int, Sequence[Edit]], *, stop: int | None = None
) -> tuple[list[Event], dict[str, Any]]:
    """Train while a person makes edits after some steps, and perhaps stops."""
    control = Control()
    events, said = start(experiment, out, control=control), []
    while True:
        try:
            said.append(next(events))
        except StopIteration as end:
            return said, end.value
        if isinstance(said[-1], Step):
            for edit in edits.get(said[-1].step, ()):
                control.edit(edit)
            if said[-1].step == stop:
                control.stop()


def interrupted(run: Path, step: int) -> None:
    """Go on with a run, and leave it as a kill would: without a word."""
    events = resume(run)
    next(event for event in events if isinstance(event, Step) and event.step == step)
    events.close()


def planned(experiment: Experiment, *edits: Edit) -> Experiment:
    return dataclasses.replace(experiment, edits=edits)


def losses(said: Sequence[Event]) -> list[float]:
    return [event.loss for event in said if isinstance(event, Step)]


@pytest.mark.parametrize("name", EACH)
def test_an_edit_acts_from_the_next_step_on_and_is_repeated_with_the_experiment(name: str, tmp_path: Path) -> None:
    experiment, edit = small(tmp_path), EACH[name].at(6)
    plain, _ = drain(start(experiment, tmp_path / "plain"))
    said, _ = live(experiment, tmp_path / "live", {6: [EACH[name]]})
    assert [event.edit for event in said if isinstance(event, Edited)] == [edit]
    assert RunFolder(tmp_path / "live").experiment().edits == (edit,)
    again, _ = drain(start(RunFolder(tmp_path / "live").experiment(), tmp_path / "again"))
    assert same(tmp_path / "live", tmp_path / "again")
    assert losses(again) == losses(said)
    assert losses(said)[:6] == losses(plain)[:6]
    moved = losses(said)[7:] != losses(plain)[7:]
    assert moved == (name != "text"), "what the film shows changes nothing in the training"
    if name == "rate":
        rates = [[event.learning_rate for event in events if isinstance(event, Step)] for events in (plain, said)]
        assert rates[0][:6] == rates[1][:6]
        assert [b / a for a, b in zip(rates[0][6:-1], rates[1][6:-1], strict=True)] == pytest.approx(
            [0.02 / experiment.train.learning_rate] * (len(rates[0]) - 7)
        )


@pytest.mark.parametrize(
    ("task", "settings"),
    [
        ("text-classification", {"optimizer": "adamw", "weight_decay": 0.5}),
        ("seq2seq", {"optimizer": "adafactor", "accumulation": 2, "epochs": 5}),
        ("masked-lm", {"optimizer": "sgd", "schedule": "linear"}),
        ("regression", {"optimizer": "adam", "gradient_checkpointing": True, "patience": 3, "evaluations": 9}),
    ],
)
def test_an_edited_run_that_ended_early_resumes_to_the_weights_of_one_that_did_not(
    task: str, settings: dict[str, Any], tmp_path: Path
) -> None:
    experiment = small(tmp_path, task, **settings)
    live(experiment, tmp_path / "whole", LIVE)
    edited = RunFolder(tmp_path / "whole").experiment()
    assert len(edited.edits) == 6
    stopped_at(edited, tmp_path / "parts", 5)  # where an edit stands
    interrupted(tmp_path / "parts", 10)
    _, report = drain(resume(tmp_path / "parts"))
    assert same(tmp_path / "whole", tmp_path / "parts")
    assert report["metrics"] == RunFolder(tmp_path / "whole").report()["metrics"]


@pytest.mark.parametrize("optimizer", ["adamw", "sgd", "adafactor"])
def test_a_frozen_head_does_not_change_by_a_bit_until_it_learns_again(optimizer: str, tmp_path: Path) -> None:
    experiment = small(tmp_path, optimizer=optimizer, weight_decay=0.5, checkpoints=100)
    unfrozen = dataclasses.replace(FROZEN, value="on")
    kept: dict[int, dict[str, torch.Tensor]] = {}
    for event in start(planned(experiment, FROZEN.at(4), unfrozen.at(12)), tmp_path / "run"):
        if isinstance(event, Checkpointed):
            kept[event.step] = checkpoints.weights_at(tmp_path / "run" / "checkpoints", event.step)

    def parts(step: int, head: int) -> list[torch.Tensor]:
        own, prefix = slice(8 * head, 8 * head + 8), "model.encoder.layers.0.self_attn."
        rows = [kept[step][f"{prefix}{name}_proj.{kind}"][own] for name in "qkv" for kind in ("weight", "bias")]
        return [*rows, kept[step][f"{prefix}o_proj.weight"][:, own]]

    def changed(one: int, other: int, head: int) -> list[bool]:
        return [not torch.equal(a, b) for a, b in zip(parts(one, head), parts(other, head), strict=True)]

    assert not any(changed(4, 12, 0))
    assert all(changed(4, 12, 1))
    assert all(changed(3, 4, 0))
    assert all(changed(12, 13, 0))


def test_a_head_that_is_off_is_missing_from_training_scores_and_the_saved_model(tmp_path: Path) -> None:
    experiment = small(tmp_path, evaluations=6)
    said, report = live(experiment, tmp_path / "off", {6: [OFF]})
    plain, _ = drain(start(experiment, tmp_path / "plain"))
    assert losses(said)[6] != losses(plain)[6]
    scored = {event.step: event.metrics["loss"] for event in said if isinstance(event, Evaluated) and event.split == "validation"}
    assert scored[report["best_step"]] == pytest.approx(report["metrics"]["validation"]["loss"], rel=1e-5)
    assert report["best_step"] > 6, "scores of a model with another set of heads do not count"
    output = weights(tmp_path / "off")["model.encoder.layers.0.self_attn.o_proj.weight"]
    assert not output[:, 8:].any()
    assert output[:, :8].all()
    assert weights(tmp_path / "plain")["model.encoder.layers.0.self_attn.o_proj.weight"].all()


def test_the_loss_with_a_head_off_is_that_of_a_model_whose_slice_is_zero(tmp_path: Path) -> None:
    experiment = small(tmp_path)
    said, _ = drain(start(planned(experiment, OFF.at(5)), tmp_path / "run"))
    prepared = prepare(experiment.data)
    model = build(experiment.replace(data=settled(prepared)), prepared)
    training = Training(model, task_for(model, prepared), prepared, experiment.train, tmp_path)
    found = []
    for event in training.events():
        if isinstance(event, Step):
            found.append(event.loss)
            if event.step == 5:
                with torch.no_grad():
                    model.get_parameter("model.encoder.layers.0.self_attn.o_proj.weight")[:, 8:] = 0.0
    assert found[:6] == losses(said)[:6]


def test_undoing_puts_back_what_was(tmp_path: Path) -> None:
    experiment = small(tmp_path)
    edits = [edit.at(4) for edit in (RATE, DROPOUT, OFF, FROZEN)]
    undone = [undoing(edits, edit) for edit in edits]
    assert {edit.value for edit in undone} == {None}
    said, _ = drain(start(planned(experiment, *edits, *undone), tmp_path / "run"))
    plain, _ = drain(start(experiment, tmp_path / "plain"))
    assert losses(said) == losses(plain)


def test_a_head_that_was_off_comes_back_as_it_was(tmp_path: Path) -> None:
    experiment = small(tmp_path, weight_decay=0.5, checkpoints=100)
    on = undoing([OFF.at(4)], OFF.at(4)).at(10)
    drain(start(planned(experiment, OFF.at(4), on), tmp_path / "run"))
    stopped_at(planned(experiment, OFF.at(4), on), tmp_path / "part", 10)
    before = stopped_at(experiment, tmp_path / "before", 4)
    assert before["stopped"] == "asked"
    name = "model.encoder.layers.0.self_attn.v_proj.weight"
    ten, four = (checkpoints.newest_weights(tmp_path / run / "checkpoints")[0][name] for run in ("part", "before"))  # type: ignore[index]
    assert torch.equal(ten[8:], four[8:])
    assert not torch.equal(ten[:8], four[:8])


@pytest.mark.parametrize("edit", [dataclasses.replace(OFF, layer=7), dataclasses.replace(OFF, kind="cross")])
def test_what_the_model_cannot_do_is_left_out_and_the_run_goes_on(edit: Edit, tmp_path: Path) -> None:
    said, report = live(small(tmp_path), tmp_path / "run", {3: [edit]})
    (warning,) = [event.message for event in said if isinstance(event, Warned)]
    assert "no such head" in warning
    assert "encoder 0 (0–1)" in warning
    assert report["stopped"] == "finished"
    assert RunFolder(tmp_path / "run").experiment().edits == ()


def test_wild_edits_end_no_run_and_are_repeated(tmp_path: Path) -> None:
    chance = random.Random(0)

    def wild() -> Edit:
        what = chance.choice(["learning_rate", "dropout", "head", "head", "head", "film_text"])
        values: dict[str, Sequence[Value]] = {
            "learning_rate": (None, 1e-6, 0.03), "dropout": (None, 0.0, 0.9), "head": (None, "on", "off", "frozen"),
            "film_text": (None, "", "x"),
        }  # fmt: skip
        place = {
            "kind": chance.choice(["encoder", "encoder", "cross"]),
            "layer": chance.randint(0, 1),
            "head": chance.randint(0, 2),
        }
        return Edit(what=what, value=chance.choice(values[what]), **(place if what == "head" else {}))  # type: ignore[arg-type]

    experiment = small(tmp_path, weight_decay=0.1)
    said, report = live(experiment, tmp_path / "run", {step: [wild() for _ in range(4)] for step in range(1, 24)})
    assert report["stopped"] == "finished"
    kinds = [type(event) for event in said]
    assert kinds.count(Edited) + kinds.count(Warned) == 4 * 23
    assert min(kinds.count(Edited), kinds.count(Warned)) > 20
    drain(start(RunFolder(tmp_path / "run").experiment(), tmp_path / "again"))
    assert same(tmp_path / "run", tmp_path / "again")


def test_an_edit_that_cannot_be_kept_does_not_act(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(run: RunFolder, edit: Edit) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(RunFolder, "add_edit", full)
    said, _ = live(small(tmp_path), tmp_path / "run", {3: [RATE]})
    assert any("No space left" in event.message for event in said if isinstance(event, Warned))
    drain(start(small(tmp_path), tmp_path / "plain"))
    assert same(tmp_path / "run", tmp_path / "plain")


def test_an_edit_and_a_save_of_a_paused_training_act_at_once_and_no_step_is_made(tmp_path: Path) -> None:
    control, watch = Control(), Watch("red apple")
    events = start(small(tmp_path), tmp_path / "run", control=control, watch=watch)
    seen: list[Event] = []
    answers: list[Mapping[str, float]] = []
    for event in events:
        seen.append(event)
        if isinstance(event, Step) and event.step == 5:
            control.pause()
        if isinstance(event, Paused):
            watch.look_again()
        if isinstance(event, Looked) and control.paused:
            answers.append(event.probabilities)
            if len(answers) == 1:
                control.edit(OFF)
                control.save()
            else:
                control.resume()
    paused = seen[next(i for i, e in enumerate(seen) if isinstance(e, Paused)) :]
    paused = paused[: 1 + next(i for i, e in enumerate(paused) if isinstance(e, Resumed))]
    assert {event.step for event in paused} == {5}
    assert [type(event) for event in paused if not isinstance(event, Looked)] == [Paused, Edited, Checkpointed, Resumed]
    assert answers[0] != answers[1], "the look shows what the edit does"
    assert checkpoints.moments(tmp_path / "run" / "checkpoints")


def test_a_paused_training_without_a_watch_hears_edits_from_another_thread(tmp_path: Path) -> None:
    control = Control()
    for event in start(small(tmp_path), tmp_path / "run", control=control):
        if isinstance(event, Step) and event.step == 5:
            control.pause()
        if isinstance(event, Paused):
            threading.Timer(0.05, control.edit, [RATE]).start()
        if isinstance(event, Edited):
            assert event.step == 5
            control.resume()
    assert RunFolder(tmp_path / "run").experiment().edits == (RATE.at(5),)


def test_the_film_shows_the_text_that_is_pinned_now_also_after_a_resume(tmp_path: Path) -> None:
    experiment = planned(tiny(write_table(tmp_path, "text-classification"), "text-classification"), TEXT.at(4))
    stopped_at(experiment, tmp_path / "run", 8)
    drain(resume(tmp_path / "run"))
    film = Film.open(tmp_path / "run")
    shown = {moment.looked.step: moment.looked.text for moment in map(film.moment, range(len(film)))}
    assert any(step > 8 for step in shown)
    assert all((text == "red pear") == (step > 4) for step, text in shown.items())


def test_a_run_that_is_not_over_is_looked_into_with_its_heads_off(tmp_path: Path) -> None:
    experiment = planned(small(tmp_path, checkpoints=100), OFF.at(3))
    events = start(experiment, tmp_path / "run")
    for event in events:
        if isinstance(event, Step) and event.step == 8:
            break
    model = open_for_looking(tmp_path / "run").model
    assert not model.get_parameter("model.encoder.layers.0.self_attn.o_proj.weight")[:, 8:].any()
    events.close()


@pytest.mark.parametrize(("kind", "task"), [("bert", "text-classification"), ("gpt2", "causal-lm"), ("t5", "seq2seq")])
def test_heads_of_pretrained_models_are_switched_off_and_frozen(kind: str, task: str, tmp_path: Path) -> None:
    folder = pretrained(tmp_path, kind, task=task)
    experiment = small(tmp_path, task, model={"model": str(folder)})
    place = {"bert": "encoder", "gpt2": "decoder", "t5": "cross"}[kind]
    head = Edit(what="head", value="off", kind=place, layer=1, head=0)
    held = Edit(what="head", value="frozen", kind=place, layer=2, head=1)
    said, _ = live(experiment, tmp_path / "run", {3: [head], 4: [held, DROPOUT]})
    assert [event.edit.value for event in said if isinstance(event, Edited)] == ["off", "frozen", 0.4]
    assert not any(isinstance(event, Warned) for event in said)
    drain(start(RunFolder(tmp_path / "run").experiment(), tmp_path / "again"))
    assert same(tmp_path / "run", tmp_path / "again")
    zeroed = [
        name
        for name, weight in weights(tmp_path / "run").items()
        if weight.ndim == 2 and not (weight[:, :8].any() and weight[:8].any())
    ]
    assert len(zeroed) == 1


def test_a_lora_head_is_switched_off_but_not_frozen(tmp_path: Path) -> None:
    folder = pretrained(tmp_path, "bert", task="text-classification")
    experiment = small(tmp_path, model={"model": str(folder), "lora_rank": 2})
    head = Edit(what="head", value="off", kind="encoder", layer=1, head=0)
    said, _ = live(experiment, tmp_path / "run", {3: [head, dataclasses.replace(head, layer=0, value="frozen")]})
    (warning,) = [event.message for event in said if isinstance(event, Warned)]
    assert "shares learned weights" in warning
    output = weights(tmp_path / "run")["bert.encoder.layer.1.attention.output.dense.weight"]
    assert not output[:, :8].any()
    assert output[:, 8:].any()


def test_a_started_run_knows_its_edits_before_the_first_step(tmp_path: Path) -> None:
    said, _ = drain(start(planned(small(tmp_path), RATE), tmp_path / "run"))
    assert [type(event) for event in said[:3]] == [Started, Edited, Step]


def test_heads_are_found_where_a_model_computes_in_half_precision(tmp_path: Path) -> None:
    said, _ = live(small(tmp_path, precision="bf16"), tmp_path / "run", {3: [OFF, FROZEN]})
    assert [event.edit.value for event in said if isinstance(event, Edited)] == ["off", "frozen"]
    assert not weights(tmp_path / "run")["model.encoder.layers.0.self_attn.o_proj.weight"][:, 8:].any()
