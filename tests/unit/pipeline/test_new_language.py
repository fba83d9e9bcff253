"""A language that a workspace adds is a folder: here Portuguese, as locales/README.md tells."""

from __future__ import annotations

import json
import re
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ipdocs.files.yaml import read_yaml
from ipdocs.findings import IpdocsError
from ipdocs.locale.catalog_update import update
from ipdocs.pipeline.build import build
from ipdocs.pipeline.request import BuildRequest
from ipdocs.workspace import Workspace

NOW = datetime(2018, 8, 22, tzinfo=UTC)
PHRASES = {"Ends/%(date)s": "Fim/%(date)s", "Issued at %(time)s": "Emitido às %(time)s"}
SOURCE = """schema: 1
kind: press-release
id: a-release
issued: 2018-08-21T18:30+08:00
languages: [en, tc, pt]
facts:
  held: {date: 2018-08-21}
  seminar: {ordinal: 3}
  rise: {percent: 3.9}
title: {en: "Seminar held", tc: "研討會舉行", pt: "Seminário realizado"}
body:
  - id: lead
    paragraph:
      en: "The {{ seminar | ordinal }} seminar was held {{ held | today }}; {{ rise | percent }} more came."
      tc: "第三次研討會{{ held | today }}舉行。"
      pt: "O {{ seminar | ordinal }} seminário realizou-se {{ held | today }}; vieram mais {{ rise | percent }}."
  - id: areas
    list:
      intro: {en: "{{ areas | count | capital }} areas:", tc: "{{ areas | count }}個範疇：", pt: "{{ areas | count }} áreas:"}
      items:
        - {en: "trade", tc: "貿易", pt: "comércio"}
        - {en: "law", tc: "法律", pt: "direito"}
"""


@pytest.fixture
def office(tmp_path: Path, root: Path) -> Path:
    folder = tmp_path / "locales/pt-MO"
    folder.mkdir(parents=True)
    names = "code: pt\nname: Português\nin-english: Portuguese\nscript: Latn\n"
    (folder / "language.yaml").write_text(names, "utf-8")
    shown = re.search(r"```yaml\n( +based-on: en\n.*?)```", (root / "locales/README.md").read_text("utf-8"), re.DOTALL)
    assert shown
    (folder / "style.yaml").write_text(re.sub("^   ", "", shown[1], flags=re.MULTILINE), "utf-8")
    (tmp_path / "release.yaml").write_text(SOURCE, "utf-8")
    return tmp_path


def translated(office: Path) -> Path:
    (path,) = update(Workspace(office), NOW)
    text = path.read_text("utf-8")
    for english, portuguese in PHRASES.items():
        assert f'msgid "{english}"\nmsgstr ""' in text
        text = text.replace(f'msgid "{english}"\nmsgstr ""', f'msgid "{english}"\nmsgstr "{portuguese}"')
    path.write_text(text, "utf-8")
    return path


def test_folder_in_locales_adds_a_language(office: Path) -> None:
    path = translated(office)
    subprocess.run(["msgfmt", "--check", "-o", "/dev/null", str(path)], check=True)
    formats = ["txt", "html", "docx", "pdf"]
    outputs = build([office / "release.yaml"], office / "out", BuildRequest(editions=("pt", "tc+pt"), formats=formats))
    assert [output.path.name.split(".", 1)[1] for output in outputs] == [
        f"{name}.{kind}" for name in ("pt", "tc-pt") for kind in formats
    ]
    assert outputs[0].path.read_text("utf-8") == (
        "Seminário realizado\n*******************\n\n"
        "     O 3.º seminário realizou-se hoje (21 de agosto); vieram mais 3,9%.\n\n"
        "     2 áreas:\n\n     * comércio; e\n     * direito.\n\n"
        "Fim/terça-feira, 21 de agosto de 2018\nEmitido às 18h30\n"
    )


def test_catalog_of_a_new_language_has_shipped_phrases(office: Path) -> None:
    (path,) = update(Workspace(office), NOW)
    assert path == office / "locales/pt-MO/phrases.po"
    assert 'msgid "Media enquiries"' in path.read_text("utf-8")
    assert update(Workspace(office), NOW) == []


