"""Content of PDF pages without what nobody sees: layers that are off, invisible text, comments, unused resources."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ipdocs.files.pdf.layers import IsShown, layer_visibility
from ipdocs.files.pdf.refused import RefusedPdf

if TYPE_CHECKING:
    import pikepdf

LAYER, TEXT = "switched-off contents", "invisible texts"
"""The kinds that removed content is counted by."""

MAX_CONTENT = 500_000_000
"""How many bytes the content of all pages and forms may unpack to."""

Marks = dict[tuple[int, int], set[int]]
"""Numbers of marked contents (/MCID) by the object of the page or form that they stand in."""

Start = tuple[int, bool]
"""The mode that text is drawn in where a content begins, and whether what is filled there lets everything through."""

_NEEDS_PARSING = re.compile(rb"[%#]|/OC\b|\bTr\b|\bDP\b|\bMP\b|\bBMC\b|/(?!MCID\b)[A-Za-z]++[^/]*?>>\s*BDC|/\w+\s*BDC")
"""Signs of comments, escaped names, layers, modes of text, and properties: content without any of them is kept as it is."""

_NAME = re.compile(rb"/([^\s()<>\[\]{}/%]+)")
_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
_MCID = re.compile(rb"/MCID\s+(\d+)")
_FILLS = frozenset(["S", "s", "f", "F", "f*", "B", "B*", "b", "b*"])
_TEXTS = frozenset(("Tj", "TJ", "'", '"'))
_SHOWING = _FILLS | {"sh", "Do", "INLINE IMAGE", "Tr", "gs"}
"""What draws more than text, or changes how it is drawn."""

_FILLED, _INVISIBLE = 0, 3
_SHOWN: Start = (_FILLED, False)
_PRUNED = ("/XObject", "/Font", "/Pattern", "/Shading", "/ExtGState", "/ColorSpace", "/Properties")
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
class _Rewriter:
    """Copies instructions, leaving out what is not seen."""

    resources: Any
    is_shown: IsShown
    keeps_invisible: bool
    copy_of: Callable[[Any, Start], Any]
    modes: list[int]
    clear: list[bool]
    kept: list[Any] = field(default_factory=list)
    marks: list[_Mark] = field(default_factory=list)
    copies: dict[str, Any] = field(default_factory=dict)
    off: int = 0
    drawn: int = 0
    removed: Counter[str] = field(default_factory=Counter)

    def copy(self, instruction: Any) -> None:
        """Copy one instruction, or what has to stand in its place."""
        import pikepdf

        operator, operands = str(instruction.operator), instruction.operands
        if isinstance(instruction, pikepdf.ContentStreamInlineImage):
            self._draw(instruction, LAYER if self.off else "")
        elif operator in _TEXTS:
            is_invisible = not self.keeps_invisible and (
                self.modes[-1] == _INVISIBLE or (self.modes[-1] == _FILLED and self.clear[-1])
            )
            self._draw(instruction, LAYER if self.off else TEXT if is_invisible else "", *_in_place_of_text(operator, operands))
        elif operator in _FILLS or operator == "sh":
            self._draw(instruction, LAYER if self.off else "", *([_instruction("n")] if operator != "sh" else []))
        elif operator == "Do":
            drawn = self._resource("/XObject", operands)
            is_off = self.off or not self.is_shown(drawn.get("/OC") if isinstance(drawn, pikepdf.Stream) else None)
            is_form = isinstance(drawn, pikepdf.Stream) and drawn.get("/Subtype") == "/Form"
            if is_form and not is_off and not self.keeps_invisible and (self.modes[-1] == _INVISIBLE or self.clear[-1]):
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
            self.drawn += not _is_empty_text(instruction)
            self.kept.append(instruction)

    def _draw_unseen(self, instruction: Any, form: Any) -> None:
        """Draw a form in a state in which text is not seen: a copy of it, unless nothing of it is seen."""
        import pikepdf

        is_group = _dictionary(form.get("/Group")).get("/S") == "/Transparency"
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
                opacity = _dictionary(self._resource("/ExtGState", operands)).get("/ca")
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

        said = _dictionary(self._properties(mark.operands[1])) if len(mark.operands) > 1 else {}
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
        return _dictionary(self.resources.get(category)).get(str(operands[0])) if len(operands) else None


def _is_empty_text(instruction: Any) -> bool:
    """Whether an instruction draws a text without any characters."""
    import pikepdf

    if str(instruction.operator) not in _TEXTS or not len(instruction.operands):
        return False
    drawn = instruction.operands[-1]
    pieces = drawn if isinstance(drawn, pikepdf.Array) else [drawn]
    return not any(isinstance(piece, pikepdf.String) and bytes(piece) for piece in pieces)


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


def remove_unseen(pdf: pikepdf.Pdf, *, keep_scanned_text: bool) -> tuple[Counter[str], Marks]:
    """Take out of all pages what is not seen, and resources that nothing uses.

    A drawn text that is removed does not move what follows it in the same line; programs place each piece themselves.

    Args:
        pdf: the file; its annotations are part of its pages already.
        keep_scanned_text: whether the invisible text stays that programs for text recognition lay behind a picture of a page.

    Returns:
        How many pieces were removed by kind, and the marked contents that are left.

    Raises:
        RefusedPdf: the content is larger than MAX_CONTENT.
    """
    is_shown = layer_visibility(pdf)
    copies = _Copies(pdf)
    removed: Counter[str] = Counter()
    marks: Marks = {}
    todo: list[tuple[Any, Any, bool]] = [(page.obj, _inherited_resources(page.obj), False) for page in pdf.pages]
    seen: set[tuple[int, int]] = set()
    size = 0
    while todo:
        holder, inherited, has_picture = todo.pop()
        if holder.objgen in seen:
            continue
        seen.add(holder.objgen)
        resources = _dictionary(holder.get("/Resources", inherited))
        if "/CharProcs" in holder:
            glyphs = [glyph for glyph in _dictionary(holder.CharProcs).values() if _is_stream(glyph)]
            holder.Resources = kept = _used(resources, _names(b"\n".join(glyph.read_bytes() for glyph in glyphs)))
            todo += [(glyph, kept, False) for glyph in glyphs]
            continue
        has_picture = has_picture or any(one.get("/Subtype") == "/Image" for one in _values(resources, "/XObject"))
        data = _content(holder)
        if (size := size + len(data)) > MAX_CONTENT:
            message = f"has pages whose content unpacks to more than {MAX_CONTENT:,} bytes"
            raise RefusedPdf("annex-too-large", message, "make it several annexes")
        mode, is_clear = start = copies.starts.get(holder.objgen, _SHOWN)
        if _NEEDS_PARSING.search(data) or _can_hide(resources) or start != _SHOWN:
            keeps = keep_scanned_text and has_picture and start == _SHOWN and not _draws_visible_text(holder)
            rewriter = _Rewriter(resources, is_shown, keeps, copies.of, [mode], [is_clear])
            for instruction in _instructions(holder):
                rewriter.copy(instruction)
            removed += rewriter.removed
            data = _unparsed(rewriter)
            _set_content(pdf, holder, data)
            resources = _with_forms(resources, rewriter.copies)
        holder.Resources = kept = _used(resources, _names(data))
        marks[holder.objgen] = {int(number) for number in _MCID.findall(data)}
        marks[holder.objgen] |= {one.MCID for one in _values(kept, "/Properties") if isinstance(one.get("/MCID"), int)}
        todo += [(inner, kept, has_picture) for inner in _inner(kept)]
    return removed, marks


class _Copies:
    """Copies of forms, one for each state in which text is not seen where a form is drawn."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self.starts: dict[tuple[int, int], Start] = {}
        self._pdf = pdf
        self._made: dict[tuple[tuple[int, int], Start], Any] = {}

    def of(self, form: Any, start: Start) -> Any:
        """Return the copy of a form that is drawn in a state; it has no place of its own in the tags."""
        if (form.objgen, start) not in self._made:
            entries = {key: value for key, value in form.items() if key not in _OF_ORIGINAL}
            made = self._pdf.make_stream(form.read_bytes(), entries)
            self._made[form.objgen, start] = made
            self.starts[made.objgen] = start
        return self._made[form.objgen, start]


