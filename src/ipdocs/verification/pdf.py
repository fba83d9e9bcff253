"""A PDF in, what it says out: text in the order of its structure tree, glyph by glyph through the fonts' own maps."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ipdocs.findings import Finding, Location
from ipdocs.verification.pdf_images import images_in, read_image
from ipdocs.verification.pictures import ReadImage, ReadPicture
from ipdocs.verification.read_document import ReadDocument, ReadParagraph, RunLanguages

_READ_OPERATORS = "BDC BMC EMC Tf Tj TJ ' \" Do f F f* S s B B* b b* sh"
_PAINTING = {"f", "F", "f*", "S", "s", "B", "B*", "b", "b*", "sh"}
_INLINE = {"/Span", "/Link", "/Em", "/Strong", "/Reference", "/Quote", "/Code", "/Sub", "/Annot"}
_LEVEL = re.compile(r"/H([1-6])")
_HEX = re.compile(rb"<([0-9A-Fa-f\s]*)>")
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}


def read_pdf(data: bytes, path: Path) -> ReadDocument:
    """Return what a PDF says; fonts that are not embedded and glyphs without a character are findings."""
    import pikepdf

    try:
        pdf = pikepdf.open(io.BytesIO(data))
    except (pikepdf.PdfError, pikepdf.PasswordError) as error:
        finding = Finding("unreadable-file", f"this is no PDF that can be read: {error}", Location(path))
        return ReadDocument([], findings=[finding])
    with pdf:
        try:
            return _read(pdf, path)
        except (*_DAMAGE, pikepdf.PdfError, pikepdf.OutlineStructureError) as error:
            message = f"this PDF is damaged, so that it cannot be compared: {type(error).__name__}: {error}"
            finding = Finding("unreadable-file", message, Location(path), "build the document again")
            return ReadDocument([], findings=[finding])


_DAMAGE = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
"""What an object of a PDF raises that is not what the file says of it."""


def _read(pdf: Any, path: Path) -> ReadDocument:
    reader = _Reader(path)
    for number, page in enumerate(pdf.pages, 1):
        reader.page(page, number)
    actual = ReadDocument(
        lines=reader.structure(pdf.Root),
        notes=reader.notes,
        alternatives=reader.alternatives,
        pictures=reader.pictures,
        decorations=reader.decorations,
        elsewhere=[*reader.drawn, *_properties(pdf)],
        title=str(pdf.docinfo.get("/Title", "")),
        language=str(pdf.Root.Lang) if "/Lang" in pdf.Root else None,
        pages=len(pdf.pages),
        findings=reader.findings,
    )
    actual.findings += _document(pdf, path)
    return actual


def _properties(pdf: Any) -> list[str]:
    """Return the texts of properties, bookmarks and attachments' names."""
    with pdf.open_outline() as outline:
        todo, titles = list(outline.root), []
        while todo:
            item = todo.pop(0)
            titles.append(str(item.title))
            todo += item.children
    return [*(str(value) for value in pdf.docinfo.values()), *titles, *map(str, pdf.attachments)]


def _document(pdf: Any, path: Path) -> Iterator[Finding]:
    """Yield what a PDF lacks as a whole, and what it must not have."""
    place = Location(path)
    if pdf.is_encrypted:
        yield Finding("restricted-file", "the PDF is encrypted: readers may be kept from copying or printing", place)
    if "/StructTreeRoot" not in pdf.Root or not pdf.Root.get("/MarkInfo", {}).get("/Marked", False):
        yield Finding("untagged", "the PDF has no tags: nothing says what is a heading, and screen readers guess", place)
    names = pdf.Root.get("/Names", {})
    if "/JavaScript" in names or ("/OpenAction" in pdf.Root and "/S" in pdf.Root.OpenAction):
        yield Finding("active-content", "the PDF runs something when it is opened", place)


@dataclass
class _Font:
    """A font of a page: how many bytes a code has, and the characters of each."""

    name: str
    width: int
    characters: dict[int, str] = field(default_factory=dict)


