"""Bring the translations up to date: collect what is said, update ``workbench_zh_CN.ts``, compile ``workbench_zh_CN.qm``.

    python resources/translations/make.py            # collect, update, compile
    python resources/translations/make.py --missing  # also list what is not translated yet

What widgets say with ``tr`` is collected by Qt's own lupdate. What all others say — errors, evidence, explanations of
settings — is collected here from their source: every string that reads like a sentence, with a numbered hole where an
f-string holds a value. Choices (``a if b else c``, ``a or b``) and names that stand for strings are spelled out, so that
each template is a whole sentence a translator can read.
"""

from __future__ import annotations

import argparse
import ast
import itertools
import json
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
ROOT = FOLDER.parent.parent
PACKAGE = ROOT / "workbench"
LAYERS = ("contracts", "data", "engine", "runs", "gui")
SAID = FOLDER / "said.json"
TS = FOLDER / "workbench_zh_CN.ts"
QM = FOLDER / "workbench_zh_CN.qm"
CONTEXT = "Said"
OWN = ("language of the window", "{0} = {1}: {2}", "{0} = {1}: {2} ({3})", "{0} {1}", "{0}.", "{0}: {1}", "; ", ", ")
"""What `workbench.gui.words` itself has translated in this context."""
FOR_FILES = frozenset({"film_pair_picture", "model_card", "over_picture", "sheet_page", "studied"})
"""Modules whose sentences go into files that are handed on, and stay English."""
SPELLED = {
    "must be {0} {1}": ("must be at least {0}", "must be more than {0}", "must be at most {0}", "must be less than {0}"),
    "B has no {0} attention": ("B has no encoder attention", "B has no decoder attention", "B has no cross attention"),
    "no {0} attention was recorded": tuple(f"no {kind} attention was recorded" for kind in ("encoder", "decoder", "cross")),
    "stopped while {0}": (
        "stopped while learning the vocabulary", "stopped while encoding", "stopped while encoding {0}", "stopped while reading",
        "encoding", "encoding {0}", "encoding train", "encoding validation", "encoding test", "reading", "comma", "tab",
        "semicolon", "vertical bar", "space", "an SQLite database", "an HDF5 file", "a NumPy array", "an Arrow file",
        "a RAR archive", "a 7z archive", "a Zstandard archive", "a dBASE table", "an XML document", "a picture", "a program",
    ),
}  # fmt: skip
"""Sentences made of words from tables, which the source alone does not show."""
NESTED = {
    "{0} cuts {1} of": 0, "{0} in {1} of the records": 0, "not valid UTF-8; read as": 3, "this file holds": 0,
    "a file could not": 0,
}  # fmt: skip
"""A value, by the beginning of its template, that is a word of ours."""

ARGUMENTS = frozenset(("what", "mend", "where", "evidence", "reason", "help", "allowed", "why", "message", "note", "trouble"))
"""Keyword arguments and names that hold sentences, be they a single word."""
SENTENCES = frozenset((
    "error", "reason", "told", "why", "note", "notes", "evidence", "trouble", "extra", "guess", "remarks", "kept", "what", "mend"
))  # fmt: skip
"""A value of this name is itself something that is said."""
SPEAKING = frozenset(("WorkbenchError", "RunFailed", "DiskFull", "Cancelled", "progress", "Found", "_latin", "_own", "_wide"))
"""Calls whose first argument is said: errors, stages of work, the names of languages."""
SILENT = frozenset((
    "tr", "translate",  # collected by lupdate
    "counted",  # its words are parts of the sentence that it stands in
    "getLogger", "debug", "info", "warning", "error", "exception", "critical", "compile", "execute", "query", "query_one",
    "filterwarnings", "simplefilter",
))  # fmt: skip
"""Calls that say nothing a person reads here."""
MOST = 12
"""Spelled-out forms of one sentence; a string with more choices keeps holes for them."""

_WORDS = re.compile(r"[a-z]{2,}[,;:]? [a-z(]{1,}")
_HAN = re.compile(r"[\u2e80-\u9fff]")
_SQL = re.compile(r"\b(SELECT|CREATE|INSERT|DROP|FROM|WHERE|COPY|WITH|SET|ATTACH|PRAGMA|EXPLAIN|ALTER|DELETE) ")


