"""JSON: an object in each line, or an array of them.

A file in the nested form of SQuAD becomes a row for each question, with its first answer. Cells become text: nothing is
``""``, a list of words or numbers is joined by spaces (a space inside a word becomes a no-break space, as in
`workbench.data.conll`), anything deeper stays JSON. Numbers keep the digits they were written with.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Self

from workbench.contracts.errors import WorkbenchError
from workbench.data.delimited import numbered_lines
from workbench.data.encoding import LOST, Encoding, open_text
from workbench.data.reading import Found, Passed, Reading, Rejected, Row

_NAMED_BY = 10_000  # lines whose fields become the columns
_LONGEST_ARRAY = 256 << 20
_SAVE_LINES = 'Save it as JSON lines: an object such as {"text": "…", "label": "…"} in each line.'


@dataclass(frozen=True, kw_only=True)
class JsonLinesSource:
    """An object in each line."""

    path: Path
    columns: tuple[str, ...]
    reading: Reading

    def records(self) -> Iterator[Row | Rejected | Passed]:
        """One row an object; a line that is none, or that has a field of its own, is rejected."""
        for number, line in enumerate(numbered_lines(self.path, self.reading.encoding.name), 1):
            if not line.strip():
                yield Passed(line=number, what="blank line")
                continue
            cells = _cells(_fields_of(line), self.columns)
            yield _rejected(number, line, cells) if isinstance(cells, str) else Row(line=number, cells=cells)


@dataclass(frozen=True, kw_only=True)
class JsonArraySource:
    """An array that is the whole file; lines count its elements."""

    elements: Sequence[object]
    columns: tuple[str, ...]
    reading: Reading

    def records(self) -> Iterator[Row | Rejected | Passed]:
        """One row an element."""
        for number, element in enumerate(self.elements, 1):
            cells = _cells(_fields(element), self.columns)
            yield _rejected(number, json.dumps(element), cells) if isinstance(cells, str) else Row(line=number, cells=cells)


def open_json_lines(path: Path, encoding: Encoding, *, where: str) -> JsonLinesSource:
    """A file with an object in each line.

    Raises:
        WorkbenchError: none of the first lines is an object with fields.
    """
    lines = islice((line for line in numbered_lines(path, encoding.name) if line.strip()), _NAMED_BY)
    columns = _columns(map(_fields_of, lines))
    if not columns:
        raise WorkbenchError("no line holds a JSON object with fields", where=where, mend=_SAVE_LINES)
    return JsonLinesSource(path=path, columns=columns, reading=self_named(encoding, "a JSON object in each line"))


def open_json(path: Path, encoding: Encoding, *, where: str) -> JsonLinesSource | JsonArraySource:
    """A file that is one array (of objects, or of texts), or that has an object in each line after all.

    Raises:
        WorkbenchError: broken JSON, rows that are not at the top, or an array too large to hold in memory.
    """
    if path.stat().st_size > _LONGEST_ARRAY:
        raise WorkbenchError("the array is too large to be read in one piece", where=where, mend=_SAVE_LINES)
    with open_text(path, encoding.name) as file:
        text = file.read().removeprefix("\ufeff")
    try:
        content = json.loads(text, parse_float=_Decimal, object_pairs_hook=_once)
    except (ValueError, RecursionError) as error:
        first = next((line for line in text.splitlines() if line.strip()), "")
        if isinstance(_fields_of(first), dict):
            return open_json_lines(path, encoding, where=where)
        raise WorkbenchError(f"this is not valid JSON: {error}", where=where, mend="Mend the named place.") from None
    questions = _squad(content)
    if questions is not None:
        content = questions
    if isinstance(content, dict) and any(isinstance(value, (dict, list)) for value in content.values()):
        names = ", ".join(map(repr, list(content)[:6]))
        raise WorkbenchError(f"the rows are not at the top: the file is one object with {names}", where=where, mend=_SAVE_LINES)
    elements = content if isinstance(content, list) else [content]
    if not any(isinstance(element, dict) for element in elements):
        elements = [{"text": element} for element in elements]
    columns = _columns(map(_fields, elements))
    if not columns:
        raise WorkbenchError("there are no rows in it", where=where, mend="Give a file with rows in it.")
    return JsonArraySource(
        elements=elements, columns=columns, reading=self_named(encoding, f"a JSON array of {len(elements):,} elements")
    )


def _squad(content: object) -> list[dict[str, object]] | None:
    """A row for each question of a file in the form of SQuAD (articles, paragraphs, questions), or None where it is another."""
    if not isinstance(content, dict) or not isinstance(content.get("data"), list):
        return None
    rows: list[dict[str, object]] = []
    try:
        for article in content["data"]:
            for paragraph in article["paragraphs"]:
                for asked in paragraph["qas"]:
                    first = next(iter(asked.get("answers") or ()), {"text": "", "answer_start": ""})
                    rows.append({
                        "id": asked.get("id", ""), "question": asked["question"], "context": paragraph["context"],
                        "answer": first["text"], "answer_start": first["answer_start"],
                    })  # fmt: skip
    except (KeyError, TypeError, AttributeError):
        return None
    return rows


def self_named(encoding: Encoding, why: str) -> Reading:
    """The reading of a file whose rows name their fields."""
    none = Found[str | None](value=None, evidence=f"{why} has no delimiter")
    header = Found(value=True, evidence="the rows name their fields")
    return Reading(kind=Found(value="table", evidence=why), encoding=encoding, delimiter=none, quote=none, header=header)


def _columns(rows: Iterable[dict[str, str] | str]) -> tuple[str, ...]:
    """The fields of all objects, in the order in which they first stand."""
    return tuple(dict.fromkeys(name for fields in rows if isinstance(fields, dict) for name in fields))


def _cells(fields: dict[str, str] | str, columns: tuple[str, ...]) -> tuple[str, ...] | str:
    """The cells of a row, or why the fields are none."""
    if isinstance(fields, str):
        return fields
    strange = fields.keys() - set(columns)
    if strange:
        return f"has a field {min(strange)!r} that none of the first {_NAMED_BY:,} rows has"
    return tuple(fields.get(name, "") for name in columns)


def _rejected(number: int, text: str, reason: str) -> Rejected:
    return Rejected(line=number, text=text.rstrip("\r\n").replace(LOST, "\ufffd"), reason=reason)


def _fields_of(line: str) -> dict[str, str] | str:
    """The fields of the object a line holds, or why it holds none."""
    if LOST in line:
        return "holds bytes that are not valid text"
    try:
        return _fields(json.loads(line, parse_float=_Decimal, object_pairs_hook=_once))
    except (ValueError, RecursionError) as error:
        return f"is not valid JSON: {error}"


def _fields(value: object) -> dict[str, str] | str:
    """The fields of an object as text, or why they cannot be had."""
    if not isinstance(value, dict):
        return "is no JSON object"
    fields = {name: _text(content) for name, content in value.items()}
    try:
        "".join((*fields, *fields.values())).encode("utf-8")
    except UnicodeEncodeError:
        return "holds half of a surrogate pair, which is no character"
    return fields


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    fields = dict(pairs)
    if len(fields) < len(pairs):
        raise ValueError("a field stands twice in an object")
    return fields


class _Decimal(float):
    """A number that remembers how it was written."""

    def __new__(cls, text: str) -> Self:
        number = super().__new__(cls, text)
        number.text = text
        return number

    text: str


def _text(value: object) -> str:
    """A JSON value as the text of a cell."""
    if value is None:
        return ""
    if isinstance(value, (str, _Decimal)):
        return value if isinstance(value, str) else value.text
    if isinstance(value, list) and not any(isinstance(item, (list, dict)) for item in value):
        return " ".join(_text(item).replace(" ", "\u00a0") for item in value)
    return json.dumps(value, ensure_ascii=False)
