"""Lines around a release: mastheads, marks that close it, such as Ends, 完 and NNNN, and lines that only separate."""

from __future__ import annotations

import re

from ipdocs.locale.import_words import ImportWords, half_width

_DECORATION = "-*=#_~()[]【】〔〕<>《》/.。· "
_DASHES = tuple("-*=#_~")
_SPACES_IN_CHINESE = re.compile(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])")
_SEPARATOR = re.compile(r"[*=_\-]{5,}")


def is_end_mark(line: str, words: ImportWords) -> bool:
    """Whether a line is a mark that closes a release, alone or in dashes or brackets: Ends, -- ENDS --, 【完】, -30-."""
    text = "".join(half_width(line).split())
    inner = text.strip(_DECORATION)
    if words.is_text_of("end-mark", text) or words.is_text_of("end-mark", " ".join(half_width(line).split()).strip(_DECORATION)):
        return True
    return text[:1] in _DASHES and text[-1:] in _DASHES and words.is_text_of("end-mark-in-dashes", inner)


def is_masthead(line: str, words: ImportWords) -> bool:
    """Whether a line is a masthead such as Press Release or 新聞公報, possibly with spaces between its Chinese characters."""
    return words.is_line_of("masthead", _SPACES_IN_CHINESE.sub("", line))


def after_end_mark(line: str, words: ImportWords) -> str:
    """Return what follows the mark at the start of a line, such as the date of "Ends/Friday, May 1"; "" if there is no mark."""
    match = re.match(r"([^\s/0-9]+?)\s*(?:[/\s]\s*|(?=[0-9]))(?=\S)", half_width(line))
    return line[match.end() :] if match and is_end_mark(match[1], words) else ""


def is_separator(line: str) -> bool:
    """Whether a line consists of at least five marks such as asterisks or hyphens."""
    return _SEPARATOR.fullmatch(half_width("".join(line.split()))) is not None
