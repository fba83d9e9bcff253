"""A text as the memory knows it: words, and facts that say something in their place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ipdocs.source.expression import find_expressions


@dataclass(frozen=True, slots=True)
class RenderedFact:
    """A fact in a text: the expression as it stands between the braces ("meeting | ordinal"), and what it says ("17th")."""

    expression: str
    surface: str

    @property
    def name(self) -> str:
        """The name of the fact alone."""
        return _parted(self.expression)[0]

    @property
    def rest(self) -> str:
        """What follows the name: attributes and filters."""
        return _parted(self.expression)[1]

    def named(self, name: str) -> str:
        """Return the expression over another fact."""
        return name + self.rest


Content = tuple[str | RenderedFact, ...]


def _parted(expression: str) -> tuple[str, str]:
    length = next((index for index, sign in enumerate(expression) if not (sign.isalnum() or sign == "_")), len(expression))
    return expression[:length], expression[length:]


def split_facts(text: str, render_expression: Callable[[str], str]) -> Content:
    """Return a text of a source as words and facts; expressions are rendered with their braces."""
    parts: list[str | RenderedFact] = []
    end = 0
    for found in find_expressions(text)[0]:
        if found.expression is not None:
            source = text[found.start : found.end]
            parts += [text[end : found.start], RenderedFact(source[2:-2].strip(), render_expression(source))]
            end = found.end
    return tuple(part for part in (*parts, text[end:]) if part != "")


def rendered_text(parts: Content) -> str:
    """Return the text as it is read, facts with what they say."""
    return "".join(part.surface if isinstance(part, RenderedFact) else part for part in parts)


def template_source(parts: Content) -> str:
    """Return the text as a source has it, facts as expressions."""
    return "".join(f"{{{{ {part.expression} }}}}" if isinstance(part, RenderedFact) else part for part in parts)


def fact_spans(parts: Content) -> Iterator[tuple[int, int, RenderedFact]]:
    """Yield each fact with its start and end in the rendered text."""
    position = 0
    for part in parts:
        length = len(part.surface if isinstance(part, RenderedFact) else part)
        if isinstance(part, RenderedFact):
            yield position, position + length, part
        position += length


def content_between(parts: Content, start: int, end: int) -> Content:
    """Return what stands between two positions of the rendered text; a fact belongs to where it begins."""
    found: list[str | RenderedFact] = []
    position = 0
    for part in parts:
        length = len(part.surface if isinstance(part, RenderedFact) else part)
        if isinstance(part, RenderedFact):
            if start <= position < end:
                found.append(part)
        elif words := part[max(start - position, 0) : max(end - position, 0)]:
            found.append(words)
        position += length
    return tuple(found)


def strip_content(parts: Content) -> Content:
    """Return the text without blanks at its ends."""
    text = rendered_text(parts)
    return content_between(parts, len(text) - len(text.lstrip()), len(text.rstrip()))
