"""`python -m tests.architectures`: try the lens on every architecture and write docs/architectures.md.

A run that was broken off goes on where it stopped; `--results` names the file of what was measured. Delete it to measure anew.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

import torch
import transformers

from tests.architectures.sweep import known, sweep
from tests.architectures.table import table

ROOT = Path(__file__).parents[2]


def main() -> None:
    """Sweep and write."""
    parser = argparse.ArgumentParser(description=__doc__, prog="python -m tests.architectures")
    parser.add_argument("names", nargs="*", help="only these, and write nothing")
    parser.add_argument("--results", type=Path, default=ROOT / "build" / "architectures.jsonl", help="what was measured before")
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "architectures.md", help="the document")
    given = parser.parse_args()

    def tell(result: dict[str, Any]) -> None:
        sys.stdout.write(f"{result['name']}: {result['verdict']} ({result.get('level', '')}) {result['message']}\n")
        sys.stdout.flush()

    results = sweep(given.names or known(), given.results, tell)
    if not given.names:
        versions = {"torch": torch.__version__, "transformers": transformers.__version__}
        given.out.write_text(table(results, versions), encoding="utf-8")


if __name__ == "__main__":
    main()