_OF_ORIGINAL = ("/Length", "/Filter", "/DecodeParms", "/StructParent", "/StructParents")
"""What a copy of a form does not share: how its bytes are packed, and its place in the tags."""


def _can_show(form: Any) -> bool:
    """Whether a form draws more than text in the state that it is drawn in."""
    return any(str(one.operator) in _SHOWING for one in _instructions(form))


def _with_forms(resources: Any, forms: dict[str, Any]) -> Any:
    """Return resources with more forms."""
    import copy

    import pikepdf

    if not forms:
        return resources
    changed, drawn = pikepdf.Dictionary(dict(resources.items())), copy.copy(resources.XObject)
    for name, form in forms.items():
        drawn[name] = form
    changed.XObject = drawn
    return changed


def _can_hide(resources: Any) -> bool:
    """Whether there are forms and images of layers, or states in which what is filled is not seen."""
    layers = any("/OC" in one for one in _values(resources, "/XObject"))
    return layers or any(state.get("/ca") == 0 for state in _values(resources, "/ExtGState"))


def _inner(resources: Any) -> Iterator[Any]:
    """Yield what has content of its own among resources: forms, patterns, masks, and fonts that are drawn."""
    yield from (one for one in _values(resources, "/XObject") if one.get("/Subtype") == "/Form")
    yield from (one for one in _values(resources, "/Pattern") if _is_stream(one))
    yield from (one for one in _values(resources, "/Font") if "/CharProcs" in one)
    for state in _values(resources, "/ExtGState"):
        if _is_stream(form := _dictionary(state.get("/SMask")).get("/G")):
            yield form


