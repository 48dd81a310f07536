"""A model handed on: it answers as before, goes with a card and a program that runs, or is refused and leaves nothing."""

from __future__ import annotations

import ast
import contextlib
import dataclasses
import io
import json
import math
import os
import runpy
import shutil
import subprocess
import sys
import warnings
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import load_file, save_file

from tests.tables import bert_for, tiny, write_table
from workbench.contracts.deliveries import Delivery
from workbench.contracts.errors import RunFailed, WorkbenchError
from workbench.data.prepare import prepare
from workbench.engine.onnx_file import OnnxModel
from workbench.runs import delivery
from workbench.runs.delivery import deliver
from workbench.runs.execute import start
from workbench.runs.folder import RunFolder
from workbench.runs.opened import open_trained
from workbench.runs.predict import predict_text


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    place = tmp_path_factory.mktemp("delivered")
    made = {}
    for task in ("text-classification", "regression", "seq2seq"):
        folder = place / task
        folder.mkdir()
        for _ in start(tiny(write_table(folder, task), task, model={"positions": "relative"}), folder / "run"):
            pass
        made[task] = folder / "run"
    return made


@pytest.fixture(scope="module")
def as_onnx(runs: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Delivery:
    return deliver(runs["text-classification"], tmp_path_factory.mktemp("onnx") / "out", "onnx")


def run_program(folder: Path) -> str:
    """What the program of an export prints; `run_bare` shows that it needs nothing of this process."""
    printed = io.StringIO()
    with contextlib.chdir(folder), contextlib.redirect_stdout(printed), warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # five lines leave the closing of a file to Python
        runpy.run_path("use.py", run_name="__main__")
    return printed.getvalue()


TRANSFORMERS = ("torch", "transformers", "tokenizers", "safetensors")  # the last two come with it


def run_bare(folder: Path, *packages: str) -> str:
    """Run the program of an export where these packages, and what they bring, are all there is."""
    command = [sys.executable, str(Path(__file__).with_name("bare_machine.py")), ",".join(packages), "use.py"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout


def spoken(printed: str) -> dict[str, float]:
    """The labels and scores that a pipeline printed."""
    told = ast.literal_eval(printed)
    while isinstance(told, list) and isinstance(told[0], list):
        told = told[0]
    return {each["label"]: each["score"] for each in (told if isinstance(told, list) else [told])}


def test_a_folder_is_the_model_itself(runs, tmp_path):
    made = deliver(runs["text-classification"], tmp_path / "out", "huggingface")
    assert made.agreement.largest_difference == 0
    assert made.agreement.before == made.agreement.after
    text = (tmp_path / "out" / "use.py").read_text(encoding="utf-8").split('print(model("')[1].split('"')[0]
    expected = predict_text(runs["text-classification"], text)
    assert expected.text in run_program(tmp_path / "out")


def test_programs_need_no_more_than_they_say(runs, as_onnx, tmp_path):
    made = Path(as_onnx.folder)
    first = (made / "use.py").read_text(encoding="utf-8").splitlines()[0]
    assert [each.partition("==")[0] for each in first.split()[3:]] == ["numpy", "onnxruntime", "tokenizers"]
    assert first in (made / "README.md").read_text(encoding="utf-8")
    assert "fruit" in ast.literal_eval(run_bare(made, "onnxruntime", "tokenizers"))
    deliver(runs["text-classification"], tmp_path / "own", "huggingface")
    assert "label" in run_bare(tmp_path / "own", "workbench", *TRANSFORMERS)
    table = write_table(tmp_path, "text-classification")
    folder = bert_for("text-classification", table, tmp_path)
    tuned = tiny(table, "text-classification", model={"model": str(folder)}, epochs=1)
    for _ in start(tuned.replace(data={"tokenizer": str(folder), "vocab_size": None}), tmp_path / "run"):
        pass
    deliver(tmp_path / "run", tmp_path / "tuned", "huggingface")
    assert "label" in run_bare(tmp_path / "tuned", *TRANSFORMERS)


def test_the_card_tells_data_scores_and_limits(runs, tmp_path):
    deliver(runs["text-classification"], tmp_path / "out", "huggingface")
    card = (tmp_path / "out" / "README.md").read_text(encoding="utf-8")
    report = json.loads((runs["text-classification"] / "report.json").read_text(encoding="utf-8"))
    assert f"{report['metrics']['validation']['accuracy']:.4f} | {report['baseline']['validation']['accuracy']:.4f}" in card
    assert "text-classification.csv" in card
    assert "`fruit`" in card
    assert str(tmp_path) not in card


def test_onnx_answers_like_the_model(as_onnx):
    made = as_onnx
    assert made.agreement.largest_difference <= 1e-4
    assert made.agreement.loss_after == pytest.approx(made.agreement.loss_before, rel=1e-4)
    assert made.agreement.other_answers == 0


@pytest.mark.parametrize("task", ["text-classification", "pair-classification", "multi-label", "token-classification"])
def test_the_five_lines_of_an_onnx_file_print_labels(trained, tmp_path, task):
    model = trained(task)
    deliver(model.path, tmp_path / "out", "onnx")
    program = (tmp_path / "out" / "use.py").read_text(encoding="utf-8")
    assert len(program.partition("import Tokenizer\n\n")[2].splitlines()) == 5
    said = ast.literal_eval(run_program(tmp_path / "out"))
    given = [ast.literal_eval(f'"{part}"') for part in program.split(".encode(")[1].split('"')[1:4:2]]
    expected = predict_text(model, *given[: 1 + (task == "pair-classification")])
    if task == "token-classification":
        assert [tag for token, tag in said if token.strip("▁Ġ") in given[0].split()] == expected.text.split()
    else:
        assert said == pytest.approx(expected.probabilities, abs=1e-4)


def test_padding_changes_no_answer_of_the_file(as_onnx):
    model = OnnxModel(Path(as_onnx.folder) / "model.onnx")
    ids = torch.from_numpy(np.random.default_rng(0).integers(5, 12, (1, 6)))
    alone = model(input_ids=ids)["logits"]
    padded = torch.cat((ids, torch.zeros(1, 5, dtype=torch.long)), 1)
    mask = torch.cat((torch.ones(1, 6, dtype=torch.long), torch.zeros(1, 5, dtype=torch.long)), 1)
    torch.testing.assert_close(model(input_ids=padded, attention_mask=mask)["logits"], alone, atol=1e-5, rtol=0)


def test_a_model_that_writes_is_compared_token_by_token(runs, tmp_path):
    made = deliver(runs["seq2seq"], tmp_path / "out", "onnx")
    assert made.agreement.metric == "loss"
    assert made.agreement.answers > made.agreement.rows
    assert made.agreement.largest_difference <= 1e-4
    run_program(tmp_path / "out")


@pytest.mark.parametrize("task", ["multi-label", "pair-regression", "question-answering"])
def test_a_folder_of_every_task_goes_with_a_program_that_answers_the_same(task, tmp_path):
    for _ in start(tiny(write_table(tmp_path, task), task), tmp_path / "run"):
        pass
    made = deliver(tmp_path / "run", tmp_path / "out", "huggingface")
    assert made.agreement.largest_difference == 0
    assert made.agreement.metric == {"multi-label": "micro_f1", "pair-regression": "rmse", "question-answering": "f1"}[task]
    opened = open_trained(tmp_path / "run")
    (text, _), *_ = prepare(RunFolder.open(tmp_path / "run").experiment().data).texts("validation", [0])
    said, ours = run_program(tmp_path / "out"), predict_text(opened, text)
    if task == "question-answering":
        assert said.strip()
        assert said.strip() in text
        return
    scores = spoken(said)
    wanted = ours.probabilities or {next(iter(scores)): float(ours.text)}
    assert scores == pytest.approx(wanted, rel=1e-4)
    card = (tmp_path / "out" / "README.md").read_text(encoding="utf-8")
    assert ("second text `other`" in card) == (task != "multi-label")


@pytest.mark.parametrize("task", ["pair-classification", "question-answering"])
def test_a_file_that_reads_two_texts_is_told_which_is_which(task, tmp_path):
    table = write_table(tmp_path, task)
    folder = bert_for(task, table, tmp_path)
    experiment = tiny(table, task, model={"model": str(folder)}, epochs=1)
    for _ in start(experiment.replace(data={"tokenizer": str(folder), "vocab_size": None}), tmp_path / "run"):
        pass
    made = deliver(tmp_path / "run", tmp_path / "out", "onnx")
    assert made.agreement.largest_difference <= 1e-4
    assert "token_type_ids" in OnnxModel(tmp_path / "out" / "model.onnx").inputs
    said = run_program(tmp_path / "out")
    (text, _), *_ = prepare(RunFolder.open(tmp_path / "run").experiment().data).texts("validation", [0])
    if task == "question-answering":
        assert said.strip()
        assert said.strip() in text
        return
    answer = predict_text(tmp_path / "run", text)
    assert ast.literal_eval(said) == pytest.approx(answer.probabilities, abs=1e-3)
    deliver(tmp_path / "run", tmp_path / "folder", "huggingface")
    assert spoken(run_program(tmp_path / "folder")) == pytest.approx({answer.text: answer.confidence}, rel=1e-4)


def test_eight_bits_cost_what_is_said_and_no_more_than_was_allowed(runs, tmp_path):
    made = deliver(runs["regression"], tmp_path / "out", "int8", drop=1.0)
    assert 0 < made.agreement.largest_difference < 0.5
    text = (tmp_path / "out" / "use.py").read_text(encoding="utf-8").split('.encode("')[1].split('"')[0]
    expected = float(predict_text(runs["regression"], text).text)
    assert float(run_program(tmp_path / "out").strip(" []\n")) == pytest.approx(expected, rel=0.1)
    worse = dataclasses.replace(made.agreement, after=made.agreement.before * 1.1)
    delivery._refuse_if_different(worse, "int8", 0.11, tmp_path)
    with pytest.raises(RunFailed, match="8-bit weights cost too much: rmse"):
        delivery._refuse_if_different(worse, "int8", 0.09, tmp_path)
    nonsense = dataclasses.replace(made.agreement, largest_difference=math.nan)
    with pytest.raises(RunFailed, match="cost too much"):
        delivery._refuse_if_different(nonsense, "int8", 1.0, tmp_path)


def test_an_export_that_answers_differently_is_refused_and_leaves_nothing(runs, tmp_path, monkeypatch):
    write = delivery._write

    def spoiled(opened, examples, folder, form):
        write(opened, examples, folder, form)
        weights = load_file(folder / "model.safetensors")
        name = next(name for name in weights if name.endswith("weight") and weights[name].ndim == 2)
        weights[name] = weights[name] + 0.01 * torch.randn(weights[name].shape, generator=torch.Generator().manual_seed(0))
        save_file(weights, folder / "model.safetensors", metadata={"format": "pt"})
        return delivery.load_model(folder)

    monkeypatch.setattr(delivery, "_write", spoiled)
    with pytest.raises(RunFailed, match="not the model that was trained: accuracy"):
        deliver(runs["text-classification"], tmp_path / "out", "huggingface")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_holds_something_is_left_alone(runs, tmp_path):
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(WorkbenchError, match="taken"):
        deliver(runs["text-classification"], tmp_path, "huggingface")
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_without_its_table_nothing_is_handed_on(runs, tmp_path):
    run = tmp_path / "run"
    shutil.copytree(runs["regression"], run)
    text = (run / "experiment.toml").read_text(encoding="utf-8")
    (run / "experiment.toml").write_text(text.replace("regression.csv", "gone.csv"), encoding="utf-8")
    with pytest.raises(WorkbenchError, match=r"gone\.csv"):
        deliver(run, tmp_path / "out", "huggingface")
    assert not (tmp_path / "out").exists()


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0 or sys.platform != "linux", reason="mounts a small disk")
@pytest.mark.parametrize("form", ["huggingface", "onnx"])
def test_a_full_disk_leaves_nothing_of_an_export_and_the_run_as_it_was(runs, tmp_path, form):
    disk, run = tmp_path / "disk", runs["text-classification"]
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=16k", "tmpfs", disk], check=False, capture_output=True).returncode:
        pytest.skip("no disk can be mounted here")
    before = {path: path.stat().st_mtime_ns for path in run.rglob("*") if path.is_file()}
    try:
        with pytest.raises(RunFailed, match="could not be written") as raised:
            deliver(run, disk / "out", form)
        assert raised.value.mend == "Make room on the disk."
        assert list(disk.iterdir()) == []
        assert {path: path.stat().st_mtime_ns for path in run.rglob("*") if path.is_file()} == before
    finally:
        subprocess.run(["umount", "--lazy", disk], check=True)
