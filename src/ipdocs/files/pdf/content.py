"""Remove hidden content from PDF pages: hidden layers, invisible text, comments and unused resources.

A holder is an object that has content: a page, a form, a pattern or a Type 3 font.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ipdocs.files.pdf.instructions import (
    HIDDEN_MODES,
    VISIBLE_STATE,
    Rewriter,
    TextState,
    as_dictionary,
    instructions,
    unused_clips,
)
from ipdocs.files.pdf.layers import layer_visibility
from ipdocs.files.pdf.refused import RefusedPdf

if TYPE_CHECKING:
    import pikepdf

MAX_CONTENT = 500_000_000
"""Maximum size of the unpacked content of all pages and forms, in bytes."""

Marks = dict[tuple[int, int], set[int]]
"""The identifiers (/MCID) of marked content, keyed by the object number of the page or form."""

_NEEDS_PARSING = re.compile(rb"[%#]|/OC\b|\bTr\b|\bDP\b|\bMP\b|\bBMC\b|/(?!MCID\b)[A-Za-z]++[^/]*?>>\s*BDC|/\w+\s*BDC")
"""Signs of comments, escaped names, layers, text modes and properties; content without any such sign is not changed."""

_NAME = re.compile(rb"/([^\s()<>\[\]{}/%]+)")
_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
_MCID = re.compile(rb"/MCID\s+(\d+)")
_PRUNED_CATEGORIES = ("/XObject", "/Font", "/Pattern", "/Shading", "/ExtGState", "/ColorSpace", "/Properties")
"""The categories of resources from which unused entries are removed."""


def remove_hidden_content(pdf: pikepdf.Pdf, *, keep_scanned_text: bool) -> tuple[Counter[str], Marks]:
    """Remove hidden content and unused resources from all pages.

    The rest of a line does not move when a text is removed, since programs position each text in a line separately.

    Args:
        pdf: The file, whose annotations have already been flattened.
        keep_scanned_text: Whether to keep the invisible text that text recognition adds to a scanned page.

    Returns:
        The number of removed items, keyed by kind, and the marked content that remains.

    Raises:
        RefusedPdf: The content is larger than MAX_CONTENT.
    """
    is_layer_shown = layer_visibility(pdf)
    copies = _FormCopies(pdf)
    form_draws: dict[tuple[int, int], bool] = {}
    removed: Counter[str] = Counter()
    marks: Marks = {}
    pending: list[tuple[Any, Any, bool]] = [(page.obj, _inherited_resources(page.obj), False) for page in pdf.pages]
    visited: set[tuple[int, int]] = set()
    size = 0
    while pending:
        holder, inherited, has_picture = pending.pop()
        if holder.objgen in visited:
            continue
        visited.add(holder.objgen)
        resources = as_dictionary(holder.get("/Resources", inherited))
        if "/CharProcs" in holder:
            glyphs = [glyph for glyph in as_dictionary(holder.CharProcs).values() if _is_stream(glyph)]
            holder.Resources = used = _only_used(resources, _names(b"\n".join(glyph.read_bytes() for glyph in glyphs)))
            pending += [(glyph, used, False) for glyph in glyphs]
            continue
        has_picture = has_picture or any(value.get("/Subtype") == "/Image" for value in _values(resources, "/XObject"))
        data = _content(holder)
        if (size := size + len(data)) > MAX_CONTENT:
            message = f"has pages whose content unpacks to more than {MAX_CONTENT:,} bytes"
            raise RefusedPdf("annex-too-large", message, "split it into several annexes")
        mode, is_transparent = state = copies.states.get(holder.objgen, VISIBLE_STATE)
        if _NEEDS_PARSING.search(data) or _can_hide(resources) or state != VISIBLE_STATE:
            content = list(instructions(holder))
            rewriter = Rewriter(
                resources=resources,
                is_layer_shown=is_layer_shown,
                keep_invisible=keep_scanned_text and has_picture and state == VISIBLE_STATE and not _has_visible_text(holder),
                copy_form=copies.copy,
                modes=[mode],
                transparent=[is_transparent],
                unused_clips=unused_clips(content, mode),
                form_draws=form_draws,
            )
            for index, instruction in enumerate(content):
                rewriter.copy(index, instruction)
            removed += rewriter.removed
            data = _serialised(rewriter)
            _set_content(pdf, holder, data)
            resources = _with_forms(resources, rewriter.form_copies)
        holder.Resources = used = _only_used(resources, _names(data))
        marks[holder.objgen] = {int(digits) for digits in _MCID.findall(data)}
        marks[holder.objgen] |= {value.MCID for value in _values(used, "/Properties") if isinstance(value.get("/MCID"), int)}
        pending += [(child, used, has_picture) for child in _holders_in(used)]
    return removed, marks


class _FormCopies:
    """Copies of forms that are drawn while text is hidden: one for each form and text state that hides text."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self.states: dict[tuple[int, int], TextState] = {}
        """The text state of each copy, keyed by the object number of the copy."""
        self._pdf = pdf
        self._copies: dict[tuple[tuple[int, int], TextState], Any] = {}

    def copy(self, form: Any, state: TextState) -> Any:
        """Return the copy of a form for a text state; the copy has no tags."""
        if (form.objgen, state) not in self._copies:
            entries = {key: value for key, value in form.items() if key not in _NOT_COPIED}
            form_copy = self._pdf.make_stream(form.read_bytes(), entries)
            self._copies[form.objgen, state] = form_copy
            self.states[form_copy.objgen] = state
        return self._copies[form.objgen, state]


