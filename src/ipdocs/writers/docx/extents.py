"""How wide a story is: at least, where every line breaks that can, and at most, where none does."""

from __future__ import annotations

from lxml import etree

from ipdocs.files.ooxml.names import qualified_name
from ipdocs.writers.docx.story import Grid, Paragraph, Story
from ipdocs.writers.docx.text_width import KEPT, pieces, width

_PARTS = tuple(map(qualified_name, ("t", "noBreakHyphen", "br", "wp:extent")))


def extents(story: Story) -> tuple[float, float]:
    """Return the least and the greatest width of a story in pixels."""
    sizes = [_of_grid(item) if isinstance(item, Grid) else _of_paragraph(item) for item in story.items]
    return max((least for least, _ in sizes), default=0.0), max((most for _, most in sizes), default=0.0)


def _of_grid(grid: Grid) -> tuple[float, float]:
    sizes = [(column.least, column.most) for column in grid.columns]
    return grid.beside + sum(least for least, _ in sizes), grid.beside + sum(most for _, most in sizes)


def _of_paragraph(paragraph: Paragraph) -> tuple[float, float]:
    said = paragraph.look.paragraph
    indents = (int(said["ind@left"]) + int(said["ind@right"])) / 15
    run = paragraph.look.run
    size, font, bold = int(run["sz"]) / 1.5, run["rFonts@ascii"], run["b"] == "1"
    least, lines, held = 0.0, [0.0], ""
    for one in paragraph.content:
        for part in one.iter(*_PARTS):
            if part.tag == qualified_name("br"):
                lines.append(0.0)
            elif part.tag == qualified_name("wp:extent"):
                across = int(part.get("cx", "0")) / 9525
                least, lines[-1] = max(least, across), lines[-1] + across
            else:
                words, chinese = KEPT if part.tag == qualified_name("noBreakHyphen") else part.text or "", _is_chinese(part)
                found = [*pieces((held if KEPT in (words, held[-1:]) else "") + words)]
                held = found[-1] if found and not words[-1:].isspace() else ""
                least = max([least, *(width(word, size, font, bold=bold, chinese=chinese) for word in found)])
                lines[-1] += width(words, size, font, bold=bold, chinese=chinese)
    return least + indents, max(lines) + indents


def _is_chinese(text: etree._Element) -> bool:
    run = text.getparent()
    return run is not None and any(fonts.get(qualified_name("hint")) for fonts in run.iter(qualified_name("rFonts")))
