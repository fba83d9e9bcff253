from __future__ import annotations

from pathlib import Path

from typer.testing import CliRunner, Result

from ipdocs.cli import app


def ipdocs(*arguments: str) -> Result:
    return CliRunner().invoke(app, arguments)


def test_phrases_are_extracted_updated_and_derived(tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates/kind.html").write_text("{% trans %}Agenda{% endtrans %}", "utf-8")
    space = str(tmp_path)
    assert ipdocs("catalog", "extract", space).stdout.endswith("locales/phrases.pot\n")
    assert ipdocs("catalog", "update", space).stdout.endswith("locales/zh-Hant-HK/phrases.po\n")
    path = tmp_path / "locales/zh-Hant-HK/phrases.po"
    path.write_text(path.read_text("utf-8").replace('msgid "Agenda"\nmsgstr ""', 'msgid "Agenda"\nmsgstr "議程"'), "utf-8")
    assert len(ipdocs("catalog", "derive", space).stdout.splitlines()) == 2
    assert 'msgstr "议程"' in (tmp_path / "locales/zh-Hans-HK/phrases.po").read_text("utf-8")
    assert "phrases.po" not in ipdocs("catalog", "derive", space).stdout


def test_a_template_that_cannot_be_parsed_is_a_finding(tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates/kind.html").write_text("one\n{% trans %}Agenda", "utf-8")
    done = ipdocs("catalog", "extract", str(tmp_path))
    assert done.exit_code == 1
    assert "error[bad-template]" in done.stderr
    assert "templates/kind.html:2" in done.stderr
