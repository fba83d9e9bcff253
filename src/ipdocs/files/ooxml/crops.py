"""Remove the hidden areas of cropped pictures in Word files, which would stay in the file and in PDFs made from it."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import TYPE_CHECKING

from ipdocs.files.ooxml.changes import child_named
from ipdocs.files.ooxml.names import local_name
from ipdocs.files.ooxml.package import Package
from ipdocs.files.ooxml.relationships import is_relationships_part
from ipdocs.files.pictures.cleaning import clean_picture
from ipdocs.files.pictures.kinds import kind_of
from ipdocs.files.xml import is_xml, parse_xml

if TYPE_CHECKING:
    from lxml.etree import _Element

Box = tuple[float, float, float, float]
"""Left, top, right and bottom of the visible area of a picture, as fractions of its width and height."""

_WHOLE_SIDE = 100_000
"""The length of a whole side of a picture in DrawingML, in thousandths of a percent."""


def blank_cropped_areas(package: Package) -> dict[str, bytes]:
    """Return the pictures that are cropped wherever they are shown, with white over the area that is always hidden.

    Pictures keep their size, so that their crops stay valid. Metafiles and vector drawings are not changed.

    Returns:
        The changed pictures, keyed by the name of their part.

    Raises:
        BadPicture: A cropped picture is damaged or too large.
    """
    visible_boxes: dict[str, Box] = {}
    for name in package.parts:
        if is_relationships_part(name) or not is_xml(package.parts[name]):
            continue
        targets = _targets(package, name)
        for blip, picture in _blips(parse_xml(package.parts[name], package.path, name), targets):
            box = _visible_box(blip)
            visible_boxes[picture] = _union(visible_boxes[picture], box) if picture in visible_boxes else box
    pictures = {name: visible_boxes[name.lower()] for name in package.parts if name.lower() in visible_boxes}
    return {
        name: _blank_outside(package.parts[name], box)
        for name, box in pictures.items()
        if box != (0, 0, 1, 1) and kind_of(package.parts[name]) not in (None, "svg")
    }


def _targets(package: Package, part: str) -> dict[str, str]:
    """Return the names of the parts that a part refers to, keyed by the id of the relationship."""
    return {
        relationship.id: relationship.part
        for relationship in package.relationships()
        if relationship.source == part and relationship.part
    }


def _blips(root: _Element, targets: Mapping[str, str]) -> list[tuple[_Element, str]]:
    """Return the elements that show a picture, each with the name of the picture's part."""
    blips = []
    for element in root.iter():
        if isinstance(element.tag, str) and local_name(element) in ("blip", "imagedata"):
            ids = [str(value) for key, value in element.attrib.items() if str(key).rpartition("}")[2] in ("embed", "id")]
            blips += [(element, targets[identifier]) for identifier in ids if identifier in targets]
    return blips


def _visible_box(blip: _Element) -> Box:
    """Return the visible area of the picture that an element shows."""
    if local_name(blip) == "imagedata":
        left, top, right, bottom = (_vml_fraction(blip.get(f"crop{side}", "")) for side in ("left", "top", "right", "bottom"))
    else:
        crop = child_named(blip.getparent(), "srcRect")
        sides = ("l", "t", "r", "b")
        left, top, right, bottom = (0.0 if crop is None else _drawing_fraction(crop.get(side, "0")) for side in sides)
    box = (max(left, 0.0), max(top, 0.0), min(1 - right, 1.0), min(1 - bottom, 1.0))
    return box if box[0] < box[2] and box[1] < box[3] else (0, 0, 1, 1)


def _drawing_fraction(text: str) -> float:
    """Parse a fraction of a side in DrawingML: thousandths of a percent, or a percentage in the strict format."""
    try:
        return float(text[:-1]) / 100 if text.endswith("%") else float(text) / _WHOLE_SIDE
    except ValueError:
        return 0.0


def _vml_fraction(text: str) -> float:
    """Parse a fraction of a side in VML: a number, or a number of 65,536ths with the suffix f."""
    try:
        return float(text[:-1]) / 65_536 if text.endswith("f") else float(text or 0)
    except ValueError:
        return 0.0


def _union(first: Box, second: Box) -> Box:
    return min(first[0], second[0]), min(first[1], second[1]), max(first[2], second[2]), max(first[3], second[3])


def _blank_outside(data: bytes, box: Box) -> bytes:
    """Return a picture with white around the visible area."""
    from PIL import Image

    picture = clean_picture(data)
    with Image.open(io.BytesIO(picture.data)) as opened:
        image = opened.convert("RGBA" if "A" in opened.getbands() or "transparency" in opened.info else "RGB")
    width, height = image.size
    visible = (int(box[0] * width), int(box[1] * height), -int(-box[2] * width // 1), -int(-box[3] * height // 1))
    blank = Image.new(image.mode, image.size, "white")
    blank.paste(image.crop(visible), visible[:2])
    stream = io.BytesIO()
    blank.save(stream, "JPEG" if picture.kind == "jpeg" else "PNG", quality=95)
    return stream.getvalue()
