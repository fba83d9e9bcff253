"""Fonts as data: every language has them, and a mistake in the file is a finding."""

from __future__ import annotations

from pathlib import Path

import pytest

from ipdocs.findings import IpdocsError
from ipdocs.locale.language import Language, language, languages
from ipdocs.templating.fonts import DESIGNS, fonts
from ipdocs.workspace import Workspace

SHIPPED = Workspace()


@pytest.mark.parametrize("one", languages(SHIPPED).values(), ids=lambda one: one.code)
def test_every_language_has_a_serif_and_a_sans_for_both_scripts(one: Language) -> None:
    for design in DESIGNS:
        found = fonts(one, SHIPPED).design(design)
        assert {face.takes for face in found.faces} == {"latin", "chinese"}
        assert {found.word.latin, found.word.chinese} <= set(found.word.alternates)


@pytest.mark.parametrize(("short", "first"), [("en", "latin"), ("tc", "chinese"), ("sc", "chinese"), ("cn", "chinese")])
def test_a_language_is_set_in_its_own_script_s_font_first(short: str, first: str) -> None:
    assert fonts(language(short, SHIPPED), SHIPPED).serif.faces[0].takes == first


def test_word_is_asked_for_the_fonts_its_users_have() -> None:
    names = {one.code: fonts(one, SHIPPED) for one in languages(SHIPPED).values()}
    assert [names["tc"].serif.word.latin, names["tc"].serif.word.chinese] == ["Times New Roman", "PMingLiU"]
    assert [names["tc"].sans.word.latin, names["tc"].sans.word.chinese] == ["Arial", "Microsoft JhengHei"]
    assert [names["sc"].serif.word.chinese, names["cn"].sans.word.chinese] == ["SimSun", "Microsoft YaHei"]
    assert "MingLiU_HKSCS" in names["tc"].serif.word.alternates["PMingLiU"]


def test_a_language_without_fonts_says_where_they_belong(tmp_path: Path) -> None:
    folder = tmp_path / "locales/pt-MO"
    folder.mkdir(parents=True)
    (folder / "language.yaml").write_text("code: pt\nname: Português\nin-english: Portuguese\nscript: Latn\n", "utf-8")
    workspace = Workspace(tmp_path)
    with pytest.raises(IpdocsError) as error:
        fonts(language("pt", workspace), workspace)
    assert str(error.value) == (
        "error[no-fonts]: no fonts are named for pt-MO\n"
        "   = hint: copy locales/en/fonts.yaml to locales/pt-MO/fonts.yaml and name the fonts of Portuguese"
    )


def test_a_misspelt_key_is_a_finding_with_its_file(tmp_path: Path) -> None:
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
