"""Passages: texts in one language as readers see them, with the offset of each character in the source."""

from __future__ import annotations

import re
from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from ipdocs.findings import Location
from ipdocs.locale.conversion.characters import HAN
from ipdocs.locale.glossary import Match, glossary, glossary_in
from ipdocs.locale.language import Language
from ipdocs.locale.style import LanguageStyle
from ipdocs.localisation.localised_text import Emphasised, Linked, LocalisedText, Part, Shifted, TextPart
from ipdocs.model import inline
from ipdocs.model.blocks import Block
from ipdocs.model.script_forms import with_script_characters
from ipdocs.model.text import Text
from ipdocs.source.draft_marks import MARK_END, MARK_START, REMARK
from ipdocs.source.inline import parse_inline
from ipdocs.values.recognise import recognise
from ipdocs.values.value_context import ValueContext
from ipdocs.values.value_span import ValueSpan
from ipdocs.workspace import Workspace

ADDRESS = re.compile(
    r"(?:https?://|www\.)[^\s\u3000-\u303f\u4e00-\u9fff\uff00-\uffef<>\"]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    r"|(?<![\w.@-])(?:[a-z0-9-]+\.)+(?:(?:gov|org|com|edu|net|idv)\.)?(?:hk|cn|mo|com|org|net|gov|int|edu|uk|eu|sg|jp)"
    r"(?![\w-]|\.[a-z])(?:/[^\s\u3000-\u303f\u4e00-\u9fff\uff00-\uffef<>\"]*)?",
    re.ASCII,
)
"""A web or e-mail address in running text; a web address may begin without https:// and www."""

_HALF_WIDTH_FIGURES = str.maketrans("０１２３４５６７８９", "0123456789")
_ZERO = re.compile("(?<=[一二三四五六七八九○])[OＯОΟ◯〇0](?=[一二三四五六七八九○OＯОΟ◯〇0])")
_SIGNS = r"[\s,./:()（）、–-]*"
_JOINT = re.compile(
    rf"{_SIGNS}(?:(?:and|or|to|of|million|billion|[及和或至之分年月日時午成○零〇一二三四五六七八九十百千萬億\d]){_SIGNS})*"
)
"""What may stand between the parts of a value or of a series of values."""

_ESCAPABLE = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")


@dataclass(frozen=True, slots=True)
class Span:
    """A part of a passage: the result of an expression, a link, an address, or emphasis.

    Attributes:
        start: the offset of the first character.
        end: the offset after the last character.
        name: the name of the fact, the target of the link, or the address; for emphasis, "strong" or empty.
    """

    start: int
    end: int
    name: str = ""


@dataclass(eq=False)
class Passage:
    """A text in one language; `plain` is the text that readers see, with expressions rendered, without markup and draft marks.

    Attributes:
        role: the kind of text, such as paragraph, item or title.
        text: the text in the source, with markup.
        block: the block that contains the text, if any.
        domains: the domains of the document.
        offsets: for each character of `plain`, its offset in `text`.
        expressions: the results of expressions.
        notes: the names of the footnotes that the text refers to.
        gaps: the places where words are still to be written; `plain` has ⟦⟧ there.
        complete: the same passage with the words that its marks enclose, if the text has marks.
    """

    role: str
    value_context: ValueContext
    text: Text
    workspace: Workspace
    block: Block | None = None
    domains: frozenset[str] = frozenset()
    plain: str = ""
    offsets: array[int] = field(default_factory=lambda: array("L"))
    expressions: list[Span] = field(default_factory=list)
    links: list[Span] = field(default_factory=list)
    emphases: list[Span] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    gaps: list[Span] = field(default_factory=list)
    complete: Passage | None = None

    @property
    def language(self) -> Language:
        """The language of the passage."""
        return self.value_context.language

    @property
    def language_style(self) -> LanguageStyle:
        """The section of the house style for the language of the passage."""
        return self.value_context.language_style

    @cached_property
    def value_spans(self) -> list[ValueSpan]:
        """The values in the passage, in order; full-width figures and look-alikes of the Chinese zero are recognised, too."""
        return recognise(_ZERO.sub("○", self.plain.translate(_HALF_WIDTH_FIGURES)), self.value_context)

    @cached_property
    def terms(self) -> list[Match]:
        """The glossary terms in the passage, of all domains."""
        return glossary(self.workspace).find(self.plain, self.language.code)

    @cached_property
    def terms_in_domain(self) -> list[Match]:
        """The glossary terms in the passage that apply to its document."""
        return glossary_in(self.workspace, self.domains).find(self.plain, self.language.code)

    @cached_property
    def addresses(self) -> list[Span]:
        """The web and e-mail addresses in the passage."""
        return [Span(*match.span(), match[0].rstrip(".,;:!?)'")) for match in ADDRESS.finditer(self.plain)]

    @cached_property
    def has_chinese(self) -> bool:
        """Whether the passage contains a Chinese character."""
        return re.search(f"[{HAN}]", self.plain) is not None

    @property
    def is_draft(self) -> bool:
        """Whether a mark says that the text, or a sentence of it, is a draft, such as a suggestion of the memory."""
        return REMARK.search(self.text) is not None

    def is_computed(self, start: int, end: int) -> bool:
        """Whether a part of the passage lies within the result of an expression, which the author did not type."""
        return is_covered(self.expressions, start, end)

    def touches_gap(self, start: int, end: int, *, across_signs: bool = False) -> bool:
        """Whether a part of the passage overlaps words that are still to be written, or stands directly before or after them.

        Args:
            start: the offset of the first character of the part.
            end: the offset after its last character; nothing touches an empty part.
            across_signs: whether signs and joining words may stand between the part and the gap, as between the parts of a date.
        """
        if start == end:
            return False
        if not across_signs:
            return any(gap.start <= end and start <= gap.end for gap in self.gaps)
        return any(_JOINT.fullmatch(self.plain[min(end, gap.end) : max(start, gap.start)]) for gap in self.gaps)

    def is_in_web_address(self, start: int, end: int) -> bool:
        """Whether a part of the passage lies within a web or e-mail address."""
        return is_covered(self.addresses, start, end)

    def locate(self, start: int, end: int) -> Location | None:
        """Return the location of a part in the source; for an empty part, the location where the text begins."""
        if start >= end or not self.offsets:
            return self.text.locate()
        first_offset, last_offset = self.offsets[start], self.offsets[end - 1]
        return self.text.locate(first_offset, last_offset + 1 - first_offset)


