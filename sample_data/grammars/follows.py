"""`follows.csv`: what one sentence says of another that compares the same two people: it follows, it contradicts, or is open."""

from grammars.words import Dice

NAMES = ("Anna", "Ben", "Clara", "David", "Emma", "Felix")
OPPOSITES = (("taller", "shorter"), ("older", "younger"), ("richer", "poorer"), ("faster", "slower"))


def make(seed: int, rows: int) -> list[tuple[str, str, str]]:
    """Rows (premise, hypothesis, label), no pair twice; the three labels are about equally common."""
    dice = Dice(seed)
    table: dict[tuple[str, str], str] = {}
    while len(table) < rows:
        one, other = dice.several(NAMES, 2)
        scale = dice.pick(OPPOSITES)
        side = dice.below(2)
        label = dice.pick(("follows", "contradicts", "open"))
        turned = dice.chance(0.5)
        told = side if label == "follows" else 1 - side
        asked = dice.pick([each for each in OPPOSITES if each is not scale]) if label == "open" else scale
        first, second = (other, one) if turned else (one, other)
        word = asked[1 - told if turned else told]
        table[f"{one} is {scale[side]} than {other}.", f"{first} is {word} than {second}."] = label
    return [(*pair, label) for pair, label in table.items()]
