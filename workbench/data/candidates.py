"""What each column of a table could be: text, class, number, several labels, an id; by its name and by what it holds."""

from __future__ import annotations

import math
from dataclasses import dataclass

from workbench.contracts.specs import DataSpec
from workbench.data.labels import find_separator
from workbench.data.numbers import ENOUGH
from workbench.data.profile import ColumnProfile
from workbench.data.reading import Found
from workbench.data.table import Table

_TEXT = (
    "text sentence content review comment message question query utterance document body tweet post sentence1 "
    "source src input english en tokens words 文本 内容 內容 正文 评论 評論 评价 句子 原文 问题 問題 英文 文字"
)
_TARGET = (
    "label labels class category categories intent topic topics genres sentiment target tgt output translation chinese zh score "
    "similarity rating stars value answer tags ner pos 标签 標籤 类别 類別 分类 分類 类型 情感 评分 評分 分数 译文 中文 答案"
)
_FROM = "source src input english en question prompt 原文 英文 问题 問題"
_INTO = "target tgt output translation chinese zh answer response summary 译文 中文 答案"
TEXT_NAMES, TARGET_NAMES = frozenset(_TEXT.split()), frozenset(_TARGET.split())
FROM_NAMES, INTO_NAMES = frozenset(_FROM.split()), frozenset(_INTO.split())
CLASS_NAMES = frozenset(
    ("label", "labels", "class", "category", "intent", "topic", "标签", "標籤", "类别", "類別", "分类", "分類", "类型")
)
TAG_NAMES = frozenset(("tags", "tag", "labels", "ner", "ner_tags", "pos", "标签", "標籤"))
ID_NAMES = frozenset(("id", "index", "no", "uid", "uuid", "key", "序号", "编号", "編號"))
SCORE_NAMES = frozenset(("score", "similarity", "relatedness", "rating", "相似度", "评分", "評分", "分数"))
"""What people call the columns of a table to learn from."""

SAMPLE = 200
"""First rows that are looked at."""
CELLS = 1_000
"""First cells of a column that tell whether they hold several labels."""
_WIDE = 50  # columns of a table from which no more than `SAMPLE` rows are looked at for that
_SCORED = 20  # rows with a value that are enough to compare pairs, however many have none


@dataclass(frozen=True, kw_only=True)
class Decision:
    """A task and its columns."""

    task: str
    reason: str
    text: str
    target: str | None
    pair: str | None = None
    pair_reason: str = ""
    answer_start: str | None = None


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column with what its content allows it to be."""

    profile: ColumnProfile
    rows: int
    plain: float
    """Share of letters, digits and spaces in the first rows."""
    several: Found[str] | None = None
    """What stands between the labels of a cell, where cells hold several."""

    @property
    def name(self) -> str:
        return self.profile.name

    @property
    def filled(self) -> int:
        return self.rows - self.profile.empty

    @property
    def usable(self) -> bool:
        """Filled in half of the rows, and not always the same: otherwise there is little to learn from it."""
        return 0 < self.rows <= self.filled * 2 and (self.profile.distinct > 1 or self.rows == 1) and not self.is_id

    @property
    def is_number(self) -> bool:
        numbers = self.profile.numbers
        return self.profile.type in ("integer", "number") or (numbers is not None and numbers.share >= ENOUGH)

    @property
    def is_class(self) -> bool:
        """Short cells that repeat: two rows a value or more, on average."""
        profile = self.profile
        # Numbers are classes when they are few, or when the column is called one: a file may hold class numbers for names.
        most = 20 if self.is_number and self.name.lower() not in CLASS_NAMES else 1000
        short = profile.longest <= 80 and profile.mean_words <= 6 and profile.type in ("text", "integer")
        return self.usable and short and 2 <= profile.distinct <= min(most, max(2, self.filled // 2))

    @property
    def is_scored(self) -> bool:
        """Holds classes or numbers in enough rows, even where most have none."""
        profile = self.profile
        short = profile.longest <= 80 and profile.mean_words <= 6 and 2 <= profile.distinct <= 1000
        return (
            profile.distinct > 1 and self.filled >= _SCORED and not self.is_id and (self.is_number or (short and self.is_class))
        )

    @property
    def is_notice(self) -> bool:
        """All cells begin with the same stretch, as attributions and addresses do."""
        return len(self.profile.beginning) >= 8 and self.filled > 1

    @property
    def is_text(self) -> bool:
        return self.usable and not self.is_number and not self.is_class and not self.is_notice

    @property
    def is_id(self) -> bool:
        profile = self.profile
        unique = profile.distinct == self.filled > 2
        counted = profile.type == "integer" and self.name.lower() not in TARGET_NAMES
        return unique and (counted or self.name.lower() in ID_NAMES)

    @property
    def text_points(self) -> float:
        """How well the column would do as what is read."""
        profile = self.profile
        named = 3.0 * (self.name.lower() in TEXT_NAMES)
        content = 2.0 if self.is_text else -4.0 if self.is_number or not self.usable else -2.0
        return named + content + min(profile.mean_length, 20) / 10 + profile.distinct / max(1, self.filled) + self.plain

    def target_points(self, text: Column, task: str) -> float | None:
        """How well the column would do as what is predicted from `text`; None when it cannot be that."""
        named = 3.0 * (self.name.lower() in TARGET_NAMES)
        if not self.usable:
            return None
        if task == "multi-label" and self.several is not None:
            return named + 2.0
        if task == "text-classification" and self.is_class and self.several is None:
            return named + 2.0 - 0.3 * math.log10(self.profile.distinct)
        if task == "regression" and self.is_number and not self.is_class:
            return named + 1.0
        if task == "seq2seq" and not self.is_notice:
            pair = 4.0 * (text.name.lower() in FROM_NAMES and self.name.lower() in INTO_NAMES)
            signs = 1.5 * (text.profile.lettered < 0.1)  # no words: sums, formulas
            if pair or signs or self.is_text or self.profile.type == "date":
                return pair + signs + (named if self.is_text else 0.0) + 0.5
        return None


def columns_of(table: Table, spec: DataSpec) -> list[Column]:
    """The columns of a table that has rows."""
    return [
        Column(profile=profile, rows=table.row_count, plain=share, several=several)
        for profile, share, several in zip(table.profile(), _plainness(table), _several(table, spec), strict=True)
    ]


def _several(table: Table, spec: DataSpec) -> list[Found[str] | None]:
    """Of each column what stands between the labels of a cell, where its first cells hold several."""
    rows = table.page(0, SAMPLE if len(table.columns) > _WIDE else CELLS)
    asked = spec.task in (None, "multi-label")
    cells = ([row[place] for row in rows] for place in range(len(table.columns)))
    return [find_separator(each) if asked else None for each in cells]


def _plainness(table: Table) -> list[float]:
    rows = table.page(0, SAMPLE)
    joined = ["".join(row[position] for row in rows) for position in range(len(table.columns))]
    return [sum(ch.isalnum() or ch == " " for ch in text) / max(1, len(text)) for text in joined]
