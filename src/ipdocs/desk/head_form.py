"""The head of a document as a form, made from the schema of its kind: fields with types, values and help."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from ipdocs.desk.cells import Json, document_languages
from ipdocs.desk.head_words import CHOICES, FIELDS
from ipdocs.desk.message import message
from ipdocs.locale.glossary import glossary
from ipdocs.locale.language import languages
from ipdocs.locale.style_files import style_names
from ipdocs.localisation.localise import language_context
from ipdocs.model.facts import EXAMPLES
from ipdocs.model.text import Text, Texts
from ipdocs.source.head import head_value
from ipdocs.source.open import Source
from ipdocs.source.schema import json_schema
from ipdocs.source.spans import find_spans
from ipdocs.source.texts import Keys
from ipdocs.values.everyday import everyday_form
from ipdocs.values.notation import parse_value

NOT_IN_FORM = ("schema", "kind", "facts", "body")
"""Keys that are not settings: they are fixed, or have pages of their own."""

_BY_LANGUAGE = "^[a-z]{2,3}$"
VALUE_KINDS = {
    (EXAMPLES["ordinal"],): "ordinal",
    (EXAMPLES["date"],): "date",
    (EXAMPLES["datetime"], EXAMPLES["date"]): "moment",
    (EXAMPLES["time"],): "time",
}
"""The kinds of values, by the examples that the schema gives for them."""


def head_fields(source: Source) -> list[Json]:
    """Return the fields of the head of a source, in the order of its schema."""
    schema = schema_of(str(source.nodes.data["kind"]))
    required = schema.get("required", ())
    return [
        _field(source, (name,), part, schema["$defs"], name in required)
        for name, part in schema["properties"].items()
        if name not in NOT_IN_FORM
    ]


@cache
def schema_of(kind: str) -> Mapping[str, Any]:
    """Return the schema of a kind of document."""
    return json_schema(kind)


def _field(source: Source, keys: Keys, schema: Mapping[str, Any], definitions: Mapping[str, Any], required: bool) -> Json:
    """Return a field of the form; `keys` lead to its value."""
    schema = resolved(schema, definitions)
    present = head_value(source, keys)
    name, hint = FIELDS.get(field_name(keys, source), (message(str(keys[-1])), message("")))
    field: Json = {
        "key": ".".join(map(str, keys)),
        "name": name,
        "help": hint,
        "required": required,
        "value": present,
    }
    if "oneOf" in schema:
        by_language, for_all = schema["oneOf"]
        is_by_language = isinstance(present, dict) and all(key in languages(source.workspace) for key in present)
        chosen = _field(source, keys, by_language if is_by_language else for_all, definitions, required)
        return {**chosen, "by_language": is_by_language}
    if _BY_LANGUAGE in schema.get("patternProperties", {}):
        inner = schema["patternProperties"][_BY_LANGUAGE]
        outer = [str(key) for key in keys if key in document_languages(source)[0]]
        codes = outer or list(map(str, source.document.languages))
        fields = [_field(source, (*keys, code), inner, definitions, False) for code in codes]
        return {**field, "type": "languages", "fields": [{**part, "lang": part["key"].rpartition(".")[2]} for part in fields]}
    if schema.get("properties"):
        needed = schema.get("required", ())
        parts = schema["properties"].items()
        fields = [_field(source, (*keys, part), inner, definitions, part in needed) for part, inner in parts]
        return {**field, "type": "record", "fields": fields}
    if schema.get("type") == "array":
        return {**field, **_list(source, keys, schema["items"], definitions, present or [])}
    if schema.get("type") == "object":
        return {
            **field,
            **_map(source, keys, schema.get("additionalProperties") or entry_schema(schema), definitions, present or {}),
        }
    return {**field, **_value(source, keys, schema, present)}


def entry_schema(schema: Mapping[str, Any]) -> Any:
    """Return the schema of the values of a mapping whose names follow a pattern."""
    return next(iter(schema["patternProperties"].values()))


def resolved(schema: Mapping[str, Any], definitions: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a schema with the definition that it refers to."""
    if "$ref" in schema:
        return {**definitions[schema["$ref"].rpartition("/")[2]], **{key: part for key, part in schema.items() if key != "$ref"}}
    return schema


