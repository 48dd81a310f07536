"""`stories.txt`: simple children's stories with recurring characters, dialogue, and reasons for what happens.

Who takes part, what they own, fear and love stays the same within a story, and each character keeps their nature in all of
them: Bruno loves honey and is slow, Pip is small and quick. What happens stands in `plots.py`.
"""

from dataclasses import dataclass

from grammars.plots import ELDERS, PLOTS, RULES
from grammars.words import Dice, Grammar, english


@dataclass(frozen=True)
class Character:
    """Somebody who comes back in many stories."""

    name: str
    kind: str
    he: str
    nature: str
    treat: str
    fear: str
    home: str
    gift: str
    """What this character can do better than others."""

    def words(self, role: str) -> dict[str, str]:
        """The slots that speak of this character in a role: {role}, {role_he}, {role_his} …"""
        him, his = {"he": ("him", "his"), "she": ("her", "her")}[self.he]
        slots = {
            "": self.name, "he": self.he, "him": him, "his": his, "kind": self.kind, "nature": self.nature, "treat": self.treat,
            "fear": self.fear, "home": self.home, "gift": self.gift,
        }  # fmt: skip
        return {f"{role}_{slot}".rstrip("_"): words for slot, words in slots.items()}


CAST = (
    Character("Mia", "girl", "she", "curious", "strawberries", "thunder", "a yellow house by the mill", "ask good questions"),
    Character("Tom", "boy", "he", "careful", "plums", "the dark", "a house with a green door", "tie strong knots"),
    Character("Nell", "girl", "she", "brave", "nuts", "spiders", "a boat on the canal", "swim like a fish"),
    Character("Sami", "boy", "he", "quiet", "dates", "loud dogs", "a flat above the bakery", "draw maps"),
    Character("Bruno", "bear", "he", "slow and kind", "honey", "bees", "a cave under the hill", "carry heavy things"),
    Character(
        "Pip", "mouse", "he", "small and quick", "cheese", "the big grey cat", "a hole behind the stove", "slip through tiny gaps"
    ),
    Character("Luna", "owl", "she", "wise", "berries", "bright light", "a hollow oak", "see in the dark"),
    Character("Olive", "otter", "she", "playful", "clams", "deep snow", "a den by the river", "dive to the bottom"),
    Character("Hugo", "hedgehog", "he", "shy", "apples", "balloons", "a pile of leaves", "smell things from far away"),
    Character("Daisy", "goat", "she", "stubborn", "clover", "the wind", "a shed on the farm", "climb steep rocks"),
    Character("Finn", "fox", "he", "clever", "roast chestnuts", "traps", "a den between the roots", "find any path"),
    Character("Ruby", "hen", "she", "busy", "corn", "hawks", "the red barn", "wake everybody in time"),
)


@dataclass(frozen=True)
class Treasure:
    """Something a character owns: how it breaks and what mends it."""

    name: str
    broken: str
    cause: str
    mended: str
    use: str


TREASURES = (
    Treasure("red kite", "torn", "a branch caught it", "with paper and glue", "flew high above the trees"),
    Treasure("little boat", "leaking", "it hit a stone", "with wax", "floated better than before"),
    Treasure("wooden drum", "split", "it fell down the stairs", "with a strip of leather", "sounded deep and round"),
    Treasure("blue cup", "cracked", "the tray slipped", "with a drop of glue", "held water again"),
    Treasure("music box", "silent", "sand got inside", "with a feather and some oil", "played its old song"),
    Treasure("lantern", "dark", "the wick was wet", "with a dry wick", "shone through the fog"),
    Treasure("wagon", "crooked", "a wheel came off", "with a new nail", "rolled straight down the lane"),
    Treasure("straw hat", "flat", "somebody sat on it", "with steam and patience", "kept the sun away"),
)


def story(dice: Dice, plot: str) -> str:
    """One story on one line."""
    hero, friend = dice.several(CAST, 2)
    treasure = dice.pick(TREASURES)
    words = {
        **hero.words("hero"),
        **friend.words("friend"),
        "Hero_he": hero.he.capitalize(),
        "Hero_his": hero.words("hero")["hero_his"].capitalize(),
        "Friend_he": friend.he.capitalize(),
        "Friend_his": friend.words("friend")["friend_his"].capitalize(),
        "thing": treasure.name,
        "broken": treasure.broken,
        "cause": treasure.cause,
        "mended": treasure.mended,
        "use": treasure.use,
        # One elder and one place per story, so that what is said of them stays true.
        "elder": dice.pick(ELDERS),
        "place": dice.pick(RULES["place"]),
    }
    grammar = Grammar(dice, RULES)
    beats = [
        "{intro}",
        *(dice.pick(ways) for ways in PLOTS[plot]),
        *dice.pick((("{meal}",), ("{lesson}",), ("{meal}", "{lesson}"))),
    ]
    return " ".join(english(grammar.expand(beat, **words)) for beat in beats)


def make(seed: int, stories: int) -> str:
    """The stories with a blank line between; every plot is told equally often."""
    dice = Dice(seed)
    plots = dice.endless(list(PLOTS))
    return "\n\n".join(story(dice, next(plots)) for _ in range(stories)) + "\n"
