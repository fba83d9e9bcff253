"""Upper bounds on the fraction of a drawing's area that each shape covers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")
_SCALING_TRANSFORM = re.compile(r"(scale|matrix|skew)\w*\s*\(([^)]*)\)", re.I)
_PATH_TOKEN = re.compile(rf"([a-df-zA-DF-Z])|({_NUMBER.pattern})")
_NUMBER_COUNTS = {"m": 2, "l": 2, "h": 1, "v": 1, "c": 6, "s": 4, "q": 4, "t": 2, "a": 7}
"""How many numbers each path command takes (SVG 2, 9.3)."""

_STROKE = re.compile(r"(?:^|;)\s*stroke-width\s*:([^;]*)", re.I)
_UNKNOWN = 1e9
"""A scale or stroke width so large that the shape counts as covering the whole drawing."""

_SIDES = {"rect": ("width", "height"), "circle": ("r", "r"), "ellipse": ("rx", "ry")}


def covered_fractions(root: _Element, width: float, height: float) -> dict[_Element, float]:
    """Return the largest fraction of a drawing, 0 to 1, that each element may cover, keyed by element; 1 if it is unknown.

    Args:
        root: The drawing.
        width: The width of the drawing in pixels.
        height: The height of the drawing in pixels.
    """
    box = _numbers(root.get("viewBox", ""))
    scale = max(width / box[2], height / box[3]) if len(box) == 4 and min(box[2:]) > 0 else 1.0
    stroke_width = max((_stroke_width(element) for element in root.iter()), default=1.0)
    scales: dict[_Element, float] = {root: scale}
    fractions: dict[_Element, float] = {}
    for element in root.iter():
        parent = element.getparent()
        scales[element] = scale = scales[element] if parent is None else scales[parent] * _scale(element)
        size = _shape_size(element)
        area = (size[0] + 4 * stroke_width) * (size[1] + 4 * stroke_width) * scale * scale if size else width * height
        fractions[element] = min(1.0, area / (width * height))
    return fractions


def _shape_size(element: _Element) -> tuple[float, float] | None:
    """Return the maximum width and height of a shape in its own units; None if they are unknown."""
    name = str(element.tag).rpartition("}")[2]
    if name in _SIDES:
        sides = [element.get(key, "") for key in _SIDES[name]]
        if not all(_NUMBER.fullmatch(side.removesuffix("px")) for side in sides):
            return None
        width, height = (2 * abs(float(side.removesuffix("px"))) for side in sides)
        return width, height
    if name == "path":
        return _path_size(element.get("d", ""))
    if name in {"polygon", "polyline"}:
        numbers = _numbers(element.get("points", ""))
        return _extent(numbers[::2]), _extent(numbers[1::2])
    return None


def _path_size(path: str) -> tuple[float, float]:
    """Return the width and height of the box around all points of a path, including control points."""
    xs, ys = [0.0], [0.0]
    x = y = start_x = start_y = 0.0
    command, numbers = "", list[float]()
    for letter, number in _PATH_TOKEN.findall(path):
        if letter:
            command, numbers = letter, []
            if letter in "zZ":
                x, y = start_x, start_y
            continue
        numbers.append(float(number))
        kind = command.lower()
        if len(numbers) < _NUMBER_COUNTS.get(kind, 1):
            continue
        origin = (x, y) if command.islower() else (0.0, 0.0)
        if kind in "hv":
            x, y = (numbers[0] + origin[0], y) if kind == "h" else (x, numbers[0] + origin[1])
        elif kind:
            points = numbers[5:] if kind == "a" else numbers
            diameter = 2 * max(map(abs, numbers[:2])) if kind == "a" else 0.0
            xs += [origin[0] + value + offset for value in points[::2] for offset in (-diameter, diameter)]
            ys += [origin[1] + value + offset for value in points[1::2] for offset in (-diameter, diameter)]
            x, y = origin[0] + points[-2], origin[1] + points[-1]
        if kind == "m":
            start_x, start_y, command = x, y, "l" if command == "m" else "L"
        xs.append(x)
        ys.append(y)
        numbers = []
    return _extent(xs[1:]), _extent(ys[1:])


def _extent(values: list[float]) -> float:
    return max(values, default=0.0) - min(values, default=0.0)


def _scale(element: _Element) -> float:
    """Return the maximum scale of an element relative to its parent; _UNKNOWN if it cannot be estimated."""
    if element.get("viewBox") or "transform" in element.get("style", ""):
        return _UNKNOWN
    scale = 1.0
    for name, numbers in _SCALING_TRANSFORM.findall(element.get("transform", "")):
        values = [abs(number) for number in _numbers(numbers)]
        scale *= _UNKNOWN if name == "skew" else max(1.0, sum(values[:4]) if name == "matrix" else max(values, default=1.0))
    return scale


def _stroke_width(element: _Element) -> float:
    """Return the maximum stroke width that an element states; _UNKNOWN for a percentage."""
    values = [element.get("stroke-width", "1"), *_STROKE.findall(element.get("style", ""))]
    return max((max(_numbers(value), default=1.0) if "%" not in value else _UNKNOWN for value in values), default=1.0)


def _numbers(text: str) -> list[float]:
    return [float(number) for number in _NUMBER.findall(text)]
