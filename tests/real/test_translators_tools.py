"""Files that translation tools have written: gettext, polib and translate-toolkit."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import polib
import pytest
from translate.storage import xliff

from ipdocs.source.open import open_source
from ipdocs.translation.export import ENDINGS, export_translations
from ipdocs.translation.import_translations import ImportResult, import_translations

pytestmark = pytest.mark.slow

SOURCE = """schema: 1
kind: press-release
id: harbour
issued: 2026-11-24
languages: [en, tc]
facts:
  boats: {integer: 12}
title: {en: "Harbour day", tc: "海港日"}
body:
  - id: first
    paragraph:
      en: "The **old** pier opens, and {{ boats | number }} boats sail."
      tc: "**舊**碼頭開放，{{ boats | number }}艘船啟航。"
  - id: second
    paragraph: {en: "Entry to the new pier is free of charge."}
  - id: third
    table:
      head: [{en: "Pier", tc: "碼頭"}, {en: "Boats", tc: "船隻"}]
      rows: [[{en: "Old", tc: "舊"}, {en: "20", tc: "20"}]]
"""
TRANSLATION = "新碼頭免費入場。"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    (tmp_path / "locales").mkdir()
    path = tmp_path / "harbour.yaml"
    path.write_text(SOURCE, "utf-8")
    return path


Send = Callable[[str], Path]


@pytest.fixture
def send(source: Path) -> Send:
    """Export the source in a format, and return the path of the file."""

    def send(form: str) -> Path:
        path = source.with_name(f"sent.{ENDINGS[form]}")
        path.write_bytes(export_translations(open_source(source, draft=True), "tc", form))  # type: ignore[arg-type]
        return path

    return send


def gettext(*command: str | Path) -> None:
    subprocess.run([str(part) for part in command], check=True, capture_output=True)


def toolkit(name: str, *arguments: str | Path) -> None:
    """Run a command of translate-toolkit, which is installed beside Python."""
    gettext(Path(sys.executable).with_name(name), *arguments)


def imported(source: Path, path: Path) -> ImportResult:
    return import_translations(source, [path])


@pytest.mark.parametrize(
    "command",
    [
        ("msgcat", "--escape"),
        ("msgcat", "--width=30"),
        ("msgcat", "--no-wrap", "--sort-output"),
        ("msgcat", "--to-code=GB18030"),
        ("msgattrib", "--no-obsolete"),
        ("msgconv", "--to-code=BIG5-HKSCS"),
    ],
)
def test_gettext_keeps_every_text(command: tuple[str, ...], source: Path, send: Send) -> None:
    before, out = source.read_bytes(), source.with_name("out.po")
    gettext(*command, send("po"), "-o", out)
    assert imported(source, out) == imported(source, send("po"))
    assert source.read_bytes() == before


def test_guess_of_msgmerge_is_a_draft(source: Path, send: Send) -> None:
    source.write_text(SOURCE.replace("Entry to the new pier", "Old entry"), "utf-8")
    old = send("po").rename(source.with_name("old.po"))
    book = polib.pofile(str(old))
    book.find("second.paragraph", by="msgctxt").msgstr = "舊入口免費。"
    book.save()
    source.write_text(SOURCE + '  - {id: fourth, paragraph: {en: "Entry to the new pier is not free of charge."}}\n', "utf-8")
    for option in ("--update", "--previous"):
        merged = source.with_name(f"merged{option}.po")
        merged.write_bytes(old.read_bytes())
        gettext("msgmerge", "--update", "--previous" if option == "--previous" else "--no-wrap", merged, send("po"))
        assert "fuzzy" in merged.read_text("utf-8")
    result = imported(source, merged)
    assert set(result.drafts) >= {"second.paragraph"}
    assert set(result.changed) == set(result.drafts)


def test_polib_comments_and_flags_arrive(source: Path, send: Send) -> None:
    book = polib.pofile(str(send("po")))
    second, first = (book.find(f"{name}.paragraph", by="msgctxt") for name in ("second", "first"))
    second.msgstr, second.tcomment = TRANSLATION, "Is entry free for all?"
    first.flags.append("fuzzy")
    book.find("20").msgstr = ""
    book.save(newline="\r\n")
    result = imported(source, Path(book.fpath))
    assert (result.changed, result.drafts) == (("second.paragraph",), ("first.paragraph",))
    assert sorted(finding.code for finding in result.findings) == ["note-from-translator", "translation-rejected"]


def test_obsolete_entry_of_msgattrib_is_reported(source: Path, send: Send) -> None:
    out = source.with_name("out.po")
    gettext("msgattrib", "--set-obsolete", send("po"), "-o", out)
    result = imported(source, out)
    assert {finding.code for finding in result.findings} == {"obsolete-text", "text-not-returned"}
    assert result.changed == ()


@pytest.mark.parametrize("form", ["xliff1", "po"])
def test_translate_toolkit_keeps_every_text(form: str, source: Path, send: Send) -> None:
    before, path = source.read_bytes(), send(form)
    if form == "xliff1":
        xliff.xlifffile.parsefile(str(path)).savefile(str(path))
    else:
        out = source.with_name("out.po")
        toolkit("pomerge", "--template", path, "--input", path, "--output", out, "--progress=none")
        path = out
    assert imported(source, path).changed == ()
    assert source.read_bytes() == before


@pytest.mark.parametrize("is_fuzzy", [False, True])
def test_toolkit_translates_and_marks_fuzzy(is_fuzzy: bool, source: Path, send: Send) -> None:
    path = send("xliff1")
    store = xliff.xlifffile.parsefile(str(path))
    unit = next(unit for unit in store.units if "Entry" in str(unit.source))
    unit.target = TRANSLATION
    unit.markfuzzy(is_fuzzy)
    unit.addnote("For adults, too?", origin="translator")
    store.savefile(str(path))
    result = imported(source, path)
    assert result.changed == ("second.paragraph",)
    assert result.drafts == (("second.paragraph",) if is_fuzzy else ())
    assert [finding.code for finding in result.findings] == ["note-from-translator"]


def test_toolkit_rejects_a_translation(source: Path, send: Send) -> None:
    path = send("xliff1")
    store = xliff.xlifffile.parsefile(str(path))
    next(unit for unit in store.units if "Harbour day" in str(unit.source)).markfuzzy()
    store.savefile(str(path))
    result = imported(source, path)
    assert (result.changed, result.drafts) == ((), ("title",))


def test_unfilled_target_of_the_toolkit_is_no_error(source: Path, send: Send) -> None:
    path = send("xliff1")
    store = xliff.xlifffile.parsefile(str(path))
    next(unit for unit in store.units if "Entry" in str(unit.source)).target = ""
    store.savefile(str(path))
    result = imported(source, path)
    assert (result.changed, result.findings) == ((), ())


def test_remarks_of_pofilter_are_notes(source: Path, send: Send) -> None:
    path, out = send("po"), source.with_name("out.po")
    book = polib.pofile(str(path))
    book.find("second.paragraph", by="msgctxt").msgstr = f"{TRANSLATION} "
    book.save()
    toolkit("pofilter", "--test=endwhitespace", "--input", path, "--output", out, "--progress=none")
    result = imported(source, out)
    codes = [finding.code for finding in result.findings]
    assert result.changed == ("second.paragraph",)
    assert codes.count("note-from-translator") == 1
    assert codes.count("text-not-returned") == 1
