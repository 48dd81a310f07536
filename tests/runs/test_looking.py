"""Any model opened to look at, with what it reads and how far it can be seen."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from transformers import BertConfig, BertModel, ViTConfig, ViTModel

from tests.runs.test_execute import drain
from tests.tables import tiny, write_table
from workbench.contracts.errors import WorkbenchError
from workbench.data.tokenizers import save_tokenizer, train_tokenizer
from workbench.engine.lens import Lens
from workbench.runs.execute import start
from workbench.runs.looking import open_for_looking

WIDTHS = {"hidden_size": 16, "num_hidden_layers": 2, "num_attention_heads": 2, "intermediate_size": 16}


def save_bert(folder: Path, words: int = 64) -> Path:
    torch.manual_seed(0)
    BertModel(BertConfig(vocab_size=words, **WIDTHS)).save_pretrained(folder)
    save_tokenizer(train_tokenizer(["red apple", "green pear"], kind="word"), folder)
    return folder


def test_a_model_without_a_head_is_opened_with_its_tokenizer(tmp_path: Path) -> None:
    opened = open_for_looking(save_bert(tmp_path / "bert"))
    assert type(opened.model) is BertModel
    assert opened.images is None
    assert opened.tokenizer is not None
    assert opened.tokenizer.encode("red pear").tokens[1:3] == ["▁red", "▁pear"]
    assert opened.support.level == "full"
    assert len(opened.support.sites) == 2


def test_a_vision_model_is_opened_with_how_it_reads_pictures(tmp_path: Path) -> None:
    torch.manual_seed(0)
    ViTModel(ViTConfig(image_size=32, patch_size=8, **WIDTHS)).save_pretrained(tmp_path)
    opened = open_for_looking(tmp_path)
    assert opened.tokenizer is None
    assert opened.images is not None
    assert opened.support.level == "full"
    pixels = opened.images.pixel_values(np.zeros((40, 50, 3), np.uint8))
    with torch.no_grad(), Lens(opened.model) as lens, lens.record() as seen:
        opened.model(pixel_values=pixels)
    assert seen.attention("encoder").shape == (2, 2, 17, 17)  # 4 x 4 patches and the class token


def test_a_run_is_opened_by_its_folder(tmp_path: Path) -> None:
    drain(start(tiny(write_table(tmp_path, "masked-lm"), "masked-lm"), tmp_path / "run"))
    opened = open_for_looking(tmp_path / "run")
    assert opened.path == tmp_path / "run"
    assert opened.recipe is not None
    assert opened.sha256
    assert opened.support.level == "full"


def test_a_run_without_a_model_says_so(tmp_path: Path) -> None:
    (tmp_path / "experiment.toml").touch()
    with pytest.raises(WorkbenchError, match="no weights yet"):
        open_for_looking(tmp_path)


def test_a_tokenizer_that_is_missing_or_of_another_model_is_named(tmp_path: Path) -> None:
    folder = save_bert(tmp_path / "bert", words=5)
    with pytest.raises(WorkbenchError, match="9 tokens and the model knows 5"):
        open_for_looking(folder)
    (folder / "tokenizer.json").unlink()
    with pytest.raises(WorkbenchError, match=r"no tokenizer\.json"):
        open_for_looking(folder)


def test_a_name_that_is_no_folder_is_asked_of_the_hub(tmp_path: Path) -> None:
    with pytest.raises(WorkbenchError, match="the hub cannot be reached"):
        open_for_looking("nobody/nothing")
