"""Boilerplate sections: whatever a release may have, a section may have."""

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
    """Localise the source in a workspace with a section of its own."""
    sections = tmp_path / "templates/boilerplate"
    sections.mkdir(parents=True)
    Image.new("L", (2, 2)).save(sections / "seal.png")
    source = tmp_path / "releases/release.yaml"
    source.parent.mkdir()

    def make(section: str, short: str) -> LocalisedDocument:
        (sections / "steps.yaml").write_text(section, "utf-8")
        source.write_text(SOURCE, "utf-8")
        workspace = Workspace(tmp_path)
        return localise(open_source(source, workspace), language(short, workspace))

    return make


def lists(view: LocalisedDocument) -> list[Any]:
    return [one.list for one in view.document.body if one.kind == "list"]


def test_its_lists_are_numbered_counted_and_closed(view: Make) -> None:
    steps, more = lists(view(SECTION, "en"))
    assert (str(steps.intro), steps.first, more.first) == ("There are two steps:", 1, 3)
    assert [str(item) for item in steps.items[0].list.items] == ["by post; and", "in person; and"]
    assert str(steps.items[1]) == "wait."


@pytest.mark.parametrize(
    ("short", "note"), [("en", "A fee of $1,400."), ("tc", "費用為一千四百元。"), ("sc", "费用为一千四百元。")]
)
def test_its_footnotes_stand_where_they_are_called(view: Make, short: str, note: str) -> None:
    shown = view(SECTION, short)
    assert f'<span class="footnote">{note}</span>' in str(lists(shown)[0].items[0].text.__html__()).replace("\u00a0", " ")
    assert "footnotes" not in [one.kind for one in shown.document.body]


def test_what_it_has_in_traditional_chinese_is_converted(view: Make) -> None:
    assert str(lists(view(SECTION, "sc"))[0].intro) == "共有两个步骤："


def test_its_blocks_have_the_same_names_in_every_language(view: Make) -> None:
    names = {short: [one.id for one in view(SECTION, short).document.body] for short in ("en", "tc")}
    assert names["en"] == ["steps", "steps-2", "steps-3", "steps-4", "after"]
    assert names["tc"] == names["en"][1:]


def test_its_pictures_are_found_from_the_source(view: Make) -> None:
    (figure,) = [one.figure for one in view(SECTION, "en").document.body if one.kind == "figure"]
    assert figure.file == "../templates/boilerplate/seal.png"


@pytest.mark.parametrize("name", ["steps", "expert-group-background"])
def test_it_takes_in_no_other(view: Make, name: str) -> None:
    with pytest.raises(IpdocsError) as caught:
        view(f"schema: 1\nkind: boilerplate\nid: steps\nbody:\n  - boilerplate: {name}\n", "en")
    (finding,) = caught.value.findings
    assert finding.code == "not-here"
    assert name in str(finding.hint)
    assert finding.location is not None
    assert (finding.location.path.name, finding.location.line) == ("steps.yaml", 5)
