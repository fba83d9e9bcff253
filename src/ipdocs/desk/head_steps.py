"""Change the fields of the head in steps of the desk."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ipdocs.desk.cells import document_context
from ipdocs.desk.change_values import Change, value
from ipdocs.desk.errors import bad_request, stale
from ipdocs.desk.head_form import NOT_IN_FORM, VALUE_KINDS, entry_schema, resolved, schema_of
from ipdocs.desk.written_values import read_value
from ipdocs.locale.language import languages
from ipdocs.source.changes import SourceChanges
from ipdocs.source.head import head_value, set_head
from ipdocs.source.open import Source
from ipdocs.source.texts import Keys


def change_head(source: Source, change: Change) -> SourceChanges:
    """Return the change of a field of the head, whose present value must be `before`.

    Raises:
        DeskError: the value has changed in the meantime, or the field is no field of the head.
    """
    keys = tuple(int(key) if key.isdigit() else key for key in value(change, "key", str).split("."))
    if keys[0] in NOT_IN_FORM:
        raise bad_request("this is no field of the head")
    if head_value(source, keys) != change.get("before"):
        raise stale()
    return set_head(source, keys, _read(source, keys, change.get("value")))


def _read(source: Source, keys: Keys, written: Any) -> Any:
    """Return a value as the source has it: dates and times in their notation, and single texts without spaces at their ends."""
    if isinstance(written, list):
        return [_read(source, (*keys, index), part) for index, part in enumerate(written)]
    if isinstance(written, dict):
        parts = {str(name): _read(source, (*keys, str(name)), part) for name, part in written.items()}
        return {name: part for name, part in parts.items() if part not in (None, {}, [])}
    text = str(written or "").strip()
    if not text:
        return None
    kind = _kind_at(source, keys)
    if not kind:
        return text
    contexts = [context.value_context for context in document_context(source).written.values()]
    expected = ("date", "datetime") if kind == "moment" else (kind,)
    results = (read_value(text, contexts, name) for name in expected)
    return next((notation for found_kind, notation in filter(None, results) if found_kind in expected), text)


def _kind_at(source: Source, keys: Keys) -> str:
    """Return the kind of the value that keys lead to by the schema, such as date; an empty string for a text."""
    schema: Any = schema_of(str(source.nodes.data["kind"]))
    definitions = schema["$defs"]
    for key in keys:
        schema = resolved(schema, definitions)
        if "oneOf" in schema:
            schema = resolved(schema["oneOf"][0 if key in languages(source.workspace) else 1], definitions)
        schema = _part(schema, key)
    schema = resolved(schema, definitions)
    last = schema["oneOf"][1] if "oneOf" in schema else schema
    return VALUE_KINDS.get(tuple(last.get("examples", ())), "")


def _part(schema: Mapping[str, Any], key: str | int) -> Any:
    """Return the schema of the value of a key."""
    if isinstance(key, int):
        return schema.get("items", {})
    if key in schema.get("properties", {}):
        return schema["properties"][key]
    if schema.get("patternProperties"):
        return entry_schema(schema)
    more = schema.get("additionalProperties")
    return more if isinstance(more, dict) else {}
