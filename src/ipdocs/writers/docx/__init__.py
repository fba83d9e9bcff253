"""The Word writer: an HTML document in, a .docx with named styles out.

    HTML document ─flow→ story of paragraphs and tables ─style_registry→ named styles ─story_xml→ elements ─package→ bytes

- `vocabulary` is the table of handlers, one for each element that a template may use.
- `css_to_properties` turns a computed style into Word's properties, and `frames` the boxes around text into indents, spacing
  and borders.
- `style_names` has the name of the style that a paragraph requests, and `style_registry` assigns one.
- `css_support` is the table of the CSS that Word supports, by kind of element; `unsupported_css` reports the rest.
- `context` holds the state that all of them share.
"""

from ipdocs.writers.docx.office_template import write_from_template
from ipdocs.writers.docx.tables import PARTS
from ipdocs.writers.docx.vocabulary import BLOCKS, INLINES
from ipdocs.writers.docx.writer import with_letterhead_pages, write

HANDLED = frozenset({*BLOCKS, *INLINES}) | PARTS
"""The elements that this writer handles."""

__all__ = ["HANDLED", "with_letterhead_pages", "write", "write_from_template"]
