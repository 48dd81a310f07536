"""The encoding is found with evidence; where it cannot be, the true one is among the candidates."""

from __future__ import annotations

import codecs
import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.contracts.errors import Cancelled, WorkbenchError
from workbench.contracts.specs import DataSpec
from workbench.data.encoding import LOST, Sample, find_encoding, given_encoding, open_text, transcode
from workbench.data.languages import LANGUAGES_OF
from workbench.data.table import open_table

TEXTS = {
    "gb18030": [
        "我们今天去公园看花，天气很好。你要不要一起来？",
        "这家餐厅的服务态度非常好，菜也好吃，下次还会再来。",
        "紫骝马歌辞 其三,隋,无名氏,十五从军征，八十始得归。道逢乡里人，家中有阿谁。",
    ],
    "big5": ["我們今天去公園看花，天氣很好。你要不要一起來？", "這家餐廳的服務態度非常好，菜也好吃，下次還會再來。"],
    "shift_jis": ["今日は天気がいいから、公園に行きましょう。", "このレストランはとても美味しかったです。"],
    "euc_jp": ["今日は天気がいいから、公園に行きましょう。", "このレストランはとても美味しかったです。"],
    "euc_kr": ["오늘은 날씨가 좋아서 공원에 갔습니다.", "이 식당은 정말 맛있고 친절합니다."],
    "windows-1251": ["Сегодня хорошая погода, и мы пошли гулять в парк.", "Этот ресторан мне очень понравился."],
    "koi8-r": ["Сегодня хорошая погода, и мы пошли гулять в парк.", "Этот ресторан мне очень понравился."],
    "windows-1252": [
        "Le café était fermé, à côté de l'hôtel où nous étions déjà allés.",
        "Größe und Überraschung: schöne Grüße für das Mädchen aus Köln.",
        "El niño comió piña por la mañana y bebió un café con azúcar.",
        "I’m “here” – it’s fine, don’t worry… that’s what they’d say.",
    ],
    "windows-1250": ["Příliš žluťoučký kůň úpěl ďábelské ódy.", "Zażółć gęślą jaźń, proszę państwa, jeszcze chwilę."],
    "windows-1253": ["Σήμερα ο καιρός είναι καλός και πήγαμε στο πάρκο."],
    "windows-1254": ["Bugün hava çok güzel, şimdi dışarı çıkıyoruz, öğle yemeği yiyeceğiz."],
    "windows-1255": ["היום מזג האוויר יפה והלכנו לטייל בפארק הגדול של העיר."],
    "windows-1256": ["الطقس جميل اليوم وذهبنا إلى الحديقة الكبيرة في المدينة."],
    "cp874": ["วันนี้อากาศดีมาก เราไปเดินเล่นที่สวนสาธารณะกัน"],
    "utf-8": ["我们今天去公园看花", "Le café était fermé", "plain"],
}


def of(content: bytes) -> Sample:
    return Sample(blocks=(content,), whole=True)


@pytest.mark.parametrize(("encoding", "text"), [(encoding, text) for encoding, texts in TEXTS.items() for text in texts])
def test_a_sentence_is_enough_in_every_language_known(encoding: str, text: str) -> None:
    content = f"id,text\n1,{text}\n".encode(encoding)
    found = find_encoding(of(content))
    assert content.decode(found.name) == content.decode(encoding)
    assert found.evidence
    assert found.name not in [candidate.name for candidate in found.candidates]


@pytest.mark.parametrize("encoding", [name for name in TEXTS if name != "utf-8"])
def test_two_words_are_read_right_or_the_right_reading_is_listed(encoding: str) -> None:
    for text in TEXTS[encoding]:
        words = text.split() if " " in text else [text[:2], text[2:4], text[4:6]]
        for word in words:
            content = word.encode(encoding)
            found = find_encoding(of(content))
            readings = [content.decode(name) for name in (found.name, *(candidate.name for candidate in found.candidates))]
            assert word in readings, (encoding, word, found)


def test_big5_is_not_taken_for_gb18030_although_it_decodes_as_that() -> None:
    content = TEXTS["big5"][0].encode("big5")
    assert content.decode("gb18030") != TEXTS["big5"][0]  # no error, and all of it wrong
    found = find_encoding(of(content))
    assert found.name == "big5"
    assert "everyday in Chinese" in found.evidence


