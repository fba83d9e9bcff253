"""Reader of Word files, which treats tracked changes as accepted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from ipdocs.files.ledger import LeftOut, LeftOutReason
from ipdocs.files.ooxml.names import MAIN_PART, qualified_name
from ipdocs.files.ooxml.package import Package, open_package
from ipdocs.files.ooxml.relationships import resolve_part
from ipdocs.files.ooxml.text import paragraph_text, parse_whole_number
from ipdocs.files.pictures.cleaning import clean_picture
from ipdocs.files.pictures.picture import BadPicture
from ipdocs.files.reading import read_bytes
from ipdocs.importing.language_split import is_side_by_side
from ipdocs.importing.paragraph import Image, ImportedFile, ImportedParagraph
from ipdocs.importing.readers.list_markers import find_list_marker
from ipdocs.importing.readers.text import read_list_items
from ipdocs.importing.readers.web import link_codes
from ipdocs.source.segment import Code, Segment, join_words, tidy

if TYPE_CHECKING:
    from lxml.etree import _Element

_LIST_STYLES = {"bullet": "bullet", "decimal": "number", "lowerLetter": "letter", "upperLetter": "letter", "lowerRoman": "roman"}
_HEADING = re.compile(r"heading ?([1-9])", re.I)
_EXTENSIONS = {"png": "png", "jpeg": "jpg", "svg": "svg"}
MAX_DEPTH = 20


@dataclass(slots=True)
class _WordReader:
    """A Word file being read, and the paragraphs read so far.

    Attributes:
        package: the opened file.
        styles: the name and outline level of each style, keyed by style id.
        links: the target of each relationship, keyed by relationship id.
        list_styles: the list style, keyed by list id and level.
        note_ids: the ids of the footnotes in the order of their references.
        imported: the content read so far.
        paragraph_count: the number of paragraphs read so far.
    """

    package: Package
    styles: dict[str, tuple[str, int]] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)
    list_styles: dict[tuple[str, str], str] = field(default_factory=dict)
    note_ids: list[str] = field(default_factory=list)
    imported: ImportedFile = field(default_factory=ImportedFile)
    paragraph_count: int = 0


def read(path: Path) -> ImportedFile:
    """Read the paragraphs of a Word file.

    Raises:
        IpdocsError: the file is unsafe or not a Word file.
    """
    package = open_package(read_bytes(path), path)
    reader = _WordReader(package, _styles(package), _links(package), _list_styles(package))
    root = package.root(MAIN_PART)
    body = root.find(qualified_name("body")) if root is not None else None
    if body is not None:
        _walk(body, reader, 0)
    _add_notes(reader)
    return reader.imported


def _styles(package: Package) -> dict[str, tuple[str, int]]:
    """Return the name and outline level of each style, keyed by id; the level is 0 if the style has none."""
    root, styles = package.root("word/styles.xml"), {}
    for style in root.iter(qualified_name("style")) if root is not None else ():
        name = _value(style, "name")
        level = style.find(f"{qualified_name('pPr')}/{qualified_name('outlineLvl')}")
        heading = _HEADING.fullmatch(name)
        outline = _number(level.get(qualified_name("val"))) + 1 if level is not None else int(heading[1]) if heading else 0
        styles[style.get(qualified_name("styleId"), "")] = (name, outline)
    return styles


def _number(text: str | None) -> int:
    return max(parse_whole_number(text) or 0, 0)


def _links(package: Package) -> dict[str, str]:
    root = package.root("word/_rels/document.xml.rels")
    return {link.get("Id", ""): link.get("Target", "") for link in root} if root is not None else {}


def _list_styles(package: Package) -> dict[tuple[str, str], str]:
    """Return the list style of each list level, keyed by list id and level."""
    root = package.root("word/numbering.xml")
    if root is None:
        return {}
    definitions = {
        element.get(qualified_name("abstractNumId"), ""): element for element in root.iter(qualified_name("abstractNum"))
    }
    list_styles: dict[tuple[str, str], str] = {}
    for numbering in root.iter(qualified_name("num")):
        definition = definitions.get(_value(numbering, "abstractNumId"))
        for level in definition.iter(qualified_name("lvl")) if definition is not None else ():
            list_style = _LIST_STYLES.get(_value(level, "numFmt"), "number")
            list_styles[numbering.get(qualified_name("numId"), ""), level.get(qualified_name("ilvl"), "")] = list_style
    return list_styles


def _walk(element: _Element, reader: _WordReader, depth: int) -> None:
    for child in element:
        if child.tag == qualified_name("p"):
            reader.paragraph_count += 1
            _add_paragraph(child, reader)
        elif child.tag == qualified_name("tbl"):
            _add_table(child, reader, depth)
        elif depth < MAX_DEPTH and child.tag in (
            qualified_name("sdt"),
            qualified_name("sdtContent"),
            qualified_name("ins"),
            qualified_name("customXml"),
            qualified_name("moveTo"),
        ):
            _walk(child, reader, depth + 1)


def _add_paragraph(element: _Element, reader: _WordReader) -> None:
    for image in _images(element, reader):
        reader.imported.paragraphs.append(ImportedParagraph("figure", (), reader.paragraph_count, image=image))
    for box in element.iter(qualified_name("txbxContent")):
        if text := " ".join(paragraph_text(box).split()):
            reader.imported.left_out.append(LeftOut(text[:200], LeftOutReason.DUPLICATE, reader.paragraph_count))
    content = _content(_inline(element, reader))
    if not content:
        return
    if item := _list_style_and_level(element, reader):
        list_style, level = item[0], _number(item[1])
        reader.imported.paragraphs.append(
            ImportedParagraph("item", content, reader.paragraph_count, level=level, list_style=list_style)
        )
        return
    name, outline = reader.styles.get(_value(element, "pPr/pStyle"), ("", 0))
    own_level = _value(element, "pPr/outlineLvl")
    outline = _number(own_level) + 1 if own_level else outline
    style = name.lower()
    if style == "title" or (outline == 1 and not any(paragraph.kind == "title" for paragraph in reader.imported.paragraphs)):
        reader.imported.paragraphs.append(ImportedParagraph("title", content, reader.paragraph_count))
    elif outline and outline < 10:
        reader.imported.paragraphs.append(
            ImportedParagraph("heading", content, reader.paragraph_count, level=min(max(outline, 2), 4))
        )
    elif style in ("quote", "intense quote", "block text"):
        reader.imported.paragraphs.append(ImportedParagraph("quotation", content, reader.paragraph_count))
    elif style == "caption":
        reader.imported.paragraphs.append(ImportedParagraph("caption", content, reader.paragraph_count))
    else:
        reader.imported.paragraphs += _typed_paragraphs(content, reader)


def _typed_paragraphs(content: Segment, reader: _WordReader) -> Iterator[ImportedParagraph]:
    """Yield a paragraph, or list items if the content begins with a typed list marker."""
    first = content[0]
    marker = find_list_marker(first) if isinstance(first, str) else None
    if marker is None or not isinstance(first, str):
        yield ImportedParagraph("paragraph", content, reader.paragraph_count)
    elif len(content) == 1:
        yield from read_list_items(first[marker[1] :], marker[0], reader.paragraph_count, reader.imported)
    else:
        yield ImportedParagraph("item", (first[marker[1] :], *content[1:]), reader.paragraph_count, list_style=marker[0])


def _value(element: _Element, path: str) -> str:
    """Return the `w:val` attribute of the descendant at a path such as "pPr/pStyle", or "" if it is missing."""
    descendant = element.find("/".join(qualified_name(part) for part in path.split("/")))
    return descendant.get(qualified_name("val"), "") if descendant is not None else ""


def _list_style_and_level(element: _Element, reader: _WordReader) -> tuple[str, str] | None:
    """Return the list style and the level of a list item, or None if the paragraph is not a list item."""
    list_id, level = _value(element, "pPr/numPr/numId"), _value(element, "pPr/numPr/ilvl") or "0"
    if not list_id or list_id == "0":
        return None
    return reader.list_styles.get((list_id, level), "bullet"), level


def _images(element: _Element, reader: _WordReader) -> Iterator[Image]:
    for blip in element.iter(qualified_name("a:blip")):
        target = reader.links.get(blip.get(qualified_name("r:embed"), ""), "")
        data = reader.package.parts.get(resolve_part(MAIN_PART, target))
        drawings = blip.iterancestors(qualified_name("drawing"))
        properties = next((child for drawing in drawings for child in drawing.iter(qualified_name("wp:docPr"))), None)
        try:
            picture = clean_picture(data or b"")
        except BadPicture as error:
            reason = LeftOutReason.UNUSABLE_PICTURE
            reader.imported.left_out.append(LeftOut(target[:80] or "picture", reason, reader.paragraph_count, error.message))
            continue
        name = f"{target.rpartition('/')[2].rpartition('.')[0]}.{_EXTENSIONS[picture.kind]}"
        yield Image(name, picture, properties.get("descr", "") if properties is not None else "")
        for loss in picture.losses:
            reader.imported.left_out.append(LeftOut(target[:80], LeftOutReason.PICTURE_DATA, reader.paragraph_count, loss))


def _content(parts: Iterable[str | Code]) -> Segment:
    """Join parts of a paragraph, and merge adjacent parts with equal formatting, because Word splits text into many runs."""
    content: list[str | Code] = []
    for part in parts:
        previous = content[-1] if content else None
        if part == "":
            continue
        is_boundary = isinstance(previous, Code) and previous.role == "close" and isinstance(part, Code) and part.role == "open"
        if is_boundary and (previous.kind, previous.name) == (part.kind, part.name):  # type: ignore[union-attr]
            content.pop()
        else:
            content.append(part)
    return tidy(join_words(tuple(content)))


def _inline(element: _Element, reader: _WordReader) -> Iterator[str | Code]:
    for child in element:
        tag = str(child.tag).rpartition("}")[2]
        if tag == "r":
            yield from _run(child, reader)
        elif tag == "hyperlink":
            codes = link_codes(reader.links.get(child.get(qualified_name("r:id"), ""), ""))
            inner = list(_inline(child, reader))
            has_words = any(isinstance(part, str) and part.strip() for part in inner)
            yield from (codes[0], *inner, codes[1]) if codes and has_words else inner
        elif tag in ("ins", "moveTo", "smartTag", "sdt", "sdtContent", "fldSimple"):
            yield from _inline(child, reader)


def _run(run: _Element, reader: _WordReader) -> Iterator[str | Code]:
    note = run.find(qualified_name("footnoteReference"))
    if note is not None:
        name = f"note-{len(reader.note_ids) + 1}"
        reader.note_ids.append(note.get(qualified_name("id"), ""))
        yield Code("note", "alone", f"[^{name}]", name)
        return
    line_end = Code("break", "alone", "\n", "break")
    parts = [line_end if piece == "\n" else piece for piece in re.split("(\n)", paragraph_text(run).replace("\u00a0", " "))]
    kinds = [kind for kind, tag in (("strong", "b"), ("emphasis", "i")) if _is_on(run, tag)]
    if kinds and any(isinstance(part, str) and part.strip() for part in parts):
        mark = "**" if kinds[0] == "strong" else "*"
        yield Code(kinds[0], "open", mark, kinds[0])  # type: ignore[arg-type]
        yield from parts
        yield Code(kinds[0], "close", mark, kinds[0])  # type: ignore[arg-type]
    else:
        yield from parts


def _is_on(run: _Element, tag: str) -> bool:
    """Whether a run has a toggle property, such as `b` for bold."""
    toggle = run.find(f"{qualified_name('rPr')}/{qualified_name(tag)}")
    return toggle is not None and toggle.get(qualified_name("val"), "1") not in ("0", "false", "none")


def _add_table(element: _Element, reader: _WordReader, depth: int) -> None:
    """Add a table; if it has only one column or shows two languages side by side, add the contents of its cells instead."""
    rows = list(element.iterchildren(qualified_name("tr")))
    cells = [list(row.iterchildren(qualified_name("tc"))) for row in rows]
    if depth >= MAX_DEPTH:
        return
    width = max(map(len, cells), default=0)
    if width < 2 or is_side_by_side([[paragraph_text(cell) for cell in row] for row in cells]):
        for column in range(width):
            for row in cells:
                if column < len(row):
                    _walk(row[column], reader, depth + 1)
        return
    reader.paragraph_count += 1
    contents = tuple(tuple(_cell_content(cell, reader) for cell in row) for row in cells if row)
    has_header = bool(rows) and rows[0].find(f"{qualified_name('trPr')}/{qualified_name('tblHeader')}") is not None
    reader.imported.paragraphs.append(
        ImportedParagraph("table", (), reader.paragraph_count, rows=contents, has_header=has_header)
    )


def _cell_content(cell: _Element, reader: _WordReader) -> Segment:
    parts: list[str | Code] = []
    for paragraph in cell.iter(qualified_name("p")):
        content = _content(_inline(paragraph, reader))
        if content:
            parts += [*([Code("break", "alone", "\n", "break")] if parts else []), *content]
    return join_words(tuple(parts))


def _add_notes(reader: _WordReader) -> None:
    root = reader.package.root("word/footnotes.xml")
    footnotes = root.iter(qualified_name("footnote")) if root is not None else ()
    by_id = {footnote.get(qualified_name("id"), ""): footnote for footnote in footnotes}
    for number, note_id in enumerate(reader.note_ids, 1):
        footnote = by_id.get(note_id)
        paragraphs = footnote.iter(qualified_name("p")) if footnote is not None else ()
        content = _content(part for paragraph in paragraphs for part in _inline(paragraph, reader))
        reader.imported.paragraphs.append(
            ImportedParagraph("note", content or ("…",), reader.paragraph_count, name=f"note-{number}")
        )
