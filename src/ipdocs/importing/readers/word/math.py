"""Formulas of Word (Office Math) as linear text, such as "x² + a/b"."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from ipdocs.files.ooxml.names import NAMESPACES, local_name, qualified_name
from ipdocs.model.script_forms import with_script_characters

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from ipdocs.model.inline import ScriptPosition

_MATH = f"{{{NAMESPACES['m']}}}"
_TEXT = frozenset((qualified_name("m:t"), qualified_name("t")))


def math_text(element: _Element) -> str:
    """Return a formula, or a part of one, as linear text."""
    return "".join(_pieces(element))


def _pieces(element: _Element) -> Iterator[str]:
    for child in element:
        tag = child.tag
        if not isinstance(tag, str):
            continue
        if tag in _TEXT:
            yield child.text or ""
        elif tag.startswith(_MATH) and (write := _WRITERS.get(local_name(child))):
            yield write(child)
        else:
            yield from _pieces(child)


def _argument(element: _Element, name: str) -> str:
    argument = element.find(f"{_MATH}{name}")
    return math_text(argument) if argument is not None else ""


def _value(element: _Element, name: str, default: str) -> str:
    """Return the m:val attribute of a property, such as the character of an operator."""
    prop = next(element.iterfind(f"{_MATH}{local_name(element)}Pr/{_MATH}{name}"), None)
    return default if prop is None else prop.get(f"{_MATH}val", "")


def in_brackets(text: str) -> str:
    """Return a text in round brackets, unless it is a single number or word."""
    is_single = len(text) <= 1 or text.isalnum() or (text[0] in "(（" and text[-1] in ")）" and text.count("(") == 1)
    return text if is_single else f"({text})"


def _fraction(element: _Element) -> str:
    numerator, denominator = _argument(element, "num"), _argument(element, "den")
    if _value(element, "type", "") == "noBar":
        return f"({numerator} {denominator})"
    return f"{in_brackets(numerator)}/{in_brackets(denominator)}"


def _shifted(text: str, position: ScriptPosition) -> str:
    """Return a text as superscript or subscript characters, or after ^ or _ if Unicode lacks one of them."""
    if not text:
        return ""
    characters = with_script_characters(text, position)
    is_shifted = all(shifted != plain for shifted, plain in zip(characters, text, strict=False))
    if is_shifted and unicodedata.normalize("NFKC", characters) == text:
        return characters
    return f"{'^' if position == 'superscript' else '_'}{in_brackets(text)}"


def _with_scripts(element: _Element) -> str:
    base = _argument(element, "e")
    grouped = base if local_name(element) == "sSub" else in_brackets(base)
    return f"{grouped}{_shifted(_argument(element, 'sub'), 'subscript')}{_shifted(_argument(element, 'sup'), 'superscript')}"


def _with_scripts_before(element: _Element) -> str:
    scripts = f"{_shifted(_argument(element, 'sub'), 'subscript')}{_shifted(_argument(element, 'sup'), 'superscript')}"
    return f"{scripts}{_argument(element, 'e')}"


def _radical(element: _Element) -> str:
    degree = _argument(element, "deg")
    return f"{_shifted(degree, 'superscript') if degree else ''}√{in_brackets(_argument(element, 'e'))}"


def _operator(element: _Element) -> str:
    limits = f"{_shifted(_argument(element, 'sub'), 'subscript')}{_shifted(_argument(element, 'sup'), 'superscript')}"
    return f"{_value(element, 'chr', '∫')}{limits} {_argument(element, 'e')}"


def _delimited(element: _Element) -> str:
    begin, end = _value(element, "begChr", "("), _value(element, "endChr", ")")
    arguments = [math_text(argument) for argument in element.iterchildren(f"{_MATH}e")]
    return f"{begin}{_value(element, 'sepChr', '|').join(arguments)}{end}"


def _function(element: _Element) -> str:
    name, argument = _argument(element, "fName"), _argument(element, "e")
    return f"{name}{'' if argument[:1] in ('(', '') else ' '}{argument}"


def _accent(element: _Element) -> str:
    return f"{_argument(element, 'e')}{_value(element, 'chr', chr(0x302))}"


def _limit_below(element: _Element) -> str:
    return f"{_argument(element, 'e')}{_shifted(_argument(element, 'lim'), 'subscript')}"


def _limit_above(element: _Element) -> str:
    return f"{_argument(element, 'e')}{_shifted(_argument(element, 'lim'), 'superscript')}"


def _matrix(element: _Element) -> str:
    rows = [", ".join(math_text(cell) for cell in row.iterchildren(f"{_MATH}e")) for row in element.iterchildren(f"{_MATH}mr")]
    return f"[{'; '.join(rows)}]"


def _equations(element: _Element) -> str:
    return "; ".join(math_text(equation) for equation in element.iterchildren(f"{_MATH}e"))


_WRITERS = {
    "f": _fraction,
    "sSup": _with_scripts,
    "sSub": _with_scripts,
    "sSubSup": _with_scripts,
    "sPre": _with_scripts_before,
    "rad": _radical,
    "nary": _operator,
    "d": _delimited,
    "func": _function,
    "acc": _accent,
    "limLow": _limit_below,
    "limUpp": _limit_above,
    "m": _matrix,
    "eqArr": _equations,
}
"""The function that writes each structure of a formula; other elements are written as their contents."""
