"""The content parts of a Word file, and the walk that enters each of their pieces into the ledger.

The walk knows nothing of what the reader understands: every text node of every content part is entered, whatever element it
stands in.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ipdocs.files.ledger import Ledger, LeftOutReason, PieceKind
from ipdocs.files.ooxml.names import MAIN_PART, NAMESPACES, local_name, qualified_name
from ipdocs.files.ooxml.relationships import Relationship, read_relationships, relationships_part
from ipdocs.files.xml import is_xml
from ipdocs.importing.readers.word.symbols import character_text, symbol_text
from ipdocs.source.characters import replace_forbidden

if TYPE_CHECKING:
    from lxml.etree import _Element

    from ipdocs.files.ooxml.package import Package

_NAMES_OF_KINDS = """styles stylesWithEffects settings webSettings fontTable font theme themeOverride numbering image hyperlink
    customXml customXmlProps core-properties extended-properties custom-properties thumbnail people commentsExtended commentsIds
    commentsExtensible attachedTemplate printerSettings keyMapCustomizations chartStyle chartColorStyle diagramLayout
    diagramQuickStyle diagramColors package docMetadata classificationlabels"""
_KINDS_WITHOUT_CONTENT = frozenset(_NAMES_OF_KINDS.split())
"""The kinds of relationships to parts that no reader of the document sees: formats, settings, properties and pictures."""

_MEASUREMENTS = frozenset(("posOffset", "align", "pctWidth", "pctHeight", "pctPosHOffset", "pctPosVOffset", "fldData", "binData"))
"""Elements whose text is the position or size of a drawing, or data of a form field, in Base64."""

_FIELD_CODES = frozenset(map(qualified_name, ("instrText", "delInstrText")))
PARAGRAPH = qualified_name("p")
DIAGRAMS = tuple(map(qualified_name, ("c:chart", "cx:chart", "dgm:relIds")))
"""The elements that refer to the parts of a chart or diagram."""

TEXTS = frozenset(map(qualified_name, ("t", "a:t", "m:t")))
"""The elements whose text is shown."""

_PROPERTY_ENDINGS = ("Pr", "PrEx", "PrChange", "Grid", "GridChange")
"""How the names of elements with properties end."""

_SPACES = frozenset(map(qualified_name, ("p", "tab", "ptab", "br", "cr")))
"""The elements that stand between words."""

_TEXT_BOX = qualified_name("txbxContent")
CELL_NAME = "table cell"


@dataclass(slots=True)
class ContentPart:
    """A part of a Word file that has content.

    Attributes:
        name: the name of the part.
        kind: the kind of relationship that leads to the part, such as "footnotes".
        root: the root element.
        relationships: the relationships of the part, keyed by id.
        keys: each element with content, and the keys of its pieces in the ledger.
        lines: the number of each paragraph.
    """

    name: str
    kind: str
    root: _Element
    relationships: dict[str, Relationship]
    keys: list[tuple[_Element, Hashable]] = field(default_factory=list)
    lines: dict[_Element, int] = field(default_factory=dict)


def content_parts(package: Package) -> list[ContentPart]:
    """Return the parts of a Word file that have content: the main part first, then those to which its relationships lead."""
    names = {name.lower(): name for name in package.parts}
    parts: list[ContentPart] = []
    pending = [(names.get(MAIN_PART, MAIN_PART), "officeDocument")]
    seen = {pending[0][0]}
    while pending:
        name, kind = pending.pop(0)
        root = package.root(name)
        if root is None:
            continue
        relationships_root = package.root(relationships_part(name))
        relationships = (
            list(read_relationships(relationships_part(name), relationships_root)) if relationships_root is not None else []
        )
        parts.append(ContentPart(name, kind, root, {relationship.id: relationship for relationship in relationships}))
        for relationship in relationships:
            target = names.get(relationship.part or "", "")
            if not target or target in seen or relationship.kind in _KINDS_WITHOUT_CONTENT or not is_xml(package.parts[target]):
                continue
            seen.add(target)
            # All parts of the glossary document are hidden, like the glossary document itself.
            pending.append((target, kind if kind == "glossaryDocument" else relationship.kind))
    return parts


def enter_pieces(parts: list[ContentPart], ledger: Ledger) -> None:
    """Enter each piece of the content parts into the ledger.

    Pieces of notes and comments get the number of the paragraph in the main part that refers to the note or comment.
    """
    anchors: dict[tuple[str, str], int] = {}
    for part in parts:
        is_main = part.kind == "officeDocument"
        line, group, has_space = 0, part.name, False
        for element in part.root.iter():
            tag = element.tag
            if not isinstance(tag, str):
                _enter(part, ledger, (element, "tail"), "text", element.tail, line, group)
                continue
            has_space = has_space or tag in _SPACES
            if tag == PARAGRAPH:
                if is_main and next(element.iterancestors(_TEXT_BOX), None) is None:
                    line += 1
                part.lines[element] = line
            elif tag in _NOTES:
                identifier = element.get(qualified_name("id"), "")
                group = f"{part.name}#{identifier}"
                line = anchors.get((_NOTES[tag], identifier), 0)
            elif tag in _REFERENCES and is_main:
                anchors.setdefault((_REFERENCES[tag], element.get(qualified_name("id"), "")), line)
            text = element.text
            if text and not text.isspace() and local_name(element) not in _MEASUREMENTS:
                kind: PieceKind = "field" if tag in _FIELD_CODES else "text"
                entered = character_text(element, text)
                if has_space and kind == "text":
                    entered, has_space = f" {entered}", False
                _enter(part, ledger, (element, "text"), kind, entered, line, group)
            if tag in _OTHER_PIECES:
                for key, kind, name in _OTHER_PIECES[tag](element):
                    _enter(part, ledger, key, kind, name, line, group)
            _enter(part, ledger, (element, "tail"), "text", element.tail, line, group)


def _enter(
    part: ContentPart, ledger: Ledger, key: tuple[_Element, str], kind: PieceKind, text: str | None, line: int, group: str
) -> None:
    if text is None or (kind == "text" and text.isspace()):
        return
    ledger.enter(key, kind, replace_forbidden(text), line, group)
    part.keys.append((key[0], key))


_NOTES = {qualified_name(name): name for name in ("footnote", "endnote", "comment")}
_REFERENCES = {qualified_name(f"{name}Reference"): name for name in ("footnote", "endnote", "comment")}

_Pieces = Iterator[tuple[tuple["_Element", str], PieceKind, str]]


def _symbol(element: _Element) -> _Pieces:
    yield (element, "symbol"), "text", symbol_text(element) or "symbol"


def _note(element: _Element) -> _Pieces:
    yield (element, "note"), "note", f"note {element.get(qualified_name('id'), '')}"


def _simple_field(element: _Element) -> _Pieces:
    yield (element, "instr"), "field", element.get(qualified_name("instr"), "")


def _form_field(element: _Element) -> _Pieces:
    if text := form_field_text(element):
        yield (element, "text"), "text", text


def _picture(element: _Element) -> _Pieces:
    yield (element, "picture"), "picture", "picture"


def _filling_picture(element: _Element) -> _Pieces:
    if element.get(qualified_name("r:id")) or element.get(qualified_name("o:relid")):
        yield (element, "picture"), "picture", "picture"


def _chart(element: _Element) -> _Pieces:
    if any(name.startswith(f"{{{NAMESPACES['r']}}}") for name in map(str, element.attrib)):
        yield (element, "picture"), "picture", "chart" if local_name(element) == "chart" else "diagram"


def _cell(element: _Element) -> _Pieces:
    yield (element, "cell"), "cell", CELL_NAME


def _word_art(element: _Element) -> _Pieces:
    if text := element.get("string", "").strip():
        yield (element, "string"), "text", text


def form_field_text(element: _Element) -> str:
    """Return the text that a check box or a list of choices of a form shows; it stands in attributes only."""
    value = qualified_name("val")
    if local_name(element) == "checkBox":
        states = {local_name(child): child.get(value, "1") for child in element}
        state = states.get("checked", states.get("default", "0"))
        return "☐" if state in ("0", "false", "off") else "☒"
    entries = [child.get(value, "") for child in element if local_name(child) == "listEntry"]
    numbers = {local_name(child): child.get(value, "") for child in element}
    number = numbers.get("result") or numbers.get("default") or "0"
    return entries[int(number)] if number.isdecimal() and number.isascii() and int(number[:4]) < len(entries) else ""


_OTHER_PIECES: Mapping[str, Callable[[_Element], _Pieces]] = {
    qualified_name(name): pieces
    for name, pieces in {
        "w:sym": _symbol,
        "w:footnoteReference": _note,
        "w:endnoteReference": _note,
        "w:fldSimple": _simple_field,
        "w:checkBox": _form_field,
        "w:ddList": _form_field,
        "a:blip": _picture,
        "v:imagedata": _picture,
        "v:fill": _filling_picture,
        "w:contentPart": _picture,
        "v:textpath": _word_art,
        "w:tc": _cell,
    }.items()
} | dict.fromkeys(DIAGRAMS, _chart)
"""The pieces that are not text nodes, by element."""


def leave_out_removed(part: ContentPart, ledger: Ledger, reason: LeftOutReason, detail: str = "") -> None:
    """Leave out each piece whose element is no longer in the tree of its part.

    The entries of a table of contents stand for the codes of its fields.

    Args:
        part: the part.
        ledger: the ledger of the file.
        reason: the reason.
        detail: what the reason refers to, such as "table of contents".
    """
    remaining = set(part.root.iter())
    for element, key in part.keys:
        if element in remaining:
            continue
        if reason == LeftOutReason.NAVIGATION and ledger.pieces[key].kind == "field":
            ledger.take(key)
        ledger.leave_out(key, reason, detail)


def leave_out_unshown(part: ContentPart, ledger: Ledger) -> None:
    """Leave out what no program shows and no reader has read: text between elements, and pieces among properties."""
    for element, key in part.keys:
        if ledger.is_accounted(key):
            continue
        if ledger.pieces[key].kind == "field":
            ledger.leave_out(key, LeftOutReason.FIELD_CODE)
        elif (
            key == (element, "tail")
            or (key == (element, "text") and element.tag not in TEXTS)
            or any(local_name(parent).endswith(_PROPERTY_ENDINGS) for parent in (element, *element.iterancestors()))
        ):
            ledger.leave_out(key, LeftOutReason.NOT_SHOWN)


def leave_out_all(part: ContentPart, ledger: Ledger, reason: LeftOutReason) -> None:
    """Leave out each piece of a part; the result of a field stands for its code."""
    for code in _codes_with_result(part.root):
        ledger.take((code, "text"))
    for _, key in part.keys:
        ledger.leave_out(key, reason)


def _codes_with_result(root: _Element) -> Iterator[_Element]:
    """Yield the elements with the codes of the complex fields that have a result."""
    open_codes: list[list[_Element]] = []
    for element in root.iter(qualified_name("fldChar"), *_FIELD_CODES):
        kind = element.get(qualified_name("fldCharType"), "")
        if element.tag in _FIELD_CODES:
            for codes in open_codes[-1:]:
                codes.append(element)
        elif kind == "begin":
            open_codes.append([])
        elif open_codes and kind == "separate":
            yield from open_codes[-1]
        elif open_codes:
            open_codes.pop()
