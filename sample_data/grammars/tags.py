"""`tags.csv`: sentences with people (PER), places (LOC), organisations (ORG) and times (TIME) marked in BIO.

A name does not say what it is: Jordan plays chess, Jordan has deserts; May is a month, a girl and a verb. The frame decides,
so each slot stands where only one kind of name makes sense. Most names come from a long tail and are seen once or twice.
"""

# ruff: noqa: E501 - a frame is read as one line

from collections.abc import Sequence

from grammars.words import Dice, Grammar, spread

FIRST_NAMES = spread(
    "Anna Tom Maria Peter Lucy James Emma Oliver Sofia Daniel Nina Paul Clara Simon Elena Victor Ruth Hugo Alice "
    "Martin Irene Felix Laura Oscar Diana Leon Julia Karim Amira Omar Leila Hassan Yuki Kenji Mei Wei Priya Arjun "
    "Anil Kofi Ama Zola Diego Lucia Pablo Carmen Ivan Olga Dmitri Katya Lars Ingrid Astrid Sven Pierre Colette "
    "Marcel Giulia Marco Bianca Aisha Yusuf Tariq Farah Jonas Greta Moritz Heidi Niamh Declan Rhys Gwen Thandi "
    "Sipho Rosa Mateo Ines Rafael Beatriz João"
)
SURNAMES = spread(
    "Brown Taylor Cooper Walker Hughes Price Reed Foster Murphy Collins Lopez Garcia Silva Rossi Bianchi Novak "
    "Kowalski Petrov Ivanov Larsen Nilsson Virtanen Schmidt Weber Fischer Keller Dubois Laurent Moreau Okafor "
    "Mensah Diallo Ndlovu Haddad Rahman Khan Patel Sharma Iyer Tanaka Sato Mori Chen Zhou Lin Park Kim Nguyen Tran "
    "Santos Reyes Costa Duarte Vargas Molina Ortega Quinn Byrne Doyle Fraser Sinclair Holm Berg Dahl Lund Vogel "
    "Brandt Richter Maier Toth Szabo Horvat Popescu Ionescu Georgiou Nikolaidis Yilmaz Demir Aydin Farouk Nasser "
    "Saleh Abebe Tesfaye Mwangi Otieno Banda Phiri"
)
TOWNS = spread(
    "London Berlin Tokyo Cairo Lima Oslo Rome Delhi Seoul Madrid Lisbon Vienna Athens Dublin Prague Warsaw Helsinki "
    "Nairobi Lagos Accra Tunis Amman Hanoi Manila Jakarta Lahore Dhaka Kyoto Osaka Shanghai Beijing Toronto "
    "Montreal Boston Chicago Denver Quito Bogota Havana New~York Cape~Town Buenos~Aires Rio~de~Janeiro"
)
COUNTRIES = spread(
    "Kenya Ghana Peru Chile Norway Sweden Poland Greece Turkey Egypt Morocco India Nepal Vietnam Japan Canada "
    "Mexico Brazil San~Marino Costa~Rica Sri~Lanka South~Korea New~Zealand"
)
RIVERS = spread("Amazon Nile Danube Niger Rhine Orange Mekong Ganges Volga Seine")
COMPANIES = spread(
    "Nordvik Tarvex Lumora Brightwell Celadon Oakline Quantis Solaria Veltron Maplesoft~Foods Harbour~Steel "
    "Redfern~Motors Arctic~Air Blue~River~Bank Silverline~Railways Greenfield~Energy Northern~Post Atlas~Insurance "
    "Meridian~Press Pioneer~Ltd"
)

# The long tail: names put together from parts; there are far more of them than rows.
HEADS = spread(
    "Ash Brin Cold Dun Elm Fair Glen Har Iver Kel Lang Mar Nor Oak Pen Quen Rush Stan Thorn Up Wen Yar Black Red "
    "White Stone Winter Summer Fern Hazel Alder Birch Raven Swan Wolf Mill"
)
PLACE_TAILS = spread("ford wick bury dale mere stead combe ton field haven port minster")
SURNAME_TAILS = spread("ford wood ley well man worth ton by ridge more")
COMPANY_TAILS = ("Systems", "Group", "&~Sons", "Bank", "Airlines", "Foods", "Motors", "Ltd", "Records", "Pharma")

# Names that are several things: each of them stands in at least two of these lists, or is a common word as well.
AMBIGUOUS_PEOPLE = spread(
    "Jordan May April June August Paris Sydney Florence Austin Georgia Chelsea Victoria Lincoln Ford Morgan Chester "
    "Hope Will Mark Rose Bill Grace"
)
AMBIGUOUS_TOWNS = spread("Paris Sydney Florence Austin Chelsea Victoria Lincoln Washington Orange Chester Wells Hope Mobile")
AMBIGUOUS_COUNTRIES = spread("Jordan Georgia Jordan Georgia Turkey")
AMBIGUOUS_COMPANIES = spread("Apple Amazon Ford Orange Shell Target Mercury Lincoln Chelsea Morgan Gap Victoria Jordan")
MONTHS = spread("January February March April May June July August September October November December May June April August")
DAYS = spread("Monday Tuesday Wednesday Thursday Friday Saturday Sunday")

