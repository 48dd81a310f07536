"""`likeness.csv`: two sentences about who does what with which thing where, and how much of it they share."""

from grammars.words import Dice

WHO = ("Anna", "Ben", "Clara", "David", "Emma")
DOES = ("paints", "hides", "sells", "washes", "breaks")
WHICH = ("red", "blue", "old", "tiny", "heavy")
THING = ("chair", "boat", "lamp", "kite", "drum")
PARTS = (WHO, DOES, WHICH, THING)


def make(seed: int, rows: int) -> list[tuple[str, str, str]]:
    """Rows (sentence1, sentence2, score), no pair twice; the score is the number of the four parts that agree, 0 to 4."""
    dice = Dice(seed)
    table: dict[tuple[str, str], str] = {}
    while len(table) < rows:
        one = [dice.pick(part) for part in PARTS]
        kept = dice.several(range(len(PARTS)), dice.below(len(PARTS) + 1))
        other = [
            word if place in kept else dice.pick([each for each in part if each != word])
            for place, (word, part) in enumerate(zip(one, PARTS, strict=True))
        ]
        table[_sentence(one), _sentence(other)] = str(len(kept))
    return [(*pair, score) for pair, score in table.items()]


def _sentence(parts: list[str]) -> str:
    who, does, which, thing = parts
    return f"{who} {does} the {which} {thing}."
