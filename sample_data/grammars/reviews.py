"""`reviews.csv`: what the English product reviews are made of."""

from grammars.opinions import Phrasebook
from grammars.words import english

PRODUCTS = {
    "headset": "sound:sound sound:bass comfort:fit build:cable battery:battery price:price",
    "laptop": "screen:screen sound:speaker build:hinge battery:battery software:software price:price",
    "phone": "screen:screen sound:speaker battery:battery software:menu build:case price:price",
    "tablet": "screen:display software:software battery:battery sound:sound build:stand price:price",
    "watch": "screen:display comfort:strap battery:battery software:app look:design price:price",
    "camera": "screen:picture software:menu battery:battery build:lens+cap look:design price:price",
    "projector": "screen:picture sound:sound build:stand software:remote+control service:support price:price",
    "radio": "sound:sound build:dial look:design battery:battery service:support price:price",
    "jacket": "comfort:lining comfort:fit build:zip look:colour service:delivery price:price",
    "backpack": "comfort:shoulder+strap build:zip build:buckle look:pattern service:delivery price:price",
    "tent": "build:frame build:zip look:colour software:manual service:delivery price:price",
    "armchair": "comfort:cushion comfort:backrest build:frame look:fabric service:delivery price:price",
    "mattress": "comfort:surface comfort:foam build:cover service:delivery service:support price:price",
    "lamp": "look:design look:shade build:switch software:manual service:support price:price",
    "coffee": "taste:flavour taste:aroma taste:aftertaste look:tin service:delivery price:price",
    "tea": "taste:flavour taste:aroma taste:aftertaste look:box service:delivery price:price",
    "chocolate": "taste:flavour taste:filling taste:aftertaste look:box service:delivery price:price",
    "novel": "story:plot story:ending story:dialogue story:opening look:cover price:price",
    "film": "story:plot story:ending story:dialogue sound:music screen:picture story:opening",
    "board game": "story:theme software:rule+book look:artwork build:box service:support price:price",
}  # product → kind:aspect …

KINDS = {
    "screen": ("sharp bright vivid", "dim blurry grainy"),
    "sound": ("clear rich warm", "tinny muffled harsh"),
    "comfort": ("comfortable soft warm", "stiff scratchy lumpy"),
    "build": ("sturdy solid reliable", "flimsy wobbly fragile"),
    "battery": ("strong reliable", "weak feeble"),
    "software": ("clear simple quick", "confusing clumsy slow"),
    "look": ("elegant stylish bright", "ugly gaudy clumsy"),
    "service": ("friendly quick reliable", "rude slow careless"),
    "taste": ("fresh rich", "bitter stale"),
    "story": ("gripping clever vivid", "dull confusing silly"),
    "price": ("fair reasonable", "steep silly"),
}  # kind → words for, words against
PLAIN = ("good nice lovely", "bad poor disappointing")
STRONG = ("great excellent wonderful brilliant", "awful terrible dreadful horrible")


