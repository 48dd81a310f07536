"""Several labels, pairs and questions: learned from scratch, saved, loaded again, used on tables; and fine-tuned."""

from __future__ import annotations

import csv
import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
import torch
from transformers import (
    AutoModelForQuestionAnswering,
    AutoModelForSequenceClassification,
    AutoTokenizer,
    BertConfig,
    BertForSequenceClassification,
)

from tests.minilm import minilm
from tests.runs.test_execute import drain, stopped_at
from tests.tables import PAIRED, bert_for, tiny, write_table
from workbench.contracts.errors import WorkbenchError
from workbench.contracts.inspection import Query
from workbench.contracts.predictions import TableOrder
from workbench.data.prepare import prepare
from workbench.data.recipe import encode_table
from workbench.data.tokenizers import save_tokenizer
from workbench.engine.tasks.base import Reader
from workbench.resources import SAMPLE_DATA
from workbench.runs.execute import resume, start
from workbench.runs.inspector import Inspector
from workbench.runs.opened import open_trained
from workbench.runs.predict import predict_table, predict_text
from workbench.runs.resolve import resolve
from workbench.runs.studies import attribution, tables
from workbench.runs.watch import Observer

BARS = {
    "multi-label": {"micro_f1": 0.95, "macro_f1": 0.9, "subset_accuracy": 0.85, "auc": 0.97},
    "pair-classification": {"accuracy": 0.8, "macro_f1": 0.8, "auc": 0.85},
    "pair-regression": {"pearson": 0.95, "spearman": 0.9},
    "question-answering": {"exact_match": 0.9, "f1": 0.9},
}
BASELINE = {"multi-label": "micro_f1", "pair-classification": "accuracy", "pair-regression": "pearson"}


@pytest.fixture
def grammars() -> Iterator[ModuleType]:
    """The grammars the sample tables are made with."""
    sys.path.insert(0, str(SAMPLE_DATA))
    try:
        yield importlib.import_module("grammars")
    finally:
        sys.path.remove(str(SAMPLE_DATA))
        for name in [name for name in sys.modules if name.partition(".")[0] == "grammars"]:
            del sys.modules[name]


@pytest.mark.parametrize("task", BARS)
def test_a_small_table_is_learned_and_the_saved_model_answers_the_same(task: str, tmp_path: Path) -> None:
    table = write_table(tmp_path, task, rows=300)
    _, report = drain(start(tiny(table, task, epochs=14, learning_rate=4e-3), tmp_path / "run"))
    assert report["task"] == task
    for metric, least in BARS[task].items():
        assert report["metrics"]["validation"][metric] >= least, metric
    baseline = report["baseline"]["validation"]
    assert (baseline is not None) == (task in BASELINE)
    assert baseline is None or baseline[BASELINE[task]] > 0.6

    for folder in (tmp_path / "run", tmp_path / "run" / "model"):  # the model alone knows its task as well
        opened = open_trained(folder)
        assert opened.task.name == task
    done = predict_table(tmp_path / "run", TableOrder(table=str(table), out=str(tmp_path / "out.csv")))
    assert (done.rows, done.predicted) == (300, 300)
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    pairs = [row.get("other", "") for row in rows[:5]]
    for row, pair in zip(rows[:5], pairs, strict=True):
        assert predict_text(opened, row["source"], pair).text == row["prediction"]
    if task != "pair-regression":
        assert sum(row["prediction"] == row["goal"] for row in rows) > 0.85 * len(rows)


def test_a_model_for_questions_opens_by_the_auto_class_with_the_same_logits(tmp_path: Path) -> None:
    table = write_table(tmp_path, "question-answering")
    drain(start(tiny(table, "question-answering", epochs=1), tmp_path / "run"))
    folder = tmp_path / "run" / "model"
    tokenizer = AutoTokenizer.from_pretrained(folder)
    model = AutoModelForQuestionAnswering.from_pretrained(folder).eval()
    inputs = tokenizer("which is last ?", "red apple", return_tensors="pt")
    opened = open_trained(tmp_path / "run")
    ids = prepare(tiny(table, "question-answering").data).tokenizer.encode("which is last ?", "red apple").ids
    assert inputs["input_ids"][0].tolist() == ids
    with torch.no_grad():
        theirs, ours = model(input_ids=inputs["input_ids"]), opened.model(input_ids=inputs["input_ids"])
        asked = model(input_ids=inputs["input_ids"], start_positions=torch.tensor([6]), end_positions=torch.tensor([6]))
    assert torch.equal(theirs.start_logits, ours.start_logits)
    wanted = -(theirs.start_logits.log_softmax(-1)[0, 6] + theirs.end_logits.log_softmax(-1)[0, 6]) / 2
    torch.testing.assert_close(asked.loss, wanted)


