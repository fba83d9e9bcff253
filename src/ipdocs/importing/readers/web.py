"""Web pages in, paragraphs out; what surrounds a text on a page (navigation, sharing, forms) is left out and listed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from ipdocs.files.html import parse_html
from ipdocs.files.reading import read_bytes
from ipdocs.importing.language_split import side_by_side
from ipdocs.importing.paragraph import ImportedFile, ImportedParagraph, LeftOut
from ipdocs.model.inline import Plain, is_target
from ipdocs.source.segment import Code, merged, tidy

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_BYTES = 20_000_000
MAX_DEPTH = 150
_APART = {
    "nav": "navigation",
    "aside": "beside the text",
    "footer": "foot of the page",
    "form": "a form",
    "button": "a button",
    "iframe": "another page",
    "object": "another file",
    "video": "a film",
    "audio": "a recording",
}
_UNSEEN = {"script", "style", "noscript", "template", "head", "meta", "link", "svg", "select", "input", "textarea"}
_NAMES = re.compile(
    r"(?:^|[-_ ])(share|sharing|social|breadcrumbs?|menu|navbar|sidebar|related|cookies?|skip|toolbar|advert\w*)(?:[-_ ]|$)", re.I
)
_BLOCKS = {
    "p",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "li",
    "blockquote",
    "table",
    "figure",
    "figcaption",
    "hr",
    "dt",
    "dd",
    "caption",
    "pre",
}
_STRUCTURE = _BLOCKS | {
    "div",
    "section",
    "article",
    "main",
    "body",
    "ul",
    "ol",
    "dl",
    "header",
    "center",
    "html",
    "td",
    "tr",
    "tbody",
}
_MARKS = {"1": "number", "a": "letter", "A": "letter", "i": "roman", "I": "roman"}


def read(path: Path) -> ImportedFile:
    """Return the paragraphs of a web page."""
    root = parse_html(read_bytes(path, MAX_BYTES), path)
    imported = ImportedFile()
    body = root.find("body")
    _walk(body if body is not None else root, imported, 0)
    return imported


def _walk(element: _Element, imported: ImportedFile, depth: int) -> None:
    """Add the paragraphs of an element that holds blocks; text between blocks is a paragraph of its own."""
    loose: list[str | Code] = [element.text or ""]
    for child in element:
        tag = str(child.tag)
        if tag in _UNSEEN:
            pass
        elif reason := _reason(child, tag):
            if text := " ".join("".join(map(str, child.itertext())).split()):
                imported.left_out.append(LeftOut(text[:200], reason, child.sourceline or 0))
        elif tag in _STRUCTURE or (depth < MAX_DEPTH and _holds_blocks(child)):
            _paragraph(loose, child.sourceline or 0, imported)
            loose = []
            if depth < MAX_DEPTH:
                _block(child, tag, imported, depth)
        else:
            loose += _inline(child, 0)
        loose.append(child.tail or "")
    _paragraph(loose, element.sourceline or 0, imported)


def _reason(element: _Element, tag: str) -> str | None:
    """Return why an element is no part of the text, or None."""
    if tag in _APART:
        return _APART[tag]
    if (element.get("hidden") is not None or element.get("aria-hidden") == "true") and tag != "br":
        return "hidden"
    named = _NAMES.search(f"{element.get('class', '')} {element.get('id', '')}")
    return f"named {named[1].lower()!r}" if named and tag not in ("p", "li", "body") else None


def _holds_blocks(element: _Element) -> bool:
    return any(str(one.tag) in _BLOCKS for one in element.iter())


def _paragraph(loose: list[str | Code], line: int, imported: ImportedFile) -> None:
    content = tidy(merged(tuple(loose)))
    if any(isinstance(part, str) and part.strip() for part in content):
        imported.paragraphs.append(ImportedParagraph("paragraph", content, line))


def _block(element: _Element, tag: str, imported: ImportedFile, depth: int) -> None:
    line = element.sourceline or 0
    if tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
        content = tidy(merged(tuple(_inline(element, 0))))
        if content:
            imported.paragraphs.append(
                ImportedParagraph("title" if tag == "h1" else "heading", content, line, level=min(max(int(tag[1]), 2), 4))
            )
    elif tag == "table":
        _table(element, imported, depth)
    elif tag == "hr":
        imported.paragraphs.append(ImportedParagraph("rule", (), line))
    elif tag == "li":
        _item(element, imported, depth)
    elif tag == "blockquote":
        inner = ImportedFile()
        _walk(element, inner, depth + 1)
        imported.left_out += inner.left_out
        for one in inner.paragraphs:
            imported.paragraphs.append(ImportedParagraph("quotation", one.content, one.line) if one.kind == "paragraph" else one)
    elif tag in ("p", "figcaption", "caption", "dt", "dd", "pre") and not _holds_blocks_within(element):
        content = tidy(merged(tuple(_inline(element, 0))))
        if content:
            imported.paragraphs.append(
                ImportedParagraph("caption" if tag in ("figcaption", "caption") else "paragraph", content, line)
            )
    else:
        _walk(element, imported, depth + 1)


def _holds_blocks_within(element: _Element) -> bool:
    return any(str(one.tag) in _BLOCKS for one in element.iterdescendants())


def _item(element: _Element, imported: ImportedFile, depth: int) -> None:
    """Add an item, and the items of a list within it one deeper."""
    above = list(element.iterancestors("ul", "ol"))
    mark = _MARKS.get(above[0].get("type", "1"), "number") if above and above[0].tag == "ol" else "bullet"
    own = [element.text or ""] + [
        part for child in element if child.tag not in ("ul", "ol") for part in (*_inline(child, 0), child.tail or "")
    ]
    content = tidy(merged(tuple(own)))
    if content:
        imported.paragraphs.append(
            ImportedParagraph("item", content, element.sourceline or 0, level=max(len(above) - 1, 0), mark=mark)
        )
    for child in element:
        if child.tag in ("ul", "ol") and depth < MAX_DEPTH:
            _walk(child, imported, depth + 1)


def _table(element: _Element, imported: ImportedFile, depth: int) -> None:
    """Add a table of cells; one that only lays out a page is walked through."""
    rows = [row for row in element.iter("tr") if next(row.iterancestors("table"), None) is element]
    cells = [[cell for cell in row if cell.tag in ("td", "th")] for row in rows]
    wide = max(map(len, cells), default=0)
    two = side_by_side([["".join(map(str, cell.itertext())) for cell in row] for row in cells])
    if wide < 2 or two or any(_holds_table(cell) for row in cells for cell in row):
        order = (
            ((side, row) for side in range(wide) for row in cells) if two else ((s, row) for row in cells for s in range(wide))
        )
        for side, row in order:
            if side < len(row):
                _walk(row[side], imported, depth + 1)
        return
    caption = element.find("caption")
    if caption is not None:
        _block(caption, "caption", imported, depth)
    made = tuple(tuple(tidy(merged(tuple(_inline(cell, 0)))) for cell in row) for row in cells if row)
    head = bool(cells) and all(cell.tag == "th" for cell in cells[0])
    imported.paragraphs.append(ImportedParagraph("table", (), element.sourceline or 0, rows=made, head=head))


def _holds_table(cell: _Element) -> bool:
    return next(cell.iter("table"), None) is not None


def _inline(element: _Element, depth: int) -> Iterator[str | Code]:
    """Yield the words and marks of an element within a line."""
    tag = str(element.tag)
    if tag in _UNSEEN:
        return
    if tag == "br":
        yield Code("break", "alone", "\n", "break")
        return
    mark = _mark(element, tag)
    inner: list[str | Code] = [element.text or ""]
    for child in element:
        inner += _inline(child, depth + 1) if depth < MAX_DEPTH else ["".join(map(str, child.itertext()))]
        inner.append(child.tail or "")
    said = any(isinstance(part, str) and part.strip() for part in inner)
    nested = any(isinstance(part, Code) and mark and part.kind == mark[0].kind for part in inner)
    yield from (mark[0], *inner, mark[1]) if mark and said and not nested else inner


def _mark(element: _Element, tag: str) -> tuple[Code, Code] | None:
    if tag in ("strong", "b"):
        return Code("strong", "open", "**", "strong"), Code("strong", "close", "**", "strong")
    if tag in ("em", "i"):
        return Code("emphasis", "open", "*", "emphasis"), Code("emphasis", "close", "*", "emphasis")
    address = (element.get("href") or "").strip() if tag == "a" else ""
    return linked(address)


def linked(address: str) -> tuple[Code, Code] | None:
    """Return the codes of a link to an address, or None where a source may not lead."""
    if not address.lower().startswith(("http://", "https://", "mailto:")) or not is_target((Plain(address),)):
        return None
    written = re.sub(r"[\\()]", r"\\\g<0>", address)
    return Code("link", "open", "[", written, address), Code("link", "close", f"]({written})", written, address)
