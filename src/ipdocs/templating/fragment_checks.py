"""What a template has made of one language, looked at before anything is done with it: no word of it may go missing.

Layouts set the elements at its top side by side by their names, so each has one, and nothing stands between them.
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
"""Characters of what a template may make."""
MAX_FINDINGS = 20
"""How many of a template's mistakes are told: a loop makes one mistake many times."""
MAX_DEPTH = 100
"""How deep elements may stand within each other."""
MAX_SPANS = {"colspan": 1_000, "rowspan": 1_000, "span": 1_000, "start": 100_000, "value": 100_000}
"""The largest number of each attribute that is one: a cell's columns and rows, and what items are counted from."""
ATTRIBUTES = frozenset(
    {
        *("align", "alt", "class", "colspan", "dir", "headers", "height", "href", "id", "lang", "reversed", "role", "rowspan"),
        *("scope", "span", "src", "start", "title", "type", "valign", "value", "width"),
    }
)
"""What elements may carry beside data- and aria- attributes: none of them runs anything, or loads anything but a picture."""

_ODD = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ADDRESS = re.compile(r"(?:https?|mailto|tel):|[^:]*(?:[/?#].*)?$", re.IGNORECASE | re.DOTALL)
_NAME = re.compile(r"[^\s]+")


def fragment_problems(text: str, template: Path) -> list[Finding]:
    """Return what is wrong with the HTML that a template has made, at the lines of the template where it can be told."""
    if len(text) > MAX_LENGTH:
        message = f"this template makes {len(text):,} characters; {MAX_LENGTH:,} is the limit"
        return [Finding("bad-template", message, Location(template, 1), "look at its loops")]
    if odd := _ODD.search(text):
        line = text.count("\n", 0, odd.start()) + 1
        message = f"this template writes {odd[0]!r}, which no document may have, in line {line} of what it makes"
        return [Finding("bad-template", message, Location(template, 1), "take it out")]
    try:
        parts = html.fragments_fromstring(text)
    except (etree.ParserError, etree.XMLSyntaxError, AssertionError, ValueError) as error:
        message = f"what this template makes is no HTML: {error}"
        return [Finding("bad-template", message, Location(template, 1), "look at its tags")]
    return list(islice(_Checks(template).problems(parts), MAX_FINDINGS))


class _Checks:
    """Looks at elements, and finds where in a template they come from."""

    def __init__(self, template: Path) -> None:
        self.template = template
        self._text: str | None = None

    def problems(self, parts: Sequence[str | HtmlElement]) -> Iterator[Finding]:
        """Yield what is wrong with the elements at the top, and with those within them."""
        names: set[str] = set()
        for part in parts:
            if isinstance(part, str):
                yield from self.stray(part)
                continue
            yield from self.stray(part.tail)
            if not isinstance(part.tag, str):
                continue
            name = part.get("data-block", "")
            if not _NAME.fullmatch(name):
                message = f"this <{part.tag}> at the top has no name, by which it is set beside its counterpart"
                yield Finding("no-block-name", message, self.place(part), 'give it one: data-block="…"')
            elif name in names:
                message = f"two elements at the top have the name {name!r}"
                hint = "give the block of the source another id, or the element of the template another data-block"
                yield Finding("duplicate-block", message, self.place(part), hint)
            names.add(name)
            yield from self.inner(part)

    def stray(self, text: str | None) -> Iterator[Finding]:
        """Yield a finding for words between the elements at the top."""
        if words := " ".join((text or "").split()):
            message = f"{words[:60]!r} stands outside of every element, where no layout would show it"
            yield Finding("stray-text", message, self.line_of(words.split()[0]), 'put it in <p data-block="…">')

    def inner(self, block: HtmlElement) -> Iterator[Finding]:
        """Yield what is wrong with a block and the elements within it."""
        todo = [(block, 1)]
        while todo:
            element, depth = todo.pop()
            if depth > MAX_DEPTH:
                message = f"elements stand more than {MAX_DEPTH} deep within each other here"
                yield Finding("bad-template", message, self.place(element), "close the elements before")
                return
            yield from self.attributes(element)
            todo += [(child, depth + 1) for child in element if isinstance(child.tag, str)]

    def attributes(self, element: HtmlElement) -> Iterator[Finding]:
        """Yield what is wrong with the attributes of an element."""
        for name, value in element.attrib.items():
            name, value = str(name), str(value)
            if name not in ATTRIBUTES and not name.startswith(("data-", "aria-")):
                hint = "give the element a class and write it into the stylesheet" if name == "style" else "take it out"
                yield Finding("unknown-attribute", f"no writer knows the attribute {name!r}", self.place(element, name), hint)
            elif name in MAX_SPANS and not _is_count(value, MAX_SPANS[name]):
                message = f"{name}={value[:20]!r} is no number from 1 to {MAX_SPANS[name]:,}"
                yield Finding("bad-template", message, self.place(element, name), "write a number, or leave it out")
            elif name == "href" and not _ADDRESS.match(value.strip()):
                message = f"{value[:60]!r} is no address of a page"
                yield Finding("bad-template", message, self.place(element, name), "begin it with https://, mailto: or #")
        missing = [name for name in ("src", "alt") if name not in element.attrib]
        if element.tag == "img" and missing:
            message = f"this picture has no {' and no '.join(missing)}"
            yield Finding("bad-template", message, self.place(element), 'write <img src="FILE" alt="what it shows">')

    def place(self, element: HtmlElement, attribute: str = "") -> Location:
        """Return where a template has an element like this: by its tag, and by its attribute if one is meant."""
        is_named = "" if attribute or "data-block" in element.attrib else r"(?![^<>]*data-block)"
        tag = re.escape(str(element.tag))
        wanted = filter(None, (attribute, element.get("data-block"), element.get("class")))
        words = (element.text or "").split()[:1]
        patterns = [rf"<{tag}\b[^<>]*{re.escape(one)}" for one in wanted]
        patterns += [rf"<{tag}\b{is_named}[^<>]*>\s*{re.escape(word)}" for word in words]
        patterns += [rf"<{tag}>", rf"<{tag}\b{is_named}", rf"<{tag}\b"]
        found = next(filter(None, (re.search(pattern, self.text) for pattern in patterns)), None)
        return Location(self.template, *(line_and_column(self.text, found.start()) if found else (1, 0)))

    def line_of(self, words: str) -> Location:
        """Return where a template has these words."""
        at = self.text.find(words)
        return Location(self.template, *(line_and_column(self.text, at) if at >= 0 else (1, 0)))

    @property
    def text(self) -> str:
        """The text of the template."""
        if self._text is None:
            try:
                self._text = read_utf8(self.template)
            except IpdocsError:
                self._text = ""
        return self._text


def _is_count(value: str, most: int) -> bool:
    value = value.strip()
    return value.isascii() and value.isdigit() and len(value) < 10 and 1 <= int(value) <= most
