"""Drawings (SVG): what every format draws is copied out of a file; what runs, moves, reaches out or names people is not."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from math import isfinite, sqrt
from typing import TYPE_CHECKING
from urllib.parse import unquote

from ipdocs.files.pictures.data_url import decode_data_url, encode_data_url
from ipdocs.files.pictures.picture import MAX_PIXELS, MAX_SIDE, BadPicture, CleanPicture
from ipdocs.files.pictures.svg_cost import MAX_DEPTH, MAX_LAYERED_PIXELS, layers_of
from ipdocs.files.pictures.svg_styles import inline_styles, outside_address

if TYPE_CHECKING:
    from lxml.etree import _Element

NAMESPACE = "http://www.w3.org/2000/svg"
SVG = f"{{{NAMESPACE}}}"
_XLINK = "http://www.w3.org/1999/xlink"
_HREF = f"{{{_XLINK}}}href"
_XML = "{http://www.w3.org/XML/1998/namespace}"

_UNITS = {"": 1.0, "px": 1.0, "pt": 4 / 3, "pc": 16.0, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0, "em": 16.0, "rem": 16.0}
_DEFAULT = (300.0, 150.0)
"""The size of a drawing that states none, in pixels, as CSS has it."""

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
_KEPT = frozenset(
    {
        *_SHAPES,
        *_TEXTS,
        *_FILTERS,
        *("clipPath", "defs", "filter", "g", "linearGradient", "marker", "mask", "pattern", "radialGradient", "stop", "svg"),
        *("symbol", "use"),
    }
)
"""The elements that are copied; style and switch are applied, links become groups, and what else there is draws nothing."""

_MOVING = frozenset({"animate", "animateColor", "animateMotion", "animateTransform", "set"})
_EMBEDS = frozenset({"image", "feImage"})
_OUTSIDE = "put the pictures and styles that it refers to into the file itself"
_NUMBER = re.compile(r"\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)\s*([a-z%]*)\s*", re.I)
_REFERENCE = re.compile(r"""(url\(\s*["']?#)([^"')]+)""")
_UNDRAWN = frozenset({"class", "role"})
_UNDRAWN_BEGINNINGS = ("on", "data-", "aria-")
"""Attributes that draw nothing: labels, handlers, and what stylesheets chose elements by: they are the styles of these now."""

Clean = Callable[[bytes], CleanPicture]


@dataclass(slots=True)
class _Copy:
    """A drawing being copied: what was left out of it, and how many pixels the photos in it have."""

    clean: Clean
    left_out: set[str] = field(default_factory=set)
    pixels: float = 0.0


def clean_svg(data: bytes, clean: Clean) -> CleanPicture:
    """Return a drawing that says its size in pixels and is drawn alike by all readers.

    Args:
        data: the SVG, in any encoding that it declares.
        clean: cleans the photos in it.

    Raises:
        BadPicture: it is no SVG, refers to something outside itself, draws nothing, or takes too long to draw.
    """
    root = _parsed(data)
    copy = _Copy(clean)
    drawing = _copied(root, copy, 0)
    if drawing is None or not any(_name(element) in _SHAPES for element in drawing.iter()):
        raise BadPicture("it draws nothing", "open it in a browser, and export it again where it shows something")
    width, height = _size(root)
    drawing.set("width", f"{width:.6g}")
    drawing.set("height", f"{height:.6g}")
    layers_of(drawing, width, height)
    _rename_ids(drawing)
    return CleanPicture("svg", _drawable(drawing), width, height, tuple(sorted(copy.left_out)))


def is_svg(data: bytes) -> bool:
    """Whether the first element of some XML is that of a drawing."""
    try:
        return _name(_parsed_xml(data)) == "svg"
    except BadPicture:
        return False


def parse_clean_svg(picture: CleanPicture) -> _Element:
    """Return the root of a drawing that was cleaned."""
    return _parsed_xml(picture.data)


def sharpest(picture: CleanPicture, wanted: float) -> float:
    """Return how many dots for each pixel a drawing may be drawn with, not more than wanted, so that it does not take long."""
    layers = layers_of(parse_clean_svg(picture), picture.width, picture.height)
    return min(wanted, sqrt(MAX_LAYERED_PIXELS / ((1 + layers) * picture.width * picture.height)))


def words(picture: CleanPicture) -> str:
    """Return the text that a drawing shows; nothing for other pictures."""
    if not picture.is_drawing:
        return ""
    return " ".join("".join(text.itertext()) for text in parse_clean_svg(picture).iter(f"{SVG}text"))


def _parsed_xml(data: bytes) -> _Element:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True, remove_comments=True, huge_tree=False)
    try:
        root: _Element = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        if str(error).startswith("Excessive depth"):
            raise _too_deep() from error
        raise BadPicture(f"it is no SVG: {getattr(error, 'msg', error)}", "export it as SVG again") from error
    return root


def _parsed(data: bytes) -> _Element:
    """Return the root of a drawing, its stylesheets applied; one that is none, or takes in other files, is refused."""
    root = _parsed_xml(data)
    if _name(root) != "svg":
        raise BadPicture(f"it is no SVG: it begins with <{_name(root)[:40]}>", "save it as PNG, JPEG or SVG")
    declared = root.getroottree().docinfo.internalDTD
    if declared is not None and any(True for _ in declared.iterentities()):
        raise BadPicture("it declares entities", "export it as plain SVG, or save it as PNG")
    if any(getattr(before, "target", "") == "xml-stylesheet" for before in root.itersiblings(preceding=True)):
        raise BadPicture("it refers to a stylesheet outside itself", _OUTSIDE)
    inline_styles(root)
    return root


def _name(element: _Element) -> str:
    """Return the name of an element of SVG, with or without its namespace; another name for those of other formats."""
    tag = element.tag
    if not isinstance(tag, str):
        return ""
    return tag.removeprefix(SVG) if tag.startswith((SVG, "{")) else tag


def _copied(element: _Element, copy: _Copy, depth: int, *, in_text: bool = False) -> _Element | None:
    """Return a copy of an element with what is drawn of it; None when nothing is."""
    from lxml import etree

    if depth > MAX_DEPTH:
        raise _too_deep()
    name = _name(element)
    if name in {"a", "switch"}:
        name = "tspan" if in_text else "g"
    if name not in _KEPT:
        _note_loss(name, element, copy)
        return None
    made: _Element = etree.Element(f"{SVG}{name}", nsmap={None: NAMESPACE, "xlink": _XLINK} if depth == 0 else None)
    for key, value in element.attrib.items():
        _copy_attribute(made, name, str(key), value, copy)
    is_text = name in _TEXTS
    made.text = element.text if is_text else None
    for child in _shown_children(element):
        inner = _copied(child, copy, depth + 1, in_text=is_text)
        if inner is not None:
            made.append(inner)
        if is_text and child.tail:
            if len(made):
                made[-1].tail = (made[-1].tail or "") + child.tail
            else:
                made.text = (made.text or "") + child.tail
    return made


def _shown_children(element: _Element) -> list[_Element]:
    """Return the children that are drawn: of a switch the first that needs no extension, such as HTML (SVG 2, 5.10)."""
    children = list(element)
    if _name(element) != "switch":
        return children
    plain = [
        child for child in children if _name(child) in _KEPT | {"a", "switch"} and not child.get("requiredExtensions", "").strip()
    ]
    return plain[:1]


def _note_loss(name: str, element: _Element, copy: _Copy) -> None:
    if name == "script":
        copy.left_out.add("its script is left out, and what that would draw")
    elif name in _MOVING:
        copy.left_out.add("its animation is left out")
    elif name == "foreignObject" and ("".join(map(str, element.itertext())).strip() or len(element)):
        hint = "export it with plain SVG text (in draw.io without “Formatted Text”), or save it as PNG"
        raise BadPicture("it holds text as HTML (foreignObject), which only browsers draw", hint)


def _copy_attribute(made: _Element, name: str, key: str, value: str, copy: _Copy) -> None:
    if key in {"href", _HREF}:
        if reference := _reference(name, value.strip(), copy):
            made.set(_HREF, reference)
    elif key.startswith("{"):
        if key in {f"{_XML}space", f"{_XML}lang"}:
            made.set(key, value)
    elif key not in _UNDRAWN and not key.lower().startswith(_UNDRAWN_BEGINNINGS):
        if address := outside_address(value):
            raise _outside(address)
        made.set(key, value)


def _reference(name: str, address: str, copy: _Copy) -> str:
    """Return what an element refers to: another one, or a photo in the drawing itself, cleaned; a link leads nowhere."""
    if address.startswith("#") or not address:
        return address
    if name in {"g", "tspan"}:
        return ""
    if name not in _EMBEDS or not address[:5].lower() == "data:":
        raise _outside(address)
    try:
        photo = copy.clean(decode_data_url(address))
    except BadPicture as error:
        raise BadPicture(f"a picture in it cannot be used: {error.message}", error.hint) from error
    if photo.is_drawing:
        raise BadPicture("it holds another drawing as a picture", "put the elements of that drawing into it, or save it as PNG")
    copy.pixels += photo.width * photo.height
    if copy.pixels > MAX_PIXELS:
        raise BadPicture(f"the pictures in it have more than {MAX_PIXELS:,} pixels", "save them smaller")
    copy.left_out |= {f"of a picture in it {loss}" for loss in photo.left_out}
    return encode_data_url(photo)


def _rename_ids(drawing: _Element) -> None:
    """Give the elements that others refer to a number as their id, and take away other ids: people name layers in words."""
    numbers: dict[str, str] = {}

    def number_of(name: str) -> str:
        return numbers.setdefault(unquote(name), f"n{len(numbers) + 1}")

    for element in drawing.iter():
        for key, value in element.attrib.items():
            if key == _HREF and value.startswith("#"):
                element.set(key, f"#{number_of(value[1:])}")
            elif "url(" in value:
                element.set(key, _REFERENCE.sub(lambda found: found[1] + number_of(found[2]), value))
    for element in drawing.iter():
        name = element.attrib.pop("id", None)
        if name in numbers:
            element.set("id", numbers[name])


def _outside(address: str) -> BadPicture:
    return BadPicture(f"it refers to something outside itself: {address[:80]!r}", _OUTSIDE)


def _too_deep() -> BadPicture:
    return BadPicture(f"its elements are nested deeper than {MAX_DEPTH}", "ungroup what is in it, or save it as PNG")


def _drawable(drawing: _Element) -> bytes:
    """Return a drawing as text; one that no program can draw is refused here, before any format is written."""
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
    """Return a drawing's own size in pixels: what it states, one side by the proportions of its viewBox, or the size of that."""
    width, height = (_pixels(root.get(key, "")) for key in ("width", "height"))
    box = _box(root.get("viewBox", ""))
    if width is None and height is None:
        width, height = box or _DEFAULT
    ratio = box[1] / box[0] if box else None
    if width is None:
        width = height / ratio if height is not None and ratio else _DEFAULT[0]
    if height is None:
        height = width * ratio if ratio else _DEFAULT[1]
    if min(width, height) <= 0:
        raise BadPicture(f"it has no size: {width:g} by {height:g}", "state its width and height")
    if max(width, height) > MAX_SIDE:
        raise BadPicture(f"it is {width:,.0f} × {height:,.0f} pixels large; {MAX_SIDE:,} a side are the limit", "make it smaller")
    return width, height


def _pixels(said: str) -> float | None:
    """Return a length in pixels; None when there is none, or a share of something."""
    found = _NUMBER.fullmatch(said)
    unit = _UNITS.get(found[2].lower()) if found else None
    return float(found[1]) * unit if found and unit else None


def _box(said: str) -> tuple[float, float] | None:
    """Return the width and height of a viewBox; None when it has none."""
    found = [_NUMBER.fullmatch(part) for part in said.replace(",", " ").split()]
    sides = [float(one[1]) for one in found[2:] if one and not one[2]]
    return (sides[0], sides[1]) if len(found) == 4 and len(sides) == 2 and min(sides) > 0 and all(map(isfinite, sides)) else None
