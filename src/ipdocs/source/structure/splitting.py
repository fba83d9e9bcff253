"""Split texts, paragraphs and list items in one language, and join them in all languages."""

from __future__ import annotations

from typing import Any

from ipdocs.model.text import RESTRICTED
from ipdocs.source.changes import Insertion, SourceChanges
from ipdocs.source.draft_marks import DRAFT_MARK
from ipdocs.source.kept import Kept
from ipdocs.source.open import Source
from ipdocs.source.rearrangement import BODY
from ipdocs.source.scalar import is_chinese
from ipdocs.source.spans import find_spans
from ipdocs.source.structure.blocks import with_ids
from ipdocs.source.structure.places import LIMITS, PLACEHOLDER, is_restricted, kind_of, not_possible, plain, texts_of
from ipdocs.source.texts import Keys

_SPLIT_KINDS = ("paragraph", "heading", "decision", "post-meeting-note")


def split_words(text: str, at: int) -> tuple[str, str]:
    """Return both parts of a text: emphasis and links end before the cut and begin again after it.

    A cut within a fact, a note or another part that is whole comes after it. The mark of a draft stands before both parts.
    """
    spans = find_spans(text)
    closing = opening = ""
    for span in spans:
        is_whole = span.is_atom or span.kind in ("gap", "escape", "verbatim")
        if is_whole and span.start < at < span.end:
            at = span.end
    for span in spans:
        if span.is_atom:
            continue
        if span.start < at <= span.inner_start:
            at = span.start
        elif span.inner_end <= at < span.end:
            at = span.end
    head, tail = text[:at], text[at:]
    for span in spans:
        if span.inner_start < at < span.inner_end:
            closing = text[span.inner_end : span.end] + closing
            opening += text[span.start : span.inner_start]
    head, tail = head.rstrip() + closing, opening + tail.lstrip()
    mark = DRAFT_MARK.match(text)
    if mark and at <= mark.end():
        return "", text
    return head, f"{mark[0]}{tail}" if mark and tail else tail


def split_text(source: Source, keys: Keys, language: str, at: int) -> SourceChanges:
    """Return the changes that split a text in one language; the other languages keep all of theirs.

    The second part becomes a new block or item of the same kind. If the one that follows has no text in this language, the second
    part becomes its text: so the other languages of a block that was split can be split, too.

    Args:
        source: the source.
        keys: the keys that lead to the text.
        language: the language.
        at: the position in the text, in characters.

    Raises:
        IpdocsError: a text of this kind cannot be split.
    """
    head, tail = split_words(str(plain(source, keys)[language]), at)
    if not _words(head) or not _words(tail):
        raise not_possible(source, (*keys, language), "there are no words on one side", "put in a new paragraph instead")
    entry, container = _entry(source, keys)
    index = int(entry[-1])
    entries = plain(source, container)
    texts = {(keys, language): head}
    following = (*container, index + 1, *keys[len(entry) :]) if index + 1 < len(entries) else ()
    if following and _is_missing(source, following, language, same_as=keys):
        return SourceChanges(texts={**texts, (following, language): tail})
    new: dict[str, str] = {language: tail, **({RESTRICTED: "true"} if is_restricted(plain(source, keys)) else {})}
    if container == BODY:
        block = entries[index]
        limits = {name: _copied(block[name]) for name in LIMITS if name in block}
        kind = kind_of(block)
        (named,) = with_ids(source, index + 1, [{kind: new}])
        value: Any = {"id": named["id"], **limits, **({"level": block["level"]} if "level" in block else {}), kind: new}
        return SourceChanges(texts, (Insertion(container, index + 1, value),))
    if "list" in entries[index]:
        first = {**{str(name): str(text) for name, text in plain(source, keys).items()}, language: head}
        value = {"text": new, "list": Kept((*entry, "list"))}
        return SourceChanges(insertions=(Insertion(container, index + 1, value),), values={entry: first})
    return SourceChanges(texts, (Insertion(container, index + 1, new),))


def _words(text: str) -> str:
    return DRAFT_MARK.sub("", text).strip()


def _copied(value: Any) -> Any:
    return {str(name): str(text) for name, text in value.items()} if isinstance(value, dict) else str(value)


def _entry(source: Source, keys: Keys) -> tuple[Keys, Keys]:
    """Return the keys of the block or list entry that a text can be split from, and of its list."""
    entry = keys[:-1] if keys[-1] == "text" else keys
    if len(keys) == 3 and keys[-1] in _SPLIT_KINDS:
        return keys[:2], BODY
    if isinstance(entry[-1], int) and (entry[-3:-1] == ("list", "items") or entry[2:-1] == ("quotation",)):
        return entry, entry[:-1]
    raise not_possible(source, keys, "a text of this kind cannot be split", "begin a new line in it with Shift and Enter")