def _draws_visible_text(holder: Any) -> bool:
    modes = [0]
    for instruction in _instructions(holder, "q Q Tr Tj TJ ' \""):
        match str(instruction.operator):
            case "q":
                modes.append(modes[-1])
            case "Q":
                modes = modes[:-1] or [0]
            case "Tr":
                modes[-1] = int(instruction.operands[0])
            case _ if modes[-1] != _INVISIBLE:
                return True
    return False


def _instructions(holder: Any, operators: str = "") -> Iterable[Any]:
    """Return the instructions of a page, a form or a pattern."""
    import pikepdf

    return pikepdf.parse_content_stream(pikepdf.Page(holder) if holder.get("/Type") == "/Page" else holder, operators)


def _unparsed(rewriter: _Rewriter) -> bytes:
    import pikepdf

    return pikepdf.unparse_content_stream([instruction for instruction in rewriter.kept if instruction is not None])


def _content(holder: Any) -> bytes:
    """Return the content of a page, whose streams are made one, or of a form or pattern."""
    import pikepdf

    if holder.get("/Type") != "/Page":
        return bytes(holder.read_bytes())
    page = pikepdf.Page(holder)
    page.contents_coalesce()
    return bytes(holder.Contents.read_bytes()) if "/Contents" in holder else b""


def _set_content(pdf: pikepdf.Pdf, holder: Any, data: bytes) -> None:
    if holder.get("/Type") == "/Page":
        holder.Contents = pdf.make_stream(data)
    else:
        holder.write(data)


def _names(data: bytes) -> set[bytes]:
    """Return all names in some content, in plain spelling."""
    return {_ESCAPE.sub(lambda code: bytes([int(code[1], 16)]), name) for name in _NAME.findall(data)}


def _used(resources: Any, names: set[bytes]) -> Any:
    """Return resources without those whose names stand nowhere in the content."""
    import pikepdf

    kept = pikepdf.Dictionary(dict(resources.items()))
    for category in _PRUNED:
        if category in kept:
            named = dict(_dictionary(kept[category]).items())
            if all(key.isprintable() for key in named):  # the library cannot write names in other encodings
                kept[category] = pikepdf.Dictionary({key: value for key, value in named.items() if key[1:].encode() in names})
    return kept


def _inherited_resources(page: Any) -> Any:
    """Return the resources of a page, which one of the nodes above it may hold."""
    import pikepdf

    for _ in range(50):
        if "/Resources" in page or not isinstance(page.get("/Parent"), pikepdf.Dictionary):
            break
        page = page.Parent
    return page.get("/Resources")


def _values(resources: Any, category: str) -> list[Any]:
    import pikepdf

    return [one for one in _dictionary(resources.get(category)).values() if isinstance(one, pikepdf.Dictionary | pikepdf.Stream)]


def _dictionary(value: Any) -> Any:
    import pikepdf

    return value if isinstance(value, pikepdf.Dictionary) else pikepdf.Dictionary()


def _is_stream(value: Any) -> bool:
    import pikepdf

    return isinstance(value, pikepdf.Stream)
