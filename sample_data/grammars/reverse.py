"""`reverse.csv`: sequences of letters and the same letters backwards."""

from grammars.words import Dice

LETTERS = "abcdefghijklmnopqrst"
LENGTHS = range(3, 13)


def make(seed: int, rows: int) -> list[tuple[str, str]]:
    """Rows (source, target) with distinct sources; every length is equally common, letters may repeat."""
    dice = Dice(seed)
    table: dict[str, str] = {}
    while len(table) < rows:
        letters = [dice.pick(LETTERS) for _ in range(dice.pick(LENGTHS))]
        table[" ".join(letters)] = " ".join(reversed(letters))
    return list(table.items())
