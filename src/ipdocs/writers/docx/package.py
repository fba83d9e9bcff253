"""The package: the parts of a Word file and how they refer to each other, opened and saved by python-docx."""

from __future__ import annotations

import io
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import UTC
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from math import inf
from pathlib import Path
from typing import Any

from lxml import etree

from ipdocs.files.ooxml.elements import element
from ipdocs.files.ooxml.names import RELATIONSHIP, WORD_TYPE, qualified_name
from ipdocs.files.ooxml.package import own_parts, write_package
from ipdocs.files.ooxml.text import whole_number
from ipdocs.files.xml import parse_xml
from ipdocs.locale.language import Language
from ipdocs.templating.html_document import Metadata
from ipdocs.writers.docx.typefaces import word_tag

_ORDER = """writeProtection view zoom
    removePersonalInformation removeDateAndTime doNotDisplayPageBoundaries displayBackgroundShape
    printPostScriptOverText printFractionalCharacterWidth printFormsData embedTrueTypeFonts embedSystemFonts saveSubsetFonts
    saveFormsData mirrorMargins alignBordersAndEdges bordersDoNotSurroundHeader bordersDoNotSurroundFooter gutterAtTop
    hideSpellingErrors hideGrammaticalErrors activeWritingStyle proofState formsDesign attachedTemplate linkStyles
    stylePaneFormatFilter stylePaneSortMethod documentType mailMerge revisionView trackRevisions doNotTrackMoves
    doNotTrackFormatting documentProtection autoFormatOverride styleLockTheme styleLockQFSet defaultTabStop autoHyphenation
    consecutiveHyphenLimit hyphenationZone doNotHyphenateCaps showEnvelope summaryLength clickAndTypeStyle defaultTableStyle
    evenAndOddHeaders bookFoldRevPrinting bookFoldPrinting bookFoldPrintingSheets drawingGridHorizontalSpacing
    drawingGridVerticalSpacing displayHorizontalDrawingGridEvery displayVerticalDrawingGridEvery
    doNotUseMarginsForDrawingGridOrigin drawingGridHorizontalOrigin drawingGridVerticalOrigin doNotShadeFormData
    noPunctuationKerning characterSpacingControl printTwoOnOne strictFirstAndLastChars noLineBreaksAfter noLineBreaksBefore
    savePreviewPicture doNotValidateAgainstSchema saveInvalidXml ignoreMixedContent alwaysShowPlaceholderText
    doNotDemarcateInvalidXml saveXmlDataOnly useXSLTWhenSaving saveThroughXslt showXMLTags alwaysMergeEmptyNamespace updateFields
    hdrShapeDefaults footnotePr endnotePr compat docVars rsids attachedSchema themeFontLang"""
_PLACES = {qualified_name(one): at for at, one in enumerate(_ORDER.split())}
"""The places of the settings in the order of the schema, as far as the last that is set here."""

_PLACES[qualified_name("m:mathPr")] = _PLACES[qualified_name("attachedSchema")]
_SEVERAL = ("header", "footer")
"""The kinds of part that a document may have several of."""