@dataclass(frozen=True)
class Hole:
    """A value in a sentence."""

    sentence: bool = False
    listed: bool = False
    """Several, with commas between them."""


Form = tuple["str | Hole", ...]


@dataclass
class Scope:
    """What names stand for inside one function, and around it."""

    values: dict[str, list[ast.expr]] = field(default_factory=dict)
    parent: Scope | None = None

    def find(self, name: str) -> list[ast.expr]:
        if name in self.values:
            return self.values[name]
        return self.parent.find(name) if self.parent else []


def forms(node: ast.expr, scope: Scope, depth: int = 0) -> list[Form]:
    """All ways a string expression can read; a hole for what is not known."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [(node.value,)]
    if isinstance(node, ast.JoinedStr):
        return _joined([forms(part, scope, depth) for part in node.values])
    if isinstance(node, ast.FormattedValue):
        if node.conversion == -1 and node.format_spec is None:
            return forms(node.value, scope, depth)
        return [(Hole(),)]
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return _joined([forms(node.left, scope, depth), forms(node.right, scope, depth)])
    if isinstance(node, ast.IfExp):
        return _distinct([*forms(node.body, scope, depth), *forms(node.orelse, scope, depth)])
    if isinstance(node, ast.BoolOp) and isinstance(node.op, ast.Or):
        return _distinct([form for value in node.values for form in forms(value, scope, depth)])
    if isinstance(node, ast.Name):
        known = scope.find(node.id) if depth < 3 else []
        told: list[Form] = [form for value in known for form in forms(value, scope, depth + 1)]
        if told and all(any(isinstance(piece, str) for piece in form) or form == () for form in told):
            return _distinct(told)
        listed = any(isinstance(piece, Hole) and piece.listed for form in told for piece in form)
        return [(Hole(node.id in SENTENCES, listed),)]
    if isinstance(node, ast.Attribute):
        return [(Hole(node.attr in SENTENCES),)]
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "join":
        joint = node.func.value.value if isinstance(node.func.value, ast.Constant) else ""
        return [(Hole(joint in ("; ", " ") or (joint == ", " and _speaks(node.args[0])), joint == ", "),)]
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "counted":
        one, many = (forms(words, scope, depth) for words in node.args[1:])
        return _distinct([*_joined([[("1 ",)], one]), *_joined([[(Hole(), " ")], many])])
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "listed":
        return [(Hole(listed=True),)]
    return [(Hole(),)]


def _speaks(items: ast.expr) -> bool:
    """Whether items that are made one by one have words of ours in them, and are not only a person's or a setting's."""
    made = items.elt if isinstance(items, (ast.GeneratorExp, ast.ListComp)) else None
    parts = made.values if isinstance(made, ast.JoinedStr) else []
    return any(isinstance(part, ast.Constant) and re.search(r"[a-z]{2}", str(part.value)) for part in parts)


def _joined(parts: list[list[Form]]) -> list[Form]:
    count = 1
    for at, options in enumerate(parts):
        if count * len(options) > MOST:
            parts[at] = [(Hole(True),)]
        count *= len(parts[at])
    return _distinct([tuple(itertools.chain.from_iterable(chosen)) for chosen in itertools.product(*parts)])


def _distinct(found: list[Form]) -> list[Form]:
    return list(dict.fromkeys(found))


Kinds = dict[str, list[int]]
"""Which holes hold sentences (``within``) and which hold ``lists``; one that holds neither is named nowhere."""


def template(form: Form) -> tuple[str, Kinds]:
    """The form as text with numbered holes, and what these hold."""
    text, kinds, number = "", Kinds(), 0
    for piece in form:
        if isinstance(piece, str):
            text += piece
        else:
            text += f"{{{number}}}"
            for kind, holds in (("within", piece.sentence), ("lists", piece.listed)):
                if holds:
                    kinds.setdefault(kind, []).append(number)
            number += 1
    return text, kinds


class Collector(ast.NodeVisitor):
    """Walks one file and keeps what is said in it."""

    def __init__(self) -> None:
        self.found: dict[str, Kinds] = {}
        self.scope = Scope()

    def keep(self, node: ast.expr, *, sure: bool = False) -> None:
        for form in forms(node, self.scope):
            text, kinds = template(form)
            bare = re.sub(r"\{\d+\}", "", text)
            if _said(bare) or (sure and re.search(r"[a-z]{3}", bare)):
                self.found.setdefault(text.strip(), kinds)

    def visit_Module(self, node: ast.Module) -> None:
        self._walk(node)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        self.scope = Scope(parent=self.scope)
        self._walk(node)
        self.scope = self.scope.parent or self.scope

    def _walk(self, node: ast.Module | ast.FunctionDef) -> None:
        for each in _own_nodes(node):
            if isinstance(each, ast.Assign) and isinstance(each.targets[0], ast.Name):
                self.scope.values.setdefault(each.targets[0].id, []).append(each.value)
            elif isinstance(each, ast.AugAssign) and isinstance(each.target, ast.Name):
                before = self.scope.values.get(each.target.id, [])
                more = [ast.BinOp(left=value, op=ast.Add(), right=each.value) for value in before]
                self.scope.values[each.target.id] = [*before, *more]
                for whole in more:
                    self.keep(whole)
        for child in ast.iter_child_nodes(node):
            self.visit(child)

    def visit_Expr(self, node: ast.Expr) -> None:
        if not isinstance(node.value, ast.Constant):  # a docstring is not said
            self.generic_visit(node)

    def visit_Raise(self, node: ast.Raise) -> None:
        name = node.exc.func.id if isinstance(node.exc, ast.Call) and isinstance(node.exc.func, ast.Name) else ""
        if name not in ("ValueError", "TypeError", "IndexError", "KeyError", "RuntimeError", "AssertionError"):  # defects
            self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if name in SILENT:
            return
        for word in node.keywords:
            if word.arg in ARGUMENTS:
                self.keep(word.value, sure=True)
        if name in SPEAKING and node.args:
            self.keep(node.args[0], sure=True)
        self.generic_visit(node)

    def visit_Assign(self, node: ast.Assign) -> None:
        name = node.targets[0].id if isinstance(node.targets[0], ast.Name) else ""
        if name in ARGUMENTS:
            self.keep(node.value, sure=True)
        self.generic_visit(node)

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        self.keep(node)
        for part in node.values:
            if isinstance(part, ast.FormattedValue):
                self.visit(part.value)

    def visit_BinOp(self, node: ast.BinOp) -> None:
        self.keep(node)
        if not isinstance(node.op, ast.Add):
            self.generic_visit(node)

    def visit_Constant(self, node: ast.Constant) -> None:
        if isinstance(node.value, str):
            self.keep(node)


def _own_nodes(node: ast.AST) -> Iterator[ast.AST]:
    """All nodes of a function or module that are not inside a function within it."""
    for child in ast.iter_child_nodes(node):
        yield child
        if not isinstance(child, (ast.FunctionDef, ast.ClassDef, ast.Lambda)):
            yield from _own_nodes(child)


def _said(bare: str) -> bool:
    """Whether text reads like something said to a person."""
    return (
        _WORDS.search(bare) is not None and _HAN.search(bare) is None and _SQL.search(bare) is None
        and not ("\\" in bare or "://" in bare or (len(bare) > 150 and not re.search(r"[.,;:]", bare)))
    )  # fmt: skip


def _useful(text: str) -> bool:
    """Whether a template can be a whole sentence: no option or setting by its name, no tail of another sentence."""
    return re.fullmatch(r"[\w.={}\- ]*[.=][\w {}]+|--\w+|[,;<].*|at least|at most|less than|more than", text) is None


def collect() -> list[dict[str, object]]:
    """Everything that is said without ``tr``: by the layers below the window, and by errors that the window raises."""
    found: dict[str, Kinds] = {}
    for layer in LAYERS:
        for path in sorted((PACKAGE / layer).rglob("*.py")):
            if path.stem in FOR_FILES:
                continue
            collector = Collector()
            collector.visit(ast.parse(path.read_text(encoding="utf-8")))
            for text, kinds in collector.found.items():
                found.setdefault(text, kinds)
    for text, more in SPELLED.items():
        del found[text]
        found |= {text: {} for text in more}
    found = {text: kinds for text, kinds in found.items() if _useful(text)}
    for beginning, number in NESTED.items():
        for text, kinds in found.items():
            if text.startswith(beginning):
                kinds["within"] = sorted({*kinds.get("within", ()), number})
    return [{"text": text, **kinds} for text, kinds in sorted(found.items())]


def as_json(entries: list[dict[str, object]]) -> str:
    """The catalogue as the file holds it."""
    return "[\n" + ",\n".join(json.dumps(entry, ensure_ascii=False) for entry in entries) + "\n]\n"


Key = tuple[str, str, str]
"""Context, source text, comment."""


def read(path: Path) -> dict[Key, ET.Element]:
    """The messages of a .ts file."""
    if not path.exists():
        return {}
    return {
        (context.findtext("name", ""), message.findtext("source", ""), message.findtext("comment", "")): message
        for context in ET.parse(path).getroot().iter("context")
        for message in context.iter("message")
    }


def translation(message: ET.Element) -> str:
    """What a message is translated to; empty where it is not."""
    return message.findtext("translation", "") if message.find("translation") is not None else ""


def tool(name: str) -> str:
    """One of Qt's tools: those beside this Python, whether or not its environment is active."""
    return shutil.which(name, path=str(Path(sys.executable).parent)) or name


