"""What of a document is open and what is withheld: the one rule for public versions, lists, translators, machines and memory.

A document has two keys: `status` says how far minutes are confirmed, `classification` who may read the whole. Within open
minutes blocks, items, texts, names, papers and annexes are restricted. What belongs to these alone is withheld with them:
footnotes, facts and offices that no open text names, papers whose annex is not open, and annexes of such papers.
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
"""The places of a document that are not open, by their keys in the source, each with the reason; () is the whole."""

MARKED = "it is marked as restricted"
_IN_ITEM = "its item is restricted"


def restrictions(document: Body) -> Restrictions:
    """Return what of a document is not open. All that stands within one of the places is not open either."""
    if isinstance(document, Document) and document.classification != "open":
        return {(): f"the document is {document.classification}"}
    if not isinstance(document, Minutes):
        return {}
    found = dict.fromkeys(_marked_texts(document), MARKED)
    found.update(_blocks(document.body))
    if document.attendance:
        found.update({(*keys, "name"): MARKED for keys, one in attendees(document.attendance) if one.restricted})
    found.update(_papers_and_annexes(document, found))
    if not found:
        return {}
    found.update(_what_items_state(document, found))
    found.update(_unnamed_offices(document, found))
    found.update(_uncalled(document, found))
    if ("next",) in found and {"next_meeting", "next_held"} & _named_by_open_texts(document, found)[0]:
        reason = found.pop(("next",))
        found |= {("next", "begins"): reason, ("next", "venue"): reason}
    return found


def is_open(keys: Keys, restricted: Restrictions) -> bool:
    """Whether the place with some keys is open."""
    return not restricted or not any(keys[:length] in restricted for length in range(len(keys) + 1))


def open_texts(document: Body) -> list[TextPlace]:
    """Return the texts of a document that may leave the house."""
    restricted = restrictions(document)
    return [place for place in texts(document) if is_open(place.keys, restricted)]


def withheld_texts(document: Body) -> list[TextPlace]:
    """Return the texts of a document that may not leave the house."""
    restricted = restrictions(document)
    return [place for place in texts(document) if not is_open(place.keys, restricted)]


def newly_open_texts(before: Body, after: Body) -> list[TextPlace]:
    """Return the texts that were withheld before a change of a document, and are open after it.

    A text of a list is the same if it also has the same words in some language, since items may come and go before it.
    """
    withheld = {place.name: place for place in withheld_texts(before)}
    opened = {place.name: place for place in open_texts(after) if place.name in withheld} if withheld else {}
    return [
        place
        for name, place in withheld.items()
        if name in opened and ("items" not in place.keys or place.texts.items() & opened[name].texts.items())
    ]


def refuse_unless_open(source: Source, refused: str) -> None:
    """Refuse a source whose document is not open as a whole.

    Args:
        source: the source.
        refused: what is not done, as the second clause of the message.

    Raises:
        NotReleasable: the document is restricted or confidential.
    """
    classification = source.document.classification
    if classification != "open":
        message = f"this document is {classification}: {refused}"
        place = source.nodes.place(("classification",))
        hint = "write `classification: open` if everybody may read it"
        raise NotReleasable([Finding("document-not-open", message, place, hint)])


def attendees(attendance: Attendance) -> Iterator[tuple[Keys, Attendee]]:
    """Yield everybody in the lists of those who attend, each with the keys of the entry."""
    for name, info in type(attendance).model_fields.items():
        group = getattr(attendance, name)
        for index, one in enumerate(group if isinstance(group, list) else ()):
            yield ("attendance", info.alias or name, index), one


def _marked_texts(document: Minutes) -> Iterator[Keys]:
    """Yield the keys of the texts that are marked themselves.

    An item of a list takes the list within it along, and the words for those who cannot see a picture take the picture along.
    """
    for place in texts(document):
        if place.texts.restricted:
            *before, last = place.keys
            if last == "text" and before[-2:-1] == ["items"]:
                yield tuple(before)
            elif before[2:] == ["figure"] and last == "alt":
                yield tuple(before[:2])
            else:
                yield place.keys


def _blocks(body: Iterable[Block]) -> Iterator[tuple[Keys, str]]:
    """Yield the restricted blocks; a restricted item of the agenda takes along what follows, up to the next item.

    Footnotes go where their calls go, wherever they are written.
    """
    closed = False
    for index, block in enumerate(body):
        if isinstance(block, ItemBlock):
            closed = bool(block.restricted)
        if (closed or block.restricted) and not isinstance(block, Notes):
            yield ("body", index), MARKED if block.restricted else _IN_ITEM


def _papers_and_annexes(minutes: Minutes, found: Restrictions) -> dict[Keys, str]:
    """Return the papers and annexes that are not open.

    A restricted paper keeps its number, a restricted annex its label. A paper goes with its annex and with the items that
    list it; an annex goes with the papers that refer to it.
    """
    listed = {name for _, item in _open_items(minutes, found) for name in item.item.papers}
    hides_items = any(isinstance(block, ItemBlock) for index, block in enumerate(minutes.body) if ("body", index) in found)
    annexes = {annex.id: f"its annex is {annex.classification}" for annex in minutes.annexes if annex.classification != "open"}
    papers: dict[str, str] = {}
    for paper in minutes.papers:
        if paper.restricted:
            papers[paper.id] = MARKED
        elif paper.annex in annexes:
            papers[paper.id] = annexes[paper.annex]
        elif hides_items and paper.id not in listed:
            papers[paper.id] = "no open item lists it"
    for annex in minutes.annexes:
        users = [paper.id for paper in minutes.papers if paper.annex == annex.id]
        if annex.id not in annexes and users and all(name in papers for name in users):
            annexes[annex.id] = "its papers are not open"
    places: dict[Keys, str] = {}
    for index, paper in enumerate(minutes.papers):
        if paper.id in papers:
            keys: tuple[Keys, ...] = (("papers", index),)
            if paper.id in listed or not hides_items:
                keys = tuple(("papers", index, key) for key in ("title", "annex", "language", "tabled"))
            places |= dict.fromkeys(keys, papers[paper.id])
    for index, annex in enumerate(minutes.annexes):
        if annex.id in annexes:
            reason = annexes[annex.id] if annex.classification == "open" else f"the annex is {annex.classification}"
            places |= {("annexes", index, key): reason for key in ("id", "title", "file", "alt", "language")}
    return places


def _open_items(minutes: Minutes, found: Restrictions) -> Iterator[tuple[int, ItemBlock]]:
    for index, block in enumerate(minutes.body):
        if isinstance(block, ItemBlock) and ("body", index) not in found:
            yield index, block


def _what_items_state(minutes: Minutes, found: Restrictions) -> Iterator[tuple[Keys, str]]:
    """Yield what goes with restricted items: that somebody came for one, and what a standing item says by itself."""
    shown = [item for _, item in _open_items(minutes, found)]
    names, standing = {item.id for item in shown}, {item.item.standing for item in shown}
    hidden = {
        block.item.standing
        for index, block in enumerate(minutes.body)
        if isinstance(block, ItemBlock) and ("body", index) in found
    }
    for keys, one in attendees(minutes.attendance) if minutes.attendance else ():
        yield from (((*keys, "items", at), _IN_ITEM) for at, item in enumerate(one.items) if item not in names)
    if minutes.previous and "confirmation" in hidden - standing:
        yield from ((("previous", "amendments", at), _IN_ITEM) for at in range(len(minutes.previous.amendments)))
    if minutes.next and "next-meeting" in hidden - standing:
        yield ("next",), _IN_ITEM


def _unnamed_offices(minutes: Minutes, found: Restrictions) -> Iterator[tuple[Keys, str]]:
    """Yield the offices that nothing open names."""
    named = {one.office for _, one in attendees(minutes.attendance)} if minutes.attendance else set()
    for index, block in enumerate(minutes.body):
        if ("body", index) not in found:
            named.update(block.item.presenters if isinstance(block, ItemBlock) else ())
            named.update(block.action.owner if isinstance(block, Action) else ())
    yield from ((("offices", str(name)), "nothing open names it") for name in minutes.offices if name not in named)


def _uncalled(minutes: Minutes, found: Restrictions) -> Iterator[tuple[Keys, str]]:
    """Yield the footnotes that no open text calls, and the facts that none names."""
    facts, notes = _named_by_open_texts(minutes, found)
    for place in texts(minutes):
        if _is_note(place) and place.keys[-1] not in notes:
            yield place.keys, "no open text calls it"
    yield from ((("facts", str(name)), "no open text names it") for name in minutes.facts if name not in facts)


def _named_by_open_texts(minutes: Minutes, found: Restrictions) -> tuple[set[str], set[str]]:
    """Return the names of facts and of footnotes that open texts call, by themselves or through each other."""
    notes: dict[str, list[TextPlace]] = {}
    facts: dict[str, list[TextPlace]] = {}
    called: list[TextPlace] = []
    for place in texts(minutes):
        if _is_note(place):
            notes.setdefault(str(place.keys[-1]), []).append(place)
        elif place.keys[0] == "facts":
            facts.setdefault(str(place.keys[1]), []).append(place)
        elif is_open(place.keys, found):
            called.append(place)
    named_facts: set[str] = set()
    named_notes: set[str] = set()
    while called:
        place = called.pop()
        for part in (part for text in place.texts.values() for part in _calls(examine(text)[0])):
            known, named = (notes, named_notes) if isinstance(part, Note) else (facts, named_facts)
            if part.name not in named:
                named.add(part.name)
                called += [inner for inner in known.get(part.name, ()) if is_open(inner.keys, found)]
    return named_facts, named_notes


def _is_note(place: TextPlace) -> bool:
    return place.keys[0] == "body" and place.keys[2] == "footnotes"


def _calls(content: Iterable[Inline]) -> Iterator[Expression | Note]:
    """Yield the expressions and the calls of notes in the content of a text."""
    for part in content:
        match part:
            case Expression() | Note():
                yield part
            case Emphasis():
                yield from _calls(part.content)
            case Anchor():
                yield from _calls((*part.href, *part.content))
