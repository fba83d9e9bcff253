"""The release on the 18th meeting, translated from the memory of the 16th and 17th; a person checked the results."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from ipdocs.cli import app
from ipdocs.source.open import open_source
from ipdocs.translation.memory import tmx_codec
from ipdocs.translation.memory.workspace_memory import memory_units
from ipdocs.workspace import Workspace

GOLDEN = Path(__file__).parent / "translate"
Golden = Callable[[str, Path], None]


@pytest.fixture
def workspace(tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace with the memory of this project and the release on the 18th meeting."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    shutil.copytree(root / "locales/memory", tmp_path / "locales/memory")
    shutil.copytree(root / "fixtures/gd-hk-ip-18", tmp_path / "gd-hk-ip-18")
    return tmp_path


def ipdocs(*arguments: str, text: str | None = None) -> Result:
    return CliRunner().invoke(app, arguments, input=text)


def test_segments_are_shown_with_match_and_origin(workspace: Path, golden: Golden) -> None:
    result = ipdocs("translate", "gd-hk-ip-18/release.yaml", "--to", "tc")
    assert result.exit_code == 0
    golden(result.stdout, GOLDEN / "shown.txt")


def test_drafts_are_written_into_the_source(workspace: Path, golden: Golden) -> None:
    result = ipdocs("translate", "gd-hk-ip-18/release.yaml", "--to", "tc", "--write")
    assert result.stdout.splitlines()[-1] == (
        "17 drafts written into gd-hk-ip-18/release.yaml: "
        "read each, then run `ipdocs confirm gd-hk-ip-18/release.yaml BLOCK --lang tc`"
    )
    golden((workspace / "gd-hk-ip-18/release.yaml").read_text("utf-8"), GOLDEN / "release.yaml")
    golden((workspace / "gd-hk-ip-18/release.state.yaml").read_text("utf-8"), GOLDEN / "release.state.yaml")


def test_writing_drafts_changes_nothing_else(workspace: Path, root: Path) -> None:
    ipdocs("translate", "gd-hk-ip-18/release.yaml", "--to", "tc", "--write")
    before = (root / "fixtures/gd-hk-ip-18/release.yaml").read_text("utf-8").splitlines()
    after = iter((workspace / "gd-hk-ip-18/release.yaml").read_text("utf-8").splitlines())
    changed = {"languages: [en]", '  city: {text: {en: "Shenzhen"}}'}
    assert all(line in after for line in before if line not in changed)


def test_matches_are_counted_by_kind(workspace: Path) -> None:
    result = json.loads(ipdocs("translate", "gd-hk-ip-18/release.yaml", "--to", "tc", "--json").stdout)
    kinds = Counter(segment["match"]["kind"] for text in result["texts"] for segment in text["segments"])
    assert kinds == {"spelling": 10, "same": 4, "fuzzy": 3, "facts": 1, "exact": 1}
    assert result["findings"] == []


def test_json_has_the_stored_source(workspace: Path) -> None:
    result = json.loads(ipdocs("translate", "gd-hk-ip-18/release.yaml", "--to", "tc", "--json").stdout)
    (text,) = (text for text in result["texts"] if text["place"] == "areas.list.items.6")
    match = text["segments"][0]["match"]
    assert match["stored_source"] == "Promoting cooperation on IP trading in both places"
    assert "[-trading-]{+financing+}" in match["difference"]


def test_accepted_drafts_are_built_in_three_languages(workspace: Path, golden: Golden) -> None:
    source = workspace / "gd-hk-ip-18/release.yaml"
    ipdocs("translate", str(source), "--to", "tc", "--write")
    refused = ipdocs("build", str(source), "--format", "txt")
    assert refused.exit_code == 1
    assert refused.stderr.count("error[draft-text]") == 17
    edited = source.read_text("utf-8")
    for before, after in (
        ("⟦draft: fuzzy 92 %⟧推動兩地的知識產權貿易合作", "推動兩地的知識產權融資合作"),
        ("舉辦高端知識產權研討會；", "在大灣區舉辦高端知識產權研討會；"),
        ("⟦fuzzy 78 %⟧雙方亦會因應形勢變化，適時開展", "雙方會因應形勢變化，及時開展"),
    ):
        assert edited.count(before) == 1
        edited = edited.replace(before, after)
    source.write_text(edited, "utf-8")
    assert ipdocs("confirm", str(source), "--lang", "tc", "--by", "example").exit_code == 0
    assert ipdocs("build", str(source), "--format", "txt", "--out", "out").exit_code == 0
    for language in ("tc", "sc"):
        text = (workspace / f"out/gd-hk-ip-18/gd-hk-ip-18.{language}.txt").read_text("utf-8")
        golden(text, GOLDEN / f"gd-hk-ip-18.{language}.txt")
    assert not json.loads(ipdocs("translate", str(source), "--to", "tc", "--json").stdout)["texts"]


@pytest.mark.parametrize("number", [16, 17])
def test_shipped_memory_matches_the_releases(root: Path, number: int) -> None:
    units = memory_units(open_source(root / f"fixtures/gd-hk-ip-{number}/release.yaml"))
    stored = list(tmx_codec.read_units(root / f"locales/memory/gd-hk-ip-{number}.tmx", Workspace(root)))
    assert [(unit.place, unit.texts, unit.issued) for unit in stored] == [(unit.place, unit.texts, unit.issued) for unit in units]


def test_paragraph_from_standard_input_is_translated(workspace: Path) -> None:
    text = "Co-operation projects of the Expert Group for 2019-20 cover the following 12 areas:"
    result = ipdocs("translate", "-", "--to", "tc", text=text)
    assert result.stdout == "專責小組二○一九至二○年度的合作項目涵蓋以下12個範疇：\n"
    assert result.stderr.startswith("spelling: gd-hk-ip-17 areas.list.intro")


@pytest.mark.parametrize(
    ("to", "translation"),
    [
        ("sc", "专责小组二○一九至二○年度的合作项目涵盖以下12个范畴：\n"),
        ("cn", "专责小组二○一九至二○年度的合作项目涵盖以下12个范畴：\n"),
    ],
)
def test_simplified_is_converted_from_the_tc_translation(workspace: Path, to: str, translation: str) -> None:
    text = "Cooperation projects of the Expert Group for 2019-20 cover the following 12 areas:"
    assert ipdocs("translate", "-", "--to", to, text=text).stdout == translation


@pytest.mark.parametrize(
    "text", ["專責小組二○一九至二○年度的合作項目涵蓋以下兩個範疇：", "专责小组二○一九至二○年度的合作项目涵盖以下两个范畴："]
)
def test_chinese_is_translated_into_english(workspace: Path, text: str) -> None:
    source = "tc" if "專" in text else "sc"
    result = ipdocs("translate", "-", "--from", source, "--to", "en", text=text)
    assert result.stdout == "Co-operation projects of the Expert Group for 2019-20 cover the following two areas:\n"


def test_document_is_not_translated_into_sc(workspace: Path) -> None:
    result = ipdocs("translate", "gd-hk-ip-18/release.yaml", "--to", "sc")
    assert result.exit_code == 1
    assert result.stderr.startswith("error[derived-language]")
    assert "--to tc" in result.stderr


@pytest.mark.parametrize(
    ("options", "text", "code", "quoted"),
    [
        (("--to", "tc"), "  \n", "bad-length", " 0 "),
        (("--to", "tc"), "a" * 20_001, "bad-length", "20,001"),
        (("--to", "tc", "--from", "tc"), "甲", "same-language", "tc"),
        (("--to", "tx"), "a", "unknown-language", "'tx'"),
    ],
)
def test_unusable_paragraph_or_language_is_a_finding(
    workspace: Path, options: tuple[str, ...], text: str, code: str, quoted: str
) -> None:
    result = ipdocs("translate", "-", *options, text=text)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith(f"error[{code}]")
    assert quoted in result.stderr
    assert result.stderr.endswith("\n1 error\n")


def test_input_that_is_not_utf8_is_a_finding(workspace: Path) -> None:
    result = CliRunner().invoke(app, ["translate", "-", "--to", "tc"], input=b"\xff\xfe")
    assert result.stderr.startswith("error[not-utf8]")


def test_lines_of_a_paragraph_are_joined(workspace: Path) -> None:
    text = "專責小組二○一八至一九年度的合作\n項目涵蓋以下七個範疇："
    assert ipdocs("translate", "-", "--to", "en", text=text).stdout.startswith(
        "Co-operation projects of the Expert Group for 2018-19"
    )


def test_memory_is_searched_and_counted(workspace: Path) -> None:
    output = ipdocs("memory", "search", "仲裁或調解").stdout
    assert output.startswith("gd-hk-ip-17 coming.paragraph (approved)\n  en  Key cooperation projects")
    assert "30  memory, approved" in ipdocs("memory", "stats").stdout
    assert "gd-hk-ip" not in ipdocs("memory", "search", "xyzzy").stdout


def test_status_of_a_document_is_shown_by_block(workspace: Path) -> None:
    ipdocs("translate", "gd-hk-ip-18/release.yaml", "--to", "tc", "--write")
    result = ipdocs("status", "gd-hk-ip-18/release.yaml")
    assert result.exit_code == 0
    assert "tc  draft       lead  gd-hk-ip-18/release.yaml:38\n" in result.stdout
    answer = json.loads(ipdocs("status", "gd-hk-ip-18/release.yaml", "--json").stdout)
    assert {block["standing"] for block in answer["blocks"]} == {"draft"}


def test_chinese_release_is_translated_into_english(workspace: Path) -> None:
    source = workspace / "chinese.yaml"
    source.write_text(
        """\
