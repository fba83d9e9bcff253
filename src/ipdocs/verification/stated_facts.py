"""The facts that views state, by block: what their files have to say with the same words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from ipdocs.localisation.localised_document import LocalisedDocument, LocalisedRecord
from ipdocs.localisation.localised_text import LocalisedText, Piece
from ipdocs.templating.html_document import HtmlDocument
from ipdocs.verification.expectation import Stated, squeezed


def stated_in(documents: Sequence[LocalisedDocument], html: HtmlDocument) -> dict[str, tuple[Stated, ...]]:
    """Return the facts that documents state in some HTML, by the blocks there ("tc:lead", in a pack "tc:minutes/lead")."""
    stated = dict(facts for document in documents for facts in _facts(document))
    words: dict[str, str] = {}
    for element in html.body.iter():
        if block := element.get("data-block"):
            words[block] = words.get(block, "") + squeezed(element.text_content())
    found: dict[str, tuple[Stated, ...]] = {}
    for block, text in words.items():
        language, _, name = block.partition(":")
        facts = stated.get(f"{language}:{name.rpartition('/')[2]}", [])
        if there := tuple(fact for fact in facts if squeezed(fact.words) in text):
            found[block] = there
    return found


def _facts(view: LocalisedDocument) -> Iterator[tuple[str, list[Stated]]]:
    """Yield the blocks of a view with the facts they state; what stands before the body is the block "head"."""
    document = vars(view.document)
    outside = [value for name, value in document.items() if name != "body"]
    found = [("head", one) for one in _stated(outside)]
    found += [(block.id, one) for block in view.document.body for one in _stated(vars(block).values())]
    for name, pairs in groupby(sorted(found, key=lambda pair: pair[0]), key=lambda pair: pair[0]):
        yield f"{view.language.code}:{name}", [stated for _, stated in pairs]


def _stated(values: Iterable[object]) -> Iterator[Stated]:
    for value in values:
        match value:
            case LocalisedText():
                for piece in value.pieces():
                    if isinstance(piece, Piece) and piece.fact:
                        yield Stated(piece.fact, piece.text)
            case LocalisedRecord():
                yield from _stated(vars(value).values())
            case dict():
                yield from _stated(value.values())
            case list() | tuple():
                yield from _stated(value)
