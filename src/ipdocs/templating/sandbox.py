"""The sandbox for templates, with limits on computation.

Jinja's sandbox keeps a template away from the computer's files, but does not stop endless loops or huge texts. These come
from mistakes as easily as from malice. So loop iterations, calls and lengths of texts are limited.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sized
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any

from jinja2 import TemplateRuntimeError, nodes
from jinja2.runtime import Context
from jinja2.sandbox import SandboxedEnvironment

MAX_STEPS = 500_000
"""Maximum number of loop iterations and calls in one rendering: ten times what a document of a thousand pages needs."""
MAX_TEXT = 20_000_000
"""Maximum number of characters in a text, and of items in a list."""
MAX_ARGUMENT = 10_000
"""Maximum of a number, such as a width, that is passed to a filter or to a method of a text."""
MAX_EXPONENT = 1_000
"""Maximum of an exponent."""

_steps: ContextVar[list[int]] = ContextVar("steps")
_FILTERS_WITH_SIZE = ("batch", "center", "indent", "round", "slice", "truncate", "wordwrap")
"""Jinja's filters with an argument that sets the size of the result."""
_NO_FORMAT = "formatting with % or format() is not allowed in a template; join the parts with ~"


class TemplateLimit(TemplateRuntimeError):
    """A template exceeds a limit."""


@contextmanager
def count_steps() -> Iterator[None]:
    """Count the loop iterations and calls of templates in the with block, starting from 0."""
    token = _steps.set([0])
    try:
        yield
    finally:
        _steps.reset(token)


class TemplateEnvironment(SandboxedEnvironment):
    """Jinja's sandbox with limits on loops, calls, texts and numbers."""

    intercepted_binops = frozenset({"*", "**", "%", "+"})

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.filters |= {"count_iterations": _count_iterations, "refuse_long": _refuse_long}
        self.filters |= {name: _with_number_limit(self.filters[name]) for name in _FILTERS_WITH_SIZE}
        del self.filters["format"], self.globals["lipsum"]

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        """Parse a template, and wrap its loops and concatenations in filters that limit them."""
        template: nodes.Template = super()._parse(source, name, filename)
        for loop in template.find_all(nodes.For):
            loop.iter = nodes.Filter(loop.iter, "count_iterations", [], [], None, None, lineno=loop.lineno)
        _limit_concatenations(template)
        return template

    def call(__self, __context: Context, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N805 - as Jinja has it
        """Call a function for a template, unless the call exceeds a limit."""
        _count(1)
        if getattr(__obj, "__name__", "") in ("format", "format_map"):
            raise TemplateLimit(_NO_FORMAT)
        if isinstance(getattr(__obj, "__self__", None), (str, bytes)):
            _refuse_large_numbers(args, kwargs)
        return _refuse_long(super().call(__context, __obj, *args, **kwargs))

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Compute a product, power or sum, unless it exceeds a limit; refuse formatting with %."""
        if operator == "**" and not (_is_small(left, MAX_ARGUMENT) and _is_small(right, MAX_EXPONENT)):
            raise TemplateLimit("a power in this template is too large")
        if operator == "*" and _length(left) * _length(right) > MAX_TEXT:
            raise TemplateLimit(f"a text or list in this template would have more than {MAX_TEXT:,} characters or items")
        if operator == "%" and isinstance(left, str):
            raise TemplateLimit(_NO_FORMAT)
        return _refuse_long(super().call_binop(context, operator, left, right))


def _limit_concatenations(node: nodes.Node) -> None:
    """Wrap every concatenation with ~ in a filter that refuses a text over the limit."""
    for child in node.iter_child_nodes():
        _limit_concatenations(child)
    for field in node.fields:
        value = getattr(node, field)
        if isinstance(value, nodes.Concat):
            setattr(node, field, nodes.Filter(value, "refuse_long", [], [], None, None, lineno=value.lineno))
        elif isinstance(value, list):
            value[:] = [
                nodes.Filter(item, "refuse_long", [], [], None, None, lineno=item.lineno)
                if isinstance(item, nodes.Concat)
                else item
                for item in value
            ]


def _count(steps: int) -> None:
    counter = _steps.get(None)
    if counter is not None:
        counter[0] += steps
        if counter[0] > MAX_STEPS:
            raise TemplateLimit(f"this template needs more than {MAX_STEPS:,} loop iterations and calls")


def _count_iterations(items: Iterable[Any]) -> Iterable[Any]:
    """Count the iterations of a loop, and return its items."""
    if isinstance(items, Sized):
        _count(len(items))
        return items
    return _count_each(items)


def _count_each(items: Iterable[Any]) -> Iterator[Any]:
    for item in items:
        _count(1)
        yield item


def _refuse_long(value: Any) -> Any:
    if isinstance(value, (str, bytes, list, tuple, dict)) and len(value) > MAX_TEXT:
        raise TemplateLimit(f"a text or list in this template has more than {MAX_TEXT:,} characters or items")
    return value


def _length(value: Any) -> int:
    """Return the length of a text or list, or how many times a number repeats a text or list."""
    if isinstance(value, (str, bytes, list, tuple)):
        return len(value)
    return abs(value) if isinstance(value, int) and abs(value) > 1 else 1


def _is_small(value: Any, limit: int) -> bool:
    """Whether a number is within a limit; any other value counts as small."""
    return not isinstance(value, (int, float)) or abs(value) <= limit


def _refuse_large_numbers(arguments: Iterable[Any], named: dict[str, Any]) -> None:
    if not all(_is_small(value, MAX_ARGUMENT) for value in (*arguments, *named.values())):
        raise TemplateLimit(f"a number in this template is over {MAX_ARGUMENT:,}, the limit for filters and methods")


def _with_number_limit(function: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(function)
    def limited(*arguments: Any, **named: Any) -> Any:
        _refuse_large_numbers(arguments, named)
        return _refuse_long(function(*arguments, **named))

    return limited
