"""How long a million rows take, and how much memory: run with ``pytest -m benchmark tests/benchmarks/test_reading.py``."""

from __future__ import annotations

import csv
import json
import random
import subprocess
import sys
from pathlib import Path

import pytest

ROWS = 1_000_000
MEASURE = """
import json, resource, sys, time
from workbench.contracts.specs import DataSpec
from workbench.data.table import open_table

def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024

began = time.perf_counter()
table = open_table(DataSpec(table=sys.argv[1]))
page = table.page(0, 100)
first_page = time.perf_counter() - began
began = time.perf_counter()
profile = table.profile()
rows, rejected = table.row_count, len(table.rejected)
full_profile = time.perf_counter() - began
began = time.perf_counter()
deep = table.page(rows - 100, 100)
deep_page = time.perf_counter() - began
began = time.perf_counter()
streamed = sum(1 for _ in table.rows(["text", "label"]))
table.close()
print(json.dumps({
    "rows": rows, "rejected": rejected, "page": len(page), "deep": deep[-1][0], "streamed": streamed,
    "distinct": [column.distinct for column in profile], "first_page_s": first_page, "full_profile_s": full_profile,
    "deep_page_s": deep_page, "stream_s": time.perf_counter() - began, "peak_mb": peak(),
}))
"""


def million(path: Path, ends: str) -> None:
    """About 290 MB: numbers, quoted texts with line breaks in every tenth, three classes, a float."""
    chance = random.Random(0)
    words = ["".join(chance.choices("abcdefghijklmnopqrstuvwxyz", k=chance.randint(2, 9))) for _ in range(5_000)]
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator=ends)
        writer.writerow(["id", "text", "label", "note", "score"])
        for number in range(ROWS):
            text = " ".join(chance.choices(words, k=35))
            if number % 10 == 0:
                text = f'He said "{text[:50]}", then{ends}{text[50:]}'
            writer.writerow([number, text, "abc"[number % 3], ", ".join(chance.choices(words, k=6)), round(chance.random(), 5)])


@pytest.mark.benchmark
@pytest.mark.timeout(600)
@pytest.mark.parametrize("ends", ["\n", "\r\n"], ids=["lf", "crlf"])
def test_a_million_rows(tmp_path: Path, ends: str) -> None:
    path = tmp_path / "million.csv"
    million(path, ends)
    done = subprocess.run([sys.executable, "-c", MEASURE, str(path)], capture_output=True, text=True, check=True)
    measured = json.loads(done.stdout)
    print(f"\n{path.stat().st_size / 1e6:.0f} MB:", json.dumps(measured))
    assert (measured["rows"], measured["rejected"], measured["streamed"]) == (ROWS, 0, ROWS)
    assert (measured["page"], measured["deep"]) == (100, str(ROWS - 1))
    assert measured["distinct"][:3] == [ROWS, ROWS, 3]
    assert measured["first_page_s"] <= 0.5
    assert measured["full_profile_s"] <= 5
    assert measured["peak_mb"] <= 700
