"""Separation of paragraphs that contain two languages: line by line, or one after the other in a line."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from ipdocs.importing.paragraph import ImportedParagraph
from ipdocs.source.scalar import is_chinese
from ipdocs.source.segment import LINE_BREAK, Code, Segment, join_words, tidy, to_display_text

_WEB_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+")
_HAN = "\u3400-\u9fff\uf900-\ufaff"
_LATIN = f"(?:(?![{_HAN}]).)*?[A-Za-z]{{2}}(?:(?![{_HAN}]).)*?"
_CHINESE = rf"[（「『《〈【“(]?(?:(?<![A-Za-z0-9])[0-9]+)?[{_HAN}](?:(?![A-Za-z]{{2}}).)*?"
_BETWEEN = r"[ \u00a0\u3000]*[/／|｜]?[ \u00a0\u3000]*"
_ONE_LINE = re.compile(f"(?P<latin>{_LATIN})(?P<between>{_BETWEEN})(?P<chinese>{_CHINESE})")
_ONE_LINE_REVERSED = re.compile(
    f"(?P<chinese>{_CHINESE})(?P<between>{_BETWEEN})(?P<latin>[(\"“'0-9]*[A-Za-z]{{2}}(?:(?![{_HAN}]).)*)"
)
_TWO_LABELS = re.compile(
    rf"(?=[{_HAN}]+{_BETWEEN}[A-Za-z]|[A-Za-z][^{_HAN}:：]*[{_HAN}])"
    rf"(?P<first>[{_HAN}]+|[A-Za-z][A-Za-z .'’()-]*?[A-Za-z.)])(?P<between>{_BETWEEN})"
    rf"(?P<second>[{_HAN}]+|[A-Za-z][A-Za-z .'’()-]*?)(?P<colon> ?[:：] ?)[^ {_HAN}][^{_HAN}]*"
)
"""Two labels of one value, such as "Tel 電話：2345 6789"."""
_MAX_LINE = 120
_END_OF_SENTENCE = re.compile(r"[。；，,]|[.;] ?$")


def is_web_address(text: str) -> bool:
    """Whether a text is a web or mail address."""
    return _WEB_ADDRESS.fullmatch(text.strip()) is not None


def separated_paragraphs(paragraphs: Sequence[ImportedParagraph]) -> list[ImportedParagraph]:
    """Return paragraphs in which each that contains both scripts, one after the other, is two paragraphs.

    A single line such as "Opening hours 開放時間" is two paragraphs if most short lines of its kind are like it.
    """
    one_line = Counter[str]()
    latin_only = Counter[str]()
    for paragraph in paragraphs:
        if _two_in_line(paragraph.content):
            one_line[paragraph.kind] += 1
        elif _is_short(paragraph.text) and _has_latin_word(paragraph.text) and not is_chinese(paragraph.text):
            latin_only[paragraph.kind] += 1
    divisible = {kind for kind, count in one_line.items() if count >= latin_only[kind]}
    return [part for paragraph in paragraphs for part in _separate(paragraph, one_line=paragraph.kind in divisible)]


def _separate(paragraph: ImportedParagraph, *, one_line: bool) -> list[ImportedParagraph]:
    if paragraph.rows:
        return _separate_table(paragraph)
    parts = _by_lines(paragraph.content) or (_two_in_line(paragraph.content) if one_line else None)
    return [replace(paragraph, content=part) for part in parts] if parts else [paragraph]


def _separate_table(paragraph: ImportedParagraph) -> list[ImportedParagraph]:
    """Return a table as two tables if most of its cells with words contain both languages; other cells keep their language."""
    cells = [cell for row in paragraph.rows for cell in row]
    with_words = [cell for cell in cells if _has_words(to_display_text(cell))]
    if not with_words or 2 * sum(_parts(cell) is not None for cell in with_words) <= len(with_words):
        return [paragraph]
    latin = tuple(tuple(_cell(cell, chinese=False) for cell in row) for row in paragraph.rows)
    chinese = tuple(tuple(_cell(cell, chinese=True) for cell in row) for row in paragraph.rows)
    return [replace(paragraph, rows=latin), replace(paragraph, rows=chinese)]


def _cell(cell: Segment, *, chinese: bool) -> Segment:
    """Return the part of a cell in one script; numbers belong to both."""
    if parts := _parts(cell):
        return next(part for part in parts if is_chinese(to_display_text(part)) == chinese)
    text = to_display_text(cell)
    return cell if not _has_words(text) or is_chinese(text) == chinese else ()


def _parts(content: Segment) -> tuple[Segment, Segment] | None:
    return _by_lines(content) or _two_in_line(content)


def _by_lines(content: Segment) -> tuple[Segment, Segment] | None:
    """Return the lines of a text in each script, if its lines are alternately in two scripts; otherwise None."""
    lines = _lines(content)
    scripts: list[bool | None] = []
    for line in lines:
        text = to_display_text(line)
        scripts.append(is_chinese(text) if _has_words(text) and not is_web_address(text) else None)
    known = [script for script in scripts if script is not None]
    if len(lines) < 2 or len(set(known)) < 2 or any(_mixes(line, script) for line, script in zip(lines, scripts, strict=True)):
        return None
    if known.count(True) != known.count(False) and _runs(known) > 2:
        return None
    by_script: dict[bool, list[Segment]] = {known[0]: [], not known[0]: []}
    current = known[0]
    for line, script in zip(lines, scripts, strict=True):
        current = current if script is None else script
        by_script[current].append(line)
    first, second = (_joined_lines(group) for group in by_script.values())
    return first, second


def _runs(scripts: Sequence[bool]) -> int:
    """Return the number of runs of equal values."""
    return 1 + sum(first != second for first, second in pairwise(scripts))


def _mixes(line: Segment, script: bool | None) -> bool:
    """Whether a line with Latin letters contains Chinese characters; a Chinese line may contain Latin names."""
    return script is False and re.search(f"[{_HAN}]", to_display_text(line)) is not None


def _joined_lines(lines: Sequence[Segment]) -> Segment:
    joined: list[str | Code] = []
    for line in lines:
        joined += [*([LINE_BREAK] if joined else []), *line]
    return tidy(tuple(joined))


def _lines(content: Segment) -> list[Segment]:
    """Return the lines of a text; formatting that continues over a line break is closed and opened again."""
    breaks: list[int] = []
    offset = 0
    for part in content:
        if isinstance(part, str):
            offset += len(part)
        elif part.kind == "break":
            breaks.append(offset)
    without_breaks = join_words(tuple(part for part in content if isinstance(part, str) or part.kind != "break"))
    return [tidy(part) for part in _divided(without_breaks, breaks)] if breaks else [content]


def _two_in_line(content: Segment) -> tuple[Segment, Segment] | None:
    """Return the two parts of a short text with Latin letters and then Chinese characters, or the reverse; otherwise None.

    The value after two labels belongs to both: "Tel 電話：2345 6789" is "Tel: 2345 6789" and 電話：2345 6789.
    """
    text = to_display_text(content)
    if not _is_short(text) or any(isinstance(part, Code) and part.kind == "break" for part in content):
        return None
    if match := _TWO_LABELS.fullmatch(text):
        first, _, second, value = _divided(content, [*match.span("between"), match.end("second")])
        colon = "：" if is_chinese(match["first"]) else ": "
        shared = _divided(value, [len(match["colon"])])[1]
        parts = tidy(join_words((*first, colon, *shared))), tidy(join_words((*second, *value)))
        is_first, is_second = (is_chinese(to_display_text(part)) for part in parts)
        return parts if is_first != is_second else None
    match = _ONE_LINE.fullmatch(text) or _ONE_LINE_REVERSED.fullmatch(text)
    if not match or is_web_address(match["latin"]):
        return None
    start, end = match.span("between")
    first, _, second = _divided(content, [start, end])
    return tidy(first), tidy(second)


def _divided(content: Segment, offsets: Iterable[int]) -> list[Segment]:
    """Divide a text at offsets, which count only characters outside codes.

    Formatting that continues over an offset is closed before it and opened again after it.
    """
    closing = _closing_codes(content)
    result: list[list[str | Code]] = [[]]
    open_codes: list[tuple[Code, Code]] = []
    remaining = list(offsets)
    offset = 0

    def divide() -> None:
        result[-1] += [close for _, close in reversed(open_codes)]
        result.append([code for code, _ in open_codes])

    for index, part in enumerate(content):
        if isinstance(part, Code):
            result[-1].append(part)
            if part.role == "open":
                open_codes.append((part, closing[index]))
            elif part.role == "close" and open_codes:
                open_codes.pop()
            continue
        position = 0
        while remaining and remaining[0] <= offset + len(part):
            at = remaining.pop(0) - offset
            result[-1].append(part[position:at])
            position = at
            divide()
        result[-1].append(part[position:])
        offset += len(part)
    for _ in remaining:
        divide()
    return [_without_empty_formatting(join_words(tuple(parts))) for parts in result]


def _closing_codes(content: Segment) -> dict[int, Code]:
    """Return the code that closes each opening code, keyed by the index of the opening code."""
    closing: dict[int, Code] = {}
    open_indices: list[int] = []
    for index, part in enumerate(content):
        if isinstance(part, Code) and part.role == "open":
            open_indices.append(index)
        elif isinstance(part, Code) and part.role == "close" and open_indices:
            closing[open_indices.pop()] = part
    return closing


def _without_empty_formatting(content: Segment) -> Segment:
    """Return a text without formatting that encloses nothing."""
    parts: list[str | Code] = []
    for part in content:
        previous = parts[-1] if parts else None
        if (
            isinstance(part, Code)
            and part.role == "close"
            and isinstance(previous, Code)
            and (previous.role, previous.kind) == ("open", part.kind)
        ):
            parts.pop()
        else:
            parts.append(part)
    return join_words(tuple(parts))


def _is_short(text: str) -> bool:
    return 0 < len(text) <= _MAX_LINE and not _END_OF_SENTENCE.search(text.strip())


def _has_latin_word(text: str) -> bool:
    return re.search("[A-Za-z]{2}", text) is not None


def _has_words(text: str) -> bool:
    return re.search(f"[A-Za-z{_HAN}]", text) is not None
