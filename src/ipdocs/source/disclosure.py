"""Decide which parts of a document are open, and which are withheld.

Public versions, lists of actions, exports for translation, machine drafts and the translation memory all use these rules.
The key `classification` applies to the whole document. In open minutes, blocks, items, texts, names, papers and annexes can be
restricted. Parts that only restricted parts use are also withheld: footnotes, facts and offices that no open text names,
papers whose annex is not open, and annexes whose papers are all withheld.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

from ipdocs.findings import Finding, NotReleasable
from ipdocs.model.blocks import Action, Block, ItemBlock, Notes
from ipdocs.model.document import Body, Document
from ipdocs.model.inline import Anchor, BaselineShift, Emphasis, Expression, Inline, NoteReference
from ipdocs.model.meeting import Attendance, Attendee
from ipdocs.model.minutes import Minutes
from ipdocs.source.inline import parse_with_findings
from ipdocs.source.open import Source
from ipdocs.source.texts import Keys, TextPlace, iter_texts

Restrictions: TypeAlias = Mapping[Keys, str]
"""The reason why each part of a document is withheld, keyed by the keys that lead to the part; () is the whole document."""

MARKED = "it is marked as restricted"
_IN_ITEM = "its item is restricted"


def restrictions(document: Body) -> Restrictions:
    """Return the restrictions of a document; a restriction also covers everything below its keys."""
    if isinstance(document, Document) and document.classification != "open":
        return {(): f"the document is {document.classification}"}
    if not isinstance(document, Minutes):
        return {}
    withheld = dict.fromkeys(_marked_parts(document), MARKED)
    withheld.update(_restricted_blocks(document.body))
    if document.attendance:
        withheld.update({(*keys, "name"): MARKED for keys, attendee in attendees(document.attendance) if attendee.restricted})
    withheld.update(_withheld_papers_and_annexes(document, withheld))
    if not withheld:
        return {}
    withheld.update(_parts_of_restricted_items(document, withheld))
    withheld.update(_unnamed_offices(document, withheld))
    withheld.update(_unreferenced_notes_and_facts(document, withheld))
    if ("next",) in withheld and {"next_meeting", "next_held"} & _names_in_open_texts(document, withheld)[0]:
        reason = withheld.pop(("next",))
        withheld |= {("next", "begins"): reason, ("next", "venue"): reason}
    return withheld


def is_open(keys: Keys, withheld: Restrictions) -> bool:
    """Whether the part of a document that the keys lead to is open."""
    return not withheld or not any(keys[:length] in withheld for length in range(len(keys) + 1))


def open_texts(document: Body) -> list[TextPlace]:
    """Return the texts of a document that may be published."""
    withheld = restrictions(document)
    return [place for place in iter_texts(document) if is_open(place.keys, withheld)]


def withheld_texts(document: Body) -> list[TextPlace]:
    """Return the texts of a document that may not be published."""
    withheld = restrictions(document)
    return [place for place in iter_texts(document) if not is_open(place.keys, withheld)]


def newly_open_texts(before: Body, after: Body) -> list[TextPlace]:
    """Return the texts that were withheld before a change and are open after it.

    A list item counts only if its text in some language is unchanged, because another item may have moved to its position.
    """
    withheld = {place.name: place for place in withheld_texts(before)}
    open_places = {place.name: place for place in open_texts(after) if place.name in withheld} if withheld else {}
    return [
        place
        for name, place in withheld.items()
        if name in open_places and ("items" not in place.keys or place.texts.items() & open_places[name].texts.items())
    ]


def refuse_unless_open(source: Source, consequence: str) -> None:
    """Refuse a document whose classification is not open.

    Args:
        source: the source of the document.
        consequence: the second clause of the message, such as "it has no public version".

    Raises:
        NotReleasable: the document is restricted or confidential.
    """
    classification = source.document.classification
    if classification != "open":
        message = f"this document is {classification}: {consequence}"
        location = source.nodes.locate(("classification",))
        hint = "write `classification: open` if the public may read it"
        raise NotReleasable([Finding("document-not-open", message, location, hint)])


def attendees(attendance: Attendance) -> Iterator[tuple[Keys, Attendee]]:
    """Yield the keys and the record of each attendee."""
    for name, info in type(attendance).model_fields.items():
        group = getattr(attendance, name)
        for index, attendee in enumerate(group if isinstance(group, list) else ()):
            yield ("attendance", info.alias or name, index), attendee


def _marked_parts(document: Minutes) -> Iterator[Keys]:
    """Yield the keys of the parts that are restricted because a text in them is marked.

    A restricted item includes its nested list. A picture is restricted if its alternative text is restricted.
    """
    for place in iter_texts(document):
        if place.texts.restricted:
            *parent, name = place.keys
            if name == "text" and parent[-2:-1] == ["items"]:
                yield tuple(parent)
            elif parent[2:] == ["figure"] and name == "alt":
                yield tuple(parent[:2])
            else:
                yield place.keys


def _restricted_blocks(body: Iterable[Block]) -> Iterator[tuple[Keys, str]]:
    """Yield the keys of each restricted block, and the reason for the restriction.

    A restricted agenda item includes all blocks up to the next item. Blocks of footnotes are left out, because a footnote is
    withheld with the references to it.
    """
    in_restricted_item = False
    for index, block in enumerate(body):
        if isinstance(block, ItemBlock):
            in_restricted_item = bool(block.restricted)
        if (in_restricted_item or block.restricted) and not isinstance(block, Notes):
            yield ("body", index), MARKED if block.restricted else _IN_ITEM


def _withheld_papers_and_annexes(minutes: Minutes, withheld: Restrictions) -> dict[Keys, str]:
    """Return the withheld parts of papers and annexes, with the reasons.

    A restricted paper keeps its number, and a restricted annex keeps its label. A paper is withheld if its annex is withheld, or
    if all items that list the paper are restricted. An annex is withheld if all papers in it are withheld.
    """
    papers_of_open_items = {name for _, item in _open_items(minutes, withheld) for name in item.item.papers}
    has_restricted_items = any(
        isinstance(block, ItemBlock) for index, block in enumerate(minutes.body) if ("body", index) in withheld
    )
    annex_reasons = {
        annex.id: f"its annex is {annex.classification}" for annex in minutes.annexes if annex.classification != "open"
    }
    paper_reasons: dict[str, str] = {}
    for paper in minutes.papers:
        if paper.restricted:
            paper_reasons[paper.id] = MARKED
        elif paper.annex in annex_reasons:
            paper_reasons[paper.id] = annex_reasons[paper.annex]
        elif has_restricted_items and paper.id not in papers_of_open_items:
            paper_reasons[paper.id] = "no open item lists it"
    for annex in minutes.annexes:
        papers_in_annex = [paper.id for paper in minutes.papers if paper.annex == annex.id]
        if annex.id not in annex_reasons and papers_in_annex and all(name in paper_reasons for name in papers_in_annex):
            annex_reasons[annex.id] = "its papers are not open"
    parts: dict[Keys, str] = {}
    for index, paper in enumerate(minutes.papers):
        if paper.id in paper_reasons:
            withheld_keys: tuple[Keys, ...] = (("papers", index),)
            if paper.id in papers_of_open_items or not has_restricted_items:
                withheld_keys = tuple(("papers", index, key) for key in ("title", "annex", "language", "tabled"))
            parts |= dict.fromkeys(withheld_keys, paper_reasons[paper.id])
    for index, annex in enumerate(minutes.annexes):
        if annex.id in annex_reasons:
            reason = annex_reasons[annex.id] if annex.classification == "open" else f"the annex is {annex.classification}"
            parts |= {("annexes", index, key): reason for key in ("id", "title", "file", "alt", "language")}
    return parts


def _open_items(minutes: Minutes, withheld: Restrictions) -> Iterator[tuple[int, ItemBlock]]:
    for index, block in enumerate(minutes.body):
        if isinstance(block, ItemBlock) and ("body", index) not in withheld:
            yield index, block


def _parts_of_restricted_items(minutes: Minutes, withheld: Restrictions) -> Iterator[tuple[Keys, str]]:
    """Yield the keys of parts that belong to restricted items: references from attendees, and the data of standing items."""
    open_items = [item for _, item in _open_items(minutes, withheld)]
    open_ids, open_standing_items = {item.id for item in open_items}, {item.item.standing for item in open_items}
    restricted_standing_items = {
        block.item.standing
        for index, block in enumerate(minutes.body)
        if isinstance(block, ItemBlock) and ("body", index) in withheld
    }
    for keys, attendee in attendees(minutes.attendance) if minutes.attendance else ():
        yield from (((*keys, "items", index), _IN_ITEM) for index, item in enumerate(attendee.items) if item not in open_ids)
    if minutes.previous and "confirmation" in restricted_standing_items - open_standing_items:
        yield from ((("previous", "amendments", index), _IN_ITEM) for index in range(len(minutes.previous.amendments)))
    if minutes.next and "next-meeting" in restricted_standing_items - open_standing_items:
        yield ("next",), _IN_ITEM


def _unnamed_offices(minutes: Minutes, withheld: Restrictions) -> Iterator[tuple[Keys, str]]:
    """Yield the keys of offices that no open part names."""
    named_offices = {attendee.office for _, attendee in attendees(minutes.attendance)} if minutes.attendance else set()
    for index, block in enumerate(minutes.body):
        if ("body", index) not in withheld:
            named_offices.update(block.item.presenters if isinstance(block, ItemBlock) else ())
            named_offices.update(block.action.owner if isinstance(block, Action) else ())
    yield from ((("offices", str(name)), "no open part names it") for name in minutes.offices if name not in named_offices)


def _unreferenced_notes_and_facts(minutes: Minutes, withheld: Restrictions) -> Iterator[tuple[Keys, str]]:
    """Yield the keys of footnotes and facts that no open text refers to."""
    facts, notes = _names_in_open_texts(minutes, withheld)
    for place in iter_texts(minutes):
        if _is_note(place) and place.keys[-1] not in notes:
            yield place.keys, "no open text refers to it"
    yield from ((("facts", str(name)), "no open text names it") for name in minutes.facts if name not in facts)


def _names_in_open_texts(minutes: Minutes, withheld: Restrictions) -> tuple[set[str], set[str]]:
    """Return the names of the facts and footnotes that open texts refer to, directly or through other facts and footnotes."""
    notes: dict[str, list[TextPlace]] = {}
    facts: dict[str, list[TextPlace]] = {}
    queue: list[TextPlace] = []
    for place in iter_texts(minutes):
        if _is_note(place):
            notes.setdefault(str(place.keys[-1]), []).append(place)
        elif place.keys[0] == "facts":
            facts.setdefault(str(place.keys[1]), []).append(place)
        elif is_open(place.keys, withheld):
            queue.append(place)
    named_facts: set[str] = set()
    named_notes: set[str] = set()
    while queue:
        place = queue.pop()
        for part in (part for text in place.texts.values() for part in _references(parse_with_findings(text)[0])):
            places, named = (notes, named_notes) if isinstance(part, NoteReference) else (facts, named_facts)
            if part.name not in named:
                named.add(part.name)
                queue += [inner for inner in places.get(part.name, ()) if is_open(inner.keys, withheld)]
    return named_facts, named_notes


def _is_note(place: TextPlace) -> bool:
    return place.keys[0] == "body" and place.keys[2] == "footnotes"


def _references(content: Iterable[Inline]) -> Iterator[Expression | NoteReference]:
    """Yield the expressions and footnote references in the content of a text."""
    for part in content:
        match part:
            case Expression() | NoteReference():
                yield part
            case Emphasis() | BaselineShift():
                yield from _references(part.content)
            case Anchor():
                yield from _references((*part.href, *part.content))
