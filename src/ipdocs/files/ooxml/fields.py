"""Detect fields that load external content in Word files."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ipdocs.files.ooxml.names import local_name, qualified_name, strict_name

if TYPE_CHECKING:
    from lxml.etree import _Element

_LOADING_FIELDS = frozenset(
    {
        *("AUTOTEXT", "AUTOTEXTLIST", "DATABASE", "DDE", "DDEAUTO", "EMBED", "GLOSSARY", "HTMLACTIVEX", "IMPORT"),
        *("INCLUDE", "INCLUDEPICTURE", "INCLUDETEXT", "LINK", "RD"),
    }
)
"""The names of fields that load content."""

_FIRST_WORD = re.compile(r"\s*([A-Za-z]*)")


def _names(*local: str) -> tuple[str, ...]:
    return tuple(form(f"w:{name}") for name in local for form in (qualified_name, strict_name))


_CODE_TAGS = _names("fldSimple", "instrText", "delInstrText")
_TEXT_TAGS = _names("t", "tab", "br", "cr", "fldChar")


@dataclass(slots=True)
class _Field:
    """A field that is being read.

    Attributes:
        code: The code so far.
        is_in_code: Whether the separator, which ends the code, is still to come.
    """

    code: str = ""
    is_in_code: bool = True


def loading_fields(root: _Element) -> Iterator[str]:
    """Yield the codes of the fields in a part that would load content.

    A field's code may be an attribute, or text in several runs. A field whose name is computed by a nested field counts, too.
    """
    if next(root.iter(*_CODE_TAGS), None) is None:
        return
    open_fields: list[_Field] = []
    for element in root.iter(*_CODE_TAGS, *_TEXT_TAGS):
        match local_name(element):
            case "fldSimple":
                yield from _loading_codes(_attribute(element, "instr"))
            case "fldChar":
                yield from _apply_mark(_attribute(element, "fldCharType").strip().lower(), open_fields)
            case _ if not open_fields or not open_fields[-1].is_in_code:
                pass
            case "tab" | "br" | "cr":
                open_fields[-1].code += " "
            case _:
                open_fields[-1].code += element.text or ""
    for field in open_fields:
        yield from _loading_codes(field.code)


def _attribute(element: _Element, name: str) -> str:
    return element.get(qualified_name(name)) or element.get(strict_name(f"w:{name}")) or ""


def _apply_mark(kind: str, open_fields: list[_Field]) -> Iterator[str]:
    """Process a mark that begins a field, ends its code or ends the field; yield the code if the field would load content."""
    if kind == "begin":
        if open_fields and open_fields[-1].is_in_code and _may_become_loader(open_fields[-1].code):
            yield f"{open_fields[-1].code} (its name is computed by a nested field)".strip()
        open_fields.append(_Field())
    elif kind == "separate" and open_fields:
        open_fields[-1].is_in_code = False
    elif kind == "end" and open_fields:
        yield from _loading_codes(open_fields.pop().code)


def _loading_codes(code: str) -> Iterator[str]:
    """Yield the code of a field if the field loads content."""
    if _field_name(code)[0] in _LOADING_FIELDS:
        yield code


def _may_become_loader(code: str) -> bool:
    """Whether a code is only the beginning of the name of a field that loads content."""
    name, is_complete = _field_name(code)
    return not is_complete and any(field_name.startswith(name) for field_name in _LOADING_FIELDS)


def _field_name(code: str) -> tuple[str, bool]:
    """Return the first word of a code, in capitals and without invisible characters, and whether the word is complete."""
    visible = "".join(character for character in code if unicodedata.category(character) != "Cf")
    match = _FIRST_WORD.match(visible)
    return (match[1].upper(), match.end(1) < len(visible)) if match else ("", True)
