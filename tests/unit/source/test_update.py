"""Changes to sources: applied and validated in memory, then placed together with the state."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipdocs.findings import IpdocsError
from ipdocs.model.text import Text
from ipdocs.source.changes import Confirmation, Insertion, SourceChanges, combine_changes, conflict_findings
from ipdocs.source.file import SourceText
from ipdocs.source.inline import parse_with_findings
from ipdocs.source.open import Source, SourceContext, parse_source
from ipdocs.source.state import read_state, state_path
from ipdocs.source.texts import Keys
from ipdocs.source.update import SourceChangedOnDisk, apply_changes, update_source
from ipdocs.workspace import Workspace

SOURCE = """\
# Comments stay.
schema: 1
kind: press-release
id: any
issued: 2018-08-22   # and this one
languages: [en]
title: {en: "A title"}
body:
  - id: lead
    paragraph:
      en: |
        The first line
        and the second.\x20\x20

  # before the list
  - id: areas
    list:
      items:
        - en: "One"
        - en: 'Two'
        - text: {en: "Three"}
          list:
            items:
              - en: "Three a"
              - en: "Three b"
  - id: last
    paragraph: {en: "The end."}"""
TITLE: Keys = ("title",)
LEAD: Keys = ("body", 0, "paragraph")
ITEMS: Keys = ("body", 1, "list", "items")
NESTED: Keys = (*ITEMS, 2, "list", "items")
LAST: Keys = ("body", 2, "paragraph")
PATH = Path("release.yaml")


def parsed(text: str = SOURCE) -> Source:
    return parse_source(SourceText(PATH, text), SourceContext(PATH, Workspace()), draft=True)


def changed(changes: SourceChanges, text: str = SOURCE) -> str:
    return apply_changes(parsed(text), changes).text.text


def texts(source: Source, name: str) -> Any:
    return next(block for block in source.document.body if block.id == name)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    (tmp_path / "locales").mkdir()
    path = tmp_path / "release.yaml"
    path.write_bytes(SOURCE.encode())
    return path


def files(path: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in path.parent.iterdir() if file.is_file()}


def test_new_languages_are_added_to_texts_and_source() -> None:
    changes = SourceChanges({(TITLE, "tc"): "標題", (TITLE, "sc"): "标题", (LAST, "tc"): "完。", (LEAD, "sc"): "第一行。"})
    text = changed(changes)
    assert 'title: {en: "A title", tc: "標題", sc: "标题"}\n' in text
    assert "languages: [en, tc, sc]\n" in text
    assert "        and the second.  \n      sc: |\n        第一行。\n" in text


def test_a_text_is_replaced_and_translated_at_once() -> None:
    changes = SourceChanges({(LEAD, "en"): "The first line and the third one", (LEAD, "tc"): "一", (TITLE, "en"): "Title"})
    source = apply_changes(parsed(), changes)
    assert texts(source, "lead").paragraph == {"en": "The first line and the third one", "tc": "一"}
    assert source.document.title == {"en": "Title"}
    assert "        The first line\n        and the third one  \n      tc: |\n        一\n" in source.text.text


def test_texts_change_with_moved_blocks_and_longer_lists() -> None:
    changes = SourceChanges(
        texts={(LAST, "en"): "The very end.", ((*NESTED, 1), "en"): "Three B", ((*ITEMS, 1), "tc"): "二"},
        insertions=(
            Insertion(ITEMS, 3, {"en": "Four"}),
            Insertion(NESTED, 2, {"en": "Three c"}),
            Insertion(ITEMS, 3, {"en": "Five"}),
            Insertion(("body",), 3, {"en": "Behind the end."}),
        ),
        removals=((*ITEMS, 0),),
        order=(2, 0),
    )
    source = apply_changes(parsed(), changes)
    assert [block.id for block in source.document.body] == ["last", "added-1", "lead", "areas"]
    assert texts(source, "last").paragraph == {"en": "The very end."}
    two, three, four, five = texts(source, "areas").list.items
    assert (two, four, five) == ({"en": "Two", "tc": "二"}, {"en": "Four"}, {"en": "Five"})
    assert [item["en"] for item in three.list.items] == ["Three a", "Three B", "Three c"]
    assert "# Comments stay.\n" in source.text.text
    assert "  # before the list\n" in source.text.text


def test_changes_in_a_removed_block_are_dropped() -> None:
    changes = SourceChanges(
        texts={(LAST, "tc"): "完。", ((*NESTED, 0), "en"): "A", (LEAD, "en"): "Stays"},
        insertions=(Insertion(NESTED, 0, {"en": "B"}),),
        removals=((*NESTED, 1), (*ITEMS, 2), ("body", 2)),
        bases={("last", "tc"): Confirmation()},
    )
    source = apply_changes(parsed(), changes)
    assert [block.id for block in source.document.body] == ["lead", "areas"]
    assert texts(source, "areas").list.items == [{"en": "One"}, {"en": "Two"}]
    assert texts(source, "lead").paragraph == {"en": "Stays"}
    assert source.document.languages == ["en"]
    assert source.state.bases == {}


def test_new_blocks_get_unique_ids() -> None:
    text = SOURCE.replace("id: last", "id: added-1")
    source = apply_changes(parsed(text), SourceChanges(insertions=tuple(Insertion(("body",), 1, {"en": en}) for en in "ab")))
    assert [block.id for block in source.document.body] == ["lead", "added-2", "added-3", "areas", "added-1"]
    assert [texts(source, name).paragraph["en"] for name in ("added-2", "added-3")] == ["a", "b"]


def test_a_change_that_breaks_a_source_is_refused() -> None:
    source = parsed()
    with pytest.raises(IpdocsError) as raised:
        apply_changes(source, SourceChanges({(LEAD, "en"): "{{ nothing }}"}))
    (finding,) = raised.value.findings
    assert finding.code == "undefined-fact"
    assert finding.location
    assert finding.location.path == PATH


WORDS = st.text(alphabet="ab 一。：#'\"\\{}[]*-|>%&!?@`,\n", min_size=1, max_size=150).filter(
    lambda text: text.strip() == text and "\n\n" not in text and not parse_with_findings(Text(text))[1]
)
PLACES = (TITLE, LEAD, LAST, *((*ITEMS, index) for index in (0, 1)), *((*NESTED, index) for index in (0, 1)))
TEXTS = st.dictionaries(st.tuples(st.sampled_from(PLACES), st.sampled_from(["en", "tc", "sc"])), WORDS, max_size=6)
INSERTIONS = st.lists(
    st.builds(
        Insertion,
        st.sampled_from([("body",), ITEMS, NESTED]),
        st.integers(0, 4),
        st.dictionaries(st.sampled_from(["en", "tc"]), WORDS, min_size=1),
    ),
    max_size=4,
)
REMOVALS = st.lists(st.sampled_from([("body", 0), ("body", 2), (*ITEMS, 0), (*ITEMS, 2), (*NESTED, 0)]), max_size=3, unique=True)
ORDERS = st.permutations(range(3)).flatmap(lambda order: st.integers(0, 3).map(lambda count: tuple(order[:count])))


@given(TEXTS, INSERTIONS, REMOVALS, ORDERS, st.sampled_from(["\n", "\r\n"]), st.booleans())
def test_any_change_reads_back(
    texts: dict[tuple[Keys, str], str], new: list[Insertion], removed: list[Keys], order: tuple[int, ...], end: str, ends: bool
) -> None:
    text = (SOURCE + "\n" * ends).replace("\n", end)
    source = parsed(text)
    result = apply_changes(source, SourceChanges(texts, tuple(new), tuple(removed), order))
    if not (texts or new or removed or order):
        assert result.text is source.text
    assert "\n" not in result.text.text.replace("\r\n", "") or end == "\n"


def test_a_change_without_effect_writes_nothing(path: Path) -> None:
    path.write_bytes(SOURCE.replace("\n", "\r\n").encode())
    before, stamp = files(path), path.stat().st_mtime_ns
    update_source(path, lambda source: SourceChanges({(TITLE, "en"): "A title"}, order=(0, 1, 2)))
    assert (files(path), path.stat().st_mtime_ns) == (before, stamp)


def test_text_and_state_are_written_together(path: Path) -> None:
    state_path(path).write_text("# kept\nother: 1\n", "utf-8")
    source = update_source(
        path, lambda source: SourceChanges({(TITLE, "tc"): "標題"}, bases={("title", "tc"): Confirmation("me", "2018-08-22")})
    )
    assert 'tc: "標題"' in path.read_text("utf-8")
    assert source.text.data == path.read_bytes()
    basis = read_state(path).bases["title", "tc"]
    assert (basis.source, basis.texts, basis.by, basis.on) == ("en", ("A title",), "me", "2018-08-22")
    assert state_path(path).read_text("utf-8").startswith("# kept\nother: 1\ntranslations:\n")
    before = files(path)
    update_source(path, lambda source: SourceChanges(bases={("title", "tc"): Confirmation("me", "2018-08-22")}))
    assert files(path) == before


@pytest.mark.parametrize("meanwhile", ["release.yaml", "release.state.yaml"])
def test_a_file_changed_meanwhile_is_not_overwritten(meanwhile: str, path: Path) -> None:
    other = path.with_name(meanwhile)
    added = b"# added by an editor\n"

    def change(source: Source) -> SourceChanges:
        other.write_bytes((other.read_bytes() if other.exists() else b"") + added)
        return SourceChanges({(TITLE, "tc"): "標題"}, bases={("title", "tc"): Confirmation()})

    with pytest.raises(SourceChangedOnDisk) as raised:
        update_source(path, change)
    (finding,) = raised.value.findings
    assert finding.code == "source-changed-on-disk"
    assert finding.location
    assert finding.location.path == other
    assert b"\xe6\xa8\x99" not in path.read_bytes()
    assert other.read_bytes().endswith(added)


def test_a_source_deleted_meanwhile_is_not_restored(path: Path) -> None:
    def change(source: Source) -> SourceChanges:
        path.unlink()
        return SourceChanges({(TITLE, "tc"): "標題"})

    with pytest.raises(SourceChangedOnDisk):
        update_source(path, change)
    assert files(path) == {}


def test_a_refused_change_leaves_no_file(path: Path) -> None:
    before = files(path)
    with pytest.raises(IpdocsError):
        update_source(path, lambda source: SourceChanges({(LEAD, "en"): "{{ nothing }}"}))
    assert files(path) == before


def test_a_source_behind_a_link_is_changed_in_place(path: Path) -> None:
    home = path.with_name("home")
    home.mkdir()
    target = home / "text.yaml"
    path.rename(target)
    path.symlink_to(target)
    update_source(path, lambda source: SourceChanges({(TITLE, "tc"): "標題"}, bases={("title", "tc"): Confirmation()}))
    assert path.is_symlink()
    assert 'tc: "標題"' in target.read_text("utf-8")
    assert [file.name for file in home.iterdir()] == ["text.yaml"]
    assert read_state(path).bases


def test_the_last_of_combined_texts_counts() -> None:
    first = SourceChanges({(TITLE, "tc"): "甲", (LAST, "tc"): "乙"}, removals=((*ITEMS, 0),), order=(2,))
    second = SourceChanges({(TITLE, "tc"): "丙"}, removals=((*ITEMS, 0),), bases={("title", "tc"): Confirmation()})
    both = combine_changes([first, second])
    assert both.texts == {(TITLE, "tc"): "丙", (LAST, "tc"): "乙"}
    assert (both.removals, both.order, both.bases) == (((*ITEMS, 0),), (2,), second.bases)


def test_conflicting_changes_are_reported_with_their_place() -> None:
    source = parsed()
    first = SourceChanges({(TITLE, "tc"): "甲", (LAST, "tc"): "乙"}, bases={("last", "tc"): Confirmation()})
    equal = SourceChanges({(TITLE, "tc"): "甲"})
    assert conflict_findings(source, [first, equal]) == []
    second = SourceChanges({(TITLE, "tc"): "丙", (LAST, "en"): "Another end."})
    title, last = conflict_findings(source, [first, second])
    assert {title.code, last.code} == {"conflicting-texts"}
    assert "'title'" in title.message
    assert "[-甲-]{+丙+}" in title.message
    assert "--accept" in str(title.hint)
    assert str(title.location) == "release.yaml:7:14"
    assert "'last.paragraph'" in last.message
    assert str(last.location).startswith("release.yaml:27:")


def test_changes_in_a_removed_entry_are_conflicts() -> None:
    source = parsed()
    removal = SourceChanges(removals=((*ITEMS, 2),))
    edit = SourceChanges({((*NESTED, 0), "en"): "Another"}, insertions=(Insertion(NESTED, 1, {"en": "New"}),))
    beside = SourceChanges({((*ITEMS, 1), "en"): "2"}, insertions=(Insertion(ITEMS, 2, {"en": "New"}),))
    inserted, changed = conflict_findings(source, [edit, removal])
    assert {inserted.code, changed.code} == {"conflicting-texts"}
    assert "“New”" in inserted.message
    assert "'areas.list.items.2.list.items.0'" in changed.message
    assert conflict_findings(source, [beside, removal]) == []
