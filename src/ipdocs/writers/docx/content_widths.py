"""Min-content and max-content widths of a story (CSS Box Sizing 3)."""

from __future__ import annotations

from lxml import etree

from ipdocs.files.ooxml.names import qualified_name
from ipdocs.writers.docx.story import Story, StoryParagraph, StoryTable
from ipdocs.writers.docx.text_width import NON_BREAKING_HYPHEN, text_width, unbreakable_pieces

_MEASURED_TAGS = tuple(map(qualified_name, ("t", "noBreakHyphen", "br", "wp:extent")))
"""Elements that have a width or break a line: text, hyphens, breaks and the sizes of pictures."""


def content_widths(story: Story) -> tuple[float, float]:
    """Return the min-content and max-content widths of a story in pixels: with all possible line breaks, and with none."""
    widths = [_table_widths(item) if isinstance(item, StoryTable) else _paragraph_widths(item) for item in story.items]
    min_content = max((narrowest for narrowest, _ in widths), default=0.0)
    return min_content, max((widest for _, widest in widths), default=0.0)


def _table_widths(table: StoryTable) -> tuple[float, float]:
    min_content = sum(column.min_content for column in table.columns)
    max_content = sum(column.max_content for column in table.columns)
    return table.side_indents + min_content, table.side_indents + max_content


def _paragraph_widths(paragraph: StoryParagraph) -> tuple[float, float]:
    properties, run = paragraph.format.paragraph, paragraph.format.run
    indents = (int(properties["ind@left"]) + int(properties["ind@right"])) / 15
    size, font, bold = int(run["sz"]) / 1.5, run["rFonts@ascii"], run["b"] == "1"
    min_content, line_widths, last_piece = 0.0, [0.0], ""
    for child in paragraph.content:
        for part in child.iter(*_MEASURED_TAGS):
            if part.tag == qualified_name("br"):
                line_widths.append(0.0)
            elif part.tag == qualified_name("wp:extent"):
                picture_width = int(part.get("cx", "0")) / 9525
                min_content = max(min_content, picture_width)
                line_widths[-1] += picture_width
            else:
                text = NON_BREAKING_HYPHEN if part.tag == qualified_name("noBreakHyphen") else part.text or ""
                chinese = _is_chinese(part)
                # A word continues across a non-breaking hyphen, which is a separate element.
                continues = NON_BREAKING_HYPHEN in (text, last_piece[-1:])
                pieces = [*unbreakable_pieces((last_piece if continues else "") + text)]
                last_piece = pieces[-1] if pieces and not text[-1:].isspace() else ""
                min_content = max([min_content, *(text_width(piece, size, font, bold=bold, chinese=chinese) for piece in pieces)])
                line_widths[-1] += text_width(text, size, font, bold=bold, chinese=chinese)
    return min_content + indents, max(line_widths) + indents


def _is_chinese(text_element: etree._Element) -> bool:
    run = text_element.getparent()
    return run is not None and any(fonts.get(qualified_name("hint")) for fonts in run.iter(qualified_name("rFonts")))
