"""Lists as Word numbers them: a <w:num> and a definition of its own for each, since lists of one definition share a counter."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from ipdocs.files.ooxml.elements import Properties, element, properties

LEVELS = 9
"""Levels in a definition: those a list does not use are there for whoever edits it."""

_FORMATS = {
    "decimal": "decimal",
    "decimal-leading-zero": "decimalZero",
    "lower-alpha": "lowerLetter",
    "lower-latin": "lowerLetter",
    "upper-alpha": "upperLetter",
    "upper-latin": "upperLetter",
    "lower-roman": "lowerRoman",
    "upper-roman": "upperRoman",
    "cjk-decimal": "ideographDigital",
    "cjk-heavenly-stem": "ideographTraditional",
    "cjk-earthly-branch": "ideographZodiac",
    "cjk-ideographic": "taiwaneseCountingThousand",
    "trad-chinese-informal": "taiwaneseCountingThousand",
    "simp-chinese-informal": "chineseCountingThousand",
    "trad-chinese-formal": "ideographLegalTraditional",
    "simp-chinese-formal": "chineseLegalSimplified",
}


@dataclass(frozen=True, slots=True)
class Level:
    """One level: Word's number format, the text around the number, the indents in twips, the look of the mark."""

    format: str
    text: str
    left: int
    hanging: int
    run: tuple[tuple[str, str], ...] = ()

    @property
    def counts(self) -> bool:
        """Whether the level counts, or has bullets."""
        return self.format != "bullet"


@dataclass(slots=True)
class _List:
    """A list: its levels and which of them is its own, the number of its first item and of the one that would follow its last."""

    levels: tuple[Level, ...]
    depth: int
    start: int
    following: int


@dataclass(slots=True)
class Numbering:
    """The lists of one file; `first` is the number above those a letterhead has."""

    first: int = 1
    _lists: list[_List] = field(default_factory=list)
    _latest: dict[tuple[str, tuple[Level, ...]], int] = field(default_factory=dict)

    def begin(self, levels: tuple[Level, ...], depth: int, start: int, count: int, language: str) -> int:
        """Return the number of a list of `count` items whose own level is `depth`.

        A list that starts where the last one like it in its language ended goes
        on with its number, so that an item added to the first moves the second;
        levels that one of them has below are both's.
        """
        like = language, levels[: depth + 1]
        at = self._latest.get(like, -1)
        if start == 1 or at < 0 or start != self._lists[at].following or not _agree(self._lists[at].levels, levels):
            at = self._latest[like] = len(self._lists)
            self._lists.append(_List(levels, depth, start, start))
        known = self._lists[at]
        known.levels, known.following = max(known.levels, levels, key=len), start + count
        return self.first + at

    def abstracts(self) -> list[etree._Element]:
        """Return the <w:abstractNum> of each list."""
        return [_abstract(self.first + at, one.levels) for at, one in enumerate(self._lists)]

    def numbers(self) -> list[etree._Element]:
        """Return the <w:num> of each list, which says where its own level starts."""
        return [
            element(
                "num",
                element("abstractNumId", val=str(self.first + at)),
                element("lvlOverride", element("startOverride", val=str(one.start)), ilvl=str(one.depth)),
                numId=str(self.first + at),
            )
            for at, one in enumerate(self._lists)
        ]


def _agree(one: tuple[Level, ...], other: tuple[Level, ...]) -> bool:
    """Whether one list's levels begin with the other's."""
    shared = min(len(one), len(other))
    return one[:shared] == other[:shared]


def mark(name: Any, level: int, counters: Any) -> tuple[str, str, bool]:
    """Return Word's number format, the level's text, and whether a space follows: ('lowerLetter', '(%1)', True)."""
    if name == "none":
        return "none", "", False
    counter = counters.resolve_counter(name) or counters.resolve_counter("decimal")
    before, after = (value[1] if value else default for value, default in ((counter["prefix"], ""), (counter["suffix"], ". ")))
    base = _base(name, counters)
    if base in _FORMATS:
        return _FORMATS[base], f"{before}%{level + 1}{after}".rstrip(), after.endswith(" ")
    return "bullet", f"{before}{counters.render_value(1, name)}{after}".rstrip(), after.endswith(" ")


def _base(name: Any, counters: Any) -> Any:
    """Return the style that a counter style extends in the end: (a) is lower-alpha with parentheses."""
    seen: set[Any] = set()
    while name in counters and name not in _FORMATS and name not in seen:
        seen.add(name)
        system = counters[name]["system"]
        if not system or not system[0]:
            break
        name = system[1]
    return name


def _abstract(number: int, levels: tuple[Level, ...]) -> etree._Element:
    step = levels[-1].left - levels[-2].left if len(levels) > 1 else levels[-1].left or 360
    filled = [*levels]
    while len(filled) < LEVELS:
        last = filled[-1]
        following = last.text.replace(f"%{len(filled)}", f"%{len(filled) + 1}")
        filled.append(Level(last.format, following, last.left + max(step, 180), last.hanging, last.run))
    return element(
        "abstractNum",
        element("multiLevelType", val="multilevel"),
        *(_level(at, level) for at, level in enumerate(filled)),
        abstractNumId=str(number),
    )


def _level(at: int, level: Level) -> etree._Element:
    indent: Properties = {"ind@left": str(level.left), "ind@hanging": str(level.hanging)}
    parts = [properties("pPr", indent), properties("rPr", dict(level.run))]
    return element(
        "lvl",
        element("start", val="1"),
        element("numFmt", val=level.format),
        element("suff", val="tab" if level.hanging else "nothing"),
        element("lvlText", val=level.text),
        element("lvlJc", val="right"),
        *(part for part in parts if part is not None),
        ilvl=str(at),
    )
