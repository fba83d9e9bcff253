"""Read and write the inline content of TMX segments: words, facts, and the codes of other tools.

A code of another tool becomes a numbered code without words. The codes of the languages of a unit that belong together have the
same number. Codes are elements (<bpt>, <ept>, <ph>, <it>, <hi>, <ut>), or tags that a tool has written as words: <x0/> and <g1>
of OmegaT, {1} of other tools, and <b> of web pages. An expression in braces that a tool has kept as words is a fact.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal
from xml.sax.saxutils import escape, quoteattr

from ipdocs.source.expression import find_expressions
from ipdocs.source.template_text import Content, RenderedFact, join_content, split_facts, strip_content

if TYPE_CHECKING:
    from lxml.etree import _Element

_ALONE_ELEMENTS = ("ph", "ut")
_WRITTEN_CODE = re.compile(
    r"<(?P<close>/)?(?P<name>[A-Za-z]{0,3}\d{1,4})(?P<alone> ?/)?>"
    r"|\{(?P<brace>\d{1,4})\}|\{(?P<brace_open>\d{1,4})>|<(?P<brace_close>\d{1,4})\}"
    r"|<(?P<html_close>/)?(?P<html>b|i|u|em|strong|a|span|sub|sup|font|br)(?:\s[^<>]{0,300})?(?P<html_alone>/)?>",
    re.IGNORECASE,
)
"""A tag written as words: of OmegaT, of tools that number codes in braces, or of a web page."""

Role = Literal["alone", "open", "close"]


@dataclass(frozen=True, slots=True)
class _Code:
    """A code of another tool; codes with the same role and key belong together."""

    role: Role
    key: str


@dataclass
class CodeNumbers:
    """The numbers of the codes of a unit, keyed by whether they enclose text and by their key in the file."""

    numbers: dict[tuple[bool, str], int] = field(default_factory=dict)

    def number(self, code: _Code) -> int:
        """Return the number of a code; a new key gets the next number."""
        return self.numbers.setdefault((code.role != "alone", code.key), len(self.numbers) + 1)


def own_content(segment: _Element) -> Content:
    """Return the content of a segment that ipdocs wrote."""
    return strip_content(join_content(_own_parts(segment)))


def _own_parts(element: _Element) -> Iterator[str | RenderedFact]:
    yield element.text or ""
    for child in element:
        number = child.get("x") or child.get("i") or ""
        expression = child.get("type", "")
        if child.tag == "hi" and expression and find_expressions(f"{{{{ {expression} }}}}")[0]:
            yield RenderedFact(expression, "".join(map(str, child.itertext())))
        elif child.tag in _SUFFIXES and number.isdigit():
            yield RenderedFact(f"#{number}{_SUFFIXES[str(child.tag)]}", "")
        elif child.tag not in _SUFFIXES:
            yield from _own_parts(child)
        yield child.tail or ""


_SUFFIXES = {"ph": "", "bpt": "(", "ept": ")"}
"""The end of the expression of a code, keyed by the element."""


def foreign_content(segment: _Element, numbers: CodeNumbers) -> Content:
    """Return the content of a segment of another tool, with its codes numbered."""
    parts = [_without_line_ends(part) for part in _written_codes(_foreign_parts(segment, _Counters()))]
    paired = _paired_keys(parts)
    contents: list[str | RenderedFact] = []
    for part in parts:
        if isinstance(part, str):
            contents += split_facts(part, lambda expression, following: "")
        elif part.role == "alone":
            contents.append(RenderedFact(f"#{numbers.number(part)}", ""))
        elif part.key in paired:
            contents.append(RenderedFact(f"#{numbers.number(part)}{'(' if part.role == 'open' else ')'}", ""))
    return strip_content(join_content(contents))


def _without_line_ends(part: str | _Code) -> str | _Code:
    """Return words without the line ends and indents of a file that a program has indented."""
    if not isinstance(part, str):
        return part
    return re.sub(r"[ \t\r\n]+", " ", _LINE_END_IN_CHINESE.sub("", part))


_EAST_ASIAN = r"\u3000-\u30ff\u3400-\u9fff\uff00-\uffef"
_LINE_END_IN_CHINESE = re.compile(rf"(?<=[{_EAST_ASIAN}])\s*\n\s*(?=[{_EAST_ASIAN}])")


@dataclass
class _Counters:
    """What has been read of a segment: the uses of each key, and the key of each opening code that is not closed yet."""

    uses: Counter[tuple[str, str]] = field(default_factory=Counter)
    keys_by_pair: dict[str, str] = field(default_factory=dict)

    def key(self, kind: str, name: str) -> str:
        """Return a key for the next code with a name, which tells it from earlier codes with the same name."""
        self.uses[kind, name] += 1
        return f"{kind} {name} {self.uses[kind, name]}"


def _foreign_parts(element: _Element, counters: _Counters) -> Iterator[str | _Code]:
    yield element.text or ""
    for child in element:
        name = child.tag if isinstance(child.tag, str) else ""
        number = child.get("x", "")
        if name in _ALONE_ELEMENTS:
            yield _Code("alone", counters.key("ph", number or "".join(map(str, child.itertext())).strip()))
        elif name == "bpt":
            pair = child.get("i", "")
            counters.keys_by_pair[pair] = key = counters.key("bpt", number or pair)
            yield _Code("open", key)
        elif name == "ept":
            yield _Code("close", counters.keys_by_pair.get(child.get("i", ""), ""))
        elif name == "hi":
            key = counters.key("hi", number)
            yield from (_Code("open", key), *_foreign_parts(child, counters), _Code("close", key))
        elif name not in ("", "it", "sub"):
            yield from _foreign_parts(child, counters)
        yield child.tail or ""


def _written_codes(parts: Iterable[str | _Code]) -> Iterator[str | _Code]:
    """Yield the parts of a segment, with the codes that a tool has written as words."""
    counters = _Counters()
    for part in _joined_words(parts):
        if not isinstance(part, str):
            yield part
            continue
        end = 0
        for match in _WRITTEN_CODE.finditer(part):
            yield part[end : match.start()]
            yield _written_code(match, counters)
            end = match.end()
        yield part[end:]


def _joined_words(parts: Iterable[str | _Code]) -> list[str | _Code]:
    joined: list[str | _Code] = []
    for part in parts:
        if isinstance(part, str) and joined and isinstance(previous := joined[-1], str):
            joined[-1] = previous + part
        else:
            joined.append(part)
    return joined


def _written_code(match: re.Match[str], counters: _Counters) -> _Code:
    if name := match["name"] or match["brace"] or match["brace_open"] or match["brace_close"]:
        if match["alone"] or match["brace"]:
            return _Code("alone", counters.key("tag", name))
        return _Code("close" if match["close"] or match["brace_close"] else "open", f"tag {name}")
    name = match["html"].lower()
    if name == "br" or match["html_alone"]:
        return _Code("alone", counters.key("html", name))
    if match["html_close"]:
        return _Code("close", counters.keys_by_pair.pop(name, ""))
    counters.keys_by_pair[name] = key = counters.key("html", name)
    return _Code("open", key)


def _paired_keys(parts: Iterable[str | _Code]) -> set[str]:
    """Return the keys of the opening codes that are closed, once and in the right order."""
    open_keys: list[str] = []
    paired: set[str] = set()
    for part in parts:
        if isinstance(part, str) or part.role == "alone":
            continue
        if part.role == "open":
            open_keys.append(part.key)
        elif part.key in open_keys:
            while open_keys.pop() != part.key:
                pass
            paired.add(part.key)
    return paired


def segment_markup(content: Content, numbers: Mapping[str, int]) -> str:
    """Return the inline content of a segment that ipdocs writes; `numbers` has a number for each name of a fact."""
    return "".join(escape(part) if isinstance(part, str) else _part_markup(part, numbers) for part in content)


def _part_markup(part: RenderedFact, numbers: Mapping[str, int]) -> str:
    if not part.is_code:
        return f'<hi type={quoteattr(part.expression)} x="{numbers[part.name]}">{escape(part.surface)}</hi>'
    number = part.expression.strip("#()")
    if part.expression.endswith("("):
        return f'<bpt i="{number}" x="{number}"/>'
    return f'<ept i="{number}"/>' if part.expression.endswith(")") else f'<ph x="{number}"/>'
