"""PO files as other programs write them."""

from __future__ import annotations

from pathlib import Path

import pytest

from ipdocs.findings import IpdocsError
from ipdocs.source.open import open_source
from ipdocs.translation.export import export_translations
from ipdocs.translation.formats import po
from ipdocs.translation.import_translations import import_translations
from ipdocs.translation.job import ReturnedFile, ReturnedUnit

HEADER = r"""msgid ""
msgstr ""
"Project-Id-Version: kites 1\n"
"Language: zh_Hant_HK\n"
"Content-Type: text/plain; charset=UTF-8\n"
"""
ENTRY = 'msgctxt "a"\nmsgid "Kites"\nmsgstr "風箏"\n'


def read(tmp_path: Path, content: str | bytes) -> ReturnedFile:
    path = tmp_path / "x.po"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return po.read(path)


def unit(tmp_path: Path, entry: str) -> ReturnedUnit:
    (result,) = read(tmp_path, f"{HEADER}\n{entry}").units
    return result


def changed(small: Path, data: bytes) -> tuple[str, ...]:
    path = small.with_name("sent.po")
    path.write_bytes(data)
    return import_translations(small, [path]).changed


@pytest.fixture
def sent(small: Path) -> str:
    """The exported texts of a release, with one change."""
    return export_translations(open_source(small, draft=True), "tc", "po").decode().replace("人出席", "人參加")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be-bom"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_line_ends_and_byte_order_marks(encoding: str, line_end: str, small: Path, sent: str) -> None:
    text = sent.replace("\n", line_end)
    data = b"\xfe\xff" + text.encode("utf-16-be") if encoding.endswith("bom") else text.encode(encoding)
    assert changed(small, data) == ("lead.paragraph",)


def test_declared_character_set_is_used(small: Path, sent: str) -> None:
    text = sent.replace("charset=utf-8", "charset=gb18030")
    assert changed(small, text.encode("gb18030")) == ("lead.paragraph",)
    with pytest.raises(IpdocsError, match="bad-po"):
        changed(small, sent.encode("gb18030"))


@pytest.mark.parametrize(
    "language",
    [
        '"Language: "\n"zh_Hant_HK\\n"',
        '"Language: zh_Hant_"\n"HK\\n"',
        '"Language:\nzh_Hant_HK\\n"',
        '"Language: zh_Hant_HK\\n" "X-Poedit: 1\\n"',
    ],
)
def test_header_may_be_wrapped(language: str, tmp_path: Path) -> None:
    returned = read(tmp_path, HEADER.replace('"Language: zh_Hant_HK\\n"', language) + "\n" + ENTRY)
    assert (returned.document, returned.target_tag, len(returned.units)) == ("kites", "zh_Hant_HK", 1)


def test_escaped_bytes_are_characters(tmp_path: Path) -> None:
    escaped = "".join(f"\\{byte:o}" for byte in "風箏".encode())
    halves = f'"{escaped[:8]}"\n"{escaped[8:]}"'
    for string in (f'"{escaped}"', halves, '"' + "".join(f"\\x{byte:x}" for byte in "風箏".encode()) + '"'):
        assert unit(tmp_path, ENTRY.replace('"風箏"', string)).target == ("風箏",)
    assert unit(tmp_path, ENTRY.replace("風箏", r"a\tb\"c\\d")).target == ('a\tb"c\\d',)
    with pytest.raises(IpdocsError, match="bad-po"):
        unit(tmp_path, ENTRY.replace("風箏", r"\377"))


def test_comments_of_translators_are_notes(tmp_path: Path) -> None:
    comments = '# Which kites?\n#Answer please.\n#\n#. Exported.\n#: place:1\n#, no-wrap\n#| msgid "Kite"\n'
    assert unit(tmp_path, comments + ENTRY).notes == ("Which kites?\nAnswer please.",)


