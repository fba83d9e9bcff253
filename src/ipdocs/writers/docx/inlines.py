"""Inline elements in, parts of a paragraph out: emphasis, links, breaks, spans of another language."""

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


def block_format(style: Style, context: DocxContext) -> RunFormat:
    """Return the run format of text in a block."""
    return RunFormat(context.run(style), context.language(style).is_chinese, style["white_space"])


def write(node: etree._Element, builder: ParagraphBuilder, run_format: RunFormat, context: DocxContext) -> None:
    """Add an inline element to a paragraph by the handler of its tag; report one without a handler."""
    handler = context.inlines.get(str(node.tag))
    if handler and context.cascade.of(node)["display"] == ("none",):
        return
    if handler:
        handler(node, builder, run_format, context)
    else:
        context.unknown(node)


def contents(node: etree._Element, builder: ParagraphBuilder, own: RunFormat, context: DocxContext) -> None:
    """Add what an element holds, and what the stylesheet puts before and after it."""
    generated(node, "before", builder, own, context)
    builder.text(node.text, own)
    for child in node:
        if isinstance(child.tag, str):
            write(child, builder, own, context)
        builder.text(child.tail, own)
    generated(node, "after", builder, own, context)


def generated(node: etree._Element, part: str, builder: ParagraphBuilder, own: RunFormat, context: DocxContext) -> None:
    """Add what the stylesheet puts before or after an element: text, attributes, a leader to the end of the line."""
    style = context.cascade.part(node, part)
    if style is None or isinstance(style["content"], str):
        return
    for kind, value in style["content"]:
        if kind == "string":
            builder.text(value, inline_format(style, own, context))
        elif kind == "attr()":
            builder.text(node.get(value[0]), inline_format(style, own, context))
        elif kind == "leader()":
            builder.lead(inline_format(style, own, context))


def inline_format(style: Style, above: RunFormat, context: DocxContext) -> RunFormat:
    """Return the run format of an inline element within the text above it; in another script only that script's slots change."""
    chinese, run = context.language(style).is_chinese, context.run(style) | _beyond(style, above.run)
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


def styled(node: etree._Element, builder: ParagraphBuilder, above: RunFormat, context: DocxContext) -> None:
    """Emphasis: direct formatting, as a writer at the keyboard would give it."""
    contents(node, builder, inline_format(context.cascade.of(node), above, context), context)


def raised(node: etree._Element, builder: ParagraphBuilder, above: RunFormat, context: DocxContext) -> None:
    """Superior and inferior figures: Word makes them small by itself, so they keep the size of the text."""
    own = inline_format(context.cascade.of(node), above, context)
    run = {key: value for key, value in own.run.items() if key != "position"}
    size = {key: above.run[key] for key in ("sz", "szCs")}
    kind = {"vertAlign": "superscript" if node.tag == "sup" else "subscript"}
    contents(node, builder, replace(own, run=run | size | kind), context)


def character(name: str, own: RunFormat, builder: ParagraphBuilder, context: DocxContext) -> RunFormat:
    """Return a run format with a character style, where it differs from the paragraph in more than fonts and language."""
    changes = {key: value for key, value in difference(own.run, builder.base).items() if not key.startswith(("rFonts", "lang"))}
    if not changes:
        return own
    return replace(own, character=context.styles.character(name, changes), said=changes)


def link(node: etree._Element, builder: ParagraphBuilder, above: RunFormat, context: DocxContext) -> None:
    """A link to an address outside, or to an element of the document by its id."""
    address = node.get("href", "")
    own = inline_format(context.cascade.of(node), above, context)
    if address.startswith("#"):
        wrapper = element("hyperlink", anchor=context.marks.target(address[1:]), history="1")
    elif address.startswith(_SCHEMES):
        wrapper = drawing("w:hyperlink", {"r:id": context.package.link(address), "w:history": "1"})
    else:
        context.report("bad-link", f"a link may not lead to {address!r}", node, "begin it with https://, mailto: or tel:")
        return
    contents(node, builder, replace(character("Hyperlink", own, builder, context), link=wrapper), context)


def line_break(node: etree._Element, builder: ParagraphBuilder, above: RunFormat, context: DocxContext) -> None:
    """A new line of the same paragraph."""
    builder.end_line(above)
