"""Errors in data files of locales/ are findings with a place."""

from __future__ import annotations

from pathlib import Path

import pytest

from ipdocs.files.yaml import DataRecord, read_record, read_yaml
from ipdocs.findings import IpdocsError


@pytest.mark.parametrize(
    ("content", "code", "place"),
    [
        (b"a: [1,\nb: 2\n", "bad-yaml", "3:1"),
        (b"a: b: c\n", "bad-yaml", "1:5"),
        (b"a: 1\na: 2\n", "bad-yaml", "2:1"),
        (b"a: \x07\n", "bad-yaml", "1:4"),
        (b"a: 1\nb: [2018-02-30]\n", "bad-yaml", "2:5"),
        (b"a: 1\nb: &b [x]\n", "bad-yaml", "2:4"),
        (b"a: !!binary eA==\n", "bad-yaml", "1:4"),
        (b"a: \xff\n", "not-utf8", "1:4"),
    ],
)
def test_yaml_error_has_its_place(content: bytes, code: str, place: str, tmp_path: Path) -> None:
    path = tmp_path / "style.yaml"
    path.write_bytes(content)
    with pytest.raises(IpdocsError) as error:
        read_yaml(path)
    (finding,) = error.value.findings
    assert (finding.code, str(finding.location)) == (code, f"{path}:{place}")
    assert finding.hint


class Shelf(DataRecord):
    books: int


@pytest.mark.parametrize(
    ("content", "key"),
    [
        ("boks: 3\nbooks: 3\n", "boks: "),
        ("{}\n", "books: "),
        ("- 3\n", ""),
        ("2018-01-01: 3\nbooks: 3\n", ""),
        ("books: many\n", "books: "),
    ],
)
def test_wrong_key_has_a_hint(content: str, key: str, tmp_path: Path) -> None:
    path = tmp_path / "shelf.yaml"
    path.write_text(content, "utf-8")
    with pytest.raises(IpdocsError) as error:
        read_record(path, Shelf)
    finding = error.value.findings[0]
    assert (finding.code, str(finding.location)) == ("bad-data", f"{path}:1:1")
    assert finding.message.startswith(key)
    assert finding.hint
