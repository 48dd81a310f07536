"""Fifty inputs that no one expects: texts a person or a script may hand over, and folders that are no whole model."""

from __future__ import annotations

import json
import pickle
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file, save_file

EMPTY = ("", " ", "\n\t ", "\u3000")
TEXTS = (
    *EMPTY, "word " * 10_000, "a" * 20_000, "😀" * 30, "👨‍👩‍👧‍👦🏳️‍🌈", "‮مرحبا بالعالم‬", "שלום abc עולם",
    "\x00\x01\x02 control", "\x7f\x9f",
    "\x1b[31mred\x1b[0m", "\u200b", "\ufeffbom", "ſ ﬁ ǆ", "𝕳𝖊𝖑𝖑𝖔", "田中さんにあげて下さい", "\ud800 lone", "\udcff\udc80",
    "Z̮̞̠͙͔ͅḀ̗̞͈̻̗Ḷ͙͎̯̹̞͓G̻O̭̗̮", "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "=1+1", "@SUM(1+1)*cmd|' /C calc'!A0",
    "%s %n %d {0} {name}", "' OR 1=1 --", "../../../etc/passwd", "C:\\con\\nul", "$(touch x)`touch x`", "null", "-1e309", "NaN",
    "[CLS] [SEP] [MASK] [PAD]", "\r\n" * 50 + "end", "\U0010ffff\ufffe",
)  # fmt: skip
"""Thirty-six of them; the first four say nothing."""


def _change_config(folder: Path, **fields: Any) -> None:
    path = folder / "config.json"
    path.write_text(json.dumps({**json.loads(path.read_text(encoding="utf-8")), **fields}), encoding="utf-8")


def _wrong_shape(folder: Path) -> None:
    weights = load_file(folder / "model.safetensors")
    name = next(name for name in weights if "word_embeddings" in name)
    save_file({**weights, name: torch.zeros(7, 16)}, folder / "model.safetensors", {"format": "pt"})


def _pickled(folder: Path) -> None:
    (folder / "model.safetensors").unlink()
    (folder / "pytorch_model.bin").write_bytes(pickle.dumps({}))


def _cut(folder: Path, name: str) -> None:
    content = (folder / name).read_bytes()
    (folder / name).write_bytes(content[: len(content) // 2])


def _linked_outside(folder: Path) -> None:
    outside = folder.parent / "outside.json"
    shutil.move(folder / "config.json", outside)
    (folder / "config.json").symlink_to(outside)


def _a_file(folder: Path) -> None:
    shutil.rmtree(folder)
    folder.write_text("no folder", encoding="utf-8")


FOLDERS: dict[str, Callable[[Path], object]] = {
    "missing": shutil.rmtree,
    "empty": lambda folder: [file.unlink() for file in folder.iterdir()],
    "a file": _a_file,
    "no weights": lambda folder: (folder / "model.safetensors").unlink(),
    "no tokenizer": lambda folder: [file.unlink() for file in folder.glob("tokenizer*")],
    "a pickle": _pickled,
    "a tensor of another shape": _wrong_shape,
    "weights cut short": lambda folder: _cut(folder, "model.safetensors"),
    "a tokenizer cut short": lambda folder: _cut(folder, "tokenizer.json"),
    "a config that is no json": lambda folder: (folder / "config.json").write_text("{", encoding="utf-8"),
    "an unknown architecture": lambda folder: _change_config(folder, architectures=["NoSuchModel"], model_type="nosuch"),
    "a config that points outside": lambda folder: _change_config(folder, backbone="../../etc"),
    "a link that points outside": _linked_outside,
    "an adapter": lambda folder: (folder / "adapter_config.json").write_text("{}", encoding="utf-8"),
}
"""Fourteen ways to spoil a folder with a small BERT and its tokenizer."""
