"""Parse HTML, without network access."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ipdocs.files.reading import FileProblem, UnsafeFile

if TYPE_CHECKING:
    from lxml.html import HtmlElement


def parse_html(data: bytes, path: Path) -> HtmlElement:
    """Parse a web page, drop its comments, repair its tags, and return its root.

    Raises:
        UnsafeFile: The file is binary, or has no content.
    """
    from lxml import etree, html

    hint = "save the page again"
    if b"\0" in data[:4096] and data[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        raise UnsafeFile(path, [FileProblem("not-html", "this is not a web page: it contains binary data", hint)])
    try:
        parser = html.HTMLParser(
            no_network=True, huge_tree=False, remove_comments=True, remove_pis=True, encoding=_encoding(data)
        )
        return html.document_fromstring(data, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, LookupError, AssertionError) as error:
        raise UnsafeFile(path, [FileProblem("not-html", f"this is not a web page: {error}", hint)]) from error


def parse_fragment(text: str) -> HtmlElement:
    """Parse a fragment of HTML, and return it inside a <div>.

    Raises:
        ValueError: The text cannot be parsed.
    """
    from lxml import etree, html

    try:
        return html.fragment_fromstring(text, create_parent="div")
    except (etree.ParserError, etree.XMLSyntaxError, AssertionError) as error:
        raise ValueError(str(error)) from error


def unpack_html(data: bytes) -> HtmlElement:
    """Parse an HTML tree that another ipdocs process has serialised as XML."""
    from lxml import etree, html

    parser = html.XHTMLParser(resolve_entities=False, huge_tree=True)
    return etree.fromstring(data, parser)


def _encoding(data: bytes) -> str | None:
    """Return "utf-8" if a page is valid UTF-8, whatever it declares; None to use the declared encoding."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return "utf-8"
