from __future__ import annotations

from pathlib import Path

import pytest

from ipdocs.findings import Finding, IpdocsError
from ipdocs.locale.catalog_review import catalog_findings
from ipdocs.locale.catalogs import Catalog, catalog, msgid
from ipdocs.locale.language import language
from ipdocs.workspace import Workspace

HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n"Plural-Forms: nplurals={}\\n"\n\n'
CHINESE, ENGLISH = HEADER.format("1; plural=0;"), HEADER.format("2; plural=(n != 1);")


def workspace(folder: Path, **texts: str) -> Workspace:
    tags = {"en": "en", "tc": "zh-Hant-HK", "sc": "zh-Hans-HK", "cn": "zh-Hans-CN"}
    for code, text in texts.items():
        path = folder / "locales" / tags[code] / "phrases.po"
        path.parent.mkdir(parents=True)
        path.write_text((ENGLISH if code == "en" else CHINESE) + text, "utf-8")
    return Workspace(folder)


def phrases(code: str, space: Workspace | None = None) -> Catalog:
    return catalog(language(code, space or Workspace()), space or Workspace())


def test_english_is_its_own_text() -> None:
    assert phrases("en").gettext("Media enquiries") == "Media enquiries"
    assert phrases("en").origin("Media enquiries") == "written"


def test_traditional_text_comes_from_the_catalog() -> None:
    assert phrases("tc").gettext("Media enquiries") == "傳媒查詢"
    assert phrases("tc").origin("Media enquiries") == "catalog"


def test_simplified_text_is_converted_from_traditional() -> None:
    assert phrases("sc").gettext("Media enquiries") == "传媒查询"
    phrase = phrases("sc").phrase("Media enquiries")
    assert phrase == ("传媒查询", "converted", "tc")


def test_written_simplified_text_wins_over_conversion(tmp_path: Path) -> None:
    space = workspace(tmp_path, sc='msgid "Media enquiries"\nmsgstr "媒体查询"\n')
    assert phrases("sc", space).gettext("Media enquiries") == "媒体查询"
    assert phrases("sc", space).origin("Media enquiries") == "catalog"


def test_edited_converted_text_counts_as_written_by_a_person(tmp_path: Path) -> None:
    entry = '# converted from tc [e994889e]\nmsgid "Media enquiries"\nmsgstr "{}"\n'
    untouched = workspace(tmp_path / "a", sc=entry.format("传媒查询"))
    edited = workspace(tmp_path / "b", sc=entry.format("媒体查询"))
    assert phrases("sc", untouched).origin("Media enquiries") == "converted"
    assert phrases("sc", edited).origin("Media enquiries") == "catalog"


def test_workspace_overrides_single_phrases(tmp_path: Path) -> None:
    space = workspace(tmp_path, tc='msgid "Media enquiries"\nmsgstr "查詢"\n')
    assert phrases("tc", space).gettext("Media enquiries") == "查詢"
    assert phrases("tc", space).gettext("Tel: %(phone)s") == "電話：%(phone)s"
    assert phrases("sc", space).gettext("Media enquiries") == "查询"


@pytest.mark.parametrize("code", ["tc", "sc", "cn"])
def test_missing_phrase_is_reported_once_without_fallback(code: str) -> None:
    phrase_catalog = phrases(code)
    assert phrase_catalog.gettext("Not  in\n any catalog") == "⟦Not in any catalog⟧"
    phrase_catalog.gettext("Not in any catalog")
    assert phrase_catalog.missing == ["Not in any catalog"]
    assert phrase_catalog.phrase("Not in any catalog") is None


def test_fuzzy_phrase_is_missing_in_converted_languages(tmp_path: Path) -> None:
    space = workspace(tmp_path, tc='#, fuzzy\nmsgid "Old text"\nmsgstr "舊文"\n')
    assert phrases("tc", space).phrase("Old text") is None
    assert phrases("sc", space).phrase("Old text") is None


def test_plural_forms_follow_the_language(tmp_path: Path) -> None:
    entry = 'msgid "%(num)s case"\nmsgid_plural "%(num)s cases"\n'
    space = workspace(tmp_path, tc=entry + 'msgstr[0] "%(num)s宗案件"\n')
    assert [phrases("en", space).ngettext("%(num)s case", "%(num)s cases", n) for n in (1, 2)] == [
        "%(num)s case",
        "%(num)s cases",
    ]
    assert [phrases("tc", space).ngettext("%(num)s case", "%(num)s cases", n) for n in (1, 2)] == ["%(num)s宗案件"] * 2


