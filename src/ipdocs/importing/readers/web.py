"""Reader of web pages. Navigation, sharing links, forms and the like are left out and listed."""

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
from ipdocs.source.segment import Code, join_words, tidy

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_BYTES = 20_000_000
MAX_DEPTH = 150
_LEFT_OUT = {
    "nav": "navigation",
    "aside": "sidebar",
    "footer": "page footer",
    "form": "form",
    "button": "button",
    "iframe": "embedded page",
    "object": "embedded file",
    "video": "video",
    "audio": "audio",
}
_INVISIBLE = {"script", "style", "noscript", "template", "head", "meta", "link", "svg", "select", "input", "textarea"}
_NOISE_NAMES = re.compile(
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
_MARK_KINDS = {"1": "number", "a": "letter", "A": "letter", "i": "roman", "I": "roman"}


def read(path: Path) -> ImportedFile:
    """Read the paragraphs of a web page."""
    root = parse_html(read_bytes(path, MAX_BYTES), path)
    imported = ImportedFile()
    body = root.find("body")
    _walk(body if body is not None else root, imported, 0)
    return imported


def _walk(element: _Element, imported: ImportedFile, depth: int) -> None:
    """Add the paragraphs of an element that contains blocks; text between blocks becomes a paragraph."""
    loose: list[str | Code] = [element.text or ""]
    for child in element:
        tag = str(child.tag)
        if tag in _INVISIBLE:
            pass
        elif reason := _noise_reason(child, tag):
            if text := " ".join("".join(map(str, child.itertext())).split()):
                imported.left_out.append(LeftOut(text[:200], reason, child.sourceline or 0))
        elif tag in _STRUCTURE or (depth < MAX_DEPTH and _has_blocks(child)):
            _paragraph(loose, child.sourceline or 0, imported)
            loose = []
            if depth < MAX_DEPTH:
                _block(child, tag, imported, depth)
        else:
            loose += _inline(child, 0)
        loose.append(child.tail or "")
    _paragraph(loose, element.sourceline or 0, imported)


def _noise_reason(element: _Element, tag: str) -> str | None:
    """Return why an element is not part of the text, or None if it is."""
    if tag in _LEFT_OUT:
        return _LEFT_OUT[tag]
    if (element.get("hidden") is not None or element.get("aria-hidden") == "true") and tag != "br":
        return "hidden"
    named = _NOISE_NAMES.search(f"{element.get('class', '')} {element.get('id', '')}")
    return f"named {named[1].lower()!r}" if named and tag not in ("p", "li", "body") else None


def _has_blocks(element: _Element) -> bool:
    return any(str(child.tag) in _BLOCKS for child in element.iter())


def _paragraph(loose: list[str | Code], line: int, imported: ImportedFile) -> None:
    content = tidy(join_words(tuple(loose)))
    if any(isinstance(part, str) and part.strip() for part in content):
        imported.paragraphs.append(ImportedParagraph("paragraph", content, line))


def _block(element: _Element, tag: str, imported: ImportedFile, depth: int) -> None:
    line = element.sourceline or 0
    if tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
        content = tidy(join_words(tuple(_inline(element, 0))))
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
        for paragraph in inner.paragraphs:
            is_text = paragraph.kind == "paragraph"
            imported.paragraphs.append(
                ImportedParagraph("quotation", paragraph.content, paragraph.line) if is_text else paragraph
            )
    elif tag in ("p", "figcaption", "caption", "dt", "dd", "pre") and not _has_inner_blocks(element):
        content = tidy(join_words(tuple(_inline(element, 0))))
        if content:
            imported.paragraphs.append(
                ImportedParagraph("caption" if tag in ("figcaption", "caption") else "paragraph", content, line)
            )
    else:
        _walk(element, imported, depth + 1)


def _has_inner_blocks(element: _Element) -> bool:
    return any(str(child.tag) in _BLOCKS for child in element.iterdescendants())


def _item(element: _Element, imported: ImportedFile, depth: int) -> None:
    """Add a list item, and the items of lists within it one level deeper."""
    lists = list(element.iterancestors("ul", "ol"))
    mark = _MARK_KINDS.get(lists[0].get("type", "1"), "number") if lists and lists[0].tag == "ol" else "bullet"
    parts = [element.text or ""] + [
        part for child in element if child.tag not in ("ul", "ol") for part in (*_inline(child, 0), child.tail or "")
    ]
    content = tidy(join_words(tuple(parts)))
    if content:
        imported.paragraphs.append(
            ImportedParagraph("item", content, element.sourceline or 0, level=max(len(lists) - 1, 0), mark=mark)
        )
    for child in element:
        if child.tag in ("ul", "ol") and depth < MAX_DEPTH:
            _walk(child, imported, depth + 1)


def _table(element: _Element, imported: ImportedFile, depth: int) -> None:
    """Add a table; of a layout table, add the contents of its cells instead."""
    rows = [row for row in element.iter("tr") if next(row.iterancestors("table"), None) is element]
    cells = [[cell for cell in row if cell.tag in ("td", "th")] for row in rows]
    width = max(map(len, cells), default=0)
    is_bilingual = side_by_side([["".join(map(str, cell.itertext())) for cell in row] for row in cells])
    if width < 2 or is_bilingual or any(_has_table(cell) for row in cells for cell in row):
        by_column = [row[column] for column in range(width) for row in cells if column < len(row)]
        by_row = [cell for row in cells for cell in row]
        for cell in by_column if is_bilingual else by_row:
            _walk(cell, imported, depth + 1)
        return
    caption = element.find("caption")
    if caption is not None:
        _block(caption, "caption", imported, depth)
    contents = tuple(tuple(tidy(join_words(tuple(_inline(cell, 0)))) for cell in row) for row in cells if row)
    head = bool(cells) and all(cell.tag == "th" for cell in cells[0])
    imported.paragraphs.append(ImportedParagraph("table", (), element.sourceline or 0, rows=contents, head=head))


def _has_table(cell: _Element) -> bool:
    return next(cell.iter("table"), None) is not None


def _inline(element: _Element, depth: int) -> Iterator[str | Code]:
    """Yield the text and codes of an inline element."""
    tag = str(element.tag)
    if tag in _INVISIBLE:
        return
    if tag == "br":
        yield Code("break", "alone", "\n", "break")
        return
    codes = _codes(element, tag)
    inner: list[str | Code] = [element.text or ""]
    for child in element:
        inner += _inline(child, depth + 1) if depth < MAX_DEPTH else ["".join(map(str, child.itertext()))]
        inner.append(child.tail or "")
    has_words = any(isinstance(part, str) and part.strip() for part in inner)
    is_nested = any(isinstance(part, Code) and codes and part.kind == codes[0].kind for part in inner)
    yield from (codes[0], *inner, codes[1]) if codes and has_words and not is_nested else inner


def _codes(element: _Element, tag: str) -> tuple[Code, Code] | None:
    """Return the opening and closing code of an element, or None if it has none."""
    if tag in ("strong", "b"):
        return Code("strong", "open", "**", "strong"), Code("strong", "close", "**", "strong")
    if tag in ("em", "i"):
        return Code("emphasis", "open", "*", "emphasis"), Code("emphasis", "close", "*", "emphasis")
    address = (element.get("href") or "").strip() if tag == "a" else ""
    return link_codes(address)


def link_codes(address: str) -> tuple[Code, Code] | None:
    """Return the codes of a link to an address, or None if a source may not contain that address."""
    if not address.lower().startswith(("http://", "https://", "mailto:")) or not is_target((Plain(address),)):
        return None
    written = re.sub(r"[\\()]", r"\\\g<0>", address)
    return Code("link", "open", "[", written, address), Code("link", "close", f"]({written})", written, address)
