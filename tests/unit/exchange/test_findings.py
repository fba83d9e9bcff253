"""Returned files are checked before they are imported: all findings at once, nothing written until there are no errors."""

from __future__ import annotations

from pathlib import Path

import pytest

from ipdocs.findings import Finding, IpdocsError
from ipdocs.source.open import open_source
from ipdocs.translation.export import ENDINGS, export_translations
from ipdocs.translation.import_translations import import_translations


def sent(source: Path, form: str, *changes: tuple[str, str]) -> Path:
    text = export_translations(open_source(source, draft=True), "tc", form).decode()  # type: ignore[arg-type]
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    path = source.with_name(f"sent.{ENDINGS[form]}")
    path.write_text(text, "utf-8")
    return path


def refused(source: Path, path: Path, **options: bool) -> list[Finding]:
    before = source.read_bytes()
    try:
        findings = import_translations(source, [path], **options).findings  # type: ignore[arg-type]
    except IpdocsError as error:
        findings = error.findings
    assert source.read_bytes() == before
    assert any(finding.severity == "error" for finding in findings)
    return list(findings)


def test_all_findings_are_reported_at_once(release: Path) -> None:
    path = sent(
        release,
        "xliff1",
        ('resname="areas.list.items.0"', 'resname="areas.list.item.0"'),
        ('equiv-text="第十七"/>次會議', 'equiv-text="第十七"/>次會議<x id="9"/>'),
        ("<source>Strengthening cooperation on IP in the Bay", "<source>Strengthening cooperation in the Bay"),
        ("雙方回顧了", "三十五方回顧了"),
    )
    errors = {finding.code: finding for finding in refused(release, path) if finding.severity == "error"}
    assert errors.keys() == {"unknown-text", "changed-code", "source-differs", "value-differs"}
    assert "'areas.list.item.0'" in errors["unknown-text"].message
    assert "areas.list.items.0?" in (errors["unknown-text"].hint or "")
    assert "'lead.paragraph'" in errors["changed-code"].message
    assert "'9'" in errors["changed-code"].message
    assert "'areas.list.items.1'" in errors["source-differs"].message
    assert all(value in errors["value-differs"].message for value in ("two", "三十五"))
    assert errors["changed-code"].location
    assert errors["changed-code"].location.line == 9


def test_doubtful_change_can_be_accepted(release: Path) -> None:
    path = sent(release, "xliff2", ("雙方回顧了", "三十五方回顧了"))
    result = import_translations(release, [path], accept=True)
    assert result.changed == ("review.paragraph",)
    assert [finding.code for finding in result.findings] == ["value-differs"]


def test_translator_note_is_reported(release: Path) -> None:
    path = sent(release, "xliff2")
    text = path.read_text("utf-8").replace(
        'name="facts.city.text">', 'name="facts.city.text"><notes><note>Is this the\ncity?</note></notes>'
    )
    path.write_text(text, "utf-8")
    (finding,) = import_translations(release, [path]).findings
    assert (finding.code, finding.severity) == ("note-from-translator", "warning")
    assert "'facts.city.text'" in finding.message
    assert "Is this the city?" in finding.message


def test_lost_fact_is_reported_with_its_text(release: Path) -> None:
    path = sent(release, "po", ("{{ meeting | ordinal }}次會議", "第十七次會議"))
    (finding,) = refused(release, path)
    assert finding.code == "changed-code"
    assert all(words in finding.message for words in ("'lead.paragraph'", "meeting", "“第十七”"))


@pytest.mark.parametrize("words", ["[合作](https://www.example.org/bad)", "{{ city }}合作", "**合作**"])
def test_file_cannot_add_a_fact_link_or_emphasis(words: str, release: Path) -> None:
    path = sent(release, "po", ('msgstr "加強大灣區知識產權合作"', f'msgstr "加強大灣區知識產權{words}"'))
    assert {finding.code for finding in refused(release, path)} == {"changed-code"}
    import_translations(release, [path], accept=True)
    assert '          tc: "加強大灣區知識產權合作"\n' in release.read_text("utf-8")


