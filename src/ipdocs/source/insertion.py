"""Texts put into a source in another language, each beside the one it translates, in the style in which that is written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from textwrap import wrap

from ipdocs.source.edits import Edit, splice
from ipdocs.source.file import SourceText
from ipdocs.source.scalar import is_chinese
from ipdocs.source.shape import Path as Keys
from ipdocs.source.yaml import Mapping as MappingNode
from ipdocs.source.yaml import Node, Scalar, Sequence, parse

# How far a line of a block of text goes.
WIDTH = 108
_BREAK = re.compile(r"\r\n|\n|\r")
# What stays in one line: an expression, a run of Latin text, and a Chinese character with the stops after it.
_STOPS = "，。、；：！？」』）》〉”"
_UNIT = re.compile(rf"\{{\{{.*?\}}\}}|[!-~]+(?: [!-~]+)*|.[{_STOPS}]*", re.DOTALL)


def add_texts(file: SourceText, texts: Mapping[Keys, str], language: str) -> str:
    """Return a source with texts added in a language (by short name), by the keys of what they translate.

    The language joins those the source is written in. Every other character stays; the result reads back as what was added.
    """
    root = _root(file)
    edits = [_added(file, _at(root, keys), text, language) for keys, text in texts.items()]
    changed = splice(file, [*edits, *_listed(file, root, language)])
    _check(SourceText(file.path, changed), texts, language)
    return changed


def take_away(file: SourceText, spans: Mapping[tuple[Keys, str], int]) -> str:
    """Return a source without the first characters of some texts, by their keys and language: the marks of drafts."""
    root = _root(file)
    edits = []
    for (keys, language), length in spans.items():
        text = _mapping(_at(root, keys)).entries[language][1]
        place = text.text.place if isinstance(text, Scalar) else None
        if place is None:
            raise TypeError("a text of a source has a place")
        starts, ends = place.starts, place.ends  # type: ignore[attr-defined]
        edits.append(Edit(starts[0], ends[length - 1], ""))
    return splice(file, edits)


def _root(file: SourceText) -> Node:
    root, _ = parse(file)
    if root is None:
        raise ValueError("only a source that can be read is written to")
    return root


def _at(root: Node, keys: Keys) -> Node:
    node = root
    for key in keys:
        node = node.items[key] if isinstance(node, Sequence) and isinstance(key, int) else _mapping(node).entries[str(key)][1]
    return node


def _mapping(node: Node) -> MappingNode:
    if not isinstance(node, MappingNode):
        raise TypeError("texts by language are a mapping")
    return node


def _added(file: SourceText, node: Node, text: str, language: str) -> Edit:
    """Return the edit that adds a text to a mapping of texts, after those that are there."""
    mapping = _mapping(node)
    key, last = list(mapping.entries.values())[-1]
    if mapping.flow:
        return Edit(last.end, last.end, f", {language}: {quoted(text)}")
    indent = " " * (file.locate(key.start).column - 1)
    newline = _newline(file)
    end = _line_end(file, last.end)
    if isinstance(last, Scalar) and last.style in ("|", ">") and "  " not in text and text == text.strip():
        block = "".join(f"{newline}{indent}  {line}" for line in lines(text))
        return Edit(end, end, f"{newline}{indent}{language}: |{block}")
    return Edit(end, end, f"{newline}{indent}{language}: {quoted(text)}")


def quoted(text: str) -> str:
    """Return text as YAML writes it in double quotes."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def lines(text: str) -> Iterator[str]:
    r"""Yield the lines of a block of text: broken where joining them gives the text again; a line break is \ at an end."""
    *broken, last = text.split("\n")
    for part in broken:
        *before, end = _wrapped(part)
        yield from (*before, f"{end}\\")
    yield from _wrapped(last)


def _wrapped(text: str) -> list[str]:
    if not is_chinese(text):
        return _wrapped_words(text)
    lines: list[str] = []
    units = [match[0] for match in _UNIT.finditer(text)]
    while units:
        count = _fitting(units)
        lines.append("".join(units[:count]))
        units = units[count:]
    return lines


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
    lines = wrap(held, WIDTH, break_long_words=False, break_on_hyphens=False)
    return [line.replace("\0", " ") for line in lines] or [""]


def _line_end(file: SourceText, position: int) -> int:
    match = _BREAK.search(file.text, position)
    return match.start() if match else len(file.text)


def _newline(file: SourceText) -> str:
    match = _BREAK.search(file.text)
    return match[0] if match else "\n"


def _listed(file: SourceText, root: Node, language: str) -> Iterator[Edit]:
    """Yield the edit that adds a language to those the source is written in, unless it is one of them."""
    node = _mapping(root).get("languages")
    if not isinstance(node, Sequence) or any(isinstance(one, Scalar) and one.text == language for one in node.items):
        return
    last = node.items[-1]
    if node.flow:
        yield Edit(last.end, last.end, f", {language}")
    else:
        indent = " " * (file.locate(node.start).column - 1)
        end = _line_end(file, last.end)
        yield Edit(end, end, f"{_newline(file)}{indent}- {language}")


def _check(file: SourceText, texts: Mapping[Keys, str], language: str) -> None:
    root = _root(file)
    for keys, text in texts.items():
        found = _mapping(_at(root, keys)).entries[language][1]
        if not isinstance(found, Scalar) or found.text != text:
            raise AssertionError(f"{'.'.join(map(str, keys))} does not read back as it was written")