def test_an_answer_far_behind_in_a_long_passage_is_found_through_windows(grammars: ModuleType, tmp_path: Path) -> None:
    rows = importlib.import_module("grammars.questions").make(seed=1, rows=400)
    with (tmp_path / "q.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("question", "context", "answer", "answer_start"), *rows])
    given = {
        "data": {"table": str(tmp_path / "q.csv")},
        "model": {"layers": 2, "heads": 4, "d_model": 64, "dropout": 0.0},
        "train": {"epochs": 8, "learning_rate": 2e-3, "threads": 1, "device": "cpu"},
    }
    experiment = resolve(given)
    data = experiment.data
    assert (data.task, data.text, data.pair, data.target, data.answer_start) == (
        "question-answering", "question", "context", "answer", "answer_start",
    )  # fmt: skip
    _, report = drain(start(experiment, tmp_path / "run"))
    assert report["metrics"]["validation"]["f1"] > 0.9
    opened = open_trained(tmp_path / "run")
    far = "It rained all day. The bus was late. Nobody was at home. Dinner was ready. A dog barked. " * 3
    question, context, answer, _ = rows[0]
    found = predict_text(opened, question, far + context)
    assert found.text == answer
    assert found.confidence is not None
    assert 0 < found.confidence <= 1
    encoded = encode_table(opened.recipe, str(tmp_path / "q.csv"), require_target=False)
    assert len(opened.task.predict(Reader(opened.model, opened.recipe.tokenizer), encoded.examples)) == len(encoded.examples)


def test_answers_that_are_not_in_their_passage_are_listed_and_accounted_for(tmp_path: Path) -> None:
    rows = [(f"what is {n} ?", f"the word {n} is here", f"word {n}" if n % 10 else "elsewhere") for n in range(60)]
    with (tmp_path / "q.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("question", "context", "answer"), *rows])
    prepared = prepare(resolve({"data": {"table": str(tmp_path / "q.csv")}}).data)
    counts = prepared.counts
    assert counts["the answer is not in the passage"] == 6
    assert counts["read"] == 60 == counts["train"] + counts["validation"] + counts["test"] + counts["unusable"]
    assert {each.row for each in prepared.unusable} == set(range(0, 60, 10))


@pytest.mark.parametrize("task", PAIRED)
def test_one_text_where_two_are_read_is_refused_with_the_way_out(task: str, tmp_path: Path) -> None:
    table = write_table(tmp_path, task)
    drain(start(tiny(table, task, epochs=1), tmp_path / "run"))
    with pytest.raises(WorkbenchError, match="reads two texts"):
        predict_text(tmp_path / "run", "red apple")
    with (tmp_path / "one.csv").open("w", encoding="utf-8") as file:
        file.write("source\nred apple\n")
    with pytest.raises(WorkbenchError) as caught:
        predict_table(tmp_path / "run", TableOrder(table=str(tmp_path / "one.csv"), out=str(tmp_path / "out.csv")))
    assert "'other'" in caught.value.what
    assert "'source'" in caught.value.mend
    opened = open_trained(tmp_path / "run")
    looked = Observer(opened.model, opened.task, opened.recipe).look("red apple ↔ big plum", 0)
    assert looked.prediction or task == "question-answering"
    assert looked.frames["encoder"].keys.count("[SEP]") == 2


def test_a_second_text_for_a_model_of_one_is_refused(tmp_path: Path) -> None:
    drain(start(tiny(write_table(tmp_path, "multi-label"), "multi-label", epochs=1), tmp_path / "run"))
    with pytest.raises(WorkbenchError, match="reads one text"):
        predict_text(tmp_path / "run", "red apple", "plum")


@pytest.mark.parametrize("task", BARS)
def test_a_bert_folder_learns_each_task_and_is_told_which_text_is_which(task: str, tmp_path: Path) -> None:
    table = write_table(tmp_path, task)
    bert_for(task, table, tmp_path)
    experiment = tiny(table, task, model={"model": str(tmp_path / "bert")}, epochs=1)
    experiment = experiment.replace(data={"tokenizer": str(tmp_path / "bert"), "vocab_size": None})
    _, report = drain(start(experiment, tmp_path / "run"))
    assert report["task"] == task
    opened = open_trained(tmp_path / "run" / "model")
    assert opened.task.name == task
    assert opened.task.types
    text, pair = "red apple", "big plum" if task in PAIRED else ""
    assert predict_text(opened, text, pair).text or task == "multi-label"


@pytest.mark.parametrize(
    ("model", "train"),
    [
        ({"lora_rank": 2}, {"class_balance": "weights"}),
        ({"freeze_below": 0}, {"class_balance": "resample"}),
        ({}, {"augment_insert": 0.2, "augment_delete": 0.2, "augment_swap": 0.1, "augment_replace": 0.1}),
    ],
)  # fmt: skip
def test_pairs_are_tuned_in_part_balanced_and_varied_and_a_stopped_run_goes_on(
    model: dict[str, object], train: dict[str, object], tmp_path: Path
) -> None:
    table = write_table(tmp_path, "pair-classification")
    folder = str(bert_for("pair-classification", table, tmp_path))
    experiment = tiny(table, "pair-classification", model={"model": folder, **model}, epochs=1, **train)
    experiment = experiment.replace(data={"tokenizer": folder, "vocab_size": None})
    assert prepare(experiment.data).train.types is not None
    _, whole = drain(start(experiment, tmp_path / "whole"))
    assert stopped_at(experiment, tmp_path / "parts", 4)["stopped"] == "asked"
    _, parts = drain(resume(tmp_path / "parts"))
    assert parts["metrics"] == whole["metrics"]
    assert whole["verdict"]["metric"] == "accuracy"
    assert open_trained(tmp_path / "whole").task.types


def test_minilm_is_fine_tuned_on_likeness_and_beats_guessing_the_mean(tmp_path: Path) -> None:
    given = {
        "data": {"table": str(SAMPLE_DATA / "likeness.csv"), "validation": 0.25},
        "model": {"model": str(minilm())},
        "train": {"max_steps": 24, "learning_rate": 3e-4, "batch_size": 8, "evaluations": 1, "threads": 1, "device": "cpu"},
    }
    experiment = resolve(given)
    assert (experiment.data.task, experiment.data.pair) == ("pair-regression", "sentence2")
    prepared = prepare(experiment.data)
    assert prepared.train.types is not None
    _, report = drain(start(experiment, tmp_path / "run"))
    assert report["metrics"]["validation"]["pearson"] > 0.5
    opened = open_trained(tmp_path / "run")
    model = AutoModelForSequenceClassification.from_pretrained(tmp_path / "run" / "model").eval()
    pair = ("Anna paints the red boat.", "Anna paints the old boat.")
    inputs = AutoTokenizer.from_pretrained(minilm())(*pair, return_tensors="pt")
    with torch.no_grad():
        theirs = float(model(**inputs).logits)
    assert float(predict_text(opened, *pair).text) == pytest.approx(theirs, 1e-4)


def test_a_pair_model_from_elsewhere_reads_the_first_two_columns(tmp_path: Path) -> None:
    table = write_table(tmp_path, "pair-classification")
    tokenizer = prepare(tiny(table, "pair-classification").data).tokenizer
    config = BertConfig(
        vocab_size=tokenizer.get_vocab_size(), hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16,
        num_labels=3,
    )  # fmt: skip
    BertForSequenceClassification(config).save_pretrained(tmp_path / "bert")
    save_tokenizer(tokenizer, tmp_path / "bert")
    assert open_trained(tmp_path / "bert").task.name == "text-classification"
    assert open_trained(tmp_path / "bert", paired=True).task.name == "pair-classification"
    assert predict_text(tmp_path / "bert", "red", "plum").text in ("LABEL_0", "LABEL_1", "LABEL_2")


def test_the_inspector_tells_the_answer_it_would_cut_out_and_seeks_no_reasons_for_it(tmp_path: Path) -> None:
    table = write_table(tmp_path, "question-answering", rows=300)
    drain(start(tiny(table, "question-answering", epochs=14, learning_rate=4e-3), tmp_path / "run"))
    inspector = Inspector.open(str(tmp_path / "run"))
    query = Query(text="which is last ?", pair="red big apple")
    seen = inspector.inspect(query).seen
    assert [token for token in seen.walls["encoder"].queries if token.startswith("[")] == ["[CLS]", "[SEP]", "[SEP]"]
    assert seen.answer.kind == "classes"
    (text, share), *_ = seen.answer.likely
    assert text == "apple"
    assert 0 < share <= 1
    (table_of_heads,) = tables(inspector, query, lambda: False, without=True)
    assert table_of_heads.values
    with pytest.raises(WorkbenchError, match="no single answer"):
        attribution(inspector, query)
