"""The Word writer, which turns an HTML document into a .docx with named styles.

    HTML document ─flow→ story of paragraphs and tables ─style_registry→ named styles ─story_xml→ elements ─package→ bytes

- `vocabulary` maps each element that a template may use to its handler.
- `css_to_properties` turns a computed style into Word's properties. `block_boxes` turns the boxes around text into indents,
  spacing and borders.
- `style_names` chooses the style name that a paragraph requests, and `style_registry` assigns a style to the paragraph.
- `css_support` lists the CSS that Word supports on each kind of element. `unsupported_css` reports all other CSS.
- `context` holds the state that these modules share.
"""

from ipdocs.writers.docx.office_template import write_from_template
from ipdocs.writers.docx.tables import TABLE_PARTS
from ipdocs.writers.docx.vocabulary import BLOCKS, INLINES
from ipdocs.writers.docx.writer import with_letterhead_pages, write

HANDLED = frozenset({*BLOCKS, *INLINES}) | TABLE_PARTS
"""The elements that this writer handles."""

__all__ = ["HANDLED", "with_letterhead_pages", "write", "write_from_template"]
