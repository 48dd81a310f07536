"""The words of `translation.csv`: every phrase in both languages, and what an English verb or person needs to agree."""

# ruff: noqa: E501 - a word and its translation are read side by side

from dataclasses import dataclass
from typing import NamedTuple


class Pair(NamedTuple):
    """The same phrase in both languages."""

    en: str
    zh: str


def pairs(text: str) -> list[Pair]:
    """Reads "english=中文 / english=中文"."""
    return [Pair(*item.strip().split("=")) for item in text.split(" / ")]


@dataclass(frozen=True)
class Person:
    """Somebody who can be a subject."""

    en: str
    zh: str
    plural: bool = False

    @property
    def be(self) -> str:
        """The form of "to be" that agrees."""
        return "am" if self.en == "I" else "are" if self.plural else "is"

    def agree(self, verb: "Verb") -> str:
        """The present form that agrees."""
        return verb.base if self.plural or self.en == "I" else verb.third

    @property
    def do(self) -> str:
        """The form of "to do" that agrees."""
        return "do" if self.plural or self.en == "I" else "does"


@dataclass(frozen=True)
class Verb:
    """A verb, what it can be done to (kinds of things) and where."""

    base: str
    third: str
    past: str
    ing: str
    zh: str
    objects: tuple[str, ...] = ()
    places: tuple[str, ...] = ()


@dataclass(frozen=True)
class Thing:
    """A countable thing with its measure word, and adjectives that fit it."""

    en: str
    plural: str
    zh: str
    measure: str
    adjectives: tuple[str, ...]


ME = Person("I", "我")
YOU = Person("you", "你", plural=True)
PRONOUNS = [ME, Person("he", "他"), Person("she", "她"), Person("we", "我们", plural=True), Person("they", "他们", plural=True)]
_KIN = pairs(
    "mother=妈妈 / father=爸爸 / older brother=哥哥 / older sister=姐姐 / younger brother=弟弟 / younger sister=妹妹 / "
    "grandmother=奶奶 / grandfather=爷爷 / uncle=叔叔 / teacher=老师 / friend=朋友 / neighbour=邻居"
)
KIN = [
    Person(f"{my.en} {kin.en}", my.zh + kin.zh) for my in pairs("my=我 / your=你 / his=他 / her=她 / our=我们") for kin in _KIN
]
NOT_YOURS = [person for person in KIN if not person.en.startswith("your")]
ROLE_NAMES = pairs("student=学生 / doctor=医生 / child=孩子 / farmer=农民 / driver=司机 / girl=女孩 / boy=男孩 / worker=工人")
ROLES = [Person(f"the {role.en}", role.zh) for role in ROLE_NAMES]

_LOOKS = ("red=红色的", "blue=蓝色的", "white=白色的", "black=黑色的")
_SIZES = ("new=新", "old=旧", "big=大", "small=小")
THINGS = {
    "food": (
        Thing("apple", "apples", "苹果", "个", ("red=红", "big=大", "small=小", "sweet=很甜的")),
        Thing("cake", "cakes", "蛋糕", "个", ("big=大", "small=小", "sweet=很甜的", "delicious=好吃的")),
        Thing("fish", "fish", "鱼", "条", ("big=大", "small=小", "fresh=新鲜的")),
        Thing("egg", "eggs", "鸡蛋", "个", ("big=大", "small=小", "fresh=新鲜的")),
        Thing("banana", "bananas", "香蕉", "根", ("big=大", "small=小", "sweet=很甜的")),
    ),
    "reading": (
        Thing("book", "books", "书", "本", ("new=新", "old=旧", "interesting=有意思的", "thick=厚")),
        Thing("newspaper", "newspapers", "报纸", "份", ("old=旧", "English=英文", "Chinese=中文")),
        Thing("magazine", "magazines", "杂志", "本", ("new=新", "old=旧", "interesting=有意思的", "English=英文")),
    ),
    "writing": (
        Thing("letter", "letters", "信", "封", ("long=长", "short=短", "important=重要的")),
        Thing("novel", "novels", "小说", "本", ("new=新", "long=长", "interesting=有意思的", "famous=有名的")),
    ),
    "drink": (
        Thing("cup of tea", "cups of tea", "茶", "杯", ("hot=热", "green=绿")),
        Thing("cup of coffee", "cups of coffee", "咖啡", "杯", ("hot=热", "black=黑")),
        Thing("glass of milk", "glasses of milk", "牛奶", "杯", ("cold=冷", "hot=热")),
        Thing("glass of water", "glasses of water", "水", "杯", ("cold=冷", "hot=热")),
    ),
    "goods": (
        Thing("shirt", "shirts", "衬衫", "件", (*_LOOKS, "new=新", "beautiful=漂亮的", "expensive=贵的")),
        Thing("hat", "hats", "帽子", "顶", (*_LOOKS, "new=新", "old=旧", "beautiful=漂亮的")),
        Thing("bicycle", "bicycles", "自行车", "辆", (*_LOOKS, "new=新", "old=旧", "expensive=贵的")),
        Thing("chair", "chairs", "椅子", "把", (*_SIZES, *_LOOKS, "comfortable=舒服的")),
        Thing("table", "tables", "桌子", "张", (*_SIZES, *_LOOKS)),
        Thing("computer", "computers", "电脑", "台", (*_SIZES, "expensive=贵的", "cheap=便宜的")),
        Thing("umbrella", "umbrellas", "雨伞", "把", (*_SIZES, *_LOOKS)),
        Thing("picture", "pictures", "画", "幅", (*_SIZES, "beautiful=漂亮的", "famous=有名的")),
    ),
    "animals": (
        Thing("cat", "cats", "猫", "只", ("black=黑", "white=白", "big=大", "small=小", "lovely=可爱的")),
        Thing("dog", "dogs", "狗", "只", ("black=黑", "white=白", "big=大", "small=小", "clever=聪明的")),
        Thing("horse", "horses", "马", "匹", ("black=黑", "white=白", "beautiful=漂亮的")),
        Thing("bird", "birds", "鸟", "只", ("big=大", "small=小", "beautiful=漂亮的")),
    ),
}