def is_covered(spans: Sequence[Span], start: int, end: int) -> bool:
    """Whether the part from `start` to `end` lies within one of the spans."""
    return any(span.start <= start and end <= span.end for span in spans)


def make_passage(
    role: str,
    text: Text,
    localised: LocalisedText,
    value_context: ValueContext,
    workspace: Workspace,
    block: Block | None = None,
    domains: frozenset[str] = frozenset(),
) -> Passage:
    """Return the passage for a text, with the offset in the text of each character that readers see."""
    content = parse_inline(text)

    def build(leaves_out_gaps: bool) -> tuple[Passage, bool]:
        passage = Passage(role, value_context, text, workspace, block, domains)
        builder = _PassageBuilder(passage, leaves_out_gaps)
        builder.add_content(content, localised.content)
        passage.plain = "".join(builder.parts)
        return passage, builder.has_marks

    passage, has_marks = build(leaves_out_gaps=True)
    if has_marks:
        passage.complete, _ = build(leaves_out_gaps=False)
    return passage


class _PassageBuilder:
    """Fills a passage from its localised text, and finds the offset of each character by following the markup.

    Attributes:
        raw: the text in the source, with markup.
        position: the offset in `raw` of the next character to read.
        length: the number of characters in the passage so far.
        has_marks: whether the text, or the text of a fact in it, contains ⟦ or ⟧.
        leaves_out_gaps: whether words within ⟦…⟧ are left out; if not, only the marks themselves are.
        is_in_gap: whether the next character is within ⟦…⟧, and is left out.
        is_in_remark: whether the next character is within a remark that is not left out; spaces set it apart.
        remark_end: the offset in `raw` after a remark such as ⟦draft: facts⟧, which is left out.
    """

    def __init__(self, passage: Passage, leaves_out_gaps: bool) -> None:
        self.passage = passage
        self.leaves_out_gaps = leaves_out_gaps
        self.is_in_gap = False
        self.is_in_remark = False
        self.remark_end = 0
        self.raw = str(passage.text)
        self.has_marks = MARK_START in self.raw or MARK_END in self.raw
        self.position = 0
        self.parts: list[str] = []
        self.length = 0

    def add_content(self, content: Sequence[inline.Inline], parts: Sequence[Part]) -> None:
        for node, part in zip(content, parts, strict=True):
            start = self.length
            match node, part:
                case inline.Plain(), TextPart():
                    self.add_plain(node)
                case inline.Expression(), TextPart():
                    self.add_rendered(node.offset, len(node.source), part.text)
                    self.add_span(self.passage.expressions, start, node.name)
                case inline.Emphasis(), Emphasised():
                    self.add_content(node.content, part.content)
                    self.add_span(self.passage.emphases, start, "strong" if node.strong else "")
                case inline.BaselineShift(), Shifted():
                    self.position = self.raw.index(inline.SCRIPT_MARKS[node.position], self.position) + 1
                    self.add_content(node.content, part.content)
                    self.position = self.raw.index(inline.SCRIPT_MARKS[node.position], self.position) + 1
                    self.raise_characters(start, node.position)
                case inline.Anchor(), Linked():
                    self.add_content(node.content, part.content)
                    self.add_span(self.passage.links, start, part.href)
                    self.position = _end_of_target(self.raw, self.position)
                case inline.NoteReference(), _:
                    self.passage.notes += [] if self.is_in_gap else [node.name]
                    self.position = node.offset + len(node.name) + 3
                case inline.Break(), _:
                    self.position = self.raw.index("\n", self.position)
                    self.add_rendered(self.position, 1, "\n")

    def add_plain(self, node: inline.Plain) -> None:
        has_runs = not (self.has_marks or self.is_in_gap)
        is_after_markup = True
        for index, character in enumerate(node.text):
            if (
                has_runs
                and is_after_markup
                and self.raw.startswith(rest := node.text[index:], self.position)
                and "\\" not in rest
            ):
                self.add_run(rest)
                break
            start = self.position
            while self.raw[self.position] != character and self.raw[self.position : self.position + 2] != f"\\{character}":
                self.position += 1
            is_after_markup = self.position > start or self.raw[self.position] == "\\"
            self.position += self.raw[self.position] == "\\" and self.raw[self.position + 1 : self.position + 2] in _ESCAPABLE
            self.add(character, self.position)
            self.position += 1
        if node.verbatim:
            self.position = self.raw.index("}", self.position) + 1

    def raise_characters(self, start: int, position: inline.ScriptPosition) -> None:
        """Write the passage from `start` in superscript or subscript characters, so that m² does not state the number 2."""
        plain = "".join(self.parts)
        self.parts = [plain[:start], with_script_characters(plain[start:], position)]

    def add_rendered(self, offset: int, length: int, text: str) -> None:
        """Add text that replaces `length` characters of the source, which begin at `offset`."""
        if MARK_START in text or MARK_END in text:
            self.has_marks = True
            text = REMARK.sub("" if self.leaves_out_gaps else _spaced_remark, text)
        last_index = len(text) - 1
        for index, character in enumerate(text):
            self.add(character, offset + (length - 1 if index == last_index else min(index, length - 1)))
        self.position = offset + length

    def add_span(self, spans: list[Span], start: int, name: str = "") -> None:
        """Record the span from `start` to the end of the passage so far, unless it was left out."""
        if self.length > start or not (self.is_in_gap or self.remark_end):
            spans.append(Span(start, self.length, name))

    def add_run(self, text: str) -> None:
        """Add text that stands in the source as it is."""
        self.parts.append(text)
        self.passage.offsets.extend(range(self.position, self.position + len(text)))
        self.length += len(text)
        self.position += len(text)

    def add(self, character: str, offset: int) -> None:
        if self.has_marks and self.leaves_out_gaps:
            if self.is_left_out(character, offset):
                return
        elif self.has_marks and character in (MARK_START, MARK_END):
            self.is_in_remark = bool(REMARK.match(self.raw, offset)) or (self.is_in_remark and character == MARK_END)
            if not self.is_in_remark:
                return
            character = " "
        self.parts.append(character)
        self.passage.offsets.append(offset)
        self.length += 1

    def is_left_out(self, character: str, offset: int) -> bool:
        """Whether a character belongs to a remark, or lies within ⟦…⟧; the marks themselves stay, as a gap."""
        if offset < self.remark_end:
            return True
        if character == MARK_START and not self.is_in_gap:
            if remark := REMARK.match(self.raw, offset):
                self.remark_end = remark.end()
                return True
            self.is_in_gap = True
            self.passage.gaps.append(Span(self.length, self.length + 1))
            return False
        if character == MARK_END:
            start = self.passage.gaps.pop().start if self.is_in_gap else self.length
            self.is_in_gap = False
            self.passage.gaps.append(Span(start, self.length + 1))
            return False
        return self.is_in_gap


def _spaced_remark(remark: re.Match[str]) -> str:
    return remark[0].replace(MARK_START, " ").replace(MARK_END, " ")


def _end_of_target(raw: str, position: int) -> int:
    """Return the offset after the target of a link; the text of the link ends at `position`."""
    position = raw.index("](", position) + 2
    depth = 1
    while depth:
        depth += {"(": 1, ")": -1}.get(raw[position], 0)
        position += 2 if raw[position] == "\\" else 1
    return position
