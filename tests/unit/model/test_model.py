"""The content model: what it takes, what it refuses, and what it keeps."""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from ipdocs.findings import Location
from ipdocs.model.blocks import BLOCKS, AnyBlock, Heading, Items, ListBlock, Paragraph, block_kind
from ipdocs.model.document import PressRelease, Section
from ipdocs.model.facts import EXAMPLES, Fact, Quantity, TextFact
from ipdocs.model.text import ByLanguage, Text, Texts

RELEASE: dict[str, Any] = {
    "schema": "1",
    "kind": "press-release",
    "id": "a",
    "issued": "2018-08-22",
    "languages": ["en"],
    "title": {"en": "A"},
}


class Here:
    """A place, for texts of no file."""

    def locate(self, offset: int = 0, length: int = 0) -> Location:
        return Location(Path("a.yaml"), 1, offset + 1, length)


def fact(written: Any) -> Any:
    return TypeAdapter(Fact).validate_python(written)


def block(written: Any) -> Any:
    return TypeAdapter(AnyBlock).validate_python(written)


def refusal(model: Any, written: Any) -> tuple[str, str, str | None]:
    with pytest.raises(ValidationError) as raised:
        TypeAdapter(model).validate_python(written)
    (error,) = raised.value.errors()
    return error["type"], error["msg"], error.get("ctx", {}).get("hint")


def test_a_text_is_its_words_and_keeps_its_place() -> None:
    text = Text("words", Here())
    assert text == "words"
    assert text.locate(2, 3) == Location(Path("a.yaml"), 1, 3, 3)
    assert Text("words").locate() is None
    release = PressRelease.model_validate(RELEASE | {"title": {"en": text}})
    assert release.title[Text("en")] is text


def test_a_text_travels_between_processes_with_its_place() -> None:
    text = pickle.loads(pickle.dumps(Text("words", Here(), quoted=False)))  # noqa: S301 - our own bytes
    assert isinstance(text, Text)
    assert not text.quoted
    assert text.locate(1) == Location(Path("a.yaml"), 1, 2)


@pytest.mark.parametrize("kind", EXAMPLES)
def test_every_type_of_fact_is_read_from_its_example(kind: str) -> None:
    stated = fact({kind: Text(EXAMPLES[kind])})
    assert isinstance(stated, Quantity)
    assert stated.kind == kind
    assert stated.place == EXAMPLES[kind]


def test_a_fact_in_words_is_given_per_language() -> None:
    city = fact({"text": {"en": "Guangzhou", "tc": "廣州"}})
    assert isinstance(city, TextFact)
    assert isinstance(city.text, Texts)


@pytest.mark.parametrize(
    ("written", "refused"),
    [
        ({"ordnal": "17"}, ("unknown-fact-type", "there is no fact type 'ordnal'", "did you mean ordinal?")),
        ({"ordinal": "many"}, ("bad-value", None, "for example: 17")),
        ({"ordinal": {}}, ("bad-value", "one value belongs here, not a mapping", "for example: 17")),
        ({}, ("bad-fact", "a fact has one type and one value", "for example: meeting: {ordinal: 17}")),
        ("17", ("bad-fact", "a fact has one type and one value", "for example: meeting: {ordinal: 17}")),
    ],
)
def test_what_is_no_fact_is_refused(written: Any, refused: tuple[str, str | None, str]) -> None:
    code, message, hint = refusal(Fact, written)
    assert (code, message if refused[1] else None, hint) == refused


def test_a_block_is_known_by_its_key() -> None:
    assert isinstance(block({"id": "a", "paragraph": {"en": "A"}}), Paragraph)
    assert isinstance(block({"heading": {"en": "A"}, "level": "3"}), Heading)
    assert isinstance(block({"list": {"items": []}}), ListBlock)


def test_a_block_tells_its_kind_written_or_read() -> None:
    for kind in ("paragraph", "heading"):
        assert block_kind({kind: {"en": "A"}}) == kind
        assert block_kind(BLOCKS[kind].model_validate({kind: {"en": "A"}})) == kind


@pytest.mark.parametrize(
    ("written", "refused"),
    [
        ({"paragrph": {}}, ("unknown-block", "there is no block 'paragrph'", "did you mean paragraph?")),
        ({"id": "a"}, ("unknown-block", "this block says nothing", None)),
        ("words", ("unknown-block", "this is no block", None)),
        (
            {"paragraph": {}, "heading": {}},
            ("two-blocks", "this block is two: paragraph and heading", "begin another block with `- `"),
        ),
    ],
)
def test_what_is_no_block_is_refused(written: Any, refused: tuple[str, str, str | None]) -> None:
    code, message, hint = refusal(AnyBlock, written)
    assert (code, message) == refused[:2]
    assert refused[2] is None or hint == refused[2]


def test_an_item_can_have_a_list_of_its_own() -> None:
    items = Items.model_validate({"items": [{"en": "A"}, {"text": {"en": "B"}, "list": {"items": [{"en": "C"}]}}]})
    assert isinstance(items.items[0], Texts)
    assert not isinstance(items.items[1], Texts)
    assert items.items[1].list.items == [{"en": "C"}]


def test_a_value_is_the_same_in_every_language_or_one_a_language() -> None:
    same = PressRelease.model_validate(RELEASE | {"reference": "12/2018"})
    assert same.reference == "12/2018"
    each = PressRelease.model_validate(RELEASE | {"reference": {"en": "12/2018", "tc": "34/2018"}})
    assert isinstance(each.reference, ByLanguage)
    assert each.reference.first_of("sc", "tc") == ("tc", "34/2018")


@pytest.mark.parametrize("name", ["A", "a b", "a/b", "..", "-a", "a" * 81, "甲", "a_b", ""])
def test_an_id_has_small_letters_digits_and_hyphens(name: str) -> None:
    code, _, hint = refusal(Section, {"schema": "1", "kind": "boilerplate", "id": name})
    assert code == "bad-id"
    assert hint


def test_a_key_with_a_hyphen_is_an_attribute_with_an_underscore() -> None:
    release = PressRelease.model_validate(RELEASE | {"on-behalf-of": {"en": "An office"}})
    assert release.on_behalf_of == {"en": "An office"}


def test_a_language_that_the_context_does_not_know_is_refused() -> None:
    with pytest.raises(ValidationError) as raised:
        PressRelease.model_validate(RELEASE | {"title": {"en": "A", "tcc": "甲"}}, context={"languages": ["en", "tc"]})
    (error,) = raised.value.errors()
    assert (error["type"], error["ctx"]["hint"]) == ("unknown-language", "did you mean tc?")


def test_a_document_is_fixed() -> None:
    release = PressRelease.model_validate(RELEASE)
    with pytest.raises(ValidationError, match="frozen"):
        release.id = Text("b")
