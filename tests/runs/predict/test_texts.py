from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from tests.trained import Trained
from workbench.contracts.errors import Cancelled, WorkbenchError
from workbench.engine import occlusion
from workbench.runs.opened import Opened
from workbench.runs.predict import predict_text


def test_a_deleted_word_has_the_effect_of_reading_the_text_without_it(classifier: Opened) -> None:
    text = "apple red, plum"
    answer = predict_text(classifier, text, effects="delete")
    effects = answer.effects
    assert effects is not None
    assert [text[start:end] for start, end in effects.spans] == ["apple", "red", ",", "plum"]
    for without, value in zip(["red, plum", "apple , plum", "apple red plum", "apple red, "], effects.values, strict=True):
        other = predict_text(classifier, without).probabilities[answer.text]
        assert value == pytest.approx(answer.probabilities[answer.text] - other, abs=1e-6)
    assert effects.passes == 5
    assert effects.whole == pytest.approx(answer.confidence, abs=1e-6)


def test_the_word_that_decides_has_the_largest_effect(classifier: Opened) -> None:
    answer = predict_text(classifier, "apple red green blue", effects="delete")  # the first word decides
    assert answer.text == "fruit"
    assert answer.effects is not None
    assert int(np.nanargmax(answer.effects.values)) == 0


def test_a_masked_word_is_the_unknown_in_its_place(classifier: Opened) -> None:
    answer = predict_text(classifier, "apple red big", effects="mask")
    assert answer.effects is not None
    assert answer.effects.method == "mask"
    assert answer.effects.values.shape == (3,)
    assert np.isfinite(answer.effects.values).all()


def test_effects_of_a_number_are_in_its_unit(trained: Trained) -> None:
    model = trained("regression")
    answer = predict_text(model, "red apple", effects="delete")
    assert answer.effects is not None
    other = float(predict_text(model, "apple").text)
    assert answer.effects.values[0] == pytest.approx(float(answer.text) - other, abs=2e-3)


def test_words_behind_the_longest_text_are_not_read_and_said_so(classifier: Opened) -> None:
    answer = predict_text(classifier, "red " * 40, effects="delete")
    assert answer.cut
    assert answer.effects is not None
    read = (classifier.recipe.data.max_length or 0) - 2
    assert np.isfinite(answer.effects.values).tolist() == [True] * read + [False] * (40 - read)
    assert answer.effects.unread == 40 - read
    assert answer.as_dict()["effects"][-1]["effect"] is None


def test_a_long_text_costs_no_more_than_allowed(classifier: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(occlusion.grouped, "__defaults__", (4,))
    answer = predict_text(classifier, "red apple green plum pear", effects="delete")
    assert answer.effects is not None
    assert answer.effects.passes <= 5
    assert answer.effects.together == 2
    assert answer.effects.values[0] == answer.effects.values[1]


@pytest.mark.parametrize("task", ["seq2seq", "causal-lm", "masked-lm", "token-classification"])
def test_where_no_word_can_be_measured_it_is_said(trained: Trained, task: str) -> None:
    answer = predict_text(trained(task), "red apple", effects="delete")
    assert answer.effects is None
    assert answer.no_effects
    assert answer.as_dict()["effects"] is None


def test_one_word_alone_is_measured_against_nothing(classifier: Opened) -> None:
    for method in ("delete", "mask"):
        answer = predict_text(classifier, "apple", effects=method)
        assert answer.effects is not None
        assert np.isfinite(answer.effects.values).all()


def test_bad_questions_are_refused(classifier: Opened) -> None:
    with pytest.raises(WorkbenchError, match="empty"):
        predict_text(classifier, " \n")
    with pytest.raises(WorkbenchError, match="no way 'shout'"):
        predict_text(classifier, "red", effects="shout")
    with pytest.raises(Cancelled):
        predict_text(classifier, "red", cancelled=lambda: True)


@pytest.mark.parametrize("task", ["pair-classification", "pair-regression"])
def test_a_word_of_either_text_of_a_pair_is_taken_out(trained: Trained, task: str) -> None:
    model = trained(task)
    pair = ("red apple", "big plum")
    answer = predict_text(model, *pair, effects="delete")
    effects = answer.effects
    assert effects is not None
    assert effects.text == "red apple ↔ big plum"
    assert [effects.text[start:end] for start, end in effects.spans] == ["red", "apple", "big", "plum"]
    for without, value in zip(
        [("apple", "big plum"), ("red", "big plum"), ("red apple", "plum"), ("red apple", "big")], effects.values, strict=True
    ):
        other = predict_text(model, *without)
        said = (answer.probabilities[answer.text], other.probabilities[answer.text]) if answer.probabilities else (
            float(answer.text), float(other.text)
        )  # fmt: skip
        assert value == pytest.approx(said[0] - said[1], abs=1e-6 if answer.probabilities else 2e-3)


def test_an_only_word_of_a_pair_can_be_taken_out_and_hidden(trained: Trained) -> None:
    for method in ("delete", "mask"):
        effects = predict_text(trained("pair-classification"), "red", "plum", effects=method).effects
        assert effects is not None
        assert np.isfinite(effects.values).tolist() == [True, True]


def test_words_of_a_pair_that_are_cut_are_not_read(trained: Trained) -> None:
    model = trained("pair-classification")
    answer = predict_text(model, "red " * 40, "plum", effects="delete")
    assert answer.effects is not None
    read = (model.recipe.data.max_length or 0) - 3 - 1
    assert np.isfinite(answer.effects.values).tolist() == [True] * read + [False] * (40 - read) + [True]


@pytest.mark.parametrize("method", ["delete", "mask"])
def test_words_are_those_of_the_text_as_the_mends_of_the_run_leave_it(classifier: Opened, method: str) -> None:
    recipe = dataclasses.replace(classifier.recipe, data=dataclasses.replace(classifier.recipe.data, mends="strip-html"))
    mended = dataclasses.replace(classifier, recipe=recipe)
    answer, plain = (
        predict_text(mended, "<b>apple</b> red", effects=method),
        predict_text(classifier, "apple red", effects=method),
    )
    assert answer.given == "<b>apple</b> red"
    assert answer.text == plain.text
    assert answer.effects is not None
    assert plain.effects is not None
    assert answer.effects.text == "apple red"
    assert answer.effects.values.tolist() == pytest.approx(plain.effects.values.tolist(), abs=1e-6)


def test_where_words_are_not_measured_the_reason_is_said(trained: Trained) -> None:
    answer = predict_text(trained("question-answering"), "which is last ?", "red plum", effects="delete")
    assert answer.effects is None
    assert "chooses a class or a number" in answer.no_effects
