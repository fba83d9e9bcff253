"""The structure tree, read as text."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pikepdf

from ipdocs.templating.html_document import HtmlDocument

Outline = Callable[[bytes], str]
Write = Callable[[HtmlDocument], bytes]


def test_every_element_has_its_place_in_the_structure(
    vocabulary: HtmlDocument, write: Write, outline: Outline, root: Path, golden: Callable[[str, Path], None]
) -> None:
    golden(outline(write(vocabulary)), root / "tests/trees/vocabulary.outline.txt")


def page(body: str, lang: str = "en") -> str:
    return f'<html lang="{lang}"><body><article lang="{lang}"><h1>Title</h1>{body}</article></body></html>'


def count(text: str, name: str) -> int:
    return sum(line.split()[0] == name for line in text.splitlines())


def test_a_paragraph_over_two_pages_is_one_paragraph(
    tree_of: Callable[..., HtmlDocument], write: Write, outline: Outline
) -> None:
    text = outline(write(tree_of(page("<p>" + "many words " * 1200 + "</p>"))))
    assert count(text, "P") == 1
    assert text.count("many") == 1200


def test_words_stay_apart_over_lines_and_pages(tree_of: Callable[..., HtmlDocument], write: Write, outline: Outline) -> None:
    source = "The Group met on co-operation, and/or trade in Hong Kong, 知識產權會議在廣州舉行. " * 80
    text = outline(write(tree_of(page(f"<p>{source.strip()}</p>"))))
    assert source.strip() in text


def test_line_break_separates_words(tree_of: Callable[..., HtmlDocument], write: Write, outline: Outline) -> None:
    text = outline(write(tree_of(page('<p>Office<br>Tel</p><p lang="zh-Hant-HK">完<br>香港</p>'))))
    assert "'Office Tel'" in text
    assert "'完香港'" in text


def test_a_list_over_pages_is_one_list(tree_of: Callable[..., HtmlDocument], write: Write, outline: Outline) -> None:
    text = outline(
        write(tree_of(page("<ul>" + "<li>an item that takes more than a line, so that it may be torn</li>" * 100 + "</ul>")))
    )
    assert (count(text, "L"), count(text, "LI"), count(text, "LBody")) == (1, 100, 100)


def test_table_over_pages_is_one_table_with_one_header(
    tree_of: Callable[..., HtmlDocument], write: Write, outline: Outline
) -> None:
    head = '<thead><tr><th scope="col">Year</th><th scope="col">Cases</th></tr></thead>'
    text = outline(write(tree_of(page(f"<table>{head}<tbody>" + "<tr><td>2018</td><td>14</td></tr>" * 100 + "</tbody></table>"))))
    assert (count(text, "Table"), count(text, "THead"), count(text, "TBody"), count(text, "TR")) == (1, 1, 1, 101)
    assert text.count("TH Scope=Column") == 2


def test_columns_over_pages_stay_block_by_block(tree_of: Callable[..., HtmlDocument], write: Write, outline: Outline) -> None:
    row = "".join(
        f'<div class="cell" lang="{tag}"><p>{text}</p></div>' for tag, text in (("en", "word " * 150), ("zh-Hant-HK", "字" * 300))
    )
    head = '<div class="head"><div class="cell">English</div><div class="cell" lang="zh-Hant-HK">繁體中文</div></div>'
    body = f'<div class="parallel of-2 of-1-latin">{head}' + f'<div class="row">{row}</div>' * 8 + "</div>"
    text = outline(write(tree_of(f'<html lang="en"><body><h1>Title</h1>{body}</body></html>')))
    assert count(text, "P") == 16
    assert [line.strip()[1] for line in text.splitlines() if "'" in line][3:] == ["w", "字"] * 8
    assert text.count("'English'") == 1


def test_definitions_side_by_side_are_one_list(tree_of: Callable[..., HtmlDocument], write: Write, outline: Outline) -> None:
    """WeasyPrint sets them as a table, and makes a list of each part of the table."""
    css = "dl { display: table } dt, dd { display: table-cell }"
    people = "".join(f"<p>Person {number}</p>" for number in range(90))
    text = outline(write(tree_of(page(f"<dl><dt>Present</dt><dd>{people}</dd></dl>"), css=css)))
    assert [count(text, name) for name in ("L", "LI", "Lbl", "LBody", "P")] == [1, 1, 1, 1, 90]


def test_a_link_over_two_lines_is_one_link(tree_of: Callable[..., HtmlDocument], write: Write, outline: Outline) -> None:
    text = outline(write(tree_of(page('<p>See <a href="https://example.org/">' + "the notice " * 20 + "</a>.</p>"))))
    assert count(text, "Link") == 1


def test_contents_entry_reads_its_page_but_not_its_leader(
    tree_of: Callable[..., HtmlDocument], write: Write, outline: Outline
) -> None:
    css = 'a::after { content: leader(".") target-counter(attr(href), page) }'
    text = outline(write(tree_of(page('<p><a href="#b">Part</a></p><hr class="page-break"><h2 id="b">Part</h2>'), css=css)))
    assert "        '→Part2→'\n" in text
    assert "." not in text


def test_a_note_is_read_where_it_is_called(tree_of: Callable[..., HtmlDocument], write: Write, outline: Outline) -> None:
    tree = tree_of(page('<p>Before<span class="footnote">the note</span> after.</p>'), css=".footnote { float: footnote }")
    words = [line.strip() for line in outline(write(tree)).splitlines() if "'" in line]
    assert words == ["'Title'", "'Before'", "'1'", "'1. '", "'the note'", "' after.'"]


def test_moved_note_states_its_language(tree_of: Callable[..., HtmlDocument], write: Write, outline: Outline) -> None:
    article = '<article lang="zh-Hant-HK"><h1>題</h1><p>會議<span class="footnote" lang="en">held</span></p></article>'
    tree = tree_of(f'<html lang="en"><body>{article}</body></html>', css=".footnote { float: footnote }")
    assert "Note en" in outline(write(tree))


def test_a_picture_without_alternative_text_is_decoration(
    tree_of: Callable[..., HtmlDocument], write: Write, outline: Outline, pictures: dict[str, bytes]
) -> None:
    tree = tree_of(page('<p>Text <img src="photo.png" alt=""></p>'), assets=pictures)
    assert "Figure" not in outline(write(tree))


def test_picture_states_its_box_on_the_page(
    tree_of: Callable[..., HtmlDocument], write: Write, pictures: dict[str, bytes]
) -> None:
    css = "@page { size: 400pt 300pt; margin: 20pt } img { display: block; width: 80pt; height: 40pt }"
    body = '<html lang="en"><body><img src="photo.png" alt="A"></body></html>'
    with pikepdf.open(io.BytesIO(write(tree_of(body, css=css, assets=pictures)))) as file:
        assert [float(edge) for edge in file.Root.StructTreeRoot.K[0].K[0].A.BBox] == [20, 240, 100, 280]


def test_text_in_another_language_states_it_once(tree_of: Callable[..., HtmlDocument], write: Write, outline: Outline) -> None:
    text = outline(write(tree_of(page('<p>The <span lang="zh-Hant-HK">專責<em>小組</em></span> met.</p>'))))
    assert text.count("zh-Hant-HK") == 1
