"""What the readers of XLIFF 1.2 and 2 share: the ledger, notes, and the names of unfinished states."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from ipdocs.files.ledger import Ledger, LeftOutReason
from ipdocs.files.xml import local_name
from ipdocs.locale.translation_states import ToolState, ToolStates, strongest_state
from ipdocs.source.segment import Ref
from ipdocs.translation.job import ReturnedUnit

if TYPE_CHECKING:
    from lxml.etree import _Element

_NOTE_NAME = re.compile("note|comment|remark|cmt", re.IGNORECASE)
"""Matches the names of elements in which other tools keep the notes of translators."""

_UNFINISHED = re.compile("draft|fuzzy|incomplete|machine|needs|new$|reject|unfinished|untranslated|wrong", re.IGNORECASE)
"""Matches the names that tools give to states of unfinished translations, such as "x-rejected" or "tool:needs-work"."""


def is_unfinished_state(name: str) -> bool:
    """Whether a tool's own state has the name of an unfinished translation."""
    return _UNFINISHED.search(name) is not None


def tool_state(elements: Iterable[_Element], states: ToolStates) -> ToolState | None:
    """Return what the attributes of a tool's own say about a segment, or None if the tool says nothing.

    Args:
        elements: the elements that may have such attributes: those of XLIFF, and elements of the tool, such as `sdl:seg`.
        states: the meaning of the tools' states.
    """
    meanings: list[ToolState] = []
    for element in elements:
        namespace = str(element.tag).partition("}")[0].removeprefix("{")
        for name, value in element.attrib.items():
            own, _, attribute = str(name).rpartition("}")
            if state := states.get((own.removeprefix("{") or namespace, attribute, str(value).lower())):
                meanings.append(state)
    return strongest_state(meanings)


def note_elements(root: _Element, core: str) -> Iterator[_Element]:
    """Yield the elements in which a person writes a note: those of XLIFF, and those of other tools with such a name."""
    for element in root.iter():
        name = local_name(element)
        is_core = isinstance(element.tag, str) and element.tag.startswith(f"{{{core}}}")
        if name == "note" or (not is_core and _NOTE_NAME.search(name) and not len(element)):
            yield element


def new_ledger(root: _Element, path: Path) -> Ledger:
    """Return a ledger with every text of an XML file; processing instructions are no texts."""
    ledger = Ledger(path)
    for element in root.iter():
        line = element.sourceline or 0
        if isinstance(element.tag, str) and element.text:
            ledger.enter((element, "text"), "text", element.text, line)
        if element.tail and element is not root:
            ledger.enter((element, "tail"), "text", element.tail, line)
    return ledger


def account_for(ledger: Ledger, element: _Element, end: Literal["text", "tail"], *, is_source: bool) -> None:
    """Take the text at the beginning of an element or after it, or leave it out as source text."""
    if is_source:
        ledger.leave_out((element, end), LeftOutReason.SOURCE_TEXT)
    else:
        ledger.take((element, end))


def account_for_content(ledger: Ledger, element: _Element, *, is_source: bool) -> None:
    """Take all text in an element, or leave it out as source text."""
    for inner in element.iter():
        account_for(ledger, inner, "text", is_source=is_source)
        if inner is not element:
            account_for(ledger, inner, "tail", is_source=is_source)


def leave_out_content(ledger: Ledger, element: _Element, reason: LeftOutReason) -> None:
    """Leave out all text in an element."""
    for inner in element.iter():
        ledger.leave_out((inner, "text"), reason)
        if inner is not element:
            ledger.leave_out((inner, "tail"), reason)


def leave_out_foreign(ledger: Ledger, root: _Element, core: str) -> None:
    """Leave out the content of elements in other namespaces, which belongs to the tools that wrote it."""
    for element in root.iter():
        if isinstance(element.tag, str) and not element.tag.startswith(f"{{{core}}}"):
            leave_out_content(ledger, element, LeftOutReason.TOOL_DATA)


def check_ledger(ledger: Ledger, units: Iterable[ReturnedUnit]) -> None:
    """Check that each text is accounted for, and that the translations have every text that was taken.

    Raises:
        IpdocsError: a text is not accounted for; reported as `text-unaccounted`.
    """
    ledger.check()
    parts = (part for unit in units for part in unit.target or ())
    ledger.check_arrival(part if isinstance(part, str) else part.display or "" for part in parts if isinstance(part, str | Ref))
