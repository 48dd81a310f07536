"""Find how a text file is cut into cells: try each delimiter and quote on its beginning and see which gives a table."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from workbench.contracts.errors import WorkbenchError
from workbench.contracts.specs import DataSpec
from workbench.data.header import is_number
from workbench.data.reading import Found, Passed, Rejected, Row
from workbench.data.records import Dialect, cut

_GLANCE = 200_000  # characters on which every delimiter is tried
_DELIMITERS = (",", "\t", ";", "|")
_SPELLED = {"\\t": "\t", "tab": "\t", "TAB": "\t"}
_TITLES = {",": "comma", "\t": "tab", ";": "semicolon", "|": "vertical bar", " ": "space"}


@dataclass(frozen=True, kw_only=True)
class Trial:
    """What a dialect makes of the beginning of a file."""

    dialect: Dialect
    rows: tuple[Row, ...]
    rejected: int
    width: int
    """Cells of a row of the table."""
    fitting: int
    """Rows that have so many."""
    lost: int
    """Lines of all other records."""

    @property
    def total(self) -> int:
        """Records seen, readable or not."""
        return len(self.rows) + self.rejected

    @property
    def share(self) -> float:
        """Share of the records that are rows of the table."""
        return self.fitting / max(1, self.total)


def try_dialect(lines: Sequence[str], dialect: Dialect) -> Trial:
    """Cut the lines and find the width of the table: that of its first record, unless nearly all others agree on another."""
    records = list(cut(lines, dialect))
    rows = tuple(record for record in records if isinstance(record, Row))
    rejected = sum(isinstance(record, Rejected) for record in records)
    widths = Counter(len(row.cells) for row in rows)
    width = len(rows[0].cells) if rows else 0
    if rows:
        commonest, count = widths.most_common(1)[0]
        if count >= 0.8 * len(rows) and len(rows) >= 4:
            width = commonest
    ends = [record.line for record in records[1:]] + [len(lines) + 1]
    unfit = [
        not isinstance(record, Passed) and not (isinstance(record, Row) and len(record.cells) == width) for record in records
    ]
    lost = sum(end - record.line for record, end, out in zip(records, ends, unfit, strict=True) if out)
    return Trial(dialect=dialect, rows=rows, rejected=rejected, width=width, fitting=widths[width], lost=lost)


def find_dialect(text: str, spec: DataSpec, *, suffix: str, where: str) -> tuple[Trial, Found[str | None], Found[str | None]]:
    """The dialect under which the text is most nearly a table, with the evidence for its delimiter and its quote.

    A trial of one column and no delimiter is the answer where no delimiter gives a table. The delimiter shows early; quotes
    that are letters may come late, so quoting is settled on all of the text.
    """
    all_lines = list(io.StringIO(text, newline=""))
    lines = list(io.StringIO(text[:_GLANCE], newline=""))
    lines = all_lines[: len(lines)]
    delimiters: tuple[str, ...] = _DELIMITERS
    if suffix in (".tsv", ".tab"):
        delimiters = ("\t", *(d for d in _DELIMITERS if d != "\t"))
    if spec.delimiter is not None:
        delimiters = (_SPELLED.get(spec.delimiter, spec.delimiter),)
    if {*delimiters} & {"\n", "\r"} or spec.quote in ("\n", "\r", *delimiters[: spec.delimiter is not None]):
        raise _impossible(spec, "they must differ, and a line end is neither", where)
    try:
        if spec.delimiter == "none":
            best = _best_quote(all_lines, None, spec)
            return best, Found(value=None, evidence="given: lines are not cut"), _quote_evidence(best, text, spec)
        trials = [_best_quote(lines, delimiter, spec) for delimiter in delimiters]
        if spec.delimiter is not None:
            best = _best_quote(all_lines, delimiters[0], spec)
            return best, Found(value=delimiters[0], evidence="given"), _quote_evidence(best, text, spec)
        fit = [trial for trial in trials if _is_table(trial, running_text_likely=suffix not in (".csv", ".tsv", ".tab"))]
        if not fit:
            fit = [trial for trial in [_best_quote(lines, " ", spec)] if _is_numeric_block(trial)]
        if not fit:
            best = _best_quote(all_lines, None, spec)
            told = ", ".join(f"{_title(t.dialect.delimiter)} in {t.share:.0%} of the records" for t in trials if t.width > 1)
            evidence = "no delimiter gives rows of equal width" + (f" ({told})" if told else "")
            return best, Found(value=None, evidence=evidence), _quote_evidence(best, text, spec)
    except (TypeError, ValueError) as error:
        raise _impossible(spec, str(error), where) from None
    best = max(fit, key=lambda trial: _merit(trial, delimiters))
    others = [t for t in fit if t is not best and _merit(t, delimiters) > _merit(best, delimiters) - 0.1]
    best = _best_quote(all_lines, best.dialect.delimiter, spec)
    evidence = (
        f"{_title(best.dialect.delimiter)} cuts {best.fitting:,} of the first {best.total:,} records into {best.width} cells"
    )
    if others:
        told = ", ".join(f"{_title(t.dialect.delimiter)} cuts {t.share:.0%} of them into {t.width} cells" for t in others)
        evidence += f"; also possible: {told}"
    signs = tuple(each.dialect.delimiter for each in others if each.dialect.delimiter is not None)
    found = Found[str | None](value=best.dialect.delimiter, evidence=evidence, sure=not others, others=signs)
    return best, found, _quote_evidence(best, text, spec)


def _impossible(spec: DataSpec, why: str, where: str) -> WorkbenchError:
    return WorkbenchError(
        f"delimiter {spec.delimiter!r} and quote {spec.quote!r} cannot cut a table: {why}",
        where=where,
        mend="Give two different characters, neither of them a line end.",
    )


def _merit(trial: Trial, delimiters: Sequence[str]) -> float:
    """Share of the rows that fit, less for a rarer delimiter, and much less when the first record, the header, does not."""
    rank = delimiters.index(trial.dialect.delimiter) if trial.dialect.delimiter in delimiters else 0
    return trial.share - 0.02 * rank - (0.2 if len(trial.rows[0].cells) != trial.width else 0)


def _best_quote(lines: Sequence[str], delimiter: str | None, spec: DataSpec) -> Trial:
    """The quoting under which a delimiter loses the fewest lines; plain double quotes when that is equal."""
    if spec.quote is not None:
        return try_dialect(lines, Dialect(delimiter=delimiter, quote=None if spec.quote == "none" else spec.quote))
    plain = try_dialect(lines, Dialect(delimiter=delimiter, quote='"'))
    if not plain.lost:
        return plain
    options = [plain, try_dialect(lines, Dialect(delimiter=delimiter, quote=None))]
    text = "".join(lines)
    if '\\"' in text:
        options.append(try_dialect(lines, Dialect(delimiter=delimiter, quote='"', escape="\\")))
    if delimiter is not None and delimiter + ' "' in text:
        options.append(try_dialect(lines, Dialect(delimiter=delimiter, quote='"', space_before_quote=True)))
    if delimiter is not None and f"'{delimiter}'" in text:
        options.append(try_dialect(lines, Dialect(delimiter=delimiter, quote="'")))
    return min(options, key=lambda trial: trial.lost)  # the first of equals


def _is_table(trial: Trial, *, running_text_likely: bool) -> bool:
    """Whether a delimiter makes a table; where the file's name does not promise one, nearly every record must fit."""
    if trial.width < 2:
        return False
    if not running_text_likely:
        return trial.share >= 0.4
    if trial.dialect.delimiter == "\t":
        return trial.share >= 0.9 and trial.total >= 2
    return trial.share >= 0.98 and trial.total >= 5


def _is_numeric_block(trial: Trial) -> bool:
    """Whether spaces cut every record into a word and numbers, as in a file of word vectors."""
    if trial.width < 3 or trial.total < 2 or trial.share < 1:
        return False
    return all(sum(map(is_number, row.cells)) >= trial.width - 1 for row in trial.rows[:100])


def _quote_evidence(trial: Trial, text: str, spec: DataSpec) -> Found[str | None]:
    quote = trial.dialect.quote
    if spec.quote is not None:
        return Found(value=quote, evidence="given")
    if quote is None:
        return Found(value=None, evidence='read as letters, " leaves more rows readable than as a quote')
    if quote not in text:
        return Found(value=quote, evidence=f"no {quote} in the first {len(text):,} characters; the usual one is assumed")
    extra = ", escaped by \\" if trial.dialect.escape else ", with spaces before it" if trial.dialect.space_before_quote else ""
    broken = "breaks" if trial.rejected == 1 else "break"
    return Found(
        value=quote, evidence=f"{quote} encloses cells{extra}: {trial.rejected} of {trial.total:,} records {broken} its rules"
    )


def _title(delimiter: str | None) -> str:
    return _TITLES.get(delimiter or "", repr(delimiter))
