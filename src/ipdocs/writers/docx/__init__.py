"""The Word writer: an HTML document in, a .docx of named styles out.

    HTML document ─flow→ story of paragraphs and tables ─style_registry→ named styles ─writing→ elements ─package→ bytes

How the HTML is read: `css_to_properties` turns a computed style into Word's properties, `frames` the boxes around text into
indents, spacing and borders, `naming` says which style a paragraph requests, and `style_registry` which one it is assigned.
`vocabulary` is the table of handlers, one for each element a template may use. `css_support` is the table of what Word has for
a style, by kind of element; `unsupported_css` reports the rest. `context` is what all of them share.
"""

from ipdocs.writers.docx.office_template import adopt
from ipdocs.writers.docx.tables import PARTS
from ipdocs.writers.docx.vocabulary import BLOCKS, INLINES
from ipdocs.writers.docx.writer import on_letterhead, write

HANDLED = frozenset({*BLOCKS, *INLINES}) | PARTS
"""The elements this writer knows."""

__all__ = ["HANDLED", "adopt", "on_letterhead", "write"]
