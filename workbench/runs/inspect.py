"""The exact attention of one text through a trained model, and its files."""

from __future__ import annotations

import csv
import json
import math
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import matplotlib as mpl
import numpy as np
import torch
from matplotlib import font_manager
from matplotlib.figure import Figure
from torch import Tensor

import workbench
from workbench.contracts.errors import WorkbenchError
from workbench.contracts.frames import AttentionFrame
from workbench.data.recipe import encode_strings
from workbench.engine.capture import capture
from workbench.engine.recording import Look
from workbench.engine.tasks import Prediction
from workbench.engine.tasks.base import Reader
from workbench.runs.opened import Opened, digest_of, open_trained

ENDINGS = (".npz", ".png", ".csv")
FONTS = ("DejaVu Sans", "Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", "Hiragino Sans GB", "WenQuanYi Zen Hei", "SimHei")
"""Tried in this order for each character of a token."""


@dataclass(frozen=True, kw_only=True)
class Inspection:
    """What was seen."""

    frames: Mapping[str, AttentionFrame]
    tokens: tuple[str, ...]
    target_tokens: tuple[str, ...]
    prediction: Prediction
    provenance: Mapping[str, Any]
    layer: int | None = None
    head: int | None = None


def inspect_text(
    model: Path | Opened, text: str, *, pair: str | None = None, layer: int | None = None, head: int | None = None
) -> Inspection:
    """Run a text through a model and record every weight asked for.

    Args:
        model: A run folder, a model folder, or a model that is open already.
        text: What the model reads.
        pair: A second text: the target of an encoder-decoder (what it writes itself when left out), a second sentence for an
            encoder.
        layer: One layer only, from 0.
        head: One head only, from 0.

    Raises:
        WorkbenchError: no such layer or head, a text that cannot be read, or attention that cannot be seen.
    """
    opened = model if isinstance(model, Opened) else open_trained(model)
    config = opened.model.config
    for name, value, size in (("layer", layer, config.num_hidden_layers), ("head", head, config.num_attention_heads)):
        if value is not None and not 0 <= value < size:
            raise WorkbenchError(
                f"there is no {name} {value}", where=f"--{name}", mend=f"This model has {size}: 0 to {size - 1}."
            )
    inputs, tokens, target_tokens, prediction = _read(opened, text, pair)
    look = Look(layers=None if layer is None else (layer,), heads=None if head is None else (head,))
    provenance = {
        "model": str(opened.path.resolve()), "weights_sha256": digest_of(opened.path), "text": text, "pair": pair,
        "layer": layer, "head": head,
        "versions": {"attention-workbench": workbench.__version__, **{name: version(name) for name in ("torch", "transformers")}},
    }  # fmt: skip
    frames = capture(opened.model, inputs, tokens=tokens, target_tokens=target_tokens, look=look)
    return Inspection(
        frames=frames,
        tokens=tokens,
        target_tokens=target_tokens,
        prediction=prediction,
        provenance=provenance,
        layer=layer,
        head=head,
    )


def _read(opened: Opened, text: str, pair: str | None) -> tuple[dict[str, Tensor], tuple[str, ...], tuple[str, ...], Prediction]:
    """What the model is given, the tokens of its axes, and its answer."""
    recipe, name = opened.recipe, opened.task.name
    if not text.strip():
        raise WorkbenchError("the text is empty", where="--text", mend="Give a text with at least one word.")
    examples = encode_strings(recipe, [text]).examples
    prediction = opened.task.predict(Reader(opened.model, recipe.tokenizer), examples)[0]
    ids = examples.inputs[0].tolist()[: -1 if name == "causal-lm" else None]
    target: list[int] = []
    if name == "seq2seq":
        written = encode_strings(recipe, [pair if pair is not None else prediction.text]).examples.inputs[0].tolist()
        target = [opened.model.config.decoder_start_token_id, *written][: recipe.data.max_target_length or len(written)]
    elif pair is not None and name == "causal-lm":
        raise WorkbenchError("a decoder reads one text", where="--pair", mend="Put both into --text.")
    elif pair is not None:
        second = encode_strings(recipe, [pair]).examples.inputs[0].tolist()
        ids = (ids + second[1:])[: recipe.data.max_length]

    def names(numbers: list[int]) -> tuple[str, ...]:
        return tuple(recipe.tokenizer.id_to_token(i) or "?" for i in numbers)

    inputs = {"input_ids": torch.tensor([ids])}
    if target:
        inputs["decoder_input_ids"] = torch.tensor([target])
    return inputs, names(ids), names(target), prediction


