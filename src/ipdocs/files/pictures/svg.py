"""Clean SVG drawings: copy them without scripts, animation, external references and metadata."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from math import isfinite, sqrt
from typing import TYPE_CHECKING
from urllib.parse import unquote

from ipdocs.files.pictures.data_url import decode_data_url, encode_data_url
from ipdocs.files.pictures.picture import MAX_PIXELS, MAX_SIDE, BadPicture, CleanPicture
from ipdocs.files.pictures.svg_cost import MAX_DEPTH, MAX_LAYERED_PIXELS, count_layers
from ipdocs.files.pictures.svg_styles import external_address, inline_styles

if TYPE_CHECKING:
    from lxml.etree import _Element

NAMESPACE = "http://www.w3.org/2000/svg"
SVG = f"{{{NAMESPACE}}}"
_XLINK = "http://www.w3.org/1999/xlink"
_HREF = f"{{{_XLINK}}}href"
_XML = "{http://www.w3.org/XML/1998/namespace}"

_UNITS = {"": 1.0, "px": 1.0, "pt": 4 / 3, "pc": 16.0, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0, "em": 16.0, "rem": 16.0}
_DEFAULT_SIZE = (300.0, 150.0)
"""The size in pixels of a drawing that states no size, as in CSS."""

_SHAPES = frozenset({"circle", "ellipse", "image", "line", "path", "polygon", "polyline", "rect", "text"})
_TEXTS = frozenset({"text", "textPath", "tspan"})
_FILTERS = frozenset(
    {
        *("feBlend", "feColorMatrix", "feComponentTransfer", "feComposite", "feConvolveMatrix", "feDiffuseLighting"),
        *("feDisplacementMap", "feDistantLight", "feDropShadow", "feFlood", "feFuncA", "feFuncB", "feFuncG", "feFuncR"),
        *("feGaussianBlur", "feImage", "feMerge", "feMergeNode", "feMorphology", "feOffset", "fePointLight"),
        *("feSpecularLighting", "feSpotLight", "feTile", "feTurbulence"),
    }
)
_COPIED_ELEMENTS = frozenset(
    {
        *_SHAPES,
        *_TEXTS,
        *_FILTERS,
        *("clipPath", "defs", "filter", "g", "linearGradient", "marker", "mask", "pattern", "radialGradient", "stop", "svg"),
        *("symbol", "use"),
    }
)
"""The elements that are copied. In addition, stylesheets and switches are applied, and links become groups."""

_ANIMATIONS = frozenset({"animate", "animateColor", "animateMotion", "animateTransform", "set"})
_PICTURE_ELEMENTS = frozenset({"image", "feImage"})
_EMBED_HINT = "embed the pictures and styles that it refers to in the file"
_NUMBER = re.compile(r"\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)\s*([a-z%]*)\s*", re.I)
_REFERENCE = re.compile(r"""(url\(\s*["']?#)([^"')]+)""")
_DROPPED_ATTRIBUTES = frozenset({"class", "role"})
"""Attributes that draw nothing; classes are no longer needed once stylesheets are written into the elements."""

_DROPPED_PREFIXES = ("on", "data-", "aria-")
"""Prefixes of attributes that draw nothing: labels and event handlers."""

PictureCleaner = Callable[[bytes], CleanPicture]
"""The type of a function that cleans a picture, such as `clean_picture`."""


@dataclass(slots=True)
class _CopyState:
    """The state of copying a drawing.

    Attributes:
        clean: The function that cleans photos.
        losses: Clauses about content that was not copied.
        pixels: The number of pixels in all photos so far.
    """

    clean: PictureCleaner
    losses: set[str] = field(default_factory=set)
    pixels: float = 0.0


def clean_svg(data: bytes, clean: PictureCleaner) -> CleanPicture:
    """Return a cleaned drawing, which states its size in pixels and looks the same in all programs.

    Args:
        data: The SVG, in the encoding that it declares.
        clean: The function that cleans the photos in the drawing.

    Raises:
        BadPicture: The data is not SVG, refers to other files, draws nothing, or takes too long to draw.
    """
    root = _parse_drawing(data)
    state = _CopyState(clean)
    drawing = _copy(root, state, 0)
    if drawing is None or not any(_name(element) in _SHAPES for element in drawing.iter()):
        raise BadPicture("it draws nothing", "check it in a browser, and export it again")
    width, height = _size(root)
    drawing.set("width", f"{width:.6g}")
    drawing.set("height", f"{height:.6g}")
    count_layers(drawing, width, height)
    _rename_ids(drawing)
    return CleanPicture("svg", _serialise_checked(drawing), width, height, tuple(sorted(state.losses)))


def is_svg(data: bytes) -> bool:
    """Whether an XML file is an SVG drawing."""
    try:
        return _name(_parse_xml(data)) == "svg"
    except BadPicture:
        return False


def parse_clean_svg(picture: CleanPicture) -> _Element:
    """Return the root of a cleaned drawing."""
    return _parse_xml(picture.data)


def max_dots_per_pixel(picture: CleanPicture, limit: float) -> float:
    """Return the number of dots per CSS pixel, up to a limit, at which a drawing can be drawn in a reasonable time."""
    layers = count_layers(parse_clean_svg(picture), picture.width, picture.height)
    return min(limit, sqrt(MAX_LAYERED_PIXELS / ((1 + layers) * picture.width * picture.height)))


def drawing_text(picture: CleanPicture) -> str:
    """Return the text in a cleaned drawing; empty for a photo."""
    if not picture.is_drawing:
        return ""
    return " ".join("".join(text.itertext()) for text in parse_clean_svg(picture).iter(f"{SVG}text"))


def _parse_xml(data: bytes) -> _Element:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True, remove_comments=True, huge_tree=False)
    try:
        root: _Element = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        if str(error).startswith("Excessive depth"):
            raise _too_deep() from error
        raise BadPicture(f"it is not an SVG file: {getattr(error, 'msg', error)}", "export it as SVG again") from error
    return root


def _parse_drawing(data: bytes) -> _Element:
    """Return the root of a drawing, with its stylesheets written into the elements.

    Raises:
        BadPicture: The data is not SVG, declares entities, or links to a stylesheet.
    """
    root = _parse_xml(data)
    if _name(root) != "svg":
        raise BadPicture(f"it is not an SVG file: it begins with <{_name(root)[:40]}>", "save it as PNG, JPEG or SVG")
    dtd = root.getroottree().docinfo.internalDTD
    if dtd is not None and any(True for _ in dtd.iterentities()):
        raise BadPicture("it declares entities", "export it as plain SVG, or save it as PNG")
    if any(getattr(node, "target", "") == "xml-stylesheet" for node in root.itersiblings(preceding=True)):
        raise BadPicture("it links to a stylesheet", _EMBED_HINT)
    inline_styles(root)
    return root


def _name(element: _Element) -> str:
    """Return the name of an element, without the SVG namespace but with any other namespace; empty for a comment."""
    tag = element.tag
    if not isinstance(tag, str):
        return ""
    return tag.removeprefix(SVG) if tag.startswith((SVG, "{")) else tag


def _copy(element: _Element, state: _CopyState, depth: int, *, in_text: bool = False) -> _Element | None:
    """Return a copy of an element with everything in it that is drawn; None if the element draws nothing."""
    from lxml import etree

    if depth > MAX_DEPTH:
        raise _too_deep()
    name = _name(element)
    if name in {"a", "switch"}:
        name = "tspan" if in_text else "g"
    if name not in _COPIED_ELEMENTS:
        _record_loss(name, element, state)
        return None
    copy: _Element = etree.Element(f"{SVG}{name}", nsmap={None: NAMESPACE, "xlink": _XLINK} if depth == 0 else None)
    for key, value in element.attrib.items():
        _copy_attribute(copy, name, str(key), value, state)
    is_text = name in _TEXTS
    copy.text = element.text if is_text else None
    for child in _drawn_children(element):
        child_copy = _copy(child, state, depth + 1, in_text=is_text)
        if child_copy is not None:
            copy.append(child_copy)
        if is_text and child.tail:
            if len(copy):
                copy[-1].tail = (copy[-1].tail or "") + child.tail
            else:
                copy.text = (copy.text or "") + child.tail
    return copy


def _drawn_children(element: _Element) -> list[_Element]:
    """Return the children that are drawn; of a switch, only the first that needs no extension such as HTML (SVG 2, 5.10)."""
    if _name(element) != "switch":
        return list(element)
    names = _COPIED_ELEMENTS | {"a", "switch"}
    plain = [child for child in element if _name(child) in names and not child.get("requiredExtensions", "").strip()]
    return plain[:1]


def _record_loss(name: str, element: _Element, state: _CopyState) -> None:
    """Record that an element is not copied; refuse HTML, since its text would be lost."""
    if name == "script":
        state.losses.add("its script is left out, with anything it would draw")
    elif name in _ANIMATIONS:
        state.losses.add("its animation is left out")
    elif name == "foreignObject" and ("".join(map(str, element.itertext())).strip() or len(element)):
        hint = "export it with plain SVG text (in draw.io without “Formatted Text”), or save it as PNG"
        raise BadPicture("it holds text as HTML (foreignObject), which only browsers draw", hint)


def _copy_attribute(copy: _Element, name: str, key: str, value: str, state: _CopyState) -> None:
    if key in {"href", _HREF}:
        if reference := _clean_reference(name, value.strip(), state):
            copy.set(_HREF, reference)
    elif key.startswith("{"):
        if key in {f"{_XML}space", f"{_XML}lang"}:
            copy.set(key, value)
    elif key not in _DROPPED_ATTRIBUTES and not key.lower().startswith(_DROPPED_PREFIXES):
        if address := external_address(value):
            raise _external_reference(address)
        copy.set(key, value)


def _clean_reference(name: str, address: str, state: _CopyState) -> str:
    """Return a reference that is safe to copy: to another element, or to a cleaned photo in a data: URL; empty for a link."""
    if address.startswith("#") or not address:
        return address
    if name in {"g", "tspan"}:
        return ""
    if name not in _PICTURE_ELEMENTS or not address[:5].lower() == "data:":
        raise _external_reference(address)
    try:
        photo = state.clean(decode_data_url(address))
    except BadPicture as error:
        raise BadPicture(f"a picture in it cannot be used: {error.message}", error.hint) from error
    if photo.is_drawing:
        raise BadPicture("it holds another drawing as a picture", "copy the elements of that drawing into it, or save it as PNG")
    state.pixels += photo.width * photo.height
    if state.pixels > MAX_PIXELS:
        raise BadPicture(f"the pictures in it have more than {MAX_PIXELS:,} pixels", "reduce their size")
    state.losses |= {f"in one of its pictures, {loss}" for loss in photo.losses}
    return encode_data_url(photo)


def _rename_ids(drawing: _Element) -> None:
    """Replace ids with numbered ids, and remove ids that nothing refers to, since the ids of layers may name people."""
    new_ids: dict[str, str] = {}

    def new_id(name: str) -> str:
        return new_ids.setdefault(unquote(name), f"n{len(new_ids) + 1}")

    for element in drawing.iter():
        for key, value in element.attrib.items():
            if key == _HREF and value.startswith("#"):
                element.set(key, f"#{new_id(value[1:])}")
            elif "url(" in value:
                element.set(key, _REFERENCE.sub(lambda match: match[1] + new_id(match[2]), value))
    for element in drawing.iter():
        name = element.attrib.pop("id", None)
        if name in new_ids:
            element.set("id", new_ids[name])


def _external_reference(address: str) -> BadPicture:
    return BadPicture(f"it refers to another file or address: {address[:80]!r}", _EMBED_HINT)


def _too_deep() -> BadPicture:
    return BadPicture(f"its elements are nested deeper than {MAX_DEPTH}", "ungroup its elements, or save it as PNG")


def _serialise_checked(drawing: _Element) -> bytes:
    """Return a drawing as XML; draw it once, so that a broken drawing is refused before any file is written."""
    import resvg_py
    from lxml import etree

    text = etree.tostring(drawing, encoding="unicode")
    try:
        resvg_py.svg_to_bytes(svg_string=text, width=16, skip_system_fonts=True)
    except BaseException as error:
        if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
            raise
        raise BadPicture(f"it cannot be drawn: {str(error)[:100]}", "export it as SVG again, or save it as PNG") from error
    return text.encode()


def _size(root: _Element) -> tuple[float, float]:
    """Return the width and height of a drawing in pixels.

    A side that is not stated follows from the proportions of the viewBox. If neither side is stated, the size is that of the
    viewBox.
    """
    width, height = (_pixels(root.get(key, "")) for key in ("width", "height"))
    box = _view_box_size(root.get("viewBox", ""))
    if width is None and height is None:
        width, height = box or _DEFAULT_SIZE
    ratio = box[1] / box[0] if box else None
    if width is None:
        width = height / ratio if height is not None and ratio else _DEFAULT_SIZE[0]
    if height is None:
        height = width * ratio if ratio else _DEFAULT_SIZE[1]
    if min(width, height) <= 0:
        raise BadPicture(f"it has no size: {width:g} by {height:g}", "state its width and height")
    if max(width, height) > MAX_SIDE:
        message = f"it has {width:,.0f} × {height:,.0f} pixels; the limit is {MAX_SIDE:,} on each side"
        raise BadPicture(message, "reduce its size")
    return width, height


def _pixels(length: str) -> float | None:
    """Return a length in pixels; None if the length is missing or relative."""
    match = _NUMBER.fullmatch(length)
    unit = _UNITS.get(match[2].lower()) if match else None
    return float(match[1]) * unit if match and unit else None


def _view_box_size(view_box: str) -> tuple[float, float] | None:
    """Return the width and height in a viewBox attribute; None if the attribute is missing or invalid."""
    matches = [_NUMBER.fullmatch(part) for part in view_box.replace(",", " ").split()]
    sides = [float(match[1]) for match in matches[2:] if match and not match[2]]
    is_valid = len(matches) == 4 and len(sides) == 2 and min(sides) > 0 and all(map(isfinite, sides))
    return (sides[0], sides[1]) if is_valid else None
