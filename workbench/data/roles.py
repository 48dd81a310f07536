"""Which column is read, which is predicted, and what is to be learnt: guessed from names and content, each with its reason."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from itertools import combinations, permutations, product

from workbench.contracts.errors import WorkbenchError, listed
from workbench.contracts.specs import ONE_NUMBER, PAIRED, DataSpec
from workbench.data.candidates import CELLS, SAMPLE, TAG_NAMES, TEXT_NAMES, Column, Decision, columns_of
from workbench.data.labels import separator_of
from workbench.data.numbers import in_the_way, no_numbers
from workbench.data.paired_roles import decide_together
from workbench.data.profile import FILLED
from workbench.data.reading import Found
from workbench.data.table import Table

_BIO = re.compile(r"O|[BIESLU]-\S+")
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

    def settle(self, data: DataSpec, target: str | None) -> DataSpec:
        """The data settings with what was decided; `target` is None where the task has none."""
        return replace(
            data, task=self.task, text=self.text, target=target, pair=self.pair or data.pair,
            answer_start=self.answer_start or data.answer_start, decimal=self.decimal.value if self.decimal else data.decimal,
            label_separator=self.separator.value if self.separator else data.label_separator,
        )  # fmt: skip


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
    columns = columns_of(table, spec)
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


def _separator(table: Table, spec: DataSpec, columns: Sequence[Column], target: str | None) -> Found[str] | None:
    """What stands between the labels of the target."""
    if spec.label_separator is not None:
        return Found(value=spec.label_separator, evidence="given")
    column = next((column for column in columns if column.name == target), None)
    if column is None or column.several is not None:
        return column.several if column is not None else None
    place = table.columns.index(column.name)
    return separator_of(row[place] for row in table.page(0, CELLS))


def _decimal(table: Table, spec: DataSpec, columns: Sequence[Column], target: str | None) -> Found[str] | None:
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


def _slips(table: Table, column: Column, spec: DataSpec) -> list[tuple[int, str]]:
    """The first cells of a column of numbers that are none."""
    numbers, place = column.profile.numbers, f"c{table.columns.index(column.name)}"
    decimal = spec.decimal or (numbers.decimal if numbers is not None else "point")
    return in_the_way(table.query, place, FILLED.format(place), decimal)


def _decide(table: Table, spec: DataSpec, columns: Sequence[Column]) -> Decision:
    if spec.task is None and table.kind == "text":
        return Decision(task="causal-lm", reason="the file is running text", text="text", target=None)
    if spec.task in _WITHOUT_TARGET:
        name = spec.text or _best_text(table, columns, spec).name
        return Decision(task=spec.task, reason="given", text=name, target=spec.target)
    if spec.task in (None, "token-classification"):
        tags = _tagged(table, spec)
        if tags is not None:
            reason = f"each word of {tags[0]!r} has its tag in {tags[1]!r}"
            return Decision(task="token-classification", reason=reason, text=tags[0], target=tags[1])
    if spec.task is None or spec.task in PAIRED:
        together = decide_together(table, spec, columns)
        if together is not None:
            return together
    texts = [column for column in columns if column.name == spec.text or (not spec.text and column.text_points > 0)]
    texts = sorted(texts, key=lambda column: -column.text_points)[:_LIKELIEST]
    targets = [column for column in columns if column.name == spec.target] if spec.target else list(columns)
    found: list[tuple[float, str, Column, Column]] = []
    for text, target in product(texts, targets):
        for task in [spec.task] if spec.task else ["text-classification", "multi-label", "regression", "seq2seq"]:
            points = target.target_points(text, task) if text is not target else None
            if points is not None:
                by_file = target.name == table.reading.by_file  # somebody sorted the rows into files by it
                found.append((points + text.text_points + by_file, task, text, target))
    if found:
        _, task, text, target = max(found, key=lambda option: option[0])
        return Decision(task=task, reason=_task_reason(task, text, target), text=text.name, target=target.name)
    if spec.target is not None or spec.task is not None:
        text = _best_text(table, [column for column in columns if column.name != spec.target], spec)
        others = [column for column in columns if column.name != text.name and column.usable]
        if spec.target is None and len(others) == 1:
            reason = f"{others[0].name!r} is the only other column"
            return Decision(task=spec.task or "", reason=reason, text=text.name, target=others[0].name)
        if spec.target is None:
            raise WorkbenchError(
                f"no column looks like the target of {spec.task}",
                where=str(table.path),
                mend=f"Set data.target to one of: {listed(table.columns)}.",
            )
        target = targets[0]
        task = spec.task or _task_by_content(target)
        return Decision(task=task, reason="the target was given", text=text.name, target=target.name)
    text = _best_text(table, columns, spec)
    reason = f"{text.name!r} holds text, and no column holds something to predict"
    return Decision(task="causal-lm", reason=reason, text=text.name, target=None)


def _best_text(table: Table, columns: Sequence[Column], spec: DataSpec) -> Column:
    able = [column for column in columns if column.name == spec.text or (not spec.text and column.text_points > 0)]
    if not able:
        raise WorkbenchError(
            "no column holds text to read",
            where=str(table.path),
            mend=f"Set data.text to one of: {listed(table.columns)}.",
        )
    return max(able, key=lambda column: column.text_points)


def _task_by_content(target: Column) -> str:
    if target.several is not None:
        return "multi-label"
    if target.is_number and not target.is_class:
        return "regression"
    return "text-classification" if target.profile.mean_length <= 40 else "seq2seq"


def _task_reason(task: str, text: Column, target: Column) -> str:
    profile = target.profile
    if task == "text-classification":
        return f"{target.name!r} holds {profile.distinct:,} values that repeat over {target.filled:,} rows"
    if task == "multi-label" and target.several is not None:
        return target.several.evidence
    if task == "regression":
        return f"{target.name!r} holds {profile.distinct:,} different numbers"
    if text.profile.lettered < 0.1:
        return f"{text.name!r} holds no words, so {target.name!r} is written from its signs"
    return f"{target.name!r} holds {profile.distinct:,} different texts to be written from {text.name!r}"


def _text_reason(column: Column) -> str:
    profile = column.profile
    content = f"{profile.distinct:,} different texts of {profile.mean_length:.0f} characters on average"
    return f"a usual name, and {content}" if column.name.lower() in TEXT_NAMES else content


def _other(column: Column) -> tuple[str, str]:
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
    sample = [row for row in table.page(0, SAMPLE) if any(row)]
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