def test_comments_of_the_header(tmp_path: Path) -> None:
    boilerplate = "# kites: from en to zh-Hant-HK\n# Copyright (C) 2026 X\n# A. Person <a@example.org>, 2026.\n#, fuzzy\n"
    assert read(tmp_path, boilerplate + HEADER + "\n" + ENTRY).notes == ()
    (note,) = read(tmp_path, "# Please check the title.\n" + boilerplate + HEADER + "\n" + ENTRY).notes
    assert (note.text, note.line) == ("Please check the title.", 1)


def test_fuzzy_states(tmp_path: Path) -> None:
    assert unit(tmp_path, ENTRY).state == "finished"
    assert unit(tmp_path, f"#, no-wrap, fuzzy\n{ENTRY}").state == "unfinished"
    assert unit(tmp_path, f'#, fuzzy\n#| msgid "Kite"\n{ENTRY}').state == "unconfirmed"


def test_text_of_msgmerge_that_is_unchanged_stays(small: Path, sent: str) -> None:
    marked = sent.replace("人參加", "人出席").replace('msgctxt "title"', '#, fuzzy\n#| msgid "A talk"\nmsgctxt "title"')
    before = small.read_bytes()
    assert changed(small, marked.encode()) == ()
    assert small.read_bytes() == before


def test_obsolete_and_plural_entries_are_reported(tmp_path: Path) -> None:
    obsolete = "\n".join(f"#~ {line}" for line in ENTRY.replace('"a"', '"b"').splitlines()) + '\n#~| msgid "x"\n'
    plural = 'msgctxt "c"\nmsgid "Kite"\nmsgid_plural "Kites"\nmsgstr[0] "風箏"\nmsgstr[1] "眾風箏"\n'
    returned = read(tmp_path, f"{HEADER}\n{ENTRY}\n{plural}\n{obsolete}")
    assert [unit.name for unit in returned.units] == ["a", "c"]
    assert [(finding.code, "眾風箏" in finding.message) for finding in returned.findings] == [
        ("obsolete-text", False),
        ("plural-forms", True),
    ]


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ('msgid "A"\n', 1, "no msgstr"),
        ('msgstr "A"\n', 1, "no msgid"),
        ('msgid "A"\nmsgid "B"\nmsgstr ""\n', 2, "msgid twice"),
        ('msgid "A"\nmsgstr "B\n', 2, "quotation mark"),
        ('msgid "A"\nmsgstr "B" C\n', 2, "quotation mark"),
        ("hello\n", 1, "neither a comment nor a text"),
        ('"hello"\n', 1, "neither a comment nor a text"),
    ],
)
def test_broken_file_is_a_finding_with_its_line(text: str, line: int, words: str, tmp_path: Path) -> None:
    with pytest.raises(IpdocsError, match="bad-po") as caught:
        read(tmp_path, text)
    (finding,) = caught.value.findings
    assert finding.location
    assert (finding.location.line, words in finding.message) == (line, True)


def test_many_strings_are_read_in_linear_time(tmp_path: Path) -> None:
    lines = '"一二三四五"\n' * 60_000
    assert unit(tmp_path, f'msgctxt "a"\nmsgid "Kites"\nmsgstr ""\n{lines}').target == ("一二三四五" * 60_000,)


@pytest.mark.parametrize(
    ("language", "codes"),
    [
        ("zh_HK", []),
        ("zh-HK", []),
        ("zh_Hant", []),
        ("zh-hant-hk", []),
        ("zh_TW", ["language-variant"]),
        ("zh_Hant_TW", ["language-variant"]),
        ("zh-MO", ["language-variant"]),
        ("zh_CN", ["derived-language"]),
        ("zh-Hans", ["derived-language"]),
        ("xx", ["unknown-language"]),
        ("", ["unknown-language"]),
    ],
)
def test_language_of_the_file(language: str, codes: list[str], small: Path, sent: str) -> None:
    path = small.with_name("sent.po")
    path.write_text(sent.replace("Language: zh_Hant_HK", f"Language: {language}"), "utf-8")
    try:
        result = import_translations(small, [path])
        assert result.changed == ("lead.paragraph",)
        findings = result.findings
    except IpdocsError as error:
        findings = error.findings
    assert [finding.code for finding in findings] == codes
