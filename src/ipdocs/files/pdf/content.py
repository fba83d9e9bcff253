"""Content of PDF pages without what nobody sees: layers that are off, invisible text, comments, unused resources."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ipdocs.files.pdf.instructions import SHOWN, UNSEEN_MODES, Rewriter, Start, dictionary, instructions, unused_clips
from ipdocs.files.pdf.layers import layer_visibility
from ipdocs.files.pdf.refused import RefusedPdf

if TYPE_CHECKING:
    import pikepdf

MAX_CONTENT = 500_000_000
"""How many bytes the content of all pages and forms may unpack to."""

Marks = dict[tuple[int, int], set[int]]
"""Numbers of marked contents (/MCID) by the object of the page or form that they stand in."""

_NEEDS_PARSING = re.compile(rb"[%#]|/OC\b|\bTr\b|\bDP\b|\bMP\b|\bBMC\b|/(?!MCID\b)[A-Za-z]++[^/]*?>>\s*BDC|/\w+\s*BDC")
"""Signs of comments, escaped names, layers, modes of text, and properties: content without any of them is kept as it is."""

_NAME = re.compile(rb"/([^\s()<>\[\]{}/%]+)")
_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
_MCID = re.compile(rb"/MCID\s+(\d+)")
_PRUNED = ("/XObject", "/Font", "/Pattern", "/Shading", "/ExtGState", "/ColorSpace", "/Properties")


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
    drawing: dict[tuple[int, int], bool] = {}
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
        resources = dictionary(holder.get("/Resources", inherited))
        if "/CharProcs" in holder:
            glyphs = [glyph for glyph in dictionary(holder.CharProcs).values() if _is_stream(glyph)]
            holder.Resources = kept = _used(resources, _names(b"\n".join(glyph.read_bytes() for glyph in glyphs)))
            todo += [(glyph, kept, False) for glyph in glyphs]
            continue
        has_picture = has_picture or any(one.get("/Subtype") == "/Image" for one in _values(resources, "/XObject"))
        data = _content(holder)
        if (size := size + len(data)) > MAX_CONTENT:
            message = f"has pages whose content unpacks to more than {MAX_CONTENT:,} bytes"
            raise RefusedPdf("annex-too-large", message, "make it several annexes")
        mode, is_clear = start = copies.starts.get(holder.objgen, SHOWN)
        if _NEEDS_PARSING.search(data) or _can_hide(resources) or start != SHOWN:
            keeps = keep_scanned_text and has_picture and start == SHOWN and not _draws_visible_text(holder)
            content = list(instructions(holder))
            rewriter = Rewriter(resources, is_shown, keeps, copies.of, [mode], [is_clear], unused_clips(content, mode), drawing)
            for number, instruction in enumerate(content):
                rewriter.copy(number, instruction)
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
        if _is_stream(form := dictionary(state.get("/SMask")).get("/G")):
            yield form


def _draws_visible_text(holder: Any) -> bool:
    modes = [0]
    for instruction in instructions(holder, "q Q Tr Tj TJ ' \""):
        match str(instruction.operator):
            case "q":
                modes.append(modes[-1])
            case "Q":
                modes = modes[:-1] or [0]
            case "Tr":
                modes[-1] = int(instruction.operands[0])
            case _ if modes[-1] not in UNSEEN_MODES:
                return True
    return False


def _unparsed(rewriter: Rewriter) -> bytes:
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
            named = dict(dictionary(kept[category]).items())
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

    return [one for one in dictionary(resources.get(category)).values() if isinstance(one, pikepdf.Dictionary | pikepdf.Stream)]


def _is_stream(value: Any) -> bool:
    import pikepdf

    return isinstance(value, pikepdf.Stream)
