"""How much work a drawing is, counted before anybody draws it: a few lines may ask for billions of elements."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ipdocs.files.pictures.picture import BadPicture

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_DEPTH = 128
"""How deep elements may stand in each other, with those that they refer to: readers follow by recursion."""

MAX_DRAWN = 100_000
"""How many elements may be drawn, each as often as it is: maps have some ten thousand."""

_LAYER, _FILTER = 20, 200
"""How many elements a layer of its own, and a step of a filter, are worth: they touch every pixel."""

_HREF = "{http://www.w3.org/1999/xlink}href"
_URL = re.compile(r"url\(\s*['\"]?\s*#([^'\")\s]+)", re.I)
_MARKER = re.compile(r"marker(?:-start|-mid|-end)?\s*:\s*url\(\s*['\"]?\s*#([^'\")\s]+)", re.I)
_LAYERED = re.compile(r"(?:^|[;\s])(?:opacity|mix-blend-mode|mask|clip-path|filter|isolation)\s*:", re.I)
_LAYERED_ATTRIBUTES = ("opacity", "mix-blend-mode", "mask", "clip-path", "filter", "isolation")
_NUMBER = re.compile(r"\d+")
_FILTER_LIMITS = {"numOctaves": 10.0, "radius": 100.0, "order": 20.0}
_SIMPLER = "simplify it in a drawing program, or save it as PNG"


@dataclass(frozen=True, slots=True)
class _Cost:
    """What an element costs with all that is in it: elements drawn, and points at which a marker would be drawn."""

    drawn: int
    points: int


def check_cost(root: _Element) -> None:
    """Refuse a drawing that takes too long to draw, or that refers to itself.

    Raises:
        BadPicture: it has too many elements where all that refer to others are replaced by these.
    """
    by_id: dict[str, _Element] = {}
    for element in root.iter():
        _check_filter(element)
        if name := element.get("id"):
            by_id.setdefault(name, element)
    _Counter(by_id).cost(root, 0)


class _Counter:
    def __init__(self, by_id: dict[str, _Element]) -> None:
        self.by_id = by_id
        self.known: dict[_Element, _Cost] = {}
        self.open: set[_Element] = set()

    def cost(self, element: _Element, depth: int) -> _Cost:
        if element in self.known:
            return self.known[element]
        if element in self.open:
            raise BadPicture(f"it refers to itself ({element.get('id', '')[:40]!r})", "take that reference out")
        if depth > 2 * MAX_DEPTH:
            raise BadPicture("its elements refer to each other in too long a chain", _SIMPLER)
        self.open.add(element)
        drawn, points = 1 + self.own(element), len(_NUMBER.findall(element.get("d", "") + element.get("points", ""))) // 2
        for inner in (*element, *self.referred(element)):
            cost = self.cost(inner, depth + 1)
            drawn, points = drawn + cost.drawn, points + cost.points
        for marker in self.markers(element):
            drawn += self.cost(marker, depth + 1).drawn * (points + 2)
        if drawn > MAX_DRAWN:
            raise BadPicture(f"it takes too long to draw: more than {MAX_DRAWN:,} elements, counting repeated ones", _SIMPLER)
        self.open.discard(element)
        made = self.known[element] = _Cost(drawn, points)
        return made

    @staticmethod
    def own(element: _Element) -> int:
        """Return what an element is worth beyond one."""
        if str(element.tag).rpartition("}")[2].startswith("fe"):
            return _FILTER
        layered = any(key in element.attrib for key in _LAYERED_ATTRIBUTES) or _LAYERED.search(element.get("style", ""))
        return _LAYER if layered else 0

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


def _check_filter(element: _Element) -> None:
    for key, limit in _FILTER_LIMITS.items():
        for number in re.findall(r"[\d.eE+]+", element.get(key, "")) if str(element.tag).endswith(_WITH_LIMITS) else ():
            try:
                too_large = float(number) > limit
            except ValueError:
                continue
            if too_large:
                raise BadPicture(f"it has a filter that takes too long to draw ({key} {number[:20]})", _SIMPLER)


_WITH_LIMITS = ("feTurbulence", "feMorphology", "feConvolveMatrix")
