"""Web pages: each word is imported or listed as left out."""

from __future__ import annotations

import re
from base64 import b64encode
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from ipdocs.importing.import_release import import_release
from ipdocs.importing.paragraph import ImportedFile, ImportedParagraph
from ipdocs.importing.readers import web
from ipdocs.model.text import Text
from ipdocs.source.inline import parse_with_findings
from ipdocs.source.segment import to_source_text

Read = Callable[[str], ImportedFile]


@pytest.fixture
def page(tmp_path: Path) -> Read:
    def read(body: str) -> ImportedFile:
        path = tmp_path / "page.html"
        path.write_text(f"<!doctype html><body>{body}", "utf-8")
        return web.read(path)

    return read


def content(imported: ImportedFile) -> list[tuple[str, str]]:
    return [(paragraph.kind, to_source_text(paragraph.content)) for paragraph in imported.paragraphs]


def left_out(imported: ImportedFile) -> list[tuple[str, str]]:
    return [(entry.text, entry.description) for entry in imported.left_out]


def cells(paragraph: ImportedParagraph) -> list[list[str]]:
    return [[to_source_text(cell) for cell in row] for row in paragraph.rows]


def red_square(side: int = 8) -> bytes:
    stream = BytesIO()
    Image.new("RGB", (side, side), "red").save(stream, "PNG")
    return stream.getvalue()


def test_lists_keep_the_numbers_that_the_page_shows(page: Read) -> None:
    imported = page(
        "<ol type=a start=4><li>d<li>e<li value=9>i<li>j</ol><ol reversed><li>two<li>one</ol><ol><li>first<p>and more</ol>"
    )
    items = [(to_source_text(item.content), item.list_style, item.number) for item in imported.paragraphs]
    assert items == [
        ("d", "letter", 4),
        ("e", "letter", 0),
        ("i", "letter", 9),
        ("j", "letter", 0),
        ("two", "number", 2),
        ("one", "number", 1),
        ("first\nand more", "number", 1),
    ]


def test_a_list_goes_on_after_a_table_in_an_item(page: Read) -> None:
    imported = page("<ol><li>a<table><tr><td>1<td>2</table><li>b</ol>")
    assert [(paragraph.kind, paragraph.number) for paragraph in imported.paragraphs] == [("item", 1), ("table", 0), ("item", 2)]


def test_a_number_that_no_list_can_have_is_typed(page: Read) -> None:
    assert content(page("<ol start=0><li>Scope<li>Terms</ol>")) == [("paragraph", "0. Scope"), ("item", "Terms")]


def test_terms_and_descriptions_become_definitions(page: Read) -> None:
    imported = page("<dl><dt>Fee<dd>None<dt>Venue<dt>Hall<dd>City Hall<p>Low Block</dl>")
    assert [cells(paragraph) for paragraph in imported.paragraphs] == [
        [["Fee", "None"]],
        [["Venue\nHall", "City Hall\nLow Block"]],
    ]
    imported = page("<dl><dd>Alone</dl><dl><dt>Fees<dd><ul><li>None</ul></dl>")
    assert content(imported) == [("paragraph", "Alone"), ("paragraph", "Fees"), ("item", "None")]


def test_merged_cells_keep_their_columns_and_rows(page: Read) -> None:
    imported = page(
        "<table><caption>Waste</caption><tfoot><tr><td>All<td>9<td>8</tfoot><thead><tr><th>Site<th colspan=2>Bags</thead>"
        "<tr><td rowspan=0>North<td>3<td>4<tr><td>5<td>6</table>"
    )
    (table,) = imported.paragraphs
    assert cells(table) == [["Site", "Bags", ""], ["North", "3", "4"], ["", "5", "6"], ["All", "9", "8"]]
    assert [(cell.row, cell.column, cell.rows, cell.columns) for cell in table.merged] == [(0, 1, 1, 2), (1, 0, 2, 1)]
    assert (to_source_text(table.content), table.has_header) == ("Waste", True)


