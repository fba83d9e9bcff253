"""The JSON Schema of a source, made from the model: what editors complete and underline."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema

from ipdocs.model.blocks import BLOCKS, MEETING
from ipdocs.model.document import Section
from ipdocs.model.kinds import KINDS
from ipdocs.model.minutes import Minutes
from ipdocs.model.text import RESTRICTED

_WRITTEN: dict[str, Any] = {"1": 1, "2": 2, "3": 3, "4": 4, "true": True, "false": False}


def json_schema(kind: str) -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of a kind of source.

    Editors give YAML's numbers and booleans their types before they look at the schema, while sources load every scalar
    as text: so where the model takes text that is no sentence, the schema takes a number as well.
    """
    model: type[BaseModel] = KINDS.get(kind, Section)
    schema = model.model_json_schema(by_alias=True, mode="validation")
    if not issubclass(model, Minutes):
        schema = _without_minutes(schema)
    return {"$schema": GenerateJsonSchema.schema_dialect, **_typed(schema)}


def _without_minutes(schema: Any) -> Any:
    """Return a schema without what only minutes have: blocks of a meeting, and marks of what is restricted."""
    if isinstance(schema, list):
        return [_without_minutes(part) for part in schema if not (isinstance(part, dict) and part.get("$ref") in _MEETING)]
    if not isinstance(schema, dict):
        return schema
    kept = {key: _without_minutes(value) for key, value in schema.items()}
    if RESTRICTED in kept.get("properties", ()):
        del kept["properties"][RESTRICTED]
    return kept


_MEETING = frozenset(f"#/$defs/{BLOCKS[kind].__name__}" for kind in MEETING)


def _typed(schema: Any) -> Any:
    if isinstance(schema, list):
        return [_typed(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    typed = _without_null({key: _typed(value) for key, value in schema.items()})
    if "patternProperties" in typed:
        typed["additionalProperties"] = False
    choices = [typed.pop("const")] if "const" in typed else typed.get("enum", [])
    if isinstance(choices, list) and choices:
        typed.pop("type", None)
        typed["enum"] = [*choices, *(_WRITTEN[choice] for choice in choices if choice in _WRITTEN)]
    elif typed.get("type") == "string" and not {"minLength", "pattern"} & typed.keys():
        typed["type"] = ["string", "number"]
    return typed


def _without_null(schema: dict[str, Any]) -> dict[str, Any]:
    """Return a schema without the branch of a value left out: in a source such a key is simply not there."""
    branches = schema.get("anyOf")
    if not isinstance(branches, list) or {"type": "null"} not in branches:
        return schema
    (written,) = [branch for branch in branches if branch != {"type": "null"}]
    return {**{key: value for key, value in schema.items() if key not in ("anyOf", "default")}, **written}
