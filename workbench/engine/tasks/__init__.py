"""What a model is asked to do: its batches, its loss, its metrics, and how its answer reads."""

from __future__ import annotations

from workbench.contracts.examples import SpecialIds
from workbench.engine.tasks.base import Evaluation, Noise, Prediction, Task
from workbench.engine.tasks.language import CausalLM, MaskedLM
from workbench.engine.tasks.questions import QuestionAnswering
from workbench.engine.tasks.sentence import MultiLabel, PairClassification, PairRegression, Regression, TextClassification
from workbench.engine.tasks.seq2seq import Seq2Seq
from workbench.engine.tasks.words import TokenClassification

__all__ = ["Evaluation", "Noise", "Prediction", "Task", "build_task"]


def build_task(
    name: str, special: SpecialIds, labels: tuple[str, ...] = (), *, scale: tuple[float, float] = (0.0, 1.0), types: bool = False
) -> Task:
    """The task of a name.

    Args:
        name: One of `workbench.contracts.specs.TASKS`.
        special: The ids of padding, start and end.
        labels: Class or tag names, in the order of the model's outputs.
        scale: Mean and standard deviation of a regression's target.
        types: Whether the model is told which tokens are of the second of two texts.
    """
    task = _task(name, special, labels, scale)
    task.types = types
    return task


def _task(name: str, special: SpecialIds, labels: tuple[str, ...], scale: tuple[float, float]) -> Task:
    match name:
        case "text-classification":
            return TextClassification(special, labels)
        case "multi-label":
            return MultiLabel(special, labels)
        case "regression":
            return Regression(special, *scale)
        case "pair-classification":
            return PairClassification(special, labels)
        case "pair-regression":
            return PairRegression(special, *scale)
        case "question-answering":
            return QuestionAnswering(special)
        case "token-classification":
            return TokenClassification(special, labels)
        case "seq2seq":
            return Seq2Seq(special)
        case "causal-lm":
            return CausalLM(special)
        case "masked-lm":
            return MaskedLM(special)
    raise ValueError(f"unknown task {name!r}")
