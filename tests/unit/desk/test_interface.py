"""The languages of the interface come from its catalogs, and a browser gets the one that it asks for."""

from __future__ import annotations

from pathlib import Path

import pytest

from ipdocs.desk.interface import interface_catalog, interface_languages, preferred_language
from ipdocs.workspace import Workspace, find_workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    (tmp_path / "locales/desk").mkdir(parents=True)
    return find_workspace(tmp_path / "source.yaml")


@pytest.mark.parametrize(
    ("tags", "code"),
    [
        ("en-US,zh-HK", "en"),
        ("zh-TW,en", "tc"),
        ("zh-Hant-MO", "tc"),
        ("zh-CN", "sc"),
        ("zh", "sc"),
        ("fr,zh-SG", "sc"),
        ("fr", "en"),
        ("", "en"),
        ("-,zh-HK-x-private", "tc"),
    ],
)
def test_the_language_of_the_browser_is_found(tags: str, code: str, workspace: Workspace) -> None:
    assert preferred_language(tags.split(","), workspace) == code


def test_a_catalog_of_a_workspace_is_a_language(workspace: Workspace) -> None:
    (workspace.roots[0] / "locales/pt-MO").mkdir()
    language = "code: pt\nname: Português\nin-english: Portuguese\nscript: Latn\nword: pt-PT\n"
    (workspace.roots[0] / "locales/pt-MO/language.yaml").write_text(language, "utf-8")
    header = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    (workspace.roots[0] / "locales/desk/pt.po").write_text(f'{header}msgid "Draft"\nmsgstr "Rascunho"\n', "utf-8")
    assert next(iter(interface_languages(workspace))) == "en"
    assert "pt" in interface_languages(workspace)
    assert preferred_language(["pt-BR"], workspace) == "pt"
    assert interface_catalog(workspace, "pt")["Draft"] == "Rascunho"
