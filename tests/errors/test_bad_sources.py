"""Mistakes in sources, with the findings that report them.

Each file of cases/ begins with a sentence on what it shows and with the findings it must raise, no more and no fewer:

    #: LINE:COLUMN:LENGTH code: message
    #:     hint

FILE in a hint stands for the file's own path. `make golden` writes these lines again.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ipdocs.findings import Finding, IpdocsError, Location
from ipdocs.source import yaml
from ipdocs.source.open import open_source

CASES = sorted((Path(__file__).parent / "cases").glob("*.yaml"))


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_bad_source_has_the_findings_in_its_comments(path: Path) -> None:
    if os.environ.get("IPDOCS_GOLDEN") == "accept":
        rewrite_header(path)
    assert expected(path) == actual(path)


def actual(path: Path) -> list[str]:
    """Return the lines of a header with the findings that a source produces."""
    with pytest.raises(IpdocsError) as raised:
        open_source(path)
    return [line for finding in raised.value.findings for line in header_lines(finding, path)]


def header_lines(finding: Finding, path: Path) -> list[str]:
    place = finding.location
    assert place
    assert place.path == path
    lines = [f"#: {place.line}:{place.column}:{place.length} {finding.code}: {finding.message}"]
    return lines + ([f"#:     {finding.hint.replace(str(path), 'FILE')}"] if finding.hint else [])


def expected(path: Path) -> list[str]:
    """Return the lines of the header of a source."""
    lines = path.read_text("utf-8").removeprefix("\ufeff").splitlines()
    return [line for line in lines if line.startswith("#:")]


def rewrite_header(path: Path) -> None:
    """Write the findings of a source into its header; a second time if the header became longer, as the places move."""
    for _ in range(2):
        text = path.read_bytes().decode()
        newline = "\r\n" if "\r\n" in text else "\n"
        lines = text.split(newline)
        header = [number for number, line in enumerate(lines) if line.startswith("#:")]
        lines[header[0] : header[-1] + 1] = actual(path)
        path.write_bytes(newline.join(lines).encode())


def test_every_case_begins_with_a_comment() -> None:
    for path in CASES:
        assert path.read_text("utf-8").removeprefix("\ufeff").startswith("# "), path


def only(path: Path) -> Finding:
    """Load a source that has one finding, and return it."""
    with pytest.raises(IpdocsError) as raised:
        open_source(path)
    (finding,) = raised.value.findings
    return finding


def test_a_file_of_a_gigabyte_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "release.yaml"
    with path.open("wb") as stream:
        stream.truncate(1 << 30)
    finding = only(path)
    assert finding.code == "too-large"
    assert all(number in finding.message for number in ("1,073,741,824", "2,000,000"))


@pytest.mark.parametrize(
    ("text", "place"),
    [("a: " + "[" * 5000, "1:43"), ("a: " + "{x: " * 5000, "1:160"), ("- " * 5000 + "x", "1:81")],
    ids=["lists", "mappings", "block lists"],
)
def test_nesting_of_5000_levels_is_refused_at_its_limit(tmp_path: Path, text: str, place: str) -> None:
    path = tmp_path / "release.yaml"
    path.write_text(text)
    finding = only(path)
    assert finding.code == "too-deep"
    assert "40" in finding.message
    assert str(finding.location) == f"{path}:{place}"


def test_block_mappings_5000_deep_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "release.yaml"
    path.write_text("".join(" " * depth + "a:\n" for depth in range(1500)))
    assert only(path).code == "too-deep"


@pytest.mark.parametrize(
    ("content", "place", "byte"),
    [
        ("title: 粵港".encode("big5hkscs"), "1:8", "B8"),
        ('title: "粵港"\ncity: 廣'.encode() + b"\xff", "2:8", "FF"),
        ("title: x".encode("utf-16"), "1:1", "FF"),
        (b"title: \xed\xa0\x80", "1:8", "ED"),
    ],
    ids=["Big5", "a stray byte", "UTF-16", "a surrogate"],
)
def test_invalid_utf8_is_reported_at_its_first_byte(tmp_path: Path, content: bytes, place: str, byte: str) -> None:
    path = tmp_path / "release.yaml"
    path.write_bytes(content)
    finding = only(path)
    assert finding.code == "not-utf8"
    assert f" {byte} " in finding.message
    assert str(finding.location) == f"{path}:{place}"


def test_a_missing_file_is_a_finding(tmp_path: Path) -> None:
    finding = only(tmp_path / "release.yaml")
    assert (finding.code, finding.location) == ("no-such-file", Location(tmp_path / "release.yaml"))


def test_a_folder_is_refused(tmp_path: Path) -> None:
    assert only(tmp_path).code == "no-such-file"


def test_a_device_is_refused() -> None:
    assert only(Path("/dev/zero")).code == "no-such-file"


def test_reading_stops_after_a_hundred_findings(tmp_path: Path) -> None:
    path = tmp_path / "release.yaml"
    path.write_text("".join(f"- &a{number} x\n" for number in range(5000)))
    with pytest.raises(IpdocsError) as raised:
        open_source(path)
    assert len(raised.value.findings) == 101
    assert "100" in raised.value.findings[-1].message


HEAD = """schema: 1
kind: press-release
id: a-release
issued: 2018-08-22
languages: [en]
title: {en: "A title"}
body:
"""


def test_a_text_of_more_than_20000_characters_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "release.yaml"
    path.write_text(f'{HEAD}- id: lead\n  paragraph: {{en: "{"a" * 20_001}"}}\n')
    finding = only(path)
    assert finding.code == "too-large"
    assert "20,001" in finding.message


def test_a_source_of_more_than_2000_blocks_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "release.yaml"
    path.write_text(HEAD + "".join(f"- {{id: r{number}, rule: true}}\n" for number in range(2001)))
    finding = only(path)
    assert finding.code == "too-large"
    assert "2,001" in finding.message
    assert finding.location
    assert finding.location.line == 2008


def test_reading_stops_after_too_many_values(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert yaml.MAX_EVENTS == 100_000
    monkeypatch.setattr(yaml, "MAX_EVENTS", 1000)
    path = tmp_path / "release.yaml"
    path.write_text("[" + "a," * 1200 + "]")
    finding = only(path)
    assert finding.code == "too-large"
    assert "1,000" in finding.message


def test_at_most_a_thousand_findings_in_texts_are_reported(tmp_path: Path) -> None:
    path = tmp_path / "release.yaml"
    path.write_text(f'{HEAD}- id: lead\n  paragraph: {{en: "{"*a " * 1500}"}}\n')
    with pytest.raises(IpdocsError) as raised:
        open_source(path)
    assert len(raised.value.findings) == 1001
    assert "too-many-findings" in {finding.code for finding in raised.value.findings}


def test_many_control_characters_are_counted(tmp_path: Path) -> None:
    path = tmp_path / "release.yaml"
    path.write_text("\x00" * 100_000)
    with pytest.raises(IpdocsError) as raised:
        open_source(path)
    assert len(raised.value.findings) <= 101
