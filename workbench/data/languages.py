"""Which characters a language is written with, the commoner first, and which encodings write that language.

Text read with a wrong encoding comes out as rare characters; read with the right one, as everyday ones. That is the
whole of the evidence `workbench.data.encoding` weighs, so the tables below are its only knowledge. Orders are those of
the usual letter and character frequency counts.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

_HANZI = (
    "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家"
    "种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日军者意无力它与长把机十"
    "民第公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加西斯"
    "月话合回特代内信表化老给世位次度门任常先海通教儿原东声提立及比员解水名真论处走义各入几口认条平系气题活尔更别打女"
    "变四神总何电数安少报才结反受目太量再感建务做接必场件计管期市直德资命山金指克许统区保至队形社便空决治展马科司五基"
    "眼书非则听白却界达光放强即像难且权思王象完设式色路记南品住告类求据程北边死张该交规万取拉格望觉术领共确传师观清今"
    "切院让识候带导争运吗车欢喜请吃语孩晚丽哪钱跟房早帮怎英您亲昨每快诉球父需买友谁花错火游读周士找男朋须饭写母爱吧乐"
    "始字音离试希甚习校照雨待狗谢睡妈兴星午医议餐喝忙玩服笑钟酒助视婚穿泳站班怕弟爸准留步久乎妹近衣远收失叫息笔谈园故"
    "旅顿够拿轻岁桌趣辆呢言考網頁設計卡供電學室搜尋資務賀訊引擎製體國費免內台載論客動腦軟討駭技結連介區線片查關業錄廣"
    "域與冊機並源於商登註樂紹個調際器擬統選請專題遊包類畫灣虛申址圖為評另劃限聊報規術集容影企案媒架數鑑戲聞華檔索種問"
    "括版創從傳覽銷語簡時股發庫瀏票研份詢產撥視聯誕間節維話坊聖項會料門態購亞究板稱防章碼開園寄整景總萬港記郵場流硬功"
    "還組含租香編送固型壇書宣師寫護投置親卷修價超官娛具藝示對酷營盟訂推頻易互裝熱達阿這經導精識排證長覺碟應優育輯密蒐"
    "元說認質標风朝诗兮初云首末春歌君晋魏归秋飞未玉夜江复氏千华阳落寒青九城李百怀林欲黄唐古石草龙独隋灵树萧曲尘宋河汉"
    "皇烟尽六既雪若临叶芳深莫"
)
_HANGUL = (
    "이다는에의을가지고하은를도로사한기어서자그대인아리나시수있해보것라들일정게과주면부원제니국으조전우장상중동공구여만"
    "않었없성스비경마내무소생오때거더안신방모말문연개세학요습합입미계물관진실선발치용위출회행적당저람후간드트까야분와체러날씨좋갔"
)
_KANA = "のにはをたがでとしれさいるらなもてっかこすりそまくあよきんうだめけちつおせどやえわばねみじげべぶびぎごぐずろほへ" + (
    "ンスルトリアイラックシレードタジテフロマムバプコメパサグデオキナチエズビカウワヤミガャュョセモダソハニゲネピポペノボヒホユゼヨゴゾ"
)
_WIDE_MARKS = "，。、；：？！（）《》「」『』·—…　“”‘’【】"
_MARKS = "’“”‘–—…«»„°€§·£©®™"


@dataclass(frozen=True, kw_only=True)
class Language:
    """A language and what most of its text outside ASCII is written with."""

    name: str
    common: str
    """Characters by falling frequency, in lower case where there is case."""
    script: str
    """latin: letters stand among ASCII letters; own: words hold no ASCII letter; wide: anything may stand beside anything."""
    others: int
    """How many further characters the language's encodings can write."""

    @cached_property
    def costs(self) -> dict[str, float]:
        """Bits a common character costs: nine characters of ten are common, and their frequency falls with the rank."""
        weights = [1 / (rank + 8) for rank in range(len(self.common))]
        return {ch: -math.log2(0.9 * weight / sum(weights)) for ch, weight in zip(self.common, weights, strict=True)}

    @property
    def rare_cost(self) -> float:
        """Bits any other character costs."""
        return -math.log2(0.1 / self.others)


def _latin(name: str, letters: str) -> Language:
    return Language(name=name, common=letters + _MARKS, script="latin", others=64)


def _own(name: str, letters: str) -> Language:
    return Language(name=name, common=letters + _MARKS, script="own", others=64)


def _wide(name: str, characters: str, others: int) -> Language:
    common = "".join(dict.fromkeys(characters[:20] + _WIDE_MARKS + characters[20:]))
    return Language(name=name, common=common, script="wide", others=others)


_CHINESE = _wide("Chinese", _HANZI, 20_000)
_JAPANESE = _wide("Japanese", _KANA + _HANZI, 7_000)
_KOREAN = _wide("Korean", _HANGUL, 7_000)
_RUSSIAN = _own("Russian", "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё")
_WESTERN = (
    _latin("French", "éàèêçùâîôûïëœ"),
    _latin("German", "üäöß"),
    _latin("Spanish", "óíáéñú¿¡üªº"),
    _latin("Portuguese", "ãçáéíóõêâúàôªº"),
    _latin("Italian", "èàòùìé"),
    _latin("Danish, Norwegian or Swedish", "åäöøæé"),
    _latin("English", "’éñïö½²³"),
)

LANGUAGES_OF: dict[str, tuple[Language, ...]] = {
    "gb18030": (_CHINESE,),
    "big5": (_CHINESE,),
    "windows-1252": _WESTERN,
    "shift_jis": (_JAPANESE,),
    "euc_jp": (_JAPANESE,),
    "euc_kr": (_KOREAN,),
    "windows-1251": (_RUSSIAN,),
    "koi8-r": (_RUSSIAN,),
    "windows-1250": (
        _latin("Czech", "íáěéščřžýůúťďňó"),
        _latin("Polish", "łąężóśćńź"),
        _latin("Hungarian", "áéőöóüíúű"),
        _latin("Croatian", "čšžćđ"),
    ),
    "windows-1253": (_own("Greek", "αοιετσνηυρπκμλςωδγχθφβξζψάέήίόύώ"),),
    "windows-1254": (_latin("Turkish", "ıüşçğöi̇"),),
    "windows-1255": (_own("Hebrew", "יוהלארתבשמנםדכחפקןעגטזסצךףץ"),),
    "windows-1256": (_own("Arabic", "اليمونرتبعدسفهكقحجشطصخضذثزغظةأإىئءؤ،؟"),),
    "cp874": (_own("Thai", "านรอกเง่มยลวดทส้ตัีะปบคหแจพชขใไ็ืูุิโผึ์ถซศณฐธญษฉฎฟฤ"),),
    "mac_roman": _WESTERN,
}
"""Encodings a file may have when it is not Unicode, the likelier first, each with the languages it is used for."""

WIDER = {"big5": ("cp950", "big5hkscs"), "shift_jis": ("cp932",), "euc_kr": ("cp949",)}
"""Vendors' supersets, taken when the plain encoding lacks a character."""

EVERYDAY = frozenset("".join(language.common for languages in LANGUAGES_OF.values() for language in languages))
"""Every character that is common somewhere."""