def test_unclosed_codes_are_never_imported(small: Path) -> None:
    path = sent(small, "xliff1", ('<x id="3" ctype="x-fact" equiv-text="八月二十一日"/>', '<bx id="1"/>'))
    codes = [finding.code for finding in refused(small, path)]
    assert "unbalanced-codes" in codes
    result = import_translations(small, [path], accept=True)
    assert result.changed == ()


def test_lost_translation_is_reported_and_kept(release: Path) -> None:
    path = sent(release, "po", ('msgstr "加強大灣區知識產權合作"', 'msgstr ""'))
    (finding,) = refused(release, path)
    assert finding.code == "text-lost"
    assert "'areas.list.items.1'" in finding.message
    assert "“加強大灣區知識產權合作”" in finding.message


def test_file_of_another_document_is_always_refused(release: Path) -> None:
    path = sent(release, "xliff2", ('original="gd-hk-ip-17"', 'original="gd-hk-ip-16"'))
    (finding,) = refused(release, path, accept=True)
    assert finding.code == "wrong-document"
    assert "'gd-hk-ip-16'" in finding.message
    assert "'gd-hk-ip-17'" in finding.message


def test_text_missing_from_the_file_is_a_warning(release: Path) -> None:
    path = sent(release, "po", ('msgctxt "title"', 'msgctxt "title"'))
    text = path.read_text("utf-8")
    start = text.index('msgctxt "areas.list.items.6"')
    end = text.index("#. ", start) if "#. " in text[start:] else text.index("msgctxt", start + 10)
    path.write_text(text[:start] + text[end:], "utf-8")
    (finding,) = import_translations(release, [path]).findings
    assert (finding.code, finding.severity) == ("text-not-returned", "warning")


def test_forbidden_character_is_never_imported(release: Path) -> None:
    path = sent(release, "xliff2", ("雙方回顧了", "雙方\u202e回顧了"))
    (finding,) = refused(release, path)
    assert finding.code == "bad-text"
    assert import_translations(release, [path], accept=True).changed == ()


def test_table_without_its_headings_is_refused(release: Path) -> None:
    from docx import Document

    path = release.with_name("sent.docx")
    path.write_bytes(export_translations(open_source(release, draft=True), "tc", "docx"))
    document = Document(str(path))
    document.tables[0].rows[0].cells[0].text = "no"
    document.save(str(path))
    (finding,) = refused(release, path)
    assert finding.code == "bad-table"


def test_cell_that_begins_with_an_equals_sign_is_text(small: Path) -> None:
    import zipfile

    path = small.with_name("sent.xlsx")
    path.write_bytes(export_translations(open_source(small, draft=True), "tc", "xlsx"))
    with zipfile.ZipFile(path) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert 't="inlineStr"><is><t>=Two lines' in sheet
    assert import_translations(small, [path]).changed == ()


def test_formula_in_a_returned_file_is_refused(release: Path) -> None:
    import openpyxl

    path = release.with_name("sent.xlsx")
    path.write_bytes(export_translations(open_source(release, draft=True), "tc", "xlsx"))
    book = openpyxl.load_workbook(path)
    book.active["C3"] = '=HYPERLINK("https://www.example.org","x")'
    book.save(path)
    (finding,) = refused(release, path)
    assert (finding.code, "C3" in finding.message) == ("formula", True)


@pytest.mark.parametrize("form", ["xliff2", "xliff1", "tmx"])
def test_document_type_with_entities_is_refused(form: str, release: Path) -> None:
    path = sent(release, form)
    text = path.read_text("utf-8")
    declared = '<!DOCTYPE x [<!ENTITY a "b">]>'
    path.write_text(text.replace("?>", f"?>{declared}", 1), "utf-8")
    (finding,) = refused(release, path)
    assert finding.code == "hostile-file"


