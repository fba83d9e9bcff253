"""Clean Word files: accept tracked changes, and remove comments, properties, hidden content and all else that is not printed."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from ipdocs.files.alternative_text import names_a_file
from ipdocs.files.ooxml.changes import accept_changes, child_named, count_changes, elements_named, unwrap
from ipdocs.files.ooxml.contents import CONTENT_TYPES_PART
from ipdocs.files.ooxml.crops import blank_cropped_areas
from ipdocs.files.ooxml.hidden_drawings import remove_hidden_drawings
from ipdocs.files.ooxml.names import local_name
from ipdocs.files.ooxml.package import Package
from ipdocs.files.ooxml.relationships import is_relationships_part, read_relationships, relationships_part
from ipdocs.files.pictures.cleaning import strip_metadata
from ipdocs.files.xml import is_xml, parse_xml

if TYPE_CHECKING:
    from lxml.etree import _Element

_REMOVED_PARTS = {
    **dict.fromkeys(("comments", "commentsExtended", "commentsIds", "commentsExtensible", "people"), ""),
    **dict.fromkeys(("core-properties", "extended-properties", "custom-properties"), ""),
    **dict.fromkeys(("customXml", "customXmlProps"), "custom data"),
    **dict.fromkeys(("thumbnail", "printerSettings", "keyMapCustomizations", "attachedToolbars", "recipientData"), ""),
}
"""The kind under which each removed part is counted, keyed by the kind of relationship that leads to the part.