RULES = {
    # {word} is on the clause's own side …
    "assert": (
        "{plain_assert}",
        "the {aspect} is [absolutely|simply|truly|] {strong}",
        "I find the {aspect} [very|really|] {word}",
        "the {aspect} turned out [very|really|] {word}",
        "the {aspect} is {word}, even more so than {expected}",
        "the {aspect} is every bit as {word} as {expected}",
        "the {aspect} is not just {word}, it is {strong}",
        "there is no denying that the {aspect} is {word}",
        "nobody can deny that the {aspect} is {word}",
        "I have rarely had such a {word} {aspect}",
    ),
    # … or on the other one.
    "deny": (
        "{plain_deny}",
        "the {aspect} is less {word} than {expected}",
        "the {aspect} is nowhere near as {word} as {expected}",
        "there is nothing {word} about the {aspect}",
        "I would not call the {aspect} {word}",
    ),
    # What somebody else can have said.
    "plain_assert": ("the {aspect} is [very|really|quite|] {word}",),
    "plain_deny": (
        "the {aspect} is not {word} at all",
        "the {aspect} isn't {word}",
        "the {aspect} is anything but {word}",
        "the {aspect} is far from {word}",
        "the {aspect} is hardly {word}",
    ),
    "expected": ("I expected", "the pictures suggest", "the last one I had"),
    "somebody": ("my sister", "my neighbour", "a friend", "the shop", "everyone", "my brother"),
    "although": ("although", "even though"),
    "but": (", but", ", but", ", yet", ". However,", ". Even so,"),
    "before": (
        "I bought this {product} for my [mother|father|daughter|son|office].",
        "I have known this {product} for [two|three|six] [weeks|months].",
        "this was a [birthday|wedding|Christmas] present.",
        "my second {product} from this [shop|maker].",
        "the {product} arrived on [Monday|Tuesday|Friday].",
        "after [a week|a month|ten days] with this {product}:",
    ),
    "after": (
        "I ordered it [online|in town|by phone].",
        "that is all I have to say about this {product}.",
        "I have told [my sister|the shop|my neighbour] the same.",
        "[Two|Three|Four] of my friends own the same {product}.",
    ),
    "middling": ("average", "ordinary", "acceptable", "passable", "unremarkable"),
}

DECIDED = {
    "{yes}.": 9,
    "{yes}[, and|. Besides,] {yes}.": 9,
    "{yes}, {yes}, and {yes}.": 4,
    "{no}{but} {yes}.": 7,
    "{no}, and {no}{but} {yes}.": 1,
    "the {product} is {middling} in most ways{but} {yes}.": 1,
    "{although} {no}, {yes}.": 5,
    "{yes}, {although} {no}.": 5,
    "despite the {con} {aspect}, {yes}.": 1,
    "{yes}, despite the {con} {aspect}.": 1,
    '[a comment|another buyer|a review] says "{con} {aspect}". That is [not true|wrong].': 1,
    '[a comment|another buyer|a review] says "{pro} {aspect}". That is [true|right].': 1,
    "{somebody} told me that {said_no}. [They were wrong|That was wrong].": 1,
    "{somebody} told me that {said_yes}. [They were right|That was right].": 1,
    "my old {product} was {strong_con}. This one is [the opposite|nothing like it].": 1,
    "my old {product} was {strong_pro}. This one is [the same|just like it].": 1,
    "is the {aspect} {con}? [No|Not at all].": 1,
    "is the {aspect} {pro}? [Yes|Very much so].": 1,
}
UNDECIDED = {
    "the {aspect} is {middling}, and so is the {other}.": 1,
    "the {aspect} is neither {pro} nor {con}.": 1,
    "I would call the {aspect} neither {pro} nor {con}, just {middling}.": 1,
    "the {aspect} is not {con}, but it is not {pro} either.": 1,
    "{yes}, {no}, and [in the end|for me] the two cancel out.": 1,
    "{yes}{but} {no}, so [it evens out|I am in two minds|I am left in the middle].": 2,
    "on the one hand {yes}, on the other hand {no}.": 2,
    "{although} {yes}, the {product} as a whole is {middling}.": 1,
    "{yes}{but} all in all this {product} is {middling}.": 1,
    "some days {said_yes}, other days {said_no}.": 1,
    "some people say that {said_yes}, others that {said_no}; I am with neither.": 1,
    "I cannot yet say whether {said_yes}.": 1,
    "is the {aspect} {pro}? [Sometimes|Yes and no|It depends].": 1,
    '[a comment|another buyer|a review] says "{pro} {aspect}". [That is half true|I cannot tell].': 1,
}

BOOK = Phrasebook(
    labels={"positive": (1, 0.42), "negative": (-1, 0.34), "neutral": (0, 0.24)},
    products=PRODUCTS,
    kinds=KINDS,
    plain=PLAIN,
    strong=STRONG,
    rules=RULES,
    decided=DECIDED,
    undecided=UNDECIDED,
    finish=english,
    length=lambda text: len(text.split()),
    lengths=range(5, 41),
)
