"""Blocks, items and texts are put in, moved, joined, split and removed; comments and other lines stay."""

from __future__ import annotations

from pathlib import Path

import pytest

from ipdocs.findings import IpdocsError
from ipdocs.model.blocks import BLOCKS, MINUTES_BLOCKS
from ipdocs.source.changes import SourceChanges
from ipdocs.source.file import SourceText
from ipdocs.source.open import Source, SourceContext, parse_source
from ipdocs.source.structure.blocks import insert_block, limit_block, move_block, put_text, remove_block, set_value
from ipdocs.source.structure.items import change_level, end_list, insert_item, move_item, remove_item
from ipdocs.source.structure.kinds import change_kind, kinds_without_loss
from ipdocs.source.structure.places import PLACEHOLDER, entry_keys, part_keys
from ipdocs.source.structure.splitting import join_with_previous, join_words, split_text, split_words
from ipdocs.source.update import apply_changes
from ipdocs.workspace import Workspace

PATH = Path("release.yaml")
SOURCE = """\
schema: 1
kind: press-release
id: any
issued: 2018-08-22  # kept
languages: [en, tc]
title: {en: "T", tc: "題"}
body:
  # the lead
  - id: lead
    paragraph:
      en: "The first words. The *second* words."  # behind
      tc: "第一句。第二句。"

  - id: more
    paragraph: {en: "More.", tc: "更多。"}

  - id: areas
    list:
      style: number
      items:
        # above one
        - {en: "One", tc: "一"}
        - en: "Two"
          tc: "二"
        - text: {en: "Three", tc: "三"}
          list:
            items:
              - {en: "Three a"}
              - {en: "Three b"}
  - id: said
    quotation:
      - {en: "Said one."}
      - {en: "Said two."}
"""
LEAD = ("body", 0, "paragraph")
ITEMS = ("body", 2, "list", "items")
NESTED = (*ITEMS, 2, "list", "items")


def parsed(text: str = SOURCE) -> Source:
    return parse_source(SourceText(PATH, text), SourceContext(PATH, Workspace()), draft=True)


def changed(changes: SourceChanges, source: Source | None = None) -> Source:
    return apply_changes(source or parsed(), changes)


def refused(function: object, *values: object) -> str:
    with pytest.raises(IpdocsError) as raised:
        function(parsed(), *values)  # type: ignore[operator]
    assert [finding.code for finding in raised.value.findings] == ["not-possible"]
    return raised.value.findings[0].message


@pytest.mark.parametrize("kind", [kind for kind in BLOCKS if kind not in ("figure", "boilerplate", *MINUTES_BLOCKS)])
def test_blocks_are_put_in_with_ids(kind: str) -> None:
    source = changed(insert_block(parsed(), 1, kind))
    block = source.nodes.data["body"][1]
    assert kind in block
    assert str(block["id"]) == {"paragraph": "paragraph-2", "footnotes": "notes", "list": "list-1"}.get(kind, f"{kind}-1")
    if kind not in ("rule", "page-break"):
        assert PLACEHOLDER in source.text.text
    removed = changed(remove_block(source, 1), source)
    assert removed.text.text == SOURCE


def test_the_id_of_a_heading_is_made_of_its_words() -> None:
    source = changed(insert_block(parsed(), 4, "heading", {"en": "What will change", "tc": "變動"}))
    assert (
        source.text.text == SOURCE + '\n  - id: what-will-change\n    heading:\n      en: "What will change"\n      tc: "變動"\n'
    )


def test_the_only_block_leaves_an_empty_body() -> None:
    source = parsed(SOURCE[: SOURCE.index("  - id: more")])
    source = changed(remove_block(source, 0), source)
    assert source.document.body == []
    assert changed(insert_block(source, 0, "paragraph"), source).document.body[0].id == "lead"


def test_a_block_moves_with_its_comments() -> None:
    text = changed(move_block(parsed(), 0, 1)).text.text
    assert text.index("id: more") < text.index("# the lead") < text.index("id: lead") < text.index("id: areas")
    assert sorted(text.splitlines()) == sorted(SOURCE.splitlines())
    assert [block.id for block in changed(move_block(parsed(), 3, None)).document.body] == ["said", "lead", "more", "areas"]
    assert move_block(parsed(), 1, 0) == SourceChanges()


def test_a_text_is_emptied() -> None:
    source = changed(put_text(parsed(), LEAD, "en", " "))
    assert source.text.text == SOURCE.replace('      en: "The first words. The *second* words."  # behind\n', "")
    source = changed(put_text(source, LEAD, "tc", ""), source)
    assert source.document.body[0].paragraph == {"tc": PLACEHOLDER}
    assert put_text(source, LEAD, "en", "") == SourceChanges()