def write_inspection(seen: Inspection, out: Path) -> str:
    """Write what was seen as npz (arrays), png (a picture) or csv (one row a weight).

    Returns:
        What a person should know about the file, or nothing.

    Raises:
        WorkbenchError: another ending, or a place that cannot be written.
    """
    writers = {".npz": _write_npz, ".png": _write_png, ".csv": _write_csv}
    if out.suffix.lower() not in writers:
        raise WorkbenchError(
            f"attention is not written as {out.suffix or 'a file without ending'!r}",
            where=str(out),
            mend="Use one of: " + ", ".join(ENDINGS) + ".",
        )
    aside = out.with_name(f".{out.stem}.partial{out.suffix}")
    try:
        with warnings.catch_warnings(record=True) as said:
            warnings.simplefilter("always")
            writers[out.suffix.lower()](seen, aside)
        aside.replace(out)
    except OSError as error:
        raise WorkbenchError(
            f"the file cannot be written: {error}", where=str(out), mend="Choose another place with --out."
        ) from error
    finally:
        aside.unlink(missing_ok=True)
    if any("missing from font" in str(each.message) for each in said):
        return "Some tokens are drawn as boxes: no font here has their characters. Install one, such as Noto Sans CJK."
    return ""


def summary(seen: Inspection) -> dict[str, Any]:
    """What was seen, without the arrays."""
    return {
        "tokens": list(seen.tokens), "target_tokens": list(seen.target_tokens),
        "shapes": {kind: list(frame.weights.shape) for kind, frame in seen.frames.items()},
        "prediction": seen.prediction.text, "confidence": seen.prediction.confidence, "provenance": dict(seen.provenance),
    }  # fmt: skip


def _write_npz(seen: Inspection, path: Path) -> None:
    arrays: dict[str, Any] = {kind: frame.weights for kind, frame in seen.frames.items()}
    arrays["tokens"] = np.array(seen.tokens)
    if seen.target_tokens:
        arrays["target_tokens"] = np.array(seen.target_tokens)
    if seen.prediction.probabilities:
        arrays["labels"] = np.array(list(seen.prediction.probabilities))
        arrays["probabilities"] = np.array(list(seen.prediction.probabilities.values()), dtype=np.float32)
    np.savez_compressed(path, provenance=json.dumps(seen.provenance, ensure_ascii=False), **arrays)


def _write_csv(seen: Inspection, path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("kind", "layer", "head", "query_index", "query", "key_index", "key", "weight"))
        for kind, frame in seen.frames.items():
            for (layer, head, q, k), weight in np.ndenumerate(frame.weights):
                place = (layer if seen.layer is None else seen.layer, head if seen.head is None else seen.head)
                writer.writerow((kind, *place, q, frame.queries[q], k, frame.keys[k], f"{weight:.9g}"))


def _write_png(seen: Inspection, path: Path) -> None:
    """All heads of all kinds: layers down, heads across, tokens along both axes, one scale from 0 to 1."""
    rows = sum(frame.weights.shape[0] for frame in seen.frames.values())
    columns = max(frame.weights.shape[1] for frame in seen.frames.values())
    longest = max(max(frame.weights.shape[2:]) for frame in seen.frames.values())
    side = float(np.clip(0.22 * longest, 2.2, 8.0))
    available = {font.name for font in font_manager.fontManager.ttflist}
    with mpl.rc_context({"font.family": [name for name in FONTS if name in available], "axes.unicode_minus": False}):
        figure = Figure(figsize=(side * columns + 1.5, (side + 0.6) * rows + 0.8), layout="constrained")
        grid = figure.subplots(rows, columns, squeeze=False)
        picture, row = None, 0
        for kind, frame in seen.frames.items():
            for layer, heads in enumerate(frame.weights):
                for head, weights in enumerate(heads):
                    axes = grid[row][head]
                    picture = axes.imshow(weights, vmin=0, vmax=1, cmap="viridis", interpolation="nearest", aspect="auto")
                    place = (layer if seen.layer is None else seen.layer, head if seen.head is None else seen.head)
                    axes.set_title(f"{kind} · layer {place[0]} · head {place[1]}", fontsize=8)
                    _label(axes.xaxis, frame.keys)
                    _label(axes.yaxis, frame.queries)
                    axes.tick_params(axis="x", labelrotation=90)
                row += 1
        assert picture is not None
        figure.colorbar(picture, ax=grid.ravel().tolist(), label="attention weight", shrink=0.6)
        figure.savefig(path, dpi=110, metadata={"Description": json.dumps(seen.provenance, ensure_ascii=True)})


def _label(axis: Any, tokens: tuple[str, ...]) -> None:  # Any: matplotlib's axis has no public type
    """Tokens along an axis, thinned where there are too many to read; dollar signs stay dollar signs."""
    step = math.ceil(len(tokens) / 48)
    places = list(range(0, len(tokens), step))
    axis.set_ticks(places, [tokens[place].replace("$", r"\$") for place in places], fontsize=7)
