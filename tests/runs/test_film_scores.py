"""Scores of a film: those of the table of heads, and on texts that repeat themselves those of each text by itself."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from tests.tables import tiny, write_table
from workbench.contracts.frames import AttentionFrame
from workbench.data.prepare import prepare
from workbench.engine.capture import capture
from workbench.engine.head_nulls import NORMAL_95, Pattern, target_score, target_value
from workbench.engine.head_targets import targets
from workbench.engine.heads import induction_baseline, induction_score
from workbench.engine.lens import Lens
from workbench.runs.building import build
from workbench.runs.film_scores import FilmScores


def scores_on(folder: Path, task: str) -> FilmScores:
    table = write_table(folder, task)
    text = table.read_text(encoding="utf-8") + "".join(
        f'"{" ".join(f"w{n}" for n in range(k, k + 8))}",x\n' for k in range(0, 40, 4)
    )
    table.write_text(text, encoding="utf-8")
    experiment = tiny(table, task, model={"layers": 2}).replace(data={"max_length": 40})
    prepared = prepare(experiment.data)
    torch.manual_seed(0)
    return FilmScores(build(experiment, prepared), task, prepared.tokenizer, 40)


def test_on_repeats_a_score_is_the_mean_of_those_of_each_text(tmp_path: Path) -> None:
    scores = scores_on(tmp_path, "causal-lm")
    repeats = scores._repeats
    assert repeats is not None
    found, each, naive = scores._on_repeats(repeats, None), [], []
    for ids in repeats.texts:
        tokens = [str(number) for number in ids.tolist()]
        weights = capture(scores.model, {"input_ids": ids[None]}, tokens=tokens)["decoder"].weights
        pattern = Pattern(weights=weights, visible=np.broadcast_to(np.tri(len(ids), dtype=bool), weights.shape))
        each.append(target_score(pattern, targets("decoder", len(ids), len(ids), ids=ids.tolist())["induction"]))
        naive.append((induction_score(weights, tokens), induction_baseline(tokens)))
    place = found.names.index("induction")
    np.testing.assert_allclose(found.values[place], np.mean([score for score, _ in naive], axis=0), atol=1e-5)
    uniform = np.mean([baseline for _, baseline in naive])
    shuffled = np.mean([one.shuffled for one in each], axis=0)
    band = NORMAL_95 * np.sqrt(np.sum([one.variance for one in each], axis=0)) / len(each)
    np.testing.assert_allclose(found.nulls[place], np.maximum(uniform, shuffled + band), rtol=1e-4)


def test_a_lens_that_is_on_already_sees_the_same(tmp_path: Path) -> None:
    scores = scores_on(tmp_path, "causal-lm")
    frames = capture(scores.model, {"input_ids": torch.arange(5, 15)[None]}, tokens=tuple("abcdefghij"))
    alone = scores.of(frames)["decoder"]
    with Lens(scores.model) as lens:
        within = scores.of(frames, lens)["decoder"]
    np.testing.assert_array_equal(alone.values, within.values)
    np.testing.assert_array_equal(alone.nulls, within.nulls)


def test_a_head_that_looks_a_fixed_distance_back_is_not_called_induction(tmp_path: Path) -> None:
    repeats = scores_on(tmp_path, "causal-lm")._repeats
    assert repeats is not None
    length = repeats.texts.shape[1]
    for back in range(1, length):
        looks = np.eye(length, k=-back)
        earned = [target_value(looks, target) for target in repeats.targets["induction"]]
        assert np.mean(earned) < 0.15


@pytest.mark.parametrize("kind", ["encoder", "cross"])
def test_on_a_text_special_tokens_are_no_part_of_the_diagonals(tmp_path: Path, kind: str) -> None:
    scores = scores_on(tmp_path, "seq2seq")
    words = ("red", "green", "blue")
    keys = (*words, "[SEP]")
    assert scores._tokenizer.token_to_id("[SEP]") is not None
    weights = np.zeros((1, 1, 4, 4), np.float32)
    weights[0, 0, range(4), [2, 1, 0, 3]] = 1
    found = scores.of({kind: AttentionFrame(kind=kind, weights=weights, queries=keys, keys=keys)})[kind]
    by_name = dict(zip(found.names, found.values[:, 0, 0], strict=True))
    assert by_name["mirrored"] == pytest.approx(1.0)
    assert by_name["special_tokens"] == pytest.approx(0.25)
    assert (found.values >= 0).all()
