"""The doctor's mends at work: on the rows that were read, before they are split, each row that is left out with its reason.

What changes a text is also done to the texts a model is asked about later; what leaves rows out or renames labels is not.
"""

from __future__ import annotations

import dataclasses
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from workbench.contracts.counting import counted
from workbench.contracts.errors import Problem, SpecError, WorkbenchError
from workbench.contracts.mends import LABEL_MENDS, MENDS, OTHER, RARE, ROW_MENDS, TEXT_MENDS, named_mends
from workbench.contracts.specs import ONE_CLASS
from workbench.data.cells import LISTED, Cells, Unusable, words_of
from workbench.data.debris import LostCharacters, is_formula, repair, strip_html, tidy
from workbench.data.likeness import bare, near_repeats, repeats
from workbench.data.sequences import Texts, collect_texts
from workbench.data.spellings import merged_slips, merged_spellings, spelling_key
from workbench.data.table import Table

_OF_TEXT: Mapping[str, Callable[[str], str]] = {"strip-html": strip_html, "repair-mojibake": repair, "tidy-spaces": tidy}
_CLASSES = frozenset(("merge-labels", "merge-near-labels", "merge-rare-classes", "drop-rare-classes", "keep-commonest-label"))
_SEPARATORS = (";", "|", ",")
_BATCH = 10_000
LOOKED_AT = 20_000
"""Texts that tell what is a word."""


class Mended(NamedTuple):
    """What came of mending."""

    cells: Cells
    said: tuple[str, ...]
    """What each mend did."""


class _Change(NamedTuple):
    """What one mend makes of the rows: None where it leaves that side as it is."""

    left_out: dict[int, str] = {}  # noqa: RUF012  # never changed
    """Positions among the usable rows, with the reason."""
    inputs: Texts | None = None
    targets: Texts | None = None
    pairs: Texts | None = None
    said: str = ""


def check_mends(mends: str | None) -> tuple[str, ...]:
    """The mends a setting names.

    Raises:
        SpecError: one of them is no mend.
    """
    names = named_mends(mends)
    unknown = [name for name in names if name not in MENDS]
    if unknown:
        allowed = "there is no such mend; there are " + ", ".join(MENDS)
        raise SpecError([Problem(field="data.mends", value=name, allowed=allowed) for name in unknown])
    return names


def mend_text(text: str, mends: str | None) -> str:
    """A text as a model that learned from mended texts is to read it."""
    for name in named_mends(mends):
        text = _OF_TEXT[name](text) if name in _OF_TEXT else text
    return text


def mend_cells(
    cells: Cells, mends: str | None, *, task: str, table: Table, where: str = "", folder: Path | None = None,
    test: Callable[[], Iterable[str]] | None = None, labels: Sequence[str] = (), learning: bool = True,
) -> Mended:  # fmt: skip
    """Apply mends to rows, in order.

    Args:
        cells: The usable rows.
        mends: The names, with spaces between.
        task: What the rows are for.
        table: Where they come from: tells the lines of rows that are left out.
        where: The file's name, for messages.
        folder: Where large tables may be kept.
        test: The texts of a separate test table.
        labels: Classes that are known already: labels of a further table are renamed to these.
        learning: Rows may be left out and classes are settled by these rows; False for a table to score or to predict on.

    Raises:
        SpecError: there is no such mend.
        WorkbenchError: a mend does not fit the task, or leaves no row.
    """
    said = []
    for name in check_mends(mends):
        if name in ROW_MENDS and not learning:
            continue
        _check_fits(name, cells, task, where)
        if name in LABEL_MENDS and cells.targets is None:
            continue  # to predict
        change = _change(name, cells, task, test, labels if not learning else None)
        cells = _changed(cells, change, table, folder)
        out = counted(len(change.left_out), "row is", "rows are")
        told = change.said if not change.left_out else f"{change.said} {out} left out.".strip()
        said.append(f"{name}: {told or 'Nothing was to be changed.'}")
        if not len(cells.rows):
            raise WorkbenchError(f"no row is left after the mend {name}", where=where, mend="Leave it out of data.mends.")
    return Mended(cells, tuple(said))


def _check_fits(name: str, cells: Cells, task: str, where: str) -> None:
    why = ""
    if cells.running and name not in TEXT_MENDS:
        why = "the lines of a running text belong together"
    elif name in TEXT_MENDS and task in ("token-classification", "question-answering"):
        why = "its targets stand at places in the text, which would move"
    elif name in _CLASSES and task not in ONE_CLASS:
        why = f"{task} has no classes of rows"
    elif name == "iob2-tags" and task != "token-classification":
        why = f"{task} has no tags"
    if why:
        raise WorkbenchError(f"the mend {name} does not fit: {why}", where=where, mend="Leave it out of data.mends.")


