"""Tables with planted defects: which, and in which rows, is known."""

from __future__ import annotations

import csv
import io
import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.data.doctor.originals import Original, Rows

TABLES = 60
A_TABLE = 3
"""Defects in each."""


@dataclass
class Bed:
    """A table while defects are planted in it."""

    header: list[str]
    rows: Rows
    chance: random.Random
    classes: bool
    planted: dict[str, set[int]] = field(default_factory=dict)
    """Kinds that must be found, with the rows; empty where it is no matter of rows."""
    settings: dict[str, Any] = field(default_factory=dict)
    encoding: str = "utf-8"
    above: str = ""
    torn: int = 0
    test: list[int] = field(default_factory=list)
    taken: set[int] = field(default_factory=set)

    def some(self, count: int, at_least: int = 0) -> list[int]:
        """Rows that no other defect has, with texts of some length."""
        free = [place for place, row in enumerate(self.rows) if place not in self.taken and len(row[0]) >= at_least]
        chosen = self.chance.sample(free, min(count, len(free)))
        self.taken.update(chosen)
        return chosen

    def change(self, kind: str, count: int, new: Callable[[str], str], *, column: int = 0, at_least: int = 0) -> None:
        """Change cells of some rows."""
        rows = self.some(count, at_least)
        for row in rows:
            self.rows[row][column] = new(self.rows[row][column])
        self.planted[kind] = set(rows)

    def copy(
        self, kind: str, count: int, new: Callable[[str], str], label: Callable[[str], str] = str, at_least: int = 0
    ) -> None:
        """Put changed copies of some rows at the end, which leaves the numbers of all others as they are."""
        rows = self.some(count, at_least)
        first = len(self.rows)
        for row in rows:
            self.rows.append([new(self.rows[row][0]), label(self.rows[row][1]), *self.rows[row][2:]])
        self.planted[kind] = set(range(first, len(self.rows)))
        self.taken.update(self.planted[kind])


