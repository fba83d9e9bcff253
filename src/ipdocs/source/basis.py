"""The source texts of a block, from which its translations are made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from hashlib import blake2b

from ipdocs.locale.folding import fold, spellings, without_punctuation
from ipdocs.model.text import Text
from ipdocs.source.draft_marks import DRAFT_MARK
from ipdocs.source.state import Basis
from ipdocs.source.template_text import split_facts
from ipdocs.source.texts import TextPlace
from ipdocs.workspace import Workspace


def source_language(places: Sequence[TextPlace]) -> str:
    """Return the source language of a block: the first language of its first text."""
    return str(next(iter(places[0].texts)))


def basis_of(places: Sequence[TextPlace], code: str, workspace: Workspace, by: str = "", on: str = "") -> Basis:
    """Return the basis of a block's translation: its current source texts, and digests of the translated texts.

    Args:
        places: the texts of the block.
        code: the language of the translation.
        workspace: the workspace of the source.
        by: who confirms the translation; empty if nobody does.
        on: the date of confirmation in ISO 8601 format, or empty.
    """
    source = Text(source_language(places))
    pairs = [(place.texts[source], place.texts[Text(code)]) for place in places if source in place.texts and code in place.texts]
    digests = tuple(digest(translation, workspace) for _, translation in pairs)
    return Basis(str(source), tuple(str(text) for text, _ in pairs), digests, by, on)


def with_rewritten_text(basis: Basis, language: str, old: str, new: str, workspace: Workspace) -> Basis:
    """Return a basis for which a text in a language was rewritten without changing the words that readers see.

    Args:
        basis: the basis of a translation of the block.
        language: the language of the rewritten text.
        old: the text before, such as "in two years".
        new: the text after, such as "in {{ duration | number }} years".
        workspace: the workspace of the source.
    """
    if language == basis.source:
        old_meaning = meaning(old, workspace)
        texts = tuple(new if meaning(text, workspace) == old_meaning else text for text in basis.texts)
        return replace(basis, texts=texts)
    old_digest, new_digest = digest(old, workspace), digest(new, workspace)
    return replace(basis, digests=tuple(new_digest if value == old_digest else value for value in basis.digests))


def meaning(text: str, workspace: Workspace) -> str:
    """Return a text without punctuation, spelling variants and filters, because they do not affect its translation."""
    parts = split_facts(text, lambda expression, following: expression)
    text_without_filters = "".join(part if isinstance(part, str) else f"{{{{{part.name}}}}}" for part in parts)
    return without_punctuation(fold(text_without_filters, spellings(workspace)))


def digest(text: str, workspace: Workspace) -> str:
    """Return a digest of the meaning of a text without draft marks; see `meaning`."""
    return blake2b(meaning(DRAFT_MARK.sub("", text), workspace).encode(), digest_size=4).hexdigest()
