"""A model as an ONNX file, in full or with 8-bit weights, and the file read back as if it were the model."""

from __future__ import annotations

import copy
import io
import logging
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, redirect_stdout
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from transformers import PreTrainedModel

from workbench.contracts.errors import RunFailed, WorkbenchError
from workbench.engine.tasks.base import logits_of

FILE = "model.onnx"
LONGEST = 65_536
"""Tokens of a text in the file, at most; a model with learned positions has fewer places."""


class _Logits(nn.Module):
    """A model as a function of its inputs in a fixed order."""

    def __init__(self, model: PreTrainedModel, names: tuple[str, ...]) -> None:
        super().__init__()
        self.model, self.names = model, names

    def forward(self, *values: Tensor) -> Tensor:
        return logits_of(self.model(**dict(zip(self.names, values, strict=True))))


def write_onnx(model: PreTrainedModel, inputs: Mapping[str, Tensor], path: Path) -> None:
    """Write a model that gives logits for inputs of any batch size and length.

    Attention is written out (eager), which every runtime knows.

    Args:
        model: In evaluation mode; a copy of it is traced.
        inputs: Some inputs as the model is called with, whole numbers: each (B, T), B and T at least 2.
        path: The file.

    Raises:
        WorkbenchError: this architecture cannot be traced.
        RunFailed: the file cannot be written.
    """
    model = copy.deepcopy(model).cpu().float().eval()
    model.config.use_cache = False
    names = tuple(inputs)
    places = getattr(model.config.get_text_config(), "max_position_embeddings", None)
    longest = places if isinstance(places, int) and places > 2 else LONGEST
    batch = torch.export.Dim("batch", min=1, max=LONGEST)
    lengths = {side: torch.export.Dim(side, min=2, max=longest) for side in ("length", "target_length")}
    shapes = tuple({0: batch, 1: lengths["target_length" if name.startswith("decoder") else "length"]} for name in names)
    try:
        model.set_attn_implementation("eager")
        with _quiet(), torch.inference_mode():
            torch.onnx.export(
                _Logits(model, names), tuple(value.cpu() for value in inputs.values()), str(path), input_names=list(names),
                output_names=["logits"], dynamic_shapes=(shapes,), dynamo=True, external_data=False, verbose=False,
            )  # fmt: skip
    except OSError as error:
        raise RunFailed(f"the model could not be written: {error}", where=str(path), mend="Make room on the disk.") from error
    except Exception as error:  # tracing raises errors of a dozen kinds
        raise WorkbenchError(
            f"{type(model).__name__} cannot be written as ONNX: {type(error).__name__}",
            where=str(path), mend="Export it as a Hugging Face folder, which holds every architecture.",
        ) from error  # fmt: skip


def write_int8(source: Path, path: Path) -> None:
    """Write an ONNX file again with the weights of its matrix products as 8-bit whole numbers (dynamic quantization).

    Raises:
        RunFailed: the file cannot be written.
    """
    from onnxruntime.quantization import QuantType, quantize_dynamic

    try:
        with _quiet():
            quantize_dynamic(source, path, weight_type=QuantType.QInt8)
    except OSError as error:
        raise RunFailed(f"the model could not be written: {error}", where=str(path), mend="Make room on the disk.") from error


class OnnxModel:
    """An ONNX file run by onnxruntime; stands where tasks expect a model that gives logits."""

    def __init__(self, path: Path, *, threads: int = 1) -> None:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.log_severity_level = 3
        self._session: Any = onnxruntime.InferenceSession(  # Any: onnxruntime has no types
            str(path), options, providers=["CPUExecutionProvider"]
        )
        self.device = torch.device("cpu")
        self.inputs = tuple(each.name for each in self._session.get_inputs())

    def __call__(self, **inputs: Tensor) -> dict[str, Tensor]:
        """Logits of a batch; a mask that was left out, because nothing is padded, is filled in."""
        values = {}
        for name in self.inputs:
            given = inputs.get(name)
            if given is None:
                like = inputs["decoder_input_ids" if name.startswith("decoder") else "input_ids"]
                given = torch.ones_like(like) if name.endswith("mask") else torch.zeros_like(like)
            values[name] = given.numpy().astype(np.int64, copy=False)
        (logits,) = self._session.run(None, values)
        return {"logits": torch.from_numpy(logits)}


@contextmanager
def _quiet() -> Iterator[None]:
    """What the exporter says of itself is for its makers."""
    loggers = [logging.getLogger(name) for name in ("torch.onnx", "onnxscript", "onnx_ir", "root")]
    levels = [logger.level for logger in loggers]
    try:
        for logger in loggers:
            logger.setLevel(logging.CRITICAL)
        with warnings.catch_warnings(), redirect_stdout(io.StringIO()):
            warnings.simplefilter("ignore")
            yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)
