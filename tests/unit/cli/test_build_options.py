"""Options of `ipdocs build` for languages and layouts."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from ipdocs.cli import app
from ipdocs.locale.language import language
from ipdocs.workspace import Workspace

SOURCE = Path(__file__).resolve().parents[3] / "fixtures/gd-hk-ip-17/release.yaml"


def build(out: Path, *options: str) -> Result:
    return CliRunner().invoke(app, ["build", str(SOURCE), "--format", "txt", "--out", str(out), *options])


@pytest.mark.parametrize("name", ["tc", "TC", "zh-Hant-HK", "zh-hant-hk"])
def test_a_language_has_a_code_and_a_tag_in_any_case(name: str) -> None:
    assert language(name, Workspace()).code == "tc"


def test_a_repeated_language_is_built_once(tmp_path: Path) -> None:
    result = build(tmp_path, "--lang", "tc,zh-Hant-HK, tc", "--bilingual", "en + tc,en+zh-Hant-HK")
    assert [Path(line).name for line in result.stdout.splitlines()] == ["gd-hk-ip-17.tc.txt", "gd-hk-ip-17.en-tc.txt"]


@pytest.mark.parametrize("group", ["en", "en+", "+", "en++tc", "en+en", "en+tc,sc"])
def test_bilingual_needs_two_different_languages(group: str, tmp_path: Path) -> None:
    result = build(tmp_path, "--bilingual", group)
    assert result.exit_code == 2
    assert "--bilingual" in result.stderr


@pytest.mark.parametrize("layout", ["", "side", "parallel,stacked"])
def test_a_layout_is_one_of_three(layout: str, tmp_path: Path) -> None:
    result = build(tmp_path, "--bilingual", "en+tc", "--layout", layout)
    assert result.exit_code == 2
    assert "parallel, stacked, sequential" in result.stderr


def test_an_unknown_language_is_reported_with_the_known_ones(tmp_path: Path) -> None:
    result = build(tmp_path, "--lang", "xx")
    assert result.exit_code == 1
    assert "error[unknown-language]" in result.stderr
    assert "en, tc, sc, cn" in result.stderr


@pytest.mark.parametrize("form", ["pdf", "html,txt"])
def test_a_letterhead_without_word_files_is_a_usage_error(form: str, tmp_path: Path) -> None:
    result = build(tmp_path / "out", "--format", form, "--letterhead", "/dev/null")
    assert result.exit_code == 2
    assert "--letterhead" in result.stderr
    assert not (tmp_path / "out").exists()


def test_help_names_no_python_types() -> None:
    group = typer.main.get_command(app)
    for name in group.commands:  # type: ignore[attr-defined]
        assert not re.search(r"<\w", CliRunner().invoke(app, [name, "--help"]).output)
