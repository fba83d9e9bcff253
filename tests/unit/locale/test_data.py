"""A mistake in a data file of locales/ is a finding with its place, never a traceback."""

from __future__ import annotations

from pathlib import Path

import pytest

from ipdocs.files.yaml import Data, read_record, read_yaml
from ipdocs.findings import IpdocsError

SYNTAX = "   = hint: look here and at the line before for an open bracket or quote, a colon in words without quotes, or an indent"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"a: [1,\nb: 2\n", f"error[bad-yaml]: did not find expected ',' or ']'\n  --> {{}}:3:1\n{SYNTAX}"),
        (b"a: b: c\n", f"error[bad-yaml]: mapping values are not allowed in this context\n  --> {{}}:1:5\n{SYNTAX}"),
        (
            b"a: 1\na: 2\n",
            'error[bad-yaml]: found duplicate key "a" with value "2" (original value: "1")\n  --> {}:2:1\n'
            "   = hint: write the key once",
        ),
        (
            b"a: \x07\n",
            "error[bad-yaml]: unacceptable character #x0007: control characters are not allowed\n  --> {}:1:4\n"
            "   = hint: delete this character",
        ),
        (
            b"a: 1\nb: [2018-02-30]\n",
            "error[bad-yaml]: day is out of range for month\n  --> {}:2:5\n   = hint: write it in quotes",
        ),
        (
            b"a: 1\nb: &b [x]\n",
            "error[bad-yaml]: this file may have no anchors and aliases\n  --> {}:2:4\n"
            "   = hint: write out what it stands for, and text that begins with & or * in quotes",
        ),
        (
            b"a: !!binary eA==\n",
            "error[bad-yaml]: this file may have no tags\n  --> {}:1:4\n"
            "   = hint: write the value alone, and text that begins with ! in quotes",
        ),
        (b"a: \xff\n", "error[not-utf8]: this is no text in UTF-8\n  --> {}:1:4\n   = hint: save it as UTF-8"),
    ],
)
def test_a_mistake_in_a_data_file_is_told_with_its_place(content: bytes, told: str, tmp_path: Path) -> None:
    path = tmp_path / "style.yaml"
    path.write_bytes(content)
    with pytest.raises(IpdocsError) as error:
        read_yaml(path)
    assert str(error.value) == told.format(path)


class Shelf(Data):
    books: int


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("boks: 3\nbooks: 3\n", "boks: there is no such key here\n  --> {}:1:1\n   = hint: take it out, or see how it is spelt"),
        ("{}\n", "books: this key is missing\n  --> {}:1:1\n   = hint: write it"),
        ("- 3\n", "error[bad-data]: keys with values belong here\n  --> {}:1:1\n   = hint: write `key: value`"),
        ("2018-01-01: 3\nbooks: 3\n", "a key is a word\n  --> {}:1:1\n   = hint: write it in quotes"),
        ("books: many\n", "books: Input should be a valid integer"),
    ],
)
def test_a_key_that_does_not_fit_is_told_with_a_hint(content: str, told: str, tmp_path: Path) -> None:
    path = tmp_path / "shelf.yaml"
    path.write_text(content, "utf-8")
    with pytest.raises(IpdocsError) as error:
        read_record(path, Shelf)
    assert told.format(path) in str(error.value)
    assert "   = hint: " in str(error.value)
