"""Read web pages for verification: blocks in order, footnotes, pictures, properties, and active content."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ipdocs.files.html import parse_html
from ipdocs.files.pictures.data_url import decode_data_url
from ipdocs.files.pictures.picture import BadPicture
from ipdocs.files.reading import UnsafeFile
from ipdocs.findings import Finding, Location
from ipdocs.templating.html_document import BLOCK_ELEMENTS
from ipdocs.verification.hints import REBUILD
from ipdocs.verification.pictures import FoundImage, FoundPicture
from ipdocs.verification.read_document import ReadDocument, ReadParagraph, RunLanguages

_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4}
_ACTIVE_TAGS = {"script", "iframe", "object", "embed", "applet", "form", "link", "base", "frame", "video", "audio", "source"}
_FETCHING = re.compile(r"@import|url\(\s*(?!['\"]?\s*(?:data:|#))[^)\s]", re.I)
_UNREAD_TAGS = {"script", "style", "template", "noscript"}


def read_html(data: bytes, path: Path) -> ReadDocument:
    """Return the content of a web page, with findings about content that runs or is fetched when the page is opened.

    Raises:
        IpdocsError: the file is not a web page.
    """
    try:
        root = parse_html(data, path)
    except UnsafeFile as error:
        raise error.to_ipdocs_error({}, "unreadable-file") from error
    reader = _BlockReader()
    body = root.find("body")
    if body is not None:
        reader.read_block(body, root.get("lang", ""), 0, in_contents=False)
    meta_texts = [text for element in root.iter("meta") if (text := element.get("content"))]
    return ReadDocument(
        lines=reader.lines,
        notes=reader.notes,
        alternatives=reader.alternatives,
        pictures=reader.pictures,
        elsewhere=meta_texts,
        title=root.findtext("head/title") or "",
        language=root.get("lang"),
        findings=[
            Finding("active-content", message, Location(path), REBUILD)
            for message in dict.fromkeys(_active_content_messages(root))
        ],
    )


class _BlockReader:
    """Reads blocks as lines. The text of a block up to a nested block is one line."""

    def __init__(self) -> None:
        self.lines: list[ReadParagraph] = []
        self.notes: list[str] = []
        self.alternatives: list[str] = []
        self.pictures: list[FoundPicture] = []
        self.line_parts: list[str] = []

    def read_block(self, element: Any, language: str, level: int, *, in_contents: bool) -> None:
        """Read a block; a heading in a table of contents counts as a plain paragraph."""
        language = element.get("lang") or language
        in_contents = in_contents or (element.tag == "nav" and "contents" in element.get("class", "").split())
        level = 0 if in_contents else _HEADINGS.get(element.tag, level)
        self.read_content(element, language, level, in_contents=in_contents)
        self.end_line(language, level)

    def read_content(self, element: Any, language: str, level: int, *, in_contents: bool) -> None:
        """Read the text and blocks in an element."""
        self.line_parts.append(element.text or "")
        for child in element:
            self.read_child(child, language, level, in_contents=in_contents)
            self.line_parts.append(child.tail or "")

    def read_child(self, child: Any, language: str, level: int, *, in_contents: bool) -> None:
        """Read a child element (a block, picture, footnote or inline element) unless it is hidden."""
        if child.tag in BLOCK_ELEMENTS:
            self.end_line(language, level)
            if child.get("hidden") is None:
                self.read_block(child, language, level, in_contents=in_contents)
        elif child.tag in _UNREAD_TAGS or child.get("hidden") is not None:
            return
        elif child.tag == "br":
            self.line_parts.append(" ")
        elif child.tag == "img":
            self.read_picture(child)
        elif child.get("class") == "footnote":
            outer_parts, picture_count, self.line_parts = self.line_parts, len(self.pictures), []
            self.read_content(child, language, level, in_contents=in_contents)
            self.notes.append("".join(self.line_parts))
            del self.pictures[picture_count:]
            self.line_parts = outer_parts
        else:
            self.read_content(child, language, level, in_contents=in_contents)

    def read_picture(self, image: Any) -> None:
        """Read a picture that is embedded in the page."""
        if image.get("alt"):
            self.alternatives.append(image.get("alt"))
        address = image.get("src", "")
        try:
            data = decode_data_url(address) if address.startswith("data:") else b""
        except BadPicture:
            data = b""
        is_drawing = address.startswith("data:image/svg+xml")
        self.pictures.append(FoundPicture((), data) if is_drawing else FoundPicture((FoundImage(data),)))

    def end_line(self, language: str, level: int) -> None:
        """End the current line."""
        text = "".join(self.line_parts)
        self.line_parts.clear()
        if text.strip():
            self.lines.append(ReadParagraph(text, (RunLanguages(language, language),), level))


def _active_content_messages(root: Any) -> Iterator[str]:
    """Yield a message for each item in a page that runs or is fetched."""
    for element in root.iter():
        tag = str(element.tag)
        if tag in _ACTIVE_TAGS:
            yield f"the page has a <{tag}>, which can run or fetch something"
        elif tag == "meta" and element.get("http-equiv", "").lower() == "refresh":
            yield "the page redirects to another one"
        elif tag == "style" and _FETCHING.search(element.text or ""):
            yield "a stylesheet of the page fetches something"
        for key, value in element.attrib.items():
            name = str(key).lower()
            if name.startswith("on") or value.strip().lower().startswith(("javascript:", "vbscript:")):
                yield f"<{tag}> runs something ({name})"
            elif name in {"src", "srcset", "poster", "background"} and not value.startswith("data:"):
                yield f"<{tag}> fetches {value[:80]!r}"
            elif name == "style" and _FETCHING.search(value):
                yield f"<{tag}> fetches something (style)"
