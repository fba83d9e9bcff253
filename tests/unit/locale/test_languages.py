"""Languages are read from folders: their scripts, and the properties that the code asks for."""

from __future__ import annotations

from pathlib import Path

import pytest

from ipdocs.findings import IpdocsError
from ipdocs.locale.language import Language, language, languages
from ipdocs.workspace import Workspace


def add_language(root: Path, tag: str, script: str, code: str = "xx") -> None:
    folder = root / "locales" / tag
    folder.mkdir(parents=True)
    (folder / "language.yaml").write_text(f"code: {code}\nname: X\nin-english: Exish\nscript: {script}\n", "utf-8")


@pytest.mark.parametrize("script", ["Arab", "Hebr"])
def test_a_language_written_from_right_to_left_is_refused(script: str, tmp_path: Path) -> None:
    add_language(tmp_path, "xx", script)
    with pytest.raises(IpdocsError) as raised:
        languages(Workspace(tmp_path))
    (finding,) = raised.value.findings
    assert "from right to left" in finding.message
    assert finding.location
    assert finding.location.line == 4


def test_an_unknown_script_is_refused(tmp_path: Path) -> None:
    add_language(tmp_path, "xx", "Runr")
    with pytest.raises(IpdocsError, match="Latn, Hant, Hans, Jpan"):
        languages(Workspace(tmp_path))


def test_a_tag_in_the_file_is_refused(tmp_path: Path) -> None:
    add_language(tmp_path, "fr", "Latn")
    path = tmp_path / "locales/fr/language.yaml"
    path.write_text(path.read_text("utf-8") + "tag: ../../elsewhere\n", "utf-8")
    with pytest.raises(IpdocsError) as raised:
        languages(Workspace(tmp_path))
    (finding,) = raised.value.findings
    assert finding.location
    assert finding.location.line == 5


@pytest.mark.parametrize("folder", ["French", "fr_FR", "1"])
def test_a_folder_that_is_no_language_tag_is_refused(folder: str, tmp_path: Path) -> None:
    add_language(tmp_path, folder, "Latn")
    with pytest.raises(IpdocsError) as raised:
        languages(Workspace(tmp_path))
    assert [finding.code for finding in raised.value.findings] == ["bad-data"]


@pytest.mark.parametrize(
    ("tag", "script", "is_english", "is_chinese", "is_latin"),
    [
        ("en-US", "Latn", True, False, True),
        ("pt-MO", "Latn", False, False, True),
        ("zh-Hant-MO", "Hant", False, True, False),
        ("ja", "Jpan", False, False, False),
    ],
)
def test_a_language_has_the_rules_of_its_own_family(
    tag: str, script: str, is_english: bool, is_chinese: bool, is_latin: bool, tmp_path: Path
) -> None:
    add_language(tmp_path, tag, script)
    added: Language = language("xx", Workspace(tmp_path))
    assert (added.is_english, added.is_chinese, added.is_latin) == (is_english, is_chinese, is_latin)
    assert added.is_east_asian is not is_latin
