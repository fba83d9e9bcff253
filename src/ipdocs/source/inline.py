"""Parse inline content: emphasis, superscript and subscript, links, verbatim words, footnote references and expressions.

Expressions are first replaced by private-use characters, so that their values never become markup. markdown-it then parses the
text with the rules in `source.rules`. An asterisk opens emphasis before any visible character and closes it after any visible
character, including full-width punctuation. A bracket begins a link, a footnote reference or verbatim words. Carets enclose
superscript, and tildes subscript, if there is no space between them. The only other markup is the backslash, which makes the
next character literal.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from ipdocs.findings import Finding, raise_errors
from ipdocs.model.inline import Anchor, BaselineShift, Break, Emphasis, Expression, Inline, NoteReference, Plain
from ipdocs.model.text import Text
from ipdocs.source.characters import forbidden_characters
from ipdocs.source.expression import ExpressionSpan, MarkupProblem, find_expressions

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

MAX_NESTING = 4
"""The maximum depth of nested emphasis and links."""
_FIRST_STAND_IN = 0xF0000
_STAND_IN = re.compile("([\U000f0000-\U000ffffd])")


def parse_inline(text: Text) -> tuple[Inline, ...]:
    """Parse the inline content of a text.

    Raises:
        IpdocsError: the markup is invalid.
    """
    content, findings = parse_with_findings(text)
    raise_errors(findings)
    return content


def parse_with_findings(text: Text) -> tuple[tuple[Inline, ...], list[Finding]]:
    """Return the content of a text, as far as the text can be parsed, and the findings on the markup."""
    content, problems = _parse(str(text))
    return content, [
        Finding(problem.code, problem.message, text.locate(problem.offset, problem.length), problem.hint) for problem in problems
    ]


@lru_cache(maxsize=4096)
def _parse(text: str) -> tuple[tuple[Inline, ...], tuple[MarkupProblem, ...]]:
    if forbidden := [MarkupProblem(code, message, offset, 1, hint) for offset, code, message, hint in forbidden_characters(text)]:
        return (), tuple(forbidden)
    source, tokens, problems = read_tokens(text)
    content = _content(tokens, source, problems)
    return content, tuple(sorted(problems, key=lambda problem: problem.offset))


def read_tokens(text: str) -> tuple[TextWithStandIns, list[Token], list[MarkupProblem]]:
    """Return a text with stand-ins, the tokens of markdown-it, and the problems found so far."""
    spans, problems = find_expressions(text)
    source = TextWithStandIns(text, spans)
    tokens: list[Token] = []
    env: dict[str, Any] = {"source": source, "problems": problems, "brackets": _bracket_pairs(source.text)}
    _markdown().inline.parse(source.text, _markdown(), env, tokens)
    return source, tokens, problems


class TextWithStandIns:
    """A text with a private-use character in place of each expression; converts positions back to the original text.

    Attributes:
        original: the original text.
        text: the text with stand-ins.
        spans: the range of each expression in the original text.
        expressions: the expression for each stand-in, or None if the expression cannot be parsed.
        starts: the position after each stand-in, with 0 as the first entry.
        offsets: the position in the original text for each entry of `starts`.
    """

    def __init__(self, text: str, spans: list[ExpressionSpan]) -> None:
        self.original = text
        self.spans = spans
        self.expressions = [span.expression for span in spans]
        self.starts: list[int] = [0]
        self.offsets: list[int] = [0]
        parts: list[str] = []
        length = end = 0
        for index, span in enumerate(spans):
            parts += [text[end : span.start], chr(_FIRST_STAND_IN + index)]
            length += span.start - end + 1
            end = span.end
            self.starts.append(length)
            self.offsets.append(end)
        self.text = "".join([*parts, text[end:]])

    def offset(self, position: int) -> int:
        """Convert a position to the position in the original text."""
        index = bisect_right(self.starts, position) - 1
        return self.offsets[index] + position - self.starts[index]

    def original_between(self, start: int, end: int) -> str:
        """Return the original text from `start` to `end`, which are positions in the text with stand-ins."""
        return self.original[self.offset(start) : self.offset(end)]

    def parts(self, text: str) -> list[Plain | Expression]:
        """Split a text at its stand-ins, and replace each stand-in by its expression."""
        parts: list[Plain | Expression] = []
        for part in filter(None, _STAND_IN.split(text)):
            if not _STAND_IN.match(part):
                parts.append(Plain(part))
            elif expression := self.expressions[ord(part) - _FIRST_STAND_IN]:
                parts.append(expression)
        return parts


def _bracket_pairs(text: str) -> dict[int, int]:
    """Return the position of each closing bracket, square or round, keyed by the position of its opening bracket."""
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

    parser = MarkdownIt("zero").enable(["escape", "balance_pairs", "emphasis"])
    parser.inline.ruler.at("emphasis", rules.asterisk)
    parser.inline.ruler.at("link", rules.bracket)
    parser.inline.ruler.at("newline", rules.newline)
    parser.inline.ruler.at("escape", rules.backslash)
    parser.inline.ruler.after("link", "baseline_shift", rules.baseline_shift)
    return parser.enable(["emphasis", "link", "newline", "baseline_shift"]).disable("fragments_join")


def _content(tokens: list[Token], source: TextWithStandIns, problems: list[MarkupProblem]) -> tuple[Inline, ...]:
    """Build the content from the tokens of markdown-it; add problems for unpaired asterisks and for deep nesting."""
    open_levels: list[tuple[Token | None, list[Inline]]] = [(None, [])]
    for token in tokens:
        if token.nesting == 1:
            if len(open_levels) == MAX_NESTING + 1:
                problems.append(
                    MarkupProblem(
                        "bad-markup", f"emphasis is nested more than {MAX_NESTING} levels deep", 0, 1, "remove emphasis"
                    )
                )
            open_levels.append((token, []))
        elif token.nesting == -1:
            opening, inner = open_levels.pop()
            if opening and len(open_levels) <= MAX_NESTING:
                open_levels[-1][1].append(_enclose(opening, tuple(inner)))
        else:
            open_levels[-1][1].extend(_leaf(token, source, problems))
    return _join_plain_parts(open_levels[0][1])


def _enclose(opening: Token, inner: tuple[Inline, ...]) -> Inline:
    if opening.type == "link_open":
        return Anchor(opening.meta["href"], _join_plain_parts(inner))
    if opening.type == "baseline_shift_open":
        return BaselineShift(_join_plain_parts(inner), opening.meta["position"])
    return Emphasis(_join_plain_parts(inner), strong=opening.type == "strong_open")


def _leaf(token: Token, source: TextWithStandIns, problems: list[MarkupProblem]) -> list[Inline]:
    match token.type:
        case "hardbreak":
            return [Break()]
        case "note":
            return [NoteReference(token.content, source.offset(token.meta["at"]))]
        case "verbatim":
            return [Plain(token.content, verbatim=True)]
        case "text" if token.content and "run" in token.meta:
            _report_unpaired(token, source, problems)
    return list(source.parts(token.content))


def _report_unpaired(token: Token, source: TextWithStandIns, problems: list[MarkupProblem]) -> None:
    """Report an unpaired asterisk; adjacent asterisks share one finding."""
    offset = source.offset(token.meta["at"])
    last = problems[-1] if problems else None
    if last and last.code == "unpaired-marker" and last.offset + last.length == offset:
        problems[-1] = MarkupProblem(last.code, f"'*{'*' * last.length}' is unpaired", last.offset, last.length + 1, last.hint)
    else:
        hint = "write * at both ends of the words, or \\* for the character itself"
        problems.append(MarkupProblem("unpaired-marker", "'*' is unpaired", offset, 1, hint))


def _join_plain_parts(parts: list[Inline] | tuple[Inline, ...]) -> tuple[Inline, ...]:
    """Join adjacent plain parts of inline content."""
    joined: list[Inline] = []
    for part in parts:
        previous = joined[-1] if joined else None
        if isinstance(part, Plain) and isinstance(previous, Plain) and not part.verbatim and not previous.verbatim:
            joined[-1] = Plain(previous.text + part.text)
        else:
            joined.append(part)
    return tuple(joined)
