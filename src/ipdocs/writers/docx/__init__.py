"""The Word writer: a tree in, a .docx of named styles out.

    tree ─flow→ story of paragraphs and tables ─gallery→ named styles ─writing→ elements ─package→ bytes

How a page is read: `looks` turns a computed style into Word's properties,
`frames` the boxes around text into indents, spacing and borders, `naming` says
which style a paragraph wishes for, and `gallery` who gets it. `vocabulary` is the
table of handlers: one for each element a template may use. `sayable` is the table of
what Word can say of a style, on which kinds of element; `unmapped` tells the rest.
"""

from ipdocs.writers.docx.office_template import adopt
from ipdocs.writers.docx.tables import PARTS
from ipdocs.writers.docx.vocabulary import BLOCKS, INLINES
from ipdocs.writers.docx.writer import on_letterhead, write

HANDLED = frozenset({*BLOCKS, *INLINES}) | PARTS
"""The elements this writer knows."""

__all__ = ["HANDLED", "adopt", "on_letterhead", "write"]
