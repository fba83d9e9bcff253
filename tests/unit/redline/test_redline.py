"""Redlines: accepting all changes gives the new version, rejecting them the old."""

from __future__ import annotations

import copy
import shutil
from datetime import datetime
from pathlib import Path

import pytest
from lxml import etree

from ipdocs.files.ooxml.names import MAIN_PART, qualified_name
from ipdocs.files.ooxml.package import open_package
from ipdocs.files.ooxml.text import child_value, paragraph_text
from ipdocs.pipeline.build import build
from ipdocs.pipeline.request import BuildRequest
from ipdocs.review.redline import Redline, redline

ROOT = Path(__file__).resolve().parents[3]
NOW = datetime(2026, 11, 22, 9, 0)
CHANGES = (
    ("Strengthening cooperation on IP in the Bay Area", "Strengthening co-operation on IP across the Bay Area"),
    ("加強大灣區知識產權合作", "加強大灣區內的知識產權合作"),
    ("meeting: {ordinal: 17}", "meeting: {ordinal: 18}"),
    ("雙方回顧了過去一年完成的", "雙方檢視了去年完成的"),
    ("At the meeting, the two sides reviewed", "At the meeting, both sides reviewed"),
)
ITEM = '        - en: "Training examiners in both places"\n          tc: "在兩地培訓審查員"\n'


@pytest.fixture
def versions(tmp_path: Path) -> tuple[Path, Path]:
    (tmp_path / "locales").mkdir()
    for name in ("old", "new"):
        shutil.copytree(ROOT / "fixtures/gd-hk-ip-17", tmp_path / name)
    new = tmp_path / "new/release.yaml"
    text = new.read_text("utf-8")
    for before, after in CHANGES:
        assert before in text
        text = text.replace(before, after)
    at = text.index('        - en: "Promoting cooperation')
    start, end = text.index("  - id: completed"), text.index("  - id: coming")
    new.write_text(text[:at] + ITEM + text[at:start] + text[end:], "utf-8")
    return tmp_path / "old/release.yaml", new


def compare(versions: tuple[Path, Path], lang: str) -> Redline:
    return redline(*versions, lang, author="A. Writer", now=NOW)


def body(result: Redline) -> etree._Element:
    root = open_package(result.data, Path("x.docx")).root(MAIN_PART)
    assert root is not None
    return root


def texts(root: etree._Element, *, accepted: bool) -> list[str]:
    """Return the paragraphs once all changes are accepted or rejected."""
    root = copy.deepcopy(root)
    if not accepted:
        for inserted in list(root.iter(qualified_name("ins"))):
            parent = inserted.getparent()
            if parent is not None and parent.tag != qualified_name("rPr"):
                parent.remove(inserted)
        for words in root.iter(qualified_name("delText")):
            words.tag = qualified_name("t")
        for deleted in root.iter(qualified_name("del")):
            is_end = deleted.getparent().tag == qualified_name("rPr")  # type: ignore[union-attr]
            deleted.tag = qualified_name("del") if is_end else qualified_name("smartTag")
    removed = "del" if accepted else "ins"
    remaining = []
    for paragraph in root.iter(qualified_name("p")):
        is_removed = paragraph.find(f"{qualified_name('pPr')}/{qualified_name('rPr')}/{qualified_name(removed)}") is not None
        text = paragraph_text(paragraph)
        assert not (is_removed and text)
        if not is_removed:
            remaining.append(text)
    return remaining


@pytest.mark.parametrize("lang", ["en", "tc", "sc"])
def test_accepting_gives_the_new_version_rejecting_the_old(lang: str, versions: tuple[Path, Path], tmp_path: Path) -> None:
    redlined = body(compare(versions, lang))
    for path, accepted in zip(versions, (False, True), strict=True):
        (output,) = build([path], tmp_path / str(accepted), BuildRequest(editions=(lang,), formats=("docx",)))
        root = open_package(output.path.read_bytes(), output.path).root(MAIN_PART)
        assert root is not None
        assert texts(redlined, accepted=accepted) == list(map(paragraph_text, root.iter(qualified_name("p"))))


