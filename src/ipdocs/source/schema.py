"""Generate the JSON Schema of sources from the model, for completion and checks in editors."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema

from ipdocs.model.blocks import BLOCKS, MINUTES_BLOCKS
from ipdocs.model.document import Section
from ipdocs.model.kinds import KINDS
from ipdocs.model.minutes import Minutes
from ipdocs.model.text import RESTRICTED

_YAML_VALUES: dict[str, Any] = {"1": 1, "2": 2, "3": 3, "4": 4, "true": True, "false": False}


def json_schema(kind: str) -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) for a kind of source.

    Editors convert YAML numbers and booleans before they apply the schema, but ipdocs reads every scalar as text. So the schema
    also accepts numbers for strings without a pattern or minimum length, such as a reference number.
    """
    model: type[BaseModel] = KINDS.get(kind, Section)
    schema = model.model_json_schema(by_alias=True, mode="validation")
    if not issubclass(model, Minutes):
        schema = _without_minutes(schema)
    return {"$schema": GenerateJsonSchema.schema_dialect, **_with_editor_values(schema)}


def _without_minutes(schema: Any) -> Any:
    """Remove the parts of a schema that are allowed in minutes only: the blocks of a meeting, and the key `restricted`."""
    if isinstance(schema, list):
        return [_without_minutes(part) for part in schema if not (isinstance(part, dict) and part.get("$ref") in _MINUTES_REFS)]
    if not isinstance(schema, dict):
        return schema
    reduced_schema = {key: _without_minutes(value) for key, value in schema.items()}
    if RESTRICTED in reduced_schema.get("properties", ()):
        del reduced_schema["properties"][RESTRICTED]
    return reduced_schema


_MINUTES_REFS = frozenset(f"#/$defs/{BLOCKS[kind].__name__}" for kind in MINUTES_BLOCKS)
"""The references in a schema to the blocks of minutes."""


def _with_editor_values(schema: Any) -> Any:
    """Return a schema that accepts values as editors convert them, and that rejects keys outside `patternProperties`."""
    if isinstance(schema, list):
        return [_with_editor_values(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    converted_schema = _without_null({key: _with_editor_values(value) for key, value in schema.items()})
    if "patternProperties" in converted_schema:
        converted_schema["additionalProperties"] = False
    choices = [converted_schema.pop("const")] if "const" in converted_schema else converted_schema.get("enum", [])
    if isinstance(choices, list) and choices:
        converted_schema.pop("type", None)
        converted_schema["enum"] = [*choices, *(_YAML_VALUES[choice] for choice in choices if choice in _YAML_VALUES)]
    elif converted_schema.get("type") == "string" and not {"minLength", "pattern"} & converted_schema.keys():
        converted_schema["type"] = ["string", "number"]
    return converted_schema


def _without_null(schema: dict[str, Any]) -> dict[str, Any]:
    """Remove the null branch of an optional value, because a source leaves the key out instead."""
    branches = schema.get("anyOf")
    if not isinstance(branches, list) or {"type": "null"} not in branches:
        return schema
    (value_schema,) = [branch for branch in branches if branch != {"type": "null"}]
    return {**{key: value for key, value in schema.items() if key not in ("anyOf", "default")}, **value_schema}
