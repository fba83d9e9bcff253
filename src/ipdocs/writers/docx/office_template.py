"""Finish a Word file from an office's own template: add the document's properties and make the bytes reproducible."""

from __future__ import annotations

from pathlib import Path

from ipdocs.files.ooxml.base_document import open_base_document
from ipdocs.files.reading import UnsafeFile
from ipdocs.templating.html_document import HtmlDocument
from ipdocs.writers.docx.package import DocxPackage
from ipdocs.writers.docx.version_label import add_version_label
from ipdocs.writers.written_file import WrittenFile


def write_from_template(html: HtmlDocument) -> WrittenFile:
    """Return the Word file of a document whose kind has a template.docx.

    Raises:
        IpdocsError: The file has content that is not allowed in a template; the template's tags may have produced it.
    """
    try:
        package = DocxPackage(open_base_document(html.word or b"", Path("template.docx")))
    except UnsafeFile as error:
        raise error.to_ipdocs_error({}, "bad-template") from error
    if html.version_label:
        add_version_label(package.document, html.version_label)
    package.set_core_properties(html.metadata, html.languages)
    return WrittenFile(package.save())
