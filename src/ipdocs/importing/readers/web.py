"""Reader of web pages, which leaves out navigation, sharing links, forms and the like."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from ipdocs.files.html import parse_page, read_page
from ipdocs.files.ledger import LeftOut, LeftOutReason
from ipdocs.files.reading import read_bytes
from ipdocs.importing.formatting import with_tidy_formatting
from ipdocs.importing.language_split import is_side_by_side
from ipdocs.importing.paragraph import ImportedFile, ImportedParagraph
from ipdocs.model.inline import Plain, is_allowed_target
from ipdocs.source.segment import Code

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_BYTES = 20_000_000
MAX_DEPTH = 150
_NOISE_TAGS = {
    "nav": LeftOutReason.NAVIGATION,
    "aside": LeftOutReason.SIDEBAR,
    "footer": LeftOutReason.PAGE_FOOTER,
    "form": LeftOutReason.FORM,
    "button": LeftOutReason.FORM,
    "iframe": LeftOutReason.EMBEDDED_PAGE,
    "object": LeftOutReason.EMBEDDED_FILE,
    "video": LeftOutReason.MEDIA,
    "audio": LeftOutReason.MEDIA,
}
_INVISIBLE_TAGS = {"script", "style", "noscript", "template", "head", "meta", "link", "svg", "select", "input", "textarea"}
_NOISE_NAMES = re.compile(
    r"(?:^|[-_ ])(share|sharing|social|breadcrumbs?|menu|navbar|sidebar|related|cookies?|skip|toolbar|advert\w*)(?:[-_ ]|$)", re.I
)
_BLOCK_TAGS = {
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
_STRUCTURE_TAGS = _BLOCK_TAGS | {
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
_LIST_STYLES = {"1": "number", "a": "letter", "A": "letter", "i": "roman", "I": "roman"}


def read(path: Path) -> ImportedFile:
    """Read the paragraphs of a web page.

    Raises:
        IpdocsError: the file cannot be read, or is unsafe.
    """
    page = read_page(read_bytes(path, MAX_BYTES), path)
    root = parse_page(page.text, path)
    imported = ImportedFile(findings=list(page.findings))
    body = root.find("body")
    _walk(body if body is not None else root, imported, 0)
    return imported


def _walk(element: _Element, imported: ImportedFile, depth: int) -> None:
    """Add the paragraphs in an element; text between blocks becomes a separate paragraph."""
    text_between_blocks: list[str | Code] = [element.text or ""]
    for child in element:
        tag = str(child.tag)
        if tag in _INVISIBLE_TAGS:
            pass
        elif reason := _noise_reason(child, tag):
            if text := " ".join("".join(map(str, child.itertext())).split()):
                imported.left_out.append(LeftOut(text[:200], reason[0], child.sourceline or 0, reason[1]))
        elif tag in _STRUCTURE_TAGS or (depth < MAX_DEPTH and _has_inner_blocks(child)):
            _add_paragraph(text_between_blocks, child.sourceline or 0, imported)
            text_between_blocks = []
            if depth < MAX_DEPTH:
                _add_block(child, tag, imported, depth)
        else:
            text_between_blocks += _inline(child, 0)
        text_between_blocks.append(child.tail or "")
    _add_paragraph(text_between_blocks, element.sourceline or 0, imported)


def _noise_reason(element: _Element, tag: str) -> tuple[LeftOutReason, str] | None:
    """Return the reason, with its detail, why an element is not part of the release's text, or None if it is part of the text."""
    if tag in _NOISE_TAGS:
        return _NOISE_TAGS[tag], ""
    if (element.get("hidden") is not None or element.get("aria-hidden") == "true") and tag != "br":
        return LeftOutReason.HIDDEN, ""
    noise_name = _NOISE_NAMES.search(f"{element.get('class', '')} {element.get('id', '')}")
    if noise_name and tag not in ("p", "li", "body"):
        return LeftOutReason.NAVIGATION, f"named {noise_name[1].lower()!r}"
    return None


def _add_paragraph(parts: list[str | Code], line: int, imported: ImportedFile) -> None:
    content = with_tidy_formatting(parts)
    if any(isinstance(part, str) and part.strip() for part in content):
        imported.paragraphs.append(ImportedParagraph("paragraph", content, line))


