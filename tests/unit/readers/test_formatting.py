"""Formatting of imported text in the notation of sources."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipdocs.importing.formatting import with_tidy_formatting
from ipdocs.model.text import Text
from ipdocs.source.inline import parse_with_findings
from ipdocs.source.segment import Code, Kind, to_display_text, to_source_text

MARKS: dict[Kind, str] = {"strong": "**", "emphasis": "*", "superscript": "^", "subscript": "~"}
BREAK = Code("break", "alone", "\n", "break")


def enclose(kind: Kind, *parts: str | Code) -> tuple[str | Code, ...]:
    if kind == "link":
        address = "https://www.example.org/"
        return Code("link", "open", "[", address, address), *parts, Code("link", "close", f"]({address})", address, address)
    return Code(kind, "open", MARKS[kind], kind), *parts, Code(kind, "close", MARKS[kind], kind)


def bold(*parts: str | Code) -> tuple[str | Code, ...]:
    return enclose("strong", *parts)


def italic(*parts: str | Code) -> tuple[str | Code, ...]:
    return enclose("emphasis", *parts)


def link(*parts: str | Code) -> tuple[str | Code, ...]:
    return enclose("link", *parts)


@pytest.mark.parametrize(
    ("parts", "notation"),
    [
        ((*bold("第"), *bold("五"), *bold("號")), "**第五號**"),
        ((*bold("5. "), *bold("Report"), " follows"), "**5. Report** follows"),
        ((*bold("Note "), "follows"), "**Note** follows"),
        (("Note", *bold(" follows")), "Note **follows**"),
        (("a ", *bold(" b")), "a **b**"),
        ((*bold(" "), "Note", *bold("\u00a0")), "Note"),
        (bold(*bold("Note"), " one"), "**Note one**"),
        ((*bold("a", *italic("b")), *italic("c")), "**ab**c"),
        ((*bold("a ", *italic("b")), *italic(" c")), "**a *b*** *c*"),
        ((*bold("Read "), *link(*bold("this")), *bold(" now")), "**Read [this](https://www.example.org/) now**"),
        (link(*bold("Read"), " this"), "[**Read** this](https://www.example.org/)"),
        ((*link("Read"), " ", *link("this")), "[Read this](https://www.example.org/)"),
        ((*bold("one", BREAK), "two", BREAK), "**one**\ntwo"),
        ((*bold("one", BREAK), *bold("two")), "**one\ntwo**"),
        (("one", BREAK, " ", BREAK, "two"), "one\ntwo"),
        ((*bold("*"), *italic("* x")), "**\\****\\* x*"),
        (("30 m", *enclose("superscript", "2 "), "each"), "30 m^2^ each"),
    ],
)
def test_adjacent_and_nested_formatting_is_joined(parts: tuple[str | Code, ...], notation: str) -> None:
    assert to_source_text(with_tidy_formatting(parts)) == notation


WORDS = st.text("ab中（。*[]{}()^~\\!_ \u00a0\u3000\n", min_size=1, max_size=4)
PARTS: st.SearchStrategy[tuple[str | Code, ...]] = st.recursive(
    st.one_of(WORDS.map(lambda words: (words,)), st.just((BREAK,))),
    lambda inner: st.one_of(
        st.tuples(st.sampled_from(("strong", "emphasis", "link", "superscript", "subscript")), inner).map(
            lambda pair: enclose(pair[0], *pair[1])
        ),
        st.lists(inner, min_size=1, max_size=4).map(lambda lists: tuple(part for parts in lists for part in parts)),
    ),
    max_leaves=12,
)


@given(PARTS)
def test_any_formatting_parses_and_keeps_its_words(parts: tuple[str | Code, ...]) -> None:
    content = with_tidy_formatting(parts)
    _, findings = parse_with_findings(Text(to_source_text(content)))
    assert findings == []
    assert with_tidy_formatting(content) == content
    words = "".join(part for part in parts if isinstance(part, str))
    assert re.sub(r"\s", "", words) == re.sub(r"\s", "", "".join(part for part in content if isinstance(part, str)))
    if not any(part.kind in ("superscript", "subscript") for part in content if isinstance(part, Code)):
        assert to_display_text(content) == "".join(part for part in content if isinstance(part, str))
