"""Any text survives an export and an import, and only what differs changes in a source."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from ipdocs.source.code_ids import number_codes, resolve_references
from ipdocs.source.differences import differences
from ipdocs.source.edits import splice
from ipdocs.source.file import SourceText
from ipdocs.source.replacement import text_edits
from ipdocs.source.segment import is_balanced, join_words, segment, to_source_text
from ipdocs.source.yaml import Mapping, Scalar, parse_nodes
from ipdocs.translation.formats.code_notation import paired_ids, parse_codes, write_codes
from ipdocs.translation.job import TranslationUnit

WORDS = st.text("ab 會議，。“‹›/12*[](){}\\|%#\n", max_size=12)
PARTS = st.lists(
    st.one_of(
        WORDS,
        st.sampled_from(["{{ met | day }}", "{{ drew }}", "**a**", "*會*", "[b](https://www.example.org)", "[^n]", "[K]{keep}"]),
    ),
    max_size=8,
).map("".join)


@given(PARTS)
def test_segment_reads_back_from_its_source_text(text: str) -> None:
    parts = segment(text)
    if is_balanced(parts):
        assert segment(to_source_text(parts)) == parts


@given(PARTS, PARTS)
def test_ids_resolve_to_their_codes(source_text: str, target_text: str) -> None:
    source, target = segment(source_text), segment(target_text)
    unit = TranslationUnit("x", source, target, "translated")
    written_source, written_target = write_codes(unit)
    paired = paired_ids(written_source) | paired_ids(written_target)
    assert resolve_references(parse_codes(written_source, paired), source, None) == (source, [])
    assert resolve_references(parse_codes(written_target, paired), source, target) == (target, [])
    for numbers in number_codes(source, target):
        alone = [number for number, code in numbers if code.role != "close"]
        assert len(set(alone)) == len(alone)


@given(st.text("ab c會議。\n", max_size=40), st.text("ab c會議。\n", max_size=40))
def test_differences_turn_one_text_into_the_other(old: str, new: str) -> None:
    result, position = "", 0
    for start, end, words in differences(old, new):
        result += old[position:start] + words
        position = end
    assert result + old[position:] == new


SOURCE = "a:\n  - en: {}\n    tc: \"x\"  # kept\nb: {{en: 'y'}}\n"
STYLES = (
    '"One, two and 3."',
    "'It''s two'",
    "|\n        One line and\n        another of 會議\n        第三行。",
    ">\n        a b",
)


@given(st.sampled_from(STYLES), st.text("ab c會議。,'\"\\:#{}\n", min_size=1, max_size=60).map(str.strip).filter(bool))
def test_replaced_text_reads_back_and_nothing_else_changes(style: str, text: str) -> None:
    file = SourceText(Path("s.yaml"), SOURCE.format(style))
    if "\n\n" in text:
        return
    before, _ = parse_nodes(file)
    assert before
    changed = splice(file, text_edits(file, before, {(("a", 0), "en"): text}))
    root, findings = parse_nodes(SourceText(Path("s.yaml"), changed))
    assert isinstance(root, Mapping)
    assert [finding for finding in findings if finding.code != "blank-line"] == []
    assert changed.endswith("\n    tc: \"x\"  # kept\nb: {en: 'y'}\n")
    first = root.get("a").items[0].get("en")  # type: ignore[union-attr]
    assert isinstance(first, Scalar)
    assert first.text == text


def test_neighbouring_words_are_joined() -> None:
    assert join_words(("a", "", "b")) == ("ab",)
