"""Numbering of lists. Each list has its own <w:num> and definition, since lists with the same definition share a counter."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from ipdocs.files.ooxml.elements import Properties, element, properties

LEVELS = 9
"""Number of levels in a definition; people who edit the file may need more levels than the list has."""

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
"""Word's number format for each CSS counter style."""


@dataclass(frozen=True, slots=True)
class Level:
    """A level: Word's number format, the text around the number, the indents in twips, and the run properties of the marker."""

    format: str
    text: str
    left: int
    hanging: int
    run: tuple[tuple[str, str], ...] = ()

    @property
    def is_numbered(self) -> bool:
        """Whether the level has numbers instead of bullets."""
        return self.format != "bullet"


@dataclass(slots=True)
class _List:
    """A list: its levels, the depth of its own level, the number of its first item, and the number after its last item."""

    levels: tuple[Level, ...]
    depth: int
    start: int
    next_start: int


@dataclass(slots=True)
class NumberingDefinitions:
    """The lists of one file. `first_number` is the first list number that the letterhead does not use.

    `_latest` holds the index of the latest list, keyed by the list's language and its levels down to the list's own level.
    """

    first_number: int = 1
    _lists: list[_List] = field(default_factory=list)
    _latest: dict[tuple[str, tuple[Level, ...]], int] = field(default_factory=dict)

    def add_list(self, levels: tuple[Level, ...], depth: int, start: int, count: int, language: str) -> int:
        """Add a list with `count` items, whose own level is at `depth`, and return its list number.

        A list continues an earlier list with the same levels in the same language if its first number follows the
        earlier list's last number. Both then share a list number, so a new item in the first list renumbers the second.
        The shared list keeps the levels of the list that nests more deeply.
        """
        key = language, levels[: depth + 1]
        index = self._latest.get(key, -1)
        continues = (
            start != 1
            and index >= 0
            and start == self._lists[index].next_start
            and _share_beginning(self._lists[index].levels, levels)
        )
        if not continues:
            index = self._latest[key] = len(self._lists)
            self._lists.append(_List(levels, depth, start, start))
        current = self._lists[index]
        current.levels, current.next_start = max(current.levels, levels, key=len), start + count
        return self.first_number + index

    def abstract_nums(self) -> list[etree._Element]:
        """Return a <w:abstractNum> for each list."""
        return [
            _abstract_num(number, numbered_list.levels) for number, numbered_list in enumerate(self._lists, self.first_number)
        ]

    def nums(self) -> list[etree._Element]:
        """Return a <w:num> for each list, with the start number of the list's own level."""
        return [
            element(
                "num",
                element("abstractNumId", val=str(number)),
                element("lvlOverride", element("startOverride", val=str(numbered_list.start)), ilvl=str(numbered_list.depth)),
                numId=str(number),
            )
            for number, numbered_list in enumerate(self._lists, self.first_number)
        ]


def _share_beginning(levels: tuple[Level, ...], other_levels: tuple[Level, ...]) -> bool:
    """Whether one of two lists of levels begins with the other."""
    shared = min(len(levels), len(other_levels))
    return levels[:shared] == other_levels[:shared]


def marker(name: Any, level: int, counters: Any) -> tuple[str, str, bool]:
    """Return a marker as Word's number format, the text of the level, and whether a space follows.

    `name` is the value of list-style-type. A result is, for example, `("lowerLetter", "(%1)", True)`.
    """
    if name == "none":
        return "none", "", False
    counter = counters.resolve_counter(name) or counters.resolve_counter("decimal")
    before, after = (value[1] if value else default for value, default in ((counter["prefix"], ""), (counter["suffix"], ". ")))
    base = _base_style(name, counters)
    if base in _FORMATS:
        return _FORMATS[base], f"{before}%{level + 1}{after}".rstrip(), after.endswith(" ")
    return "bullet", f"{before}{counters.render_value(1, name)}{after}".rstrip(), after.endswith(" ")


def _base_style(name: Any, counters: Any) -> Any:
    """Return the predefined style that a counter style extends, directly or indirectly, such as lower-alpha for (a)."""
    visited: set[Any] = set()
    while name in counters and name not in _FORMATS and name not in visited:
        visited.add(name)
        system = counters[name]["system"]
        if not system or not system[0]:
            break
        name = system[1]
    return name


def _abstract_num(number: int, levels: tuple[Level, ...]) -> etree._Element:
    step = levels[-1].left - levels[-2].left if len(levels) > 1 else levels[-1].left or 360
    all_levels = [*levels]
    while len(all_levels) < LEVELS:
        last_level = all_levels[-1]
        text = last_level.text.replace(f"%{len(all_levels)}", f"%{len(all_levels) + 1}")
        all_levels.append(Level(last_level.format, text, last_level.left + max(step, 180), last_level.hanging, last_level.run))
    return element(
        "abstractNum",
        element("multiLevelType", val="multilevel"),
        *(_level_element(index, level) for index, level in enumerate(all_levels)),
        abstractNumId=str(number),
    )


def _level_element(index: int, level: Level) -> etree._Element:
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
        ilvl=str(index),
    )
