"""A Word file in, what it says out: paragraphs of the body in order, notes, headers, properties."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ipdocs.files.ooxml.names import NAMESPACES, qualified_name
from ipdocs.files.ooxml.package import Package, open_package
from ipdocs.files.ooxml.relationships import relationships, relationships_name
from ipdocs.files.ooxml.text import whole_number
from ipdocs.files.reading import Reason, UnsafeFile
from ipdocs.findings import Finding, IpdocsError, Location
from ipdocs.verification.pictures import ReadImage, ReadPicture
from ipdocs.verification.read_document import ReadDocument, ReadParagraph, RunLanguages

_W = f"{{{NAMESPACES['w']}}}"
_SKIPPED = {f"{_W}{name}" for name in ("del", "instrText", "pPr", "rPr", "delText")}
_EMU = 9525
"""How many English Metric Units a CSS pixel has."""

_CODES: dict[Reason, str] = {"active": "active-content", "external": "active-content"}


def read_docx(data: bytes, path: Path) -> ReadDocument:
    """Return what a Word file says.

    Raises:
        IpdocsError: It cannot be read, or holds what runs or is fetched when it is opened.
    """
    try:
        package = open_package(data, path, None)
    except UnsafeFile as error:
        raise error.with_codes(_CODES, "unreadable-file") from error
    parts = {name: root for name in package.parts if name.endswith(".xml") and (root := package.root(name)) is not None}
    main = package.related("officeDocument") or ""
    body = parts[main].find(f"{_W}body") if main in parts else None
    if body is None:
        raise IpdocsError([Finding("unreadable-file", "this is no Word file: it has no text", Location(path))])
    styles = _Styles(parts.get(package.related("styles", main) or ""))
    core = parts.get(package.related("core-properties") or "")
    lines = [styles.read(paragraph) for paragraph in _paragraphs(body)]
    return ReadDocument(
        lines=[line for line in lines if line.words.strip()],
        notes=list(_notes(parts)),
        alternatives=[descr for drawing in body.iter(qualified_name("wp:docPr")) if (descr := drawing.get("descr"))],
        elsewhere=list(_elsewhere(parts)),
        pictures=list(_pictures(body, package, main)),
        title=_property(core, "title"),
        language=_property(core, "language") or styles.default.latin,
    )


def _property(core: Any, name: str) -> str:
    return "" if core is None else core.findtext(qualified_name(f"dc:{name}"), "")


def _paragraphs(body: Any) -> Iterator[Any]:
    """Yield the paragraphs of a body in the order in which they are read, those of tables and text boxes too."""
    for element in body.iter(f"{_W}p"):
        if not any(ancestor.tag == qualified_name("mc:Fallback") for ancestor in element.iterancestors()):
            yield element


def _runs(paragraph: Any) -> Iterator[Any]:
    """Yield the runs of a paragraph, without those of paragraphs in a text box of it."""
    return (run for run in paragraph.iter(f"{_W}r") if next(run.iterancestors(f"{_W}p")) is paragraph)


def _words(paragraph: Any) -> str:
    """Return the words of a paragraph: its runs, tabs and breaks; what was deleted, is hidden or computes a field is not said."""
    parts: list[str] = []
    todo = list(paragraph)[::-1]
    while todo:
        element = todo.pop()
        if element.tag == f"{_W}t":
            parts.append(element.text or "")
        elif element.tag in (f"{_W}tab", f"{_W}br", f"{_W}cr"):
            parts.append(" ")
        elif element.tag == f"{_W}noBreakHyphen":
            parts.append("-")
        elif element.tag == f"{_W}sym":
            parts.append("\ufffd")
        elif element.tag not in _SKIPPED and element.tag != f"{_W}p" and not _is_hidden(element):
            todo += list(element)[::-1]
    return "".join(parts)


def _is_hidden(element: Any) -> bool:
    """Whether an element is a run that says of itself that it is not shown."""
    hidden = element.find(f"{_W}rPr/{_W}vanish") if element.tag == f"{_W}r" else None
    return hidden is not None and hidden.get(f"{_W}val", "1") not in ("0", "false", "off")


class _Styles:
    """What the styles of a document say of a paragraph's language and level."""

    def __init__(self, root: Any) -> None:
        self.by_id = {} if root is None else {style.get(f"{_W}styleId"): style for style in root.iter(f"{_W}style")}
        self.default = self.languages(None if root is None else root.find(f"{_W}docDefaults"))
        self.normal = next(
            (style for style in self.by_id.values() if style.get(f"{_W}default") and style.get(f"{_W}type") == "paragraph"), None
        )

    @staticmethod
    def languages(element: Any) -> RunLanguages:
        """Return the languages of Latin and of Chinese words that the properties within an element name."""
        found = element.find(f".//{_W}lang") if element is not None else None
        return RunLanguages(found.get(f"{_W}val"), found.get(f"{_W}eastAsia")) if found is not None else RunLanguages(None, None)

    def chain(self, name: str | None) -> Iterator[Any]:
        """Yield a style and those it is based on."""
        seen: set[str | None] = set()
        while name in self.by_id and name not in seen:
            seen.add(name)
            yield self.by_id[name]
            based = self.by_id[name].find(f"{_W}basedOn")
            name = based.get(f"{_W}val") if based is not None else None

    def read(self, paragraph: Any) -> ReadParagraph:
        """Return a paragraph's words with the languages of its runs of letters, and its level."""
        words = _words(paragraph)
        style = paragraph.find(f"{_W}pPr/{_W}pStyle")
        name = (
            style.get(f"{_W}val") if style is not None else self.normal.get(f"{_W}styleId") if self.normal is not None else None
        )
        own = [self.languages(one.find(f"{_W}rPr")) for one in self.chain(name)]
        runs = [self.run_languages(run, own) for run in _runs(paragraph) if any(map(str.isalpha, _words(run)))]
        return ReadParagraph(words, tuple(dict.fromkeys(runs)), self.level(paragraph, name))

    def run_languages(self, run: Any, around: list[RunLanguages]) -> RunLanguages:
        """Return the languages of a run: by its own properties, its style's, those of its paragraph, or the document's."""
        style = run.find(f"{_W}rPr/{_W}rStyle")
        styles = [one.find(f"{_W}rPr") for one in self.chain(style.get(f"{_W}val") if style is not None else None)]
        known = [*map(self.languages, (run.find(f"{_W}rPr"), *styles)), *around, self.default]
        return RunLanguages(
            next((one.latin for one in known if one.latin), None), next((one.chinese for one in known if one.chinese), None)
        )

    def level(self, paragraph: Any, name: str | None) -> int:
        """Return the heading level of a paragraph: Word's titles stand above its headings, so Heading 1 is the second.

        A language of its own has styles of its own, such as "Title sc".
        """
        for source in [paragraph.find(f"{_W}pPr"), *(style.find(f"{_W}pPr") for style in self.chain(name))]:
            outline = source.find(f"{_W}outlineLvl") if source is not None else None
            if outline is not None:
                value = whole_number(outline.get(f"{_W}val"))
                return value + 2 if value is not None and value < 9 else 0
        names = [style.find(f"{_W}name") for style in self.chain(name)]
        return 1 if any(one is not None and one.get(f"{_W}val", "").split()[:1] == ["Title"] for one in names) else 0


