"""Arrange the languages of a document: one after the other, block under block, or side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from lxml import etree, html
from lxml.html import HtmlElement, builder

from ipdocs.locale.language import Language

Layout = Literal["parallel", "stacked", "sequential"]
RESTRICTED = "restricted"
"""The class of restricted elements. Unlike other classes, it does not name a kind of block."""

LAYOUTS: tuple[Layout, ...] = ("parallel", "stacked", "sequential")


@dataclass(frozen=True, slots=True)
class Column:
    """The blocks of one language in order, keyed by name."""

    language: Language
    blocks: dict[str, HtmlElement]


def parse_column(language: Language, fragment: str, part: str = "") -> Column:
    """Return the top-level elements of the HTML in one language as blocks, each with an id and a language code.

    Args:
        language: the language.
        fragment: the HTML.
        part: the name of a part of a pack; ids begin with this name, so that they differ between parts.
    """
    blocks: dict[str, HtmlElement] = {}
    prefix = f"{part}/" if part else ""
    for element in html.fragments_fromstring(fragment):
        if isinstance(element, str) or not isinstance(element.tag, str):
            continue  # white space and comments
        etree.strip_tags(element, etree.Comment, etree.ProcessingInstruction)
        element.tail = None
        name = element.attrib["data-block"]
        element.attrib["data-block"] = f"{language.code}:{prefix}{name}"
        element.attrib["id"] = _block_id(language, prefix + name)
        for link in element.iter("a"):
            if (href := link.get("href", "")).startswith("#"):
                target = href[1:] if "/" in href else prefix + href[1:]
                link.attrib["href"] = f"#{_block_id(language, target)}"
        blocks[name] = element
    return Column(language, blocks)


def _block_id(language: Language, name: str) -> str:
    return f"{language.code}-{name.replace('/', '-')}"


def remove_dead_links(columns: Sequence[Column]) -> list[str]:
    """Replace links to blocks outside these columns, such as from an agenda to the minutes, by the text of the links.

    Return the missing targets of links in tables of contents, where every entry needs a target.
    """
    ids = {block.attrib["id"] for column in columns for block in column.blocks.values()}
    missing: list[str] = []
    for column in columns:
        for block in column.blocks.values():
            for link in [*block.iter("a")]:
                href = link.get("href", "")
                if href.startswith("#") and href[1:] not in ids:
                    if any("contents" in nav.classes for nav in link.iterancestors("nav")):
                        missing.append(href.removeprefix(f"#{_block_id(column.language, '')}"))
                    link.drop_tag()
    return list(dict.fromkeys(missing))


def title_of(column: Column) -> str:
    """Return the text of the first h1 in a column, except footnotes, or "" if there is no h1."""
    h1 = next((h1 for block in column.blocks.values() for h1 in block.iter("h1")), None)
    texts = h1.xpath(".//text()[not(ancestor::*[@class='footnote'])]") if h1 is not None else ()
    return " ".join("".join(texts).split())


def arrange(columns: Sequence[Column], layout: Layout) -> list[HtmlElement]:
    """Return the content of <body>: an article for each language, or a single element with all languages block by block."""
    if len(columns) == 1 or layout == "sequential":
        return [builder.ARTICLE(*column.blocks.values(), lang=column.language.tag) for column in columns]
    if layout == "stacked":
        rows = (_row(kind, _counterparts(columns, name)) for name, kind in _names_and_kinds(columns))
        return [builder.ARTICLE(*rows, **{"class": "stacked"})]
    return [_parallel_columns(columns)]


def _parallel_columns(columns: Sequence[Column]) -> HtmlElement:
    """Return the columns side by side under the names of the languages, with an empty cell for a missing block.

    The class of a row names its kind of block, such as of-h2, so that a stylesheet can keep a heading with the next row.
    A picture belongs to all languages, so its row is a single cell over all columns. The classes of the table have the number of
    columns, and the number of those with Latin letters, such as of-3 and of-1-latin.
    """
    head = builder.DIV(*(_cell(column.language, column.language.name) for column in columns), **{"class": "head"})
    rows = [_row(kind, _row_content(columns, name, kind)) for name, kind in _names_and_kinds(columns)]
    latin_count = sum(column.language.is_latin for column in columns)
    return builder.DIV(head, *rows, **{"class": f"parallel of-{len(columns)} of-{latin_count}-latin"})


def _row(kind: str, content: Sequence[HtmlElement]) -> HtmlElement:
    return builder.DIV(*content, **{"class": f"row of-{kind}"})


def _row_content(columns: Sequence[Column], name: str, kind: str) -> list[HtmlElement]:
    if kind == "figure":
        return [builder.DIV(*_counterparts(columns, name), colspan=str(len(columns)), **{"class": "cell"})]
    return [_cell(column.language, column.blocks.get(name, "")) for column in columns]


def _counterparts(columns: Sequence[Column], name: str) -> list[HtmlElement]:
    """Return the block with the given name in each language, with a lang attribute; a shared picture occurs only once."""
    blocks = []
    for column in columns:
        if (block := column.blocks.get(name)) is not None:
            block.attrib["lang"] = column.language.tag
            blocks.append(block)
    return share_picture(blocks)


def share_picture(blocks: Sequence[HtmlElement]) -> list[HtmlElement]:
    """Return the blocks; if all figures among them show the same picture, only the first figure keeps the picture.

    The picture gets the alternative texts of all languages. The other figures keep only their captions; a figure without a
    caption is left out.
    """
    figures = [block for block in blocks if block.tag == "figure"]
    images = [image for figure in figures for image in figure.iter("img")]
    if len(images) < 2 or len({image.attrib["src"] for image in images}) > 1:
        return [*blocks]
    images[0].attrib["alt"] = " / ".join(dict.fromkeys(image.attrib["alt"] for image in images))
    for image in images[1:]:
        image.drop_tree()
    return [block for block in blocks if block is figures[0] or len(block)]


def _names_and_kinds(columns: Sequence[Column]) -> list[tuple[str, str]]:
    """Return the name and kind of every block. The kind is its class, or the tag of a block without a class."""
    blocks = [(name, next(column.blocks[name] for column in columns if name in column.blocks)) for name in _name_order(columns)]
    return [(name, next((kind for kind in block.classes if kind != RESTRICTED), str(block.tag))) for name, block in blocks]


def _cell(language: Language, content: HtmlElement | str) -> HtmlElement:
    return builder.DIV(content, lang=language.tag, **{"class": "cell"})


def _name_order(columns: Sequence[Column]) -> list[str]:
    """Return the name of every block once, in an order that follows the order of each language."""
    order: list[str] = []
    for column in columns:
        index = 0
        for name in column.blocks:
            if name in order:
                index = order.index(name) + 1
            else:
                order.insert(index, name)
                index += 1
    return order
