"""A text's inline content: emphasis, strong emphasis, links, kept words, notes and expressions.

Expressions are taken out first, a character of the private use area standing in for each, so that what they
say can never become markup. markdown-it then reads the rest with three rules of ours: an asterisk opens
before a character and closes after one, full-width punctuation being a character like any other; a bracket begins a link, a
note or kept words; nothing else is markup but the backslash that makes a mark literal.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from ipdocs.findings import Finding, raise_errors
from ipdocs.model.inline import Anchor, Break, Emphasis, Expression, Inline, Note, Plain
from ipdocs.model.text import Text
from ipdocs.source.characters import refused_characters
from ipdocs.source.expression import ExpressionSpan, MarkupProblem, find_expressions

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

MAX_NESTING = 4
_FIRST = 0xF0000
_STAND_IN = re.compile("([\U000f0000-\U000ffffd])")


def parse_inline(text: Text) -> tuple[Inline, ...]:
    """Return the content of a text; whatever is wrong with its markup is a finding with its place in the source."""
    content, findings = examine(text)
    raise_errors(findings)
    return content


def examine(text: Text) -> tuple[tuple[Inline, ...], list[Finding]]:
    """Return the content of a text as far as it can be read, and what is wrong with it."""
    content, problems = _read(str(text))
    return content, [
        Finding(problem.code, problem.message, text.locate(problem.offset, problem.length), problem.hint) for problem in problems
    ]


@lru_cache(maxsize=4096)
def _read(text: str) -> tuple[tuple[Inline, ...], tuple[MarkupProblem, ...]]:
    if bad := [MarkupProblem(code, message, offset, 1, hint) for offset, code, message, hint in refused_characters(text)]:
        return (), tuple(bad)
    found, problems = find_expressions(text)
    source = _Prepared(text, found)
    tokens: list[Token] = []
    env: dict[str, Any] = {"source": source, "problems": problems, "brackets": _brackets(source.text)}
    _markdown().inline.parse(source.text, _markdown(), env, tokens)
    content = _content(tokens, source, problems)
    return content, tuple(sorted(problems, key=lambda problem: problem.offset))


class _Prepared:
    """A text with stand-ins for its expressions, and the way back from its positions to those of the text."""

    def __init__(self, text: str, found: list[ExpressionSpan]) -> None:
        self.original = text
        self.expressions = [one.expression for one in found]
        self.starts: list[int] = [0]
        self.offsets: list[int] = [0]
        parts: list[str] = []
        length = end = 0
        for index, one in enumerate(found):
            parts += [text[end : one.start], chr(_FIRST + index)]
            length += one.start - end + 1
            end = one.end
            self.starts.append(length)
            self.offsets.append(end)
        self.text = "".join([*parts, text[end:]])

    def offset(self, position: int) -> int:
        """Return where a position stands in the text as written."""
        index = bisect_right(self.starts, position) - 1
        return self.offsets[index] + position - self.starts[index]

    def written(self, start: int, end: int) -> str:
        """Return what stands between two positions in the text as written."""
        return self.original[self.offset(start) : self.offset(end)]

    def parts(self, text: str) -> list[Plain | Expression]:
        """Return words with their stand-ins turned back into expressions."""
        pieces: list[Plain | Expression] = []
        for piece in filter(None, _STAND_IN.split(text)):
            if not _STAND_IN.match(piece):
                pieces.append(Plain(piece))
            elif expression := self.expressions[ord(piece) - _FIRST]:
                pieces.append(expression)
        return pieces


def _brackets(text: str) -> dict[int, int]:
    """Return which bracket closes which, escaped ones apart: square and round ones, each kind by itself."""
    pairs: dict[int, int] = {}
    square: list[int] = []
    round_: list[int] = []
    for match in re.finditer(r"\\.|[\[\]()]", text, re.DOTALL):
        stack = square if match[0] in "[]" else round_
        if match[0] in "[(":
            stack.append(match.start())
        elif match[0] in "])" and stack:
            pairs[stack.pop()] = match.start()
    return pairs


@cache
def _markdown() -> MarkdownIt:
    from markdown_it import MarkdownIt

    from ipdocs.source import rules

    reader = MarkdownIt("zero").enable(["escape", "balance_pairs", "emphasis"])
    reader.inline.ruler.at("emphasis", rules.asterisk)
    reader.inline.ruler.at("link", rules.bracket)
    reader.inline.ruler.at("newline", rules.newline)
    return reader.enable(["emphasis", "link", "newline"]).disable("fragments_join")


def _content(tokens: list[Token], source: _Prepared, problems: list[MarkupProblem]) -> tuple[Inline, ...]:
    """Return the tree of markdown-it's tokens; asterisks without a partner and deep nesting are problems."""
    open_: list[tuple[Token | None, list[Inline]]] = [(None, [])]
    for token in tokens:
        if token.nesting == 1:
            if len(open_) == MAX_NESTING + 1:
                problems.append(
                    MarkupProblem("bad-markup", f"emphasis is nested more than {MAX_NESTING} deep", 0, 1, "take some away")
                )
            open_.append((token, []))
        elif token.nesting == -1:
            opening, inner = open_.pop()
            if opening and len(open_) <= MAX_NESTING:
                open_[-1][1].append(_enclosed(opening, tuple(inner)))
        else:
            open_[-1][1].extend(_leaf(token, source, problems))
    return _merged(open_[0][1])


def _enclosed(opening: Token, inner: tuple[Inline, ...]) -> Inline:
    if opening.type == "link_open":
        return Anchor(opening.meta["href"], _merged(inner))
    return Emphasis(_merged(inner), strong=opening.type == "strong_open")


def _leaf(token: Token, source: _Prepared, problems: list[MarkupProblem]) -> list[Inline]:
    match token.type:
        case "hardbreak":
            return [Break()]
        case "note":
            return [Note(token.content, source.offset(token.meta["at"]))]
        case "kept":
            return [Plain(token.content, verbatim=True)]
        case "text" if token.content and "run" in token.meta:
            _unpaired(token, source, problems)
    return list(source.parts(token.content))


def _unpaired(token: Token, source: _Prepared, problems: list[MarkupProblem]) -> None:
    """Report an asterisk without a partner, once for those that stand together."""
    offset = source.offset(token.meta["at"])
    last = problems[-1] if problems else None
    if last and last.code == "unpaired-marker" and last.offset + last.length == offset:
        problems[-1] = MarkupProblem(last.code, f"'*{'*' * last.length}' has no partner", last.offset, last.length + 1, last.hint)
    else:
        hint = "close it at the end of the words, or write \\* for the character"
        problems.append(MarkupProblem("unpaired-marker", "'*' has no partner", offset, 1, hint))


def _merged(parts: list[Inline] | tuple[Inline, ...]) -> tuple[Inline, ...]:
    """Return content with neighbouring words made one."""
    merged: list[Inline] = []
    for part in parts:
        before = merged[-1] if merged else None
        if isinstance(part, Plain) and isinstance(before, Plain) and not part.verbatim and not before.verbatim:
            merged[-1] = Plain(before.text + part.text)
        else:
            merged.append(part)
    return tuple(merged)