def _pictures(body: Any, package: Package, main: str) -> Iterator[ReadPicture]:
    """Yield the pictures of a body in order: the image that every Word shows, and the drawing it was made from."""
    name = relationships_name(main)
    root = package.root(name)
    by_lower_name = {part.lower(): content for part, content in package.parts.items()}
    links = relationships(name, root) if root is not None else ()
    parts = {one.id: by_lower_name.get(one.part, b"") for one in links if one.part}
    for blip in body.iter(qualified_name("a:blip")):
        if any(ancestor.tag == qualified_name("mc:Fallback") or _is_hidden(ancestor) for ancestor in blip.iterancestors()):
            continue
        if _is_altered(blip):
            yield ReadPicture()
            continue
        image = parts.get(blip.get(qualified_name("r:embed"), ""), b"")
        vectors = [parts.get(one.get(qualified_name("r:embed"), ""), b"") for one in blip.iter(qualified_name("asvg:svgBlip"))]
        yield ReadPicture((ReadImage(image),), vectors[0] if vectors else None, sizes=tuple(_sizes(blip)))


def _sizes(blip: Any) -> Iterator[tuple[float, float]]:
    """Yield the sizes that Word shows an image with, in CSS pixels: of its place in the line, and of its shape."""
    lines = blip.iterancestors(qualified_name("wp:inline"), qualified_name("wp:anchor"))
    shapes = blip.iterancestors(qualified_name("pic:pic"))
    extents = [extent for line in lines for extent in line.iterchildren(qualified_name("wp:extent"))]
    extents += [
        extent for shape in shapes for extent in shape.iterfind(f".//{qualified_name('a:xfrm')}/{qualified_name('a:ext')}")
    ]
    for extent in extents:
        across, down = (whole_number(extent.get(name)) or 0 for name in ("cx", "cy"))
        yield across / _EMU, down / _EMU


def _is_altered(blip: Any) -> bool:
    """Whether Word shows an image otherwise than it is: with an effect, in part, turned or mirrored."""
    picture = next(blip.iterancestors(qualified_name("pic:pic")), None)
    if picture is None or any(child.tag != qualified_name("a:extLst") for child in blip):
        return True
    crop, place = (next(picture.iter(qualified_name(name)), None) for name in ("a:srcRect", "a:xfrm"))
    sides = [] if crop is None else crop.attrib.values()
    turns = [] if place is None else [place.get(name, "0") for name in ("rot", "flipH", "flipV")]
    return any(value not in ("0", "false") for value in (*sides, *turns))


def _notes(parts: dict[str, Any]) -> Iterator[str]:
    for name in ("word/footnotes.xml", "word/endnotes.xml"):
        for note in parts.get(name, ()):
            if note.get(f"{_W}type") is None:
                yield "".join(_words(paragraph) for paragraph in note.iter(f"{_W}p"))


def _elsewhere(parts: dict[str, Any]) -> Iterator[str]:
    """Yield the texts of headers, footers and comments, and of the properties."""
    for name, root in parts.items():
        if name.startswith(("word/header", "word/footer", "word/comments")):
            yield from (_words(paragraph) for paragraph in root.iter(f"{_W}p"))
        elif name.startswith(("docProps/", "customXml/")):
            yield from (str(text) for text in root.itertext())
