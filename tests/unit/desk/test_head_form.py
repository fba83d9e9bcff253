"""The form of a document's head, made from the schema."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ipdocs.desk.errors import DeskError
from ipdocs.desk.head_form import head_fields
from ipdocs.desk.steps import source_changes
from ipdocs.source.head import head_value
from ipdocs.source.open import Source, open_source
from ipdocs.source.update import apply_changes

_EVERYTHING = Path(__file__).parents[2] / "everything"


@pytest.fixture(params=["release", "minutes"])
def source(request: pytest.FixtureRequest) -> Source:
    return open_source(_EVERYTHING / f"{request.param}.yaml")


def _fields(fields: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for field in fields:
        yield field
        yield from _fields(field.get("fields", []))
        yield from _fields([field["empty"]] if "empty" in field else [])


def test_every_field_has_a_name_and_help(source: Source) -> None:
    bare = [
        field["key"]
        for field in _fields(head_fields(source))
        if not field["help"]["text"] and not field["key"].startswith("offices.")
    ]
    assert bare == []


def test_every_value_of_the_head_is_in_the_form(source: Source) -> None:
    form = {
        field["key"]: field["value"]
        for field in _fields(head_fields(source))
        if field["type"] in ("text", "value", "choice", "yes")
    }
    leaves = dict(
        _leaves({key: value for key, value in source.nodes.data.items() if key not in ("schema", "kind", "facts", "body")})
    )
    assert {key: value for key, value in leaves.items() if not key.startswith(("languages.", "domains."))}.items() <= form.items()


def _leaves(value: Any, key: str = "") -> Iterator[tuple[str, str]]:
    entries = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, inner in entries:
        yield from _leaves(inner, f"{key}.{name}" if key else str(name))
    if not isinstance(value, dict | list):
        yield key, value


@pytest.mark.parametrize(
    ("key", "written", "value"),
    [
        ("issued", "22 Aug 2018, 18:30", "2018-08-22T18:30+08:00"),
        ("issued", "22 August 2018", "2018-08-22"),
        ("correction.issued", "2018-08-23", "2018-08-23"),
        ("embargo.tc", "二○一八年八月二十二日", "2018-08-22"),
        ("contact.en.phone", " 2961 4500 ", "2961 4500"),
        ("example", "", None),
    ],
)
def test_values_are_read_as_people_write_them(key: str, written: str, value: str | None) -> None:
    source = open_source(_EVERYTHING / "release.yaml")
    keys = tuple(key.split("."))
    change = {"type": "head", "key": key, "value": written, "before": head_value(source, keys)}
    assert head_value(apply_changes(source, source_changes(source, change)), keys) == value


def test_time_of_a_meeting_is_read() -> None:
    source = open_source(_EVERYTHING / "minutes.yaml")
    change = {"type": "head", "key": "meeting.begins", "value": "3 pm", "before": "14:30"}
    assert head_value(apply_changes(source, source_changes(source, change)), ("meeting", "begins")) == "15:00"


@pytest.mark.parametrize(("key", "before"), [("issued", "2018-08-20"), ("body.0.paragraph.en", None), ("facts.met", None)])
def test_changes_of_other_values_are_refused(key: str, before: str | None) -> None:
    source = open_source(_EVERYTHING / "release.yaml")
    with pytest.raises(DeskError):
        source_changes(source, {"type": "head", "key": key, "value": "2018-08-22", "before": before})
