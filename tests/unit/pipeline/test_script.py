"""Characters of the other script keep a document from being issued; what conversion leaves open is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from ipdocs.findings import Finding, IpdocsError
from ipdocs.locale.conversion.choice import Choice
from ipdocs.pipeline.build import build
from ipdocs.pipeline.check import check
from ipdocs.pipeline.request import BuildRequest
from ipdocs.source.update import store_choices

HEAD = "schema: 1\nkind: press-release\nid: a-release\nissued: 2018-08-22\nlanguages: [tc]\nbody: []\n"


def release(folder: Path, title: str, more: str = "") -> Path:
    path = folder / "release.yaml"
    path.write_text(f'{HEAD}title: {{tc: "{title}"}}\n{more}', "utf-8")
    return path


def refused(path: Path, language: str) -> Finding:
    with pytest.raises(IpdocsError) as raised:
        build([path], path.parent / "out", BuildRequest(editions=(language,), formats=("txt",)))
    (finding,) = raised.value.findings
    return finding


@pytest.mark.parametrize(
    ("title", "language", "character"),
    [
        ("知識產權研讨會", "tc", "讨"),
        ("我嘅商標", "sc", "嘅"),
        ("我嘅軟件", "cn", "嘅"),
    ],
)
def test_character_of_the_other_script_stops_a_build(title: str, language: str, character: str, tmp_path: Path) -> None:
    finding = refused(release(tmp_path, title), language)
    assert (finding.code, finding.message[0]) == ("wrong-script", character)
    assert finding.location
    assert (finding.location.line, finding.location.column) == (7, 14 + title.index(character))
    assert f"[{character}]{{keep}}" in str(finding.hint)


@pytest.mark.parametrize(
    ("title", "more"),
    [
        ("「我[嘅]{keep}商標」", ""),
        ("「我嘅商標」", 'allow: {wrong-script: "the name of an exhibition"}\n'),
        ("署長到訪氹仔", ""),
    ],
    ids=["kept words", "allowed by the document", "a name of the glossary"],
)
def test_author_can_exempt_a_name_or_a_quotation(title: str, more: str, tmp_path: Path) -> None:
    (output,) = build([release(tmp_path, title, more)], tmp_path / "out", BuildRequest(editions=("sc",), formats=("txt",)))
    assert output.path.read_text("utf-8")


def test_draft_may_have_characters_of_the_other_script(tmp_path: Path) -> None:
    assert build([release(tmp_path, "我嘅商標")], tmp_path / "out", BuildRequest(editions=("sc",), formats=("txt",), draft=True))


def test_check_reports_undecided_conversions(tmp_path: Path) -> None:
    path = release(tmp_path, "研討會在乾德道舉行")
    (finding,) = check([path])
    assert (finding.code, finding.severity) == ("undecided-conversion", "warning")
    assert "…研討會在乾德道舉行…" in finding.message
    assert f"`ipdocs convert {path} --to sc --choose 乾=干`" in str(finding.hint)
    assert finding.location
    assert (finding.location.line, finding.location.column) == (7, 18)
    store_choices(path, [Choice("tc", "sc", "乾德道", "乾德道", "a reader", "2018-08-22")])
    assert check([path]) == []
    (output,) = build([path], tmp_path / "out", BuildRequest(editions=("sc",), formats=("txt",)))
    assert "研讨会在乾德道举行" in output.path.read_text("utf-8")


def test_check_examines_phrases_of_the_workspace(tmp_path: Path) -> None:
    folder = tmp_path / "locales/zh-Hant-HK"
    folder.mkdir(parents=True)
    (folder / "phrases.po").write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
        'msgid "Media enquiries"\nmsgstr ""\n\n'
        '#, fuzzy\nmsgid "Issued: %(date)s"\nmsgstr "發出：%(date)s"\n\n'
        'msgid "Tel: %(phone)s"\nmsgstr "電話：%(fone)s"\n\n'
        'msgid "Our own label"\nmsgstr ""\n',
        "utf-8",
    )
    findings = check([release(tmp_path, "研討會舉行")])
    assert [(finding.code, finding.location and finding.location.line) for finding in findings] == [
        ("fuzzy-phrase", 8),
        ("placeholder-differs", 11),
        ("missing-phrase", 14),
    ]


@pytest.mark.parametrize(
    ("more", "language", "character"),
    [
        ('reference: "讨 12/2018"\n', "tc", "讨"),
        ('reference: {tc: "讨 12/2018"}\n', "tc", "讨"),
        ('reference: "檔 12/2018"\n', "sc", "檔"),
        ('contact: {office: {tc: "新聞組"}, phone: {tc: "内線 1"}}\n', "tc", "内"),
    ],
)
def test_verbatim_text_in_the_wrong_script_is_refused(more: str, language: str, character: str, tmp_path: Path) -> None:
    finding = refused(release(tmp_path, "商標", more), language)
    assert (finding.code, finding.message.startswith(character)) == ("wrong-script", True)
    assert finding.location
    assert (finding.location.line, finding.location.column) == (8, 1 + more.index(character))


def test_a_missing_reference_is_converted(tmp_path: Path) -> None:
    path = release(tmp_path, "商標", 'reference: {tc: "檔案 12/2018"}\n')
    (output,) = build([path], tmp_path / "out", BuildRequest(editions=("sc",), formats=("txt",)))
    assert "档案 12/2018" in output.path.read_text("utf-8")
