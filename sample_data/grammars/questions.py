"""`questions.csv`: who keeps what where since when, asked of a passage that says it among other things."""

from grammars.words import Dice

NAMES = ("Anna", "Ben", "Clara", "David", "Emma", "Felix", "Greta", "Hugo")
THINGS = ("keys", "red kite", "violin", "old letters", "bicycle", "lamp")
PLACES = ("in the attic", "under the bed", "behind the door", "on the balcony", "in a barn", "beside the stove")
TIMES = ("May", "last winter", "Monday", "the storm", "yesterday", "her birthday")
ASIDES = ("It rained all day.", "The bus was late.", "Nobody was at home.", "Dinner was ready.", "A dog barked.", "")
ASKS = ("Who put something away?", "What was put away?", "Where was it put?", "Since when is it there?")


def make(seed: int, rows: int) -> list[tuple[str, str, str, str]]:
    """Rows (question, context, answer, answer_start); no context twice, and the answer stands once in its context."""
    dice = Dice(seed)
    table: dict[str, tuple[str, str, str, str]] = {}
    while len(table) < rows:
        parts = [dice.pick(each) for each in (NAMES, THINGS, PLACES, TIMES)]
        name, thing, place, time = parts
        before, after = dice.several(ASIDES, 2)
        context = f"{before} {name} has kept the {thing} {place} since {time}. {after}".strip()
        asked = dice.below(len(ASKS))
        table[context] = (ASKS[asked], context, parts[asked], str(context.index(parts[asked])))
    return list(table.values())
