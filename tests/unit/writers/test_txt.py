"""Plain text for the news wire."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from lxml import html
from typer.testing import CliRunner

from ipdocs.cli import app
from ipdocs.locale.language import language
from ipdocs.templating.html_document import BLOCK_ELEMENTS, INLINE_ELEMENTS, HtmlDocument, Metadata
from ipdocs.values.types import HONG_KONG
from ipdocs.workspace import Workspace
from ipdocs.writers import txt

PARTS = {"li", "caption", "thead", "tbody", "tr", "th", "td", "figcaption", "dt", "dd"}


def text(body: str, lang: str = "en") -> str:
    root = html.document_fromstring(
        f'<html lang="{lang}"><head><title>T</title></head><body><article lang="{lang}">{body}</article></body></html>'
    )
    metadata = Metadata("T", "t", datetime(2018, 8, 21, tzinfo=HONG_KONG))
    return txt.write(HtmlDocument(root, (), (language("en", Workspace()),), metadata)).data.decode()


def test_every_element_of_the_vocabulary_has_a_handler() -> None:
    assert set(txt.BLOCKS) | PARTS == BLOCK_ELEMENTS
    assert set(txt.INLINE) == INLINE_ELEMENTS


def test_english_title_is_underlined_with_asterisks() -> None:
    assert text("<h1>Held in Hong Kong</h1>") == "Held in Hong Kong\n*****************\n"


def test_chinese_title_is_underlined_with_wide_asterisks() -> None:
    assert text("<h1>在香港舉行</h1>", "zh-Hant-HK") == "在香港舉行\n＊＊＊＊＊\n"


def test_underline_of_a_long_title_ends_with_the_line() -> None:
    assert text(f"<h1>{'word ' * 30}</h1>").splitlines()[1] == "*" * txt.LINE_LENGTH


@pytest.mark.parametrize(("lang", "indent"), [("en", "     "), ("zh-Hant-HK", "\u3000\u3000")])
def test_paragraph_indent_depends_on_the_language(lang: str, indent: str) -> None:
    assert text("<p>Words</p><p>More</p>", lang) == f"{indent}Words\n\n{indent}More\n"


def test_lists_have_markers_and_nested_lists_are_indented() -> None:
    body = "<ul><li>one;<ol type='a' start='3'><li>inner</li></ol></li><li>two.</li></ul>"
    assert text(body) == "     * one;\n          (c) inner\n     * two.\n"


@pytest.mark.parametrize(("number", "roman"), [(1, "i"), (4, "iv"), (9, "ix"), (14, "xiv"), (40, "xl"), (1999, "mcmxcix")])
def test_roman_numerals_are_correct(number: int, roman: str) -> None:
    assert text(f"<ol type='i' start='{number}'><li>x</li></ol>") == f"     ({roman}) x\n"


def test_link_shows_its_address_unless_its_text_does() -> None:
    assert text("<p>See <a href='https://example.org/a'>the page</a>.</p>").strip() == "See the page (https://example.org/a)."
    assert text("<p><a href='mailto:press@example.org'>press@example.org</a></p>").strip() == "press@example.org"


@pytest.mark.parametrize(
    ("style", "chinese"), [("gia", "見計劃（https://example.org/a）。"), ("legco", "見計劃(https://example.org/a)。")]
)
def test_address_of_a_link_is_in_the_brackets_of_the_style(tmp_path: Path, style: str, chinese: str) -> None:
    (tmp_path / "plan.yaml").write_text(
        f"schema: 1\nkind: press-release\nid: plan\nstyle: {style}\nlanguages: [en, tc]\nissued: 2026-11-02\n"
        'title: {en: "Plan", tc: "計劃"}\nbody:\n  - id: lead\n    paragraph:\n'
        '      en: "See [it](https://example.org/a)."\n      tc: "見[計劃](https://example.org/a)。"\n',
        "utf-8",
    )
    result = CliRunner().invoke(app, ["build", str(tmp_path / "plan.yaml"), "--format", "txt", "--out", str(tmp_path)])
    assert result.exit_code == 0, result.output
    assert chinese in (tmp_path / "plan/plan.tc.txt").read_text("utf-8")
    assert "See it (https://example.org/a)." in (tmp_path / "plan/plan.en.txt").read_text("utf-8")


def test_footnotes_are_at_the_end() -> None:
    assert text("<p>Words<span class='footnote'>Said so.</span> here.</p>") == "     Words[1] here.\n\n[1] Said so.\n"


def test_table_row_is_a_line() -> None:
    assert (
        text("<table><caption>Cases</caption><tbody><tr><th>2017</th><td>14</td></tr></tbody></table>") == "Cases\n\n2017 | 14\n"
    )


def test_line_break_is_kept() -> None:
    assert text("<footer><p>Ends<br>HKT 18:30</p></footer>") == "Ends\nHKT 18:30\n"


def test_text_between_blocks_is_kept_in_order() -> None:
    body = "<div>First<br>line <em>and</em> more<p>A block.</p>after it <a href='#x'>linked</a>.</div>"
    assert text(body) == "First\nline and more\n\n     A block.\n\nafter it linked.\n"


@pytest.mark.parametrize(("lang", "indent"), [("en", "     "), ("zh-Hant-HK", "\u3000\u3000")])
def test_quotation_is_indented_like_a_paragraph(lang: str, indent: str) -> None:
    assert text("<blockquote><p>A mark.</p></blockquote>", lang) == f"{indent}A mark.\n"


def test_lists_have_the_marker_of_their_first_item() -> None:
    body = (
        "<ol type='1' data-marker='（一）' start='9'><li>甲<ol type='a' data-marker='(a)'><li>乙</li></ol></li><li>丙</li></ol>"
    )
    assert text(body, "zh-Hant-HK") == "　　（九）甲\n　　　　(a) 乙\n　　（十）丙\n"


def test_superscript_and_subscript_become_characters() -> None:
    body = "<p>The 17<sup>th</sup> has 30 m<sup>2</sup> of CO<sub>2</sub>, <em>e<sup>2y</sup></em> and K<sub>W</sub>.</p>"
    assert text(body) == "     The 17th has 30 m² of CO₂, e^(2y) and K_W.\n"