class _Reader:
    """Reads pages into marked pieces of text, and the structure tree into lines of them; words in a picture are no line."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.findings: list[Finding] = []
        self.pieces: dict[tuple[tuple[int, int], int], list[str]] = {}
        self.fonts: dict[tuple[int, int], _Font] = {}
        self.notes: list[str] = []
        self.alternatives: list[str] = []
        self.images: dict[tuple[tuple[int, int], int], list[ReadImage]] = {}
        self.painted: set[tuple[tuple[int, int], int]] = set()
        self.pictures: list[ReadPicture] = []
        self.decorations: list[ReadPicture] = []
        self.drawn: list[str] = []
        self.lines: list[ReadParagraph] = []
        self.words: list[str] = []

    def page(self, page: Any, number: int) -> None:
        """Read the text of a page by its marks."""
        import pikepdf

        fonts = {str(name): self.font(font) for name, font in page.resources.get("/Font", {}).items()}
        marks: list[int | None] = []
        font: _Font | None = None
        for instruction in pikepdf.parse_content_stream(page, _READ_OPERATORS):
            operands = instruction.operands
            match str(instruction.operator):
                case "BMC":
                    marks.append(marks[-1] if marks else None)
                case "BDC":
                    marks.append(_mark(operands[1], page) if str(operands[0]) != "/Artifact" else None)
                case "EMC":
                    marks.pop()
                case "Tf":
                    font = fonts.get(str(operands[0]))
                case "Do":
                    self.draw(page, str(operands[0]), marks[-1] if marks else None)
                case painting if painting in _PAINTING:
                    if marks and marks[-1] is not None:
                        self.painted.add((page.obj.objgen, marks[-1]))
                case _ if font and marks and (mark := marks[-1]) is not None:
                    text = self.decoded(operands[-1], font, number)
                    self.pieces.setdefault((page.obj.objgen, mark), []).append(text)

    def draw(self, page: Any, name: str, mark: int | None) -> None:
        """Take an image or a group of lines that a page draws; within a mark it belongs to a figure."""
        drawn = page.resources.get("/XObject", {}).get(name)
        if drawn is None:
            return
        if str(drawn.get("/Subtype")) != "/Image":
            if mark is not None:
                self.painted.add((page.obj.objgen, mark))
                self.images.setdefault((page.obj.objgen, mark), []).extend(images_in(drawn))
        elif mark is not None:
            self.images.setdefault((page.obj.objgen, mark), []).append(read_image(drawn))
        else:
            self.decorations.append(ReadPicture((read_image(drawn),)))

    def figure(self, element: Any, page: Any) -> ReadPicture:
        """Return what a figure draws."""
        images: list[ReadImage] = []
        has_lines = False
        for key in _marks_below(element, page):
            images += self.images.get(key, [])
            has_lines = has_lines or key in self.painted or bool("".join(self.pieces.get(key, [])).strip())
        return ReadPicture(tuple(images), None, has_lines)

    def font(self, font: Any) -> _Font:
        """Return a font's map to characters; one that is not in the file is a finding."""
        if font.objgen in self.fonts:
            return self.fonts[font.objgen]
        composite = "/DescendantFonts" in font
        own = font.DescendantFonts[0] if composite else font
        name = str(font.get("/BaseFont", "/unnamed"))[1:]
        files = own.get("/FontDescriptor", {})
        if str(font.get("/Subtype")) != "/Type3" and not any(key in files for key in ("/FontFile", "/FontFile2", "/FontFile3")):
            self.findings.append(Finding("font-not-embedded", f"the font {name} is not in the file", Location(self.path)))
        characters = _characters(font.ToUnicode.read_bytes()) if "/ToUnicode" in font else {}
        made = self.fonts[font.objgen] = _Font(name, 2 if composite else 1, characters)
        return made

    def decoded(self, operand: Any, font: _Font, page: int) -> str:
        """Return the characters of a string, or of those among numbers; a glyph without one is a finding."""
        import pikepdf

        strings = operand if isinstance(operand, pikepdf.Array) else [operand]
        text: list[str] = []
        for string in strings:
            if not isinstance(string, pikepdf.String):
                continue
            codes = bytes(string)
            for start in range(0, len(codes), font.width):
                code = int.from_bytes(codes[start : start + font.width], "big")
                character = font.characters.get(code)
                if character is None:
                    message = (
                        f"glyph {code} of {font.name} on page {page} stands for no character: it cannot be searched or read out"
                    )
                    self.findings.append(Finding("unmapped-glyph", message, Location(self.path)))
                text.append(character if character is not None else "\ufffd")
        return "".join(text)

    def structure(self, root: Any) -> list[ReadParagraph]:
        """Return the lines of the structure tree in its order."""
        if "/StructTreeRoot" in root:
            self.element(root.StructTreeRoot, str(root.get("/Lang", "")), None, 0)
            self.end("", 0)
        return self.lines

    def element(self, element: Any, language: str, page: Any, level: int) -> None:
        """Take what an element of the structure holds; inline ones go on with the line, others begin another."""
        kind = str(element.get("/S", ""))
        if kind == "/Part" and _is_foreign(element):
            return
        language, page = str(element.get("/Lang", language)), element.get("/Pg", page)
        if "/Alt" in element:
            self.alternatives.append(str(element.Alt))
        if kind == "/Reference" or (kind == "/Lbl" and not _is_term(element)):
            return
        if kind == "/Figure" and "/Alt" in element:
            self.drawn.append("".join(piece for child in _children(element) for piece in self.below(child, page)))
            self.pictures.append(self.figure(element, page))
            return
        if kind in ("/Note", "/FENote"):
            self.note(element, language, page)
            return
        found = _LEVEL.fullmatch(kind)
        level = int(found[1]) if found else level
        block = kind not in _INLINE
        if block:
            self.end(language, level)
        for child in _children(element):
            self.child(child, language, page, level)
        if block:
            self.end(language, level)

    def below(self, child: Any, page: Any) -> list[str]:
        """Return the text of a child of an element."""
        if isinstance(child, int):
            return self.pieces.get((page.objgen, child), []) if page is not None else []
        if "/MCID" in child:
            return self.pieces.get((child.get("/Pg", page).objgen, int(child.MCID)), [])
        return [piece for inner in _children(child) for piece in self.below(inner, child.get("/Pg", page))]

    def child(self, child: Any, language: str, page: Any, level: int) -> None:
        """Take a child of an element: another element, or a mark on a page."""
        if isinstance(child, int) or "/MCID" in child:
            self.words += self.below(child, page)
        elif str(child.get("/Type", "")) not in ("/OBJR", "/MCR"):
            self.element(child, language, page, level)

    def note(self, element: Any, language: str, page: Any) -> None:
        """Take a footnote aside: it stands elsewhere on the page than where it is called."""
        lines, words, pictures = self.lines, self.words, len(self.pictures)
        self.lines, self.words = [], []
        for child in _children(element):
            self.child(child, language, page, 0)
        self.end(language, 0)
        self.notes.append("".join(line.words for line in self.lines))
        del self.pictures[pictures:]
        self.lines, self.words = lines, words

    def end(self, language: str, level: int) -> None:
        """Make a line of the words so far."""
        words = "".join(self.words)
        self.words.clear()
        if words.strip():
            for ligature, letters in _LIGATURES.items():
                words = words.replace(ligature, letters)
            self.lines.append(ReadParagraph(words, (RunLanguages(language, language),), level))