def _change(
    name: str, cells: Cells, task: str, test: Callable[[], Iterable[str]] | None, labels: Sequence[str] | None
) -> _Change:
    if name in _OF_TEXT:
        return _texts(name, cells, task)
    if name == "drop-test-texts":
        seen = {hash(bare(text)) for text in test()} if test is not None else set()
        return _Change(
            {place: "text is in the test table" for place, text in enumerate(whole(cells)) if hash(bare(text)) in seen}
        )
    if name in ("drop-lost-characters", "drop-formulas"):
        return _sick(name, cells)
    targets = cells.targets if cells.targets is not None else collect_texts([[""] * len(cells.rows)])
    if name in ("merge-labels", "merge-near-labels", "merge-rare-classes"):
        return _renamed(targets, _new_names(name, Counter(targets), labels))
    if name == "iob2-tags":
        return _Change(targets=_stored(map(iob2, targets)))
    if name == "drop-rare-classes":
        counts = Counter(targets)
        rare = {label for label, count in counts.items() if count < RARE}
        return _Change({place: "class with too few rows" for place, target in enumerate(targets) if target in rare})
    if name == "drop-near-duplicates":
        return _near(cells, targets)
    return _grouped(name, whole(cells), targets)


def _texts(name: str, cells: Cells, task: str) -> _Change:
    mend = _OF_TEXT[name]
    inputs = _stored(map(mend, cells.inputs))
    pairs = None if cells.pairs is None else _stored(map(mend, cells.pairs))
    changed = sum(one != other for one, other in zip(cells.inputs, inputs, strict=True))
    gone = {} if cells.running else {place: "empty text" for place, text in enumerate(inputs) if not text}
    if cells.pairs is not None and pairs is not None:
        changed += sum(one != other for one, other in zip(cells.pairs, pairs, strict=True))
        gone |= {place: "empty second text" for place, text in enumerate(pairs) if not text}
    targets = _stored(map(mend, cells.targets)) if task == "seq2seq" and cells.targets is not None else None
    if targets is not None:
        gone |= {place: "empty target" for place, text in enumerate(targets) if not text}
    return _Change(gone, inputs=inputs, targets=targets, pairs=pairs, said=f"{counted(changed, 'text is', 'texts are')} changed.")


def _sick(name: str, cells: Cells) -> _Change:
    lost = name == "drop-lost-characters"
    first = (cells.inputs[place] for place in range(min(len(cells.inputs), LOOKED_AT)))
    is_sick, reason = (LostCharacters(first), "text has lost characters") if lost else (is_formula, "formula")
    gone = {place: reason for place, text in enumerate(cells.inputs) if is_sick(text)}
    if not lost and cells.targets is not None:
        gone |= {place: reason for place, text in enumerate(cells.targets) if is_formula(text)}
    return _Change(dict(sorted(gone.items())))


def _new_names(name: str, counts: Mapping[str, int], labels: Sequence[str] | None) -> dict[str, str]:
    """What labels become; of a further table, the nearest of the `labels` known."""
    if labels is None:
        if name == "merge-rare-classes":
            return {label: OTHER for label, count in sorted(counts.items()) if count < RARE and label != OTHER}
        return merged_spellings(counts) if name == "merge-labels" else merged_slips(counts)
    new = [label for label in counts if label not in labels]
    if name == "merge-labels":
        known = {spelling_key(label): label for label in labels}
        return {label: known[spelling_key(label)] for label in new if spelling_key(label) in known}
    if name == "merge-near-labels":
        able = merged_slips(dict.fromkeys(new, 1) | dict.fromkeys(labels, 1_000))
        return {label: able[label] for label in new if label in able}
    return dict.fromkeys(new, OTHER) if OTHER in labels else {}


def _renamed(targets: Texts, names: Mapping[str, str]) -> _Change:
    if not names:
        return _Change()
    said = "; ".join(f"{old!r} becomes {new!r}" for old, new in sorted(names.items()))
    return _Change(targets=_stored(names.get(target, target) for target in targets), said=said + ".")


def _near(cells: Cells, targets: Texts) -> _Change:
    codes = _codes(targets)
    near = near_repeats([bare(text) for text in whole(cells)])
    return _Change({int(at): "near duplicate of a text" for at in np.flatnonzero(near >= 0) if codes[near[at]] == codes[at]})


