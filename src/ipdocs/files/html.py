"""HTML from elsewhere, parsed without the network."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ipdocs.files.reading import FileProblem, UnsafeFile

if TYPE_CHECKING:
    from lxml.html import HtmlElement


def parse_html(data: bytes, path: Path) -> HtmlElement:
    """Return the root of a web page, whatever is wrong with its tags, without comments.

    Raises:
        UnsafeFile: It is no text, or nothing is left of it.
    """
    from lxml import etree, html

    hint = "save the page again"
    if b"\0" in data[:4096] and data[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        raise UnsafeFile(path, [FileProblem("not-html", "this is no web page: it has bytes that no text has", hint)])
    try:
        parser = html.HTMLParser(
            no_network=True, huge_tree=False, remove_comments=True, remove_pis=True, encoding=_encoding(data)
        )
        return html.document_fromstring(data, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, LookupError, AssertionError) as error:
        raise UnsafeFile(path, [FileProblem("not-html", f"this is no web page: {error}", hint)]) from error


def parse_fragment(text: str) -> HtmlElement:
    """Return HTML from a service as the content of a <div>.

    Raises:
        ValueError: It cannot be parsed.
    """
    from lxml import etree, html

    try:
        return html.fragment_fromstring(text, create_parent="div")
    except (etree.ParserError, etree.XMLSyntaxError, AssertionError) as error:
        raise ValueError(str(error)) from error


def unpack_html(data: bytes) -> HtmlElement:
    """Return a tree of our own, serialised as XML, that came from another process of ours."""
    from lxml import etree, html

    parser = html.XHTMLParser(resolve_entities=False, huge_tree=True)
    return etree.fromstring(data, parser)


def _encoding(data: bytes) -> str | None:
    """Return UTF-8 for what is UTF-8, whatever it says of itself; else what it says is believed."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return "utf-8"
