"""What the layers below the window say, in the window's language.

They write English sentences from templates with values in them; `resources/translations/make.py` reads those templates from
their source. Here a sentence is laid beside the templates, its values are taken out, and the translated template is filled
with the same values. What fits no template stays as it is.
"""

from __future__ import annotations

import errno
import itertools
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QCoreApplication

from workbench.contracts.errors import Problem, SpecError, WorkbenchError
from workbench.resources import RESOURCES

CATALOGUE = RESOURCES / "translations" / "said.json"
"""Generated: the templates, each with the numbers of the values that are themselves sentences."""
CONTEXT = "Said"
"""Where the templates stand among the translations."""
LANGUAGE = "language of the window"
"""Translated into the language's own name; as it is here, the window speaks English."""
PROBLEM, PROBLEM_AND_WHY = "{0} = {1}: {2}", "{0} = {1}: {2} ({3})"
"""How a wrong setting is named: field, value, what is allowed, why."""
TWO = "{0} {1}"
"""Two sentences in a row."""
END = "{0}."
"""What is wrong, as a sentence of its own."""
NAMED = "{0}: {1}"
"""Something known and what is said of it."""
SEPARATOR = "; "
"""Between sentences that stand in one."""
COMMA = ", "
"""Between the items of a list."""
OS_ERRORS = {
    errno.ENOENT: "there is no such file or folder",
    errno.EACCES: "you have no permission for it",
    errno.EPERM: "you have no permission for it",
    errno.ENOSPC: "no room is left on the disk",
    errno.EFBIG: "it would be larger than the disk allows",
    errno.EROFS: "this disk can only be read",
    errno.EISDIR: "it is a folder",
    errno.ENOTDIR: "a part of the path is no folder",
    errno.EEXIST: "there is one of that name already",
    errno.ENAMETOOLONG: "its name is too long",
    errno.EBUSY: "another program uses it",
    errno.EMFILE: "too many files are open",
    errno.EIO: "the disk or drive does not answer as it should",
    errno.ETIMEDOUT: "no answer came in time",
}
"""What the system says in its own language, by its number."""
WINDOWS_ERRORS = {2: errno.ENOENT, 3: errno.ENOENT, 5: errno.EACCES, 32: errno.EBUSY, 33: errno.EBUSY, 39: errno.ENOSPC,
                  112: errno.ENOSPC, 206: errno.ENAMETOOLONG}  # fmt: skip
"""Numbers that Windows gives the same things."""

DEPTH = 3
"""Sentences within sentences within sentences."""
BEGINNING = 8
"""Letters before the first hole that tell one sentence from another."""
MOST = 24
"""Pieces between semicolons that are looked at."""
LONGEST = 20_000
"""Characters of a sentence that is looked at at all."""
LONGEST_QUOTING = 2_000
"""Characters of a sentence in which quotes are looked for: an open one is sought to the end, over and over."""

_GAP = re.compile(r" (?=[A-Z])")
_OS_ERROR = re.compile(r"\[(Errno|WinError) (\d+)\] [^'\"]*?(?:: (['\"].*))?", re.DOTALL)
_QUOTED = re.compile(r"""'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*\"""", re.DOTALL)
_CELL = re.compile(r"""(?<!\w)(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*\")(?!\w)""", re.DOTALL)
_STRAY = re.compile(r"""(?<!\w)['"]""")
_ITEM = re.compile(r"""(?>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|\([^()]*\)|[^,]|,(?!\ ))+""", re.DOTALL)
_HOLE = re.compile(r"\{(\d+)\}")


