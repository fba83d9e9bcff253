"""The package: the parts of a Word file and their relationships, opened and saved by python-docx."""

from __future__ import annotations

import io
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import UTC
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import count
from math import inf
from pathlib import Path
from typing import Any

from lxml import etree

from ipdocs.files.ooxml.elements import element
from ipdocs.files.ooxml.names import RELATIONSHIP_PREFIX, WORD_TYPE_PREFIX, qualified_name
from ipdocs.files.ooxml.package import unpack_trusted, write_package
from ipdocs.files.ooxml.text import parse_whole_number
from ipdocs.files.xml import parse_xml
from ipdocs.locale.language import Language
from ipdocs.templating.html_document import Metadata
from ipdocs.writers.docx.typefaces import word_tag

_SETTINGS_ORDER = """writeProtection view zoom
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
_POSITIONS = {qualified_name(tag): position for position, tag in enumerate(_SETTINGS_ORDER.split())}
"""Position of each setting in the order of the schema, up to the last setting that this writer writes."""

_POSITIONS[qualified_name("m:mathPr")] = _POSITIONS[qualified_name("attachedSchema")]
_REPEATABLE = ("header", "footer")
"""Kinds of part that may occur several times in a document."""


@dataclass(slots=True)
class DocxPackage:
    """An open Word file.

    `document` is the python-docx document. `letterhead_section` is the <w:sectPr> of a letterhead. `_roots` holds the root
    elements of the parts that this writer changes.
    """

    document: Any
    letterhead_section: etree._Element | None = None
    _roots: dict[Any, etree._Element] = field(default_factory=dict)

    @property
    def body(self) -> etree._Element:
        """The <w:body> element."""
        body: etree._Element = self.document.element.body
        return body

    def headers(self) -> list[etree._Element]:
        """Return the headers of the opened file."""
        relationships = self.document.part.rels.values()
        parts = [
            relationship.target_part for relationship in relationships if relationship.reltype == f"{RELATIONSHIP_PREFIX}header"
        ]
        return [part.element for part in parts if hasattr(part, "element")]

    def style_ids(self) -> dict[str, str]:
        """Return the style ids of the opened file, keyed by name in lower case, since Word ignores the case of names."""
        ids: dict[str, str] = {}
        for style in self.styles.iterchildren(qualified_name("style")):
            name = style.find(qualified_name("name"))
            if name is not None:
                ids[name.get(qualified_name("val"), "").lower()] = style.get(qualified_name("styleId"), "")
        return ids

    def highest_number(self, kind: str, root_tag: str, tag: str, key: str) -> int:
        """Return the highest number in the attribute `key` of the elements `tag` in a part, or 0 if the part is missing.

        `kind` is the kind of the part, and `root_tag` the tag of its root element.
        """
        if not any(relationship.reltype == RELATIONSHIP_PREFIX + kind for relationship in self.document.part.rels.values()):
            return 0
        elements = self.part_root(kind, root_tag).iterchildren(qualified_name(tag))
        return max([0, *(parse_whole_number(child.get(qualified_name(key))) or 0 for child in elements)])

    @property
    def styles(self) -> etree._Element:
        """The <w:styles> element."""
        styles: etree._Element = self.document.styles.element
        return styles

    @property
    def settings(self) -> etree._Element:
        """The <w:settings> element."""
        settings: etree._Element = self.document.settings.element
        return settings

    def part_root(self, kind: str, root_tag: str) -> etree._Element:
        """Return the root element of a part, such as 'numbering'; a missing part is created with a root element `root_tag`."""
        for relationship in self.document.part.rels.values():
            if relationship.reltype == RELATIONSHIP_PREFIX + kind:
                part = relationship.target_part
                if part not in self._roots:
                    self._roots[part] = part.element if hasattr(part, "element") else parse_xml(part.blob, Path(part.partname))
                return self._roots[part]
        new_root = element(root_tag)
        self.add_part(kind, new_root)
        return new_root

    def add_part(self, kind: str, root: etree._Element) -> str:
        """Add a part to the document and return the id of its relationship."""
        from docx.opc.packuri import PackURI
        from docx.opc.part import Part

        path, package = PackURI(f"/word/{kind}.xml"), self.document.part.package
        if kind in _REPEATABLE or path in {part.partname for part in package.iter_parts()}:
            path = package.next_partname(f"/word/{kind}%d.xml")
        part = Part(path, f"{WORD_TYPE_PREFIX}{kind}+xml", b"", package)
        self._roots[part] = root
        relationship_id: str = self.document.part.relate_to(part, RELATIONSHIP_PREFIX + kind)
        return relationship_id

    def add_setting(self, tag: str, *children: etree._Element, **attributes: str) -> None:
        """Add a setting in the order of the schema, unless the file already has this setting."""
        if self.settings.find(qualified_name(tag)) is not None:
            return
        preceding_settings = [
            child for child in self.settings if _POSITIONS.get(str(child.tag), inf) < _POSITIONS[qualified_name(tag)]
        ]
        position = self.settings.index(preceding_settings[-1]) + 1 if preceding_settings else 0
        self.settings.insert(position, element(tag, *children, **attributes))

    def add_numbering(self, abstract_nums: list[etree._Element], nums: list[etree._Element]) -> None:
        """Add numbering definitions and lists; the schema requires all definitions to precede all lists."""
        root = self.part_root("numbering", "numbering")
        first_num = root.find(qualified_name("num"))
        position = len(root) if first_num is None else root.index(first_num)
        root[position:position] = abstract_nums
        root.extend(nums)

    def copy_relationships(self, root: etree._Element) -> None:
        """Copy the relationships of a part's links and pictures from the document to the part."""
        part = next(part for part, part_root in self._roots.items() if part_root is root)
        for node in root.iter(qualified_name("hyperlink"), qualified_name("a:blip")):
            for key in (qualified_name("r:id"), qualified_name("r:embed")):
                if relationship_id := node.get(key):
                    relationship = self.document.part.rels[relationship_id]
                    is_external = relationship.is_external
                    target = relationship.target_ref if is_external else relationship.target_part
                    node.set(key, part.relate_to(target, relationship.reltype, is_external=is_external))

    def add_hyperlink(self, address: str) -> str:
        """Add a relationship to an external address and return its id."""
        relationship_id: str = self.document.part.relate_to(address, RELATIONSHIP_PREFIX + "hyperlink", is_external=True)
        return relationship_id

    def add_image(self, data: bytes) -> str:
        """Add a PNG or JPEG and return the id of its relationship; equal data is stored once.

        python-docx's own function is not used, because it refuses a JPEG that has neither a JFIF nor an Exif segment,
        such as a phone photo whose metadata was removed.
        """
        from docx.opc.packuri import PackURI
        from docx.parts.image import ImagePart

        package = self.document.part.package
        image = next((part for part in package.image_parts if part.blob == data), None)
        if image is None:
            extension, content_type = ("jpg", "image/jpeg") if data.startswith(b"\xff\xd8") else ("png", "image/png")
            used_numbers = {part.partname.idx for part in package.image_parts}
            number = next(number for number in count(1) if number not in used_numbers)
            image = ImagePart(PackURI(f"/word/media/image{number}.{extension}"), content_type, data)
            package.image_parts.append(image)
        relationship_id: str = self.document.part.relate_to(image, RELATIONSHIP_PREFIX + "image")
        return relationship_id

    def add_svg(self, data: bytes) -> str:
        """Add an SVG and return the id of its relationship."""
        from docx.opc.part import Part

        path = self.document.part.package.next_partname("/word/media/drawing%d.svg")
        relationship_id: str = self.document.part.relate_to(Part(path, "image/svg+xml", data), RELATIONSHIP_PREFIX + "image")
        return relationship_id

    def set_core_properties(self, metadata: Metadata, languages: Sequence[Language]) -> None:
        """Set the title, author, dates and other properties that Word and document catalogues show."""
        core = self.document.core_properties
        created = metadata.created.astimezone(UTC).replace(tzinfo=None) if metadata.created.tzinfo else metadata.created
        core.title, core.author, core.subject = metadata.title, metadata.issuer, metadata.subject
        core.keywords, core.identifier = ", ".join(metadata.keywords), metadata.identifier
        core.language, core.last_modified_by = word_tag(languages[0]), metadata.issuer
        core.created = core.modified = created
        core.revision = 1

    def save(self) -> bytes:
        """Return the bytes of the file; equal contents give equal bytes."""
        for part, root in self._roots.items():
            if not hasattr(part, "element"):
                part._blob = etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)
        buffer = io.BytesIO()
        self.document.save(buffer)
        return write_package(unpack_trusted(buffer.getvalue()))


