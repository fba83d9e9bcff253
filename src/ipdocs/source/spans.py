"""The ranges of markup in a source text: facts, emphasis, links, notes, line breaks, marks of drafts, and escapes.

An editor shows the words of a text with these ranges over them. The ranges come from the same tokens as the content of the text,
so that what an editor shows is what a document prints. A text with wrong markup has the ranges that are certain.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import zip_longest
from typing import TYPE_CHECKING, Literal

from ipdocs.model.inline import Anchor, BaselineShift, Emphasis, Expression, Inline, Plain
from ipdocs.model.text import Text
from ipdocs.source.characters import replace_forbidden
from ipdocs.source.draft_marks import MARK, MARK_END, MARK_START, REMARK
from ipdocs.source.inline import TextWithStandIns, parse_with_findings, read_tokens
from ipdocs.source.rules import ESCAPE

if TYPE_CHECKING:
    from markdown_it.token import Token

SpanKind = Literal[
    "fact",
    "strong",
    "emphasis",
    "link",
    "note",
    "break",
    "verbatim",
    "superscript",
    "subscript",
    "draft",
    "gap",
    "escape",
]
"""The kind of markup; `draft` says where the words after it come from, and `gap` encloses words that are still to be written."""


@dataclass(frozen=True, slots=True)
class MarkupSpan:
    """A range of markup in a source text.

    Ranges are nested or apart, except that a gap may overlap other ranges.

    Attributes:
        start: the start of the whole, with its marks.
        end: the end of the whole.
        inner_start: the start of the words between the marks; equal to `inner_end` for a fact, note, line break or draft mark.
        inner_end: the end of the words between the marks.
        name: the name of the fact or footnote, the target of the link as it is written, or the origin of the draft.
        expression: the expression of a fact, or None.
        following: the words after a fact, on which its form may depend.
    """

    kind: SpanKind
    start: int
    end: int
    inner_start: int
    inner_end: int
    name: str = ""
    expression: Expression | None = None
    following: str = ""

    @property
    def is_atom(self) -> bool:
        """Whether the range encloses no words of the text."""
        return self.kind in ("fact", "note", "break", "draft")


@lru_cache(maxsize=4096)
def find_spans(text: str) -> tuple[MarkupSpan, ...]:
    """Return the ranges of markup in a source text, in the order of their starts, outer ones first."""
    readable = replace_forbidden(text)
    source, tokens, _ = read_tokens(readable)
    spans = list(_markup_spans(source, tokens))
    hidden = [(start, end) for span in spans for start, end in _hidden_ranges(span)]
    spans += _fact_spans(source, hidden, _followings(parse_with_findings(Text(readable))[0]))
    marks = list(_mark_spans(source, hidden))
    drafts = [span for span in marks if span.kind == "draft"]
    spans = [span for span in spans if not any(draft.start <= span.start and span.end <= draft.end for draft in drafts)]
    return tuple(sorted([*spans, *marks], key=lambda span: (span.start, -span.end)))


def _markup_spans(source: TextWithStandIns, tokens: list[Token]) -> Iterator[MarkupSpan]:
    """Yield the ranges of the tokens other than facts."""
    open_tokens: list[Token] = []
    for token in tokens:
        at, end = token.meta.get("at", 0), token.meta.get("end", 0)
        match token.type:
            case "em_open" | "strong_open":
                open_tokens.append(token)
            case "em_close" | "strong_close":
                yield _emphasis(source, open_tokens.pop(), at)
            case "link_open":
                yield _span(source, "link", (at, end), token.meta["inner"], _target(token))
            case "baseline_shift_open":
                yield _span(source, token.meta["position"], (at, end), token.meta["inner"])
            case "hardbreak":
                yield _span(source, "break", (at, end), (end, end))
            case "note":
                yield _span(source, "note", (at, end), (end, end), token.content)
            case "verbatim":
                inner_start, inner_end = token.meta["inner"]
                yield _span(source, "verbatim", (at, end), (inner_start, inner_end))
                for match in ESCAPE.finditer(source.text, inner_start, inner_end):
                    yield _span(source, "escape", match.span(), match.span(1))
            case "text_special" if token.content != token.markup:
                yield _span(source, "escape", (at, end), (at + 1, end))


def _span(source: TextWithStandIns, kind: SpanKind, whole: tuple[int, int], inner: tuple[int, int], name: str = "") -> MarkupSpan:
    """Return a range whose positions are in the text with stand-ins."""
    start, end, inner_start, inner_end = map(source.offset, (*whole, *inner))
    return MarkupSpan(kind, start, end, inner_start, inner_end, name)


def _emphasis(source: TextWithStandIns, opening: Token, close: int) -> MarkupSpan:
    """Return the range of emphasis; its tokens state the position of the asterisk beside the words."""
    strong, first = opening.type == "strong_open", opening.meta["at"]
    extra = 1 if strong else 0
    return _span(source, "strong" if strong else "emphasis", (first - extra, close + 1 + extra), (first + 1, close))


def _target(token: Token) -> str:
    return "".join(part.text if isinstance(part, Plain) else part.source for part in token.meta["href"])


def _hidden_ranges(span: MarkupSpan) -> Iterator[tuple[int, int]]:
    """Yield the parts of a range that are not words of the text."""
    yield span.start, span.inner_start
    yield span.inner_end, span.end


def _fact_spans(source: TextWithStandIns, hidden: list[tuple[int, int]], followings: dict[int, str]) -> Iterator[MarkupSpan]:
    """Yield the ranges of expressions, except those in the targets of links and in verbatim words."""
    for span in source.spans:
        is_hidden = any(start <= span.start and span.end <= end for start, end in hidden)
        if span.expression is not None and not is_hidden and span.start in followings:
            expression = span.expression
            yield MarkupSpan(
                "fact",
                span.start,
                span.end,
                span.end,
                span.end,
                expression.name,
                expression,
                followings[span.start],
            )


def _followings(content: tuple[Inline, ...]) -> dict[int, str]:
    """Return the words after each expression of a text, keyed by the offset of the expression."""
    followings: dict[int, str] = {}
    for node, next_node in zip_longest(content, content[1:]):
        if isinstance(node, Expression):
            followings[node.offset] = next_node.text if isinstance(next_node, Plain) else ""
        elif isinstance(node, Emphasis | BaselineShift | Anchor):
            followings |= _followings(node.content)
    return followings


def _mark_spans(source: TextWithStandIns, hidden: list[tuple[int, int]]) -> Iterator[MarkupSpan]:
    """Yield the marks of drafts and the gaps; a bracket in the target of a link is not a mark."""
    for match in MARK.finditer(source.text):
        if match[0] == MARK_END:
            continue
        if remark := REMARK.match(source.text, match.start()):
            span = _span(source, "draft", remark.span(), (remark.end(), remark.end()))
            origin = remark[0].rstrip().strip(MARK_START + MARK_END).removeprefix("draft: ")
            span = MarkupSpan(span.kind, span.start, span.end, span.inner_start, span.inner_end, origin)
        else:
            inner_end = match.end() - match[0].endswith(MARK_END)
            span = _span(source, "gap", match.span(), (match.start() + 1, inner_end))
        ends = {span.start, *([span.inner_end] if span.kind == "gap" and span.inner_end < span.end else [])}
        if not any(start <= position < end for start, end in hidden for position in ends):
            yield span
