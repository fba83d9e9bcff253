"""Text of web pages inside paragraphs: formatting, links, line breaks, annotations and references to footnotes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ipdocs.files.ledger import LeftOutReason
from ipdocs.importing.formatting import EMPHASIS, STRONG, Codes, closing_code, link_codes
from ipdocs.importing.readers.web.elements import BLOCKS, style_of
from ipdocs.importing.readers.web.page import WebPage
from ipdocs.importing.readers.web.pictures import add_picture
from ipdocs.model.inline import ScriptPosition
from ipdocs.source.scalar import is_chinese
from ipdocs.source.segment import LINE_BREAK, Code, shift_code

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_DEPTH = 60
"""The depth from which the words of an element are read without its structure."""

_BOLD_STYLE = re.compile(r"(?:^|;)font-weight:(?:(bold|bolder|[6-9]00|1000)|normal|lighter|[1-5]00)(?=[;!]|$)")
_ITALIC_STYLE = re.compile(r"(?:^|;)font-style:(?:(italic|oblique)|normal)(?=[;!]|$)")
_RAISED_STYLE = re.compile(r"(?:^|;)vertical-align:(super|sub)(?=[;!]|$)")
_RAISED_TAGS: dict[str, ScriptPosition] = {"sup": "superscript", "sub": "subscript"}
_QUOTATION_MARKS = {True: ("「」", "『』"), False: ("“”", "‘’")}
_SHIFTED_IN_FORMULAS: dict[str, tuple[ScriptPosition, ...]] = {
    "msup": ("superscript",),
    "msub": ("subscript",),
    "msubsup": ("subscript", "superscript"),
}
"""The positions of the children of an element of MathML, without the first child."""

_PREFORMATTED = ("pre", "listing", "xmp", "plaintext", "textarea")


def inline_parts(element: _Element, page: WebPage, depth: int = 0, *, keeps_lines: bool = False) -> Iterator[str | Code]:
    """Yield the words and codes of an inline element, and take or leave out its pieces.

    Args:
        element: the element.
        page: the page.
        depth: the nesting depth.
        keeps_lines: whether line ends in the file are line breaks, as in <pre>.
    """
    tag = str(element.tag)
    if element in page.note_names:
        name = page.note_names[element]
        page.leave_out(element, LeftOutReason.TEMPLATE_WRITES_IT, "mark of a footnote")
        yield Code("note", "alone", f"[^{name}]", name)
        return
    if element in page.note_marks:
        page.leave_out(element, LeftOutReason.TEMPLATE_WRITES_IT, "mark of a footnote")
        return
    if element in page.typed_markers or page.leaves_out(element):
        return
    page.begin(element)
    if tag == "br":
        yield LINE_BREAK
        yield from lines(page.text(element, "text"), keeps_lines=keeps_lines)
        return
    if tag in ("img", "svg"):
        add_picture(element, page)
        return
    if depth > MAX_DEPTH:
        yield from _flat_parts(element, page)
        return
    codes = formatting_of(element, page)
    yield from (opening for opening, _ in codes)
    yield from _with_marks(element, _content(element, page, depth, keeps_lines=keeps_lines or tag in _PREFORMATTED))
    yield from (closing for _, closing in reversed(codes))


def _content(element: _Element, page: WebPage, depth: int, *, keeps_lines: bool) -> Iterator[str | Code]:
    yield from lines(page.text(element, "text"), keeps_lines=keeps_lines)
    for number, child in enumerate(element):
        if child.tag in BLOCKS:
            yield LINE_BREAK
        if number and element.tag == "mfrac":
            yield "/"
        yield from inline_parts(child, page, depth + 1, keeps_lines=keeps_lines)
        if child.tag in BLOCKS:
            yield LINE_BREAK
        yield from lines(page.text(child, "tail"), keeps_lines=keeps_lines)


def lines(text: str, *, keeps_lines: bool) -> Iterator[str | Code]:
    """Yield a text, with its line ends as codes if they are line breaks."""
    if not keeps_lines:
        yield text
        return
    for number, line in enumerate(re.split("\r\n|\r|\n", text)):
        if number:
            yield LINE_BREAK
        yield line


def _flat_parts(element: _Element, page: WebPage) -> Iterator[str | Code]:
    """Yield the words of an element without its formatting and its nesting."""
    from lxml import etree

    yield page.text(element, "text")
    walker = etree.iterwalk(element, events=("start", "end"))
    for event, descendant in walker:
        if descendant is element:
            continue
        is_block = descendant.tag in BLOCKS or descendant.tag == "br"
        if event == "start":
            if page.leaves_out(descendant):
                walker.skip_subtree()
            elif descendant.tag in ("img", "svg"):
                add_picture(descendant, page)
                walker.skip_subtree()
            else:
                page.begin(descendant)
                yield from [LINE_BREAK] if is_block else []
                yield page.text(descendant, "text")
        else:
            yield from [LINE_BREAK] if is_block else []
            yield page.text(descendant, "tail")


def _with_marks(element: _Element, parts: Iterator[str | Code]) -> Iterator[str | Code]:
    """Yield parts with the quotation marks that browsers add to <q>, and with brackets around the reading of <ruby>."""
    tag = str(element.tag)
    if tag == "q":
        words = list(parts)
        is_inner = any(ancestor.tag == "q" for ancestor in element.iterancestors())
        marks = _QUOTATION_MARKS[is_chinese("".join(part for part in words if isinstance(part, str)))][is_inner]
        yield from (marks[0], *words, marks[1])
    elif tag == "rt" and not any(next(ruby.iter("rp"), None) is not None for ruby in list(element.iterancestors("ruby"))[:1]):
        yield from ("（", *parts, "）")
    else:
        yield from parts


def formatting_of(element: _Element, page: WebPage) -> tuple[Codes, ...]:
    """Return the codes of the formatting that an element gives to its words; list a link that a source cannot have."""
    tag, style = str(element.tag), style_of(element)
    codes: list[Codes] = []
    address = (element.get("href") or "").strip() if tag == "a" else ""
    if link := link_codes(address):
        codes.append(link)
    elif not address.lower().startswith(("#", "javascript:")):
        page.lose_link(element, address)
    bold, italic = _BOLD_STYLE.search(style), _ITALIC_STYLE.search(style)
    if bold[1] if bold else tag in ("b", "strong"):
        codes.append(STRONG)
    if italic[1] if italic else tag in ("i", "em"):
        codes.append(EMPHASIS)
    raised = _RAISED_STYLE.search(style)
    position = _position_in_formula(element) or _RAISED_TAGS.get({"super": "sup", "sub": "sub"}[raised[1]] if raised else tag)
    if position:
        codes.append((shift_code(position, "open"), shift_code(position, "close")))
    return tuple(codes)


def _position_in_formula(element: _Element) -> ScriptPosition | None:
    """Return whether an element is raised or lowered as part of a formula in MathML."""
    parent = element.getparent()
    positions = _SHIFTED_IN_FORMULAS.get(str(parent.tag), ()) if parent is not None else ()
    index = sum(1 for _ in element.itersiblings(preceding=True)) if positions else 0
    return positions[index - 1] if 0 < index <= len(positions) else None


def split_at_empty_lines(parts: list[str | Code]) -> Iterator[list[str | Code]]:
    """Yield the parts of each paragraph: two line breaks in a row separate paragraphs, whose formatting goes on."""
    paragraph: list[str | Code] = []
    open_codes: list[Code] = []
    after_break: list[str | Code] | None = None
    for part in parts:
        if isinstance(part, Code) and part.role == "open":
            open_codes.append(part)
        elif isinstance(part, Code) and part.role == "close" and open_codes:
            open_codes.pop()
        is_break = isinstance(part, Code) and part.kind == "break"
        if is_break and after_break is not None:
            marks = [mark for mark in after_break if isinstance(mark, Code) and mark.role != "alone"]
            yield [*paragraph, *marks, *(closing_code(code) for code in reversed(open_codes))]
            paragraph, after_break = list(open_codes), []
        elif is_break:
            after_break = [part]
        elif after_break is not None and (
            (isinstance(part, Code) and part.role != "alone") or (isinstance(part, str) and not part.strip())
        ):
            after_break.append(part)
        else:
            paragraph += [*(after_break or ()), part]
            after_break = None
    yield [*paragraph, *(after_break or ())]
