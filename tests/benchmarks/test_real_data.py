"""What the `small` preset reaches from scratch on real tables, with its defaults, on two cores.

python -m pytest -m benchmark tests/benchmarks/test_real_data.py -s
"""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from workbench.cli import main

pytestmark = [pytest.mark.benchmark, pytest.mark.timeout(1800)]

MINUTES = 15


def train(capsys: pytest.CaptureFixture[str], out: Path, *words: str | Path) -> dict[str, Any]:
    """Train through the command line; prints and gives back the report."""
    with pytest.raises(SystemExit) as end:
        main(["train", *map(str, words), "--out", str(out), "--json"])
    report: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert not end.value.code, report
    curve = [
        (event["step"], {k: round(v, 4) for k, v in event["metrics"].items() if isinstance(v, float)})
        for event in map(json.loads, (out / "events.jsonl").read_text(encoding="utf-8").splitlines())
        if event["type"] == "evaluated" and event["split"] == "validation"
    ]
    with capsys.disabled():
        print(f"\n{out.name}: {report['seconds']:.0f} s of training, {report['wall_seconds']:.0f} s in all,", end=" ")
        print(f"{report['tokens_per_second']:.0f} tokens/s, {report['parameters']:,} parameters, {report['stopped']}")
        for split in ("validation", "test"):
            for who in ("metrics", "baseline"):
                scores = report[who][split] or {}
                numbers = {k: round(v, 4) for k, v in scores.items() if isinstance(v, (int, float))}
                print(f"  {split} {who}: {numbers}")
        for step, scores in curve:
            print(f"    step {step}: {scores}")
    assert report["wall_seconds"] <= MINUTES * 60
    return report


def test_banking77(real_data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = real_data / "A_banking77"
    report = train(capsys, tmp_path / "banking77", folder / "train.csv", "--test", folder / "test.csv")
    assert report["wall_seconds"] <= 600
    assert report["metrics"]["test"]["accuracy"] >= 0.90


def test_tiny_shakespeare(real_data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = train(capsys, tmp_path / "shakespeare", real_data / "F_tinyshakespeare" / "input.txt")
    assert report["metrics"]["validation"]["loss"] <= 1.9


def test_addition(real_data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = real_data / "C_seq2seq_addition_date" / "addition.txt"
    report = train(capsys, tmp_path / "addition", table, "--delimiter", "_")
    assert report["task"] == "seq2seq"
    assert report["metrics"]["validation"]["exact_match"] >= 0.95


def test_tatoeba(real_data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = train(capsys, tmp_path / "tatoeba", real_data / "C_tatoeba_en_zh" / "cmn.txt")
    assert report["task"] == "seq2seq"
    assert report["metrics"]["validation"]["bleu"] > 5


def test_wnut17(real_data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = real_data / "D_WNUT17"
    report = train(capsys, tmp_path / "wnut17", folder / "wnut17train.conll", "--test", folder / "emerging.test.annotated")
    assert report["task"] == "token-classification"
    assert report["metrics"]["validation"]["entity_f1"] > 0


def test_pcweb(real_data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = real_data / "B_zh_skewed"
    report = train(capsys, tmp_path / "pcweb", folder / "PCWeb_train.txt", "--test", folder / "PCWeb_test.txt")
    assert report["metrics"]["test"]["accuracy"] > 0.6


def test_poems(real_data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = tmp_path / "poems.csv"
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        for number, path in enumerate(sorted((real_data / "B_zh_poetry_dynasty").glob("*.csv"))):
            with path.open(encoding="utf-8", newline="") as part:
                header, *rows = csv.reader(part)
            writer.writerows(([header] if number == 0 else []) + rows)
    report = train(capsys, tmp_path / "poems", table, "--text", "内容", "--target", "朝代")
    assert report["metrics"]["validation"]["accuracy"] > 0.55
