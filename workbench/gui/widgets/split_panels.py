"""What will be learned from a table: where its rows go, its classes, its text lengths, and what is left out."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from workbench.contracts.tables import LostRow, SplitFacts, WholeFacts, stands_above
from workbench.gui.theme import GAP
from workbench.gui.widgets.class_bars import ClassBars
from workbench.gui.widgets.counts import above_text, rows_text
from workbench.gui.widgets.length_histogram import LengthHistogram
from workbench.gui.widgets.panel import Panel
from workbench.gui.widgets.reactive import Reactive
from workbench.gui.widgets.rejected_rows import RejectedRows
from workbench.gui.widgets.split_bar import SplitBar
from workbench.gui.words import said


class SplitPanels(Reactive):
    """Four cards, one below the other."""

    limit_chosen = Signal(int)
    """Longest text in tokens that a person chose."""
    limit_left = Signal()
    """The person leaves the longest text to be found."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("content")
        self.split, self.classes = SplitBar(self), ClassBars(self)
        self.lengths, self.lost = LengthHistogram(self), RejectedRows(self)
        self.automatic = QPushButton(self)
        self.automatic.setObjectName("link")
        self.automatic.clicked.connect(self.limit_left)
        self.lengths.moved.connect(self._tell_cut)
        self.lengths.chosen.connect(self.limit_chosen)
        self._whole: WholeFacts | None = None
        self._facts: SplitFacts | None = None
        self._waiting = False
        self._cards = [Panel(self) for _ in range(4)]
        self._column = layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, GAP, 0)  # the scroll bar's place
        layout.setSpacing(GAP - 4)
        for card, shown in zip(self._cards, (self.split, self.classes, self.lengths, self.lost), strict=True):
            card.body.addWidget(shown)
            layout.addWidget(card)
        self._cards[2].controls.addWidget(self.automatic)
        layout.addStretch(1)
        self.react()

    def insert(self, card: QWidget) -> None:
        """Take in another card, below the rows."""
        self._column.insertWidget(1, card)

    def show_facts(self, whole: WholeFacts | None, facts: SplitFacts | None, *, waiting: bool) -> None:
        """Show what is known; None is not known yet, or not any more."""
        self._whole, self._facts, self._waiting = whole, facts, waiting
        self.retranslate()

    def retranslate(self) -> None:
        self.automatic.setText(self.tr("longest"))
        self.automatic.setToolTip(self.tr("Cut no text that need not be cut."))
        self._show_split()
        self._show_classes()
        self._show_lengths()
        self._show_lost()

    def _hint(self, says: str) -> str:
        return self.tr("On its way…") if self._waiting else says

    def _show_split(self) -> None:
        facts, card = self._facts, self._cards[0]
        if facts is None:
            card.entitle(self.tr("Rows"))
            self.split.show_hint(self._hint(self.tr("How many rows are learned from, and how many are kept to check.")))
            return
        told = self.tr("{0} read").format(f"{facts.counts['read']:,}")
        if lost := facts.counts["rejected"] - len(self._above()):
            told += "  ·  " + self.tr("{0} could not be read").format(f"{lost:,}")
        card.entitle(self.tr("Rows"), told)
        self.split.show_counts(facts.counts)

    def _show_classes(self) -> None:
        facts, card = self._facts, self._cards[1]
        if facts is None:
            card.entitle(self.tr("Classes"))
            self.classes.show_hint(self._hint(self.tr("How often each class stands in the table.")))
        elif not facts.labels:
            card.entitle(self.tr("Classes"))
            self.classes.show_hint(self.tr("This task has no classes."))
        else:
            words = facts.task == "token-classification"
            counts = [sum(each) for each in zip(*facts.class_counts.values(), strict=True)]
            numbers = (len(facts.labels), min(counts), max(counts))
            even = numbers[1] == numbers[2]
            told = self.tr("{0} classes of {1} rows each") if even else self.tr("{0} classes of {1} to {2} rows")
            told = self.tr("{0} tags, counted by word") if words else told
            if facts.task == "multi-label":
                told = self.tr("{0} labels; a row may have several")
            card.entitle(self.tr("Tags") if words else self.tr("Classes"), told.format(*(f"{each:,}" for each in numbers)))
            self.classes.show_counts(facts.labels, counts)

    def _show_lengths(self) -> None:
        facts, card = self._facts, self._cards[2]
        self.automatic.setVisible(facts is not None and facts.limit_given and len(facts.lengths) > 0)
        card.entitle(self.tr("Text lengths"))
        if facts is None:
            self.lengths.show_hint(self._hint(self.tr("How long the texts are in tokens, and which will be cut.")))
        elif not len(facts.lengths):
            self.lengths.show_hint(self.tr("Running text is read in blocks of {0} tokens; nothing is cut.").format(facts.limit))
        else:
            self.lengths.show_lengths(facts.lengths, facts.limit)
            self._tell_cut(facts.limit)

    @Slot(int)
    def _tell_cut(self, tokens: int) -> None:
        if self._facts is None:
            return
        cut, all_texts = self._facts.cut_at(tokens), len(self._facts.lengths)
        if cut and self._facts.task == "question-answering":
            told = self.tr("{0} of {1} texts are read in windows").format(f"{cut:,}", f"{all_texts:,}")
        elif cut == 1:
            told = self.tr("1 of {0} texts loses its end").format(f"{all_texts:,}")
        elif cut:
            told = self.tr("{0} of {1} texts lose their end").format(f"{cut:,}", f"{all_texts:,}")
        else:
            told = self.tr("in tokens; no text loses its end")
        self._cards[2].tell(told)

    def _above(self) -> list[LostRow]:
        """What is listed and was never a row."""
        return [row for row in self._whole.rejected if stands_above(row.reason)] if self._whole else []

    def _show_lost(self) -> None:
        whole, facts, card = self._whole, self._facts, self._cards[3]
        rejected, above = whole.rejected if whole else (), self._above()
        lost = len(rejected) - len(above)
        unusable = facts.counts["unusable"] if facts else 0
        listed = facts.unusable if facts else ()
        card.entitle(self.tr("Left out"), rows_text(lost + unusable) if whole else "")
        if whole is None:
            self.lost.show_rows((), self._hint(self.tr("Rows that cannot be read or learned from, each with its reason.")))
            return
        says = [above_text([row.line for row in above])] if above else []
        if lost:
            says.append(self.tr("{0} could not be read.").format(f"{lost:,}"))
        if unusable:
            several = self.tr("{0} were read and cannot be learned from.").format(f"{unusable:,}")
            says.append(self.tr("1 was read and cannot be learned from.") if unusable == 1 else several)
        if unusable > len(listed):
            says.append(self.tr("Of these the first {0} are listed.").format(f"{len(listed):,}"))
        if not lost and not unusable:
            says.append(self.tr("Every row was read."))
        passed = self.tr(", ").join(f"{count:,} × {said(what)}" for what, count in whole.passed.items())
        if passed:
            says.append(self.tr("Passed over: {0}.").format(passed))
        self.lost.show_rows((*rejected, *listed), " ".join(says))
