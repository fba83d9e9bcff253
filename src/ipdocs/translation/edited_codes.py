"""Find codes that a returned translation has lost, gained or edited: codes can be moved, but not changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ipdocs.findings import Finding, Location
from ipdocs.source.code_ids import number_codes
from ipdocs.source.segment import Code, Kind, Ref, Role, Segment, count_codes
from ipdocs.translation.job import ReturnedUnit, TranslationUnit


def edited_code_findings(unit: TranslationUnit, returned: ReturnedUnit, location: Location) -> Iterator[Finding]:
    """Yield a finding for each code whose displayed text or markup was edited: such edits change nothing."""
    source_codes, target_codes = number_codes(unit.source, unit.target)
    exported: dict[tuple[str, Role], list[Code]] = {}
    for code_id, code in (*source_codes, *target_codes):
        exported.setdefault((code_id, code.role), []).append(code)
    in_source = {(part.id, part.role): part for part in returned.source or () if isinstance(part, Ref)}
    for ref in returned.target or ():
        if isinstance(ref, Ref) and (known_codes := exported.get((ref.id, ref.role))):
            kind, source_ref = known_codes[0].kind, in_source.get((ref.id, ref.role), Ref(ref.id, ref.role))
            displays = [code.display for code in known_codes]
            if _is_edited(ref.display, source_ref.display, displays, kind):
                yield _edited_code_finding(unit.name, known_codes[-1], displays[-1], ref.display or "", location)
            markup = [code.data for code in known_codes]
            if _is_edited(ref.data, None, markup, kind):  # source and translation share the markup
                yield _edited_code_finding(unit.name, known_codes[-1], markup[-1], ref.data or "", location)


def _is_edited(text: str | None, in_source: str | None, exported: Sequence[str], kind: Kind) -> bool:
    """Whether the text of a code in a translation was edited.

    Args:
        text: the text of the code in the translation; None if the file has none.
        in_source: the text of the code in the source text of the file.
        exported: the texts of the code in the source text and the translation as they are exported now.
        kind: the kind of the code; facts show other texts in each language.
    """
    if text is None or any(text.split() == known.split() for known in exported):
        return False
    if in_source is None or in_source.split() == exported[0].split():
        return True
    # The fact has changed since the export, or a tool writes codes in its own way.
    return kind != "fact" and text.split() != in_source.split()


def _edited_code_finding(name: str, code: Code, text: str, edited: str, location: Location) -> Finding:
    names = {
        "fact": f"the fact {code.name}",
        "note": f"the reference to the note {code.name}",
        "link": f"the link to {code.name}",
    }
    description = names.get(code.kind, "a code")
    message = f"{description} in '{name}' was edited from “{text:.60}” to “{edited:.60}”"
    hint = (
        f"change {f'the fact {code.name}' if code.kind == 'fact' else 'it'} in the source; in a translation, codes can be moved"
    )
    return Finding("edited-fact", message, location, hint, "warning")


def lost_code_findings(unit: TranslationUnit, target: Segment, location: Location) -> Iterator[Finding]:
    """Yield a finding for each code lost from a translation or added to it.

    Differences that the present translation already has are not reported.
    """
    source_counts, target_counts = count_codes(unit.source), count_codes(target)
    if target_counts == source_counts or (unit.target is not None and target_counts == count_codes(unit.target)):
        return
    for change, codes, hint in (
        ("lost", source_counts - target_counts, "insert the code again, and delete its words if they were typed instead"),
        ("gained", target_counts - source_counts, "remove the code"),
    ):
        for kind, role, name in codes:
            if role != "close":
                description = _describe_code(kind, name, (*(unit.target or ()), *unit.source, *target))
                yield Finding("changed-code", f"'{unit.name}' has {change} {description}", location, hint)


def _describe_code(kind: str, name: str, segment: Segment) -> str:
    code = next((part for part in segment if isinstance(part, Code) and (part.kind, part.name) == (kind, name)), None)
    noun = {"fact": "the fact", "link": "the link to", "note": "the reference to the note", "break": "a line"}.get(kind, "the")
    display = f" (“{code.display}”)" if code and code.display and kind == "fact" else ""
    return f"{noun} {name}{display}"
