"""What does not belong in a text: HTML, text read with a wrong encoding, lost and invisible characters, formulas.

Each kind has a pattern that DuckDB and Python share (a million cells are searched there), which says where to look, and
a function that is sure.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable

_TAGS = "a|abbr|article|b|blockquote|body|br|center|code|dd|div|dl|dt|em|font|form|h[1-6]|head|hr|html|i|iframe|img|input|li|" + (
    "link|meta|ol|p|pre|script|section|small|span|strong|style|sub|sup|table|tbody|td|th|thead|title|tr|u|ul|video"
)
_CODES = "amp|lt|gt|quot|apos|nbsp|hellip|[lr][sd]quo|[mn]dash|#[0-9]{2,6}|#x[0-9a-f]{2,5}"
HTML = rf"(?i)</?(?:{_TAGS})(?:\s[^<>]*)?/?>|&(?:{_CODES});"
"""Tags of web pages and the codes of characters."""

_CONTINUED = "\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"  # bytes 80 to BF as Latin-1 and as windows-1252
_LATIN_OF_UTF8 = f"[Â-ß][{_CONTINUED}]|[à-ï][{_CONTINUED}][{_CONTINUED}]|ð[{_CONTINUED}]"
_GBK_OF_UTF8 = "[鐨鏄涓鎴鍦杩浠鍚鏈绋嬪簭鍥藉]{2}|[鐨鏄涓鎴鍦杩浠鍚鏈][\u4e00-\u9fff]*[鐨鏄涓鎴鍦杩浠鍚鏈]"
MOJIBAKE = f"{_LATIN_OF_UTF8}|{_GBK_OF_UTF8}"
"""UTF-8 that somebody read as Latin-1, windows-1252 or GBK, perhaps."""
LOST = "\ufffd|锟斤拷|\\p{Han}\\?|\\?\\p{Han}|[a-zà-ÿ]\\?[a-zà-ÿ]"
"""Signs that a character was lost, perhaps; `LostCharacters` is sure."""
INVISIBLE = "[\u0000-\u0008\u000e-\u001f\u007f-\u009f\u00ad\u200b\u200e\u200f\u2028-\u202e\u2060\ufeff\ufdd0]"
"""Characters that cannot be seen; joiners, which emoji and some scripts need, are left alone."""
LINE_BREAK = r"[\r\n]"
_COMPUTED = r"[A-Za-z_.]+\(|\$?[A-Z]{1,3}\$?[0-9]+|[0-9.]+ ?[-+*/^]|cmd\|"
_FAILED = r"#(?:REF|VALUE|NULL|NUM)!|#NAME\?|#DIV/0!|#N/A"
FORMULA = rf"^\s*(?:=[-+]?(?:{_COMPUTED})|[-+@](?:[A-Za-z_.]+\(|cmd\|)|{_FAILED})"
"""Formulas and errors of spreadsheets. An @ before a name is a person, not a formula."""

_HTML, _MOJIBAKE, _FORMULA = re.compile(HTML), re.compile(MOJIBAKE), re.compile(FORMULA)
_INVISIBLE = re.compile(INVISIBLE)
_HIDDEN_PARTS = re.compile(r"(?is)<(script|style)\b.*?</\1\s*>")
_LATIN_RUN = re.compile(f"(?:[Â-ß][{_CONTINUED}]|[à-ï][{_CONTINUED}]{{2}}|ð[{_CONTINUED}]{{3}})+")
_QUESTION = re.compile(r"[吗呢么吧嘛谁何啥嗎麼誰]\?")
_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
_LOST_HAN = re.compile(rf"{_HAN.pattern}\?(?=[^\s?!\"'」』”)]|$)|\?{_HAN.pattern}")
_NARROW = re.compile(rf"{_HAN.pattern},")
_ASKED = re.compile(rf"{_HAN.pattern}\?(?:$|[\s!?\"'」』”)])")
_LOST_LATIN = re.compile(r"([a-zà-ÿ]+)\?(?=([a-zà-ÿ]+))")
_WORD = re.compile(r"[a-zà-ÿ]+")
_ADDRESS = re.compile(r"https?:|www\.|[/=&]\w*\?|\?\w+=")
_BEFORE = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
_SPACE = re.compile(r"\s+")
_ONE_BYTE = ("windows-1252", "latin-1")


def has_html(text: str) -> bool:
    """Whether there are tags or codes in it."""
    return _HTML.search(text) is not None


def strip_html(text: str) -> str:
    """What a browser would show of it, on one line."""
    if "<" not in text and "&" not in text:
        return text
    for _ in range(2):  # a page that was escaped once too often
        if not has_html(text):
            break
        text = _HTML.sub(_shown, _HIDDEN_PARTS.sub(" ", text))
        text = _SPACE.sub(" ", text).strip()
    return text


def _shown(match: re.Match[str]) -> str:
    found = match[0]
    if found.startswith("&"):
        return html.unescape(found)
    inline = re.match(r"(?i)</?(?:a|abbr|b|code|em|font|i|small|span|strong|sub|sup|u)\b", found)
    return "" if inline else " "


def repair(text: str) -> str:
    """A text whose UTF-8 was read as another encoding, read again; as it is, where that makes no sense."""
    if text.isascii() or _MOJIBAKE.search(text) is None:
        return text
    repaired = _LATIN_RUN.sub(_again, text)
    if repaired != text:
        return repaired
    try:
        again = text.encode("gb18030").decode("utf-8")
    except UnicodeError:
        return text
    return again if len(again) < len(text) else text


def _again(match: re.Match[str]) -> str:
    """The bytes of a run, each one's Latin-1 or windows-1252 form allowed, as UTF-8."""
    if (
        len(match[0]) == 2
        and (match[0][0] not in "ÂÃ" or match[0][1] in "»”’–—…")
        and match.string[: match.start()][-1:] in _BEFORE
    ):
        return match[0]  # a capital and a closing mark, as in «OSÉ»
    codes = bytearray()
    for ch in match[0]:
        for encoding in _ONE_BYTE:
            try:
                codes += ch.encode(encoding)
            except UnicodeError:
                continue
            break
    try:
        return codes.decode("utf-8")
    except UnicodeError:
        return match[0]


class LostCharacters:
    """Whether characters were lost: U+FFFD, or a question mark where a letter should be.

    A question mark may also be one that no space follows, so the other texts are asked: whether both sides of it are words
    that stand alone elsewhere, and whether Chinese questions here end in the narrow sign.

    Args:
        others: Texts of the same column.
    """

    def __init__(self, others: Iterable[str]) -> None:
        self._words: set[str] = set()
        self._asked = self._amid = 0
        for text in others:
            self._words.update(_WORD.findall(text) if "?" not in text else [])
            if "?" in text and _HAN.search(text):
                self._asked += _ASKED.search(text) is not None
                self._amid += _LOST_HAN.search(text) is not None

    def __call__(self, text: str) -> bool:
        if "\ufffd" in text or "锟斤拷" in text:
            return True
        if "?" not in text:
            return False
        if _LOST_HAN.search(text):
            return self._asked < self._amid and _NARROW.search(text) is None and _QUESTION.search(text) is None
        if _ADDRESS.search(text):
            return False
        around = _LOST_LATIN.findall(text)
        return any(before not in self._words or after not in self._words for before, after in around)


def tidy(text: str) -> str:
    """White space as single spaces, without characters that cannot be seen."""
    return " ".join(_INVISIBLE.sub("", text).split())


def is_formula(text: str) -> bool:
    """Whether a spreadsheet would compute it, or failed to."""
    return text[:1] in "=+-@# " and _FORMULA.match(text) is not None
