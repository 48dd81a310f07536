"""A table in, the same table with predictions out: order, columns, interruption, and what can go wrong on the way."""

from __future__ import annotations

import csv
import dataclasses
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.trained import Trained
from workbench.contracts.errors import Cancelled, RunFailed, WorkbenchError
from workbench.contracts.predictions import Advance, TableDone, TableOrder
from workbench.runs.opened import Opened, open_trained
from workbench.runs.predict import orders, predict_rows, predict_table, predict_text, preview

WORDS = ("red", "green", "apple", "pear", "plum")
WILD = st.text(st.characters(blacklist_categories=("Cs",), blacklist_characters="\x00"), max_size=12)


def text_of(row: int) -> str:
    """Texts that differ in length and order."""
    return " ".join(WORDS[(row * 7 + step * step) % len(WORDS)] for step in range(row % 6 + 1))


def table(path: Path, rows: Iterable[Sequence[str]], header: Sequence[str] = ("id", "source", "note")) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_ALL)
        writer.writerow(header)
        writer.writerows(rows)
    return path


def numbered(path: Path, count: int) -> Path:
    return table(path, ([f"{row:07}", text_of(row), f"n{row}"] for row in range(count)))


def read(path: Path) -> tuple[list[str], list[list[str]]]:
    with path.open(encoding="utf-8", newline="") as file:
        header, *rows = list(csv.reader(file))
    return header, rows


def parts_beside(out: Path) -> list[Path]:
    return sorted(out.parent.glob(f".{out.stem}.predicting-*/*.part"))


