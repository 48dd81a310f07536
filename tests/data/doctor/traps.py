"""Every trap of the real data (its README lists them), with what the doctor is to say about it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from workbench.cli.doctor import options_of
from workbench.contracts.errors import WorkbenchError
from workbench.contracts.specs import DataSpec
from workbench.data.doctor import examine


@dataclass(frozen=True, kw_only=True)
class Trap:
    """One of them."""

    what: str
    """In the words of the README."""
    file: str
    kind: str
    """Of the finding; or ``encoding``, ``delimiter``, ``note``, ``error``: where else the report tells it."""
    count: int | None = None
    """Rows it concerns, where the README counts them."""
    says: str = ""
    """Stands in what is said."""
    column: str = ""
    settings: dict[str, Any] = field(default_factory=dict)


def _trap(what: str, file: str, kind: str, count: int | None = None, says: str = "", column: str = "", **settings: Any) -> Trap:
    return Trap(what=what, file=file, kind=kind, count=count, says=says, column=column, settings=settings)


_KIT, _HWU, _POEMS, _PAIRS = "H_csvkit", "A_hwu64_kfold1", "B_zh_poetry_dynasty", "C_tatoeba_en_zh/cmn.txt"
_TRAIN, _SUMS, _DATES = "A_banking77/train.csv", "C_seq2seq_addition_date/addition.txt", "C_seq2seq_addition_date/date.txt"
TRAPS: tuple[Trap, ...] = (
    _trap("quoted line breaks inside 10 train cells", _TRAIN, "line-breaks", 10),
    _trap("quoted line breaks inside 3 test cells", "A_banking77/test.csv", "line-breaks", 3),
    _trap("29 test texts are in train after folding case and punctuation", "A_banking77", "test-text-in-training", 29),
    _trap("sorted by label", _TRAIN, "sorted-by-label", 10_003),
    _trap("semicolons, all quoted, six columns", f"{_HWU}/trainset_merged.csv", "delimiter", says="semicolon cuts"),
    _trap("64 files, one per intent", f"{_HWU}/trainset", "note", says="64 files as one table"),
    _trap("next to a merged one", _HWU, "note", says="trainset_merged.csv is learned from"),
    _trap("tab, no header, label first", "B_zh_skewed/PCWeb_train.txt", "no-header"),
    _trap("tab, no header, label first", "B_zh_skewed/CnonC_train.txt", "no-header"),
    _trap("PCWeb classes have 2–262 rows", "B_zh_skewed/PCWeb_train.txt", "imbalance", says="262"),
    _trap("PCWeb classes have 2–262 rows", "B_zh_skewed/PCWeb_train.txt", "rare-classes", 2),
    _trap("two data sets in one folder", "B_zh_skewed", "error", says="several tables to learn from"),
    _trap("13 files of one table", _POEMS, "note", says="13 files as one table"),
    _trap("classes with one or two rows", _POEMS, "rare-classes", 2),
    _trap("one cell of 5,632 characters", _POEMS, "texts-cut", says="the longest has about"),
    _trap("characters outside the basic plane (in these copies none, but for private use)", _POEMS, "rare-characters"),
    _trap("199 poems hold '?' for a lost character", _POEMS, "lost-characters"),
    _trap("fixed width with _ between", _SUMS, "hidden-columns", says="'_' stands once"),
    _trap("fixed width with _ between", _DATES, "hidden-columns", says="'_' stands once"),
    _trap("spaces for padding", _SUMS, "padded-cells", delimiter="_"),
    _trap("8,422 dates repeat a source with the same meaning", _DATES, "duplicate-text", 8_422, delimiter="_"),
    _trap("tab, no header", _PAIRS, "no-header"),
    _trap("the third column is the attribution", _PAIRS, "notice-column", 22_075, "CC-BY"),
    _trap("37 exact duplicate pairs", _PAIRS, "duplicate-text", says="37 of them have the same target"),
    _trap("English sentences have several translations", _PAIRS, "several-targets", column="column1"),
    _trap("Chinese sentences have several translations", _PAIRS, "several-sources", column="column2"),
    _trap("Simplified and Traditional mixed", _PAIRS, "mixed-scripts", column="column2"),
    _trap("wikigold is IOB1: no B- tag anywhere", "D_wikigold/wikigold.conll.txt", "iob1-tags", says="and 0 with a B- tag"),
    _trap("no header", "E_G_sts2016/postediting.test.tsv", "no-header"),
    _trap("93 % of rows have no score", "E_G_sts2016/postediting.test.tsv", "empty-target", 3_043),
    _trap("NUL byte", f"{_KIT}/null_byte.csv", "invisible-characters", 1),
    _trap("old Mac line ends", f"{_KIT}/mac_newlines.csv", "old-line-ends"),
    _trap("UTF-16, big end first, without a hint", f"{_KIT}/test_utf16_big.csv", "old-encoding", says="UTF-16 BE"),
    _trap("UTF-16, little end first, without a hint", f"{_KIT}/test_utf16_little.csv", "old-encoding", says="UTF-16 LE"),
    _trap("Latin-1", f"{_KIT}/test_latin1.csv", "encoding-doubt", says="windows-1252"),
    _trap("byte order mark", f"{_KIT}/test_utf8_bom.csv", "encoding", says="UTF-8 byte order mark"),
    _trap("ragged", f"{_KIT}/bad.csv", "rejected-rows", 2),
    _trap("empty headers", f"{_KIT}/test_empty_columns.csv", "column-names", 2),
    _trap("lines to skip before the header", f"{_KIT}/realdata/Datagov_FY10_EDU_recp_by_State.csv", "lines-above", 2),
    _trap("a decoy first sheet", f"{_KIT}/sheets.xlsx", "several-sheets", says="'data' is the first with a table"),
    _trap("gzip", f"{_KIT}/dummy.csv.gz", "note", says="was unpacked"),
    _trap("bzip2", f"{_KIT}/dummy.csv.bz2", "note", says="was unpacked"),
    _trap("no header row", f"{_KIT}/no_header_row.csv", "no-header"),
    _trap("GB18030 with CRLF", "H_encodings_derived/sui.gb18030.crlf.csv", "old-encoding", says="gb18030"),
    _trap("UTF-8 with BOM", "H_encodings_derived/sui.utf8bom.crlf.csv", "encoding", says="byte order mark"),
    _trap("UTF-16LE with tabs under a .csv name", "H_encodings_derived/sui.utf16le_bom.tab.csv", "old-encoding", says="UTF-16"),
    _trap("UTF-16LE with tabs under a .csv name", "H_encodings_derived/sui.utf16le_bom.tab.csv", "delimiter", says="tab cuts"),
    _trap("string torture: codes of web pages", "H_blns/blns.json", "html"),
    _trap("string torture: characters that cannot be seen", "H_blns/blns.json", "invisible-characters"),
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Told:
    """What the doctor said of a trap."""

    kind: str
    evidence: str
    count: int | None = None
    mend: str = ""
    option: str = ""


@lru_cache(maxsize=4)
def _examined(spec: DataSpec) -> dict[str, Any]:  # Any: nested JSON values
    """Several traps of one table lie next to each other."""
    return examine(spec)


def told(trap: Trap, data: Path) -> Told | None:
    """What is said, or None where it is not."""
    try:
        report = _examined(DataSpec(table=str(data / trap.file), **trap.settings))
    except WorkbenchError as error:
        right = trap.kind == "error" and trap.says in error.what
        return Told(kind="error", evidence=error.what.replace(f"{data}/", ""), mend=error.mend) if right else None
    said = {"encoding": [report["encoding"]["evidence"]], "delimiter": [report["evidence"]["delimiter"]], "note": report["notes"]}
    if trap.kind in said:
        evidence = next((each for each in said[trap.kind] if trap.says in each), None)
        return None if evidence is None else Told(kind=trap.kind, evidence=evidence, mend="read so without asking")
    for finding in report["findings"]:
        fits = finding["kind"] == trap.kind and trap.says in finding["evidence"] and trap.column in (finding["column"] or "")
        if fits and trap.count in (None, finding["count"]):
            mend = finding["mends"][0]
            option = options_of(mend["settings"])
            evidence = finding["evidence"].replace(f"{data}/", "")
            return Told(kind=trap.kind, evidence=evidence, count=finding["count"], mend=f"{mend['name']}: {mend['does']}",
                        option=option)  # fmt: skip
    return None
