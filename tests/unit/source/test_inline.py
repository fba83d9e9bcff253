"""What a text's markup and expressions become."""

from __future__ import annotations

import pytest

from ipdocs.findings import IpdocsError
from ipdocs.model.inline import Anchor, Break, Emphasis, Expression, FilterCall, Inline, Note, Plain, is_target
from ipdocs.model.text import Text
from ipdocs.source.inline import examine, parse_inline


def read(text: str) -> tuple[Inline, ...]:
    return parse_inline(Text(text))


def strong(text: str) -> Emphasis:
    return Emphasis((Plain(text),), strong=True)


def test_strong_emphasis_closes_before_a_chinese_character() -> None:
    assert read("**「一帶一路」**倡議") == (strong("「一帶一路」"), Plain("倡議"))


def test_strong_emphasis_opens_after_a_chinese_character() -> None:
    assert read("推動**「一帶一路」**") == (Plain("推動"), strong("「一帶一路」"))


def test_emphasis_within_words_needs_no_spaces() -> None:
    assert read("甲**乙**丙**丁**") == (Plain("甲"), strong("乙"), Plain("丙"), strong("丁"))


def test_emphasis_nests() -> None:
    assert read("*a **b** c*") == (Emphasis((Plain("a "), strong("b"), Plain(" c"))),)
    assert read("***a***") == (Emphasis((strong("a"),)),)


LITERAL = ["a * b", "* a", "a *", "2 * 3 * 4", "a_b_ _c_", "<b>&amp;</b>", "[sic] (so)", "{x}", "`a`", "~~a~~", "1. a", "# a"]


@pytest.mark.parametrize("text", LITERAL)
def test_what_is_no_markup_of_ours_is_itself(text: str) -> None:
    assert read(text) == (Plain(text),)


def test_a_backslash_makes_a_mark_a_character() -> None:
    assert read(r"\*a\* \[b\](c) \{\{ d \}\} \\ \q") == (Plain(r"*a* [b](c) {{ d }} \ \q"),)


def test_a_link_has_words_with_markup_and_a_target_with_expressions() -> None:
    (link,) = read("[the **site**](https://example.org/{{ year }}?a=(1))")
    year = Expression("{{ year }}", "year", (), (), 35)
    href = (Plain("https://example.org/"), year, Plain("?a=(1)"))
    assert link == Anchor(href, (Plain("the "), strong("site")))


TARGETS = ["https://example.org", "HTTP://example.org/a_b", "mailto:press@example.org", "tel:+85200000000", "#lead"]
ELSEWHERE = [
    "javascript:alert(1)",
    "data:text/html,x",
    "file:///etc/passwd",
    "//example.org",
    "/path",
    "path",
    "vbscript:x",
    "java\u200bscript:x",
]


@pytest.mark.parametrize("target", [*TARGETS, "{{ site }}"])
def test_a_link_goes_to_the_web_a_mailbox_a_telephone_or_a_block(target: str) -> None:
    assert isinstance(read(f"[words]({target})")[0], Anchor)


@pytest.mark.parametrize("target", ELSEWHERE)
def test_a_link_goes_nowhere_else(target: str) -> None:
    assert not is_target((Plain(target),))
    _, (finding,) = examine(Text(f"[words]({target})"))
    assert finding.code == "bad-link"


def test_kept_words_are_plain_and_no_script_conversion_touches_them() -> None:
    assert read("[乾隆]{keep}年") == (Plain("乾隆", verbatim=True), Plain("年"))


def test_a_note_is_called_by_name() -> None:
    assert read("so[^source].") == (Plain("so"), Note("source", 2), Plain("."))


def test_a_line_break_is_a_break() -> None:
    assert read("香港\n中環") == (Plain("香港"), Break(), Plain("中環"))


def test_an_expression_has_a_name_attributes_and_filters_with_constants() -> None:
    (expression,) = read("{{ secretary.post.short | upper | cut(3, 'x', last=true) }}")
    filters = (FilterCall("upper"), FilterCall("cut", (3, "x"), (("last", True),)))
    assert expression == Expression(
        "{{ secretary.post.short | upper | cut(3, 'x', last=true) }}", "secretary", ("post", "short"), filters, 0
    )


def test_an_expression_stands_where_it_is_written_in_spite_of_escapes_and_others() -> None:
    text = r"\*{{ a }}*{{ b }}* [{{ c }}](#x)"
    found = [part for part in walk(read(text)) if isinstance(part, Expression)]
    assert [(one.name, one.offset) for one in found] == [(name, text.index(f"{{{{ {name}")) for name in "abc"]


def walk(content: tuple[Inline, ...]) -> list[Inline]:
    return [inner for part in content for inner in (part, *(walk(part.content) if isinstance(part, Emphasis | Anchor) else ()))]


def test_braces_and_marks_within_the_strings_of_an_expression_are_its_own() -> None:
    (expression,) = read("{{ a | b('}} *x* {{') }}")
    assert isinstance(expression, Expression)
    assert expression.filters == (FilterCall("b", ("}} *x* {{",)),)


def test_what_an_expression_says_can_never_be_markup() -> None:
    assert read("*{{ a }}*") == (Emphasis((Expression("{{ a }}", "a", (), (), 1),)),)
    assert read("{{ a }}*b*") == (Expression("{{ a }}", "a", (), (), 0), Emphasis((Plain("b"),)))


def test_a_text_with_a_stand_in_of_its_own_is_refused() -> None:
    with pytest.raises(IpdocsError) as raised:
        read("\U000f0000")
    assert raised.value.findings[0].code == "private-use-character"


def test_all_findings_of_a_text_come_at_once_and_in_order() -> None:
    _, findings = examine(Text("{{ a + b }} *c [d](e) {% f %}"))
    assert [finding.code for finding in findings] == ["bad-expression", "unpaired-marker", "bad-link", "bad-expression"]


def test_an_expression_of_more_than_500_characters_is_refused() -> None:
    _, (finding,) = examine(Text("{{ a" + " " * 500 + "}}"))
    assert finding.message == "this expression is not closed within 500 characters"
