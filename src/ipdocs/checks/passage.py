"""One text in one language as a reader reads it, and where each character of it stands in the source."""

from __future__ import annotations

import re
from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from ipdocs.findings import Location
from ipdocs.locale.conversion.characters import HAN
from ipdocs.locale.glossary import Match, glossary
from ipdocs.locale.language import Language
from ipdocs.locale.style import LanguageStyle
from ipdocs.localisation.localised_text import Emphasised, Linked, LocalisedText, Part, Piece
from ipdocs.model import inline
from ipdocs.model.blocks import Block
from ipdocs.model.text import Text
from ipdocs.source.inline import parse_inline
from ipdocs.values.recognise import recognise
from ipdocs.values.setting import Setting
from ipdocs.values.slot import Slot
from ipdocs.workspace import Workspace

ADDRESS = re.compile(
    r"(?:https?://|www\.)[^\s\u3000-\u303f\u4e00-\u9fff\uff00-\uffef<>\"]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII
)
"""A web or mail address as it stands in text."""

_NARROW = str.maketrans("０１２３４５６７８９", "0123456789")
_ZERO = re.compile("(?<=[一二三四五六七八九○])[OＯОΟ◯〇0](?=[一二三四五六七八九○OＯОΟ◯〇0])")
_ESCAPED = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")


@dataclass(frozen=True, slots=True)
class Span:
    """A part of a passage that is one thing: an expression's result, a link, emphases words; name is the fact or target."""

    start: int
    end: int
    name: str = ""


@dataclass(eq=False)
class Passage:
    """A text of one language: `plain` is what is read, expressions rendered and markup gone.

    What several rules need (values, terms, addresses) is looked for once.
    """

    role: str
    setting: Setting
    text: Text
    workspace: Workspace
    block: Block | None = None
    plain: str = ""
    offsets: array[int] = field(default_factory=lambda: array("L"))
    expressions: list[Span] = field(default_factory=list)
    links: list[Span] = field(default_factory=list)
    emphases: list[Span] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def language(self) -> Language:
        """The language it is in."""
        return self.setting.language

    @property
    def section(self) -> LanguageStyle:
        """The house style's section for its language."""
        return self.setting.section

    @cached_property
    def slots(self) -> list[Slot]:
        """The values it states, in order; figures and zeros of the wrong shape are read as what they stand for."""
        return recognise(_ZERO.sub("○", self.plain.translate(_NARROW)), self.setting)

    @cached_property
    def terms(self) -> list[Match]:
        """The terms of the glossary that stand in it."""
        return glossary(self.workspace).find(self.plain, self.language.code)

    @cached_property
    def addresses(self) -> list[Span]:
        """The web and mail addresses that stand in it."""
        return [Span(*match.span(), match[0].rstrip(".,;:!?)'")) for match in ADDRESS.finditer(self.plain)]

    @cached_property
    def has_chinese(self) -> bool:
        """Whether a Chinese character stands in it."""
        return re.search(f"[{HAN}]", self.plain) is not None

    def is_computed(self, start: int, end: int) -> bool:
        """Whether a part comes from an expression, so that nobody wrote it here."""
        return is_covered(self.expressions, start, end)

    def is_in_address(self, start: int, end: int) -> bool:
        """Whether a part belongs to an address."""
        return is_covered(self.addresses, start, end)

    def locate(self, start: int, end: int) -> Location | None:
        """Return where a part stands in the source; where nothing is meant, where the text begins."""
        if start >= end or not self.offsets:
            return self.text.locate()
        first, last = self.offsets[start], self.offsets[end - 1]
        return self.text.locate(first, last + 1 - first)


def is_covered(spans: Sequence[Span], start: int, end: int) -> bool:
    """Tell whether a part lies within one of some spans."""
    return any(span.start <= start and end <= span.end for span in spans)


def make_passage(
    role: str, text: Text, words: LocalisedText, setting: Setting, workspace: Workspace, block: Block | None = None
) -> Passage:
    """Return a text with the words it became, each character of them with its place in the text."""
    made = Passage(role, setting, text, workspace, block)
    reader = _Reader(made)
    reader.walk(parse_inline(text), words.content)
    made.plain = "".join(reader.parts)
    return made


class _Reader:
    """Follows a text through its inline content, which has its characters in order without the markup."""

    def __init__(self, made: Passage) -> None:
        self.made = made
        self.raw = str(made.text)
        self.position = 0
        self.parts: list[str] = []
        self.length = 0

    def walk(self, content: Sequence[inline.Inline], parts: Sequence[Part]) -> None:
        for node, part in zip(content, parts, strict=True):
            start = self.length
            match node, part:
                case inline.Plain(), Piece():
                    self.plain(node)
                case inline.Expression(), Piece():
                    self.rendered(node.offset, len(node.source), part.text)
                    self.made.expressions.append(Span(start, self.length, node.name))
                case inline.Emphasis(), Emphasised():
                    self.walk(node.content, part.content)
                    self.made.emphases.append(Span(start, self.length))
                case inline.Anchor(), Linked():
                    self.walk(node.content, part.content)
                    self.made.links.append(Span(start, self.length, part.href))
                    self.position = _end_of_target(self.raw, self.position)
                case inline.Note(), _:
                    self.made.notes.append(node.name)
                    self.position = node.offset + len(node.name) + 3
                case inline.Break(), _:
                    self.position = self.raw.index("\n", self.position)
                    self.rendered(self.position, 1, "\n")

    def plain(self, node: inline.Plain) -> None:
        for character in node.text:
            while self.raw[self.position] != character and self.raw[self.position : self.position + 2] != f"\\{character}":
                self.position += 1
            self.position += self.raw[self.position] == "\\" and self.raw[self.position + 1 : self.position + 2] in _ESCAPED
            self.add(character, self.position)
            self.position += 1
        if node.verbatim:
            self.position = self.raw.index("}", self.position) + 1

    def rendered(self, offset: int, length: int, text: str) -> None:
        last = len(text) - 1
        for index, character in enumerate(text):
            self.add(character, offset + (length - 1 if index == last else min(index, length - 1)))
        self.position = offset + length

    def add(self, character: str, offset: int) -> None:
        self.parts.append(character)
        self.made.offsets.append(offset)
        self.length += 1


def _end_of_target(raw: str, position: int) -> int:
    """Return where the target of a link ends whose words end at a position."""
    position = raw.index("](", position) + 2
    depth = 1
    while depth:
        depth += {"(": 1, ")": -1}.get(raw[position], 0)
        position += 2 if raw[position] == "\\" else 1
    return position
