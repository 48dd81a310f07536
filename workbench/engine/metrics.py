"""Scores: numpy and strings in, plain numbers out.

A metric that is not defined on the rows given (one class only, no variance, nothing finite) is left out rather than made
up; nothing here raises or warns for such rows. Shares lie between 0 and 1, BLEU between 0 and 100 as it is reported.
"""

from __future__ import annotations

import math
import re
import string
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sacrebleu.metrics.bleu import BLEU
from scipy.stats import rankdata
from sklearn.metrics import confusion_matrix, precision_recall_fscore_support

Scores = dict[str, Any]  # Any: numbers, and nested tables of numbers

_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_ARTICLES = re.compile(r"\b(a|an|the)\b")
_MARKS = re.compile("[" + re.escape(string.punctuation) + "，。！？；：、“”‘’《》（）【】…—·]")
_SCHEME = re.compile(r"[BIESLU]-.+")


def classification(truth: NDArray[np.int64], probabilities: NDArray[np.floating], names: Sequence[str]) -> Scores:
    """Scores of single-label classification.

    Args:
        truth: Class ids: (rows,).
        probabilities: What the model gives each class: (rows, classes).
        names: Name of each class.

    Returns:
        ``accuracy``; ``macro_f1`` over the classes that occur among the truths or the predictions, as scikit-learn's default;
        ``auc`` (of the second class where there are two, otherwise the mean of one class against the rest over the classes
        that have both); ``per_class`` with precision, recall, f1 and support by name; ``confusion``, rows the truth, columns
        the prediction.
    """
    if not len(truth):
        return {}
    ids = np.arange(len(names))
    predicted = np.where(np.isfinite(probabilities), probabilities, -np.inf).argmax(1)
    precision, recall, f1, support = precision_recall_fscore_support(truth, predicted, labels=ids, zero_division=0.0)
    occurs = np.union1d(truth, predicted)
    scores: Scores = {"accuracy": float((truth == predicted).mean()), "macro_f1": float(f1[occurs].mean())}
    area = _auc(truth, probabilities)
    if area is not None:
        scores["auc"] = area
    scores["per_class"] = {
        name: {"precision": float(p), "recall": float(r), "f1": float(f), "support": int(n)}
        for name, p, r, f, n in zip(names, precision, recall, f1, support, strict=True)
    }
    scores["confusion"] = confusion_matrix(truth, predicted, labels=ids).tolist()
    return scores


def multi_label(truth: NDArray[np.bool_], probabilities: NDArray[np.floating], names: Sequence[str]) -> Scores:
    """Scores of several labels per row; a label is predicted where its probability is above one half.

    Args:
        truth: Which labels hold: (rows, labels).
        probabilities: What the model gives each label: (rows, labels).
        names: Name of each label.

    Returns:
        ``micro_f1`` over all decisions; ``macro_f1`` over the labels that occur among the truths or the predictions;
        ``subset_accuracy``, the share of rows with every label right; ``auc``, the mean over the labels that have both sides;
        ``per_class`` with precision, recall, f1, support and, where it is defined, auc by name.
    """
    if not len(truth):
        return {}
    predicted = np.nan_to_num(probabilities, nan=0.0) > 0.5
    counts = np.stack([side.sum(axis=0) for side in (truth & predicted, predicted, truth)])  # hits, found, there: (3, labels)
    rates = [_rates(*column) for column in counts.T.tolist()]
    occurs = counts.sum(axis=0).tolist()
    scores: Scores = {
        "micro_f1": _rates(*counts.sum(axis=1).tolist())["f1"],
        "macro_f1": float(np.mean([rate["f1"] for rate, times in zip(rates, occurs, strict=True) if times] or [0.0])),
        "subset_accuracy": float((truth == predicted).all(axis=1).mean()),
    }
    areas = [_area(truth[:, place], probabilities[:, place]) for place in range(len(names))]
    known = [area for area in areas if area is not None]
    if known:
        scores["auc"] = float(np.mean(known))
    scores["per_class"] = {
        name: rate if area is None else {**rate, "auc": area} for name, rate, area in zip(names, rates, areas, strict=True)
    }
    return scores


