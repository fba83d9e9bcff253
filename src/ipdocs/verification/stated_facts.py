"""Find the facts that each block of a localised document states; its files must state them in the same words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from ipdocs.localisation.localised_document import LocalisedDocument, LocalisedRecord
from ipdocs.localisation.localised_text import LocalisedText, TextPart
from ipdocs.templating.html_document import HtmlDocument
from ipdocs.verification.expectation import ExpectedFact, without_spaces


def facts_by_block(documents: Sequence[LocalisedDocument], html: HtmlDocument) -> dict[str, tuple[ExpectedFact, ...]]:
    """Return the stated facts for each block of the HTML, such as "tc:lead", or in a pack "tc:minutes/lead"."""
    stated = dict(pair for document in documents for pair in _facts_by_source_block(document))
    block_texts: dict[str, str] = {}
    for element in html.body.iter():
        if block := element.get("data-block"):
            block_texts[block] = block_texts.get(block, "") + without_spaces(element.text_content())
    by_block: dict[str, tuple[ExpectedFact, ...]] = {}
    for block, text in block_texts.items():
        language, _, name = block.partition(":")
        facts = stated.get(f"{language}:{name.rpartition('/')[2]}", [])
        if block_facts := tuple(fact for fact in facts if without_spaces(fact.text) in text):
            by_block[block] = block_facts
    return by_block


def _facts_by_source_block(document: LocalisedDocument) -> Iterator[tuple[str, list[ExpectedFact]]]:
    """Yield each block of a source with the facts that it states; all fields except the body form the block "_head"."""
    head_values = [value for name, value in vars(document.document).items() if name != "body"]
    facts = [("_head", fact) for fact in _facts_in(head_values)]
    facts += [(block.id, fact) for block in document.document.body for fact in _facts_in(vars(block).values())]
    for name, pairs in groupby(sorted(facts, key=lambda pair: pair[0]), key=lambda pair: pair[0]):
        yield f"{document.language.code}:{name}", [fact for _, fact in pairs]


def _facts_in(values: Iterable[object]) -> Iterator[ExpectedFact]:
    """Yield the facts that localised values state, in order."""
    for value in values:
        match value:
            case LocalisedText():
                for part in value.text_parts():
                    if isinstance(part, TextPart) and part.fact:
                        yield ExpectedFact(part.fact, part.text)
            case LocalisedRecord():
                yield from _facts_in(vars(value).values())
            case dict():
                yield from _facts_in(value.values())
            case list() | tuple():
                yield from _facts_in(value)
