"""XML from elsewhere, parsed without document types, entities or the network."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ipdocs.files.reading import unsafe_file

if TYPE_CHECKING:
    from lxml.etree import _Element


def xml(data: bytes, path: Path, name: str = "") -> _Element:
    """Return the root of some XML; what is broken, too deep or declares a document type is a finding. name tells the part."""
    from lxml import etree

    where = f"{name} " if name else "this "
    # A declaration of a document type stands before the root; a legal one has no business in what tools exchange.
    if b"<!DOCTYPE" in data[:4096] or b"<!ENTITY" in data[:4096] or "<!DOCTYPE".encode("utf-16-le") in data[:8192]:
        hint = "save it again in the program it comes from"
        raise unsafe_file("hostile-file", f"{where}declares a document type, which may hide entities", path, hint)
    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, remove_comments=True)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        line = getattr(error, "lineno", 0) or 0
        raise unsafe_file(
            "bad-xml", f"{where}is no XML: {getattr(error, 'msg', error)}", path, "export it again", line
        ) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise unsafe_file("hostile-file", f"{where}declares a document type, which may hide entities", path)
    return root