def test_items_are_put_in_and_removed() -> None:
    source = changed(insert_item(parsed(), NESTED, 1, {"en": "New", "tc": "新"}))
    assert source.text.text == SOURCE.replace(
        '              - {en: "Three b"}', '              - en: "New"\n                tc: "新"\n              - {en: "Three b"}'
    )
    assert changed(remove_item(source, (*NESTED, 1)), source).text.text == SOURCE
    source = changed(remove_item(parsed(), (*NESTED, 0)))
    source = changed(remove_item(source, (*NESTED, 0)), source)
    assert source.text.text.count("list:") == 1
    assert source.nodes.data["body"][2]["list"]["items"][2] == {"en": "Three", "tc": "三"}


def test_an_item_moves_with_its_comment() -> None:
    source = changed(move_item(parsed(), (*ITEMS, 0), 2))
    assert '            - {en: "Three b"}\n        # above one\n        - {en: "One", tc: "一"}\n' in source.text.text
    assert changed(move_item(source, (*ITEMS, 2), 0), source).text.text == SOURCE


def test_items_change_their_level_and_back() -> None:
    source = changed(change_level(parsed(), (*ITEMS, 1), 1))
    one = source.nodes.data["body"][2]["list"]["items"][0]
    assert one == {"text": {"en": "One", "tc": "一"}, "list": {"items": [{"en": "Two", "tc": "二"}]}}
    back = changed(change_level(source, (*ITEMS, 0, "list", "items", 0), -1), source)
    assert back.nodes.data == parsed().nodes.data
    source = changed(change_level(parsed(), (*NESTED, 0), -1))
    assert source.nodes.data["body"][2]["list"]["items"][2:] == [
        {"en": "Three", "tc": "三"},
        {"text": {"en": "Three a"}, "list": {"items": [{"en": "Three b"}]}},
    ]
    assert "above it" in refused(change_level, (*ITEMS, 0), 1)
    assert "first level" in refused(change_level, (*ITEMS, 0), -1)


def test_a_list_ends_at_an_item() -> None:
    source = changed(end_list(parsed(), (*ITEMS, 1)))
    first, paragraph, second = source.nodes.data["body"][2:5]
    assert first["list"]["items"] == [{"en": "One", "tc": "一"}]
    assert paragraph == {"id": "paragraph-3", "paragraph": {"en": "Two", "tc": "二"}}
    assert (second["list"]["style"], len(second["list"]["items"])) == ("number", 1)
    alone = changed(end_list(source, (*ITEMS, 0)), source).nodes.data["body"][2:4]
    assert [block["paragraph"]["en"] for block in alone] == ["One", "Two"]
    assert "cannot end" in refused(end_list, (*NESTED, 0))


@pytest.mark.parametrize(
    ("row", "kinds"),
    [(0, ("heading", "list", "quotation")), (2, ()), (3, ("paragraph", "heading", "list"))],
    ids=["paragraph", "nested list", "quotation"],
)
def test_a_block_becomes_each_kind_it_can_be(row: int, kinds: tuple[str, ...]) -> None:
    source = parsed()
    assert kinds_without_loss(source.nodes.data["body"][row]) == kinds
    words = sorted(text for _, texts in source.nodes.texts() for text in texts.values())
    for kind in kinds:
        other = changed(change_kind(source, row, kind))
        assert kind in other.nodes.data["body"][row]
        assert sorted(text for _, texts in other.nodes.texts() for text in texts.values()) == words


def test_a_quotation_becomes_several_paragraphs() -> None:
    source = changed(change_kind(parsed(), 3, "paragraph"))
    assert source.text.text.endswith(
        '  - id: said\n    paragraph: {en: "Said one."}\n\n  - id: paragraph-3\n    paragraph: {en: "Said two."}\n'
    )
    assert "losing words" in refused(change_kind, 2, "paragraph")


def test_a_text_is_split_in_each_language() -> None:
    source = changed(split_text(parsed(), LEAD, "en", 26))
    first, second = (source.nodes.data["body"][index] for index in (0, 1))
    assert first["paragraph"] == {"en": "The first words. The *seco*", "tc": "第一句。第二句。"}
    assert second == {"id": "paragraph-2", "paragraph": {"en": "*nd* words."}}
    source = changed(split_text(source, LEAD, "tc", 4), source)
    assert [block["id"] for block in source.nodes.data["body"]][:3] == ["lead", "paragraph-2", "more"]
    assert source.nodes.data["body"][0]["paragraph"]["tc"] == "第一句。"
    assert source.nodes.data["body"][1]["paragraph"]["tc"] == "第二句。"
    joined = changed(join_with_previous(source, ("body", 1)), source)
    assert joined.nodes.data["body"][0]["paragraph"]["tc"] == "第一句。第二句。"
    assert len(joined.document.body) == 4


