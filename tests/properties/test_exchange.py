"""Whatever a text says, out and back it stays what it is; and only what differs is touched in a source."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from ipdocs.source.differences import differences
from ipdocs.source.edits import splice
from ipdocs.source.file import SourceText
from ipdocs.source.replacement import text_edits
from ipdocs.source.segment import is_balanced, join_words, number_codes, resolve_codes, segment, to_source_text
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
def test_a_text_written_from_its_parts_is_read_as_the_same_parts(text: str) -> None:
    parts = segment(text)
    if is_balanced(parts):
        assert segment(to_source_text(parts)) == parts


@given(PARTS, PARTS)
def test_ids_lead_back_to_the_codes_they_were_given_to(one: str, other: str) -> None:
    source, target = segment(one), segment(other)
    unit = TranslationUnit("x", source, target, "translated")
    ours, theirs = write_codes(unit)
    paired = paired_ids(ours) | paired_ids(theirs)
    assert resolve_codes(parse_codes(ours, paired), source, None) == (source, [])
    assert resolve_codes(parse_codes(theirs, paired), source, target) == (target, [])
    for numbers in number_codes(source, target):
        alone = [number for number, code in numbers if code.role != "close"]
        assert len(set(alone)) == len(alone)


@given(st.text("ab c會議。\n", max_size=40), st.text("ab c會議。\n", max_size=40))
def test_the_differences_of_two_texts_make_one_the_other(old: str, new: str) -> None:
    made, position = "", 0
    for start, end, words in differences(old, new):
        made += old[position:start] + words
        position = end
    assert made + old[position:] == new


SOURCE = "a:\n  - en: {}\n    tc: \"x\"  # kept\nb: {{en: 'y'}}\n"
STYLES = (
    '"One, two and 3."',
    "'It''s two'",
    "|\n        One line and\n        another of 會議\n        第三行。",
    ">\n        a b",
)


@given(st.sampled_from(STYLES), st.text("ab c會議。,'\"\\:#{}\n", min_size=1, max_size=60).map(str.strip).filter(bool))
def test_a_text_put_in_the_place_of_another_reads_back_and_nothing_else_changes(style: str, text: str) -> None:
    file = SourceText(Path("s.yaml"), SOURCE.format(style))
    if "\n\n" in text:
        return
    before, _ = parse_nodes(file)
    assert before
    changed = splice(file, text_edits(file, before, {(("a", 0), "en"): text}))
    root, findings = parse_nodes(SourceText(Path("s.yaml"), changed))
    assert isinstance(root, Mapping)
    assert [one for one in findings if one.code != "blank-line"] == []
    assert changed.endswith("\n    tc: \"x\"  # kept\nb: {en: 'y'}\n")
    first = root.get("a").items[0].get("en")  # type: ignore[union-attr]
    assert isinstance(first, Scalar)
    assert first.text == text


def test_neighbouring_words_are_one() -> None:
    assert join_words(("a", "", "b")) == ("ab",)
