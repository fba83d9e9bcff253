"""Formatted text as segments: codes for links, emphasis and superscript around the words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

from ipdocs.importing.readers.web import link_codes
from ipdocs.importing.readers.word.formats import InlineFormat
from ipdocs.importing.readers.word.inline import FormattedPart
from ipdocs.source.segment import Code, Segment, join_words, shift_code, tidy

_PLAIN = InlineFormat()
_EMPHASIS = {
    kind: (Code(kind, "open", mark, kind), Code(kind, "close", mark, kind))  # type: ignore[arg-type]
    for kind, mark in (("strong", "**"), ("emphasis", "*"))
}


def to_segment(spans: Sequence[FormattedPart], *, is_styled: bool = False) -> Segment:
    """Return formatted text as a segment.

    Args:
        spans: the text and its format.
        is_styled: whether the template decides how the paragraph looks, so emphasis on all of its words means nothing.
    """
    spans = _merge(_format_spaces(_merge(spans)))
    words = [span.format for span in spans if isinstance(span.part, str) and span.part.strip()]
    if is_styled and words:
        all_strong, all_emphasis = all(style.strong for style in words), all(style.emphasis for style in words)
        spans = [
            replace(
                span,
                format=replace(
                    span.format,
                    strong=span.format.strong and not all_strong,
                    emphasis=span.format.emphasis and not all_emphasis,
                ),
            )
            for span in spans
        ]
    return tidy(join_words(tuple(_without_outer_breaks(list(_links(spans))))))


def _merge(spans: Iterable[FormattedPart]) -> list[FormattedPart]:
    """Join adjacent text with the same format."""
    merged: list[FormattedPart] = []
    for span in spans:
        last = merged[-1] if merged else None
        if last and isinstance(last.part, str) and isinstance(span.part, str) and last.format == span.format:
            merged[-1] = FormattedPart(last.part + span.part, span.format)
        else:
            merged.append(span)
    return merged


def _format_spaces(spans: Sequence[FormattedPart]) -> Iterator[FormattedPart]:
    """Yield the text; spaces and line ends have the format that the text on both sides shares."""
    for index, span in enumerate(spans):
        if _has_words(span):
            yield span
            continue
        before = spans[index - 1].format if index else _PLAIN
        after = spans[index + 1].format if index + 1 < len(spans) else _PLAIN
        shared = InlineFormat(
            strong=before.strong and after.strong,
            emphasis=before.emphasis and after.emphasis,
            link=before.link if before.link == after.link else "",
        )
        yield FormattedPart(span.part, shared)


def _has_words(span: FormattedPart) -> bool:
    return isinstance(span.part, str) and not span.part.isspace()


def _without_outer_breaks(parts: list[str | Code]) -> list[str | Code]:
    """Remove line ends and spaces at both ends."""

    def is_blank(part: str | Code) -> bool:
        return not part.strip() if isinstance(part, str) else part.kind == "break"

    while parts and is_blank(parts[0]):
        parts.pop(0)
    while parts and is_blank(parts[-1]):
        parts.pop()
    return parts


def _links(spans: Sequence[FormattedPart]) -> Iterator[str | Code]:
    for link, group in groupby(spans, key=lambda span: span.format.link):
        yield from _enclosed(list(group), link_codes(link) if link else None, _emphasis)


def _emphasis(spans: Sequence[FormattedPart]) -> Iterator[str | Code]:
    previous = ""
    ends_in_word = False
    for kind, group in groupby(spans, key=_emphasis_kind):
        inner = list(group)
        # A source cannot express emphasis right next to strong emphasis.
        touches = ends_in_word and bool(previous) and not _starts_with_space(inner)
        kind = "" if touches else kind
        yield from _enclosed(inner, _EMPHASIS.get(kind), _shifts)
        previous, ends_in_word = kind, not _ends_with_space(inner)


def _emphasis_kind(span: FormattedPart) -> str:
    return "strong" if span.format.strong else "emphasis" if span.format.emphasis else ""


def _starts_with_space(spans: Sequence[FormattedPart]) -> bool:
    part = spans[0].part
    return isinstance(part, str) and part[:1].isspace()


def _ends_with_space(spans: Sequence[FormattedPart]) -> bool:
    part = spans[-1].part
    return isinstance(part, str) and part[-1:].isspace()


def _shifts(spans: Sequence[FormattedPart]) -> Iterator[str | Code]:
    for position, group in groupby(spans, key=lambda span: span.format.position):
        codes = (shift_code(position, "open"), shift_code(position, "close")) if position else None
        yield from _enclosed(list(group), codes, _parts)


def _parts(spans: Sequence[FormattedPart]) -> Iterator[str | Code]:
    return (span.part for span in spans)


def _enclosed(
    spans: list[FormattedPart], codes: tuple[Code, Code] | None, inner: Callable[[Sequence[FormattedPart]], Iterator[Any]]
) -> Iterator[str | Code]:
    """Yield text between two codes, with spaces and line ends at its ends outside the codes; text without words has no codes."""
    if codes is None or not any(isinstance(span.part, str) and span.part.strip() for span in spans):
        yield from inner(spans)
        return
    first = next(index for index, span in enumerate(spans) if not _is_space(span))
    last = next(index for index in range(len(spans) - 1, -1, -1) if not _is_space(spans[index]))
    yield from _parts(spans[:first])
    kept = spans[first : last + 1]
    leading = trailing = ""
    if isinstance(text := kept[0].part, str):
        leading = text[: len(text) - len(text.lstrip())]
        kept[0] = FormattedPart(text.lstrip(), kept[0].format)
    if isinstance(text := kept[-1].part, str):
        trailing = text[len(text.rstrip()) :]
        kept[-1] = FormattedPart(text.rstrip(), kept[-1].format)
    if leading:
        yield leading
    yield codes[0]
    yield from inner(kept)
    yield codes[1]
    if trailing:
        yield trailing
    yield from _parts(spans[last + 1 :])


def _is_space(span: FormattedPart) -> bool:
    return not span.part.strip() if isinstance(span.part, str) else span.part.kind == "break"
