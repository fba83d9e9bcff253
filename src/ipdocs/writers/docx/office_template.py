"""A Word file that an office's own template made in, the same file out with our properties and equal bytes each time."""

from __future__ import annotations

import io
import zipfile

from docx import Document

from ipdocs.findings import Finding, IpdocsError
from ipdocs.templating.html_document import HtmlDocument
from ipdocs.writers.docx.letterhead import faults
from ipdocs.writers.docx.package import Package
from ipdocs.writers.written_file import Written


def adopt(tree: HtmlDocument) -> Written:
    """Return the Word file of a tree whose kind has a template.docx: what could run or fetch something is refused."""
    data = tree.word or b""
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        found = [Finding("bad-template", f"template.docx: {message}", None, hint) for message, hint in faults(parts)]
    if found:
        raise IpdocsError(found)
    package = Package(Document(io.BytesIO(data)))
    package.describe(tree.metadata, tree.languages)
    return Written(package.save())
