"""Hand a trained model on: as a Hugging Face folder, as ONNX or as 8-bit ONNX, scored again before anyone gets it."""

from __future__ import annotations

import math
import os
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, cast

import torch
from torch import Tensor
from transformers import PreTrainedModel

from workbench.contracts.deliveries import FORMS, Agreement, Delivery
from workbench.contracts.errors import Cancelled, RunFailed, WorkbenchError
from workbench.contracts.examples import IGNORED, Examples
from workbench.data.prepare import prepare
from workbench.data.tokenizers import save_tokenizer
from workbench.engine.loading import load_model
from workbench.engine.onnx_file import FILE, OnnxModel, write_int8, write_onnx
from workbench.engine.tasks import Task
from workbench.engine.tasks.base import Reader
from workbench.runs.beside_steps import some
from workbench.runs.folder import RunFolder
from workbench.runs.model_card import model_card, snippet
from workbench.runs.opened import Opened, open_trained

ROWS = 5_000
"""Validation rows an export is scored on, at most, evenly spread."""
EXACT = 1e-4
"""Difference of a probability up to which ONNX counts as the same model."""
DROP = 0.02
"""What 8-bit weights may cost unless a person allows more: points of the score, or that share of the loss."""


def deliver(
    run: Path, out: Path, form: str, *, drop: float = DROP, told: Callable[[str, float], None] = lambda what, share: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Delivery:  # fmt: skip
    """Export the model of a run into a new folder, with a model card and a program of a few lines that uses it.

    The export is scored on the validation rows of the run beside the run's own model, and refused where it differs: a folder by
    anything, ONNX by more than `EXACT` in a probability, 8-bit ONNX by more than `drop`. Nothing is left behind then.

    Args:
        run: A run with a model; its table must still be there.
        out: The new folder.
        form: One of `workbench.contracts.deliveries.FORMS`.
        drop: What int8 may cost.
        told: Hears what is done, and which share of it.
        cancelled: Asked now and then.

    Raises:
        WorkbenchError: no such run, form or table, or `out` is taken.
        RunFailed: the export scores differently, or could not be written.
        Cancelled: `cancelled` said so.
    """
    if form not in FORMS:
        raise WorkbenchError(f"there is no form {form!r}", where="form", mend="Use one of: " + ", ".join(FORMS) + ".")
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise WorkbenchError("this folder is taken", where=str(out), mend="Choose a new or an empty folder.")
    folder = RunFolder.open(run)
    opened = open_trained(run)
    told("reading the validation rows", 0.0)
    prepared = prepare(folder.experiment().data, cancelled=cancelled)
    examples = prepared.validation if len(prepared.validation) <= ROWS else some(prepared.validation, ROWS)
    aside = out.with_name(f".{out.name}.{os.getpid()}.partial")
    shutil.rmtree(aside, ignore_errors=True)
    try:
        aside.mkdir(parents=True)
        told("writing the model", 0.2)
        other = _write(opened, examples, aside, form)
        told("scoring the export", 0.6)
        agreement = compared(opened.task, opened, other, examples, cancelled)
        _refuse_if_different(agreement, form, drop, out)
        text = prepared.texts("validation", [0])[0][0]
        (aside / "use.py").write_text(snippet(opened, form, text), encoding="utf-8")
        (aside / "README.md").write_text(model_card(folder, opened, prepared, form, agreement, text), encoding="utf-8")
        if out.exists():
            out.rmdir()
        aside.rename(out)
    except OSError as error:
        raise RunFailed(f"the export could not be written: {error}", where=str(out), mend="Make room on the disk.") from error
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    told("scoring the export", 1.0)
    size = sum(path.stat().st_size for path in out.rglob("*") if path.is_file())
    return Delivery(form=form, folder=str(out), bytes=size, agreement=agreement)


def _write(opened: Opened, examples: Examples, folder: Path, form: str) -> PreTrainedModel | OnnxModel:
    """Write the model; returns it as it is read back."""
    if form == "huggingface":
        opened.model.save_pretrained(folder)
        save_tokenizer(opened.recipe.tokenizer, folder, max_length=opened.recipe.data.max_length)
        return load_model(folder)
    opened.model.config.save_pretrained(folder)
    save_tokenizer(opened.recipe.tokenizer, folder, max_length=opened.recipe.data.max_length)
    target = folder / FILE
    full = target if form == "onnx" else folder / "full.onnx"
    write_onnx(opened.model, _sample(opened.task, examples), full)
    if form == "int8":
        write_int8(full, target)
        full.unlink()
    return OnnxModel(target, threads=torch.get_num_threads())


def _sample(task: Task, examples: Examples) -> dict[str, Tensor]:
    """Inputs with a mask beside every sequence, so that the file takes padded batches."""
    lengths = task.lengths(examples)
    chosen = lengths.argsort(kind="stable")[[-1, len(lengths) // 2]] if len(lengths) > 1 else lengths.argsort()[[0, 0]]
    inputs = dict(task.collate(examples, chosen).inputs)
    if "attention_mask" not in inputs:
        ids = inputs.pop("input_ids")
        inputs = {"input_ids": ids, "attention_mask": torch.ones_like(ids), **inputs}
    return inputs


def compared(
    task: Task, opened: Opened, other: PreTrainedModel | OnnxModel, examples: Examples, cancelled: Callable[[], bool]
) -> Agreement:
    """Score two models on the same rows, batch by batch."""
    ours = Reader(opened.model, opened.recipe.tokenizer, cancelled=cancelled)
    theirs = Reader(cast(Any, other), opened.recipe.tokenizer, cancelled=cancelled)
    spread = float(examples.labels.std()) or 1.0 if examples.labels is not None and examples.labels.dtype.kind == "f" else 1.0
    losses, count, largest, different, answers = [0.0, 0.0], 0, 0.0, 0, 0
    for batch in ours.batches(task, examples):
        said = []
        for place, reader in enumerate((ours, theirs)):
            logits = reader.logits(batch)
            losses[place] += float(task.loss(logits, batch.labels))
            said.append(_said(task, logits, batch.labels))
        count += int(task.count(batch.labels))
        first, second = said
        if first.shape[-1] > 1:
            different += int((first.argmax(-1) != second.argmax(-1)).sum())
            answers += len(first)
        else:
            first, second = first / spread, second / spread
        largest = max(largest, float((first - second).abs().max()) if first.numel() else 0.0)
    before, after = (loss / max(1, count) for loss in losses)
    metric, scores = "loss", (before, after)
    if task.selects_by != "loss":
        metric = task.selects_by
        scored = [
            reader.within_memory(partial(task.evaluate, reader, examples, full=True)).metrics[metric] for reader in (ours, theirs)
        ]
        scores = (float(scored[0]), float(scored[1]))
    if cancelled():
        raise Cancelled("stopped while the export was scored")
    return Agreement(
        rows=len(examples), metric=metric, before=scores[0], after=scores[1], loss_before=before, loss_after=after,
        largest_difference=largest, other_answers=different, answers=answers,
    )  # fmt: skip


def _said(task: Task, logits: Tensor, labels: Tensor) -> Tensor:
    """Probabilities of each answer that is asked for (answers, choices), or numbers (answers, 1)."""
    if task.name == "multi-label":
        holds = logits.sigmoid().flatten()
        return torch.stack((1 - holds, holds), -1)
    if task.name == "question-answering":  # (B, T, 2): first and last token, each a choice among the tokens
        return logits.transpose(1, 2).flatten(0, 1).softmax(-1)
    if labels.ndim > 1:
        logits = logits[labels != IGNORED]
    return logits.softmax(-1) if logits.shape[-1] > 1 else logits


def _refuse_if_different(found: Agreement, form: str, drop: float, out: Path) -> None:
    said = (
        f"{found.metric} {found.before:.4f} became {found.after:.4f}, a probability moved by up to {found.largest_difference:.2g}"
    )
    finite = math.isfinite(found.largest_difference) and math.isfinite(found.loss_after)
    if form == "huggingface" and (found.largest_difference > 0 or not finite):
        raise RunFailed(f"the folder read back is not the model that was trained: {said}", where=str(out),
                        mend="Nothing was kept. Please report this: it is a defect.")  # fmt: skip
    if form == "onnx" and (found.largest_difference > EXACT or not finite):
        raise RunFailed(f"the ONNX file answers differently: {said}", where=str(out),
                        mend="Nothing was kept. Export a Hugging Face folder, which is exact.")  # fmt: skip
    if form == "int8":
        worse = found.after - found.before
        limit = drop * abs(found.before) if found.metric in ("loss", "rmse") else drop
        worse = worse if found.metric in ("loss", "rmse") else -worse
        if worse > limit or not finite:
            raise RunFailed(f"8-bit weights cost too much: {said}", where=str(out),
                            mend=f"Nothing was kept. Export without int8, or allow a drop above {drop:g}.")  # fmt: skip
