"""Which column is read, which is predicted, and what is to be learnt: guessed from names and content, each with its reason."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import combinations, permutations, product

from workbench.contracts.errors import WorkbenchError, listed
from workbench.contracts.specs import ONE_NUMBER, PAIRED, DataSpec
from workbench.data.labels import find_separator, separator_of
from workbench.data.numbers import ENOUGH, in_the_way, no_numbers
from workbench.data.profile import FILLED, ColumnProfile
from workbench.data.reading import Found
from workbench.data.table import Table
from workbench.data.together import Candidate, Pair, asked, named_pair, related_pair

_TEXT = (
    "text sentence content review comment message question query utterance document body tweet post sentence1 "
    "source src input english en tokens words 文本 内容 內容 正文 评论 評論 评价 句子 原文 问题 問題 英文 文字"
)
_TARGET = (
    "label labels class category categories intent topic topics genres sentiment target tgt output translation chinese zh score similarity rating "
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
SCORE_NAMES = frozenset(("score", "similarity", "relatedness", "rating", "相似度", "评分", "評分", "分数"))
"""What people call the columns of a table to learn from."""

_BIO = re.compile(r"O|[BIESLU]-\S+")
_SAMPLE = 200
_CELLS = 1_000
"""First cells of a column that tell whether they hold several labels."""
_WIDE = 50  # columns of a table from which no more than `_SAMPLE` rows are looked at
_SCORED = 20  # rows with a value that are enough to compare pairs, however many have none
_LIKELIEST = 20  # columns that are weighed as the text, in tables of thousands
_COMPARED = 8  # columns that are weighed as texts to be read together
_NARROW = 5  # columns of a table, at most, in which two texts are a pair by their words alone
_FEW_VALUES = 3  # whole numbers that are classes of pairs rather than a measure of their likeness
_WITHOUT_TARGET = ("causal-lm", "masked-lm")


@dataclass(frozen=True, kw_only=True)
class Roles:
    """What the columns of a table mean."""

    task: str
    task_reason: str
    text: str
    target: str | None
    role: Mapping[str, str]
    """Of each column: text, pair, target, start, id or unused."""
    reason: Mapping[str, str]
    """Why each column has its role."""
    decimal: Found[str] | None = None
    """What stands before the fraction of the numbers to predict; None where none are."""
    pair: str | None = None
    """The column of the second text, where the task reads two."""
    answer_start: str | None = None
    """The column that says where an answer begins, where there is one."""
    separator: Found[str] | None = None
    """What stands between several labels of a cell; None where the task has none."""

    def settled(self) -> dict[str, str]:
        """The data settings that follow beside task, text and target."""
        found = {
            "decimal": self.decimal.value if self.decimal else None, "pair": self.pair, "answer_start": self.answer_start,
            "label_separator": self.separator.value if self.separator else None,
        }  # fmt: skip
        return {name: value for name, value in found.items() if value is not None}


@dataclass(frozen=True, kw_only=True)
class _Decision:
    """The task and its columns."""

    task: str
    reason: str
    text: str
    target: str | None
    pair: str | None = None
    pair_reason: str = ""
    answer_start: str | None = None


@dataclass(frozen=True, kw_only=True)
class _Column:
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

    def target_points(self, text: _Column, task: str) -> float | None:
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


def guess_roles(table: Table, spec: DataSpec) -> Roles:
    """Decide the task, the text column and the target column; what the spec names is taken as it is.

    Raises:
        WorkbenchError: a column the spec names is not there, or no column can be the one asked for.
    """
    named = {"text": spec.text, "pair": spec.pair, "target": spec.target, "answer_start": spec.answer_start}
    for setting, name in named.items():
        if name is not None and name not in table.columns:
            raise _absent(table, setting, name)
    for one, other in combinations(("text", "pair", "target"), 2):
        if named[one] is not None and named[one] == named[other]:
            mend = "Name two different columns."
            raise WorkbenchError(f"{one} and {other} are both {named[one]!r}", where=str(table.path), mend=mend)
    if not table.row_count:
        raise _no_rows(table)
    plain = _plainness(table)
    columns = [
        _Column(profile=profile, rows=table.row_count, plain=share, several=several)
        for profile, share, several in zip(table.profile(), plain, _several(table, spec), strict=True)
    ]
    decision = _decide(table, spec, columns)
    task, task_reason, text, target = decision.task, decision.reason, decision.text, decision.target
    role, reason = {}, {}
    for column in columns:
        if column.name == text:
            role[text], reason[text] = "text", "given" if spec.text else _text_reason(column)
        elif column.name == target:
            role[column.name], reason[column.name] = "target", "given" if spec.target else task_reason
        elif column.name == decision.pair:
            role[column.name], reason[column.name] = "pair", "given" if spec.pair else decision.pair_reason
        elif column.name == decision.answer_start:
            role[column.name], reason[column.name] = "start", "given" if spec.answer_start else "a usual name"
        else:
            role[column.name], reason[column.name] = _other(column)
        slips = _slips(table, column, spec) if column.profile.numbers is not None else []
        if slips and not (column.name == target and task in ONE_NUMBER):
            reason[column.name] += f"; {no_numbers(slips)}"
    return Roles(
        task=task,
        task_reason="given" if spec.task else task_reason,
        text=text,
        target=target,
        role=role,
        reason=reason,
        decimal=_decimal(table, spec, columns, target) if task in ONE_NUMBER else None,
        pair=decision.pair,
        answer_start=decision.answer_start,
        separator=_separator(table, spec, columns, target) if task == "multi-label" else None,
    )


def _several(table: Table, spec: DataSpec) -> list[Found[str] | None]:
    """Of each column what stands between the labels of a cell, where its first cells hold several."""
    rows = table.page(0, _SAMPLE if len(table.columns) > _WIDE else _CELLS)
    asked = spec.task in (None, "multi-label")
    cells = ([row[place] for row in rows] for place in range(len(table.columns)))
    return [find_separator(each) if asked else None for each in cells]


def _separator(table: Table, spec: DataSpec, columns: Sequence[_Column], target: str | None) -> Found[str] | None:
    """What stands between the labels of the target."""
    if spec.label_separator is not None:
        return Found(value=spec.label_separator, evidence="given")
    column = next((column for column in columns if column.name == target), None)
    if column is None or column.several is not None:
        return column.several if column is not None else None
    place = table.columns.index(column.name)
    return separator_of(row[place] for row in table.page(0, _CELLS))


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


def _decide(table: Table, spec: DataSpec, columns: Sequence[_Column]) -> _Decision:
    if spec.task is None and table.kind == "text":
        return _Decision(task="causal-lm", reason="the file is running text", text="text", target=None)
    if spec.task in _WITHOUT_TARGET:
        text = spec.text or _best_text(table, columns, spec).name
        return _Decision(task=spec.task, reason="given", text=text, target=spec.target)
    if spec.task in (None, "token-classification"):
        tags = _tagged(table, spec)
        if tags is not None:
            reason = f"each word of {tags[0]!r} has its tag in {tags[1]!r}"
            return _Decision(task="token-classification", reason=reason, text=tags[0], target=tags[1])
    if spec.task is None or spec.task in PAIRED:
        together = _together(table, spec, columns)
        if together is not None:
            return together
    texts = [column for column in columns if column.name == spec.text or (not spec.text and column.text_points > 0)]
    texts = sorted(texts, key=lambda column: -column.text_points)[:_LIKELIEST]
    targets = [column for column in columns if column.name == spec.target] if spec.target else list(columns)
    found: list[tuple[float, str, _Column, _Column]] = []
    for text, target in product(texts, targets):
        for task in [spec.task] if spec.task else ["text-classification", "multi-label", "regression", "seq2seq"]:
            points = target.target_points(text, task) if text is not target else None
            if points is not None:
                found.append((points + text.text_points, task, text, target))
    if found:
        _, task, text, target = max(found, key=lambda option: option[0])
        return _Decision(task=task, reason=_task_reason(task, text, target), text=text.name, target=target.name)
    if spec.target is not None or spec.task is not None:
        text = _best_text(table, [column for column in columns if column.name != spec.target], spec)
        others = [column for column in columns if column.name != text.name and column.usable]
        if spec.target is None and len(others) == 1:
            reason = f"{others[0].name!r} is the only other column"
            return _Decision(task=spec.task or "", reason=reason, text=text.name, target=others[0].name)
        if spec.target is None:
            raise WorkbenchError(
                f"no column looks like the target of {spec.task}",
                where=str(table.path),
                mend=f"Set data.target to one of: {listed(table.columns)}.",
            )
        target = targets[0]
        task = spec.task or _task_by_content(target)
        return _Decision(task=task, reason="the target was given", text=text.name, target=target.name)
    text = _best_text(table, columns, spec)
    reason = f"{text.name!r} holds text, and no column holds something to predict"
    return _Decision(task="causal-lm", reason=reason, text=text.name, target=None)


def _together(table: Table, spec: DataSpec, columns: Sequence[_Column]) -> _Decision | None:
    """A task that reads two texts; None where nobody asks for one and nothing speaks for it.

    Raises:
        WorkbenchError: such a task is asked for, and the columns for it are not there.
    """
    rows = table.page(0, _SAMPLE)
    texts = sorted((column for column in columns if not column.is_id and column.filled), key=lambda column: -column.text_points)
    candidates = [
        Candidate(each.name, [row[table.columns.index(each.name)] for row in rows], each.profile.mean_length)
        for each in texts[:_COMPARED]
    ]
    if spec.task in (None, "question-answering"):
        given = {"text": spec.text, "pair": spec.pair, "target": spec.target, "answer_start": spec.answer_start}
        found = asked(candidates, given, table.columns)
        if found is not None:
            return _Decision(
                task="question-answering", reason=found.reason, text=found.question, target=found.answer, pair=found.passage,
                pair_reason=f"the answers of {found.answer!r} stand in it", answer_start=found.start,
            )  # fmt: skip
        if spec.task == "question-answering":
            return _given_questions(table, spec)
    pair = _pair(spec, columns, candidates)
    target = _compared(spec, columns, pair) if pair is not None else None
    if pair is not None and target is not None:
        by_number = target.is_number and (not target.is_class or target.profile.distinct > _FEW_VALUES)
        task = spec.task or ("pair-regression" if by_number or target.name.lower() in SCORE_NAMES else "pair-classification")
        held = f"{target.profile.distinct:,} different values"
        reason = f"{pair.reason}, and {target.name!r} holds {held} over {target.filled:,} rows"
        return _Decision(task=task, reason=reason, text=pair.first, target=target.name, pair=pair.second, pair_reason=pair.reason)
    if spec.task is None and spec.pair is None:
        return None
    missing = "two columns of text" if pair is None else "a column of classes or numbers"
    raise WorkbenchError(
        f"{spec.task or 'a pair'} needs {missing}, and none is found",
        where=str(table.path),
        mend=f"Set data.text, data.pair and data.target to three of: {listed(table.columns)}.",
    )


def _given_questions(table: Table, spec: DataSpec) -> _Decision:
    """Questions, passages and answers as they were named."""
    if spec.text is None or spec.pair is None or spec.target is None:
        raise WorkbenchError(
            "no columns look like a question, the passage it is about, and an answer that stands in the passage",
            where=str(table.path),
            mend=f"Set data.text, data.pair and data.target to three of: {listed(table.columns)}.",
        )
    return _Decision(
        task="question-answering", reason="given", text=spec.text, target=spec.target, pair=spec.pair, pair_reason="given",
        answer_start=spec.answer_start,
    )  # fmt: skip


def _pair(spec: DataSpec, columns: Sequence[_Column], candidates: Sequence[Candidate]) -> Pair | None:
    """The two columns that are compared: as named, by their names, or because their rows speak of the same."""
    texts = [each for each in candidates if each.name != spec.target]
    if spec.text is not None and spec.pair is not None:
        return Pair(spec.text, spec.pair, "given")
    readable = [each.name for each in columns if any(each.name == text.name for text in texts) and not each.is_number]
    found = named_pair(readable)
    if found is not None and _agrees(spec, found):
        return found
    only_texts = [each for each in columns if each.is_text and each.name in readable]
    if len(only_texts) == 2 and len(columns) <= _NARROW and not _is_translation(only_texts):
        one, other = (next(text for text in texts if text.name == each.name) for each in only_texts)
        found = related_pair(one, other)
        if found is not None and _agrees(spec, found):
            return found
    if spec.task is None and spec.pair is None:
        return None
    best = [name for name in (each.name for each in texts) if name in readable and name not in (spec.text, spec.pair)]
    first = spec.text or (best.pop(0) if best else None)
    second = spec.pair or (best.pop(0) if best else None)
    return Pair(first, second, "the columns that look most like texts") if first and second else None


def _agrees(spec: DataSpec, pair: Pair) -> bool:
    return spec.text in (None, pair.first) and spec.pair in (None, pair.second)


def _is_translation(texts: Sequence[_Column]) -> bool:
    names = [each.name.lower() for each in texts]
    return any(one in FROM_NAMES and other in INTO_NAMES for one, other in permutations(names, 2))


def _compared(spec: DataSpec, columns: Sequence[_Column], pair: Pair) -> _Column | None:
    """The column that says how the two texts of a pair stand to each other."""
    if spec.target is not None:
        return next(column for column in columns if column.name == spec.target)
    able = [each for each in columns if each.name not in (pair.first, pair.second) and each.is_scored]
    if spec.task == "pair-regression":
        able = [each for each in able if each.is_number]
    return max(able, key=lambda each: (each.name.lower() in TARGET_NAMES, each.filled), default=None)


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
    if target.several is not None:
        return "multi-label"
    if target.is_number and not target.is_class:
        return "regression"
    return "text-classification" if target.profile.mean_length <= 40 else "seq2seq"


def _task_reason(task: str, text: _Column, target: _Column) -> str:
    profile = target.profile
    if task == "text-classification":
        return f"{target.name!r} holds {profile.distinct:,} values that repeat over {target.filled:,} rows"
    if task == "multi-label" and target.several is not None:
        return f"in {target.name!r} {target.several.evidence}"
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
