"""A Word file as it is printed: without changes, comments, properties and what is hidden, with pictures that are whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ipdocs.files.alternative_text import names_a_file
from ipdocs.files.ooxml.changes import accept_changes, child_named, count_changes, elements_named, unwrap
from ipdocs.files.ooxml.contents import TYPES
from ipdocs.files.ooxml.crops import blank_cropped_parts
from ipdocs.files.ooxml.hidden_drawings import remove_hidden_drawings
from ipdocs.files.ooxml.names import local_name
from ipdocs.files.ooxml.package import Package
from ipdocs.files.ooxml.relationships import Relationship, is_relationships, relationships, relationships_name
from ipdocs.files.pictures.cleaning import strip_metadata
from ipdocs.files.xml import is_xml, parse_xml

if TYPE_CHECKING:
    from lxml.etree import _Element

_PARTS = {
    **dict.fromkeys(("comments", "commentsExtended", "commentsIds", "commentsExtensible", "people"), ""),
    **dict.fromkeys(("core-properties", "extended-properties", "custom-properties"), ""),
    **dict.fromkeys(("customXml", "customXmlProps"), "custom data"),
    **dict.fromkeys(("thumbnail", "printerSettings", "keyMapCustomizations", "attachedToolbars", "recipientData"), ""),
}
"""The parts that are removed, by the kind of relationship that leads to them; what they are counted by, if they are."""

TAKEN_OUT = frozenset(("attachedTemplate",))
"""The kinds of relationships that are removed wherever they lead: what they lead to shows nothing on any page."""

_GONE_NAMES = """commentRangeStart commentRangeEnd commentReference dataBinding docVars trackRevisions documentProtection
    attachedTemplate"""
_GONE = frozenset(_GONE_NAMES.split())
_FIELD_NAMES = """AUTHOR COMMENTS CREATEDATE DATE DOCPROPERTY DOCVARIABLE EDITTIME FILENAME FILESIZE INFO KEYWORDS LASTSAVEDBY
    NUMCHARS NUMWORDS PRINTDATE REVNUM SAVEDATE SUBJECT TEMPLATE TIME TITLE USERADDRESS USERINITIALS USERNAME"""
_FIELDS = frozenset(_FIELD_NAMES.split())
"""The fields that show properties of the file, who uses it, or the day: they become what they showed last."""

_NAMES = frozenset(("descr", "title", "alt"))
_PICTURES = frozenset(("docPr", "cNvPr", "shape", "imagedata"))


def clean_parts(package: Package) -> tuple[dict[str, bytes], int, Counter[str]]:
    """Return the parts of a Word file as they are printed, how many changes were accepted, and what was removed, by kind.

    Raises:
        BadPicture: a picture is damaged or too large.
    """
    from lxml import etree

    removed: Counter[str] = Counter()
    gone = _removed_parts(package, removed)
    styles = hidden_styles(package)
    cropped = blank_cropped_parts(package)
    removed["cropped pictures"] += len(cropped)
    parts, changes = {**package.parts, **cropped}, 0
    for name in package.parts:
        if name in gone:
            del parts[name]
        elif is_relationships(name):
            parts[name] = _relationships(package, name, removed)
        elif is_xml(package.parts[name]):
            root = parse_xml(package.parts[name], package.path, name)
            changes += count_changes(root) if name != TYPES else 0
            if name == TYPES:
                _remove_types(root, gone)
            else:
                accept_changes(root)
                _clean(root, styles, removed)
            parts[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        else:
            parts[name] = strip_metadata(parts[name])
            removed["notes in pictures"] += parts[name] != package.parts[name] and name not in cropped
    return parts, changes, +removed


def _removed_parts(package: Package, removed: Counter[str]) -> set[str]:
    """Return the names of the parts that are removed, counting what is in them."""
    found = {one.part: one.kind for one in _relationships_of(package) if one.kind in _PARTS and one.part}
    gone = {name: found[name.lower()] for name in package.parts if name.lower() in found}
    for name, kind in gone.items():
        if counted := _PARTS[kind]:
            removed[counted] += 1
        elif is_xml(package.parts[name]):
            root = parse_xml(package.parts[name], package.path, name)
            if kind == "comments":
                removed["comments"] += sum(1 for _ in elements_named(root, frozenset(("comment",))))
            elif kind.endswith("-properties"):
                removed["properties"] += sum(1 for entry in root if "".join(map(str, entry.itertext())).strip())
    return set(gone) | {relationships_name(name) for name in gone}


def _relationships_of(package: Package) -> Iterator[Relationship]:
    for name in package.parts:
        if is_relationships(name):
            yield from relationships(name, parse_xml(package.parts[name], package.path, name))


def _relationships(package: Package, name: str, removed: Counter[str]) -> bytes:
    """Return a part of relationships without those that lead to removed parts or to templates, which are counted."""
    from lxml import etree

    root = parse_xml(package.parts[name], package.path, name)
    for element, one in list(zip(list(root.iter("{*}Relationship")), list(relationships(name, root)), strict=True)):
        if (one.kind in _PARTS or one.kind in TAKEN_OUT) and (parent := element.getparent()) is not None:
            parent.remove(element)
            removed["attached templates"] += one.kind in TAKEN_OUT
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _remove_types(root: _Element, gone: set[str]) -> None:
    for element in list(root.iter("{*}Override")):
        if element.get("PartName", "").lstrip("/") in gone:
            root.remove(element)


def _clean(root: _Element, hidden: frozenset[str], removed: Counter[str]) -> None:
    """Clean one part in place."""
    for element in list(elements_named(root, _GONE)):
        if (parent := element.getparent()) is not None:
            parent.remove(element)
    remove_unseen(root, hidden, removed)
    _freeze_fields(root)


def remove_unseen(root: _Element, hidden: frozenset[str], removed: Counter[str]) -> None:
    """Take out of a part, in place, its hidden text, its hidden drawings and what its pictures tell of the files that they were.

    Args:
        root: the part.
        hidden: the ids of the styles whose text is hidden.
        removed: how much was removed, by kind, which is added to.
    """
    _remove_hidden_text(root, hidden, removed)
    removed["hidden drawings"] += remove_hidden_drawings(root)
    for element in root.iter("{*}*"):
        if local_name(element) not in _PICTURES:
            continue
        for key in [key for key in element.attrib if str(key).rpartition("}")[2] in _NAMES]:
            if names_a_file(str(element.get(key))):
                del element.attrib[key]
                removed["file names of pictures"] += 1
        if names_a_file(element.get("name", "")):
            element.set("name", "Picture")  # it may not be without one
            removed["file names of pictures"] += 1


def _is_on(toggle: _Element | None) -> bool | None:
    """Return the state of a toggle property, or None where there is none."""
    if toggle is None:
        return None
    return _attribute(toggle, "val") not in ("0", "false", "off")


def _attribute(element: _Element | None, name: str) -> str:
    """Return an attribute by its local name, since its namespace differs between the forms of the format."""
    found = () if element is None else (str(value) for key, value in element.attrib.items() if str(key).endswith(f"}}{name}"))
    return next(iter(found), "")


def hidden_styles(package: Package) -> frozenset[str]:
    """Return the ids of the styles whose text is hidden, by themselves or by those they are based on."""
    own: dict[str, bool | None] = {}
    bases: dict[str, str] = {}
    for name in (part for part in package.parts if not is_relationships(part) and is_xml(package.parts[part])):
        for style in elements_named(parse_xml(package.parts[name], package.path, name), frozenset(("style",))):
            identifier = _attribute(style, "styleId")
            own[identifier] = _is_on(child_named(child_named(style, "rPr"), "vanish"))
            bases[identifier] = _attribute(child_named(style, "basedOn"), "val")
    hidden = set()
    for style_id in own:
        current, passed = style_id, set()
        while current in own and own[current] is None and current not in passed:
            passed.add(current)
            current = bases[current]
        if own.get(current):
            hidden.add(style_id)
    return frozenset(hidden)


def _remove_hidden_text(root: _Element, hidden: frozenset[str], removed: Counter[str]) -> None:
    """Take out the content of runs that Word does not print, and rows that are hidden; marks of fields stay."""
    for run in list(elements_named(root, frozenset(("r",)))):
        if not _is_hidden(run, hidden):
            continue
        content = [child for child in run if local_name(child) not in ("rPr", "fldChar", "instrText")]
        for child in content:
            run.remove(child)
        removed["hidden texts"] += bool(content)
    for mark in list(elements_named(root, frozenset(("hidden",)))):
        properties = mark.getparent()
        row = properties.getparent() if properties is not None and local_name(properties) == "trPr" and _is_on(mark) else None
        if row is not None and local_name(row) == "tr" and (table := row.getparent()) is not None:
            table.remove(row)
            removed["hidden texts"] += 1


def _is_hidden(run: _Element, hidden: frozenset[str]) -> bool:
    """Whether a run is hidden: by itself, else by its own style or its paragraph's, which cancel each other out."""
    properties = child_named(run, "rPr")
    direct = _is_on(child_named(properties, "vanish"))
    if direct is not None:
        return direct
    paragraph = next((parent for parent in run.iterancestors() if local_name(parent) == "p"), None)
    of_run = _attribute(child_named(properties, "rStyle"), "val") in hidden
    return of_run != (_attribute(child_named(child_named(paragraph, "pPr"), "pStyle"), "val") in hidden)