_NOT_COPIED = ("/Length", "/Filter", "/DecodeParms", "/StructParent", "/StructParents")
"""The entries of a form that are not copied: the encoding, and the position in the structure tree."""


def _with_forms(resources: Any, forms: dict[str, Any]) -> Any:
    """Return resources with additional forms, which are keyed by name."""
    import copy

    import pikepdf

    if not forms:
        return resources
    result, xobjects = pikepdf.Dictionary(dict(resources.items())), copy.copy(resources.XObject)
    for name, form in forms.items():
        xobjects[name] = form
    result.XObject = xobjects
    return result


def _can_hide(resources: Any) -> bool:
    """Whether resources have forms or images on layers, or graphics states with transparent fills."""
    has_layers = any("/OC" in value for value in _values(resources, "/XObject"))
    return has_layers or any(state.get("/ca") == 0 for state in _values(resources, "/ExtGState"))


def _holders_in(resources: Any) -> Iterator[Any]:
    """Yield the holders in resources: forms, patterns, Type 3 fonts and masks."""
    yield from (value for value in _values(resources, "/XObject") if value.get("/Subtype") == "/Form")
    yield from (value for value in _values(resources, "/Pattern") if _is_stream(value))
    yield from (value for value in _values(resources, "/Font") if "/CharProcs" in value)
    for state in _values(resources, "/ExtGState"):
        if _is_stream(form := as_dictionary(state.get("/SMask")).get("/G")):
            yield form


def _has_visible_text(holder: Any) -> bool:
    """Whether a page or form draws visible text."""
    modes = [0]
    for instruction in instructions(holder, "q Q Tr Tj TJ ' \""):
        match str(instruction.operator):
            case "q":
                modes.append(modes[-1])
            case "Q":
                modes = modes[:-1] or [0]
            case "Tr":
                modes[-1] = int(instruction.operands[0])
            case _ if modes[-1] not in HIDDEN_MODES:
                return True
    return False


def _serialised(rewriter: Rewriter) -> bytes:
    import pikepdf

    return pikepdf.unparse_content_stream([instruction for instruction in rewriter.result if instruction is not None])


def _content(holder: Any) -> bytes:
    """Return the content of a holder; the content streams of a page are joined first."""
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
    """Return all names in content, with their escapes decoded."""
    return {_ESCAPE.sub(lambda code: bytes([int(code[1], 16)]), name) for name in _NAME.findall(data)}


def _only_used(resources: Any, names: set[bytes]) -> Any:
    """Return only the resources that have one of the given names."""
    import pikepdf

    used = pikepdf.Dictionary(dict(resources.items()))
    for category in _PRUNED_CATEGORIES:
        if category in used:
            by_name = dict(as_dictionary(used[category]).items())
            if all(key.isprintable() for key in by_name):  # pikepdf cannot write names in other encodings
                used[category] = pikepdf.Dictionary({key: value for key, value in by_name.items() if key[1:].encode() in names})
    return used


def _inherited_resources(page: Any) -> Any:
    """Return the resources of a page; if the page has none, return those of the nearest node above it."""
    import pikepdf

    for _ in range(50):
        if "/Resources" in page or not isinstance(page.get("/Parent"), pikepdf.Dictionary):
            break
        page = page.Parent
    return page.get("/Resources")


def _values(resources: Any, category: str) -> list[Any]:
    """Return the dictionaries and streams in one category of resources."""
    import pikepdf

    values = as_dictionary(resources.get(category)).values()
    return [value for value in values if isinstance(value, pikepdf.Dictionary | pikepdf.Stream)]


def _is_stream(value: Any) -> bool:
    import pikepdf

    return isinstance(value, pikepdf.Stream)
