"""The rules by which markdown-it reads our inline markup: asterisks, brackets and line breaks."""

from __future__ import annotations

import re

from markdown_it.rules_inline.state_inline import Delimiter, StateInline

from ipdocs.findings import nearest
from ipdocs.model.inline import is_target
from ipdocs.source.expression import MarkupProblem

_NOTE = re.compile(r"\^([^\s\[\]]+)")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_MARKS = ("keep",)
_MARK = re.compile(r"\{([A-Za-z][A-Za-z-]*)\}")


def asterisk(state: StateInline, silent: bool) -> bool:
    """Take a run of asterisks: it can open when a character follows, and close when one comes before."""
    source, start = state.src, state.pos
    if silent or source[start] != "*":
        return False
    end = start
    while end < state.posMax and source[end] == "*":
        end += 1
    opens = end < state.posMax and not source[end].isspace()
    closes = start > 0 and not source[start - 1].isspace()
    for position in range(start, end):
        token = state.push("text", "", 0)
        token.content = "*"
        if opens or closes:
            token.meta = {"run": end - start, "at": position}
            state.delimiters.append(Delimiter(ord("*"), end - start, len(state.tokens) - 1, -1, opens, closes))
    state.pos = end
    return True


def newline(state: StateInline, silent: bool) -> bool:
    """Take a line break; the source layer has already joined the lines that are none."""
    if state.src[state.pos] != "\n":
        return False
    if not silent:
        state.push("hardbreak", "br", 0)
    state.pos += 1
    return True


def bracket(state: StateInline, silent: bool) -> bool:
    """Take a link, [words](target), kept words, [words]{keep}, or the call of a note, [^name]."""
    start = state.pos
    close = state.env["brackets"].get(start) if state.src[start] == "[" else None
    if silent or close is None or close >= state.posMax:
        return False
    following = state.src[close + 1 : close + 2] if close + 1 < state.posMax else ""
    if note := _NOTE.fullmatch(state.src, start + 1, close):
        token = state.push("note", "", 0)
        token.content, token.meta = note[1], {"at": start}
        state.pos = close + 1
        return True
    if following == "(":
        return _link(state, start, close)
    if mark := _MARK.match(state.src, close + 1, state.posMax):
        return _kept(state, start, close, mark)
    return False


def _problem(state: StateInline, code: str, message: str, start: int, end: int, hint: str) -> None:
    source = state.env["source"]
    offset = source.offset(start)
    state.env["problems"].append(MarkupProblem(code, message, offset, source.offset(end) - offset, hint))


def _link(state: StateInline, start: int, close: int) -> bool:
    end = state.env["brackets"].get(close + 1)
    if end is None or end >= state.posMax:
        _problem(state, "bad-link", "this link's target is not closed", close + 1, close + 2, "write \\( if it is no link")
        return False
    target = _unescaped(state.src[close + 2 : end])
    href = tuple(state.env["source"].parts(target))
    if not target:
        _problem(state, "bad-link", "this link goes nowhere", close + 1, end + 1, "write \\( if it is no link")
    elif not is_target(href):
        message = f"'{state.env['source'].written(close + 2, end)}' is no target of a link"
        _problem(state, "bad-link", message, close + 2, end, "a link goes to https:, http:, mailto:, tel: or #id; else write \\(")
    if state.linkLevel:
        _problem(state, "bad-link", "a link cannot stand within a link", start, end + 1, "end the first before it")
    if not state.src[start + 1 : close].strip():
        _problem(state, "bad-link", "this link has no words", start, end + 1, "write [words](target)")
    token = state.push("link_open", "a", 1)
    token.meta = {"href": href}
    limit = state.posMax
    state.pos, state.posMax = start + 1, close
    state.linkLevel += 1
    state.md.inline.tokenize(state)
    state.linkLevel -= 1
    state.push("link_close", "a", -1)
    state.pos, state.posMax = end + 1, limit
    return True


def _kept(state: StateInline, start: int, close: int, mark: re.Match[str]) -> bool:
    words = state.src[start + 1 : close]
    if mark[1] not in _MARKS:
        near = nearest(mark[1], _MARKS)
        hint = f"did you mean {{{near}}}?" if near else "the only mark is {keep}; for a brace write \\{"
        _problem(state, "unknown-mark", f"there is no mark {mark[0]}", mark.start(), mark.end(), hint)
    if not words or re.search(r"(?<!\\)[*\[\]\n\U000f0000-\U000ffffd]", words):
        _problem(
            state,
            "bad-markup",
            "only plain words can be kept",
            start,
            close + 1,
            "put other markup around them: **[words]{keep}**",
        )
    token = state.push("kept", "", 0)
    token.content = _unescaped(words)
    state.pos = mark.end()
    return True


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(r"\1", text)
