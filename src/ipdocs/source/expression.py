"""Expressions: where they stand in a text, and what they say, in a grammar of names, attributes and filters.

Jinja's lexer finds their ends and its parser reads them; whatever else Jinja can do is refused with its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from ipdocs.model.inline import Constant, Expression, FilterCall

if TYPE_CHECKING:
    from jinja2 import Environment, TemplateSyntaxError, nodes

MAX_LENGTH = 500
GRAMMAR = "an expression is a name with attributes and filters: {{ meeting | ordinal }}"
_MARK = re.compile(r"\\.|\{\{|\{%|\{#|\}\}", re.DOTALL)
_WORDS = {"if", "else", "is", "not", "and", "or", "in"}
_OPERATORS = set(".|(),=")
_REFUSED = {
    "{%": ("a source has no statements", "say it in another block, or with `only:`"),
    "{#": ("a text has no comments", "YAML's begin with # in a line of their own; for the characters write \\{#"),
    "}}": ("these braces close nothing", "begin the expression with {{, or write \\}\\}"),
}


@dataclass(frozen=True, slots=True)
class MarkupProblem:
    """What is wrong with length characters of a text from an offset."""

    code: str
    message: str
    offset: int
    length: int
    hint: str | None = None


@dataclass(frozen=True, slots=True)
class ExpressionSpan:
    """What stands between two offsets of a text: an expression, or none that could be read."""

    start: int
    end: int
    expression: Expression | None


class _RefusedError(Exception):
    """An expression outside the grammar: the message, and the part of it that offends."""

    def __init__(self, message: str, offset: int = 0, length: int = 0) -> None:
        super().__init__(message)
        self.offset = offset
        self.length = length


def find_expressions(text: str) -> tuple[list[ExpressionSpan], list[MarkupProblem]]:
    """Return the expressions of a text in order, and what in it is Jinja but no expression of ours."""
    found: list[ExpressionSpan] = []
    problems: list[MarkupProblem] = []
    position = 0
    while match := _MARK.search(text, position):
        start, position = match.span()
        if match[0] in _REFUSED:
            message, hint = _REFUSED[match[0]]
            problems.append(MarkupProblem("bad-expression", message, start, 2, hint))
        elif match[0] == "{{":
            closed = text.find("}}", start)
            position = closed + 2 if closed > 0 else len(text)
            expression = None
            try:
                tokens = _tokens(text[start : start + MAX_LENGTH])
                position = start + sum(len(value) for _, value in tokens)
                expression = _read(text[start:position], tokens, start)
            except _RefusedError as error:
                length = error.length or min(position - start, MAX_LENGTH)
                hint = "within a name - is written _" if str(error).startswith("'-'") else GRAMMAR
                problems.append(MarkupProblem("bad-expression", str(error), start + error.offset, length, hint))
            found.append(ExpressionSpan(start, position, expression))
    return found, problems


@cache
def _environment() -> Environment:
    from jinja2.sandbox import SandboxedEnvironment

    return SandboxedEnvironment()


def _tokens(source: str) -> list[tuple[str, str]]:
    """Return the tokens of the expression that source begins with, to its closing braces."""
    from jinja2 import TemplateSyntaxError

    tokens = []
    try:
        for _, kind, value in _environment().lex(source):
            tokens.append((kind, value))
            if kind == "variable_end":
                return tokens
    except TemplateSyntaxError as error:
        raise _unread(error) from error
    longest = f" within {MAX_LENGTH} characters" if len(source) == MAX_LENGTH else ""
    raise _RefusedError(f"this expression is not closed{longest}", 0, 2)


def _read(source: str, tokens: list[tuple[str, str]], offset: int) -> Expression:
    """Return the expression of a source; what is outside the grammar is refused before Jinja's parser sees it."""
    from jinja2 import TemplateSyntaxError

    _check_tokens(tokens)
    try:
        template = _environment().parse(source)
    except TemplateSyntaxError as error:
        raise _unread(error) from error
    output: Any = template.body[0]
    name, attributes, filters = _walk(output.nodes[0])
    return Expression(source, name, attributes, filters, offset)


def _unread(error: TemplateSyntaxError) -> _RefusedError:
    """Return Jinja's complaint in our words."""
    message = str(error.message)
    if strange := re.fullmatch(r"unexpected char '(.+)' at (\d+)", message, re.DOTALL):
        return _RefusedError(f"'{strange[1]}' does not belong in an expression", int(strange[2]), 1)
    for theirs, ours in _TERMS:
        message = message.replace(theirs, ours)
    return _RefusedError(f"this expression cannot be read: {message[0].lower()}{message[1:]}")


_TERMS = (("token 'end of print statement'", "its end"), ("'end of print statement'", "its end"), ("token 'name'", "a name"))
"""Jinja's terms and ours."""


def _check_tokens(tokens: list[tuple[str, str]]) -> None:
    position, depth = 0, 0
    for kind, value in tokens:
        if (kind, value) not in (("variable_begin", "{{"), ("variable_end", "}}")) and kind.startswith("variable_"):
            raise _RefusedError(f"'{value}' is not needed here: spaces in a text stay as they are", position, len(value))
        if kind == "name" and value in _WORDS:
            raise _RefusedError(f"an expression has no conditions or tests: '{value}'", position, len(value))
        if kind == "operator":
            depth += (value == "(") - (value == ")")
            if value not in _OPERATORS or depth > 1:
                raise _RefusedError(f"'{value}' does not belong in an expression", position, len(value))
        position += len(value)


def _walk(node: nodes.Expr) -> tuple[str, tuple[str, ...], tuple[FilterCall, ...]]:
    """Return the name, attributes and filters of what Jinja has parsed."""
    from jinja2 import nodes

    filters: list[FilterCall] = []
    while isinstance(node, nodes.Filter) and node.node is not None:
        filters.append(FilterCall(node.name, tuple(_constants(node)), tuple(_options(node))))
        node = node.node
    attributes: list[str] = []
    while isinstance(node, nodes.Getattr):
        if node.attr.startswith("_"):
            raise _RefusedError(f"there is no attribute '{node.attr}'")
        attributes.append(node.attr)
        node = node.node
    if not isinstance(node, nodes.Name):
        raise _RefusedError(f"an expression has no {_KINDS.get(type(node).__name__, 'such part')}")
    return node.name, tuple(reversed(attributes)), tuple(reversed(filters))


_KINDS = {"Call": "calls", "Const": "value of its own", "Tuple": "lists"}


def _constants(node: nodes.Filter) -> Iterator[Constant]:
    from jinja2 import nodes

    for argument in node.args:
        if not isinstance(argument, nodes.Const):
            raise _RefusedError(f"the arguments of '{node.name}' are not constant")
        yield argument.value


def _options(node: nodes.Filter) -> Iterator[tuple[str, Constant]]:
    from jinja2 import nodes

    for option in node.kwargs:
        if not isinstance(option.value, nodes.Const):
            raise _RefusedError(f"the arguments of '{node.name}' are not constant")
        yield str(option.key), option.value.value
