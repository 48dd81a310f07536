"""Tasks that read two texts: which columns they take, and whether a table speaks for one of them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations

from workbench.contracts.errors import WorkbenchError, listed
from workbench.contracts.specs import DataSpec
from workbench.data.candidates import FROM_NAMES, INTO_NAMES, SAMPLE, SCORE_NAMES, TARGET_NAMES, Column, Decision
from workbench.data.table import Table
from workbench.data.together import Candidate, Pair, asked, named_pair, related_pair

_COMPARED = 8  # columns that are weighed as texts to be read together
_NARROW = 5  # columns of a table, at most, in which two texts are a pair by their words alone
_FEW_VALUES = 3  # whole numbers that are classes of pairs rather than a measure of their likeness


def decide_together(table: Table, spec: DataSpec, columns: Sequence[Column]) -> Decision | None:
    """A task that reads two texts; None where nobody asks for one and nothing speaks for it.

    Raises:
        WorkbenchError: such a task is asked for, and the columns for it are not there.
    """
    rows = table.page(0, SAMPLE)
    texts = sorted((column for column in columns if not column.is_id and column.filled), key=lambda column: -column.text_points)
    candidates = [
        Candidate(each.name, [row[table.columns.index(each.name)] for row in rows], each.profile.mean_length)
        for each in texts[:_COMPARED]
    ]
    if spec.task in (None, "question-answering"):
        given = {"text": spec.text, "pair": spec.pair, "target": spec.target, "answer_start": spec.answer_start}
        found = asked(candidates, given, table.columns)
        if found is not None:
            return Decision(
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
        reason = f"{target.name!r} says in {target.filled:,} rows how {pair.first!r} and {pair.second!r} compare"
        return Decision(task=task, reason=reason, text=pair.first, target=target.name, pair=pair.second, pair_reason=pair.reason)
    if spec.task is None and spec.pair is None:
        return None
    raise WorkbenchError(
        "no two columns of text are found to be compared" if pair is None else "no column says how two texts compare",
        where=str(table.path),
        mend=f"Set data.text, data.pair and data.target to three of: {listed(table.columns)}.",
    )


def _given_questions(table: Table, spec: DataSpec) -> Decision:
    """Questions, passages and answers as they were named."""
    if spec.text is None or spec.pair is None or spec.target is None:
        raise WorkbenchError(
            "no columns look like a question, the passage it is about, and an answer that stands in the passage",
            where=str(table.path),
            mend=f"Set data.text, data.pair and data.target to three of: {listed(table.columns)}.",
        )
    return Decision(
        task="question-answering", reason="given", text=spec.text, target=spec.target, pair=spec.pair, pair_reason="given",
        answer_start=spec.answer_start,
    )  # fmt: skip


def _pair(spec: DataSpec, columns: Sequence[Column], candidates: Sequence[Candidate]) -> Pair | None:
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


def _is_translation(texts: Sequence[Column]) -> bool:
    names = [each.name.lower() for each in texts]
    return any(one in FROM_NAMES and other in INTO_NAMES for one, other in permutations(names, 2))


def _compared(spec: DataSpec, columns: Sequence[Column], pair: Pair) -> Column | None:
    """The column that says how the two texts of a pair stand to each other."""
    if spec.target is not None:
        return next(column for column in columns if column.name == spec.target)
    able = [each for each in columns if each.name not in (pair.first, pair.second) and each.is_scored]
    if spec.task == "pair-regression":
        able = [each for each in able if each.is_number]
    return max(able, key=lambda each: (each.name.lower() in TARGET_NAMES, each.filled), default=None)
