"""What comes back is checked before it is taken: all findings at once, nothing written until it is clean or accepted."""

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
    with pytest.raises(IpdocsError) as caught:
        import_translations(source, [path], **options)  # type: ignore[arg-type]
    assert source.read_bytes() == before
    return list(caught.value.findings)


def test_all_findings_are_told_at_once(release: Path) -> None:
    path = sent(
        release,
        "xliff1",
        ('resname="areas.list.items.0"', 'resname="areas.list.item.0"'),
        ('equiv-text="第十七"/>次會議', 'equiv-text="第十七"/>次會議<x id="9"/>'),
        ("<source>Strengthening cooperation on IP in the Bay", "<source>Strengthening cooperation in the Bay"),
        ("雙方回顧了", "三十五方回顧了"),
    )
    found = {one.code: one for one in refused(release, path) if one.severity == "error"}
    assert found.keys() == {"unknown-text", "changed-code", "source-differs", "value-differs"}
    assert found["unknown-text"].message == "the source has no text 'areas.list.item.0'"
    assert found["unknown-text"].hint == "did you mean areas.list.items.0?"
    assert found["changed-code"].message == "'lead.paragraph' has a code '9' that was never sent"
    assert found["source-differs"].message.startswith("the source of 'areas.list.items.1' is not what it is now")
    assert "en says two, tc says 三十五" in found["value-differs"].message
    assert found["changed-code"].location
    assert found["changed-code"].location.line == 9


def test_what_the_findings_doubt_can_be_accepted(release: Path) -> None:
    path = sent(release, "xliff2", ("雙方回顧了", "三十五方回顧了"))
    taken = import_translations(release, [path], accept=True)
    assert taken.changed == ("review.paragraph",)
    assert [one.code for one in taken.findings] == ["value-differs"]


def test_what_a_translator_noted_is_told(release: Path) -> None:
    path = sent(release, "xliff2")
    text = path.read_text("utf-8").replace(
        'name="facts.city.text">', 'name="facts.city.text"><notes><note>Is this the\ncity?</note></notes>'
    )
    path.write_text(text, "utf-8")
    (found,) = import_translations(release, [path]).findings
    assert (found.severity, found.message) == ("warning", "a note on 'facts.city.text': Is this the city?")


def test_a_lost_fact_is_named_with_what_it_says(release: Path) -> None:
    path = sent(release, "po", ("{{ meeting | ordinal }}次會議", "第十七次會議"))
    (found,) = refused(release, path)
    assert found.code == "changed-code"
    assert found.message == "'lead.paragraph' has lost the fact meeting (“第十七”)"


@pytest.mark.parametrize("words", ["[合作](https://www.example.org/bad)", "{{ city }}合作", "**合作**"])
def test_no_file_brings_in_a_fact_a_link_or_emphasis(words: str, release: Path) -> None:
    path = sent(release, "po", ('msgstr "加強大灣區知識產權合作"', f'msgstr "加強大灣區知識產權{words}"'))
    assert {one.code for one in refused(release, path)} == {"changed-code"}
    import_translations(release, [path], accept=True)
    assert '          tc: "加強大灣區知識產權合作"\n' in release.read_text("utf-8")


def test_codes_that_do_not_close_are_never_taken(small: Path) -> None:
    path = sent(small, "xliff1", ('<x id="3" ctype="x-fact" equiv-text="八月二十一日"/>', '<bx id="1"/>'))
    codes = [one.code for one in refused(small, path)]
    assert "unbalanced-codes" in codes
    taken = import_translations(small, [path], accept=True)
    assert taken.changed == ()


def test_a_translation_that_is_gone_is_told_and_kept(release: Path) -> None:
    path = sent(release, "po", ('msgstr "加強大灣區知識產權合作"', 'msgstr ""'))
    (found,) = refused(release, path)
    assert (found.code, found.message) == (
        "text-lost",
        "the translation of 'areas.list.items.1' is gone: it was “加強大灣區知識產權合作”",
    )


def test_a_file_of_another_document_is_refused_even_if_accepted(release: Path) -> None:
    path = sent(release, "xliff2", ('original="gd-hk-ip-17"', 'original="gd-hk-ip-16"'))
    (found,) = refused(release, path, accept=True)
    assert found.code == "wrong-document"
    assert found.message == "this file belongs to 'gd-hk-ip-16', not to 'gd-hk-ip-17'"


def test_a_text_that_did_not_come_back_is_a_warning(release: Path) -> None:
    path = sent(release, "po", ('msgctxt "title"', 'msgctxt "title"'))
    text = path.read_text("utf-8")
    start = text.index('msgctxt "areas.list.items.6"')
    end = text.index("#. ", start) if "#. " in text[start:] else text.index("msgctxt", start + 10)
    path.write_text(text[:start] + text[end:], "utf-8")
    (found,) = import_translations(release, [path]).findings
    assert (found.code, found.severity) == ("text-not-returned", "warning")