@dataclass(slots=True)
class Package:
    """An open Word file: its document, the section properties of a letterhead, and the parts this writer fills."""

    document: Any
    section: etree._Element | None = None
    _filled: dict[Any, etree._Element] = field(default_factory=dict)

    @property
    def body(self) -> etree._Element:
        """The <w:body>, empty at first."""
        body: etree._Element = self.document.element.body
        return body

    def headers(self) -> list[etree._Element]:
        """Return the headers that the file came with."""
        kinds = [one.target_part for one in self.document.part.rels.values() if one.reltype == f"{RELATIONSHIP}header"]
        return [part.element for part in kinds if hasattr(part, "element")]

    def kept_styles(self) -> dict[str, str]:
        """Return the ids of the styles the file came with, by their names in lower case, as Word compares them."""
        found: dict[str, str] = {}
        for style in self.styles.iterchildren(qualified_name("style")):
            called = style.find(qualified_name("name"))
            if called is not None:
                found[called.get(qualified_name("val"), "").lower()] = style.get(qualified_name("styleId"), "")
        return found

    def highest(self, kind: str, root: str, tag: str, key: str) -> int:
        """Return the highest number that a part the file came with gives to its elements; nothing is made of a missing part."""
        if not any(one.reltype == RELATIONSHIP + kind for one in self.document.part.rels.values()):
            return 0
        elements = self.part(kind, root).iterchildren(qualified_name(tag))
        return max([0, *(whole_number(one.get(qualified_name(key))) or 0 for one in elements)])

    @property
    def styles(self) -> etree._Element:
        """The <w:styles>."""
        styles: etree._Element = self.document.styles.element
        return styles

    @property
    def settings(self) -> etree._Element:
        """The <w:settings>."""
        settings: etree._Element = self.document.settings.element
        return settings

    def part(self, kind: str, root: str) -> etree._Element:
        """Return the root of the document's one part of a kind ('numbering', 'fontTable', 'footnotes'), made if there is none."""
        for relationship in self.document.part.rels.values():
            if relationship.reltype == RELATIONSHIP + kind:
                part = relationship.target_part
                if part not in self._filled:
                    self._filled[part] = part.element if hasattr(part, "element") else parse_xml(part.blob, Path(part.partname))
                return self._filled[part]
        made = element(root)
        self.add(kind, made)
        return made

    def add(self, kind: str, root: etree._Element) -> str:
        """Add a part of a kind to the document and return the id of its relationship."""
        from docx.opc.packuri import PackURI
        from docx.opc.part import Part

        path, package = PackURI(f"/word/{kind}.xml"), self.document.part.package
        if kind in _SEVERAL or path in {part.partname for part in package.iter_parts()}:
            path = package.next_partname(f"/word/{kind}%d.xml")
        part = Part(path, f"{WORD_TYPE}{kind}+xml", b"", package)
        self._filled[part] = root
        relationship: str = self.document.part.relate_to(part, RELATIONSHIP + kind)
        return relationship

    def set(self, tag: str, *children: etree._Element, **attributes: str) -> None:
        """Add a setting at its place, unless the file has it."""
        if self.settings.find(qualified_name(tag)) is not None:
            return
        before = [child for child in self.settings if _PLACES.get(str(child.tag), inf) < _PLACES[qualified_name(tag)]]
        self.settings.insert(self.settings.index(before[-1]) + 1 if before else 0, element(tag, *children, **attributes))

    def number(self, definitions: list[etree._Element], lists: list[etree._Element]) -> None:
        """Add numbering definitions and lists to those the file has; all definitions stand before all lists."""
        part = self.part("numbering", "numbering")
        first = part.find(qualified_name("num"))
        at = len(part) if first is None else part.index(first)
        part[at:at] = definitions
        part.extend(lists)

    def adopt(self, root: etree._Element) -> None:
        """Give a part of its own the relationships that its links and pictures have to the document."""
        part = next(part for part, filled in self._filled.items() if filled is root)
        for one in root.iter(qualified_name("hyperlink"), qualified_name("a:blip")):
            for key in (qualified_name("r:id"), qualified_name("r:embed")):
                if number := one.get(key):
                    known = self.document.part.rels[number]
                    target = known.target_ref if known.is_external else known.target_part
                    one.set(key, part.relate_to(target, known.reltype, is_external=known.is_external))

    def link(self, address: str) -> str:
        """Return the id of a relationship to an address outside."""
        relationship: str = self.document.part.relate_to(address, RELATIONSHIP + "hyperlink", is_external=True)
        return relationship

    def image(self, data: bytes) -> str:
        """Return the id of a relationship to a PNG or JPEG, which is kept once however often it is shown."""
        relationship: str = self.document.part.get_or_add_image(io.BytesIO(data))[0]
        return relationship

    def vector(self, data: bytes) -> str:
        """Return the id of a relationship to an SVG."""
        from docx.opc.part import Part

        path = self.document.part.package.next_partname("/word/media/drawing%d.svg")
        relationship: str = self.document.part.relate_to(Part(path, "image/svg+xml", data), RELATIONSHIP + "image")
        return relationship

    def describe(self, metadata: Metadata, languages: Sequence[Language]) -> None:
        """Fill in the properties that Word and catalogues of files show."""
        core = self.document.core_properties
        moment = metadata.created.astimezone(UTC).replace(tzinfo=None) if metadata.created.tzinfo else metadata.created
        core.title, core.author, core.subject = metadata.title, metadata.issuer, metadata.subject
        core.keywords, core.identifier = ", ".join(metadata.keywords), metadata.identifier
        core.language, core.last_modified_by = word_tag(languages[0]), metadata.issuer
        core.created = core.modified = moment
        core.revision = 1

    def save(self) -> bytes:
        """Return the file; equal contents give equal bytes."""
        for part, root in self._filled.items():
            if not hasattr(part, "element"):
                part._blob = etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)
        saved = io.BytesIO()
        self.document.save(saved)
        return write_package(own_parts(saved.getvalue()))


def start_package(document: Any = None) -> Package:
    """Return a package with an empty body: of a letterhead opened by python-docx, or of the parts in base/."""
    if document is None:
        from docx import Document

        document = Document(io.BytesIO(_base()))
    _take_out_other_properties(document.part.package)
    body = document.element.body
    section = _last_section(body)
    for child in list(body):
        body.remove(child)
    return Package(document, section)


def _last_section(body: etree._Element) -> etree._Element | None:
    """Return the properties of the last section, with the headers and footers that it has from those before it."""
    sections = [*body.iter(qualified_name("sectPr"))]
    if not sections:
        return None
    last = deepcopy(sections[-1])
    edges = (qualified_name("headerReference"), qualified_name("footerReference"))
    said = {(one.tag, one.get(qualified_name("type"))) for one in last.iterchildren(*edges)}
    for section in sections[-2::-1]:
        for one in section.iterchildren(*edges):
            if (kind := (one.tag, one.get(qualified_name("type")))) not in said:
                said.add(kind)
                last.insert(0, deepcopy(one))
    return last


def _take_out_other_properties(package: Any) -> None:
    """Drop core properties that python-docx would not find and write a second time: LibreOffice relates them by another name."""
    from docx.opc.constants import RELATIONSHIP_TYPE

    for number, relationship in list(package.rels.items()):
        known = relationship.reltype == RELATIONSHIP_TYPE.CORE_PROPERTIES
        if not relationship.is_external and str(relationship.target_part.partname) == "/docProps/core.xml" and not known:
            del package.rels[number]


@cache
def _base() -> bytes:
    return write_package(dict(sorted(_contents(files(__package__) / "base", ""))))


def _contents(folder: Traversable, above: str) -> list[tuple[str, bytes]]:
    found: list[tuple[str, bytes]] = []
    for one in folder.iterdir():
        path = f"{above}{one.name}"
        found += _contents(one, f"{path}/") if one.is_dir() else [(path, one.read_bytes())]
    return found
