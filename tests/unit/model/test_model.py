"""The content model: values that it accepts, refuses and keeps."""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from ipdocs.findings import Location
from ipdocs.model.blocks import BLOCKS, AnyBlock, Heading, ListBlock, ListContent, Paragraph, block_kind
from ipdocs.model.document import PressRelease, Section
from ipdocs.model.facts import EXAMPLES, Fact, Quantity, TextFact
from ipdocs.model.text import ByLanguage, Text, Texts
from ipdocs.values.notation import notation

RELEASE: dict[str, Any] = {
    "schema": "1",
    "kind": "press-release",
    "id": "a",
    "issued": "2018-08-22",
    "languages": ["en"],
    "title": {"en": "A"},
}


class PlaceInFile:
    """A place for texts that are not from a file."""

    def locate(self, offset: int = 0, length: int = 0) -> Location:
        return Location(Path("a.yaml"), 1, offset + 1, length)


def fact(value: Any) -> Any:
    return TypeAdapter(Fact).validate_python(value)


def block(value: Any) -> Any:
    return TypeAdapter(AnyBlock).validate_python(value)


def refusal(model: Any, value: Any) -> tuple[str, str, str | None]:
    with pytest.raises(ValidationError) as raised:
        TypeAdapter(model).validate_python(value)
    (error,) = raised.value.errors()
    return error["type"], error["msg"], error.get("ctx", {}).get("hint")


def test_a_text_is_a_string_with_a_place() -> None:
    text = Text("words", PlaceInFile())
    assert text == "words"
    assert text.locate(2, 3) == Location(Path("a.yaml"), 1, 3, 3)
    assert Text("words").locate() is None
    release = PressRelease.model_validate(RELEASE | {"title": {"en": text}})
    assert release.title[Text("en")] is text


def test_a_pickled_text_keeps_its_place() -> None:
    text = pickle.loads(pickle.dumps(Text("words", PlaceInFile(), quoted=False)))  # noqa: S301 - our own bytes
    assert isinstance(text, Text)
    assert not text.quoted
    assert text.locate(1) == Location(Path("a.yaml"), 1, 2)


@pytest.mark.parametrize("kind", EXAMPLES)
def test_each_type_of_fact_reads_its_example(kind: str) -> None:
    quantity = fact({kind: Text(EXAMPLES[kind])})
    assert isinstance(quantity, Quantity)
    assert quantity.kind == kind
    assert notation(quantity.value) == EXAMPLES[kind]


def test_a_fact_in_words_is_by_language() -> None:
    city = fact({"text": {"en": "Guangzhou", "tc": "廣州"}})
    assert isinstance(city, TextFact)
    assert isinstance(city.text, Texts)


@pytest.mark.parametrize(
    ("value", "code", "quoted"),
    [
        ({"ordnal": "17"}, "unknown-fact-type", ["'ordnal'", "ordinal?"]),
        ({"ordinal": "many"}, "bad-value", ["'many'", "17"]),
        ({"ordinal": {}}, "bad-value", ["mapping", "17"]),
        ({}, "bad-fact", ["meeting: {ordinal: 17}"]),
        ("17", "bad-fact", ["meeting: {ordinal: 17}"]),
    ],
)
def test_an_invalid_fact_is_refused(value: Any, code: str, quoted: list[str]) -> None:
    refused = refusal(Fact, value)
    assert refused[0] == code
    assert [part for part in quoted if part not in f"{refused[1]} {refused[2]}"] == []


def test_the_key_decides_the_kind_of_a_block() -> None:
    assert isinstance(block({"id": "a", "paragraph": {"en": "A"}}), Paragraph)
    assert isinstance(block({"heading": {"en": "A"}, "level": "3"}), Heading)
    assert isinstance(block({"list": {"items": []}}), ListBlock)


def test_plain_and_parsed_blocks_have_the_same_kind() -> None:
    for kind in ("paragraph", "heading"):
        assert block_kind({kind: {"en": "A"}}) == kind
        assert block_kind(BLOCKS[kind].model_validate({kind: {"en": "A"}})) == kind


@pytest.mark.parametrize(
    ("value", "code", "quoted"),
    [
        ({"paragrph": {}}, "unknown-block", ["'paragrph'", "paragraph?"]),
        ({"id": "a"}, "unknown-block", ["paragraph, heading"]),
        ("words", "unknown-block", ["paragraph, heading"]),
        ({"paragraph": {}, "heading": {}}, "two-blocks", ["paragraph and heading"]),
    ],
)
def test_an_invalid_block_is_refused(value: Any, code: str, quoted: list[str]) -> None:
    refused = refusal(AnyBlock, value)
    assert refused[0] == code
    assert [part for part in quoted if part not in f"{refused[1]} {refused[2]}"] == []


def test_an_item_can_have_a_nested_list() -> None:
    items = ListContent.model_validate({"items": [{"en": "A"}, {"text": {"en": "B"}, "list": {"items": [{"en": "C"}]}}]})
    assert isinstance(items.items[0], Texts)
    assert not isinstance(items.items[1], Texts)
    assert items.items[1].list.items == [{"en": "C"}]


def test_a_value_is_common_or_by_language() -> None:
    common = PressRelease.model_validate(RELEASE | {"reference": "12/2018"})
    assert common.reference == "12/2018"
    by_language = PressRelease.model_validate(RELEASE | {"reference": {"en": "12/2018", "tc": "34/2018"}})
    assert isinstance(by_language.reference, ByLanguage)
    assert by_language.reference.first_of("sc", "tc") == ("tc", "34/2018")


@pytest.mark.parametrize("name", ["A", "a b", "a/b", "..", "-a", "a" * 81, "甲", "a_b", ""])
def test_an_id_has_small_letters_digits_and_hyphens(name: str) -> None:
    code, _, hint = refusal(Section, {"schema": "1", "kind": "boilerplate", "id": name})
    assert code == "bad-id"
    assert hint


def test_hyphens_in_keys_become_underscores() -> None:
    release = PressRelease.model_validate(RELEASE | {"on-behalf-of": {"en": "An office"}})
    assert release.on_behalf_of == {"en": "An office"}


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(ValidationError) as raised:
        PressRelease.model_validate(RELEASE | {"title": {"en": "A", "tcc": "甲"}}, context={"languages": ["en", "tc"]})
    (error,) = raised.value.errors()
    assert error["type"] == "unknown-language"
    assert "tc?" in error["ctx"]["hint"]


def test_a_document_is_immutable() -> None:
    release = PressRelease.model_validate(RELEASE)
    with pytest.raises(ValidationError, match="frozen"):
        release.id = Text("b")
