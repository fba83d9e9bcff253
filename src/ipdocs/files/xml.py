"""XML from elsewhere, parsed without document types, entities or the network."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ipdocs.files.reading import FileProblem, Reason, UnsafeFile, open_regular

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_NODES = 4_000_000
"""How many elements and attributes a file may have: several times those of a document of a thousand pages.

A tree takes about 120 bytes for each, so a small file of empty elements would fill the memory.
"""

_BEGINNING = 65_536
"""Bytes in which the first element is nearly always found."""

_AGAIN = "save or export it again in the program it comes from"
_SAFE: dict[str, Any] = {"resolve_entities": False, "load_dtd": False, "no_network": True, "huge_tree": False}


_XML = re.compile(rb"[\xef\xbb\xbf\xff\xfe\x00 \t\r\n]*<")
"""The beginning of an XML file: marks of encodings and any amount of space, then the first <."""


def is_xml(data: bytes) -> bool:
    """Whether a file looks like XML, in whatever encoding."""
    return _XML.match(data) is not None


def parse_xml(data: bytes, path: Path, part: str = "") -> _Element:
    """Return the root of some XML, without its comments.

    Args:
        data: The XML, in any encoding that it declares.
        path: The file, for the location of a finding.
        part: The part of that file, if it is an archive.

    Raises:
        UnsafeFile: It is broken, nested deeper than 256 elements, larger than MAX_NODES, or declares a document type.
    """
    from lxml import etree

    name = part or "this"
    if data.count(b"<") + data.count(b"=") > MAX_NODES:
        raise _refused("unpacks", f"{name} has more than {MAX_NODES:,} elements and attributes", path, "part it into several")
    try:
        if _has_doctype(data):
            message = f"{name} declares a document type, which may hide entities"
            raise _refused("doctype", message, path, _AGAIN)
        root: _Element = etree.fromstring(data, etree.XMLParser(remove_comments=True, **_SAFE))
        return root
    except (etree.XMLSyntaxError, ValueError) as error:
        raise _not_xml(name, error, path, is_part=bool(part)) from error


def stream_xml(path: Path, root: str, tags: Collection[str], limit: int) -> Iterator[_Element]:
    """Yield the elements of some names, one by one and without the rest of the tree, from a file of any size.

    An element is emptied when the next is asked for. A document type is allowed, since TMX has one, but no entities.

    Args:
        path: The file.
        root: The name of its first element.
        tags: The names of the elements to yield.
        limit: How many bytes the file may have.

    Raises:
        UnsafeFile: It is broken, has another first element, or defines entities.
    """
    from lxml import etree

    with open_regular(path, limit) as stream:
        events: Any = etree.iterparse(stream, tag=tags, **_SAFE)
        try:
            for index, (_, element) in enumerate(events):
                if index == 0:
                    dtd = element.getroottree().docinfo.internalDTD
                    if dtd is not None and list(dtd.iterentities()):
                        raise _refused("doctype", "this file defines entities", path, "save it again without them", 1)
                yield element
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]
        except etree.XMLSyntaxError as error:
            raise _not_xml("this", error, path) from error
        if events.root is None or events.root.tag != root:
            raise _refused("not-xml", f"the first element is no <{root}>", path, _AGAIN)


def _not_xml(name: str, error: Exception, path: Path, *, is_part: bool = False) -> UnsafeFile:
    message = str(getattr(error, "msg", error))
    if message.startswith("Excessive depth"):
        return _refused("not-xml", f"{name} is nested deeper than 256 elements", path, _AGAIN)
    line = 0 if is_part else getattr(error, "lineno", 0) or 0
    return _refused("not-xml", f"{name} is no XML: {message}", path, _AGAIN, line)


def _refused(reason: Reason, message: str, path: Path, hint: str, line: int = 0) -> UnsafeFile:
    return UnsafeFile(path, [FileProblem(reason, message, hint, line)])


class _PrologReadError(Exception):
    """The parser has come to the end of what may stand before the first element."""


class _Prolog:
    """A target of a parser that reads no further than to a document type or the first element."""

    has_doctype = False

    def doctype(self, *_: object) -> None:
        self.has_doctype = True
        raise _PrologReadError

    def start(self, *_: object) -> None:
        raise _PrologReadError

    def close(self) -> None:
        """Do nothing: nothing is made of the XML."""


def _has_doctype(data: bytes) -> bool:
    """Whether some XML declares a document type, whatever its encoding; nothing of the declaration is read."""
    from lxml import etree

    prolog = _Prolog()
    for beginning in (data[:_BEGINNING], data):
        parser: Any = etree.XMLParser(target=prolog, **_SAFE)  # type: ignore[call-overload]
        try:
            etree.fromstring(beginning, parser)
        except _PrologReadError:
            break
        except etree.XMLSyntaxError:
            continue
    return prolog.has_doctype
