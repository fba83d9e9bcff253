"""Refuse stylesheets that load addresses or fonts, or whose styles would take too long to compute or lay out.

Addresses are refused before there is any output, because a reader's browser would connect to them. The limits are far above
what any document needs; only a mistake or an attack exceeds them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from pathlib import Path
from typing import Any

from ipdocs.files.reading import decode_utf8, line_and_column, read_bytes
from ipdocs.findings import Finding, IpdocsError, Location, sort_findings

MAX_BYTES = 1_000_000
"""Maximum number of bytes in a stylesheet."""
MAX_DEPTH = 24
"""Maximum nesting of brackets."""
MAX_NESTED_RULES = 4
"""Maximum nesting of rules."""
MAX_SELECTOR = 200
"""Maximum number of tokens in a selector."""
MAX_EXPANSION = 2_000
"""Maximum number of tokens in a value in which each var() has been replaced by its value."""
MAX_NUMBER = 10_000
"""Maximum of a number, such as a column count."""
MAX_LENGTH = 14_400 * 4 / 3
"""Maximum length in pixels: 14,400 points, the side of the largest PDF page."""
MAX_FACTORS = 4
"""Maximum number of multiplications and divisions in a value, counted once for each function that contains them."""
MIN_PAGE = 48
"""Minimum length of a page's side in pixels: half an inch."""
MAX_FINDINGS = 100
"""Maximum number of findings to report."""

_PIXELS = {"px": 1, "pt": 4 / 3, "pc": 16, "in": 96, "cm": 96 / 2.54, "mm": 96 / 25.4, "q": 96 / 101.6}
_RELATIVE = {"ex": 8, "ch": 8, "rex": 8, "rch": 8} | dict.fromkeys(("em", "rem", "lh", "rlh", "cap", "rcap", "ic", "ric"), 16)
_UNITS = {**_PIXELS, **_RELATIVE, "vw": 8, "vh": 11, "vmin": 8, "vmax": 11, "vi": 8, "vb": 11}
"""The length of each unit in pixels; the lengths of relative units are estimates."""

_MATH_FUNCTIONS = {"calc", "min", "max", "clamp", "abs", "sign", "round", "mod", "rem", "sqrt", "hypot"}
_MATH_FUNCTIONS |= {"sin", "cos", "asin", "acos", "atan", "atan2"}
_UNBOUNDED = {"exp", "log", "pow", "tan", "infinity", "-infinity", "nan"}
"""Functions and constants that can make an infinite length of small numbers; the layout of such a length does not end."""

_ADDRESS_FUNCTIONS = {"url", "src", "image", "image-set", "-webkit-image-set", "cross-fade", "-webkit-cross-fade", "domain"}
"""Functions whose string arguments are addresses."""
_PICTURE_URL = re.compile(r"data:image/[\w.+-]+;base64,[\w+/=%\s-]*\Z", re.IGNORECASE)

_REFUSED_CHARACTERS = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|</style", re.IGNORECASE)
"""Characters that are not allowed in web pages, and the tag that would end a <style> element."""


def read_stylesheet_text(path: Path) -> str:
    """Return the text of a stylesheet of the workspace.

    Raises:
        IpdocsError: the stylesheet has refused content; each finding has a location.
    """
    text = decode_utf8(read_bytes(path, MAX_BYTES), path)
    if findings := list(stylesheet_limit_findings(text, path)):
        raise IpdocsError(sort_findings(findings[:MAX_FINDINGS]))
    return text


def stylesheet_limit_findings(text: str, path: Path) -> Iterator[Finding]:
    """Yield a finding for each refused item in a stylesheet."""
    import tinycss2

    if position := _first_deep_bracket(text):
        message = f"these brackets are nested more than {MAX_DEPTH} deep"
        yield Finding("style-limit", message, Location(path, *position), "simplify this rule")
        return
    if match := _REFUSED_CHARACTERS.search(text):
        location = Location(path, *line_and_column(text, match.start()))
        yield Finding("control-character", f"{match[0]!r} is not allowed in a stylesheet", location, "delete this text")
        return
    checker = _LimitChecker(path)
    checker.check_rules(tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True))
    checker.check_variables()
    yield from checker.findings