def question_answering(truth: Sequence[str], predicted: Sequence[str]) -> Scores:
    """Scores of answers as SQuAD defines them (Rajpurkar et al. 2016).

    Case, punctuation, English articles and runs of white space do not count. A Chinese character is a word of its own, as in
    CMRC 2018 (Cui et al. 2019), since there are no spaces to cut at.

    Returns:
        ``exact_match``, and ``f1``: of the words of both answers, averaged over the rows.
    """
    if not truth:
        return {}
    exact, overlap = answers_alike(truth, predicted).T
    return {"exact_match": float(exact.mean()), "f1": float(overlap.mean())}


def answers_alike(truth: Sequence[str], predicted: Sequence[str]) -> NDArray[np.float64]:
    """Whether each answer is the one wanted, and the F1 of the words of both: (rows, 2)."""
    pairs = [(_answer_words(t), _answer_words(p)) for t, p in zip(truth, predicted, strict=True)]
    return np.array([[t == p, _overlap(t, p)] for t, p in pairs], np.float64).reshape(-1, 2)


def _answer_words(answer: str) -> list[str]:
    plain = _MARKS.sub("", answer.lower())
    return _HAN.sub(r" \g<0> ", _ARTICLES.sub(" ", plain)).split()


def _overlap(truth: Sequence[str], predicted: Sequence[str]) -> float:
    """F1 of two bags of words; two empty ones agree."""
    if not truth or not predicted:
        return float(truth == predicted)
    return _rates((Counter(truth) & Counter(predicted)).total(), len(predicted), len(truth))["f1"]


def seq2seq(truth: Sequence[str], written: Sequence[str]) -> Scores:
    """Scores of written texts.

    Returns:
        ``exact_match`` (runs of white space count as one space); ``bleu`` (Papineni et al. 2002, by sacreBLEU) and
        ``bleu_tokenize``, how it cuts texts: ``zh`` where the targets are mainly Chinese, ``char`` where they have hardly a
        space between (numbers, dates), otherwise ``13a``. N-grams longer than every target are not asked for (effective
        order), so that short targets can be scored; on running text that changes nothing.
    """
    if not truth:
        return {}
    truth, written = [" ".join(text.split()) for text in truth], [" ".join(text.split()) for text in written]
    exact = sum(t == w for t, w in zip(truth, written, strict=True)) / len(truth)
    cut = bleu_tokenize(truth)
    bleu = BLEU(tokenize=cut, effective_order=True, force=True).corpus_score(written, [truth]).score
    return {"exact_match": exact, "bleu": min(100.0, float(bleu)), "bleu_tokenize": cut}


def language_model(loss: float) -> Scores:
    """``loss`` (mean, nats per token) and ``perplexity``, left out where it is beyond what a float holds."""
    scores = {"loss": float(loss)}
    if loss < 700:
        scores["perplexity"] = math.exp(loss)
    return scores


def token_classification(truth: Sequence[Sequence[str]], predicted: Sequence[Sequence[str]]) -> Scores:
    """Scores of one tag per word.

    Entities are read as conlleval does (Tjong Kim Sang & Buchholz 2000), which reads BIO (IOB2), IOB1 and BIO without any
    B alike: an entity begins at a B, or at an I after another type or after no entity. Tags without a scheme (``PER``, ``O``)
    count as I where there is an ``O``; where there is none (parts of speech) there are no entities to score.

    Returns:
        ``accuracy`` over words; ``entity_f1``, ``entity_precision``, ``entity_recall`` over whole entities, and
        ``per_entity`` with precision, recall, f1 and support by type.
    """
    words = sum(map(len, truth))
    if not words:
        return {}
    hits = sum(t == p for ts, ps in zip(truth, predicted, strict=True) for t, p in zip(ts, ps, strict=True))
    scores: Scores = {"accuracy": hits / words}
    if not marks_entities({tag for sentence in (*truth, *predicted) for tag in sentence}):
        return scores
    wanted, found = entities(truth), entities(predicted)
    kinds = sorted({kind for kind, _, _ in wanted | found})
    overall = _rates(len(wanted & found), len(found), len(wanted))
    scores |= {f"entity_{name}": value for name, value in overall.items() if name != "support"}
    hit, guessed, there = (Counter(kind for kind, _, _ in some) for some in (wanted & found, found, wanted))
    scores["per_entity"] = {kind: _rates(hit[kind], guessed[kind], there[kind]) for kind in kinds}
    return scores


