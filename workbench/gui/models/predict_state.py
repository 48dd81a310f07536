"""What the Predict page shows of a text: the model, what it says, and what each word does."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from workbench.contracts.errors import WorkbenchError
from workbench.contracts.predictions import PredictorFacts, TextAnswer
from workbench.contracts.specs import PAIRED
from workbench.gui.models.predict_table_state import PredictTableState


class PredictState(QObject):
    """What is asked is a signal; whoever hears it answers with a ``take_…``."""

    open_asked = Signal(str)
    """The path of a model to open."""
    text_asked = Signal()
    """`text` is to be answered, with the effects of its words by `method`."""
    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.facts: PredictorFacts | None = None
        self.text = ""
        self.pair = ""
        """The second text, where the model reads two."""
        self.method = "delete"
        """How a word is taken out: one of `workbench.contracts.predictions.METHODS`."""
        self.answer: TextAnswer | None = None
        self.trouble: WorkbenchError | None = None
        """Of the model."""
        self.text_trouble: WorkbenchError | None = None
        self.at_work = ""
        """What is being done to the model, as a sentence of the layers below; empty while nothing is."""
        self.table = PredictTableState(self)

    # -- what a person does -------------------------------------------------------------------------------------------

    def open(self, source: str) -> None:
        """Predict with another model; text and table stay."""
        self.facts = self.answer = self.trouble = self.text_trouble = None
        self.at_work = "opening the model"
        self.table.set_model("")
        self.changed.emit()
        self.open_asked.emit(source)

    @property
    def paired(self) -> bool:
        """Whether the model reads two texts."""
        return self.facts is not None and self.facts.task in PAIRED

    def ask(self, text: str, pair: str = "") -> None:
        """Say what the model makes of a text, or of two; nothing while one that it reads is empty."""
        asked = (text.strip(), pair.strip())
        if asked != (self.text, self.pair) or self.text_trouble is not None:
            self.text, self.pair = asked
            self._ask()

    def choose_method(self, method: str) -> None:
        """Take words out in another way."""
        if method != self.method:
            self.method = method
            self._ask()

    # -- what is answered ---------------------------------------------------------------------------------------------

    def take_model(self, facts: PredictorFacts) -> None:
        """A model was opened."""
        self.facts, self.at_work = facts, ""
        self.changed.emit()
        self._ask()
        self.table.set_model(facts.path, paired=self.paired)

    def take_trouble(self, error: WorkbenchError) -> None:
        """A model could not be opened."""
        self.trouble, self.at_work = error, ""
        self.changed.emit()

    def take(self, answer: TextAnswer) -> None:
        """A text was answered; what belongs to an older one is let fall."""
        if (answer.given, answer.pair) == (self.text, self.pair if self.paired else "") and self.facts is not None:
            self.answer, self.text_trouble = answer, None
            self.changed.emit()

    def take_text_trouble(self, error: WorkbenchError) -> None:
        """A text could not be answered."""
        self.answer, self.text_trouble = None, error
        self.changed.emit()

    def tell(self, what: str) -> None:
        """What is being done."""
        if what != self.at_work:
            self.at_work = what
            self.changed.emit()

    def _ask(self) -> None:
        self.text_trouble = None
        if self.facts is not None and self.text and (self.pair or not self.paired):
            self.text_asked.emit()
        else:
            self.answer = None
            self.changed.emit()