def whole(cells: Cells) -> Sequence[str]:
    """All that is read of each row: two texts count as one."""
    if cells.pairs is None:
        return cells.inputs
    return _stored("\n".join(pair) for pair in zip(cells.inputs, cells.pairs, strict=True))


def _grouped(name: str, inputs: Sequence[str], targets: Texts) -> _Change:
    """Mends that look at rows with the same text."""
    exact = name in ("drop-duplicates", "keep-first-target")
    same = repeats(_codes(inputs if exact else map(bare, inputs)))
    if name in ("drop-duplicates", "drop-folded-duplicates"):
        same = repeats(_codes(zip(same.tolist(), targets, strict=True)))
    repeated = np.flatnonzero(same != np.arange(len(same))).tolist()
    if name == "keep-first-target":
        return _Change(dict.fromkeys(repeated, "text with another target further up"))
    if name in ("drop-duplicates", "drop-folded-duplicates"):
        return _Change(dict.fromkeys(repeated, "duplicate text"))
    groups: dict[int, list[int]] = defaultdict(list)
    for place in repeated:
        groups[int(same[place])].append(place)
    left_out: dict[int, str] = {}
    joined: dict[int, str] = {}
    joint = _joint(targets)
    for first, others in groups.items():
        rows = [first, *others]
        labels = Counter(targets[row] for row in rows)
        if len(labels) == 1:
            continue
        if name == "join-labels":
            joined[first] = joint.join(labels)
            left_out |= dict.fromkeys(others, "joined with the same text")
        else:
            best = max(labels.values())
            kept = next(label for label in labels if labels[label] == best) if name == "keep-commonest-label" else None
            left_out |= {row: "text with several labels" for row in rows if targets[row] != kept}
    new = _stored(joined.get(place, target) for place, target in enumerate(targets)) if joined else None
    return _Change(dict(sorted(left_out.items())), targets=new)


def _joint(targets: Texts) -> str:
    """What stands between labels in the cells already, else a semicolon."""
    seen = Counter(sign for target in targets for sign in _SEPARATORS if sign in target)
    return max(_SEPARATORS, key=lambda sign: seen[sign])


def iob2(cell: str) -> str:
    """Tags with a ``B-`` where a name begins, whatever kind of IOB they were."""
    tags, before = [], "O"
    for tag in words_of(cell):
        begins = tag.startswith("I-") and before[2:] != tag[2:]
        before = tag
        tags.append(f"B-{tag[2:]}" if begins else tag)
    return " ".join(tags)


def _changed(cells: Cells, change: _Change, table: Table, folder: Path | None) -> Cells:
    inputs, targets, pairs = change.inputs or cells.inputs, change.targets or cells.targets, change.pairs or cells.pairs
    if not change.left_out:
        return dataclasses.replace(cells, inputs=inputs, targets=targets, pairs=pairs)
    kept = np.delete(np.arange(len(cells.rows)), list(change.left_out))
    reasons = Counter(change.left_out.values())
    room = max(0, LISTED - len(cells.unusable))
    first = [(int(cells.rows[place]), reason) for place, reason in list(change.left_out.items())[:room]]
    counts = Counter(cells.counts) + reasons + Counter(unusable=len(change.left_out))
    return dataclasses.replace(
        cells,
        rows=cells.rows[kept],
        inputs=_chosen(inputs, kept, folder),
        targets=None if targets is None else _chosen(targets, kept, folder),
        pairs=None if pairs is None else _chosen(pairs, kept, folder),
        starts=None if cells.starts is None else cells.starts[kept],
        counts={name: counts[name] for name in {**cells.counts, **counts}},
        unusable=cells.unusable + tuple(Unusable(row, table.line_of(row), reason) for row, reason in first),
    )


def _chosen(texts: Texts, kept: NDArray[np.int64], folder: Path | None) -> Texts:
    return collect_texts(_batched(texts[place] for place in kept), folder=folder)


def _stored(texts: Iterable[str]) -> Texts:
    return collect_texts(_batched(texts))


def _batched(texts: Iterable[str]) -> Iterator[list[str]]:
    batch: list[str] = []
    for text in texts:
        batch.append(text)
        if len(batch) == _BATCH:
            yield batch
            batch = []
    yield batch


def _codes(values: Iterable[object]) -> NDArray[np.int64]:
    return np.fromiter(map(hash, values), np.int64)