def _add_block(element: _Element, tag: str, imported: ImportedFile, depth: int) -> None:
    line = element.sourceline or 0
    if tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
        content = with_tidy_formatting(_inline(element, 0))
        if content:
            imported.paragraphs.append(
                ImportedParagraph("title" if tag == "h1" else "heading", content, line, level=min(max(int(tag[1]), 2), 4))
            )
    elif tag == "table":
        _add_table(element, imported, depth)
    elif tag == "hr":
        imported.paragraphs.append(ImportedParagraph("rule", (), line))
    elif tag == "li":
        _add_item(element, imported, depth)
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
        content = with_tidy_formatting(_inline(element, 0))
        if content:
            imported.paragraphs.append(
                ImportedParagraph("caption" if tag in ("figcaption", "caption") else "paragraph", content, line)
            )
    else:
        _walk(element, imported, depth + 1)


def _has_inner_blocks(element: _Element) -> bool:
    return any(str(child.tag) in _BLOCK_TAGS for child in element.iterdescendants())


def _add_item(element: _Element, imported: ImportedFile, depth: int) -> None:
    """Add a list item, and the items of its nested lists one level deeper."""
    lists = list(element.iterancestors("ul", "ol"))
    list_style = _LIST_STYLES.get(lists[0].get("type", "1"), "number") if lists and lists[0].tag == "ol" else "bullet"
    parts = [element.text or ""] + [
        part for child in element if child.tag not in ("ul", "ol") for part in (*_inline(child, 0), child.tail or "")
    ]
    content = with_tidy_formatting(parts)
    if content:
        imported.paragraphs.append(
            ImportedParagraph("item", content, element.sourceline or 0, level=max(len(lists) - 1, 0), list_style=list_style)
        )
    for child in element:
        if child.tag in ("ul", "ol") and depth < MAX_DEPTH:
            _walk(child, imported, depth + 1)


def _add_table(element: _Element, imported: ImportedFile, depth: int) -> None:
    """Add a table, or the contents of its cells if the table is only used for layout."""
    rows = [row for row in element.iter("tr") if next(row.iterancestors("table"), None) is element]
    cells = [[cell for cell in row if cell.tag in ("td", "th")] for row in rows]
    width = max(map(len, cells), default=0)
    is_bilingual = is_side_by_side([["".join(map(str, cell.itertext())) for cell in row] for row in cells])
    if width < 2 or is_bilingual or any(_has_table(cell) for row in cells for cell in row):
        by_column = [row[column] for column in range(width) for row in cells if column < len(row)]
        by_row = [cell for row in cells for cell in row]
        for cell in by_column if is_bilingual else by_row:
            _walk(cell, imported, depth + 1)
        return
    caption = element.find("caption")
    if caption is not None:
        _add_block(caption, "caption", imported, depth)
    contents = tuple(tuple(with_tidy_formatting(_inline(cell, 0)) for cell in row) for row in cells if row)
    has_header = bool(cells) and all(cell.tag == "th" for cell in cells[0])
    imported.paragraphs.append(ImportedParagraph("table", (), element.sourceline or 0, rows=contents, has_header=has_header))


def _has_table(cell: _Element) -> bool:
    return next(cell.iter("table"), None) is not None


def _inline(element: _Element, depth: int) -> Iterator[str | Code]:
    """Yield the text and codes of an inline element."""
    tag = str(element.tag)
    if tag in _INVISIBLE_TAGS:
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
    """Return the opening and closing code for an element, or None for an element without formatting."""
    if tag in ("strong", "b"):
        return Code("strong", "open", "**", "strong"), Code("strong", "close", "**", "strong")
    if tag in ("em", "i"):
        return Code("emphasis", "open", "*", "emphasis"), Code("emphasis", "close", "*", "emphasis")
    address = (element.get("href") or "").strip() if tag == "a" else ""
    return link_codes(address)


def link_codes(address: str) -> tuple[Code, Code] | None:
    """Return the opening and closing code for a link to an address, or None if the address is not allowed in a source."""
    if not address.lower().startswith(("http://", "https://", "mailto:")) or not is_allowed_target((Plain(address),)):
        return None
    escaped = re.sub(r"[\\()]", r"\\\g<0>", address)
    return Code("link", "open", "[", escaped, address), Code("link", "close", f"]({escaped})", escaped, address)
