"""Inline markup and expressions of a text."""

from __future__ import annotations

import pytest

from ipdocs.findings import IpdocsError
from ipdocs.model.inline import (
    Anchor,
    BaselineShift,
    Break,
    Emphasis,
    Expression,
    FilterCall,
    Inline,
    NoteReference,
    Plain,
    is_allowed_target,
)
from ipdocs.model.text import Text
from ipdocs.source.inline import parse_inline, parse_with_findings


def parse(text: str) -> tuple[Inline, ...]:
    return parse_inline(Text(text))


def strong(text: str) -> Emphasis:
    return Emphasis((Plain(text),), strong=True)


def test_strong_emphasis_closes_before_a_chinese_character() -> None:
    assert parse("**「一帶一路」**倡議") == (strong("「一帶一路」"), Plain("倡議"))


def test_strong_emphasis_opens_after_a_chinese_character() -> None:
    assert parse("推動**「一帶一路」**") == (Plain("推動"), strong("「一帶一路」"))


def test_emphasis_within_words_needs_no_spaces() -> None:
    assert parse("甲**乙**丙**丁**") == (Plain("甲"), strong("乙"), Plain("丙"), strong("丁"))


def test_emphasis_nests() -> None:
    assert parse("*a **b** c*") == (Emphasis((Plain("a "), strong("b"), Plain(" c"))),)
    assert parse("***a***") == (Emphasis((strong("a"),)),)


LITERAL = ["a * b", "* a", "a *", "2 * 3 * 4", "a_b_ _c_", "<b>&amp;</b>", "[sic] (so)", "{x}", "`a`", "~~a~~", "1. a", "# a"]


@pytest.mark.parametrize("text", LITERAL)
def test_other_markup_is_literal(text: str) -> None:
    assert parse(text) == (Plain(text),)


def test_a_backslash_makes_markup_literal() -> None:
    assert parse(r"\*a\* \[b\](c) \{\{ d \}\} \\ \q") == (Plain(r"*a* [b](c) {{ d }} \ \q"),)


def test_a_link_has_markup_and_expressions() -> None:
    (link,) = parse("[the **site**](https://example.org/{{ year }}?a=(1))")
    year = Expression("{{ year }}", "year", (), (), 35)
    href = (Plain("https://example.org/"), year, Plain("?a=(1)"))
    assert link == Anchor(href, (Plain("the "), strong("site")))