def test_converted_language_is_not_exported(release: Path) -> None:
    with pytest.raises(IpdocsError) as caught:
        export_translations(open_source(release, draft=True), "sc", "xliff2")
    (finding,) = caught.value.findings
    assert (finding.code, "sc" in finding.message) == ("derived-language", True)


def test_wrong_file_stops_the_import_of_all_files(release: Path) -> None:
    good = sent(release, "xliff2", ("雙方回顧了", "雙方檢視了"))
    bad = sent(release, "po", ('"Project-Id-Version: gd-hk-ip-17 1', '"Project-Id-Version: gd-hk-ip-16 1'))
    before = release.read_bytes()
    with pytest.raises(IpdocsError):
        import_translations(release, [good, bad])
    assert release.read_bytes() == before


def test_good_texts_are_imported_and_bad_ones_are_named(release: Path) -> None:
    path = sent(release, "po", ("雙方回顧了", "雙方檢視了"), ("{{ meeting | ordinal }}次會議", "第十七次會議"))
    before = release.read_text("utf-8")
    result = import_translations(release, [path])
    assert (result.changed, [*result.refused["tc"]]) == (("review.paragraph",), ["lead.paragraph"])
    assert release.read_text("utf-8") == before.replace("雙方回顧了", "雙方檢視了")


def test_only_selected_texts_are_imported(release: Path) -> None:
    path = sent(release, "po", ("雙方回顧了", "雙方檢視了"), ("{{ meeting | ordinal }}次會議", "第十七次會議"))
    result = import_translations(release, [path], only=["review"])
    assert (result.changed, result.refused, result.findings) == (("review.paragraph",), {}, ())
    with pytest.raises(IpdocsError, match="unknown-text"):
        import_translations(release, [path], only=["reviews"])


def test_files_with_different_texts_are_imported_together(release: Path) -> None:
    first = sent(release, "xliff2", ("雙方回顧了", "雙方檢視了"))
    second = sent(release, "po", ("鞏固現有成果", "鞏固既有成果"))
    before = release.read_text("utf-8")
    result = import_translations(release, [first, second])
    assert set(result.changed) == {"review.paragraph", "lead.paragraph"}
    assert release.read_text("utf-8") == before.replace("雙方回顧了", "雙方檢視了").replace("鞏固現有成果", "鞏固既有成果")


def test_files_with_the_same_change_agree(release: Path) -> None:
    files = [sent(release, form, ("雙方回顧了", "雙方檢視了")) for form in ("xliff2", "po")]
    assert import_translations(release, files).changed == ("review.paragraph",)


def test_files_with_conflicting_changes_are_refused(release: Path) -> None:
    first = sent(release, "xliff2", ("雙方回顧了", "雙方檢視了"))
    second = sent(release, "po", ("雙方回顧了", "兩地回顧了"))
    before = release.read_bytes()
    with pytest.raises(IpdocsError) as caught:
        import_translations(release, [first, second])
    (finding,) = caught.value.findings
    assert finding.code == "conflicting-texts"
    assert "'review.paragraph'" in finding.message
    assert "會上，[-雙方檢視-]{+兩地回顧+}" in finding.message
    assert len(finding.message) < 300
    assert finding.location
    assert finding.location.path == release
    assert release.read_bytes() == before


def test_last_of_accepted_conflicting_files_counts(release: Path) -> None:
    first = sent(release, "xliff2", ("雙方回顧了", "雙方檢視了"))
    second = sent(release, "po", ("雙方回顧了", "兩地回顧了"))
    result = import_translations(release, [first, second], accept=True)
    assert [finding.code for finding in result.findings] == ["conflicting-texts"]
    text = release.read_text("utf-8")
    assert "兩地回顧了" in text
    assert "雙方檢視了" not in text
