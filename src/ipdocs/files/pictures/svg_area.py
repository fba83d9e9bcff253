"""How much of a drawing each of its shapes covers at most, from its numbers alone: too much rather than too little."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")
_ENLARGING = re.compile(r"(scale|matrix|skew)\w*\s*\(([^)]*)\)", re.I)
_STEP = re.compile(rf"([a-df-zA-DF-Z])|({_NUMBER.pattern})")
_COORDINATES = {"m": 2, "l": 2, "h": 1, "v": 1, "c": 6, "s": 4, "q": 4, "t": 2, "a": 7}
"""How many numbers each command of a path takes (SVG 2, 9.3)."""

_STROKE = re.compile(r"(?:^|;)\s*stroke-width\s*:([^;]*)", re.I)
_WHOLE = 1.0
_SIDES = {"rect": ("width", "height"), "circle": ("r", "r"), "ellipse": ("rx", "ry")}


def shares(root: _Element, width: float, height: float) -> dict[_Element, float]:
    """Return the share of a drawing, 0 to 1, that each shape covers at most; the whole where that cannot be told.

    Args:
        root: the drawing.
        width: its width in pixels.
        height: its height in pixels.
    """
    box = _numbers(root.get("viewBox", ""))
    scale = max(width / box[2], height / box[3]) if len(box) == 4 and min(box[2:]) > 0 else 1.0
    stroke = max((_stroke(element) for element in root.iter()), default=1.0)
    scales: dict[_Element, float] = {root: scale}
    found: dict[_Element, float] = {}
    for element in root.iter():
        above = element.getparent()
        scales[element] = scale = scales[element] if above is None else scales[above] * _enlarged(element)
        size = _size(element)
        area = (size[0] + 4 * stroke) * (size[1] + 4 * stroke) * scale * scale if size else width * height
        found[element] = min(_WHOLE, area / (width * height))
    return found


def _size(element: _Element) -> tuple[float, float] | None:
    """Return how wide and high a shape is at most, in its own units; None when its numbers do not tell."""
    name = str(element.tag).rpartition("}")[2]
    if name in _SIDES:
        sides = [element.get(key, "") for key in _SIDES[name]]
        if not all(_NUMBER.fullmatch(side.removesuffix("px")) for side in sides):
            return None
        first, second = (2 * abs(float(side.removesuffix("px"))) for side in sides)
        return first, second
    if name == "path":
        return _path_size(element.get("d", ""))
    if name in {"polygon", "polyline"}:
        numbers = _numbers(element.get("points", ""))
        return _extent(numbers[::2]), _extent(numbers[1::2])
    return None


def _path_size(path: str) -> tuple[float, float]:
    """Return how wide and high the box is around all points of a path, those that bend its curves among them."""
    across, down = [0.0], [0.0]
    x = y = begun_x = begun_y = 0.0
    command, numbers = "", list[float]()
    for letter, number in _STEP.findall(path):
        if letter:
            command, numbers = letter, []
            if letter in "zZ":
                x, y = begun_x, begun_y
            continue
        numbers.append(float(number))
        kind = command.lower()
        if len(numbers) < _COORDINATES.get(kind, 1):
            continue
        origin = (x, y) if command.islower() else (0.0, 0.0)
        if kind in "hv":
            x, y = (numbers[0] + origin[0], y) if kind == "h" else (x, numbers[0] + origin[1])
        elif kind:
            points = numbers[5:] if kind == "a" else numbers
            reach = 2 * max(map(abs, numbers[:2])) if kind == "a" else 0.0
            across += [origin[0] + value + side for value in points[::2] for side in (-reach, reach)]
            down += [origin[1] + value + side for value in points[1::2] for side in (-reach, reach)]
            x, y = origin[0] + points[-2], origin[1] + points[-1]
        if kind == "m":
            begun_x, begun_y, command = x, y, "l" if command == "m" else "L"
        across.append(x)
        down.append(y)
        numbers = []
    return _extent(across[1:]), _extent(down[1:])


def _extent(values: list[float]) -> float:
    return max(values, default=0.0) - min(values, default=0.0)


def _enlarged(element: _Element) -> float:
    """Return how many times larger an element is drawn than what it stands in; a very large number when that is not told."""
    if element.get("viewBox") or "transform" in element.get("style", ""):
        return 1e9
    times = 1.0
    for name, numbers in _ENLARGING.findall(element.get("transform", "")):
        values = [abs(number) for number in _numbers(numbers)]
        times *= 1e9 if name == "skew" else max(1.0, sum(values[:4]) if name == "matrix" else max(values, default=1.0))
    return times


def _stroke(element: _Element) -> float:
    values = [element.get("stroke-width", "1"), *_STROKE.findall(element.get("style", ""))]
    return max((max(_numbers(value), default=1.0) if "%" not in value else 1e9 for value in values), default=1.0)


def _numbers(text: str) -> list[float]:
    return [float(number) for number in _NUMBER.findall(text)]
