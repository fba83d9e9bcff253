"""Split texts into words and facts, as the translation memory stores them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ipdocs.source.expression import find_expressions


@dataclass(frozen=True, slots=True)
class RenderedFact:
    """A fact in a text.

    Attributes:
        expression: the expression without braces, such as "meeting | ordinal".
        surface: the rendered value, such as "17th".
    """

    expression: str
    surface: str

    @property
    def name(self) -> str:
        """The name of the fact."""
        return _split_expression(self.expression)[0]

    @property
    def rest(self) -> str:
        """The attributes and filters after the name."""
        return _split_expression(self.expression)[1]

    def with_name(self, name: str) -> str:
        """Return the expression with the name of another fact."""
        return name + self.rest


Content = tuple[str | RenderedFact, ...]


def _split_expression(expression: str) -> tuple[str, str]:
    """Split an expression into the name of the fact and the rest."""
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
    """Return the source text, in which facts are expressions."""
    return "".join(f"{{{{ {part.expression} }}}}" if isinstance(part, RenderedFact) else part for part in parts)


def fact_spans(parts: Content) -> Iterator[tuple[int, int, RenderedFact]]:
    """Yield each fact with its start and end in the rendered text: (start, end, fact)."""
    position = 0
    for part in parts:
        length = len(part.surface if isinstance(part, RenderedFact) else part)
        if isinstance(part, RenderedFact):
            yield position, position + length, part
        position += length


def content_between(parts: Content, start: int, end: int) -> Content:
    """Return the content from `start` to `end` of the rendered text, with the facts that begin in this range."""
    selected: list[str | RenderedFact] = []
    position = 0
    for part in parts:
        length = len(part.surface if isinstance(part, RenderedFact) else part)
        if isinstance(part, RenderedFact):
            if start <= position < end:
                selected.append(part)
        elif words := part[max(start - position, 0) : max(end - position, 0)]:
            selected.append(words)
        position += length
    return tuple(selected)


def strip_content(parts: Content) -> Content:
    """Return the content without spaces at both ends."""
    text = rendered_text(parts)
    return content_between(parts, len(text) - len(text.lstrip()), len(text.rstrip()))
