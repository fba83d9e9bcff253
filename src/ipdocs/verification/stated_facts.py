"""The facts that localised documents state, by block: their files have to say them with the same words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from ipdocs.localisation.localised_document import LocalisedDocument, LocalisedRecord
from ipdocs.localisation.localised_text import LocalisedText, Piece
from ipdocs.templating.html_document import HtmlDocument
from ipdocs.verification.expectation import StatedFact, without_spaces


def facts_by_block(documents: Sequence[LocalisedDocument], html: HtmlDocument) -> dict[str, tuple[StatedFact, ...]]:
    """Return the facts that documents state in some HTML, by the blocks there ("tc:lead", in a pack "tc:minutes/lead")."""
    stated = dict(facts for document in documents for facts in _facts(document))
    words: dict[str, str] = {}
    for element in html.body.iter():
        if block := element.get("data-block"):
            words[block] = words.get(block, "") + without_spaces(element.text_content())
    found: dict[str, tuple[StatedFact, ...]] = {}
    for block, text in words.items():
        language, _, name = block.partition(":")
        facts = stated.get(f"{language}:{name.rpartition('/')[2]}", [])
        if there := tuple(fact for fact in facts if without_spaces(fact.words) in text):
            found[block] = there
    return found


def _facts(document: LocalisedDocument) -> Iterator[tuple[str, list[StatedFact]]]:
    """Yield the blocks of a document with the facts they state; what stands before the body is the block "head"."""
    head = [value for name, value in vars(document.document).items() if name != "body"]
    facts = [("head", fact) for fact in _stated(head)]
    facts += [(block.id, fact) for block in document.document.body for fact in _stated(vars(block).values())]
    for name, pairs in groupby(sorted(facts, key=lambda pair: pair[0]), key=lambda pair: pair[0]):
        yield f"{document.language.code}:{name}", [stated for _, stated in pairs]


def _stated(values: Iterable[object]) -> Iterator[StatedFact]:
    for value in values:
        match value:
            case LocalisedText():
                for piece in value.pieces():
                    if isinstance(piece, Piece) and piece.fact:
                        yield StatedFact(piece.fact, piece.text)
            case LocalisedRecord():
                yield from _stated(vars(value).values())
            case dict():
                yield from _stated(value.values())
            case list() | tuple():
                yield from _stated(value)