TARGETS = ["https://example.org", "HTTP://example.org/a_b", "mailto:press@example.org", "tel:+85200000000", "#lead"]
FORBIDDEN_TARGETS = [
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
def test_a_link_has_an_allowed_target(target: str) -> None:
    assert isinstance(parse(f"[words]({target})")[0], Anchor)


@pytest.mark.parametrize("target", FORBIDDEN_TARGETS)
def test_other_targets_are_refused(target: str) -> None:
    assert not is_allowed_target((Plain(target),))
    _, (finding,) = parse_with_findings(Text(f"[words]({target})"))
    assert finding.code == "bad-link"


def test_words_marked_with_keep_are_verbatim() -> None:
    assert parse("[乾隆]{keep}年") == (Plain("乾隆", verbatim=True), Plain("年"))


def test_a_footnote_reference_has_a_name() -> None:
    assert parse("so[^source].") == (Plain("so"), NoteReference("source", 2), Plain("."))


def test_a_line_break_is_parsed() -> None:
    assert parse("香港\n中環") == (Plain("香港"), Break(), Plain("中環"))


def test_an_expression_has_name_attributes_and_filters() -> None:
    (expression,) = parse("{{ secretary.post.short | upper | cut(3, 'x', last=true) }}")
    filters = (FilterCall("upper"), FilterCall("cut", (3, "x"), (("last", True),)))
    assert expression == Expression(
        "{{ secretary.post.short | upper | cut(3, 'x', last=true) }}", "secretary", ("post", "short"), filters, 0
    )


def test_an_expression_keeps_its_offset() -> None:
    text = r"\*{{ a }}*{{ b }}* [{{ c }}](#x)"
    expressions = [part for part in walk(parse(text)) if isinstance(part, Expression)]
    assert [(expression.name, expression.offset) for expression in expressions] == [
        (name, text.index(f"{{{{ {name}")) for name in "abc"
    ]


def walk(content: tuple[Inline, ...]) -> list[Inline]:
    return [inner for part in content for inner in (part, *(walk(part.content) if isinstance(part, Emphasis | Anchor) else ()))]


def test_strings_of_an_expression_may_contain_markup() -> None:
    (expression,) = parse("{{ a | b('}} *x* {{') }}")
    assert isinstance(expression, Expression)
    assert expression.filters == (FilterCall("b", ("}} *x* {{",)),)


def test_an_expression_never_becomes_markup() -> None:
    assert parse("*{{ a }}*") == (Emphasis((Expression("{{ a }}", "a", (), (), 1),)),)
    assert parse("{{ a }}*b*") == (Expression("{{ a }}", "a", (), (), 0), Emphasis((Plain("b"),)))


def test_a_private_use_character_is_refused() -> None:
    with pytest.raises(IpdocsError) as raised:
        parse("\U000f0000")
    assert raised.value.findings[0].code == "private-use-character"


def test_all_findings_of_a_text_are_in_order() -> None:
    _, findings = parse_with_findings(Text("{{ a + b }} *c [d](e) {% f %}"))
    assert [finding.code for finding in findings] == ["bad-expression", "unpaired-marker", "bad-link", "bad-expression"]


def test_an_expression_of_more_than_500_characters_is_refused() -> None:
    _, (finding,) = parse_with_findings(Text("{{ a" + " " * 500 + "}}"))
    assert finding.code == "bad-expression"
    assert "500" in finding.message


def superscript(text: str) -> BaselineShift:
    return BaselineShift((Plain(text),), "superscript")


def subscript(text: str) -> BaselineShift:
    return BaselineShift((Plain(text),), "subscript")


def test_carets_enclose_superscript_and_tildes_subscript() -> None:
    assert parse("40 m^2^ of CO~2~") == (Plain("40 m"), superscript("2"), Plain(" of CO"), subscript("2"))
    assert parse("^14^C，面積^（註）^") == (superscript("14"), Plain("C，面積"), superscript("（註）"))


def test_superscript_contains_markup_and_expressions() -> None:
    assert parse("10^{{ n }}^") == (Plain("10"), BaselineShift((Expression("{{ n }}", "n", (), (), 3),), "superscript"))
    assert parse("x^*a*~1~^") == (Plain("x"), BaselineShift((Emphasis((Plain("a"),)), subscript("1")), "superscript"))
    (link,) = parse("^[note 1](https://example.org/^a)^")
    assert link == BaselineShift((Anchor((Plain("https://example.org/^a"),), (Plain("note 1"),)),), "superscript")


LITERAL_MARKS = [
    "x^2 and y^2",
    "^",
    "a ^ b ^ c",
    "a^^b",
    "^^a^^",
    "~5 to ~10",
    "10~20及30~40公里",
    "約~5分鐘至~10分鐘",
    "https://example.org/~a/~b",
    "~~a~~",
    "^a\nb^",
]


@pytest.mark.parametrize("text", LITERAL_MARKS)
def test_other_carets_and_tildes_are_literal(text: str) -> None:
    assert [part for part in parse(text) if not isinstance(part, Break)] == [Plain(line) for line in text.split("\n")]


def test_a_backslash_keeps_a_caret_and_a_tilde() -> None:
    assert parse(r"\^2\^ \~2~ a^b\^c^") == (Plain("^2^ ~2~ a"), superscript("b^c"))


def test_brackets_may_begin_with_superscript() -> None:
    assert parse("[^14^C] [^note]") == (Plain("["), superscript("14"), Plain("C] "), NoteReference("note", 8))


def test_unpaired_emphasis_within_superscript_is_reported() -> None:
    _, findings = parse_with_findings(Text("a^*b^*"))
    assert [finding.code for finding in findings] == ["unpaired-marker", "unpaired-marker"]
