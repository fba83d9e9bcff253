"""LocalisedText in, HTML out: what is a fact, a term or a finding in them is marked, wherever these overlap."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from markupsafe import Markup, escape

from ipdocs.localisation.localised_text import Emphasised, Footnote, LineBreak, Linked, LocalisedText, Origin, Part, Piece
from ipdocs.source.differences import compare_words


@dataclass(frozen=True, slots=True)
class Span:
    """A part of a text that is something: a kind, what is told of it, and for a finding its number and weight."""

    kind: Literal["finding", "fact", "term", "link", "strong", "em"]
    start: int
    end: int
    about: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True)
class Flat:
    """LocalisedText as plain text, with the spans that the words themselves know, and how their text came about."""

    text: str
    spans: tuple[Span, ...]
    origins: tuple[Origin, ...]


def flat(words: LocalisedText) -> Flat:
    """Return words as text with spans; notes are left out, they are read by themselves."""
    parts: list[str] = []
    spans: list[Span] = []
    origins: dict[Origin, None] = {}

    def walk(content: Sequence[Part]) -> None:
        for part in content:
            start = sum(map(len, parts))
            match part:
                case Piece():
                    parts.append(part.text)
                    if part.fact:
                        spans.append(Span("fact", start, start + len(part.text), part.fact))
                    else:
                        origins[part.origin] = None
                case Emphasised():
                    walk(part.content)
                    spans.append(Span("strong" if part.strong else "em", start, sum(map(len, parts))))
                case Linked():
                    walk(part.content)
                    spans.append(Span("link", start, sum(map(len, parts)), part.href))
                case LineBreak():
                    parts.append("\n")
                case Footnote():
                    continue

    walk(words.content)
    return Flat("".join(parts), tuple(spans), tuple(origins))


def marked(text: str, spans: Sequence[Span]) -> Markup:
    """Return a text as HTML: cut where a span begins or ends, each piece within all that it belongs to."""
    edges = sorted({0, len(text), *(edge for span in spans for edge in (span.start, span.end))})
    ended = {
        max(span.end for span in spans if span.number == number): number for number in {one.number for one in spans if one.number}
    }
    return Markup("").join(
        _element(text[start:end], [span for span in spans if span.start <= start and end <= span.end], ended.get(end, 0))
        for start, end in pairwise(edges)
        if start < end
    ) + Markup("").join(_missing(span) for span in spans if span.start == span.end and span.kind == "finding")


_ORDER = ("finding", "fact", "term", "link", "strong", "em")


def _element(text: str, spans: Sequence[Span], number: int) -> Markup:
    """Return a piece of text within its elements, the outermost being that of a finding; its last piece shows the number."""
    made = Markup("<br>").join(escape(line) for line in text.split("\n"))
    for span in sorted(spans, key=lambda span: _ORDER.index(span.kind), reverse=True):
        match span.kind:
            case "finding":
                shown = Markup(' data-number="{}"').format(number) if number == span.number else ""
                made = Markup('<mark class="{}" data-finding="{}"{}>{}</mark>').format(span.about, span.number, shown, made)
            case "fact" | "term":
                made = Markup('<span class="{}" data-{}="{}" title="{}">{}</span>').format(
                    span.kind, span.kind, span.about, f"{span.kind}: {span.about}", made
                )
            case "link":
                made = Markup('<span class="link" title="{}">{}</span>').format(span.about, made)
            case _:
                made = Markup("<{0}>{1}</{0}>").format(span.kind, made)
    return made


def _missing(span: Span) -> Markup:
    return Markup('<mark class="{} missing" data-finding="{}" data-number="{}">…</mark>').format(
        span.about, span.number, span.number
    )


def differing(before: str, after: str) -> Markup | None:
    """Return a text with what it was and what it is marked as deleted and inserted, or None where nothing has changed."""
    if before == after:
        return None
    return Markup("").join(_changes(before, after))


def _changes(before: str, after: str) -> Iterator[Markup]:
    for gone, new, same in compare_words(before, after):
        if same:
            yield escape(new)
            continue
        if gone:
            yield Markup("<del>{}</del>").format(gone)
        if new:
            yield Markup("<ins>{}</ins>").format(new)
