from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.runs.folders import make_run, step
from tests.tables import tiny, write_table
from workbench.contracts.errors import WorkbenchError
from workbench.contracts.events import Edited, Step, to_json
from workbench.runs.execute import start
from workbench.runs.exports.curves import PIECES, Curve, curves_of, drawing
from workbench.runs.exports.report import write_report
from workbench.runs.folder import RunFolder


def test_a_trained_run_becomes_one_page_that_needs_nothing_else(tmp_path: Path) -> None:
    for _ in start(tiny(write_table(tmp_path, "text-classification"), "text-classification"), tmp_path / "run"):
        pass
    out = tmp_path / "report.html"
    write_report(tmp_path / "run", out)
    text = out.read_text(encoding="utf-8")
    report = RunFolder(tmp_path / "run").report()
    assert f"{report['metrics']['validation']['accuracy']:.4f}" in text
    assert f"{report['baseline']['validation']['accuracy']:.4f}" in text
    assert "model.d_model" in text
    assert text.count("<svg") >= 3
    assert 'class="baseline"' in text
    assert text.count("data:image/png;base64,") == 1
    assert not re.search(r"<script|<link|https?://|url\(", text)
    assert [path.name for path in tmp_path.iterdir() if "partial" in path.name] == []


def test_what_others_wrote_stays_text_and_a_run_without_model_has_a_page_too(tmp_path: Path) -> None:
    run = make_run(tmp_path / "run", name="<script>alert(1)</script> & Co.", stopped=None)
    write_report(run.path, tmp_path / "x.html")
    text = (tmp_path / "x.html").read_text(encoding="utf-8")
    assert "<script>" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; Co." in text
    assert "cut-off" in text


def test_another_ending_or_no_run_is_a_clear_error(tmp_path: Path) -> None:
    run = make_run(tmp_path / "run").path
    with pytest.raises(WorkbenchError, match="not written as"):
        write_report(run, tmp_path / "x.pdf")
    with pytest.raises(WorkbenchError, match="not a run folder"):
        write_report(tmp_path, tmp_path / "x.html")


def test_a_thinned_curve_hides_no_spike_and_holds_little() -> None:
    curve = Curve()
    for number in range(50_000):
        curve.add(number, 100.0 if number == 31_234 else float("nan") if number == 7 else 1.0)
    points = curve.points()
    assert len(points) <= 4 * PIECES
    (spike,) = [point for point in points if point[1] == 100.0]
    assert spike[0] == pytest.approx(31_234, abs=curve.stretch)


def test_steps_that_were_said_again_are_drawn_once_more_not_elsewhere() -> None:
    events: list[Step] = [*(step(n) for n in range(1, 6)), *(step(n, 2.0) for n in range(3, 6))]
    points = curves_of(events)["loss"].points()
    assert [x for x, _ in points] == sorted(x for x, _ in points)
    assert "nan" not in drawing("Loss", [("loss", curves_of(events)["loss"])], 1.5)


def test_edits_are_listed_once_and_drawn_on_every_curve(tmp_path: Path) -> None:
    run = make_run(tmp_path / "run", stopped=None)
    edits = [Edited(step=4, time=0.0, what="dropout", value=0.4), Edited(step=9, time=0.0, what="film_text", value="<b>")]
    with run.events_file.open("a", encoding="utf-8") as file:
        file.writelines(to_json(event) + "\n" for event in (*edits, edits[1]))
    write_report(run.path, tmp_path / "x.html")
    text = (tmp_path / "x.html").read_text(encoding="utf-8")
    assert text.count("dropout=0.4") == 1
    assert text.count("film_text=&lt;b&gt;") == 1
    assert text.count('class="edit"') == 2 * text.count("<svg")
