"""Texts in another language put into a source, each beside the one it translates, in the style in which that is written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from textwrap import wrap

from ipdocs.model.text import RESTRICTED
from ipdocs.source.edits import Edit
from ipdocs.source.file import SourceText
from ipdocs.source.scalar import decode, is_chinese
from ipdocs.source.yaml import Mapping, Node, Scalar, Sequence, node_at

# How far a line of a block of text goes.
WIDTH = 108
# What stays in one line: an expression, a run of Latin text, and a Chinese character with the stops after it.
_STOPS = "，。、；：！？」』）》〉”"
_UNIT = re.compile(rf"\{{\{{.*?\}}\}}|[!-~]+(?: [!-~]+)*|.[{_STOPS}]*", re.DOTALL)


def text_insertion(file: SourceText, texts: Mapping, text: str, language: str) -> Edit:
    """Return the edit that adds a text in a language to a mapping of texts, after those that are there."""
    key, last = [entry for name, entry in texts.entries.items() if name != RESTRICTED][-1]
    if texts.flow:
        return Edit(last.end, last.end, f", {language}: {double_quoted(text)}")
    indent, newline = " " * (file.locate(key.start).column - 1), file.newline
    end = file.line_end(last.end)
    if isinstance(last, Scalar) and last.style in ("|", ">") and (block := block_lines(text)):
        written = "".join(f"{newline}{indent}  {line}" for line in block)
        return Edit(end, end, f"{newline}{indent}{language}: |{written}")
    return Edit(end, end, f"{newline}{indent}{language}: {double_quoted(text)}")


def language_insertion(file: SourceText, root: Node, languages: Iterable[str]) -> Iterator[Edit]:
    """Yield the edit that adds languages to those in which the source is written, unless they are all there."""
    node = node_at(root, ("languages",))
    if not isinstance(node, Sequence):
        raise TypeError("the languages of a source are a list")
    known = {item.text for item in node.items if isinstance(item, Scalar)}
    new = [language for language in dict.fromkeys(languages) if language not in known]
    last = node.items[-1]
    if new and node.flow:
        yield Edit(last.end, last.end, "".join(f", {language}" for language in new))
    elif new:
        indent, end = " " * (file.locate(node.start).column - 1), file.line_end(last.end)
        yield Edit(end, end, "".join(f"{file.newline}{indent}- {language}" for language in new))


def double_quoted(text: str) -> str:
    """Return text as YAML writes it in double quotes."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def block_lines(text: str) -> list[str]:
    r"""Return the lines of a block of text, broken where joining them gives the text again; a line break is \ at an end.

    There are none where a block would not read back as the text.
    """
    if "  " in text or text != text.strip():
        return []
    *broken, last = [_wrapped(part) for part in text.split("\n")]
    lines = [line for part in broken for line in (*part[:-1], f"{part[-1]}\\")] + last
    written = "|" + "".join(f"\n {line}" for line in lines)
    decoded = decode(written, 0, len(written), "|", 0)
    return lines if "".join(decoded.characters) == text and not decoded.blank_lines else []


def _wrapped(text: str) -> list[str]:
    if not is_chinese(text):
        return _wrapped_words(text)
    wrapped: list[str] = []
    units = [match[0] for match in _UNIT.finditer(text)]
    while units:
        count = _fitting(units)
        wrapped.append("".join(units[:count]))
        units = units[count:]
    return wrapped


def _fitting(units: list[str]) -> int:
    """Return how many units make a line: rather fewer and a clause's or expression's end than all that fit."""
    width, best, clause = 0, 0, 0
    for count, unit in enumerate(units, 1):
        width += sum(1 if sign.isascii() else 2 for sign in unit)
        if width > WIDTH and best:
            return clause or best
        if count == len(units) or _may_break(unit[-1], units[count][0]):
            best = count
            clause = count if (unit[-1] in _STOPS or unit.endswith("}}")) and width > WIDTH / 2 else clause
    return len(units)


def _may_break(before: str, after: str) -> bool:
    """Whether lines may part between two characters: Chinese ones join again, blanks would be lost."""
    return not before.isspace() and not after.isspace() and not (before.isascii() and after.isascii()) and before != "\\"


def _wrapped_words(text: str) -> list[str]:
    """Return Latin text in lines; an expression is one word."""
    held = re.sub(r"\{\{.*?\}\}", lambda match: match[0].replace(" ", "\0"), text)
    wrapped = wrap(held, WIDTH, break_long_words=False, break_on_hyphens=False)
    return [line.replace("\0", " ") for line in wrapped] or [""]
