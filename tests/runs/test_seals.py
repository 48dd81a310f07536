"""What changed in a run folder since it was written is refused by everything that opens it, and `resume` mends it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.runs.kill_at_random import outcome
from tests.runs.test_execute import drain
from tests.tables import tiny, write_table
from workbench.contracts.errors import WorkbenchError
from workbench.contracts.events import Warned
from workbench.contracts.specs import Experiment
from workbench.runs.begun import BEGUN, as_text, changed, check_begun
from workbench.runs.evaluating import evaluate_run
from workbench.runs.execute import resume, start
from workbench.runs.folder import RunFolder
from workbench.runs.history import list_runs
from workbench.runs.inspector import Inspector
from workbench.runs.predict import predict_text
from workbench.runs.seals import SEAL, damage, seal


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A finished run."""
    folder = tmp_path_factory.mktemp("whole")
    table = write_table(folder, "text-classification")
    drain(start(tiny(table, "text-classification", checkpoints=4, film_megabytes=0), folder / "run"))
    return folder / "run"


@pytest.fixture
def run(whole: Path, tmp_path: Path) -> Path:
    """A copy of it to be harmed."""
    return Path(shutil.copytree(whole, tmp_path / "run"))


def flip(path: Path, place: int = -1, bit: int = 1) -> None:
    content = bytearray(path.read_bytes())
    content[place] ^= bit
    path.write_bytes(content)


OPENED: dict[str, Callable[[Path], object]] = {
    "predict": lambda run: predict_text(run, "red plum"),
    "inspect": lambda run: Inspector.open(run),
    "its folder": lambda run: predict_text(run / "model", "red plum"),
    "fine-tune": lambda run: drain(start(tuned_from(run), run.parent / "tuned")),
}


def tuned_from(run: Path) -> Experiment:
    return RunFolder(run).experiment().replace(model={"model": str(run / "model")})


@pytest.mark.parametrize("how", OPENED)
def test_a_model_with_one_bit_turned_is_never_used(how: str, run: Path) -> None:
    flip(run / "model" / "model.safetensors")
    with pytest.raises(WorkbenchError, match=r"model\.safetensors is not as it was written") as refused:
        OPENED[how](run)
    assert refused.value.where == str(run / "model" / "model.safetensors")
    assert SEAL in refused.value.mend


def test_resume_writes_a_damaged_model_again(run: Path, whole: Path) -> None:
    flip(run / "model" / "tokenizer.json", 100)
    flip(run / "predictions" / "validation.npz", 200)
    with pytest.raises(WorkbenchError, match="resume"):
        predict_text(run, "red plum")
    with pytest.raises(WorkbenchError, match=r"validation\.npz is not as it was written"):
        evaluate_run(run)
    drain(resume(run))
    assert predict_text(run, "red plum").as_dict() == predict_text(whole, "red plum").as_dict()
    assert outcome(run) == outcome(whole)
    evaluate_run(run)


def test_scores_that_turned_are_not_shown(run: Path) -> None:
    file = RunFolder(run).report_file
    content = file.read_text(encoding="utf-8")
    assert RunFolder(run).report()["steps"] == json.loads(content)["steps"]
    file.write_text(content.replace('"steps": ', '"steps": 1'), encoding="utf-8")
    assert RunFolder(run).report() == {}
    (row,) = list_runs([run])
    assert "it is not as it was written" in row.trouble


