"""Split texts into words and facts, as the translation memory stores them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from ipdocs.source.expression import find_expressions


@dataclass(frozen=True, slots=True)
class RenderedFact:
    """A fact in a text, or a numbered code of another tool, whose meaning is unknown.

    Attributes:
        expression: the expression without braces, such as "meeting | ordinal". A code has its number after "#" instead: "#1",
            or "#1(" and "#1)" at the start and end of a text that it encloses.
        surface: the rendered value, such as "17th"; empty if the value is unknown.
    """

    expression: str
    surface: str

    @property
    def name(self) -> str:
        """The name of the fact."""
        return _split_expression(self.expression)[0]

    @property
    def is_code(self) -> bool:
        """Whether this is a numbered code of another tool."""
        return self.expression.startswith("#")

    @property
    def rest(self) -> str:
        """The attributes and filters after the name."""
        return _split_expression(self.expression)[1]

    def with_name(self, name: str) -> str:
        """Return the expression with the name of another fact."""
        return name + self.rest


Content = tuple[str | RenderedFact, ...]


def _split_expression(expression: str) -> tuple[str, str]:
    """Split an expression into the name of the fact and the rest; the name of a code is the whole of it."""
    if expression.startswith("#"):
        return expression, ""
    name_length = next(
        (index for index, character in enumerate(expression) if not (character.isalnum() or character == "_")), len(expression)
    )
    return expression[:name_length], expression[name_length:]


def split_facts(text: str, render_expression: Callable[[str, str], str]) -> Content:
    """Split a source text into words and facts; `render_expression` renders an expression with its braces before other text."""
    parts: list[str | RenderedFact] = []
    end = 0
    for span in find_expressions(text)[0]:
        if span.expression is not None:
            source = text[span.start : span.end]
            parts += [text[end : span.start], RenderedFact(source[2:-2].strip(), render_expression(source, text[span.end :]))]
            end = span.end
    return tuple(part for part in (*parts, text[end:]) if part != "")


def rendered_text(parts: Content) -> str:
    """Return the text with its facts rendered."""
    return "".join(part.surface if isinstance(part, RenderedFact) else part for part in parts)


def template_source(parts: Content) -> str:
    """Return the source text, in which facts are expressions; codes of other tools are left out."""
    return "".join(part if isinstance(part, str) else "" if part.is_code else f"{{{{ {part.expression} }}}}" for part in parts)


def fact_spans(parts: Content) -> Iterator[tuple[int, int, RenderedFact]]:
    """Yield each fact with its start and end in the rendered text: (start, end, fact)."""
    position = 0
    for part in parts:
        length = len(part.surface if isinstance(part, RenderedFact) else part)
        if isinstance(part, RenderedFact):
            yield position, position + length, part
        position += length


def content_between(parts: Content, start: int, end: int) -> Content:
    """Return the content from `start` to `end` of the rendered text, with the facts that begin in this range.

    The end of the text has the codes and facts without a surface that stand there.
    """
    selected: list[str | RenderedFact] = []
    position = 0
    is_to_end = end >= len(rendered_text(parts))
    for part in parts:
        length = len(part.surface if isinstance(part, RenderedFact) else part)
        if isinstance(part, RenderedFact):
            if start <= position < end or (is_to_end and not length and position >= start):
                selected.append(part)
        elif words := part[max(start - position, 0) : max(end - position, 0)]:
            selected.append(words)
        position += length
    return tuple(selected)


def join_content(parts: Iterable[str | RenderedFact]) -> Content:
    """Return parts as content: adjacent words are joined, and empty ones dropped."""
    joined: list[str | RenderedFact] = []
    for part in parts:
        if isinstance(part, str) and joined and isinstance(previous := joined[-1], str):
            joined[-1] = previous + part
        elif part != "":
            joined.append(part)
    return tuple(joined)


def strip_content(parts: Content) -> Content:
    """Return the content without spaces at both ends."""
    stripped = list(parts)
    while stripped and isinstance(first := stripped[0], str):
        if words := first.lstrip():
            stripped[0] = words
            break
        del stripped[0]
    while stripped and isinstance(last := stripped[-1], str):
        if words := last.rstrip():
            stripped[-1] = words
            break
        del stripped[-1]
    return tuple(stripped)
