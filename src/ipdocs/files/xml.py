"""Parse untrusted XML, without document types, entities or network access."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ipdocs.files.reading import FileProblem, Reason, UnsafeFile, open_regular

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_NODES = 4_000_000
"""Maximum number of elements and attributes in a file: several times the number in a document of a thousand pages.

Each takes about 120 bytes of memory, so a small file of empty elements could fill the memory.
"""

_BEGINNING_BYTES = 65_536
"""The number of bytes within which the first element nearly always begins."""

_SAVE_AGAIN_HINT = "save or export it again in the program it comes from"
_SAFE_OPTIONS: dict[str, Any] = {"resolve_entities": False, "load_dtd": False, "no_network": True, "huge_tree": False}


_XML_BEGINNING = re.compile(rb"[\xef\xbb\xbf\xff\xfe\x00 \t\r\n]*<")
"""The beginning of an XML file: byte order marks and white space, then the first "<"."""


def is_xml(data: bytes) -> bool:
    """Whether a file looks like XML, in any encoding."""
    return _XML_BEGINNING.match(data) is not None


def parse_xml(data: bytes, path: Path, part: str = "") -> _Element:
    """Parse an XML document, and return its root element without comments.

    Args:
        data: The XML, in the encoding that it declares.
        path: The path of the file, for the location of a finding.
        part: The name of the part, if the file is an archive.

    Raises:
        UnsafeFile: The XML is broken, nested deeper than 256 elements, has more than MAX_NODES elements and attributes, or
            declares a document type.
    """
    from lxml import etree

    name = part or "this file"
    if data.count(b"<") + data.count(b"=") > MAX_NODES:
        message = f"{name} has more than {MAX_NODES:,} elements and attributes"
        raise _unsafe("bomb", message, path, "split it into several files")
    try:
        if _has_doctype(data):
            message = f"{name} declares a document type, which may define entities"
            raise _unsafe("doctype", message, path, _SAVE_AGAIN_HINT)
        root: _Element = etree.fromstring(data, etree.XMLParser(remove_comments=True, **_SAFE_OPTIONS))
        return root
    except (etree.XMLSyntaxError, ValueError) as error:
        raise _not_xml(name, error, path, is_part=bool(part)) from error


def stream_xml(path: Path, root: str, tags: Collection[str], limit: int) -> Iterator[_Element]:
    """Yield the elements with certain tags, without keeping the tree of a large file in memory.

    Each element is emptied when the next element is read. A document type is allowed, since TMX files have one; entities
    are not allowed.

    Args:
        path: The path of the file.
        root: The tag of the root element.
        tags: The tags of the elements to yield.
        limit: Maximum size of the file, in bytes.

    Raises:
        UnsafeFile: `open_regular` refuses the file, or the XML is broken, has another root element, or defines entities.
    """
    from lxml import etree

    with open_regular(path, limit) as stream:
        events: Any = etree.iterparse(stream, tag=tags, **_SAFE_OPTIONS)
        try:
            for index, (_, element) in enumerate(events):
                if index == 0:
                    dtd = element.getroottree().docinfo.internalDTD
                    if dtd is not None and list(dtd.iterentities()):
                        raise _unsafe("doctype", "this file defines entities", path, "save it again without entities", 1)
                yield element
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]
        except etree.XMLSyntaxError as error:
            raise _not_xml("this file", error, path) from error
        if events.root is None or events.root.tag != root:
            raise _unsafe("not-xml", f"the root element is not <{root}>", path, _SAVE_AGAIN_HINT)


def _not_xml(name: str, error: Exception, path: Path, *, is_part: bool = False) -> UnsafeFile:
    message = str(getattr(error, "msg", error))
    if message.startswith("Excessive depth"):
        return _unsafe("not-xml", f"{name} is nested deeper than 256 elements", path, _SAVE_AGAIN_HINT)
    line = 0 if is_part else getattr(error, "lineno", 0) or 0
    return _unsafe("not-xml", f"{name} is not valid XML: {message}", path, _SAVE_AGAIN_HINT, line)


def _unsafe(reason: Reason, message: str, path: Path, hint: str, line: int = 0) -> UnsafeFile:
    return UnsafeFile(path, [FileProblem(reason, message, hint, line)])


class _PrologEnd(Exception):
    """Raised to stop the parser at a document type or at the root element."""


class _DoctypeDetector:
    """A parser target that stops at a document type or at the root element."""

    has_doctype = False

    def doctype(self, *_: object) -> None:
        self.has_doctype = True
        raise _PrologEnd

    def start(self, *_: object) -> None:
        raise _PrologEnd

    def close(self) -> None:
        """Return nothing; lxml requires this method."""


def _has_doctype(data: bytes) -> bool:
    """Whether an XML document, in any encoding, declares a document type; the content of the declaration is not parsed."""
    from lxml import etree

    detector = _DoctypeDetector()
    for beginning in (data[:_BEGINNING_BYTES], data):
        parser: Any = etree.XMLParser(target=detector, **_SAFE_OPTIONS)  # type: ignore[call-overload]
        try:
            etree.fromstring(beginning, parser)
        except _PrologEnd:
            break
        except etree.XMLSyntaxError:
            continue
    return detector.has_doctype
