"""Copy the instructions in PDF content, except instructions that draw hidden content."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from ipdocs.files.pdf.layers import IsLayerShown

LAYER_KIND, TEXT_KIND = "switched-off contents", "invisible texts"
"""The kinds under which removed content is counted."""

TextState = tuple[int, bool]
"""The text rendering mode, and whether fills are fully transparent."""

_PAINT_OPERATORS = frozenset(["S", "s", "f", "F", "f*", "B", "B*", "b", "b*"])
TEXT_OPERATORS = frozenset(("Tj", "TJ", "'", '"'))
_DRAWING_OPERATORS = _PAINT_OPERATORS | {"sh", "Do", "INLINE IMAGE"}
_DRAWS_OR_CHANGES_TEXT = _DRAWING_OPERATORS | {"Tr", "gs"}
"""Operators that draw something other than text, or change how text is drawn."""

_FILLED, _INVISIBLE, _CLIP = 0, 3, 7
"""The text rendering modes that are treated specially (ISO 32000-1, table 106)."""

HIDDEN_MODES = frozenset((_INVISIBLE, _CLIP))
"""The text rendering modes that do not paint text. Text that clips may still show as the shape of a later drawing."""

VISIBLE_STATE: TextState = (_FILLED, False)
_KEPT_PROPERTIES = ("/MCID", "/Lang", "/ActualText", "/Alt", "/E", "/Type", "/Subtype", "/BBox", "/Attached")
"""The properties that marked content may keep: those that viewers and screen readers use."""

_REPLACEMENTS = ("/ActualText", "/Alt", "/E")
"""The properties whose text screen readers read out instead of the drawn content."""


@dataclass
class _OpenMark:
    """Marked content that has begun and not ended yet.

    Attributes:
        index: The index in the result of the instruction that begins the content; None if it was not copied.
        is_hidden: Whether the content is on a layer that is not shown.
        drawn_before: How many instructions had drawn something when the content began.
        removed_before: How many instructions had been removed when the content began.
    """

    index: int | None
    is_hidden: bool
    drawn_before: int
    removed_before: int


@dataclass
class Rewriter:
    """Copies the instructions of a page or form, except instructions that draw hidden content.

    Attributes:
        resources: The resources of the page or form.
        is_layer_shown: A predicate for /OC entries: whether the content is shown.
        keep_invisible: Whether to keep invisible text.
        copy_form: A function that returns the copy of a form for a text state that hides text.
        modes: The text rendering mode of each saved graphics state, ending with the current state.
        transparent: For each of these states, whether fills are fully transparent.
        unused_clips: The indices of the text instructions that only form a clipping path through which nothing is drawn.
        form_draws: Whether each form draws anything, keyed by the form's object number; filled as forms are examined.
        result: The copied instructions; None in place of an instruction that was removed again.
        marks: The open marked content, from the outermost to the innermost.
        form_copies: The copies of forms that the result uses, keyed by name.
        hidden_depth: How many hidden layers are open.
        drawn_count: How many copied instructions draw something.
        removed: How many instructions were removed, keyed by kind.
    """

    resources: Any
    is_layer_shown: IsLayerShown
    keep_invisible: bool
    copy_form: Callable[[Any, TextState], Any]
    modes: list[int]
    transparent: list[bool]
    unused_clips: frozenset[int]
    form_draws: dict[tuple[int, int], bool]
    result: list[Any] = field(default_factory=list)
    marks: list[_OpenMark] = field(default_factory=list)
    form_copies: dict[str, Any] = field(default_factory=dict)
    hidden_depth: int = 0
    drawn_count: int = 0
    removed: Counter[str] = field(default_factory=Counter)

    def copy(self, index: int, instruction: Any) -> None:
        """Copy an instruction; if it draws hidden content, copy only its side effects.

        Args:
            index: The index of the instruction in the content, as in `unused_clips`.
            instruction: The instruction.
        """
        import pikepdf

        operator, operands = str(instruction.operator), instruction.operands
        layer = LAYER_KIND if self.hidden_depth else ""
        if isinstance(instruction, pikepdf.ContentStreamInlineImage):
            self._copy_or_remove(instruction, layer)
        elif operator in TEXT_OPERATORS:
            is_unpainted = self.modes[-1] == _INVISIBLE or (self.modes[-1] == _FILLED and self.transparent[-1])
            is_invisible = index in self.unused_clips or (is_unpainted and not self.keep_invisible)
            kind = layer or (TEXT_KIND if is_invisible else "")
            self._copy_or_remove(instruction, kind, *_text_side_effects(operator, operands))
        elif operator in _PAINT_OPERATORS or operator == "sh":
            self._copy_or_remove(instruction, layer, *([_instruction("n")] if operator != "sh" else []))
        elif operator == "Do":
            xobject = self._resource("/XObject", operands)
            is_stream = isinstance(xobject, pikepdf.Stream)
            is_on_hidden_layer = bool(layer) or not self.is_layer_shown(xobject.get("/OC") if is_stream else None)
            is_form = is_stream and xobject.get("/Subtype") == "/Form"
            hides_text = not self.keep_invisible and (self.modes[-1] in HIDDEN_MODES or self.transparent[-1])
            if is_form and hides_text and not is_on_hidden_layer:
                self._copy_form_without_text(instruction, xobject)
            else:
                self._copy_or_remove(instruction, LAYER_KIND if is_on_hidden_layer else "")
        elif operator in ("BDC", "BMC", "EMC"):
            self._begin_or_end_mark(instruction, operator, operands)
        elif operator not in ("MP", "DP"):
            self._track_state(operator, operands)
            self.result.append(instruction)

    def _copy_or_remove(self, instruction: Any, removed_as: str, *replacement: Any) -> None:
        """Copy a drawing instruction, or count it under `removed_as` and write its replacement instead."""
        if removed_as:
            self.removed[removed_as] += 1
            self.result += replacement
        else:
            self.drawn_count += _draws(instruction, self.resources, self.form_draws)
            self.result.append(instruction)

    def _copy_form_without_text(self, instruction: Any, form: Any) -> None:
        """Draw a copy of a form without its text, or remove the instruction if nothing else in the form is visible."""
        import pikepdf

        is_group = as_dictionary(form.get("/Group")).get("/S") == "/Transparency"
        if (self.transparent[-1] and is_group) or not _may_be_visible(form):
            self._copy_or_remove(instruction, TEXT_KIND)
            return
        form_copy = self.copy_form(form, (self.modes[-1], self.transparent[-1]))
        name = f"/Unseen{form_copy.objgen[0]}"
        self.form_copies[name] = form_copy
        self._copy_or_remove(_instruction("Do", pikepdf.Name(name)), "")

    def _track_state(self, operator: str, operands: Any) -> None:
        """Track the text rendering mode and the transparency of fills."""
        match operator:
            case "q":
                self.modes.append(self.modes[-1])
                self.transparent.append(self.transparent[-1])
            case "Q" if len(self.modes) > 1:
                self.modes.pop()
                self.transparent.pop()
            case "gs":
                opacity = as_dictionary(self._resource("/ExtGState", operands)).get("/ca")
                if opacity is not None:
                    self.transparent[-1] = opacity == 0
            case "Tr" if len(operands):
                self.modes[-1] = int(operands[0])

    def _begin_or_end_mark(self, instruction: Any, operator: str, operands: Any) -> None:
        """Handle an instruction that begins or ends marked content."""
        if operator == "EMC":
            self._end_mark(instruction)
            return
        is_layer = operator == "BDC" and len(operands) > 1 and str(operands[0]) == "/OC"
        is_hidden = is_layer and not self.is_layer_shown(self._properties(operands[1]))
        self.hidden_depth += is_hidden
        index = None if is_layer or self.hidden_depth else len(self.result)
        self.marks.append(_OpenMark(index, is_hidden, self.drawn_count, self.removed.total()))
        if index is not None:
            self.result.append(_without_private_properties(instruction, operands))

    def _end_mark(self, instruction: Any) -> None:
        """End marked content; if everything drawn in it was removed, remove the mark and its properties, too."""
        if not self.marks:
            return
        mark = self.marks.pop()
        self.hidden_depth -= mark.is_hidden
        if mark.index is None:
            return
        draws_nothing = self.drawn_count == mark.drawn_before
        if draws_nothing and self.removed.total() > mark.removed_before:
            self.result[mark.index] = None
            return
        if draws_nothing:
            self.result[mark.index] = self._without_replacements(self.result[mark.index])
        self.result.append(instruction)

    def _without_replacements(self, mark: Any) -> Any:
        """Return the beginning of marked content that draws nothing, without the texts that would be read out for it."""
        import pikepdf

        properties = as_dictionary(self._properties(mark.operands[1])) if len(mark.operands) > 1 else {}
        if not any(key in properties for key in _REPLACEMENTS):
            return mark
        remaining = {key: value for key, value in properties.items() if key in _KEPT_PROPERTIES and key not in _REPLACEMENTS}
        self.removed[TEXT_KIND] += 1
        for outer in self.marks:  # outer content must not count this removal as a removed drawing
            outer.removed_before += 1
        return _instruction(str(mark.operator), mark.operands[0], pikepdf.Dictionary(remaining))

    def _properties(self, operand: Any) -> Any:
        import pikepdf

        return self._resource("/Properties", [operand]) if isinstance(operand, pikepdf.Name) else operand

    def _resource(self, category: str, operands: Any) -> Any:
        return as_dictionary(self.resources.get(category)).get(str(operands[0])) if len(operands) else None


def unused_clips(content: Iterable[Any], mode: int) -> frozenset[int]:
    """Return the indices of the text instructions that only form a clipping path through which nothing is drawn.

    Args:
        content: The instructions.
        mode: The text rendering mode at the beginning of the content.
    """
    modes, texts = [mode], list[int]()
    clips: list[list[int]] = [[]]  # for each saved graphics state, the clipping texts through which nothing has been drawn so far
    unused: list[int] = []
    for index, instruction in enumerate(content):
        operator = str(instruction.operator)
        if operator == "q":
            modes.append(modes[-1])
            clips.append([])
        elif operator == "Q" and len(modes) > 1:
            modes.pop()
            unused += clips.pop()
        elif operator == "Tr" and len(instruction.operands):
            modes[-1] = int(instruction.operands[0])
        elif operator == "ET":  # the texts of a text object clip together, after the end of the object
            clips[-1] += texts
            texts = []
        elif operator in TEXT_OPERATORS and modes[-1] == _CLIP:
            texts.append(index)
        elif operator in _DRAWING_OPERATORS or (
            operator in TEXT_OPERATORS and modes[-1] not in HIDDEN_MODES and not _is_empty_text(instruction)
        ):
            clips = [[] for _ in clips]
    return frozenset((*unused, *texts, *(index for level in clips for index in level)))


def _is_empty_text(instruction: Any) -> bool:
    """Whether an instruction draws a text without any characters."""
    import pikepdf

    if str(instruction.operator) not in TEXT_OPERATORS or not len(instruction.operands):
        return False
    operand = instruction.operands[-1]
    pieces = operand if isinstance(operand, pikepdf.Array) else [operand]
    return not any(isinstance(piece, pikepdf.String) and bytes(piece) for piece in pieces)


def drawn_marks(holder: Any, form_draws: dict[tuple[int, int], bool]) -> set[int]:
    """Return the identifiers (/MCID) of the marked content of a page or form in which anything is drawn.

    Args:
        holder: The page or form.
        form_draws: Whether each form draws anything, keyed by the form's object number; filled as forms are examined.
    """
    import pikepdf

    resources = as_dictionary(holder.get("/Resources"))
    drawn: set[int] = set()
    open_marks: list[int | None] = []
    for instruction in instructions(holder):
        operator, operands = str(instruction.operator), instruction.operands
        if operator == "BDC" and len(operands) > 1:
            is_name = isinstance(operands[1], pikepdf.Name)
            properties = as_dictionary(resources.get("/Properties")).get(str(operands[1])) if is_name else operands[1]
            identifier = as_dictionary(properties).get("/MCID")
            open_marks.append(identifier if isinstance(identifier, int) else None)
        elif operator in ("BMC", "BDC"):
            open_marks.append(None)
        elif operator == "EMC":
            open_marks = open_marks[:-1]
        elif any(identifier is not None for identifier in open_marks) and _draws(instruction, resources, form_draws):
            drawn.update(identifier for identifier in open_marks if identifier is not None)
    return drawn


def _draws(instruction: Any, resources: Any, form_draws: dict[tuple[int, int], bool]) -> bool:
    """Whether an instruction draws anything; a form draws something if any of its instructions does."""
    import pikepdf

    operator, operands = str(instruction.operator), instruction.operands
    if operator in TEXT_OPERATORS:
        return not _is_empty_text(instruction)
    xobject = as_dictionary(resources.get("/XObject")).get(str(operands[0])) if operator == "Do" and len(operands) else None
    if not isinstance(xobject, pikepdf.Stream) or xobject.get("/Subtype") != "/Form":
        return operator in _DRAWING_OPERATORS
    if xobject.objgen not in form_draws:
        form_draws[xobject.objgen] = False  # ends the recursion of a form that draws itself
        form_resources = as_dictionary(xobject.get("/Resources", resources))
        form_draws[xobject.objgen] = any(_draws(inner, form_resources, form_draws) for inner in instructions(xobject))
    return form_draws[xobject.objgen]


def _text_side_effects(operator: str, operands: Any) -> Iterator[Any]:
    """Yield instructions with the side effects of a text operator: setting the spacing, and going to the next line."""
    if operator == '"' and len(operands) == 3:
        yield _instruction("Tw", operands[0])
        yield _instruction("Tc", operands[1])
    if operator in ("'", '"'):
        yield _instruction("T*")


def _without_private_properties(instruction: Any, operands: Any) -> Any:
    """Return the beginning of marked content with only the properties in _KEPT_PROPERTIES."""
    import pikepdf

    if len(operands) < 2 or not isinstance(operands[1], pikepdf.Dictionary):
        return instruction
    properties = {key: value for key, value in operands[1].items() if key in _KEPT_PROPERTIES}
    return _instruction(str(instruction.operator), operands[0], pikepdf.Dictionary(properties))


def _instruction(operator: str, *operands: Any) -> Any:
    import pikepdf

    return pikepdf.ContentStreamInstruction(list(operands), pikepdf.Operator(operator))


def _may_be_visible(form: Any) -> bool:
    """Whether a form draws something other than text, or changes how text is drawn."""
    return any(str(instruction.operator) in _DRAWS_OR_CHANGES_TEXT for instruction in instructions(form))


def instructions(holder: Any, operators: str = "") -> Iterable[Any]:
    """Return the instructions of a page, form or pattern.

    Args:
        holder: The page, form or pattern.
        operators: The operators of the instructions to return, separated by spaces; empty for all.
    """
    import pikepdf

    return pikepdf.parse_content_stream(pikepdf.Page(holder) if holder.get("/Type") == "/Page" else holder, operators)


def as_dictionary(value: Any) -> Any:
    """Return a value if it is a dictionary, else an empty dictionary."""
    import pikepdf

    return value if isinstance(value, pikepdf.Dictionary) else pikepdf.Dictionary()