def test_a_character_that_a_source_may_not_hold_is_never_taken(release: Path) -> None:
    path = sent(release, "xliff2", ("雙方回顧了", "雙方\u202e回顧了"))
    (found,) = refused(release, path)
    assert found.code == "bad-text"
    assert import_translations(release, [path], accept=True).changed == ()


def test_a_table_without_its_heading_is_refused(release: Path) -> None:
    from docx import Document

    path = release.with_name("sent.docx")
    path.write_bytes(export_translations(open_source(release, draft=True), "tc", "docx"))
    document = Document(str(path))
    document.tables[0].rows[0].cells[0].text = "no"
    document.save(str(path))
    (found,) = refused(release, path)
    assert found.code == "bad-table"


def test_a_cell_that_begins_with_an_equals_sign_is_text(small: Path) -> None:
    import zipfile

    path = small.with_name("sent.xlsx")
    path.write_bytes(export_translations(open_source(small, draft=True), "tc", "xlsx"))
    with zipfile.ZipFile(path) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert 't="inlineStr"><is><t>=Two lines' in sheet
    assert import_translations(small, [path]).changed == ()


def test_a_formula_that_comes_back_is_refused(release: Path) -> None:
    import openpyxl

    path = release.with_name("sent.xlsx")
    path.write_bytes(export_translations(open_source(release, draft=True), "tc", "xlsx"))
    book = openpyxl.load_workbook(path)
    book.active["C3"] = '=HYPERLINK("https://www.example.org","x")'
    book.save(path)
    (found,) = refused(release, path)
    assert (found.code, found.message) == ("formula", "the cell C3 has a formula")


@pytest.mark.parametrize("form", ["xliff2", "xliff1", "tmx"])
def test_a_document_type_with_entities_is_refused(form: str, release: Path) -> None:
    path = sent(release, form)
    text = path.read_text("utf-8")
    declared = '<!DOCTYPE x [<!ENTITY a "b">]>'
    path.write_text(text.replace("?>", f"?>{declared}", 1), "utf-8")
    (found,) = refused(release, path)
    assert found.code == "hostile-file"


def test_a_derived_language_is_not_translated(release: Path) -> None:
    with pytest.raises(IpdocsError) as caught:
        export_translations(open_source(release, draft=True), "sc", "xliff2")
    assert caught.value.findings[0].message == "sc is not translated but converted"


def test_of_several_files_none_is_taken_while_one_is_wrong(release: Path) -> None:
    good = sent(release, "xliff2", ("雙方回顧了", "雙方檢視了"))
    bad = sent(release, "po", ("{{ meeting | ordinal }}次會議", "第十七次會議"))
    before = release.read_bytes()
    with pytest.raises(IpdocsError):
        import_translations(release, [good, bad])
    assert release.read_bytes() == before


def test_two_files_that_change_different_texts_are_taken_together(release: Path) -> None:
    one = sent(release, "xliff2", ("雙方回顧了", "雙方檢視了"))
    other = sent(release, "po", ("鞏固現有成果", "鞏固既有成果"))
    before = release.read_text("utf-8")
    result = import_translations(release, [one, other])
    assert set(result.changed) == {"review.paragraph", "lead.paragraph"}
    assert release.read_text("utf-8") == before.replace("雙方回顧了", "雙方檢視了").replace("鞏固現有成果", "鞏固既有成果")


def test_two_files_that_change_a_text_alike_agree(release: Path) -> None:
    files = [sent(release, form, ("雙方回顧了", "雙方檢視了")) for form in ("xliff2", "po")]
    assert import_translations(release, files).changed == ("review.paragraph",)


def test_two_files_that_change_a_text_differently_are_refused(release: Path) -> None:
    one = sent(release, "xliff2", ("雙方回顧了", "雙方檢視了"))
    other = sent(release, "po", ("雙方回顧了", "兩地回顧了"))
    before = release.read_bytes()
    with pytest.raises(IpdocsError) as caught:
        import_translations(release, [one, other])
    (finding,) = caught.value.findings
    assert finding.code == "conflicting-texts"
    assert finding.message.startswith("the tc text of 'review.paragraph' is changed in two ways: 會上，[-雙方檢視-]{+兩地回顧+}")
    assert len(finding.message) < 300
    assert finding.location
    assert finding.location.path == release
    assert release.read_bytes() == before


def test_of_conflicting_files_the_last_counts_if_accepted(release: Path) -> None:
    one = sent(release, "xliff2", ("雙方回顧了", "雙方檢視了"))
    other = sent(release, "po", ("雙方回顧了", "兩地回顧了"))
    result = import_translations(release, [one, other], accept=True)
    assert [finding.code for finding in result.findings] == ["conflicting-texts"]
    text = release.read_text("utf-8")
    assert "兩地回顧了" in text
    assert "雙方檢視了" not in text
