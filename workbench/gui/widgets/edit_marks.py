"""What was edited in a training, marked where it is looked at: on its curves, and on the wall of its heads."""

from __future__ import annotations

from workbench.gui.models.run_edits import Fate, RunEdits
from workbench.gui.widgets.edit_words import EditWords
from workbench.gui.widgets.head_switch import HeadSwitch
from workbench.gui.widgets.loss_chart import LossChart


def mark_edits(edits: RunEdits, words: EditWords, chart: LossChart, switch: HeadSwitch) -> None:
    """Mark those that took effect; the switch marks the wall."""
    made = [entry for entry in edits.entries() if entry.fate not in (Fate.ASKED, Fate.PLANNED)]
    told = [(e.edit.step, words.short(e.edit, edits.experiment), words.line(e, edits.experiment)) for e in made]
    chart.show_edits(told)
    switch.set_states(edits.held.heads, edits.now.heads, seen=edits.seen.heads, possible=edits.possible)