def test_context_separates_two_meanings(tmp_path: Path) -> None:
    entry = 'msgctxt "minutes"\nmsgid "Present"\nmsgstr "出席者"\n\nmsgid "Present"\nmsgstr "現時"\n'
    phrase_catalog = phrases("tc", workspace(tmp_path, tc=entry))
    assert (phrase_catalog.pgettext("minutes", "Present"), phrase_catalog.gettext("Present")) == ("出席者", "現時")
    assert phrase_catalog.pgettext("agenda", "Present") == "⟦Present⟧"


def test_boilerplate_keeps_its_expressions() -> None:
    text = "\n  The Expert Group was established after the Sixth Plenary of the Hong Kong/Guangdong Co-operation Joint\n  "
    text += (
        "Conference in {{ established | month }}. It aims at enhancing exchanges and cooperation on various aspects of\n"
        "IP protection, including promotion and education, training, enforcement, research study and information dissemination.\n"
    )
    for code in ("tc", "sc", "cn"):
        phrase = phrases(code).phrase(text)
        assert phrase is not None
        assert "{{ established | month }}" in phrase.text


def test_key_of_a_text_is_its_rendered_form() -> None:
    assert msgid("  one\n  two \n\n \nthree\n") == "one two\n\nthree"


def test_invalid_catalog_is_a_finding_with_its_line(tmp_path: Path) -> None:
    space = workspace(tmp_path, tc='msgid "A"\nmsgid_plural "B"\nmsgstr[0] "甲"\nmsgstr[1] "乙"\n')
    with pytest.raises(IpdocsError, match="bad-catalog") as caught:
        phrases("tc", space)
    assert "msgfmt --check phrases.po" in (caught.value.findings[0].hint or "")


@pytest.mark.parametrize("charset", ["utf-7", "big5", "no-such-charset"])
def test_catalog_must_declare_utf8(charset: str, tmp_path: Path) -> None:
    header = f'msgid ""\nmsgstr "Content-Type: text/plain; charset={charset}\\n"\n\n'
    space = workspace(tmp_path, tc=header + 'msgid "A"\nmsgstr "甲"\n')
    with pytest.raises(IpdocsError, match="bad-catalog") as caught:
        phrases("tc", space)
    assert charset in caught.value.findings[0].message


def test_shipped_catalogs_are_complete() -> None:
    assert catalog_findings(Workspace()) == []


def reviewed(space: Workspace) -> list[Finding]:
    """Return the findings in a workspace's own files."""
    assert space.root
    return [
        finding for finding in catalog_findings(space) if finding.location and finding.location.path.is_relative_to(space.root)
    ]


def test_review_lists_phrases_that_need_a_person(tmp_path: Path) -> None:
    entries = [
        'msgid "Nothing"\nmsgstr ""',
        '#, fuzzy\nmsgid "Old"\nmsgstr "舊"',
        'msgid "Held on %(date)s in {{ city }}"\nmsgstr "%(day)s舉行"',
    ]
    plural = 'msgid "case"\nmsgid_plural "cases"\nmsgstr[0] "case"\nmsgstr[1] ""\n'
    findings = reviewed(workspace(tmp_path, en=plural, tc="\n\n".join(entries) + "\n"))
    assert [finding.code for finding in findings] == [
        "plural-forms-differ",
        "missing-phrase",
        "fuzzy-phrase",
        "placeholder-differs",
    ]
    quoted = (("'case'", "en"), ("'Nothing'", "tc"), ("'Old'", "tc"), ("%(date)s", "{{ city }}", "%(day)s"))
    for finding, texts in zip(findings, quoted, strict=True):
        assert all(text in finding.message for text in texts), finding.message
    assert [finding.location.line for finding in findings if finding.location] == [6, 6, 10, 13]


def test_review_skips_converted_languages(tmp_path: Path) -> None:
    assert reviewed(workspace(tmp_path, sc='msgid "Nothing"\nmsgstr ""\n')) == []