def test_text_in_a_table_but_in_no_cell_is_kept(page: Read) -> None:
    imported = page("<table>before<tr>between<td>1</td><td><ol><li>a<li>b</ol>c</td></tr><div>after</div></table>")
    assert content(imported)[:3] == [("paragraph", "before"), ("paragraph", "between"), ("paragraph", "after")]
    assert cells(imported.paragraphs[3]) == [["1", "1. a\n2. b\nc"]]


def test_pictures_in_the_page_and_beside_it_are_taken(page: Read, tmp_path: Path) -> None:
    (tmp_path / "files").mkdir()
    (tmp_path / "files/a b.png").write_bytes(red_square())
    data = b64encode(red_square(9)).decode()
    imported = page(
        f"<figure><img src='files\\a%20b.png' alt='A card'><figcaption>The <b>card</b></figcaption></figure>"
        f"<p>Before <img src='data:image/png;base64,{data}' title='A square'> after</p>"
    )
    first, text, second = imported.paragraphs
    assert first.image
    assert second.image
    assert (first.image.name, first.image.alt, to_source_text(first.content)) == ("a-b.png", "A card", "The **card**")
    assert (to_source_text(text.content), second.image.alt) == ("Before after", "A square")
    assert imported.left_out == []


@pytest.mark.parametrize(
    ("tag", "description"),
    [
        ("<img src='https://www.example.org/a.png' alt=Chart>", "unusable picture: it is not in the folder of the page"),
        ("<img src='../a.png' alt=Chart>", "unusable picture: it is not in the folder of the page"),
        ("<img src='/etc/hostname' alt=Chart>", "unusable picture: it is not in the folder of the page"),
        ("<img alt=Chart>", "unusable picture: it has no address"),
        ("<img src='none.png' alt=Chart>", "unusable picture: there is no file"),
        ("<svg><text>Chart</text></svg>", "unusable picture: it is drawn in the page; save it as a file"),
        ("<img src='a.png' width=1 height=1 alt=Chart>", "hidden: too small to be seen"),
    ],
)
def test_other_pictures_are_listed(page: Read, tag: str, description: str) -> None:
    ((text, reason),) = left_out(page(f"<p>Words</p>{tag}"))
    assert text.endswith("Chart")
    assert reason.startswith(description)


def test_footnotes_that_word_saved_are_footnotes(page: Read) -> None:
    imported = page(
        "<p>Fees<a style='mso-footnote-id:ftn1' href='#_ftn1' name='_ftnref1'><span>[1]</span></a> rise.</p>"
        "<div style='mso-element:footnote-list'><hr><div style='mso-element:footnote' id=ftn1>"
        "<p><a href='#_ftnref1' name='_ftn1'>[1]</a> From May.</p><p>In the north.</p></div></div>"
    )
    assert content(imported) == [("paragraph", "Fees[^note-1] rise."), ("note", "From May.\nIn the north.")]


def test_footnotes_of_other_programs_are_footnotes(page: Read) -> None:
    imported = page(
        "<p>Fees<sup id=r1><a href='#n1'>1</a></sup> rise<sup><a id=r2 href='#n2'>2</a></sup>.</p>"
        "<section><hr><ol><li id=n1><p>From May. <a href='#r1'>↩</a></p><li id=n2>In June <a href='#r2'>^</a></ol></section>"
    )
    assert content(imported) == [
        ("paragraph", "Fees[^note-1] rise[^note-2]."),
        ("note", "From May."),
        ("note", "In June"),
    ]


def test_comments_and_running_heads_that_word_saved_are_listed(page: Read) -> None:
    imported = page(
        "<p>Fees<span class=MsoCommentReference><a class=msocomanchor href='#_msocom_1' name='_msoanchor_1'>[A1]</a></span></p>"
        "<div style='mso-element:comment-list'><div style='mso-element: comment'><p>Check this</p></div></div>"
        "<div style='mso-element:header'><p>Draft</p></div>"
    )
    assert content(imported) == [("paragraph", "Fees")]
    assert left_out(imported) == [("[A1]", "comment"), ("Check this", "comment"), ("Draft", "running header or footer")]


