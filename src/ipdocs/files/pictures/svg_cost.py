"""Limit the cost of drawing an SVG, estimated before it is drawn: a few lines of SVG can draw billions of elements."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ipdocs.files.pictures.picture import BadPicture
from ipdocs.files.pictures.svg_area import covered_fractions

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_DEPTH = 128
"""Maximum nesting of elements, counting references as nesting, since programs draw nested elements recursively."""

MAX_DRAWN = 50_000
"""Maximum number of elements drawn, counting repetitions; a map may have ten thousand."""

MAX_LAYERED_PIXELS = 150_000_000
"""Maximum number of pixels in all layers and filters: about 20 seconds of work for resvg, which draws the PNG copy for Word."""

_MAX_DRAWN_PIXELS = 16_000_000
"""Maximum number of pixels that resvg draws."""

_HREF = "{http://www.w3.org/1999/xlink}href"
_URL = re.compile(r"url\(\s*['\"]?\s*#([^'\")\s]+)", re.I)
_MARKER_STYLE = re.compile(r"marker(?:-start|-mid|-end)?\s*:\s*url\(\s*['\"]?\s*#([^'\")\s]+)", re.I)
_LAYERED_STYLE = re.compile(r"(?:^|[;\s])(?:opacity|mix-blend-mode|mask|clip-path|filter|isolation)\s*:", re.I)
_PAINT_SERVER_STYLE = re.compile(r"(?:^|[;\s])(?:fill|stroke)\s*:\s*url", re.I)
_LAYERED_ATTRIBUTES = ("opacity", "mix-blend-mode", "mask", "clip-path", "filter", "isolation")
_NUMBER = re.compile(r"\d+")
_FILTER_LIMITS = {"numOctaves": 10.0, "radius": 20.0, "order": 20.0}
"""Maximum values of the attributes that slow down some filters, keyed by attribute."""

_FILTER_LAYERS = {"feGaussianBlur": 12, "feDropShadow": 15, "feTurbulence": 35, "feConvolveMatrix": 40, "feMorphology": 200}
"""The cost in layers of a filter primitive, keyed by element; measured with resvg 0.45 at the largest radius."""

_OTHER_FILTER_LAYERS = 4
"""The cost in layers of any other filter primitive."""

_SIMPLIFY_HINT = "simplify it in a drawing program, or save it as PNG"


@dataclass(frozen=True, slots=True)
class _Cost:
    """The cost of an element with its children and the elements it refers to.

    Attributes:
        drawn: The number of elements drawn.
        points: The number of points at which a marker would be drawn.
        layers: The number of layers, each weighted by the fraction of the drawing that the layer covers.
        whole_layers: The number of layers, not weighted. Used where another element refers to this element, since it may
            be drawn larger there.
    """

    drawn: int = 0
    points: int = 0
    layers: float = 0.0
    whole_layers: float = 0.0


def count_layers(root: _Element, width: float, height: float) -> float:
    """Return the cost of a drawing, as a number of layers and filters that are each as large as the whole drawing.

    Args:
        root: The drawing.
        width: The width of the drawing in pixels.
        height: The height of the drawing in pixels.

    Raises:
        BadPicture: The drawing refers to itself, draws too many elements, or needs too many layers.
    """
    by_id: dict[str, _Element] = {}
    for element in root.iter():
        _refuse_slow_filter(element)
        if name := element.get("id"):
            by_id.setdefault(name, element)
    layers = _CostCounter(by_id, covered_fractions(root, width, height)).cost(root, 0).layers
    if layers * min(width * height, _MAX_DRAWN_PIXELS) > MAX_LAYERED_PIXELS:
        raise BadPicture("it takes too long to draw: it has too many layers or filters for its size", _SIMPLIFY_HINT)
    return layers


class _CostCounter:
    """Calculates the cost of elements, once for each element."""

    def __init__(self, by_id: dict[str, _Element], fractions: dict[_Element, float]) -> None:
        self.by_id = by_id
        self.fractions = fractions
        self.costs: dict[_Element, _Cost] = {}
        self.unfinished: set[_Element] = set()

    def cost(self, element: _Element, depth: int) -> _Cost:
        """Return the cost of an element with its children and the elements it refers to."""
        if element in self.costs:
            return self.costs[element]
        if element in self.unfinished:
            raise BadPicture(f"it refers to itself ({element.get('id', '')[:40]!r})", "remove that reference")
        if depth > 2 * MAX_DEPTH:
            raise BadPicture("its elements refer to each other in too long a chain", _SIMPLIFY_HINT)
        self.unfinished.add(element)
        cost = self.add_up(element, depth)
        self.unfinished.discard(element)
        if cost.drawn > MAX_DRAWN:
            raise BadPicture(
                f"it takes too long to draw: it has more than {MAX_DRAWN:,} elements, counting repetitions", _SIMPLIFY_HINT
            )
        self.costs[element] = cost
        return cost

    def add_up(self, element: _Element, depth: int) -> _Cost:
        """Return the sum of an element's own cost and the costs of the elements it draws."""
        own_layers, fraction = _own_layers(element), self.fractions[element]
        children = [self.cost(child, depth + 1) for child in element]
        targets = [self.cost(target, depth + 1) for target in self.targets(element)]
        points = len(_NUMBER.findall(element.get("d", "") + element.get("points", ""))) // 2
        points += sum(cost.points for cost in (*children, *targets))
        markers = [(self.cost(marker, depth + 1), points + 2) for marker in self.markers(element)]
        target_layers = sum(cost.whole_layers for cost in targets) + sum(cost.whole_layers * times for cost, times in markers)
        drawn = sum(cost.drawn for cost in (*children, *targets)) + sum(cost.drawn * times for cost, times in markers)
        return _Cost(
            1 + drawn,
            points,
            own_layers * fraction + sum(cost.layers for cost in children) + target_layers * (fraction if own_layers else 1),
            own_layers + sum(cost.whole_layers for cost in children) + target_layers,
        )

    def targets(self, element: _Element) -> list[_Element]:
        """Return the elements that an element draws by reference, except markers."""
        names = [str(element.get(_HREF, ""))[1:]]
        for key, value in element.attrib.items():
            if not str(key).startswith("marker"):
                names += _URL.findall(_MARKER_STYLE.sub("", value))
        return [self.by_id[name] for name in names if name in self.by_id]

    def markers(self, element: _Element) -> list[_Element]:
        """Return the marker elements that an element draws at each of its points."""
        names = _MARKER_STYLE.findall(element.get("style", ""))
        for key, value in element.attrib.items():
            if str(key).startswith("marker"):
                names += _URL.findall(value)
        return [self.by_id[name] for name in names if name in self.by_id]


def _own_layers(element: _Element) -> int:
    """Return the number of layers that an element itself costs."""
    name, style = str(element.tag).rpartition("}")[2], element.get("style", "")
    if name.startswith("fe"):
        return _FILTER_LAYERS.get(name, _OTHER_FILTER_LAYERS)
    is_layered = any(key in element.attrib for key in _LAYERED_ATTRIBUTES) or _LAYERED_STYLE.search(style)
    has_paint_server = any("url" in element.get(key, "") for key in ("fill", "stroke")) or _PAINT_SERVER_STYLE.search(style)
    return (2 if is_layered else 0) + (1 if has_paint_server else 0)


def _refuse_slow_filter(element: _Element) -> None:
    if not str(element.tag).endswith(("feTurbulence", "feMorphology", "feConvolveMatrix")):
        return
    for key, limit in _FILTER_LIMITS.items():
        for number in re.findall(r"[\d.eE+]+", element.get(key, "")):
            try:
                is_too_large = float(number) > limit
            except ValueError:
                continue
            if is_too_large:
                raise BadPicture(f"it has a filter that takes too long to draw ({key} {number[:20]})", _SIMPLIFY_HINT)
