"""Parse the expressions in texts: names with attributes and filters.

Jinja's lexer finds the end of an expression, and Jinja's parser parses it. All other features of Jinja are refused.
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
"""The maximum length of an expression in characters."""
_GRAMMAR_HINT = "write a name, with attributes and filters if needed: {{ meeting | ordinal }}"
_DELIMITER = re.compile(r"\\.|\{\{|\{%|\{#|\}\}", re.DOTALL)
_REFUSED_WORDS = {"if", "else", "is", "not", "and", "or", "in"}
_ALLOWED_OPERATORS = set(".|(),=")
_REFUSED_DELIMITERS = {
    "{%": ("statements are not allowed in a source", "write a separate block, with `only:` if it is for one language"),
    "{#": ("comments are not allowed in a text", "write a YAML comment on its own line, with #; for the characters write \\{#"),
    "}}": ("these braces do not close an expression", "begin the expression with {{, or write \\}\\}"),
}
"""The message and the hint for each delimiter that is not allowed."""


@dataclass(frozen=True, slots=True)
class MarkupProblem:
    """A problem with `length` characters of a text, starting at `offset`."""

    code: str
    message: str
    offset: int
    length: int
    hint: str | None = None


@dataclass(frozen=True, slots=True)
class ExpressionSpan:
    """The range of an expression in a text; `expression` is None if it cannot be parsed."""

    start: int
    end: int
    expression: Expression | None


class _RefusedError(Exception):
    """An expression breaks the grammar; `offset` and `length` locate the wrong part, relative to the expression."""

    def __init__(self, message: str, offset: int = 0, length: int = 0) -> None:
        super().__init__(message)
        self.offset = offset
        self.length = length


def find_expressions(text: str) -> tuple[list[ExpressionSpan], list[MarkupProblem]]:
    """Return the expressions in the order of the text, and the problems with invalid expressions and other Jinja markup."""
    spans: list[ExpressionSpan] = []
    problems: list[MarkupProblem] = []
    position = 0
    while match := _DELIMITER.search(text, position):
        start, position = match.span()
        if match[0] in _REFUSED_DELIMITERS:
            message, hint = _REFUSED_DELIMITERS[match[0]]
            problems.append(MarkupProblem("bad-expression", message, start, 2, hint))
        elif match[0] == "{{":
            end = text.find("}}", start)
            position = end + 2 if end > 0 else len(text)
            expression = None
            try:
                tokens = _lex(text[start : start + MAX_LENGTH])
                position = start + sum(len(value) for _, value in tokens)
                expression = _parse(text[start:position], tokens, start)
            except _RefusedError as error:
                length = error.length or min(position - start, MAX_LENGTH)
                hint = "write _ for - in a name" if str(error).startswith("'-'") else _GRAMMAR_HINT
                problems.append(MarkupProblem("bad-expression", str(error), start + error.offset, length, hint))
            spans.append(ExpressionSpan(start, position, expression))
    return spans, problems


@cache
def _environment() -> Environment:
    from jinja2.sandbox import SandboxedEnvironment

    return SandboxedEnvironment()


def _lex(source: str) -> list[tuple[str, str]]:
    """Return the tokens of the expression at the start of a text, up to its closing braces."""
    from jinja2 import TemplateSyntaxError

    tokens = []
    try:
        for _, kind, value in _environment().lex(source):
            tokens.append((kind, value))
            if kind == "variable_end":
                return tokens
    except TemplateSyntaxError as error:
        raise _as_refused_error(error) from error
    limit = f" within {MAX_LENGTH} characters" if len(source) == MAX_LENGTH else ""
    raise _RefusedError(f"this expression is not closed{limit}", 0, 2)


def _parse(source: str, tokens: list[tuple[str, str]], offset: int) -> Expression:
    """Check the tokens of an expression against the grammar, and parse the expression."""
    from jinja2 import TemplateSyntaxError

    _check_tokens(tokens)
    try:
        template = _environment().parse(source)
    except TemplateSyntaxError as error:
        raise _as_refused_error(error) from error
    output: Any = template.body[0]
    name, attributes, filters = _parts_of_expression(output.nodes[0])
    return Expression(source, name, attributes, filters, offset)


def _as_refused_error(error: TemplateSyntaxError) -> _RefusedError:
    """Return a syntax error of Jinja as a _RefusedError with a plain message."""
    message = str(error.message)
    if match := re.fullmatch(r"unexpected char '(.+)' at (\d+)", message, re.DOTALL):
        return _RefusedError(f"'{match[1]}' is not allowed in an expression", int(match[2]), 1)
    for jinja_term, plain_term in _TERMS:
        message = message.replace(jinja_term, plain_term)
    return _RefusedError(f"this expression cannot be read: {message[0].lower()}{message[1:]}")


_TERMS = (("token 'end of print statement'", "its end"), ("'end of print statement'", "its end"), ("token 'name'", "a name"))
"""Terms in the messages of Jinja, each with its plain replacement."""


def _check_tokens(tokens: list[tuple[str, str]]) -> None:
    position, depth = 0, 0
    for kind, value in tokens:
        if (kind, value) not in (("variable_begin", "{{"), ("variable_end", "}}")) and kind.startswith("variable_"):
            raise _RefusedError(f"'{value}' is not needed: spaces in a text are kept", position, len(value))
        if kind == "name" and value in _REFUSED_WORDS:
            raise _RefusedError(f"conditions and tests are not allowed in an expression: '{value}'", position, len(value))
        if kind == "operator":
            depth += (value == "(") - (value == ")")
            if value not in _ALLOWED_OPERATORS or depth > 1:
                raise _RefusedError(f"'{value}' is not allowed in an expression", position, len(value))
        position += len(value)


def _parts_of_expression(node: nodes.Expr) -> tuple[str, tuple[str, ...], tuple[FilterCall, ...]]:
    """Return the name, attributes and filters of a parsed expression."""
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
        raise _RefusedError(f"{_REFUSED_SYNTAX.get(type(node).__name__, 'this syntax is')} not allowed in an expression")
    return node.name, tuple(reversed(attributes)), tuple(reversed(filters))


_REFUSED_SYNTAX = {"Call": "calls are", "Const": "literal values are", "Tuple": "lists are"}
"""The beginning of the message, keyed by the name of the class that Jinja uses for the syntax."""


def _constants(node: nodes.Filter) -> Iterator[Constant]:
    from jinja2 import nodes

    for argument in node.args:
        if not isinstance(argument, nodes.Const):
            raise _RefusedError(f"the arguments of '{node.name}' are not constants")
        yield argument.value


def _options(node: nodes.Filter) -> Iterator[tuple[str, Constant]]:
    from jinja2 import nodes

    for option in node.kwargs:
        if not isinstance(option.value, nodes.Const):
            raise _RefusedError(f"the arguments of '{node.name}' are not constants")
        yield str(option.key), option.value.value
