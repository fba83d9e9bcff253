"""Collects from the source code, without running it, the codes of all findings that it can report."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[2] / "src/ipdocs"
FAMILIES = {
    "annex-{reason}": ("annex-cropped", "annex-clipped", "annex-covered", "annex-hidden"),
    "unknown-{kind}": ("unknown-paper", "unknown-annex", "unknown-office", "unknown-item"),
}
"""The codes that the source code puts together from a prefix and a variable."""

_CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_NO_CODE = frozenset({"en", "tc", "sc", "cn"})
"""Codes of languages, which are also passed as `code`."""


def emitted_codes() -> dict[str, str]:
    """Return the module of each code, relative to the package."""
    modules = {path.relative_to(PACKAGE).as_posix(): ast.parse(path.read_text("utf-8")) for path in PACKAGE.rglob("*.py")}
    parameters = {name: dict(_code_parameters(tree)) for name, tree in modules.items()}
    everywhere: dict[str, set[int]] = {}
    for function, position in chain.from_iterable(known.items() for known in parameters.values()):
        everywhere.setdefault(function, set()).add(position)
    codes: dict[str, str] = {}
    for name, tree in sorted(modules.items()):
        for node in ast.walk(tree):
            for expression in _code_expressions(node, parameters[name], everywhere):
                for code in _literals(expression):
                    codes.setdefault(code, name)
    return codes


def _code_parameters(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """Yield each function and class that takes a `code`, and the position of that argument."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            names = [argument.arg for argument in node.args.args if argument.arg not in ("self", "cls")]
            if "code" in names and node.name != "__init__":
                yield node.name, names.index("code")
        elif isinstance(node, ast.ClassDef):
            yield from ((node.name, position) for position in _constructor(node))


def _constructor(node: ast.ClassDef) -> Iterator[int]:
    fields = [item.target.id for item in node.body if isinstance(item, ast.AnnAssign) and isinstance(item.target, ast.Name)]
    for item in node.body:
        if isinstance(item, ast.FunctionDef) and item.name == "__init__":
            fields = [argument.arg for argument in item.args.args[1:]]
    if "code" in fields:
        yield fields.index("code")


def _code_expressions(node: ast.AST, module: dict[str, int], everywhere: dict[str, set[int]]) -> Iterator[ast.expr]:
    """Yield the expressions of a node that are the code of a finding."""
    if isinstance(node, ast.Call):
        name = _name(node.func)
        positions = {module[name]} if name in module else everywhere.get(name, set())
        positions = {"PydanticCustomError": {0}, "to_ipdocs_error": {1}}.get(name, positions)
        yield from (node.args[position] for position in positions if position < len(node.args))
        yield from (keyword.value for keyword in node.keywords if keyword.arg == "code")
    elif isinstance(node, ast.FunctionDef):
        names = [argument.arg for argument in node.args.args]
        defaults = dict(zip(reversed(names), reversed(node.args.defaults), strict=False))
        yield from (default for name, default in defaults.items() if name == "code")
    elif isinstance(node, ast.Assign | ast.AnnAssign) and node.value:
        target = node.targets[0] if isinstance(node, ast.Assign) else node.target
        name = _name(target).strip("_").lower()
        if name in ("code", "codes"):
            yield from node.value.values if isinstance(node.value, ast.Dict) else [node.value]
        elif name.endswith("by_code") and isinstance(node.value, ast.Dict):
            yield from filter(None, node.value.keys)


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def _literals(node: ast.expr) -> Iterator[str]:
    """Yield the codes that an expression can have.

    Raises:
        KeyError: it puts a code together that is not in FAMILIES.
    """
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and _CODE.fullmatch(node.value):
        yield from {node.value} - _NO_CODE
    elif isinstance(node, ast.IfExp):
        yield from chain(_literals(node.body), _literals(node.orelse))
    elif isinstance(node, ast.Call) and _name(node.func) == "get":
        yield from chain.from_iterable(map(_literals, node.args[1:]))
        yield from _literals(node.func.value) if isinstance(node.func, ast.Attribute) else ()
    elif isinstance(node, ast.Subscript):
        yield from _literals(node.value)
    elif isinstance(node, ast.Dict):
        yield from chain.from_iterable(map(_literals, node.values))
    elif isinstance(node, ast.JoinedStr) and " " not in ast.unparse(node):
        yield from FAMILIES[ast.unparse(node)[2:-1]]
