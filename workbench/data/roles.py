"""Which column is read, which is predicted, and what is to be learnt: guessed from names and content, each with its reason."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import permutations, product

from workbench.contracts.errors import WorkbenchError, listed
from workbench.contracts.specs import DataSpec
from workbench.data.numbers import ENOUGH, in_the_way, no_numbers
from workbench.data.profile import FILLED, ColumnProfile
from workbench.data.reading import Found
from workbench.data.table import Table

_TEXT = (
    "text sentence content review comment message question query utterance document body tweet post sentence1 "
    "source src input english en tokens words 文本 内容 內容 正文 评论 評論 评价 句子 原文 问题 問題 英文 文字"
)
_TARGET = (
    "label labels class category intent topic sentiment target tgt output translation chinese zh score rating "
    "stars value answer tags ner pos 标签 標籤 类别 類別 分类 分類 类型 情感 评分 評分 分数 译文 中文 答案"
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
"""What people call the columns of a table to learn from."""

_BIO = re.compile(r"O|[BIESLU]-\S+")
_SAMPLE = 200
_LIKELIEST = 20  # columns that are weighed as the text, in tables of thousands
_WITHOUT_TARGET = ("causal-lm", "masked-lm")


@dataclass(frozen=True, kw_only=True)
class Roles:
    """What the columns of a table mean."""

    task: str
    task_reason: str
    text: str
    target: str | None
    role: Mapping[str, str]
    """Of each column: text, target, id or unused."""
    reason: Mapping[str, str]
    """Why each column has its role."""
    decimal: Found[str] | None = None
    """What stands before the fraction of the numbers to predict; None where none are."""


@dataclass(frozen=True, kw_only=True)
class _Column:
    """A column with what its content allows it to be."""

    profile: ColumnProfile
    rows: int
    plain: float
    """Share of letters, digits and spaces in the first rows."""

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

    def target_points(self, text: _Column, task: str) -> float | None:
        """How well the column would do as what is predicted from `text`; None when it cannot be that."""
        named = 3.0 * (self.name.lower() in TARGET_NAMES)
        if not self.usable:
            return None
        if task == "text-classification" and self.is_class:
            return named + 2.0 - 0.3 * math.log10(self.profile.distinct)
        if task == "regression" and self.is_number and not self.is_class:
            return named + 1.0
        if task == "seq2seq" and not self.is_notice:
            pair = 4.0 * (text.name.lower() in FROM_NAMES and self.name.lower() in INTO_NAMES)
            signs = 1.5 * (text.profile.lettered < 0.1)  # no words: sums, formulas
            if pair or signs or self.is_text or self.profile.type == "date":
                return pair + signs + (named if self.is_text else 0.0) + 0.5
        return None


def guess_roles(table: Table, spec: DataSpec) -> Roles:
    """Decide the task, the text column and the target column; what the spec names is taken as it is.

    Raises:
        WorkbenchError: a column the spec names is not there, or no column can be the one asked for.
    """
    for setting, name in (("text", spec.text), ("target", spec.target)):
        if name is not None and name not in table.columns:
            raise _absent(table, setting, name)
    if spec.text is not None and spec.text == spec.target:
        raise WorkbenchError(f"text and target are both {spec.text!r}", where=str(table.path), mend="Name two different columns.")
    if not table.row_count:
        raise _no_rows(table)
    plain = _plainness(table)
    columns = [
        _Column(profile=profile, rows=table.row_count, plain=share) for profile, share in zip(table.profile(), plain, strict=True)
    ]
    task, task_reason, text, target = _decide(table, spec, columns)
    role, reason = {}, {}
    for column in columns:
        if column.name == text:
            role[text], reason[text] = "text", "given" if spec.text else _text_reason(column)
        elif column.name == target:
            role[column.name], reason[column.name] = "target", "given" if spec.target else task_reason
        else:
            role[column.name], reason[column.name] = _other(column)
        slips = _slips(table, column, spec) if column.profile.numbers is not None else []
        if slips and not (column.name == target and task == "regression"):
            reason[column.name] += f"; {no_numbers(slips)}"
    return Roles(
        task=task,
        task_reason="given" if spec.task else task_reason,
        text=text,
        target=target,
        role=role,
        reason=reason,
        decimal=_decimal(table, spec, columns, target) if task == "regression" else None,
    )


def _decimal(table: Table, spec: DataSpec, columns: Sequence[_Column], target: str | None) -> Found[str] | None:
    """How the numbers of the target are written; None where there is no target."""
    if spec.decimal is not None:
        return Found(value=spec.decimal, evidence="given")
    column = next((column for column in columns if column.name == target), None)
    if column is None:
        return None
    if column.profile.numbers is None:
        whole = column.profile.type == "integer"
        evidence = "all of them are whole numbers" if whole else "hardly any cell is a number, so nothing tells"
        return Found(value="point", evidence=evidence, sure=whole)
    return column.profile.numbers.found(_slips(table, column, spec))


def _slips(table: Table, column: _Column, spec: DataSpec) -> list[tuple[int, str]]:
    """The first cells of a column of numbers that are none."""
    numbers, place = column.profile.numbers, f"c{table.columns.index(column.name)}"
    decimal = spec.decimal or (numbers.decimal if numbers is not None else "point")
    return in_the_way(table.query, place, FILLED.format(place), decimal)


def _decide(table: Table, spec: DataSpec, columns: Sequence[_Column]) -> tuple[str, str, str, str | None]:
    """Task, its reason, text column, target column."""
    if spec.task is None and table.kind == "text":
        return "causal-lm", "the file is running text", "text", None
    if spec.task in _WITHOUT_TARGET:
        return spec.task, "given", spec.text or _best_text(table, columns, spec).name, spec.target
    if spec.task in (None, "token-classification"):
        tags = _tagged(table, spec)
        if tags is not None:
            return "token-classification", f"each word of {tags[0]!r} has its tag in {tags[1]!r}", *tags
    texts = [column for column in columns if column.name == spec.text or (not spec.text and column.text_points > 0)]
    texts = sorted(texts, key=lambda column: -column.text_points)[:_LIKELIEST]
    targets = [column for column in columns if column.name == spec.target] if spec.target else list(columns)
    found: list[tuple[float, str, _Column, _Column]] = []
    for text, target in product(texts, targets):
        for task in [spec.task] if spec.task else ["text-classification", "regression", "seq2seq"]:
            points = target.target_points(text, task) if text is not target else None
            if points is not None:
                by_file = target.name == table.reading.by_file  # somebody sorted the rows into files by it
                found.append((points + text.text_points + by_file, task, text, target))
    if found:
        _, task, text, target = max(found, key=lambda option: option[0])
        return task, _task_reason(task, text, target), text.name, target.name
    if spec.target is not None or spec.task is not None:
        text = _best_text(table, [column for column in columns if column.name != spec.target], spec)
        others = [column for column in columns if column.name != text.name and column.usable]
        if spec.target is None and len(others) == 1:
            return spec.task or "", f"{others[0].name!r} is the only other column", text.name, others[0].name
        if spec.target is None:
            raise WorkbenchError(
                f"no column looks like the target of {spec.task}",
                where=str(table.path),
                mend=f"Set data.target to one of: {listed(table.columns)}.",
            )
        target = targets[0]
        return spec.task or _task_by_content(target), "the target was given", text.name, target.name
    text = _best_text(table, columns, spec)
    return "causal-lm", f"{text.name!r} holds text, and no column holds something to predict", text.name, None


def _best_text(table: Table, columns: Sequence[_Column], spec: DataSpec) -> _Column:
    able = [column for column in columns if column.name == spec.text or (not spec.text and column.text_points > 0)]
    if not able:
        raise WorkbenchError(
            "no column holds text to read",
            where=str(table.path),
            mend=f"Set data.text to one of: {listed(table.columns)}.",
        )
    return max(able, key=lambda column: column.text_points)


def _task_by_content(target: _Column) -> str:
    if target.is_number and not target.is_class:
        return "regression"
    return "text-classification" if target.profile.mean_length <= 40 else "seq2seq"


def _task_reason(task: str, text: _Column, target: _Column) -> str:
    profile = target.profile
    if task == "text-classification":
        return f"{target.name!r} holds {profile.distinct:,} values that repeat over {target.filled:,} rows"
    if task == "regression":
        return f"{target.name!r} holds {profile.distinct:,} different numbers"
    if text.profile.lettered < 0.1:
        return f"{text.name!r} holds no words, so {target.name!r} is written from its signs"
    return f"{target.name!r} holds {profile.distinct:,} different texts to be written from {text.name!r}"


def _text_reason(column: _Column) -> str:
    profile = column.profile
    content = f"{profile.distinct:,} different texts of {profile.mean_length:.0f} characters on average"
    return f"a usual name, and {content}" if column.name.lower() in TEXT_NAMES else content


def _other(column: _Column) -> tuple[str, str]:
    """Role and reason of a column that is neither read nor predicted."""
    profile = column.profile
    if column.is_id:
        return "id", "every value stands once"
    if profile.type == "empty":
        return "unused", "it is empty"
    if profile.distinct == 1:
        return "unused", f"every cell is {profile.top[0][0]!r}" if profile.top else "every cell is the same"
    if column.is_notice:
        return "unused", f"every cell begins with {profile.beginning[:40]!r}"
    if not column.usable:
        return "unused", f"{profile.empty:,} of {column.rows:,} cells are empty"
    return "unused", "another column fits better"


def _tagged(table: Table, spec: DataSpec) -> tuple[str, str] | None:
    """Two columns that split into equally many words in nearly every row, the second of them tags."""
    if table.kind == "conll" and spec.text in (None, "tokens") and spec.target in (None, "tags"):
        return "tokens", "tags"
    sample = [row for row in table.page(0, _SAMPLE) if any(row)]
    words = {name: [row[position].split(" ") for row in sample] for position, name in enumerate(table.columns)}
    several = [name for name in table.columns if sum(len(row) > 1 for row in words[name]) * 2 >= len(sample) > 0]
    for text, tags in permutations(several, 2):
        if spec.text not in (None, text) or spec.target not in (None, tags):
            continue
        paired = sum(len(ours) == len(theirs) for ours, theirs in zip(words[text], words[tags], strict=True))
        kinds = {tag for row in words[tags] for tag in row}
        bio = len(kinds) > 1 and all(_BIO.fullmatch(tag) for tag in kinds)
        named = tags.lower() in TAG_NAMES and text.lower() in TEXT_NAMES
        if paired >= 0.95 * len(sample) and (bio or named or spec.task == "token-classification"):
            return text, tags
    return None


def _plainness(table: Table) -> list[float]:
    rows = table.page(0, _SAMPLE)
    joined = ["".join(row[position] for row in rows) for position in range(len(table.columns))]
    return [sum(ch.isalnum() or ch == " " for ch in text) / max(1, len(text)) for text in joined]


def _no_rows(table: Table) -> WorkbenchError:
    if not table.rejected:
        return WorkbenchError("the table has no rows", where=str(table.path), mend="Give a table with rows in it.")
    first = table.rejected[0]
    return WorkbenchError(
        f"the table has no rows, {len(table.rejected):,} were rejected; the first is line {first.line}: {first.reason}",
        where=str(table.path),
        mend="Mend these lines, or change what separates and encloses the cells, or how many lines are skipped.",
    )


def _absent(table: Table, setting: str, name: str) -> WorkbenchError:
    near = get_close_matches(name, table.columns, n=1, cutoff=0.5)
    guess = f" Did you mean {near[0]!r}?" if near else ""
    return WorkbenchError(
        f"there is no column {name!r} (data.{setting})",
        where=str(table.path),
        mend=f"There are: {', '.join(map(repr, table.columns))}.{guess}",
    )
