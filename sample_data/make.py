"""Writes the sample tables: `python sample_data/make.py [--out DIR]`. The same bytes on every run and every Python."""

import argparse
import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from grammars import follows, likeness, messages, opinions, questions, reverse, reviews, reviews_zh, stories, tags, translation

HERE = Path(__file__).resolve().parent


def table(header: Sequence[str], rows: Iterable[Sequence[str]], encoding: str = "utf-8", newline: str = "\n") -> bytes:
    """The bytes of a CSV file; cells are quoted where they must be."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator=newline)
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue().encode(encoding)


def make() -> dict[str, bytes]:
    """File name → contents."""
    return {
        "reviews.csv": table(("text", "label"), opinions.make(reviews.BOOK, seed=1, rows=4000, repeats=40)),
        # As Excel saves a table on a Chinese system.
        "评论.csv": table(
            ("文本", "标签"), opinions.make(reviews_zh.BOOK, seed=2, rows=3600, repeats=30), encoding="gb18030", newline="\r\n"
        ),
        "reverse.csv": table(("source", "target"), reverse.make(seed=3, rows=8000)),
        "translation.csv": table(("english", "chinese"), translation.make(seed=4, rows=6000)),
        "stories.txt": stories.make(seed=5, stories=440).encode(),
        "tags.csv": table(("tokens", "tags"), tags.make(seed=6, rows=3000)),
        "messages.csv": table(("text", "topics"), messages.make(seed=7, rows=160)),
        "likeness.csv": table(("sentence1", "sentence2", "score"), likeness.make(seed=8, rows=160)),
        "follows.csv": table(("premise", "hypothesis", "label"), follows.make(seed=9, rows=160)),
        "questions.csv": table(("question", "context", "answer", "answer_start"), questions.make(seed=10, rows=90)),
    }


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description="Writes the sample tables.")
    parser.add_argument("--out", type=Path, default=HERE, help="folder to write to (default: beside this script)")
    out: Path = parser.parse_args().out
    out.mkdir(parents=True, exist_ok=True)
    for name, contents in make().items():
        (out / name).write_bytes(contents)
        print(f"{len(contents):9,d} bytes  {out / name}")


if __name__ == "__main__":
    main()
