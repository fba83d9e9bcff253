"""Visibility of PDF layers (optional content, ISO 32000-1, 8.11) when a viewer opens the file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pikepdf

IsLayerShown = Callable[[Any], bool]
"""A predicate for /OC entries, which name a layer or a condition on several layers: whether the content is shown."""

MAX_DEPTH = 30
"""Maximum nesting of a condition on layers; deeper conditions count as false."""

_POLICIES: dict[str, Callable[[list[bool]], bool]] = {
    "/AllOn": all,
    "/AnyOn": any,
    "/AnyOff": lambda states: not all(states),
    "/AllOff": lambda states: not any(states),
}


def layer_visibility(pdf: pikepdf.Pdf) -> IsLayerShown:
    """Return a predicate for /OC entries that follows the default configuration of a file and its states for viewing."""
    hidden = set(hidden_layers(pdf))

    def is_on(group: Any) -> bool:
        return group.objgen not in hidden

    return lambda membership: _is_shown(membership, is_on)


def hidden_layers(pdf: pikepdf.Pdf) -> Iterator[tuple[int, int]]:
    """Yield the object numbers of the layers that are hidden when a viewer opens the file."""
    properties = _as_dictionary(pdf.Root.get("/OCProperties"))
    default = _as_dictionary(properties.get("/D"))
    states = dict.fromkeys(
        (group.objgen for group in _dictionaries_in(properties.get("/OCGs"))), default.get("/BaseState") != "/OFF"
    )
    states |= dict.fromkeys((group.objgen for group in _dictionaries_in(default.get("/ON"))), True)
    states |= dict.fromkeys((group.objgen for group in _dictionaries_in(default.get("/OFF"))), False)
    for usage in _dictionaries_in(default.get("/AS")):
        if usage.get("/Event") != "/View" or "/View" not in [str(category) for category in usage.get("/Category", ())]:
            continue
        for group in _dictionaries_in(usage.get("/OCGs")):
            if (state := _as_dictionary(_as_dictionary(group.get("/Usage")).get("/View")).get("/ViewState")) is not None:
                states[group.objgen] = state != "/OFF"
    yield from (group for group, is_on in states.items() if not is_on)


def _is_shown(membership: Any, is_on: Callable[[Any], bool]) -> bool:
    import pikepdf

    if not isinstance(membership, pikepdf.Dictionary):
        return True
    if membership.get("/Type") != "/OCMD":
        return is_on(membership)
    if isinstance(expression := membership.get("/VE"), pikepdf.Array):
        return _evaluate(expression, is_on, MAX_DEPTH)
    groups = membership.get("/OCGs")
    states = [is_on(group) for group in ([groups] if isinstance(groups, pikepdf.Dictionary) else _dictionaries_in(groups))]
    return not states or _POLICIES.get(str(membership.get("/P")), any)(states)


def _evaluate(expression: Any, is_on: Callable[[Any], bool], depth: int) -> bool:
    """Evaluate a visibility expression: a layer, or an array of an operator (/And, /Or or /Not) and its operands."""
    import pikepdf

    if isinstance(expression, pikepdf.Dictionary):
        return is_on(expression)
    if not isinstance(expression, pikepdf.Array) or len(expression) < 2 or depth == 0:
        return False
    values = (_evaluate(operand, is_on, depth - 1) for operand in list(expression)[1:])
    match str(expression[0]):
        case "/And":
            return all(values)
        case "/Or":
            return any(values)
        case _:
            return not next(values)


def _as_dictionary(value: Any) -> Any:
    import pikepdf

    return value if isinstance(value, pikepdf.Dictionary) else pikepdf.Dictionary()


def _dictionaries_in(value: Any) -> list[Any]:
    """Return the dictionaries in an array; an empty list for any other value."""
    import pikepdf

    return [item for item in value if isinstance(item, pikepdf.Dictionary)] if isinstance(value, pikepdf.Array) else []
