"""`评论.csv`: the idea of `reviews.csv` in Chinese, with the constructions Chinese has for it.

一点也不, 算不上 and 没有想象中那么 turn a word round; 不得不说 and 不能否认 look as if they did, and do not; 虽然 and 尽管 give
way, 但是, 不过 and 可是 decide, wherever they stand.
"""

from grammars.opinions import Phrasebook

PRODUCTS = {
    "耳机": "sound:音质 sound:低音 comfort:耳罩 build:接口 battery:续航 service:客服",
    "手机": "screen:屏幕 sound:扬声器 battery:电池 software:系统 look:外观 service:物流",
    "平板": "screen:屏幕 software:系统 battery:电池 sound:音质 build:支架 look:外壳",
    "键盘": "comfort:手感 build:按键 software:驱动 look:外观 service:客服 service:物流",
    "投影仪": "screen:画面 sound:声音 software:菜单 build:支架 service:售后 look:外观",
    "收音机": "sound:音质 build:旋钮 look:外观 battery:电池 service:售后 service:物流",
    "背包": "comfort:背带 build:拉链 build:扣子 look:颜色 look:款式 service:物流",
    "运动鞋": "comfort:鞋垫 comfort:鞋面 build:鞋底 look:款式 look:颜色 service:客服",
    "外套": "comfort:面料 build:拉链 build:扣子 look:款式 look:颜色 service:物流",
    "沙发": "comfort:坐垫 comfort:靠背 build:框架 look:颜色 service:安装师傅 service:物流",
    "床垫": "comfort:表面 comfort:内芯 build:弹簧 service:客服 service:物流 look:外罩",
    "台灯": "look:造型 look:灯罩 build:开关 build:底座 service:售后 software:说明书",
    "茶叶": "taste:味道 taste:香气 taste:茶汤 look:包装 service:客服 service:物流",
    "饼干": "taste:味道 taste:口感 taste:夹心 look:包装 service:客服 service:物流",
    "小说": "story:情节 story:结尾 story:人物 story:文笔 look:封面 service:物流",
    "电影": "story:情节 story:结尾 story:人物 screen:画面 sound:配乐 story:对白",
}  # product → kind:aspect …

KINDS = {
    "screen": ("清晰 细腻", "模糊 灰暗"),
    "sound": ("清晰 饱满", "刺耳 沉闷"),
    "comfort": ("舒服 柔软", "粗糙 僵硬"),
    "build": ("结实 牢固", "单薄 松垮"),
    "battery": ("耐用 持久", "短命 拉胯"),
    "software": ("好用 顺手", "复杂 混乱"),
    "look": ("精致 好看", "难看 俗气"),
    "service": ("靠谱 周到", "敷衍 马虎"),
    "taste": ("清香 可口", "苦涩 寡淡"),
    "story": ("精彩 生动", "乏味 老套"),
}  # kind → words for, words against
PLAIN = ("好 出色 令人满意", "差 糟糕 让人失望")
STRONG = ("棒 出色 完美", "差 糟糕 失败")


RULES = {
    # {word} is on the clause's own side …
    "assert": (
        "{plain_assert}",
        "{plain_assert}",
        "我觉得{aspect}{degree}{word}",
        "{aspect}比[想象的|上一个]还{word}",
        "没想到{aspect}这么{word}",
        "不得不说{aspect}{degree}{word}",
        "不能否认{aspect}{degree}{word}",
        "{aspect}不是一般的{word}",
    ),
    # … or on the other one.
    "deny": (
        "{plain_deny}",
        "{plain_deny}",
        "{aspect}没有[想象中|上一个]那么{word}",
        "我不觉得{aspect}{word}",
        "{aspect}[算不上|谈不上]{word}",
    ),
    # What somebody else can have said.
    "plain_assert": ("{aspect}{degree}{word}",),
    "plain_deny": ("{aspect}一点也不{word}", "{aspect}并不{word}"),
    "degree": ("很", "非常", "特别", "真的很", "相当"),
    "but": ("，但是", "，但是", "，不过", "，可是", "。然而"),
    "somebody": ("朋友", "同事", "店家", "邻居", "我妹妹"),
    "before": (
        "给[妈妈|爸爸|孩子|同事]买的{product}。",
        "这个{product}用了[三天|一周|一个月|半年]了。",
        "[上个月|双十一|周末]买的{product}。",
        "朋友推荐的{product}。",
    ),
    "after": ("是在[网上|店里]买的。", "先说到这里。", "[以后|用久了]再来补充。"),
    "middling": ("一般", "普通", "平常"),
}

DECIDED = {
    "{yes}。": 8,
    "{yes}，[而且|]{yes}。": 9,
    "{yes}，{yes}，{yes}。": 3,
    "{no}{but}{yes}。": 7,
    "{no}，{no}{but}{yes}。": 1,
    "这个{product}大部分地方都很{middling}{but}{yes}。": 1,
    "[虽然|尽管]{no}，但是{yes}。": 5,
    "{yes}，[虽然|尽管]{no}。": 6,
    "除了{aspect}{con}以外，这个{product}{degree}{strong_pro}。": 1,
    '评论里写着"{aspect}{con}"，[其实不是|这不对]。': 1,
    '评论里写着"{aspect}{pro}"，[确实如此|这没错]。': 1,
    "{somebody}说{said_no}，[其实不是|这不对]。": 1,
    "{somebody}说{said_yes}，[确实如此|这没错]。": 1,
    "上一个{product}很{strong_con}，这一个[完全相反|完全不同]。": 1,
    "上一个{product}很{strong_pro}，这一个[也一样|没有两样]。": 1,
    "{aspect}{con}吗？[一点也不|完全不]。": 1,
    "{aspect}{pro}吗？[是的|没错]。": 1,
    "本来以为{aspect}会很{con}，结果[相反|想错了]。": 1,
    "本来以为{aspect}会很{pro}，结果[果然|没想错]。": 1,
}
UNDECIDED = {
    "{aspect}很{middling}，{other}也差不多。": 1,
    "{aspect}说不上{pro}，也说不上{con}。": 2,
    "{aspect}不{con}，但是也不{pro}。": 1,
    "{yes}，{no}，[算是打平|好坏各半]。": 2,
    "{yes}{but}{no}，[算是打平|好坏各半]。": 1,
    "一方面{yes}，另一方面{no}。": 2,
    "[虽然|尽管]{yes}，但是总的来说很{middling}。": 1,
    "{yes}{but}整体很{middling}。": 1,
    "有时候{said_yes}，有时候{said_no}。": 1,
    "有人说{said_yes}，有人说{said_no}，我[两边都不站|说不好]。": 1,
    "{aspect}是不是{pro}，[现在|我]还[不好说|不知道]。": 1,
    "{aspect}{pro}吗？[看情况|不好说]。": 1,
    '评论里写着"{aspect}{pro}"，[现在|我]还[不好说|不知道]。': 1,
}

BOOK = Phrasebook(
    labels={"好评": (1, 0.42), "差评": (-1, 0.34), "中评": (0, 0.24)},
    products=PRODUCTS,
    kinds=KINDS,
    plain=PLAIN,
    strong=STRONG,
    rules=RULES,
    decided=DECIDED,
    undecided=UNDECIDED,
    finish=lambda text: text.replace(" ", ""),
    length=len,
    lengths=range(6, 81),
)