def test_links_that_lead_one_way_are_no_footnotes(page: Read) -> None:
    imported = page("<p>See <a href='#p1'>1</a>.</p><p id=p1>Part one</p>")
    assert content(imported) == [("paragraph", "See 1."), ("paragraph", "Part one")]


def test_list_paragraphs_that_word_saved_are_items(page: Read) -> None:
    imported = page(
        "<p style='margin-left:36pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>2.<span>&nbsp;"
        "</span></span><![endif]>Fees<o:p></o:p></p><p style='mso-list:l0 level2 lfo1'><span style='mso-list:Ignore'>(a)<span>"
        "&nbsp;</span></span>Halls</p><p style='mso-list:l1 level1 lfo2'><span style='mso-list:\nIgnore'>·<span> </span></span>"
        "Pools</p>"
    )
    items = [(item.kind, item.marker, item.level, item.list_style, to_source_text(item.content)) for item in imported.paragraphs]
    assert items == [
        ("item", "2.", 0, "number", "Fees"),
        ("item", "(a)", 1, "letter", "Halls"),
        ("item", "", 0, "bullet", "Pools"),
    ]
    empty = "<p style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>3.</span><o:p>&nbsp;</o:p></p>"
    assert content(page(empty)) == [("paragraph", "3.")]


@pytest.mark.parametrize(
    ("inline", "notation"),
    [
        ("40 m<sup>2</sup> of CO<sub>2</sub>", "40 m^2^ of CO~2~"),
        ("<span style='font-weight:700'>a</span><b style='font-weight:normal'>b</b>", "**a**b"),
        ("<i>a</i><span style='font-style: italic'>b</span>", "*ab*"),
        ("<q>a <q>b</q></q> <q>甲</q>", "“a ‘b’” 「甲」"),
        ("<ruby>漢<rt>hon</rt></ruby> <ruby>字<rp>(</rp><rt>ji</rt><rp>)</rp></ruby>", "漢（hon） 字(ji)"),
        ("co&shy;ope&#8203;rate&nbsp;&amp; &lt;b&gt;", "cooperate & <b>"),
        ("<a href='https://www.example.org/'>a <b>b</b></a>", "[a **b**](https://www.example.org/)"),
        ("<font color=red>a</font><o:p>b</o:p><x-y>c</x-y>", "abc"),
        ("<del>a</del><s>b</s>", "b"),
        ("<math><msup><mi>x</mi><mn>2</mn></msup><mfrac><mn>1</mn><mn>3</mn></mfrac></math>", "x^2^1/3"),
        ("<span class=katex><math><mi>y</mi></math><span class=katex-html aria-hidden=true>y</span></span>", "y"),
        ("<i aria-hidden=true>seen</i>", "*seen*"),
    ],
)
def test_inline_elements(page: Read, inline: str, notation: str) -> None:
    assert content(page(f"<p>{inline}</p>")) == [("paragraph", notation)]


def test_line_breaks_separate_lines_and_paragraphs(page: Read) -> None:
    imported = page("<h2>a<br>b</h2>one<br>two<br><br><b>three<br> <br>four</b><br><pre>x\n y</pre>")
    assert content(imported) == [
        ("heading", "a\nb"),
        ("paragraph", "one\ntwo"),
        ("paragraph", "**three**"),
        ("paragraph", "**four**"),
        ("paragraph", "x\ny"),
    ]


def test_only_the_first_main_heading_of_a_language_is_the_title(page: Read) -> None:
    imported = page("<h1><b>Fees</b></h1><h1>收費</h1><h1>Halls</h1>")
    assert content(imported) == [("title", "Fees"), ("title", "收費"), ("heading", "Halls")]


@pytest.mark.parametrize("name", ["title", "MsoTitle"])
def test_the_title_that_office_programs_save_is_the_title(page: Read, name: str) -> None:
    imported = page(f"<p class={name}>Fees</p><h1>Halls</h1>")
    assert content(imported) == [("title", "Fees"), ("heading", "Halls")]


