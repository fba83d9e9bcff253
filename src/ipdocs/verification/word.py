"""Read Word files for verification: paragraphs in order, footnotes, headers, pictures and properties."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ipdocs.files.ooxml.names import NAMESPACES, qualified_name
from ipdocs.files.ooxml.package import Package, open_package
from ipdocs.files.ooxml.relationships import read_relationships, relationships_part
from ipdocs.files.ooxml.text import parse_whole_number
from ipdocs.files.reading import Reason, UnsafeFile
from ipdocs.findings import Finding, IpdocsError, Location
from ipdocs.verification.hints import REBUILD
from ipdocs.verification.pictures import FoundImage, FoundPicture
from ipdocs.verification.read_document import ReadDocument, ReadParagraph, RunLanguages

_W = f"{{{NAMESPACES['w']}}}"
_SKIPPED_TAGS = {f"{_W}{name}" for name in ("del", "instrText", "pPr", "rPr", "delText")}
_EMU_PER_PIXEL = 9525
"""The number of English Metric Units (EMU) in a CSS pixel."""

_CODES: dict[Reason, str] = {"active": "active-content", "external": "active-content"}
"""The codes of findings, keyed by the reason why a file is unsafe; the code for other reasons is unreadable-file."""


def read_docx(data: bytes, path: Path) -> ReadDocument:
    """Return the content of a Word file.

    Raises:
        IpdocsError: the file cannot be read, or has content that runs or is fetched when the file is opened.
    """
    try:
        package = open_package(data, path, None)
    except UnsafeFile as error:
        raise error.to_ipdocs_error(_CODES, "unreadable-file") from error
    parts = {name: root for name in package.parts if name.endswith(".xml") and (root := package.root(name)) is not None}
    main_part = package.related_part("officeDocument") or ""
    body = parts[main_part].find(f"{_W}body") if main_part in parts else None
    if body is None:
        raise IpdocsError([Finding("unreadable-file", "this file is not a Word document", Location(path), REBUILD)])
    styles = _Styles(parts.get(package.related_part("styles", main_part) or ""))
    core_properties = parts.get(package.related_part("core-properties") or "")
    lines = [styles.read(paragraph) for paragraph in _paragraphs(body)]
    return ReadDocument(
        lines=[line for line in lines if line.text.strip()],
        notes=list(_notes(parts)),
        alternatives=[descr for drawing in body.iter(qualified_name("wp:docPr")) if (descr := drawing.get("descr"))],
        elsewhere=list(_texts_outside_body(parts)),
        pictures=list(_pictures(body, package, main_part)),
        title=_property(core_properties, "title"),
        language=_property(core_properties, "language") or styles.default.latin,
    )


def _property(core_properties: Any, name: str) -> str:
    return "" if core_properties is None else core_properties.findtext(qualified_name(f"dc:{name}"), "")


def _paragraphs(body: Any) -> Iterator[Any]:
    """Yield the paragraphs of a body in reading order, including those in tables and text boxes."""
    for element in body.iter(f"{_W}p"):
        if not any(ancestor.tag == qualified_name("mc:Fallback") for ancestor in element.iterancestors()):
            yield element


def _runs(paragraph: Any) -> Iterator[Any]:
    """Yield the runs of a paragraph, except runs in its text boxes."""
    return (run for run in paragraph.iter(f"{_W}r") if next(run.iterancestors(f"{_W}p")) is paragraph)


def _paragraph_text(paragraph: Any) -> str:
    """Return the text of a paragraph without deleted text, hidden text and field codes; tabs and breaks are spaces."""
    parts: list[str] = []
    stack = list(paragraph)[::-1]
    while stack:
        element = stack.pop()
        if element.tag == f"{_W}t":
            parts.append(element.text or "")
        elif element.tag in (f"{_W}tab", f"{_W}br", f"{_W}cr"):
            parts.append(" ")
        elif element.tag == f"{_W}noBreakHyphen":
            parts.append("-")
        elif element.tag == f"{_W}sym":
            parts.append("\ufffd")
        elif element.tag not in _SKIPPED_TAGS and element.tag != f"{_W}p" and not _is_hidden(element):
            stack += list(element)[::-1]
    return "".join(parts)


def _is_hidden(element: Any) -> bool:
    """Whether an element is a run with hidden text."""
    hidden = element.find(f"{_W}rPr/{_W}vanish") if element.tag == f"{_W}r" else None
    return hidden is not None and hidden.get(f"{_W}val", "1") not in ("0", "false", "off")


class _Styles:
    """The styles of a document, which determine the languages and heading levels of paragraphs."""

    def __init__(self, root: Any) -> None:
        self.by_id = {} if root is None else {style.get(f"{_W}styleId"): style for style in root.iter(f"{_W}style")}
        self.default = self.languages(None if root is None else root.find(f"{_W}docDefaults"))
        self.normal = next(
            (style for style in self.by_id.values() if style.get(f"{_W}default") and style.get(f"{_W}type") == "paragraph"), None
        )

    @staticmethod
    def languages(element: Any) -> RunLanguages:
        """Return the languages for Latin and Chinese text from the <w:lang> within an element."""
        lang = element.find(f".//{_W}lang") if element is not None else None
        return RunLanguages(lang.get(f"{_W}val"), lang.get(f"{_W}eastAsia")) if lang is not None else RunLanguages(None, None)

    def style_chain(self, style_id: str | None) -> Iterator[Any]:
        """Yield the style with an id and the styles that it is based on."""
        visited: set[str | None] = set()
        while style_id in self.by_id and style_id not in visited:
            visited.add(style_id)
            yield self.by_id[style_id]
            based_on = self.by_id[style_id].find(f"{_W}basedOn")
            style_id = based_on.get(f"{_W}val") if based_on is not None else None

    def read(self, paragraph: Any) -> ReadParagraph:
        """Return a paragraph with its text, heading level, and the languages of the runs that have letters."""
        text = _paragraph_text(paragraph)
        style = paragraph.find(f"{_W}pPr/{_W}pStyle")
        style_id = (
            style.get(f"{_W}val") if style is not None else self.normal.get(f"{_W}styleId") if self.normal is not None else None
        )
        inherited = [self.languages(style.find(f"{_W}rPr")) for style in self.style_chain(style_id)]
        runs = [self.run_languages(run, inherited) for run in _runs(paragraph) if any(map(str.isalpha, _paragraph_text(run)))]
        return ReadParagraph(text, tuple(dict.fromkeys(runs)), self.heading_level(paragraph, style_id))

    def run_languages(self, run: Any, inherited: list[RunLanguages]) -> RunLanguages:
        """Return the languages of a run: from its properties, its style, the paragraph's styles, or the document's defaults."""
        style = run.find(f"{_W}rPr/{_W}rStyle")
        styles = [
            ancestor.find(f"{_W}rPr") for ancestor in self.style_chain(style.get(f"{_W}val") if style is not None else None)
        ]
        candidates = [*map(self.languages, (run.find(f"{_W}rPr"), *styles)), *inherited, self.default]
        return RunLanguages(
            next((languages.latin for languages in candidates if languages.latin), None),
            next((languages.chinese for languages in candidates if languages.chinese), None),
        )

    def heading_level(self, paragraph: Any, style_id: str | None) -> int:
        """Return the heading level of a paragraph: 1 for Word's style Title, 2 for Heading 1, and so on; 0 for other text.

        Variants of a style for another language, such as "Title sc", count as the style.
        """
        for properties in [paragraph.find(f"{_W}pPr"), *(style.find(f"{_W}pPr") for style in self.style_chain(style_id))]:
            outline = properties.find(f"{_W}outlineLvl") if properties is not None else None
            if outline is not None:
                value = parse_whole_number(outline.get(f"{_W}val"))
                return value + 2 if value is not None and value < 9 else 0
        names = [style.find(f"{_W}name") for style in self.style_chain(style_id)]
        return 1 if any(name is not None and name.get(f"{_W}val", "").split()[:1] == ["Title"] for name in names) else 0


def _pictures(body: Any, package: Package, main_part: str) -> Iterator[FoundPicture]:
    """Yield the pictures of a body in order, each with its image for all versions of Word and the SVG behind that image."""
    name = relationships_part(main_part)
    root = package.root(name)
    by_lower_name = {part.lower(): content for part, content in package.parts.items()}
    links = read_relationships(name, root) if root is not None else ()
    content_by_id = {link.id: by_lower_name.get(link.part, b"") for link in links if link.part}
    for blip in body.iter(qualified_name("a:blip")):
        if any(ancestor.tag == qualified_name("mc:Fallback") or _is_hidden(ancestor) for ancestor in blip.iterancestors()):
            continue
        if _is_altered(blip):
            yield FoundPicture()
            continue
        image = content_by_id.get(blip.get(qualified_name("r:embed"), ""), b"")
        drawings = [
            content_by_id.get(svg.get(qualified_name("r:embed"), ""), b"") for svg in blip.iter(qualified_name("asvg:svgBlip"))
        ]
        yield FoundPicture((FoundImage(image),), drawings[0] if drawings else None, sizes=tuple(_sizes(blip)))


def _sizes(blip: Any) -> Iterator[tuple[float, float]]:
    """Yield the sizes of an image in CSS pixels: the size of its frame in the text, and the size of its shape."""
    frames = blip.iterancestors(qualified_name("wp:inline"), qualified_name("wp:anchor"))
    shapes = blip.iterancestors(qualified_name("pic:pic"))
    extents = [extent for frame in frames for extent in frame.iterchildren(qualified_name("wp:extent"))]
    extents += [
        extent for shape in shapes for extent in shape.iterfind(f".//{qualified_name('a:xfrm')}/{qualified_name('a:ext')}")
    ]
    for extent in extents:
        width, height = (parse_whole_number(extent.get(name)) or 0 for name in ("cx", "cy"))
        yield width / _EMU_PER_PIXEL, height / _EMU_PER_PIXEL


def _is_altered(blip: Any) -> bool:
    """Whether Word shows an image with an effect, or cropped, rotated or mirrored."""
    picture = next(blip.iterancestors(qualified_name("pic:pic")), None)
    if picture is None or any(child.tag != qualified_name("a:extLst") for child in blip):
        return True
    crop, transform = (next(picture.iter(qualified_name(name)), None) for name in ("a:srcRect", "a:xfrm"))
    crops = [] if crop is None else crop.attrib.values()
    transformations = [] if transform is None else [transform.get(name, "0") for name in ("rot", "flipH", "flipV")]
    return any(value not in ("0", "false") for value in (*crops, *transformations))


def _notes(parts: dict[str, Any]) -> Iterator[str]:
    for name in ("word/footnotes.xml", "word/endnotes.xml"):
        for note in parts.get(name, ()):
            if note.get(f"{_W}type") is None:
                yield "".join(_paragraph_text(paragraph) for paragraph in note.iter(f"{_W}p"))


def _texts_outside_body(parts: dict[str, Any]) -> Iterator[str]:
    """Yield the texts outside the body: headers, footers, comments and properties."""
    for name, root in parts.items():
        if name.startswith(("word/header", "word/footer", "word/comments")):
            yield from (_paragraph_text(paragraph) for paragraph in root.iter(f"{_W}p"))
        elif name.startswith(("docProps/", "customXml/")):
            yield from (str(text) for text in root.itertext())