def _typo(bed: Bed) -> Callable[[str], str]:
    def changed(text: str) -> str:
        places = [place for place, ch in enumerate(text) if ch.isalpha()]
        place = bed.chance.choice(places[len(places) // 4 : -len(places) // 4])
        new = "x" if text[place] != "x" else "z"
        return text[:place] + (new if text[place].isascii() else "某") + text[place + 1 :]

    return changed


def _other_label(bed: Bed) -> Callable[[str], str]:
    labels = sorted({row[1] for row in bed.rows})
    return lambda label: labels[(labels.index(label) + 1) % len(labels)]


def _labels_changed(bed: Bed, kind: str, count: int, new: Callable[[str], str]) -> None:
    """One class, the commonest with letters enough, written otherwise in some rows."""
    sizes = Counter(row[1] for row in bed.rows)
    label = max((each for each in sizes if len(each) >= 5), key=lambda each: sizes[each], default=max(sizes))
    rows = bed.chance.sample([place for place, row in enumerate(bed.rows) if row[1] == label], count)
    for row in rows:
        bed.rows[row][1] = new(label)
    bed.planted[kind] = set(rows)


def _column(bed: Bed, kind: str, name: str, value: Callable[[int], str]) -> None:
    bed.header.append(name)
    for number, row in enumerate(bed.rows):
        row.append(value(number))
    bed.planted[kind] = set()


def encoding(bed: Bed) -> None:
    text = "".join(map("".join, bed.rows))
    if text.isascii():
        bed.change("", 40, lambda cell: cell + " Déjà vu à Genève, garçon!")
        bed.planted.pop("")
        bed.encoding = "windows-1252"
    else:
        able = [name for name in ("gb18030", "big5", "utf-16") if _able(text, name)]
        bed.encoding = bed.chance.choice(able)
    bed.planted["encoding"] = set()


def _able(text: str, name: str) -> bool:
    try:
        text.encode(name)
    except UnicodeError:
        return False
    return True


def torn_rows(bed: Bed) -> None:
    bed.torn = 4
    bed.planted["rejected-rows"] = set()


def empty_texts(bed: Bed) -> None:
    bed.change("empty-text", 5, lambda cell: bed.chance.choice(["", "  ", "\u3000"]))


def empty_targets(bed: Bed) -> None:
    bed.change("empty-target", 4, lambda cell: "", column=1)


def duplicates(bed: Bed) -> None:
    bed.copy("duplicate-text", 6, str)


def folded(bed: Bed) -> None:
    bed.copy("folded-duplicate", 5, lambda text: "  ".join(text.upper().split(" ")) + "!!", at_least=8)


def near(bed: Bed) -> None:
    bed.copy("near-duplicate", 5, _typo(bed), at_least=40)


def contradictions(bed: Bed) -> None:
    bed.copy("same-text-different-labels", 4, str, _other_label(bed))


def spellings(bed: Bed) -> None:
    full = str.maketrans({chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F)})
    ways: list[Callable[[str], str]] = [str.upper, lambda label: label.translate(full), lambda label: f"{label[:1]} {label[1:]}"]
    able = [way for way in ways if all(way(row[1]) != row[1] for row in bed.rows)]  # there is no case in Chinese
    _labels_changed(bed, "label-spellings", 6, bed.chance.choice(able))


def slips(bed: Bed) -> None:
    _labels_changed(bed, "label-slips", 1, lambda label: label[:2] + label[3:] if len(label) >= 6 else label + "s")


def rare_class(bed: Bed) -> None:
    _labels_changed(bed, "rare-classes", 3, lambda label: "something quite new")


def imbalance(bed: Bed) -> None:
    sizes = Counter(row[1] for row in bed.rows)
    label = min(sizes, key=lambda each: sizes[each])
    gone = [place for place, row in enumerate(bed.rows) if row[1] == label][6:]
    bed.rows = [row for place, row in enumerate(bed.rows) if place not in set(gone)]
    most = max((each for each in sizes if each != label), key=lambda each: sizes[each])
    while Counter(row[1] for row in bed.rows)[most] < 60:
        victim = next(row for row in bed.rows if row[1] not in (label, most))
        victim[1] = most
    bed.planted["imbalance"] = set()


def constant(bed: Bed) -> None:
    _column(bed, "constant-column", "source", lambda number: "survey 2024")


def numbered(bed: Bed) -> None:
    _column(bed, "id-column", "ticket", lambda number: f"T-{number * 7 + 10_000}")


def leak(bed: Bed) -> None:
    codes = {label: f"K{place:02}" for place, label in enumerate(sorted({row[1] for row in bed.rows}))}
    _column(bed, "leaking-column", "team", lambda number: codes[bed.rows[number][1]])


def long_texts(bed: Bed) -> None:
    filler = " ".join(row[0] for row in bed.rows[:120])
    bed.change("texts-cut", 4, lambda cell: f"{cell} {filler}")


def in_order(bed: Bed) -> None:
    bed.rows.sort(key=lambda row: row[1])
    bed.planted["sorted-by-label"] = set()


def several_labels(bed: Bed) -> None:
    other, sign = _other_label(bed), bed.chance.choice([";", "|", ","])
    bed.change("several-labels", 40, lambda label: f"{label}{sign} {other(label)}", column=1)


def html(bed: Bed) -> None:
    ways = [lambda cell: f"<p>{cell}</p>", lambda cell: f"{cell} &amp; more&nbsp;", lambda cell: f"{cell}<br/>"]
    bed.change("html", 6, lambda cell: bed.chance.choice(ways)(cell))


def mojibake(bed: Bed) -> None:
    def broken(cell: str) -> str:
        whole = cell if not cell.isascii() else f"{cell} Café Zürich, naïve"
        return whole.encode("utf-8").decode("latin-1")

    bed.change("mojibake", 5, broken)


def replaced(bed: Bed) -> None:
    bed.change("lost-characters", 5, lambda cell: cell[:3] + "\ufffd" + cell[4:], at_least=6)


def asked(bed: Bed) -> None:
    def lost(cell: str) -> str:
        return f"{cell} and the caf? au l?it" if cell.isascii() else cell[:3] + "?" + cell[4:]

    bed.change("lost-characters", 5, lost, at_least=8)


def formulas(bed: Bed) -> None:
    bed.change(
        "formula-cells", 4, lambda cell: bed.chance.choice(["=SUM(A1:A9)", "=A2&B2", "#REF!", '=HYPERLINK("x")', "#NAME?"])
    )


def invisible(bed: Bed) -> None:
    bed.change("invisible-characters", 5, lambda cell: cell[:2] + "\u200b" + cell[2:], at_least=4)


def line_breaks(bed: Bed) -> None:
    bed.change("line-breaks", 5, lambda cell: cell[: len(cell) // 2] + "\n" + cell[len(cell) // 2 :], at_least=6)


def asked_in_test(bed: Bed) -> None:
    bed.test = bed.some(7)
    bed.planted["test-text-in-training"] = set(bed.test)


def titles(bed: Bed) -> None:
    bed.above = "Export of March\nfor internal use\n"
    bed.planted["lines-above"] = set()


def marks(bed: Bed) -> None:
    for row in bed.rows:
        row[1] = f"{bed.chance.randrange(1, 11)}"
    bed.header[1] = "score"
    bed.planted["numbers-as-classes"] = set()


def codes(bed: Bed) -> None:
    for row in bed.rows:
        row[1] = f"{100 + bed.chance.randrange(22)}"
    bed.header[1] = "code"
    bed.planted["numbers-as-amounts"] = set()


def thousands(bed: Bed) -> None:
    for row in bed.rows:
        row[1] = f"{bed.chance.randrange(1, 999)}.{bed.chance.randrange(1_000):03}"
    bed.header[1] = "price"
    bed.planted["decimal-doubt"] = set()


TEXTS = (encoding, torn_rows, empty_texts, duplicates, folded, near, long_texts, html, mojibake, replaced, asked, formulas,
         invisible, line_breaks, asked_in_test, constant, numbered, titles)  # fmt: skip
"""Defects of any table."""
LABELS = (empty_targets, contradictions, spellings, slips, rare_class, imbalance, leak, in_order, several_labels, marks, codes,
          thousands)  # fmt: skip
"""Defects of classes: one in a table, for one may hide another."""
_APART = (
    {encoding, mojibake}, {encoding, replaced}, {encoding, invisible}, {encoding, asked}, {encoding, spellings},
    {titles, torn_rows}, {replaced, asked}, {near, mojibake}, {in_order, duplicates}, {in_order, folded}, {in_order, near},
)  # fmt: skip
"""Pairs that cannot be planted together: what one writes the other cannot keep."""
_FIRST = (imbalance, in_order, marks, codes, thousands, spellings, slips, rare_class, leak)
"""What needs or makes the final classes is planted before rows are marked; columns and copies come last."""


def planted(original: Original, number: int, defects: Sequence[Callable[[Bed], None]]) -> Bed:
    """The table with its defects."""
    rows = [list(row) for row in original.rows]
    bed = Bed(header=list(original.header), rows=rows, chance=random.Random(number), classes=original.classes)
    for defect in sorted(defects, key=lambda each: (each not in _FIRST or each is leak, each in (constant, numbered, leak))):
        defect(bed)
    return bed


def chosen(original: Original, number: int) -> list[Callable[[Bed], None]]:
    """Which defects a table gets: each in turn, so that every kind is planted several times."""
    found: list[Callable[[Bed], None]] = [LABELS[number % len(LABELS)]] if original.classes else []
    place = number * 5
    while len(found) < A_TABLE:
        able = TEXTS[place % len(TEXTS)]
        place += 1
        if able not in found and not any({able, other} == pair for pair in _APART for other in found):
            if not original.classes and able in (near,):
                continue
            found.append(able)
    return found


def write(bed: Bed, path: Path) -> None:
    """The table as a file; rows that are torn are lines besides the others."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    text.write(bed.above)
    writer.writerow(bed.header)
    for place, row in enumerate(bed.rows):
        if bed.torn and place % 97 == 50 and place // 97 < bed.torn:
            writer.writerow([*row, "too", "many"])
        writer.writerow(row)
    path.write_bytes(text.getvalue().encode(bed.encoding))
    if bed.test:
        test = path.with_name(f"{path.stem}-asked.csv")
        with test.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([bed.header, *(bed.rows[row] for row in bed.test)])
        bed.settings["test"] = str(test)
