"""Fonts as data: every language has them, and a mistake in the file is a finding."""

from __future__ import annotations

from pathlib import Path

import pytest

from ipdocs.findings import IpdocsError
from ipdocs.locale.language import Language, language, languages
from ipdocs.templating.fonts import DESIGNS, fonts
from ipdocs.workspace import Workspace

SHIPPED = Workspace()


@pytest.mark.parametrize("language", languages(SHIPPED).values(), ids=lambda language: language.code)
def test_every_language_has_both_designs_for_both_scripts(language: Language) -> None:
    for name in DESIGNS:
        design = fonts(language, SHIPPED).design(name)
        assert {face.script for face in design.faces} == {"latin", "chinese"}
        assert {design.word.latin, design.word.chinese} <= set(design.word.alternates)


@pytest.mark.parametrize(("code", "first"), [("en", "latin"), ("tc", "chinese"), ("sc", "chinese"), ("cn", "chinese")])
def test_first_face_is_of_the_script_of_the_language(code: str, first: str) -> None:
    assert fonts(language(code, SHIPPED), SHIPPED).serif.faces[0].script == first


def test_word_files_name_fonts_that_word_users_have() -> None:
    names = {language.code: fonts(language, SHIPPED) for language in languages(SHIPPED).values()}
    assert [names["tc"].serif.word.latin, names["tc"].serif.word.chinese] == ["Times New Roman", "PMingLiU"]
    assert [names["tc"].sans.word.latin, names["tc"].sans.word.chinese] == ["Arial", "Microsoft JhengHei"]
    assert [names["sc"].serif.word.chinese, names["cn"].sans.word.chinese] == ["SimSun", "Microsoft YaHei"]
    assert "MingLiU_HKSCS" in names["tc"].serif.word.alternates["PMingLiU"]


def test_language_without_fonts_names_the_file_to_create(tmp_path: Path) -> None:
    folder = tmp_path / "locales/ja-JP"
    folder.mkdir(parents=True)
    (folder / "language.yaml").write_text("code: ja\nname: 日本語\nin-english: Japanese\nscript: Jpan\n", "utf-8")
    workspace = Workspace(tmp_path)
    with pytest.raises(IpdocsError) as error:
        fonts(language("ja", workspace), workspace)
    (finding,) = error.value.findings
    assert (finding.code, finding.severity) == ("no-fonts", "error")
    assert "ja-JP" in finding.message
    assert "locales/ja-JP/fonts.yaml" in str(finding.hint)


def test_language_with_latin_letters_has_the_fonts_of_english(tmp_path: Path) -> None:
    folder = tmp_path / "locales/pt-MO"
    folder.mkdir(parents=True)
    (folder / "language.yaml").write_text("code: pt\nname: Português\nin-english: Portuguese\nscript: Latn\n", "utf-8")
    workspace = Workspace(tmp_path)
    assert fonts(language("pt", workspace), workspace) == fonts(language("en", workspace), workspace)


def test_misspelt_key_is_reported_with_its_file(tmp_path: Path) -> None:
    path = tmp_path / "locales/en/fonts.yaml"
    path.parent.mkdir(parents=True)
    good = (SHIPPED.roots[0] / "locales/en/fonts.yaml").read_text("utf-8")
    path.write_text(good.replace("takes: latin", "take: latin", 1), "utf-8")
    workspace = Workspace(tmp_path)
    with pytest.raises(IpdocsError) as error:
        fonts(language("en", workspace), workspace)
    assert {finding.code for finding in error.value.findings} == {"bad-data"}
    assert "serif.faces.0.take" in str(error.value)
    assert str(path) in str(error.value)
