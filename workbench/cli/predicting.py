"""Predictions as words."""

from __future__ import annotations

import numpy as np
from rich.text import Text

from workbench.cli.output import results, words
from workbench.contracts.counting import counted
from workbench.contracts.predictions import TableDone, TextAnswer, WordEffects
from workbench.contracts.tables import stands_above

SHOWN = 10
"""Rejected rows written out, at most."""


def show_text(answer: TextAnswer) -> None:
    """One answer, and what each word does to it."""
    sure = "" if answer.confidence is None else f"  ({answer.confidence:.1%})"
    results().print(f"{answer.text}{sure}", markup=False, soft_wrap=True)
    if answer.effects is not None:
        _show_effects(answer.effects)
    elif answer.no_effects:
        words().print(answer.no_effects, markup=False, soft_wrap=True)
    if answer.cut:
        words().print("The text is longer than the model reads; its end was cut.")


def show_done(done: TableDone) -> None:
    """What became of a table."""
    console = words()
    said = [f"{counted(done.rows, 'row', 'rows')} written: {done.out}"]
    if done.kept:
        said.append(counted(done.kept, "of them was", "of them were") + " predicted before an interruption.")
    if done.unusable:
        says = "row has no text; it keeps its place", "rows have no text; they keep their place"
        said.append(f"{counted(done.unusable, *says)} without a prediction.")
    if done.cut:
        says = "text is longer than the model reads; its end was", "texts are longer than the model reads; their ends were"
        said.append(f"{counted(done.cut, *says)} cut.")
    if done.neutralised:
        got = "got an apostrophe so that no spreadsheet takes"
        said.append(counted(done.neutralised, f"cell {got} it for a formula.", f"cells {got} them for formulas."))
    above = sum(stands_above(row["reason"]) for row in done.rejected)
    if above:
        title = "line above the table is a title or a note, not a row.", "lines above the table are titles or notes, not rows."
        said.append(counted(above, *title))
    if lost := len(done.rejected) - above:
        said.append(f"{counted(lost, 'row could not be read and is', 'rows could not be read and are')} not in it:")
    if done.rejected:
        said += [f"  line {row['line']}: {row['reason']}: {row['text'][:80]!r}" for row in done.rejected[:SHOWN]]
        if len(done.rejected) > SHOWN:
            said.append(f"  and {len(done.rejected) - SHOWN:,} more; --json lists all.")
    for line in said:
        console.print(line, markup=False, soft_wrap=True)


def _show_effects(effects: WordEffects) -> None:
    """The words with their effects, those that do most first."""
    shown = Text()
    order = sorted(range(len(effects.spans)), key=lambda place: -abs(np.nan_to_num(effects.values[place])))
    for place in order:
        start, end = effects.spans[place]
        value = effects.values[place]
        number = "   not read" if np.isnan(value) else f"{value:+11.4f}"
        shown.append(
            f"{number}  {effects.text[start:end]}\n", style="dim" if np.isnan(value) else "green" if value > 0 else "red"
        )
    results().print(shown, end="", soft_wrap=True)
    how = "deleting it" if effects.method == "delete" else "hiding it behind the mask token"
    note = f"What {effects.answer!r} loses without each word, measured by {how}: {counted(effects.passes, 'text', 'texts')} read."
    if effects.together > 1:
        note += f" The text is long: {effects.together} neighbouring words at a time were taken out and share a value."
    words().print(note, markup=False, soft_wrap=True)
