"""Blocks of web pages: paragraphs, headings, lists, definitions, quotations, figures and tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from ipdocs.files.ledger import LeftOutReason
from ipdocs.importing.formatting import Codes, with_tidy_formatting, without_strong
from ipdocs.importing.paragraph import ImportedParagraph, ParagraphKind
from ipdocs.importing.readers.web.elements import HEADINGS, LISTS
from ipdocs.importing.readers.web.inline import MAX_DEPTH, formatting_of, inline_parts, lines, split_at_empty_lines
from ipdocs.importing.readers.web.lists import (
    MAX_NUMBER,
    ItemCounter,
    is_word_marker,
    item_number,
    list_counter,
    marker_style,
    typed_marker,
    word_list_level,
)
from ipdocs.importing.readers.web.page import WebPage, clean_text
from ipdocs.importing.readers.web.tables import add_table
from ipdocs.source.scalar import is_chinese
from ipdocs.source.segment import LINE_BREAK, Code, Segment, join_words

if TYPE_CHECKING:
    from lxml.etree import _Element


@dataclass(frozen=True, slots=True)
class _Place:
    """The place of the content being read.

    Attributes:
        kind: the kind of paragraph that loose text becomes.
        depth: the number of enclosing elements.
        list_level: the number of enclosing lists.
        formatting: the formatting that applies to all text.
        keeps_lines: whether line ends in the file are line breaks.
    """

    kind: ParagraphKind = "paragraph"
    depth: int = 0
    list_level: int = 0
    formatting: tuple[Codes, ...] = ()
    keeps_lines: bool = False


def add_content(element: _Element, page: WebPage) -> None:
    """Add the paragraphs of an element to the page."""
    _walk(element, page, _Place())


def note_content(element: _Element, page: WebPage) -> Segment:
    """Return the text of a footnote; paragraphs are separated by line breaks."""
    return _joined(_collect(element, page, _Place()))


def _walk(element: _Element, page: WebPage, place: _Place) -> None:
    """Add the paragraphs in an element; text between blocks becomes a separate paragraph."""
    page.begin(element)
    keeps_lines = place.keeps_lines
    parts: list[str | Code] = [*lines(page.text(element, "text"), keeps_lines=keeps_lines)]
    line = element.sourceline or 0
    for child in element:
        is_block = page.is_block(child)
        if child in page.notes.values():
            pass
        elif not is_block or place.depth > MAX_DEPTH:
            parts += inline_parts(child, page, keeps_lines=keeps_lines)
            if is_block:
                parts.append(LINE_BREAK)
        elif not page.leaves_out(child):
            _add_paragraphs(parts, line, page, place)
            parts, line = [], child.sourceline or 0
            inner = replace(place, depth=place.depth + 1, formatting=(*place.formatting, *formatting_of(child, page)))
            _add_block(child, page, inner)
        parts += lines(page.text(child, "tail"), keeps_lines=keeps_lines)
    _add_paragraphs(parts, line, page, place)


def _add_paragraphs(parts: list[str | Code], line: int, page: WebPage, place: _Place) -> None:
    """Add the paragraphs that consist of loose text, and the pictures in it."""
    figures, page.figures = page.figures, []
    for paragraph in split_at_empty_lines(parts):
        openings = [opening for opening, _ in place.formatting]
        closings = [closing for _, closing in reversed(place.formatting)]
        if content := with_tidy_formatting([*openings, *paragraph, *closings]):
            page.paragraphs.append(ImportedParagraph(place.kind, content, line))
    page.paragraphs += figures


def _collect(element: _Element, page: WebPage, place: _Place) -> list[ImportedParagraph]:
    """Return the paragraphs in an element without adding them to the page."""
    outer, page.paragraphs = page.paragraphs, []
    _walk(element, page, place)
    inner, page.paragraphs = page.paragraphs, outer
    return inner


def _add_block(element: _Element, page: WebPage, place: _Place) -> None:
    tag = str(element.tag)
    level = word_list_level(element) if tag in ("p", "div") else None
    if level is not None:
        _add_word_item(element, page, place, level)
    elif tag == "p" and _TITLE_CLASSES & set(element.get("class", "").lower().split()):
        _add_heading(element, page, place)
    elif tag in _READERS:
        _READERS[tag](element, page, place)
    else:
        _walk(element, page, replace(place, **_CHANGES.get(tag, {})))


_CHANGES: Mapping[str, Mapping[str, Any]] = {
    "blockquote": {"kind": "quotation"},
    "figcaption": {"kind": "caption"},
    **{tag: {"keeps_lines": True} for tag in ("pre", "listing", "xmp", "plaintext")},
}
"""What changes for the content of an element."""


def _add_rule(element: _Element, page: WebPage, place: _Place) -> None:
    """Add a line, unless it only stands before footnotes."""
    following = element.getnext()
    if following is None or not any(note in page.notes.values() for note in following.iter()):
        page.paragraphs.append(ImportedParagraph("rule", (), element.sourceline or 0))


def _add_single_item(element: _Element, page: WebPage, place: _Place) -> None:
    """Add a list item that is in no list."""
    _add_item(element, page, replace(place, list_level=max(place.list_level, 1)), ItemCounter("bullet", 1, 1))


def _add_table(element: _Element, page: WebPage, place: _Place) -> None:
    collect = partial(_collect, page=page, place=replace(place, formatting=()))
    add_table(element, page, collect, _joined, partial(_walk, page=page, place=place))


_TITLE_CLASSES = {"title", "msotitle"}
"""The classes of the title in pages that LibreOffice and Word save."""


def _add_heading(element: _Element, page: WebPage, place: _Place) -> None:
    """Add a heading; the first heading of the first level in a language is the title."""
    level = int(str(element.tag)[1]) if element.tag in HEADINGS else 1
    for paragraph in _collect(element, page, place):
        if paragraph.kind != "paragraph":
            page.paragraphs.append(paragraph)
            continue
        is_new_title = level == 1 and not any(
            other.kind == "title" and is_chinese(other.text) == is_chinese(paragraph.text) for other in page.paragraphs
        )
        kind: ParagraphKind = "title" if is_new_title else "heading"
        content = without_strong(paragraph.content)
        page.paragraphs.append(replace(paragraph, kind=kind, content=content, level=min(max(level, 2), 4)))


def _add_list(element: _Element, page: WebPage, place: _Place) -> None:
    """Add the items of a list; anything else in it is read as if it stood between two lists."""
    counter = list_counter(element)
    inner = replace(place, list_level=place.list_level + 1, depth=place.depth + 1)
    _add_paragraphs([page.text(element, "text")], element.sourceline or 0, page, place)
    for child in element:
        if child in page.notes.values():
            pass
        elif child.tag == "li" and place.depth <= MAX_DEPTH:
            if not page.leaves_out(child):
                _add_item(child, page, inner, counter)
        elif place.depth > MAX_DEPTH or not page.is_block(child):
            _add_paragraphs(list(inline_parts(child, page)), child.sourceline or 0, page, place)
        elif not page.leaves_out(child):
            counter.expected = counter.expected if child.tag in LISTS else 0
            _add_block(child, page, inner)
        _add_paragraphs([page.text(child, "tail")], child.sourceline or 0, page, place)


def _add_item(element: _Element, page: WebPage, place: _Place, counter: ItemCounter) -> None:
    """Add a list item; its paragraphs are separated by line breaks, and the items of its lists are one level deeper."""
    number = item_number(element, counter)
    inner = _collect(element, page, replace(place, kind="paragraph", depth=place.depth + 1))
    texts = [paragraph.content for paragraph in inner[: _text_count(inner)]]
    rest = inner[len(texts) :]
    line = element.sourceline or 0
    content = _joined_segments(texts)
    if content and (counter.style == "bullet" or 1 <= number <= MAX_NUMBER):
        stated = 0 if counter.style == "bullet" or number == counter.expected else number
        page.paragraphs.append(
            ImportedParagraph("item", content, line, level=place.list_level - 1, list_style=counter.style, number=stated)
        )
        counter.expected = number + 1
    elif content:
        marked = with_tidy_formatting((f"{typed_marker(number, 'number')} ", *content))
        page.paragraphs.append(ImportedParagraph("paragraph", marked, line))
        counter.expected = 0
    page.paragraphs += rest
    if any(paragraph.kind != "item" for paragraph in rest):
        counter.expected = 0


def _text_count(paragraphs: Sequence[ImportedParagraph]) -> int:
    """Return the number of paragraphs of text at the beginning of a list item."""
    return next((number for number, paragraph in enumerate(paragraphs) if paragraph.kind not in _TEXT_KINDS), len(paragraphs))


_TEXT_KINDS = ("paragraph", "heading", "title", "quotation", "caption")


def _add_word_item(element: _Element, page: WebPage, place: _Place, level: int) -> None:
    """Add a list paragraph that Word saved, whose marker is typed."""
    markers = [descendant for descendant in element.iter() if is_word_marker(descendant)]
    outermost = [marker for marker in markers if not any(ancestor in markers for ancestor in marker.iterancestors())]
    marker = " ".join(clean_text("".join(str(text) for span in outermost for text in span.itertext())).split())
    style = marker_style(marker)
    page.typed_markers.update(outermost)
    paragraphs = _collect(element, page, place)
    if style == "bullet":
        for span in outermost:
            page.leave_out(span, LeftOutReason.TEMPLATE_WRITES_IT, "list marker")
        marker = ""
    else:
        for span in outermost:
            page.take(span)
    if paragraphs and paragraphs[0].kind == "paragraph":
        paragraphs[0] = replace(paragraphs[0], kind="item", level=level, list_style=style, marker=marker)
    elif marker:
        paragraphs.insert(0, ImportedParagraph("paragraph", (marker,), element.sourceline or 0))
    page.paragraphs += paragraphs


def _add_definitions(element: _Element, page: WebPage, place: _Place) -> None:
    """Add terms with their descriptions; if one is missing, or is more than text, add them as paragraphs."""
    groups = _definition_groups(element)
    if groups is None or any(note in page.notes.values() for note in element.iter("dt", "dd")):
        _walk(element, page, place)
        return
    entries: list[tuple[Segment, Segment]] = []
    paragraphs: list[ImportedParagraph] = []
    for terms, descriptions in groups:
        sides = [
            [paragraph for part in parts if not page.leaves_out(part) for paragraph in _collect(part, page, place)]
            for parts in (terms, descriptions)
        ]
        paragraphs += [*sides[0], *sides[1]]
        entries.append((_joined(sides[0]), _joined(sides[1])))
    for container in (element, *element.iterchildren("div")):
        for key in ((container, "text"), *((child, "tail") for child in container)):
            page.ledger.take(key)
    is_text = all(paragraph.kind in _TEXT_KINDS for paragraph in paragraphs) and all(term and text for term, text in entries)
    if is_text and entries:
        line = element.sourceline or 0
        page.paragraphs += [ImportedParagraph("definition", (), line, rows=(entry,)) for entry in entries]
    else:
        page.paragraphs += paragraphs


def _definition_groups(element: _Element) -> list[tuple[list[_Element], list[_Element]]] | None:
    """Return the terms and descriptions that belong together; None if the list has anything else."""
    groups: list[tuple[list[_Element], list[_Element]]] = []
    children = [grandchild for child in element for grandchild in (child if child.tag == "div" else [child])]
    containers = [element, *(child for child in element if child.tag == "div")]
    if any((container.text or "").strip() or any((child.tail or "").strip() for child in container) for container in containers):
        return None
    for child in children:
        if child.tag == "dt":
            if not groups or groups[-1][1]:
                groups.append(([], []))
            groups[-1][0].append(child)
        elif child.tag == "dd" and groups:
            groups[-1][1].append(child)
        else:
            return None
    return groups


def _add_figure(element: _Element, page: WebPage, place: _Place) -> None:
    """Add the pictures or the table of a figure with its caption."""
    inner = _collect(element, page, place)
    captions = [paragraph for paragraph in inner if paragraph.kind == "caption"]
    others = [paragraph for paragraph in inner if paragraph.kind != "caption"]
    targets = [number for number, paragraph in enumerate(others) if paragraph.kind in ("figure", "table")]
    if not captions or not targets:
        page.paragraphs += inner
        return
    target = targets[0] if inner[0].kind == "caption" else targets[-1]
    content = [others[target].content] if others[target].content else []
    caption = _joined_segments([*content, *(paragraph.content for paragraph in captions)])
    page.paragraphs += [*others[:target], replace(others[target], content=caption), *others[target + 1 :]]


def _joined(paragraphs: Iterable[ImportedParagraph]) -> Segment:
    """Return the text of paragraphs as one text with line breaks; items have typed markers."""
    texts: list[Segment] = []
    numbers: dict[int, int] = {}
    for paragraph in paragraphs:
        numbers = {level: number for level, number in numbers.items() if level <= paragraph.level}
        content = paragraph.content
        if paragraph.kind == "item":
            number = paragraph.number or numbers.get(paragraph.level, 0) + 1
            numbers[paragraph.level] = number
            marker = paragraph.marker or ("•" if paragraph.list_style == "bullet" else typed_marker(number, paragraph.list_style))
            content = with_tidy_formatting((f"{marker} ", *content))
        texts += [content, *paragraph.segments[1:]]
    return _joined_segments(texts)


def _joined_segments(segments: Iterable[Segment]) -> Segment:
    parts: list[str | Code] = []
    for content in segments:
        if content:
            parts += [*([LINE_BREAK] if parts else []), *content]
    return join_words(tuple(parts))


_READERS: Mapping[str, Callable[[_Element, WebPage, _Place], None]] = {
    **dict.fromkeys(HEADINGS, _add_heading),
    **dict.fromkeys(LISTS, _add_list),
    "li": _add_single_item,
    "dl": _add_definitions,
    "table": _add_table,
    "hr": _add_rule,
    "figure": _add_figure,
}