def test_damage_is_a_changed_a_missing_and_an_unreadable_file(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("one")
    assert damage(tmp_path) is None  # from elsewhere: nothing is known of it
    seal(tmp_path)
    assert damage(tmp_path) is None
    (tmp_path / "b").write_text("a note beside it")
    assert damage(tmp_path) is None
    (tmp_path / "a").write_text("two")
    assert damage(tmp_path) == "a"
    (tmp_path / "a").unlink()
    assert damage(tmp_path) == "a"
    (tmp_path / SEAL).write_text("[1, 2]")
    assert damage(tmp_path) == SEAL


def test_a_digit_that_turned_in_the_settings_is_refused_by_name(run: Path) -> None:
    file = run / "experiment.toml"
    file.write_text(file.read_text(encoding="utf-8").replace("seed = 0", "seed = 1"), encoding="utf-8")
    with pytest.raises(WorkbenchError, match=r"split_seed is 1, and this run was begun with 0") as refused:
        drain(resume(run))
    assert "Write data.split_seed = 0 there again." in refused.value.mend
    with pytest.raises(WorkbenchError, match="begun with"):
        predict_text(run, "red plum")
    (run / BEGUN).unlink()  # the change was meant
    predict_text(run, "red plum")


def test_settings_that_decide_nothing_may_change(tmp_path: Path) -> None:
    experiment = Experiment.from_dict({"data": {"table": "a.csv"}, "train": {"threads": 1}})
    (tmp_path / BEGUN).write_text(as_text(experiment), encoding="utf-8")
    other = experiment.replace(data={"table": "b.csv"}, train={"threads": 2, "tensorboard": True})
    check_begun(tmp_path, other)
    assert changed(tmp_path, experiment) == ""
    assert changed(tmp_path, other) == "train.threads was 1 and is 2: the last bits of the weights may differ."
    with pytest.raises(WorkbenchError, match=r"data.text is 'a', and this run was begun with None") as refused:
        check_begun(tmp_path, experiment.replace(data={"text": "a"}))
    assert "Remove data.text there." in refused.value.mend


def test_a_setting_that_a_later_version_brought_is_no_change(tmp_path: Path) -> None:
    experiment = Experiment.from_dict({"data": {"table": "a.csv"}})
    older = {key: value for key, value in json.loads(as_text(experiment))["settings"].items() if key != "train.layer_decay"}
    whole = tmp_path / BEGUN
    whole.write_text(as_text(experiment), encoding="utf-8")
    content = json.loads(whole.read_text(encoding="utf-8"))
    from workbench.runs.begun import _sum

    whole.write_text(json.dumps({"settings": older, "sha256": _sum(older)}), encoding="utf-8")
    check_begun(tmp_path, experiment)
    with pytest.raises(WorkbenchError, match="layer_decay"):
        check_begun(tmp_path, experiment.replace(train={"layer_decay": 0.5}))
    whole.write_text(json.dumps({**content, "sha256": "0"}), encoding="utf-8")  # damaged itself: nothing is compared
    check_begun(tmp_path, experiment.replace(train={"layer_decay": 0.5}))


def test_best_weights_that_are_lost_are_found_again(run: Path, whole: Path) -> None:
    best = RunFolder(run).report()["best_step"]
    for path in (run / "checkpoints").glob("best-*"):
        shutil.rmtree(path)
    events, _ = drain(resume(run))
    assert outcome(run) == outcome(whole)
    steps = sorted(int(path.name[5:]) for path in (whole / "checkpoints").glob("step-*"))
    if best not in (0, steps[-1]):
        assert any(isinstance(event, Warned) and f"best-{best:09d}" in event.message for event in events)


def test_a_row_of_the_validation_that_changed_is_refused(run: Path) -> None:
    table = Path(str(RunFolder(run).experiment().data.table))
    own = run.parent / "own.csv"
    content = table.read_text(encoding="utf-8")
    own.write_text(content, encoding="utf-8")
    file = run / "experiment.toml"
    file.write_text(file.read_text(encoding="utf-8").replace(str(table), str(own)), encoding="utf-8")
    drain(resume(run))  # it moved, and is the same
    row = RunFolder(run).path / "predictions" / "validation.jsonl"
    place = json.loads(row.read_text(encoding="utf-8").splitlines()[0])["row"]
    lines = content.splitlines()
    text, _, goal = lines[place + 1].rpartition(",")
    lines[place + 1] = f"{text},{'other' if goal == 'fruit' else 'fruit'}"
    own.write_text("\n".join(lines) + "\n", encoding="utf-8")
    with pytest.raises(WorkbenchError, match="the table is not the one this run began with"):
        drain(resume(run))