def test_what_readers_do_not_see_is_listed(page: Read) -> None:
    imported = page(
        "<p>Words</p><p hidden>a</p><div style='color:red; display : none'>b</div><template>c</template><noscript>d</noscript>"
        "<dialog>e</dialog><p><abbr title='f g'>FG</abbr><input value=h><input placeholder=i><input type=hidden value=x></p>"
        "<select><optgroup label=m></select>"
        "<!-- y --><video src=j.mp4></video><iframe src=k.html></iframe><details><summary>Open</summary>l</details>"
    )
    assert content(imported) == [("paragraph", "Words"), ("paragraph", "FG"), ("paragraph", "Open"), ("paragraph", "l")]
    assert left_out(imported) == [
        ("a", "hidden"),
        ("b", "hidden"),
        ("c", "hidden"),
        ("d", "hidden: for browsers without scripts"),
        ("e", "hidden"),
        ("f g", "hidden: shown when a reader points at the words"),
        ("h", "form"),
        ("i", "form"),
        ("m", "form"),
        ("j.mp4", "audio or video"),
        ("k.html", "embedded page"),
    ]


@pytest.mark.parametrize(
    "name", ["share-bar", "shareButtons", "social", "main-menu", "related-news", "c-breadcrumb", "skip-to-content"]
)
def test_names_of_noise(page: Read, name: str) -> None:
    imported = page(f"<p>Words of the release</p><div class='{name}'>Noise</div>")
    assert [text for text, _ in left_out(imported)] == ["Noise"]


@pytest.mark.parametrize("name", ["share-price", "content-related", "social-welfare", "lunch-menu", "no-sidebar", "shared"])
def test_names_of_content(page: Read, name: str) -> None:
    imported = page(f"<p>Words of the release</p><div class='{name}'>Text</div>")
    assert content(imported)[1:] == [("paragraph", "Text")]


def test_what_has_most_of_the_text_is_no_noise(page: Read) -> None:
    text = "The hall opens in May. " * 5
    for tag in ("form", "div class=sidebar", "aside"):
        imported = page(f"<p>Short</p><{tag}><p>{text}</p><input value=Go type=submit></{tag.split()[0]}>")
        assert content(imported)[1:] == [("paragraph", text.strip())]
    menu = "<a href='/x'>A long entry of a menu</a> " * 30
    assert left_out(page(f"<nav>{menu}</nav><p>Short text</p>"))[0][1] == "navigation"


def test_deeply_nested_text_is_kept(page: Read) -> None:
    nested = "".join(f"<{tag}>w{number}" for number, tag in enumerate(["div", "b", "ul", "li", "blockquote", "span"] * 40))
    words = [word for _, text in content(page(nested)) for word in re.findall(r"w\d+", text)]
    assert sorted(words, key=lambda word: int(word[1:])) == [f"w{number}" for number in range(240)]


INLINE = (
    "b",
    "i",
    "strong",
    "em",
    "span",
    "a href='https://www.example.org/'",
    "sup",
    "sub",
    "q",
    "font",
    "u",
    "abbr title=TITLE",
)
BLOCK = (
    "p",
    "div",
    "h1",
    "h2",
    "li",
    "ul",
    "ol",
    "blockquote",
    "table",
    "tr",
    "td",
    "dl",
    "dt",
    "dd",
    "pre",
    "figure",
    "figcaption",
)
OTHER = (
    "nav",
    "form",
    "p hidden",
    "div class=menu",
    "template",
    "select",
    "option",
    "svg",
    "a href='#x' id=y",
    "ruby",
    "rt",
    "object",
)
NODES: st.SearchStrategy[str] = st.recursive(
    st.sampled_from(("WORD", " WORD ", "WORD ", "<br>", " ", "（WORD）", "WORD*", "[WORD]", "<img alt=WORD>", "<hr>")),
    lambda inner: st.builds(
        lambda tag, parts: f"<{tag}>{''.join(parts)}</{tag.split()[0]}>",
        st.sampled_from((*INLINE, *INLINE, *BLOCK, *BLOCK, *OTHER)),
        st.lists(inner, max_size=4),
    ),
    max_leaves=25,
)


