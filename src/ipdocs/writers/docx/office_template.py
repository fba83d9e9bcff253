"""A Word file that an office's own template made in, the same file out with our properties and equal bytes each time."""

from __future__ import annotations

from pathlib import Path

from ipdocs.files.ooxml.base_document import open_base_document
from ipdocs.files.reading import UnsafeFile
from ipdocs.templating.html_document import HtmlDocument
from ipdocs.writers.docx.package import Package
from ipdocs.writers.docx.version import say_version
from ipdocs.writers.written_file import Written


def adopt(tree: HtmlDocument) -> Written:
    """Return the Word file of a tree whose kind has a template.docx; tags may have made what no template may hold."""
    try:
        package = Package(open_base_document(tree.word or b"", Path("template.docx")))
    except UnsafeFile as error:
        raise error.with_codes({}, "bad-template") from error
    if tree.version:
        say_version(package.document, tree.version)
    package.describe(tree.metadata, tree.languages)
    return Written(package.save())
