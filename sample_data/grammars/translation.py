"""`translation.csv`: a toy grammar that says the same thing in English and in Chinese.

Every part is built as a pair of phrases, so the two languages cannot drift apart; what differs is the order. Chinese puts time
and place before the verb, relative clauses before the noun, counts with measure words, asks with 吗, and moves the object
forward with 把 and 被.
"""

from collections.abc import Callable

from grammars.lexicon import (
    ACTIVITIES,
    FEELINGS,
    FUTURE,
    HABIT,
    KIN,
    KNOW,
    LIKE,
    LIKED,
    NOT_YOURS,
    NUMBERS,
    PAST,
    PORTABLE,
    PRONOUNS,
    QUALITIES,
    RESULTS,
    ROLE_NAMES,
    ROLES,
    SPOTS,
    THINGS,
    VERBS,
    WANT,
    YOU,
    Pair,
    Person,
    Verb,
    pairs,
)
from grammars.words import Dice, english


class Speaker:
    """Chooses what is said and says it twice."""

    def __init__(self, dice: Dice) -> None:
        self.dice = dice

    def person(self) -> Person:
        """Anybody but "you"."""
        return self.dice.pick((self.dice.pick(PRONOUNS), self.dice.pick(NOT_YOURS), self.dice.pick(ROLES)))

    def asked(self) -> Person:
        """Whoever a question can be about."""
        return YOU if self.dice.chance(0.3) else self.dice.pick((self.dice.pick(KIN), self.dice.pick(ROLES)))

    def thing(self, verb: Verb, counted: bool = True) -> Pair:
        """An object of the verb: "two red apples", "this book" or (not counted) "apples"."""
        thing = self.dice.pick(THINGS[self.dice.pick(verb.objects)])
        drink = " of " in thing.en
        if not counted and not drink:
            return Pair(thing.plural, thing.zh)
        look = Pair(*self.dice.pick(thing.adjectives).split("=")) if self.dice.chance(0.5) else Pair("", "")
        one, many = thing.en, thing.plural
        if drink:  # the adjective belongs to the drink: a cup of hot tea
            one, many = (name.replace(" of ", f" of {look.en} ") for name in (one, many))
        else:
            one, many = f"{look.en} {one}", f"{look.en} {many}"
        zh = thing.measure + look.zh + thing.zh
        if self.dice.chance(0.25) and verb.base != "write":
            this = self.dice.pick(pairs("this=这 / that=那"))
            return Pair(f"{this.en} {one}", this.zh + zh)
        if self.dice.chance(0.4):
            return Pair(f"a {one}", "一" + zh)
        number = self.dice.pick(NUMBERS)
        return Pair(f"{number.en} {many}", number.zh + zh)

    def place(self, verb: Verb) -> Pair:
        """A place that suits the verb."""
        return Pair(*self.dice.pick(verb.places).split("="))

    def deed(self, counted: bool = True) -> tuple[Verb, Pair, Pair]:
        """A verb, its object (empty for an activity) and a place (sometimes empty)."""
        verb = self.dice.pick(VERBS) if self.dice.chance(0.7) else self.dice.pick(ACTIVITIES)
        what = self.thing(verb, counted) if verb.objects else Pair("", "")
        return verb, what, self.place(verb) if self.dice.chance(0.7) else Pair("", "")

    # ── sentences ────────────────────────────────────────────────────────────────────────────────────────────────────

    def past(self) -> Pair:
        """Yesterday my mother bought two red apples at the market. — 昨天我妈妈在市场买了两个红苹果。"""
        who, (verb, what, where), when = self.person(), self.deed(), self.dice.pick(PAST)
        deed = f"{who.en} {verb.past} {what.en} {where.en}"
        done = f"{where.zh}{verb.zh}了{what.zh}" if what.zh else f"{where.zh}{verb.zh}了"
        if self.dice.chance(0.3):
            return Pair(f"{when.en} {deed}.", f"{when.zh}{who.zh}{done}。")
        return Pair(f"{deed} {when.en}.", f"{who.zh}{when.zh}{done}。")

    def past_denied(self) -> Pair:
        """She did not buy apples at the market yesterday. — 她昨天没在市场买苹果。"""
        who, (verb, what, where), when = self.person(), self.deed(counted=False), self.dice.pick(PAST)
        return Pair(
            f"{who.en} did not {verb.base} {what.en} {where.en} {when.en}.", f"{who.zh}{when.zh}没{where.zh}{verb.zh}{what.zh}。"
        )

    def future(self) -> Pair:
        """We will work in Beijing next year. — 我们明年会在北京工作。"""
        who, (verb, what, where), when = self.person(), self.deed(), self.dice.pick(FUTURE)
        no, not_ = self.dice.weighted({("", ""): 3.0, ("not ", "不"): 1.0})
        return Pair(
            f"{who.en} will {no}{verb.base} {what.en} {where.en} {when.en}.",
            f"{who.zh}{when.zh}{not_}会{where.zh}{verb.zh}{what.zh}。",
        )

    def habit(self) -> Pair:
        """The doctor reads newspapers in the park every morning. — 医生每天早上在公园看报纸。"""
        who, (verb, what, where), when = self.person(), self.deed(counted=False), self.dice.pick(HABIT)
        return Pair(
            f"{who.en} {who.agree(verb)} {what.en} {where.en} {when.en}.", f"{who.zh}{when.zh}{where.zh}{verb.zh}{what.zh}。"
        )

    def now(self) -> Pair:
        """My father is reading a newspaper at home. — 我爸爸正在家看一份报纸。"""
        who, (verb, what, where) = self.person(), self.deed()
        return Pair(f"{who.en} {who.be} {verb.ing} {what.en} {where.en}.", f"{who.zh}正{where.zh or '在'}{verb.zh}{what.zh}。")

    def question(self) -> Pair:
        """Did your mother buy two books yesterday? — 你妈妈昨天买了两本书吗？"""
        who, (verb, what, where), when = self.asked(), self.deed(), self.dice.pick(PAST)
        return Pair(
            f"did {who.en} {verb.base} {what.en} {where.en} {when.en}?",
            f"{who.zh}{when.zh}{where.zh}{verb.zh}了{what.zh}吗？",
        )

    def question_habit(self) -> Pair:
        """Does the girl sing in the park every day? — 女孩每天在公园唱歌吗？"""
        who, (verb, what, where), when = self.asked(), self.deed(counted=False), self.dice.pick(HABIT)
        return Pair(
            f"{who.do} {who.en} {verb.base} {what.en} {where.en} {when.en}?", f"{who.zh}{when.zh}{where.zh}{verb.zh}{what.zh}吗？"
        )

    def question_what(self) -> Pair:
        """What did he buy at the market yesterday? — 他昨天在市场买了什么？"""
        who, verb, when = self.asked(), self.dice.pick(VERBS), self.dice.pick(PAST)
        where = self.place(verb)
        return Pair(f"what did {who.en} {verb.base} {where.en} {when.en}?", f"{who.zh}{when.zh}{where.zh}{verb.zh}了什么？")

    def question_who(self) -> Pair:
        """Who sold that horse last week? — 上个星期谁卖了那匹马？"""
        (verb, what, where), when = self.deed(), self.dice.pick(PAST)
        return Pair(f"who {verb.past} {what.en} {where.en} {when.en}?", f"{when.zh}谁{where.zh}{verb.zh}了{what.zh}？")

    def question_where(self) -> Pair:
        """Where does your uncle work? — 你叔叔在哪里工作？"""
        who, (verb, what, _) = self.asked(), self.deed(counted=False)
        return Pair(f"where {who.do} {who.en} {verb.base} {what.en}?", f"{who.zh}在哪里{verb.zh}{what.zh}？")

    def relative_subject(self) -> Pair:
        """The student who reads books in the library likes tea. — 在图书馆看书的学生喜欢茶。"""
        role, (verb, what, where) = self.dice.pick(ROLE_NAMES), self.deed(counted=False)
        liked = self.dice.pick(LIKED)
        return Pair(
            f"the {role.en} who {verb.third} {what.en} {where.en} likes {liked.en}.",
            f"{where.zh}{verb.zh}{what.zh}的{role.zh}喜欢{liked.zh}。",
        )

    def relative_past(self) -> Pair:
        """The boy who bought a hat yesterday is very happy. — 昨天买了一顶帽子的男孩很高兴。"""
        role, (verb, what, where), when = self.dice.pick(ROLE_NAMES), self.deed(), self.dice.pick(PAST)
        feeling = self.dice.pick(FEELINGS)
        done = f"{verb.zh}了{what.zh}" if what.zh else verb.zh
        return Pair(
            f"the {role.en} who {verb.past} {what.en} {where.en} {when.en} is very {feeling.en}.",
            f"{when.zh}{where.zh}{done}的{role.zh}很{feeling.zh}。",
        )

    def relative_object(self) -> Pair:
        """I like the picture that my sister bought in London last year. — 我喜欢我姐姐去年在伦敦买的画。"""
        who, other, verb, when = self.person(), self.person(), self.dice.pick(VERBS), self.dice.pick(PAST)
        while other == who:
            other = self.person()
        thing = self.dice.pick(THINGS[self.dice.pick(verb.objects)])
        where = self.place(verb) if self.dice.chance(0.5) else Pair("", "")
        like = who.agree(LIKE)
        return Pair(
            f"{who.en} {like} the {thing.en} that {other.en} {verb.past} {where.en} {when.en}.",
            f"{who.zh}喜欢{other.zh}{when.zh}{where.zh}{verb.zh}的{thing.zh}。",
        )

    def know(self) -> Pair:
        """I know the doctor who lives in Beijing. — 我认识住在北京的医生。"""
        who, role = self.person(), self.dice.pick(ROLE_NAMES)
        town = self.dice.pick(
            pairs("in Beijing=北京 / in Shanghai=上海 / in London=伦敦 / by the river=河边 / near the station=车站附近")
        )
        know = who.agree(KNOW)
        return Pair(f"{who.en} {know} the {role.en} who lives {town.en}.", f"{who.zh}认识住在{town.zh}的{role.zh}。")

    def moved(self) -> Pair:
        """He put the key under the table. — 他把钥匙放在桌子下面了。"""
        who, what, spot = self.person(), self.dice.pick(PORTABLE), self.dice.pick(SPOTS)
        when = self.dice.pick(PAST) if self.dice.chance(0.4) else Pair("", "")
        return Pair(f"{who.en} put the {what.en} {spot.en} {when.en}.", f"{who.zh}{when.zh}把{what.zh}放在{spot.zh}了。")

    def handled(self) -> Pair:
        """My brother repaired the clock. — 我哥哥把钟修好了。 Or: The clock was repaired by my brother. — 钟被我哥哥修好了。"""
        who, (past, participle, zh, things) = self.person(), self.dice.pick(RESULTS)
        what = self.dice.pick(pairs(things))
        when = self.dice.pick(PAST) if self.dice.chance(0.5) else Pair("", "")
        if self.dice.chance(0.5) or who in PRONOUNS:
            return Pair(f"{who.en} {past} the {what.en} {when.en}.", f"{who.zh}{when.zh}把{what.zh}{zh}了。")
        return Pair(f"the {what.en} was {participle} by {who.en} {when.en}.", f"{what.zh}{when.zh}被{who.zh}{zh}了。")

    def given(self) -> Pair:
        """My uncle gave three books to the child yesterday. — 我叔叔昨天给了孩子三本书。"""
        who, other, when = self.person(), self.dice.pick(ROLES + NOT_YOURS), self.dice.pick(PAST)
        while other == who:
            other = self.dice.pick(ROLES + NOT_YOURS)
        what = self.thing(VERBS[0])
        zh = f"{who.zh}{when.zh}给了{other.zh}{what.zh}。"
        if self.dice.chance(0.5):
            return Pair(f"{who.en} gave {other.en} {what.en} {when.en}.", zh)
        return Pair(f"{who.en} gave {what.en} to {other.en} {when.en}.", zh)

    def compared(self) -> Pair:
        """My sister is taller than the teacher. — 我姐姐比老师高。"""
        who, other = self.dice.several(ROLES + NOT_YOURS, 2)
        base, more, zh = self.dice.pick(QUALITIES)
        if self.dice.chance(0.4):
            return Pair(f"{who.en} is not as {base} as {other.en}.", f"{who.zh}没有{other.zh}{zh}。")
        much, far = self.dice.weighted({("", ""): 2.0, ("much ", "得多"): 1.0})
        return Pair(f"{who.en} is {much}{more} than {other.en}.", f"{who.zh}比{other.zh}{zh}{far}。")

    def because(self) -> Pair:
        """We are very happy because the doctor repaired the car. — 因为医生把车修好了，所以我们很高兴。"""
        who, feeling, cause = self.person(), self.dice.pick(FEELINGS), self.handled()
        while who.zh in cause.zh:  # in real speech the second mention would be a pronoun
            who = self.person()
        return Pair(
            f"{who.en} {who.be} very {feeling.en} because {cause.en}",
            f"因为{cause.zh.rstrip('。')}，所以{who.zh}很{feeling.zh}。",
        )

    def wish(self) -> Pair:
        """The farmer wants to sell four horses in Shanghai. — 农民想在上海卖四匹马。"""
        who, (verb, what, where) = self.person(), self.deed()
        want, not_ = self.dice.weighted({(who.agree(WANT), ""): 2.0, (f"{who.do} not want", "不"): 1.0})
        return Pair(f"{who.en} {want} to {verb.base} {what.en} {where.en}.", f"{who.zh}{not_}想{where.zh}{verb.zh}{what.zh}。")

    def rain(self) -> Pair:
        """If it rains tomorrow, we will study at home. — 如果明天下雨，我们就在家学习。"""
        who, (verb, what, where), when = self.person(), self.deed(), self.dice.pick(FUTURE)
        deed, zh = f"{who.en} will {verb.base} {what.en} {where.en}", f"{who.zh}就{where.zh}{verb.zh}{what.zh}"
        if self.dice.chance(0.5):
            return Pair(f"{deed} if it rains {when.en}.", f"如果{when.zh}下雨，{zh}。")
        return Pair(f"if it rains {when.en}, {deed}.", f"如果{when.zh}下雨，{zh}。")


SENTENCES: tuple[Callable[[Speaker], Pair], ...] = (
    Speaker.past, Speaker.past, Speaker.past_denied, Speaker.future, Speaker.habit, Speaker.now, Speaker.wish, Speaker.rain,
    Speaker.question, Speaker.question_habit, Speaker.question_what, Speaker.question_who, Speaker.question_where,
    Speaker.relative_subject, Speaker.relative_past, Speaker.relative_object, Speaker.know,
    Speaker.moved, Speaker.handled, Speaker.handled, Speaker.given, Speaker.compared, Speaker.because,
)  # fmt: skip


def make(seed: int, rows: int) -> list[tuple[str, str]]:
    """Rows (english, chinese) with distinct sources."""
    dice = Dice(seed)
    speaker = Speaker(dice)
    table: dict[str, str] = {}
    while len(table) < rows:
        said = dice.pick(SENTENCES)(speaker)
        table.setdefault(english(said.en), said.zh)
    return list(table.items())
