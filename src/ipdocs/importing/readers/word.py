"""Word files in, paragraphs out, tracked changes accepted: headings, lists, tables, quotations, links, notes, pictures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from ipdocs.files.ooxml.names import MAIN, qualified_name
from ipdocs.files.ooxml.package import Package, open_package
from ipdocs.files.ooxml.text import paragraph_text, whole_number
from ipdocs.files.pictures.cleaning import clean_picture
from ipdocs.files.pictures.picture import BadPicture
from ipdocs.files.reading import read_bytes
from ipdocs.importing.language_split import side_by_side
from ipdocs.importing.paragraph import Image, ImportedFile, ImportedParagraph, LeftOut
from ipdocs.importing.readers.marks import item_mark
from ipdocs.importing.readers.text import items
from ipdocs.importing.readers.web import linked
from ipdocs.source.segment import Code, Segment, merged, tidy

if TYPE_CHECKING:
    from lxml.etree import _Element

_FORMATS = {"bullet": "bullet", "decimal": "number", "lowerLetter": "letter", "upperLetter": "letter", "lowerRoman": "roman"}
_HEADING = re.compile(r"heading ?([1-9])", re.I)
_EXTENSIONS = {"png": "png", "jpeg": "jpg", "svg": "svg"}
MAX_NESTED = 20


@dataclass(slots=True)
class _File:
    """A Word file being read."""

    package: Package
    styles: dict[str, tuple[str, int]] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)
    marks: dict[tuple[str, str], str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    imported: ImportedFile = field(default_factory=ImportedFile)
    count: int = 0


def read(path: Path) -> ImportedFile:
    """Return the paragraphs of a Word file; one that is none, or that is not to be trusted, is a finding."""
    opened = open_package(read_bytes(path), path)
    file = _File(opened, _styles(opened), _links(opened), _marks(opened))
    root = opened.root(MAIN)
    body = root.find(qualified_name("body")) if root is not None else None
    if body is not None:
        _walk(body, file, 0)
    _notes(file)
    return file.imported


def _styles(opened: Package) -> dict[str, tuple[str, int]]:
    """Return the name and outline level (0 for none) of each paragraph style, by its id."""
    root, found = opened.root("word/styles.xml"), {}
    for style in root.iter(qualified_name("style")) if root is not None else ():
        name, level = style.find(qualified_name("name")), style.find(f"{qualified_name('pPr')}/{qualified_name('outlineLvl')}")
        said = name.get(qualified_name("val"), "") if name is not None else ""
        heading = _HEADING.fullmatch(said)
        outline = _number(level.get(qualified_name("val"))) + 1 if level is not None else int(heading[1]) if heading else 0
        found[style.get(qualified_name("styleId"), "")] = (said, outline)
    return found


def _number(text: str | None) -> int:
    return max(whole_number(text) or 0, 0)


def _links(opened: Package) -> dict[str, str]:
    root = opened.root("word/_rels/document.xml.rels")
    return {one.get("Id", ""): one.get("Target", "") for one in root} if root is not None else {}


def _marks(opened: Package) -> dict[tuple[str, str], str]:
    """Return the kind of mark of each list and level."""
    root = opened.root("word/numbering.xml")
    if root is None:
        return {}
    abstract = {one.get(qualified_name("abstractNumId"), ""): one for one in root.iter(qualified_name("abstractNum"))}
    found: dict[tuple[str, str], str] = {}
    for one in root.iter(qualified_name("num")):
        base = one.find(qualified_name("abstractNumId"))
        kinds = abstract.get(base.get(qualified_name("val"), "")) if base is not None else None
        for level in kinds.iter(qualified_name("lvl")) if kinds is not None else ():
            form = level.find(qualified_name("numFmt"))
            kind = _FORMATS.get(form.get(qualified_name("val"), "") if form is not None else "", "number")
            found[one.get(qualified_name("numId"), ""), level.get(qualified_name("ilvl"), "")] = kind
    return found


def _walk(element: _Element, file: _File, depth: int) -> None:
    for child in element:
        if child.tag == qualified_name("p"):
            file.count += 1
            _paragraph(child, file)
        elif child.tag == qualified_name("tbl"):
            _table(child, file, depth)
        elif depth < MAX_NESTED and child.tag in (
            qualified_name("sdt"),
            qualified_name("sdtContent"),
            qualified_name("ins"),
            qualified_name("customXml"),
            qualified_name("moveTo"),
        ):
            _walk(child, file, depth + 1)


def _paragraph(element: _Element, file: _File) -> None:
    for image in _images(element, file):
        file.imported.paragraphs.append(ImportedParagraph("figure", (), file.count, image=image))
    for box in element.iter(qualified_name("txbxContent")):
        if text := " ".join(paragraph_text(box).split()):
            file.imported.left_out.append(LeftOut(text[:200], "a text box", file.count))
    content = _content(_inline(element, file))
    if not content:
        return
    if mark := _list_mark(element, file):
        level = _number(mark[1])
        file.imported.paragraphs.append(ImportedParagraph("item", content, file.count, level=level, mark=mark[0]))
        return
    name, outline = file.styles.get(_value(element, "pPr/pStyle"), ("", 0))
    own = _value(element, "pPr/outlineLvl")
    outline = _number(own) + 1 if own else outline
    lower = name.lower()
    if lower == "title" or (outline == 1 and not any(one.kind == "title" for one in file.imported.paragraphs)):
        file.imported.paragraphs.append(ImportedParagraph("title", content, file.count))
    elif outline and outline < 10:
        file.imported.paragraphs.append(ImportedParagraph("heading", content, file.count, level=min(max(outline, 2), 4)))
    elif lower in ("quote", "intense quote", "block text"):
        file.imported.paragraphs.append(ImportedParagraph("quotation", content, file.count))
    elif lower == "caption":
        file.imported.paragraphs.append(ImportedParagraph("caption", content, file.count))
    else:
        file.imported.paragraphs += _typed(content, file)


def _typed(content: Segment, file: _File) -> Iterator[ImportedParagraph]:
    """Yield a paragraph, or the items whose marks somebody has typed into it."""
    first = content[0]
    mark = item_mark(first) if isinstance(first, str) else None
    if mark is None or not isinstance(first, str):
        yield ImportedParagraph("paragraph", content, file.count)
    elif len(content) == 1:
        yield from items(first[mark[1] :], mark[0], file.count, file.imported)
    else:
        yield ImportedParagraph("item", (first[mark[1] :], *content[1:]), file.count, mark=mark[0])


def _value(element: _Element, path: str) -> str:
    found = element.find("/".join(qualified_name(part) for part in path.split("/")))
    return found.get(qualified_name("val"), "") if found is not None else ""


def _list_mark(element: _Element, file: _File) -> tuple[str, str] | None:
    number, level = _value(element, "pPr/numPr/numId"), _value(element, "pPr/numPr/ilvl") or "0"
    if not number or number == "0":
        return None
    return file.marks.get((number, level), "bullet"), level


def _images(element: _Element, file: _File) -> Iterator[Image]:
    for blip in element.iter(qualified_name("a:blip")):
        target = file.links.get(blip.get(qualified_name("r:embed"), ""), "")
        data = file.package.parts.get(f"word/{target}")
        around = blip.iterancestors(qualified_name("drawing"))
        about = next((one for drawing in around for one in drawing.iter(qualified_name("wp:docPr"))), None)
        try:
            picture = clean_picture(data or b"")
        except BadPicture as error:
            reason = f"a picture that cannot be used: {error.message}"
            file.imported.left_out.append(LeftOut(target[:80] or "a picture", reason, file.count))
            continue
        name = f"{target.rpartition('/')[2].rpartition('.')[0]}.{_EXTENSIONS[picture.kind]}"
        yield Image(name, picture, about.get("descr", "") if about is not None else "")
        for loss in picture.left_out:
            file.imported.left_out.append(LeftOut(target[:80], f"of a picture {loss}", file.count))


def _content(parts: Iterable[str | Code]) -> Segment:
    """Return the parts of a line as one; a mark that ends where its like begins is none, for Word parts text at will."""
    made: list[str | Code] = []
    for part in parts:
        before = made[-1] if made else None
        if part == "":
            continue
        ends = isinstance(before, Code) and before.role == "close" and isinstance(part, Code) and part.role == "open"
        if ends and (before.kind, before.name) == (part.kind, part.name):  # type: ignore[union-attr]
            made.pop()
        else:
            made.append(part)
    return tidy(merged(tuple(made)))


def _inline(element: _Element, file: _File, link: tuple[Code, Code] | None = None) -> Iterator[str | Code]:
    for child in element:
        tag = str(child.tag).rpartition("}")[2]
        if tag == "r":
            yield from _run(child, file)
        elif tag == "hyperlink":
            codes = linked(file.links.get(child.get(qualified_name("r:id"), ""), ""))
            inner = list(_inline(child, file))
            said = any(isinstance(part, str) and part.strip() for part in inner)
            yield from (codes[0], *inner, codes[1]) if codes and said else inner
        elif tag in ("ins", "moveTo", "smartTag", "sdt", "sdtContent", "fldSimple"):
            yield from _inline(child, file)


def _run(run: _Element, file: _File) -> Iterator[str | Code]:
    note = run.find(qualified_name("footnoteReference"))
    if note is not None:
        name = f"note-{len(file.notes) + 1}"
        file.notes.append(note.get(qualified_name("id"), ""))
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
    found = run.find(f"{qualified_name('rPr')}/{qualified_name(tag)}")
    return found is not None and found.get(qualified_name("val"), "1") not in ("0", "false", "none")


def _table(element: _Element, file: _File, depth: int) -> None:
    """Add a table of cells; one of a single column only frames its text."""
    rows = list(element.iterchildren(qualified_name("tr")))
    cells = [list(row.iterchildren(qualified_name("tc"))) for row in rows]
    if depth >= MAX_NESTED:
        return
    wide = max(map(len, cells), default=0)
    if wide < 2 or side_by_side([[paragraph_text(cell) for cell in row] for row in cells]):
        for side in range(wide):
            for row in cells:
                if side < len(row):
                    _walk(row[side], file, depth + 1)
        return
    file.count += 1
    made = tuple(tuple(_cell(cell, file) for cell in row) for row in cells if row)
    head = bool(rows) and rows[0].find(f"{qualified_name('trPr')}/{qualified_name('tblHeader')}") is not None
    file.imported.paragraphs.append(ImportedParagraph("table", (), file.count, rows=made, head=head))


def _cell(cell: _Element, file: _File) -> Segment:
    parts: list[str | Code] = []
    for paragraph in cell.iter(qualified_name("p")):
        content = _content(_inline(paragraph, file))
        if content:
            parts += [*([Code("break", "alone", "\n", "break")] if parts else []), *content]
    return merged(tuple(parts))


def _notes(file: _File) -> None:
    root = file.package.root("word/footnotes.xml")
    texts = {one.get(qualified_name("id"), ""): one for one in root.iter(qualified_name("footnote"))} if root is not None else {}
    for number, name in enumerate(file.notes, 1):
        note = texts.get(name)
        content = (
            _content(part for one in note.iter(qualified_name("p")) for part in _inline(one, file)) if note is not None else ()
        )
        file.imported.paragraphs.append(ImportedParagraph("note", content or ("…",), file.count, name=f"note-{number}"))
