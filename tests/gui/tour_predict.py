"""The part of the tour that predicts: a text with its words, a table before, while and after it is written."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.gui.models.predict_table_state import Stage

if TYPE_CHECKING:
    from tests.gui.tour import Tour

TEXT = "The food was cold and the waiter rude, but the view is wonderful."
LINES = 40_000


def walk_predict(tour: Tour, source: Path, column: str = "text") -> None:
    """With the run that is shown, and a table that begins as `source` does."""
    bench = tour.bench
    desk = bench.prediction
    bench.window.show_page("predict")
    tour.wait(lambda: desk.state.facts is not None or desk.state.trouble is not None, "a model that predicts")
    tour.snap("predict")
    desk.page.text.set_text(TEXT)
    tour.wait(lambda: desk.state.answer is not None, "an answer")
    desk.page.text.effects.chips._go(3)
    tour.snap("predict-text")
    table = desk.state.table
    long, lacking = tour.scratch / "next-month.csv", tour.scratch / "renamed.csv"
    with source.open(encoding="utf-8", newline="") as file:
        texts = [row[column] for row in csv.DictReader(file)]
    with long.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["id", column], *([number, texts[number % len(texts)]] for number in range(LINES))])
    with long.open("a", encoding="utf-8") as file:
        file.write('7,8,9,"too many"\n')
    lacking.write_text(f"id,words\n1,{texts[0].replace(',', '')}\n", encoding="utf-8")
    table.open(str(lacking))
    tour.wait(lambda: table.trouble is not None and table.columns, "the columns")
    tour.snap("predict-column")
    table.open(str(long))
    tour.wait(lambda: table.preview is not None, "a preview")
    tour.snap("predict-preview")
    desk.page.table.write_to(tour.scratch / "out.csv")
    tour.wait(lambda: table.advance is not None and table.advance.done > LINES // 4, "a quarter")
    tour.snap("predict-working", settle=0.05)
    table.stop()
    tour.snap("predict-stopped")
    table.go_on()
    tour.wait(lambda: table.stage is Stage.DONE, "the file")
    tour.snap("predict-done")