schema: 1
kind: press-release
id: chinese
issued: 2020-08-19
languages: [tc]
facts:
  meeting: {ordinal: 19}
  met: {date: 2020-08-18}
  city: {text: {tc: "珠海"}}
title: {tc: "粵港知識產權會議在{{ city }}舉行"}
body:
  - id: review
    paragraph:
      tc: |
        會上，雙方回顧了過去一年完成的合作項目。這些項目包括保護商業秘密交流活動，共有三十五人參加，以及以
        「創新企業知識產權融資」為題的研討會。
""",
        "utf-8",
    )
    ipdocs("translate", str(source), "--to", "en", "--write")
    written = source.read_text("utf-8")
    assert "languages: [tc, en]" in written
    assert (
        'title: {tc: "粵港知識產權會議在{{ city }}舉行", en: "⟦draft: facts⟧Guangdong/Hong Kong IP Meeting Held in {{ city }}"}'
        in written
    )
    assert 'city: {text: {tc: "珠海", en: "⟦draft: exact⟧Zhuhai"}}' in written
    lines = [line.strip() for line in written.partition("      en: |\n")[2].splitlines()]
    assert " ".join(lines) == (
        "⟦draft: facts⟧At the meeting, the two sides reviewed the co-operation projects completed in the past year. "
        "They included an exchange on the protection of trade secrets, which drew 35 participants, "
        'and a seminar with the theme of "IP Financing for Innovative Enterprises."'
    )
