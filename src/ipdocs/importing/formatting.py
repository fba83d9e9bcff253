"""Formatting of imported text: codes for emphasis and links so that a source can express them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from ipdocs.locale.conversion.characters import HAN
from ipdocs.model.inline import Plain, is_allowed_target
from ipdocs.source.characters import replace_forbidden
from ipdocs.source.segment import Code, Kind, Segment, is_shift, join_words, segment, tidy, to_source_text

Codes = tuple[Code, Code]
"""The code that opens formatting, and the code that closes it."""

EMPHASIS: Codes = Code("emphasis", "open", "*", "emphasis"), Code("emphasis", "close", "*", "emphasis")
STRONG: Codes = Code("strong", "open", "**", "strong"), Code("strong", "close", "**", "strong")

_ORDER: tuple[Kind, ...] = ("link", "emphasis", "strong", "superscript", "subscript")
"""Formatting from the outside to the inside, if it begins and ends at the same places."""

_DISPENSABLE: tuple[frozenset[Kind], ...] = (
    frozenset(),
    frozenset({"superscript", "subscript"}),
    frozenset({"emphasis", "superscript", "subscript"}),
    frozenset({"emphasis", "strong", "superscript", "subscript"}),
    frozenset(_ORDER),
)
"""Formatting to remove, from little to all, until a source can express a text."""


def link_codes(address: str) -> Codes | None:
    """Return the opening and closing code for a link to an address, or None if the address is not allowed in a source."""
    if not address.lower().startswith(("http://", "https://", "mailto:")) or not is_allowed_target((Plain(address),)):
        return None
    escaped = re.sub(r"[\\()]", r"\\\g<0>", address)
    return Code("link", "open", "[", escaped, address), Code("link", "close", f"]({escaped})", escaped, address)


def closing_code(opening: Code) -> Code:
    """Return the code that closes a pair."""
    return replace(opening, role="close", data=f"]({opening.name})" if opening.kind == "link" else opening.data)


@dataclass(frozen=True, slots=True)
class _Run:
    """Words, a single code or a space with the same formatting.

    Attributes:
        part: the words, or a code that is not part of a pair.
        formatting: the opening codes that apply.
    """

    part: str | Code
    formatting: tuple[Code, ...]

    @property
    def is_space(self) -> bool:
        """Whether the run is white space or a line break."""
        return self.part.isspace() if isinstance(self.part, str) else self.part.kind == "break"


def with_tidy_formatting(parts: Iterable[str | Code]) -> Segment:
    """Return a segment with single spaces and with formatting that a source can express.

    Files often divide words into many runs, and nest formatting in any way. Adjacent runs with equal formatting become one.
    Spaces at the ends of formatting are moved out of it. Formatting of spaces alone is removed, as is formatting inside the same
    formatting, and line breaks at both ends. Words are never removed: where a source cannot express the formatting, the words
    stay without it.

    Args:
        parts: the words and codes of a paragraph; each code that opens a pair has a code that closes it.
    """
    cleaned = [replace_forbidden(part) if isinstance(part, str) else part for part in parts]
    runs = _without_formatted_spaces(_without_outer_spaces(list(_runs(tidy(join_words(tuple(cleaned)))))))
    for removed in _DISPENSABLE:
        kept = [replace(run, formatting=tuple(code for code in run.formatting if code.kind not in removed)) for run in runs]
        content = tidy(join_words(tuple(_with_codes(kept))))
        if not any(run.formatting for run in kept) or _is_expressible(content):
            break
    return content


def is_all_strong(content: Segment) -> bool:
    """Whether one pair of codes makes a whole text strong."""
    marks = [index for index, part in enumerate(content) if isinstance(part, Code) and part.kind == "strong"]
    return len(content) > 2 and marks == [0, len(content) - 1]


def without_strong(content: Segment) -> Segment:
    """Return a text without the pair of codes that makes all of it strong."""
    return content[1:-1] if is_all_strong(content) else content


_SPACES = re.compile(r"(^\s+|\s+$|\s{2,})")
"""The spaces that may change: those at the ends of a text, and several in a row."""


def _runs(parts: Segment) -> Iterator[_Run]:
    """Yield the runs of a segment, with spaces as runs of their own."""
    enclosing: list[Code] = []
    for part in parts:
        if isinstance(part, str):
            formatting = _formatting(enclosing)
            yield from (_Run(piece, formatting) for piece in _SPACES.split(part) if piece)
        elif part.role == "open":
            enclosing.append(part)
        elif part.role == "close":
            enclosing = _without_last(enclosing, part)
        else:
            yield _Run(part, _formatting(enclosing))


def _formatting(enclosing: Sequence[Code]) -> tuple[Code, ...]:
    """Return the innermost code of each kind in the standard order."""
    by_kind = {code.kind: code for code in enclosing}
    if "superscript" in by_kind and "subscript" in by_kind:
        outer = next(code.kind for code in enclosing if is_shift(code))
        del by_kind[outer]
    return tuple(by_kind[kind] for kind in _ORDER if kind in by_kind)


def _without_last(enclosing: list[Code], closing: Code) -> list[Code]:
    """Return enclosing codes without the last one of the same kind as the closing code."""
    position = next((index for index in reversed(range(len(enclosing))) if enclosing[index].kind == closing.kind), None)
    return enclosing if position is None else enclosing[:position] + enclosing[position + 1 :]


def _without_outer_spaces(runs: list[_Run]) -> list[_Run]:
    """Return runs without white space at both ends, without spaces beside line breaks, and with single spaces and line breaks."""
    words = [index for index, run in enumerate(runs) if not run.is_space]
    runs = runs[words[0] : words[-1] + 1] if words else []
    result: list[_Run] = []
    for is_space, group in groupby(runs, lambda run: run.is_space):
        series = list(group)
        if is_space:
            breaks = [run for run in series if isinstance(run.part, Code)]
            wide_spaces = [run for run in series if run.part != " "]
            series = breaks[:1] or wide_spaces or series[:1]
        result += series
    return result


def _without_formatted_spaces(runs: list[_Run]) -> list[_Run]:
    """Return runs in which spaces have only the formatting that the words on both sides share."""
    result: list[_Run] = []
    next_words: list[tuple[Code, ...]] = []
    following: tuple[Code, ...] = ()
    for run in reversed(runs):
        next_words.append(following)
        following = following if run.is_space else run.formatting
    before: tuple[Code, ...] = ()
    for run, after in zip(runs, reversed(next_words), strict=True):
        if run.is_space:
            result.append(replace(run, formatting=tuple(code for code in before if code in after and not is_shift(code))))
        else:
            before = run.formatting
            result.append(run)
    return result


def _with_codes(runs: Sequence[_Run]) -> Iterator[str | Code]:
    """Yield the words of runs with paired codes, each pair as long as possible."""
    index = 0
    while index < len(runs):
        formatting = runs[index].formatting
        if not formatting or runs[index].is_space:
            yield runs[index].part
            index += 1
            continue
        ends = {code: _end(runs, index, code) for code in formatting}
        longest = max(formatting, key=lambda code: ends[code])
        end = ends[longest]
        yield longest
        yield from _with_codes(
            [replace(run, formatting=tuple(code for code in run.formatting if code != longest)) for run in runs[index:end]]
        )
        yield closing_code(longest)
        index = end


def _end(runs: Sequence[_Run], start: int, code: Code) -> int:
    """Return the index after the last word of the consecutive runs from `start` that a code applies to."""
    end = start
    while end < len(runs) and code in runs[end].formatting:
        end += 1
    while runs[end - 1].is_space:
        end -= 1
    return end


def _is_expressible(content: Segment) -> bool:
    """Whether a source can express a segment: its notation has the same words with the same formatting."""
    return _formatted_characters(segment(to_source_text(content))) == _formatted_characters(content)


def _formatted_characters(content: Segment) -> list[tuple[str | Code, frozenset[str]]]:
    """Return each character and single code with the kinds of formatting that apply."""
    return [
        (character, names)
        for run in _runs(content)
        for names in [frozenset(code.name for code in run.formatting if not is_shift(code))]
        for character in (run.part if isinstance(run.part, str) else [run.part])
    ]


def without_chinese_subscript(content: Segment) -> tuple[Segment, list[str]]:
    """Return a segment whose subscript has no Chinese characters, which a source cannot express, and the words concerned."""
    result: list[str | Code] = []
    lost: list[str] = []
    for part in content:
        is_end = isinstance(part, Code) and (part.kind, part.role) == ("subscript", "close")
        start = next((index for index in reversed(range(len(result))) if _opens_subscript(result[index])), None)
        words = "".join(piece for piece in result[start:] if isinstance(piece, str)) if is_end and start is not None else ""
        if start is not None and re.search(f"[{HAN}\u3000-\u303f\uff00-\uffef]", words):
            lost.append(words)
            del result[start]
        else:
            result.append(part)
    return join_words(tuple(result)), lost


def _opens_subscript(part: str | Code) -> bool:
    return isinstance(part, Code) and (part.kind, part.role) == ("subscript", "open")
