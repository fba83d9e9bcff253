"""Inline elements in, pieces of a line out: emphasis, links, breaks, spans of another language."""

from __future__ import annotations

from dataclasses import replace

from lxml import etree

from ipdocs.files.ooxml.elements import Properties, difference, drawing, element
from ipdocs.templating.cascade import Style
from ipdocs.writers.docx.context import DocxContext
from ipdocs.writers.docx.css_to_properties import fill
from ipdocs.writers.docx.paragraph_builder import ParagraphBuilder, RunFormat

_LATIN = ("rFonts@ascii", "rFonts@hAnsi", "rFonts@cs", "lang@val")
_CHINESE = ("rFonts@eastAsia", "lang@eastAsia")
_BEYOND = ("shd@val", "shd@color", "shd@fill", "position")
_SCHEMES = ("http://", "https://", "mailto:", "tel:")


def voice(style: Style, manuscript: DocxContext) -> RunFormat:
    """Return how text of a block speaks."""
    return RunFormat(manuscript.run(style), manuscript.language(style).is_chinese, style["white_space"])


def write(node: etree._Element, line: ParagraphBuilder, voice: RunFormat, manuscript: DocxContext) -> None:
    """Add an inline element's own contribution to a line: the handler of its tag, or a finding that there is none."""
    handler = manuscript.inlines.get(str(node.tag))
    if handler and manuscript.cascade.of(node)["display"] == ("none",):
        return
    if handler:
        handler(node, line, voice, manuscript)
    else:
        manuscript.unknown(node)


def contents(node: etree._Element, line: ParagraphBuilder, own: RunFormat, manuscript: DocxContext) -> None:
    """Add what an element holds, and what the stylesheet puts before and after it."""
    generated(node, "before", line, own, manuscript)
    line.text(node.text, own)
    for child in node:
        if isinstance(child.tag, str):
            write(child, line, own, manuscript)
        line.text(child.tail, own)
    generated(node, "after", line, own, manuscript)


def generated(node: etree._Element, part: str, line: ParagraphBuilder, own: RunFormat, manuscript: DocxContext) -> None:
    """Add what the stylesheet puts before or after an element: text, attributes, a leader to the end of the line."""
    style = manuscript.cascade.part(node, part)
    if style is None or isinstance(style["content"], str):
        return
    for kind, value in style["content"]:
        if kind == "string":
            line.text(value, own_voice(style, own, manuscript))
        elif kind == "attr()":
            line.text(node.get(value[0]), own_voice(style, own, manuscript))
        elif kind == "leader()":
            line.lead(own_voice(style, own, manuscript))


def own_voice(style: Style, above: RunFormat, manuscript: DocxContext) -> RunFormat:
    """Return how an inline element speaks within the text above it: in another script, the slots of that script alone are new."""
    chinese, run = manuscript.language(style).is_chinese, manuscript.run(style) | _beyond(style, above.run)
    if chinese != above.chinese:
        run |= {key: said for key, said in above.run.items() if key in (_LATIN if chinese else _CHINESE)}
    return replace(above, run=run, chinese=chinese, spaces=style["white_space"])


def _beyond(style: Style, above: Properties) -> Properties:
    """Return what text within a paragraph says besides: the colour behind it and how high it stands, beside what it lies in."""
    said = {key: value for key, value in above.items() if key in _BEYOND}
    if colour := fill(style):
        said |= {"shd@val": "clear", "shd@color": "auto", "shd@fill": colour}
    if isinstance(height := style["vertical_align"], int | float) and height:
        said["position"] = str(int(said.get("position", "0")) + round(height * 1.5))
    return said


def styled(node: etree._Element, line: ParagraphBuilder, above: RunFormat, manuscript: DocxContext) -> None:
    """Emphasis: direct formatting, as a writer at the keyboard would give it."""
    contents(node, line, own_voice(manuscript.cascade.of(node), above, manuscript), manuscript)


def raised(node: etree._Element, line: ParagraphBuilder, above: RunFormat, manuscript: DocxContext) -> None:
    """Superior and inferior figures: Word makes them small by itself, so they keep the size of the text."""
    own = own_voice(manuscript.cascade.of(node), above, manuscript)
    run = {key: value for key, value in own.run.items() if key != "position"}
    size = {key: above.run[key] for key in ("sz", "szCs")}
    kind = {"vertAlign": "superscript" if node.tag == "sup" else "subscript"}
    contents(node, line, replace(own, run=run | size | kind), manuscript)


def character(wish: str, own: RunFormat, line: ParagraphBuilder, manuscript: DocxContext) -> RunFormat:
    """Return a voice that a character style speaks for, when it differs from the paragraph in more than fonts and language."""
    changes = {key: value for key, value in difference(own.run, line.base).items() if not key.startswith(("rFonts", "lang"))}
    if not changes:
        return own
    return replace(own, character=manuscript.gallery.character(wish, changes), said=changes)


def link(node: etree._Element, line: ParagraphBuilder, above: RunFormat, manuscript: DocxContext) -> None:
    """A link to an address outside, or to an element of the document by its id."""
    address = node.get("href", "")
    own = own_voice(manuscript.cascade.of(node), above, manuscript)
    if address.startswith("#"):
        wrapper = element("hyperlink", anchor=manuscript.marks.target(address[1:]), history="1")
    elif address.startswith(_SCHEMES):
        wrapper = drawing("w:hyperlink", {"r:id": manuscript.package.link(address), "w:history": "1"})
    else:
        manuscript.find("bad-link", f"a link may not lead to {address!r}", node, "begin it with https://, mailto: or tel:")
        return
    contents(node, line, replace(character("Hyperlink", own, line, manuscript), link=wrapper), manuscript)


def line_break(node: etree._Element, line: ParagraphBuilder, above: RunFormat, manuscript: DocxContext) -> None:
    """A new line of the same paragraph."""
    line.end_line(above)