def numbered(body: str) -> str:
    """Return a page in which each WORD and each TITLE is a different word."""
    numbers = iter(range(10_000))
    return re.sub("WORD|TITLE", lambda match: f"w{next(numbers):04}", body)


@given(st.lists(NODES, min_size=1, max_size=5).map("".join).map(numbered))
@settings(max_examples=150)
def test_each_word_arrives_once(tmp_path_factory: pytest.TempPathFactory, body: str) -> None:
    path = tmp_path_factory.getbasetemp() / "generated.html"
    path.write_text(f"<!doctype html><body>{body}", "utf-8")
    imported = web.read(path)
    texts = [text for paragraph in imported.paragraphs for text in (paragraph.content, *sum(paragraph.rows, ()))]
    notations = [to_source_text(text) for text in texts]
    arrived = Counter(re.findall(r"w\d{4}", " ".join([*notations, *(entry.text for entry in imported.left_out)])))
    assert arrived == Counter(re.findall(r"w\d{4}", body))
    assert [finding for notation in notations for finding in parse_with_findings(Text(notation))[1]] == []


@given(st.lists(NODES, min_size=1, max_size=5).map("".join).map(numbered))
@settings(max_examples=20)
def test_each_word_is_in_the_source_or_left_out(tmp_path_factory: pytest.TempPathFactory, body: str) -> None:
    folder = tmp_path_factory.mktemp("page")
    (folder / "locales").mkdir()
    path = folder / "page.html"
    path.write_text(f"<!doctype html><body><h1>Title of the page</h1>{body}", "utf-8")
    summary = import_release([path], folder / "out", datetime(2026, 11, 22, 9, 0))
    source = re.sub("(?m)^  - id: .*", "", summary.path.read_text("utf-8").partition("\ntitle:")[2])
    arrived = Counter(re.findall(r"w\d{4}", " ".join([source, *(entry.text for _, entry in summary.left_out)])))
    assert arrived == Counter(re.findall(r"w\d{4}", body))
    assert {finding.code for finding in summary.findings} == {"no-date"}


@pytest.mark.parametrize(
    "body",
    [
        "<body><p>one</p></body><table><caption>two</caption><tr><td>three<td>four</table>",
        "<body style='visibility:hidden'><p>one two three four",
        "<dl><dt>one<dd><table><tr><td>two<td>three</table>four</dl>",
        "<dl>one<dt>two<dd>three<dl>four</dl></dl>",
        "<p style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>one two three four words in a marker that never ends",
        "<svg>one<p>two</svg>three<frameset><noframes>four</frameset>",
        "<table>one<td>two</td><caption>three</caption><tr><tr><td>four</table>",
        "<p>e</p><p>\u0301one two three four",
        "<html><title>one</title><p>two</p></html><html><title>three</title><p>four</p></html>",
    ],
)
def test_odd_pages_lose_nothing(page: Read, body: str) -> None:
    imported = page(body)
    texts = [text for paragraph in imported.paragraphs for text in (paragraph.content, *sum(paragraph.rows, ()))]
    read = " ".join([*map(to_source_text, texts), *(entry.text for entry in imported.left_out)])
    assert [read.count(word) for word in ("one", "two", "three", "four")] == [1, 1, 1, 1]


def test_addresses_that_a_source_cannot_link_to_are_listed_once(page: Read) -> None:
    imported = page(
        "<p>See <a href='/fees.html'>fees</a>, <a href='/fees.html'>all fees</a>, <a href='#top'>top</a>, "
        "<a href='https://example.org'>us</a> and <a href='tel:123'>call</a>.</p>"
    )
    assert content(imported) == [("paragraph", "See fees, all fees, top, [us](https://example.org) and call.")]
    reason = "address that a source cannot link to"
    assert left_out(imported) == [("/fees.html", reason), ("tel:123", reason)]


def test_a_page_with_a_byte_of_zero_is_read(page: Read) -> None:
    imported = page("<h1>Pools</h1><p>The pool is \0 open.</p>")
    assert content(imported) == [("title", "Pools"), ("paragraph", "The pool is \ufffd open.")]
    assert "unreadable-characters" in [finding.code for finding in imported.findings]
