"""Read PDFs for verification: text in the order of the structure tree, decoded with the fonts' ToUnicode maps."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ipdocs.findings import Finding, Location
from ipdocs.verification.hints import REBUILD
from ipdocs.verification.pdf_characters import read_to_unicode
from ipdocs.verification.pdf_images import images_in, read_image
from ipdocs.verification.pictures import FoundImage, FoundPicture
from ipdocs.verification.read_document import ReadDocument, ReadParagraph, RunLanguages

_READ_OPERATORS = "BDC BMC EMC Tf Tj TJ ' \" Do f F f* S s B B* b b* sh"
_PAINTING_OPERATORS = {"f", "F", "f*", "S", "s", "B", "B*", "b", "b*", "sh"}
_INLINE_TAGS = {"/Span", "/Link", "/Em", "/Strong", "/Reference", "/Quote", "/Code", "/Sub", "/Annot"}
_HEADING_TAG = re.compile(r"/H([1-6])")
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}


def read_pdf(data: bytes, path: Path) -> ReadDocument:
    """Return the content of a PDF.

    The findings report fonts that are not embedded, glyphs without a character, and damage that prevents reading.
    """
    import pikepdf

    try:
        pdf = pikepdf.open(io.BytesIO(data))
    except (pikepdf.PdfError, pikepdf.PasswordError, *_DAMAGE_ERRORS):
        message = "this PDF cannot be read: it is damaged, or needs a password"
        finding = Finding("unreadable-file", message, Location(path), REBUILD)
        return ReadDocument([], findings=[finding])
    with pdf:
        try:
            return _read(pdf, path)
        except (*_DAMAGE_ERRORS, pikepdf.PdfError, pikepdf.OutlineStructureError) as error:
            message = f"this PDF is damaged and cannot be compared: {type(error).__name__}: {error}"
            finding = Finding("unreadable-file", message, Location(path), REBUILD)
            return ReadDocument([], findings=[finding])


_DAMAGE_ERRORS = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
"""Errors that occur if an object of a PDF does not have the type that the format requires."""


def _read(pdf: Any, path: Path) -> ReadDocument:
    reader = _PdfReader(path)
    for number, page in enumerate(pdf.pages, 1):
        reader.read_page(page, number)
    actual = ReadDocument(
        lines=reader.read_structure(pdf.Root),
        notes=reader.notes,
        alternatives=reader.alternatives,
        pictures=reader.pictures,
        decorations=reader.decorations,
        elsewhere=[*reader.picture_texts, *_properties(pdf)],
        title=str(pdf.docinfo.get("/Title", "")),
        language=str(pdf.Root.Lang) if "/Lang" in pdf.Root else None,
        page_count=len(pdf.pages),
        findings=reader.findings,
    )
    actual.findings += _document_findings(pdf, path)
    return actual


def _properties(pdf: Any) -> list[str]:
    """Return the property texts, the bookmark titles and the names of attachments."""
    with pdf.open_outline() as outline:
        queue, titles = list(outline.root), []
        while queue:
            item = queue.pop(0)
            titles.append(str(item.title))
            queue += item.children
    return [*(str(value) for value in pdf.docinfo.values()), *titles, *map(str, pdf.attachments)]


def _document_findings(pdf: Any, path: Path) -> Iterator[Finding]:
    """Yield findings about the whole PDF: encryption, missing tags, active content."""
    location = Location(path)
    if pdf.is_encrypted:
        yield Finding("restricted-file", "the PDF is encrypted, which may prevent copying or printing", location, REBUILD)
    if "/StructTreeRoot" not in pdf.Root or not pdf.Root.get("/MarkInfo", {}).get("/Marked", False):
        yield Finding("untagged", "the PDF has no tags, so screen readers have to guess its structure", location, REBUILD)
    names = pdf.Root.get("/Names", {})
    if "/JavaScript" in names or ("/OpenAction" in pdf.Root and "/S" in pdf.Root.OpenAction):
        yield Finding("active-content", "the PDF runs something when it is opened", location, REBUILD)


@dataclass
class _Font:
    """A font of a page.

    Attributes:
        name: the name of the font.
        code_length: the number of bytes in a code.
        characters: the characters, keyed by code.
    """

    name: str
    code_length: int
    characters: dict[int, str] = field(default_factory=dict)


class _PdfReader:
    """Reads the marked-content sequences of pages, and collects lines in the order of the structure tree.

    A marked-content sequence is keyed by the object id of the page and the MCID. Text in pictures is not part of any line.

    Attributes:
        pieces: the pieces of text in each sequence.
        images: the images in each sequence.
        painted: the sequences with lines, areas or forms.
        picture_texts: the texts in pictures.
        line_pieces: the pieces of text in the current line.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.findings: list[Finding] = []
        self.pieces: dict[tuple[tuple[int, int], int], list[str]] = {}
        self.fonts: dict[tuple[int, int], _Font] = {}
        self.notes: list[str] = []
        self.alternatives: list[str] = []
        self.images: dict[tuple[tuple[int, int], int], list[FoundImage]] = {}
        self.painted: set[tuple[tuple[int, int], int]] = set()
        self.pictures: list[FoundPicture] = []
        self.decorations: list[FoundPicture] = []
        self.picture_texts: list[str] = []
        self.lines: list[ReadParagraph] = []
        self.line_pieces: list[str] = []

    def read_page(self, page: Any, number: int) -> None:
        """Read the marked content of a page."""
        import pikepdf

        fonts = {str(name): self.read_font(font) for name, font in page.resources.get("/Font", {}).items()}
        mcids: list[int | None] = []
        font: _Font | None = None
        for instruction in pikepdf.parse_content_stream(page, _READ_OPERATORS):
            operands = instruction.operands
            match str(instruction.operator):
                case "BMC":
                    mcids.append(mcids[-1] if mcids else None)
                case "BDC":
                    mcids.append(_mcid(operands[1], page) if str(operands[0]) != "/Artifact" else None)
                case "EMC":
                    mcids.pop()
                case "Tf":
                    font = fonts.get(str(operands[0]))
                case "Do":
                    self.read_xobject(page, str(operands[0]), mcids[-1] if mcids else None)
                case painting if painting in _PAINTING_OPERATORS:
                    if mcids and mcids[-1] is not None:
                        self.painted.add((page.obj.objgen, mcids[-1]))
                case _ if font and mcids and (mcid := mcids[-1]) is not None:
                    text = self.decode(operands[-1], font, number)
                    self.pieces.setdefault((page.obj.objgen, mcid), []).append(text)

    def read_xobject(self, page: Any, name: str, mcid: int | None) -> None:
        """Read an image or form on a page; an image outside marked content is a decoration."""
        xobject = page.resources.get("/XObject", {}).get(name)
        if xobject is None:
            return
        if str(xobject.get("/Subtype")) != "/Image":
            if mcid is not None:
                self.painted.add((page.obj.objgen, mcid))
                self.images.setdefault((page.obj.objgen, mcid), []).extend(images_in(xobject))
        elif mcid is not None:
            self.images.setdefault((page.obj.objgen, mcid), []).append(read_image(xobject))
        else:
            self.decorations.append(FoundPicture((read_image(xobject),)))

    def read_figure(self, element: Any, page: Any) -> FoundPicture:
        """Return the picture in a Figure element."""
        images: list[FoundImage] = []
        has_vector_content = False
        for key in _content_keys_below(element, page):
            images += self.images.get(key, [])
            has_vector_content = has_vector_content or key in self.painted or bool("".join(self.pieces.get(key, [])).strip())
        return FoundPicture(tuple(images), None, has_vector_content)

    def read_font(self, font: Any) -> _Font:
        """Return a font with its characters, and report a font that is not embedded."""
        if font.objgen in self.fonts:
            return self.fonts[font.objgen]
        is_composite = "/DescendantFonts" in font
        simple_font = font.DescendantFonts[0] if is_composite else font
        name = str(font.get("/BaseFont", "/unnamed"))[1:]
        descriptor = simple_font.get("/FontDescriptor", {})
        has_file = any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3"))
        if str(font.get("/Subtype")) != "/Type3" and not has_file:
            message = f"the font {name} is not embedded"
            self.findings.append(Finding("font-not-embedded", message, Location(self.path), REBUILD))
        characters = read_to_unicode(font.ToUnicode.read_bytes()) if "/ToUnicode" in font else {}
        self.fonts[font.objgen] = _Font(name, 2 if is_composite else 1, characters)
        return self.fonts[font.objgen]

    def decode(self, operand: Any, font: _Font, page: int) -> str:
        """Return the characters of a string, or of the strings in an array, and report glyphs without a character."""
        import pikepdf

        strings = operand if isinstance(operand, pikepdf.Array) else [operand]
        text: list[str] = []
        for string in strings:
            if not isinstance(string, pikepdf.String):
                continue
            codes = bytes(string)
            for start in range(0, len(codes), font.code_length):
                code = int.from_bytes(codes[start : start + font.code_length], "big")
                character = font.characters.get(code)
                if character is None:
                    message = f"glyph {code} of {font.name} on page {page} has no character, so it cannot be searched or read out"
                    self.findings.append(Finding("unmapped-glyph", message, Location(self.path), REBUILD))
                text.append(character if character is not None else "\ufffd")
        return "".join(text)

    def read_structure(self, root: Any) -> list[ReadParagraph]:
        """Read the structure tree, and return its lines in order."""
        if "/StructTreeRoot" in root:
            self.read_element(root.StructTreeRoot, str(root.get("/Lang", "")), None, 0)
            self.end_line("", 0)
        return self.lines

    def read_element(self, element: Any, language: str, page: Any, level: int) -> None:
        """Read a structure element; an inline element continues the current line, any other element begins a new line."""
        kind = str(element.get("/S", ""))
        if kind == "/Part" and _is_annex_part(element):
            return
        language, page = str(element.get("/Lang", language)), element.get("/Pg", page)
        if "/Alt" in element:
            self.alternatives.append(str(element.Alt))
        if kind == "/Reference" or (kind == "/Lbl" and not _is_term(element)):
            return
        if kind == "/Figure" and "/Alt" in element:
            self.picture_texts.append("".join(piece for child in _children(element) for piece in self.pieces_below(child, page)))
            self.pictures.append(self.read_figure(element, page))
            return
        if kind in ("/Note", "/FENote"):
            self.read_note(element, language, page)
            return
        heading = _HEADING_TAG.fullmatch(kind)
        level = int(heading[1]) if heading else level
        is_block = kind not in _INLINE_TAGS
        if is_block:
            self.end_line(language, level)
        for child in _children(element):
            self.read_child(child, language, page, level)
        if is_block:
            self.end_line(language, level)

    def pieces_below(self, child: Any, page: Any) -> list[str]:
        """Return the pieces of text under a child of an element."""
        if isinstance(child, int):
            return self.pieces.get((page.objgen, child), []) if page is not None else []
        if "/MCID" in child:
            return self.pieces.get((child.get("/Pg", page).objgen, int(child.MCID)), [])
        return [piece for inner in _children(child) for piece in self.pieces_below(inner, child.get("/Pg", page))]

    def read_child(self, child: Any, language: str, page: Any, level: int) -> None:
        """Read a child of an element: another element, or marked content."""
        if isinstance(child, int) or "/MCID" in child:
            self.line_pieces += self.pieces_below(child, page)
        elif str(child.get("/Type", "")) not in ("/OBJR", "/MCR"):
            self.read_element(child, language, page, level)

    def read_note(self, element: Any, language: str, page: Any) -> None:
        """Read a footnote, which is not part of the line that refers to it."""
        outer_lines, outer_pieces, picture_count = self.lines, self.line_pieces, len(self.pictures)
        self.lines, self.line_pieces = [], []
        for child in _children(element):
            self.read_child(child, language, page, 0)
        self.end_line(language, 0)
        self.notes.append("".join(line.text for line in self.lines))
        del self.pictures[picture_count:]
        self.lines, self.line_pieces = outer_lines, outer_pieces

    def end_line(self, language: str, level: int) -> None:
        """End the current line."""
        text = "".join(self.line_pieces)
        self.line_pieces.clear()
        if text.strip():
            for ligature, letters in _LIGATURES.items():
                text = text.replace(ligature, letters)
            self.lines.append(ReadParagraph(text, (RunLanguages(language, language),), level))


