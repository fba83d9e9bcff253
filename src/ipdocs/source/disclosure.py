"""Disclosure: which parts of a document are open, and which are withheld.

Public versions, lists of actions, exports for translation, machine drafts and the memory all follow this one rule. The key
`classification` says who may read the whole document. In open minutes, blocks, items, texts, names, papers and annexes can be
restricted. Parts that belong only to restricted ones are withheld with them: footnotes, facts and offices that no open text
names, papers whose annex is not open, and annexes of such papers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

from ipdocs.findings import Finding, NotReleasable
from ipdocs.model.blocks import Action, Block, ItemBlock, Notes
from ipdocs.model.document import Body, Document
from ipdocs.model.inline import Anchor, Emphasis, Expression, Inline, Note
from ipdocs.model.meeting import Attendance, Attendee
from ipdocs.model.minutes import Minutes
from ipdocs.source.inline import examine
from ipdocs.source.open import Source
from ipdocs.source.texts import Keys, TextPlace, texts

Restrictions: TypeAlias = Mapping[Keys, str]
"""The reasons why parts of a document are not open, by their keys in the source; the keys () stand for the whole document."""

MARKED = "it is marked as restricted"
_IN_ITEM = "its item is restricted"


def restrictions(document: Body) -> Restrictions:
    """Return the restrictions of a document; everything within a restricted place is restricted, too."""
    if isinstance(document, Document) and document.classification != "open":
        return {(): f"the document is {document.classification}"}
    if not isinstance(document, Minutes):
        return {}
    restricted = dict.fromkeys(_marked_texts(document), MARKED)
    restricted.update(_blocks(document.body))
    if document.attendance:
        restricted.update({(*keys, "name"): MARKED for keys, attendee in attendees(document.attendance) if attendee.restricted})
    restricted.update(_papers_and_annexes(document, restricted))
    if not restricted:
        return {}
    restricted.update(_parts_of_restricted_items(document, restricted))
    restricted.update(_unnamed_offices(document, restricted))
    restricted.update(_unreferenced(document, restricted))
    if ("next",) in restricted and {"next_meeting", "next_held"} & _names_in_open_texts(document, restricted)[0]:
        reason = restricted.pop(("next",))
        restricted |= {("next", "begins"): reason, ("next", "venue"): reason}
    return restricted


def is_open(keys: Keys, restricted: Restrictions) -> bool:
    """Whether the place at some keys is open."""
    return not restricted or not any(keys[:length] in restricted for length in range(len(keys) + 1))


def open_texts(document: Body) -> list[TextPlace]:
    """Return the texts of a document that may leave the office."""
    restricted = restrictions(document)
    return [place for place in texts(document) if is_open(place.keys, restricted)]


def withheld_texts(document: Body) -> list[TextPlace]:
    """Return the texts of a document that may not leave the office."""
    restricted = restrictions(document)
    return [place for place in texts(document) if not is_open(place.keys, restricted)]


def newly_open_texts(before: Body, after: Body) -> list[TextPlace]:
    """Return the texts that were withheld before a change and are open after it.

    Texts of list items are compared by their words as well, because their positions may change.
    """
    withheld = {place.name: place for place in withheld_texts(before)}
    open_now = {place.name: place for place in open_texts(after) if place.name in withheld} if withheld else {}
    return [
        place
        for name, place in withheld.items()
        if name in open_now and ("items" not in place.keys or place.texts.items() & open_now[name].texts.items())
    ]


def refuse_unless_open(source: Source, consequence: str) -> None:
    """Refuse a document that is classified.

    Args:
        source: the source.
        consequence: the second clause of the message: what is not done with the document.

    Raises:
        NotReleasable: the document is restricted or confidential.
    """
    classification = source.document.classification
    if classification != "open":
        message = f"this document is {classification}: {consequence}"
        place = source.nodes.place(("classification",))
        hint = "write `classification: open` if the public may read it"
        raise NotReleasable([Finding("document-not-open", message, place, hint)])


def attendees(attendance: Attendance) -> Iterator[tuple[Keys, Attendee]]:
    """Yield all attendees, each with the keys of the entry."""
    for name, info in type(attendance).model_fields.items():
        group = getattr(attendance, name)
        for index, attendee in enumerate(group if isinstance(group, list) else ()):
            yield ("attendance", info.alias or name, index), attendee


def _marked_texts(document: Minutes) -> Iterator[Keys]:
    """Yield the keys of texts that are marked as restricted.

    A list item is restricted with its nested list, and a picture with its alternative text.
    """
    for place in texts(document):
        if place.texts.restricted:
            *parent, last = place.keys
            if last == "text" and parent[-2:-1] == ["items"]:
                yield tuple(parent)
            elif parent[2:] == ["figure"] and last == "alt":
                yield tuple(parent[:2])
            else:
                yield place.keys


def _blocks(body: Iterable[Block]) -> Iterator[tuple[Keys, str]]:
    """Yield the restricted blocks; with a restricted item of the agenda these are all blocks up to the next item.

    Footnotes depend on their references instead, wherever they are written.
    """
    in_restricted_item = False
    for index, block in enumerate(body):
        if isinstance(block, ItemBlock):
            in_restricted_item = bool(block.restricted)
        if (in_restricted_item or block.restricted) and not isinstance(block, Notes):
            yield ("body", index), MARKED if block.restricted else _IN_ITEM


def _papers_and_annexes(minutes: Minutes, restricted: Restrictions) -> dict[Keys, str]:
    """Return the papers and annexes that are not open.

    A restricted paper keeps its number, and a restricted annex its label. A paper is withheld with its annex and with the items
    that list it; an annex is withheld with the papers that refer to it.
    """
    listed = {name for _, item in _open_items(minutes, restricted) for name in item.item.papers}
    has_restricted_items = any(
        isinstance(block, ItemBlock) for index, block in enumerate(minutes.body) if ("body", index) in restricted
    )
    annexes = {annex.id: f"its annex is {annex.classification}" for annex in minutes.annexes if annex.classification != "open"}
    papers: dict[str, str] = {}
    for paper in minutes.papers:
        if paper.restricted:
            papers[paper.id] = MARKED
        elif paper.annex in annexes:
            papers[paper.id] = annexes[paper.annex]
        elif has_restricted_items and paper.id not in listed:
            papers[paper.id] = "no open item lists it"
    for annex in minutes.annexes:
        papers_with_annex = [paper.id for paper in minutes.papers if paper.annex == annex.id]
        if annex.id not in annexes and papers_with_annex and all(name in papers for name in papers_with_annex):
            annexes[annex.id] = "its papers are not open"
    places: dict[Keys, str] = {}
    for index, paper in enumerate(minutes.papers):
        if paper.id in papers:
            keys: tuple[Keys, ...] = (("papers", index),)
            if paper.id in listed or not has_restricted_items:
                keys = tuple(("papers", index, key) for key in ("title", "annex", "language", "tabled"))
            places |= dict.fromkeys(keys, papers[paper.id])
    for index, annex in enumerate(minutes.annexes):
        if annex.id in annexes:
            reason = annexes[annex.id] if annex.classification == "open" else f"the annex is {annex.classification}"
            places |= {("annexes", index, key): reason for key in ("id", "title", "file", "alt", "language")}
    return places


def _open_items(minutes: Minutes, restricted: Restrictions) -> Iterator[tuple[int, ItemBlock]]:
    for index, block in enumerate(minutes.body):
        if isinstance(block, ItemBlock) and ("body", index) not in restricted:
            yield index, block


def _parts_of_restricted_items(minutes: Minutes, restricted: Restrictions) -> Iterator[tuple[Keys, str]]:
    """Yield the parts of restricted items: references from attendees, and the statements of standing items."""
    open_items = [item for _, item in _open_items(minutes, restricted)]
    names, open_standing = {item.id for item in open_items}, {item.item.standing for item in open_items}
    restricted_standing = {
        block.item.standing
        for index, block in enumerate(minutes.body)
        if isinstance(block, ItemBlock) and ("body", index) in restricted
    }
    for keys, attendee in attendees(minutes.attendance) if minutes.attendance else ():
        yield from (((*keys, "items", index), _IN_ITEM) for index, item in enumerate(attendee.items) if item not in names)
    if minutes.previous and "confirmation" in restricted_standing - open_standing:
        yield from ((("previous", "amendments", index), _IN_ITEM) for index in range(len(minutes.previous.amendments)))
    if minutes.next and "next-meeting" in restricted_standing - open_standing:
        yield ("next",), _IN_ITEM


def _unnamed_offices(minutes: Minutes, restricted: Restrictions) -> Iterator[tuple[Keys, str]]:
    """Yield the offices that no open part names."""
    named = {attendee.office for _, attendee in attendees(minutes.attendance)} if minutes.attendance else set()
    for index, block in enumerate(minutes.body):
        if ("body", index) not in restricted:
            named.update(block.item.presenters if isinstance(block, ItemBlock) else ())
            named.update(block.action.owner if isinstance(block, Action) else ())
    yield from ((("offices", str(name)), "no open part names it") for name in minutes.offices if name not in named)


def _unreferenced(minutes: Minutes, restricted: Restrictions) -> Iterator[tuple[Keys, str]]:
    """Yield the footnotes and facts that no open text refers to."""
    facts, notes = _names_in_open_texts(minutes, restricted)
    for place in texts(minutes):
        if _is_note(place) and place.keys[-1] not in notes:
            yield place.keys, "no open text refers to it"
    yield from ((("facts", str(name)), "no open text names it") for name in minutes.facts if name not in facts)


def _names_in_open_texts(minutes: Minutes, restricted: Restrictions) -> tuple[set[str], set[str]]:
    """Return the names of the facts and footnotes to which open texts refer, directly or through each other."""
    notes: dict[str, list[TextPlace]] = {}
    facts: dict[str, list[TextPlace]] = {}
    queue: list[TextPlace] = []
    for place in texts(minutes):
        if _is_note(place):
            notes.setdefault(str(place.keys[-1]), []).append(place)
        elif place.keys[0] == "facts":
            facts.setdefault(str(place.keys[1]), []).append(place)
        elif is_open(place.keys, restricted):
            queue.append(place)
    named_facts: set[str] = set()
    named_notes: set[str] = set()
    while queue:
        place = queue.pop()
        for part in (part for text in place.texts.values() for part in _references(examine(text)[0])):
            places, named = (notes, named_notes) if isinstance(part, Note) else (facts, named_facts)
            if part.name not in named:
                named.add(part.name)
                queue += [inner for inner in places.get(part.name, ()) if is_open(inner.keys, restricted)]
    return named_facts, named_notes


def _is_note(place: TextPlace) -> bool:
    return place.keys[0] == "body" and place.keys[2] == "footnotes"


def _references(content: Iterable[Inline]) -> Iterator[Expression | Note]:
    """Yield the expressions and footnote references in the content of a text."""
    for part in content:
        match part:
            case Expression() | Note():
                yield part
            case Emphasis():
                yield from _references(part.content)
            case Anchor():
                yield from _references((*part.href, *part.content))
