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
        (b"a: \x07\n", "error[bad-yaml]: unacceptable character #x0007: control characters are not allowed\n  --> {}"),
        (b"a: \xff\n", "error[not-utf8]: this is no text in UTF-8\n  --> {}\n   = hint: save it as UTF-8"),
    ],
)
def test_a_mistake_in_a_data_file_is_told_with_its_place(content: bytes, told: str, tmp_path: Path) -> None:
    path = tmp_path / "style.yaml"
    path.write_bytes(content)
    with pytest.raises(IpdocsError) as error:
        read_yaml(path)
    assert str(error.value) == told.format(path)