# In a template `words/KIND` marks a name; `~` joins its words.
FRAMES = (
    # people
    "{PER} and {PER} play [chess|tennis|the piano] together {USUAL} .",
    "my [aunt|uncle|cousin|neighbour|dentist] {PER} [sings|cooks|laughs|paints] very well .",
    "{PER} was born in {TOWN} {PAST} .",
    "{PER} put on a [coat|scarf|hat] and went home .",
    "{PER} , who is [nine|forty|sixty] years old , lives in {PLACE} .",
    '" I am [tired|late|ready] , " said {PER} .',
    "have you met {PER} , the new [teacher|doctor|gardener] ?",
    "{PER} [told|asked] {PER} nothing about the trip to {PLACE} .",
    "dear {PER} , thank you for your letter from {PLACE} .",
    "{PER} forgot the keys , so {PER} waited outside .",
    "please give {PER} {PER} 's new address .",
    "will {PER} come to the party {FUTURE} ?",
    "{EARLIER} {PER} [moved|flew|drove] from {TOWN} to {TOWN} .",
    "is {PER} older than {PER} ?",
    # places
    "they crossed {COUNTRY} by [train|bus|car] {PAST} .",
    "the capital of {COUNTRY} is far from {TOWN} .",
    "the weather in {PLACE} was [cold|warm|wet|dry] {PAST} .",
    "we took the night train from {TOWN} to {TOWN} .",
    "{TOWN} has [three|many|few] bridges and a large harbour .",
    "the streets of {TOWN} are [quiet|crowded|empty] {USUAL} .",
    "{TOWN} , a town in the north of {COUNTRY} , opened a new library {PAST} .",
    "there will be no flights to {PLACE} {FUTURE} .",
    "the population of {PLACE} [grew|shrank] {PAST} .",
    "they sailed down the {RIVER} {PAST} .",
    "the {RIVER} is [wide|shallow|calm] {USUAL} .",
    # organisations
    "{ORG} hired [two hundred|forty|several] people {PAST} .",
    "shares of {COMPANY} [rose|fell] [sharply|slightly] {PAST} .",
    "{COMPANY} will open a new factory in {PLACE} {FUTURE} .",
    "{PER} works for {ORG} in {TOWN} .",
    "{PER} left {ORG} {PAST} to start a company .",
    "the lawyers of {COMPANY} and {COMPANY} met in {TOWN} .",
    "customers of {COMPANY} complained about the prices .",
    "{COMPANY} bought {COMPANY} for two billion dollars {PAST} .",
    "{PER} became the head of {ORG} {PAST} .",
    "{COMPANY} reported a [profit|loss] {PAST} .",
    "{PER} studied [law|music|physics] at the {SCHOOL} .",
    "the {SCHOOL} has invited {PER} to speak {FUTURE} .",
    # times
    "the [shop|school|library] is closed {USUAL} .",
    "the meeting with {PER} is {FUTURE} .",
    "{EARLIER} the [lake|river|pond] froze .",
    "it has not rained since {MONTH} .",
    "{MONTH} is the [hottest|coldest|wettest] month in {PLACE} .",
    # the same words as no names at all
    "may I [borrow|see|keep] this [book|map|letter] ?",
    "you may [leave|begin|sit down] now , {PER} .",
    "an apple a day is enough for {PER} .",
    "apple cake is best {USUAL} , says {PER} .",
    "{PER} ate an [apple|orange] on the train to {TOWN} .",
    "mark the right answer , please .",
    "will you [help|call|join] {PER} {FUTURE} ?",
    "bill the customer {FUTURE} , {PER} .",
    "{PER} paid the bill and left a rose on the table .",
    "hope is all that {PER} has left .",
    "the target of {COMPANY} was too high .",
    "{PER} found a shell on the beach near {TOWN} .",
    "there is a gap in the fence behind the house of {PER} .",
    "the wells near {TOWN} were dry {PAST} .",
    "march slowly , {PER} !",
    "the mercury fell to zero in {TOWN} {PAST} .",
)
TIMES = {
    "MONTH": ("{month}/TIME",),
    "PAST": ("last~{day}/TIME", "last~[week|month|year|{season}]/TIME", "[yesterday|today]/TIME", "in {month}/TIME", "in {year}/TIME",
             "in {month}~{year}/TIME", "in the~{season}~of~{year}/TIME", "on {day}~morning/TIME", "[two|three|five]~[days|weeks|years]~ago/TIME"),
    "EARLIER": ("last~{day}/TIME", "last~[week|month|year|{season}]/TIME", "yesterday/TIME", "in {month}~{year}/TIME", "on {day}/TIME",
                "[two|three|five]~[days|weeks|years]~ago/TIME"),
    "FUTURE": ("next~{day}/TIME", "next~[week|month|year|{season}]/TIME", "[today|tomorrow|tonight]/TIME", "in {month}/TIME",
               "on the~[first|second|third|tenth]~of~{month}/TIME", "at [noon|midnight|half~past~nine|six~o'clock]/TIME", "on {day}/TIME"),
    "USUAL": ("in {month}/TIME", "on {day}/TIME", "every~{day}/TIME", "on {day}~morning/TIME", "in {season}/TIME"),
    "month": MONTHS,
    "day": DAYS,
    "season": ("spring", "summer", "autumn", "winter"),
    "year": ("1998", "2004", "2011", "2016", "2019", "2023"),
}  # fmt: skip