def test_missing_texts_are_refused_and_shown_in_a_draft(office: Path) -> None:
    source = office / "release.yaml"
    with pytest.raises(IpdocsError) as raised:
        build([source], office / "out", BuildRequest(editions=("pt",), formats=("txt",)))
    assert {finding.code for finding in raised.value.findings} == {"missing-phrase"}
    (output,) = build([source], office / "out", BuildRequest(editions=("pt",), formats=("txt",), draft=True))
    assert "⟦Issued at 18h30⟧" in output.path.read_text("utf-8")


def test_a_language_without_a_catalog_gets_a_hint(office: Path) -> None:
    with pytest.raises(IpdocsError) as raised:
        build([office / "release.yaml"], office / "out", BuildRequest(editions=("pt",), formats=("txt",)))
    assert {"`ipdocs catalog update`" in str(finding.hint) for finding in raised.value.findings} == {True}


def test_a_language_without_a_style_gets_a_hint(office: Path) -> None:
    (office / "locales/pt-MO/style.yaml").unlink()
    with pytest.raises(IpdocsError) as raised:
        build([office / "release.yaml"], office / "out", BuildRequest(editions=("pt",), formats=("txt",)))
    finding = raised.value.findings[0]
    assert (finding.code, finding.severity) == ("style-without-language", "error")
    assert "locales/pt-MO/style.yaml" in str(finding.hint)


@pytest.mark.parametrize(
    "key", ["ordinal", "percent", "date.full", "time.minutes", "time.to", "items.last-but-one", "person.acting"]
)
def test_words_of_another_language_are_not_inherited(key: str, office: Path) -> None:
    outer, _, inner = key.partition(".")
    path = office / "locales/pt-MO/style.yaml"
    style = read_yaml(path)
    del (style[outer] if inner else style)[inner or outer]
    path.write_text(json.dumps(style), "utf-8")
    with pytest.raises(IpdocsError) as raised:
        build([office / "release.yaml"], office / "out", BuildRequest(editions=("pt",), formats=("txt",)))
    (finding,) = raised.value.findings
    assert finding.code == "style-without-key"
    assert f"`{key}`" in finding.message
    assert "locales/pt-MO/style.yaml" in str(finding.hint)
    assert finding.location
    assert finding.location.path == path


def test_chinese_words_are_not_inherited_by_japanese(office: Path) -> None:
    folder = office / "locales/ja-JP"
    folder.mkdir()
    (folder / "language.yaml").write_text("code: ja\nname: 日本語\nin-english: Japanese\nscript: Jpan\n", "utf-8")
    (folder / "style.yaml").write_text("based-on: tc\ncldr: ja_JP\n", "utf-8")
    with pytest.raises(IpdocsError) as raised:
        build([office / "release.yaml"], office / "out", BuildRequest(editions=("ja",), formats=("txt",), draft=True))
    keys = {finding.message.split("`")[1] for finding in raised.value.findings if finding.code == "style-without-key"}
    assert keys >= {"ordinal", "years", "money.HKD", "date.today", "time.end-block", "time.to", "items.last-but-one"}
    assert not keys & {"date.full", "date.month", "percent", "items.each", "person.full"}


def test_other_languages_are_built_without_the_new_language(office: Path) -> None:
    (office / "locales/pt-MO/style.yaml").write_text("based-on: en\ncldr: pt_XX\n", "utf-8")
    outputs = build([office / "release.yaml"], office / "out", BuildRequest(editions=("en",), formats=("txt",)))
    assert "3rd seminar" in outputs[0].path.read_text("utf-8")
    with pytest.raises(IpdocsError, match="pt_XX"):
        build([office / "release.yaml"], office / "out", BuildRequest(editions=("pt",), formats=("txt",)))


def test_style_based_on_an_unknown_language_is_a_finding(office: Path) -> None:
    (office / "locales/pt-MO/style.yaml").write_text("cldr: pt_MO\nbased-on: enn\n", "utf-8")
    assert build([office / "release.yaml"], office / "out", BuildRequest(editions=("en",), formats=("txt",)))
    with pytest.raises(IpdocsError) as caught:
        build([office / "release.yaml"], office / "out", BuildRequest(editions=("pt",), formats=("txt",)))
    finding = caught.value.findings[0]
    assert (finding.code, finding.location and finding.location.line) == ("unknown-language", 2)