def marks(root: etree._Element, tag: str) -> list[str]:
    kind = "delText" if tag == "del" else "t"
    changes = (
        "".join(words.text or "" for words in change.iter(qualified_name(kind))) for change in root.iter(qualified_name(tag))
    )
    return [words for words in changes if words]


def test_english_is_compared_by_word_and_chinese_by_character(versions: tuple[Path, Path]) -> None:
    english, chinese = body(compare(versions, "en")), body(compare(versions, "tc"))
    assert "17th"[:2] not in marks(english, "ins")
    assert {"18th", "across", "both", "co-operation"} & set(marks(english, "ins")) >= {"18th", "across", "both"}
    assert {"17th", "in", "the two"} <= set(marks(english, "del"))
    assert "內的" in marks(chinese, "ins")
    assert "八" in marks(chinese, "ins")
    assert "七" in marks(chinese, "del")


def test_the_ends_of_new_and_deleted_paragraphs_are_marked(versions: tuple[Path, Path]) -> None:
    result = compare(versions, "en")
    assert (result.new, result.deleted) == (1, 1)
    root = body(result)
    ends = {
        tag: len(list(root.iterfind(f".//{qualified_name('pPr')}/{qualified_name('rPr')}/{qualified_name(tag)}")))
        for tag in ("ins", "del")
    }
    assert ends == {"ins": 1, "del": 1}


def test_every_change_has_an_author_a_date_and_its_own_id(versions: tuple[Path, Path]) -> None:
    changes = list(body(compare(versions, "tc")).iter(qualified_name("ins"), qualified_name("del")))
    assert {(change.get(qualified_name("author")), change.get(qualified_name("date"))) for change in changes} == {
        ("A. Writer", "2026-11-22T09:00:00Z")
    }
    assert len({change.get(qualified_name("id")) for change in changes}) == len(changes)


def test_equal_versions_have_no_changes(versions: tuple[Path, Path]) -> None:
    result = redline(versions[0], versions[0], "sc", author="A", now=NOW)
    assert (result.new, result.changed, result.deleted) == (0, 0, 0)
    assert list(body(result).iter(qualified_name("ins"), qualified_name("del"))) == []


def test_the_command_writes_a_redline(versions: tuple[Path, Path], tmp_path: Path) -> None:
    from typer.testing import CliRunner

    from ipdocs.cli import app

    out = tmp_path / "changes.docx"
    result = CliRunner().invoke(app, ["redline", *map(str, versions), "--lang", "tc", "-o", str(out), "--by", "A. Writer"])
    assert result.exit_code == 0, result.output
    assert "1 new, 1 deleted" in result.output
    assert out.is_file()


def test_superscript_is_tracked_in_both_versions(tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    paths = [tmp_path / name for name in ("old.yaml", "new.yaml")]
    head = 'schema: 1\nkind: press-release\nid: garden\nissued: 2026-03-02\nlanguages: [en]\ntitle: {en: "A garden"}\nbody:\n'
    for path, words in zip(paths, ("It has 40 m^2^ and x2.", "It has 50 km^3^ and x~2~."), strict=True):
        path.write_text(f'{head}  - {{id: lead, paragraph: {{en: "{words}"}}}}\n')
    root = body(compare((paths[0], paths[1]), "en"))
    lead = next(paragraph for paragraph in root.iter(qualified_name("p")) if "It has" in paragraph_text(paragraph))
    versions = {"old": ("del", "delText"), "new": ("ins", "t")}
    shown = {
        version: [
            (child_value(run.find(qualified_name("rPr")), "vertAlign"), run.findtext(qualified_name(tag)))
            for change in lead.iter(qualified_name(element))
            for run in change.iter(qualified_name("r"))
        ]
        for version, (element, tag) in versions.items()
    }
    assert {("superscript", "2"), ("", "x2")} <= {*shown["old"]}
    assert {("superscript", "3"), ("subscript", "2")} <= {*shown["new"]}
    assert texts(root, accepted=True)[1] == "It has 50 km3 and x2."