def regression(truth: ArrayLike, predicted: ArrayLike) -> Scores:
    """``rmse`` in the target's own units, ``pearson`` and ``spearman``; correlations need variance on both sides."""
    wanted, found = np.asarray(truth, np.float64), np.asarray(predicted, np.float64)
    if not len(wanted) or not np.isfinite(found).all():
        return {}
    errors = wanted - found
    largest = float(np.abs(errors).max())
    scores: Scores = {"rmse": largest * float(np.sqrt(np.mean((errors / largest) ** 2))) if largest else 0.0}
    for name, pair in (("pearson", (wanted, found)), ("spearman", (rankdata(wanted), rankdata(found)))):
        value = _correlation(*pair)
        if value is not None:
            scores[name] = value
    return scores


def _auc(truth: NDArray[np.int64], probabilities: NDArray[np.floating]) -> float | None:
    """Area under the ROC curve by ranks (Mann & Whitney 1947), or None where no class has both sides."""
    classes = probabilities.shape[1]
    numbers = [1] if classes == 2 else range(classes)
    areas = [area for number in numbers if (area := _area(truth == number, probabilities[:, number])) is not None]
    return float(np.mean(areas)) if areas and np.isfinite(probabilities).all() else None


def _area(positive: NDArray[np.bool_], scores: NDArray[np.floating]) -> float | None:
    """How often a positive row is scored above a negative one, or None where there are not both."""
    there, absent = int(positive.sum()), int((~positive).sum())
    if not there or not absent or not np.isfinite(scores).all():
        return None
    above = rankdata(scores)[positive].sum() - there * (there + 1) / 2
    return float(above / (there * absent))


def bleu_tokenize(targets: Sequence[str]) -> str:
    """How sacreBLEU should cut these targets."""
    letters = sum(map(str.isalpha, "".join(targets)))
    if len(_HAN.findall("".join(targets))) * 2 > letters:
        return "zh"
    return "char" if sum(" " in target for target in targets) < 0.2 * len(targets) else "13a"


def marks_entities(tags: Iterable[str]) -> bool:
    """Whether tags mark entities: there is an outside, or a scheme such as BIO."""
    return any(tag == "O" or _SCHEME.fullmatch(tag) for tag in tags)


def entities(sentences: Sequence[Sequence[str]]) -> set[tuple[str, int, int]]:
    """(type, first, last) of every entity, words counted through all sentences, each followed by one that is outside."""
    found: set[tuple[str, int, int]] = set()
    place, first = 0, -1
    for sentence in sentences:
        before = ("O", "")
        for tag in (*sentence, "O"):
            now = _as_chunk(tag)
            if first >= 0 and _ends(before, now):
                found.add((before[1], first, place - 1))
                first = -1
            if _begins(before, now):
                first = place
            before, place = now, place + 1
    return found


def _as_chunk(tag: str) -> tuple[str, str]:
    """Place and type of a tag: L and U of BILOU are E and S, and a tag without a scheme is inside its type."""
    if tag == "O":
        return "O", ""
    if not _SCHEME.fullmatch(tag):
        return "I", tag
    return {"L": "E", "U": "S"}.get(tag[0], tag[0]), tag[2:]


def _ends(before: tuple[str, str], now: tuple[str, str]) -> bool:
    """Whether an entity that holds the word before ends there."""
    return before[0] in "ES" or now[0] in "BSO" or before[1] != now[1]


def _begins(before: tuple[str, str], now: tuple[str, str]) -> bool:
    """Whether an entity begins with this word."""
    return now[0] in "BS" or (now[0] in "IE" and (before[0] in "ESO" or before[1] != now[1]))


def _rates(hits: int, found: int, there: int) -> dict[str, float]:
    """Precision, recall and their harmonic mean; 0 where there is nothing to divide by."""
    precision, recall = hits / found if found else 0.0, hits / there if there else 0.0
    f1 = 2 * hits / (found + there) if found + there else 0.0
    return {"precision": precision, "recall": recall, "f1": f1, "support": there}


def _correlation(x: NDArray[np.float64], y: NDArray[np.float64]) -> float | None:
    """Pearson's, or None where a side is constant up to rounding."""
    centred = []
    for side in (x, y):
        deviation = side - side.mean()
        largest = float(np.abs(deviation).max())
        if not largest > 1e-12 * float(np.abs(side).max()):
            return None
        centred.append(deviation / largest)  # squares of very large or very small numbers stay within a float
    x, y = centred
    return float(np.clip((x @ y) / np.sqrt((x @ x) * (y @ y)), -1, 1))