def _first_deep_bracket(text: str) -> tuple[int, int] | None:
    """Return the line and column of the first bracket that is nested too deeply, ignoring strings and comments."""
    depth = 0
    for match in re.finditer(r"/\*.*?(?:\*/|\Z)|\"(?:\\.|[^\"\\\n])*|'(?:\\.|[^'\\\n])*|\\.|[(\[{]|[)\]}]", text, re.DOTALL):
        bracket = match[0]
        if bracket in "([{":
            depth += 1
            if depth > MAX_DEPTH:
                return line_and_column(text, match.start())
        elif bracket in ")]}":
            depth = max(0, depth - 1)
    return None


class _LimitChecker:
    """Checks a stylesheet and collects findings in `findings`."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.findings: list[Finding] = []
        self.custom_properties: dict[str, tuple[Any, list[Any]]] = {}
        self.declarations_with_var: list[tuple[Any, list[Any]]] = []

    def report(self, token: Any, code: str, message: str, hint: str) -> None:
        """Add a finding with the location of a token."""
        self.findings.append(Finding(code, message, Location(self.path, token.source_line, token.source_column), hint))

    def check_rules(self, rules: Sequence[Any], depth: int = 0, repetitions: int = 1) -> None:
        """Check rules and declarations, including nested ones.

        Args:
            rules: the rules and declarations.
            depth: the number of enclosing rules.
            repetitions: how often the & of the enclosing rules repeat the outermost selector.
        """
        import tinycss2

        for rule in rules:
            if rule.type == "qualified-rule":
                total_repetitions = (
                    max(1, sum(getattr(token, "value", "") == "&" for token in _flatten(rule.prelude))) * repetitions
                )
                if depth > MAX_NESTED_RULES or total_repetitions > MAX_SELECTOR:
                    message = (
                        f"rules are nested more than {MAX_NESTED_RULES} deep"
                        if depth > MAX_NESTED_RULES
                        else f"& repeats the outermost selector more than {MAX_SELECTOR} times"
                    )
                    self.report(rule, "style-limit", message, "write the rule at the top level, with its whole selector")
                    continue
                self.check_selector(rule)
                self.check_rules(tinycss2.parse_blocks_contents(rule.content, True, True), depth + 1, total_repetitions)
            elif rule.type == "at-rule":
                self.check_at_rule(rule, depth, repetitions)
            elif rule.type == "declaration":
                self.check_declaration(rule)

    def check_at_rule(self, rule: Any, depth: int, repetitions: int) -> None:
        """Check an at-rule such as @page."""
        import tinycss2

        name = rule.lower_at_keyword
        if name == "import":
            hint = "copy the rules of the other stylesheet into this one"
            self.report(rule, "refused-url", "@import is not allowed in a stylesheet", hint)
        elif name == "font-face":
            hint = "name installed fonts in locales/*/fonts.yaml, and write ip-serif or ip-sans"
            self.report(rule, "refused-url", "@font-face is not allowed in a stylesheet", hint)
        elif name == "namespace":
            self.report(rule, "refused-url", "@namespace is not allowed in a stylesheet", "delete this rule")
            return
        self.check_tokens(rule.prelude)
        if rule.content is not None:
            if depth > MAX_NESTED_RULES:
                message = f"rules are nested more than {MAX_NESTED_RULES} deep"
                self.report(rule, "style-limit", message, "write the rule at the top level")
                return
            contents = tinycss2.parse_blocks_contents(rule.content, True, True)
            if name == "page":
                for item in contents:
                    if item.type == "declaration" and item.lower_name in ("size", "width", "height", "min-width", "min-height"):
                        self.check_page_size(item)
            self.check_rules(contents, depth + 1, repetitions)

    def check_selector(self, rule: Any) -> None:
        """Check the selectors of a rule."""
        self.check_tokens(rule.prelude)
        count = 0
        for token in rule.prelude:
            count = 0 if getattr(token, "value", None) == "," else count + sum(1 for _ in _flatten([token]))
            if count > MAX_SELECTOR:
                hint = "give the element a class, and select the class"
                self.report(token, "style-limit", f"this selector has more than {MAX_SELECTOR} tokens", hint)
                return

    def check_declaration(self, declaration: Any) -> None:
        """Check a declaration, and collect custom properties and uses of var() for `check_variables`."""
        if declaration.name.startswith("--"):
            self.custom_properties.setdefault(declaration.name, (declaration, []))[1].extend(_flatten(declaration.value))
        elif "var" in {getattr(token, "lower_name", "") for token in _flatten(declaration.value)}:
            self.declarations_with_var.append((declaration, list(_flatten(declaration.value))))
        self.check_tokens(declaration.value)
        self.check_arithmetic(declaration)

    def check_arithmetic(self, declaration: Any) -> None:
        """Report arithmetic that could make an infinite length, such as a division by zero."""
        tokens = list(_flatten(declaration.value))
        for token in tokens:
            name = getattr(token, "lower_name", "") or getattr(token, "lower_value", "")
            if token.type in ("function", "ident") and name in _UNBOUNDED:
                self.report(token, "style-limit", f"{_token_text(token)} is not allowed in a stylesheet", "write the result")
        operators = [token for token in tokens if token.type == "literal" and token.value in "*/"]
        if declaration.name.startswith("--") and operators:
            hint = "multiply or divide where the variable is used, with calc()"
            self.report(operators[0], "style-limit", "a variable cannot contain * or /", hint)
            return
        factor_count = 0
        for function in tokens:
            if function.type == "function" and function.lower_name in _MATH_FUNCTIONS:
                operands = list(_flatten(function.arguments))
                for operand, divisor in zip_longest(operands, operands[1:]):
                    factor_count += operand in ("*", "/")
                    if operand == "/" and not _is_divisor(divisor):
                        message = "the divisor is a variable, an expression, or nearly zero"
                        self.report(operand, "style-limit", message, f"divide by a number of at least {1 / MAX_NUMBER}")
        if factor_count > MAX_FACTORS:
            message = f"this value has more than {MAX_FACTORS} multiplications and divisions"
            self.report(operators[0], "style-limit", message, "write the result")

    def check_page_size(self, declaration: Any) -> None:
        """Report a page size that is too small for any content."""
        for token in _flatten(declaration.value):
            pixels = 0 if token.type == "number" else _pixels(token)
            if pixels is not None and pixels < MIN_PAGE and declaration.lower_name in ("size", "width", "height"):
                hint = "write a size such as A4 or 210mm 297mm"
                message = f"{_token_text(token)} is too short for the side of a page, which is at least half an inch"
                self.report(token, "style-limit", message, hint)

    def check_tokens(self, tokens: Sequence[Any]) -> None:
        """Check every token of a value or prelude: addresses, numbers, and at-rules after a missing ; or }."""
        for token in _flatten(tokens):
            if token.type == "url":
                self.check_address(token, token.value)
            elif token.type == "function" and token.lower_name in _ADDRESS_FUNCTIONS:
                for inner in _flatten(token.arguments):
                    if inner.type == "string":
                        self.check_address(inner, inner.value)
            elif token.type in ("number", "dimension", "percentage"):
                self.check_number(token)
            elif token.type == "at-keyword":
                message = f"the rule or declaration before @{token.value} is not finished"
                self.report(token, "bad-style", message, f"end the rule or declaration before @{token.value} with ; or }}")

    def check_address(self, token: Any, address: str) -> None:
        """Report an address, unless it is a data: URL with a picture."""
        if not _PICTURE_URL.match(address.strip()):
            hint = "embed the picture as data:image/…;base64,…, or show it with an img in the template"
            self.report(token, "refused-url", f"loading {address[:80]!r} is not allowed in a stylesheet", hint)

    def check_number(self, token: Any) -> None:
        """Report a number or length that is too large, or too small to be visible."""
        pixels = _pixels(token)
        limit = MAX_NUMBER if pixels is None else MAX_LENGTH
        value = token.value if pixels is None else pixels
        if not abs(value) <= limit:
            hint = f"write a number up to {MAX_NUMBER:,}" if pixels is None else "write a length up to 5,080 mm"
            self.report(token, "style-limit", f"{_token_text(token)} is too large", hint)
        elif pixels is not None and 0 < abs(pixels) < 0.001:
            self.report(token, "style-limit", f"{_token_text(token)} is too small to be visible", "write 0 or a larger length")

    def check_variables(self) -> None:
        """Report custom properties that use themselves or expand to too many tokens."""
        sizes: dict[str, int] = {}
        for name, (declaration, _) in self.custom_properties.items():
            if self.expanded_size(name, sizes, ()) > MAX_EXPANSION:
                message = f"{name} uses itself, or expands to more than {MAX_EXPANSION:,} tokens"
                self.report(declaration, "style-limit", message, "replace each var() by its value")
        for declaration, tokens in self.declarations_with_var:
            if sum(self.expanded_size(name, sizes, ()) for name in _used_variables(tokens)) > MAX_EXPANSION:
                message = f"the var() in {declaration.name} expand to more than {MAX_EXPANSION:,} tokens"
                self.report(declaration, "style-limit", message, "replace each var() by its value")

    def expanded_size(self, name: str, sizes: dict[str, int], outer: tuple[str, ...]) -> int:
        """Return the number of tokens to which a custom property expands; if the property uses itself, a number over the limit.

        Args:
            name: the custom property.
            sizes: the known sizes, keyed by custom property; the new sizes are added.
            outer: the custom properties that are being expanded.
        """
        if name in outer or len(outer) > MAX_DEPTH:
            return MAX_EXPANSION + 1
        if name not in sizes:
            tokens = self.custom_properties[name][1] if name in self.custom_properties else []
            inner = (self.expanded_size(variable, sizes, (*outer, name)) for variable in _used_variables(tokens))
            sizes[name] = min(len(tokens) + sum(inner), MAX_EXPANSION + 1)
        return sizes[name]


def _is_divisor(token: Any) -> bool:
    """Whether a token after / is a number by which a finite value stays finite."""
    return token is not None and token.type in ("number", "percentage", "dimension") and abs(token.value) >= 1 / MAX_NUMBER


def _used_variables(tokens: Sequence[Any]) -> list[str]:
    """Return the names of the custom properties that tokens use with var(); a name is repeated for each use."""
    counts = Counter[str]()
    for token in tokens:
        if token.type == "function" and token.lower_name == "var":
            name = next((argument for argument in token.arguments if argument.type == "ident"), None)
            if name is not None:
                counts[name.value] += 1
    return list(counts.elements())


def _flatten(tokens: Sequence[Any]) -> Iterator[Any]:
    """Yield every token of a value, including tokens in brackets and functions."""
    stack = [*reversed(tokens)]
    while stack:
        token = stack.pop()
        if token.type in ("whitespace", "comment"):
            continue
        yield token
        inner = token.arguments if token.type == "function" else getattr(token, "content", None)
        if isinstance(inner, list):
            stack += reversed(inner)


def _pixels(token: Any) -> float | None:
    """Return a length in pixels, or None if the token is not a length."""
    if token.type != "dimension":
        return None
    unit = _UNITS.get(token.lower_unit)
    return None if unit is None else float(token.value) * unit


def _token_text(token: Any) -> str:
    """Return the beginning of a token's source text."""
    return str(token.serialize())[:40]