@pytest.mark.parametrize(
    ("mark", "name"),
    [
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_a_byte_order_mark_is_evidence_and_no_text(tmp_path: Path, mark: bytes, name: str) -> None:
    path = tmp_path / "marked.csv"
    path.write_bytes(mark + "text,label\n好,a\n不好,b\n".encode(name.removesuffix("-sig")))
    with open_table(DataSpec(table=str(path))) as table:
        assert table.reading.encoding.name == name
        assert "byte order mark" in table.reading.encoding.evidence
        assert table.columns == ("text", "label")
        assert table.page(0, 3) == [("好", "a"), ("不好", "b")]


@pytest.mark.parametrize("name", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", ["我们今天去公园看花\t好\n天气很好。\t坏\n", "one,two\n3,4\n", "Сегодня,да\nнет,хорошо\n"])
def test_utf16_is_found_without_a_mark(name: str, text: str) -> None:
    found = find_encoding(of(text.encode(name)))
    assert found.name == name
    assert "other byte order" in found.evidence


def test_a_zero_byte_alone_does_not_make_utf16() -> None:
    assert find_encoding(of(b"a,b,c\n\x00,2,3\n")).name == "utf-8"


def test_one_byte_is_not_proof_and_its_readings_are_shown() -> None:
    found = find_encoding(of(b"a,b,c\n1,2,3\n4,5,\xa9"))
    assert found.name == "windows-1252"
    assert found.candidates
    assert all(candidate.sample for candidate in found.candidates)
    assert "not ruled out" in found.evidence


def test_a_few_broken_bytes_in_utf8_stay_utf8_and_cost_their_rows(tmp_path: Path) -> None:
    path = tmp_path / "broken.csv"
    path.write_bytes(b"text,label\n" + "很好,a\n".encode() * 40 + b"\xe5\xa5,b\n" + "不好,c\n".encode())
    with open_table(DataSpec(table=str(path))) as table:
        assert table.reading.encoding.name == "utf-8"
        assert "1 places are not" in table.reading.encoding.evidence
        assert table.row_count == 41
        assert [(row.line, row.text, row.reason) for row in table.rejected] == [
            (42, "�,b", "holds bytes that are not valid utf-8")
        ]


def test_a_broken_character_in_gb18030_costs_its_row(tmp_path: Path) -> None:
    path = tmp_path / "broken.csv"
    good = ["文本,标签", *[f"我们今天去公园看花{n},好评" for n in range(30)]]
    path.write_bytes("\n".join(good).encode("gb18030") + b"\nx\xff\xff,bad\n" + "不好,差评\n".encode("gb18030"))
    with open_table(DataSpec(table=str(path))) as table:
        assert table.reading.encoding.name == "gb18030"
        assert table.row_count == 31
        assert [(row.line, row.reason) for row in table.rejected] == [(32, "holds bytes that are not valid gb18030")]


def test_bytes_far_down_a_large_file_count(tmp_path: Path) -> None:
    path = tmp_path / "late.csv"
    path.write_bytes(
        b"text,label\n" + b"plain ascii text here,a\n" * 1_600_000 + "Größe und schöne Grüße,b\n".encode("cp1252") * 40_000
    )
    assert path.stat().st_size > 32 << 20
    found = find_encoding(Sample.of(path))
    assert found.name == "windows-1252"
    assert "sixteen places" in found.evidence


@pytest.mark.parametrize(
    "name", ["no such thing", "rot13", "base64", "idna", "punycode", "undefined", "unicode_escape", "utf-16"]
)
def test_a_name_that_is_no_files_encoding_is_refused(name: str) -> None:
    with pytest.raises(WorkbenchError) as caught:
        given_encoding(name, of(b"plain"), where="t.csv")
    assert caught.value.where == "t.csv"
    assert caught.value.mend


def test_a_wrong_encoding_is_refused_with_the_likely_one() -> None:
    content = ("文本,标签\n" + "我们今天去公园看花,好评\n" * 5).encode("gb18030")
    with pytest.raises(WorkbenchError, match="do not decode") as caught:
        given_encoding("utf-8", of(content), where="t.csv")
    assert "gb18030" in caught.value.mend
    assert given_encoding("GBK", of(content), where="t.csv").name == "GBK"


@settings(max_examples=300, deadline=None)
@given(st.binary(min_size=1, max_size=200))
def test_any_bytes_get_an_answer_that_can_be_read(content: bytes) -> None:
    found = find_encoding(of(content))
    content.decode(found.name, "replace")
    assert found.evidence


@settings(max_examples=60, deadline=None)
@given(
    text=st.lists(st.sampled_from(["很", "好", "é", "x", ",", "\n", "\r\n", "𝄞"]), max_size=40).map("".join),
    name=st.sampled_from(["gb18030", "utf-16-le", "utf-8-sig"]),
)
def test_transcoding_in_pieces_equals_decoding_at_once(tmp_path_factory: pytest.TempPathFactory, text: str, name: str) -> None:
    folder = tmp_path_factory.mktemp("transcode")
    (folder / "source").write_bytes(text.encode(name))
    transcode(folder / "source", folder / "target", name, lambda: False)
    assert (folder / "target").read_bytes() == text.encode("utf-8")


def test_transcoding_marks_what_is_lost_and_can_be_stopped(tmp_path: Path) -> None:
    source, target = tmp_path / "source", tmp_path / "target"
    source.write_bytes(b"a\n\xff\nb\n")
    transcode(source, target, "gb18030", lambda: False)
    with open_text(target, "utf-8") as file:
        assert file.read() == f"a\n{LOST}\nb\n"
    with pytest.raises(Cancelled):
        transcode(source, target, "gb18030", lambda: True)


def test_every_encoding_known_is_one_python_has() -> None:
    assert all(codecs.lookup(name) for name in LANGUAGES_OF)


def test_random_everyday_text_is_told_apart(real_data: Path) -> None:
    chance = random.Random(11)
    lines = (real_data / "C_tatoeba_en_zh" / "cmn.txt").read_text(encoding="utf-8").splitlines()
    for _ in range(40):
        text = "\n".join(chance.sample(lines, 12)).replace("é", "e")
        for encoding in ("gb18030", "utf-16-le", "utf-8"):
            assert find_encoding(of(text.encode(encoding))).name == encoding
