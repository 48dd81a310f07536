from __future__ import annotations

import base64
import html
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.browser import Browser
from tests.minilm import minilm
from tests.runs.exports.made import made
from tests.runs.test_execute import drain
from tests.tables import tiny, write_table
from workbench.contracts.errors import WorkbenchError
from workbench.contracts.inspection import Change, Query
from workbench.runs.execute import start
from workbench.runs.exports.page import digest, encoded, framed, page
from workbench.runs.inspection import Inspection
from workbench.runs.inspector import Inspector

NAUGHTY = [
    "</script><script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<!--", "]]>", "{{data}}", "{{script}}", "\\u003c",
    "&lt;",
    "'", '"', "`${1}`", "\u2028\u2029", "\x00\x07\x1b", "\ud800", "\u202eright to left", "中文", "👩‍👩‍👧",
    "javascript:alert(1)", "</style>",
]  # fmt: skip


class Reader(HTMLParser):
    """Every tag of a page with its attributes, and what stands inside scripts and styles."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.inside: dict[str, list[str]] = {"script": [], "style": [], "title": []}
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        last = self.tags[-1][0] if self.tags else ""
        if last in self.inside and self.rawdata:
            self.inside[last].append(data)


def data_of(text: str) -> dict[str, Any]:
    """What a page carries."""
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', text, re.DOTALL)
    assert found is not None
    content: dict[str, Any] = json.loads(found[1])
    return content


def decoded(kind: dict[str, Any]) -> NDArray[np.float64]:
    """The weights of a kind as the page's script reads them: (layer, head, row, column)."""
    raw = base64.b64decode(kind["data"])
    types = {"f4": "<f4", "f2": "<f2", "u1": "u1"}
    values = np.frombuffer(raw, types[kind["code"]]).astype(np.float64)
    values = (values / 255) ** 2 if kind["code"] == "u1" else values
    return values.reshape(len(kind["layers"]), len(kind["heads"]), kind["rows"], kind["columns"])


def shape_of(text: str) -> list[str]:
    return [tag for tag, _ in Reader(text).tags]


def test_the_page_carries_the_weights_of_a_real_model_exactly() -> None:
    inspection = Inspector.open(minilm()).inspect("The cat sat on the mat.")
    found = data_of(page(inspection))
    kind = found["kinds"][0]
    assert kind["code"] == "f4"
    assert np.array_equal(decoded(kind).astype(np.float32), inspection.weights["encoder"].weights)
    assert kind["queries"] == list(inspection.seen.tokens)
    assert kind["special_keys"] == [0, len(inspection.seen.tokens) - 1]
    assert dict(found["provenance"])["weights_sha256"] == inspection.facts.sha256
    assert dict(found["provenance"])["text"] == "The cat sat on the mat."


def test_twelve_by_twelve_heads_of_128_tokens_are_under_four_megabytes() -> None:
    inspection = made([f"word{i}" for i in range(128)], layers=12, heads=12)
    text = page(inspection)
    assert len(text.encode()) < 4e6
    kind = data_of(text)["kinds"][0]
    np.testing.assert_allclose(decoded(kind), inspection.weights["encoder"].weights, atol=0.004)


def test_one_head_of_a_long_text_is_kept_whole() -> None:
    inspection = made([f"word{i}" for i in range(400)], layer=1, head=0)
    kind = data_of(page(inspection))["kinds"][0]
    assert (kind["layers"], kind["heads"], kind["rows"], kind["code"]) == ([1], [0], 400, "f4")
    assert np.array_equal(decoded(kind).astype(np.float32), inspection.weights["encoder"].weights)


def test_a_text_of_4096_tokens_makes_a_page_of_blocks() -> None:
    kind = data_of(page(made(["word"] * 4_096, layers=1, heads=1)))["kinds"][0]
    assert (kind["rows"], kind["columns"], len(kind["queries"])) == (2_048, 2_048, 4_096)


@pytest.mark.parametrize(("size", "code", "error"), [(1_000, "f4", 0.0), (600_000, "f2", 5e-4), (1_100_000, "u1", 0.004)])
def test_the_code_is_as_exact_as_there_is_room(size: int, code: str, error: float) -> None:
    values = np.random.default_rng(0).random(size, np.float32)
    kind = {**encoded(values), "layers": [0], "heads": [0], "rows": 1, "columns": size}
    assert kind["code"] == code
    assert np.abs(decoded(kind).ravel() - values).max() <= error


def test_text_of_others_never_becomes_markup() -> None:
    plain = made(["a"] * len(NAUGHTY))
    for text in NAUGHTY:
        wild = page(made(NAUGHTY, text=text))
        assert shape_of(wild) == shape_of(page(plain))
        found = data_of(wild)
        assert found["kinds"][0]["queries"] == NAUGHTY
        assert found["text"] == text
        assert "alert(1)</script>" not in wild


def test_the_naughty_strings_change_nothing_but_data(real_data: Path) -> None:
    strings = json.loads((real_data / "H_blns" / "blns.json").read_text(encoding="utf-8"))
    assert len(strings) > 400
    wild = page(made(strings, text="\n".join(strings), layers=1, heads=1))
    assert shape_of(wild) == shape_of(page(made(["a"])))
    assert data_of(wild)["kinds"][0]["queries"] == strings


