"""The JSON Schema of sources."""

from __future__ import annotations

from typing import Any

import pytest

from ipdocs.model.blocks import BLOCKS, MINUTES_BLOCKS
from ipdocs.model.facts import EXAMPLES
from ipdocs.model.kinds import KINDS
from ipdocs.source.schema import json_schema


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    return json_schema("press-release")


def test_the_schema_has_a_dialect_and_descriptions(schema: dict[str, Any]) -> None:
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["description"].startswith("A press release")
    assert schema["$defs"]["Paragraph"]["description"].startswith("A paragraph")


def test_the_schema_has_the_keys_of_sources(schema: dict[str, Any]) -> None:
    assert {"schema", "on-behalf-of"} <= schema["properties"].keys()
    assert set(schema["required"]) == {"schema", "kind", "id", "issued", "languages", "title"}
    assert schema["additionalProperties"] is False


def test_numbers_are_allowed_for_text_choices(schema: dict[str, Any]) -> None:
    assert schema["properties"]["schema"]["enum"] == ["1", 1]
    assert schema["$defs"]["Heading"]["properties"]["level"]["enum"] == ["2", "3", "4", 2, 3, 4]
    assert schema["$defs"]["Rule"]["properties"]["rule"]["enum"] == ["true", True]


def test_texts_are_by_language_and_never_numbers(schema: dict[str, Any]) -> None:
    title = schema["properties"]["title"]
    assert title["patternProperties"] == {"^[a-z]{2,3}$": {"minLength": 1, "type": "string"}}
    assert title["additionalProperties"] is False


def test_an_optional_key_is_never_null(schema: dict[str, Any]) -> None:
    assert "null" not in str(schema)


def test_the_schema_has_every_type_of_fact(schema: dict[str, Any]) -> None:
    assert EXAMPLES.keys() <= set(str(schema["properties"]["facts"]).replace("'", " ").split())


@pytest.mark.parametrize("kind", [*KINDS, "boilerplate"])
def test_every_kind_of_source_has_a_schema(kind: str) -> None:
    schema = json_schema(kind)
    assert schema["properties"]["kind"]["enum"] == [kind]
    assert {"paragraph", "list", "boilerplate"} <= {
        key for part in schema["$defs"].values() for key in part.get("properties", ())
    }
    assert BLOCKS


@pytest.mark.parametrize("kind", ["press-release", "boilerplate"])
def test_only_minutes_have_restrictions_and_decisions(kind: str) -> None:
    offered = "{'restricted': {'enum': ['true', True]}}"
    assert offered in str(json_schema("minutes"))
    schema = json_schema(kind)
    assert offered not in str(schema)
    assert "restricted" not in schema["$defs"]["Paragraph"]["properties"]
    refs = {part["$ref"].rpartition("/")[2] for part in schema["properties"]["body"]["items"]["oneOf"]}
    assert refs == {model.__name__ for name, model in BLOCKS.items() if name not in MINUTES_BLOCKS}