def start_package(document: Any = None) -> DocxPackage:
    """Return a package with an empty body, from a letterhead opened by python-docx or from the parts in base/."""
    if document is None:
        from docx import Document

        document = Document(io.BytesIO(_base_document()))
    _drop_misplaced_core_properties(document.part.package)
    body = document.element.body
    section = _last_section(body)
    for child in list(body):
        body.remove(child)
    return DocxPackage(document, section)


def _last_section(body: etree._Element) -> etree._Element | None:
    """Return the <w:sectPr> of the last section, including headers and footers inherited from earlier sections."""
    sections = [*body.iter(qualified_name("sectPr"))]
    if not sections:
        return None
    last_section = deepcopy(sections[-1])
    tags = (qualified_name("headerReference"), qualified_name("footerReference"))
    present_kinds = {(reference.tag, reference.get(qualified_name("type"))) for reference in last_section.iterchildren(*tags)}
    for section in sections[-2::-1]:
        for reference in section.iterchildren(*tags):
            kind = (reference.tag, reference.get(qualified_name("type")))
            if kind not in present_kinds:
                present_kinds.add(kind)
                last_section.insert(0, deepcopy(reference))
    return last_section


def _drop_misplaced_core_properties(package: Any) -> None:
    """Drop core properties that python-docx does not recognise, since python-docx would write a second part.

    In files from LibreOffice the relationship to the core properties has another type.
    """
    from docx.opc.constants import RELATIONSHIP_TYPE

    for relationship_id, relationship in list(package.rels.items()):
        is_recognised = relationship.reltype == RELATIONSHIP_TYPE.CORE_PROPERTIES
        if relationship.is_external or is_recognised:
            continue
        if str(relationship.target_part.partname) == "/docProps/core.xml":
            del package.rels[relationship_id]


@cache
def _base_document() -> bytes:
    return write_package(dict(sorted(_files_in(files(__package__) / "base", ""))))


def _files_in(folder: Traversable, prefix: str) -> list[tuple[str, bytes]]:
    contents: list[tuple[str, bytes]] = []
    for entry in folder.iterdir():
        path = f"{prefix}{entry.name}"
        contents += _files_in(entry, f"{path}/") if entry.is_dir() else [(path, entry.read_bytes())]
    return contents
