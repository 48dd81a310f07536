"""Clean tables to plant defects in: real ones where they are present, else those that come with the project.

They are made clean by plain means of their own, not by the doctor's: its findings in them are false alarms.
"""

from __future__ import annotations

import csv
import random
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.conftest import DATA, ROOT

Rows = list[list[str]]
MOST, LARGEST, FEWEST = 600, 60, 15
"""Rows of a table; rows of a class at most, and at least."""
_ODD = re.compile(r"[?]\w|[<>&\ufffd\n\r\t\u200b]|[\u4e00-\u9fff][?]|[?][\u4e00-\u9fff]|^[=+@-]")


@dataclass(frozen=True, kw_only=True)
class Original:
    """A clean table of texts and what is told of them."""

    name: str
    header: tuple[str, str]
    rows: Rows
    classes: bool
    """The second column holds classes, else texts."""


def originals() -> list[Original]:
    """All clean tables there are here."""
    found = []
    for name, header, path, classes in _sources():
        clean = _clean(_read(path, name), classes)
        if len(clean) >= 100:
            found.append(Original(name=name, header=header, rows=clean, classes=classes))
    return found


def _sources() -> Iterator[tuple[str, tuple[str, str], Path, bool]]:
    samples = ROOT / "sample_data"
    yield "reviews", ("text", "label"), samples / "reviews.csv", True
    yield "评论", ("文本", "标签"), samples / "评论.csv", True
    yield "translation", ("english", "chinese"), samples / "translation.csv", False
    for name, header, path, classes in (
        ("banking77", ("text", "category"), DATA / "A_banking77" / "train.csv", True),
        ("hwu64", ("text", "intent"), DATA / "A_hwu64_kfold1" / "trainset_merged.csv", True),
        ("poems", ("内容", "朝代"), DATA / "B_zh_poetry_dynasty", True),
        ("pcweb", ("text", "label"), DATA / "B_zh_skewed" / "PCWeb_train.txt", True),
        ("tatoeba", ("english", "chinese"), DATA / "C_tatoeba_en_zh" / "cmn.txt", False),
    ):
        if path.exists():
            yield name, header, path, classes


def _read(path: Path, name: str) -> Rows:
    if name == "poems":
        parts = [list(csv.reader(part.read_text(encoding="utf-8").splitlines())) for part in sorted(path.glob("*.csv"))]
        return [[row[3], row[1]] for part in parts for row in part[1:] if len(row[3]) < 200]
    text = path.read_bytes().decode("gb18030" if name == "评论" else "utf-8")
    if name in ("pcweb", "tatoeba"):
        cut = [line.split("\t") for line in text.splitlines()]
        return [[row[1], row[0]] if name == "pcweb" else row[:2] for row in cut]
    rows = list(csv.reader(text.splitlines(keepends=True), delimiter=";" if name == "hwu64" else ","))[1:]
    return [[row[5], f"{row[1]} {row[2]}"] for row in rows] if name == "hwu64" else [row[:2] for row in rows]


def _key(text: str) -> str:
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text).casefold()))


def _clean(rows: Rows, classes: bool) -> Rows:
    """Each text once and unlike all others, in an order by chance; classes of like sizes."""
    chance = random.Random(0)
    chance.shuffle(rows)
    seen: set[str] = set()
    sizes: Counter[str] = Counter()
    halves: dict[str, set[str]] = defaultdict(set)
    clean: Rows = []
    for text, target in ([" ".join(cell.split()) for cell in row] for row in rows):
        key, other = _key(text), _key(target)
        parts = {key[: len(key) // 3], key[-(len(key) // 3) :]} if len(key) >= 18 else set()
        alike = not seen.isdisjoint({key}) or (not classes and not seen.isdisjoint({other}))
        near = any(part in halves["part"] for part in parts)
        if not key or not other or alike or near or _ODD.search(text) or (classes and sizes[target] >= LARGEST):
            continue
        seen.update({key} | (set() if classes else {other}))
        halves["part"] |= parts
        sizes[target] += 1
        clean.append([text, target])
    if classes:
        clean = [row for row in clean if sizes[row[1]] >= FEWEST]
    return clean[:MOST] if not classes else _even(clean)


def _even(rows: Rows) -> Rows:
    """The first classes until there are rows enough, so that none is torn."""
    kept: set[str] = set()
    sizes = Counter(row[1] for row in rows)
    for label in dict.fromkeys(row[1] for row in rows):
        if not kept or sum(sizes[each] for each in kept) + sizes[label] <= MOST:
            kept.add(label)
    return [row for row in rows if row[1] in kept]
