"""Lists of Word files: the definition of each level, and the number that Word shows before each paragraph of a list."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ipdocs.files.ooxml.names import qualified_name
from ipdocs.files.ooxml.text import child_value, is_on, parse_whole_number

if TYPE_CHECKING:
    from lxml.etree import _Element

LEVEL_COUNT = 9
"""The number of levels of a list in WordprocessingML."""

_LIST_STYLES = {
    "bullet": "bullet",
    **dict.fromkeys(("lowerLetter", "upperLetter"), "letter"),
    **dict.fromkeys(("lowerRoman", "upperRoman"), "roman"),
}
"""The list style of this program for each number format; all other formats count with numbers."""

_PLACE = re.compile("%([1-9])")
_WORDS = re.compile(r"[^\W\d_]{2}|[\u3400-\u9fff]")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl")),
    *((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
_CHINESE_DIGITS = "〇一二三四五六七八九"
_HEAVENLY_STEMS = "甲乙丙丁戊己庚辛壬癸"


@dataclass(frozen=True, slots=True)
class ListLevel:
    """The definition of a level of a list.

    Attributes:
        number_format: The number format of WordprocessingML, such as "decimal" or "taiwaneseCounting".
        text: The text before each item, with %1 to %9 for the numbers of the levels, such as "(%1)".
        start: The number of the first item.
        style_id: The id of the paragraph style whose paragraphs are on this level; empty if there is none.
        restart: The level after which the numbers start again, counted from 1; 0 if they never do; None after any higher level.
        has_picture: Whether a picture stands before each item instead of the text.
        is_decimal: Whether the numbers of higher levels are shown in decimal digits, whatever their own format.
    """

    number_format: str = "decimal"
    text: str = ""
    start: int = 1
    style_id: str = ""
    restart: int | None = None
    has_picture: bool = False
    is_decimal: bool = False

    @property
    def has_words(self) -> bool:
        """Whether words stand before each item, as in "Article 1:" or 第一條; a single letter may be a bullet."""
        return _WORDS.search(_PLACE.sub(" ", self.text)) is not None

    @property
    def list_style(self) -> str:
        """The list style of this program: bullet, number, letter or roman; empty if Word shows nothing before the items."""
        if self.has_picture:
            return "bullet"
        if not self.text.strip() or (self.number_format == "none" and not _PLACE.sub("", self.text).strip()):
            return ""
        if self.number_format == "none" or not _PLACE.search(self.text):
            return "bullet"
        return _LIST_STYLES.get(self.number_format, "number")


@dataclass(frozen=True, slots=True)
class _Definition:
    """A definition of a list: its levels, or the id of the numbering style that has them."""

    levels: dict[int, ListLevel]
    style_link: str


@dataclass(frozen=True, slots=True)
class _NumberedList:
    """A list that uses a definition: the id of the definition, and the levels and first numbers that the list changes."""

    definition_id: str
    levels: dict[int, ListLevel]
    starts: dict[int, int]


@dataclass(frozen=True, slots=True)
class ListNumbering:
    """The lists of a Word file.

    Attributes:
        lists: The lists, keyed by id.
        definitions: The definitions of the lists, keyed by id.
        style_lists: The id of the list of each style that has one, keyed by the id of the style.
    """

    lists: Mapping[str, _NumberedList] = field(default_factory=dict)
    definitions: Mapping[str, _Definition] = field(default_factory=dict)
    style_lists: Mapping[str, str] = field(default_factory=dict)

    def level(self, list_id: str, level: int) -> ListLevel | None:
        """Return the definition of a level, counted from 0; None if the list or the level does not exist."""
        numbered_list = self.lists.get(list_id)
        if numbered_list is None:
            return None
        if level in numbered_list.levels:
            return numbered_list.levels[level]
        definition = self.definitions.get(self.definition_id(list_id))
        return definition.levels.get(level) if definition is not None else None

    def level_of_style(self, list_id: str, style_ids: tuple[str, ...]) -> int | None:
        """Return the level of a list that is linked to the first style possible; None if none of the styles is linked to one."""
        for style_id in style_ids:
            for level in range(LEVEL_COUNT):
                definition = self.level(list_id, level)
                if definition is not None and definition.style_id == style_id:
                    return level
        return None

    def definition_id(self, list_id: str) -> str:
        """Return the id of the definition that a list uses in the end, through numbering styles; lists that share it count on."""
        visited: set[str] = set()
        while (numbered_list := self.lists.get(list_id)) is not None:
            definition = self.definitions.get(numbered_list.definition_id)
            link = definition.style_link if definition is not None and not definition.levels else ""
            if not link or link in visited or link not in self.style_lists:
                return numbered_list.definition_id
            visited.add(link)
            list_id = self.style_lists[link]
        return ""


@dataclass(frozen=True, slots=True)
class ListNumber:
    """The number of a paragraph in a list, and the text that Word shows before the paragraph, such as "(3)"."""

    number: int
    text: str


@dataclass(slots=True)
class ListCounter:
    """Counts the paragraphs of the lists of a Word file, in the order of the file."""

    numbering: ListNumbering
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)
    _begun: set[str] = field(default_factory=set)

    def count(self, list_id: str, level: int) -> ListNumber | None:
        """Count the next paragraph on a level of a list, counted from 0; return None if there is no such list or level."""
        definition = self.numbering.level(list_id, level)
        if definition is None:
            return None
        counts = self._counts.setdefault(self.numbering.definition_id(list_id), {})
        if list_id not in self._begun:
            self._begun.add(list_id)
            for restarted in self.numbering.lists[list_id].starts:
                counts.pop(restarted, None)
        counts[level] = counts[level] + 1 if level in counts else self._start(list_id, level)
        for deeper in [deeper for deeper in counts if deeper > level]:
            restart = getattr(self.numbering.level(list_id, deeper), "restart", None)
            if restart is None or level < restart:
                del counts[deeper]
        return ListNumber(counts[level], self._text(list_id, definition, counts))

    def _start(self, list_id: str, level: int) -> int:
        definition = self.numbering.level(list_id, level)
        return self.numbering.lists[list_id].starts.get(level, definition.start if definition is not None else 1)

    def _text(self, list_id: str, definition: ListLevel, counts: Mapping[int, int]) -> str:
        def number(match: re.Match[str]) -> str:
            level = int(match[1]) - 1
            shown = self.numbering.level(list_id, level)
            number_format = shown.number_format if shown is not None else "decimal"
            if definition.is_decimal and shown is not definition:
                number_format = "decimal"
            return format_number(counts.get(level, self._start(list_id, level) - 1), number_format)

        return _PLACE.sub(number, definition.text)


def read_numbering(root: _Element | None, style_lists: Mapping[str, str]) -> ListNumbering:
    """Read the lists of a Word file.

    Args:
        root: The root of the numbering part; None if the file has none.
        style_lists: The id of the list of each style that has one, keyed by the id of the style.
    """
    if root is None:
        return ListNumbering(style_lists=style_lists)
    definitions = {
        _attribute(element, "abstractNumId"): _Definition(
            {_number(level, "ilvl"): _read_level(level) for level in element.iterchildren(qualified_name("lvl"))},
            child_value(element, "numStyleLink"),
        )
        for element in root.iterchildren(qualified_name("abstractNum"))
    }
    lists = {_attribute(element, "numId"): _read_list(element) for element in root.iterchildren(qualified_name("num"))}
    return ListNumbering(lists, definitions, style_lists)


def _read_list(element: _Element) -> _NumberedList:
    levels: dict[int, ListLevel] = {}
    starts: dict[int, int] = {}
    for override in element.iterchildren(qualified_name("lvlOverride")):
        level = _number(override, "ilvl")
        own = override.find(qualified_name("lvl"))
        if own is not None:
            levels[level] = _read_level(own)
        start = parse_whole_number(child_value(override, "startOverride"))
        if start is not None:
            starts[level] = start
    return _NumberedList(child_value(element, "abstractNumId"), levels, starts)


def _read_level(element: _Element) -> ListLevel:
    start = parse_whole_number(child_value(element, "start"))
    legal = element.find(qualified_name("isLgl"))
    return ListLevel(
        number_format=child_value(element, "numFmt") or "decimal",
        text=child_value(element, "lvlText"),
        start=start if start is not None else 0,
        style_id=child_value(element, "pStyle"),
        restart=parse_whole_number(child_value(element, "lvlRestart")),
        has_picture=element.find(qualified_name("lvlPicBulletId")) is not None,
        is_decimal=legal is not None and is_on(legal),
    )


def _attribute(element: _Element, name: str) -> str:
    return element.get(qualified_name(name), "")


def _number(element: _Element, name: str) -> int:
    return max(parse_whole_number(_attribute(element, name)) or 0, 0)


def format_number(number: int, number_format: str) -> str:
    """Return a number in a number format of WordprocessingML; formats that are not in use for lists are shown in digits."""
    return _FORMATS.get(number_format, str)(number) if number > 0 else str(number)


def _letters(number: int) -> str:
    """Return a to z, then aa, bb and so on, as Word counts."""
    return _LETTERS[(number - 1) % 26] * ((number - 1) // 26 + 1) if number <= 780 else str(number)


def _roman(number: int) -> str:
    numeral = ""
    for value, letters in _ROMAN if number < 4000 else ():
        numeral += letters * (number // value)
        number %= value
    return numeral or str(number)


def _chinese(number: int) -> str:
    if number > 99:
        return "".join(_CHINESE_DIGITS[int(digit)] for digit in str(number))
    tens, ones = divmod(number, 10)
    return (_CHINESE_DIGITS[tens] if tens > 1 else "") + ("十" if tens else "") + (_CHINESE_DIGITS[ones] if ones else "")


def _digits(zero: str) -> Callable[[int], str]:
    return lambda number: "".join(chr(ord(zero) + int(digit)) for digit in str(number))


_CHINESE_FORMATS = """taiwaneseCounting taiwaneseCountingThousand chineseCounting chineseCountingThousand japaneseCounting
    ideographEnclosedCircle"""
_FORMATS: dict[str, Callable[[int], str]] = {
    "none": lambda number: "",
    "decimalZero": lambda number: f"{number:02}",
    "lowerLetter": _letters,
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
    **dict.fromkeys(_CHINESE_FORMATS.split(), _chinese),
    **dict.fromkeys(
        ("ideographDigital", "taiwaneseDigital", "japaneseDigitalTenThousand"),
        lambda number: "".join(_CHINESE_DIGITS[int(digit)] for digit in str(number)),
    ),
    "ideographTraditional": lambda number: _HEAVENLY_STEMS[number - 1] if number <= 10 else str(number),
    "decimalFullWidth": _digits("０"),
    **dict.fromkeys(
        ("decimalEnclosedCircle", "decimalEnclosedCircleChinese"),
        lambda number: chr(ord("①") + number - 1) if number <= 20 else str(number),
    ),
    "decimalEnclosedParen": lambda number: f"({number})",
    "decimalEnclosedFullstop": lambda number: f"{number}.",
}
"""The function that writes a number in each format."""
