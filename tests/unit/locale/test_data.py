"""A mistake in a data file of locales/ is a finding with its place, never a traceback."""

from __future__ import annotations

from pathlib import Path

import pytest

from ipdocs.files.yaml import read_yaml
from ipdocs.findings import IpdocsError


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"a: [1,\nb: 2\n", "error[bad-yaml]: did not find expected ',' or ']'\n  --> {}:3:1"),
        (b"a: b: c\n", "error[bad-yaml]: mapping values are not allowed in this context\n  --> {}:1:5"),
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
