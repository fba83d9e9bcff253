"""What YAML's own complaints mean for people who write releases."""

from __future__ import annotations

from typing import Protocol

from ipdocs.findings import Finding
from ipdocs.source.file import SourceText

_QUOTE = 'put the whole text in quotes: "…"'
_MEANINGS = (
    ("mapping values are not allowed", "a colon stands where no key can be", 'text with ": " in it needs quotes: "…"'),
    ("found character '\\t'", "a tab cannot indent", "indent with spaces"),
    ("that cannot start any token", "text cannot begin with this character", _QUOTE),
    ("while scanning a quoted scalar", "this quote is never closed", 'close it with the same quote; within "…" write \\"'),
    ("expected <block end>", "this does not belong to what stands before it", f"indent it like its neighbours, or {_QUOTE}"),
    ("could not find expected ':'", "a key without a colon", "write `key: value`; a text that goes on needs to be indented"),
    ("unknown escape", 'no such escape in "…"', "write a backslash as \\\\"),
    ("expected escape sequence", 'no such escape in "…"', "\\x takes two hexadecimal digits, \\u four, \\U eight"),
    (
        "did not find expected ',' or",
        "a list or mapping in brackets has no comma or end here",
        "close the bracket, or quote text",
    ),
    ("expected ',' or", "a list or mapping in brackets has no comma or end here", "close the bracket, or quote the text"),
    ("expected the node content", "a value is missing before this", "close what was opened before it, or quote the text"),
    ("sequence entries are not allowed", "a list cannot begin here", "begin it in the next line"),
    ("found undefined alias", "a source has no aliases", _QUOTE),
    ("document start", "this cannot stand before the document", "delete it"),
    ("chr() arg", "this escape is beyond Unicode", "\\U takes a code point up to 0010FFFF"),
)
"""A part of ruamel.yaml's message, what it means here, and what mends it."""


class QuotedText(Protocol):
    """A text in quotes: where it begins and ends."""

    @property
    def start(self) -> int:
        """The position of the first quote."""
        ...

    @property
    def end(self) -> int:
        """The position after the last."""
        ...


def explain_yaml_error(error: Exception, file: SourceText, position: int, before: QuotedText | None) -> Finding:
    """Return a finding for an error of the YAML parser; position is how far it had read, before the text in quotes just read."""
    context, problem = getattr(error, "context", None), getattr(error, "problem", None)
    mark = getattr(error, "problem_mark", None)
    if context == "while scanning a quoted scalar" and "end of stream" in str(problem):
        mark = error.context_mark  # type: ignore[attr-defined]
        problem = context
    if before and mark and file.locate(before.start).line < file.locate(before.end).line == mark.line + 1:
        runs = f"it runs on to line {mark.line + 1}; close it where the text ends"
        return Finding("bad-yaml", "this quote is closed too late, or never", file.locate(before.start, 1), runs)
    raw = str(problem or error)
    message, hint = next(((message, hint) for part, message, hint in _MEANINGS if part in raw), (raw, None))
    return Finding("bad-yaml", message, file.locate(mark.index + file.body if mark else position, 1), hint)