def field_name(keys: Keys, source: Source) -> str:
    """Return the keys of a field without languages, positions of list entries and names of mappings, as `FIELDS` has them."""
    known = languages(source.workspace)
    name = ".".join(str(key) for index, key in enumerate(keys) if not isinstance(key, int) and (key not in known or not index))
    if name.startswith("attendance.") and name.count(".") > 1:
        return f"attendance.{name.rpartition('.')[2]}"
    if name.startswith("allow."):
        return "allow.reason"
    if name.startswith("offices."):
        return f"offices.{name.rpartition('.')[2]}" if name.count(".") > 1 else "offices"
    return name


def _list(source: Source, keys: Keys, schema: Any, definitions: Mapping[str, Any], present: list[Any]) -> Json:
    """Return a list of entries; a list whose entries are known names, such as languages, is a list of choices."""
    if choices := _named_choices(source, keys):
        return {"type": "choices", "choices": choices}
    entries = [_field(source, (*keys, index), schema, definitions, True) for index in range(len(present))]
    empty = _field(source, (*keys, len(present)), schema, definitions, True)
    return {"type": "list", "fields": entries, "empty": empty}


def _map(source: Source, keys: Keys, schema: Any, definitions: Mapping[str, Any], present: Mapping[str, Any]) -> Json:
    """Return a mapping from names to entries."""
    entries = [{**_field(source, (*keys, str(name)), schema, definitions, True), "name": message(str(name))} for name in present]
    return {"type": "map", "fields": entries, "empty": _field(source, (*keys, ""), schema, definitions, True)}


def _named_choices(source: Source, keys: Keys) -> list[Json]:
    """Return the choices of a list of names."""
    match keys:
        case ("languages",):
            known = languages(source.workspace).values()
            return [{"value": code.code, "name": message(code.in_english)} for code in known if code.converted_from is None]
        case ("domains",):
            names = sorted({term.domain for term in glossary(source.workspace).terms.values()})
            return [{"value": name, "name": message(name)} for name in names]
    return []


def _value(source: Source, keys: Keys, schema: Mapping[str, Any], present: Any) -> Json:
    """Return the type and value of a field with one value."""
    choices = [str(choice) for choice in schema.get("enum", ()) if isinstance(choice, str)]
    if choices == ["true"]:
        return {"type": "yes"}
    if keys == ("style",):
        choices = style_names(source.workspace)
    if choices:
        named = [{"value": choice, "name": CHOICES.get(choice, message(choice))} for choice in choices]
        return {"type": "choice", "choices": named, "default": schema.get("default")}
    kind = VALUE_KINDS.get(tuple(schema.get("examples", ())), "")
    text = str(present or "")
    if kind:
        return {"type": "value", "kind": kind, "shown": everyday_value(kind, text)}
    has_markup = bool(present) and bool(find_spans(text)) and schema.get("minLength") is not None
    shown = _words(source, str(keys[-1]), text) if has_markup else text
    return {"type": "text", "shown": shown, "long": len(text) > 60, "has_markup": has_markup}


def _words(source: Source, code: str, text: str) -> str:
    """Return the words of a text with markup in a language."""
    context = language_context(source, document_languages(source)[0][code])
    return context.localise(Texts({Text(code): Text(text)})).running_text


def everyday_value(kind: str, text: str) -> str:
    """Return a value as people write it."""
    for name in ("date", "datetime") if kind == "moment" else (kind,):
        try:
            return everyday_form(parse_value(name, text))
        except ValueError:
            continue
    return text
