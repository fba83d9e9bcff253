"""What an approval covers: the words of each block as they are read in every language, and which have changed since.

A digest of a block covers its words with the values of facts, its emphasis, links and footnotes, also in the languages that are
made from others, and everything else that is printed, such as the style of a list or a picture. It does not cover marks for
drafts, so a translation that is confirmed as it stands has not changed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from hashlib import blake2b
from typing import Any

from markupsafe import escape

from ipdocs.locale.language import languages
from ipdocs.localisation.language_context import LanguageContext
from ipdocs.localisation.localise import language_context
from ipdocs.localisation.localised_text import Emphasised, Footnote, LineBreak, Linked, Part, Shifted, TextPart
from ipdocs.model.blocks import Boilerplate, Figure
from ipdocs.model.document import Body
from ipdocs.model.text import Text, Texts
from ipdocs.source.changes import SourceChanges
from ipdocs.source.draft_marks import REMARK
from ipdocs.source.open import Source
from ipdocs.source.state_entries import Approval, Reading
from ipdocs.source.texts import Keys, TextPlace, block_id, iter_texts

_NOT_APPROVED = {"schema", "kind", "id", "facts", "body", "languages", "domains", "allow"}
"""Fields of the head that are not printed, or that show only in words."""
_NOT_PRINTED = {"id", "allow"}
_POSITION = re.compile(r"block-\d+")
"""The name of a block without an id."""


def block_digests(source: Source) -> dict[str, str]:
    """Return a digest of each block and of each field of the head that is printed, in the order of the document."""
    contexts = _contexts(source)
    words = {place.keys: _words_in_languages(place, contexts) for place in iter_texts(source.document)}
    data = source.nodes.data
    printed: dict[str, Any] = {}
    for name, info in type(source.document).model_fields.items():
        key = info.alias or name
        if key in data and key not in _NOT_APPROVED:
            printed[key] = _as_read(data[key], (key,), words)
    for index, block in enumerate(source.document.body):
        value = _as_read(data["body"][index], ("body", index), words)
        if isinstance(block, Boilerplate):
            value = [value, list(_section_words(source, str(block.boilerplate), contexts))]
        if isinstance(block, Figure):
            value = [value, blake2b(source.pictures[str(block.figure.file)].data, digest_size=8).hexdigest()]
        printed[block_id(block, index)] = value
    return {name: _digest(value) for name, value in printed.items()}


def changed_blocks(source: Source, digests: Mapping[str, str] | None = None) -> list[str]:
    """Return what has changed since the latest approval: blocks that are new or moved, or read differently, and removed ones.

    Args:
        source: the source.
        digests: the present digests, if they are known already.

    Returns:
        The ids of blocks and the names of fields of the head, in the order of the document; those that were removed come last.
        The list is empty if nobody has approved the document.
    """
    if not source.state.approvals:
        return []
    approved, now = source.state.approvals[-1].digests, digests if digests is not None else block_digests(source)
    moved = _moved(list(approved), list(now))
    changed = [name for name, digest in now.items() if name in moved or not _is_same(name, digest, approved)]
    return [*changed, *(name for name in approved if name not in changed and not _stands(name, approved[name], now))]


def read_by(source: Source, person: str, digests: Mapping[str, str]) -> dict[str, Reading]:
    """Return the blocks that a person has read as they stand now, or has approved before, keyed by their ids.

    Args:
        source: the source.
        person: the name of the person.
        digests: the present digests.
    """
    own = [reading for reading in source.state.readings if reading.by == person]
    read = {reading.block: reading for reading in own if digests.get(reading.block) == reading.digest}
    for approval in source.state.approvals[-1:]:
        for name, digest in digests.items() if approval.by == person else ():
            if name not in read and _is_same(name, digest, approval.digests):
                read[name] = Reading(name, digest, person, approval.at)
    return read


def read_block(source: Source, block: str, *, by: str, at: str) -> SourceChanges:
    """Return the changes with which a person has read a block as it stands; it must exist.

    Args:
        source: the source.
        block: the id of the block, or the name of a field of the head.
        by: the name of the person.
        at: the date and time in ISO 8601 format.
    """
    return SourceChanges(readings=(Reading(block, block_digests(source)[block], by, at),))


def approve(source: Source, *, by: str, at: str) -> SourceChanges:
    """Return the changes with which a person approves a document as it stands.

    Args:
        source: the source.
        by: the name of the person.
        at: the date and time in ISO 8601 format.
    """
    return SourceChanges(approvals=(Approval(by, at, block_digests(source)),))


def _is_same(name: str, digest: str, approved: Mapping[str, str]) -> bool:
    """Whether a block reads as it was approved; recurring text, which has no id, may have another position."""
    return digest in _without_id(approved) if _POSITION.fullmatch(name) else approved.get(name) == digest


def _stands(name: str, digest: str, now: Mapping[str, str]) -> bool:
    """Whether an approved block is still in the document."""
    return digest in _without_id(now) if _POSITION.fullmatch(name) else name in now


def _without_id(digests: Mapping[str, str]) -> set[str]:
    return {digest for name, digest in digests.items() if _POSITION.fullmatch(name)}


def _moved(before: list[str], after: list[str]) -> set[str]:
    """Return the names that stand elsewhere among those of both lists."""
    both = {name for name in before if name in after and not _POSITION.fullmatch(name)}
    first, second = [name for name in before if name in both], [name for name in after if name in both]
    if first == second:
        return set()
    matches = SequenceMatcher(None, first, second, autojunk=False).get_matching_blocks()
    return both - {name for match in matches for name in second[match.b : match.b + match.size]}


def _contexts(source: Source) -> list[tuple[LanguageContext, bool]]:
    """Return the context of each language in which a document can be read, and whether the language is made from another."""
    written = [str(code) for code in source.document.languages]
    return [
        (language_context(source, language), code not in written)
        for code, language in languages(source.workspace).items()
        if code in written or (language.converted_from in written and not language.on_request)
    ]


def _words_in_languages(place: TextPlace, contexts: list[tuple[LanguageContext, bool]]) -> dict[str, str]:
    """Return the words of a place in each language that has them."""
    words: dict[str, str] = {}
    for context, is_derived in contexts:
        chain = context.chain
        present = place.only in (None, *chain) and not place.excluded_languages.intersection(chain)
        if present and (place.texts.first_of(*chain) is not None if is_derived else Text(context.language.code) in place.texts):
            texts = Texts({code: Text(REMARK.sub("", text)) for code, text in place.texts.items()})
            words[context.language.code] = _words(context.localise(texts).content)
            context.findings.clear()
    return words


def _section_words(source: Source, name: str, contexts: list[tuple[LanguageContext, bool]]) -> Iterator[str]:
    """Yield the words of recurring text in each language."""
    section: Body = source.sections[name]
    for place in iter_texts(section):
        for context, _ in contexts if place.keys[0] == "body" else ():
            with context.section(source.sections[name]):
                yield _words(context.localise(place.texts).content)
            context.findings.clear()


def _as_read(value: Any, keys: Keys, words: Mapping[Keys, dict[str, str]]) -> Any:
    """Return a plain value of a source with the words of its texts in every language, and without what is not printed."""
    if keys in words:
        own = words[keys]
        return [own, *([True] if isinstance(value, dict) and value.get("restricted") else [])]
    if isinstance(value, dict):
        return {str(name): _as_read(part, (*keys, name), words) for name, part in value.items() if name not in _NOT_PRINTED}
    if isinstance(value, list):
        return [_as_read(part, (*keys, index), words) for index, part in enumerate(value)]
    return str(value)


def _words(content: tuple[Part, ...]) -> str:
    """Return the words of a text with its emphasis, links and footnotes, wherever they come from."""
    words = ""
    for part in content:
        match part:
            case TextPart():
                words += escape(part.text)
            case Emphasised():
                words += f"<{'b' if part.strong else 'i'}>{_words(part.content)}</>"
            case Shifted():
                words += f"<{part.position}>{_words(part.content)}</>"
            case Linked():
                words += f"<a {escape(part.href)}>{_words(part.content)}</>"
            case Footnote():
                words += f"<note>{_words(part.content)}</>"
            case LineBreak():
                words += "<br>"
    return words


def _digest(value: Any) -> str:
    return blake2b(json.dumps(value, sort_keys=True, ensure_ascii=False).encode(), digest_size=8).hexdigest()
