"""What goes with a model that is handed on: a card that says what it is and is not, and a program of a few lines that uses it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

import workbench
from workbench.contracts.counting import counted
from workbench.contracts.deliveries import Agreement
from workbench.contracts.examples import TOGETHER
from workbench.contracts.specs import ONE_CLASS, PAIRED
from workbench.data.prepare import Prepared
from workbench.runs.baseline import wanted
from workbench.runs.folder import RunFolder
from workbench.runs.opened import Opened

PIPELINES = {
    "text-classification": "text-classification", "regression": "text-classification", "multi-label": "text-classification",
    "pair-classification": "text-classification", "pair-regression": "text-classification",
    "token-classification": "token-classification", "masked-lm": "fill-mask", "causal-lm": "text-generation",
}  # fmt: skip
"""The pipeline of transformers for a task, and its tag on the hub."""
TAGS = {**PIPELINES, "question-answering": "question-answering"}
"""Tags on the hub: also of tasks whose pipeline is gone (transformers 5)."""
SETTINGS = (
    "epochs", "batch_size", "accumulation", "optimizer", "learning_rate", "schedule", "warmup", "weight_decay", "seed"
)  # fmt: skip
"""Of the training, those that decide most."""
JUDGED = frozenset({"better", "as-good", "worse", "too-few"})
"""Verdicts that say something of the model."""
SHARES = "print({labels[str(at)]: float(share) for at, share in enumerate(np.exp(logits[0] - np.logaddexp.reduce(logits[0])))})\n"
SIGMOIDS = "print({labels[str(at)]: float(share) for at, share in enumerate(1 / (1 + np.exp(-logits[0])))})\n"
TAGS_OF_TOKENS = "print([(token, labels[str(at)]) for token, at in zip(read.tokens, logits[0].argmax(-1))])\n"
"""What the program of an ONNX file says of logits, by what the task chooses: one of several classes, any of them, a tag."""
FEW = 20
"""Training rows of a class below which the card warns."""


def snippet(opened: Opened, form: str, text: str) -> str:
    """A program that prints the model's answer to a text; it is run in its own folder.

    Args:
        opened: The model.
        form: In which it is handed on.
        text: To answer; of a task that reads two, both with `TOGETHER` between them.
    """
    both = [part.strip() for part in text.split(TOGETHER, 1)] if opened.task.name in PAIRED else [text]
    given = [json.dumps(part, ensure_ascii=False) for part in both]
    if form == "huggingface":
        return needs("torch", "transformers") + _with_transformers(opened, given)
    return needs("numpy", "onnxruntime", "tokenizers") + _with_onnxruntime(opened, given)


def needs(*packages: str) -> str:
    """A comment that says what a program wants installed, in the versions that it was tried with."""
    named = (f"{name}=={version(name).partition('+')[0]}" for name in packages)
    return f"# pip install {' '.join(named)}\n"


def _with_transformers(opened: Opened, given: Sequence[str]) -> str:
    """The program of a Hugging Face folder; `given` are the texts as Python writes them."""
    own = "import workbench  # the model's family: pip install --no-deps FOLDER-OF-ATTENTION-WORKBENCH\n"
    own = own if type(opened.model).__module__.startswith("workbench") else ""
    said = ", ".join(given)
    if opened.task.name in PIPELINES:
        if len(given) > 1:
            said = f'{{"text": {given[0]}, "text_pair": {given[1]}}}'
        extra = ', function_to_apply="none"' if "regression" in opened.task.name else ""
        extra = ', function_to_apply="sigmoid", top_k=None' if opened.task.name == "multi-label" else extra
        return (
            f"{own}from transformers import pipeline\n\n"
            f'model = pipeline("{PIPELINES[opened.task.name]}", model="."{extra})\n'
            f"print(model({said}))\n"
        )
    head = "AutoModelForQuestionAnswering" if opened.task.name == "question-answering" else "AutoModelForSeq2SeqLM"
    program = (
        f"{own}from transformers import {head}, AutoTokenizer\n\n"
        f'tokenizer, model = AutoTokenizer.from_pretrained("."), {head}.from_pretrained(".")\n'
        f'inputs = tokenizer({said}, return_tensors="pt", return_token_type_ids={opened.task.types})\n'
    )
    if opened.task.name != "question-answering":
        return program + "print(tokenizer.decode(model.generate(**inputs)[0], skip_special_tokens=True))\n"
    return (
        f"{program}answer, side = model(**inputs), inputs.sequence_ids()\n"
        "begin, stop = side.index(1), len(side) - side[::-1].index(1)  # where the passage stands\n"
        "first = begin + int(answer.start_logits[0, begin:stop].argmax())\n"
        "last = first + int(answer.end_logits[0, first:stop].argmax())\n"
        'print(tokenizer.decode(inputs["input_ids"][0, first : last + 1]))\n'
    )


def _with_onnxruntime(opened: Opened, given: Sequence[str]) -> str:
    """The program of an ONNX file."""
    target = ""
    if opened.task.name == "seq2seq":
        start = opened.model.config.decoder_start_token_id
        target = f', "decoder_input_ids": [[{start}, {start}]]'
    named = {**dict.fromkeys(ONE_CLASS, SHARES), "multi-label": SIGMOIDS, "token-classification": TAGS_OF_TOKENS}
    ending = named.get(opened.task.name, "")
    imports, session = "numpy as np, onnxruntime", 'session = onnxruntime.InferenceSession("model.onnx")'
    if ending:
        imports = f"json, {imports}"
        session = session.replace("session =", "session, labels =") + ', json.load(open("config.json"))["id2label"]'
    program = (
        f"import {imports}\nfrom tokenizers import Tokenizer\n\n"
        f'read = Tokenizer.from_file("tokenizer.json").encode({", ".join(given)})\n'
        'inputs = {"input_ids": [read.ids], "attention_mask": [read.attention_mask], "token_type_ids": [read.type_ids]'
        f"{target}}}\n{session}\n"
        "logits = session.run(None, {each.name: np.array(inputs[each.name]) for each in session.get_inputs()})[0]\n"
    )
    if opened.task.name != "question-answering":
        return program + (ending or "print(logits)\n")
    return (
        f"passage = {given[1]}\n"
        f"{program}side = read.sequence_ids\n"
        "begin, stop = side.index(1), len(side) - side[::-1].index(1)  # where the passage stands\n"
        "first = begin + logits[0, begin:stop, 0].argmax()\n"
        "last = first + logits[0, first:stop, 1].argmax()\n"
        "print(passage[read.offsets[first][0] : read.offsets[last][1]])\n"
    )


def model_card(run: RunFolder, opened: Opened, prepared: Prepared, form: str, agreement: Agreement, text: str) -> str:
    """The README.md of an export: data, settings, scores beside the baseline, limits, use; with the hub's header."""
    experiment, report = run.experiment(), run.report()
    start = f"fine-tuned from `{Path(experiment.model.model).name}`" if experiment.model.model else "trained from scratch"
    size = sum(p.numel() for p in opened.model.parameters())
    made = ", ".join(f"{name} {version(name)}" for name in ("torch", "transformers", "tokenizers"))
    settings = ", ".join(f"{name} {getattr(experiment.train, name)}" for name in SETTINGS)
    sections = {
        f"# {experiment.name}": [
            f"A {type(opened.model).__name__} for {opened.task.name}, {start}: {size:,} parameters.",
        ],
        "## Data": _data(prepared, opened),
        "## Scores": [*_scores(report), *_verdict(report), "", _agreement(agreement)],
        "## Limits": _limits(prepared, opened),
        "## Use": ["```python", snippet(opened, form, text).rstrip(), "```"],
        "## Settings": [f"{settings}.", "", f"Made with Attention Workbench {workbench.__version__} ({made})."],
    }
    body = "\n".join("\n".join((heading, "", *lines, "")) for heading, lines in sections.items())
    return f"{_header(opened, form)}\n{body}"


