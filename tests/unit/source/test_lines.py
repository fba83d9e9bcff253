"""Joining of the lines of a text."""

from __future__ import annotations

from pathlib import Path

import pytest

from ipdocs.model.text import Text
from ipdocs.source.yaml import Mapping, Scalar, SourceText, parse_nodes


def text(source: str) -> Text:
    node, findings = parse_nodes(SourceText(Path("a.yaml"), f"key: {source}"))
    assert not findings, findings
    assert isinstance(node, Mapping)
    value = node.get("key")
    assert isinstance(value, Scalar)
    return value.text


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("|\n  The meeting\n  was held.\n", "The meeting was held."),
        (">\n  The meeting\n  was held.\n", "The meeting was held."),
        ("The meeting\n  was held.\n", "The meeting was held."),
        ('"The meeting\n  was held."\n', "The meeting was held."),
        ("'The meeting\n  was held.'\n", "The meeting was held."),
        ("|-\n  The meeting  \n    was held.\n\n\n", "The meeting was held."),
        ("|\r\n  The meeting\r\n  was held.\r\n", "The meeting was held."),
        ("|\n  會議在廣州\n  舉行。\n", "會議在廣州舉行。"),
        ("|\n  會議舉行，\n  完畢。\n", "會議舉行，完畢。"),
        ("|\n  次會議{{ met | day }}\n  在{{ city }}\n  舉行。\n", "次會議{{ met | day }}在{{ city }}舉行。"),
        ("|\n  {{ met | day }}；\n  {{ city }}。\n", "{{ met | day }}；{{ city }}。"),
        ("|\n  {{ met | day }};\n  {{ city }}.\n", "{{ met | day }}; {{ city }}."),
        ("|\n  參加\n  **會議**\n  的人\n", "參加**會議**的人"),
        ("|\n  共有\n  292\n  億元\n", "共有292億元"),
        ("|\n  出席論壇的Business of IP\n  Asia Forum的人士很多\n", "出席論壇的Business of IP Asia Forum的人士很多"),
        ("|\n  The Expert Group (專責小組) met in 廣州\n  and agreed.\n", "The Expert Group (專責小組) met in 廣州 and agreed."),
        ("|\n  The names are 專責小組\n  小組 in Chinese.\n", "The names are 專責小組小組 in Chinese."),
    ],
)
def test_lines_are_joined_by_the_rules_of_the_language(source: str, expected: str) -> None:
    assert text(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("|\n  one\\\n  two\n", "one\ntwo"),
        ("'one\\\n  two'\n", "one\ntwo"),
        ('"one\\ntwo"\n', "one\ntwo"),
        ('"one\\\\\n  two"\n', "one\ntwo"),
        ("|\n  香港\\\n  中環\n", "香港\n中環"),
    ],
)
def test_a_backslash_keeps_the_line_break(source: str, expected: str) -> None:
    assert text(source) == expected


def test_an_escaped_backslash_is_a_character() -> None:
    assert text("|\n  one\\\\\n  two\n") == "one\\\\ two"


def test_double_quotes_can_continue_without_a_space() -> None:
    assert text('"Guang\\\n  zhou"\n') == "Guangzhou"


def test_an_indentation_indicator_counts_from_the_parent() -> None:
    assert text("|2\n   one\n  two\n") == " one two"


def test_a_location_across_lines_is_cut_at_the_first() -> None:
    place = text("|\n  one\n  two\n").locate(2, 3)
    assert place
    assert (place.line, place.column, place.length) == (2, 5, 1)


def test_the_place_after_a_text_is_its_end() -> None:
    place = text('"one"\n').locate(3)
    assert place
    assert (place.line, place.column) == (1, 10)


def test_a_joining_space_has_the_place_of_the_line_end() -> None:
    place = text("|\n  one\n  two\n").locate(3, 1)
    assert place
    assert (place.line, place.column) == (2, 6)


def test_only_plain_text_is_unquoted() -> None:
    assert not text("plain").quoted
    assert text("'single'").quoted
    assert text("|\n  block\n").quoted
