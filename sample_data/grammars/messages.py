"""`messages.csv`: messages to a town hall and all that they are about; one message may speak of several things."""

from grammars.words import Dice

SAYS = {
    "roads": ("The road is full of holes", "A bridge needs repair", "Cars go too fast here", "The pavement is broken"),
    "water": ("No water comes from the tap", "The tap water tastes of iron", "A pipe leaks in our street", "The cellar is wet"),
    "noise": ("The club is loud until four", "Dogs bark all night", "Drills start before six", "The music never stops"),
    "waste": ("Nobody emptied the bins", "Rubbish lies in the park", "The bins are too small", "Glass lies everywhere"),
    "light": ("The street lamp is dark", "Our lane has no light", "A lamp flickers", "The lights stay off"),
}  # fmt: skip


def make(seed: int, rows: int) -> list[tuple[str, str]]:
    """Rows (text, topics) with distinct texts; the topics of a message stand with "; " between, in alphabetical order."""
    dice = Dice(seed)
    table: dict[str, str] = {}
    while len(table) < rows:
        topics = dice.several(list(SAYS), dice.pick((1, 1, 2, 2, 3)))
        text = ". ".join(dice.pick(SAYS[topic]) for topic in topics) + "."
        table[text] = "; ".join(sorted(topics))
    return list(table.items())