def test_fifty_wild_texts_make_a_page_or_a_helpful_word(real_data: Path) -> None:
    strings = json.loads((real_data / "H_blns" / "blns.json").read_text(encoding="utf-8"))[::10]
    model, shape = Inspector.open(minilm()), shape_of(page(made(["a"])))
    assert len(strings) >= 50
    for text in strings:
        if not text.strip():
            with pytest.raises(WorkbenchError, match="empty"):
                model.inspect(text)
            continue
        wild = page(model.inspect(text))
        assert shape_of(wild) == shape
        assert data_of(wild)["text"] == text


def test_an_encoder_decoder_has_three_kinds(tmp_path: Path) -> None:
    drain(start(tiny(write_table(tmp_path, "seq2seq"), "seq2seq"), tmp_path / "run"))
    seen = Inspector.open(tmp_path / "run").inspect(Query(text="red apple", pair="apple red big"))
    encoder, decoder, cross = data_of(page(seen))["kinds"]
    assert [kind["kind"] for kind in (encoder, decoder, cross)] == ["encoder", "decoder", "cross"]
    assert cross["queries"] == decoder["queries"] == list(seen.seen.target_tokens)
    assert cross["keys"] == encoder["keys"] == list(seen.seen.tokens)
    assert cross["special_keys"] == encoder["special_keys"]
    assert cross["special_queries"] == decoder["special_keys"] == []
    assert np.array_equal(decoded(cross).astype(np.float32), seen.weights["cross"].weights)


def test_the_policy_forbids_the_network_and_any_other_script() -> None:
    text = page(made(["a", "b"]))
    tags = Reader(text).tags
    policy = next(given["content"] for tag, given in tags if tag == "meta" and given.get("http-equiv"))
    assert policy is not None
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == "'none'"
    assert set(rules) == {"default-src", "script-src", "style-src", "base-uri", "form-action"}
    scripts = re.findall(r"<script>(.*?)</script>", text, re.DOTALL)
    styles = re.findall(r"<style>(.*?)</style>", text, re.DOTALL)
    assert [f"'{digest(script)}'" for script in scripts] == [rules["script-src"]]
    assert [f"'{digest(style)}'" for style in styles] == [rules["style-src"]]
    assert not [given for _, given in tags if {"src", "href"} & set(given) or any(name.startswith("on") for name in given)]
    assert "://" not in re.sub(r'<script type="application/json".*?</script>', "", text, flags=re.DOTALL)


def test_a_notebook_gets_the_page_in_a_frame_of_its_own() -> None:
    inspection = made(NAUGHTY, text='" onload="alert(1)')
    (frame,) = Reader(inspection._repr_html_()).tags
    assert frame[0] == "iframe"
    assert set(frame[1]) == {"sandbox", "srcdoc", "style"}
    assert frame[1]["sandbox"] == "allow-scripts"
    assert html.unescape(framed(inspection).split('srcdoc="')[1].split('" style=')[0]) == page(inspection)


def test_every_word_of_the_page_has_a_chinese_one() -> None:
    folder = Path(__file__).resolve().parents[3] / "resources" / "page"
    script, markup = ((folder / name).read_text(encoding="utf-8") for name in ("page.js", "page.html"))
    table = script[script.index("const ZH") : script.index("const data")]
    said = set(re.findall(r'data-say="([^"]+)"', markup)) | set(re.findall(r'say\("([^"]+)"', script))
    assert len(said) > 12
    assert not [text for text in said if f'"{text}":' not in table]


@pytest.fixture
def opened(tmp_path: Path) -> Inspection:
    """MiniLM with one head off and a text that would like to be markup."""
    query = Query(text="The cat <b>sat</b> </script> on it.", changes=(Change(act="off", kind="encoder", layer=2, head=8),))
    inspection = Inspector.open(minilm()).inspect(query)
    inspection.write(tmp_path / "page.html")
    return inspection


def test_in_a_browser_heads_are_drawn_chosen_and_read(opened: Inspection, tmp_path: Path) -> None:
    with Browser(tmp_path / "profile", "--window-size=1500,1100", "--lang=en-US") as browser:
        browser.open((tmp_path / "page.html").as_uri())
        assert browser.run("document.documentElement.dataset.drawn") is not None
        x, y = browser.run("(({x, y}) => [x, y])(document.getElementById('wall').getBoundingClientRect())")
        step = browser.run("(document.getElementById('wall').clientWidth - 24) / 12")
        browser.click(x + 24 + 5.5 * step, y + 24 + 3.5 * step)
        assert "layer 3, head 5" in browser.run("document.getElementById('which').textContent")
        for key in ("ArrowDown", "ArrowRight", "Enter", "ArrowDown", "ArrowDown", "ArrowRight"):
            browser.press(key)
        assert "layer 4, head 6" in browser.run("document.getElementById('which').textContent")
        told = browser.run("document.getElementById('cell').textContent").translate({0x2068: None, 0x2069: None})
        weight = float(opened.weights["encoder"].weights[4, 6, 1, 1])
        assert told.startswith("“the” → “the”: ")
        assert float(told.rsplit(" ", 1)[1]) == pytest.approx(weight, rel=1e-3)
        assert browser.run("document.querySelectorAll('b, img, iframe').length") == 0
        assert "cosine" in browser.run("document.getElementById('answer').textContent")
        colours = "new Set(document.getElementById('wall').getContext('2d').getImageData(0, 0, 400, 300).data).size"
        assert browser.run(colours) > 20
        assert browser.requested() == [(tmp_path / "page.html").as_uri()]
        assert browser.troubles() == []