def _header(opened: Opened, form: str) -> str:
    """What the hub reads."""
    facts = {"library_name": "transformers" if form == "huggingface" else "onnx", "tags": ["attention-workbench"]}
    if opened.task.name in TAGS:
        facts["pipeline_tag"] = TAGS[opened.task.name]
    return "\n".join(("---", *(f"{name}: {json.dumps(value)}" for name, value in facts.items()), "---", ""))


def _data(prepared: Prepared, opened: Opened) -> list[str]:
    counts, data, labels = prepared.counts, prepared.data, opened.recipe.labels
    columns = (("text", data.text), ("second text", data.pair), ("target", data.target))
    roles = ", ".join(f"{role} `{name}`" for role, name in columns if name)
    unread = counted(counts["rejected"], "line was", "lines were")
    said = [
        f"- Table `{Path(data.table or '').name}`: {roles}.",
        f"- {counted(counts['train'], 'row', 'rows')} learned from, {counts['validation']:,} to choose the best moment, "
        f"{counts['test']:,} kept for a last score.",
        f"- {counted(counts['unusable'], 'row', 'rows')} could not be used, {unread} not read as rows.",
    ]
    if data.mends:
        said.append(f"- Mended before: {data.mends}.")
    if labels:
        said.append(f"- {len(labels)} classes: {_some(labels)}")
    return said


