from __future__ import annotations

from pathlib import Path

import pytest

from ipdocs import IpdocsError, LocalisedDocument, localise, open_source
from ipdocs.locale.language import language
from ipdocs.workspace import Workspace

HEAD = """\
schema: 1
kind: press-release
id: small
style: gia
languages: [en, tc]
"""

SOURCE = (
    HEAD
    + """\
issued: {en: 2018-08-21T18:30+08:00, tc: 2018-08-21T18:45+08:00}
reference: {en: "A 1", tc: "甲 1"}
facts:
  meeting: {ordinal: 17}
  city: {text: {en: "Guangzhou", tc: "廣州"}}
  director:
    person:
      name: {en: "Chan Siu-ming", tc: "陳小明"}
      title: {en: "Ms", tc: "女士"}
      post: {en: "Director of Examples", tc: "示例署署長"}
  site: {link: {href: "https://example.org", text: {en: "the site", tc: "網站"}}}
  group: {term: expert-group}
title: {en: "{{ meeting | ordinal }} meeting", tc: "{{ meeting | ordinal }}次會議"}
body:
  - id: lead
    paragraph:
      en: "**Held** in {{ city }} by {{ director | person }}; see [{{ site.text }}]({{ site.href }}).[^why]"
      tc: "{{ director | person }}在{{ city }}**舉行**，見[{{ site.text }}]({{ site.href }})。[^why]"
  - id: why
    footnotes:
      why: {en: "A note.", tc: "註釋。"}
  - id: english
    only: en
    paragraph: {en: "For readers of English."}
  - id: left-out
    absent: {tc: "said elsewhere"}
    paragraph: {en: "Said here."}
  - id: first
    list:
      style: number
      items:
        - {en: "one", tc: "一項"}
        - {en: "two", tc: "二項"}
  - id: second
    list:
      intro: {en: "These {{ second | count }}:", tc: "以下{{ second | count }}項："}
      style: number
      after: first
      items:
        - {en: "three", tc: "三項"}
        - {en: "four", tc: "四項"}
  - boilerplate: expert-group-background
"""
)


def view(source: str, code: str, folder: Path, **options: bool) -> LocalisedDocument:
    path = folder / "release.yaml"
    path.write_text(source, "utf-8")
    return localise(open_source(path, Workspace(), **options), language(code, Workspace()))


def block(view: LocalisedDocument, name: str) -> object:
    return next(block for block in view.document.body if block.id == name)


@pytest.mark.parametrize(
    ("code", "title"), [("en", "17th meeting"), ("tc", "第十七次會議"), ("sc", "第十七次会议"), ("cn", "第十七次会议")]
)
def test_fact_is_rendered_for_each_language(code: str, title: str, tmp_path: Path) -> None:
    assert str(view(SOURCE, code, tmp_path).document.title) == title


def test_number_stays_with_its_unit(tmp_path: Path) -> None:
    source = SOURCE.replace("meeting: {ordinal: 17}", "meeting: {ordinal: 17}\n  rise: {percent: 3.9}").replace(
        "**Held**", "{{ rise | percent }} {{ site.href }}"
    )
    lead = block(view(source, "en", tmp_path), "lead").paragraph
    assert str(lead.__html__()).startswith("3.9\u00a0per\u00a0cent https://example.org in")
    assert str(lead).startswith("3.9 per cent https://example.org in")


def test_markup_becomes_html(tmp_path: Path) -> None:
    lead = block(view(SOURCE, "en", tmp_path), "lead").paragraph
    assert str(lead.__html__()) == (
        "<strong>Held</strong> in Guangzhou by Director of Examples, Ms Chan Siu-ming; "
        'see <a href="https://example.org">the\u00a0site</a>.<span class="footnote">A note.</span>'
    )


@pytest.mark.parametrize(
    ("code", "origins"),
    [("en", {"written", "fact"}), ("tc", {"written", "fact"}), ("sc", {"converted from tc", "fact"})],
)
def test_each_part_has_its_origin(code: str, origins: set[str], tmp_path: Path) -> None:
    lead = block(view(SOURCE, code, tmp_path), "lead").paragraph
    assert {str(part.origin) for part in lead.text_parts()} == origins
    assert {part.fact for part in lead.text_parts() if part.fact} == {"city", "director", "site"}


