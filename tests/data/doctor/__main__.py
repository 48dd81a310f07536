"""`python -m tests.data.doctor`: let the doctor look for every trap of the real data and write docs/doctor.md."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.conftest import DATA, ROOT
from tests.data.doctor.traps import TRAPS, told
from workbench.contracts.mends import LABEL_MENDS, ROW_MENDS, TEXT_MENDS

_TITLE = """# The doctor

`attention-workbench doctor TABLE` reads a table (or a folder of tables) and says what is odd in it: each finding with its
count, its evidence, its rows and its mends, the recommended one first. `--json` prints the same for scripts. A mend is a
change of settings, so it stands in the experiment and can be undone; the file itself is never changed:

```bash
attention-workbench doctor reviews.csv
attention-workbench train reviews.csv --mends "strip-html drop-duplicates merge-labels" --class-balance weights
```

In the window a finding leads to its rows, and once something is mended the table shows its rows as they are used: cells that
changed are coloured, rows that are left out are struck through, and *As in the file* shows the file again. A file that
changes or vanishes after it was read is said, never mixed with what was read; *Examine* and *Try again* read it anew.

## Mends of rows

They are applied in the order they are given, before the split. Rows that are left out are counted with the reason and
listed. What a mend did stands in the run's report.
"""
_TRAPS = """## Every trap of the real data

Written by `python -m tests.data.doctor`; `tests/data/doctor/test_traps.py` holds the doctor to it. The traps are those
that the README of the data lists.

| trap | file | found as | count | what is said | first mend | as an option |
|---|---|---|---|---|---|---|
"""


def main() -> None:
    """Look and write."""
    parser = argparse.ArgumentParser(description=__doc__, prog="python -m tests.data.doctor")
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "doctor.md", help="the document")
    out: Path = parser.parse_args().out
    if not DATA.is_dir():
        sys.exit(f"no real data at {DATA}; set WORKBENCH_DATA to its folder")
    mends = "\n".join(_mends())
    out.write_text(f"{_TITLE}\n{mends}\n\n{_TRAPS}" + "\n".join(_rows()) + "\n", encoding="utf-8")


def _mends() -> Iterator[str]:
    yield "| mend | what it does | when predicting |\n|---|---|---|"
    for mends, later in ((TEXT_MENDS, "the same"), (LABEL_MENDS, "nothing"), (ROW_MENDS, "nothing")):
        yield from (f"| `{name}` | {_cell(does)} | {later} |" for name, does in mends.items())


def _rows() -> Iterator[str]:
    for trap in TRAPS:
        found = told(trap, DATA)
        if found is None:
            yield f"| {_cell(trap.what)} | {trap.file} | **not found** | | | | |"
            continue
        count = "" if found.count is None else f"{found.count:,}"
        option = f"`{_cell(found.option)}`" if found.option else ""
        cells = (_cell(trap.what), trap.file, found.kind, count, _cell(found.evidence), _cell(found.mend), option)
        yield f"| {' | '.join(cells)} |"


def _cell(text: str) -> str:
    """A table's cell: nothing in it is markup."""
    plain = "".join(ch if ch.isprintable() else " " for ch in " ".join(text.split()))
    return plain.replace("&", "&amp;").replace("<", "&lt;").replace("|", "\\|")[:260]


if __name__ == "__main__":
    main()
