"""The instructions of PDF content copied without those that draw what nobody sees."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from ipdocs.files.pdf.layers import IsShown

LAYER, TEXT = "switched-off contents", "invisible texts"
"""The kinds that removed content is counted by."""

Start = tuple[int, bool]
"""The mode that text is drawn in where a content begins, and whether what is filled there lets everything through."""

_FILLS = frozenset(["S", "s", "f", "F", "f*", "B", "B*", "b", "b*"])
TEXTS = frozenset(("Tj", "TJ", "'", '"'))
_DRAWING = _FILLS | {"sh", "Do", "INLINE IMAGE"}
_SHOWING = _DRAWING | {"Tr", "gs"}
"""What draws more than text, or changes how it is drawn."""

_FILLED, _INVISIBLE, _CLIP = 0, 3, 7
UNSEEN_MODES = frozenset((_INVISIBLE, _CLIP))
"""The modes in which a text paints nothing itself; text of the second may still be seen by what is drawn through it."""

SHOWN: Start = (_FILLED, False)
_SAID = ("/MCID", "/Lang", "/ActualText", "/Alt", "/E", "/Type", "/Subtype", "/BBox", "/Attached")
"""The properties that a piece of content may have in place: those that readers use."""

_SAID_INSTEAD = ("/ActualText", "/Alt", "/E")
"""The properties that are read in place of what is drawn."""


@dataclass
class _Mark:
    """An open marked content: where it began in the result, and how much was drawn and removed until then."""

    at: int | None
    is_off: bool
    drawn: int
    removed: int


@dataclass
class Rewriter:
    """Copies instructions, leaving out what is not seen."""

    resources: Any
    is_shown: IsShown
    keeps_invisible: bool
    copy_of: Callable[[Any, Start], Any]
    modes: list[int]
    clear: list[bool]
    unused_clips: frozenset[int]
    known: dict[tuple[int, int], bool]
    kept: list[Any] = field(default_factory=list)
    marks: list[_Mark] = field(default_factory=list)
    copies: dict[str, Any] = field(default_factory=dict)
    off: int = 0
    drawn: int = 0
    removed: Counter[str] = field(default_factory=Counter)

    def copy(self, number: int, instruction: Any) -> None:
        """Copy one instruction, or what has to stand in its place.

        Args:
            number: the instruction's place in the content, as `unused_clips` counts.
            instruction: the instruction.
        """
        import pikepdf

        operator, operands = str(instruction.operator), instruction.operands
        if isinstance(instruction, pikepdf.ContentStreamInlineImage):
            self._draw(instruction, LAYER if self.off else "")
        elif operator in TEXTS:
            is_unpainted = self.modes[-1] == _INVISIBLE or (self.modes[-1] == _FILLED and self.clear[-1])
            is_invisible = number in self.unused_clips or (is_unpainted and not self.keeps_invisible)
            self._draw(instruction, LAYER if self.off else TEXT if is_invisible else "", *_in_place_of_text(operator, operands))
        elif operator in _FILLS or operator == "sh":
            self._draw(instruction, LAYER if self.off else "", *([_instruction("n")] if operator != "sh" else []))
        elif operator == "Do":
            drawn = self._resource("/XObject", operands)
            is_off = self.off or not self.is_shown(drawn.get("/OC") if isinstance(drawn, pikepdf.Stream) else None)
            is_form = isinstance(drawn, pikepdf.Stream) and drawn.get("/Subtype") == "/Form"
            if is_form and not is_off and not self.keeps_invisible and (self.modes[-1] in UNSEEN_MODES or self.clear[-1]):
                self._draw_unseen(instruction, drawn)
            else:
                self._draw(instruction, LAYER if is_off else "")
        elif operator in ("BDC", "BMC", "EMC"):
            self._mark(instruction, operator, operands)
        elif operator not in ("MP", "DP"):
            self._follow(operator, operands)
            self.kept.append(instruction)

    def _draw(self, instruction: Any, removed: str, *instead: Any) -> None:
        if removed:
            self.removed[removed] += 1
            self.kept += instead
        else:
            self.drawn += _draws(instruction, self.resources, self.known)
            self.kept.append(instruction)

    def _draw_unseen(self, instruction: Any, form: Any) -> None:
        """Draw a form in a state in which text is not seen: a copy of it, unless nothing of it is seen."""
        import pikepdf

        is_group = dictionary(form.get("/Group")).get("/S") == "/Transparency"
        if (self.clear[-1] and is_group) or not _can_show(form):
            self._draw(instruction, TEXT)
            return
        copied = self.copy_of(form, (self.modes[-1], self.clear[-1]))
        name = f"/Unseen{copied.objgen[0]}"
        self.copies[name] = copied
        self._draw(_instruction("Do", pikepdf.Name(name)), "")

    def _follow(self, operator: str, operands: Any) -> None:
        """Follow the mode that text is drawn in, and whether what is filled lets everything through."""
        match operator:
            case "q":
                self.modes.append(self.modes[-1])
                self.clear.append(self.clear[-1])
            case "Q" if len(self.modes) > 1:
                self.modes.pop()
                self.clear.pop()
            case "gs":
                opacity = dictionary(self._resource("/ExtGState", operands)).get("/ca")
                self.clear[-1] = self.clear[-1] if opacity is None else opacity == 0
            case "Tr" if len(operands):
                self.modes[-1] = int(operands[0])

    def _mark(self, instruction: Any, operator: str, operands: Any) -> None:
        if operator == "EMC":
            self._end(instruction)
            return
        is_layer = operator == "BDC" and len(operands) > 1 and str(operands[0]) == "/OC"
        is_off = is_layer and not self.is_shown(self._properties(operands[1]))
        self.off += is_off
        at = None if is_layer or self.off else len(self.kept)
        self.marks.append(_Mark(at, is_off, self.drawn, self.removed.total()))
        if at is not None:
            self.kept.append(_plain_mark(instruction, operands))

    def _end(self, instruction: Any) -> None:
        """End a marked content; one that has lost all that was in it goes, with what was said of it."""
        if not self.marks:
            return
        mark = self.marks.pop()
        self.off -= mark.is_off
        if mark.at is None:
            return
        if self.drawn == mark.drawn and self.removed.total() > mark.removed:
            self.kept[mark.at] = None
            return
        if self.drawn == mark.drawn:
            self.kept[mark.at] = self._without_words(self.kept[mark.at])
        self.kept.append(instruction)

    def _without_words(self, mark: Any) -> Any:
        """Return the beginning of a marked content in which nothing is drawn: no words stand in its place."""
        import pikepdf

        said = dictionary(self._properties(mark.operands[1])) if len(mark.operands) > 1 else {}
        if not any(key in said for key in _SAID_INSTEAD):
            return mark
        kept = {key: value for key, value in said.items() if key in _SAID and key not in _SAID_INSTEAD}
        self.removed[TEXT] += 1
        for outer in self.marks:  # they have lost nothing that they are for
            outer.removed += 1
        return _instruction(str(mark.operator), mark.operands[0], pikepdf.Dictionary(kept))

    def _properties(self, operand: Any) -> Any:
        import pikepdf

        return self._resource("/Properties", [operand]) if isinstance(operand, pikepdf.Name) else operand

    def _resource(self, category: str, operands: Any) -> Any:
        return dictionary(self.resources.get(category)).get(str(operands[0])) if len(operands) else None


def unused_clips(content: Iterable[Any], mode: int) -> frozenset[int]:
    """Return the numbers of the texts that only clip, where nothing is drawn through them.

    Args:
        content: the instructions.
        mode: the mode that text is drawn in where the content begins.
    """
    modes, texts = [mode], list[int]()
    clips: list[list[int]] = [[]]
    unused: list[int] = []
    for number, instruction in enumerate(content):
        operator = str(instruction.operator)
        if operator == "q":
            modes.append(modes[-1])
            clips.append([])
        elif operator == "Q" and len(modes) > 1:
            modes.pop()
            unused += clips.pop()
        elif operator == "Tr" and len(instruction.operands):
            modes[-1] = int(instruction.operands[0])
        elif operator == "ET":  # the texts of one text object clip together, from its end on
            clips[-1] += texts
            texts = []
        elif operator in TEXTS and modes[-1] == _CLIP:
            texts.append(number)
        elif operator in _DRAWING or (operator in TEXTS and modes[-1] not in UNSEEN_MODES and not _is_empty_text(instruction)):
            clips = [[] for _ in clips]
    return frozenset((*unused, *texts, *(number for level in clips for number in level)))


def _is_empty_text(instruction: Any) -> bool:
    """Whether an instruction draws a text without any characters."""
    import pikepdf

    if str(instruction.operator) not in TEXTS or not len(instruction.operands):
        return False
    drawn = instruction.operands[-1]
    pieces = drawn if isinstance(drawn, pikepdf.Array) else [drawn]
    return not any(isinstance(piece, pikepdf.String) and bytes(piece) for piece in pieces)


def drawn_marks(holder: Any, known: dict[tuple[int, int], bool]) -> set[int]:
    """Return the numbers of the marked contents (/MCID) of a page or form in which something is drawn.

    Args:
        holder: the page or form.
        known: what is known already of whether forms draw anything, by their numbers; it is added to.
    """
    import pikepdf

    resources = dictionary(holder.get("/Resources"))
    drawn: set[int] = set()
    open_marks: list[int | None] = []
    for instruction in instructions(holder):
        operator, operands = str(instruction.operator), instruction.operands
        if operator == "BDC" and len(operands) > 1:
            is_named = isinstance(operands[1], pikepdf.Name)
            named = dictionary(resources.get("/Properties")).get(str(operands[1])) if is_named else operands[1]
            number = dictionary(named).get("/MCID")
            open_marks.append(number if isinstance(number, int) else None)
        elif operator in ("BMC", "BDC"):
            open_marks.append(None)
        elif operator == "EMC":
            open_marks = open_marks[:-1]
        elif any(number is not None for number in open_marks) and _draws(instruction, resources, known):
            drawn.update(number for number in open_marks if number is not None)
    return drawn


def _draws(instruction: Any, resources: Any, known: dict[tuple[int, int], bool]) -> bool:
    """Whether an instruction draws something: a form does if anything in it does."""
    import pikepdf

    operator, operands = str(instruction.operator), instruction.operands
    if operator in TEXTS:
        return not _is_empty_text(instruction)
    drawn = dictionary(resources.get("/XObject")).get(str(operands[0])) if operator == "Do" and len(operands) else None
    if not isinstance(drawn, pikepdf.Stream) or drawn.get("/Subtype") != "/Form":
        return operator in _DRAWING
    if drawn.objgen not in known:
        known[drawn.objgen] = False  # a form within itself draws nothing more
        inner = dictionary(drawn.get("/Resources", resources))
        known[drawn.objgen] = any(_draws(one, inner, known) for one in instructions(drawn))
    return known[drawn.objgen]


def _in_place_of_text(operator: str, operands: Any) -> Iterator[Any]:
    """Yield what a text operator does besides drawing: it sets spaces, and goes to the next line."""
    if operator == '"' and len(operands) == 3:
        yield _instruction("Tw", operands[0])
        yield _instruction("Tc", operands[1])
    if operator in ("'", '"'):
        yield _instruction("T*")


def _plain_mark(instruction: Any, operands: Any) -> Any:
    """Return a marked content with nothing in its properties but what readers use."""
    import pikepdf

    if len(operands) < 2 or not isinstance(operands[1], pikepdf.Dictionary):
        return instruction
    said = {key: value for key, value in operands[1].items() if key in _SAID}
    return _instruction(str(instruction.operator), operands[0], pikepdf.Dictionary(said))


def _instruction(operator: str, *operands: Any) -> Any:
    import pikepdf

    return pikepdf.ContentStreamInstruction(list(operands), pikepdf.Operator(operator))


def _can_show(form: Any) -> bool:
    """Whether a form draws more than text in the state that it is drawn in."""
    return any(str(one.operator) in _SHOWING for one in instructions(form))


def instructions(holder: Any, operators: str = "") -> Iterable[Any]:
    """Return the instructions of a page, a form or a pattern."""
    import pikepdf

    return pikepdf.parse_content_stream(pikepdf.Page(holder) if holder.get("/Type") == "/Page" else holder, operators)


def dictionary(value: Any) -> Any:
    """Return a value if it is a dictionary, else an empty one."""
    import pikepdf

    return value if isinstance(value, pikepdf.Dictionary) else pikepdf.Dictionary()
