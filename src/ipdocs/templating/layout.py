"""Languages of one document, arranged: one alone, one after the other, block under block, or side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from lxml import etree, html
from lxml.html import HtmlElement, builder

from ipdocs.locale.language import Language

Layout = Literal["parallel", "stacked", "sequential"]
RESTRICTED = "restricted"
"""The class of what is restricted: it says nothing of the kind of a block."""

LAYOUTS: tuple[Layout, ...] = ("parallel", "stacked", "sequential")


@dataclass(frozen=True, slots=True)
class Column:
    """One language's blocks, by their names and in order."""

    language: Language
    blocks: dict[str, HtmlElement]


def column(language: Language, fragment: str, part: str = "") -> Column:
    """Return the blocks of a language's HTML: each element at its top, marked with its language and given an id.

    Where several documents are bound together, the name of the part keeps their ids and the targets of links apart.
    """
    blocks: dict[str, HtmlElement] = {}
    prefix = f"{part}/" if part else ""
    for element in html.fragments_fromstring(fragment):
        if isinstance(element, str) or not isinstance(element.tag, str):
            continue  # blanks and comments
        etree.strip_tags(element, etree.Comment, etree.ProcessingInstruction)
        element.tail = None
        name = element.attrib["data-block"]
        element.attrib["data-block"] = f"{language.code}:{prefix}{name}"
        element.attrib["id"] = _id(language, prefix + name)
        for link in element.iter("a"):
            if (href := link.get("href", "")).startswith("#"):
                target = href[1:] if "/" in href else prefix + href[1:]
                link.attrib["href"] = f"#{_id(language, target)}"
        blocks[name] = element
    return Column(language, blocks)


def _id(language: Language, name: str) -> str:
    return f"{language.code}-{name.replace('/', '-')}"


def connect(columns: Sequence[Column]) -> list[str]:
    """Take out the links that lead nowhere in these columns, such as those from an agenda alone to its minutes; words stay.

    Return where those of a table of contents would lead: an entry without a page is a mistake.
    """
    known = {element.attrib["id"] for one in columns for element in one.blocks.values()}
    lost: list[str] = []
    for one in columns:
        for element in one.blocks.values():
            for link in [*element.iter("a")]:
                href = link.get("href", "")
                if href.startswith("#") and href[1:] not in known:
                    if any("contents" in nav.classes for nav in link.iterancestors("nav")):
                        lost.append(href.removeprefix(f"#{_id(one.language, '')}"))
                    link.drop_tag()
    return list(dict.fromkeys(lost))


def title_of(column: Column) -> str:
    """Return what the first h1 of a language says, without the notes that it calls."""
    h1 = next((h1 for block in column.blocks.values() for h1 in block.iter("h1")), None)
    said = h1.xpath(".//text()[not(ancestor::*[@class='footnote'])]") if h1 is not None else ()
    return " ".join("".join(said).split())


def arrange(columns: Sequence[Column], layout: Layout) -> list[HtmlElement]:
    """Return what the body holds: an article a language, or one that holds all of them block by block."""
    if len(columns) == 1 or layout == "sequential":
        return [builder.ARTICLE(*one.blocks.values(), lang=one.language.tag) for one in columns]
    if layout == "stacked":
        return [builder.ARTICLE(*(_row(kind, _pair(columns, name)) for name, kind in _kinds(columns)), **{"class": "stacked"})]
    return [_parallel(columns)]


def _parallel(columns: Sequence[Column]) -> HtmlElement:
    """Return blocks side by side, the languages' names above them; a language without a block has an empty cell.

    A row has the class of what it holds, such as of-h2, since a page may end behind a row and not within a heading's.
    A picture is for all languages: its row is one cell over all columns.
    """
    head = builder.DIV(*(_cell(one.language, one.language.name) for one in columns), **{"class": "head"})
    rows = [_row(kind, _cells(columns, name, kind)) for name, kind in _kinds(columns)]
    return builder.DIV(head, *rows, **{"class": f"parallel of-{len(columns)}"})


def _row(kind: str, content: Sequence[HtmlElement]) -> HtmlElement:
    return builder.DIV(*content, **{"class": f"row of-{kind}"})


def _cells(columns: Sequence[Column], name: str, kind: str) -> list[HtmlElement]:
    if kind == "figure":
        return [builder.DIV(*_pair(columns, name), colspan=str(len(columns)), **{"class": "cell"})]
    return [_cell(one.language, one.blocks.get(name, "")) for one in columns]


def _pair(columns: Sequence[Column], name: str) -> list[HtmlElement]:
    """Return the blocks of one name, each marked with its language, a picture shown once."""
    blocks = []
    for one in columns:
        if (element := one.blocks.get(name)) is not None:
            element.attrib["lang"] = one.language.tag
            blocks.append(element)
    return share_picture(blocks)


def share_picture(blocks: Sequence[HtmlElement]) -> list[HtmlElement]:
    """Return blocks with a picture that all of them show in the first alone, what it shows said in every language.

    Of the others their captions stay; one without a caption is left out.
    """
    figures = [block for block in blocks if block.tag == "figure"]
    pictures = [one for figure in figures for one in figure.iter("img")]
    if len(pictures) < 2 or len({one.attrib["src"] for one in pictures}) > 1:
        return [*blocks]
    pictures[0].attrib["alt"] = " / ".join(dict.fromkeys(one.attrib["alt"] for one in pictures))
    for one in pictures[1:]:
        one.drop_tree()
    return [block for block in blocks if block is figures[0] or len(block)]


def _kinds(columns: Sequence[Column]) -> list[tuple[str, str]]:
    """Return every block's name with its class or, without one, its element."""
    found = [(name, next(one.blocks[name] for one in columns if name in one.blocks)) for name in _order(columns)]
    return [(name, next((one for one in element.classes if one != RESTRICTED), str(element.tag))) for name, element in found]


def _cell(language: Language, content: HtmlElement | str) -> HtmlElement:
    return builder.DIV(content, lang=language.tag, **{"class": "cell"})


def _order(columns: Sequence[Column]) -> list[str]:
    """Return every block's name once, each language's own order kept: what one lacks stands where the others have it."""
    order: list[str] = []
    for one in columns:
        at = 0
        for name in one.blocks:
            if name in order:
                at = order.index(name) + 1
            else:
                order.insert(at, name)
                at += 1
    return order
