"""Parse untrusted XML, without document types, entities or network access."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from contextlib import suppress
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

_CHINESE_ENCODING = re.compile(rb"<\?xml[^>]{0,60} encoding=[\"'](big5(?:-hkscs)?|gb2312|gbk|gb18030)[\"']", re.IGNORECASE)
"""The declaration of an encoding that Chinese programs write."""


def is_xml(data: bytes) -> bool:
    """Whether a file looks like XML, in any encoding."""
    return _XML_BEGINNING.match(data) is not None


def parse_xml(data: bytes, path: Path, part: str = "", *, allow_doctype: bool = False) -> _Element:
    """Parse an XML document, and return its root element without comments.

    Args:
        data: The XML, in the encoding that it declares.
        path: The path of the file, for the location of a finding.
        part: The name of the part, if the file is an archive.
        allow_doctype: Whether the file may name its document type, as TMX and older TBX do. The named file is not read, and
            the file may declare nothing itself.

    Raises:
        UnsafeFile: The XML is broken, nested deeper than 256 elements, has more than MAX_NODES elements and attributes,
            declares a document type that is not allowed, or uses an entity that is not defined.
    """
    from lxml import etree

    name = part or "this file"
    if data.count(b"<") + data.count(b"=") > MAX_NODES:
        message = f"{name} has more than {MAX_NODES:,} elements and attributes"
        raise _unsafe("bomb", message, path, "split it into several files")
    try:
        if _has_doctype(data) and not (allow_doctype and not _has_declarations(data)):
            message = f"{name} declares a document type, which may define entities"
            raise _unsafe("doctype", message, path, _SAVE_AGAIN_HINT)
        root: _Element = etree.fromstring(data, etree.XMLParser(remove_comments=True, **_SAFE_OPTIONS))
        _refuse_entities(root, path, name)
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
                _refuse_entities(element, path, "this file")
                yield element
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]
        except etree.XMLSyntaxError as error:
            raise _not_xml("this file", error, path) from error
        if events.root is None or events.root.tag != root:
            raise _unsafe("not-xml", f"the root element is not <{root}>", path, _SAVE_AGAIN_HINT)


def local_name(element: _Element) -> str:
    """Return the name of an element without its namespace, or an empty string for a processing instruction."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def text_of(element: _Element) -> str:
    """Return the text in an element as one line."""
    return " ".join("".join(map(str, element.itertext())).split())


def _refuse_entities(element: _Element, path: Path, name: str) -> None:
    """Refuse an element with an undefined entity such as &nbsp;, whose text would be lost."""
    from lxml import etree

    if (entity := next(element.iter(etree.Entity), None)) is not None:
        message = f"{name} uses the entity {entity.text}, which it does not define"
        raise _unsafe("not-xml", message, path, "write the character itself", entity.sourceline or 0)


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


def _has_declarations(data: bytes) -> bool:
    """Whether the document type of an XML document contains declarations, or cannot be read without reading these."""
    from xml.parsers import expat

    has_declarations = True

    def start_doctype(name: str, system_id: str | None, public_id: str | None, has_internal_subset: int) -> None:
        nonlocal has_declarations
        has_declarations = bool(has_internal_subset)
        raise _PrologEnd

    encoding = _CHINESE_ENCODING.match(data)  # which expat does not know
    parser = expat.ParserCreate("utf-8") if encoding else expat.ParserCreate()
    parser.StartDoctypeDeclHandler = start_doctype
    with suppress(_PrologEnd, expat.ExpatError, ValueError):
        parser.Parse(data.decode(encoding[1].decode()) if encoding else data, True)
    return has_declarations