class Names:
    """Finds names: common ones, ambiguous ones, and ones from the long tail."""

    def __init__(self, dice: Dice) -> None:
        self.dice = dice

    def person(self) -> str:
        """A first name, sometimes with a surname."""
        first = self.dice.pick(AMBIGUOUS_PEOPLE if self.dice.chance(0.3) else FIRST_NAMES)
        return f"{first}~{self.surname()}/PER" if self.dice.chance(0.4) else f"{first}/PER"

    def town(self) -> str:
        """A town, real or made up."""
        return (self.dice.pick(AMBIGUOUS_TOWNS) if self.dice.chance(0.3) else self.place()) + "/LOC"

    def country(self) -> str:
        """A country."""
        return self.dice.pick(AMBIGUOUS_COUNTRIES if self.dice.chance(0.3) else COUNTRIES) + "/LOC"

    def river(self) -> str:
        """A river."""
        return self.dice.pick(RIVERS) + "/LOC"

    def company(self) -> str:
        """A firm."""
        kind = self.dice.weighted({"ambiguous": 3, "made": 3, "known": 4})
        if kind == "made":
            return f"{self.made(SURNAME_TAILS)}~{self.dice.pick(COMPANY_TAILS)}/ORG"
        return (self.dice.pick(AMBIGUOUS_COMPANIES) if kind == "ambiguous" else self.dice.pick_early(COMPANIES)) + "/ORG"

    def school(self) -> str:
        """A place of learning."""
        return self.dice.pick(("University~of~{}", "Museum~of~{}", "{}~Academy", "{}~College")).format(self.place()) + "/ORG"

    def made(self, tails: Sequence[str]) -> str:
        """A name nobody has heard before."""
        return self.dice.pick(HEADS) + self.dice.pick(tails)

    def surname(self) -> str:
        """A family name without its mark."""
        return self.made(SURNAME_TAILS) if self.dice.chance(0.4) else self.dice.pick_early(SURNAMES)

    def place(self) -> str:
        """A town without its mark."""
        return self.made(PLACE_TAILS) if self.dice.chance(0.4) else self.dice.pick_early(TOWNS)


def tagged(marked: str) -> tuple[str, str]:
    """Tokens and tags of a marked-up sentence: "in New~York/LOC ." becomes "In New York ." and "O B-LOC I-LOC O"."""
    tokens: list[str] = []
    tags: list[str] = []
    for chunk in marked.split():
        name, _, kind = chunk.partition("/")
        words = name.split("~")
        tokens += words
        tags += [f"B-{kind}", *[f"I-{kind}"] * (len(words) - 1)] if kind else ["O"]
    first = next(index for index, token in enumerate(tokens) if token[0].isalpha())
    tokens[first] = tokens[first][0].upper() + tokens[first][1:]
    return " ".join(tokens), " ".join(tags)


def make(seed: int, rows: int) -> list[tuple[str, str]]:
    """Rows (tokens, tags), both separated by spaces; no sentence twice."""
    dice = Dice(seed)
    names = Names(dice)
    grammar = Grammar(
        dice,
        {
            **TIMES,
            "PER": names.person,
            "TOWN": names.town,
            "COUNTRY": names.country,
            "PLACE": ("{TOWN}", "{TOWN}", "{COUNTRY}"),
            "RIVER": names.river,
            "COMPANY": names.company,
            "SCHOOL": names.school,
            "ORG": ("{COMPANY}", "{COMPANY}", "the {SCHOOL}"),
        },
    )
    table: dict[str, str] = {}
    for frame in dice.endless(FRAMES):
        marked = grammar.expand(frame)
        if dice.chance(0.2):
            marked = marked[:-1] + "; " + grammar.expand(dice.pick(FRAMES))
        tokens, tags = tagged(marked)
        table.setdefault(tokens, tags)
        if len(table) == rows:
            break
    return list(table.items())
