"""What no stylesheet may hold: addresses, fonts of its own, and what would take for ever to compute or lay out.

A reader's browser would connect to an address, so every output is kept from one here, before there is an output. The
limits are far above what any document needs: what is beyond them is a slip, or meant to stop the machine.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from ipdocs.files.reading import decode_utf8, line_and_column, read_bytes
from ipdocs.findings import Finding, IpdocsError, Location, in_order

MAX_BYTES = 1_000_000
"""How long a stylesheet may be."""
MAX_DEPTH = 24
"""How deep brackets may be nested."""
MAX_NESTED_RULES = 4
"""How many rules may stand within each other."""
MAX_SELECTOR = 200
"""How many names, signs and functions one selector may have."""
MAX_EXPANSION = 2_000
"""How many words a value may have once its var() are filled in."""
MAX_NUMBER = 10_000
"""The largest number, such as a count of columns."""
MAX_PAGE = 14_400 * 4 / 3
"""The largest length in pixels: the side of a PDF page may have 14,400 points."""
MIN_PAGE = 48
"""The smallest side of a page in pixels: half an inch."""
MAX_FINDINGS = 100

_PIXELS = {"px": 1, "pt": 4 / 3, "pc": 16, "in": 96, "cm": 96 / 2.54, "mm": 96 / 25.4, "q": 96 / 101.6}
_RELATIVE = {"ex": 8, "ch": 8, "rex": 8, "rch": 8} | dict.fromkeys(("em", "rem", "lh", "rlh", "cap", "rcap", "ic", "ric"), 16)
_UNITS = {**_PIXELS, **_RELATIVE, "vw": 8, "vh": 11, "vmin": 8, "vmax": 11, "vi": 8, "vb": 11}
"""What units are worth in pixels, at least roughly."""

_ADDRESSES = {"url", "src", "image", "image-set", "-webkit-image-set", "cross-fade", "-webkit-cross-fade", "domain"}
"""The functions whose text is an address."""
_PICTURES = re.compile(r"data:image/[\w.+-]+;base64,[\w+/=%\s-]*\Z", re.IGNORECASE)

_ODD = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|</style", re.IGNORECASE)
"""What no web page may have, and what would end the element in which a page has its stylesheets."""


def read_stylesheet_text(path: Path) -> str:
    """Return the text of a workspace's stylesheet.

    Raises:
        IpdocsError: what in it no stylesheet may hold, each with its line and column.
    """
    text = decode_utf8(read_bytes(path, MAX_BYTES), path)
    if problems := list(stylesheet_problems(text, path)):
        raise IpdocsError(in_order(problems[:MAX_FINDINGS]))
    return text


def stylesheet_problems(text: str, path: Path) -> Iterator[Finding]:
    """Yield a finding for everything in a stylesheet that none may hold."""
    import tinycss2

    if place := _too_deep(text):
        yield Finding(
            "style-limit", f"brackets stand more than {MAX_DEPTH} deep here", Location(path, *place), "write it more simply"
        )
        return
    if odd := _ODD.search(text):
        where = Location(path, *line_and_column(text, odd.start()))
        yield Finding("control-character", f"{odd[0]!r} may not stand in a stylesheet", where, "delete it")
        return
    limits = _Limits(path)
    limits.rules(tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True))
    limits.variables()
    yield from limits.findings


def _too_deep(text: str) -> tuple[int, int] | None:
    """Return the line and column of a bracket that stands too deep, outside of strings and comments."""
    depth = 0
    for match in re.finditer(r"/\*.*?(?:\*/|\Z)|\"(?:\\.|[^\"\\\n])*|'(?:\\.|[^'\\\n])*|\\.|[(\[{]|[)\]}]", text, re.DOTALL):
        mark = match[0]
        if mark in "([{":
            depth += 1
            if depth > MAX_DEPTH:
                return line_and_column(text, match.start())
        elif mark in ")]}":
            depth = max(0, depth - 1)
    return None


class _Limits:
    """Walks through a stylesheet and collects what is wrong with it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.findings: list[Finding] = []
        self.custom: dict[str, tuple[Any, list[Any]]] = {}
        self.uses: list[tuple[Any, list[Any]]] = []

    def report(self, token: Any, code: str, message: str, hint: str) -> None:
        """Add a finding at a token."""
        self.findings.append(Finding(code, message, Location(self.path, token.source_line, token.source_column), hint))

    def rules(self, rules: Sequence[Any], depth: int = 0, ampersands: int = 1) -> None:
        """Look at rules and declarations, and at those within them."""
        import tinycss2

        for rule in rules:
            if rule.type == "qualified-rule":
                named = max(1, sum(getattr(token, "value", "") == "&" for token in _all(rule.prelude))) * ampersands
                if depth > MAX_NESTED_RULES or named > MAX_SELECTOR:
                    self.report(rule, "style-limit", f"rules stand more than {MAX_NESTED_RULES} deep", "write the selector out")
                    continue
                self.selector(rule)
                self.rules(tinycss2.parse_blocks_contents(rule.content, True, True), depth + 1, named)
            elif rule.type == "at-rule":
                self.at_rule(rule, depth, ampersands)
            elif rule.type == "declaration":
                self.declaration(rule)

    def at_rule(self, rule: Any, depth: int, ampersands: int) -> None:
        """Look at a rule such as @page."""
        import tinycss2

        name = rule.lower_at_keyword
        if name == "import":
            hint = "copy the rules of the other stylesheet into this one"
            self.report(rule, "refused-url", "a stylesheet may not take in another one with @import", hint)
        elif name == "font-face":
            hint = "name installed fonts in locales/*/fonts.yaml, and write ip-serif or ip-sans"
            self.report(rule, "refused-url", "a stylesheet may not bring fonts of its own with @font-face", hint)
        elif name == "namespace":
            self.report(rule, "refused-url", "a stylesheet may not name an address with @namespace", "take it out")
            return
        self.tokens(rule.prelude)
        if rule.content is not None:
            if depth > MAX_NESTED_RULES:
                self.report(rule, "style-limit", f"rules stand more than {MAX_NESTED_RULES} deep", "write them side by side")
                return
            contents = tinycss2.parse_blocks_contents(rule.content, True, True)
            if name == "page":
                for one in contents:
                    if one.type == "declaration" and one.lower_name in ("size", "width", "height", "min-width", "min-height"):
                        self.page_size(one)
            self.rules(contents, depth + 1, ampersands)

    def selector(self, rule: Any) -> None:
        """Look at the selectors of a rule."""
        self.tokens(rule.prelude)
        count = 0
        for token in rule.prelude:
            count = 0 if getattr(token, "value", None) == "," else count + sum(1 for _ in _all([token]))
            if count > MAX_SELECTOR:
                self.report(token, "style-limit", f"a selector has more than {MAX_SELECTOR} parts", "give the element a class")
                return

    def declaration(self, declaration: Any) -> None:
        """Look at the value of a property."""
        if declaration.name.startswith("--"):
            self.custom.setdefault(declaration.name, (declaration, []))[1].extend(_all(declaration.value))
        elif "var" in {getattr(token, "lower_name", "") for token in _all(declaration.value)}:
            self.uses.append((declaration, list(_all(declaration.value))))
        self.tokens(declaration.value)

    def page_size(self, declaration: Any) -> None:
        """Refuse a page that nothing can stand on."""
        for token in _all(declaration.value):
            pixels = 0 if token.type == "number" else _pixels(token)
            if pixels is not None and pixels < MIN_PAGE and declaration.lower_name in ("size", "width", "height"):
                hint = "write a size such as A4 or 210mm 297mm"
                self.report(token, "style-limit", f"{_said(token)} is no side of a page: it has at least half an inch", hint)

    def tokens(self, tokens: Sequence[Any]) -> None:
        """Look at every word of a value or prelude: addresses, numbers, and rules that something before them swallowed."""
        for token in _all(tokens):
            if token.type == "url":
                self.address(token, token.value)
            elif token.type == "function" and token.lower_name in _ADDRESSES:
                for inner in _all(token.arguments):
                    if inner.type == "string":
                        self.address(inner, inner.value)
            elif token.type in ("number", "dimension", "percentage"):
                self.number(token)
            elif token.type == "at-keyword":
                message = f"@{token.value} stands within something that is not ended before it"
                self.report(token, "bad-style", message, "end the rule or declaration before it")

    def address(self, token: Any, address: str) -> None:
        """Refuse an address that is not the picture itself."""
        if not _PICTURES.match(address.strip()):
            hint = "write the picture into the stylesheet as data:image/…;base64,…, or show it with an img in the template"
            self.report(token, "refused-url", f"{address[:80]!r} is an address, and a stylesheet may load nothing", hint)

    def number(self, token: Any) -> None:
        """Refuse a number that only a mistake, or somebody who wants to stop the machine, writes."""
        pixels = _pixels(token)
        most = MAX_NUMBER if pixels is None else MAX_PAGE
        value = token.value if pixels is None else pixels
        if not abs(value) <= most:
            hint = f"write a number up to {MAX_NUMBER:,}" if pixels is None else "write a length up to 5,080 mm"
            self.report(token, "style-limit", f"{_said(token)} is more than any page needs", hint)
        elif pixels is not None and 0 < abs(pixels) < 0.001:
            self.report(token, "style-limit", f"{_said(token)} is less than anybody sees", "write 0, or a length that shows")

    def variables(self) -> None:
        """Refuse custom properties that stand for themselves, or for thousands of words by standing for each other."""
        sizes: dict[str, int] = {}
        for name, (declaration, _) in self.custom.items():
            if self.size(name, sizes, ()) > MAX_EXPANSION:
                message = f"{name} stands for itself or for more than {MAX_EXPANSION:,} words"
                self.report(declaration, "style-limit", message, "write the values out")
        for declaration, tokens in self.uses:
            if sum(self.size(name, sizes, ()) for name in _variables(tokens)) > MAX_EXPANSION:
                message = f"{declaration.name} has more than {MAX_EXPANSION:,} words once its var() are filled in"
                self.report(declaration, "style-limit", message, "write the value out")

    def size(self, name: str, sizes: dict[str, int], above: tuple[str, ...]) -> int:
        """Return how many words a custom property stands for; too many if it stands for itself."""
        if name in above or len(above) > MAX_DEPTH:
            return MAX_EXPANSION + 1
        if name not in sizes:
            tokens = self.custom[name][1] if name in self.custom else []
            inner = (self.size(one, sizes, (*above, name)) for one in _variables(tokens))
            sizes[name] = min(len(tokens) + sum(inner), MAX_EXPANSION + 1)
        return sizes[name]


def _variables(tokens: Sequence[Any]) -> list[str]:
    """Return the custom properties that var() names among some words, each as often as it stands there."""
    named = Counter[str]()
    for token in tokens:
        if token.type == "function" and token.lower_name == "var":
            first = next((one for one in token.arguments if one.type == "ident"), None)
            if first is not None:
                named[first.value] += 1
    return list(named.elements())


def _all(tokens: Sequence[Any]) -> Iterator[Any]:
    """Yield every word of a value, those in brackets and functions too."""
    todo = [*reversed(tokens)]
    while todo:
        token = todo.pop()
        if token.type in ("whitespace", "comment"):
            continue
        yield token
        inner = token.arguments if token.type == "function" else getattr(token, "content", None)
        if isinstance(inner, list):
            todo += reversed(inner)


def _pixels(token: Any) -> float | None:
    """Return a length in pixels, or None for anything else."""
    if token.type != "dimension":
        return None
    worth = _UNITS.get(token.lower_unit)
    return None if worth is None else float(token.value) * worth


def _said(token: Any) -> str:
    return str(token.serialize())[:40]