def _some(names: Sequence[str]) -> str:
    return ", ".join(f"`{name}`" for name in names[:30]) + (" …" if len(names) > 30 else "")


def _verdict(report: Mapping[str, Any]) -> list[str]:
    verdict = report.get("verdict")
    return ["", f"{verdict['text']}"] if isinstance(verdict, Mapping) and verdict.get("code") in JUDGED else []


def _agreement(found: Agreement) -> str:
    rows = counted(found.rows, "validation row", "validation rows")
    return (
        f"This export was scored again on {rows}: {found.metric} {found.before:.4f} before, "
        f"{found.after:.4f} after; largest difference of a probability {found.largest_difference:.2g}; "
        f"{found.other_answers:,} of {found.answers:,} answers differ."
    )


def _scores(report: Mapping[str, Any]) -> list[str]:
    """Each plain number of the report, the baseline's beside the model's."""
    rows = ["| rows | measure | model | baseline |", "|---|---|---|---|"]
    for split in ("validation", "test"):
        ours = (report.get("metrics") or {}).get(split) or {}
        theirs = (report.get("baseline") or {}).get(split) or {}
        for name, value in ours.items():
            if isinstance(value, (int, float)) and not isinstance(value, bool):
                other = theirs.get(name)
                beside = f"{other:.4f}" if isinstance(other, (int, float)) else "–"
                rows.append(f"| {split} | {name} | {value:.4f} | {beside} |")
    return rows


def _limits(prepared: Prepared, opened: Opened) -> list[str]:
    """What a reader should know before they trust it, from the data alone."""
    cut = prepared.counts["cut"]
    read = "the first {0} tokens of a text"
    if opened.task.name in PAIRED:
        read = "{0} tokens of both texts together"
    if opened.task.name == "question-answering":
        read = "a passage in windows of {0} tokens, the question included"
    shortened = counted(cut, "text of its own table was", "texts of its own table were")
    said = [f"- It reads {read.format(f'{prepared.data.max_length:,}')}; {shortened} cut."]
    if opened.task.name in (*ONE_CLASS, "multi-label"):
        rows = wanted(prepared.train, len(opened.recipe.labels))
        times = rows.sum(axis=0) if rows.ndim == 2 else np.bincount(rows.astype(np.int64), minlength=len(opened.recipe.labels))
        rare = [name for name, count in zip(opened.recipe.labels, times.tolist(), strict=True) if count < FEW]
        if rare:
            said.append(f"- Learned from fewer than {FEW} rows: {_some(rare)}. Trust these least.")
    if prepared.counts.get("test_seen"):
        said.append(f"- {prepared.counts['test_seen']:,} test texts are also among those learned from: the test score flatters.")
    said.append("- It answers every text, also such as have nothing to do with its table; its confidence is no proof.")
    return said