@pytest.mark.parametrize(
    ("text", "at", "parts"),
    [
        ("One two.", 3, ("One", "two.")),
        ("A **bold word** end.", 9, ("A **bold**", "**word** end.")),
        (
            "See [the old site](https://example.org/a) now",
            8,
            ("See [the](https://example.org/a)", "[old site](https://example.org/a) now"),
        ),
        ("On {{ met | day }} we", 6, ("On {{ met | day }}", "we")),
        ("⟦draft: memory⟧One two.", 18, ("⟦draft: memory⟧One", "⟦draft: memory⟧two.")),
        ("A ⟦to write⟧ end", 5, ("A ⟦to write⟧", "end")),
        ("A **b** c", 3, ("A", "**b** c")),
    ],
)
def test_markup_is_whole_on_both_sides(text: str, at: int, parts: tuple[str, str]) -> None:
    assert split_words(text, at) == parts


def test_words_are_joined_with_a_space_except_in_chinese() -> None:
    assert join_words("One.", "Two.") == "One. Two."
    assert join_words("一。", "二。") == "一。二。"
    assert join_words("One.", "⟦draft: memory⟧Two.") == "⟦draft: memory⟧One. Two."
    assert join_words("One.", PLACEHOLDER) == "One."
    assert join_words(PLACEHOLDER, PLACEHOLDER) == PLACEHOLDER


def test_items_and_lists_are_joined_and_split() -> None:
    source = changed(join_with_previous(parsed(), (*ITEMS, 1)))
    assert source.nodes.data["body"][2]["list"]["items"][0] == {"en": "One Two", "tc": "一二"}
    source = changed(split_text(source, (*ITEMS, 0), "en", 3), source)
    assert source.nodes.data["body"][2]["list"]["items"][:2] == [{"en": "One", "tc": "一二"}, {"en": "Two"}]
    source = changed(split_text(source, (*ITEMS, 0), "tc", 1), source)
    assert source.nodes.data["body"][2]["list"]["items"][:2] == [{"en": "One", "tc": "一"}, {"en": "Two", "tc": "二"}]
    source = changed(split_text(parsed(), (*ITEMS, 2, "text"), "en", 2))
    assert source.nodes.data["body"][2]["list"]["items"][2] == {"en": "Th", "tc": "三"}
    assert source.nodes.data["body"][2]["list"]["items"][3]["text"] == {"en": "ree"}
    assert "comes before" in refused(join_with_previous, ("body", 0))
    assert "one kind" in refused(join_with_previous, ("body", 2))


def test_a_block_is_limited_to_languages() -> None:
    source = changed(limit_block(parsed(), 1, "tc", "absent", "for local readers"))
    assert source.nodes.data["body"][1] == {"id": "more", "absent": {"tc": "for local readers"}, "paragraph": {"en": "More."}}
    source = changed(limit_block(source, 1, "tc", "all"), source)
    assert source.text.text == SOURCE.replace(', tc: "更多。"', "")
    source = changed(limit_block(parsed(), 1, "tc", "only"))
    assert source.nodes.data["body"][1] == {"id": "more", "only": "tc", "paragraph": {"tc": "更多。"}}
    assert "reason" in refused(limit_block, 1, "tc", "absent", " ")
    assert "no language" in refused(limit_block, 3, "en", "absent", "why")


def test_values_of_a_block_are_set_and_removed() -> None:
    source = changed(set_value(parsed(), 2, "list.start", 3))
    assert source.text.text == SOURCE.replace("style: number\n", "style: number\n      start: 3\n")
    assert changed(set_value(source, 2, "list.start", None), source).text.text == SOURCE
    assert "style: letter" in changed(set_value(parsed(), 2, "list.style", "letter")).text.text
    assert "no 'list.style'" in refused(set_value, 0, "list.style", "letter")


def test_parts_are_found_by_their_names() -> None:
    source = parsed()
    assert part_keys(source, "areas.list.items.2.text") == (*ITEMS, 2, "text")
    assert entry_keys(source, "areas.list.items.2.text") == (*ITEMS, 2)
    assert entry_keys(source, "lead.paragraph") == ("body", 0)
    for name in ("none.paragraph", "areas.list.items.7", "lead.paragraph.x.y"):
        assert name.split(".")[0] in refused(part_keys, name)
