"""A model handed on: in which form, and how it was found to agree with the model of the run."""

from __future__ import annotations

from dataclasses import dataclass

FORMS = ("huggingface", "onnx", "int8")
"""A folder for transformers; an ONNX file; an ONNX file with 8-bit weights."""


@dataclass(frozen=True, kw_only=True)
class Agreement:
    """The model of the run and its export, on the same validation rows."""

    rows: int
    metric: str
    before: float
    after: float
    loss_before: float
    loss_after: float
    largest_difference: float
    """Between two probabilities; of a number that is predicted, between two predictions in units of its spread."""
    other_answers: int
    """Answers (of classes, tags or next tokens) that differ."""
    answers: int


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """What was written."""

    form: str
    folder: str
    bytes: int
    agreement: Agreement
