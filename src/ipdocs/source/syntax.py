"""Explain the errors of the YAML parser in plain words."""

from __future__ import annotations

from typing import Protocol

from ipdocs.findings import Finding
from ipdocs.source.file import SourceText

_QUOTE = 'put the whole text in quotes: "…"'
_EXPLANATIONS = (
    ("mapping values are not allowed", "a colon is not allowed here", 'put text that contains ": " in quotes: "…"'),
    ("found character '\\t'", "this indentation has a tab", "indent with spaces"),
    ("that cannot start any token", "text without quotes cannot begin with this character", _QUOTE),
    ("while scanning a quoted scalar", "this quote is never closed", 'close it with the same quote; within "…" write \\"'),
    (
        "expected <block end>",
        "this line does not continue the part before it",
        f"indent it like the lines around it, or {_QUOTE}",
    ),
    ("could not find expected ':'", "this key has no colon", "write `key: value`, or indent the line if it continues a text"),
    ("unknown escape", 'this escape is not valid in "…"', "write a backslash as \\\\"),
    ("expected escape sequence", 'this escape is not valid in "…"', "\\x takes two hexadecimal digits, \\u four, \\U eight"),
    (
        "did not find expected ',' or",
        "a comma or the end of a list or mapping in brackets is missing here",
        "add it, or put the text in quotes",
    ),
    (
        "expected ',' or",
        "a comma or the end of a list or mapping in brackets is missing here",
        "add it, or put the text in quotes",
    ),
    (
        "expected the node content",
        "a value is missing before this character",
        "close the bracket before it, or put the text in quotes",
    ),
    ("sequence entries are not allowed", "a list cannot begin here", "begin it on the next line"),
    ("found undefined alias", "aliases are not allowed in a source", _QUOTE),
    ("document start", "this is not allowed before the document", "delete it"),
    ("chr() arg", "this escape is beyond Unicode", "write \\U with a code point up to 0010FFFF"),
)
"""Fragments of the messages of ruamel.yaml, each with a plain message and a hint."""


class QuotedText(Protocol):
    """The start and end of a text in quotes."""

    @property
    def start(self) -> int:
        """The position of the first quote."""
        ...

    @property
    def end(self) -> int:
        """The position after the last quote."""
        ...


def explain_yaml_error(error: Exception, file: SourceText, position: int, last_quoted: QuotedText | None) -> Finding:
    """Return the finding for an error of the YAML parser.

    Args:
        error: the exception of the parser.
        file: the text of the source.
        position: the position up to which the parser has read, for an error without a position.
        last_quoted: the text in quotes directly before the error, or None.
    """
    context, problem = getattr(error, "context", None), getattr(error, "problem", None)
    mark = getattr(error, "problem_mark", None)
    if context == "while scanning a quoted scalar" and "end of stream" in str(problem):
        mark = error.context_mark  # type: ignore[attr-defined]
        problem = context
    if last_quoted and mark and file.locate(last_quoted.start).line < file.locate(last_quoted.end).line == mark.line + 1:
        end_hint = f"close the quote at the end of its text; now the quoted text continues to line {mark.line + 1}"
        return Finding("bad-yaml", "this quote is closed too late, or never", file.locate(last_quoted.start, 1), end_hint)
    raw_message = str(problem or error)
    message, hint = next(
        ((message, hint) for fragment, message, hint in _EXPLANATIONS if fragment in raw_message), (raw_message, None)
    )
    return Finding("bad-yaml", message, file.locate(mark.index + file.start if mark else position, 1), hint)
