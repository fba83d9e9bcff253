"""How much work a drawing is, counted before anybody draws it: a few lines may ask for billions of elements."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ipdocs.files.pictures.picture import BadPicture
from ipdocs.files.pictures.svg_area import shares

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_DEPTH = 128
"""How deep elements may stand in each other, with those that they refer to: readers follow by recursion."""

MAX_DRAWN = 50_000
"""How many elements may be drawn, each as often as it is: maps have some ten thousand."""

MAX_LAYERED_PIXELS = 150_000_000
"""How many pixels may be touched by layers and filters together: about 20 seconds' work of the program that draws for Word."""

_MOST_PIXELS = 16_000_000
"""How many pixels that program is ever asked for."""

_HREF = "{http://www.w3.org/1999/xlink}href"
_URL = re.compile(r"url\(\s*['\"]?\s*#([^'\")\s]+)", re.I)
_MARKER = re.compile(r"marker(?:-start|-mid|-end)?\s*:\s*url\(\s*['\"]?\s*#([^'\")\s]+)", re.I)
_LAYERED = re.compile(r"(?:^|[;\s])(?:opacity|mix-blend-mode|mask|clip-path|filter|isolation)\s*:", re.I)
_PAINTED = re.compile(r"(?:^|[;\s])(?:fill|stroke)\s*:\s*url", re.I)
_LAYERED_ATTRIBUTES = ("opacity", "mix-blend-mode", "mask", "clip-path", "filter", "isolation")
_NUMBER = re.compile(r"\d+")
_FILTER_LIMITS = {"numOctaves": 10.0, "radius": 20.0, "order": 20.0}
_FILTER_LAYERS = {"feGaussianBlur": 12, "feDropShadow": 15, "feTurbulence": 35, "feConvolveMatrix": 40, "feMorphology": 200}
_OTHER_FILTER_LAYERS = 4
"""How many layers a step of a filter is worth, measured with resvg 0.45 at its largest radius or order."""

_SIMPLER = "simplify it in a drawing program, or save it as PNG"


@dataclass(frozen=True, slots=True)
class _Cost:
    """What an element costs with all that is in it.

    Attributes:
        drawn: elements drawn.
        points: points at which a marker would be drawn.
        layers: layers by the share of the drawing that each covers.
        whole_layers: layers, each taken for one that covers the drawing: somebody who refers to it may enlarge it.
    """

    drawn: int = 0
    points: int = 0
    layers: float = 0.0
    whole_layers: float = 0.0


def layers_of(root: _Element, width: float, height: float) -> float:
    """Return how many layers and filters as large as a drawing it takes to draw it.

    Args:
        root: the drawing.
        width: its width in pixels.
        height: its height in pixels.

    Raises:
        BadPicture: it has too many elements where all that refer to others are replaced by these, or refers to itself.
    """
    by_id: dict[str, _Element] = {}
    for element in root.iter():
        _check_filter(element)
        if name := element.get("id"):
            by_id.setdefault(name, element)
    layers = _Counter(by_id, shares(root, width, height)).cost(root, 0).layers
    if layers * min(width * height, _MOST_PIXELS) > MAX_LAYERED_PIXELS:
        raise BadPicture("it takes too long to draw: it has too many layers or filters for its size", _SIMPLER)
    return layers


class _Counter:
    def __init__(self, by_id: dict[str, _Element], shares: dict[_Element, float]) -> None:
        self.by_id = by_id
        self.shares = shares
        self.known: dict[_Element, _Cost] = {}
        self.open: set[_Element] = set()

    def cost(self, element: _Element, depth: int) -> _Cost:
        """Return what an element costs, with what stands in it and what it refers to."""
        if element in self.known:
            return self.known[element]
        if element in self.open:
            raise BadPicture(f"it refers to itself ({element.get('id', '')[:40]!r})", "take that reference out")
        if depth > 2 * MAX_DEPTH:
            raise BadPicture("its elements refer to each other in too long a chain", _SIMPLER)
        self.open.add(element)
        made = self.counted(element, depth)
        self.open.discard(element)
        if made.drawn > MAX_DRAWN:
            raise BadPicture(f"it takes too long to draw: more than {MAX_DRAWN:,} elements, counting repeated ones", _SIMPLER)
        self.known[element] = made
        return made

    def counted(self, element: _Element, depth: int) -> _Cost:
        """Return the sum of an element's own cost and those of the elements it draws."""
        own, share = _own_layers(element), self.shares[element]
        inner = [self.cost(child, depth + 1) for child in element]
        referred = [self.cost(one, depth + 1) for one in self.referred(element)]
        points = len(_NUMBER.findall(element.get("d", "") + element.get("points", ""))) // 2
        points += sum(cost.points for cost in (*inner, *referred))
        marked = [(self.cost(one, depth + 1), points + 2) for one in self.markers(element)]
        again = sum(cost.whole_layers for cost in referred) + sum(cost.whole_layers * times for cost, times in marked)
        drawn = sum(cost.drawn for cost in (*inner, *referred)) + sum(cost.drawn * times for cost, times in marked)
        return _Cost(
            1 + drawn,
            points,
            own * share + sum(cost.layers for cost in inner) + again * (share if own else 1),
            own + sum(cost.whole_layers for cost in inner) + again,
        )

    def referred(self, element: _Element) -> list[_Element]:
        """Return the elements that are drawn where an element refers to them, markers apart."""
        names = [str(element.get(_HREF, ""))[1:]]
        for key, value in element.attrib.items():
            if not str(key).startswith("marker"):
                names += _URL.findall(_MARKER.sub("", value))
        return [self.by_id[name] for name in names if name in self.by_id]

    def markers(self, element: _Element) -> list[_Element]:
        """Return the elements that are drawn at each point of a path."""
        names = _MARKER.findall(element.get("style", ""))
        for key, value in element.attrib.items():
            if str(key).startswith("marker"):
                names += _URL.findall(value)
        return [self.by_id[name] for name in names if name in self.by_id]


def _own_layers(element: _Element) -> int:
    """Return how many layers an element itself is worth."""
    name, style = str(element.tag).rpartition("}")[2], element.get("style", "")
    if name.startswith("fe"):
        return _FILTER_LAYERS.get(name, _OTHER_FILTER_LAYERS)
    layered = any(key in element.attrib for key in _LAYERED_ATTRIBUTES) or _LAYERED.search(style)
    painted = any("url" in element.get(key, "") for key in ("fill", "stroke")) or _PAINTED.search(style)
    return (2 if layered else 0) + (1 if painted else 0)


def _check_filter(element: _Element) -> None:
    if not str(element.tag).endswith(("feTurbulence", "feMorphology", "feConvolveMatrix")):
        return
    for key, limit in _FILTER_LIMITS.items():
        for number in re.findall(r"[\d.eE+]+", element.get(key, "")):
            try:
                too_large = float(number) > limit
            except ValueError:
                continue
            if too_large:
                raise BadPicture(f"it has a filter that takes too long to draw ({key} {number[:20]})", _SIMPLER)
