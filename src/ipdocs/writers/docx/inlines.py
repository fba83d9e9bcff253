"""Write inline elements as runs of a paragraph: emphasis, links, line breaks, spans in another language."""

from __future__ import annotations

from dataclasses import replace

from lxml import etree

from ipdocs.files.ooxml.elements import Properties, difference, drawing, element
from ipdocs.templating.cascade import Style
from ipdocs.writers.docx.context import DocxContext
from ipdocs.writers.docx.css_to_properties import background
from ipdocs.writers.docx.paragraph_builder import ParagraphBuilder, RunFormat

_LATIN_KEYS = ("rFonts@ascii", "rFonts@hAnsi", "rFonts@cs", "lang@val")
_CHINESE_KEYS = ("rFonts@eastAsia", "lang@eastAsia")
_CUMULATIVE = ("shd@val", "shd@color", "shd@fill", "position")
"""Properties that inner elements take over from outer elements, although CSS does not inherit them."""

_SCHEMES = ("http://", "https://", "mailto:", "tel:")
"""The beginnings of allowed addresses."""


def block_run_format(style: Style, context: DocxContext) -> RunFormat:
    """Return the run format of text in a block."""
    return RunFormat(context.run_properties(style), context.language(style).is_east_asian, style["white_space"])


def write_inline(node: etree._Element, builder: ParagraphBuilder, run_format: RunFormat, context: DocxContext) -> None:
    """Write an inline element with the handler for its tag, or report an element without a handler."""
    handler = context.inline_handlers.get(str(node.tag))
    if not handler:
        context.report_unknown_element(node)
    elif context.cascade.style(node)["display"] != ("none",):
        handler(node, builder, run_format, context)


def write_contents(node: etree._Element, builder: ParagraphBuilder, run_format: RunFormat, context: DocxContext) -> None:
    """Write the contents of an inline element, with generated content before and after."""
    write_generated(node, "before", builder, run_format, context)
    builder.add_text(node.text, run_format)
    for child in node:
        if isinstance(child.tag, str):
            write_inline(child, builder, run_format, context)
        builder.add_text(child.tail, run_format)
    write_generated(node, "after", builder, run_format, context)


def write_generated(
    node: etree._Element, pseudo_element: str, builder: ParagraphBuilder, parent_format: RunFormat, context: DocxContext
) -> None:
    """Write the generated content before or after an element: strings, attributes, or a leader to the end of the line."""
    style = context.cascade.pseudo_style(node, pseudo_element)
    if style is None or isinstance(style["content"], str):
        return
    run_format = inline_format(style, parent_format, context)
    for kind, value in style["content"]:
        if kind == "string":
            builder.add_text(value, run_format)
        elif kind == "attr()":
            builder.add_text(node.get(value[0]), run_format)
        elif kind == "leader()":
            builder.add_leader(run_format)


def inline_format(style: Style, parent_format: RunFormat, context: DocxContext) -> RunFormat:
    """Return the run format of an inline element; characters in the parent's script keep the parent's fonts."""
    is_east_asian = context.language(style).is_east_asian
    run = context.run_properties(style) | _cumulative_properties(style, parent_format.run)
    if is_east_asian != parent_format.is_east_asian:
        keys = _LATIN_KEYS if is_east_asian else _CHINESE_KEYS
        run |= {key: value for key, value in parent_format.run.items() if key in keys}
    return replace(parent_format, run=run, is_east_asian=is_east_asian, white_space=style["white_space"])


def _cumulative_properties(style: Style, parent_run: Properties) -> Properties:
    """Return the background and the raised position of text, combined with those of the surrounding text."""
    cumulative = {key: value for key, value in parent_run.items() if key in _CUMULATIVE}
    if colour := background(style):
        cumulative |= {"shd@val": "clear", "shd@color": "auto", "shd@fill": colour}
    if isinstance(raise_by := style["vertical_align"], int | float) and raise_by:
        cumulative["position"] = str(int(cumulative.get("position", "0")) + round(raise_by * 1.5))
    return cumulative


def write_emphasis(node: etree._Element, builder: ParagraphBuilder, parent_format: RunFormat, context: DocxContext) -> None:
    """Write emphasis as direct formatting, as people apply it in Word."""
    write_contents(node, builder, inline_format(context.cascade.style(node), parent_format, context), context)


def write_superscript_or_subscript(
    node: etree._Element, builder: ParagraphBuilder, parent_format: RunFormat, context: DocxContext
) -> None:
    """Write superscript or subscript in the size of the surrounding text, since Word reduces the size by itself."""
    own_format = inline_format(context.cascade.style(node), parent_format, context)
    run = {key: value for key, value in own_format.run.items() if key != "position"}
    size = {key: parent_format.run[key] for key in ("sz", "szCs")}
    alignment = {"vertAlign": "superscript" if node.tag == "sup" else "subscript"}
    write_contents(node, builder, replace(own_format, run=run | size | alignment), context)


def with_character_style(name: str, run_format: RunFormat, builder: ParagraphBuilder, context: DocxContext) -> RunFormat:
    """Return a run format with a character style, unless only the fonts or language differ from the paragraph's."""
    changes = {
        key: value for key, value in difference(run_format.run, builder.base).items() if not key.startswith(("rFonts", "lang"))
    }
    if not changes:
        return run_format
    style_id = context.styles.character_style(name, changes)
    return replace(run_format, character_style=style_id, style_properties=changes)


def write_link(node: etree._Element, builder: ParagraphBuilder, parent_format: RunFormat, context: DocxContext) -> None:
    """Write a link to an external address, or to an element of the document by its id."""
    address = node.get("href", "")
    own_format = inline_format(context.cascade.style(node), parent_format, context)
    if address.startswith("#"):
        hyperlink = element("hyperlink", anchor=context.bookmarks.name_for_links(address[1:]), history="1")
    elif address.startswith(_SCHEMES):
        hyperlink = drawing("w:hyperlink", {"r:id": context.package.add_hyperlink(address), "w:history": "1"})
    else:
        hint = "begin the address with https://, mailto: or tel:"
        context.report("bad-link", f"the link to {address!r} is not allowed", node, hint)
        return
    link_format = with_character_style("Hyperlink", own_format, builder, context)
    write_contents(node, builder, replace(link_format, link=hyperlink), context)


def write_line_break(node: etree._Element, builder: ParagraphBuilder, parent_format: RunFormat, context: DocxContext) -> None:
    """Write a line break within the paragraph."""
    builder.add_line_break(parent_format)
