"""The release of the 17th meeting, from its source to the words of every file."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections import Counter
from pathlib import Path

import pytest
from lxml import html

from ipdocs.pipeline.build import build
from ipdocs.pipeline.request import BuildRequest

NOISE = ("Bookmark and Share", "Related Articles", "Law Firms")


def seed_words(root: Path) -> list[str]:
    text = (root / "fixtures/gd-hk-ip-17/seed.en.txt").read_text("utf-8")
    for noise in NOISE:
        assert noise in text
        text = text.replace(noise, "")
    return words(text)


def words(text: str) -> list[str]:
    return [word for word in text.split() if (word not in ("•", "*") and not re.fullmatch(r"\*+|\d+", word)) or word == "2018"]


def docx_text(path: Path) -> str:
    import docx

    return "\n".join(paragraph.text for paragraph in docx.Document(str(path)).paragraphs)


def pdf_text(path: Path) -> str:
    text = subprocess.run(["pdftotext", "-raw", str(path), "-"], capture_output=True, text=True, check=True).stdout
    return re.sub(r"(?<=\w-)\n", "", re.sub(r"^\d+ / \d+$", "", text, flags=re.M))


def html_text(path: Path) -> str:
    body = html.document_fromstring(path.read_bytes()).body
    return " ".join(body.itertext())


READ = {"docx": docx_text, "pdf": pdf_text, "html": html_text, "txt": lambda path: path.read_text("utf-8")}


@pytest.mark.parametrize("kind", list(READ))
def test_english_text_equals_the_seed_word_for_word(built: dict[str, Path], root: Path, kind: str) -> None:
    assert words(READ[kind](built[f"en.{kind}"])) == seed_words(root)


@pytest.mark.parametrize("language", ["en", "tc", "sc"])
def test_the_seven_areas_are_seven_list_items_in_word(built: dict[str, Path], language: str) -> None:
    import docx

    document = docx.Document(str(built[f"{language}.docx"]))
    numbered = [paragraph for paragraph in document.paragraphs if paragraph._p.pPr is not None and is_numbered(paragraph)]
    assert len(numbered) == 7


def is_numbered(paragraph) -> bool:  # type: ignore[no-untyped-def]
    style, is_numbered = paragraph.style, paragraph._p.pPr.numPr is not None
    while style is not None and not is_numbered:
        is_numbered = style.element.pPr is not None and style.element.pPr.numPr is not None
        style = style.base_style
    return is_numbered


@pytest.mark.parametrize("language", ["en", "tc", "sc"])
def test_the_seven_areas_are_seven_list_items_on_the_page(built: dict[str, Path], language: str) -> None:
    page = html.document_fromstring(built[f"{language}.html"].read_bytes())
    assert len(page.findall(".//ul/li")) == 7
    structure = subprocess.run(
        ["pdfinfo", "-struct", str(built[f"{language}.pdf"])], capture_output=True, text=True, check=True
    ).stdout
    assert Counter(re.findall(r"^\s*LI\b", structure, flags=re.M)).total() == 7


@pytest.mark.parametrize("kind", list(READ))
def test_each_chinese_edition_is_in_its_own_script(built: dict[str, Path], kind: str) -> None:
    from ipdocs.locale.conversion.characters import wrong_script_characters
    from ipdocs.locale.language import language
    from ipdocs.workspace import Workspace

    for code in ("tc", "sc"):
        text = READ[kind](built[f"{code}.{kind}"])
        assert len(text) > 900
        assert wrong_script_characters(text, language(code, Workspace())) == []


def edited(root: Path, folder: Path) -> Path:
    shutil.copytree(root / "fixtures/gd-hk-ip-17", folder)
    source = folder / "release.yaml"
    text = source.read_text("utf-8")
    assert text.count("{ordinal: 17}") == text.count("{date: 2018-08-21}") == 1
    source.write_text(text.replace("{ordinal: 17}", "{ordinal: 18}").replace("{date: 2018-08-21}", "{date: 2018-09-03}"), "utf-8")
    return source


def test_changing_two_facts_changes_only_these_facts(built: dict[str, Path], root: Path, tmp_path: Path) -> None:
    build([edited(root, tmp_path / "edited")], tmp_path, BuildRequest(editions=("en", "tc", "sc"), formats=tuple(READ)))
    for language in ("en", "tc", "sc"):
        for kind, read in READ.items():
            before = read(built[f"{language}.{kind}"])
            after = read(tmp_path / "gd-hk-ip-17" / f"gd-hk-ip-17.{language}.{kind}")
            assert undone(squeezed(after), language) == squeezed(before)
            assert squeezed(after) != squeezed(before)


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def undone(text: str, language: str) -> str:
    """Put the former facts' renderings back, each of which stands once."""
    pairs = (
        [("18th", "17th"), ("onSeptember3.", "onAugust21.")]
        if language == "en"
        else [("第十八次", "第十七次"), ("九月三日", "八月二十一日")]
    )
    for now, before in pairs:
        assert text.count(now) == 1
        text = text.replace(now, before)
    return text


def test_nnnn_closes_the_wire_text_in_english_only(tmp_path: Path) -> None:
    source = tmp_path / "release.yaml"
    source.write_text(
        "schema: 1\nkind: press-release\nid: small\nissued: 2026-03-05T17:45+08:00\nlanguages: [en, tc]\n"
        'title: {en: "Title", tc: "標題"}\nbody: [{id: lead, paragraph: {en: "Words.", tc: "文字。"}}]\n',
        "utf-8",
    )
    build([source], tmp_path / "out", BuildRequest(formats=("txt", "pdf", "docx")))
    english, chinese = (next(tmp_path.glob(f"out/**/small.{code}.txt")).read_text("utf-8") for code in ("en", "tc"))
    assert english.endswith("\n\nEnds/Thursday, March 5, 2026\nIssued at HKT 17:45\nNNNN\n")
    assert chinese.endswith("\n\n完\n2026年3月5日（星期四）\n香港時間17時45分\n")
    assert "NNNN" not in pdf_text(next(tmp_path.glob("out/**/small.en.pdf")))
