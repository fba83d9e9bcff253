"""The content of a paragraph of a Word file: runs, links, fields, formulas, pictures and references to notes.

Elements without a reader of their own are walked through, so content is found whatever stands around it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from ipdocs.files.ledger import LeftOut, LeftOutReason, missing_text
from ipdocs.files.ooxml.names import local_name, qualified_name
from ipdocs.importing.formatting import link_codes
from ipdocs.importing.readers.word.alternatives import choose_alternative
from ipdocs.importing.readers.word.fields import OpenField, computed_text, link_address
from ipdocs.importing.readers.word.formats import BlockFormat, FormattedPart, InlineFormat
from ipdocs.importing.readers.word.inline_content import InlineContent
from ipdocs.importing.readers.word.math import math_text
from ipdocs.importing.readers.word.pictures import read_picture
from ipdocs.importing.readers.word.pieces import DIAGRAMS, form_field_text
from ipdocs.importing.readers.word.symbols import character_text, symbol_text
from ipdocs.importing.readers.word.word_file import WordFile
from ipdocs.source.segment import LINE_BREAK, Code

if TYPE_CHECKING:
    from lxml.etree import _Element


def read_inline(element: _Element, file: WordFile, block: BlockFormat) -> InlineContent:
    """Read the content of a paragraph."""
    content = InlineContent(file, block)
    _read_children(element, content, InlineFormat())
    return content


def read_loose(element: _Element, file: WordFile) -> InlineContent:
    """Read an element that stands outside of paragraphs, such as a formula."""
    content = InlineContent(file)
    _read_element(element, content, InlineFormat())
    return content


def read_own_text(element: _Element, file: WordFile) -> InlineContent:
    """Read the text of an element, without the elements in it."""
    content = InlineContent(file)
    _add_own_text(element, content, InlineFormat())
    return content


def _add_own_text(element: _Element, content: InlineContent, run_format: InlineFormat) -> None:
    text = element.text
    if text and not text.isspace() and (element, "text") in content.file.ledger.pieces:
        content.add((element, "text"), character_text(element, text), run_format)


def read_word_art(element: _Element, file: WordFile) -> InlineContent:
    """Read the text of a drawing that is shown as a shape."""
    content = InlineContent(file)
    content.add((element, "string"), element.get("string", ""), InlineFormat())
    _read_children(element, content, InlineFormat())
    return content


def _read_children(element: _Element, content: InlineContent, run_format: InlineFormat) -> None:
    for child in element:
        _read_element(child, content, run_format)


def _read_element(element: _Element, content: InlineContent, run_format: InlineFormat) -> None:
    tag = element.tag
    if not isinstance(tag, str) or tag in _PROPERTIES:
        return
    if reader := _READERS.get(tag):
        reader(element, content, run_format)
        return
    if leaf_reader := _LEAF_READERS.get(tag):
        leaf_reader(element, content, run_format)
        if len(element):
            _read_children(element, content, run_format)
        return
    content.file.ledger.take((element, "cell"))
    _add_own_text(element, content, run_format)
    if len(element):
        _read_children(element, content, run_format)


def _read_run(element: _Element, content: InlineContent, run_format: InlineFormat) -> None:
    _read_children(element, content, content.file.formats.inline(element, content.block, run_format))


def _read_text(element: _Element, content: InlineContent, run_format: InlineFormat) -> None:
    if text := element.text:
        content.add((element, "text"), character_text(element, text).replace("\u00a0", " "), run_format)


def _read_note_number(element: _Element, content: InlineContent, run_format: InlineFormat) -> None:
    content.follows_note_number = True


def _read_symbol(element: _Element, content: InlineContent, run_format: InlineFormat) -> None:
    if (text := symbol_text(element)) is not None:
        content.add((element, "symbol"), text, run_format)
    else:
        font = element.get(qualified_name("font"), "")[:40]
        code = element.get(qualified_name("char"), "")[:6]
        content.file.ledger.leave_out((element, "symbol"), LeftOutReason.UNUSABLE_PICTURE, f"character {code} of the font {font}")


def _fixed_text(text: str) -> Callable[[_Element, InlineContent, InlineFormat], None]:
    """Return a reader of elements that stand for a certain character."""

    def read(element: _Element, content: InlineContent, run_format: InlineFormat) -> None:
        content.add((element, "character"), text, run_format)

    return read


def _read_line_end(element: _Element, content: InlineContent, run_format: InlineFormat) -> None:
    content.add((element, "character"), LINE_BREAK, run_format)


def _read_note(element: _Element, content: InlineContent, run_format: InlineFormat) -> None:
    notes, key = content.file.notes, (local_name(element).removesuffix("Reference"), element.get(qualified_name("id"), ""))
    if content.reason_to_leave_out(run_format) is None:
        notes.setdefault(key, (len(notes) + 1, content.file.line))
    name = f"note-{notes[key][0]}" if key in notes else ""
    content.add((element, "note"), Code("note", "alone", f"[^{name}]", name), InlineFormat(is_hidden=run_format.is_hidden))
    if element.get(qualified_name("customMarkFollows"), "0") not in ("0", "false", "off"):
        content.note_marks.update(element.itersiblings())


def _read_link(element: _Element, content: InlineContent, run_format: InlineFormat) -> None:
    relationship = content.file.part.relationships.get(element.get(qualified_name("r:id"), ""))
    address = relationship.target if relationship else ""
    place = element.get(qualified_name("anchor"), "")
    if address and place and "#" not in address:
        address = f"{address}#{place}"
    _list_unusable_link(address, content)
    _read_children(element, content, replace(run_format, link=address or run_format.link))


def _list_unusable_link(address: str, content: InlineContent) -> None:
    """List an address that a source cannot link to, such as that of a file; its words stay."""
    if address and not address.startswith("#") and link_codes(address) is None:
        content.file.left_out.append(LeftOut(address[:200], LeftOutReason.LINK, content.file.line))


def _read_simple_field(element: _Element, content: InlineContent, run_format: InlineFormat) -> None:
    address = link_address(element.get(qualified_name("instr"), ""))
    if len(element):
        content.file.ledger.take((element, "instr"))
        _list_unusable_link(address, content)
    else:
        content.file.ledger.leave_out((element, "instr"), LeftOutReason.FIELD_CODE)
    _read_children(element, content, replace(run_format, link=address or run_format.link))


def _read_field_mark(element: _Element, content: InlineContent, run_format: InlineFormat) -> None:
    """Begin or end a complex field, or begin its result; a field without a result is left out."""
    file = content.file
    kind = element.get(qualified_name("fldCharType"), "").strip().lower()
    if element in file.unpaired_fields:
        kind = ""
    for form_field in element.iter(qualified_name("checkBox"), qualified_name("ddList")):
        if text := form_field_text(form_field):
            content.add((form_field, "text"), text, run_format)
    if kind == "begin":
        file.open_fields.append(OpenField())
    elif kind and file.open_fields:
        innermost = file.open_fields[-1]
        if innermost.is_in_code:
            innermost.is_in_code = False
            innermost.link = link_address("".join(innermost.code))
            _list_unusable_link(innermost.link, content)
        if kind == "end":
            file.open_fields.pop()
            text = "" if innermost.has_result else computed_text("".join(innermost.code))
            for key in innermost.code_keys:
                if innermost.has_result or text:
                    file.ledger.take(key)
                else:
                    file.ledger.leave_out(key, LeftOutReason.FIELD_CODE)
            if text:
                content.add((element, "computed"), text, run_format)


def _read_field_code(element: _Element, content: InlineContent, run_format: InlineFormat) -> None:
    key = (element, "text")
    if content.file.open_fields and content.file.open_fields[-1].is_in_code:
        content.file.open_fields[-1].code.append(element.text or "")
        content.file.open_fields[-1].code_keys.append(key)
    else:
        content.file.ledger.leave_out(key, LeftOutReason.FIELD_CODE)


def _read_ruby(element: _Element, content: InlineContent, run_format: InlineFormat) -> None:
    """Add the base text, and the reading above it in brackets."""
    for child in element.iterchildren(qualified_name("rubyBase")):
        _read_children(child, content, run_format)
    start = len(content.parts)
    for child in element.iterchildren(qualified_name("rt")):
        _read_children(child, content, run_format)
    reading = "".join(span.part for span in content.parts[start:] if isinstance(span.part, str))
    if reading.strip():
        opening, closing = ("(", ")") if reading.isascii() else ("（", "）")
        content.parts.insert(start, FormattedPart(opening, run_format))
        content.parts.append(FormattedPart(closing, run_format))
    for child in element:
        if isinstance(child.tag, str) and local_name(child) not in ("rubyBase", "rt"):
            _read_element(child, content, run_format)


def _read_formula(element: _Element, content: InlineContent, run_format: InlineFormat) -> None:
    reason = content.reason_to_leave_out(run_format)
    if reason:
        content.file.leave_out_tree(element, reason)
        return
    texts = list(element.iter(qualified_name("m:t"), qualified_name("t")))
    formula = math_text(element)
    has_other_content = any(child.tag in _OUTSIDE_FORMULAS for child in element.iter())
    if has_other_content or missing_text((text.text or "" for text in texts), [formula]):
        _read_children(element, content, run_format)
        return
    for text in texts:
        content.file.ledger.take((text, "text"))
    content.add((element, "formula"), formula, run_format)


def _read_alternatives(element: _Element, content: InlineContent, run_format: InlineFormat) -> None:
    chosen = choose_alternative(element, content.file)
    if chosen is not None:
        _read_element(chosen, content, run_format)


def _read_picture(element: _Element, content: InlineContent, run_format: InlineFormat) -> None:
    reason = content.reason_to_leave_out(run_format)
    if reason:
        content.file.leave_out_tree(element, reason)
        return
    if (element, "picture") in content.file.ledger.pieces and (image := read_picture(element, content.file)):
        content.add_inset(image)


def _read_diagram(element: _Element, content: InlineContent, run_format: InlineFormat) -> None:
    content.file.ledger.leave_out((element, "picture"), LeftOutReason.CHART)


def _read_inset(element: _Element, content: InlineContent, run_format: InlineFormat) -> None:
    reason = content.reason_to_leave_out(run_format)
    if reason:
        content.file.leave_out_tree(element, reason)
    else:
        content.add_inset(element)


def _read_word_art(element: _Element, content: InlineContent, run_format: InlineFormat) -> None:
    if (element, "string") in content.file.ledger.pieces:
        _read_inset(element, content, run_format)
    else:
        _read_children(element, content, run_format)


def _read_rectangle(element: _Element, content: InlineContent, run_format: InlineFormat) -> None:
    """Add a line across the page, which older files have as a rectangle."""
    if element.get(qualified_name("o:hr"), "f") in ("t", "true", "1") and content.reason_to_leave_out(run_format) is None:
        content.add_inset(element)
    _read_children(element, content, run_format)


_PROPERTIES = frozenset(map(qualified_name, ("pPr", "rPr", "sdtPr", "sdtEndPr", "customXmlPr", "smartTagPr", "rubyPr")))

PARAGRAPH_OF_DRAWING = qualified_name("a:p")
WORD_ART = qualified_name("v:textpath")
RECTANGLE = qualified_name("v:rect")

_Reader = Callable[["_Element", InlineContent, InlineFormat], None]

_READERS: dict[str, _Reader] = {
    qualified_name(name): reader
    for name, reader in {
        "r": _read_run,
        "hyperlink": _read_link,
        "fldSimple": _read_simple_field,
        "ruby": _read_ruby,
        "m:oMath": _read_formula,
        "mc:AlternateContent": _read_alternatives,
        "txbxContent": _read_inset,
        "p": _read_inset,
        "tbl": _read_inset,
        "a:p": _read_inset,
        "v:textpath": _read_word_art,
        "v:rect": _read_rectangle,
    }.items()
}
"""The reader of each element that is more than its contents; it also reads the contents."""

_LEAF_READERS: dict[str, _Reader] = {
    qualified_name(name): reader
    for name, reader in {
        "t": _read_text,
        "a:t": _read_text,
        "sym": _read_symbol,
        "tab": _fixed_text("\t"),
        "ptab": _fixed_text("\t"),
        "noBreakHyphen": _fixed_text("-"),
        "br": _read_line_end,
        "cr": _read_line_end,
        "a:br": _read_line_end,
        "footnoteRef": _read_note_number,
        "endnoteRef": _read_note_number,
        "footnoteReference": _read_note,
        "endnoteReference": _read_note,
        "fldChar": _read_field_mark,
        "instrText": _read_field_code,
        "delInstrText": _read_field_code,
        "a:blip": _read_picture,
        "v:imagedata": _read_picture,
        "v:fill": _read_picture,
        "contentPart": _read_picture,
    }.items()
} | dict.fromkeys(DIAGRAMS, _read_diagram)
"""The reader of each element that has no contents in a valid file; contents that it has are read after it."""

_OUTSIDE_FORMULAS = frozenset((*_READERS, *_LEAF_READERS, qualified_name("tc"))) - frozenset(
    map(qualified_name, ("r", "t", "tab", "br", "cr", "m:oMath"))
)
"""Elements that a formula in linear text cannot contain."""