@dataclass(frozen=True)
class Template:
    """A sentence with holes: ``parts`` stand around them, hole i between ``parts[i]`` and ``parts[i + 1]``."""

    text: str
    parts: tuple[str, ...]
    holes: tuple[int, ...]
    """The number of the value in each hole."""
    within: frozenset[int]
    """Values that are sentences themselves."""
    lists: frozenset[int] = frozenset()
    """Values that are several, with commas between them."""

    def values(self, text: str) -> dict[int, str] | None:
        """The values by their numbers; None when the sentence does not fit.

        Each part is sought from the left, which finds a fit whenever there is one and takes time in proportion to the text; first
        outside quotes, for words of a cell (`crashes with error 8`) may be words of the sentence, too.
        """
        hidden = _without_quoted(text) if len(self.holes) > 1 else text
        found = self._fit(text, hidden) if hidden != text else None
        return self._fit(text, text) if found is None else found

    def _fit(self, text: str, sought: str) -> dict[int, str] | None:
        """The values; the parts between them are sought in a text of the same length."""
        first, last = self.parts[0], self.parts[-1]
        if not text.startswith(first) or not text.endswith(last) or len(text) < len(first) + len(last):
            return None
        found: dict[int, str] = {}
        at, end = len(first), len(text) - len(last)
        for number, part in zip(self.holes[:-1], self.parts[1:-1], strict=True):
            place = sought.find(part, at, end)
            if place < 0 or found.setdefault(number, text[at:place]) != text[at:place]:
                return None
            at = place + len(part)
        return found if found.setdefault(self.holes[-1], text[at:end]) == text[at:end] else None


def said(text: str) -> str:
    """A sentence of the layers below in the window's language; unchanged where there is no translation."""
    if not text or QCoreApplication.translate(CONTEXT, LANGUAGE) == LANGUAGE:
        return text
    return _said(text, DEPTH)


def said_error(error: WorkbenchError) -> tuple[str, str, str]:
    """What is wrong, where and how to mend it, in the window's language."""
    if isinstance(error, SpecError):
        what = QCoreApplication.translate(CONTEXT, SEPARATOR).join(map(said_problem, error.problems))
    else:
        what = said(error.what)
    return what, said(error.where), said(error.mend)


def said_whole(error: WorkbenchError) -> str:
    """What is wrong and how to mend it as two sentences in a row, in the window's language."""
    what, _, mend = said_error(error)
    if mend and what and what[-1] not in ".!?。！？":
        what = QCoreApplication.translate(CONTEXT, END).format(what)
    joint = "{0}{1}" if what.endswith(tuple("。！？")) else "{0} {1}"  # a full-width stop brings its own room
    return joint.format(what, mend).strip()


def said_problem(problem: Problem) -> str:
    """One wrong setting in the window's language: ``model.heads = 5: must be … (why)``."""
    template = PROBLEM_AND_WHY if problem.why else PROBLEM
    values = [problem.field, repr(problem.value), said(problem.allowed), said(problem.why)]
    return _filled(QCoreApplication.translate(CONTEXT, template), dict(enumerate(values)))


def templates() -> Sequence[Template]:
    """All sentences that have holes, in the order in which they are tried."""
    return _catalogue()[1]


def parse(text: str, within: Sequence[int] = (), lists: Sequence[int] = ()) -> Template:
    """A template from its text; a brace that is not around a number is a letter like any other."""
    pieces = _HOLE.split(text)
    return Template(text, tuple(pieces[::2]), tuple(map(int, pieces[1::2])), frozenset(within), frozenset(lists))


def _said(text: str, depth: int) -> str:
    if len(text) > LONGEST:
        return text
    found = _match(text)
    if SEPARATOR in text and depth > 1 and (found is None or not all(map(_is_whole, found[1].values()))):
        several = _several(text, depth - 1)
        if several:
            return several
    if found is None:
        return _os_error(text) or (_in_a_row(text, depth) if depth > 1 else text)
    template, values = found
    translated = QCoreApplication.translate(CONTEXT, template.text)
    for number, value in values.items():
        if number in template.lists:
            values = values | {number: _listed(value, depth - 1 if number in template.within else 0)}
        elif number in template.within and depth > 1:
            values = values | {number: _inner(value, depth - 1)}
    return _filled(translated, values)


def _os_error(text: str) -> str:
    """What the system says, by its number; empty where it is not that or not known."""
    match = _OS_ERROR.fullmatch(text)
    if match is None:
        return ""
    number = int(match[2])
    what = OS_ERRORS.get(WINDOWS_ERRORS.get(number, 0) if match[1] == "WinError" else number)
    if what is None:
        return ""
    told = QCoreApplication.translate(CONTEXT, what)
    return _filled(QCoreApplication.translate(CONTEXT, NAMED), {0: told, 1: match[3]}) if match[3] else told


