"""Rules of the inline markup for markdown-it: asterisks, brackets, superscript and subscript, and line breaks.

Each token of markup states its range in `meta`: `at` and `end`, and `inner` for the range of the words that it encloses.
"""

from __future__ import annotations

import re

from markdown_it.rules_inline import escape as markdown_escape
from markdown_it.rules_inline.state_inline import Delimiter, StateInline

from ipdocs.findings import nearest
from ipdocs.locale.conversion.characters import HAN
from ipdocs.model.inline import SCRIPT_MARKS, is_allowed_target
from ipdocs.source.expression import MarkupProblem

_NOTE = re.compile(r"\^([^\s\[\]^]+)")
ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
"""A backslash before a character that it makes literal."""
_POSITIONS = {mark: position for position, mark in SCRIPT_MARKS.items()}
_NOT_IN_SUBSCRIPT = re.compile(rf"[{HAN}\u3000-\u303f\uff00-\uffef]")
_MARK_NAMES = ("keep",)
_MARK = re.compile(r"\{([A-Za-z][A-Za-z-]*)\}")


def asterisk(state: StateInline, silent: bool) -> bool:
    """Parse a run of asterisks, which opens emphasis before a visible character and closes emphasis after a visible character."""
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


def backslash(state: StateInline, silent: bool) -> bool:
    """Parse a backslash, which makes the next character literal and is left out before the end of a line."""
    start = state.pos
    if not markdown_escape(state, silent):
        return False
    if not silent:
        state.tokens[-1].meta = {"at": start, "end": state.pos}
    return True


def newline(state: StateInline, silent: bool) -> bool:
    """Parse a line break; decoding the scalar has removed all other line ends."""
    if state.src[state.pos] != "\n":
        return False
    if not silent:
        state.push("hardbreak", "br", 0).meta = {"at": state.pos, "end": state.pos + 1}
    state.pos += 1
    return True


def baseline_shift(state: StateInline, silent: bool) -> bool:
    """Parse superscript, ^words^, and subscript, ~words~; other carets and tildes stay as they are.

    The words have no space outside brackets. A tilde also means "about" and "to", and web addresses have tildes, too. Therefore
    subscript has no Chinese characters, and does not begin after a slash: 10~20及30~40 is plain text.
    """
    start, mark = state.pos, state.src[state.pos]
    position = _POSITIONS.get(mark)
    if silent or position is None:
        return False
    end = _end_of_shift(state, mark)
    if end is None:
        run = re.compile(re.escape(mark) + "+").match(state.src, start, state.posMax)
        state.pending += run[0] if run else mark
        state.pos += len(run[0]) if run else 1
        return True
    token = state.push("baseline_shift_open", "", 1)
    token.meta = {"position": position, "at": start, "end": end + 1, "inner": (start + 1, end)}
    limit = state.posMax
    state.pos, state.posMax = start + 1, end
    state.md.inline.tokenize(state)
    state.push("baseline_shift_close", "", -1)
    state.pos, state.posMax = end + 1, limit
    return True


def _end_of_shift(state: StateInline, mark: str) -> int | None:
    """Return the position of the mark that closes the superscript or subscript at the current position, or None."""
    source, start = state.src, state.pos
    if mark == "~" and source[start - 1 : start] == "/":
        return None
    position = start + 1
    while position < state.posMax:
        character = source[position]
        if character == mark:
            is_single = source[position + 1 : position + 2] != mark or position + 1 == state.posMax
            return position if position > start + 1 and is_single else None
        if character.isspace() or (mark == "~" and _NOT_IN_SUBSCRIPT.match(character)):
            return None
        if character == "[" and position in state.env["brackets"]:
            position = state.env["brackets"][position]
            if source[position + 1 : position + 2] == "(":
                position = state.env["brackets"].get(position + 1, position)
        position += 2 if character == "\\" else 1
    return None


def bracket(state: StateInline, silent: bool) -> bool:
    """Parse a link, [words](target), verbatim words, [words]{keep}, or a footnote reference, [^name]."""
    start = state.pos
    close = state.env["brackets"].get(start) if state.src[start] == "[" else None
    if silent or close is None or close >= state.posMax:
        return False
    next_character = state.src[close + 1 : close + 2] if close + 1 < state.posMax else ""
    if note := _NOTE.fullmatch(state.src, start + 1, close):
        token = state.push("note", "", 0)
        token.content, token.meta = note[1], {"at": start, "end": close + 1}
        state.pos = close + 1
        return True
    if next_character == "(":
        return _link(state, start, close)
    if mark := _MARK.match(state.src, close + 1, state.posMax):
        return _verbatim(state, start, close, mark)
    return False


def _add_problem(state: StateInline, code: str, message: str, start: int, end: int, hint: str) -> None:
    source = state.env["source"]
    offset = source.offset(start)
    state.env["problems"].append(MarkupProblem(code, message, offset, source.offset(end) - offset, hint))


def _link(state: StateInline, start: int, close: int) -> bool:
    end = state.env["brackets"].get(close + 1)
    if end is None or end >= state.posMax:
        _add_problem(
            state, "bad-link", "this link's target is not closed", close + 1, close + 2, "write \\( if this is not a link"
        )
        return False
    target = _unescape(state.src[close + 2 : end])
    href = tuple(state.env["source"].parts(target))
    if not target:
        _add_problem(state, "bad-link", "this link has no target", close + 1, end + 1, "write \\( if this is not a link")
    elif not is_allowed_target(href):
        message = f"'{state.env['source'].original_between(close + 2, end)}' cannot be the target of a link"
        _add_problem(
            state,
            "bad-link",
            message,
            close + 2,
            end,
            "write a target that begins with https:, http:, mailto:, tel: or #, or \\( if this is not a link",
        )
    if state.linkLevel:
        _add_problem(state, "bad-link", "this link is inside another link", start, end + 1, "end the outer link before this link")
    if not state.src[start + 1 : close].strip():
        _add_problem(state, "bad-link", "this link has no words", start, end + 1, "write [words](target)")
    token = state.push("link_open", "a", 1)
    token.meta = {"href": href, "at": start, "end": end + 1, "inner": (start + 1, close)}
    limit = state.posMax
    state.pos, state.posMax = start + 1, close
    state.linkLevel += 1
    state.md.inline.tokenize(state)
    state.linkLevel -= 1
    state.push("link_close", "a", -1)
    state.pos, state.posMax = end + 1, limit
    return True


def _verbatim(state: StateInline, start: int, close: int, mark: re.Match[str]) -> bool:
    words = state.src[start + 1 : close]
    if mark[1] not in _MARK_NAMES:
        similar = nearest(mark[1], _MARK_NAMES)
        hint = f"did you mean {{{similar}}}?" if similar else "write {keep}, the only mark, or \\{ for a brace"
        _add_problem(state, "unknown-mark", f"there is no mark {mark[0]}", mark.start(), mark.end(), hint)
    if not words or re.search(r"(?<!\\)[*\[\]\n\U000f0000-\U000ffffd]", words):
        _add_problem(
            state,
            "bad-markup",
            "only plain words can be marked with {keep}",
            start,
            close + 1,
            "put other markup outside the brackets: **[words]{keep}**",
        )
    token = state.push("verbatim", "", 0)
    token.content = _unescape(words)
    token.meta = {"at": start, "end": mark.end(), "inner": (start + 1, close)}
    state.pos = mark.end()
    return True


def _unescape(text: str) -> str:
    return ESCAPE.sub(r"\1", text)
