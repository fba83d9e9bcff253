"""Convert localised text to HTML in which facts, terms and findings are marked, even where they overlap."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from markupsafe import Markup, escape

from ipdocs.localisation.localised_text import (
    Emphasised,
    Footnote,
    LineBreak,
    Linked,
    LocalisedText,
    Origin,
    Part,
    Shifted,
    TextPart,
)
from ipdocs.source.differences import compare_words


@dataclass(frozen=True, slots=True)
class MarkedSpan:
    """A span of a text to mark.

    Attributes:
        kind: the kind of mark.
        start: the offset of the first character.
        end: the offset after the last character.
        about: the name of a fact, the forms of a term, the address of a link or the severity of a finding.
        number: the number of a finding on the page; 0 for other kinds.
    """

    kind: Literal["finding", "fact", "term", "link", "strong", "em", "sup", "sub"]
    start: int
    end: int
    about: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True)
class FlatText:
    """Plain text made from localised text.

    Attributes:
        text: the plain text.
        spans: the spans of facts, links, emphasis, superscript and subscript.
        origins: the origins of the text outside facts, without duplicates.
    """

    text: str
    spans: tuple[MarkedSpan, ...]
    origins: tuple[Origin, ...]


def flatten(localised: LocalisedText) -> FlatText:
    """Return localised text as plain text with spans; footnotes are left out, because they are in separate rows."""
    parts: list[str] = []
    spans: list[MarkedSpan] = []
    origins: dict[Origin, None] = {}

    def walk(content: Sequence[Part]) -> None:
        for part in content:
            start = sum(map(len, parts))
            match part:
                case TextPart():
                    parts.append(part.text)
                    if part.fact:
                        spans.append(MarkedSpan("fact", start, start + len(part.text), part.fact))
                    else:
                        origins[part.origin] = None
                case Emphasised():
                    walk(part.content)
                    spans.append(MarkedSpan("strong" if part.strong else "em", start, sum(map(len, parts))))
                case Shifted():
                    walk(part.content)
                    tag: Literal["sup", "sub"] = "sup" if part.position == "superscript" else "sub"
                    spans.append(MarkedSpan(tag, start, sum(map(len, parts))))
                case Linked():
                    walk(part.content)
                    spans.append(MarkedSpan("link", start, sum(map(len, parts)), part.href))
                case LineBreak():
                    parts.append("\n")
                case Footnote():
                    continue

    walk(localised.content)
    return FlatText("".join(parts), tuple(spans), tuple(origins))


def mark_spans(text: str, spans: Sequence[MarkedSpan]) -> Markup:
    """Return a text as HTML with marked spans.

    The text is cut wherever a span begins or ends, and each piece is wrapped in the elements of all spans around it.
    """
    edges = sorted({0, len(text), *(edge for span in spans for edge in (span.start, span.end))})
    numbers = {span.number for span in spans if span.number}
    # The number of each finding, keyed by the offset where the last span of the finding ends.
    number_at_end = {max(span.end for span in spans if span.number == number): number for number in numbers}
    return Markup("").join(
        _element(text[start:end], [span for span in spans if span.start <= start and end <= span.end], number_at_end.get(end, 0))
        for start, end in pairwise(edges)
        if start < end
    ) + Markup("").join(_missing_mark(span) for span in spans if span.start == span.end and span.kind == "finding")


_NESTING = ("finding", "fact", "term", "link", "strong", "em", "sup", "sub")
"""The kinds of span, from the outermost HTML element to the innermost."""


def _element(text: str, spans: Sequence[MarkedSpan], number: int) -> Markup:
    """Return a piece of text wrapped in the elements of its spans, findings outermost.

    `number` is the number of the finding whose last span ends with this piece, or 0; only this finding shows its number.
    """
    html = Markup("<br>").join(escape(line) for line in text.split("\n"))
    for span in sorted(spans, key=lambda span: _NESTING.index(span.kind), reverse=True):
        match span.kind:
            case "finding":
                label = Markup(' data-number="{}"').format(number) if number == span.number else ""
                html = Markup('<mark class="{}" data-finding="{}"{}>{}</mark>').format(span.about, span.number, label, html)
            case "fact" | "term":
                html = Markup('<span class="{}" data-{}="{}" title="{}">{}</span>').format(
                    span.kind, span.kind, span.about, f"{span.kind}: {span.about}", html
                )
            case "link":
                html = Markup('<span class="link" title="{}">{}</span>').format(span.about, html)
            case _:
                html = Markup("<{0}>{1}</{0}>").format(span.kind, html)
    return html


def _missing_mark(span: MarkedSpan) -> Markup:
    """Return the HTML mark for a finding about words that are missing from a text."""
    return Markup('<mark class="{} missing" data-finding="{}" data-number="{}">…</mark>').format(
        span.about, span.number, span.number
    )


def mark_changes(before: str, after: str) -> Markup | None:
    """Return a text as HTML with marked deletions and insertions, or None if nothing has changed."""
    if before == after:
        return None
    return Markup("").join(_changed_pieces(before, after))


def _changed_pieces(before: str, after: str) -> Iterator[Markup]:
    for deleted, inserted, is_same in compare_words(before, after):
        if is_same:
            yield escape(inserted)
            continue
        if deleted:
            yield Markup("<del>{}</del>").format(deleted)
        if inserted:
            yield Markup("<ins>{}</ins>").format(inserted)