def _listed(text: str, depth: int) -> str:
    """A list as the language writes it; a comma within quotes or brackets belongs to its item."""
    items = [item.removeprefix(" ") for item in _ITEM.findall(text)]
    if (depth > 0 and len(items) > MOST) or COMMA.join(items) != text:
        return text
    return QCoreApplication.translate(CONTEXT, COMMA).join(_said_item(item, depth) for item in items)


def _said_item(text: str, depth: int) -> str:
    """An item that is a sentence, or a sentence and what is said of it (``empty text: 5``); else as it is."""
    if depth <= 0:
        return text
    known, colon, value = text.rpartition(": ")
    if colon and _match(text) is None and _match(known) is not None:
        return _filled(QCoreApplication.translate(CONTEXT, NAMED), {0: _said(known, depth), 1: value})
    return _inner(text, depth)


def _in_a_row(text: str, depth: int) -> str:
    """Two sentences with a space between them, such as what is wrong and how to mend it; else the text as it is."""
    for gap in itertools.islice(_GAP.finditer(text), MOST):
        first, second = text[: gap.start()], text[gap.end() :]
        if _match(first) is not None and _match(second) is not None:
            closed = first.endswith((".", "!", "?"))  # then its translation brings its own full stop
            joint = "{0}{1}" if closed else QCoreApplication.translate(CONTEXT, TWO)
            return _filled(joint, {0: _said(first, depth - 1), 1: _said(second, depth - 1)})
    return text


def _inner(text: str, depth: int) -> str:
    """A sentence that stands within another, or several of them."""
    return _several(text, depth) or _said(text, depth)


def _several(text: str, depth: int) -> str:
    """Sentences with semicolons between them; empty where the text is not made of such.

    A semicolon may also stand in a value, so pieces are joined until they are a sentence whose values are whole.
    """
    pieces = text.split(SEPARATOR)
    found: list[str] = []
    if len(pieces) <= MOST:
        start = 0
        for end in range(1, len(pieces) + 1):
            sentence = SEPARATOR.join(pieces[start:end])
            fit = _match(sentence.strip())
            if fit is not None and all(map(_is_whole, fit[1].values())):
                found.append(sentence.replace(sentence.strip(), _said(sentence.strip(), depth), 1))
                start = end
        if start == len(pieces):
            return QCoreApplication.translate(CONTEXT, SEPARATOR).join(found)
    return ""


def _is_whole(value: str) -> bool:
    """Whether quotes that open at the beginning of a value close at its end, and the other way round, and all within do."""
    if _STRAY.search(_QUOTED.sub("", value)):
        return False
    return not value or all((value[0] == quote) == (value[-1] == quote) and value != quote for quote in "'\"")


@lru_cache(maxsize=64)
def _without_quoted(text: str) -> str:
    """The text with everything in quotes blotted out, as long as before."""
    return _CELL.sub(lambda cell: "\0" * len(cell[0]), text) if len(text) <= LONGEST_QUOTING else text


def _filled(template: str, values: dict[int, str]) -> str:
    return _HOLE.sub(lambda hole: values.get(int(hole[1]), hole[0]), template)


@lru_cache(maxsize=2048)
def _match(text: str) -> tuple[Template, dict[int, str]] | None:
    whole, holed = _catalogue()
    if text in whole:
        return whole[text], {}
    for template in holed:
        values = template.values(text)
        if values is not None:
            return template, values
    return None


@lru_cache(maxsize=1)
def _catalogue() -> tuple[dict[str, Template], tuple[Template, ...]]:
    try:
        entries = json.loads(CATALOGUE.read_text(encoding="utf-8"))
        made = [parse(entry["text"], entry.get("within", ()), entry.get("lists", ())) for entry in entries]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):  # shipped broken: then the window says it in English
        made = []
    whole = {template.text: template for template in made if not template.holes}
    holed = sorted((template for template in made if template.holes), key=_order)
    return whole, tuple(holed)


def _order(template: Template) -> tuple[int, int, str]:
    """The longest beginning first, then the most letters: what begins with a hole would swallow the beginning of others."""
    beginning = len(template.parts[0])
    return (-beginning if beginning >= BEGINNING else 0, -sum(map(len, template.parts)), template.text)