def update(entries: list[dict[str, object]], known: dict[str, str], ts: Path = TS) -> list[Key]:
    """Bring a .ts file up to date with the sources.

    Args:
        entries: What the layers below say.
        known: Further translations by source text, or by ``context|source text``; taken over before those the file has.
        ts: The file.

    Returns:
        What has no translation yet.
    """
    before = {key: translation(message) for key, message in read(ts).items()}
    by_text = {source: text for (_, source, _), text in before.items() if text}
    sources = sorted(str(path.relative_to(ROOT)) for path in (PACKAGE / "gui").rglob("*.py"))
    command = [tool("pyside6-lupdate"), *sources, "-no-obsolete", "-locations", "none", "-source-language", "en",
               "-target-language", "zh_CN", "-ts", str(ts)]  # fmt: skip
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    messages = [key for key in read(ts) if key[0] != CONTEXT]
    messages += [(CONTEXT, text, "") for text in (*OWN, *(str(entry["text"]) for entry in entries))]
    root = ET.Element("TS", version="2.1", language="zh_CN", sourcelanguage="en")
    missing = []
    for name, group in itertools.groupby(sorted(set(messages)), key=lambda key: key[0]):
        context = ET.SubElement(root, "context")
        ET.SubElement(context, "name").text = name
        for key in group:
            _, source, comment = key
            text = known.get(f"{name}|{source}") or known.get(source) or before.get(key) or by_text.get(source, "")
            message = ET.SubElement(context, "message")
            ET.SubElement(message, "source").text = source
            if comment:
                ET.SubElement(message, "comment").text = comment
            made = ET.SubElement(message, "translation", {} if text else {"type": "unfinished"})
            made.text = text
            missing += [] if text else [key]
    ET.indent(root, "    ")
    whole = ET.tostring(root, encoding="unicode")
    ts.write_text(f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n{whole}\n', encoding="utf-8")
    return missing


def compile_to(qm: Path, ts: Path = TS) -> None:
    """Compile a .ts file to what `QTranslator` loads."""
    subprocess.run([tool("pyside6-lrelease"), "-silent", str(ts), "-qm", str(qm)], check=True, capture_output=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--missing", action="store_true", help="list what is not translated")
    parser.add_argument("--fill", type=Path, action="append", default=[], help="JSON with translations by source text")
    asked = parser.parse_args()
    known: dict[str, str] = {}
    for path in asked.fill:
        known |= json.loads(path.read_text(encoding="utf-8"))
    entries = collect()
    SAID.write_text(as_json(entries), encoding="utf-8")
    missing = update(entries, known)
    compile_to(QM)
    if asked.missing:
        for context, source, _ in missing:
            sys.stdout.write(f"{context}: {source!r}\n")
    sys.stderr.write(f"{len(entries)} sentences of the layers below; {len(missing)} texts are not translated\n")


if __name__ == "__main__":
    main()