def _freeze_fields(root: _Element) -> None:
    """Let fields that show properties of the file, or the day, become what they showed last."""
    for simple in list(elements_named(root, frozenset(("fldSimple",)))):
        if _name(_attribute(simple, "instr")) in _FIELDS:
            unwrap(simple)
    for code, end in _coded_fields(root):
        if _name("".join(part.text or "" for part in code if local_name(part) == "instrText")) in _FIELDS:
            for part in (*code, end):
                if (parent := part.getparent()) is not None:
                    parent.remove(part)


def _coded_fields(root: _Element) -> list[tuple[list[_Element], _Element]]:
    """Return the fields of a part: for each all that stands before what it shows, with the mark behind that, and its end."""
    runs = elements_named(root, frozenset(("r",)))
    found: list[tuple[list[_Element], _Element]] = []
    fields: list[tuple[list[_Element], bool]] = []
    for child in [child for run in runs for child in run if local_name(child) != "rPr"]:
        kind = _attribute(child, "fldCharType") if local_name(child) == "fldChar" else ""
        if kind == "begin":
            fields.append(([], True))
        for code, is_open in fields:
            if is_open:
                code.append(child)
        if kind == "separate" and fields:
            fields[-1] = (fields[-1][0], False)
        elif kind == "end" and fields:
            found.append((fields.pop()[0], child))
    return found


def _name(code: str) -> str:
    words = code.split()
    return words[0].upper() if words else ""