The value is empty for parts that are not counted, or whose entries are counted instead.
"""

REMOVED_RELATIONSHIP_KINDS = frozenset(("attachedTemplate",))
"""The kinds of relationships that are removed even if they lead out of the file, since they do not affect printing."""

_REMOVED_NAMES = """commentRangeStart commentRangeEnd commentReference dataBinding docVars trackRevisions documentProtection
    attachedTemplate"""
_REMOVED_ELEMENTS = frozenset(_REMOVED_NAMES.split())
_FIELD_NAMES = """AUTHOR COMMENTS CREATEDATE DATE DOCPROPERTY DOCVARIABLE EDITTIME FILENAME FILESIZE INFO KEYWORDS LASTSAVEDBY
    NUMCHARS NUMWORDS PRINTDATE REVNUM SAVEDATE SUBJECT TEMPLATE TIME TITLE USERADDRESS USERINITIALS USERNAME"""
_FROZEN_FIELDS = frozenset(_FIELD_NAMES.split())
"""The names of fields that show properties of the file, the user or the date; only the text that they showed last stays."""

_DESCRIPTION_ATTRIBUTES = frozenset(("descr", "title", "alt"))
_PICTURE_ELEMENTS = frozenset(("docPr", "cNvPr", "shape", "imagedata"))


def clean_parts(package: Package) -> tuple[dict[str, bytes], int, Counter[str]]:
    """Clean a Word file.

    Returns:
        The cleaned parts, keyed by name; the number of accepted changes; and the number of removed items, keyed by kind.

    Raises:
        BadPicture: A picture is damaged or too large.
    """
    from lxml import etree

    removed: Counter[str] = Counter()
    removed_parts = _removed_parts(package, removed)
    hidden_ids = hidden_style_ids(package)
    cropped = blank_cropped_areas(package)
    removed["cropped pictures"] += len(cropped)
    parts, change_count = {**package.parts, **cropped}, 0
    for name in package.parts:
        if name in removed_parts:
            del parts[name]
        elif is_relationships_part(name):
            parts[name] = _clean_relationships(package, name, removed)
        elif is_xml(package.parts[name]):
            root = parse_xml(package.parts[name], package.path, name)
            change_count += count_changes(root) if name != CONTENT_TYPES_PART else 0
            if name == CONTENT_TYPES_PART:
                _remove_types(root, removed_parts)
            else:
                accept_changes(root)
                _clean_part(root, hidden_ids, removed)
            parts[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        else:
            parts[name] = strip_metadata(parts[name])
            removed["notes in pictures"] += parts[name] != package.parts[name] and name not in cropped
    return parts, change_count, +removed


def _removed_parts(package: Package, removed: Counter[str]) -> set[str]:
    """Return the names of the parts to remove, and add the removed items to the counts."""
    kinds = {
        relationship.part: relationship.kind
        for relationship in package.relationships()
        if relationship.kind in _REMOVED_PARTS and relationship.part
    }
    parts = {name: kinds[name.lower()] for name in package.parts if name.lower() in kinds}
    for name, kind in parts.items():
        if counted_as := _REMOVED_PARTS[kind]:
            removed[counted_as] += 1
        elif is_xml(package.parts[name]):
            root = parse_xml(package.parts[name], package.path, name)
            if kind == "comments":
                removed["comments"] += sum(1 for _ in elements_named(root, frozenset(("comment",))))
            elif kind.endswith("-properties"):
                removed["properties"] += sum(1 for entry in root if "".join(map(str, entry.itertext())).strip())
    return set(parts) | {relationships_part(name) for name in parts}


def _clean_relationships(package: Package, name: str, removed: Counter[str]) -> bytes:
    """Return a relationships part without the relationships to removed parts and templates; count the templates."""
    from lxml import etree

    root = parse_xml(package.parts[name], package.path, name)
    for element, relationship in zip(list(root.iter("{*}Relationship")), list(read_relationships(name, root)), strict=True):
        kind, parent = relationship.kind, element.getparent()
        if (kind in _REMOVED_PARTS or kind in REMOVED_RELATIONSHIP_KINDS) and parent is not None:
            parent.remove(element)
            removed["attached templates"] += kind in REMOVED_RELATIONSHIP_KINDS
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _remove_types(root: _Element, removed_parts: set[str]) -> None:
    for element in list(root.iter("{*}Override")):
        if element.get("PartName", "").lstrip("/") in removed_parts:
            root.remove(element)


def _clean_part(root: _Element, hidden_ids: frozenset[str], removed: Counter[str]) -> None:
    for element in list(elements_named(root, _REMOVED_ELEMENTS)):
        if (parent := element.getparent()) is not None:
            parent.remove(element)
    remove_hidden_content(root, hidden_ids, removed)
    _freeze_fields(root)


def remove_hidden_content(root: _Element, hidden_ids: frozenset[str], removed: Counter[str]) -> None:
    """Remove hidden text, hidden drawings and the file names of pictures from a part, in place.

    Args:
        root: The part.
        hidden_ids: The ids of the styles whose text is hidden.
        removed: The number of removed items, keyed by kind; it is increased.
    """
    _remove_hidden_text(root, hidden_ids, removed)
    removed["hidden drawings"] += remove_hidden_drawings(root)
    for element in root.iter("{*}*"):
        if local_name(element) not in _PICTURE_ELEMENTS:
            continue
        for key in [key for key in element.attrib if str(key).rpartition("}")[2] in _DESCRIPTION_ATTRIBUTES]:
            if names_a_file(str(element.get(key))):
                del element.attrib[key]
                removed["file names of pictures"] += 1
        if names_a_file(element.get("name", "")):
            element.set("name", "Picture")  # the schema requires a name
            removed["file names of pictures"] += 1


def _is_on(toggle: _Element | None) -> bool | None:
    """Return the state of a toggle property, or None if it is missing."""
    if toggle is None:
        return None
    return _attribute(toggle, "val") not in ("0", "false", "off")


def _attribute(element: _Element | None, name: str) -> str:
    """Return the value of an attribute in the transitional or strict namespace, given its local name; empty if it is missing."""
    if element is None:
        return ""
    return next((str(value) for key, value in element.attrib.items() if str(key).endswith(f"}}{name}")), "")


def hidden_style_ids(package: Package) -> frozenset[str]:
    """Return the ids of the styles that hide text, by their own properties or by the properties of their base styles."""
    own_states: dict[str, bool | None] = {}
    bases: dict[str, str] = {}
    for name in (part for part in package.parts if not is_relationships_part(part) and is_xml(package.parts[part])):
        for style in elements_named(parse_xml(package.parts[name], package.path, name), frozenset(("style",))):
            identifier = _attribute(style, "styleId")
            own_states[identifier] = _is_on(child_named(child_named(style, "rPr"), "vanish"))
            bases[identifier] = _attribute(child_named(style, "basedOn"), "val")
    hidden_ids = set()
    for style_id in own_states:
        current, visited = style_id, set()
        while current in own_states and own_states[current] is None and current not in visited:
            visited.add(current)
            current = bases[current]
        if own_states.get(current):
            hidden_ids.add(style_id)
    return frozenset(hidden_ids)


def _remove_hidden_text(root: _Element, hidden_ids: frozenset[str], removed: Counter[str]) -> None:
    """Remove hidden rows, and the content of hidden runs except the elements of fields."""
    for run in list(elements_named(root, frozenset(("r",)))):
        if not _is_hidden(run, hidden_ids):
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


def _is_hidden(run: _Element, hidden_ids: frozenset[str]) -> bool:
    """Whether a run is hidden by its own property or, if it has no such property, by its style or its paragraph's style.

    If both styles hide text, they cancel each other out.
    """
    properties = child_named(run, "rPr")
    own_state = _is_on(child_named(properties, "vanish"))
    if own_state is not None:
        return own_state
    paragraph = next((parent for parent in run.iterancestors() if local_name(parent) == "p"), None)
    has_hidden_style = _attribute(child_named(properties, "rStyle"), "val") in hidden_ids
    return has_hidden_style != (_attribute(child_named(child_named(paragraph, "pPr"), "pStyle"), "val") in hidden_ids)


def _freeze_fields(root: _Element) -> None:
    """Replace each field in _FROZEN_FIELDS with the text that it showed last."""
    for simple_field in list(elements_named(root, frozenset(("fldSimple",)))):
        if _field_name(_attribute(simple_field, "instr")) in _FROZEN_FIELDS:
            unwrap(simple_field)
    for code_elements, end_mark in _complex_fields(root):
        code = "".join(element.text or "" for element in code_elements if local_name(element) == "instrText")
        if _field_name(code) in _FROZEN_FIELDS:
            for element in (*code_elements, end_mark):
                if (parent := element.getparent()) is not None:
                    parent.remove(element)


def _complex_fields(root: _Element) -> list[tuple[list[_Element], _Element]]:
    """Return the complex fields of a part as pairs: the elements from the begin mark to the separator, and the end mark."""
    runs = elements_named(root, frozenset(("r",)))
    fields: list[tuple[list[_Element], _Element]] = []
    open_fields: list[tuple[list[_Element], bool]] = []
    for child in [child for run in runs for child in run if local_name(child) != "rPr"]:
        kind = _attribute(child, "fldCharType") if local_name(child) == "fldChar" else ""
        if kind == "begin":
            open_fields.append(([], True))
        for code_elements, is_in_code in open_fields:
            if is_in_code:
                code_elements.append(child)
        if kind == "separate" and open_fields:
            open_fields[-1] = (open_fields[-1][0], False)
        elif kind == "end" and open_fields:
            fields.append((open_fields.pop()[0], child))
    return fields


def _field_name(code: str) -> str:
    words = code.split()
    return words[0].upper() if words else ""