def _is_foreign(part: Any) -> bool:
    """Whether a part holds what an annex itself says: content of pages that are laid on ours as pictures of themselves."""
    import pikepdf

    todo = _children(part)
    while todo:
        child = todo.pop()
        if isinstance(child, int) or ("/MCID" in child and "/Stm" not in child):
            return False
        if isinstance(child, pikepdf.Dictionary) and "/S" in child:
            todo += _children(child)
    return True


def _is_term(label: Any) -> bool:
    """Whether a label is words of the text, a term with its definition, and no bullet, number or letter of a list."""
    return str(label.P.P.get("/A", {}).get("/ListNumbering", "")) == "/None"


def _marks_below(element: Any, page: Any) -> Iterator[tuple[tuple[int, int], int]]:
    """Yield the marks on pages that an element of the structure holds, as keys of what is drawn in them."""
    for child in _children(element):
        if isinstance(child, int):
            if page is not None:
                yield page.objgen, child
        elif "/MCID" in child:
            yield child.get("/Pg", page).objgen, int(child.MCID)
        elif "/S" in child:
            yield from _marks_below(child, child.get("/Pg", page))


def _children(element: Any) -> list[Any]:
    import pikepdf

    children = element.get("/K", [])
    return list(children) if isinstance(children, pikepdf.Array) else [children]


def _mark(properties: Any, page: Any) -> int | None:
    """Return the number of marked content, whose properties may stand among the page's resources."""
    import pikepdf

    if isinstance(properties, pikepdf.Name):
        properties = page.resources.get("/Properties", {}).get(str(properties), {})
    return int(properties.MCID) if "/MCID" in properties else None


def _characters(cmap: bytes) -> dict[int, str]:
    """Return the characters that a ToUnicode map gives each code."""
    found: dict[int, str] = {}
    for section in re.findall(rb"beginbfchar(.*?)endbfchar", cmap, re.DOTALL):
        codes = [bytes.fromhex(code.decode()) for code in _HEX.findall(section)]
        for code, characters in zip(codes[::2], codes[1::2], strict=False):
            found[int.from_bytes(code, "big")] = characters.decode("utf-16-be", "replace")
    for section in re.findall(rb"beginbfrange(.*?)endbfrange", cmap, re.DOTALL):
        for line in re.findall(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*(<[0-9A-Fa-f\s]+>|\[[^\]]*\])", section):
            first, last = int(line[0], 16), int(line[1], 16)
            targets = [bytes.fromhex(code.decode()) for code in _HEX.findall(line[2])]
            for offset in range(last - first + 1):
                if line[2].startswith(b"["):
                    found[first + offset] = targets[offset].decode("utf-16-be", "replace")
                else:
                    start = targets[0].decode("utf-16-be", "replace")
                    found[first + offset] = start[:-1] + chr(ord(start[-1]) + offset)
    return found
