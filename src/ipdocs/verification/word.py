"""A Word file in, what it says out: paragraphs of the body in order, notes, headers, properties."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import etree

from ipdocs.findings import Finding, Location
from ipdocs.verification.read_document import Actual, ReadParagraph, RunLanguages

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_PACKAGE = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_SKIPPED = {f"{_W}{name}" for name in ("del", "instrText", "pPr", "rPr", "delText")}
_ACTIVE = ("word/vbaProject.bin", "word/activeX/", "word/embeddings/")


def read_docx(data: bytes, path: Path) -> Actual:
    """Return what a Word file says; what runs or is fetched when it is opened is a finding."""
    from docx import Document
    from docx.opc.exceptions import PackageNotFoundError

    try:
        document = Document(io.BytesIO(data))
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (PackageNotFoundError, KeyError, ValueError, zipfile.BadZipFile, etree.XMLSyntaxError) as error:
        finding = Finding("unreadable-file", f"this is no Word file that can be read: {error}", Location(path))
        return Actual([], findings=[finding])
    styles = _Styles(document)
    parts = {name: _parsed(archive.read(name)) for name in archive.namelist() if name.endswith(".xml")}
    lines = [styles.read(paragraph) for paragraph in _paragraphs(document.element.body)]
    return Actual(
        lines=[line for line in lines if line.words.strip()],
        notes=list(_notes(parts)),
        alternatives=[str(drawing.get("descr")) for drawing in document.element.body.iter(f"{_WP}docPr") if drawing.get("descr")],
        elsewhere=list(_elsewhere(parts, document)),
        title=document.core_properties.title,
        language=document.core_properties.language or styles.default.latin,
        findings=list(_problems(archive, path)),
    )


def _parsed(content: bytes) -> Any:
    return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))


def _paragraphs(body: Any) -> Iterator[Any]:
    """Yield the paragraphs of a body in the order in which they are read, those of tables and text boxes too."""
    for element in body.iter(f"{_W}p"):
        if not any(
            ancestor.tag == "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
            for ancestor in element.iterancestors()
        ):
            yield element


def _runs(paragraph: Any) -> Iterator[Any]:
    """Yield the runs of a paragraph, without those of paragraphs in a text box of it."""
    return (run for run in paragraph.iter(f"{_W}r") if next(run.iterancestors(f"{_W}p")) is paragraph)


def _words(paragraph: Any) -> str:
    """Return the words of a paragraph: its runs, tabs and breaks; what was deleted or computes a field is not said."""
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
        elif element.tag not in _SKIPPED and element.tag != f"{_W}p":
            todo += list(element)[::-1]
    return "".join(parts)


class _Styles:
    """What the styles of a document say of a paragraph's language and level."""

    def __init__(self, document: Any) -> None:
        root = document.styles.element
        self.by_id = {style.get(f"{_W}styleId"): style for style in root.iter(f"{_W}style")}
        self.default = self.languages(root.find(f"{_W}docDefaults"))
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
                value = int(outline.get(f"{_W}val"))
                return value + 2 if value < 9 else 0
        names = [style.find(f"{_W}name").get(f"{_W}val") for style in self.chain(name)]
        return 1 if any(one.split()[0] == "Title" for one in names) else 0


def _notes(parts: dict[str, Any]) -> Iterator[str]:
    for name in ("word/footnotes.xml", "word/endnotes.xml"):
        for note in parts.get(name, ()):
            if note.get(f"{_W}type") is None:
                yield "".join(_words(paragraph) for paragraph in note.iter(f"{_W}p"))


def _elsewhere(parts: dict[str, Any], document: Any) -> Iterator[str]:
    """Yield the texts of headers, footers and comments, and of the properties."""
    for name, root in parts.items():
        if name.startswith(("word/header", "word/footer", "word/comments")):
            yield from (_words(paragraph) for paragraph in root.iter(f"{_W}p"))
        elif name.startswith(("docProps/", "customXml/")):
            yield from (str(text) for text in root.itertext())


def _problems(archive: zipfile.ZipFile, path: Path) -> Iterator[Finding]:
    """Yield what a Word file must not have: programs, and parts that stand elsewhere and are fetched."""
    for name in archive.namelist():
        if name.startswith(_ACTIVE):
            yield Finding("active-content", f"the file has {name}", Location(path))
        if name.endswith(".rels"):
            for relation in _parsed(archive.read(name)).iter(f"{_PACKAGE}Relationship"):
                if relation.get("TargetMode") == "External" and not str(relation.get("Type")).endswith("/hyperlink"):
                    yield Finding("active-content", f"the file fetches {relation.get('Target')}", Location(path))