def _is_missing(source: Source, keys: Keys, language: str, same_as: Keys) -> bool:
    """Whether there is a text of the same shape that has no words in a language."""
    if keys[0] == BODY[0] and len(keys) == 3 and keys[-1] not in plain(source, keys[:-1]):
        return False
    value = plain(source, keys[:-1] if keys[-1] == "text" else keys)
    if isinstance(value, dict) and "list" in value:
        return False
    texts = texts_of(value)
    limits = plain(source, keys[:2])
    shown = limits.get("only", language) == language and language not in limits.get("absent", {})
    return shown and not texts.get(language) and is_restricted(value) == is_restricted(plain(source, same_as))


def join_with_previous(source: Source, keys: Keys) -> SourceChanges:
    """Return the changes that join a block or list entry with the one before it, in all languages.

    Args:
        source: the source.
        keys: the keys that lead to the block, or to the entry of a list or quotation.

    Raises:
        IpdocsError: nothing comes before it, or the two are not of one kind.
    """
    container, index = keys[:-1], int(keys[-1])
    if index == 0:
        raise not_possible(source, keys, "nothing comes before this text to join it with")
    before = (*container, index - 1)
    return _joined_blocks(source, before, keys) if container == BODY else _joined_items(source, before, keys)


def _joined_blocks(source: Source, first: Keys, second: Keys) -> SourceChanges:
    above, below = plain(source, first), plain(source, second)
    kind = kind_of(above)
    if kind != kind_of(below) or any(above.get(name) != below.get(name) for name in LIMITS):
        raise not_possible(source, second, "only two blocks of one kind, in the same languages, can be joined")
    if kind in _SPLIT_KINDS:
        texts = _joined_texts(source, (*first, kind), (*second, kind))
        return SourceChanges(texts={((*first, kind), language): text for language, text in texts.items()}, removals=(second,))
    if kind == "list" and "intro" not in below["list"]:
        items = (*first, "list", "items")
        return _moved_entries(source, items, (*second, "list", "items"), second)
    if kind == "quotation" and "by" not in above and "by" not in below:
        return _moved_entries(source, (*first, "quotation"), (*second, "quotation"), second)
    raise not_possible(source, second, "blocks of this kind cannot be joined")


def _moved_entries(source: Source, target: Keys, origin: Keys, removed: Keys) -> SourceChanges:
    count = len(plain(source, target))
    entries = [Insertion(target, count, Kept((*origin, index))) for index in range(len(plain(source, origin)))]
    return SourceChanges(insertions=tuple(entries), removals=(removed,))


def _joined_items(source: Source, first: Keys, second: Keys) -> SourceChanges:
    above, below = plain(source, first), plain(source, second)
    if not isinstance(above, dict) or "list" in above or "term" in above:
        raise not_possible(source, second, "this item cannot be joined with the one before it, which has items of its own")
    texts = _joined_texts(source, first, (*second, "text") if "list" in below else second)
    if "list" not in below:
        return SourceChanges(texts={(first, language): text for language, text in texts.items()}, removals=(second,))
    words = {**texts, **({RESTRICTED: "true"} if is_restricted(above) else {})}
    return SourceChanges(values={first: {"text": words, "list": Kept((*second, "list"))}}, removals=(second,))


def _joined_texts(source: Source, first: Keys, second: Keys) -> dict[str, str]:
    above, below = plain(source, first), plain(source, second)
    if is_restricted(above) != is_restricted(below):
        raise not_possible(source, second, "only one of the two texts is restricted", "restrict both, or open both, first")
    texts, more = texts_of(above), texts_of(below)
    return {language: join_words(texts.get(language, ""), more.get(language, "")) for language in {**texts, **more}}


def join_words(first: str, second: str) -> str:
    """Return two texts as one, with a space between them except in Chinese; the mark of a draft stands before both."""
    marks = [match[0] for text in (first, second) if (match := DRAFT_MARK.match(text))]
    words = [word for text in (first, second) if (word := _words(text)) and word != PLACEHOLDER]
    if not words:
        return f"{marks[0] if marks else ''}{PLACEHOLDER}"
    between = "" if len(words) == 2 and is_chinese(words[0]) and is_chinese(words[1]) else " "
    return (marks[0] if marks else "") + between.join(words)