@pytest.fixture
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Many parts from few rows."""
    monkeypatch.setattr(orders, "SMALLEST", 16)
    monkeypatch.setattr(orders, "LARGEST", 16)


@pytest.mark.parametrize("task", ["text-classification", "regression", "token-classification", "seq2seq", "causal-lm"])
def test_every_task_fills_its_columns(trained: Trained, task: str, tmp_path: Path) -> None:
    source = table(tmp_path / "new.csv", [["1", "red apple", "x"], ["2", "  ", "y"], ["3", "plum", "z"]])
    done = predict_table(trained(task), TableOrder(table=str(source), out=str(tmp_path / "out.csv")))
    header, rows = read(tmp_path / "out.csv")
    added = header[3:]
    assert added[0] == "prediction"
    assert (added == ["prediction"]) == (task == "regression")
    assert [row[:3] for row in rows] == [["1", "red apple", "x"], ["2", "  ", "y"], ["3", "plum", "z"]]
    assert rows[1][3:] == [""] * len(added)
    assert rows[0][3] or task == "causal-lm"  # which may end at once
    assert (done.rows, done.predicted, done.unusable) == (3, 2, 1)
    if task == "token-classification":
        assert len(rows[0][3].split()) == 2


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cells=st.lists(st.tuples(WILD, st.text("=+-@\t\r\n \"',;a", max_size=8)), min_size=1, max_size=40))
def test_wild_cells_keep_their_place_and_their_letters(classifier: Opened, cells: list[tuple[str, str]], tmp_path: Path) -> None:
    rows = [[f"{place}", "red apple", one, other] for place, (one, other) in enumerate(cells)]
    source = table(tmp_path / "wild.csv", rows, header=["id", "source", "prediction", "note"])
    order = TableOrder(table=str(source), out=str(tmp_path / "out.csv"), overwrite=True)
    done = predict_table(classifier, order)
    header, found = read(tmp_path / "out.csv")
    assert header == ["id", "source", "prediction", "note", "prediction_2", "confidence", "second", "second_confidence"]
    lost = {row["line"] for row in done.rejected}
    assert len(found) + len(lost) == len(rows)
    if not lost:
        assert [row[:4] for row in found] == rows


@pytest.mark.usefixtures("small_parts")
def test_interrupted_and_resumed_is_the_same_file(classifier: Opened, tmp_path: Path) -> None:
    source = numbered(tmp_path / "in.csv", 200)
    whole = TableOrder(table=str(source), out=str(tmp_path / "whole.csv"))
    assert predict_table(classifier, whole).kept == 0
    order = TableOrder(table=str(source), out=str(tmp_path / "again.csv"))
    for seen in (3, 5):  # stopped twice
        with pytest.raises(Cancelled, match="are kept") as raised:
            predict_table(classifier, order, cancelled=lambda: len(parts_beside(tmp_path / "again.csv")) >= seen)  # noqa: B023
        assert "goes on" in raised.value.mend
        assert not (tmp_path / "again.csv").exists()
        assert len(parts_beside(tmp_path / "again.csv")) == seen
    steps = list(predict_rows(classifier, order))
    assert isinstance(steps[-1], TableDone)
    assert steps[-1].kept == 80
    assert (tmp_path / "again.csv").read_bytes() == (tmp_path / "whole.csv").read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["again.csv", "in.csv", "whole.csv"]


@pytest.mark.usefixtures("small_parts")
def test_a_stop_within_a_part_and_while_writing_keeps_what_is_done(classifier: Opened, tmp_path: Path) -> None:
    source = numbered(tmp_path / "in.csv", 64)
    order = TableOrder(table=str(source), out=str(tmp_path / "out.csv"))
    shares: list[float] = []

    def watch(what: str, share: float) -> None:
        if what == "predicting":
            shares.append(share)

    with pytest.raises(Cancelled, match="48 of 64 rows are kept"):
        predict_table(classifier, order, progress=watch, cancelled=lambda: bool(shares) and shares[-1] >= 0.75)
    written: list[str] = []
    with pytest.raises(Cancelled, match="64 of 64 rows are kept"):
        predict_table(classifier, order, progress=lambda what, _: written.append(what), cancelled=lambda: len(written) > 1)
    assert not (tmp_path / "out.csv").exists()
    assert predict_table(classifier, order).kept == 64


@pytest.mark.usefixtures("small_parts")
def test_parts_serve_another_form_but_never_another_table_model_or_column(
    trained: Trained, classifier: Opened, tmp_path: Path
) -> None:
    source = numbered(tmp_path / "in.csv", 64)

    def stopped(model: Opened, **changed: str) -> int:
        """Rows of the interrupted prediction that a new one takes over."""
        order = TableOrder(table=str(source), out=str(tmp_path / changed.pop("out", "out.csv")), **changed)  # type: ignore[arg-type]
        first = next(iter(predict_rows(model, order)))
        assert isinstance(first, Advance)
        return first.kept

    assert stopped(classifier) == 0
    assert stopped(classifier) == 16
    assert stopped(classifier, out="out.jsonl") == 16
    assert stopped(classifier, text_column="note") == 0
    assert stopped(trained("regression")) == 0
    source.write_text(source.read_text(encoding="utf-8").replace("n3", "m3"), encoding="utf-8")
    assert stopped(classifier) == 0


@pytest.mark.usefixtures("small_parts")
@pytest.mark.parametrize("damage", [b"", b"nonsense", None])
def test_a_damaged_part_is_made_again(classifier: Opened, tmp_path: Path, damage: bytes | None) -> None:
    source = numbered(tmp_path / "in.csv", 64)
    predict_table(classifier, TableOrder(table=str(source), out=str(tmp_path / "whole.csv")))
    order = TableOrder(table=str(source), out=str(tmp_path / "out.csv"))
    steps = predict_rows(classifier, order)
    for _ in range(3):
        next(steps)
    steps.close()
    part = parts_beside(tmp_path / "out.csv")[1]
    part.write_bytes(part.read_bytes().replace(b"fruit", b"other", 1) if damage is None else damage)
    assert predict_table(classifier, order).kept == 32
    assert (tmp_path / "out.csv").read_bytes() == (tmp_path / "whole.csv").read_bytes()


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
def test_a_killed_prediction_goes_on_to_the_same_file(classifier: Opened, tmp_path: Path) -> None:
    source = numbered(tmp_path / "in.csv", 16_000)
    predict_table(classifier, TableOrder(table=str(source), out=str(tmp_path / "whole.csv")))
    out = tmp_path / "killed.csv"
    command = [sys.executable, "-m", "workbench", "predict", str(classifier.path), str(source), "--out", str(out), "--json"]
    root = Path(__file__).resolve().parents[3]
    environment = {**os.environ, "PYTHONPATH": str(root)}
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        while process.poll() is None and not parts_beside(out):
            time.sleep(0.005)
        process.send_signal(signal.SIGKILL)
    assert not out.exists()
    done = predict_table(open_trained(classifier.path), TableOrder(table=str(source), out=str(out)))
    assert done.kept >= orders.part_rows(classifier)
    assert out.read_bytes() == (tmp_path / "whole.csv").read_bytes()


@pytest.mark.parametrize("count", [10_000, pytest.param(100_000, marks=pytest.mark.benchmark)])
def test_a_long_table_keeps_its_order_and_columns(classifier: Opened, tmp_path: Path, count: int) -> None:
    source = numbered(tmp_path / "in.csv", count)
    done = predict_table(classifier, TableOrder(table=str(source), out=str(tmp_path / "out.csv")))
    assert (done.rows, done.predicted) == (count, count)
    _, before = read(source)
    _, after = read(tmp_path / "out.csv")
    assert [row[:3] for row in after] == before
    alone = {}
    for row in after:  # the same text has the same answer wherever it stands
        assert alone.setdefault(row[1], row[3]) == row[3]


# -- what goes wrong ----------------------------------------------------------------------------------------------------


def test_a_column_that_was_renamed_is_named_and_another_can_be_given(classifier: Opened, tmp_path: Path) -> None:
    source = table(tmp_path / "in.csv", [["1", "red apple"]], header=["id", "words"])
    order = TableOrder(table=str(source), out=str(tmp_path / "out.csv"))
    with pytest.raises(WorkbenchError, match="'source' that the model was trained on") as raised:
        predict_table(classifier, order)
    assert "'id', 'words'" in raised.value.mend
    assert "--text-column" in raised.value.mend
    with pytest.raises(WorkbenchError, match="no column 'word'"):
        preview(classifier, str(source), "word")
    named = TableOrder(table=str(source), out=str(tmp_path / "out.csv"), text_column="words")
    assert predict_table(classifier, named).predicted == 1
    assert list(tmp_path.glob(".*")) == []


def test_nothing_is_overwritten_without_being_told_to_and_the_table_never(classifier: Opened, tmp_path: Path) -> None:
    source = numbered(tmp_path / "in.csv", 4)
    before = source.read_bytes()
    out = tmp_path / "out.csv"
    out.write_text("mine", encoding="utf-8")
    with pytest.raises(WorkbenchError, match="exists already"):
        predict_table(classifier, TableOrder(table=str(source), out=str(out)))
    with pytest.raises(WorkbenchError, match="the table itself"):
        predict_table(classifier, TableOrder(table=str(source), out=str(source), overwrite=True))
    with pytest.raises(WorkbenchError, match="no such folder"):
        predict_table(classifier, TableOrder(table=str(source), out=str(tmp_path / "no" / "out.csv")))
    assert out.read_text(encoding="utf-8") == "mine"
    assert source.read_bytes() == before
    out.unlink()
    steps = predict_rows(classifier, TableOrder(table=str(source), out=str(out)))
    next(steps)
    out.write_text("mine", encoding="utf-8")  # while it is predicted
    with pytest.raises(WorkbenchError, match="exists already"):
        list(steps)
    assert out.read_text(encoding="utf-8") == "mine"
    assert predict_table(classifier, TableOrder(table=str(source), out=str(out), overwrite=True)).kept == 4
    assert out.read_text(encoding="utf-8") != "mine"


def test_rows_that_cannot_be_read_are_listed(classifier: Opened, tmp_path: Path) -> None:
    rows = "".join(f"{row},{text_of(row)},n\n" for row in range(30))
    source = tmp_path / "in.csv"
    source.write_text(f"id,source,note\n{rows}31,red,apple,pear\n32,plum,x\n", encoding="utf-8")
    done = predict_table(classifier, TableOrder(table=str(source), out=str(tmp_path / "out.csv")))
    assert done.rows == 31
    assert [(row["line"], row["reason"]) for row in done.rejected] == [(32, "4 cells where the table has 3")]
    assert done.as_dict()["rejected"][0]["text"] == "31,red,apple,pear"


def test_formulas_are_neutralised_when_asked_for_and_counted(classifier: Opened, tmp_path: Path) -> None:
    source = table(tmp_path / "in.csv", [["-1", "red apple", "=1+1"], ["2", "+plum", "@x"]], header=["id", "source", "=note"])
    order = TableOrder(table=str(source), out=str(tmp_path / "out.csv"), neutralise=True)
    assert predict_table(classifier, order).neutralised == 4
    header, rows = read(tmp_path / "out.csv")
    assert header[2] == "'=note"
    assert [row[:3] for row in rows] == [["-1", "red apple", "'=1+1"], ["2", "'+plum", "'@x"]]


def test_a_table_that_changes_or_vanishes_after_it_was_read_makes_no_difference(classifier: Opened, tmp_path: Path) -> None:
    source = numbered(tmp_path / "in.csv", 40)
    whole = predict_table(classifier, TableOrder(table=str(source), out=str(tmp_path / "whole.csv")))
    steps = predict_rows(classifier, TableOrder(table=str(source), out=str(tmp_path / "out.csv")))
    next(steps)
    source.unlink()
    done = list(steps)[-1]
    assert isinstance(done, TableDone)
    assert done.rows == whole.rows
    assert (tmp_path / "out.csv").read_bytes() == (tmp_path / "whole.csv").read_bytes()


def test_a_table_that_changes_while_it_is_read_is_refused(classifier: Opened, tmp_path: Path) -> None:
    source = numbered(tmp_path / "in.csv", 20_000)

    def grow() -> bool:
        with source.open("a", encoding="utf-8") as file:
            file.write('"x","red","y"\n')
        return False

    with pytest.raises(WorkbenchError, match="changed while it was being read"):
        predict_table(classifier, TableOrder(table=str(source), out=str(tmp_path / "out.csv")), cancelled=grow)
    assert not (tmp_path / "out.csv").exists()


@pytest.mark.parametrize("content", ["source\n", "id,source\n1,\n2,  \n"])
def test_a_table_without_any_text_is_refused(classifier: Opened, tmp_path: Path, content: str) -> None:
    source = tmp_path / "in.csv"
    source.write_text(content, encoding="utf-8")
    with pytest.raises(WorkbenchError) as raised:
        predict_table(classifier, TableOrder(table=str(source), out=str(tmp_path / "out.csv")))
    assert raised.value.mend
    assert not (tmp_path / "out.csv").exists()


@pytest.mark.usefixtures("small_parts")
@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0 or sys.platform != "linux", reason="mounts a small disk")
@pytest.mark.parametrize("form", ["csv", "xlsx", "parquet"])
def test_a_full_disk_keeps_what_is_done(classifier: Opened, tmp_path: Path, form: str) -> None:
    source = table(tmp_path / "in.csv", ([f"{row}", text_of(row), os.urandom(2_000).hex()] for row in range(300)))
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", disk], check=False, capture_output=True).returncode:
        pytest.skip("no disk can be mounted here")
    try:
        order = TableOrder(table=str(source), out=str(disk / f"out.{form}"))
        with pytest.raises(RunFailed, match="could not be written") as raised:
            predict_table(classifier, order)
        assert "goes on" in raised.value.mend
        kept = len(parts_beside(disk / "out.csv"))
        assert kept
        assert not list(disk.glob("out*"))
        assert not list(disk.glob(".*.partial"))
        subprocess.run(["mount", "-o", "remount,size=16m", disk], check=True)
        assert predict_table(classifier, order).kept == min(300, kept * 16)
        assert [path.name for path in disk.iterdir()] == [f"out.{form}"]
    finally:
        subprocess.run(["umount", "--lazy", disk], check=True)


def test_a_preview_is_what_will_be_written(classifier: Opened, tmp_path: Path) -> None:
    source = numbered(tmp_path / "in.csv", 120)
    shown = preview(classifier, str(source))
    predict_table(classifier, TableOrder(table=str(source), out=str(tmp_path / "out.csv")))
    header, rows = read(tmp_path / "out.csv")
    assert [*shown.columns, *shown.added] == header
    assert shown.text_column == "source"
    assert len(shown.rows) == 50
    for one, other in zip(shown.rows, rows, strict=False):
        assert list(one[:4]) == other[:4]
        assert float(one[4]) == pytest.approx(float(other[4]), abs=2e-6)  # read in another batch


def test_both_columns_of_a_pair_can_be_named_and_are_mended(trained: Trained, tmp_path: Path) -> None:
    model = trained("pair-classification")
    recipe = dataclasses.replace(model.recipe, data=dataclasses.replace(model.recipe.data, mends="strip-html"))
    mended = dataclasses.replace(model, recipe=recipe)
    with (tmp_path / "in.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["b", "a"], ["<i>big</i> plum", "<b>red</b> apple"], ["blue", "green green"]])
    order = TableOrder(table=str(tmp_path / "in.csv"), out=str(tmp_path / "out.csv"), text_column="a", pair_column="b")
    assert predict_table(mended, order).predicted == 2
    _, rows = read(tmp_path / "out.csv")
    for row, pair in zip(rows, [("red apple", "big plum"), ("green green", "blue")], strict=True):
        answer = predict_text(model, *pair)
        assert (row[2], float(row[3])) == (answer.text, pytest.approx(answer.confidence, abs=2e-6))
    with pytest.raises(WorkbenchError, match="both texts would be read"):
        predict_table(mended, dataclasses.replace(order, pair_column="a", overwrite=True))
    with pytest.raises(WorkbenchError, match="reads one text"):
        predict_table(trained("regression"), dataclasses.replace(order, overwrite=True))
