"""Check the HTML that a template produces for one language, so that no text is lost later.

Layouts pair the top-level elements of several languages by name. So each top-level element needs a name, and no text may
be outside the elements.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from lxml import etree, html
from lxml.html import HtmlElement

from ipdocs.files.reading import line_and_column, read_utf8
from ipdocs.findings import Finding, IpdocsError, Location

MAX_LENGTH = 20_000_000
"""Maximum number of characters in the HTML that a template produces."""
MAX_FINDINGS = 20
"""Maximum number of findings to report, since a loop repeats the same mistake many times."""
MAX_DEPTH = 100
"""Maximum nesting of elements."""
MAX_VALUES = {"colspan": 1_000, "rowspan": 1_000, "span": 1_000, "start": 100_000, "value": 100_000}
"""Maximum values of numeric attributes, keyed by attribute: columns and rows of a cell, and numbers of list items."""
ATTRIBUTES = frozenset(
    {
        *("align", "alt", "class", "colspan", "dir", "headers", "height", "href", "id", "lang", "reversed", "role", "rowspan"),
        *("scope", "span", "src", "start", "title", "type", "valign", "value", "width"),
    }
)
"""Allowed attributes, besides data- and aria- attributes. None of them runs or loads anything, except src for a picture."""

_REFUSED_CHARACTERS = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ADDRESS = re.compile(r"(?:https?|mailto|tel):|[^:]*(?:[/?#].*)?$", re.IGNORECASE | re.DOTALL)
_NAME = re.compile(r"[^\s]+")


def fragment_findings(text: str, template: Path) -> list[Finding]:
    """Return findings about the HTML that a template produced, with the best available locations in the template.

    Args:
        text: the HTML.
        template: the path of the template.
    """
    if len(text) > MAX_LENGTH:
        message = f"this template produces {len(text):,} characters; the limit is {MAX_LENGTH:,}"
        return [Finding("bad-template", message, Location(template, 1), "check the loops in the template")]
    if match := _REFUSED_CHARACTERS.search(text):
        line = text.count("\n", 0, match.start()) + 1
        message = f"line {line} of the HTML from this template has the character {match[0]!r}, which is not allowed in a document"
        return [Finding("bad-template", message, Location(template, 1), "delete this character")]
    try:
        parts = html.fragments_fromstring(text)
    except (etree.ParserError, etree.XMLSyntaxError, AssertionError, ValueError) as error:
        message = f"this template does not produce valid HTML: {error}"
        return [Finding("bad-template", message, Location(template, 1), "check the tags in the template")]
    return list(islice(_FragmentChecker(template).findings(parts), MAX_FINDINGS))


class _FragmentChecker:
    """Checks elements, and finds their locations in a template."""

    def __init__(self, template: Path) -> None:
        self.template = template
        self._text: str | None = None

    def findings(self, parts: Sequence[str | HtmlElement]) -> Iterator[Finding]:
        """Yield findings about the top-level elements, their descendants, and text between them."""
        names: set[str] = set()
        for part in parts:
            if isinstance(part, str):
                yield from self.stray_text_findings(part)
                continue
            yield from self.stray_text_findings(part.tail)
            if not isinstance(part.tag, str):
                continue
            name = part.get("data-block", "")
            if not _NAME.fullmatch(name):
                message = f"this top-level <{part.tag}> has no name, so it cannot be paired with other languages"
                yield Finding("no-block-name", message, self.location_of(part), 'give the element a name: data-block="…"')
            elif name in names:
                message = f"two top-level elements have the name {name!r}"
                hint = "give the block in the source another id, or the element in the template another data-block"
                yield Finding("duplicate-block", message, self.location_of(part), hint)
            names.add(name)
            yield from self.block_findings(part)

    def stray_text_findings(self, text: str | None) -> Iterator[Finding]:
        """Yield a finding if there is text between the top-level elements."""
        if words := " ".join((text or "").split()):
            message = f"the text {words[:60]!r} is outside all elements, so no layout shows it"
            yield Finding("stray-text", message, self.location_of_words(words.split()[0]), 'put the text in <p data-block="…">')

    def block_findings(self, block: HtmlElement) -> Iterator[Finding]:
        """Yield findings about a block and its descendants."""
        stack = [(block, 1)]
        while stack:
            element, depth = stack.pop()
            if depth > MAX_DEPTH:
                message = f"this element is nested more than {MAX_DEPTH} deep"
                yield Finding("bad-template", message, self.location_of(element), "close the elements before this one")
                return
            yield from self.attribute_findings(element)
            stack += [(child, depth + 1) for child in element if isinstance(child.tag, str)]

    def attribute_findings(self, element: HtmlElement) -> Iterator[Finding]:
        """Yield findings about the attributes of an element."""
        for name, value in element.attrib.items():
            name, value = str(name), str(value)
            if name not in ATTRIBUTES and not name.startswith(("data-", "aria-")):
                hint = (
                    "give the element a class, and style the class in the stylesheet"
                    if name == "style"
                    else "delete the attribute"
                )
                message = f"the attribute {name!r} is not supported"
                yield Finding("unknown-attribute", message, self.location_of(element, name), hint)
            elif name in MAX_VALUES and not _is_number_up_to(value, MAX_VALUES[name]):
                message = f"the value {value[:20]!r} of the attribute {name!r} is not allowed"
                yield Finding(
                    "bad-template",
                    message,
                    self.location_of(element, name),
                    f"write a number from 1 to {MAX_VALUES[name]:,}, or delete the attribute",
                )
            elif name == "href" and not _ADDRESS.match(value.strip()):
                message = f"{value[:60]!r} is not a valid link"
                yield Finding(
                    "bad-template", message, self.location_of(element, name), "begin the link with https://, mailto: or #"
                )
        missing = [name for name in ("src", "alt") if name not in element.attrib]
        if element.tag == "img" and missing:
            message = f"this picture has no {' and no '.join(missing)}"
            yield Finding("bad-template", message, self.location_of(element), 'write <img src="FILE" alt="what it shows">')

    def location_of(self, element: HtmlElement, attribute: str = "") -> Location:
        """Return the most probable location of an element, or of one of its attributes, in the template.

        The search begins with the most specific features of the element and ends with its tag alone.
        """
        without_name = "" if attribute or "data-block" in element.attrib else r"(?![^<>]*data-block)"
        tag = re.escape(str(element.tag))
        features = filter(None, (attribute, element.get("data-block"), element.get("class")))
        words = (element.text or "").split()[:1]
        patterns = [rf"<{tag}\b[^<>]*{re.escape(feature)}" for feature in features]
        patterns += [rf"<{tag}\b{without_name}[^<>]*>\s*{re.escape(word)}" for word in words]
        patterns += [rf"<{tag}>", rf"<{tag}\b{without_name}", rf"<{tag}\b"]
        match = next(filter(None, (re.search(pattern, self.text) for pattern in patterns)), None)
        return Location(self.template, *(line_and_column(self.text, match.start()) if match else (1, 0)))

    def location_of_words(self, words: str) -> Location:
        """Return the location of words in the template."""
        offset = self.text.find(words)
        return Location(self.template, *(line_and_column(self.text, offset) if offset >= 0 else (1, 0)))

    @property
    def text(self) -> str:
        """The text of the template, or "" if it cannot be read."""
        if self._text is None:
            try:
                self._text = read_utf8(self.template)
            except IpdocsError:
                self._text = ""
        return self._text


def _is_number_up_to(value: str, limit: int) -> bool:
    value = value.strip()
    return value.isascii() and value.isdigit() and len(value) < 10 and 1 <= int(value) <= limit