_INDOORS = ("at home=在家", "at school=在学校", "in the library=在图书馆", "in the kitchen=在厨房", "in the office=在办公室")
_OUTDOORS = ("in the park=在公园", "in the garden=在花园里", "by the river=在河边", "at the station=在车站")
_SHOPS = ("at the market=在市场", "in the shop=在商店", "in Beijing=在北京", "in Shanghai=在上海", "in London=在伦敦")
VERBS = [
    Verb("buy", "buys", "bought", "buying", "买", ("food", "goods", "reading", "animals"), _SHOPS),
    Verb("sell", "sells", "sold", "selling", "卖", ("food", "goods", "animals"), _SHOPS),
    Verb("eat", "eats", "ate", "eating", "吃", ("food",), (*_INDOORS, *_OUTDOORS)),
    Verb("drink", "drinks", "drank", "drinking", "喝", ("drink",), (*_INDOORS, *_OUTDOORS)),
    Verb("read", "reads", "read", "reading", "看", ("reading", "writing"), (*_INDOORS, *_OUTDOORS)),
    Verb("write", "writes", "wrote", "writing", "写", ("writing",), _INDOORS),
    Verb("draw", "draws", "drew", "drawing", "画", ("animals",), (*_INDOORS, *_OUTDOORS)),
]
ACTIVITIES = [
    Verb("swim", "swims", "swam", "swimming", "游泳", places=("in the lake=在湖里", "in the sea=在海里", "at school=在学校")),
    Verb("sing", "sings", "sang", "singing", "唱歌", places=(*_INDOORS, *_OUTDOORS)),
    Verb("dance", "dances", "danced", "dancing", "跳舞", places=(*_INDOORS, *_OUTDOORS)),
    Verb("study", "studies", "studied", "studying", "学习", places=_INDOORS),
    Verb("work", "works", "worked", "working", "工作", places=(*_SHOPS, *_INDOORS)),
    Verb("sleep", "sleeps", "slept", "sleeping", "睡觉", places=(*_INDOORS, *_OUTDOORS)),
    Verb("run", "runs", "ran", "running", "跑步", places=_OUTDOORS),
    Verb("cook", "cooks", "cooked", "cooking", "做饭", places=("at home=在家", "in the kitchen=在厨房", "by the river=在河边")),
    Verb(
        "play football",
        "plays football",
        "played football",
        "playing football",
        "踢足球",
        places=("at school=在学校", *_OUTDOORS),
    ),
]
LIKE = Verb("like", "likes", "liked", "liking", "喜欢")
KNOW = Verb("know", "knows", "knew", "knowing", "认识")
WANT = Verb("want", "wants", "wanted", "wanting", "想")
PAST = pairs(
    "yesterday=昨天 / last night=昨天晚上 / this morning=今天早上 / last week=上个星期 / last Sunday=上个星期天 / two days ago=两天前 / "
    "last year=去年"
)
FUTURE = pairs(
    "tomorrow=明天 / next week=下个星期 / tomorrow morning=明天早上 / next Sunday=下个星期天 / next year=明年 / tonight=今天晚上"
)
HABIT = pairs("every day=每天 / every morning=每天早上 / every evening=每天晚上 / every week=每个星期")
NUMBERS = pairs("two=两 / three=三 / four=四 / five=五 / six=六 / eight=八 / ten=十")
LIKED = pairs(
    "tea=茶 / coffee=咖啡 / music=音乐 / Chinese food=中国菜 / small animals=小动物 / summer=夏天 / winter=冬天 / flowers=花"
)
FEELINGS = pairs("happy=高兴 / tired=累 / busy=忙 / hungry=饿 / angry=生气")
QUALITIES = [
    ("tall", "taller", "高"), ("young", "younger", "年轻"), ("clever", "cleverer", "聪明"), ("busy", "busier", "忙"),
    ("strong", "stronger", "强壮"),
]  # fmt: skip
# Past participle, verb with its result, things it happens to.
RESULTS = [
    ("ate", "eaten", "吃完", "cake=蛋糕 / fish=鱼 / apple=苹果 / banana=香蕉"),
    ("drank", "drunk", "喝完", "milk=牛奶 / tea=茶 / coffee=咖啡 / water=水"),
    ("washed", "washed", "洗干净", "shirt=衬衫 / car=车 / hat=帽子 / cup=杯子"),
    ("broke", "broken", "打破", "cup=杯子 / window=窗户 / plate=盘子 / bottle=瓶子"),
    ("lost", "lost", "弄丢", "key=钥匙 / umbrella=雨伞 / letter=信 / book=书"),
    ("repaired", "repaired", "修好", "computer=电脑 / bicycle=自行车 / chair=椅子 / clock=钟"),
    ("opened", "opened", "打开", "window=窗户 / door=门 / box=盒子 / bottle=瓶子"),
    ("closed", "closed", "关上", "window=窗户 / door=门 / box=盒子"),
]
SPOTS = pairs(
    "on the table=桌子上 / under the table=桌子下面 / on the chair=椅子上 / in the bag=包里 / in the box=盒子里 / by the door=门旁边 / "
    "behind the door=门后面 / on the bed=床上"
)
PORTABLE = pairs("book=书 / key=钥匙 / letter=信 / cup=杯子 / hat=帽子 / umbrella=雨伞 / newspaper=报纸 / apple=苹果")
