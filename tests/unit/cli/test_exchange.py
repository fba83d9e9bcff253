"""The commands for translators and reviewers."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from ipdocs.cli import app


@pytest.fixture
def source(root: Path, tmp_path: Path) -> Path:
    (tmp_path / "locales").mkdir()
    shutil.copytree(root / "fixtures/gd-hk-ip-17", tmp_path / "gd-hk-ip-17")
    return tmp_path / "gd-hk-ip-17/release.yaml"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, list(map(str, arguments)))


def test_a_file_goes_out_and_comes_back(source: Path, tmp_path: Path) -> None:
    out = tmp_path / "sent.po"
    assert run("export", source, "--format", "po", "--no-matches", "-o", out).exit_code == 0
    before = source.read_bytes()
    assert run("import", "--into", source, out).exit_code == 0
    assert source.read_bytes() == before
    out.write_text(out.read_text("utf-8").replace("雙方回顧了", "雙方檢視了"), "utf-8")
    result = run("import", "--into", source, out)
    assert "review.paragraph\n" in result.output
    assert "雙方檢視了" in source.read_text("utf-8")


def test_findings_come_as_json_too(source: Path, tmp_path: Path) -> None:
    out = tmp_path / "sent.po"
    run("export", source, "--format", "po", "--no-matches", "-o", out)
    out.write_text(out.read_text("utf-8").replace("{{ meeting | ordinal }}次會議", "第十七次會議"), "utf-8")
    result = run("import", "--into", source, out, "--json")
    assert result.exit_code == 1
    (finding,) = json.loads(result.output)["findings"]
    assert (finding["code"], finding["line"] > 1) == ("changed-code", True)


def test_the_glossary_goes_out_as_tbx(source: Path, tmp_path: Path) -> None:
    out = tmp_path / "terms.tbx"
    assert run("export", source, "--format", "tbx", "-o", out).exit_code == 0
    assert "專責小組" in out.read_text("utf-8")


def test_an_unknown_format_is_a_wrong_call(source: Path) -> None:
    assert run("export", source, "--format", "rtf").exit_code == 2


def test_import_needs_a_source_or_a_folder(source: Path) -> None:
    assert run("import", source).exit_code == 2


def test_a_new_source_lists_what_was_left_out(root: Path, tmp_path: Path) -> None:
    (tmp_path / "locales").mkdir()
    result = run("import", root / "fixtures/gd-hk-ip-17/seed.en.txt", "-o", tmp_path / "made")
    assert result.exit_code == 0
    assert "left out (sharing link): " in result.output
    assert "run-together-items" in result.output


def test_review_and_translation_of_the_same_text_conflict(source: Path, tmp_path: Path) -> None:
    from docx import Document

    run("build", source, "--lang", "en", "--format", "docx", "--out", tmp_path / "out")
    reviewed = tmp_path / "out/gd-hk-ip-17/gd-hk-ip-17.en.docx"
    document = Document(str(reviewed))
    run_of_text = next(paragraph for paragraph in document.paragraphs if paragraph.text.startswith("At the meeting")).runs[0]
    run_of_text.text = run_of_text.text.replace("the two sides", "both sides")
    document.save(str(reviewed))
    translated = tmp_path / "sent.po"
    run("export", source, "--format", "po", "--no-matches", "-o", translated)
    translated.write_text(translated.read_text("utf-8").replace("雙方回顧了", "雙方檢視了"), "utf-8")
    before = source.read_bytes()
    result = run("import", "--into", source, reviewed, translated)
    assert result.exit_code == 1
    assert "conflicting-texts" in result.output
    assert "review.paragraph" in result.output
    assert source.read_bytes() == before
    assert run("import", "--into", source, reviewed, translated, "--accept").exit_code == 0
    assert all(words in source.read_text("utf-8") for words in ("both sides", "雙方檢視了"))


def test_refused_texts_go_back_to_the_translator_alone(source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    out, again = tmp_path / "sent.xlf", tmp_path / "again.xlf"
    run("export", source, "-o", out)
    text = out.read_text("utf-8").replace("雙方回顧了", "三十五方回顧了").replace("鞏固現有成果", "鞏固既有成果")
    out.write_text(text, "utf-8")
    before = source.read_text("utf-8")
    result = run("import", "--into", source, out)
    assert result.exit_code == 1
    assert source.read_text("utf-8") == before.replace("鞏固現有成果", "鞏固既有成果")
    assert "1 text was not imported" in result.stdout
    assert "--only review.paragraph`" in result.stdout
    assert list(json.loads(run("import", "--into", source, out, "--json").stdout)["refused"]) == ["review.paragraph"]

    assert run("export", source, "-o", again, "--only", "review.paragraph").exit_code == 0
    text = again.read_text("utf-8")
    assert text.count("<unit ") == 1
    assert re.search("<note[^>]*>the values of 'review.paragraph' do not agree: en has two, tc has 三十五</note>", text)
    assert "The translation was: " in text
    again.write_text(text.replace("<target>會上，雙方回顧了", "<target>會上，兩地回顧了"), "utf-8")
    result = run("import", "--into", source, again, "--only", "review")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "兩地回顧了" in source.read_text("utf-8")
    run("export", source, "-o", again, "--only", "review.paragraph")
    assert "<note" not in again.read_text("utf-8")


def test_only_needs_a_known_text_of_a_translation(source: Path, tmp_path: Path) -> None:
    out = tmp_path / "sent.xlf"
    run("export", source, "-o", out)
    for arguments in (("import", "--into", source, out), ("export", source, "-o", out)):
        result = run(*arguments, "--only", "reviw")
        assert (result.exit_code, "review" in result.stderr) == (1, True)
    assert run("export", source, "--format", "tbx", "--only", "lead").exit_code == 2