@pytest.mark.parametrize(("code", "origin"), [("en", "written"), ("tc", "catalog"), ("sc", "converted from tc")])
def test_boilerplate_is_translated_by_the_catalog(code: str, origin: str, tmp_path: Path) -> None:
    parts = block(view(SOURCE, code, tmp_path), "expert-group-background").paragraph.text_parts()
    assert {str(part.origin) for part in parts} == {origin, "fact"}


def test_blocks_for_other_languages_are_left_out(tmp_path: Path) -> None:
    names = {code: [block.id for block in view(SOURCE, code, tmp_path).document.body] for code in ("en", "tc", "sc")}
    assert {"english", "left-out"} <= set(names["en"])
    assert not {"english", "left-out"} & {*names["tc"], *names["sc"]}


def test_footnotes_are_part_of_the_texts_that_refer_to_them(tmp_path: Path) -> None:
    document = view(SOURCE, "tc", tmp_path)
    assert "why" not in [block.id for block in document.document.body]
    assert "註釋。" in str(block(document, "lead").paragraph)


def test_list_continues_the_numbers_of_another(tmp_path: Path) -> None:
    document = view(SOURCE, "en", tmp_path)
    assert (block(document, "first").list.first, block(document, "second").list.first) == (1, 3)


@pytest.mark.parametrize(("code", "items"), [("en", ["three; and", "four."]), ("tc", ["三項；及", "四項。"])])
def test_introduced_list_gets_the_endings_of_the_house_style(code: str, items: list[str], tmp_path: Path) -> None:
    document = view(SOURCE, code, tmp_path)
    assert [str(item) for item in block(document, "second").list.items] == items
    assert not str(block(document, "first").list.items[0]).endswith((";", "；"))


def test_values_stated_per_language_are_selected(tmp_path: Path) -> None:
    documents = {code: view(SOURCE, code, tmp_path).document for code in ("en", "tc", "sc")}
    assert {code: document.reference for code, document in documents.items()} == {"en": "A 1", "tc": "甲 1", "sc": "甲 1"}
    assert {code: document.issued.time.minute for code, document in documents.items()} == {"en": 30, "tc": 45, "sc": 45}


def test_missing_language_is_a_finding_with_its_place(tmp_path: Path) -> None:
    source = HEAD.replace("[en, tc]", "[en]") + 'issued: 2018-08-21\ntitle: {en: "Title"}\n'
    with pytest.raises(IpdocsError) as caught:
        view(source, "tc", tmp_path)
    (finding,) = caught.value.findings
    assert (finding.code, finding.severity) == ("missing-translation", "error")
    assert str(finding.location) == f"{tmp_path / 'release.yaml'}:7:14"
    assert "“Title”" in finding.message


def test_draft_shows_a_gap(tmp_path: Path) -> None:
    source = HEAD.replace("[en, tc]", "[en]") + 'issued: 2018-08-21\ntitle: {en: "Title"}\n'
    assert str(view(source, "tc", tmp_path, draft=True).document.title) == "⟦Title⟧"


@pytest.mark.parametrize(
    ("written", "message", "hint"),
    [
        ("{{ meeting | day }}", "'day' does not take an ordinal", "write | ordinal"),
        ("{{ meeting.name }}", "'meeting' has no 'name'", "write the name without an attribute"),
        ("{{ director.short }}", "'director' has no short", "add 'short' to the fact"),
        ("{{ director.age }}", "'director' has no 'age'", "use one of name, title, post, short"),
        ("{{ group }} {{ other }}", "the glossary has no term 'expert-grup'", "did you mean expert-group?"),
    ],
)
def test_expression_without_a_value_is_a_finding(written: str, message: str, hint: str, tmp_path: Path) -> None:
    source = (
        SOURCE.replace("**Held**", written)
        .replace("{{ other }}", "")
        .replace("{term: expert-group}", "{term: expert-grup}" if "grup" in message else "{term: expert-group}")
    )
    with pytest.raises(IpdocsError) as caught:
        view(source, "en", tmp_path)
    (finding,) = caught.value.findings
    assert (finding.message, finding.hint) == (message, hint)
    assert finding.location is not None
    assert (finding.location.line, finding.location.column) == (22, 12)


def test_span_marked_keep_is_not_converted(tmp_path: Path) -> None:
    source = SOURCE.replace("**舉行**", "[後記]{keep}舉行後")
    text = str(block(view(source, "sc", tmp_path), "lead").paragraph)
    assert "後記举行后" in text
