"""Parse HTML, without network access."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from ipdocs.files.character_sets import DecodedText, decode_web_page
from ipdocs.files.reading import FileProblem, UnsafeFile

if TYPE_CHECKING:
    from lxml.html import HtmlElement


def parse_html(data: bytes, path: Path) -> HtmlElement:
    """Decode and parse a web page as `decode_web_page` and `parse_page` do, and return its root.

    Raises:
        UnsafeFile: The file is binary, has no content, or is nested too deeply.
    """
    return parse_page(read_page(data, path).text, path)


def read_page(data: bytes, path: Path) -> DecodedText:
    """Decode a web page; its findings are about characters that cannot be read.

    Raises:
        UnsafeFile: The file is binary.
    """
    page = decode_web_page(data, path)
    if b"\0" in data[:4096] and not page.encoding.startswith("utf-16") and not _TAG.search(page.text[:4096]):
        raise _not_html(path, "it contains binary data")
    return page


def parse_page(text: str, path: Path) -> HtmlElement:
    """Parse the text of a web page, drop its comments, repair its tags, and return its root.

    Raises:
        UnsafeFile: The text has no content, or its elements are nested too deeply.
    """
    from lxml import etree, html

    # libxml2 ignores text after </html>, which browsers show at the end of the page.
    if _TEXT_AFTER_END.search(text):
        text = _END_TAGS.sub("", text)
    parser = html.HTMLParser(no_network=True, huge_tree=True, remove_comments=True, remove_pis=True, encoding="utf-8")
    try:
        root = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, LookupError, AssertionError) as error:
        raise _not_html(path, str(error)) from error
    # libxml2 drops the rest of a page after a fatal error.
    if len(parser.error_log.filter_from_fatals()):
        raise _not_html(path, "its elements are nested too deeply")
    return root


_END_TAGS = re.compile(r"</(?:body|html)[ \t]*>", re.I)
_TEXT_AFTER_END = re.compile(r"</html\s*>\s*[^\s<]|</html\s*>\s*<(?!!--|/|\?)", re.I)


_TAG = re.compile(r"<(?:!doctype html|html|head|meta|title|body|div|h[1-6]|p|table)[\s>]", re.I)
"""A tag that shows that a file is a web page although it has bytes of zero, which become U+FFFD as in browsers."""


def _not_html(path: Path, reason: str) -> UnsafeFile:
    return UnsafeFile(path, [FileProblem("not-html", f"this is not a web page: {reason}", "save the page again")])


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