def _is_annex_part(part: Any) -> bool:
    """Whether a Part element has only content from annexes, whose pages are drawn as forms."""
    import pikepdf

    stack = _children(part)
    while stack:
        child = stack.pop()
        if isinstance(child, int) or ("/MCID" in child and "/Stm" not in child):
            return False
        if isinstance(child, pikepdf.Dictionary) and "/S" in child:
            stack += _children(child)
    return True


def _is_term(label: Any) -> bool:
    """Whether a label is a term with a definition. A term is part of the text; a list marker is not."""
    return str(label.P.P.get("/A", {}).get("/ListNumbering", "")) == "/None"


def _content_keys_below(element: Any, page: Any) -> Iterator[tuple[tuple[int, int], int]]:
    """Yield the keys of the marked content under an element."""
    for child in _children(element):
        if isinstance(child, int):
            if page is not None:
                yield page.objgen, child
        elif "/MCID" in child:
            yield child.get("/Pg", page).objgen, int(child.MCID)
        elif "/S" in child:
            yield from _content_keys_below(child, child.get("/Pg", page))


def _children(element: Any) -> list[Any]:
    import pikepdf

    children = element.get("/K", [])
    return list(children) if isinstance(children, pikepdf.Array) else [children]


def _mcid(properties: Any, page: Any) -> int | None:
    """Return the MCID of marked content, or None if it has no MCID.

    Instead of properties, marked content may have a name for properties in the page's resources.
    """
    import pikepdf

    if isinstance(properties, pikepdf.Name):
        properties = page.resources.get("/Properties", {}).get(str(properties), {})
    return int(properties.MCID) if "/MCID" in properties else None
