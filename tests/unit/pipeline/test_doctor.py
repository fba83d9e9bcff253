"""The doctor: what is there, what is missing, and the command that installs it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ipdocs.cli import app
from ipdocs.pipeline.dictionaries import SpellingOptions, dictionary_requirements
from ipdocs.workspace import Workspace
from ipdocs.writers.requirements import LIBREOFFICE_HINT, Requirement, diagnose

PORTUGUESE = Path(__file__).resolve().parents[2] / "portuguese"


def requirement(name: str, requirements: list[Requirement]) -> Requirement:
    return next(candidate for candidate in requirements if candidate.name == name)


def test_complete_installation_lacks_nothing() -> None:
    requirements = diagnose(Workspace(), "/usr/bin/soffice")
    assert [candidate.missing for candidate in requirements] == [()] * len(requirements)
    assert requirement("tc serif", requirements).installed == "Noto Serif CJK HK, Liberation Serif, DejaVu Sans"
    assert requirement("en sans", requirements).installed == "Liberation Sans, Noto Sans CJK HK, DejaVu Sans"
    assert requirement("pango", requirements).installed == "WeasyPrint 70.0"


def test_libreoffice_is_not_needed_to_build() -> None:
    missing = requirement("LibreOffice", diagnose(Workspace(), None)).missing
    assert [(finding.severity, finding.hint) for finding in missing] == [("warning", LIBREOFFICE_HINT)]


def test_missing_font_is_reported_with_its_package(tmp_path: Path) -> None:
    path = tmp_path / "locales/en/fonts.yaml"
    path.parent.mkdir(parents=True)
    faces = "[{family: Liberation Serif, takes: latin, package: a}, {family: No Such Font, takes: chinese, package: fonts-none}]"
    path.write_text(
        "".join(f"{design}: {{word: {{latin: A, chinese: B}}, faces: {faces}}}\n" for design in ("serif", "sans")), "utf-8"
    )
    result = CliRunner().invoke(app, ["doctor", str(tmp_path)])
    assert result.exit_code == 1
    assert "en serif         Liberation Serif\n" in result.stdout
    assert "error[missing-font]" in result.stderr
    assert "'No Such Font'" in result.stderr
    assert "fonts-none" in result.stderr


def test_dictionaries_of_the_styles_are_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "locales/en"
    folder.mkdir(parents=True)
    for name in ("en_GB.aff", "en_GB.dic", "en_US.aff"):
        (folder / name).write_text("SET UTF-8\n")
    monkeypatch.setattr("ipdocs.cli.user.dictionary_folders", tuple)
    result = CliRunner().invoke(app, ["doctor", str(tmp_path)])
    assert result.exit_code == 0
    assert re.search("^en spelling +en_GB$", result.stdout, re.MULTILINE)
    assert "tc spelling" not in result.stdout
    (warning,) = [line for line in result.stderr.splitlines() if line.startswith("warning")]
    assert "no dictionary en_US" in warning


def test_a_new_language_without_a_dictionary_is_one_warning() -> None:
    folders = SpellingOptions((), Path("none"))
    requirements = dictionary_requirements(Workspace(PORTUGUESE), folders)
    (finding,) = requirement("pt spelling", requirements).missing
    assert (finding.code, finding.severity) == ("no-dictionary", "warning")
    assert "[pt_PT]" in str(finding.hint)


def test_json_has_the_same_content() -> None:
    result = CliRunner().invoke(app, ["doctor", "--json"])
    report = json.loads(result.stdout)
    assert result.exit_code == 0
    assert report["found"]["sc serif"] == "Noto Serif CJK SC, Liberation Serif, DejaVu Sans"
    assert not [finding for finding in report["findings"] if finding["severity"] == "error"]


def test_other_checks_run_without_pango(tmp_path: Path) -> None:
    (tmp_path / "weasyprint.py").write_text("raise OSError(\"cannot load library 'libgobject-2.0-0'\")\n")
    code = (
        f"import sys; sys.path.insert(0, {str(tmp_path)!r}); from ipdocs.cli import main; sys.argv = ['ipdocs', 'doctor']; main()"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False, text=True)
    assert result.returncode == 1
    assert "pango        -\n" in result.stdout
    assert "OpenCC       1." in result.stdout
    assert "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0" in result.stderr


def test_doctor_refuses_a_path_that_is_not_a_folder() -> None:
    result = CliRunner().invoke(app, ["doctor", "/dev/null"])
    assert (result.exit_code, "/dev/null" in result.output) == (2, True)
