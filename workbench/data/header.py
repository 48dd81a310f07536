"""Does the first row name the columns? Points for and against, each with its reason, and names when it does not."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from workbench.data.reading import Found

_USUAL = (
    "id index text sentence sentence1 sentence2 title body content comment review message question answer query "
    "utterance document premise hypothesis source src target tgt input output translation english chinese label "
    "labels class category intent topic sentiment score rating stars value word words token tokens tag tags name "
    "date lang language split 文本 内容 正文 标题 题目 评论 评价 句子 问题 答案 标签 类别 分类 类型 情感 评分 分数 "
    "作者 朝代 来源 日期 序号 编号 名称 原文 译文 英文 中文 文字 內容 標題 標籤 類別 分類 評論 評分 問題 編號"
)
NAMES = frozenset(_USUAL.split())
"""What people call the columns of a table to learn from."""

_NUMBER = re.compile(r"[+-]?(\d+([.,]\d+)*|\.\d+)([eE][+-]?\d+)?%?")
_SENTENCE_END = (".", "!", "?", "。", "！", "？", "…")
_LOOKED_AT = 500


def is_number(cell: str) -> bool:
    """Whether a cell holds a number as people write them (``1,234.5`` and ``12 %`` included)."""
    return _NUMBER.fullmatch(cell.strip().replace(" %", "%")) is not None


def find_header(rows: Sequence[tuple[str, ...]], *, otherwise: bool) -> Found[bool]:
    """Weigh whether ``rows[0]`` names the columns of the rows below it.

    Args:
        rows: The first rows of a table, the candidate included.
        otherwise: What to take when nothing speaks for or against.
    """
    first, body = rows[0], rows[1:_LOOKED_AT]
    points: list[tuple[float, str]] = []
    for position, name in enumerate(first):
        cells = [cell for row in body if (cell := row[position].strip())]
        points += _points_of_column(name.strip(), cells)
    named = [name.strip() for name in first if name.strip()]
    if len(set(named)) < len(named):
        points.append((-0.5, "a name stands twice in it"))
    if not named:
        points.append((-3, "it is empty"))
    total = sum(weight for weight, _ in points)
    value = total > 0 if total else otherwise
    reasons = Counter(reason for weight, reason in points if (weight > 0) == value)
    told = "; ".join(reason for reason, _ in reasons.most_common(3))
    title = "the first row names the columns" if value else "the first row is data"
    evidence = f"{title}: {told or 'nothing in it says otherwise'}"
    return Found(value=value, evidence=evidence, sure=abs(total) >= 1)


def _points_of_column(name: str, cells: list[str]) -> list[tuple[float, str]]:
    """What one cell of the first row says, beside the cells below it."""
    points: list[tuple[float, str]] = []
    if not name:
        return [(-0.25, "a cell of it is empty")] if cells else []
    if name.lower() in NAMES:
        points.append((2, f"{name!r} is a usual name of a column"))
    if is_number(name):
        points.append((-2, f"{name!r} is a number"))
    elif cells and sum(map(is_number, cells)) >= 0.9 * len(cells):
        points.append((4, f"numbers stand below {name!r}"))
    elif cells:
        points += _points_of_words(name, cells)
    if name.endswith(_SENTENCE_END) and len(name) > 3:
        points.append((-1, f"{_short(name)!r} ends like a sentence"))
    return points


def _points_of_words(name: str, cells: list[str]) -> list[tuple[float, str]]:
    if name in cells and len(cells) > 1:
        return [(-2 if len(cells) >= 5 else -0.5, f"{_short(name)!r} stands again below")]
    points: list[tuple[float, str]] = []
    shape, share = Counter(map(_shape, cells)).most_common(1)[0]
    if any(ch in shape for ch in "9") and share >= 0.8 * len(cells) and len(cells) > 1:
        points.append((-1.5, f"{_short(name)!r} is built like the cells below") if _shape(name) == shape
                      else (1.5, f"{_short(name)!r} is built otherwise than the cells below"))  # fmt: skip
    mean = sum(map(len, cells)) / len(cells)
    if mean >= 12:
        if len(name) <= mean / 3:
            points.append((1, f"{_short(name)!r} is short above long cells"))
        elif len(name) >= mean * 0.6:
            points.append((-1, f"{_short(name)!r} is as long as the cells below"))
    return points


def _shape(cell: str) -> str:
    """A cell with every run of digits as 9 and of letters as a: ``2019-03-01`` → ``9-9-9``."""
    return re.sub(r"[^\W\d]+", "a", re.sub(r"\d+", "9", cell))


def _short(text: str) -> str:
    return text if len(text) <= 24 else text[:23] + "…"


def lines_above(rows: Sequence[tuple[int, tuple[str, ...]]], width: int, given: int | None) -> Found[int]:
    """How many lines stand above the table: titles, with at most one filled cell of three or more, belong there.

    Args:
        rows: Lines and cells of the first rows, all of `width` cells.
        width: How many columns there are.
        given: What a person said.
    """
    if given is not None:
        return Found(value=given, evidence="given")
    if width >= 3:
        for line, cells in rows[:10]:
            if all(cell.strip() for cell in cells):
                if line == rows[0][0]:
                    break
                evidence = f"line {line} is the first whose {width} cells are all filled; what stands above it are titles"
                return Found(value=line - 1, evidence=evidence)
            if sum(bool(cell.strip()) for cell in cells) > 1:
                break
    first = rows[0][0]
    evidence = f"no line above line {first} has {width} cells" if first > 1 else "the first line has the cells of the table"
    return Found(value=first - 1, evidence=evidence)


def column_names(first: Sequence[str] | None, width: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Distinct names for the columns, and notes on those that had to be made up.

    Args:
        first: The cells that name the columns; None when nothing does.
        width: How many columns there are.
    """
    if first is None:
        return tuple(f"column{n}" for n in range(1, width + 1)), ()
    names: list[str] = []
    notes: list[str] = []
    for position, cell in enumerate(first, 1):
        plain = " ".join(cell.split()) or f"column{position}"
        name, copy = plain, 2
        while name in names:
            name, copy = f"{plain}_{copy}", copy + 1
        names.append(name)
        if name != " ".join(cell.split()):
            reason = "its name stands twice" if cell.strip() else "it has no name"
            notes.append(f"column {position} is called {name} here, for {reason}")
    return tuple(names), tuple(notes)
