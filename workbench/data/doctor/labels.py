"""What is odd about the classes: spellings, rare ones, imbalance, order, several labels in a cell, numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import chain

from workbench.contracts.counting import counted
from workbench.contracts.findings import LISTED, Finding, Mend
from workbench.contracts.mends import RARE
from workbench.data.candidates import CLASS_NAMES
from workbench.data.cells import words_of
from workbench.data.doctor.look import Look, advice, data_mend, row_mend
from workbench.data.numbers import number
from workbench.data.profile import FILLED
from workbench.data.spellings import MANY, merged_slips, merged_spellings

_IMBALANCE = 8
"""How often the commonest class stands for each row of the rarest that is not rare, from which it drowns the others."""
_NAMED = 5
_SEPARATORS = (";", "|", ",", "/", "、", "，", "；", "+", "&")
_LEVELS = 6
"""Different whole numbers from which a scale is likelier than classes."""
_CODES = 50


def labels(look: Look) -> Iterator[Finding]:
    """All that is wrong with what is predicted."""
    if look.target is None or look.roles is None:
        return
    if look.task == "token-classification":
        yield from _tags(look, look.target)
        return
    yield from _several_in_a_cell(look, look.target)
    if look.task == "regression":
        yield from _numbers_that_are_classes(look, look.target)
    if look.task != "text-classification" or look.profile[look.target].distinct > MANY:
        return
    cell = f"trim({look.sql(look.target)})"
    found = look.ask(f"SELECT {cell}, count(*) FROM data WHERE {FILLED.format(look.sql(look.target))} GROUP BY 1")
    counts = {str(label): int(count) for label, count in found}
    same = merged_spellings(counts)
    merged = _renamed(counts, same)
    slips = merged_slips(merged)
    yield from _spellings(look, look.target, same, slips)
    yield from _sizes(look, look.target, _renamed(merged, slips))
    yield from _sorted(look, look.target, counts)
    yield from _classes_that_are_numbers(look, look.target, counts)


def _spellings(look: Look, name: str, same: Mapping[str, str], slips: Mapping[str, str]) -> Iterator[Finding]:
    for kind, mend, names, why in (
        ("label-spellings", "merge-labels", same, "only in upper case, spaces, hyphens or width"),
        ("label-slips", "merge-near-labels", slips, "in one letter from a much commoner one"),
    ):
        if names:
            named = ", ".join(f"{old!r} → {new!r}" for old, new in sorted(names.items())[:_NAMED])
            yield Finding(
                kind=kind,
                count=len(names),
                column=name,
                evidence=f"{counted(len(names), 'label differs', 'labels differ')} {why}: {named}",
                rows=_rows_of(look, name, names),
                mends=(row_mend(mend), advice("keep-classes", "They stay classes of their own.")),
            )


def _renamed(counts: Mapping[str, int], names: Mapping[str, str]) -> Counter[str]:
    merged: Counter[str] = Counter()
    for label, count in counts.items():
        merged[names.get(label, label)] += count
    return merged


def _sizes(look: Look, name: str, counts: Mapping[str, int]) -> Iterator[Finding]:
    """Classes that are too small; another spelling of a class is none, lest its rows be left out instead of renamed."""
    rare = {label: count for label, count in counts.items() if count < RARE}
    if rare:
        have = "has" if len(rare) == 1 else "have"
        named = ", ".join(f"{label!r} ({count})" for label, count in sorted(rare.items(), key=lambda item: item[1])[:_NAMED])
        yield Finding(
            kind="rare-classes",
            count=len(rare),
            column=name,
            evidence=f"{len(rare):,} of {len(counts):,} classes {have} fewer than {RARE} rows: {named}",
            rows=_rows_of(look, name, rare),
            mends=(row_mend("drop-rare-classes"), row_mend("merge-rare-classes"),
                   advice("add-rows", "Add rows of these classes to the file: too few of them can be learned or scored.")),
        )  # fmt: skip
    sizes = {label: count for label, count in counts.items() if count >= RARE}
    if len(sizes) < 2:
        return
    most, least = max(sizes, key=lambda label: sizes[label]), min(sizes, key=lambda label: sizes[label])
    if sizes[most] >= _IMBALANCE * sizes[least]:
        share = sizes[most] / sum(counts.values())
        yield Finding(
            kind="imbalance",
            count=len(counts),
            column=name,
            evidence=f"{most!r} has {sizes[most]:,} rows, {share:.0%} of all, and {least!r} {sizes[least]:,}",
            mends=(
                Mend(
                    name="class-weights",
                    does="A row of a rare class counts for more in the loss; all rows are read as often as before.",
                    settings={"train": {"class_balance": "weights"}},
                ),
                Mend(
                    name="resample",
                    does="Rows of rare classes are read more often than others in each pass; the model may learn them by heart.",
                    settings={"train": {"class_balance": "resample"}},
                ),
                advice(
                    "keep-balance", "Nothing is changed: the model leans to the common classes; look at macro-F1, not accuracy."
                ),
            ),
        )


def _sorted(look: Look, name: str, counts: Mapping[str, int]) -> Iterator[Finding]:
    rows = sum(counts.values())
    if len(counts) < 2 or rows < max(20, 4 * len(counts)):
        return
    cell = f"trim({look.sql(name)})"
    changes = int(look.ask(f"SELECT count(*) FROM (SELECT {cell} AS one, lag({cell}) OVER (ORDER BY rowid) AS before FROM data) "
                           "WHERE one <> before")[0][0])  # fmt: skip
    by_chance = (rows - 1) * (1 - sum((count / rows) ** 2 for count in counts.values()))
    if changes < max(len(counts), 0.2 * by_chance):
        times = "once" if changes == 1 else f"{changes:,} times"
        yield Finding(
            kind="sorted-by-label",
            count=rows,
            column=name,
            evidence=f"the label changes only {times} from row to row, with {len(counts):,} classes",
            mends=(advice("shuffled-anyway", "Nothing needs to be done: rows are drawn by chance for each part, and read in "
                          "another order in each pass. Never split such a file by hand at a line."),),
        )  # fmt: skip


def _several_in_a_cell(look: Look, name: str) -> Iterator[Finding]:
    """Cells such as ``red;small`` whose parts stand in other cells, too."""
    profile = look.profile[name]
    if look.spec.task == "multi-label" or profile.longest > 200 or profile.distinct > MANY:
        return
    cell = look.sql(name)
    for sign in _SEPARATORS:
        several = f"contains({cell}, '{sign}')"
        found = look.ask(f"SELECT trim({cell}), count(*) FROM data WHERE {FILLED.format(cell)} GROUP BY 1")
        held = {str(label): int(count) for label, count in found}
        cut = {label: [part.strip() for part in label.split(sign)] for label in held if sign in label}
        rows = sum(held[label] for label in cut)
        if rows < max(3, 0.01 * sum(held.values())) or any(number(label) is not None for label in cut):
            continue
        uses = Counter(part for label, count in held.items() for part in set(label.split(sign)) for _ in range(min(count, 3)))
        parts = {part.strip() for label in cut for part in label.split(sign)}
        known = [part for part in parts if part in held or sum(part in each for each in cut.values()) > 1]
        plain = all(0 < len(part) <= 40 and len(part.split()) <= 4 for part in parts)
        fewer = len(parts | {label for label in held if label not in cut}) < len(held) or len(cut) <= len(parts)
        if not plain or not uses or len(known) < 0.6 * len(parts) or not fewer:
            continue
        example = next(iter(cut))
        yield Finding(
            kind="several-labels",
            count=rows,
            column=name,
            evidence=f"{rows:,} cells hold several labels with {sign!r} between them, such as {example!r}",
            rows=look.rows(several),
            mends=_of_several(look, name),
        )
        return


def _of_several(look: Look, name: str) -> tuple[Mend, ...]:
    """What may be done about cells with several labels, by what is done already."""
    if look.task == "multi-label":
        return (
            advice("read-so", "They are read so already: the model answers yes or no for each label."),
            data_mend("as-combinations", "Takes each combination for a class of its own.", task="text-classification"),
        )
    does = "Each row may have several labels: the model answers yes or no for each."
    return (
        data_mend("multi-label", does, task="multi-label", target=name),
        advice("keep-classes", "Each combination is a class of its own."),
    )


def _numbers_that_are_classes(look: Look, name: str) -> Iterator[Finding]:
    profile = look.profile[name]
    rows = look.table.row_count - profile.empty
    if profile.type == "integer" and profile.distinct <= _CODES and rows >= 6 * profile.distinct and look.spec.task is None:
        values = counted(profile.distinct, "whole number stands", "whole numbers stand")
        yield Finding(
            kind="numbers-as-amounts",
            count=profile.distinct,
            column=name,
            evidence=f"{values} again and again over {rows:,} rows, as codes of classes do",
            mends=(data_mend("as-classes", "Takes each number for the name of a class.", task="text-classification"),
                   advice("keep-amounts", "They stay amounts to be predicted as numbers.")),
        )  # fmt: skip


def _classes_that_are_numbers(look: Look, name: str, counts: Mapping[str, int]) -> Iterator[Finding]:
    values = sorted({value for label in counts if (value := number(label)) is not None})
    if len(values) < len(counts) or len(values) < 3 or name.lower() in CLASS_NAMES:
        return
    whole = all(value.is_integer() for value in values)
    if not whole or (len(values) >= _LEVELS and values[-1] - values[0] <= 2 * len(values)):
        yield Finding(
            kind="numbers-as-classes",
            count=len(values),
            column=name,
            evidence=f"the {len(values):,} classes are numbers from {values[0]:g} to {values[-1]:g}, as on a scale",
            mends=(data_mend("as-numbers", "Predicts a number, so that 4 is nearer to 5 than to 1.", task="regression"),
                   advice("keep-classes", "They stay classes without an order.")),
        )  # fmt: skip


def _tags(look: Look, name: str) -> Iterator[Finding]:
    """IOB1 has a B- tag only between neighbours; most tools expect one at each beginning."""
    beginnings = loose = 0
    rows: list[int] = []
    for place, (cell,) in enumerate(chain.from_iterable(look.batches(name))):
        tags = words_of(cell)
        beginnings += sum(tag.startswith("B-") for tag in tags)
        found = sum(tag.startswith("I-") and before[2:] != tag[2:] for before, tag in zip(["O", *tags], tags, strict=False))
        loose += found
        if found and len(rows) < LISTED:
            rows.append(place)
    if loose:
        names = counted(loose, "name begins", "names begin")
        yield Finding(
            kind="iob1-tags",
            count=loose,
            column=name,
            evidence=f"{names} with an I- tag and {beginnings:,} with a B- tag, as in IOB1",
            rows=tuple(rows),
            mends=(row_mend("iob2-tags"),),
        )


def _rows_of(look: Look, name: str, names: Mapping[str, object]) -> tuple[int, ...]:
    named = ", ".join("'" + label.replace("'", "''") + "'" for label in list(names)[:LISTED])
    return look.rows(f"trim({look.sql(name)}) IN ({named})")
