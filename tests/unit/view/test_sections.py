"""Boilerplate sections, which may have whatever a release may have."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from ipdocs import IpdocsError, LocalisedDocument, localise, open_source
from ipdocs.locale.language import language
from ipdocs.workspace import Workspace

SOURCE = """\
schema: 1
kind: press-release
id: small
issued: 2018-08-21
languages: [en, tc]
facts: {city: {text: {en: "Guangzhou", tc: "廣州"}}}
title: {en: "Title", tc: "標題"}
body:
  - boilerplate: steps
  - id: after
    paragraph: {en: "In {{ city }}.", tc: "在{{ city }}。"}
"""

SECTION = """\
schema: 1
kind: boilerplate
id: steps
facts: {fee: {money: HKD 1400}}
body:
  - footnotes: {fee: {en: "A fee of {{ fee | money }}.", tc: "費用為{{ fee | money }}。"}}
  - only: en
    paragraph: {en: "For readers of English."}
  - id: steps
    list:
      style: number
      intro: {en: "There are {{ steps | count }} steps:", tc: "共有{{ steps | count }}個步驟："}
      items:
        - text: {en: "pay a fee[^fee]", tc: "繳付費用[^fee]"}
          list: {items: [{en: "by post", tc: "郵寄"}, {en: "in person", tc: "親身"}]}
        - {en: "wait", tc: "等候"}
  - list: {style: number, after: steps, items: [{en: "Done.", tc: "完成。"}]}
  - figure: {file: seal.png, alt: {en: "A seal", tc: "印章"}}
"""

Make = Callable[[str, str], LocalisedDocument]


@pytest.fixture
def view(tmp_path: Path) -> Make:
    """Return a function that localises the source in a workspace with its own section."""
    sections = tmp_path / "templates/boilerplate"
    sections.mkdir(parents=True)
    Image.new("L", (2, 2)).save(sections / "seal.png")
    source = tmp_path / "releases/release.yaml"
    source.parent.mkdir()

    def make(section: str, code: str) -> LocalisedDocument:
        (sections / "steps.yaml").write_text(section, "utf-8")
        source.write_text(SOURCE, "utf-8")
        workspace = Workspace(tmp_path)
        return localise(open_source(source, workspace), language(code, workspace))

    return make


def lists(view: LocalisedDocument) -> list[Any]:
    return [block.list for block in view.document.body if block.kind == "list"]


def test_lists_of_a_section_are_numbered_and_counted(view: Make) -> None:
    steps, more = lists(view(SECTION, "en"))
    assert (str(steps.intro), steps.first, more.first) == ("There are two steps:", 1, 3)
    assert [str(item) for item in steps.items[0].list.items] == ["by post; and", "in person; and"]
    assert str(steps.items[1]) == "wait."


@pytest.mark.parametrize(
    ("code", "note"), [("en", "A fee of $1,400."), ("tc", "費用為一千四百元。"), ("sc", "费用为一千四百元。")]
)
def test_footnotes_of_a_section_are_in_its_texts(view: Make, code: str, note: str) -> None:
    document = view(SECTION, code)
    assert f'<span class="footnote">{note}</span>' in str(lists(document)[0].items[0].text.__html__()).replace("\u00a0", " ")
    assert "footnotes" not in [block.kind for block in document.document.body]


def test_traditional_text_of_a_section_is_converted(view: Make) -> None:
    assert str(lists(view(SECTION, "sc"))[0].intro) == "共有两个步骤："


def test_blocks_of_a_section_have_the_same_ids_everywhere(view: Make) -> None:
    names = {code: [block.id for block in view(SECTION, code).document.body] for code in ("en", "tc")}
    assert names["en"] == ["steps", "steps-2", "steps-3", "steps-4", "after"]
    assert names["tc"] == names["en"][1:]


def test_pictures_of_a_section_are_found(view: Make) -> None:
    (figure,) = [block.figure for block in view(SECTION, "en").document.body if block.kind == "figure"]
    assert figure.file == "../templates/boilerplate/seal.png"


@pytest.mark.parametrize("name", ["steps", "expert-group-background"])
def test_section_cannot_include_another_section(view: Make, name: str) -> None:
    with pytest.raises(IpdocsError) as caught:
        view(f"schema: 1\nkind: boilerplate\nid: steps\nbody:\n  - boilerplate: {name}\n", "en")
    (finding,) = caught.value.findings
    assert finding.code == "not-here"
    assert name in str(finding.hint)
    assert finding.location is not None
    assert (finding.location.path.name, finding.location.line) == ("steps.yaml", 5)
